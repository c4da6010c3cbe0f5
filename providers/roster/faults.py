"""What can be wrong in a roster, each with its remedy. The codes are kept with the application; the words are the reader's language's."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from lacare_site.intake import personal_numbers


class Code(StrEnum):
    EMPTY = "empty"
    FORMULA = "formula"
    TOO_LONG = "too_long"
    NPI = "npi"
    ZIP = "zip"
    TELEPHONE = "telephone"
    LANGUAGE = "language"
    ROLE = "role"
    YES_OR_NO = "yes_or_no"
    DUPLICATE = "duplicate"
    # What personal_numbers.found_in finds.
    SOCIAL_SECURITY = "social-security"
    MEMBER = "member"
    BIRTH_DATE = "birth-date"


REMEDIES = {
    Code.EMPTY: gettext_lazy("This cell is empty. Fill it in."),
    Code.FORMULA: gettext_lazy("This cell holds a formula. Put the value itself in its place."),
    Code.TOO_LONG: gettext_lazy("This text is too long. Shorten it to 200 characters."),
    Code.NPI: gettext_lazy(
        "This is not a valid NPI: its check digit is wrong, or it does not have ten digits. Compare it with the registry."
    ),
    Code.ZIP: gettext_lazy("This is not a ZIP code in Los Angeles County. Correct it, or take the row out."),
    Code.TELEPHONE: gettext_lazy("Write a telephone number with its area code, such as 213-555-0100."),
    Code.LANGUAGE: gettext_lazy(
        "This is not a list of language codes. Write codes such as en, es or hy, with commas between them."
    ),
    Code.ROLE: gettext_lazy("Write PCP or Specialist."),
    Code.YES_OR_NO: gettext_lazy("Write yes or no."),
    Code.DUPLICATE: gettext_lazy("This clinician stands at this address in an earlier row already. Take one of the rows out."),
} | {Code(kind): message for kind, message in personal_numbers.MESSAGES.items()}

PERSONAL = {Code.SOCIAL_SECURITY, Code.MEMBER, Code.BIRTH_DATE}


WRONG_KIND = gettext_noop("A roster is a CSV or XLSX file. Replace this file by one.")
NO_SPREADSHEET = gettext_noop("This file cannot be read as a spreadsheet. Save it again as XLSX.")
MORE_SHEETS = gettext_noop(
    "There are rows on more than one sheet: %(names)s. We read the first sheet alone. Move all clinicians there, take the other sheets out, "
    "and replace the file."
)
MORE_COLUMNS = gettext_noop(
    "This roster has more than 60 columns. Take out those that the template does not have, and replace the file."
)
BLOATED = gettext_noop("This spreadsheet holds far more than a roster. Copy the rows into our template, or save it as CSV.")


@dataclass(frozen=True)
class Fault:
    """Row 1 is the row of headings, as a spreadsheet counts. `column` is a key of columns.BY_KEY; `other_row` the row that this one repeats."""

    row: int
    column: str
    code: Code
    value: str = ""
    other_row: int | None = None

    @property
    def remedy(self) -> str:
        if self.other_row is None:
            return REMEDIES[self.code]
        return f"{REMEDIES[self.code]} {gettext('(Row %(row)s.)') % {'row': self.other_row}}"

    @property
    def label(self) -> str:
        """The column's name in the reader's language."""
        from .columns import BY_KEY

        return BY_KEY[self.column].label


class Unreadable(Exception):
    """The file as a whole cannot be checked; its text says why and what to do, in the reader's language. `reason` is that text in
    English, `names` what stands in it for the columns."""

    def __init__(self, reason: str, names: str = ""):
        super().__init__(reason, names)
        self.reason, self.names = reason, names

    def __str__(self):
        return gettext(self.reason) % {"names": self.names}
