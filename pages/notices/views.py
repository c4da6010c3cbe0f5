"""The feed of notices, in each language (Atom, RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from lacare_site.page_cache.marks import same_for_all
from lacare_site.security.requests import reads_only
from pages import translated
from pages.models import NoticeArchivePage
from pages.paging import PER_PAGE
from pages.seo.addresses import absolute
from pages.translations import showing

from . import archive

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@same_for_all
@reads_only
def feed(request: HttpRequest) -> HttpResponse:
    """The first notices of the archive's list."""
    page = NoticeArchivePage.objects.live().defer_streamfields().first()
    if page:
        showing.prepare([page])
    entries = [
        {"notice": notice, "changed_at": archive.changed_at(notice), "html": archive.as_html(notice)}
        for notice in archive.read(archive.ids()[:PER_PAGE])
    ]
    published = [page.last_published_at] if page and page.last_published_at else []
    context = {
        "address": absolute(reverse("notice_feed")),
        "page_address": absolute(page.url) if page else "",
        "title": translated.of(page, "heading") if page else "",
        "entries": entries,
        "changed_at": max([entry["changed_at"] for entry in entries] + published, default=None),
    }
    return render(request, "pages/notice_feed.xml", context, content_type=CONTENT_TYPE)
