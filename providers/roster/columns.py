"""The columns of a roster, one row for each clinician at each place of work. Their names are those of the template file."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from lacare_site.intake.fields import is_telephone
from providers import languages_spoken, service_area
from providers.code_lists import codes_of
from providers.npi import is_npi

from .faults import Code

ROLES = ("PCP", "Specialist")
ANSWERS = ("yes", "no")


def _npi(text: str) -> Code | None:
    return None if is_npi(text) else Code.NPI


def _zip(text: str) -> Code | None:
    return None if service_area.is_served(text) else Code.ZIP


def _license(text: str) -> Code | None:
    """Every licence has a number: words such as "none" or "pending" say that it is missing."""
    return None if any(map(str.isdigit, text)) else Code.EMPTY


def _telephone(text: str) -> Code | None:
    return None if is_telephone(text) else Code.TELEPHONE


def _languages(text: str) -> Code | None:
    codes = codes_of(text)
    return None if codes and all(map(languages_spoken.is_code, codes)) else Code.LANGUAGE


def _role(text: str) -> Code | None:
    return None if text.lower() in [role.lower() for role in ROLES] else Code.ROLE


def _answer(text: str) -> Code | None:
    return None if text.lower() in ANSWERS else Code.YES_OR_NO


@dataclass(frozen=True)
class Column:
    """`key` names it in code, `name` in the file, whose words are English. `check` gives the fault of a text, or None; `example` stands
    in the template. `names_nobody`: its numbers are no person's own. `takes_any`: what passes
    the check may still be a number of a person."""

    key: str
    name: str
    example: str
    is_required: bool = True
    check: Callable[[str], Code | None] | None = None
    names_nobody: bool = False
    takes_any: bool = False

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return gettext(self.name)


COLUMNS = (
    Column("last_name", _("Last name"), "Rivera"),
    Column("first_name", _("First name"), "Ana"),
    Column("npi", _("NPI"), "1234567893", check=_npi, names_nobody=True),
    Column("license_number", _("License number"), "A00000", check=_license, takes_any=True),
    Column("role", _("Role"), "PCP", check=_role),
    Column("specialty", _("Specialty"), "Family medicine"),
    Column("street", _("Street"), "1 Example Street"),
    Column("city", _("City"), "Los Angeles"),
    Column("zip", _("ZIP code"), "90017", check=_zip),
    Column("phone", _("Telephone"), "213-555-0100", is_required=False, check=_telephone, takes_any=True),
    Column("languages", _("Languages"), "en, es", check=_languages),
    Column("accepts_new_patients", _("Accepts new patients"), "yes", check=_answer),
    Column("wheelchair_accessible", _("Wheelchair accessible"), "yes", check=_answer),
)
BY_KEY = {column.key: column for column in COLUMNS}


def key_of(header: str) -> str | None:
    """The column that a heading in a file names, however it is spaced or capitalised; None for a column of the sender's own."""
    name = "".join(letter for letter in header.casefold() if letter.isalnum())
    return _BY_NAME.get(name)


_BY_NAME = {"".join(letter for letter in column.name.casefold() if letter.isalnum()): column.key for column in COLUMNS} | {
    "zip": "zip",
    "licence number".replace(" ", ""): "license_number",
    "phone": "phone",
}
