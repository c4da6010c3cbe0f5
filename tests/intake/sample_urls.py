"""The routes of the site, and those of the sample form before them."""

from django.conf.urls.i18n import i18n_patterns

from lacare_site import urls
from lacare_site.intake import urls as intake
from tests.intake.sample_form import KIND

urlpatterns = [*i18n_patterns(*intake.of(KIND), prefix_default_language=False), *urls.urlpatterns]
handler403, handler404 = urls.handler403, urls.handler404
