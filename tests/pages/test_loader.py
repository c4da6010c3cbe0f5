"""The loader of the starting content: repeats harmlessly, leaves editors' work alone, and says what is wrong with a file."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from wagtail.models import Revision

from pages import reviews
from pages.contacts import selectors as contacts
from pages.content.loader import data
from pages.content.loader import pages as page_loading
from pages.content.loader.data import DataLoader
from pages.content.loader.files import CONTENT_DIR, ContentError, parse, read_pages
from pages.content.loader.pages import PageLoader
from pages.content.loader.records import Records
from pages.models import ContactLine, FolderPage, MenuSection, Notice, SitePage
from tests.crawl.paths import PATHS
from tests.pages.tree import add, page, publish

HOME = (CONTENT_DIR / "home" / "en.md").read_text(encoding="utf-8")
STANDARD = """---
type: standard
title: A page
contacts: [medi-cal]
---
{body}
"""


@pytest.fixture
def load(db, tmp_path, monkeypatch):
    """Loads a small tree: `load({"/one": text})`, the home page by itself; gives the loader's records."""

    def load_tree(tree: dict[str, str]) -> Records:
        for path, text in {"/home": HOME, **tree}.items():
            file = tmp_path / path.lstrip("/") / "en.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(page_loading, "read_pages", lambda: read_pages(tmp_path))
        records = Records()
        loader = PageLoader(records)
        loader.add_addresses()
        loader.publish_texts()
        return records

    return load_tree


def test_every_address_of_the_site_map_has_a_file():
    """`/about-us` is the part of an address; asked for by itself, it leads elsewhere."""
    assert {found.path for found in read_pages()} == {*PATHS, "/about-us"}


@pytest.mark.django_db
def test_every_file_is_a_live_page():
    loaded = {found.url: found for found in SitePage.objects.live() if found.depth > 1}
    assert {path for path, found in loaded.items() if not isinstance(found.specific, FolderPage)} == set(PATHS)


def test_a_changed_file_is_published(load):
    load({"/trial": STANDARD.format(body="First words.")})
    records = load({"/trial": STANDARD.format(body="Second words.")})
    assert records.loaded == 1
    assert "Second words." in str(page("/trial").body_en)


def test_a_file_may_say_when_its_page_is_reviewed(load):
    load({"/trial": STANDARD.format(body="Words.").replace("contacts", "next_review: 2031-05-04\ncontacts")})
    assert page("/trial").next_review_on == date(2031, 5, 4)
    load({"/trial": STANDARD.format(body="New words.")})
    assert page("/trial").next_review_on == reviews.next_anniversary(None)


def test_pages_stand_in_the_order_of_the_menus(load, tmp_path):
    (tmp_path / "menus.yaml").write_text("- links: [{page: /b}, {page: /a/z}]\n- page: /a/y\n", encoding="utf-8")
    paths = ["/a", "/b", "/a/x", "/a/y", "/a/z"]
    load({path: STANDARD.format(body="Words.") for path in paths})
    assert [found.url for found in page("/a").get_children().specific()] == ["/a/z", "/a/y", "/a/x"]
    assert [found.url for found in page("/").get_children().specific() if found.url in paths] == ["/b", "/a"]


def test_a_page_changed_by_an_editor_is_left_alone(load):
    load({"/trial": STANDARD.format(body="First words.")})
    publish(page("/trial"), heading_en="The editor's heading")
    records = load({"/trial": STANDARD.format(body="Second words.")})
    assert (records.loaded, records.kept) == (0, 1)
    assert page("/trial").heading_en == "The editor's heading"
    assert "First words." in str(page("/trial").body_en)


def test_an_editors_draft_is_left_alone(load):
    load({"/trial": STANDARD.format(body="First words.")})
    draft = page("/trial")
    draft.heading_en = "The editor's draft"
    draft.save_revision()
    load({"/trial": STANDARD.format(body="Second words.")})
    assert page("/trial").get_latest_revision_as_object().heading_en == "The editor's draft"
    assert "First words." in str(page("/trial").body_en)


