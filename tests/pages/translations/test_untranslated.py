"""English that was copied to be written over is no translation, as long as nobody has written over it."""

import re

import pytest

from pages.models import Translation
from pages.translations import ledger, untranslated
from tests.pages.translations.conftest import edit_url
from tests.pages.tree import publish, text

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def copied(client, admin, save, page):
    """The page with a Spanish heading, and all else as the button has copied it."""
    save(page, "es", heading_es="Viajes al médico", **{"copy-english": "1"})
    return page


def test_the_form_counts_what_is_still_english_and_publishes_it_only_if_told_to(client, save, copied):
    form = client.get(edit_url(copied, "es")).text
    assert "Still in English (2): body, block 1; lead." in form
    assert 'name="publish-english"' in form
    answer = save(copied, "es", lead_es="We pay for them.", **PUBLISH)
    assert "Not published: still in English" in client.get(answer.url).text
    copied.refresh_from_db()
    assert not copied.heading_es
    save(copied, "es", **PUBLISH, **{"publish-english": "1"})
    copied.refresh_from_db()
    assert (copied.heading_es, copied.lead_es) == ("Viajes al médico", "We pay for them.")


def test_what_has_been_translated_is_published_without_a_question(client, admin, save, page):
    assert "publish-english" not in client.get(edit_url(page, "es")).text
    save(page, "es", heading_es="Viajes al médico", lead_es="Los pagamos.", **PUBLISH)
    page.refresh_from_db()
    assert page.lead_es == "Los pagamos."


def test_readers_get_it_marked_as_english_and_are_told(client, page):
    page = publish(page, heading_es="Viajes al médico", lead_es=page.lead_en, body_es=text("<p>Llámenos.</p>"))
    shown = client.get(f"/es{page.url.removeprefix('/es')}").text
    assert re.search(r'<p class="page-head__lead" lang="en" dir="ltr">We pay for them.</p>', shown)
    assert "Una parte de esta página aún está en inglés." in shown
    page = publish(page, lead_es="Los pagamos.")
    shown = client.get(f"/es{page.url}").text
    assert "Una parte de esta página" not in shown and 'dir="ltr">We pay' not in shown


def test_a_block_among_others_is_told_of_and_marked(client, page):
    both = [("text", "<p>Call us.</p>"), ("text", "<p>Ask your doctor.</p>")]
    own = [("text", "<p>Llámenos.</p>"), ("text", "<p>Ask your doctor.</p>")]
    page = publish(page, heading_es="Viajes al médico", lead_es="Los pagamos.", body_en=both, body_es=own)
    shown = client.get(f"/es{page.url}").text
    assert "Una parte de esta página aún está en inglés." in shown
    english = re.findall(r'<div[^>]* lang="en" dir="ltr">\s*<div class="prose">(.*?)</div>', shown, re.DOTALL)
    assert [re.sub("<[^>]*>", "", block).strip() for block in english] == ["Ask your doctor."] and "Llámenos." in shown
    assert 'lang="en" dir="ltr"><div class="prose">' not in client.get(page.url.removeprefix("/es")).text


def test_the_list_of_translations_counts_it_as_missing(client, admin, page):
    page = publish(page, heading_es="Viajes al médico", lead_es=page.lead_en, body_es=page.body_en)
    entry = ledger.entries_of(page)["es"]
    assert (entry.state, entry.is_partial) == (Translation.State.HUMAN, True)
    page = publish(page, heading_es=page.heading_en)
    assert ledger.entries_of(page)["es"].state == Translation.State.MISSING
    page = publish(page, heading_es="Viajes al médico", lead_es="Los pagamos.", body_es=text("<p>Llámenos.</p>"))
    entry = ledger.entries_of(page)["es"]
    assert (entry.state, entry.is_partial) == (Translation.State.HUMAN, False)


@pytest.mark.parametrize(
    ("english", "is_english"),
    [
        ("L.A. Care Covered", False),
        ("Nurse Advice Line", False),
        ("Medi-Cal, Medicare Plus and L.A. Care Covered", False),
        ("Call us.", True),
        ("How to get a ride to the doctor", True),
        ("1-888-839-9909", False),
    ],
)
def test_a_name_is_the_same_in_every_language(english, is_english):
    assert bool(untranslated.places({"lead": english}, {"lead": english})) is is_english
