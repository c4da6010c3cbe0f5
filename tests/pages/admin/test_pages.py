"""What becomes of dates and editions when editors change pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.forms import modelform_factory
from django.utils import timezone

from pages.models import Meeting, MeetingListPage, PlanDocument, PolicyEdition, PolicyPage
from tests.pages.tree import add, page, publish, text

pytestmark = pytest.mark.django_db
SECTION = {"heading": "New", "numbered": True, "text": "<p>A new rule.</p>"}
OLD, NEW = date(2024, 2, 15), date(2027, 1, 1)


def changed(policy: PolicyPage) -> PolicyPage:
    policy.body_en.append(("section", SECTION))
    return policy


def form_of(instance, **changes):
    """A form of the page's own kind, with the fields that the changes name."""
    form_class = modelform_factory(type(instance), form=type(instance).base_form_class, fields=list(changes))
    return form_class(changes, instance=instance)


def test_a_policy_whose_text_changes_needs_a_new_date():
    policy = changed(page("/privacy"))
    with pytest.raises(ValidationError) as refused:
        policy.full_clean()
    assert list(refused.value.message_dict) == ["policy_date"]
    policy.policy_date = NEW
    policy.full_clean()


def test_what_the_editor_adds_unseen_is_no_change_of_a_policy():
    policy = page("/privacy")
    for block in policy.body_en.raw_data:
        if isinstance(block["value"], dict) and "text" in block["value"]:
            block["value"]["text"] = block["value"]["text"].replace("<p>", '<p data-block-key="x1y2z">')
    policy.contact_keys = ["medi-cal"]
    policy.full_clean()


def test_all_editions_of_a_policy_stay_readable(client):
    first = page("/privacy")
    assert [str(edition.policy_date) for edition in first.editions.all()] == [str(OLD)]
    publish(changed(first), policy_date=NEW)
    publish(changed(page("/privacy")), policy_date=date(2028, 1, 1))
    assert PolicyEdition.objects.filter(page=first).count() == 3
    assert "A new rule." in client.get("/privacy").content.decode()
    old = client.get(f"/privacy/editions/{OLD}")
    assert old.status_code == 200
    assert "A new rule." not in old.content.decode()
    # Publishing a version from before the last edition was made takes none away.
    first.revisions.order_by("pk").first().publish()
    assert PolicyEdition.objects.filter(page=first).count() == 3


def test_a_page_is_dated_by_its_publication():
    card = page("/members/id-card")
    assert card.updated_on is None
    assert card.shown_updated_on == timezone.localdate(card.last_published_at)


def test_a_date_given_by_hand_holds_for_its_text_alone():
    card = publish(page("/members/id-card"), updated_on=OLD)
    unchanged = form_of(card, updated_on=str(OLD), heading=card.heading_en)
    assert unchanged.is_valid(), unchanged.errors
    assert unchanged.instance.updated_on == OLD
    new_text = form_of(page("/members/id-card"), updated_on=str(OLD), heading="Another heading")
    assert new_text.is_valid(), new_text.errors
    assert new_text.instance.updated_on is None
    new_date = form_of(page("/members/id-card"), updated_on=str(NEW), heading="Another heading")
    assert new_date.is_valid(), new_date.errors
    assert new_date.instance.updated_on == NEW


def test_a_draft_in_another_language_takes_no_date_back():
    card = publish(page("/members/id-card"), updated_on=OLD)
    card.heading_es = "Su tarjeta de miembro, en borrador"
    form = form_of(card, updated_on=str(OLD), heading=card.heading_en)
    assert form.is_valid(), form.errors
    assert form.instance.updated_on == OLD


def test_the_time_at_which_an_agenda_was_posted_is_not_taken_back():
    listed = MeetingListPage.objects.first()
    listed.meetings.add(Meeting(title="Board", starts_at=timezone.now(), place="Here", agenda=PlanDocument.objects.first()))
    listed = publish(listed)
    posted_at = listed.meetings.first().agenda_posted_at
    assert posted_at
    listed = publish(listed.get_latest_revision_as_object(), body_en=text("<p>More.</p>"))
    assert listed.meetings.first().agenda_posted_at == posted_at


def agenda() -> PlanDocument:
    return PlanDocument.objects.create(title="Agenda", file=ContentFile(b"%PDF first", name="agenda.pdf"))


def meeting(**fields) -> Meeting:
    return Meeting(**{"title": "Board", "starts_at": timezone.now(), "place": "Here", "agenda": agenda(), **fields})


def test_an_agenda_is_posted_when_its_page_is_published_and_not_before():
    draft = add("/about/public-meetings", "a-new-board", MeetingListPage, live=False, meetings=[meeting()])
    assert draft.meetings.get().agenda_posted_at is None
    published_at = timezone.now()
    assert publish(draft).meetings.get().agenda_posted_at >= published_at
    copy = draft.specific.copy(update_attrs={"slug": "a-copy"}, keep_live=False)
    assert copy.meetings.get().agenda_posted_at is None


def test_another_file_in_the_same_document_is_posted_anew():
    listed = MeetingListPage.objects.first()
    listed.meetings.add(meeting())
    posted = publish(listed).meetings.get()
    posted.agenda.title = "Agenda of the board"
    posted.agenda.save()
    assert listed.meetings.model.objects.get(pk=posted.pk).agenda_posted_at == posted.agenda_posted_at
    posted.agenda.file.save("agenda.pdf", ContentFile(b"%PDF second"))
    assert listed.meetings.model.objects.get(pk=posted.pk).agenda_posted_at > posted.agenda_posted_at
