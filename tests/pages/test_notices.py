"""Notices: when and where they are shown, in which order, and what closing one means."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone, translation

from pages import facts
from pages.models import Notice
from pages.notices import selectors
from pages.translations.admin.publishing import publish_language
from tests.pages.tree import notice, page, publish

pytestmark = pytest.mark.django_db
LOS_ANGELES = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def no_other_notices(db):
    Notice.objects.all().delete()


def shown(path: str | None = None, **options) -> list[str]:
    return [found.name for found in selectors.for_page(page(path) if path else None, **options)]


def test_the_loaded_notices_are_the_two_of_the_facts():
    fires, renewal = Notice.objects.order_by("severity")
    assert (fires.severity, fires.is_site_wide, bool(fires.starts_at and fires.review_on)) == ("emergency", True, True)
    assert (renewal.severity, renewal.is_site_wide, renewal.contact_keys) == ("important", True, ["dpss"])
    assert {"medi-cal", "cal-mediconnect"} == set(fires.contact_keys)


@pytest.mark.parametrize(
    ("starts", "before", "at"),
    [
        # Winter time is UTC-8, summer time UTC-7; in 2027 it begins on March 14, when 2:00 becomes 3:00.
        (
            datetime(2027, 3, 14, 1, 59, tzinfo=LOS_ANGELES),
            datetime(2027, 3, 14, 9, 58, 59, tzinfo=UTC),
            datetime(2027, 3, 14, 9, 59, tzinfo=UTC),
        ),
        (
            datetime(2027, 3, 14, 3, 0, tzinfo=LOS_ANGELES),
            datetime(2027, 3, 14, 9, 59, 59, tzinfo=UTC),
            datetime(2027, 3, 14, 10, 0, tzinfo=UTC),
        ),
        (
            datetime(2027, 3, 15, 0, 0, tzinfo=LOS_ANGELES),
            datetime(2027, 3, 15, 6, 59, 59, tzinfo=UTC),
            datetime(2027, 3, 15, 7, 0, tzinfo=UTC),
        ),
        (
            datetime(2027, 11, 8, 0, 0, tzinfo=LOS_ANGELES),
            datetime(2027, 11, 8, 7, 59, 59, tzinfo=UTC),
            datetime(2027, 11, 8, 8, 0, tzinfo=UTC),
        ),
    ],
)
def test_it_begins_by_the_clock_of_los_angeles(no_other_notices, starts, before, at):
    notice(starts_at=starts)
    assert shown(now=before) == []
    assert shown(now=at) == ["a-notice"]


def test_it_ends_at_the_minute_it_says_across_the_change_to_summer_time(no_other_notices):
    notice(
        starts_at=datetime(2027, 3, 13, 20, 0, tzinfo=LOS_ANGELES),
        ends_at=datetime(2027, 3, 14, 8, 0, tzinfo=LOS_ANGELES),
    )
    end = datetime(2027, 3, 14, 15, 0, tzinfo=UTC)  # eleven hours later, not twelve
    assert shown(now=end - timedelta(seconds=1)) == ["a-notice"]
    assert shown(now=end) == []
    assert not Notice.objects.get().is_active(end)


def test_without_an_end_it_goes_on(no_other_notices):
    notice()
    assert shown(now=timezone.now() + timedelta(days=3650)) == ["a-notice"]


def test_the_most_severe_come_first_then_the_latest(no_other_notices):
    now = timezone.now()
    notice("old-information", starts_at=now - timedelta(days=2))
    notice("new-information", starts_at=now - timedelta(days=1))
    notice("important", severity="important", starts_at=now - timedelta(days=3))
    notice("emergency", severity="emergency", review_on=timezone.localdate(), starts_at=now - timedelta(days=4))
    assert shown() == ["emergency", "important", "new-information", "old-information"]


def test_scope_by_section(no_other_notices):
    notice(sections=[page("/members/getting-care")])
    assert shown("/members/getting-care") == ["a-notice"]
    assert shown("/members/getting-care/urgent-care/telehealth") == ["a-notice"]
    for elsewhere in ("/members", "/members/id-card", "/", "/providers", None):
        assert shown(elsewhere) == []


def test_scope_by_plan(no_other_notices):
    notice(plans=["covered"])
    for path in ("", "/find-provider", "/shop-plans"):  # the plan's overview and the pages below it
        assert shown(f"/health-plans/la-care-covered{path}") == ["a-notice"]
    publish(page("/members/my-la-care-covered"), plans=["covered"])
    assert shown("/members/my-la-care-covered") == ["a-notice"]
    for elsewhere in ("/health-plans/medi-cal", "/health-plans", "/", None):
        assert shown(elsewhere) == []


def test_sections_and_plans_add_up(no_other_notices):
    notice(plans=["pasc-seiu"], sections=[page("/providers")])
    assert shown("/providers/claims") == ["a-notice"]
    assert shown("/health-plans/pasc-seiu") == ["a-notice"]
    assert shown("/health-plans/medi-cal") == []


def test_a_closed_notice_stays_away_until_a_new_version_is_published(no_other_notices):
    first = notice()
    closed = frozenset({first.closing_id})
    assert shown(closed=closed) == []
    first.heading_en = "Changed"
    first.save_revision()
    assert shown(closed=closed) == [], "a draft is no new version"
    first.get_latest_revision().publish()
    assert shown(closed=closed) == ["a-notice"]


@pytest.mark.parametrize(
    ("change", "is_seen_again"),
    [
        ({"heading_es": "Un aviso"}, False),
        ({"text_fa": "<p>سلام</p>"}, False),
        ({"ends_at": timezone.now() + timedelta(days=9)}, False),
        ({"severity": "information"}, False),
        ({"text_en": "<p>Other words.</p>"}, True),
        ({"severity": "important"}, True),
        ({"contact_keys": ["medi-cal"]}, True),
    ],
)
def test_only_other_english_other_lines_or_a_higher_severity_brings_a_closed_notice_back(no_other_notices, change, is_seen_again):
    first = notice(severity="information" if is_seen_again else "important")
    publish(first, **change)
    assert shown(closed=frozenset({first.closing_id})) == (["a-notice"] if is_seen_again else [])


def test_a_translator_who_publishes_brings_no_closed_notice_back(no_other_notices, admin_user):
    first = notice()
    draft = Notice.objects.get(pk=first.pk)
    draft.heading_es = "Un aviso"
    publish_language(draft, "es", admin_user)
    assert Notice.objects.get(pk=first.pk).heading_es == "Un aviso"
    assert shown(closed=frozenset({first.closing_id})) == []


def test_going_back_in_its_history_is_a_new_version_too(no_other_notices):
    made = notice()
    old = made.latest_revision
    made.heading_en = "Second words"
    made.save_revision().publish()
    second = Notice.objects.get(pk=made.pk).closing_id
    old.publish()
    third = Notice.objects.get(pk=made.pk)
    assert third.heading_en == "a-notice"
    assert third.closing_id not in {second, made.closing_id}


def test_what_may_not_be_closed_is_shown_to_all(no_other_notices):
    emergency = notice(severity="emergency", review_on=timezone.localdate(), closable=False)
    assert shown(closed=frozenset({emergency.closing_id})) == ["a-notice"]


def test_drafts_and_unpublished_notices_are_shown_nowhere(no_other_notices):
    made = notice()
    made.heading_en = "Only a draft"
    made.save_revision()
    assert [found.heading for found in selectors.for_page()] == ["a-notice"]
    Notice.objects.get(pk=made.pk).unpublish()
    assert shown() == []


def test_publishing_may_be_scheduled(no_other_notices, monkeypatch):
    made = notice()
    made.heading_en = "Tomorrow's words"
    tomorrow = made.go_live_at = timezone.now() + timedelta(days=1)
    made.save_revision().publish()
    call_command("publish_scheduled")
    assert [found.heading for found in selectors.for_page()] == ["a-notice"]
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(seconds=1))
    call_command("publish_scheduled")
    assert [found.heading for found in selectors.for_page()] == ["Tomorrow's words"]


def test_sections_are_published_with_the_text(no_other_notices):
    made = notice(sections=[page("/providers")])
    made.sections = [page("/members")]
    made.save_revision()
    assert shown("/members") == []
    made.get_latest_revision().publish()
    assert (shown("/members"), shown("/providers")) == (["a-notice"], [])


def test_the_end_comes_after_the_start():
    now = timezone.now()
    with pytest.raises(ValidationError, match="after the start"):
        notice(starts_at=now, ends_at=now)


def test_an_emergency_has_an_end_or_a_day_of_review():
    with pytest.raises(ValidationError, match="emergency"):
        notice(severity="emergency")


def test_an_emergency_is_ended_by_its_date_alone():
    now = timezone.now()
    found = notice(severity="emergency", review_on=timezone.localdate(), starts_at=now - timedelta(days=2))
    found.contact_keys, found.ends_at = [], now - timedelta(minutes=1)
    found.clean()


def test_reading_them_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):  # the notices, and the pages that their links name
        selectors.for_page()


def test_however_many_there_are(django_assert_num_queries):
    for number in range(5):
        notice(f"notice-{number}", sections=[page("/members"), page("/providers")], plans=["covered"])
    found = page("/members/id-card")
    with django_assert_num_queries(3):  # and their sections
        assert len(selectors.for_page(found)) == 7


def test_scope_by_language(no_other_notices):
    notice(in_languages=["es", "ar"])
    for code, expected in {"es": ["a-notice"], "ar": ["a-notice"], "en": [], "ko": []}.items():
        with translation.override(code):
            assert shown() == expected


def test_a_visitor_sees_it_on_the_pages_of_its_languages_alone(no_other_notices, client, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    notice(in_languages=["es"], heading_es="Solo en español")
    assert "Solo en español" in client.get("/es/members").text
    for elsewhere in ("/members", "/ko/members"):
        assert 'class="notice ' not in client.get(elsewhere).text


def test_an_emergency_cannot_be_closed_for_good_whatever_its_row_says(no_other_notices, client):
    emergency = notice(severity="emergency", review_on=timezone.localdate())
    Notice.objects.update(closable=True)
    assert shown(closed=frozenset({emergency.closing_id})) == ["a-notice"]
    client.cookies["closed_notices"] = emergency.closing_id
    html = client.get("/members").text
    assert "notice--emergency" in html and "notice__close" not in html
    assert facts.of_now(timezone.now())[0] == frozenset()


def test_an_emergency_says_whom_to_call_with_tty_and_hours(no_other_notices, client):
    text = '<p>Call <embed embedtype="phone" key="medi-cal"/> or <embed embedtype="phone" key="cal-mediconnect"/>.</p>'
    keys = ["medi-cal", "cal-mediconnect", "dpss"]
    notice(severity="emergency", review_on=timezone.localdate(), contact_keys=keys, text_en=text)
    for path, hours in {"/members": "24 hours a day", "/es/members": "24 horas"}.items():
        lines = client.get(path).text.partition("notice__lines")[2].partition("</details>")[0]
        assert 'href="tel:+18888399909"' in lines and "TTY 711" in lines and hours in lines
        assert "tel:+18666133777" in lines, "nothing else says this line's number"
        assert "tel:+18885221298" not in lines, "the text names it, and no hours are known"
