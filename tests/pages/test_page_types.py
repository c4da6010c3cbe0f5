"""The page types: where each may stand, what its body takes, and what every page of the site has."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.blocks import RawHTMLBlock
from wagtail.models import Page

from pages.blocks import BLOCKS
from pages.contacts import selectors as contacts
from pages.content.many_pages import multiply
from pages.models import (
    FolderPage,
    HomePage,
    Meeting,
    MenuSection,
    NewsArticlePage,
    PlanDocument,
    PlanOverviewPage,
    ProgrammePage,
    SitePage,
)
from tests.crawl.paths import ONE_OF_EACH_TYPE
from tests.pages.tree import add, page, publish

TYPES = [model for model in SitePage.__subclasses__() if model.__module__.startswith("pages.")]
MOST_BLOCKS = 12


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_body_offers_at_most_a_dozen_blocks_none_of_raw_html(model):
    if model is FolderPage:
        return
    blocks = model._meta.get_field("body_en").stream_block.child_blocks
    assert 1 <= len(blocks) <= MOST_BLOCKS
    assert not [name for name, block in blocks.items() if isinstance(block, RawHTMLBlock)]


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_has_a_template_of_its_own_name(name):
    assert BLOCKS[name]().meta.template == f"blocks/{name}.html"


@pytest.mark.django_db
def test_every_loaded_page_stands_where_its_type_may_stand():
    misplaced = [
        str(found.url)
        for found in (page.specific for page in SitePage.objects.all())
        if not isinstance(found, HomePage) and type(found) not in found.get_parent().specific.allowed_subpage_models()
    ]
    assert not misplaced


@pytest.mark.django_db
def test_every_type_can_be_added_somewhere_but_not_beside_the_home_page():
    root, places = Page.get_first_root_node(), SitePage.objects.live().specific()
    models = [model for model in TYPES if model.max_count is None]
    assert models and not [model for model in models if model.can_create_at(root)]
    assert not [model for model in models if not any(model.can_create_at(place) for place in places)]


@pytest.mark.django_db
def test_every_loaded_page_is_valid():
    for found in SitePage.objects.all():
        found.specific.full_clean()


@pytest.mark.django_db
def test_every_page_has_a_line_to_call_and_where_to_go_next():
    live = [found for found in SitePage.objects.live() if found.specific_class is not FolderPage]
    without_line = [found.url for found in live if not contacts.lines_of(found.contact_keys)]
    # The home page's body holds its lines and its ways on.
    assert without_line in ([], ["/"])
    assert not [found.url for found in live if not 2 <= len(found.related) <= 5 and found.url != "/"]


@pytest.mark.django_db
def test_headings_leads_and_descriptions_are_there_and_short():
    live = [found for found in SitePage.objects.live() if found.specific_class is not FolderPage]
    assert not [found.url for found in live if not found.lead_en or not found.meta_description_en]
    descriptions = [found.meta_description_en for found in live]
    assert len(set(descriptions)) == len(descriptions)
    assert not [text for text in descriptions if not 60 <= len(text) <= 160]


@pytest.mark.django_db
def test_there_is_one_home_page():
    assert not HomePage.can_create_at(Page.get_first_root_node())


@pytest.mark.django_db
def test_an_archived_programme_says_when_it_ended_and_what_follows(client):
    programme = page("/health-plans/cal-mediconnect")
    assert (programme.is_archived, programme.ended_on) == (True, date(2022, 12, 31))
    assert programme.successor.url == "/health-plans/medicare-plus"
    with pytest.raises(ValidationError, match="when the archived programme ended"):
        ProgrammePage(title="x", slug="x", heading_en="x", status="archived", path="x", depth=1).clean()


@pytest.mark.django_db
def test_a_stamp_and_its_date_belong_together():
    found = page("/members/id-card")
    found.approval_stamp = "CMS Approved"
    with pytest.raises(ValidationError, match="belong together"):
        found.full_clean()


@pytest.mark.django_db
def test_the_date_of_the_last_change_is_that_of_the_last_publication_unless_it_is_given():
    found = add("/members", "a-page")
    assert found.shown_updated_on == timezone.localdate()
    found.updated_on = date(2020, 1, 1)
    assert found.shown_updated_on == date(2020, 1, 1)


@pytest.mark.django_db
def test_articles_come_latest_first_twenty_at_a_time(client):
    multiply(add("/news", "article", NewsArticlePage, date=date(2026, 1, 1)), 29)
    publish(page("/news/article-19"), date=date(2026, 2, 1))
    first, second = client.get("/news"), client.get("/news?page=2")
    assert [len(answer.context["articles"]) for answer in (first, second)] == [20, 10]
    assert first.context["articles"][0].slug == "article-19"
    assert 'href="?page=2"' in first.text
    for odd in ("0", "99", "x", "-1", "1e9"):
        assert client.get(f"/news?page={odd}").status_code == 200


@pytest.mark.django_db
def test_a_page_that_is_listed_below_another_is_not_named_there_again(client):
    cards = re.findall(r'card__title"><a href="([^"]+)"', client.get("/health-plans/medi-cal").text)
    assert len(cards) > 3 and len(cards) == len(set(cards))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/members/id-card", "/health-plans/medi-cal/renewals", "/news/fact-sheet"])
def test_a_section_with_hundreds_of_pages_lists_twenty_at_a_time(client, path):
    section = path.rpartition("/")[0]
    multiply(page(path), 200)
    first, second = client.get(section), client.get(f"{section}?page=2")
    addresses = [set(re.findall(rf'card__title"><a href="({section}/[^"/]+)"', answer.text)) for answer in (first, second)]
    assert [len(answer.context["children"]) for answer in (first, second)] == [20, 20]
    assert len(addresses[0] & addresses[1]) <= 4 and len(addresses[0] | addresses[1]) >= 40  # related pages are cards too
    assert first.text.count('href="?page=2"') == 1 and 'href="?page=3"' in second.text
    last = client.get(f"{section}?page=999")
    assert last.context["children"].number == last.context["children"].paginator.num_pages > 10


@pytest.mark.django_db
def test_a_plan_with_hundreds_of_pages_names_those_beside_this_one(client):
    multiply(page("/health-plans/medi-cal/renewals"), 200)
    for path in ("/health-plans/medi-cal/renewals-150", "/health-plans/medi-cal/benefits-guide"):
        text = client.get(path).text
        beside = text[text.index('id="plan-title"') : text.index('id="help-title"')]
        assert (beside.count("<li>"), beside.count('aria-current="page"')) == (21, 1)  # the plan itself comes first


@pytest.mark.django_db
def test_the_sample_of_the_crawl_has_every_type():
    assert {str(page(path)._meta.verbose_name) for path in ONE_OF_EACH_TYPE.values()} == set(ONE_OF_EACH_TYPE)
    assert {str(model._meta.verbose_name) for model in TYPES} - set(ONE_OF_EACH_TYPE) == {"folder"}


@pytest.mark.django_db
def test_a_copied_plan_overview_asks_for_its_own_plan():
    original = PlanOverviewPage.objects.get(plan="medi-cal")
    for slug in ("medi-cal-copy", "medi-cal-second-copy"):
        copy = original.copy(update_attrs={"slug": slug}, keep_live=False)
        assert copy.plan == ""
    with pytest.raises(ValidationError, match="plan"):
        copy.full_clean()


@pytest.mark.django_db
def test_a_long_list_of_meetings_is_paged_and_asks_no_more(client, django_assert_max_num_queries):
    board = page("/about/public-meetings/board-meetings")
    agenda = PlanDocument.objects.first()
    past = timezone.now() - timedelta(days=100)
    board.meetings = [
        Meeting(title=f"Meeting {number}", starts_at=past + timedelta(days=number), place="Here", agenda=agenda)
        for number in range(45)
    ]
    publish(board)
    client.get("/about/public-meetings/board-meetings")
    with django_assert_max_num_queries(12):
        shown = client.get("/about/public-meetings/board-meetings").content.decode()
    assert shown.count('<li class="news__item">') == 20
    assert "?page=2" in shown


@pytest.mark.django_db
def test_a_folder_has_no_preview(admin_client):
    folder = FolderPage.objects.get(slug="about-us")
    folder.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[folder.pk])
    assert admin_client.get(address).status_code in (301, 404)  # as its public address answers
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[folder.pk])).text
    assert address not in editor and "Toggle preview" not in editor


@pytest.mark.django_db
def test_a_folder_is_no_target_of_a_menu():
    section = MenuSection(placement="main", label_en="Folder", page=FolderPage.objects.get(slug="about-us"))
    with pytest.raises(ValidationError, match="folder"):
        section.full_clean()
