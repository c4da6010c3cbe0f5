"""What editors may publish as a notice or a menu, and what their lists say."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from pages.models import FolderPage, MenuSection, Notice
from tests.pages.tree import page

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
EMERGENCY = {"severity": "emergency", "review_on": timezone.localdate(), "contact_keys": ["medi-cal"], "closable": False}


def notice(name: str, **fields) -> Notice:
    made = Notice(**{"name": name, "heading_en": name, "text_en": "<p>Words.</p>", **fields})
    made.full_clean()
    made.save()
    return made


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"review_on": None}, "review_on"),
        ({"contact_keys": []}, "contact_keys"),
        ({"contact_keys": ["cal-mediconnect"]}, "contact_keys"),  # neither TTY nor hours are known
        ({"closable": True}, "closable"),
    ],
)
def test_an_emergency_ends_names_a_line_and_cannot_be_closed(changes, field):
    notice("complete", **EMERGENCY)
    with pytest.raises(ValidationError) as refused:
        notice("incomplete", **EMERGENCY | changes)
    assert list(refused.value.message_dict) == [field]


def test_the_list_says_and_finds_what_is_shown_when(admin):
    Notice.objects.all().delete()
    now = timezone.now()
    notice("now")
    notice("coming", starts_at=now + DAY)
    notice("ended", starts_at=now - 2 * DAY, ends_at=now - DAY)
    notice("draft", live=False)
    address = reverse("wagtailsnippets_pages_notice:list")
    for state in Notice.State:
        html = admin.get(address, {"state": state.value}).content.decode()
        shown = {made.name for made in Notice.objects.all() if f">{made.name}<" in html.replace("\n", "").replace(" ", "")}
        assert shown == {state.value}
        assert Notice.objects.get(name=state.value).state() == state
    html = admin.get(address).content.decode()
    assert all(label in html for label in ("Live now", "Coming", "Ended", "Draft"))


def test_sections_are_chosen_among_pages_that_have_pages_below_them(admin):
    made = notice("for-one-page")
    made.sections = [page("/privacy")]
    made.save()
    html = admin.get(reverse("wagtailsnippets_pages_notice:edit", args=[made.pk])).content.decode()
    offered = html.count('name="sections"')
    assert 15 < offered < 40
    assert f'name="sections" value="{page("/privacy").pk}"' in html  # what is chosen already stays to be seen


@pytest.mark.parametrize("name", ["notice", "menusection"])
def test_a_preview_shows_it_in_the_frame_of_a_page(admin, name):
    model = {"notice": Notice, "menusection": MenuSection}[name]
    instance = model.objects.first()
    instance.save_revision()
    history = reverse(f"wagtailsnippets_pages_{name}:revisions_view", args=[instance.pk, instance.latest_revision_id])
    html = admin.get(history).content.decode()
    assert "</header>" in html
    assert str(instance.heading_en if name == "notice" else instance.label_en) in html


def test_a_preview_shows_whom_to_call(admin):
    words = '<p>Call <embed embedtype="phone" key="cal-mediconnect"/>.</p>'
    made = notice("a-fire", **EMERGENCY | {"text_en": words, "contact_keys": ["medi-cal", "cal-mediconnect"]})
    made.save_revision()
    history = reverse("wagtailsnippets_pages_notice:revisions_view", args=[made.pk, made.latest_revision_id])
    shown = admin.get(history).content.decode().partition('class="notice__text"')[2].partition("</details>")[0]
    assert 'href="tel:+18888399909"' in shown
    assert "24 hours a day" in shown
    assert shown.count('href="tel:+18885221298"') == 1, "a number that the text gives is not repeated"


def section(placement: str, content: list, **fields) -> MenuSection:
    return MenuSection(placement=placement, label_en="Label", content=json.dumps(content), **fields)


def link(**value) -> dict:
    return {"type": "link", "value": {"page": None, "url": "", "label": "", **value}}


def test_links_stand_in_groups_in_the_main_menu_and_alone_elsewhere():
    group = {
        "type": "group",
        "value": {"label": "G", "links": [{"type": "item", "value": link(url="https://a.org", label="A")["value"]}]},
    }
    section("main", [group]).full_clean()
    section("footer", [link(url="https://a.org", label="A")]).full_clean()
    section("main", [], page=page("/privacy").page_ptr).full_clean()
    for wrong in (section("main", [link(url="https://a.org", label="A")]), section("footer", [group]), section("footer", [])):
        with pytest.raises(ValidationError) as refused:
            wrong.full_clean()
        assert list(refused.value.message_dict) == ["content"]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"url": "http://a.org", "label": "A"},
        {"url": "javascript:alert(1)", "label": "A"},
        {"url": "https://a.org"},
        {"url": "https://a.org", "label": "A", "page": "privacy"},
        {"view": "search", "label": "A", "page": "privacy"},
        {"view": "search"},
        {"view": "healthz", "label": "A"},
        {"page": "folder"},
    ],
)
def test_a_link_of_a_menu_leads_to_one_place_that_can_be_read(value):
    named = {"privacy": page("/privacy").pk, "folder": FolderPage.objects.first().pk}
    value = value | ({"page": named[value["page"]]} if "page" in value else {})
    block = MenuSection._meta.get_field("content").stream_block
    with pytest.raises(ValidationError):
        block.clean(block.to_python([link(**value)]))
