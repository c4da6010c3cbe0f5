"""A page that stands in eleven languages."""

from .permissions import SitePagePermissionTester
from .translated_text import PreviewInLanguages, TranslatedText


class TranslatedPage(PreviewInLanguages, TranslatedText):
    """Mixed into pages, before Wagtail's own class."""

    def permissions_for_user(self, user):
        return SitePagePermissionTester(user, self)
