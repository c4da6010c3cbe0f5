"""The addresses that templates link to by themselves: such a link goes when its page is taken off the site."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from pages import links
from tests.pages.tree import page

NAMED = re.compile(r'\{% localized "([^"]+)"')


def test_templates_name_no_other_address():
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    named = {path for template in templates for path in NAMED.findall(template.read_text(encoding="utf-8"))}
    assert named - {"/"} <= set(links.NAMED_BY_TEMPLATES)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("shown_on", ["/members/id-card", "/search?q=qqqq", "/no-such-page"])
def test_a_link_goes_with_its_page(client, shown_on, prefix):
    link = f'href="{prefix}/about/contact-us"'
    assert link in client.get(prefix + shown_on).text
    page("/about/contact-us").unpublish()
    assert link not in client.get(prefix + shown_on).text
