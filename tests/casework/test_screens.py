"""The desk in a browser: what a reviewer does with the keyboard alone, wide and narrow, with nothing for axe to complain of."""

import pytest
from playwright.sync_api import expect

from tests.harness.axe import complaints
from tests.harness.pages import sign_in

CONTENT = "main .nice-padding"  # the rest is Wagtail's
FILL = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from lacare_site.casework import services
from tests.casework.conftest import send_inquiry
from tests.casework.sample.kind import WORKFLOW
ina = get_user_model().objects.create_user("ina", password="long enough for this", first_name="Ina", last_name="Reyes")
ina.groups.add(*Group.objects.filter(name__in=["Intake reviewers", "Auditors"]))
case = send_inquiry("Palm Medical Group", members=3)
services.hold(case, ina, "A suit")
print(case.reference)
"""


@pytest.fixture
def desk(fresh_site, open_page):
    """A reviewer at the desk of a site with one case: `page, reference = desk(width=700)`."""

    def start(**options):
        site = fresh_site()
        reference = site.run(FILL).strip()
        page = open_page(on=site, **options)
        sign_in(page, site, "ina", "long enough for this")
        return page, reference

    return start


@pytest.mark.audit
@pytest.mark.parametrize("width", [1280, 700])
def test_a_reviewer_works_a_case_with_the_keyboard(desk, width):
    page, reference = desk(width=width)
    page.goto("/admin/cases/inquiry/")
    expect(page.get_by_text("Due in 1")).to_be_visible()
    assert not (found := complaints(page, within=CONTENT)), found
    page.get_by_role("link", name=reference).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Next steps")).to_be_attached()
    assert not (found := complaints(page, within=CONTENT)), found
    page.locator("summary", has_text="Begin the review").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Complete at first sight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{reference} stands at “Under review” now.")).to_be_visible()
    expect(page.get_by_text("Complete at first sight")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for place in ("/admin/cases/inquiry/statistics/", "/admin/cases/audit-log/", "/admin/cases/outbox/"):
        page.goto(place)
        assert not (found := complaints(page, within=CONTENT)), found
