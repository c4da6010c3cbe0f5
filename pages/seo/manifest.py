"""What a telephone needs to put the site on its home screen, and the icon that browsers ask for unasked."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static

from lacare_site.organisation import ORGANISATION
from lacare_site.security.requests import reads_only

PAPER = "#ffffff"


@reads_only
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [{"src": static(f"images/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    return JsonResponse(
        {
            "name": ORGANISATION.name,
            "short_name": ORGANISATION.short_name,
            "lang": "en",
            "start_url": "/",
            "display": "browser",
            "theme_color": ORGANISATION.theme_colour,
            "background_color": PAPER,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@reads_only
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("images/favicon.ico"))
