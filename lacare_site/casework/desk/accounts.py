"""Accounts as desks see them: by name; and whoever has acted on a case that is kept stays, and is made inactive instead."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from lacare_site.casework.models import CaseEvent


def name_of(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def refuse_deletion(request: HttpRequest, user) -> HttpResponse | None:
    """For Wagtail's hook before an account is deleted."""
    return _refuse(request, [user])


def refuse_bulk_deletion(request: HttpRequest, action_type: str, objects, _action) -> HttpResponse | None:
    """For Wagtail's hook before something is done to many objects at once."""
    users = [each for each in objects if isinstance(each, get_user_model())]
    return _refuse(request, users) if action_type == "delete" and users else None


def _refuse(request: HttpRequest, users: list) -> HttpResponse | None:
    busy = {event.actor.get_username() for event in CaseEvent.objects.filter(actor__in=users).select_related("actor")}
    if not busy:
        return None
    names = ", ".join(sorted(busy))
    messages.error(request, f"Not deleted: {names} has acted on cases that are kept. Take the tick from “Active” instead.")
    return redirect("wagtailusers_users:index")
