"""The versions of a text in one language: whoever works on it compares them and goes back, and no other language goes along."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from pages.models import ContactLine, Notice
from pages.translations.admin import kinds
from pages.translations.admin.versions import versions_of
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data
from tests.pages.tree import publish, sign

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Viajes al médico", "Transporte al médico"


def draft(text):
    return type(text).objects.get(pk=text.pk).get_latest_revision_as_object()


def versions(client, text, code="es") -> list[str]:
    """What the list leads to, the newest first."""
    address = reverse("translation_versions", args=kinds.place_of(text, code))
    shown = client.get(address).text
    return [line.split('"')[0] for line in shown.split('href="') if line.startswith(address) and line.split('"')[0] != address]


def open_url(client, address: str) -> str:
    """Where the version leads whoever may go back to it."""
    shown = client.get(address).text
    return next((line.split('"')[0] for line in shown.split('href="') if "version=" in line.split('"')[0]), "").replace(
        "&amp;", "&"
    )


@pytest.fixture
def written(client, sign_in, page, save):
    """Spanish is written twice, Korean and English between and after; Spanish is not published."""
    sign_in("rosa", "Translators: Spanish")
    save(page, "es", heading_es=FIRST)
    sign_in("kim", "Translators: Korean")
    save(page, "ko", heading_ko="병원 이동")
    sign_in("juan", "Translators: Spanish")
    save(page, "es", heading_es=SECOND)
    sign_in("edda", "Editors")
    save(page, "en", heading_en="Rides for 2027")
    return page


def test_a_translator_sees_who_wrote_which_version_of_the_own_language(client, sign_in, written):
    sign_in("rosa")
    address = reverse("translation_versions", args=kinds.place_of(written, "es"))
    assert address in client.get(edit_url(written, "es")).text
    shown = client.get(address).text
    assert len(versions(client, written)) == 2
    rows = shown.split("<tbody>")[1]
    assert rows.index("Juan") < rows.index("Rosa")
    assert "Kim" not in shown and "Edda" not in shown


def test_the_difference_is_of_that_language_alone(client, sign_in, written):
    sign_in("rosa")
    newest, oldest = versions(client, written)
    changed = client.get(newest).text
    assert "<del>Viajes</del><ins>Transporte</ins>" in changed.replace("\n", "")
    assert "2027" not in changed and "병원" not in changed
    assert not open_url(client, newest)
    assert "<del>Viajes</del><ins>Transporte</ins>" in client.get(oldest).text


def test_going_back_in_one_language_takes_no_other_along(client, sign_in, written):
    sign_in("rosa")
    oldest = versions(client, written)[-1]
    opened = client.get(open_url(client, oldest)).text
    assert "other languages stay as they are" in opened
    posted = post_data(opened)
    assert posted["heading_es"] == FIRST
    assert draft(written).heading_es == SECOND  # looking changes nothing
    assert client.post(edit_url(written, "es"), posted).status_code == 302
    found = draft(written)
    assert (found.heading_es, found.heading_ko, found.heading_en) == (FIRST, "병원 이동", "Rides for 2027")
    assert not Page.objects.get(pk=written.pk).specific.heading_es
    assert versions(client, written)[0].endswith(oldest.rpartition("versions")[2])  # the newest is that text once more
    assert len(versions(client, written)) == 2


def test_what_is_newest_public_and_reviewed_is_said(client, sign_in, written, save):
    sign_in("pat", "Publishers")
    save(written, "es", **{"action-publish": "action-publish"})
    sign(Page.objects.get(pk=written.pk).specific, "es", sign_in("vera", "Translation reviewers: Spanish"))
    sign_in("rosa")
    save(written, "es", heading_es="En coche")
    states = [version.states for version in versions_of(Page.objects.get(pk=written.pk).specific, "es")]
    assert states == ["newest", "public, reviewed", ""]
    Page.objects.get(pk=written.pk).specific.unpublish()
    assert "<td>reviewed</td>" in client.get(reverse("translation_versions", args=kinds.place_of(written, "es"))).text


def test_whoever_publishes_another_language_has_written_nothing_in_this_one(client, sign_in, written, save):
    before = versions(client, written)
    sign_in("pat", "Publishers")
    save(written, "ko", **{"action-publish": "action-publish"})
    save(written, "en", **{"action-publish": "action-publish"})
    assert versions(client, written) == before
    assert "Pat" not in client.get(reverse("translation_versions", args=kinds.place_of(written, "es"))).text.split("<tbody>")[1]


def test_a_text_that_was_emptied_is_brought_back(client, sign_in, written, save):
    sign_in("rosa")
    save(written, "es", heading_es="")
    newest = versions(client, written)[0]
    assert f"<del>{SECOND}</del>" in client.get(newest).text
    client.post(edit_url(written, "es"), post_data(client.get(open_url(client, newest)).text))
    assert draft(written).heading_es == SECOND


def test_what_somebody_else_has_saved_meanwhile_is_not_overwritten(client, sign_in, written, save):
    sign_in("rosa")
    opened = post_data(client.get(open_url(client, versions(client, written)[-1])).text)
    sign_in("juan")
    save(written, "es", heading_es="Juan lo cambió")
    sign_in("rosa")
    answer = save(written, "es", opened, autosave=True).json()
    assert answer["error_code"] == "invalid_revision"
    assert draft(written).heading_es == "Juan lo cambió"


def test_a_notice_has_versions_too(client, sign_in, save, db):
    notice = publish(Notice.objects.create(name="closed", heading_en="Closed", text_en="<p>Call us.</p>", live=False))
    sign_in("rosa", "Translators: Spanish")
    save(notice, "es", heading_es="Cerrado")
    save(notice, "es", heading_es="Cerrado hoy")
    client.post(edit_url(notice, "es"), post_data(client.get(open_url(client, versions(client, notice)[-1])).text))
    assert draft(notice).heading_es == "Cerrado"


def test_a_reviewer_reads_versions_and_goes_back_to_none(client, sign_in, written):
    sign_in("vera", "Translation reviewers: Spanish")
    oldest = versions(client, written)[-1]
    assert not open_url(client, oldest)
    forced = f"{edit_url(written, 'es')}&version={oldest.rstrip('/').rpartition('/')[2]}"
    assert FIRST not in client.get(forced).text


def test_versions_of_another_language_stay_closed(client, sign_in, written):
    sign_in("rosa", "Translators: Spanish")
    versions_of_spanish = versions(client, written)
    number = versions_of_spanish[-1].rstrip("/").rpartition("/")[2]
    for code in ("ko", "en"):
        for address in (
            reverse("translation_versions", args=["pages", written.pk, code]),
            reverse("translation_version", args=["pages", written.pk, code, number]),
        ):
            assert client.get(address).status_code in (302, 404)
    sign_in("kim")
    assert client.get(versions_of_spanish[0]).status_code == 302


def test_a_version_of_another_page_is_not_found(client, sign_in, written, rides):
    sign_in("rosa", "Translators: Spanish")
    for number in (str(rides.latest_revision_id), "0", "x", "²", "9" * 40):
        assert client.get(f"{edit_url(written, 'es')}&version={number}").status_code == 404


def test_what_has_no_versions_says_so(client, sign_in):
    sign_in("rosa", "Translators: Spanish")
    line = ContactLine.objects.first()
    assert "/versions/" not in client.get(edit_url(line, "es")).text
    assert client.get(reverse("translation_versions", args=kinds.place_of(line, "es"))).status_code == 404


def test_the_history_of_all_languages_is_not_for_whoever_works_on_one(client, sign_in, db):
    notice = Notice.objects.first()
    history = reverse("wagtailsnippets_pages_notice:history", args=[notice.pk])
    compare = reverse("wagtailsnippets_pages_notice:revisions_compare", args=[notice.pk, "earliest", "latest"])
    sign_in("rosa", "Translators: Spanish")
    assert history not in client.get(edit_url(notice, "es")).text
    assert [client.get(address).status_code for address in (history, compare)] == [302, 302]
    sign_in("edda", "Editors")
    assert history in client.get(edit_url(notice, "es")).text
    assert [client.get(address).status_code for address in (history, compare)] == [200, 200]
