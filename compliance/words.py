"""The questions of a report and their answers, in words: for the form, and for all who read the report later."""

from django.utils.translation import gettext_lazy as _

from .models import Report

CATEGORIES = {
    Report.Category.FRAUD: _("Fraud, waste or abuse"),
    Report.Category.PRIVACY: _("Privacy or security of health information"),
    Report.Category.CONFLICT: _("Conflict of interest or bribery"),
    Report.Category.HARM: _("Harm to members, or unequal treatment"),
    Report.Category.RETALIATION: _("Retaliation against somebody who reported"),
    Report.Category.OTHER: _("Other misconduct"),
}
STAGES = {
    Report.Stage.RECEIVED: _("Received"),
    Report.Stage.INQUIRY: _("Inquiry under way"),
    Report.Stage.CLOSED: _("Closed"),
}
QUESTIONS = {
    "what": _("What happened?"),
    "who": _("Who was involved?"),
    "where": _("Where did it happen?"),
    "when": _("When did it happen?"),
    "known_how": _("How do you know?"),
    "still_going_on": _("Is it still going on?"),
    "relation": _("How are you connected with the plan?"),
}
CHOICES = {
    "still_going_on": {"yes": _("Yes"), "no": _("No"), "unknown": _("I do not know")},
    "relation": {
        "member": _("A member"),
        "employee": _("An employee"),
        "provider": _("A provider, or somebody who works for one"),
        "vendor": _("A vendor or contractor"),
        "other": _("Something else"),
    },
}
CATEGORY = _("What kind of misconduct is it?")
NAMED = _("Do you want to give your name?")
NAME, CONTACT = _("Your name"), _("How can we reach you?")
ANONYMOUS = _("No, I stay anonymous")
NOTHING = "–"


def facts(category: str, values: dict) -> list[tuple[str, str]]:
    """A report's values, as an entry of the kind "report" holds them, as (question, answer)."""
    lines = [(CATEGORY, CATEGORIES[category])]
    for name, question in QUESTIONS.items():
        value = values[name]
        lines.append((question, CHOICES.get(name, {}).get(value, value) or NOTHING))
    named = values["named"]
    return lines + ([(NAME, named["name"]), (CONTACT, named["contact"])] if named else [(NAMED, ANONYMOUS)])