def test_a_page_taken_off_the_site_stays_off(load):
    load({"/trial": STANDARD.format(body="First words.")})
    page("/trial").unpublish()
    load({"/trial": STANDARD.format(body="Second words.")})
    assert not SitePage.objects.get(slug="trial").live


def test_a_page_that_an_editor_has_deleted_stays_deleted(load):
    load({"/trial": STANDARD.format(body="Words."), "/trial/below": STANDARD.format(body="Words.")})
    page("/trial").delete()
    load({"/trial": STANDARD.format(body="Words."), "/trial/below": STANDARD.format(body="Words.")})
    assert not SitePage.objects.filter(slug__in=["trial", "below"]).exists()


def test_a_new_page_below_one_that_an_editor_has_deleted_is_left_out(load):
    load({"/trial": STANDARD.format(body="Words.")})
    page("/trial").delete()
    load({"/trial": STANDARD.format(body="Words."), "/trial/below": STANDARD.format(body="Words.")})
    assert not SitePage.objects.filter(slug="below").exists()


@pytest.mark.parametrize("live", [True, False])
def test_a_page_of_the_same_address_that_an_editor_made_is_left_alone(load, live):
    added = add("/", "trial", heading_en="The editor's page", live=live)
    if not live:
        added.save_revision()
    load({"/trial": STANDARD.format(body="Words.")})
    left = SitePage.objects.get(slug="trial")
    assert (left.heading_en, left.live) == ("The editor's page", live)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_brings_nothing_back(capsys):
    ContactLine.objects.filter(key="dpss").update(number="1-866-555-0100")
    Notice.objects.get(severity="emergency").delete()
    section = MenuSection.objects.get(placement="footer", label_en="Member Resources")
    publish(section, label_en="For you")
    before = list(Revision.objects.order_by("pk").values_list("pk", flat=True))
    call_command("load_content")
    # One line: nothing is reported as if it were loaded.
    assert re.fullmatch(r"Content: 0 loaded, \d+ up to date, 3 left as editors have made them\.\n", capsys.readouterr().out)
    assert list(Revision.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert ContactLine.objects.get(key="dpss").number == "1-866-555-0100"
    assert not Notice.objects.filter(severity="emergency").exists()
    assert MenuSection.objects.get(pk=section.pk).label_en == "For you"


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ("No front matter.", "begins with front matter"),
        ("---\ntitle: [\n---\n", "while parsing"),
        ("---\ntitle: A page\n---\n", "'type' is missing"),
        ("---\ntype: standard\n---\n", "'title' is missing"),
        ("---\ntype: brochure\ntitle: A page\n---\n", "'brochure'"),
        ("---\ntype: standard\ntitle: A page\nheadline: Words\n---\n", "unknown front matter headline"),
        ("---\ntype: standard\ntitle: A page\nstatus: archived\n---\n", "this page type has no status"),
        ("---\ntype: standard\ntitle: A page\ncontacts: [nobody]\n---\n", "nobody"),
        ("---\ntype: standard\ntitle: A page\nrelated: [/nowhere]\n---\n", "no page at /nowhere"),
        (STANDARD.format(body="[Words](/nowhere)"), "no page at /nowhere"),
        (STANDARD.format(body="{phone:nobody}"), "'nobody'"),
        (STANDARD.format(body="::: callout\nheading: Words"), "not closed"),
        (STANDARD.format(body="::: callout\nheading: [\n:::"), "while parsing"),
        (STANDARD.format(body="::: figures\nheading: Words\n:::"), "takes no block 'figures'"),
        (STANDARD.format(body="::: callout\nheading: Words\nsize: large\n:::"), "no field size"),
        (STANDARD.format(body="::: callout\nheading: " + "x" * 200 + "\ntext: Words\n:::"), "heading"),
        (STANDARD.format(body="::: contact_lines\nheading: Words\nlines: [nobody]\n:::"), "lines"),
    ],
)
def test_a_fault_in_a_file_is_named_with_the_file(load, file, complaint):
    with pytest.raises(ContentError) as error:
        load({"/trial": file})
    assert "trial" in str(error.value)
    assert complaint in str(error.value)


