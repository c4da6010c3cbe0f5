"""The form of a snippet in one language."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import EditView

from pages.translations import ledger

from . import panels
from .one_language import OneLanguageView
from .publishing import PublishError, publish_language


class LanguageSnippetView(OneLanguageView, EditView):
    @property
    def draft(self):
        return self.object

    @property
    def draft_form_class(self):
        return self.get_form_class()

    def get_object(self, queryset=None):
        if getattr(self, "object", None) is None:  # Django asks again before it shows the form
            self.object = super().get_object(queryset)
            self.object.edit_language = self.language.code
        return self.object

    def get_panel(self):
        return panels.edit_handler(self.model, self.language.code) if self.is_translation else super().get_panel()

    def get_form_class(self):
        return panels.form_class(self.model, self.language.code) if self.is_translation else super().get_form_class()

    def get_history_url(self):
        """The history is one of all languages together: it is not for whoever works on one."""
        return super().get_history_url() if self.may.can_edit_shared() else ""

    def save_instance(self):
        if self.is_translation and self.has_drafts and "copy-english" in self.request.POST:
            self.copy_english()
        if self.action == "publish":  # which makes the revisions itself
            return self.form.save(commit=not self.object.live)
        if not self.has_drafts:
            return self._save_columns()
        instance = super().save_instance()
        if self.is_translation and "ask-review" in self.request.POST:
            self.ask_for_review()
        return instance

    def _save_columns(self):
        """Of what has no drafts the fields of this form alone are written: somebody else may be saving another language."""
        instance, user = self.form.save(commit=False), self.request.user
        columns = {field.name for field in instance._meta.concrete_fields} & set(self.form.fields)
        with ledger.publishing(user=user, is_minor_edit=self.is_minor_edit):
            instance.save(update_fields=columns)
        log(instance=instance, action="wagtail.edit", user=user, content_changed=self.form.has_changed())
        return instance

    def publish_action(self):
        if response := self.run_hook("before_publish", self.request, self.object):
            return response
        try:
            self.refuse_copied_english()
            revision = publish_language(
                self.object,
                self.language.code,
                self.request.user,
                is_minor_edit=self.is_minor_edit,
                changed=self.form.has_changed(),
            )
        except PublishError as error:
            self.object.save_revision(user=self.request.user, clean=False)
            messages.error(self.request, str(error))
            return redirect(self.get_edit_url())
        if response := self.run_hook("after_publish", self.request, self.object):
            return response
        messages.success(self.request, self.published_message(revision), buttons=self.get_success_buttons())
        return self.run_after_hook() or redirect(self.get_success_url())

    def get_success_url(self):
        return self.get_edit_url() if self.is_translation else super().get_success_url()

    def _get_action_menu(self):
        return self.actions_in_language(super()._get_action_menu())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"locked_for_user": self.locked_for_user}
