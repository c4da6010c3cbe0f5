"""Do I qualify for Medi-Cal? The county decides; the answer says how to ask it, and what else may fit."""

from django.utils.translation import gettext_lazy as _

from .help_me_choose import BOTH_CARDS, COUNTY_DECIDES, HAS_MEDI_CAL, HOUSEHOLD
from .sources import source
from .tables import NO_PROMISE, Answer, Question, QuestionPath, Rule

YES_NO = (("yes", _("Yes")), ("no", _("No")))

COUNTY = Question("county", _("Do you live in Los Angeles County?"), YES_NO)
NOW = Question("now", _("Do you have Medi-Cal now?"), (*YES_NO, ("ended", _("I had it, but it ended"))))
MEDICARE = Question("medicare", _("Do you have Medicare?"), (*YES_NO, ("unsure", _("I am not sure"))))

ELSEWHERE = Answer(
    heading=_("Our Medi-Cal plan is for Los Angeles County"),
    text=(
        _("You may qualify for Medi-Cal where you live. The office that handles it there can tell you."),
        _("If you have Medi-Cal and move here, give your new address to the office that sends your Medi-Cal letters."),
    ),
    bring=(_("Your address, and the day of your move if you move here"), _("Any letters that you got about Medi-Cal")),
    lines=("coverage",),
    pages=("/health-plans/medi-cal/how-to-join", "/health-plans"),
    source=HAS_MEDI_CAL.source,
)
BOTH = Answer(
    heading=_("You may be able to join %(medicare_plus)s"),
    text=(
        _("You have Medi-Cal already. With both Medicare and Medi-Cal, this plan may fit you: ask us to find out."),
        _("You can ask about more than one plan, and you do not have to decide on the call."),
    ),
    bring=BOTH_CARDS,
    lines=("medicare-plus", "coverage"),
    pages=("/health-plans/medicare-plus", "/health-plans/medi-cal/how-to-join"),
    source=source("/health-plans/medicare-plus"),
)
HAS_IT = Answer(
    heading=_("You have Medi-Cal: you may be able to choose us as your plan"),
    text=(
        _("When you are asked which health plan you want, you can choose us."),
        _("Keep your coverage: complete your renewal by the due date printed on the form."),
    ),
    bring=HAS_MEDI_CAL.bring,
    lines=("coverage", "medi-cal"),
    pages=("/health-plans/medi-cal/how-to-join", "/health-plans/medi-cal/renewals"),
    source=source("/health-plans/medi-cal/how-to-join"),
)
ENDED = Answer(
    heading=_("Ask the county why it ended, and if you can get it back"),
    text=(
        _("Call right away, and ask what you can still do."),
        _("You may qualify again, or for something else: apply to find out."),
    ),
    bring=(_("The letter that says that it ends"), *HOUSEHOLD),
    lines=("dpss", "coverage"),
    pages=("/health-plans/medi-cal/renewals", "/help-me-choose"),
    source=source("/health-plans/medi-cal/renewals"),
)
APPLY = Answer(
    heading=_("You may qualify: apply to find out"),
    text=(COUNTY_DECIDES, _("If you get Medi-Cal, you can choose us as your health plan.")),
    bring=HOUSEHOLD,
    lines=("dpss", "coverage"),
    pages=("/health-plans/medi-cal/how-to-join", "/members/access-to-care", "/help-me-choose"),
    source=source("/health-plans/medi-cal"),
)
APPLY_WITH_MEDICARE = Answer(
    heading=APPLY.heading,
    text=(COUNTY_DECIDES, _("With both Medicare and Medi-Cal, you may be able to join %(medicare_plus)s.")),
    bring=(_("Your Medicare card"), *HOUSEHOLD),
    lines=("dpss", "medicare-plus"),
    pages=("/health-plans/medi-cal/how-to-join", "/health-plans/medicare-plus"),
    source=source("/health-plans/medicare-plus"),
)

PATH = QuestionPath(
    key="medi_cal",
    path="/health-plans/medi-cal/do-i-qualify",
    title=_("Three short questions"),
    questions=(COUNTY, NOW, MEDICARE),
    rules=(
        Rule({"county": ("no",)}, ELSEWHERE),
        Rule({"now": ("yes",), "medicare": ("yes",)}, BOTH),
        Rule({"now": ("yes",)}, HAS_IT),
        Rule({"now": ("ended",)}, ENDED),
        Rule({"medicare": ("yes",)}, APPLY_WITH_MEDICARE),
        Rule({}, APPLY),
    ),
    note=NO_PROMISE,
)
