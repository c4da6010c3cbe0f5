"""What of the content stands in which language: in Spanish what members' rights, plans and care depend on; in nine others the core of it."""

import pytest
from django.utils.text import slugify

from lacare_site import languages
from pages.content.loader.files import read_data, read_pages, read_words
from pages.content.loader.texts import FRONT_TEXTS

TRANSLATED = [code for code in languages.BY_CODE if code != languages.DEFAULT]
PAGES = {page.path: page for page in read_pages() if page.english.front["type"] != "folder"}
WHOLE_SECTIONS = ("/members", "/health-plans", "/healthcare-fraud-prevention", "/compliance", "/providers/policies-compliance")
WHOLE_TYPES = ("home", "policy", "plan", "plan_detail", "resource_hub")
WHOLE_IN_ALL = (
    "/",
    *("/health-plans/medi-cal", "/health-plans/medicare-plus", "/health-plans/la-care-covered", "/health-plans/pasc-seiu"),
    *("/members/getting-care", "/members/access-to-care", "/members/interpretation-translation"),
    *("/members/file-grievance", "/members/file-grievance/grievance-appeal-form", "/about/contact-us"),
)


def is_whole_in_spanish(page) -> bool:
    front = page.english.front
    in_section = any(f"{page.path}/".startswith(f"{section}/") for section in WHOLE_SECTIONS)
    return in_section or front["type"] in WHOLE_TYPES or front.get("critical", False)


WHOLE = [("es", path) for path, page in PAGES.items() if is_whole_in_spanish(page)]
WHOLE += [(code, path) for code in TRANSLATED if code != "es" for path in WHOLE_IN_ALL]


@pytest.mark.parametrize(("code", "path"), WHOLE)
def test_these_pages_are_whole(code, path):
    english, translation = PAGES[path].english, PAGES[path].files[code]
    assert {name for name in FRONT_TEXTS if english.front.get(name)} <= {
        name for name in FRONT_TEXTS if translation.front.get(name)
    }
    assert len(translation.blocks) == len(english.blocks)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_page_has_a_heading_and_a_lead(code):
    for path, page in PAGES.items():
        for name in ("heading", "lead"):
            assert page.files[code].front.get(name) or not page.english.front.get(name), (path, name)


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("kind", ["notices", "standing_texts", "contacts"])
def test_every_notice_standing_text_and_line_has_its_words(code, kind):
    assert {row.get("key") or slugify(row["heading"]) for row in read_data(kind)} == set(read_words()[code][kind])


def labels(rows: list[dict]) -> set[str]:
    """Of menus: what each row says, at whatever depth."""
    found = {row["label"] for row in rows if row.get("label")}
    return found.union(*(labels(part) for row in rows for part in row.values() if isinstance(part, list)))


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_row_of_the_menus_has_its_words(code):
    assert len(labels(read_data("menus"))) > 100
    assert labels(read_data("menus")) <= set(read_words()[code]["menus"])
