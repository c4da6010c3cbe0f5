"""The preview of a page or snippet from the form of one language."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.decorators import method_decorator
from wagtail.admin.views.pages.preview import PreviewOnEditView as PagePreviewOnEditView
from wagtail.snippets.views.snippets import PreviewOnEditView as SnippetPreviewOnEditView
from wagtail.utils.decorators import xframe_options_sameorigin_override

from lacare_site import languages
from pages.translations import permissions

from . import panels


class OneLanguagePreview:
    """Mixed into Wagtail's own view. Whoever reads a language without writing it, a reviewer, sees the draft, whatever is posted."""

    def post(self, request, *args, **kwargs):
        if self._only_reads(request.POST.get("edit_language", "")):
            return JsonResponse({"is_valid": True, "is_available": True})
        return super().post(request, *args, **kwargs)

    @method_decorator(xframe_options_sameorigin_override)
    def get(self, request, *args, **kwargs):
        code = request.GET.get("mode", "")
        if self._only_reads(code):
            return self.object.make_preview_request(request, code, self.get_extra_request_attrs())
        return super().get(request, *args, **kwargs)

    def _only_reads(self, code: str) -> bool:
        may = permissions.of(self.object, self.request.user)
        return code in languages.BY_CODE and may.can_view_language(code) and not may.can_edit_language(code)

    def get_form(self, query_dict):
        # The form says which language it is in; without one it is the English form, which has all the rest too.
        code = query_dict.get("edit_language", languages.DEFAULT)
        if code not in languages.BY_CODE:
            raise Http404
        if query_dict and not permissions.of(self.object, self.request.user).can_edit_language(code):
            raise PermissionDenied
        if code == languages.DEFAULT:
            return super().get_form(query_dict)
        form_class = panels.form_class(type(self.object), code)
        return form_class(query_dict, instance=self.object, for_user=self.request.user, **self.form_options())

    def form_options(self) -> dict:
        return {}


class LanguagePreviewView(OneLanguagePreview, PagePreviewOnEditView):
    permission_required = None  # get_object and get_form ask for this page and this language

    def form_options(self):
        return {"parent_page": self.object.get_parent().specific}


class LanguageSnippetPreviewView(OneLanguagePreview, SnippetPreviewOnEditView):
    pass
