"""Do I qualify for the PASC-SEIU Plan? Who exactly may join is still to be confirmed, so every answer leads to the plan's own line."""

from django.utils.translation import gettext_lazy as _

from .help_me_choose import JOB
from .sources import source
from .tables import NO_PROMISE, Answer, Question, QuestionPath, Rule

WORK = Question(
    "work",
    _("Are you paid to care for somebody in their home?"),
    (
        ("yes", _("Yes")),
        ("ending", _("Yes, but my hours were cut, or the job ends")),
        ("family", _("No, but somebody in my family is")),
        ("no", _("No")),
    ),
)

CALL = Answer(
    heading=_("You may be able to join: call to find out"),
    text=(_("The rules can change, so we check with you by phone. If you ask, you do not have to join."),),
    bring=JOB,
    lines=("pasc-seiu",),
    pages=("/health-plans/pasc-seiu/how-to-join", "/health-plans/pasc-seiu"),
    source=source("/health-plans/pasc-seiu/do-i-qualify"),
)
CONTINUATION = Answer(
    heading=_("Call before your coverage ends"),
    text=(
        _(
            "You may be able to keep your coverage in this plan for a while. Who can, for how long and at what price depends on your case."
        ),
    ),
    bring=(_("The day on which your job or your hours changed"), *JOB),
    lines=("pasc-seiu", "coverage"),
    pages=("/health-plans/pasc-seiu/continuation-coverage", "/help-me-choose"),
    source=source("/health-plans/pasc-seiu/continuation-coverage"),
)
FAMILY = Answer(
    heading=_("Call and ask about each person"),
    text=(_("Whether a husband, wife or child can join, we tell you by phone."),),
    bring=JOB,
    lines=("pasc-seiu", "coverage"),
    pages=("/health-plans/pasc-seiu/how-to-join", "/help-me-choose"),
    source=source("/health-plans/pasc-seiu/do-i-qualify"),
)
ANOTHER = Answer(
    heading=_("Another of our plans may fit you better"),
    text=(_("This plan is not open to everyone. Not sure? Call us at any hour and we check with you."),),
    bring=(_("Any other health coverage that you have"), _("How many people live with you, and what they earn")),
    lines=("coverage", "pasc-seiu"),
    pages=("/help-me-choose", "/health-plans"),
    source=source("/health-plans/pasc-seiu/do-i-qualify"),
)

PATH = QuestionPath(
    key="pasc_seiu",
    path="/health-plans/pasc-seiu/do-i-qualify",
    title=_("One short question"),
    questions=(WORK,),
    rules=(
        Rule({"work": ("yes",)}, CALL),
        Rule({"work": ("ending",)}, CONTINUATION),
        Rule({"work": ("family",)}, FAMILY),
        Rule({"work": ("no",)}, ANOTHER),
    ),
    note=NO_PROMISE,
)
