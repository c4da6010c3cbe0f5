"""Somebody at a telephone who fills in a form of several steps, with or without script, and looks at every state of every page."""

from playwright.sync_api import Locator, Page

from lacare_site.languages import BY_CODE
from tests.harness.axe import assert_accessible
from tests.harness.pages import mirror


class Visitor:
    def __init__(self, page: Page, language: str, path: str, with_script: Page | None = None):
        """`path` is the form's, in English; `with_script` is where axe looks at a page without script."""
        self.page, self.with_script = page, with_script or page
        self.base = f"/{language}{path}"
        self.direction = BY_CODE[language].direction

    def look(self) -> None:
        assert self.page.evaluate("document.documentElement.dir") == self.direction
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), self.page.url
        if self.with_script is not self.page:
            mirror(self.page, self.with_script)
        assert_accessible(self.with_script)

    def begin(self) -> str:
        """From the form's own page to the code, which it gives."""
        self.page.goto(self.base)
        self.look()
        assert self.page.context.cookies() == []
        self.page.wait_for_timeout(1100)  # the time that a person takes
        self.press(f'form[action="{self.base}/start"] button')
        self.look()
        return self.page.locator(".code--large").inner_text()

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def save(self) -> None:
        self.press("main form .button-row button:not([name])")

    def put(self, name: str, value: str) -> None:
        field = self.page.locator(f'main [name="{name}"]')
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            self.page.check(f'main [name="{name}"][value="{value}"]' if value != "on" else f'main [name="{name}"]')
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def bring(self, item: str, name: str, content: bytes) -> Locator:
        part = self.page.locator(f"#item-{item}")
        part.locator('input[type="file"]').first.set_input_files({"name": name, "mimeType": "", "buffer": content})
        part.locator(".upload button").first.click()
        return part
