"""Who wants which page, in which form."""

from django.db import models
from django.utils import translation

from lacare_site import languages
from lacare_site.casework.models import Case
from lacare_site.sealed_fields import SealedJSONField
from pages.copies import addresses

from .choices import Format


class CopyRequest(models.Model):
    """A request for a page by mail. All of it is sealed: the page and the form may tell of an illness, the rest says whose."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="copy_request")
    # The cleaned answers, as forms.py names them.
    values = SealedJSONField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.case_id)

    @property
    def wanted(self) -> str:
        return self.values["wanted"]

    @property
    def format(self) -> str:
        return str(Format(self.values["format"]).label)

    @property
    def language(self) -> str:
        """Its tag, or the name of one that the list does not have."""
        return self.values["other_language"] or self.values["language"]

    @property
    def language_name(self) -> str:
        """Its own name, where the site has it."""
        known = languages.BY_CODE.get(self.language.lower())
        return known.own_name if known else self.language

    @property
    def copies(self) -> list[tuple[str, str]]:
        """What of it the site has ready for a printer in that language, as (name, address)."""
        path, language = self.values["path"], self.language.lower()
        if not path or not addresses.has_copies(path) or language not in languages.BY_CODE:
            return []
        with translation.override(language):
            return [("large print", addresses.of("large_print", path)), ("plain text", addresses.of("plain_text", path))]
