"""The preview of a page or snippet from the form of one language."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.views.pages.preview import PreviewOnEditView as PagePreviewOnEditView
from wagtail.snippets.views.snippets import PreviewOnEditView as SnippetPreviewOnEditView

from lacare_site import languages
from pages.translations import permissions

from . import panels


class OneLanguagePreview:
    """Mixed into Wagtail's own view."""

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
