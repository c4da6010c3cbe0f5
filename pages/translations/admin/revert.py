"""Going back to an earlier version of a page, which takes all languages along."""

from django.core.exceptions import PermissionDenied
from django.utils.html import format_html
from wagtail.admin.views.pages.revisions import RevisionsRevertView


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
        return format_html(
            "{}. You see its English, but it reverts all languages: their texts become those of that version too.",
            super().get_warning_message(),
        )
