"""What the worker does so that nobody sees, by the time an answer takes, whether an account exists."""

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django_tasks import task

from lacare_site.outbox import services as outbox


@task()
def send_reset_links(users: list[int], key: str) -> None:
    """Mails each of these accounts a link to set a new password. `key` names the request: doing it twice mails once."""
    for user in get_user_model().objects.filter(pk__in=users):
        uid, token = urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
        link = reverse("wagtailadmin_password_reset_confirm", args=[uid, token])
        context = {"link": link, "username": user.get_username()}
        with transaction.atomic():
            outbox.write("password_reset", user.email, context, "en", f"password reset {key} {user.pk}")
