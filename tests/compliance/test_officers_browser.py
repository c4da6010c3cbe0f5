"""The officers' journey in a browser: enrol, share, unlock, read, answer, shut out, hand over, lock; with nothing for axe to complain of."""

import re

import pytest
from playwright.sync_api import expect

from tests.compliance.officers import MARKER, PASSPHRASE
from tests.harness.axe import complaints
from tests.harness.pages import sign_in

PASSWORD = "long enough for this"
CONTENT = "main .nice-padding"  # the rest is Wagtail's
FILL = f"""
from tests.compliance.officers import file_report, officer
for name, head, has_key in (("olga", False, True), ("omar", False, True), ("hana", True, False)):
    user = officer(name, head=head, has_key=has_key)
    user.set_password("{PASSWORD}")
    user.save()
print(file_report()[0].reference)
"""


@pytest.fixture
def site(fresh_site):
    return fresh_site()


def look(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert not (found := complaints(page, within=CONTENT)), found


def unlock(page):
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.get_by_role("button", name="Unlock", exact=True).click()


@pytest.mark.audit
def test_officers_enrol_share_work_shut_out_and_hand_over(site, open_page):
    reference = site.run(FILL).strip()
    hana, olga = open_page(on=site), open_page(on=site)
    for page in (hana, olga):
        page.watch.expected += ["status of 400", "status of 409"]  # forms that come back with what is wrong
    sign_in(hana, site, "hana", PASSWORD)
    hana.goto("/admin/compliance/")
    look(hana)
    with hana.expect_navigation():
        hana.get_by_role("link", name="Make your key").click()
    look(hana)
    hana.fill("input[name=new]", PASSPHRASE)
    hana.fill("input[name=again]", "something else again")
    hana.get_by_role("button", name="Make my key").click()
    expect(hana.get_by_text("This is not what you typed above.")).to_be_visible()
    look(hana)
    hana.fill("input[name=new]", PASSPHRASE)
    hana.fill("input[name=again]", PASSPHRASE)
    hana.get_by_role("button", name="Make my key").click()
    expect(hana.get_by_text("Your key is made, and unlocked.")).to_be_visible()
    fingerprint = hana.locator(".case-facts .case-hash").inner_text()
    hana.goto(f"/admin/compliance/reports/{reference}/")
    expect(hana.get_by_text("Your key does not open this report.")).to_be_visible()
    look(hana)

    sign_in(olga, site, "olga", PASSWORD)
    olga.goto("/admin/compliance/keys/")
    look(olga)
    olga.get_by_role("link", name="Unlock your key").click()
    olga.fill("input[name=passphrase]", "not this one, surely")
    olga.get_by_role("button", name="Unlock", exact=True).click()
    expect(olga.get_by_text("This is not the passphrase of your key.")).to_be_visible()
    look(olga)
    unlock(olga)
    expect(olga).to_have_url(re.compile("/admin/compliance/keys/$"))
    row = olga.get_by_role("row", name="Hana")
    expect(row).to_contain_text(fingerprint)
    look(olga)
    row.get_by_role("checkbox").check()
    row.get_by_role("button", name="Confirm, and share 1 report").click()
    expect(olga.get_by_text("1 report shared with Hana.")).to_be_visible()

    hana.reload()
    expect(hana.get_by_text(f"Bills for nobody {MARKER}")).to_be_visible()
    look(hana)
    with hana.expect_download() as download:
        hana.get_by_role("link", name=f"{MARKER}.pdf").click()
    assert MARKER.encode() in download.value.path().read_bytes()
    hana.get_by_label("Answer or question").fill("Which month was that?")
    hana.get_by_role("button", name="Send").click()
    expect(hana.locator(".case-history")).to_contain_text("Which month was that?")
    hana.get_by_text("Shut an officer out of this report").click()
    expect(hana.get_by_text("This cannot undo what they have already read")).to_be_visible()
    hana.get_by_label("Officer", exact=True).select_option(label="Omar")
    hana.get_by_role("button", name="Shut out").click()
    expect(hana.get_by_text("Omar (by the head officer")).to_be_visible()
    hana.get_by_label("Assigned to").select_option(label="Olga")
    hana.get_by_role("button", name="Assign").click()
    expect(hana.get_by_text(f"{reference} is assigned to Olga.")).to_be_visible()
    with hana.expect_navigation():
        hana.get_by_role("link", name="Export").click()
    look(hana)

    olga.goto("/admin/compliance/statistics/")
    look(olga)
    olga.goto("/admin/compliance/?assigned=me")
    expect(olga.get_by_role("link", name=reference)).to_be_visible()
    look(olga)
    with olga.expect_navigation():
        olga.get_by_role("link", name=reference).click()
    olga.set_viewport_size({"width": 400, "height": 900})
    look(olga)
    assert olga.evaluate("document.documentElement.scrollWidth <= innerWidth")
    olga.get_by_label("Note", exact=True).fill("I take it from here")
    hana.goto("/admin/compliance/")
    hana.get_by_role("button", name="Lock now").click()
    expect(hana.get_by_text("Your key is unlocked")).to_have_count(0)
    hana.go_back()
    assert MARKER not in hana.content()
    # What was typed while the key locked elsewhere is not lost.
    second = olga.context.new_page()
    second.goto("/admin/compliance/")
    second.get_by_role("button", name="Lock now").click()
    olga.get_by_role("button", name="Keep the note").click()
    unlock(olga)
    expect(olga.get_by_label("Text")).to_have_value("I take it from here")
    look(olga)
    olga.get_by_role("button", name="Send it now").click()
    expect(olga.get_by_text("I take it from here")).to_be_visible()


def test_a_report_left_open_goes_from_the_screen_and_typing_keeps_it(site, open_page):
    reference = site.run(FILL).strip()
    olga = open_page(on=site)
    sign_in(olga, site, "olga", PASSWORD)
    olga.clock.install()
    olga.goto(f"/admin/compliance/reports/{reference}/")
    unlock(olga)
    expect(olga.get_by_text(f"Bills for nobody {MARKER}")).to_be_visible()
    olga.clock.fast_forward("14:00")
    expect(olga.get_by_text("It locks in 1 minute, unless")).to_be_visible()
    with olga.expect_response("**/compliance/stay/") as answer:
        olga.get_by_label("Answer or question").press_sequentially("W")
    assert answer.value.status == 204
    olga.clock.fast_forward("05:00")
    expect(olga.get_by_text("It locks in 10 minutes, unless")).to_be_visible()
    olga.clock.fast_forward("10:01")
    expect(olga).to_have_url(re.compile("/admin/compliance/$"))
    assert MARKER not in olga.content()
