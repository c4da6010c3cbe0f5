"""The steps of the application, and the documents that come with it."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from lacare_site.intake.steps import Data, Fields, Filled, Item, Rows, Step

from . import criteria
from .forms.attestations import Attestations
from .forms.business import Business, Hospital, ServiceArea
from .forms.clinicians import Clinicians
from .forms.delegation import Delegation, SubDelegate
from .forms.finances import Finances
from .forms.insurance import Policy
from .forms.organisation import Contact, Organisation, Signatory
from .forms.ownership import Owner, Ownership, contradiction

ROSTER = "roster"


def assessment(data: Data) -> dict:
    """What the finance step's template shows of the criteria: how the figures typed so far stand."""
    part = Filled(FINANCES, data).parts[0]
    figures = {name: value for name, value in part.forms[0].cleaned_data.items() if isinstance(value, (Decimal, bool))}
    return {"criteria": criteria.assess(figures), "source": criteria.SOURCES, "are_confirmed": criteria.ARE_CONFIRMED}


FINANCES = Step(
    "finances",
    _("Finances"),
    (Fields(Finances),),
    template="providers/application/finances.html",
    context=assessment,
)
STEPS = (
    Step(
        "organization",
        _("Organization"),
        (
            Fields(Organisation),
            Rows("contacts", Contact, _("Contact"), _("Whom we can ask, by function."), at_least=1, at_most=20),
            Fields(Signatory, _("Who signs for the group")),
        ),
    ),
    Step("business", _("Lines of business and risk"), (Fields(Business),)),
    Step(
        "service-area",
        _("Service area and hospitals"),
        (Fields(ServiceArea), Rows("hospitals", Hospital, _("Hospital"), at_least=1)),
    ),
    Step(
        "clinicians",
        _("Clinicians"),
        (Fields(Clinicians),),
        _("The roster itself, one row for each clinician, comes with the documents. There you find its template."),
    ),
    Step(
        "delegation",
        _("Delegated functions"),
        (Fields(Delegation), Rows("sub_delegates", SubDelegate, _("Sub-delegate"), _("Only if there are any."))),
    ),
    FINANCES,
    Step(
        "ownership",
        _("Ownership"),
        (
            Fields(Ownership),
            Rows(
                "owners",
                Owner,
                _("Owner"),
                needed=lambda cleaned: cleaned.get("has_large_owners") is True,
                contradiction=contradiction,
            ),
        ),
    ),
    Step("insurance", _("Insurance"), (Rows("policies", Policy, _("Insurance policy"), at_least=1, at_most=20),)),
    Step("attestations", _("Compliance"), (Fields(Attestations),), _("The group declares all of this.")),
)
ITEMS = (
    Item(
        ROSTER,
        _("Roster of clinicians"),
        _("As CSV or XLSX, made from our template."),
        is_single=True,
        links=((_("Template of the roster (XLSX)"), "roster_template"), (_("Check the roster"), "roster_check")),
    ),
    Item("financial-statements", _("Financial statements of the last year")),
    Item("w9", _("IRS form W-9")),
    Item("insurance", _("Certificates of insurance")),
    Item("organization-chart", _("Chart of the organization")),
    Item("disciplinary-standards", _("Disciplinary standards, as published")),
    Item("policies", _("Policies for the functions applied for"), is_required=False),
    Item("accreditation", _("Certificates of accreditation"), is_required=False),
)


def answers(values: dict) -> list[tuple[str, list[tuple[str, list[tuple[str, str]]]]]]:
    """(step, [(part, [(question, answer)])]) of what was sent, in words of the active language."""
    return [(step.title, list(_parts(step, values.get(step.key, {})))) for step in STEPS]


def _parts(step: Step, values: dict):
    for part in step.parts:
        if isinstance(part, Rows):
            for number, row in enumerate(values.get(part.key, []), start=1):
                yield f"{part.legend} {number}", _pairs(part.form, row)
        else:
            yield part.legend, _pairs(part.form, values)


def _pairs(form, values: dict) -> list[tuple[str, str]]:
    return [(field.label, _words(field, values.get(name))) for name, field in form.base_fields.items()]


def _words(field, value) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.IntegerField):  # and what is derived from it
        return f"{Decimal(value):,}"
    if isinstance(field, forms.DateField):
        return date_format(date.fromisoformat(str(value)))
    choices = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(each), str(each)) for each in values)
