"""The comparison of two versions in the history, which is one of all languages: it says of each text which language it is."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from lacare_site.languages import Language
from pages.translations.texts import text_in


def comparison_in(compare: type, original, language: Language) -> type:
    """Wagtail's comparison `compare` of the field `original`, for its text in one language."""

    class LanguageComparison(compare):
        def field_label(self) -> str:
            return f"{capfirst(original.verbose_name)}, {language.name}"

        def has_changed(self) -> bool:
            # What the editor's form alone adds is no change: a text would be shown that nobody has touched.
            return text_in(self.field, self.val_a) != text_in(self.field, self.val_b)

        def htmldiff(self) -> SafeString:
            return format_html('<div lang="{}" dir="{}">{}</div>', language.tag, language.direction, super().htmldiff())

    return LanguageComparison
