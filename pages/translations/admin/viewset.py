"""The views of Wagtail's admin that know that a page or snippet stands in eleven languages."""

from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import SitePage

from .edit import LanguageEditView
from .edit_snippet import LanguageSnippetView
from .preview import LanguagePreviewView, LanguageSnippetPreviewView
from .revert import LanguageRevertView, LanguageSnippetRevertView, SnippetCompareView, SnippetHistoryView, SnippetRevisionView


class SitePageViewSet(PageViewSet):
    model = SitePage
    icon = "doc-empty-inverse"
    parent_models = ()  # lists of pages stay Wagtail's own
    edit_view_class = LanguageEditView
    preview_on_edit_view_class = LanguagePreviewView
    revisions_revert_view_class = LanguageRevertView


class TranslatedSnippetViewSet(SnippetViewSet):
    """For a snippet with translated fields; its panels name them by TranslatedPanel."""

    edit_view_class = LanguageSnippetView
    edit_template_name = "pages/admin/translations/edit_snippet.html"
    preview_on_edit_view_class = LanguageSnippetPreviewView
    history_view_class = SnippetHistoryView
    revisions_view_class = SnippetRevisionView
    revisions_compare_view_class = SnippetCompareView
    revisions_revert_view_class = LanguageSnippetRevertView
