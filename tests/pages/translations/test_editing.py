"""The form of a page in one language: what it shows, what it binds, what it leaves alone."""

import pytest
from wagtail.models import Page

from pages.models import StandardPage
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data, stream
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db


def draft(page) -> StandardPage:
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_form_of_a_language_has_that_language_alone(client, admin, page):
    answer = client.get(edit_url(page, "es"))
    names = set(post_data(answer.content.decode()))
    assert {"heading_es", "lead_es", "meta_title_es", "edit_language"} <= names
    assert not {name for name in names if name.startswith(("heading", "lead")) and not name.endswith("_es")}
    assert not names & {"slug", "title", "contact_keys", "go_live_at"}


def test_the_english_form_binds_the_english_columns(client, admin, page):
    names = set(post_data(client.get(edit_url(page)).content.decode()))
    assert {"heading_en", "lead_en", "title", "slug"} <= names
    assert not {name for name in names if name in ("heading", "lead") or name.endswith("_es")}


def test_a_saved_language_leaves_all_others_as_they_are(client, admin, page, save):
    save(page, "ko", heading_ko="병원 이동", **stream("body_ko", "<p>전화하세요.</p>"))
    answer = save(page, "es", heading_es="Viajes al médico", **stream("body_es", "<p>Llámenos.</p>"))
    assert answer.status_code == 302
    assert answer.url == edit_url(page, "es")
    found = draft(page)
    assert (found.heading_en, found.heading_es, found.heading_ko) == ("Rides to the doctor", "Viajes al médico", "병원 이동")
    assert "Call us" in str(found.body_en[0].value)
    assert "Llámenos" in str(found.body_es[0].value)
    assert "전화하세요" in str(found.body_ko[0].value)
    page.refresh_from_db()
    assert page.heading_es in (None, "")  # a draft


def test_the_english_stands_beside_rendered(client, admin, page):
    html = client.get(edit_url(page, "fa")).content.decode()
    assert '<div class="beside-english__text" lang="en" dir="ltr"' in html
    assert "<p>Call us.</p>" in html


def test_farsi_and_arabic_are_written_from_right_to_left(client, admin, page):
    for code in ("fa", "ar"):
        assert f'<div lang="{code}" dir="rtl">' in client.get(edit_url(page, code)).content.decode()
    assert 'dir="rtl"' not in client.get(edit_url(page, "es")).content.decode()


def test_an_unknown_language_is_not_found(client, admin, page):
    for code in ("xx", "EN", "es/../fa", ""):
        assert client.get(f"{edit_url(page)}?lang={code}").status_code == 404


def test_chips_lead_to_all_languages_with_their_states(client, admin, page):
    html = client.get(edit_url(page, "es")).content.decode()
    for code in ("zh-hant", "ko", "hy", "ru", "tl", "vi", "fa", "km", "ar"):
        assert f'class="language-chip" href="{edit_url(page, code)}"' in html
    assert html.count("translation-state--missing") == 10
    assert html.count('aria-current="page"') >= 1


@pytest.mark.parametrize("code", ["en", "es"])
def test_a_missing_streamfield_is_left_as_it_is(client, admin, page, save, code):
    page.body_es = [("text", "<p>Llámenos.</p>")]
    page.save_revision()
    answer = save(page, code, **{f"heading_{code}": "Another heading"})
    assert answer.status_code == 302
    assert "Call us" in str(draft(page).body_en[0].value)
    assert "Llámenos" in str(draft(page).body_es[0].value)
    assert getattr(draft(page), f"heading_{code}") == "Another heading"


def test_a_streamfield_posted_in_part_is_a_bad_request(client, admin, page, save):
    assert save(page, "es", **{"body_es-count": "3"}).status_code == 400
    assert save(page, "es", **{"body_es-count": "many"}).status_code == 400


def test_a_missing_line_of_text_is_not_blanked(client, admin, page):
    page.heading_es = "Viajes"
    page.save_revision()
    client.post(edit_url(page, "es"), {"edit_language": "es", "lead_es": "Pagamos."})
    assert (draft(page).heading_es, draft(page).lead_es) == ("Viajes", "Pagamos.")


