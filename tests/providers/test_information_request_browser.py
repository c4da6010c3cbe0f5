"""A request for information in a real browser: typed, refused, mended, sent, followed; with and without script, at 320 px."""

import re

import pytest
from playwright.sync_api import Page, expect

from lacare_site.languages import BY_CODE
from tests.harness.axe import assert_accessible

ADDRESS = "/providers/request-information"
MESSAGE = "¿Cómo me uno?\nGracias."


def check(page: Page, direction: str) -> None:
    """What holds in every state of every page."""
    assert page.evaluate("document.documentElement.dir") == direction
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert_accessible(page)


def fill(page: Page) -> None:
    page.check("#id_who_1")
    page.fill("#id_organisation", "Palm Medical Group")
    page.fill("#id_name", "Ana Peña")
    page.fill("#id_email", "ana@example.org")
    page.select_option("#id_way", "email")
    page.select_option("#id_topic", "duals")
    page.check("#id_consent_email")


@pytest.mark.parametrize(
    ("language", "javascript"),
    [
        pytest.param("es", True, id="Spanish, script", marks=pytest.mark.audit),
        pytest.param("ar", False, id="Arabic, no script", marks=pytest.mark.audit),
        pytest.param("es", False, id="Spanish, no script", marks=pytest.mark.audit),
        pytest.param("ar", True, id="Arabic, script", marks=pytest.mark.audit),
    ],
)
def test_a_whole_request(fresh_site, open_page, language, javascript):
    direction = BY_CODE[language].direction
    page = open_page(fresh_site(), width=320, javascript=javascript)
    page.goto(f"/{language}{ADDRESS}")
    if javascript:
        check(page, direction)
    assert page.context.cookies() == []

    page.fill("#id_message", "123-45-6789")
    page.locator("main form button").click()
    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator("#id_message")).to_have_value("123-45-6789")
    expect(page.locator("#id_message_error")).to_be_visible()
    if javascript:
        check(page, direction)
    page.locator('.faults a[href="#id_message"]').click()
    assert page.evaluate("document.querySelector('#id_message').matches(':target')")

    fill(page)
    page.fill("#id_message", MESSAGE)
    page.locator(".text-size__button").last.click()
    expect(page.locator("html")).to_have_class("text-125")
    expect(page.locator("#id_message")).to_have_value(MESSAGE)
    expect(page.locator("#id_who_1")).to_be_checked()
    page.locator("details.language summary").click()
    page.locator("button.translation-note__english").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#id_message")).to_have_value(MESSAGE)
    page.locator("details.language summary").click()
    page.locator(f'button[value="{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"text_size"}

    page.wait_for_timeout(3500)  # the time that a person takes
    # Enter in a field sends the form; it changes neither size nor language.
    page.locator("#id_name").press("Enter")
    expect(page.locator(".receipt")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    if javascript:
        check(page, direction)
    number, code = page.locator(".receipt .code").all_inner_texts()
    assert re.fullmatch(r"INF-.{4}-.{4}", number) and number not in page.url and code not in page.url
    with page.expect_download() as download:
        page.locator('button[name="download"]').click()
    assert code in download.value.path().read_text(encoding="utf-8")

    page.locator("main .button-row a").click()
    if javascript:
        check(page, direction)
    page.fill("#id_reference", number)
    page.fill("#id_code", "0000 0000")
    page.locator("main form button").click()
    expect(page.locator(".faults")).to_be_focused()
    if javascript:
        check(page, direction)
    page.fill("#id_code", code.lower().replace("-", " "))
    page.locator("main form button").click()
    expect(page.locator(".status__now")).to_be_visible()
    expect(page.locator("h1")).to_have_text(number)
    if javascript:
        check(page, direction)
    page.locator('button[name="withdraw"]').click()
    expect(page.locator('[role="alert"]')).to_be_focused()
    if javascript:
        check(page, direction)
    page.locator('[role="alert"] button[name="withdraw"]').click()
    expect(page.locator('button[name="withdraw"]')).to_have_count(0)
    page.locator('button[name="leave"]').click()
    expect(page.locator("#id_code")).to_be_visible()
    assert {cookie["name"] for cookie in page.context.cookies()} == {"text_size"}


def test_two_clicks_are_one_request(fresh_site, open_page):
    site = fresh_site()
    page = open_page(site)
    page.goto(ADDRESS)
    fill(page)
    page.fill("#id_message", MESSAGE)
    page.wait_for_timeout(3500)
    page.locator("main form button").dblclick()
    expect(page.locator(".receipt")).to_be_visible()
    number = page.locator(".receipt .code").first.inner_text()
    page.reload()
    expect(page.locator(".receipt .code").first).to_have_text(number)
    assert site.sql("SELECT count(*) FROM providers_informationrequest") == [(1,)]
