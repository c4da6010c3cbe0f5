"""A link to our own pages that an editor has written out in full does not say that it leaves the site."""

import pytest
from wagtail.rich_text import expand_db_html

from pages.blocks.links import LinkBlock
from pages.models import MenuSection
from pages.navigation import selectors
from pages.templatetags.site import mark_links_that_leave
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db
LEAVES = {
    "https://www.plan.example/members": False,
    "https://WWW.plan.example?x=1": False,
    "https://www.plan.example.org/": True,
    "https://benefitscal.com": True,
}


@pytest.fixture(autouse=True)
def our_address(settings):
    settings.BASE_URL = "https://www.plan.example"


@pytest.mark.parametrize(("address", "leaves"), LEAVES.items())
def test_a_link_says_that_it_leaves_only_where_it_does(address, leaves):
    block = LinkBlock()
    assert block.to_python({"url": address, "title": "There"}).is_external == leaves
    text = mark_links_that_leave(expand_db_html(f'<p><a href="{address}">There</a> <a href="/members">Here</a></p>'))
    assert text.count("leaves") == leaves
    section = MenuSection.objects.filter(placement="footer_utility").first()
    publish(section, content=[("link", {"url": address, "label": "There"})])
    selectors.forget()
    found = [link for menu in selectors.menu("footer_utility") for link in menu.links]
    assert [link.is_external for link in found if link.url == address] == [leaves]
