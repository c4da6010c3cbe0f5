"""What the group declares of its compliance. The wording's version is kept with each application."""

from django import forms
from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"
AGREE = {"required": _("The group must be able to declare this. If it cannot, call us before you send the application.")}


def statement(text) -> forms.BooleanField:
    return forms.BooleanField(label=text, error_messages=AGREE)


class Attestations(forms.Form):
    code_of_conduct = statement(_("The group has a code of conduct, gives it to everybody who works for it, and keeps proof."))
    exclusion_checks = statement(
        _(
            "Before hiring or contracting, and every month after, the group checks everybody against the federal and state lists of those "
            "who are excluded from Medicare and Medi-Cal."
        )
    )
    non_retaliation = statement(_("Nobody who reports a concern in good faith suffers for it."))
    disciplinary_standards = statement(_("The group has disciplinary standards, publishes them and enforces them."))
    reporting = statement(
        _("The group reports suspected noncompliant, unethical or illegal behavior to the plan at once, and helps to resolve it.")
    )
    monitoring = statement(
        _("The group cooperates with the plan’s monitoring and with audits by the state and the federal government.")
    )
    training = statement(_("Everybody is trained in compliance and in fraud, waste and abuse when they start, and each year."))


class Signature(forms.Form):
    """The last step: who sends it, and that it is true."""

    is_true = forms.BooleanField(label=_("What this application says is true and complete, as far as I know."))
    may_sign = forms.BooleanField(label=_("I may sign for the group."))
    signature = forms.CharField(label=_("Your full name"), help_text=_("Written here, it is your signature."), max_length=160)
