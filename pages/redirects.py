"""Old addresses, in every language: `/es/node/2284` follows the redirect of `/node/2284` and stays Spanish."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from lacare_site import addresses, languages


class RedirectMiddleware:
    """Looks an address that answered 404 up among the redirects that editors keep."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.path.startswith(addresses.UNTOUCHED):
            return response
        code, path = addresses.split_language(request.path)
        redirect = get_redirect(request, Redirect.normalise_path(path, decode_unicode=False))
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
