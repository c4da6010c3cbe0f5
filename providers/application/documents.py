"""The documents that an application comes with, each kept in its original format."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    key: str
    label: str
    is_required: bool = True


ITEMS = (
    Item("financial-statements", _("Financial statements of the last year")),
    Item("w9", _("IRS form W-9")),
    Item("insurance", _("Certificates of insurance")),
    Item("organization-chart", _("Chart of the organization")),
    Item("disciplinary-standards", _("Disciplinary standards, as published")),
    Item("policies", _("Policies for the functions applied for"), is_required=False),
    Item("accreditation", _("Certificates of accreditation"), is_required=False),
)
