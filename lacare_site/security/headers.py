"""The security headers of every response that Django's SecurityMiddleware does not write."""

from django.http import HttpRequest, HttpResponse

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
# The admin talks to itself (autosave, choosers), shows its previews in a frame, and brings its own icon font and pictures.
ADMIN_POLICY = PUBLIC_POLICY | {
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
}
ADMIN_HEADERS = PUBLIC_HEADERS | {
    "Content-Security-Policy": policy_text(ADMIN_POLICY),
    "X-Frame-Options": "SAMEORIGIN",
}


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in (ADMIN_HEADERS if request.path.startswith("/admin") else PUBLIC_HEADERS).items():
            response.headers.setdefault(name, value)
        return response
