"""A form of several steps, as data: which forms a step is made of, and which documents come with it.

What was typed is kept as it was typed, right or wrong: `{"fields": {name: value}, "rows": {key: [{name: value}]}}`. A value is a text, or
a list of texts where several can be chosen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lacare_site import typed_text

from . import personal_numbers, shown_forms

Data = dict


@dataclass(frozen=True)
class Fields:
    """A part of a step: one form. The names of fields are unique within the step."""

    form: type[forms.Form]
    legend: str = ""


@dataclass(frozen=True)
class Rows:
    """A part of a step: the same form as often as needed. `needed(cleaned)` says, from what the step's fields hold, whether there must
    be one at least; without it `at_least` holds always. `contradiction(cleaned, rows)` says what is wrong with all of them together, ""
    where nothing is."""

    key: str
    form: type[forms.Form]
    legend: str
    hint: str = ""
    at_least: int = 0
    at_most: int = 50
    needed: Callable[[dict], bool] | None = None
    contradiction: Callable[[dict, list[dict]], str] = lambda cleaned, rows: ""


@dataclass(frozen=True)
class Step:
    """`context` gives what the step's own template knows beyond the usual, from what was typed."""

    key: str
    title: str
    parts: tuple[Fields | Rows, ...]
    hint: str = ""
    template: str = "intake/step.html"
    context: Callable[[Data], Mapping] | None = None


@dataclass(frozen=True)
class Item:
    """A document that is asked for; of one that `is_single` there is one file, which the next replaces. `links` are further pages for
    it: (text, name of the address). `is_asked` says whether it is asked for, from what drafts.typed_in gives."""

    key: str
    label: str
    hint: str = ""
    is_required: bool = True
    is_single: bool = False
    links: tuple[tuple[str, str], ...] = ()
    is_asked: Callable[[dict[str, dict]], bool] = lambda typed: True


# What nobody asked for may come along with any form.
OTHER = Item("", gettext_lazy("Other files"), gettext_lazy("Anything else that we should know."), is_required=False)


@dataclass
class FilledPart:
    part: Fields | Rows
    forms: list[forms.Form]
    fault: str = ""  # of the rows as a whole

    @property
    def is_rows(self) -> bool:
        return isinstance(self.part, Rows)

    @property
    def count_name(self) -> str:
        return f"{self.part.key}-rows"


