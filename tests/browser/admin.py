"""What an editor does in the admin, as steps of a browser test."""

from playwright.sync_api import Locator, Page, expect


def open_editor(page: Page, address: str) -> None:
    page.goto(address)
    expect(
        page.get_by_role("button", name="Save draft").or_(page.get_by_role("button", name="Save", exact=True)).first
    ).to_be_visible()


def text_editor(page: Page, number: int = 0) -> Locator:
    """A rich text editor of the form, by its place among them."""
    return page.locator(".Draftail-Editor [contenteditable=true]").nth(number)


def type_at_end(page: Page, editor: Locator, text: str) -> None:
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)
    wait_until_kept(page, text)


def fill_time(page: Page, field: str, text: str) -> None:
    """Fills a field for a date or a time, and presses beside its calendar, which closes it."""
    page.fill(f"input[name={field}]", text)
    page.mouse.click(700, 75)
    # A calendar that is slow to open opens after the field has been left: it is closed as often as it takes.
    for _ in range(20):
        if not page.locator(".xdsoft_datetimepicker:visible").count():
            break
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
        page.mouse.click(700, 75)
        page.wait_for_timeout(250)


def wait_until_kept(page: Page, text: str) -> None:
    """The editor writes what is typed into the form a quarter of a second later."""
    page.wait_for_function(
        "text => [...document.querySelectorAll('input, textarea')].some(input => input.value.includes(text))", arg=text
    )


def publish(page: Page) -> None:
    """Presses "Publish" in the menu of actions, and says what came of it by the message that the page then shows."""
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).click()


def assert_published(page: Page) -> None:
    expect(page.locator(".messages .success")).to_contain_text("published")
