"""Asks axe-core whether a page is accessible."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

# A message that is still fading in has too little contrast. What moves without end is not waited for.
AT_REST = """() => Promise.allSettled(document.getAnimations()
  .filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)
  .map(animation => animation.finished))
  .then(() => undefined)"""


def complaints(page: Page, within: str = "html") -> list[str]:
    """Every violation, and everything that axe could not decide. `within` is the selector of the part to look at."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT + ";undefined")
    page.evaluate(AT_REST)
    results = page.evaluate("within => axe.run(within, {resultTypes: ['violations', 'incomplete']})", within)
    return [
        f"{outcome}: {rule['id']} {' '.join(map(str, node['target']))}\n  {node['html'][:200]}\n  {node['failureSummary']}"
        for outcome in ("violations", "incomplete")
        for rule in results[outcome]
        for node in rule["nodes"]
    ]


def assert_accessible(page: Page, within: str = "html") -> None:
    found = complaints(page, within)
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)
