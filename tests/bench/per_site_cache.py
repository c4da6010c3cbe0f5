"""A yardstick: the same site behind Django's own cache of whole pages, in the memory of each process."""

import os

from django.middleware.cache import UpdateCacheMiddleware

from lacare_site.settings.test import *  # noqa: F403
from lacare_site.settings.test import MIDDLEWARE


class Keep(UpdateCacheMiddleware):
    """Keeps our pages, too: Django keeps none of which browsers are told to ask each time."""

    def process_response(self, request, response):
        del response.headers["Cache-Control"]
        return super().process_response(request, response)


MIDDLEWARE = [
    f"{__name__}.Keep",
    *MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
CACHE_MIDDLEWARE_SECONDS = 3600


def application(environ, start_response):
    """Made with the first request, since this module is also the settings."""
    return _django()(environ, start_response)


def _django():
    from django.core.wsgi import get_wsgi_application

    global _made
    _made = _made or get_wsgi_application()
    return _made


_made = None
os.environ["DJANGO_SETTINGS_MODULE"] = __name__
