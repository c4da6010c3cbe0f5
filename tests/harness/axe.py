"""Asks axe-core whether a page is accessible."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def complaints(page: Page, reviewed: frozenset[str] = frozenset()) -> list[str]:
    """Every violation, and everything that axe could not decide unless a person has looked at it.

    `reviewed` names those undecided findings as "rule selector"; a violation is never excused.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT + ";undefined")
    results = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    found = []
    for outcome in ("violations", "incomplete"):
        for rule in results[outcome]:
            for node in rule["nodes"]:
                name = f"{rule['id']} {' '.join(map(str, node['target']))}"
                if outcome == "violations" or name not in reviewed:
                    found.append(f"{outcome}: {name}\n  {node['html'][:200]}\n  {node['failureSummary']}")
    return found


def assert_accessible(page: Page, reviewed: frozenset[str] = frozenset()) -> None:
    found = complaints(page, reviewed)
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)