def test_an_emptied_rich_text_counts_as_empty(client, admin, page, save):
    save(page, "es", heading_es="Viajes", **stream("body_es", "<p></p>"))
    assert not draft(page).body_es
    save(page, "es", heading_es="Viajes", **stream("body_es", "<p></p>", "<p>Llámenos.</p>"), **{"action-publish": "1"})
    page.refresh_from_db()
    assert [str(block.value) for block in page.body_es] and len(page.body_es) == 1


def test_copying_english_fills_empty_fields_with_blocks_of_their_own(client, admin, page, save):
    save(page, "es", heading_es="Viajes", **{"copy-english": "1"})
    found = draft(page)
    assert (found.heading_es, found.lead_es) == ("Viajes", "We pay for them.")
    assert "Call us" in str(found.body_es[0].value)
    assert found.body_es.raw_data[0]["id"] != found.body_en.raw_data[0]["id"]
    page.refresh_from_db()
    assert not page.lead_es


def test_the_preview_of_a_language_is_in_that_language(client, admin, page):
    opened = post_data(client.get(edit_url(page, "es")).content.decode())
    address = f"/admin/pages/{page.pk}/edit/preview/"
    answer = client.post(address, opened | {"heading_es": "Viajes al médico"})
    assert answer.json() == {"is_valid": True, "is_available": True}
    spanish = client.get(f"{address}?mode=es").content.decode()
    assert "Viajes al médico" in spanish
    assert '<html lang="es"' in spanish
    english = client.get(f"{address}?mode=en").content.decode()
    assert "Rides to the doctor" in english
    assert "Viajes al médico" not in english


def test_two_people_write_two_languages_at_once(client, sign_in, page, save):
    groups = ["Translators: Spanish", "Translators: Korean"]
    sign_in("rosa", groups[0])
    spanish = post_data(client.get(edit_url(page, "es")).content.decode())
    sign_in("kim", groups[1])
    korean = post_data(client.get(edit_url(page, "ko")).content.decode())
    first = save(page, "ko", korean, autosave=True, heading_ko="이동").json()
    assert first["success"]
    sign_in("rosa", groups[0])
    answer = save(page, "es", spanish, autosave=True, heading_es="Viajes").json()
    assert answer["success"], answer
    # Each goes on from where they are, though the other has saved since.
    sign_in("kim", groups[1])
    own = {"overwrite_revision_id": first["revision_id"], "loaded_text": first["field_updates"]["loaded_text"]}
    again = save(page, "ko", korean | own, autosave=True, heading_ko="병원 이동").json()
    assert again["success"], again
    found = draft(page)
    assert (found.heading_es, found.heading_ko) == ("Viajes", "병원 이동")


def test_two_people_in_one_language_are_told(client, sign_in, page, save):
    sign_in("rosa", "Translators: Spanish")
    rosas = post_data(client.get(edit_url(page, "es")).content.decode())
    sign_in("juan", "Translators: Spanish")
    assert save(page, "es", autosave=True, heading_es="Viajes").json()["success"]
    sign_in("rosa", "Translators: Spanish")
    answer = save(page, "es", rosas, autosave=True, heading_es="Transporte")
    assert answer.json()["error_code"] == "invalid_revision"
    assert draft(page).heading_es == "Viajes"


def test_whoever_translates_and_whoever_reviews_are_told_of_another_number(client, sign_in, save, page):
    publish(page, lead_en="We pay for 30 rides a year.")
    sign_in("rosa", "Translators: Spanish")
    answer = save(page, "es", lead_es="Pagamos 60 viajes al año.")
    assert "lead: the number 60 occurs once, in English nowhere." in client.get(answer.url).text
    sign_in("vera", "Translation reviewers: Spanish")
    assert "lead: the number 60 occurs once" in client.get(edit_url(page, "es")).text
    sign_in("rosa")
    answer = save(page, "es", lead_es="Pagamos 30 viajes al año.")
    assert "differs from the English" not in client.get(answer.url).text
