"""Message catalogues: they hold every translatable text, each is translated, and no translation lost a placeholder."""

import polib
import pytest
from django.conf import settings
from django.utils import dates
from django.utils.translation import gettext, override

from lacare_site.management import catalogues

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
FORM_MESSAGES = ("This field is required.", "Enter a valid email address.")


@pytest.fixture(scope="module")
def texts():
    return catalogues.texts(settings.BASE_DIR)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_up_to_date(language, texts):
    lacking, left_over = catalogues.differences(language, texts)
    assert not lacking and not left_over, "make messages brings the catalogues up to date"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    catalogue = polib.pofile(str(catalogues.catalogue_path(language)))
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_djangos_own_texts_are_translated(language):
    """Django lacks Tagalog and much of Khmer: our catalogues fill in what visitors meet."""
    names = [*dates.MONTHS.values(), *dates.MONTHS_ALT.values(), *dates.WEEKDAYS.values()]
    with override("en"):
        english = [*map(str, names), *FORM_MESSAGES]
    with override(language):
        translated = [*map(str, names), *map(gettext, FORM_MESSAGES)]
    assert [text for text, original in zip(translated, english, strict=True) if text == original] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_placeholders(language):
    assert catalogues.catalogue_path(language).exists(), "make messages begins the catalogue"
    faults = []
    for entry in polib.pofile(str(catalogues.catalogue_path(language))).translated_entries():
        wanted = set(catalogues.PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            if set(catalogues.PLACEHOLDER.findall(text)) != wanted:
                faults.append(f"{entry.msgid!r}: {text!r}")
    assert not faults


def test_the_extraction_sees_python_and_templates(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "pages" / "a.py").write_text('x = gettext_lazy("One")\ny = ngettext("%(n)s day", "%(n)s days", n)\n')
    (tmp_path / "templates" / "a.html").write_text(
        '  {% translate "Two" context "number" %}\n{% blocktranslate trimmed %}\n  It\'s\n  {{ three }}\n{% endblocktranslate %}'
    )
    assert set(catalogues.texts(tmp_path)) == {
        (None, "One", ""),
        (None, "%(n)s day", "%(n)s days"),
        ("number", "Two", ""),
        (None, "It's %(three)s", ""),
    }
