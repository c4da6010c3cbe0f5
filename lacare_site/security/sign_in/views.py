"""The way in: password, code, and at the first time the app and the recovery codes. Before the code nobody is signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from django_otp.plugins.otp_static.models import StaticDevice
from wagtail.admin.views import account

from lacare_site.security import limits
from lacare_site.security.sign_in import second_step, sessions, waiting
from lacare_site.security.sign_in.forms import CodeForm, FirstCodeForm, PasswordForm, PasswordResetForm


class PasswordView(account.LoginView):
    template_name = "security/sign_in/password.html"

    def get_form_class(self):
        return PasswordForm

    def form_valid(self, form):
        user = form.get_user()
        waiting.begin(self.request, user, self.get_success_url())
        return redirect("sign_in_code" if second_step.is_set_up(user) else "sign_in_set_up")


class PasswordResetView(account.PasswordResetView):
    def get_form_class(self):
        return PasswordResetForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"address": limits.address_of(self.request)}


@method_decorator(sensitive_post_parameters(), name="dispatch")
class StepView(FormView):
    """A step of somebody who waits; whoever does not is sent back to the beginning."""

    def other_step(self) -> str:
        """The name of the step that comes in place of this one, if any."""
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        self.waiting = waiting.of(request)
        if not self.waiting:
            waiting.end(request)
            messages.info(request, "Please begin by signing in with your password.")
            return redirect("wagtailadmin_login")
        if other := self.other_step():
            return redirect(other)
        return super().dispatch(request, *args, **kwargs)

    def sign_in(self, device=None) -> None:
        user = self.waiting.user
        if device:
            user.otp_device = device  # django-otp notes it in the session
        waiting.end(self.request)
        login(self.request, user)


class CodeView(StepView):
    template_name = "security/sign_in/code.html"
    extra_context = {"title": "Your second step"}
    form_class = CodeForm

    def other_step(self) -> str:
        return "" if second_step.is_set_up(self.waiting.user) else "sign_in_set_up"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.waiting.user}

    def form_valid(self, form):
        self.sign_in(form.device)
        if isinstance(form.device, StaticDevice):
            left = second_step.recovery_codes_left(self.waiting.user)
            messages.warning(
                self.request, f"That recovery code is used up; you have {left} left. Your account page makes new ones."
            )
        return HttpResponseRedirect(self.waiting.next)


class SetUpView(StepView):
    template_name = "security/sign_in/set_up.html"
    extra_context = {"title": "Set up your second step"}
    form_class = FirstCodeForm

    def other_step(self) -> str:
        is_known = second_step.is_set_up(self.waiting.user) and not self.waiting.replaces
        return "sign_in_code" if is_known else ""

    def post(self, request, *args, **kwargs):
        if "skip" in request.POST and settings.SECOND_STEP_MAY_BE_SKIPPED:
            self.sign_in()
            sessions.skip_second_step(request)
            return HttpResponseRedirect(self.waiting.next)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        user = self.waiting.user
        device = second_step.set_up(user, self.waiting.key, form.cleaned_data["code"], self.waiting.replaces)
        if not device:
            form.add_error(
                "code", "This is not what the app should show now. Check that the telephone's clock is right, and try again."
            )
            return self.form_invalid(form)
        self.sign_in(device)
        return show_new_recovery_codes(self.request, user, self.waiting.next)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "qr_code": second_step.qr_code(self.waiting.user, self.waiting.key),
            "typed_key": second_step.typed_key(self.waiting.key),
            "may_be_skipped": settings.SECOND_STEP_MAY_BE_SKIPPED,
            "replaces": self.waiting.replaces,
        }


def show_new_recovery_codes(request, user, next_address: str):
    """Makes them, and shows them this once."""
    context = {"title": "Your recovery codes", "codes": second_step.new_recovery_codes(user), "next": next_address}
    return render(request, "security/sign_in/recovery_codes.html", context)
