"""The preview of a page from the form of one language."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.admin.views.pages.preview import PreviewOnEditView

from lacare_site import languages

from . import panels


class LanguagePreviewView(PreviewOnEditView):
    permission_required = None  # get_object and get_form ask for this page and this language

    def get_form(self, query_dict):
        # The form says which language it is in; without one it is the English form, which has the rest of the page too.
        code = query_dict.get("edit_language", languages.DEFAULT)
        if code not in languages.BY_CODE:
            raise Http404
        if query_dict and not self.object.permissions_for_user(self.request.user).can_edit_language(code):
            raise PermissionDenied
        if code == languages.DEFAULT:
            return super().get_form(query_dict)
        form_class = panels.form_class(type(self.object), code)
        parent = self.object.get_parent().specific
        return form_class(query_dict, instance=self.object, parent_page=parent, for_user=self.request.user)
