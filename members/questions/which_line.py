"""Which line do I call? By what somebody needs and the plan that they have."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from lacare_site.organisation import ORGANISATION

from .sources import source
from .tables import Answer, Question, QuestionPath, Rule

WHO = Question(
    "who",
    _("Which plan do you have?"),
    (
        *ORGANISATION.plans,
        ("unsure", _("I am a member, but I do not know which plan I have")),
        ("none", _("I am not a member")),
        ("provider", _("I work for a doctor, a clinic or a hospital")),
    ),
    _("Your member ID card names your plan."),
)
NEED = Question(
    "need",
    _("What do you need?"),
    (
        ("nurse", _("To talk with a nurse now")),
        ("mind", _("Help with stress, sadness, alcohol or drugs")),
        ("doctor", _("A doctor, a visit or a ride")),
        ("medicine", _("Help with a medicine")),
        ("card", _("An ID card, or to change my address")),
        ("bill", _("Help with a bill or a payment")),
        ("renew", _("To renew Medi-Cal")),
        ("language", _("An interpreter, or a letter in my language")),
        ("wrong", _("To complain, or to disagree with a decision")),
        ("join", _("To join a plan")),
        ("report", _("To report fraud or other wrongdoing")),
        ("other", _("Something else")),
    ),
)
ID_CARD = _("Your member ID card")
VISIT = _("The date, time and address of the visit, if you have one")
LETTER_OR_BILL = _("The letter or bill, if there is one")
EMERGENCY = _("If a life may be in danger, call 911 first.")
CRISIS = _(
    "If you might hurt yourself or somebody else, call 911. You can also call or text 988, the national Suicide and Crisis Lifeline, day or night."
)
# Each member plan's own line has the plan's key in the contacts registry; who does not know the plan may ask any of them.
LINES = {key: (key,) for key, _name in ORGANISATION.plans} | {"unsure": tuple(key for key, _name in ORGANISATION.plans)}
ALSO = {
    "medi-cal": _("If your card names one of our Plan Partners, call the number printed on the card."),
    "unsure": _("Your member ID card names your plan. No card? Call any of these lines and ask."),
}


def by_plan(when: Mapping[str, tuple[str, ...]], answer: Answer, plans: Iterable[str] = LINES) -> tuple[Rule, ...]:
    """The same answer for the members of each of these plans, who also have the line of their plan."""
    return tuple(
        Rule(
            {**when, "who": (who,)},
            replace(answer, lines=(*answer.lines, *LINES[who]), text=(*answer.text, *([ALSO[who]] if who in ALSO else []))),
        )
        for who in plans
    )


REPORT = Answer(
    heading=_("Call the Compliance Helpline"),
    text=(_("You do not have to give your name. You can also report it on this site."),),
    bring=(_("The dates and names, and what was said or done"), _("The letters and bills that show it, if there are any")),
    lines=("compliance-helpline",),
    pages=("/healthcare-fraud-prevention/reporting-fraud-waste-or-abuse", "/compliance/report"),
    source=source("/healthcare-fraud-prevention/reporting-fraud-waste-or-abuse"),
)
PROVIDER = Answer(
    heading=_("Call the line for providers"),
    text=(_("It answers doctors, clinics and hospitals, and those who work for them."),),
    bring=(_("The letter or claim that you ask about, if there is one"),),
    lines=("providers",),
    pages=("/providers", "/providers/faqs"),
    source=source("/about/contact-us"),
)
RENEW = Answer(
    heading=_("Call the county to renew Medi-Cal"),
    text=(
        _("The county renews Medi-Cal, not your health plan. You can also renew online: the page below leads there."),
        _("Complete the form by the due date printed on it, or you may lose your coverage."),
    ),
    bring=(_("The letter or form from the local Medi-Cal office, with its due date"),),
    lines=("dpss",),
    pages=("/health-plans/medi-cal/renewals",),
    source=source("/health-plans/medi-cal/renewals"),
)
JOIN = Answer(
    heading=_("Call us about joining a plan"),
    text=(_("You can ask about more than one plan, and you do not have to decide on the call."),),
    bring=(
        _("How many people live with you, and what they earn"),
        _("Any letters from Medi-Cal, Medicare or Covered California"),
    ),
    lines=("coverage",),
    pages=("/help-me-choose", "/health-plans"),
    source=source("/help-me-choose"),
)
NOT_A_MEMBER = replace(
    JOIN,
    heading=_("Call us about health coverage"),
    text=(_("The lines of the plans are for members. This line helps you if you are not a member yet."), EMERGENCY),
    source=source("/about/contact-us"),
)
# Who was a member, or calls for one: a parent, somebody who cares for them.
FOR_A_MEMBER = _("Do you call for a member, or were you one? Call the line of that plan.")


def of_no_member(answer: Answer, *text: str, heading: str = "") -> Answer:
    """The answer for whoever is no member, of all plans' lines and that for everybody else."""
    return replace(
        answer,
        heading=heading or answer.heading,
        text=(*text, FOR_A_MEMBER),
        lines=(*LINES["unsure"], *NOT_A_MEMBER.lines),
        bring=tuple(item for item in answer.bring if item != ID_CARD),
    )


