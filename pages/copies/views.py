"""Every page in large print and as plain text, made at once from the same source as the page itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from lacare_site.page_cache.marks import same_for_all
from lacare_site.security.requests import reads_only
from pages.copies import in_place, reading
from pages.copies import large_print as paper
from pages.copies import plain_text as text
from pages.copies.addresses import has_copies
from pages.models import FolderPage
from pages.seo import head
from pages.seo.addresses import absolute
from pages.views import find_page


@same_for_all
@reads_only
def large_print(request: HttpRequest, page_path: str) -> HttpResponse:
    """The page in large print, by its own template, with words in place of a form that answers at its address; 404 where it has no copies."""
    html, _canonical = _in_large_print(request, page_path)
    return HttpResponse(html)


@same_for_all
@reads_only
def plain_text(request: HttpRequest, page_path: str) -> HttpResponse:
    """The same as text alone. What a head would tell search engines is told by headers."""
    html, canonical = _in_large_print(request, page_path)
    headers = {"Link": f'<{canonical}>; rel="canonical"', "X-Robots-Tag": "noindex"}
    return HttpResponse(text.write(reading.read(html)), content_type="text/plain; charset=utf-8", headers=headers)


def _in_large_print(request: HttpRequest, page_path: str) -> tuple[str, str]:
    """The page as HTML for paper, and the address that search engines are to name in its place."""
    page = find_page(page_path.strip("/"))
    if page is None or isinstance(page, FolderPage) or not has_copies(page_path or "/"):
        raise Http404("No page with copies has this address.")
    page.prepare_to_show()
    context = page.get_context(request)
    shown = page.get_template(request)
    template, more = in_place.of(page.english_url) or (shown, {})
    context |= more | {"page_template": shown, "frame": "copies/main.html"}
    main = reading.read(render_to_string(template, context, request))
    for link in main.all("a"):
        if link.attributes.get("href", "").startswith("?"):  # another part of the list, in the same form
            link.attributes["href"] = f"{request.path}{link.attributes['href']}"
    canonical = head.of(page, getattr(context.get("paged"), "number", 1)).canonical
    known = {"page": page, "main": paper.as_html(main), "canonical": canonical, "address": absolute(page.url)}
    return render_to_string("copies/large_print.html", known, request), canonical
