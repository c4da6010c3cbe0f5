"""Message catalogues: they hold every translatable text, and no translation lost a placeholder."""

import polib
import pytest
from django.conf import settings

from lacare_site.management import catalogues

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.fixture(scope="module")
def texts():
    return catalogues.texts(settings.BASE_DIR)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_up_to_date(language, texts):
    lacking, left_over = catalogues.differences(language, texts)
    assert not lacking and not left_over, "make messages brings the catalogues up to date"


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
