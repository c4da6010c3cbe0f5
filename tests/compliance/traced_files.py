"""Files of every format that a report takes, with traces of their author planted in each place that programs use."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, ByteStringObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

MARK = "QZMARIA"
XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/">
<rdf:Description xmp:CreatorTool="{MARK}tool" exif:GPSLatitude="34,3.1N"><dc:creator><rdf:Seq><rdf:li>{MARK}xmp</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def _picture() -> Image.Image:
    return Image.effect_noise((64, 48), 60).convert("RGB")


def _exif(turned: int) -> Image.Exif:
    exif = Image.Exif()
    exif[274] = turned
    exif[315], exif[33432], exif[271], exif[272] = f"{MARK}artist", f"{MARK}rights", f"{MARK}make", f"{MARK}model"
    exif[306], exif[305], exif[269], exif[270] = "2026:02:03 04:05:06", f"{MARK}soft", f"{MARK}name", f"{MARK}about"
    exif[40093] = f"{MARK}windows".encode("utf-16-le")
    exif.get_ifd(0x8769)[42033] = f"{MARK}serial"
    exif.get_ifd(0x8769)[37510] = b"ASCII\0\0\0" + f"{MARK}usercomment".encode()
    exif.get_ifd(0x8825).update({1: "N", 2: (34.0, 3.0, 8.0), 3: "W", 4: (118.0, 14.0, 37.0)})
    return exif


def jpeg(turned: int = 6) -> bytes:
    out = io.BytesIO()
    exif = _exif(turned).tobytes()
    _picture().save(out, "JPEG", exif=exif, xmp=XMP, comment=f"{MARK}comment", icc_profile=f"{MARK}screen".encode() * 9)
    iptc = b"\x1c\x02\x50" + len(f"{MARK}byline").to_bytes(2, "big") + f"{MARK}byline".encode()
    head = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(iptc).to_bytes(4, "big") + iptc
    content = out.getvalue()
    return content[:2] + b"\xff\xed" + (len(head) + 2).to_bytes(2, "big") + head + content[2:]


def png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", f"{MARK}author")
    info.add_text("Comment", f"{MARK}packed", zip=True)
    info.add_itxt("Title", f"{MARK}title", zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add(b"tIME", b"\x07\xea\2\3\4\5\6")
    out = io.BytesIO()
    _picture().save(out, "PNG", pnginfo=info, exif=_exif(6), icc_profile=f"{MARK}screen".encode() * 9)
    return out.getvalue()


def tiff() -> bytes:
    """Two pages, of which both have traces."""
    exif = _exif(6)
    exif[700] = XMP
    out = io.BytesIO()
    second = _picture().convert("L")
    second.encoderinfo = {"tiffinfo": {315: f"{MARK}second"}}
    _picture().save(out, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw", tiffinfo=exif)
    return out.getvalue()


def gif() -> bytes:
    """Two frames that loop."""
    out = io.BytesIO()
    _picture().save(out, "GIF", save_all=True, append_images=[_picture()], loop=0, comment=f"{MARK}gif".encode())
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    _picture().save(out, "WEBP", exif=_exif(1).tobytes(), xmp=XMP, icc_profile=f"{MARK}screen".encode() * 9)
    return out.getvalue()


def emf() -> bytes:
    told = f"{MARK}drawing\0{MARK}bill\0\0".encode("utf-16-le")
    head = struct.pack("<II32x4s4x12xII", 1, 100 + len(told), b" EMF", len(told) // 2, 100)
    return head.ljust(100, b"\0") + told


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 20 200 Td (Bills for nobody) Tj ET q 64 0 0 48 20 20 cm /P Do Q")
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    picture = DecodedStreamObject()
    picture.set_data(jpeg())
    picture.update(_names({"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode", "/ColorSpace": "/DeviceRGB"}))
    xmp = DecodedStreamObject()
    xmp.set_data(XMP)
    picture[NameObject("/Metadata")] = writer._add_object(xmp.flate_encode())
    resources = DictionaryObject()
    resources[NameObject("/Font")] = DictionaryObject({NameObject("/F1"): writer._add_object(DictionaryObject(_names(font)))})
    packed = DecodedStreamObject()
    packed.set_data(zlib.compress(jpeg()))
    packed.update(_names({"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB"}))
    packed[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), NameObject("/DCTDecode")])
    pictures = {NameObject("/P"): writer._add_object(picture), NameObject("/Q"): writer._add_object(packed)}
    resources[NameObject("/XObject")] = DictionaryObject(pictures)
    page[NameObject("/Resources")] = resources
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Notes"): TextStringObject(f"{MARK}piece")})
    page[NameObject("/Source")] = TextStringObject(f"C:\\Users\\{MARK}\\bill.pdf")
    writer.add_annotation(0, Text(rect=(10, 10, 30, 30), text="Look here", title_bar=f"{MARK}annotator"))
    writer.add_attachment(f"{MARK}attached.txt", f"{MARK}inside")
    writer.add_metadata({"/Author": f"{MARK}author", "/Title": f"{MARK}title", "/CreationDate": "D:20260203040506"})
    writer.add_metadata({"/Creator": f"{MARK}tool", "/Manager": f"{MARK}boss"})
    writer.xmp_metadata = XMP
    name = ByteStringObject(f"{MARK}id".encode())
    writer._ID = ArrayObject([name, name])
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def paged_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(10, 10)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed_pdf(times: int, filters: list[str], content: bytes, name: str = "/Picture") -> bytes:
    """A page that points to the same packed stream very often, each time to another one of the file."""
    writer = PdfWriter()
    streams = ArrayObject()
    for _time in range(times):
        stream = DecodedStreamObject()
        stream.set_data(content)
        stream[NameObject("/Filter")] = ArrayObject(NameObject(one) for one in filters)
        streams.append(DictionaryObject({NameObject(name): writer._add_object(stream)}))
    writer.add_blank_page(10, 10)[NameObject("/Resources")] = DictionaryObject({NameObject("/All"): streams})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed_objects_pdf(packs: int, size: int) -> bytes:
    """A page that needs one object out of each of so many packs, which are all of this size."""
    first = 10 + packs  # number of the first packed object
    needed = b" ".join(b"%d 0 R" % (first + pack) for pack in range(packs))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</X[%s]>>>>" % needed,
    }
    for pack in range(packs):
        head = b"%d 0 " % (first + pack)
        content = zlib.compress(zlib.compress(head + b"<</A 1>>" + b" " * size))
        told = b"/N 1/First %d/Filter[/FlateDecode/FlateDecode]/Length %d" % (len(head), len(content))
        objects[10 + pack] = b"<</Type/ObjStm%s>>stream\n%s\nendstream" % (told, content)
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = struct.pack(">BIH", 1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places |= {first + pack: struct.pack(">BIH", 2, 10 + pack, 0) for pack in range(packs)}
    index = b" ".join(b"%d 1" % number for number in places)
    table = b"".join(places.values())
    told = b"/Size %d/W[1 4 2]/Index[%s]/Root 1 0 R/Length %d" % (first + packs + 1, index, len(table))
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(out)
    return bytes(out) + b"%d 0 obj\n<</Type/XRef%s>>stream\n%s" % (first + packs, told, table) + end


def _names(values: dict[str, str]) -> dict:
    return {NameObject(name): NameObject(value) for name, value in values.items()}


TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument."
CORE = f"""<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:t="t"><dc:creator>{MARK}creator</dc:creator><dc:title>{MARK}title</dc:title>
<cp:lastModifiedBy>{MARK}last</cp:lastModifiedBy><t:created>2026-02-03T04:05:06Z</t:created></cp:coreProperties>"""
APP = f"""<Properties xmlns="p"><Company>{MARK}company</Company><Application>{MARK}app</Application></Properties>"""
CUSTOM = f"""<Properties xmlns="p"><property name="x"><lpwstr>{MARK}custom</lpwstr></property></Properties>"""


def _relations(**targets: str) -> str:
    rows = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{name}" Target="{target}"/>' for name, target in targets.items())
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def _archive(main: str, main_type: str, parts: dict[str, str | bytes]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/xml"/>' for name in parts if name.startswith("docProps")
    )
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{MAIN}{main_type}.main+xml"/>{overrides}</Types>'
    )
    properties = {
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/custom.xml": CUSTOM,
        "docProps/thumbnail.jpeg": jpeg(),
    }
    roots = _relations(officeDocument=main, core="docProps/core.xml", app="docProps/app.xml", custom="docProps/custom.xml")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", roots)
        for name, content in {**properties, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 2, 3, 4, 5, 6)), content)
    return out.getvalue()


def docx() -> bytes:
    change = f'w:author="{MARK}changer" w:date="2026-02-03T04:05:06Z"'
    document = f"""<?xml version="1.0" encoding="UTF-8"?><!-- {MARK}remark --><w:document xmlns:w="w" xmlns:pic="pic"><w:body>
