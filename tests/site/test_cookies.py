"""Visitors can read of every cookie that public pages set."""

import re

import pytest
from django.conf import settings

from compliance.filings import FILING, FOLLOWING
from lacare_site.intake import holder
from lacare_site.preferences import cookies

NAMES = (cookies.TEXT_SIZE_COOKIE, cookies.CLOSED_NOTICES_COOKIE, holder.COOKIE, FILING.name, FOLLOWING.name)
# Where cookies are set; the last is that of staff alone.
PLACES = {
    "lacare_site/preferences/cookies.py",
    "lacare_site/intake/holder.py",
    "compliance/filings.py",
    "compliance/casework/unlocking.py",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/technical-information", "/es/technical-information"])
def test_the_technical_information_names_each(client, address):
    words = re.sub(r"<[^>]+>", " ", client.get(address).text.partition("<main")[2])
    assert not [name for name in NAMES if not re.search(rf"\b{name}\b", words)]


def test_nothing_else_sets_one():
    apps = ("lacare_site", "pages", "providers", "members", "compliance")
    sources = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py")]
    found = {str(path.relative_to(settings.BASE_DIR)) for path in sources if ".set_cookie(" in path.read_text(encoding="utf-8")}
    assert found == PLACES