MIND = Answer(
    heading=_("Call for mental health care"),
    text=(
        CRISIS,
        _(
            "Carelon Behavioral Health answers the first of these lines. Not sure if it is right for your plan? Ask the line of your plan."
        ),
    ),
    bring=(ID_CARD,),
    lines=("carelon",),
    pages=("/members/getting-care/behavioral-health",),
    source=source("/members/getting-care/behavioral-health"),
)
NURSE = Answer(
    heading=_("Call the line of your plan and ask for a nurse"),
    text=(EMERGENCY, _("Ask for the Nurse Advice Line: nurses answer 24 hours a day, 7 days a week.")),
    bring=(ID_CARD, _("The names of any medicines taken today"), _("The temperature, if there is a fever")),
    lines=(),
    pages=("/members/getting-care/nurse-advice-line", "/members/getting-care/urgent-care"),
    source=source("/members/getting-care/nurse-advice-line"),
)
DOCTOR = Answer(
    heading=_("Call the line of your plan"),
    text=(_("You can also look for a doctor yourself. For a ride, call well before your visit."),),
    bring=(ID_CARD, VISIT),
    lines=(),
    pages=("/members/member-tools/find-doctor-or-hospital", "/members/getting-care/appointments", "/members/transportation"),
    source=source("/members/transportation"),
)
MEDICINE = Answer(
    heading=_("Call the line of your plan"),
    text=(_("If the pharmacy says that a medicine is not covered, call us before you pay."),),
    bring=(ID_CARD, _("The names of the medicine and of the pharmacy")),
    lines=(),
    pages=("/members/getting-care/pharmacy-services",),
    source=source("/members/getting-care/pharmacy-services"),
)
CARD = Answer(
    heading=_("Call the line of your plan"),
    text=(
        _("If you moved, tell us your new address on the same call."),
        _("If you have Medi-Cal, tell the county too, so that your renewal letter gets to you."),
    ),
    bring=(_("Your name and date of birth"), _("Your member number, if you know it"), _("Your new address, if you moved")),
    lines=(),
    pages=("/members/id-card",),
    source=source("/members/id-card"),
)
PREMIUM = Answer(
    heading=_("Call the line of your plan"),
    text=(_("You can also pay in the member portal. If you cannot pay on time, call us before the due date on your bill."),),
    bring=(ID_CARD, _("The bill")),
    lines=(),
    pages=("/health-plans/la-care-covered/payments",),
    source=source("/health-plans/la-care-covered/payments"),
)
BILL = Answer(
    heading=_("Call the line of your plan"),
    text=(_("Your plan decides what you pay. If you do not understand a bill, call us before you pay it."),),
    bring=(ID_CARD, _("The bill")),
    lines=(),
    pages=("/members/about-your-plan", "/members/file-grievance"),
    source=source("/members/about-your-plan"),
)
LANGUAGE = Answer(
    heading=_("Call the line of your plan: an interpreter is free"),
    text=(
        _("When we answer, say the name of your language in English, and stay on the line."),
        _(
            "If a letter is hard to read, an interpreter goes over it with you. You can also ask for a translation or for large print."
        ),
    ),
    bring=(VISIT, _("The letter, if you ask about one")),
    lines=(),
    pages=("/members/interpretation-translation", "/members/language-help"),
    source=source("/members/interpretation-translation"),
)
WRONG = Answer(
    heading=_("Tell us what happened: by phone, or with our form"),
    text=(
        EMERGENCY,
        _("If waiting for an answer could seriously harm you, say that it is urgent."),
        _("You can also fill in the form on this site. You do not need to know whether it is a grievance or an appeal."),
    ),
    bring=(ID_CARD, _("What happened, where and when"), LETTER_OR_BILL),
    lines=(),
    pages=("/members/file-grievance/grievance-appeal-form", "/members/file-grievance"),
    source=source("/members/file-grievance"),
)
OTHER = Answer(
    heading=_("Call the line of your plan"),
    text=(_("Say what you need. Our representatives answer 24 hours a day, 7 days a week, including holidays."),),
    bring=(ID_CARD,),
    lines=(),
    pages=("/members", "/about/contact-us"),
    source=source("/about/contact-us"),
)

PATH = QuestionPath(
    key="which_line",
    path="/members/which-line",
    title=_("Two short questions"),
    questions=(WHO, NEED),
    rules=(
        Rule({"need": ("report",)}, REPORT),
        Rule({"who": ("provider",)}, PROVIDER),
        Rule({"need": ("renew",)}, RENEW),
        Rule({"need": ("join",)}, JOIN),
        Rule({"who": ("none",), "need": ("mind",)}, replace(NOT_A_MEMBER, text=(CRISIS, *NOT_A_MEMBER.text[:1]))),
        Rule({"who": ("none",), "need": ("wrong",)}, of_no_member(WRONG, *WRONG.text)),
        Rule(
            {"who": ("none",), "need": ("language",)},
            of_no_member(LANGUAGE, *LANGUAGE.text, heading=_("An interpreter is free.")),
        ),
        Rule({"who": ("none",), "need": ("bill",)}, of_no_member(BILL, *BILL.text, heading=_("Help with a bill or a payment"))),
        Rule({"who": ("none",)}, NOT_A_MEMBER),
        *by_plan({"need": ("nurse",)}, NURSE),
        *by_plan({"need": ("mind",)}, MIND),
        *by_plan({"need": ("doctor",)}, DOCTOR),
        *by_plan({"need": ("medicine",)}, MEDICINE),
        *by_plan({"need": ("card",)}, CARD),
        *by_plan({"need": ("bill",)}, PREMIUM, ["covered"]),
        *by_plan({"need": ("bill",)}, BILL, [who for who in LINES if who != "covered"]),
        *by_plan({"need": ("language",)}, LANGUAGE),
        *by_plan({"need": ("wrong",)}, WRONG),
        *by_plan({"need": ("other",)}, OTHER),
    ),
)