def test_a_fault_leaves_no_half_loaded_page_public(load):
    with pytest.raises(ContentError):
        load({"/trial": STANDARD.format(body="{phone:nobody}")})
    assert not SitePage.objects.filter(slug="trial", live=True).exists()


def test_text_and_blocks_keep_their_order(tmp_path):
    file = tmp_path / "en.md"
    file.write_bytes(STANDARD.format(body="One.\n\n::: callout\nheading: Two\n:::\n\nThree.").replace("\n", "\r\n").encode())
    assert parse(file).blocks == [("text", "One."), ("callout", {"heading": "Two"}), ("text", "Three.")]


def test_another_language_fills_only_its_own_texts(load, tmp_path):
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "es.md").write_text("---\nheading: Una página\n---\nPalabras.", encoding="utf-8")
    load({"/trial": STANDARD.format(body="Words.")})
    loaded = page("/trial")
    assert (loaded.heading_en, loaded.heading_es, loaded.heading_ko or "") == ("A page", "Una página", "")
    assert "Palabras." in str(loaded.body_es)
    assert "Words." in str(loaded.body_en)


@pytest.mark.django_db
def test_a_retired_line_may_not_be_named_by_new_text(load):
    ContactLine.objects.filter(key="carelon").update(retired=True)
    contacts.forget()
    with pytest.raises(ContentError, match="carelon"):
        load({"/trial": STANDARD.format(body="::: contact_lines\nheading: Words\nlines: [carelon]\n:::")})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("contacts", {"dial": "1-888"}, "dial"),
        ("notices", {"text": "{phone:nobody}"}, "'nobody'"),
        ("notices", {"review_on": None, "severity": "emergency"}, "emergency"),
        ("standing_texts", {"text": "[Words](/nowhere)"}, "no page at /nowhere"),
        ("redirects", {"from": "/old", "to": "/nowhere"}, "no page at /nowhere"),
        ("menus", {"target": {"page": "/nowhere"}}, "no page at /nowhere"),
    ],
)
def test_a_fault_beside_the_pages_is_named_with_its_file(monkeypatch, name, change, complaint):
    rows = data.read_data(name)
    monkeypatch.setattr(data, "read_data", lambda asked: [rows[0] | change] if asked == name else [])
    loader = DataLoader(Records(), PageLoader(Records()))
    with pytest.raises(ContentError) as error:
        loader.load_what_texts_name()
        loader.load_what_names_pages()
    row = rows[0] | change
    assert f"{name}.yaml" in str(error.value)
    if name == "menus":
        assert f"menus.yaml, {row['placement']}, {row['label']}: " in str(error.value)
    assert complaint in str(error.value)


@pytest.mark.django_db
def test_data_is_loaded_after_a_change_of_its_file(monkeypatch):
    rows = data.read_data("contacts")
    rows[0]["hours"] = "On weekdays"
    monkeypatch.setattr(data, "read_data", lambda name: rows if name == "contacts" else [])
    records = Records()
    loader = PageLoader(records)
    DataLoader(records, loader).load_what_texts_name()
    assert ContactLine.objects.get(key=rows[0]["key"]).hours_en == "On weekdays"
    assert records.loaded == 1


def test_a_link_may_lead_to_an_email_address_that_is_one(load):
    load({"/one": STANDARD.format(body="[Write](mailto:someone@lacare.org)")})
    assert '<a href="mailto:someone@lacare.org">Write</a>' in str(page("/one").body_en)
    with pytest.raises(ContentError, match="no e-mail address"):
        load({"/one": STANDARD.format(body="[Write](mailto:someone)")})
