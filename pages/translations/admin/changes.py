"""What has changed in the English of a text since its translation into one language, and a publisher's word that it says the same."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogFormatter, log

from lacare_site import languages
from pages.translations import ledger, permissions, sources
from pages.translations.texts import field_of, hash_of, parts_of, text_of

from . import kinds
from .differences import by_field, changed_fields

CONFIRMED = "pages.confirm_translations"


class ChangesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/admin/translations/changes.html"
    page_title = "Changes of the English"
    header_icon = "globe"

    def dispatch(self, request, *args, **kwargs):
        self.kind, self.code = kinds.KINDS.get(kwargs["kind"]), kwargs["code"]
        if not self.kind or self.code not in permissions.TRANSLATIONS:
            raise Http404
        text = get_object_or_404(self.kind.model, pk=kwargs["pk"])
        self.text = text.specific if self.kind.is_page else text
        self.may = permissions.of(self.text, request.user)
        if not self.may.can_view_language(self.code):
            raise PermissionDenied
        self.english = text_of(self.text, languages.DEFAULT)
        self.entry = ledger.entries_of(self.text).get(self.code)
        if not self.entry or not self.entry.text_hash:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def outdated(self) -> dict[str, dict]:
        """By language what of its translation is out of date, as sources.outdated gives it."""
        entries = ledger.entries_of(self.text)
        return {code: sources.outdated(entry, text_of(self.text, code), self.english) for code, entry in entries.items()}

    @property
    def codes(self) -> list[str]:
        """The languages in which nothing is out of date but what this page shows, this one first."""
        shown = self.outdated[self.code]
        same = [code for code, found in self.outdated.items() if found and found.items() <= shown.items()]
        return sorted(same, key=lambda code: (code != self.code, list(languages.BY_CODE).index(code)))

    def post(self, request, *args, **kwargs):
        if not self.may.can_publish():
            raise PermissionDenied
        codes = self.codes if "all" in request.POST else [self.code]
        try:
            ledger.confirm(self.text, codes, request.POST.get("source_hash", ""))
        except ledger.LedgerError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        log(instance=self.text, action=CONFIRMED, user=request.user, data={"languages": codes})
        messages.success(request, f"Up to date again: {_listed(codes)}.")
        return redirect(self.kind.edit_url(self.text.pk, self.code))

    def get_context_data(self, **kwargs):
        names = {field_of(place) for place in self.outdated[self.code]}
        before, now = (
            by_field({place: part for place, part in parts.items() if field_of(place) in names})
            for parts in (self.entry.source_text, parts_of(self.english))
        )
        others = self.codes[1:]
        return super().get_context_data(**kwargs) | {
            "name": self.text.heading_en if self.kind.is_page else str(self.text),
            "language": languages.get(self.code),
            "entry": self.entry,
            "changes": changed_fields(type(self.text), before, now),
            "source_hash": hash_of(self.english) if names and self.may.can_publish() else "",
            "others": _listed(others),
            "edit_url": self.kind.edit_url(self.text.pk, self.code),
        }

    def get_breadcrumbs_items(self):
        own = [{"url": reverse("translations"), "label": "Translations"}, {"url": "", "label": self.get_header_title()}]
        return [*self.breadcrumbs_items, *own]

    def get_page_subtitle(self):
        return languages.get(self.code).name


def _listed(codes: list[str]) -> str:
    return ", ".join(languages.get(code).name for code in codes)


def register_log_action(actions) -> None:
    """Enters in Wagtail's log who has said that a change of the English does not change what it says."""

    @actions.register_action(CONFIRMED)
    class Confirmed(LogFormatter):
        label = "Keep translations up to date"

        def format_message(self, entry):
            return (
                f"The change of the English does not change what it says. Up to date again: {_listed(entry.data['languages'])}."
            )
