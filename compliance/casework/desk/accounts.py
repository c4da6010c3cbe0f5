"""Whoever reports are, or were, encrypted to is made inactive, not deleted: what they did stands beside their name."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from compliance.models import RecipientKey, Recusal


def refuse_deletion(request: HttpRequest, user) -> HttpResponse | None:
    """For Wagtail's hook before an account is deleted."""
    return _refuse(request, [user])


def refuse_bulk_deletion(request: HttpRequest, action_type: str, objects, _action) -> HttpResponse | None:
    """For Wagtail's hook before something is done to many objects at once."""
    users = [each for each in objects if isinstance(each, get_user_model())]
    return _refuse(request, users) if action_type == "delete" and users else None


def _refuse(request: HttpRequest, users: list) -> HttpResponse | None:
    kept = {model.officer for rows in (RecipientKey, Recusal) for model in rows.objects.filter(officer__in=users)}
    if not kept:
        return None
    names = ", ".join(sorted(user.get_username() for user in kept))
    messages.error(request, f"Not deleted: {names} is, or was, a compliance officer. Take the tick from “Active” instead.")
    return redirect("wagtailusers_users:index")
