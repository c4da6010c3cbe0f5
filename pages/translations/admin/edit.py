"""The form of a page in one language."""

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.utils import set_query_params
from wagtail.admin.views.pages.edit import EditView

from . import panels
from .one_language import OneLanguageView
from .publishing import PublishError, publish_language


class LanguageEditView(OneLanguageView, EditView):
    @property
    def draft(self):
        return self.page

    @property
    def draft_form_class(self):
        return self.form_class

    def use_language(self) -> None:
        super().use_language()
        if self.is_translation:
            self.edit_handler = panels.edit_handler(self.page_class, self.language.code)
            self.form_class = panels.form_class(self.page_class, self.language.code)

    @property
    def action_name_and_method(self):
        if self.is_translation:
            if "copy-english" in self.request.POST:
                return "save", self.copy_english_action
            if "ask-review" in self.request.POST:
                return "save", self.ask_review_action
            if self.request.POST.get("action-publish") and self.page_perms.can_publish():
                return "publish", self.publish_action
            return "save", self.save_action
        return super().action_name_and_method

    def copy_english_action(self):
        self.copy_english()
        return self.save_action()

    def ask_review_action(self):
        response = self.save_action()
        self.ask_for_review()
        return response

    def publish_action(self):
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        if response := self.run_hook("before_publish_page", self.request, self.page):
            return response
        try:
            self.refuse_copied_english()
            revision = publish_language(
                self.page,
                self.language.code,
                self.request.user,
                is_minor_edit=self.is_minor_edit,
                changed=self.has_content_changes,
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
        messages.success(self.request, self.published_message(revision), buttons=[*buttons, self.get_edit_message_button()])
        if response := self.run_hook("after_edit_page", self.request, self.page):
            return response
        return self.redirect_and_remain() if self.is_translation else self.redirect_away()

    def redirect_and_remain(self):
        return redirect(set_query_params(self.get_edit_url(), {"next": self.next_url} if self.next_url else {}))

    def get_template_names(self):
        names = super().get_template_names()
        return ["pages/admin/translations/edit_page.html"] if names == ["wagtailadmin/pages/edit.html"] else names

    def get_action_menu(self):
        return self.actions_in_language(super().get_action_menu())
