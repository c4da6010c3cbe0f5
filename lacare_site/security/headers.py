"""The security headers of every response, whoever answers: a page, WhiteNoise, an error, a refusal."""

import base64
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware

# No inline script or style, no other host, anywhere.
PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# The styles that the admin's rich text editor writes into the page, word for word: how lists are numbered, and the hints in empty
# headings, for texts with no headings, with h3 alone, with h2 and h3.
HEADING_HINT = '.Draftail-block--header-{}.Draftail-block--empty::before {{ content: "Heading {}"; }}'
EDITOR_STYLES = (
    """
.public-DraftStyleDefault-depth1.public-DraftStyleDefault-orderedListItem::before { content: counter(ol1, lower-alpha) ". "}
.public-DraftStyleDefault-depth2.public-DraftStyleDefault-orderedListItem::before { content: counter(ol2, lower-roman) ". "}
.public-DraftStyleDefault-depth4.public-DraftStyleDefault-orderedListItem::before { content: counter(ol4, lower-alpha) ". "}
""",
    "",
    HEADING_HINT.format("three", 3),
    HEADING_HINT.format("two", 2) + HEADING_HINT.format("three", 3),
)


def hash_source(text: str) -> str:
    """The source expression that allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# The admin talks to itself (autosave, choosers), shows its previews in a frame, and brings its own icon font and pictures.
ADMIN_POLICY = PUBLIC_POLICY | {
    "style-src": " ".join(["'self'", *map(hash_source, EDITOR_STYLES)]),
    "connect-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


def policy_text(policy: dict[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


PUBLIC_HEADERS = {
    "Content-Security-Policy": policy_text(PUBLIC_POLICY),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Frame-Options": "DENY",
    # Whoever answers and says nothing of caching wants to be asked again each time; an ETag makes that cheap.
    "Cache-Control": "no-cache",
}
ADMIN_HEADERS = PUBLIC_HEADERS | {
    "Content-Security-Policy": policy_text(ADMIN_POLICY),
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "private, no-store",
}
# A preview is a public page that the editor's form shows in a frame.
PREVIEW_HEADERS = ADMIN_HEADERS | {"Content-Security-Policy": policy_text(PUBLIC_POLICY | {"frame-ancestors": "'self'"})}


class SecurityHeadersMiddleware(SecurityMiddleware):
    """Stands outermost, so that the refusals of all other middleware pass through it.

    Django's own headers (HSTS, nosniff, referrer, opener) come with it. Its redirect to https is left to SecurityMiddleware
    itself, further in: that asks for the host, and may refuse it.

    Whoever asks by HEAD gets the headers alone, the length of the body that GET would bring among them.
    """

    def process_request(self, request: HttpRequest) -> None:
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        is_admin = request.path.startswith("/admin/")
        if is_admin and "Content-Security-Policy" in response.headers:
            # Wagtail renders a preview as a request for the page itself, which has been through here already.
            for name, value in PREVIEW_HEADERS.items():
                response.headers[name] = value
        for name, value in (ADMIN_HEADERS if is_admin else PUBLIC_HEADERS).items():
            response.headers.setdefault(name, value)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []
            else:
                response.content = b""
        return response


def public_headers() -> dict[str, str]:
    """What every public answer carries under these settings, for a web server that answers in the application's place."""
    request = HttpRequest()
    request.method, request.path = "GET", "/"
    if settings.SECURE_PROXY_SSL_HEADER:
        request.META.update([settings.SECURE_PROXY_SSL_HEADER])
    response = SecurityHeadersMiddleware(lambda request: HttpResponse())(request)
    return {name: value for name, value in response.headers.items() if name != "Content-Type"}
