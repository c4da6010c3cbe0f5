"""The addresses that templates link to, or routes take, by themselves: editors leave their pages where they are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION

from pages import links, signals
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


NAMED_PAGES = ["/", "/about/contact-us", "/providers/request-information", "/compliance/report"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*NAMED_PAGES, "/about", "/members/id-card"])
def test_a_named_page_and_those_above_it_keep_their_slug(path):
    found = page(path)
    found.slug = "elsewhere"
    if path == "/members/id-card":
        found.full_clean()
    else:
        with pytest.raises(ValidationError) as refused:
            found.full_clean()
        assert list(refused.value.message_dict) == ["slug"]


@pytest.mark.django_db
def test_a_named_page_does_not_expire():
    found = page("/about/contact-us")
    found.expire_at = timezone.now()
    with pytest.raises(ValidationError, match="stays public"):
        found.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("path", NAMED_PAGES)
@pytest.mark.parametrize("deed", ["move", "delete", "unpublish", "delete together", "unpublish together", "move together"])
def test_an_editor_cannot_take_a_named_page_from_its_address(admin_client, path, deed):
    found, target = page(path), page("/members/getting-care")
    kind, together = deed.split()[0], deed.endswith("together")
    if together:
        address = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', kind])}?id={found.pk}"
    elif deed == "move":
        address = reverse("wagtailadmin_pages:move_confirm", args=[found.pk, target.pk])
    else:
        address = reverse(f"wagtailadmin_pages:{deed}", args=[found.pk])
    answer = admin_client.post(address, {"chooser": target.pk}, follow=True)
    assert page(path).pk == found.pk
    # Wagtail itself lets nobody move a home page together with others, and says so in words of its own.
    assert "stays where it is" in answer.text or (path, deed) == ("/", "move together")


@pytest.mark.django_db
def test_other_pages_are_moved_and_deleted(admin_client):
    found, target = page("/members/id-card"), page("/members/getting-care")
    admin_client.post(reverse("wagtailadmin_pages:move_confirm", args=[found.pk, target.pk]))
    assert page("/members/getting-care/id-card").pk == found.pk
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[found.pk]))
    assert not Page.objects.filter(pk=found.pk).exists()


@pytest.mark.django_db
def test_where_the_home_page_stands_is_asked_anew(client, monkeypatch):
    """Another process may have changed it."""
    (site,) = Site.get_site_root_paths()
    monkeypatch.setattr(signals, "_sites_read_at", 0.0)  # more than a second ago
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, [site._replace(root_path="/before/")], version=SITE_ROOT_PATHS_CACHE_VERSION)
    for path in ("/", "/members", "/es/members/id-card"):
        assert client.get(path).status_code == 200
