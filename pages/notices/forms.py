"""The editors' form for a notice."""

from django import forms
from django.utils import timezone

from pages.translations.admin.forms import SnippetForm


class SectionsField(forms.ModelMultipleChoiceField):
    """Checkboxes of the pages that have pages below them, indented as the tree is."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, page):
        return f"{'– ' * (page.depth - 3)}{page.get_admin_display_title()}"


class NoticeForm(SnippetForm):
    """A draft may be incomplete. What is published is not; of an emergency whoever publishes it accepts the languages that it lacks."""

    accepts_missing_languages = forms.BooleanField(
        required=False,
        label="Publish the emergency in English where its translation is missing",
        help_text="Publishing lists these languages. Publish each translation as soon as you have it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["sections"]
        chosen = self.instance.sections.all() if self.instance.pk else []
        pages = field.queryset.model.objects
        # The home page would be the whole site, which an empty choice says already.
        sections = pages.filter(numchild__gt=0, depth__gt=2) | pages.filter(pk__in=[page.pk for page in chosen])
        self.fields["sections"] = SectionsField(
            queryset=sections.order_by("path"), required=False, label=field.label, help_text=field.help_text
        )

    def _post_clean(self):
        self.instance.is_draft_only = self.is_deferred_validation
        super()._post_clean()
        if "action-publish" in self.data:
            self._accept_languages()

    def _accept_languages(self) -> None:
        from pages.notices import reach  # it knows the model, whose form this is

        notice = self.instance
        is_emergency = notice.severity == notice.Severity.EMERGENCY
        has_ended = notice.ends_at and notice.ends_at <= timezone.now()  # to end it must not take a second step
        is_minor_edit = self.data["action-publish"] == "minor"
        missing = reach.missing(notice, is_minor_edit) if is_emergency and not has_ended else []
        if missing and not self.cleaned_data.get("accepts_missing_languages"):
            names = "; ".join(map(str, missing))
            self.add_error("accepts_missing_languages", f"Tick this to publish the emergency without these languages: {names}.")
