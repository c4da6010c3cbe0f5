"""`manage.py make_many_pages`: copies that are whole pages, and no copies where the public reads."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lacare_site import addresses, languages
from pages.content import many_pages
from pages.models import SearchEntry, SitePage, Translation
from pages.search import selectors, services
from pages.translations import ledger
from tests.pages.tree import page

pytestmark = pytest.mark.django_db


def fill(pages: int) -> str:
    output = StringIO()
    call_command("make_many_pages", str(pages), stdout=output)
    return output.getvalue()


@pytest.mark.audit
def test_a_site_is_filled_until_it_has_so_many_pages(client):
    standing = SitePage.objects.count()
    assert fill(standing + 120).startswith("120 pages added")
    assert SitePage.objects.count() == standing + 120
    assert fill(standing + 120).startswith("0 pages added")
    fill(standing + 130)
    added = list(SitePage.objects.order_by("-pk")[:130])
    assert len({found.url_path for found in SitePage.objects.all()}) == len({found.path for found in added}) + standing
    assert SitePage.find_problems() == ([], [], [], [], [])
    for found in added[::50]:
        for language in languages.LANGUAGES:
            assert client.get(addresses.in_language(found.english_url, language.code)).status_code == 200
    assert {type(found.specific) for found in added} == set(many_pages.COPIED_TYPES)


def test_a_copy_stands_in_ledger_and_search_as_if_it_had_been_published():
    (pk,) = many_pages.multiply(page("/members/getting-care/vision"), 1, first=17)
    copied = SitePage.objects.get(pk=pk).specific
    assert (copied.title, copied.heading_en, copied.url) == ("Vision 17", "Vision 17", "/members/getting-care/vision-17")

    def entries() -> list[list[dict]]:
        known = Translation.objects.filter(content_type=ledger.kind_of(copied), object_id=pk)
        searched = SearchEntry.objects.filter(page=pk)
        return [list(rows.order_by("language").values()) for rows in (known, searched)]

    made = entries()
    ledger.update(copied)
    services.index_page(pk)
    assert [len(rows) for rows in made] == [10, 11] and made == entries()
    assert [hit.candidate.page_id for hit in selectors.find("vision 17", "en").hits][:1] == [pk]


def test_a_site_that_the_public_reads_is_not_filled(settings):
    settings.MANY_PAGES_MAY_BE_MADE = False
    standing = SitePage.objects.count()
    with pytest.raises(CommandError, match="This site is not for tests"):
        fill(10_000)
    assert SitePage.objects.count() == standing
