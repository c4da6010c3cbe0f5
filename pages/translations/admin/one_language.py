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
from pages.translations import authors, fidelity, ledger, permissions, untranslated
from pages.translations.models import Translation
from pages.translations.texts import hash_of, text_of

from . import kinds, sign_off, states, versions
from .action_menu import language_actions
from .copying import copy_english
from .forms import fingerprint
from .one_at_a_time import OneAtATime
from .publishing import PublishError, copy_texts


class OneLanguageView(OneAtATime):
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

    @cached_property
    def live_text(self):
        return type(self.draft).objects.get(pk=self.draft.pk)

    @property
    def beside(self):
        """Whose English stands beside a translation: the public one, the draft where somebody asks for it or nothing is public."""
        return self.live_text if self._has_public_english and self.request.GET.get("english") != "draft" else self.draft

    @property
    def _has_public_english(self) -> bool:
        return getattr(self.live_text, "live", True)

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
        self._note_seen_english()
        self._keep_revisions_of_others()
        return super().post(request, *args, **kwargs)

    def use_language(self) -> None:
        self.draft.edit_language = self.language.code
        self.draft.english_beside = self.beside
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

    def _note_seen_english(self) -> None:
        """Whoever has another English before them than that of now translates the one before them."""
        seen = self.request.POST.get("loaded_english")
        if self.is_translation and self.has_drafts and seen and seen != _english_hash(self.draft):
            is_public = seen == _english_hash(self.live_text)
            english = text_of(self.live_text, languages.DEFAULT) if is_public else authors.english_with(self.draft, seen)
            self.draft.version_notes.seen_english[self.language.code] = english

    # What the buttons do.
    @property
    def is_minor_edit(self) -> bool:
        return self.request.POST.get("action-publish") == "minor"

    def copy_english(self) -> None:
        if not copy_english(self.beside, self.form.instance, self.language.code):
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
        if form.is_valid():
            try:
                is_public = ledger.sign_off(self.draft, code, user, **form.cleaned_data)
            except ledger.LedgerError as error:
                form.add_error("qualification", str(error))
            else:
                holds = "." if is_public else ". It counts as reviewed once exactly this text and this English are public."
                messages.success(self.request, f"You have signed the {self.language.name} translation{holds}")
                return redirect(self.get_edit_url())
        self.posted_sign_off = form
        return self.get(self.request)

    # Where it leads, and what it shows.
    def language_url(self, code: str) -> str:
        url = super().get_edit_url()
        return url if code == languages.DEFAULT else set_query_params(url, {"lang": code})

    def get_edit_url(self):
        url = self.language_url(self.language.code)
        return set_query_params(url, {"english": "draft"}) if self.request.GET.get("english") == "draft" else url

    def _other_english_url(self) -> str:
        """Where the draft of the English stands beside the translation, or again the public one; "" where there is one English."""
        if not self._has_public_english or _english_hash(self.draft) == _english_hash(self.live_text):
            return ""
        url = self.language_url(self.language.code)
        return url if self.beside is self.draft else set_query_params(url, {"english": "draft"})

    def get_page_title(self):
        return f"{super().get_page_title()}: {self.language.name}"

    def actions_in_language(self, menu):
        is_live = getattr(self.draft, "live", True)
        can_edit = self.may.can_edit_language(self.language.code)
        return language_actions(menu, self.language, can_edit, self.locked_for_user, is_live)

    def _english_and_own(self) -> tuple[dict, dict]:
        """The English beside the draft and the draft's text in the form's language, as far as they stand in translated fields."""
        fields = translated.field_names(type(self.draft))
        both = text_of(self.beside, languages.DEFAULT), text_of(self.draft, self.language.code)
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
        chips = states.of(self.draft, self.live_text, code, self.language_url, may.can_view_language)
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
            "loaded_english": _english_hash(self.beside) if self.is_translation else "",
            "other_english_url": self._other_english_url() if self.is_translation else "",
            "is_english_draft": self.beside is self.draft,
            "sign_off": sign_off.of(self.draft, self.beside, self.live_text, code, user, self.posted_sign_off)
            if reviews
            else None,
        }


def _english_hash(text) -> str:
    return hash_of(text_of(text, languages.DEFAULT))
