"""The desk of grievances in a browser, wide and narrow: list, case, letter and figures, with nothing for axe to complain of."""

import pytest
from playwright.sync_api import expect

from tests.harness.axe import complaints
from tests.harness.pages import sign_in

CONTENT = "main .nice-padding"  # the rest is Wagtail's
FILL = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from tests.members.grievances import sent
greta = get_user_model().objects.create_user("greta", password="long enough for this", first_name="Greta")
greta.groups.add(*Group.objects.filter(name__in=["Grievance reviewers", "Grievance supervisors"]))
_ana, case = sent(is_urgent="yes", plan="medicare-plus", answer_language="en")
print(case.reference)
"""


@pytest.mark.audit
def test_a_reviewer_acknowledges_an_urgent_grievance(fresh_site, open_page):
    site = fresh_site()
    reference = site.run(FILL).strip().splitlines()[-1]
    page = open_page(on=site, width=1280)
    sign_in(page, site, "greta", "long enough for this")
    page.goto("/admin/cases/grievance/")
    expect(page.locator(".case-tag", has_text="Escalated")).to_be_visible()
    assert not (found := complaints(page, within=CONTENT)), found
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", name="Next steps")).to_be_visible()
    assert not (found := complaints(page, within=CONTENT)), found
    page.set_viewport_size({"width": 320, "height": 900})
    assert not (found := complaints(page, within=CONTENT)), found
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Acknowledge: write the letter").click()
    letter = page.get_by_role("textbox")
    letter.fill(letter.input_value().replace("[…]", "Greta"))
    assert not (found := complaints(page, within=CONTENT)), found
    page.get_by_role("button", name="Keep and print").click()
    expect(page.get_by_text("We have what you sent us.")).to_be_visible()
    page.get_by_role("link", name="Large print").click()
    expect(page.get_by_role("link", name="Normal print")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name=f"Back to {reference}").click()
    expect(page.locator(".case-facts dd", has_text="Acknowledged").first).to_be_visible()
    page.set_viewport_size({"width": 2560, "height": 900})  # axe cannot judge columns that are scrolled out of sight
    page.goto("/admin/cases/grievance/statistics/")
    assert not (found := complaints(page, within=CONTENT)), found
