"""Pages on which a member's rights, plan and care depend stand in Spanish whole; of all others the heading and the lead."""

import pytest
from django.utils.text import slugify

from pages.content.loader.files import read_data, read_pages, read_words
from pages.content.loader.texts import FRONT_TEXTS

PAGES = {page.path: page for page in read_pages() if page.english.front["type"] != "folder"}
WHOLE_SECTIONS = ("/members", "/health-plans", "/healthcare-fraud-prevention", "/compliance", "/providers/policies-compliance")
WHOLE_TYPES = ("home", "policy", "plan", "plan_detail", "resource_hub")


def is_whole(page) -> bool:
    front = page.english.front
    in_section = any(f"{page.path}/".startswith(f"{section}/") for section in WHOLE_SECTIONS)
    return in_section or front["type"] in WHOLE_TYPES or front.get("critical", False)


@pytest.mark.parametrize("path", [path for path, page in PAGES.items() if is_whole(page)])
def test_pages_for_members_plans_notices_privacy_and_compliance_are_whole(path):
    english, spanish = PAGES[path].english, PAGES[path].files["es"]
    assert {name for name in FRONT_TEXTS if english.front.get(name)} <= {name for name in FRONT_TEXTS if spanish.front.get(name)}
    assert len(spanish.blocks) == len(english.blocks)


def test_every_page_has_a_heading_and_a_lead():
    for path, page in PAGES.items():
        for name in ("heading", "lead"):
            assert page.files["es"].front.get(name) or not page.english.front.get(name), (path, name)


@pytest.mark.parametrize("kind", ["notices", "standing_texts", "contacts"])
def test_every_notice_standing_text_and_line_has_its_words(kind):
    assert {row.get("key") or slugify(row["heading"]) for row in read_data(kind)} == set(read_words()["es"][kind])