class Filled:
    """A step with what was typed. Nothing is checked until somebody asks for `faults` or `is_complete`."""

    def __init__(self, step: Step, data: Data | None):
        self.step = step
        self.data = data or _proposed(step)
        self.was_begun = data is not None

    @cached_property
    def parts(self) -> list[FilledPart]:
        """The checked forms."""
        filled = []
        for part in self.step.parts:
            if isinstance(part, Fields):
                filled.append(FilledPart(part, [part.form(self.data["fields"])]))
            else:
                rows = self.data["rows"].get(part.key, [])
                bound = [part.form(_prefixed(row, part, number), prefix=_prefix(part, number)) for number, row in enumerate(rows)]
                filled.append(FilledPart(part, bound))
        for shown in filled:
            for form in shown.forms:
                form.full_clean()
                personal_numbers.refuse_in(form)
        cleaned = {name: value for shown in filled if not shown.is_rows for name, value in shown.forms[0].cleaned_data.items()}
        for shown in filled:
            if shown.is_rows:
                shown.fault = _fault_of_rows(shown, cleaned)
        return filled

    @property
    def shown_parts(self) -> list[FilledPart]:
        """The checked forms; where there are no rows, an empty one to be filled in."""
        return [FilledPart(filled.part, filled.forms or [_blank(filled.part)], filled.fault) for filled in self.parts]

    @cached_property
    def unchecked_parts(self) -> list[FilledPart]:
        """The same with no word about what was typed."""
        shown = Filled(self.step, self.data).shown_parts
        for filled in shown:
            filled.fault = ""
            filled.forms = [shown_forms.unchecked(form) if form.is_bound else form for form in filled.forms]
        return shown

    @cached_property
    def faults(self) -> list[shown_forms.Fault]:
        found = []
        for shown in self.parts:
            found += shown_forms.faults(*shown.forms)
            if shown.fault:
                found.append(shown_forms.Fault(shown.fault, f"rows-{shown.part.key}"))
        return found

    @property
    def is_complete(self) -> bool:
        return self.was_begun and not self.faults

    @cached_property
    def cleaned(self) -> dict:
        """What a complete step says: the fields' values, and a list of dictionaries for each kind of rows."""
        values = {}
        for shown in self.parts:
            if shown.is_rows:
                values[shown.part.key] = [form.cleaned_data for form in shown.forms]
            else:
                values |= shown.forms[0].cleaned_data
        return values

    def to_keep(self, stored: Data | None = None) -> Data:
        """What may be stored: where something looks like a number of a person, what `stored` holds there instead."""
        fields, rows = dict(self.data["fields"]), {key: [dict(row) for row in kept] for key, kept in self.data["rows"].items()}
        for shown in self.parts:
            for number, form in enumerate(shown.forms):
                for name in form.errors:
                    if form.has_error(name, personal_numbers.CODE):
                        (rows[shown.part.key][number] if shown.is_rows else fields)[name] = self._earlier(
                            stored, shown, number, name
                        )
        return {"fields": fields, "rows": rows}

    def _earlier(self, stored: Data | None, shown: FilledPart, number: int, name: str):
        """What was stored of a field, "" where nothing was, or where rows were taken out since and may be other ones by now."""
        if stored is None or not shown.is_rows:
            return stored["fields"].get(name, "") if stored else ""
        rows = stored["rows"].get(shown.part.key, [])
        return rows[number].get(name, "") if number < len(rows) <= len(shown.forms) else ""

    def answers(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(legend, [(label, what was typed in words)]) of each part or row, for reading."""
        shown = []
        for filled in self.parts:
            for number, form in enumerate(filled.forms, 1):
                legend = f"{filled.part.legend} {number}" if filled.is_rows else filled.part.legend
                shown.append((legend, [(field.label, in_words(field)) for field in form.visible_fields()]))
        return shown


def _proposed(step: Step) -> Data:
    """What a step shows that nobody has begun: each field as its form proposes it."""
    fields = [field for part in step.parts if isinstance(part, Fields) for field in part.form()]
    return {"fields": {field.name: field.initial for field in fields if field.initial is not None}, "rows": {}}


def typed(step: Step, post: QueryDict, dropped: str = "") -> Data:
    """What a POST of the step's page has typed. Rows that are empty from end to end are left out, and the row `dropped`, such as
    "owners-1", as the page counts them."""
    data: Data = {"fields": {}, "rows": {}}
    for part in step.parts:
        if isinstance(part, Fields):
            data["fields"] |= _values(part.form(), post)
        else:
            count = min(typed_text.number(post.get(f"{part.key}-rows", "")), part.at_most)
            shown = [prefix for number in range(count) if (prefix := _prefix(part, number)) != dropped]
            rows = [_values(part.form(prefix=prefix), post) for prefix in shown]
            data["rows"][part.key] = [row for row in rows if not _is_blank(row, part)]
    return data


def with_row_added(step: Step, data: Data, key: str) -> Data:
    """With one more empty row of that key, unless there are as many as there may be."""
    part = next((part for part in step.parts if isinstance(part, Rows) and part.key == key), None)
    if part is None or len(data["rows"][key]) >= part.at_most:
        return data
    return data | {"rows": data["rows"] | {key: [*data["rows"][key], {}]}}


def differences(step: Step, mine: Data, theirs: Data) -> list[tuple[str, str, str]]:
    """(label, mine, theirs) of everything that two versions of a step say differently."""
    rows: dict[str, list[str]] = {}
    for place, version in enumerate((mine, theirs)):
        for legend, answers in Filled(step, version).answers():
            for label, words in answers:
                rows.setdefault(f"{legend}: {label}" if legend else str(label), ["", ""])[place] = words
    return [(label, *words) for label, words in rows.items() if words[0] != words[1]]


def in_words(field: forms.boundfield.BoundField) -> str:
    """What was typed or chosen, as a person reads it."""
    values = field.data if isinstance(field.data, list) else [field.data]
    choices = {str(value): str(label) for value, label in getattr(field.field, "choices", [])}
    if isinstance(field.field, forms.BooleanField):
        return _("Yes") if field.data else _("No")
    return ", ".join(choices.get(str(value), str(value)) for value in values if value not in (None, ""))


def _fault_of_rows(shown: FilledPart, cleaned: dict) -> str:
    part, least = shown.part, shown.part.at_least
    if part.needed:
        least = max(1, least) if part.needed(cleaned) else 0
    if len(shown.forms) >= least:
        return part.contradiction(cleaned, [form.cleaned_data for form in shown.forms])
    text = _("“%(what)s”: please fill in at least %(count)s.")
    return text % {"what": part.legend, "count": least}


def _values(form: forms.Form, post: QueryDict) -> dict:
    values = {}
    for name, field in form.fields.items():
        sent = form.add_prefix(name)
        is_several = isinstance(field, forms.MultipleChoiceField)
        typed_in = [typed_text.if_seen(typed_text.without_controls(value)) for value in post.getlist(sent)]
        values[name] = typed_in if is_several else (typed_in or [""])[-1]
    return values


def _is_blank(row: dict, part: Rows) -> bool:
    """Whether nothing was typed. What a list shows before anybody has chosen counts for nothing."""
    fields = part.form.base_fields
    typed_in = [value for name, value in row.items() if not isinstance(fields[name], forms.ChoiceField)] or row.values()
    return not any(value.strip() if isinstance(value, str) else value for value in typed_in)


def _blank(part: Rows) -> forms.Form:
    return part.form(prefix=_prefix(part, 0))


def _prefix(part: Rows, number: int) -> str:
    return f"{part.key}-{number}"


def _prefixed(row: dict, part: Rows, number: int) -> dict:
    return {f"{_prefix(part, number)}-{name}": value for name, value in row.items()}
