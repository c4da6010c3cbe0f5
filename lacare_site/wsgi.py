"""The WSGI application; `DJANGO_SETTINGS_MODULE` says which settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lacare_site.settings.production")

django = get_wsgi_application()

from lacare_site.page_cache.layer import PageCache  # noqa: E402  (needs the settings)
from lacare_site.security.requests import Request  # noqa: E402

django.request_class = Request
application = PageCache(django)
