"""What has changed in the English of a text since its translation into one language."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site import languages
from pages.translations import ledger, permissions
from pages.translations.texts import text_of

from . import kinds
from .differences import changed_fields


class ChangesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/admin/translations/changes.html"
    page_title = "Changes of the English"
    header_icon = "globe"

    def get_context_data(self, **kwargs):
        kind, code = kinds.KINDS.get(self.kwargs["kind"]), self.kwargs["code"]
        if not kind or code not in languages.BY_CODE or code == languages.DEFAULT:
            raise Http404
        text = get_object_or_404(kind.model, pk=self.kwargs["pk"])
        text = text.specific if kind.is_page else text
        if not permissions.of(text, self.request.user).can_view_language(code):
            raise PermissionDenied
        entry = ledger.entries_of(text).get(code)
        if not entry or not entry.text_hash:
            raise Http404
        return super().get_context_data(**kwargs) | {
            "name": text.heading_en if kind.is_page else str(text),
            "language": languages.get(code),
            "entry": entry,
            "changes": changed_fields(type(text), entry.source_text, text_of(text, languages.DEFAULT)),
            "edit_url": kind.edit_url(text.pk, code),
        }

    def get_breadcrumbs_items(self):
        own = [{"url": reverse("translations"), "label": "Translations"}, {"url": "", "label": self.get_header_title()}]
        return [*self.breadcrumbs_items, *own]

    def get_page_subtitle(self):
        return languages.get(self.kwargs["code"]).name
