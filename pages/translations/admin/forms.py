"""What the forms of translated fields share, in English and in any other language."""

import hashlib
import json

from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from modeltranslation.fields import TranslationField
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks import BlockField

from lacare_site import languages


class OneLanguageMixin:
    """A form of some of the columns never touches the others, and a text that is not posted stays as it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [name for name, field in self.fields.items() if self._is_missing(name, field)]:
            del self.fields[name]
        for name, field in self.fields.items():
            column = self._column(name)
            # Translated columns are all optional to the database; the English is not where the field is not.
            if column and column.language == languages.DEFAULT and not column.translated_field.blank:
                field.required = True

    def _column(self, name: str) -> TranslationField | None:
        columns = (field for field in self._meta.model._meta.concrete_fields if field.name == name)
        column = next(columns, None)
        return column if isinstance(column, TranslationField) else None

    def _is_missing(self, name, field) -> bool:
        if not self.is_bound:
            return False
        if isinstance(field, BlockField):
            return f"{self.add_prefix(name)}-count" not in self.data
        return self._column(name) is not None and self.add_prefix(name) not in self.data

    def _clean_fields(self):
        try:
            super()._clean_fields()
        except (KeyError, ValueError) as error:
            # Wagtail reads the parts of a StreamField without asking whether they are there.
            raise BadRequest(f"The form is not complete: {error}") from error

    def _post_clean(self):
        super()._post_clean()
        from pages.contacts.uses import not_in_use  # it knows the lines, whose form is one of these

        # An older version may bring a line back that has been retired since.
        for field in self._meta.model._meta.concrete_fields:
            for sentence in not_in_use(field, self.cleaned_data.get(field.name)):
                self.add_error(field.name, sentence)

    def _update_errors(self, errors):
        """Leaves out what the model says of fields that this form does not have: their own form says it."""
        if hasattr(errors, "error_dict"):
            own = {name: found for name, found in errors.error_dict.items() if name in self.fields or name == NON_FIELD_ERRORS}
            if not own:
                return
            errors = ValidationError(own)
        super()._update_errors(errors)

    def get_field_updates_for_resave(self):
        return [*super().get_field_updates_for_resave(), ("loaded_text", fingerprint(self.instance.latest_revision, type(self)))]


class PageTranslationForm(OneLanguageMixin, WagtailAdminPageForm):
    """A page's texts in one language other than English."""


class SnippetForm(OneLanguageMixin, WagtailAdminModelForm):
    """A snippet, or its texts in one language other than English."""


def fingerprint(revision, form_class) -> str:
    """Tells whether two revisions hold the same in the fields of a form; "" without a revision."""
    if not revision:
        return ""
    names = sorted({*form_class.base_fields, *form_class.formsets})
    own = {name: revision.content.get(name) for name in names}
    return hashlib.sha256(json.dumps(own, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()
