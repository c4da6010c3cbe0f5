"""Which English a translation is of: what is corrected in it, and when it is published, makes nothing else of it up to date."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from pages.models import StandardPage, Translation
from pages.translations import ledger
from pages.translations.admin import kinds
from pages.translations.texts import parts_of
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data, stream
from tests.pages.translations.xliff_files import export, filled, upload
from tests.pages.tree import hashes, notice, publish, sign

pytestmark = pytest.mark.django_db
State = Translation.State
PUBLISH = {"action-publish": "action-publish"}
ENGLISH, SPANISH = (
    ["<p>Ask within 30 days.</p>", "<p>Bring your card.</p>"],
    ["<p>Pida en 30 días.</p>", "<p>Traiga su tarjeta.</p>"],
)


def live(text):
    return type(text).objects.get(pk=text.pk)


def state(text, code="es") -> str:
    return ledger.entries_of(text)[code].state


def changes(client, text, code="es") -> str:
    return client.get(reverse("translation_changes", args=kinds.place_of(text, code))).text


@pytest.fixture
def translated(page) -> StandardPage:
    """Its English has been changed from 30 days to 60 since it was translated."""
    publish(page, body_en=[("text", "".join(ENGLISH))], heading_es="Viajes", body_es=[("text", "".join(SPANISH))])
    assert state(page) == State.HUMAN
    return publish(live(page), body_en=[("text", "".join(ENGLISH).replace("30", "60"))])


def test_a_typo_that_is_corrected_leaves_the_rest_as_out_of_date_as_it_was(client, admin, translated, save):
    for corrected in ({"heading_es": "Viajes."}, stream("body_es", "".join(SPANISH).replace("Traiga", "Lleve"))):
        save(translated, "es", **corrected, **PUBLISH)
        assert state(translated) == State.STALE
        assert "<del>30</del><ins>60</ins>" in changes(client, translated).replace("\n", "")


def test_what_was_published_before_its_parts_were_kept_is_out_of_date_until_somebody_confirms_it(client, admin, translated, save):
    Translation.objects.update(part_hashes={})
    with ledger.publishing(origin=Translation.Origin.MACHINE):
        publish(live(translated), heading_es="Viajes.")
    assert state(translated) == State.STALE
    Translation.objects.update(part_hashes={})
    ledger.confirm(live(translated), ["es"], hashes(live(translated), "es")["source_hash"])
    publish(live(translated), body_en=[("text", "".join(ENGLISH).replace("30", "90"))])
    assert state(translated) == State.STALE
    save(translated, "es", **stream("body_es", "".join(SPANISH).replace("30", "90")), **PUBLISH)
    assert state(translated) == State.MACHINE


def test_what_was_out_of_date_and_is_corrected_is_up_to_date(client, admin, translated, save):
    assert state(translated) == State.STALE
    save(translated, "es", **stream("body_es", "".join(SPANISH).replace("30", "60")), **PUBLISH)
    assert state(translated) == State.HUMAN


def test_english_that_is_not_translated_makes_nothing_out_of_date(page):
    publish(page, heading_es="Viajes")
    publish(live(page), lead_en="We pay for all of them.")
    assert state(page) == State.HUMAN


@pytest.mark.parametrize("kind", ["page", "notice"])
def test_a_draft_is_of_the_english_beside_which_it_was_written(client, admin, page, save, kind):
    text = page if kind == "page" else notice(heading_en="Rides to the doctor")
    save(text, "es", heading_es="Viajes al médico")
    save(text, "en", heading_en="Rides to the dentist", **PUBLISH)
    save(text, "es", **PUBLISH)
    assert live(text).heading_es == "Viajes al médico"
    assert state(text) == State.STALE


def test_an_imported_file_is_of_the_public_english_whatever_the_draft_says(client, admin, rides, save):
    save(rides, "en", lead_en="We pay for 60 rides a year.")
    assert "has been imported" in upload(client, filled(export(client, rides))).text
    save(rides, "es", **PUBLISH)
    assert state(rides) == State.HUMAN
    save(rides, "en", **PUBLISH)
    assert live(rides).lead_es == "Pagamos 12 viajes al año."
    assert state(rides) == State.STALE


def test_a_translation_of_the_next_english_is_up_to_date_once_that_is_public(client, admin, page, save):
    publish(page, heading_es="Viajes al médico")
    save(page, "en", heading_en="Rides to the dentist")
    opened = client.get(edit_url(page, "es")).text
    assert "Rides to the dentist" not in opened and "show the draft" in opened
    posted = post_data(client.get(edit_url(page, "es") + "&english=draft").text)
    save(page, "es", posted, heading_es="Viajes al dentista", **PUBLISH)
    assert state(page) == State.STALE
    save(page, "en", **PUBLISH)
    assert state(page) == State.HUMAN


def test_a_form_that_was_opened_beside_another_english_translates_that(client, admin, page, save):
    opened = post_data(client.get(edit_url(page, "es")).text)
    save(page, "en", heading_en="Rides to the dentist", **PUBLISH)
    save(page, "es", opened, autosave=True, heading_es="Viajes al médico")
    save(page, "es", **PUBLISH)
    assert state(page) == State.STALE
    unknown = post_data(client.get(edit_url(page, "ko")).text) | {"loaded_english": "0" * 64}
    save(page, "ko", unknown, heading_ko="병원 이동", **PUBLISH)
    assert state(page, "ko") == State.STALE


def test_whoever_goes_back_to_an_old_text_translates_nothing_anew(client, admin, page, save):
    save(page, "es", heading_es="Viajes al médico", **PUBLISH)
    old = live(page).latest_revision_id
    save(page, "en", heading_en="Rides to the dentist", **PUBLISH)
    save(page, "es", heading_es="Viajes al dentista", **PUBLISH)
    assert state(page) == State.HUMAN
    save(page, "es", post_data(client.get(f"{edit_url(page, 'es')}&version={old}").text), **PUBLISH)
    assert live(page).heading_es == "Viajes al médico"
    assert state(page) == State.STALE


def test_a_publisher_says_that_the_english_says_the_same(client, sign_in, page):
    publish(page, heading_es="Viajes", heading_ko="이동", heading_vi="Đi khám", lead_vi="Chúng tôi trả.")
    sign(live(page), "ko")
    publish(live(page), heading_en="Rides, to the doctor")
    publish(live(page), lead_en="We pay for all of them.")
    user = sign_in("pat", "Publishers")
    shown = changes(client, page)
    assert "Nothing else is out of date in: Korean." in shown
    address = reverse("translation_changes", args=kinds.place_of(page, "es"))
    source = shown.partition('name="source_hash" value="')[2].partition('"')[0]
    assert "has changed again" in client.post(address, {"all": "1", "source_hash": "0" * 64}, follow=True).text
    assert state(page) == State.STALE
    client.post(address, {"all": "1", "source_hash": source})
    assert [state(page, code) for code in ("es", "ko", "vi")] == [State.HUMAN, State.REVIEWED, State.STALE]
    assert PageLogEntry.objects.get(action="pages.confirm_translations").user == user
    sign_in("rosa", "Translators: Vietnamese")
    address = reverse("translation_changes", args=kinds.place_of(page, "vi"))
    assert 'name="source_hash"' not in client.get(address).text
    client.post(address, {"one": "1", "source_hash": source})
    assert state(page, "vi") == State.STALE


def test_of_a_notice_a_publisher_says_it_too(client, admin):
    text = notice(heading_en="Closed today", heading_es="Cerrado hoy")
    publish(text, heading_en="Closed, today")
    shown = changes(client, text)
    source = shown.partition('name="source_hash" value="')[2].partition('"')[0]
    client.post(reverse("translation_changes", args=kinds.place_of(text, "es")), {"one": "1", "source_hash": source})
    assert state(text) == State.HUMAN
    assert ModelLogEntry.objects.filter(action="pages.confirm_translations").exists()


def test_the_parts_of_a_text_are_its_fields_blocks_and_paragraphs():
    text = {
        "heading": "A",
        "body": [{"type": "text", "value": "<h2>B</h2><p>C</p>"}, {"type": "card", "value": {"page": 3, "text": "D"}}],
    }
    assert parts_of(text) == {
        "heading": "A",
        "body/0/type": "text",
        "body/0/value/0": "<h2>B</h2>",
        "body/0/value/1": "<p>C</p>",
        "body/1/type": "card",
        "body/1/value/page": 3,
        "body/1/value/text": "D",
    }
