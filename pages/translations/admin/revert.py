"""Going back to an earlier version of a page or snippet, which takes all languages along."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.admin.views.pages.revisions import RevisionsRevertView

from .edit_snippet import LanguageSnippetView


def _of_all_languages(warning: str) -> SafeString:
    return format_html(
        "{}. You see its English, but it reverts all languages: their texts become those of that version too.", warning
    )


class LanguageRevertView(RevisionsRevertView):
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
