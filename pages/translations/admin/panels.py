"""Panels of translated fields: the English in the usual form, another language beside the rendered English."""

import functools
from collections.abc import Iterator

from django.utils.html import format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms.models import registry
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface, get_edit_handler
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from lacare_site import languages

from .comparison import comparison_in
from .forms import PageTranslationForm, SnippetForm


class TranslatedPanel(FieldPanel):
    """A translated field of a model, by its name without a language.

    The form has the English alone, bound by its own column: the column without a language holds whatever was active at the last save.
    Comparisons of versions show all languages.
    """

    def __init__(self, field_name: str, code: str = languages.DEFAULT, **kwargs):
        super().__init__(build_localized_fieldname(field_name, code), **kwargs)
        self.original_name, self.language = field_name, languages.get(code)

    def clone_kwargs(self):
        return super().clone_kwargs() | {"field_name": self.original_name, "code": self.language.code}

    def on_model_bound(self):
        # What Wagtail and Django know of a field they know of the original: its name for people, and its widget.
        original = self.model._meta.get_field(self.original_name)
        self.heading = self.heading or capfirst(original.verbose_name)
        self.widget = self.widget or (registry.get(original) or {}).get("widget")

    def beside_english(self, code: str) -> "BesideEnglishPanel":
        """The panel of this field in the form of another language."""
        return BesideEnglishPanel(self.original_name, code)

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self):
            compare, model = self.panel.get_comparison_class(), self.panel.model
            original = model._meta.get_field(self.panel.original_name)
            return [
                functools.partial(
                    comparison_in(compare, original, language),
                    model._meta.get_field(build_localized_fieldname(original.name, language.code)),
                )
                for language in languages.LANGUAGES
            ]


class BesideEnglishPanel(TranslatedPanel):
    """One language's text of a field, with the English of it read-only and as it looks on the page."""

    class BoundPanel(TranslatedPanel.BoundPanel):
        template_name = "pages/admin/translations/beside_english.html"

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.help_text = ""  # it speaks of the English
            if self.bound_field:
                self.bound_field.help_text = ""

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"english": self.english(parent_context), "language": self.panel.language}

        def english(self, context) -> SafeString:
            field = self.panel.model._meta.get_field(self.panel.original_name)
            beside = getattr(self.instance, "english_beside", None) or self.instance
            value = getattr(beside, build_localized_fieldname(field.name, languages.DEFAULT))
            if not value:
                return SafeString("")
            if isinstance(field, StreamField):
                context = {"page": beside, "request": self.request}
                return format_html_join("\n", "{}", ((block.render(context),) for block in value))
            if isinstance(field, RichTextField):
                return mark_safe(expand_db_html(value))  # noqa: S308  (what the allow-list of rich text has let through)
            return mark_safe(linebreaks(value, autoescape=True))  # noqa: S308  (escaped)


def translated_panels(panel: Panel) -> Iterator[TranslatedPanel]:
    """The panels of translated fields in a form, in its order."""
    if isinstance(panel, TranslatedPanel):
        yield panel
    for child in getattr(panel, "children", ()):
        yield from translated_panels(child)


@functools.cache
def edit_handler(model, code: str) -> Panel:
    """The form of a page type or snippet in one language other than English."""
    is_page = issubclass(model, Page)
    english = model.get_edit_handler() if is_page else get_edit_handler(model)
    tab = ObjectList([panel.beside_english(code) for panel in translated_panels(english)], heading=languages.get(code).name)
    return TabbedInterface([tab], base_form_class=PageTranslationForm if is_page else SnippetForm).bind_to_model(model)


@functools.cache
def form_class(model, code: str) -> type:
    return edit_handler(model, code).get_form_class()
