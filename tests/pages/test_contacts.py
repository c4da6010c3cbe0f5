"""The contacts registry: each number once, and what a change or a retirement of a line does."""

import re

import pytest
from wagtail.rich_text import expand_db_html

from pages.contacts import selectors
from pages.content.loader.files import CONTENT_DIR
from pages.models import ContactLine

EMBED = '<p>Call <embed embedtype="phone" key="medi-cal"/> now.</p>'
TELEPHONE = re.compile(r"(?<![\d-])(?:1-\d{3}-|\(\d{3}\) ?)\d{3}-\d{4}")


@pytest.mark.django_db
def test_the_registry_holds_the_lines_of_the_facts():
    shown = {line.key: (line.shown, line.href, line.tty) for line in ContactLine.objects.all()}
    assert shown == {
        "coverage": ("1-888-4LA-CARE (1-888-452-2273)", "tel:+18884522273", ""),
        "providers": ("1-866-LACARE6 (1-866-522-2736)", "tel:+18665222736", ""),
        "medi-cal": ("1-888-839-9909", "tel:+18888399909", "711"),
        "covered": ("1-855-270-2327", "tel:+18552702327", "711"),
        "pasc-seiu": ("1-844-854-7272", "tel:+18448547272", "711"),
        "medicare-plus": ("1-833-LAC-DSNP (1-833-522-3767)", "tel:+18335223767", "711"),
        "dpss": ("1-866-613-3777", "tel:+18666133777", ""),
        "cal-mediconnect": ("1-888-522-1298", "tel:+18885221298", ""),
        "compliance-officer": ("(213) 694-1250 ext. 4292", "tel:+12136941250,4292", ""),
        "compliance-helpline": ("1-800-400-4889", "tel:+18004004889", ""),
        "carelon": ("(877) 344-2858", "tel:+18773442858", ""),
        "dmhc": ("1-888-466-2219", "tel:+18884662219", ""),
        "dmhc-tdd": ("1-877-688-9891", "tel:+18776889891", ""),
    }


@pytest.mark.django_db
def test_a_vanity_number_spells_the_number():
    keypad = {
        letter: digit for digit, letters in enumerate("_ _ abc def ghi jkl mno pqrs tuv wxyz".split()) for letter in letters
    }
    for line in ContactLine.objects.exclude(vanity=""):
        dialled = "".join(str(keypad.get(sign.lower(), sign)) for sign in line.vanity if sign.isalnum())
        assert dialled == re.sub(r"\D", "", line.number), line.key


@pytest.mark.django_db
def test_every_number_is_dialled_as_it_is_written():
    for line in ContactLine.objects.all():
        assert line.dial.removeprefix("+1") == re.sub(r"\D", "", line.number)[-10:], line.key


def test_no_content_file_types_a_number():
    """A number typed into a text would stay when the line changes. Only the registry's own file holds numbers."""
    typed = {
        str(path.relative_to(CONTENT_DIR)): found
        for path in CONTENT_DIR.rglob("*.*")
        if path.suffix in {".md", ".yaml"} and path.name not in {"contacts.yaml", "README.md"} and "source" not in path.parts
        if (found := TELEPHONE.findall(path.read_text(encoding="utf-8")))
    }
    assert not typed


@pytest.mark.django_db
def test_a_changed_number_is_shown_by_the_next_rendering():
    assert "1-888-839-9909" in expand_db_html(EMBED)
    line = ContactLine.objects.get(key="medi-cal")
    line.number, line.dial = "1-888-555-0100", "+18885550100"
    line.save()
    html = expand_db_html(EMBED)
    assert "1-888-555-0100" in html
    assert "tel:+18885550100" in html
    assert "839-9909" not in html


@pytest.mark.django_db
def test_a_retired_line_is_shown_nowhere():
    ContactLine.objects.filter(key="medi-cal").update(retired=True)
    selectors.forget()
    assert "medi-cal" not in selectors.lines()
    assert [line.key for line in selectors.lines_of(["medi-cal", "covered", "none-such"])] == ["covered"]
    assert "medi-cal" not in dict(selectors.key_choices())
    assert "medi-cal" not in [line.key for _topic, lines in selectors.directory() for line in lines]
    assert expand_db_html(EMBED) == "<p>Call  now.</p>"


@pytest.mark.django_db
def test_the_directory_lists_every_line_once_by_topic():
    listed = [line.key for _topic, lines in selectors.directory() for line in lines]
    assert sorted(listed) == sorted(selectors.lines())
    assert [topic for topic, _lines in selectors.directory()] == ["Members", "Providers", "Compliance", "Other organizations"]


@pytest.mark.django_db
def test_all_lines_are_one_query_however_often_they_are_asked_for(django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(3):
            expand_db_html(EMBED)
            selectors.directory()
            selectors.lines_of(["covered"])
