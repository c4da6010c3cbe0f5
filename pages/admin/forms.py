"""Forms of the admin that do more than show a model's fields."""

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from lacare_site import languages
from pages.translations.admin.forms import OneLanguageMixin, SnippetForm
from pages.translations.texts import text_of


class FixedKeyForm(SnippetForm):
    """For what texts refer to by a key: the key is given once, with the new object, and shown from then on."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["key"].disabled = True
            self.fields["key"].help_text = "Texts refer to it by this name, so it stays as it is."


class SitePageForm(OneLanguageMixin, WagtailAdminPageForm):
    """A date of the last change that was given by hand holds for its English alone: a new text is dated by its publication."""

    def _post_clean(self):
        super()._post_clean()
        page = self.instance
        live = type(page).objects.filter(pk=page.pk, live=True).first() if page.pk and page.updated_on else None
        if live and live.updated_on == page.updated_on and _english(live) != _english(page):
            page.updated_on = None


class SitePageCopyForm(CopyForm):
    """A copy is a page of its own: one that follows another would show its translations without an entry in the ledger."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)


def _english(page) -> dict:
    """Other languages have forms of their own: what this page holds of them may be somebody else's draft."""
    return text_of(page, languages.DEFAULT)
