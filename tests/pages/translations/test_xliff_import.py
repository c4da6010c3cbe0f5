"""Export and import in the admin: what is taken, what is refused with its reason, and that a refused file changes nothing."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Revision

from pages.models import Translation
from pages.translations import ledger
from pages.translations.xliff import read, services, views
from tests.harness.accounts import StaffClient
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.xliff_files import SPANISH, draft, export, filled, html_of, upload
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db

FIELDS = ("heading_es", "lead_es", "body_es")


def test_a_translated_file_becomes_a_draft_and_nothing_is_published(client, admin, rides):
    answer = upload(client, filled(export(client, rides)))
    assert "has been imported" in answer.content.decode()
    assert re.search(r'lang=es">Rides to the doctor</a>.*?<td>Heading, Lead, Body', answer.content.decode(), re.DOTALL)
    found = draft(rides)
    assert (found.heading_es, found.lead_es) == ("Viajes al médico", "Pagamos 12 viajes al año.")
    text, callout = found.body_es.raw_data
    assert text["value"] == (
        '<h2>Cómo pedirlo</h2><p>Llame al <embed embedtype="phone" key="medi-cal"/> o <a href="https://example.org/">lea esto</a>.</p>'
    )
    assert callout["value"] == {"kind": "important", "heading": "Antes del viaje", "text": "<p>Esté listo a las 9 y espere.</p>"}
    assert [text["id"], callout["id"]] == [block["id"] for block in found.body_en.raw_data]
    public = type(rides).objects.get(pk=rides.pk)
    assert not any(getattr(public, name) for name in FIELDS)
    assert ledger.entries_of(rides)["es"].state == Translation.State.MISSING


def test_marks_and_page_links_are_codes_that_no_translator_can_break(client, admin, rides):
    xliff = export(client, rides)
    sources = re.findall("<source>(.*?)</source>", xliff)
    assert not [source for source in sources if "&lt;" in source or "embed" in source]
    assert 'disp="phone:medi-cal"' in xliff
    assert xliff.count('canDelete="no"') == 2
    assert 'srcLang="en" trgLang="es"' in xliff
    assert 'trgDir="rtl"' in export(client, rides, "fa")


def test_the_same_file_once_more_changes_nothing(client, admin, rides):
    xliff = filled(export(client, rides))
    upload(client, xliff)
    count = Revision.objects.count()
    assert "<td>Nothing</td>" in upload(client, xliff).content.decode()
    assert Revision.objects.count() == count
    assert "<target>Viajes al médico</target>" in export(client, rides)


def test_a_field_without_translation_is_left_as_it_is(client, admin, rides):
    rides = publish(rides, lead_es="Como estaba: 12.")
    html = upload(
        client, filled(export(client, rides).replace("<target>Como estaba: 12.</target>", ""), {"Rides to the doctor": "Viajes"})
    ).content.decode()
    assert re.search(r"<td>Heading</td>\s*<td></td>\s*<td></td>\s*<td>Lead, Body</td>", html)
    assert (draft(rides).heading_es, draft(rides).lead_es, bool(draft(rides).body_es)) == ("Viajes", "Como estaba: 12.", False)


def test_text_that_looks_like_markup_stays_text(client, admin, rides):
    words = SPANISH | {"Be ready at 9 & wait.": "<![CDATA[9 <script>alert()</script> & espere]]>"}
    upload(client, filled(export(client, rides), words))
    assert "<p>9 &lt;script&gt;alert()&lt;/script&gt; &amp; espere</p>" in html_of(rides)


def test_a_translators_program_may_divide_and_annotate_a_text(client, admin, rides):
    xliff = filled(export(client, rides))
    whole = re.search(r"<segment [^>]*>\s*<source>Call .*?</segment>", xliff, re.DOTALL)[0]
    call, here = re.search(r"<ph [^>]*/>", whole)[0], re.search(r'<pc id="(\d)"', whole)[1]
    divided = (
        f"<segment><source>Call {call}</source><target>Llame <mrk id='m1' type='term'>al</mrk> {call}</target></segment>"
        "<ignorable><source> </source></ignorable>"
        f"<segment><source>or <sc id='{here}'/>read this<ec startRef='{here}'/>.</source>"
        f"<target>o <sc id='{here}'/>lea esto<ec startRef='{here}'/>.</target></segment>"
    )
    assert "has been imported" in upload(client, xliff.replace(whole, divided)).content.decode()
    assert 'Llame al <embed embedtype="phone" key="medi-cal"/> o <a href="https://example.org/">lea esto</a>.' in html_of(rides)


LOST_CODE = "The marks (bold, links, telephone numbers) are not those of the English, each once."


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"Pagamos 12 viajes": "Pagamos 20 viajes"}, "The number 12 occurs nowhere, in English once."),
        ({"<target>Llame al <ph": "<target>Llame al <!--<ph", "/> o <pc": "/>--> o <pc"}, LOST_CODE),
        ({">lea esto</pc>.</target>": ">lea esto</pc> y <ph id='7'/>.</target>"}, LOST_CODE),
        ({"<source>Before the ride": "<source>Before a ride"}, "The English in the file has been altered"),
        ({"<target>Antes del viaje</target>": ""}, "1 of 4 segments have no translation; this is the first."),
        ({"<target>Antes del viaje": "<target>" + "Antes del viaje " * 20}, "It has 320 characters; 120 have room."),
        ({'unit id="heading"': 'unit id="headline"'}, "The page has no text with the id &#x27;headline&#x27;."),
        ({'unit id="lead"': 'unit id="heading"'}, "The file holds this text twice."),
        ({'file id="page-': 'file id="page-99999'}, "No page of this site has this id."),
        ({'file id="page-': 'file id="chapter-'}, "No page of this site has this id."),
        ({'trgLang="es"': 'trgLang="fr"'}, "The file translates into &#x27;fr&#x27;. You have chosen Spanish (es)."),
        ({'srcLang="en"': 'srcLang="de"'}, "The file translates from &#x27;de&#x27;, not from English."),
        ({"<target>Antes del viaje": "<target><cp hex='0000'/>Antes"}, "No text can have the character"),
        ({"<target>Antes del viaje": "<target><cp hex='D800'/>Antes"}, "No text can have the character"),
        ({"<target>Antes del viaje": "<target>Antes\u202e del viaje"}, "(U+202E) stands after “Antes”. Take it out."),
        ({"<target>Antes del viaje": "<target>\u2067Antes del viaje"}, "(U+2067) stands at the beginning."),
        ({"<target>Antes del viaje": "<target>Antes\u2067 del viaje"}, "(U+2067) stands after “Antes”."),
        ({"<target>Antes del viaje": "<target>Antes<cp hex='0007'/> del viaje"}, "(U+0007) stands after “Antes”."),
        ({"<target>Antes del viaje": "<target>Antes&#13; del viaje"}, "(U+000D) stands after “Antes”."),
        ({"<target>Antes del viaje": "<target>Antes&#x85; del viaje"}, "(U+0085) stands after “Antes”."),
        ({"<target>Antes del viaje": "<target><b>Antes</b>"}, "An element &lt;b&gt; stands within a text."),
        ({"</xliff>": ""}, "The file is broken XML: no element found"),
        ({"utf-8": "utf-7"}, "The file is broken XML"),
        ({"document:2.0": "document:1.2"}, "This is XLIFF 1.2."),
        ({'version="2.0"': 'version="9"'}, "This is no XLIFF 2 file."),
        ({"<xliff ": "<!DOCTYPE xliff><xliff "}, "document type or entities (DTD)"),
        ({"<xliff ": '<!DOCTYPE x [<!ENTITY a "12">]><xliff ', "Pagamos 12": "Pagamos &a;"}, "document type or entities (DTD)"),
        ({"<xliff ": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff ', "Antes": "&a;"}, "document type or entities (DTD)"),
        ({"<target>Antes": "<target>" + "<mrk id='a'>" * 70, "viaje</target>": "viaje" + "</mrk>" * 70 + "</target>"}, "more elements, or deeper ones"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_reason_and_changes_nothing(client, admin, rides, refused, changes, reason):
    xliff = filled(export(client, rides))
    for before, after in changes.items():
        assert before in xliff
        xliff = xliff.replace(before, after)
    assert reason in refused(xliff)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no xml", b"\xff\xfe\x00", b"<xliff/>", "<a/>" * 3, b""])
def test_what_is_no_such_file_at_all_is_refused(client, admin, refused, content):
    refused(content)


def test_a_reason_names_page_field_and_words(client, admin, rides, refused):
    html = refused(filled(export(client, rides)).replace("<target>Antes del viaje</target>", ""))
    assert re.search(r"<td>Rides to the doctor</td>\s*<td>Body</td>\s*<td>Before the ride</td>", html)
    assert "Nothing was imported" in html


def test_tabs_line_ends_and_persian_joints_are_characters_like_others(client, admin, rides):
    words = SPANISH | {"Be ready at 9 & wait.": "9\tespere\npronto &#13;\nمی\u200cشود"}
    upload(client, filled(export(client, rides), words))
    assert "9\tespere\npronto \r\nمی\u200cشود" in draft(rides).body_es.raw_data[1]["value"]["text"]


def test_marks_that_hold_a_latin_word_in_its_place_come_back_as_they_went_out(client, admin, rides, save):
    save(rides, "fa", lead_fa="طرح (HMO D-SNP)\u200f")
    upload(client, export(client, rides, "fa"), code="fa")
    assert draft(rides).lead_fa == "طرح (HMO D-SNP)\u200f"


def test_a_file_is_taken_whole_or_not_at_all(client, admin, rides, page, refused):
    first, second = (
        filled(export(client, rides)),
        filled(export(client, page), {"Rides to the doctor": "Viajes", "Call us.": "Llame al 911."}),
    )
    file = re.search("<file.*</file>", second, re.DOTALL)[0]
    html = refused(first.replace("</xliff>", f"{file}</xliff>"))
    assert "The number 911 occurs once, in English nowhere." in html
    corrected = first.replace("</xliff>", f"{file.replace('al 911', '')}</xliff>")
    assert "has been imported" in upload(client, corrected).content.decode()
    assert (draft(rides).heading_es, draft(page).heading_es) == ("Viajes al médico", "Viajes")
    assert "The file holds this page twice." in refused(
        first.replace("</xliff>", re.search("<file.*</file>", first, re.DOTALL)[0] + "</xliff>")
    )


def test_a_locked_page_takes_no_import(client, admin, rides, refused, django_user_model):
    rides.locked, rides.locked_by = True, django_user_model.objects.create_user("somebody")
    rides.save()
    assert "The page is locked" in refused(filled(export(client, rides)))


def test_a_translator_imports_the_own_languages_alone(client, sign_in, rides, refused):
    sign_in("kim", "Translators: Korean")
    assert client.get(reverse("export_translation", args=["es", rides.pk])).status_code != 200
    korean = filled(export(client, rides, "ko"), {"Rides to the doctor": "병원 이동"})
    assert "Select a valid choice" in refused(korean.replace('trgLang="ko"', 'trgLang="es"'))
    rosa = sign_in("rosa", "Translators: Spanish")
    with pytest.raises(services.Refused) as refusal:
        services.take(read.document(BytesIO(korean.encode())), "ko", rosa, "human")
    assert [found.reason for found in refusal.value.refusals] == ["You do not write Korean texts of this page."]
    upload(client, filled(export(client, rides)))
    assert draft(rides).heading_es == "Viajes al médico"
    assert draft(rides).latest_revision.user == rosa
    sign_in("rita", "Translation reviewers: Spanish")
    assert client.get(reverse("import_translations")).status_code != 200


@pytest.mark.parametrize(("origin", "state"), [("human", Translation.State.HUMAN), ("machine", Translation.State.MACHINE)])
def test_readers_are_told_who_has_translated(client, admin, rides, save, origin, state):
    upload(client, filled(export(client, rides)), origin=origin)
    save(rides, "es", **{"action-publish": "action-publish"})
    assert ledger.entries_of(rides)["es"].state == state
    save(rides, "es", heading_es="Viajes", **{"action-publish": "action-publish"})
    assert ledger.entries_of(rides)["es"].state == state


def test_a_machines_draft_that_somebody_changes_before_publishing_it_is_still_a_machines(client, admin, rides, save):
    upload(client, filled(export(client, rides)), origin="machine")
    save(rides, "es", heading_es="Viajes", **{"action-publish": "action-publish"})
    assert ledger.entries_of(rides)["es"].state == Translation.State.MACHINE


def test_a_persons_file_for_one_field_leaves_the_rest_a_machines(client, admin, rides, save):
    file = export(client, rides)
    upload(client, filled(file), origin="machine")
    save(rides, "es", **{"action-publish": "action-publish"})
    heading = {"Rides to the doctor": "Viajes"}
    for translated, state in ((heading, "machine"), (SPANISH | {"How to ask": "Cómo pedir"}, "human")):
        upload(client, filled(file, translated), origin="human", newer="replace")
        save(rides, "es", **{"action-publish": "action-publish"})
        assert ledger.entries_of(rides)["es"].state == state


def test_who_translated_has_to_be_said(client, admin, rides, refused):
    assert "Say who has translated." in refused(filled(export(client, rides)), origin="")


def test_fifty_megabytes_are_refused_before_they_are_kept(client, admin, refused, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    assert "The file is larger than 10 MB." in refused(b"<xliff>" + b" " * 50 * 1024 * 1024)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) == 0


def test_an_import_needs_the_token_of_its_form(admin, rides):
    client = StaffClient(enforce_csrf_checks=True)
    client.force_login(admin)
    xliff = filled(export(client, rides))
    assert upload(client, xliff).status_code == 403
    assert not draft(rides).heading_es
    form = client.get(reverse("import_translations")).content.decode()
    token = re.search('name="csrfmiddlewaretoken" value="(.*?)"', form)[1]
    file = SimpleUploadedFile("pages.xlf", xliff.encode())
    data = {"language": "es", "origin": "human", "newer": "refuse", "file": file}
    client.post(reverse("import_translations"), data | {"csrfmiddlewaretoken": token})
    assert draft(rides).heading_es == "Viajes al médico"


def test_the_list_of_translations_exports_what_its_filters_show(client, admin, rides, monkeypatch):
    publish(rides, is_critical=True)
    section = rides.path[: 3 * rides.steplen]
    html = client.get(reverse("translations"), {"section": section, "critical": "1", "language": "es"}).content.decode()
    address = re.search(r'href="(/admin/translations/export/es/\?[^"]*)"', html)[1].replace("&amp;", "&")
    xliff = client.get(address).getvalue().decode()
    assert f'file id="page-{rides.pk}-' in xliff
    count = int(re.search(r"<p>(\d+) pages?, critical", html)[1])
    assert xliff.count("<file ") == count < 100
    exported, real = [], views.export_of
    monkeypatch.setattr(views, "export_of", lambda page, code: exported.append(page) or real(page, code))
    pieces = iter(client.get(address).streaming_content)
    assert not exported and b"<xliff" in next(pieces) and f"page-{rides.pk}-".encode() in b"".join(pieces), "all are read at once"
    nothing = client.get(reverse("export_translations", args=["es"]), {"section": section, "state": "reviewed"})
    assert (nothing.status_code, nothing.url.partition("?")[0]) == (302, reverse("translations"))
    assert "choose a language" in client.get(reverse("translations")).content.decode()


def test_a_page_offers_its_own_file(client, sign_in, rides):
    sign_in("rosa", "Translators: Spanish")
    html = client.get(edit_url(rides, "es")).content.decode()
    assert reverse("export_translation", args=["es", rides.pk]) in html
    assert f"{reverse('import_translations')}?language=es" in html


@pytest.mark.parametrize(("code", "page_id"), [("en", None), ("xx", None), ("es", 999_999)])
def test_what_does_not_exist_has_no_file(client, admin, rides, code, page_id):
    assert client.get(reverse("export_translation", args=[code, page_id or rides.pk])).status_code == 404
    if page_id is None:
        assert client.get(reverse("export_translations", args=[code])).status_code == 404


def test_a_translation_with_other_paragraphs_is_not_in_the_file_and_stays(client, admin, rides):
    rides = publish(rides, body_es=[("text", "<p>Todo en un párrafo.</p>")])
    xliff = export(client, rides)
    assert "It is not in this file." in xliff
    assert "Todo en un" not in xliff
    upload(client, filled(xliff, {"Rides to the doctor": "Viajes al médico"}))
    assert "Todo en un párrafo." in html_of(rides)
