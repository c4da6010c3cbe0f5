"""A file that comes back late: the English or the translation has been changed here since it was exported."""

import re

import pytest

from pages.models import Translation
from pages.translations import ledger
from tests.pages.translations.xliff_files import draft, export, filled, html_of, upload
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db


def test_a_file_of_an_english_that_has_changed_since_is_refused(client, admin, rides, refused):
    xliff = filled(export(client, rides))
    publish(rides, lead_en="We pay for 24 rides a year.")
    assert "The English has changed since this file was exported. In: Lead. Export the page anew." in refused(xliff)


def test_a_draft_of_the_english_makes_no_file_stale(client, admin, rides, save):
    xliff = filled(export(client, rides))
    save(rides, "en", heading_en="Not public yet")
    assert export(client, rides).count("Rides to the doctor") == 2
    assert "has been imported" in upload(client, xliff).content.decode()
    assert (draft(rides).heading_en, draft(rides).heading_es) == ("Not public yet", "Viajes al médico")


@pytest.fixture
def outdated(client, admin, rides, save) -> str:
    """A file whose heading and lead an agency has translated anew, while somebody changed the lead and the body here."""
    upload(client, filled(export(client, rides)))
    xliff = export(client, rides).replace("Viajes al médico", "Transporte").replace("Pagamos", "Cubrimos")
    changed = draft(rides)
    changed.lead_es = "Pagamos hasta 12 viajes al año."
    changed.body_es.raw_data[1]["value"]["heading"] = "Antes de viajar"
    changed.save_revision()
    return xliff


def test_a_translation_that_was_changed_here_since_the_export_is_not_overwritten(client, rides, outdated, refused):
    html = refused(outdated)
    reason = "The Spanish text has been changed here since this file was exported, and is another in the file."
    assert re.findall(rf"<td>Rides to the doctor</td>\s*<td>(.*?)</td>\s*<td></td>\s*<td>{reason}", html) == ["Lead"]


@pytest.mark.parametrize(
    ("newer", "lead", "kept"),
    [("keep", "Pagamos hasta 12 viajes al año.", "Lead, Body"), ("replace", "Cubrimos 12 viajes al año.", "Body")],
)
def test_whoever_imports_says_which_of_two_translations_stands(client, rides, outdated, newer, lead, kept):
    html = upload(client, outdated, newer=newer).content.decode()
    assert f"<td>{kept}</td>" in html
    found = draft(rides)
    assert (found.heading_es, found.lead_es) == ("Transporte", lead)
    assert "Antes de viajar" in html_of(rides), "the agency has not touched the body"


def test_what_is_kept_beside_a_persons_words_is_still_a_machines(client, admin, rides, save):
    upload(client, filled(export(client, rides)), origin="machine")
    save(rides, "es", **{"action-publish": "action-publish"})
    file = export(client, rides).replace("Viajes al médico", "Transporte").replace("Pagamos", "Cubrimos")
    save(rides, "es", lead_es="Pagamos hasta 12 viajes al año.")
    upload(client, file, newer="keep")
    save(rides, "es", **{"action-publish": "action-publish"})
    assert draft(rides).heading_es == "Transporte"
    assert ledger.entries_of(rides)["es"].state == Translation.State.MACHINE


def test_a_file_that_does_not_name_its_translation_is_refused(client, admin, rides, refused):
    xliff = filled(export(client, rides))
    shorter = re.sub(r'(file id="page-\d+-[0-9a-f]{64}(?:-[0-9a-f]{16})*)-[0-9a-f]{16}"', r'\1"', xliff)
    assert shorter != xliff
    assert "The file does not say from which translation it was made. Export the page anew." in refused(shorter)
