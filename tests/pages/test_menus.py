"""Menus: what is shown of the sections that editors keep, and under which name in which language."""

import json

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import translation

from pages import links
from pages.models import MenuSection
from pages.navigation import selectors
from tests.data import menus as expected
from tests.pages.tree import page, publish

pytestmark = pytest.mark.django_db


def in_a_new_request():
    selectors.forget()
    links.forget()


def flat(placement: str) -> list[tuple[str, str]]:
    """(accessible label, address) of every link of a placement."""
    found = []
    for section in selectors.menu(placement):
        groups = [link for group in section.groups for link in group.links]
        found += [(link.accessible_label, link.url) for link in [*groups, *section.links]]
    return found


def addresses(placement: str) -> list[str]:
    return [url for _label, url in flat(placement)]


def link(placement: str, url: str):
    return next(
        found
        for section in selectors.menu(placement)
        for found in [*(link for group in section.groups for link in group.links), *section.links]
        if found.url == url
    )


def change(section: MenuSection, block: int, **values) -> MenuSection:
    """Publishes the section with other values in its first link of the block."""
    raw = list(section.content.raw_data)
    value = raw[block]["value"]
    (value["links"][0]["value"] if "links" in value else value).update(values)
    return publish(section, content=json.dumps(raw))


@pytest.mark.parametrize("placement", expected.ADDRESSES)
def test_the_menus_are_those_of_the_site_map(placement):
    assert addresses(placement) == expected.ADDRESSES[placement]


def test_the_main_menu_has_the_sections_of_the_site_map():
    assert [str(section.label) for section in selectors.menu("main")] == expected.MAIN_SECTIONS
    assert {str(section.label): section.promo.url for section in selectors.menu("main") if section.promo} == expected.PROMOS


def test_no_name_leads_to_two_places():
    for placement in expected.ADDRESSES:
        targets: dict[str, set[str]] = {}
        for label, url in flat(placement):
            targets.setdefault(label, set()).add(url)
        assert not {label: urls for label, urls in targets.items() if len(urls) > 1}


def test_a_page_taken_off_the_site_leaves_the_menus():
    page("/members/id-card").unpublish()
    page("/health-plans/la-care-covered/payments").unpublish()
    in_a_new_request()
    assert "/members/id-card" not in addresses("main")
    assert "/health-plans/la-care-covered/payments" not in addresses("main")
    assert all(section.promo is None for section in selectors.menu("main") if str(section.label) == "For Members")


def test_a_deleted_page_leaves_the_menus():
    page("/privacy").delete()
    in_a_new_request()
    assert "/privacy" not in addresses("footer_utility")
    assert "/terms-and-conditions" in addresses("footer_utility")


def test_a_row_may_name_an_address_that_is_no_page(settings):
    section = MenuSection.objects.get(placement="footer_utility")
    change(section, 0, page=None, view="search", label="Find something")
    in_a_new_request()
    assert (str(link("footer_utility", "/search").label), link("footer_utility", "/search").is_external) == (
        "Find something",
        False,
    )
    with translation.override("es"):
        in_a_new_request()
        assert "/es/search" in addresses("footer_utility")
    settings.MENU_ADDRESSES = {}  # what the row named has gone
    in_a_new_request()
    assert len(addresses("footer_utility")) == len(expected.ADDRESSES["footer_utility"]) - 1


@pytest.mark.parametrize("view", django_settings.MENU_ADDRESSES)
def test_what_menus_may_name_can_be_opened_in_every_language(client, view):
    for code in ("en", "ar"):
        with translation.override(code):
            assert client.get(reverse(view)).status_code == 200


def test_a_group_and_a_section_without_links_vanish():
    section = MenuSection.objects.get(placement="footer", label_en="Health Coverage")
    publish(section, content=json.dumps(list(section.content.raw_data)[:1]))
    page("/help-me-choose").unpublish()
    in_a_new_request()
    assert "Health Coverage" not in [str(section.label) for section in selectors.menu("footer")]


def test_a_section_that_is_a_link_vanishes_with_its_page():
    page("/members/member-tools/find-doctor-or-hospital").unpublish()
    in_a_new_request()
    assert [str(section.label) for section in selectors.menu("main")] == expected.MAIN_SECTIONS[:-1]


def test_a_draft_of_a_menu_is_not_public():
    section = MenuSection.objects.get(placement="footer", label_en="Member Resources")
    section.label_en, section.content = "A draft", json.dumps(list(section.content.raw_data)[:1])
    section.save_revision()
    in_a_new_request()
    assert addresses("footer") == expected.ADDRESSES["footer"]
    assert "A draft" not in [str(section.label) for section in selectors.menu("footer")]
    section.get_latest_revision().publish()
    in_a_new_request()
    assert "Member Resources" not in [str(section.label) for section in selectors.menu("footer")]


def test_an_unpublished_menu_is_not_public():
    MenuSection.objects.get(placement="footer", label_en="Member Resources").unpublish()
    assert "Member Resources" not in [str(section.label) for section in selectors.menu("footer")]


def test_a_published_change_is_shown_at_once():
    selectors.menu("footer")
    section = MenuSection.objects.get(placement="footer", label_en="Member Resources")
    publish(section, label_en="For you")
    assert "For you" in [str(section.label) for section in selectors.menu("footer")]


def test_in_another_language_a_link_has_its_own_label_else_the_heading_else_english():
    publish(page("/glossary-terms"), heading_es="Glosario", heading_ar="مسرد", heading_ko="")
    section = MenuSection.objects.get(placement="footer_utility")
    publish(section, row_labels_es={section.content.raw_data[0]["id"]: "Palabras"}, row_labels_ar={}, row_labels_ko={})
    for code, label, language in (("es", "Palabras", "es"), ("ar", "مسرد", "ar"), ("ko", "Glossary of Terms", "en")):
        in_a_new_request()
        with translation.override(code):
            found = link("footer_utility", f"/{code}/glossary-terms")
            assert (str(found.label), found.label.language, found.label.is_fallback) == (label, language, language == "en")


def test_a_link_without_a_label_takes_the_heading_of_its_page():
    publish(page("/members/handbook"), heading_en="The book of your benefits")
    in_a_new_request()
    assert str(link("main", "/members/handbook").label) == "The book of your benefits"


def test_the_label_of_a_section_is_translated():
    section = MenuSection.objects.get(placement="main", label_en="For Members")
    publish(section, label_es="Para miembros")
    in_a_new_request()
    with translation.override("es"):
        labels = [section.label for section in selectors.menu("main")]
        assert (str(labels[2]), labels[2].is_fallback) == ("Para miembros", False)
    publish(section, label_es="")
    in_a_new_request()
    with translation.override("es"):
        assert selectors.menu("main")[2].label.is_fallback


def test_links_that_leave_the_site_say_so():
    assert link("header_utility", "https://jobs.lacare.org/").is_external
    assert not link("header_buttons", "/providers").is_external


def test_all_menus_are_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        for placement in expected.ADDRESSES:
            selectors.menu(placement)
