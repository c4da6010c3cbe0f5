"""Policies: the date belongs to the text, and every text that was in force stays readable."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Revision

from pages.models import PolicyEdition
from tests.pages.tree import page, publish

pytestmark = pytest.mark.django_db

SECTIONS = [
    "Personal information and its use",
    "Anonymous data and its use",
    "Weblogs",
    "Cookies and web beacons",
    "Internet Protocol addresses",
    "Spyware",
    "Experience surveys",
    "Policies for children under 13",
    "Newsletters",
    "Public areas and social media",
    "Disclosures",
    "Links to other sites",
    "Security policy",
    "Third-party use of tracking technologies",
    "",  # the unnumbered one
    "Communications with our site",
    "Changes to privacy policy",
]
NEW_TEXT = [("section", {"heading": "All of it", "numbered": True, "text": "<p>New words.</p>"})]


@pytest.fixture
def privacy():
    return page("/privacy")


def new_text(policy, day: date | None):
    policy.body_en, policy.policy_date = NEW_TEXT, day
    policy.full_clean()
    return publish(policy)


def test_the_privacy_policy_has_its_sixteen_sections_in_their_order(privacy):
    found = privacy.sections()
    numbered = [section for section in found if section["number"]]
    assert [section["heading"] if section["number"] else "" for section in found] == SECTIONS
    assert [section["number"] for section in numbered] == list(range(1, 17))
    assert privacy.policy_date == date(2024, 2, 15)
    assert len({section["anchor"] for section in found}) == len(found)


def test_the_list_of_twelve_uses_follows_without_a_number(privacy):
    (uses,) = (section for section in privacy.sections() if not section["number"])
    assert uses["heading"] == "How we use the information we collect"
    assert str(uses["block"].value["text"]).count("<li") == 12


def test_a_changed_text_needs_a_new_date(privacy):
    with pytest.raises(ValidationError, match="the date from which the new text holds"):
        new_text(privacy, privacy.policy_date)


def test_a_changed_text_does_not_take_the_date_of_an_older_edition(privacy):
    old_text, old_day = privacy.body_en, privacy.policy_date
    changed = new_text(privacy, date(2027, 1, 1))
    changed.body_en = [("section", {"heading": "A third text", "numbered": True, "text": "<p>More words.</p>"})]
    changed.policy_date = old_day
    with pytest.raises(ValidationError, match="This date is another text's"):
        changed.full_clean()
    changed.body_en = old_text
    changed.full_clean()  # going back to the old text brings back its date


def test_a_text_never_stands_without_the_date_that_it_had(privacy):
    for policy in (privacy, page("/privacy")):
        with pytest.raises(ValidationError, match="in no edition"):
            new_text(policy, None)
        policy.unpublish()


def test_the_date_stays_where_only_a_translation_or_the_lines_to_call_change(privacy):
    privacy.body_es, privacy.contact_keys = NEW_TEXT, ["covered"]
    privacy.full_clean()


def test_the_old_text_stays_readable_under_its_date(privacy, client):
    old_words = "Every newsletter" if "Every newsletter" in str(privacy.body_en) else "Spyware is software"
    new_text(privacy, date(2026, 1, 1))
    today = client.get("/privacy")
    old = client.get("/privacy/editions/2024-02-15")
    assert "New words." in today.text
    assert "/privacy/editions/2024-02-15" in today.text
    assert old_words not in today.text
    assert (old.status_code, old_words in old.text, "New words." in old.text) == (200, True, False)
    assert old.context["is_old_edition"]
    assert "This is an older edition, of February 15, 2024" in old.text.replace("Feb. 15", "February 15")


def test_the_text_of_today_has_no_older_editions_at_first(privacy, client):
    assert "/editions/" not in client.get("/privacy").text
    assert not client.get("/privacy/editions/2024-02-15").context["is_old_edition"]


def test_a_correction_under_the_same_date_is_that_dates_edition(privacy):
    first = PolicyEdition.objects.get(page=privacy).revision_id
    publish(privacy, lead_en="A lead with a mended word.")
    (edition,) = PolicyEdition.objects.filter(page=privacy)
    assert edition.revision_id != first
    assert edition.policy_date == date(2024, 2, 15)


def test_a_draft_is_no_edition(privacy, client):
    privacy.policy_date = date(2027, 1, 1)
    privacy.save_revision()
    assert client.get("/privacy/editions/2027-01-01").status_code == 404
    assert "2027-01-01" not in client.get("/privacy").text


@pytest.mark.parametrize("day", ["2020-01-01", "2024-13-45", "2024-02-30", "yesterday", "2024-2-15"])
def test_an_edition_that_never_was_is_not_found(client, day):
    assert client.get(f"/privacy/editions/{day}").status_code == 404


def test_a_page_without_editions_has_none(client):
    assert client.get("/members/id-card/editions/2024-02-15").status_code == 404
    assert client.get("/nowhere/editions/2024-02-15").status_code == 404


def test_editions_leave_the_site_with_their_policy(privacy, client):
    privacy.unpublish()
    assert client.get("/privacy/editions/2024-02-15").status_code == 404


def test_clearing_old_revisions_keeps_the_editions(privacy, django_capture_on_commit_callbacks):
    from django.core.management import call_command

    new_text(privacy, date(2026, 1, 1))
    publish(page("/privacy"), lead_en="A lead with a mended word.")
    call_command("purge_revisions")
    assert PolicyEdition.objects.filter(page=privacy).count() == 2
    assert Revision.objects.for_instance(page("/privacy")).count() == 2


def test_an_older_edition_keeps_out_of_search_engines(privacy, client):
    new_text(privacy, date(2026, 1, 1))
    assert '<meta name="robots" content="noindex">' in client.get("/privacy/editions/2024-02-15").text
    assert "noindex" not in client.get("/privacy").text
