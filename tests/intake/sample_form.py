"""A form of several steps that only the tests know, on top of the sample kind of case."""

from django import forms

from lacare_site.intake import drafts, registry
from lacare_site.intake.steps import Fields, Item, Rows, Step
from pages.views import shown_page
from tests.casework.sample.models import Inquiry


class Group(forms.Form):
    organisation = forms.CharField(label="Organization")
    services = forms.MultipleChoiceField(
        label="Services",
        choices=[("pc", "Primary care"), ("sp", "Specialists")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    has_owners = forms.ChoiceField(label="Owners?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)


class Owner(forms.Form):
    name = forms.CharField(label="Name")
    share = forms.DecimalField(label="Share", max_value=100)


class Size(forms.Form):
    members = forms.IntegerField(label="Members", min_value=0)


class Sign(forms.Form):
    signed_by = forms.CharField(label="Your full name")
    is_true = forms.BooleanField(label="All of this is true")


def store(case, values, signature):
    Inquiry.objects.create(case=case, organisation=values["group"]["organisation"], members=values["size"]["members"])


CLOSURES = [None]
FORM = drafts.DraftForm(
    steps=(
        Step(
            "group",
            "The group",
            (Fields(Group), Rows("owners", Owner, "Owner", needed=lambda cleaned: cleaned.get("has_owners") == "yes", at_most=3)),
        ),
        Step("size", "Its size", (Fields(Size),)),
    ),
    items=(Item("policy", "The policy"), Item("chart", "A chart", is_required=False)),
    sign=Sign,
    store=store,
    opening=lambda values: {},
    faults=lambda values, draft: ["Too many members."] if values["size"]["members"] > 1000 else [],
    closure=lambda: CLOSURES[0],
)
KIND = registry.FormKind(
    key="inquiry",
    name="Inquiry",
    path="/providers/inquiry",
    page_at=lambda path: shown_page("/providers") if path == "/providers/inquiry" else shown_page(path),
    thanks="We have your inquiry",
    next_steps=("We read it.",),
    stages={
        key: registry.PublicStage(f"Public {key}", "What that means.")
        for key in ("received", "review", "deficient", "committee", "approved", "declined", "withdrawn")
    },
    withdrawal="withdraw",
    answered="answer",
    draft=FORM,
)
GROUP = {"organisation": "Palm Medical Group", "services": ["pc", "sp"], "has_owners": "yes"}
OWNERS = {"owners-rows": "1", "owners-0-name": "Ana Peña", "owners-0-share": "60"}
