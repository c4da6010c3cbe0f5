"""What a page or a snippet does because it stands in eleven languages: its versions, its previews."""

from django.utils import translation
from django.utils.functional import cached_property
from wagtail.fields import RichTextField, StreamField

from lacare_site import languages
from pages import translated

from .texts import is_empty_rich_text
from .version_notes import VersionNotes


class TranslatedText:
    """Mixed into a model with revisions, before Wagtail's own classes."""

    edit_language = languages.DEFAULT  # the language of the form in which it is being edited
    english_beside = None  # whose English stands beside it there, if not its own

    @cached_property
    def version_notes(self) -> VersionNotes:
        """What the next version that is made of it will say of itself."""
        return VersionNotes()

    def clean(self):
        super().clean()
        self._drop_empty_rich_text()

    def _drop_empty_rich_text(self) -> None:
        """What an editor's form stores of an emptied rich text is no text: it must not stand in the way of the English."""
        for name in translated.field_names(type(self)):
            original = self._meta.get_field(name)
            for language in languages.LANGUAGES:
                column = f"{name}_{language.field_suffix}"
                value = getattr(self, column)
                if isinstance(original, StreamField) and value:
                    kept = [block for block in value.raw_data if not is_empty_rich_text(block["value"])]
                    if len(kept) < len(value):
                        setattr(self, column, type(value)(value.stream_block, kept, is_lazy=True))
                elif isinstance(original, RichTextField) and is_empty_rich_text(value):
                    setattr(self, column, "")

    # A revision holds each language's column. The original columns hold whatever language was active at the last save: a
    # revision from before a language existed would bring them back as that language's text, so they stay out.
    def serializable_data(self):
        data = super().serializable_data()
        own = {name: value for name, value in data.items() if name not in translated.field_names(type(self))}
        return own | self.version_notes.as_content()

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        originals = translated.field_names(cls)
        data = {name: value for name, value in data.items() if name not in originals}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)


class PreviewInLanguages:
    """Mixed into what has a preview: one for each language, that of the form first."""

    @property
    def preview_modes(self):
        return [(language.code, language.name) for language in languages.LANGUAGES]

    @property
    def default_preview_mode(self):
        return self.edit_language

    def serve_preview(self, request, mode_name):
        language = languages.get(mode_name)
        with translation.override(language.code):
            response = super().serve_preview(request, mode_name)
            response.render()
        response.headers["Content-Language"] = language.tag
        return response

    def get_preview_context(self, request, mode_name):
        context = super().get_preview_context(request, mode_name)
        from .showing import prepare  # knows the pages' models

        prepare([self])
        # Visitors may get English in place of a critical text that nobody has signed; whoever writes or signs it sees it.
        self.shows_english_only = False
        return context
