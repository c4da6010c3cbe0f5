"""A question path in Chromium: an open question, changed sizes and languages, the answer, "Back", paper; with and without script."""

import pytest
from playwright.sync_api import Page, expect

from lacare_site.languages import BY_CODE
from tests.harness.axe import assert_accessible

WHICH_LINE = "/members/which-line"
CHOOSE = "/help-me-choose"


def check(page: Page, language: str, javascript: bool = True) -> None:
    """What holds in every state of every page."""
    assert page.evaluate("document.documentElement.dir") == BY_CODE[language].direction
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if javascript:
        assert_accessible(page)


@pytest.mark.parametrize(
    ("language", "javascript", "width"),
    [
        pytest.param("ar", True, 320, id="Arabic, script, small"),
        pytest.param("es", False, 320, id="Spanish, no script, small", marks=pytest.mark.audit),
        pytest.param("km", True, 1280, id="Khmer, script, large", marks=pytest.mark.audit),
        pytest.param("en", False, 1280, id="English, no script, large", marks=pytest.mark.audit),
    ],
)
def test_from_an_open_question_to_the_answer(open_page, language, javascript, width):
    prefix = "" if language == "en" else f"/{language}"
    page = open_page(width=width, javascript=javascript)
    page.goto(prefix + WHICH_LINE)
    check(page, language, javascript)
    page.check("#id_q2_1")
    page.locator("main form .button").click()
    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator("#id_q1_error")).to_be_visible()
    expect(page.locator("#id_q2_error")).to_have_count(0)
    check(page, language, javascript)
    page.locator('.faults a[href="#id_q1_0"]').click()
    assert page.evaluate("document.querySelector('#id_q1_0').matches(':target')")

    page.check("#id_q1_1")
    page.locator(".text-size__button").last.click()
    expect(page.locator("html")).to_have_class("text-125")
    expect(page.locator("#id_q2_1")).to_be_checked()
    expect(page.locator(".faults")).to_have_count(0)
    page.locator("main form .button").click()
    expect(page.locator("main .lines .line")).to_have_count(2)
    assert page.url.endswith(f"{prefix}{WHICH_LINE}/answer")
    check(page, language, javascript)
    page.locator("details.language summary").click()
    page.locator('button[value="vi"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    expect(page.locator("main .lines .line")).to_have_count(2)
    page.locator('button[name="change"]').click()
    expect(page.locator("#id_q1_1")).to_be_checked()
    expect(page.locator("#id_q2_1")).to_be_checked()
    assert {cookie["name"] for cookie in page.context.cookies()} == {"text_size"}


def test_by_keyboard_alone_and_back_to_the_questions_as_they_were_chosen(open_page):
    page = open_page()
    page.goto(CHOOSE)
    page.locator("#id_q1_0").focus()
    for key in ("ArrowDown", "Tab", "Space", "Tab", "Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("main .lines")).to_be_visible()
    assert page.locator(".facts dd").all_inner_texts() == ["Medicare, but not Medi-Cal", "Yes", "No"]
    page.go_back()
    assert page.url.endswith(CHOOSE)
    for box in ("#id_q1_1", "#id_q2_0", "#id_q3_1"):
        expect(page.locator(box)).to_be_checked()
    assert page.context.cookies() == []


@pytest.mark.parametrize("prefix", ["", "/fa"])
def test_paper_has_the_answer_and_none_of_its_buttons(open_page, prefix):
    page = open_page(width=738)
    page.goto(f"{prefix}{CHOOSE}")
    for box in ("#id_q1_0", "#id_q2_1", "#id_q3_2"):
        page.check(box)
    page.locator("main form .button").click()
    expect(page.locator("main .lines")).to_be_visible()
    page.emulate_media(media="print")
    for part in ("h1", "main .lines .line", "main .checklist", "main .facts", "main .page-stamp"):
        expect(page.locator(part).first).to_be_visible()
    expect(page.locator("main .button-row")).not_to_be_visible()


@pytest.mark.audit
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", [CHOOSE, "/health-plans/medi-cal/do-i-qualify", "/health-plans/pasc-seiu/do-i-qualify"])
def test_large_text_on_a_small_screen(open_page, site, path, language):
    page = open_page(width=320)
    page.context.add_cookies([{"name": "text_size", "value": "200", "url": site.url}])
    page.goto(path if language == "en" else f"/{language}{path}")
    check(page, language)
    for box in page.locator("main fieldset").all():
        box.locator("input").first.check()
    page.locator("main form .button").click()
    expect(page.locator("main .lines")).to_be_visible()
    check(page, language)
