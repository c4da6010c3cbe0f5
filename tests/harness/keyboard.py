"""A page by its keyboard alone: nothing but keys is pressed, and what has the focus is to be seen at each stop."""

import re

from playwright.sync_api import Page, expect

# Where the focus is: what it looks like, and whether it can be seen.
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const ringed = [getComputedStyle(one), getComputedStyle(one, "::after"), getComputedStyle(one, "::before")]
    .some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  one.dataset.stop = (Number(one.dataset.stop) || 0) + 1;
  return {
    html: one.outerHTML.slice(0, 120), ringed, stops: Number(one.dataset.stop),
    inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !!top && top !== one && !one.contains(top) && !top.contains(one),
  };
}"""

MOST_STOPS = 150  # on the way to what is looked for


def faults(stop: dict) -> list[str]:
    """What is wrong with how this stop is shown; `stop` is what FOCUS gives."""
    wrong = {"has no ring": not stop["ringed"], "is out of sight": not stop["inside"], "is covered": stop["covered"]}
    return [f"{stop['html']} {fault}" for fault, is_so in wrong.items() if is_so]


class Keyboard:
    def __init__(self, page: Page):
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def opens(self, address: str, key: str = "Enter") -> None:
        """This key leads to an address that ends so, past what stands at the top of its page."""
        with self.page.expect_navigation():
            self.press(key)
        expect(self.page).to_have_url(re.compile(f"{re.escape(address)}$"))

    def skip(self) -> None:
        """Past header and menu, by the first link of the page."""
        self.press("Tab")
        assert self.is_at(".skip-link")
        self.press("Enter")

    def reach(self, selector: str, key: str = "Tab") -> None:
        """Presses Tab (or Shift+Tab) until this has the focus; every stop on the way is looked at."""
        for _ in range(MOST_STOPS):
            self.press(key)
            stop = self.page.evaluate(FOCUS)
            assert stop is None or not (found := faults(stop)), found
            if self.is_at(selector):
                return
        raise AssertionError(f"No {key} leads to {selector} on {self.page.url}.")

    def is_at(self, selector: str) -> bool:
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def answer(self, name: str, value: str) -> None:
        """Goes on to the field of that name and answers it."""
        self.reach(f'main [name="{name}"]')
        self.answer_here(value)

    def answer_here(self, value: str) -> None:
        kind = self.page.evaluate("document.activeElement.type")
        if kind in ("checkbox", "radio"):
            self.press("Space")
        if kind in ("radio", "select-one"):
            for _ in range(20):
                if self.page.evaluate("document.activeElement.value") == value:
                    return
                self.press("ArrowDown")
            raise AssertionError(f"No arrow leads to {value}.")
        if kind != "checkbox":
            self.page.keyboard.type(value)
