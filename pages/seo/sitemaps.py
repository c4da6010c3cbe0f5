"""The site map for search engines: an index of parts, so that no answer and no query grows with the site.

A part lists at most `PAGES_A_PART` pages in one language, each with its addresses in the other languages.
"""

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Site

from lacare_site import languages
from lacare_site.page_cache.marks import same_for_all
from lacare_site.security.requests import reads_only
from pages.models import FolderPage, SitePage
from pages.seo.addresses import absolute, alternates, heading_fields, in_language, languages_of
from pages.translations import showing

PAGES_A_PART = 200
MOST_PARTS = 1_000
CONTENT_TYPE = "application/xml"
# In every language (RFC 9309: `*` stands for anything).
FOR_EACH_PAGE = ("/*was-this-page-right/", "/*members/send-me-this-page/")


@same_for_all
@reads_only
def index(request: HttpRequest) -> HttpResponse:
    """Names the parts, each with the time of its language's last change; one query."""
    pages = _pages()
    counts = {f"count_{language.field_suffix}": Count("pk", filter=_stands_in(language)) for language in languages.LANGUAGES}
    times = {
        f"time_{language.field_suffix}": Max("last_published_at", filter=_stands_in(language)) for language in languages.LANGUAGES
    }
    facts = pages.aggregate(**counts, **times)
    parts = [
        {
            "address": absolute(reverse("sitemap_part", args=[language.code, number])),
            "time": facts[f"time_{language.field_suffix}"],
        }
        for language in languages.LANGUAGES
        for number in range(1, -(-facts[f"count_{language.field_suffix}"] // PAGES_A_PART) + 1)
    ]
    return render(request, "seo/sitemap_index.xml", {"parts": parts}, content_type=CONTENT_TYPE)


@same_for_all
@reads_only
def part(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """The pages of one part; 404 where there are none."""
    if (
        language not in languages.BY_CODE
        or not 1 <= number <= MOST_PARTS
        or request.path != reverse("sitemap_part", args=[language, number])
    ):
        raise Http404("No such part.")
    fields = [*heading_fields(), *map(_withheld, languages.LANGUAGES)]
    first = (number - 1) * PAGES_A_PART
    chosen = _pages().filter(_stands_in(languages.get(language))).order_by("pk")
    rows = chosen.values("url_path", "last_published_at", *fields)[first : first + PAGES_A_PART]
    root = _root_path()
    entries = [_entry(row, root, languages.get(language)) for row in rows]
    if not entries:
        raise Http404("No such part.")
    return render(request, "seo/sitemap_part.xml", {"entries": entries}, content_type=CONTENT_TYPE)


@reads_only
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers leave alone: the admin, what visitors send, and in every language search results and the forms that there are for each page."""
    closed = ["/admin/", "/preferences/", *FOR_EACH_PAGE]
    closed += [in_language("/search", language).removeprefix(settings.BASE_URL) for language in languages.LANGUAGES]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _pages():
    withheld = {_withheld(language): showing.withheld(language.code, of_all=True) for language in languages.LANGUAGES}
    return SitePage.objects.live().filter(url_path__startswith=_root_path()).not_exact_type(FolderPage).annotate(**withheld)


def _withheld(language: languages.Language) -> str:
    return f"is_withheld_{language.field_suffix}"


def _root_path() -> str:
    paths = Site.get_site_root_paths()
    if not paths:
        raise Http404("No page is the root of a site.")
    return paths[0].root_path


def _stands_in(language: languages.Language) -> Q:
    if language.code == languages.DEFAULT:
        return Q()
    heading = f"heading_{language.field_suffix}"
    return ~Q(**{heading: ""}) & Q(**{f"{heading}__isnull": False, _withheld(language): False})


def _entry(row: dict, root: str, language: languages.Language) -> dict:
    withheld = {each.code for each in languages.LANGUAGES if row[_withheld(each)]}
    path = f"/{row['url_path'].removeprefix(root)}".rstrip("/") or "/"
    return {
        "address": in_language(path, language),
        "time": row["last_published_at"],
        "alternates": alternates(path, languages_of(row, withheld)),
    }
