"""The form of an import, and the bound of what is uploaded."""

from django import forms
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from lacare_site import languages
from pages.translations.models import Translation

from .read import LARGEST_FILE
from .services import Newer

TOO_LARGE = f"The file is larger than {LARGEST_FILE // 1024**2} MB. All texts of the site together are not a quarter of that."


class LimitedUpload(FileUploadHandler):
    """Drops a file as it comes in once it is larger than any that is read: neither memory nor disk holds it."""

    received = 0

    @property
    def is_too_large(self) -> bool:
        return self.received > LARGEST_FILE

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.is_too_large:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None  # the handlers after this one keep the file


class ImportForm(forms.Form):
    language = forms.ChoiceField(label="Language")
    origin = forms.ChoiceField(
        label="Who has translated?",
        choices=[
            (Translation.Origin.HUMAN, "A person: an agency, or somebody of ours"),
            (Translation.Origin.MACHINE, "A machine, also where a person has looked over it quickly"),
        ],
        widget=forms.RadioSelect,
        help_text="Readers are told. On critical pages they see either only after a qualified reviewer has signed it.",
        error_messages={"required": "Say who has translated."},
    )
    newer = forms.ChoiceField(
        label="Where a text has been changed here since the file was exported",
        choices=Newer,
        initial=Newer.REFUSE,
        widget=forms.RadioSelect,
        help_text="Only where the file says something else than was exported. What the translator has left as it was changes nothing.",
        error_messages={"required": "Say what to do with texts that have been changed here."},
    )
    file = forms.FileField(
        label="XLIFF file",
        help_text="XLIFF 2, as exported here and filled in by the translator.",
        error_messages={"required": "Choose a file."},
    )

    def __init__(self, *args, codes: frozenset[str], is_too_large: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        own = [(language.code, language.name) for language in languages.LANGUAGES if language.code in codes]
        self.fields["language"].choices = [("", "Choose"), *own] if len(own) > 1 else own
        if is_too_large:
            self.fields["file"].error_messages["required"] = TOO_LARGE
