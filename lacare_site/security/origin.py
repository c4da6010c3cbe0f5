"""Where a POST of the public site comes from, by the browser's own word."""

from functools import wraps

from django.http import HttpRequest, HttpResponseForbidden


def is_same_origin(request: HttpRequest) -> bool | None:
    """True or False where the browser says it (Fetch Metadata, else Origin), None where it says neither."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return None


def same_origin_or_silent(view):
    """For preferences: refuses a request that another site has sent; accepts an old browser that says nothing."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if is_same_origin(request) is False:
            return HttpResponseForbidden("This request came from another site.", content_type="text/plain")
        return view(request, *args, **kwargs)

    return guarded
