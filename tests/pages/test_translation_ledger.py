"""The ledger of translations: what publishing, editing and signing off do to the state of a text in a language."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from pages.models import ContactLine, StandardPage, StandingText, Translation
from pages.translations import ledger
from pages.translations.texts import hash_of, text_of
from tests.pages.tree import add, hashes, notice, text

pytestmark = pytest.mark.django_db
State = Translation.State


@pytest.fixture
def page():
    return add("/about", "working-here", heading_en="Careers", lead_en="Find work.")


@pytest.fixture
def reviewer():
    return get_user_model().objects.create_user("reviewer", first_name="Rosa", last_name="Vega")


def publish(page, user=None, **texts):
    for field, value in texts.items():
        setattr(page, field, value)
    page.save_revision(user=user).publish()
    page.refresh_from_db()
    return page


def entry(page, language) -> Translation:
    return ledger.entries_of(page)[language]


def translate(page, user=None):
    return publish(page, user, heading_es="Empleos", heading_ko="채용")


def sign(page, language, reviewer):
    page = type(page).objects.get(pk=page.pk)
    assert ledger.sign_off(page, language, reviewer, "Certified medical interpreter", **hashes(page, language))
    return entry(page, language)


def test_a_text_without_translation_is_missing_in_ten_languages(page):
    publish(page, heading_en="Work with us")
    states = {code: known.state for code, known in ledger.entries_of(page).items()}
    assert len(states) == 10
    assert set(states.values()) == {State.MISSING}


def test_a_heading_alone_is_a_partial_human_draft(page):
    translate(page)
    assert entry(page, "es").state == State.HUMAN
    assert entry(page, "es").is_partial


def test_what_the_loader_brings_is_of_machine_origin(page):
    with ledger.publishing(origin=Translation.Origin.MACHINE):
        translate(page)
    assert entry(page, "es").state == State.MACHINE


def test_what_somebody_changes_in_a_machines_text_is_still_a_machines_until_it_is_signed(page, reviewer):
    with ledger.publishing(origin=Translation.Origin.MACHINE):
        translate(page)
    publish(page, heading_es="Empleo")
    assert entry(page, "es").state == State.MACHINE
    sign(page, "es", reviewer)
    publish(page, heading_es="Trabajos")
    assert entry(page, "es").state == State.HUMAN


def test_what_somebody_writes_from_empty_is_no_machines(page):
    with ledger.publishing(origin=Translation.Origin.MACHINE):
        translate(page)
    publish(page, heading_es="")
    assert entry(page, "es").state == State.MISSING
    publish(page, heading_es="Trabajos")
    assert entry(page, "es").state == State.HUMAN


def test_an_english_edit_makes_the_others_stale_and_keeps_what_they_translated(page):
    translate(page)
    publish(page, heading_en="Jobs")
    assert entry(page, "es").state == entry(page, "ko").state == State.STALE
    assert entry(page, "es").source_text["heading"] != "Jobs"
    assert entry(page, "ru").state == State.MISSING


def test_a_minor_english_edit_keeps_translation_and_review(page, reviewer):
    translate(page)
    sign(page, "es", reviewer)
    with ledger.publishing(is_minor_edit=True):
        publish(page, heading_en="Careers.")
    assert entry(page, "es").state == State.REVIEWED
    assert entry(page, "ko").state == State.HUMAN


def test_a_korean_edit_leaves_spanish_alone_and_is_up_to_date(page, reviewer):
    translate(page)
    sign(page, "es", reviewer)
    publish(page, heading_ko="일자리")
    assert entry(page, "es").state == State.REVIEWED
    assert entry(page, "ko").state == State.HUMAN


def test_an_edit_of_a_reviewed_text_makes_it_unreviewed(page, reviewer):
    translate(page)
    assert sign(page, "es", reviewer).reviewer_name == "Rosa Vega"
    publish(page, heading_es="Trabajos")
    assert entry(page, "es").state == State.HUMAN
    assert entry(page, "es").reviewer_name == ""


def test_nobody_signs_off_their_own_text(page, reviewer):
    translate(page, user=reviewer)
    with pytest.raises(ledger.LedgerError, match="You wrote this text"):
        sign(page, "es", reviewer)
    assert entry(page, "es").state == State.HUMAN


@pytest.mark.parametrize("publisher", ["nobody", "somebody else"])
def test_nobody_signs_off_their_own_text_that_went_live_as_scheduled(page, reviewer, publisher):
    """Nor one that somebody else took along in a version of their own."""
    page.heading_es = "Empleos"
    page.save_revision(user=reviewer)
    other = get_user_model().objects.create_user("other") if publisher == "somebody else" else None
    page.lead_en = "Find work with us."
    page.save_revision(user=other, approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.heading_es == "Empleos"
    with pytest.raises(ledger.LedgerError, match="You wrote this text"):
        sign(page, "es", reviewer)


def test_a_text_that_comes_back_is_still_of_who_wrote_it(page, reviewer):
    other = get_user_model().objects.create_user("other")
    publish(page, reviewer, heading_es="Empleos", lead_es="12", body_es=text("<p>Venga a trabajar.</p>"))
    publish(page, other, heading_es="Trabajos")
    publish(page, other, heading_es="Empleos")
    with pytest.raises(ledger.LedgerError, match="You wrote this text"):
        sign(page, "es", reviewer)


@pytest.fixture
def people(reviewer):
    make = get_user_model().objects.create_user
    return reviewer, make("publisher"), make("third")


def subjects():
    return {
        "a page": lambda: add("/about", "working-here", heading_en="Careers", lead_en="Find work."),
        "a standing text": lambda: StandingText.objects.get(key="dmhc-statement"),
        "a notice": lambda: notice(),
    }


@pytest.mark.parametrize("kind", subjects())
def test_whoever_has_written_in_a_text_does_not_sign_it_though_somebody_else_changed_a_letter(kind, people):
    writer, publisher, third = people
    subject = subjects()[kind]()
    name = "title_es" if kind == "a standing text" else "heading_es"
    setattr(subject, name, "Empleos")
    subject.save_revision(user=writer)
    publish(subject, publisher, **{name: "Empleos."})
    for own in (writer, publisher):
        with pytest.raises(ledger.LedgerError, match="You wrote this text"):
            sign(subject, "es", own)
    assert sign(subject, "es", third).reviewer == third


def test_a_telephone_lines_writers_are_all_who_have_changed_it(people):
    line, (writer, publisher, third) = ContactLine.objects.get(key="medi-cal"), people
    for user, label in ((writer, "Servicios para miembros"), (publisher, "Servicios para los miembros")):
        line.label_es = label
        with ledger.publishing(user=user):
            line.save()
    with pytest.raises(ledger.LedgerError, match="You wrote this text"):
        sign(line, "es", writer)
    assert sign(line, "es", third).is_reviewed


def test_who_wrote_the_version_that_was_signed_may_sign_what_others_wrote_after_it(page, people):
    writer, publisher, third = people
    publish(page, writer, heading_es="Empleos")
    sign(page, "es", third)
    publish(page, publisher, heading_es="Trabajos")
    publish(page, third, heading_es="Trabajos.")
    for own in (publisher, third):
        with pytest.raises(ledger.LedgerError, match="You wrote this text"):
            sign(page, "es", own)
    assert sign(page, "es", writer).is_reviewed


def test_a_text_that_has_changed_since_it_was_read_cannot_be_signed(page, reviewer):
    translate(page)
    for change in ({"heading_es": "Trabajos"}, {"heading_en": "Jobs"}):
        read = hashes(page, "es")
        publish(page, **change)
        with pytest.raises(ledger.LedgerError, match="changed since you opened it"):
            ledger.sign_off(page, "es", reviewer, "Certified", **read)
    assert not entry(page, "es").is_reviewed


def test_a_revert_does_not_bring_a_sign_off_back(page, reviewer):
    translate(page)
    signed = page.latest_revision
    sign(page, "es", reviewer)
    publish(page, heading_es="Trabajos")
    signed.publish()
    assert entry(page, "es").state == State.HUMAN


def test_the_hash_ignores_block_ids_and_the_order_of_keys():
    first = StandardPage(heading_en="A", body_en=[{"type": "text", "value": '<p data-block-key="x1">Hello</p>', "id": "1a"}])
    second = StandardPage(heading_en="A", body_en=[{"id": "2b", "value": "<p>Hello</p>", "type": "text"}])
    assert hash_of(text_of(first, "en")) == hash_of(text_of(second, "en"))
    third = StandardPage(heading_en="A", body_en=[{"type": "text", "value": "<p>Good-bye</p>", "id": "1a"}])
    assert hash_of(text_of(first, "en")) != hash_of(text_of(third, "en"))


def test_a_telephone_line_has_entries_too():
    line = ContactLine.objects.get(key="medi-cal")
    assert entry(line, "es").state == State.MACHINE
    line.label_es = line.hours_es = ""
    line.save()
    line.label_es = "Servicios para miembros de Medi-Cal"
    line.save()
    assert entry(line, "es").state == State.HUMAN
    assert entry(line, "vi").state == State.MACHINE


def test_deleting_a_page_deletes_its_entries(page):
    translate(page)
    known, number = ledger.kind_of(page), page.pk
    page.delete()
    assert not Translation.objects.filter(content_type=known, object_id=number).exists()
