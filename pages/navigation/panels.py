"""The part of a menu's form that takes the labels of its rows in a language other than English."""

from lacare_site import languages
from pages.translations.admin.panels import BesideEnglishPanel, TranslatedPanel

from .row_labels import rows_of


class RowLabelsPanel(TranslatedPanel):
    """In English the rows carry their labels themselves, so that there it is no part of the form."""

    def get_form_options(self):
        return {} if self.language.code == languages.DEFAULT else super().get_form_options()

    def beside_english(self, code: str) -> BesideEnglishPanel:
        return RowLabelsBesideEnglishPanel(self.original_name, code)

    class BoundPanel(TranslatedPanel.BoundPanel):
        def is_shown(self):
            return False


class RowLabelsBesideEnglishPanel(BesideEnglishPanel):
    class BoundPanel(BesideEnglishPanel.BoundPanel):
        template_name = TranslatedPanel.BoundPanel.template_name  # the English stands at each line

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.bound_field:
                widget = self.bound_field.field.widget
                beside = self.instance.english_beside or self.instance
                english = {row.key: row for row in rows_of(beside.content.raw_data)}
                # A row that stands in the draft alone may have its label before it is public.
                widget.rows = [english.get(row.key, row) for row in rows_of(self.instance.content.raw_data)]
                widget.language = self.panel.language

        def english(self, context):
            return ""
