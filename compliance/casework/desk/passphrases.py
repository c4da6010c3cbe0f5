"""The pages that ask for a passphrase: to unlock, to enrol, to change it, after a loss, for a fresh key."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from compliance.casework import keyring, unlocking
from compliance.casework.desk import forms
from compliance.casework.desk.access import OfficerView, place_after
from compliance.casework.officers import Refused, is_officer

KEPT = ("action", "text", "outcome", "corrective_action", "to", "seen")


class PassphraseView(OfficerView):
    """A form with passphrases. `done` does what the page is for, and answers; it raises Refused."""

    template_name = "compliance/casework/passphrase.html"
    form_class = forms.PassphraseForm
    explanation = button = ""

    def get(self, request, *args, **kwargs):
        self.form = self.make_form()
        return super().get(request, *args, **kwargs)

    @method_decorator(sensitive_variables())
    def post(self, request, *args, **kwargs):
        self.form = self.make_form(request.POST)
        if self.form.is_valid():
            try:
                return self.done(self.form.cleaned_data)
            except Refused as refusal:
                self.form.add_error("passphrase" if "passphrase" in self.form.fields else None, str(refusal))
        return self.render_to_response(self.get_context_data(), status=400)

    def make_form(self, data=None):
        is_new = issubclass(self.form_class, forms.NewPassphraseForm)
        return self.form_class(data, **({"user": self.request.user} if is_new else {}))

    def done(self, typed: dict) -> HttpResponse:
        raise NotImplementedError

    @method_decorator(sensitive_variables())
    def unlock(self, passphrase: str, then: HttpResponse) -> HttpResponse:
        unlocking.give_cookie(then, unlocking.unlock(self.request.user, passphrase))
        return then

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "explanation": self.explanation,
            "button": self.button,
        }


class UnlockView(PassphraseView):
    page_title = "Unlock your key"
    explanation = "Reports are encrypted. Your passphrase opens them in this browser until you lock them, sign out, or do nothing for 15 minutes."
    button = "Unlock"

    def dispatch(self, request, *args, **kwargs):
        if is_officer(request.user) and keyring.of(request.user) is None:
            return redirect("compliance_enrol")
        return super().dispatch(request, *args, **kwargs)

    @method_decorator(sensitive_variables())
    def done(self, typed):
        kept, place = kept_fields(self.request), place_after(self.request)
        if kept:
            # What was written while the key locked: shown once more before it is sent.
            context = self.get_context_data() | {"kept": kept, "place": place, "title": "What you wrote"}
            return self.unlock(typed["passphrase"], render(self.request, "compliance/casework/kept.html", context))
        return self.unlock(typed["passphrase"], redirect(place))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"next": place_after(self.request), "kept": kept_fields(self.request)}


class EnrolView(PassphraseView):
    page_title = "Your key to reports"
    form_class = forms.NewPassphraseForm
    explanation = (
        "Choose a passphrase for your own key. Reports are encrypted to it as soon as another officer has compared its fingerprint with you "
        "on the telephone; the very first officer needs nobody. Nobody can give a lost passphrase back to you: not the administrators either."
    )
    button = "Make my key"

    def dispatch(self, request, *args, **kwargs):
        if is_officer(request.user) and keyring.of(request.user):
            return redirect("compliance_keys")
        return super().dispatch(request, *args, **kwargs)

    @method_decorator(sensitive_variables())
    def done(self, typed):
        keyring.enrol(self.request.user, typed["new"])
        messages.success(self.request, "Your key is made, and unlocked.")
        return self.unlock(typed["new"], redirect("compliance_keys"))


class OwnKeyView(PassphraseView):
    """Something done with the key that the officer has."""

    def dispatch(self, request, *args, **kwargs):
        if is_officer(request.user) and keyring.of(request.user) is None:
            return redirect("compliance_enrol")
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self):
        return [*super().crumbs(), (reverse("compliance_keys"), "Keys")]


class ChangeView(OwnKeyView):
    page_title = "Change your passphrase"
    form_class = forms.ChangePassphraseForm
    explanation = "The key stays the same; only what opens it changes."
    button = "Change the passphrase"

    @method_decorator(sensitive_variables())
    def done(self, typed):
        key, private = unlocking.private_key(self.request.user, typed["passphrase"])
        keyring.change_passphrase(key, private, typed["new"])
        messages.success(self.request, "Your passphrase is changed.")
        return redirect("compliance_keys")


class RotateView(OwnKeyView):
    page_title = "Make a fresh key"
    explanation = (
        "A fresh key takes the place of your present one and opens the same reports, with the same passphrase. Do this when somebody may "
        "have had a copy of the old one: change the passphrase first."
    )
    button = "Make a fresh key"

    @method_decorator(sensitive_variables())
    def done(self, typed):
        key, private = unlocking.private_key(self.request.user, typed["passphrase"])
        keyring.rotate(key, private, typed["passphrase"])
        messages.success(self.request, "Your fresh key is in use.")
        return self.unlock(typed["passphrase"], redirect("compliance_keys"))


class LostView(OwnKeyView):
    page_title = "Lost passphrase"
    form_class = forms.LostPassphraseForm
    explanation = (
        "Your present key is given up for good, and a fresh one made. You then read nothing until another officer has compared its "
        "fingerprint with you on the telephone and shared the reports. What no other officer and no recovery key can open is lost."
    )
    button = "Give up the old key and make a fresh one"

    @method_decorator(sensitive_variables())
    def done(self, typed):
        keyring.replace_lost(self.request.user, typed["new"])
        messages.success(self.request, "Your fresh key is in use. Ask another officer to share the reports with you.")
        return self.unlock(typed["new"], redirect("compliance_keys"))


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What an officer wrote in a form that came when the key was locked already."""
    return [(name, request.POST[name]) for name in KEPT if request.POST.get(name)]


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    unlocking.lock(request.user)
    response = redirect("compliance_desk")
    unlocking.take_cookie(response)
    return response


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """For the script of the page: whoever types is there."""
    return HttpResponse(status=204 if unlocking.of(request) else 409)
