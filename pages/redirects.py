"""Old addresses, in every language: `/es/node/2284` follows the redirect of `/node/2284` and stays Spanish.

A redirect of an address with its query, `/page?id=3`, goes before that of the path alone.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from lacare_site import addresses, languages


def refuse_never_followed(old_path: str) -> None:
    """A validator for what editors write as the old address."""
    path = Redirect.normalise_path(old_path)
    if path.startswith(addresses.UNTOUCHED):
        raise ValidationError(f"No page lies below {', '.join(addresses.UNTOUCHED)}: this would never be followed.")
    if addresses.split_language(path)[1] != path:
        raise ValidationError("Leave the language out: a redirect holds for all languages.")


def _redirect_of(request: HttpRequest, address: str) -> Redirect | None:
    return get_redirect(request, Redirect.normalise_path(address, decode_unicode=False))


class RedirectMiddleware:
    """Looks an address that answered 404 up among the redirects that editors keep."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.path.startswith(addresses.UNTOUCHED):
            return response
        code, address = addresses.split_language(request.get_full_path())
        redirect = _redirect_of(request, address) or _redirect_of(request, address.partition("?")[0])
        if redirect is None or not redirect.link:
            return response
        link = redirect.link
        # A page's address follows the language by itself; one that was typed in does not.
        if (
            code != languages.DEFAULT
            and not redirect.redirect_page_id
            and link.startswith("/")
            and not link.startswith(addresses.UNTOUCHED)
        ):
            link = addresses.in_language(link, code)
        return (HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect)(link)
