"""The second step in the admin: everyone's own, and the help of an administrator for somebody who has lost theirs."""

import uuid

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.utils import get_user_display_name

from lacare_site.outbox import services as outbox
from lacare_site.security.sign_in import second_step, waiting
from lacare_site.security.sign_in.forms import CodeForm
from lacare_site.security.sign_in.views import show_new_recovery_codes


@sensitive_post_parameters()
def own(request):
    """New recovery codes, or another app, for whoever gives a code once more."""
    if not second_step.is_set_up(request.user):
        # Signed in without, where the settings allow it.
        waiting.begin(request, request.user, reverse("wagtailadmin_account"))
        return redirect("sign_in_set_up")
    form = CodeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        address = reverse("wagtailadmin_account")
        if "move" in request.POST:
            waiting.begin(request, request.user, address, replaces=True)
            return redirect("sign_in_set_up")
        return show_new_recovery_codes(request, request.user, address)
    context = {"form": form, "left": second_step.recovery_codes_left(request.user)}
    return render(request, "security/sign_in/account.html", context)


def may_reset(administrator, user) -> bool:
    """Whether this administrator may take the second step of `user` away. Nobody their own: that is what `own` is for."""
    if administrator.pk == user.pk or not administrator.has_perm("auth.change_user"):
        return False
    return administrator.is_superuser or not user.is_superuser


@sensitive_post_parameters()
def reset(request, pk: int):
    user = get_object_or_404(get_user_model(), pk=pk)
    if not may_reset(request.user, user):
        raise PermissionDenied
    name = get_user_display_name(user)
    needs_code = second_step.is_set_up(request.user)
    form = CodeForm(request.POST or None, user=request.user)
    if request.method == "POST" and (not needs_code or form.is_valid()):
        with transaction.atomic():
            second_step.reset(user, by=request.user)
            if user.email:
                context = {"username": user.get_username()}
                outbox.write("second_step_reset", user.email, context, "en", f"second step reset {uuid.uuid4()}")
        messages.success(request, f"{name} sets up a new second step at the next sign-in, and is signed out everywhere.")
        return redirect("wagtailusers_users:edit", user.pk)
    return render(
        request, "security/sign_in/reset.html", {"form": form, "name": name, "user_id": user.pk, "needs_code": needs_code}
    )
