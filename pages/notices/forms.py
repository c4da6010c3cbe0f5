"""The editors' form for a notice."""

from django import forms

from pages.translations.admin.forms import SnippetForm


class SectionsField(forms.ModelMultipleChoiceField):
    """Checkboxes of the pages that have pages below them, indented as the tree is."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, page):
        return f"{'– ' * (page.depth - 3)}{page.get_admin_display_title()}"


class NoticeForm(SnippetForm):
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