<w:p w:rsidR="00{MARK}"><w:r><w:t>Bills for nobody author="of the bill"</w:t></w:r><w:ins w:id="1" {change}><w:r><w:t>and no one</w:t></w:r></w:ins>
<w:del w:id='2' w:author='{MARK}&gt;deleter'><w:r><w:delText>x</w:delText></w:r></w:del>
<pic:cNvPr id="3" name="Picture" descr="C:\\Users\\{MARK}path\\bill.png"/><w:permStart w:id="4" w:ed="LAN\\{MARK}editor"/>
<w:r><w:instrText> INCLUDEPICTURE "C:\\\\Users\\\\{MARK}field\\\\bill.png" </w:instrText></w:r></w:p></w:body></w:document>"""
    comments = f'<w:comments xmlns:w="w"><w:comment w:id="0" w:initials="{MARK}i" {change}><w:p><w:r><w:t>Ask the bank</w:t></w:r></w:p></w:comment></w:comments>'
    settings = f'<w:settings xmlns:w="w" xmlns:x="x"><w:rsids><w:rsid w:val="{MARK}"/></w:rsids><x:docId x:val="{MARK}"/><w:zoom w:percent="90"/></w:settings>'
    links = _relations(comments="comments.xml", people="people.xml", customXml="../customXml/item1.xml", settings="settings.xml")
    parts = {
        "word/document.xml": document,
        "word/comments.xml": comments,
        "word/settings.xml": settings,
        "word/people.xml": f'<w:people xmlns:w="w"><w:person w:author="{MARK}person"/></w:people>',
        "customXml/item1.xml": f"<a>{MARK}form</a>",
        "word/_rels/document.xml.rels": links,
        "word/media/image1.png": jpeg(),  # the name says another format, as it often does
        "word/media/image2.gif": gif(),
        "word/media/image3.webp": webp(),
        "word/media/image4.emf": emf(),
        "word/media/image5.svg": f'<svg xmlns="s"><metadata><a>{MARK}drawn</a></metadata><path docname="/home/{MARK}home/a.svg"/></svg>',
    }
    return _archive("word/document.xml", "wordprocessingml.document", parts)


def with_part(name: str, text: str) -> bytes:
    """A DOCX with this part in addition."""
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


CLOUD = f'<x15ac:absPath xmlns:x15ac="x" url="https://plan-my.sharepoint.com/personal/{MARK}cloud_plan_org/Documents/"/>'
SCENARIO = (
    f"""<scenarios><scenario name="a &gt; b" user="{MARK}planner" comment="Made by {MARK}planner > 2/3/2026"/></scenarios>"""
)


def xlsx() -> bytes:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.properties.creator, book.properties.lastModifiedBy, book.properties.title = (
        f"{MARK}creator",
        f"{MARK}last",
        f"{MARK}title",
    )
    book.active["A1"] = "Bills for nobody"
    book.active["A1"].comment = Comment(f"{MARK}author:\nAsk the bank", f"{MARK}author")
    out = io.BytesIO()
    book.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "xl/workbook.xml":
                path = f'<x15ac:absPath xmlns:x15ac="x" url="C:\\Users\\{MARK}path\\"/>'
                content = content.replace(b"</workbook>", path.encode() + CLOUD.encode() + b"</workbook>")
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<pageMargins", SCENARIO.encode() + b"<pageMargins")
            after.writestr(part, content)
        after.writestr(
            "xl/persons/person.xml", f'<personList xmlns="p"><person displayName="{MARK}shown" userId="{MARK}user"/></personList>'
        )
        after.writestr(
            "xl/pivotCache/pivotCacheDefinition1.xml", f'<a refreshedBy="{MARK}pivot" refreshedDate="46056.17" id="1"/>'
        )
        after.writestr("xl/printerSettings/printerSettings1.bin", f"{MARK}printer".encode("utf-16-le"))
    return changed.getvalue()


def pptx() -> bytes:
    parts = {
        "ppt/presentation.xml": '<p:presentation xmlns:p="p"/>',
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="p"><p:cmAuthor id="1" name="{MARK}name" initials="{MARK}i"/></p:cmAuthorLst>',
        "ppt/authors.xml": f'<p:authorLst xmlns:p="p"><p:author id="1" name="{MARK}new" userId="{MARK}user" providerId="AD"/></p:authorLst>',
        "ppt/comments/comment1.xml": '<p:cmLst xmlns:p="p"><p:cm authorId="1" dt="2026-02-03T04:05:06.789"><p:text>Ask</p:text></p:cm></p:cmLst>',
        "ppt/changesInfos/changesInfo1.xml": f'<pc:chgInfo xmlns:pc="p"><pc:chgData name="{MARK}changer" userId="{MARK}user"/></pc:chgInfo>',
    }
    return _archive("ppt/presentation.xml", "presentationml.presentation", parts)
