"""What the tests of files for translators share: an English page to be translated, its file, and what a translator makes of it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Page

SPANISH = {
    "Rides to the doctor": "Viajes al médico",
    "We pay for 12 rides a year.": "Pagamos 12 viajes al año.",
    "How to ask": "Cómo pedirlo",
    "Call <CALL/> or <HERE>read this</HERE>.": "Llame al <CALL/> o <HERE>lea esto</HERE>.",
    "Before the ride": "Antes del viaje",
    "Be ready at 9 & wait.": "Esté listo a las 9 y espere.",
}


def export(client, page, code="es") -> str:
    answer = client.get(reverse("export_translation", args=[code, page.pk]))
    assert answer.status_code == 200, answer
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{page.slug}-{code}-')
    return answer.getvalue().decode()


def filled(xliff: str, words: dict[str, str] = SPANISH) -> str:
    """The file with translations, as a translator's program gives it back: codes taken over from the source."""

    def fill(found: re.Match) -> str:
        source = found[1]
        call, here = re.search(r"<ph [^>]*/>", source), re.search(r"<pc [^>]*>", source)
        known = {}
        for english, translation in words.items():
            for name, code in (("CALL/", call), ("HERE", here)):
                english, translation = (text.replace(f"<{name}>", code[0] if code else "") for text in (english, translation))
            known[english.replace("</HERE>", "</pc>").replace(" & ", " &amp; ")] = translation.replace("</HERE>", "</pc>")
        target = known.get(source)
        return found[0] if target is None else f"<source>{source}</source><target>{target}</target>"

    return re.sub("<source>(.*?)</source>", fill, xliff)


def upload(client, content: str | bytes, code="es", origin="human", newer="refuse"):
    content = content.encode() if isinstance(content, str) else content
    data = {"language": code, "origin": origin, "newer": newer, "file": SimpleUploadedFile("pages.xlf", content)}
    return client.post(reverse("import_translations"), data)


def draft(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def html_of(page) -> str:
    return "".join(str(block) for block in draft(page).body_es.raw_data)
