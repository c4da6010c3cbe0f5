"""Django forms as our templates show them. Any form will do; one with `groups` shows some of its fields together."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField


@dataclass(frozen=True)
class Group:
    """Fields that answer one question together, under a legend of their own."""

    legend: str
    fields: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True)
class Part:
    """One question of a form: a field, or a group of them."""

    fields: list[BoundField]
    group: Group | None = None

    @property
    def id(self) -> str:
        return f"{self.fields[0].auto_id}_group"


@dataclass(frozen=True)
class Fault:
    """A line of the list of errors at the top, which leads to its field."""

    message: str
    anchor: str = ""
    label: str = ""


def parts(form: forms.BaseForm) -> list[Part]:
    """The questions of a form in their order; a group stands where its first field does. Words run in their own direction, whatever
    that of the page is."""
    for field in form.visible_fields():
        if type(field.field.widget) in (forms.TextInput, forms.Textarea):
            field.field.widget.attrs.setdefault("dir", "auto")
    groups = {name: group for group in getattr(form, "groups", ()) for name in group.fields}
    shown: list[Part] = []
    for field in form.visible_fields():
        group = groups.get(field.name)
        if group is None:
            shown.append(Part([field]))
        elif group.fields[0] == field.name:
            shown.append(Part([form[name] for name in group.fields], group))
    return shown


def faults(*shown: forms.BaseForm) -> list[Fault]:
    """The errors of checked forms, in the order of their fields."""
    found = []
    for form in shown:
        found += [Fault(message) for message in form.non_field_errors()]
        for field in form.visible_fields():
            found += [Fault(message, anchor(field), field.label) for message in field.errors]
    return found


def anchor(field: BoundField) -> str:
    """The id of what takes the typing: of several boxes, the first."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


def unchecked(form: forms.BaseForm) -> forms.BaseForm:
    """The form with what was typed and without a word about it."""
    form._errors = forms.utils.ErrorDict()
    form.cleaned_data = {}
    return form
