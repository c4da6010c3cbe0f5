"""Tags of pages (ETag), and the short answer to whoever has the page already."""

from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware


class ConditionalMiddleware(ConditionalGetMiddleware):
    """Django's, for HEAD as well: our views make the whole page then, too, and the server leaves its body out, so that its tag is known."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method != "HEAD":
            return super().process_response(request, response)
        request.method = "GET"
        try:
            return super().process_response(request, response)
        finally:
            request.method = "HEAD"
