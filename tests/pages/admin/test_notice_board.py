"""The screen that says what is live now, what comes and what has ended: to whom, where and in which languages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.models import Notice
from tests.pages.tree import notice, page, publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BOARD = "/admin/notices/"


@pytest.fixture(autouse=True)
def no_other_notices(db):
    Notice.objects.all().delete()


def parts(client, address: str = BOARD) -> dict[str, list[str]]:
    """Under each heading of the board the rows below it, as words."""
    found = {}
    for part in client.get(address).text.split('aria-labelledby="notices-')[1:]:
        rows = re.findall(r"<tr>(.*?)</tr>", part.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
        key = re.match(r"\w+", part)[0]
        found.setdefault(key, []).extend(" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows)
    return found


def test_it_says_what_is_live_what_comes_and_what_has_ended(admin):
    now = timezone.now()
    notice("it-is", heading_en="It is")
    notice("it-will-be", heading_en="It will be", starts_at=now + DAY)
    notice("it-was", heading_en="It was", starts_at=now - 3 * DAY, ends_at=now - DAY)
    Notice.objects.create(name="draft", heading_en="A draft", text_en="<p>x</p>", live=False)
    found = parts(admin)
    assert {key: len(rows) for key, rows in found.items()} == {"now": 1, "coming": 1, "ended": 1, "draft": 1}
    for key, words in {"now": "It is", "coming": "It will be", "ended": "It was", "draft": "A draft"}.items():
        assert words in found[key][0]
    assert reverse("wagtailsnippets_pages_notice:edit", args=[Notice.objects.get(name="it-is").pk]) in admin.get(BOARD).text


def test_what_overlaps_stands_in_the_order_in_which_it_is_shown(admin):
    now = timezone.now()
    for name, severity, days in (("old", "information", 2), ("new", "information", 1), ("fire", "emergency", 3)):
        notice(name, severity=severity, starts_at=now - days * DAY, review_on=timezone.localdate())
    rows = parts(admin)["now"]
    assert [row.split()[:2] for row in rows] == [["1", "fire"], ["2", "new"], ["3", "old"]]
    shown = re.findall(r'class="notice__title">.*?(fire|new|old)<', admin.get("/members").text, re.DOTALL)
    assert shown == ["fire", "new", "old"]
    assert "Stays until it ends" in rows[0] and "Visitors may close it" in rows[1]


def test_it_says_where_for_whom_and_until_when(admin):
    sections = [page("/members/getting-care"), page("/providers")]
    end = timezone.now() + 2 * DAY
    notice("everywhere", review_on=timezone.localdate() - DAY)
    notice("here", sections=sections, plans=["covered"], ends_at=end, starts_at=timezone.now() - DAY)
    everywhere, here = parts(admin)["now"]
    assert "All pages" in everywhere and "No end" in everywhere and "To be reviewed since" in everywhere
    for place in (*(f"{section.title} and the pages below it" for section in sections), "plan L.A. Care Covered"):
        assert place in here
    assert f"{timezone.localtime(end):%b} {timezone.localtime(end).day}, {end:%Y}" in here
    assert "All pages" not in here


def test_it_says_who_reads_it_in_the_own_language_and_who_in_english(admin, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    made = notice("flu", in_languages=["en", "es", "ko"])
    publish(made, heading_es="Gripe", text_es="<p>Vacúnese.</p>")
    (row,) = parts(admin)["now"]
    assert "On pages in these languages only" in row
    assert "In their own language: English Not signed: English is shown: Spanish No translation: English is shown: Korean" in row
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    assert "In their own language: English, Spanish No translation" in parts(admin)["now"][0]


def test_a_change_that_waits_for_its_publication_is_told(admin):
    made = notice("flu")
    assert "not published" not in parts(admin)["now"][0]
    made.heading_en = "Flu again"
    made.save_revision()
    assert "Has changes that are not published" in parts(admin)["now"][0]


def test_another_moment_can_be_asked_for(admin):
    start = timezone.localtime(timezone.now() + 3 * DAY).replace(second=0, microsecond=0)
    notice("it-is", ends_at=timezone.now() + DAY)
    notice("it-will-be", starts_at=start)
    found = parts(admin, f"{BOARD}?at={start:%Y-%m-%dT%H:%M}")
    assert ["it-will-be" in row for row in found["now"]] == [True] and ["it-is" in row for row in found["ended"]] == [True]
    for nonsense in ("x", "2026-02-31T00:00", "9999-12-31T23:59", "2026-01-01T00:00Z", "0001-01-01T00:00", ""):
        assert admin.get(BOARD, {"at": nonsense}).status_code == 200


@pytest.mark.parametrize(
    ("group", "status"), [("Editors", 200), ("Moderators", 200), ("Translators: Spanish", 200), ("Auditors", 302)]
)
def test_the_menu_leads_to_it_whoever_works_on_notices(member_of, group, status):
    client = member_of(group)
    assert client.get(BOARD).status_code == status
    assert ("/admin/notices/" in client.get("/admin/").text) is (status == 200)
    if group == "Translators: Spanish":
        assert "Add a notice" not in client.get(BOARD).text


def test_many_notices_ask_no_more(admin):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            admin.get(BOARD)
        return len(captured)

    notice("first", sections=[page("/members")])
    asked()  # what is read once in the life of a process does not count
    few = asked()
    for number in range(8):
        notice(f"notice-{number}", sections=[page("/members"), page("/providers")])
    assert asked() <= few
