"""One row of a roster, its cells as fields with what is wrong at each."""

from collections.abc import Iterable, Mapping

from django import forms

from providers.roster.check import Row
from providers.roster.columns import COLUMNS
from providers.roster.faults import Fault

LATIN = ("npi", "license_number", "zip", "phone")  # run from left to right in every language


class RosterRow(forms.Form):
    """The fields are those columns that the roster has. Any text is taken, right or wrong: what is wrong with it, the check says."""

    use_required_attribute = False

    def __init__(self, columns: Iterable[str], typed: Mapping[str, str] | None = None):
        super().__init__(typed)
        for column in COLUMNS:
            if column.key in columns:
                field = self.fields[column.key] = forms.CharField(label=column.label, required=column.is_required)
                field.names_nobody = column.names_nobody
                field.validate = lambda value: None  # an empty cell is kept, too, and said to be empty
                field.widget.attrs |= {"autocomplete": "off", "dir": "ltr" if column.key in LATIN else "auto"}

    def show(self, faults: Iterable[Fault]) -> None:
        """Puts each fault at its field."""
        for fault in faults:
            self.add_error(fault.column, fault.remedy)


def of(row: Row) -> RosterRow:
    """The form of a row as it stands, with its faults."""
    form = RosterRow(row.values, row.values)
    form.full_clean()
    form.show(row.faults)
    return form
