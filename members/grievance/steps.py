"""The steps of the grievance form, and what may come with it."""

from django.utils.translation import gettext_lazy as _

from lacare_site.intake.steps import Fields, Item, Step

from .choices import PROOF, Filer
from .forms import Answer, Events, People, Urgency

STEPS = (
    Step("urgency", _("Your plan, and is it urgent?"), (Fields(Urgency),)),
    Step("people", _("Who is it about?"), (Fields(People),)),
    Step("events", _("What happened?"), (Fields(Events),)),
    Step("answer", _("How shall we answer?"), (Fields(Answer),)),
)
PAPERS = Item(
    "", _("Letters, bills or photos"), _("Such as the letter with our decision, a bill, or a photo of either."), is_required=False
)
ITEMS = (
    Item(
        PROOF,
        _("Proof that you may act for the member"),
        _(
            "Such as a letter or form that the member has signed, or a court paper. A clear photo is enough. You can send this without "
            "it: we then ask for the permission in writing."
        ),
        is_required=False,
        is_asked=lambda typed: typed.get("people", {}).get("filer") == Filer.REPRESENTATIVE,
    ),
)
