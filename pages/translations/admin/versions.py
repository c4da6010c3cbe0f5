"""The versions of a text in one language: who wrote which and when, what differs, and the way back to one of them.

It takes no other language along: an earlier version is opened in the form of its language, which saves that language alone.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lacare_site import languages
from pages.translations import authors, ledger, permissions
from pages.translations.texts import hash_of, text_of

from . import kinds
from .differences import changed_fields


@dataclass(frozen=True)
class Version:
    """One text, by the first revision that holds it."""

    pk: int
    saved_at: datetime
    writer: str  # "" where no user is known: the starting content, or an account that has been deleted
    text: dict
    is_newest: bool
    is_public: bool
    is_signed: bool

    @property
    def states(self) -> str:
        named = {"newest": self.is_newest, "public": self.is_public, "reviewed": self.is_signed}
        return ", ".join(name for name, holds in named.items() if holds)


def versions_of(instance, code: str) -> list[Version]:
    """The versions of a page's or snippet's text in a language other than English, the newest first.

    A text is there once, and of whoever was the first to save it: publishing another language saves this one again, and so does going back.
    """
    entry = ledger.entries_of(instance).get(code)
    public = hash_of(text_of(instance, code)) if instance.live else None
    signed = entry.text_hash if entry and entry.reviewed_at else None
    first, newest = {}, ""
    for revision, text in authors.texts_of_versions(instance, code):
        newest = hash_of(text)
        if text:
            first.setdefault(newest, (revision, text))
    if newest in first:
        first[newest] = first.pop(newest)  # the last is the newest
    return [
        Version(revision.pk, revision.created_at, _name(revision.user), text, key == newest, key == public, key == signed)
        for key, (revision, text) in reversed(first.items())
    ]


def _name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def url(instance, code: str) -> str:
    """The address of the list of versions; "" of what has no versions."""
    return reverse("translation_versions", args=kinds.place_of(instance, code)) if authors.has_versions(instance) else ""


class VersionsView(WagtailAdminTemplateMixin, TemplateView):
    """All versions of a text in one language."""

    template_name = "pages/admin/translations/versions.html"
    page_title = "Versions"
    header_icon = "history"

    @cached_property
    def text(self):
        kind, code = kinds.KINDS.get(self.kwargs["kind"]), self.kwargs["code"]
        if not kind or code not in permissions.TRANSLATIONS:
            raise Http404
        text = get_object_or_404(kind.model, pk=self.kwargs["pk"])
        text = text.specific if kind.is_page else text
        if not self.may(text).can_view_language(code):
            raise PermissionDenied
        if not authors.has_versions(text):
            raise Http404
        return text

    def may(self, text) -> permissions.LanguagePermissions:
        return permissions.of(text, self.request.user)

    def get_context_data(self, **kwargs):
        code, kind = self.kwargs["code"], kinds.of(self.text)
        return super().get_context_data(**kwargs) | {
            "name": self.text.heading_en if kind.is_page else str(self.text),
            "language": languages.get(code),
            "place": kinds.place_of(self.text, code),
            "versions": versions_of(self.text, code),
            "edit_url": kind.edit_url(self.text.pk, code),
        }

    def get_breadcrumbs_items(self):
        own = [{"url": reverse("translations"), "label": "Translations"}, {"url": "", "label": self.get_header_title()}]
        return [*self.breadcrumbs_items, *own]

    def get_page_subtitle(self):
        return languages.get(self.kwargs["code"]).name


class VersionView(VersionsView):
    """What a version changed, or what has changed since: the difference between two of them."""

    template_name = "pages/admin/translations/version.html"
    page_title = "Version"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        known = context["versions"]
        place = next((place for place, version in enumerate(known) if version.pk == self.kwargs["version"]), None)
        if place is None:
            raise Http404
        version = known[place]
        before = known[place + 1].text if place + 1 < len(known) else {}
        model, can_edit = type(self.text), self.may(self.text).can_edit_language(self.kwargs["code"])
        changes = [("What changed in it", changed_fields(model, before, version.text))]
        if not version.is_newest:
            newest = text_of(self.text.get_latest_revision_as_object(), self.kwargs["code"])
            changes.append(("What has changed since", changed_fields(model, version.text, newest)))
        may_go_back = can_edit and not version.is_newest
        return context | {
            "version": version,
            "changes": changes,
            "open_url": set_query_params(context["edit_url"], {"version": str(version.pk)}) if may_go_back else "",
        }
