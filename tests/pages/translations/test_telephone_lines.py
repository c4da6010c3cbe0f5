"""Telephone lines have no drafts: the form of a language writes that language at once, and translators read."""

import pytest

from pages.models import ContactLine, Translation
from pages.translations import ledger
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data
from tests.pages.tree import hashes

pytestmark = pytest.mark.django_db
State = Translation.State


@pytest.fixture
def line(db):
    words = {"label_en": "Nurse line", "hours_en": "Day and night"}
    return ContactLine.objects.create(key="spare", number="1-888-555-0100", dial="+18885550100", **words)


def entry(line, code="es") -> Translation:
    return ledger.entries_of(line)[code]


def now(line) -> ContactLine:
    return ContactLine.objects.get(pk=line.pk)


def test_saving_a_language_writes_that_language_alone(client, sign_in, line):
    mo = sign_in("mo", "Moderators")
    opened = post_data(client.get(edit_url(line, "es")).content.decode())
    assert {"label_es", "hours_es"} <= set(opened)
    assert not {"number", "label_en", "label_ko"} & set(opened)
    # Meanwhile somebody saves another language and the number.
    ContactLine.objects.filter(pk=line.pk).update(label_ko="간호사", tty="711")
    answer = client.post(edit_url(line, "es"), opened | {"label_es": "Enfermería", "hours_es": "Día y noche"})
    assert answer.url == edit_url(line, "es")
    found = now(line)
    assert (found.label_es, found.hours_es, found.label_en) == ("Enfermería", "Día y noche", "Nurse line")
    assert (found.label_ko, found.tty) == ("간호사", "711")
    assert (entry(line).state, entry(line).changed_by) == (State.HUMAN, mo)


def test_a_language_saved_at_the_same_moment_is_kept(client, sign_in, line, monkeypatch):
    sign_in("mo", "Moderators")
    opened = post_data(client.get(edit_url(line, "es")).content.decode())
    full_clean = ContactLine.full_clean

    def clean_while_somebody_saves(self, *args, **kwargs):
        ContactLine.objects.filter(pk=line.pk).update(label_ko="간호사")
        return full_clean(self, *args, **kwargs)

    monkeypatch.setattr(ContactLine, "full_clean", clean_while_somebody_saves)
    client.post(edit_url(line, "es"), opened | {"label_es": "Enfermería"})
    assert (now(line).label_es, now(line).label_ko) == ("Enfermería", "간호사")


def test_a_translator_reads_and_writes_nothing(client, sign_in, line):
    sign_in("rosa", "Translators: Spanish")
    html = client.get(edit_url(line, "es")).content.decode()
    assert "public at once" in html
    assert "Copy English" not in html
    assert 'type="submit"' not in html.split('id="w-editor-form"')[1]
    assert client.post(edit_url(line, "es"), {"label_es": "Enfermería"}).status_code == 403
    assert not now(line).label_es


def test_english_makes_it_stale_unless_it_is_a_minor_edit(client, sign_in, line):
    sign_in("mo", "Moderators")
    line.label_es = "Enfermería"
    line.save()
    opened = post_data(client.get(edit_url(line)).content.decode())
    assert "Save a minor edit" in client.get(edit_url(line)).content.decode()
    client.post(edit_url(line), opened | {"label_en": "Nurse Line", "action-publish": "minor"})
    assert (now(line).label_en, entry(line).state) == ("Nurse Line", State.HUMAN)
    client.post(edit_url(line), opened | {"label_en": "Doctors' line"})
    assert entry(line).state == State.STALE


def test_a_reviewer_signs_what_somebody_else_wrote(client, sign_in, line):
    both = sign_in("mo", "Moderators", "Translation reviewers: Spanish")
    opened = post_data(client.get(edit_url(line, "es")).content.decode())
    client.post(edit_url(line, "es"), opened | {"label_es": "Enfermería"})
    signed = {"sign-off": "1", "qualification": "Certified"}
    signed |= hashes(now(line), "es")
    assert "You wrote this text" in client.post(edit_url(line, "es"), signed).content.decode()
    sign_in("vera", "Translation reviewers: Spanish")
    assert client.post(edit_url(line, "es"), signed).status_code == 302
    assert (entry(line).state, entry(line).reviewer.username) == (State.REVIEWED, "vera")
    assert both.pk == entry(line).changed_by_id


def test_whoever_saves_one_language_says_nothing_of_another_that_was_saved_meanwhile(line):
    held = now(line)
    line.label_es = "Línea de enfermería"
    line.save(update_fields=["label_es"])
    held.label_ko = "간호사 상담 전화"
    held.save(update_fields=["label_ko"])
    assert [entry(line, code).state for code in ("es", "ko")] == [State.HUMAN, State.HUMAN]
