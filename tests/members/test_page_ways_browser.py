"""The ways at the end of a page, in a real browser at 320 px: large print, the page by mail, a mistake told of; with and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.harness.axe import assert_accessible

CARD = "/members/id-card"
SMALLEST = """() => Math.min(...[...document.body.querySelectorAll("*")]
    .filter((element) => element.innerText?.trim()).map((element) => parseFloat(getComputedStyle(element).fontSize)))"""
POINTS = 96 / 72  # pixels of one


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        pytest.param("ar", True, id="Arabic, script", marks=pytest.mark.audit),
        pytest.param("en", False, id="English, no script", marks=pytest.mark.audit),
        pytest.param("km", True, id="Khmer, script", marks=pytest.mark.audit),
    ],
)
def test_from_a_page_to_its_copies_and_back(fresh_site, open_page, language, javascript):
    page = open_page(fresh_site(), width=320, javascript=javascript)
    prefix = "" if language == "en" else f"/{language}"

    def check() -> None:
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if javascript:
            assert_accessible(page)

    page.goto(f"{prefix}{CARD}")
    ways = page.locator(".footer__page a")
    expect(ways).to_have_count(4)

    ways.nth(0).click()
    check()
    assert page.evaluate(SMALLEST) >= 18 * POINTS
    page.locator("header a").click()
    expect(page).to_have_url(re.compile(f"{prefix}{CARD}$"))

    ways.nth(2).click()
    page.check("#id_format_1")
    page.wait_for_timeout(3500)  # the time that a person takes
    page.locator("main form .button").last.click()
    expect(page.locator(".faults")).to_be_focused()
    check()
    page.fill("#id_name", "Ana Peña")
    page.fill("#id_address", "1 Palm Street\nLos Angeles, CA 90017")
    page.locator("main form .button").last.click()
    expect(page.locator(".receipt .code").first).to_have_text(re.compile("CPY-.{4}-.{4}"))
    check()

    page.goto(f"{prefix}{CARD}")
    ways.nth(3).click()
    check()
    page.check("#id_subject_0")
    page.fill("#id_text", "123-45-6789")
    page.wait_for_timeout(3500)
    page.locator("main form .button").last.click()
    expect(page.locator("#id_text_error")).to_be_visible()
    expect(page.locator("#id_text")).to_have_value("123-45-6789")
    page.fill("#id_text", "The number is an old one.")
    page.locator("main form .button").last.click()
    expect(page.locator(".callout--success")).to_be_visible()
    check()
    page.locator("main .onward").click()
    expect(page).to_have_url(re.compile(f"{prefix}{CARD}$"))
    assert page.context.cookies() == []
