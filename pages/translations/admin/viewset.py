"""The views of Wagtail's admin that know that a page stands in eleven languages."""

from wagtail.admin.viewsets.pages import PageViewSet

from pages.models import SitePage

from .edit import LanguageEditView
from .preview import LanguagePreviewView
from .revert import LanguageRevertView


class SitePageViewSet(PageViewSet):
    model = SitePage
    icon = "doc-empty-inverse"
    parent_models = ()  # lists of pages stay Wagtail's own
    edit_view_class = LanguageEditView
    preview_on_edit_view_class = LanguagePreviewView
    revisions_revert_view_class = LanguageRevertView
