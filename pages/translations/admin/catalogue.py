"""The words of the site itself in one language beside the English, and their sign-off."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site import languages
from pages.translations import catalogues, permissions
from pages.translations.ledger import LedgerError

from .overview import own_languages
from .sign_off import SignOff, SignOffForm


class CatalogueView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "pages/admin/translations/catalogue.html"
    page_title = "Words of forms and menus"
    header_icon = "globe"
    posted = None

    def dispatch(self, request, *args, **kwargs):
        code = self.kwargs["code"]
        if code not in permissions.TRANSLATIONS:
            raise Http404
        self.language = languages.get(code)
        if self.language not in own_languages(request.user):
            raise PermissionDenied
        self.reviews = code in permissions.languages_of(request.user, permissions.Role.REVIEWER)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not self.reviews:
            raise PermissionDenied
        self.posted = SignOffForm(request.POST)
        if self.posted.is_valid():
            signed = self.posted.cleaned_data
            try:
                catalogues.sign(self.language.code, request.user, signed["qualification"], signed["text_hash"])
            except LedgerError as error:
                self.posted.add_error("qualification", str(error))
            else:
                messages.success(request, f"You have signed the {self.language.name} words of forms and menus.")
                return redirect(request.path)
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        code = self.language.code
        changed, asks_for_changed = catalogues.changed(code), "changed" in self.request.GET
        shown = [
            (english, text) for english, text in catalogues.texts(code).items() if not asks_for_changed or english in changed
        ]
        return super().get_context_data(**kwargs) | {
            "language": self.language,
            "action_url": self.request.path,
            "sign_off": self._sign_off(),
            "texts": shown,
            "changed": changed,
            "asks_for_changed": asks_for_changed,
        }

    def _sign_off(self) -> SignOff:
        entry = catalogues.reviews([self.language.code]).get(self.language.code)
        obstacle = ""
        if entry and entry.is_reviewed:
            obstacle = "These words have been reviewed."
        elif not self.reviews:
            state = "They have changed since their review." if entry else "Nobody has reviewed these words."
            obstacle = f"{state} You do not review {self.language.name} texts."
        opened = SignOffForm(initial={"text_hash": catalogues.text_hash(self.language.code)})
        return SignOff(entry, obstacle, self.posted or (None if obstacle else opened))

    def get_breadcrumbs_items(self):
        own = [{"url": reverse("translations"), "label": "Translations"}, {"url": "", "label": self.get_header_title()}]
        return [*self.breadcrumbs_items, *own]

    def get_page_subtitle(self):
        return self.language.name
