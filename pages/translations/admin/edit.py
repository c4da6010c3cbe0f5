"""The form of a page in one language: `?lang=es`, or English with what all languages share."""

from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.edit import EditView

from lacare_site import languages
from pages.translations import ledger
from pages.translations.models import Translation

from . import panels, sign_off, states
from .action_menu import language_actions
from .copying import copy_english
from .forms import fingerprint
from .publishing import PublishError, publish_language


class LanguageEditView(EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        code = request.GET.get("lang", languages.DEFAULT)
        if code not in languages.BY_CODE:
            raise Http404
        self.language = languages.get(code)
        self.is_translation = code != languages.DEFAULT
        self.posted_sign_off = None

    def get(self, request, *args, **kwargs):
        if not self.page_perms.can_view_language(self.language.code):
            return self._own_language() or self._refuse("You do not work on this language.")
        self._use_language()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if "sign-off" in request.POST:
            return self._sign_off()
        if not self.page_perms.can_edit_language(self.language.code):
            return self._refuse(f"You do not write {self.language.name} texts of this page.")
        self._use_language()
        if request.POST.get("edit_language", self.language.code) != self.language.code or self._foreign_fields():
            return self._refuse(f"This form is for the {self.language.name} texts alone.")
        self._keep_revisions_of_others()
        return super().post(request, *args, **kwargs)

    def _use_language(self) -> None:
        self.page.edit_language = self.language.code
        if self.is_translation:
            self.edit_handler = panels.edit_handler(self.page_class, self.language.code)
            self.form_class = panels.form_class(self.page_class, self.language.code)
        if not self.page_perms.can_edit_language(self.language.code):  # a reviewer reads, and signs
            self.locked_for_user, self.autosave_enabled = True, False

    def _own_language(self) -> HttpResponse | None:
        """Whoever asks for English and has none gets the first language that they have."""
        own = [language.code for language in languages.LANGUAGES if self.page_perms.can_view_language(language.code)]
        return redirect(self._edit_url(own[0])) if own and not self.is_translation else None

    @staticmethod
    def _refuse(reason: str) -> HttpResponse:
        # Wagtail would turn PermissionDenied into a redirect.
        return HttpResponseForbidden(reason, content_type="text/plain")

    def _foreign_fields(self) -> set[str]:
        """Posted fields of the page that this form does not have: the texts of other languages, and what all share."""
        if not self.is_translation:
            return set()
        known = {field.name for field in self.page_class._meta.get_fields()}
        return ({name.partition("-")[0] for name in self.request.POST} & known) - set(self.form_class.base_fields)

    # Two people in two languages of one page.
    @cached_property
    def is_out_of_date(self):
        """Out of date is a form whose own fields have been changed by somebody else since it was loaded."""
        if "loaded_text" not in self.request.POST:
            return super().is_out_of_date
        changed = self.request.POST["loaded_text"] != fingerprint(self.latest_revision, self.form_class)
        return super().is_out_of_date and changed

    def _keep_revisions_of_others(self) -> None:
        """An autosave writes over its own last revision, unless somebody has saved another language since: then it makes a new one."""
        overwritten = self.request.POST.get("overwrite_revision_id")
        if overwritten and self.latest_revision and overwritten != str(self.latest_revision.pk) and not self.is_out_of_date:
            self.request.POST = self.request.POST.copy()
            del self.request.POST["overwrite_revision_id"]

    # What the buttons do.
    @property
    def action_name_and_method(self):
        if self.is_translation:
            if "copy-english" in self.request.POST:
                return "save", self.copy_english_action
            if self.request.POST.get("action-publish") and self.page_perms.can_publish():
                return "publish", self.publish_action
            return "save", self.save_action
        return super().action_name_and_method

    def copy_english_action(self):
        filled = copy_english(self.form.instance, self.language.code)
        if not filled:
            messages.info(self.request, "Nothing to copy: no field with an English text is empty.")
        return self.save_action()

    def publish_action(self):
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        if response := self.run_hook("before_publish_page", self.request, self.page):
            return response
        is_minor = self.request.POST["action-publish"] == "minor"
        try:
            revision = publish_language(
                self.page, self.language.code, self.request.user, is_minor_edit=is_minor, changed=self.has_content_changes
            )
        except PublishError as error:
            self.page.save_revision(user=self.request.user, clean=False)
            messages.error(self.request, str(error))
            return self.redirect_and_remain()
        if self.has_content_changes and "comments" in self.form.formsets:
            changes = self.get_commenting_changes()
            self.log_commenting_changes(changes, revision)
            self.send_commenting_notifications(changes)
        self.page = self.page_class.objects.get(pk=self.page.pk)  # its address may have changed
        if response := self.run_hook("after_publish_page", self.request, self.page):
            return response
        buttons = [self.get_view_live_message_button()] if self.page.live and self.page.url else []
        messages.success(self.request, self._published_message(revision), buttons=[*buttons, self.get_edit_message_button()])
        if response := self.run_hook("after_edit_page", self.request, self.page):
            return response
        return self.redirect_and_remain() if self.is_translation else self.redirect_away()

    def _published_message(self, revision) -> str:
        title = self.page.get_admin_display_title()
        if revision.approved_go_live_at and revision.approved_go_live_at > timezone.now():
            return f"The {self.language.name} text of '{title}' has been scheduled to be published."
        rest = " What is unpublished in other languages stays a draft." if self.page.has_unpublished_changes else ""
        return f"The {self.language.name} text of '{title}' has been published.{rest}"

    def _sign_off(self) -> HttpResponse:
        code, user = self.language.code, self.request.user
        if not self.is_translation or not self.page_perms.can_review_language(code):
            return self._refuse(f"You do not review {self.language.name} texts.")
        form = sign_off.SignOffForm(self.request.POST)
        entry = ledger.entries_of(self.page).get(code)
        if entry and form.is_valid():
            texts = form.cleaned_data
            try:
                ledger.sign_off(entry.pk, user, texts["qualification"], texts["text_hash"], texts["source_hash"])
            except ledger.LedgerError as error:
                form.add_error("qualification", str(error))
            else:
                messages.success(self.request, f"You have signed the {self.language.name} translation.")
                return redirect(self.get_edit_url())
        self.posted_sign_off = form
        return self.get(self.request)

    # Where it leads, and what it shows.
    def _edit_url(self, code: str) -> str:
        url = super().get_edit_url()
        return url if code == languages.DEFAULT else set_query_params(url, {"lang": code})

    def get_edit_url(self):
        return self._edit_url(self.language.code)

    def redirect_and_remain(self):
        return redirect(set_query_params(self.get_edit_url(), {"next": self.next_url} if self.next_url else {}))

    def get_page_title(self):
        return f"{super().get_page_title()}: {self.language.name}"

    def get_template_names(self):
        names = super().get_template_names()
        return ["pages/admin/translations/edit_page.html"] if names == ["wagtailadmin/pages/edit.html"] else names

    def get_action_menu(self):
        can_edit = self.page_perms.can_edit_language(self.language.code)
        return language_actions(super().get_action_menu(), self.language, can_edit)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if context["is_partial"]:
            return context
        code, user, may = self.language.code, self.request.user, self.page_perms
        live = self.page_class.objects.get(pk=self.page.pk)
        chips = states.of_page(self.page, live, code, self._edit_url, may.can_view_language)
        is_stale = any(chip.is_current and chip.state == Translation.State.STALE for chip in chips)
        reviews = self.is_translation and (may.can_review_language(code) or self.posted_sign_off)
        return context | {
            "language": self.language,
            "is_translation": self.is_translation,
            "can_edit_language": may.can_edit_language(code),
            "language_states": chips,
            "changes_url": reverse("translation_changes", args=[self.page.pk, code]) if is_stale else "",
            "loaded_text": fingerprint(self.latest_revision, self.form_class),
            "sign_off": sign_off.of_page(self.page, code, user, self.posted_sign_off) if reviews else None,
        }
