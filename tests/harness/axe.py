"""Asks axe-core whether a page is accessible."""

import re
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def complaints(page: Page, reviewed: Iterable[str] = (), within: str = "html") -> list[str]:
    """Every violation, and everything that axe could not decide unless a person has looked at it.

    `reviewed` are patterns for the names "rule selector" of those undecided findings; a violation is never excused. `within` is the selector of the part
    to look at, such as a menu that lies over the rest.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT + ";undefined")
    results = page.evaluate("within => axe.run(within, {resultTypes: ['violations', 'incomplete']})", within)
    found = []
    for outcome in ("violations", "incomplete"):
        for rule in results[outcome]:
            for node in rule["nodes"]:
                name = f"{rule['id']} {' '.join(map(str, node['target']))}"
                if outcome == "violations" or not any(re.fullmatch(pattern, name) for pattern in reviewed):
                    found.append(f"{outcome}: {name}\n  {node['html'][:200]}\n  {node['failureSummary']}")
    return found


def assert_accessible(page: Page, reviewed: Iterable[str] = ()) -> None:
    found = complaints(page, reviewed)
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)
