"""What the form of a page and that of a snippet have in common: they take one language, `?lang=es`, or English with what all languages share."""

from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.utils import set_query_params
from wagtail.models import DraftStateMixin

from lacare_site import languages, typed_text
from pages import translated
from pages.translations import authors, fidelity, ledger, permissions, texts, untranslated
from pages.translations.models import Translation

from . import kinds, sign_off, states, versions
from .action_menu import language_actions
from .copying import copy_english
from .forms import fingerprint
from .publishing import PublishError, copy_texts


class OneLanguageView:
    """Mixed into Wagtail's own edit view, which says by `draft` what it edits and by `draft_form_class` with which form."""

    def setup(self, request, *args, **kwargs):
        code = request.GET.get("lang", languages.DEFAULT)
        if code not in languages.BY_CODE:
            raise Http404
        self.language = languages.get(code)
        self.is_translation = code != languages.DEFAULT
        self.posted_sign_off = None
        super().setup(request, *args, **kwargs)

    @cached_property
    def may(self) -> permissions.LanguagePermissions:
        return permissions.of(self.draft, self.request.user)

    @property
    def has_drafts(self) -> bool:
        return isinstance(self.draft, DraftStateMixin)

    def get(self, request, *args, **kwargs):
        if not self.may.can_view_language(self.language.code):
            return self._own_language() or self._refuse("You do not work on this language.")
        self.use_language()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if "sign-off" in request.POST:
            return self._sign_off()
        if not self.may.can_edit_language(self.language.code):
            return self._refuse(f"You do not write {self.language.name} texts of this {kinds.name_of(self.draft)}.")
        self.use_language()
        if request.POST.get("edit_language", self.language.code) != self.language.code or self._foreign_fields():
            return self._refuse(f"This form is for the {self.language.name} texts alone.")
        self._keep_revisions_of_others()
        return super().post(request, *args, **kwargs)

    def use_language(self) -> None:
        self.draft.edit_language = self.language.code
        if not self.may.can_edit_language(self.language.code):  # a reviewer reads, and signs
            self.locked_for_user, self.autosave_enabled = True, False
        elif self.is_translation and self.request.method == "GET" and "version" in self.request.GET:
            self._open_version(self.request.GET["version"])

    def _open_version(self, number: str) -> None:
        """Shows an earlier text of this language in the form. Nothing else goes back: the form saves its own fields alone."""
        known = self.draft.revisions.filter(pk=typed_text.number(number)) if authors.has_versions(self.draft) else None
        version = known and known.first()
        if not version:
            raise Http404
        copy_texts(version.as_object(), self.draft, self.language.code)
        self.autosave_enabled = False  # going back is a decision
        saved_at = date_format(timezone.localtime(version.created_at), "M j, Y (g:i a)")
        messages.warning(
            self.request,
            f"You see the {self.language.name} text of {saved_at}. Saving it makes it the draft again; other languages stay as they are.",
        )

    def _own_language(self) -> HttpResponse | None:
        """Whoever asks for English and has none gets the first language that they have."""
        own = [language.code for language in languages.LANGUAGES if self.may.can_view_language(language.code)]
        return redirect(self.language_url(own[0])) if own and not self.is_translation else None

    @staticmethod
    def _refuse(reason: str) -> HttpResponse:
        # Wagtail would turn PermissionDenied into a redirect.
        return HttpResponseForbidden(reason, content_type="text/plain")

    def _foreign_fields(self) -> set[str]:
        """Posted fields that this form does not have: the texts of other languages, and what all share."""
        if not self.is_translation:
            return set()
        known = {field.name for field in self.draft._meta.get_fields()}
        return ({name.partition("-")[0] for name in self.request.POST} & known) - set(self.draft_form_class.base_fields)

    # Two people in two languages of one text.
    @cached_property
    def is_out_of_date(self):
        """Out of date is a form whose own fields have been changed by somebody else since it was loaded."""
        if "loaded_text" not in self.request.POST:
            return super().is_out_of_date
        changed = self.request.POST["loaded_text"] != fingerprint(self.latest_revision, self.draft_form_class)
        return super().is_out_of_date and changed

    def _keep_revisions_of_others(self) -> None:
        """An autosave writes over its own last revision, unless somebody has saved another language since: then it makes a new one."""
        overwritten = self.request.POST.get("overwrite_revision_id")
        if overwritten and self.latest_revision and overwritten != str(self.latest_revision.pk) and not self.is_out_of_date:
            self.request.POST = self.request.POST.copy()
            del self.request.POST["overwrite_revision_id"]

    # What the buttons do.
    @property
    def is_minor_edit(self) -> bool:
        return self.request.POST.get("action-publish") == "minor"

    def copy_english(self) -> None:
        if not copy_english(self.form.instance, self.language.code):
            messages.info(self.request, "Nothing to copy: no field with an English text is empty.")

    def ask_for_review(self) -> None:
        ledger.ask_for_review(self.draft, self.language.code)
        messages.success(
            self.request,
            f"You have asked for a review of the {self.language.name} text. Reviewers find it in the list of translations.",
        )

    def published_message(self, revision) -> str:
        if revision.approved_go_live_at and revision.approved_go_live_at > timezone.now():
            return f"The {self.language.name} text of '{self.draft}' has been scheduled to be published."
        is_unfinished = type(self.draft).objects.get(pk=self.draft.pk).has_unpublished_changes
        rest = " What is unpublished in other languages stays a draft." if is_unfinished else ""
        return f"The {self.language.name} text of '{self.draft}' has been published.{rest}"

    def _sign_off(self) -> HttpResponse:
        code, user = self.language.code, self.request.user
        if not self.is_translation or not self.may.can_review_language(code):
            return self._refuse(f"You do not review {self.language.name} texts.")
        form = sign_off.SignOffForm(self.request.POST)
        entry = ledger.entries_of(self.draft).get(code)
        if entry and form.is_valid():
            signed = form.cleaned_data
            try:
                ledger.sign_off(entry.pk, user, signed["qualification"], signed["text_hash"], signed["source_hash"])
            except ledger.LedgerError as error:
                form.add_error("qualification", str(error))
            else:
                messages.success(self.request, f"You have signed the {self.language.name} translation.")
                return redirect(self.get_edit_url())
        self.posted_sign_off = form
        return self.get(self.request)

    # Where it leads, and what it shows.
    def language_url(self, code: str) -> str:
        url = super().get_edit_url()
        return url if code == languages.DEFAULT else set_query_params(url, {"lang": code})

    def get_edit_url(self):
        return self.language_url(self.language.code)

    def get_page_title(self):
        return f"{super().get_page_title()}: {self.language.name}"

    def actions_in_language(self, menu):
        is_live = getattr(self.draft, "live", True)
        can_edit = self.may.can_edit_language(self.language.code)
        return language_actions(menu, self.language, can_edit, self.locked_for_user, is_live)

    def _english_and_own(self) -> tuple[dict, dict]:
        """The draft's English and its text in the form's language, as far as they stand in translated fields."""
        fields = translated.field_names(type(self.draft))
        both = (texts.text_of(self.draft, code) for code in (languages.DEFAULT, self.language.code))
        english, own = ({name: text for name, text in found.items() if name in fields} for found in both)
        return english, own if self.is_translation else {}

    def refuse_copied_english(self) -> None:
        """English that was copied to be written over is published as a translation only by whoever says so: else PublishError."""
        copied = untranslated.places(*self._english_and_own())
        if copied and "publish-english" not in self.request.POST:
            raise PublishError(
                f"Not published: still in English: {'; '.join(copied)}. Your text is kept as a draft. Translate it, or tick that it is"
                " published as it is."
            )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["is_partial"]:
            return context
        code, user, may = self.language.code, self.request.user, self.may
        live = type(self.draft).objects.get(pk=self.draft.pk)
        chips = states.of(self.draft, live, code, self.language_url, may.can_view_language)
        is_stale = any(chip.is_current and chip.state == Translation.State.STALE for chip in chips)
        reviews = self.is_translation and (may.can_review_language(code) or self.posted_sign_off)
        english, own = self._english_and_own()
        return context | {
            "language": self.language,
            "is_translation": self.is_translation,
            "can_edit_language": may.can_edit_language(code),
            "can_publish": may.can_publish(),
            "writes_draft": self.is_translation and self.has_drafts and not self.locked_for_user,
            "has_drafts": self.has_drafts,
            "kind_name": kinds.name_of(self.draft),
            "draft_name": str(self.draft),
            "language_states": chips,
            "versions_url": versions.url(self.draft, code) if self.is_translation else "",
            "changes_url": reverse("translation_changes", args=kinds.place_of(self.draft, code)) if is_stale else "",
            "differences": fidelity.differences(english, own, code),
            "still_english": untranslated.places(english, own),
            "loaded_text": fingerprint(self.latest_revision, self.draft_form_class) if self.has_drafts else "",
            "sign_off": sign_off.of(self.draft, code, user, self.posted_sign_off) if reviews else None,
        }
