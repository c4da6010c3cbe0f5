"""Many pages at once."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_pages_are_not_published_at_once_since_that_would_publish_all_languages(client, admin, page, save):
    save(page, "ko", heading_ko="아직")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{address}?id={page.pk}", {"id": page.pk, "include_descendants": ""}, follow=True)
    assert "would publish the drafts of all languages" in answer.text
    page.refresh_from_db()
    assert not page.heading_ko
