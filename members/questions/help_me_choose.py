"""Help me choose: which of the plans may fit, and where to find out for certain. Nobody is told that they qualify, and nothing about a plan
waits for these answers: a Medicare plan's site asks for no more than ZIP, county and state before it shows one (42 CFR 422.2265)."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .sources import source
from .tables import NO_PROMISE, Answer, Question, QuestionPath, Rule

CARDS = Question(
    "cards",
    _("Which of these do you have now?"),
    (
        ("both", _("Both Medicare and Medi-Cal")),
        ("medicare", _("Medicare, but not Medi-Cal")),
        ("medi-cal", _("Medi-Cal, but not Medicare")),
        ("neither", _("Neither of the two")),
        ("unsure", _("I am not sure")),
    ),
)
WORK = Question("work", _("Are you paid to care for somebody in their home?"), (("yes", _("Yes")), ("no", _("No"))))
INCOME = Question(
    "income",
    _("Is the income of your household low?"),
    (("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))),
    _("Medi-Cal looks at your household and its income. The limits change over time, and the county knows them."),
)
# What the county asks about, who decides on Medi-Cal.
HOUSEHOLD = (
    _("Who lives with you, and how old each person is"),
    _("What your household earns in a month"),
    _("Any other health coverage that somebody in your home has"),
    _("Any letters that you got about Medi-Cal"),
)
# What the line of the PASC-SEIU Plan asks about.
JOB = (
    _("Who you work for or care for"),
    _("How many hours you work in a month, and since when"),
    _("Any other health coverage that you have"),
)
BOTH_CARDS = (_("Your Medicare card and your Medi-Cal card"), _("A list of your doctors and medicines"))
COUNTY_DECIDES = _("The county decides who gets Medi-Cal, and it costs nothing to ask. You may qualify: apply to find out.")


# Who does not know is led to no plan: a card of Medicare or of Medi-Cal would change the answer.
UNSURE = Answer(
    heading=_("Find out first which coverage you have"),
    text=(
        _(
            "What you have now matters for which plan may fit. Look at your cards and letters: do they say Medicare, Medi-Cal or both?"
        ),
        COUNTY_DECIDES,
        _("You can ask about more than one plan, and you do not have to decide on the call."),
    ),
    bring=(_("Any letters from Medi-Cal, Medicare or Covered California"), *HOUSEHOLD[:3]),
    lines=("coverage", "dpss"),
    pages=("/health-plans", "/health-plans/medi-cal/do-i-qualify"),
    source=source("/help-me-choose"),
)
MEDICARE_PLUS = Answer(
    heading=_("%(medicare_plus)s may fit you"),
    text=(_("This plan is for people who have both Medicare and Medi-Cal, and brings the two together."),),
    bring=BOTH_CARDS,
    lines=("medicare-plus",),
    pages=("/health-plans/medicare-plus", "/health-plans/medicare-plus/benefits-and-assistance"),
    source=source("/health-plans/medicare-plus"),
)
PASC_SEIU = Answer(
    heading=_("Ask about the %(pasc_seiu)s"),
    text=(
        _("You are paid to care for somebody at home, so ask us whether you can join this plan. It is not open to everyone."),
        _("If you cannot join it, another of our plans may fit."),
    ),
    bring=JOB,
    lines=("pasc-seiu", "coverage"),
    pages=("/health-plans/pasc-seiu/do-i-qualify", "/health-plans"),
    source=source("/health-plans/pasc-seiu"),
)
HAS_MEDI_CAL = Answer(
    heading=_("Our Medi-Cal plan may fit you"),
    text=(
        _(
            "It is for people with Medi-Cal who live in Los Angeles County. When you are asked which health plan you want, you can choose us."
        ),
    ),
    bring=(
        _("Any letter about the choice of a health plan, and the date printed on it"),
        _("The names of doctors whom you want to keep"),
    ),
    lines=("coverage", "medi-cal"),
    pages=("/health-plans/medi-cal/how-to-join", "/health-plans/medi-cal"),
    source=source("/health-plans/medi-cal"),
)
HAS_MEDICARE = Answer(
    heading=_("Ask whether you can get Medi-Cal, too"),
    text=(_("%(medicare_plus)s is for people who have both Medicare and Medi-Cal."), COUNTY_DECIDES),
    bring=(_("Your Medicare card"), *HOUSEHOLD),
    lines=("dpss", "medicare-plus"),
    pages=("/health-plans/medi-cal/do-i-qualify", "/health-plans/medicare-plus"),
    source=source("/health-plans/medicare-plus"),
)
MEDI_CAL = Answer(
    heading=_("Medi-Cal may fit you"),
    text=(_("Medi-Cal is public health coverage."), COUNTY_DECIDES),
    bring=HOUSEHOLD,
    lines=("dpss", "coverage"),
    pages=("/health-plans/medi-cal/do-i-qualify", "/health-plans/medi-cal/how-to-join"),
    source=source("/health-plans/medi-cal/do-i-qualify"),
)
COVERED = Answer(
    heading=_("%(covered)s may fit you"),
    text=(
        _(
            "It is our plan on Covered California, the state’s marketplace, for people who buy coverage for themselves or their family."
        ),
        _("Covered California decides, and tells you if you can get help paying. Apply to find out: it could also be Medi-Cal."),
        _(
            "Most people enroll at a set time each year. A change in your life, such as losing other coverage, may let you enroll at another time, so ask soon."
        ),
    ),
    bring=(
        _("The names and birth dates of everyone who needs coverage"),
        _("What your household expects to earn this year"),
        _("The doctors and medicines that you want to keep"),
    ),
    lines=("coverage",),
    pages=("/health-plans/la-care-covered/how-to-enroll", "/health-plans/la-care-covered", "/calculator"),
    source=source("/health-plans/la-care-covered"),
)

PATH = QuestionPath(
    key="help_me_choose",
    path="/help-me-choose",
    title=_("Three short questions"),
    questions=(CARDS, WORK, INCOME),
    rules=(
        Rule({"cards": ("both",)}, MEDICARE_PLUS),
        Rule({"cards": ("unsure",), "work": ("yes",)}, replace(UNSURE, lines=(*UNSURE.lines, *PASC_SEIU.lines[:1]))),
        Rule({"cards": ("unsure",)}, UNSURE),
        Rule({"work": ("yes",)}, PASC_SEIU),
        Rule({"cards": ("medi-cal",)}, HAS_MEDI_CAL),
        Rule({"cards": ("medicare",)}, HAS_MEDICARE),
        Rule({"income": ("yes", "unsure")}, MEDI_CAL),
        Rule({}, COVERED),
    ),
    note=NO_PROMISE,
)
