"""A report in a real browser: written, looked at, sent, its receipt kept, come back to, answered. Without script in Arabic; the
audit has it without script in Spanish, too, and with script, with axe in every state."""

import os

import pytest
from playwright.sync_api import Page, expect

from lacare_site.languages import BY_CODE
from tests.compliance import live_officer
from tests.compliance.reporters import ADDRESS, RECEIPT, RECEIPT_ADDRESS
from tests.compliance.test_filing import photograph
from tests.harness.axe import assert_accessible
from tests.harness.pages import mirror


def look_at(page: Page, state: str, direction: str) -> None:
    """What holds in every state of every page."""
    if folder := os.environ.get("LACARE_PICTURES"):
        page.screenshot(path=f"{folder}/{page.viewport_size['width']}-{direction}-{state}.png", full_page=True)
    assert page.evaluate("document.documentElement.dir") == direction
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(
    ("language", "javascript", "width", "axe_on"),
    [
        pytest.param("ar", False, 320, ["review"], id="ar"),
        pytest.param("es", True, 1280, None, id="es", marks=pytest.mark.audit),
        pytest.param("es", False, 320, None, id="es-all", marks=pytest.mark.audit),
        pytest.param("ar", False, 320, None, id="ar-all", marks=pytest.mark.audit),
        pytest.param("km", False, 320, None, id="km-all", marks=pytest.mark.audit),
    ],
)
def test_a_whole_report(fresh_site, open_page, language, javascript, width, axe_on):
    """axe looks at the states `axe_on`, or at all."""
    direction = BY_CODE[language].direction
    site = fresh_site()
    page = open_page(site, width=width, javascript=javascript)
    with_script = page if javascript else open_page(site, width=width)

    def check(state: str) -> None:
        look_at(page, state, direction)
        if axe_on is None or state in axe_on:
            if not javascript:
                mirror(page, with_script)
            assert_accessible(with_script)

    page.goto(f"/{language}{ADDRESS}")
    check("closed")
    olga = live_officer.add(site)
    page.reload()
    check("form")
    assert page.context.cookies() == []

    page.wait_for_timeout(3500)  # the time that a person takes
    page.fill("#id_who", "ana@example.org")
    page.locator("main form .button-row button").click()
    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator("#id_what_error")).to_be_visible()
    check("faults")

    page.fill("#id_what", "Bills for nobody\n<script>")
    page.check("#id_category_0")
    page.select_option("#id_relation", "employee")
    page.set_input_files("#report-files", {"name": "desk.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    page.locator(".text-size__button").last.click()
    expect(page.locator("html")).to_have_class("text-125")
    expect(page.locator("#id_what")).to_have_value("Bills for nobody\n<script>")
    expect(page.locator(".files__name")).to_have_text("desk.jpg")
    page.locator("details.language summary").click()
    page.locator('button.language__link[value="en"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#id_who")).to_have_value("ana@example.org")
    expect(page.locator(".files__name")).to_have_text("desk.jpg")
    page.locator("details.language summary").click()
    page.locator(f'button[value="{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("#id_category_0")).to_be_checked()
    assert len([cookie for cookie in page.context.cookies() if cookie["name"].startswith("report-")]) == 1

    page.locator("main form .button-row button").click()
    expect(page.locator('[role="alert"]')).to_be_focused()  # the address of mail
    expect(page.get_by_text("Ana Marker")).to_be_visible()  # in the file
    check("review")
    page.locator('button[name="send"]').dblclick()
    expect(page.locator(".code")).to_be_visible()
    check("receipt")
    receipt = page.locator(".code").inner_text()
    assert RECEIPT.fullmatch(receipt) and receipt not in page.url
    with page.expect_download() as download:
        page.locator('button[name="download"]').click()
    assert receipt in download.value.path().read_text(encoding="utf-8")
    page.reload()
    expect(page.locator(".code")).to_have_text(receipt)
    page.locator("main .button-row .button").last.click()
    expect(page.locator(".faults")).to_be_visible()
    check("not-kept")
    page.fill("#last-group", receipt[-4:])
    page.locator("#last-group").press("Enter")
    expect(page.locator("#id_what")).to_have_value("")
    assert {cookie["name"] for cookie in page.context.cookies()} == {"text_size"}
    for _step in range(3):
        page.go_back()
        expect(page.locator("#id_what")).to_have_value("")
        expect(page.locator("#id_who")).to_have_value("")

    live_officer.ask(site, olga, "Which weeks was it?")
    page.goto(f"/{language}{RECEIPT_ADDRESS}")
    check("ask")
    page.fill("#id_receipt", "0000 0000")
    page.locator("main form button").click()
    expect(page.locator(".faults")).to_be_focused()
    check("unknown")
    page.fill("#id_receipt", receipt.lower().replace("-", " "))
    page.locator("main form button").click()
    expect(page.get_by_text("Which weeks was it?")).to_be_visible()
    check("thread")
    assert (
        page.locator(".letter__files").evaluate("list => getComputedStyle(list).whiteSpace") == "normal"
    )  # else it has blank lines
    page.fill("#id_text", "Me llamo Ana. In May.")
    page.locator("main form .button-row button").first.click()
    expect(page.locator('button[name="send"]')).to_be_visible()
    check("message-review")
    page.locator('button[name="change"]').click()
    page.fill("#id_text", "In May.")
    page.locator("main form .button-row button").first.click()
    expect(page.locator(".letter")).to_have_count(3)
    check("answered")
    page.locator('button[name="leave"]').click()
    expect(page.locator("#id_receipt")).to_have_value("")
    page.go_back()
    expect(page.get_by_text("Which weeks was it?")).to_have_count(0)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"text_size"}
    assert "{'text': 'In May.'}" in live_officer.read(site, olga)
