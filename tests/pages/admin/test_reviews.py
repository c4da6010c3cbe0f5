"""The next review of every page: the rule for its date, where it is shown, and the editors' report of what is due."""

import csv
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from pages import reviews
from pages.models import FolderPage, SitePage
from tests.crawl.paths import PATHS
from tests.pages.tree import add, page, publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("updated", "today", "expected"),
    [
        (None, date(2026, 11, 22), date(2027, 11, 22)),
        (date(2026, 5, 1), date(2026, 11, 22), date(2027, 5, 1)),
        (date(2018, 5, 1), date(2026, 11, 22), date(2027, 5, 1)),
        (date(2018, 12, 24), date(2026, 11, 22), date(2026, 12, 24)),
        (date(2018, 11, 22), date(2026, 11, 22), date(2027, 11, 22)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 3, 1), date(2026, 11, 22), date(2028, 3, 1)),
    ],
)
def test_a_page_is_looked_at_again_once_a_year(monkeypatch, updated, today, expected):
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    assert reviews.next_anniversary(updated) == expected


def test_every_loaded_page_states_a_review_to_come(client):
    today = timezone.localdate()
    found = SitePage.objects.live().not_type(FolderPage)
    assert found.count() == len(PATHS)
    assert not [loaded.title for loaded in found if not today < loaded.next_review_on <= today + timedelta(days=366)]
    policy = page("/privacy").specific
    assert (policy.next_review_on.month, policy.next_review_on.day) == (policy.policy_date.month, policy.policy_date.day)


def test_a_visitor_reads_the_date_in_the_own_language(client):
    publish(page("/members/id-card"), next_review_on=date(2031, 5, 4))
    assert "Next review May 4, 2031" in client.get("/members/id-card").text
    assert "4 de mayo de 2031" in client.get("/es/members/id-card").text


def test_an_emptied_date_is_set_anew():
    updated = timezone.localdate() - timedelta(days=10)
    changed = publish(page("/members/id-card"), next_review_on=None, updated_on=updated)
    assert changed.next_review_on == reviews.next_anniversary(updated)


def due(client, query: str = "") -> list[str]:
    answer = client.get(f"/admin/reports/reviews-due/?export=csv{query}")
    return [row["Page"] for row in csv.DictReader(answer.getvalue().decode().splitlines())]


def test_editors_see_which_pages_are_due(admin):
    assert "No page is due for review." in admin.get("/admin/reports/reviews-due/").text
    today = timezone.localdate()
    publish(page("/members/id-card"), next_review_on=today)
    publish(page("/members/handbook"), next_review_on=today - timedelta(days=3))
    publish(page("/members/transportation"), next_review_on=today + timedelta(days=1))
    add("/members", "a-draft", live=False, next_review_on=today)
    assert due(admin) == ["Medi-Cal Member Handbook", "Member ID Card"]
    assert due(admin, f"&due_by={today + timedelta(days=1)}") == ["Medi-Cal Member Handbook", "Member ID Card", "Transportation"]
    text = admin.get("/admin/reports/reviews-due/results/").text
    assert f"/admin/pages/{page('/members/id-card').pk}/edit/" in text and "Transportation" not in text
    assert admin.get("/admin/reports/reviews-due/?due_by=nonsense").status_code == 200


def test_the_report_stands_in_the_menu_of_those_who_work_on_pages(member_of):
    client = member_of("Editors")
    assert client.get("/admin/reports/reviews-due/").status_code == 200
    assert "/admin/reports/reviews-due/" in client.get("/admin/").text


def test_others_do_not_see_it(member_of):
    Group.objects.create(name="Guests").permissions.add(Permission.objects.get(codename="access_admin"))
    client = member_of("Guests")
    assert client.get("/admin/reports/reviews-due/").status_code == 302
    assert "/admin/reports/reviews-due/" not in client.get("/admin/").text
