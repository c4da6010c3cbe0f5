"""Browser pages that watch themselves: no test may leave a policy violation, an error or a request to another host behind."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.harness.accounts import code_of_typed_key
from tests.harness.site import Site

# A busy machine is slow, not wrong.
expect.set_options(timeout=30_000)


@dataclass
class Watch:
    """What one page has complained of so far. `expected` are parts of messages that the test provokes on purpose."""

    origin: str
    policy_violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._request(request.url))
        context.on("console", lambda message: self._console(message.type, message.text))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def assert_clean(self) -> None:
        complaints = self.policy_violations + self.errors + self.foreign_requests
        unexpected = [text for text in complaints if not any(part in text for part in self.expected)]
        assert not unexpected, "The browser complained:\n" + "\n".join(unexpected)

    def _request(self, url: str) -> None:
        if not url.startswith((self.origin + "/", "blob:", "about:")):
            self.foreign_requests.append(f"Request to another host: {url}")

    def _console(self, kind: str, text: str) -> None:
        if "Content Security Policy" in text:
            self.policy_violations.append(text)
        elif kind == "error":
            self.errors.append(text)


def open_page(browser: Browser, site: Site, *, width: int = 1280, height: int = 900, javascript: bool = True, **options) -> Page:
    """A blank page with cookies of its own, whose addresses are relative to the site; `page.watch` is its Watch.

    `options` are those of Playwright's new_context, such as color_scheme="dark", forced_colors="active", locale="es".
    """
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": height},
        java_script_enabled=javascript,
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(60_000)
    watch = Watch(site.url)
    watch.follow(context)
    page = context.new_page()
    page.watch = watch
    return page


def mirror(page: Page, in_page: Page) -> None:
    """Shows in another page, where script runs but none of the site's, what `page` without script shows: axe needs script."""
    in_page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    shown = page.content()  # the answer to a form, too, which no address brings back
    in_page.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"), times=1)
    in_page.goto(page.url)


def sign_in(page: Page, site: Site, name: str = "", password: str = "") -> None:
    """Signs in to the admin: its administrator, or somebody new, who sets an app up."""
    page.goto("/admin/login/")
    page.fill("input[name=username]", name or site.admin)
    page.fill("input[name=password]", password or site.password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/admin/login/(code|set-up)/$"))
    if name:
        page.fill("input[name=code]", code_of_typed_key(page.locator(".sign-in__key").inner_text()))
        page.click("button[type=submit]")
        page.get_by_role("link", name="I have kept them").click()
    else:
        page.fill("input[name=code]", site.code())
        page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
