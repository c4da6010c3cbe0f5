"""What a telephone needs to put the site on its home screen, and the icon that browsers ask for unasked."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static

from lacare_site.security.requests import reads_only

THEME = "#07364b"  # --deep in static/css/tokens.css, the ground of the header
PAPER = "#ffffff"


@reads_only
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [{"src": static(f"images/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    return JsonResponse(
        {
            "name": settings.WAGTAIL_SITE_NAME,
            "short_name": "L.A. Care",
            "lang": "en",
            "start_url": "/",
            "display": "browser",
            "theme_color": THEME,
            "background_color": PAPER,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@reads_only
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("images/favicon.ico"))
