"""The history of a page or snippet, which is one of all languages: going back in it takes all of them along."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.snippets.views import snippets

from pages.translations import permissions

from .edit_snippet import LanguageSnippetView
from .one_at_a_time import OneAtATime


def _of_all_languages(warning: str) -> SafeString:
    return format_html(
        "{}. You see its English, but it reverts all languages: their texts become those of that version too.", warning
    )


class LanguageRevertView(OneAtATime, RevisionsRevertView):
    def get(self, request, *args, **kwargs):
        self._require_whole_page()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self._require_whole_page()
        return super().post(request, *args, **kwargs)

    def _require_whole_page(self) -> None:
        if not self.page_perms.can_edit_shared():
            raise PermissionDenied

    def get_warning_message(self):
        return _of_all_languages(super().get_warning_message())


class OfAllLanguages:
    """Mixed into Wagtail's views of a snippet's history, for those who may change all of it; versions.py is for one language."""

    def dispatch(self, request, *args, **kwargs):
        if not permissions.of(self.object, request.user).can_edit_shared():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SnippetHistoryView(OfAllLanguages, snippets.HistoryView):
    pass


class SnippetCompareView(OfAllLanguages, snippets.RevisionsCompareView):
    pass


class SnippetRevisionView(OfAllLanguages, snippets.PreviewRevisionView):
    pass


class LanguageSnippetRevertView(RevisionsRevertMixin, LanguageSnippetView):
    view_name = "revisions_revert"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.is_translation:
            raise Http404

    def user_has_permission(self, permission):
        return self.may.can_edit_shared() if permission == "change" else super().user_has_permission(permission)

    def get_warning_message(self):
        return _of_all_languages(super().get_warning_message())
