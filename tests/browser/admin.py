"""What an editor does in the admin, as steps of a browser test."""

from playwright.sync_api import Locator, Page, expect

PASSWORD = "a long enough password"


def add_user(admin: Page, name: str, *groups: str) -> None:
    """A user in groups, made by an administrator."""
    admin.goto("/admin/users/new/")
    for field, value in {
        "username": name,
        "email": f"{name}@localhost",
        "first_name": name.title(),
        "last_name": "Vega",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }.items():
        admin.fill(f"input[name={field}]", value)
    admin.get_by_role("tab", name="Roles").first.click()
    for group in groups:
        admin.get_by_label(group, exact=True).check()
    with admin.expect_navigation():
        admin.locator("footer button[type=submit]").first.click()
    expect(admin.locator(".messages .success")).to_be_visible()


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
    """Fills a field for a date or a time, and has its calendar closed, as pressing beside it does.

    The calendar opens a tenth of a second after the field was entered, left or not: it is waited for.
    """
    page.fill(f"input[name={field}]", text)
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    page.dispatch_event("body", "mousedown")
    expect(calendar).to_have_count(0)


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
