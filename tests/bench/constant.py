"""The yardstick of the benchmark: Django's smallest view, without middleware, answering with the same 30 KB every time."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGE = b"<!doctype html><title>constant</title>" + b"<p>word word word</p>\n" * 1400

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="not used", MIDDLEWARE=[])
django.setup()
urlpatterns = [path("", lambda request: HttpResponse(PAGE))]
application = get_wsgi_application()
