"""When a session of staff ends: after a time without activity, after a working day at the latest, and at once without second step."""

import time
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SKIPPED = "second_step_skipped"
# Open editors call these by themselves, whether somebody sits before them or not.
CALLED_BY_ITSELF = ("/admin/editing-sessions/",)
NOTED_EVERY = 60  # seconds: not each request writes


@receiver(user_logged_in)
def begin(sender, request: HttpRequest, **kwargs) -> None:
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = time.time()


def skip_second_step(request: HttpRequest) -> None:
    request.session[SKIPPED] = True


class StaffSessionMiddleware:
    """Signs out whoever's time is over. What they asked for then leads to the sign-in page, and from there back to it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Elsewhere RequestGuard hides the cookie. Without it nobody is signed in, and looking would vary the answer by cookie.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            if reason := _reason_to_end(request):
                logout(request)
                messages.info(request, reason)
            elif not request.path_info.startswith(CALLED_BY_ITSELF):
                _note_activity(request)
        return self.get_response(request)


def _reason_to_end(request: HttpRequest) -> str:
    session, now = request.session, time.time()
    if now - session.get(SIGNED_IN_AT, 0) > settings.SESSION_LONGEST.total_seconds():
        return f"You were signed out: a sign-in lasts {_in_words(settings.SESSION_LONGEST)} at the most."
    if now - session.get(SEEN_AT, 0) > settings.SESSION_IDLE.total_seconds():
        return f"You were signed out after {_in_words(settings.SESSION_IDLE)} without activity."
    if not request.user.is_verified() and not (settings.SECOND_STEP_MAY_BE_SKIPPED and SKIPPED in session):
        return "You were signed out: please sign in again, with the second step."
    return ""


def _note_activity(request: HttpRequest) -> None:
    now = time.time()
    if now - request.session[SEEN_AT] > NOTED_EVERY:
        request.session[SEEN_AT] = now


def _in_words(span: timedelta) -> str:
    hours, minutes = divmod(round(span / timedelta(minutes=1)), 60)
    parts = [f"{number} {unit}{'s' * (number != 1)}" for number, unit in ((hours, "hour"), (minutes, "minute")) if number]
    return " and ".join(parts)
