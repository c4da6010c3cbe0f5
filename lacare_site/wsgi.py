"""The WSGI application; `DJANGO_SETTINGS_MODULE` says which settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lacare_site.settings.production")

application = get_wsgi_application()
