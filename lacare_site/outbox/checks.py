"""What a site needs so that its mails reach somebody."""

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def check_mailbox(app_configs=None, **_kwargs) -> list[Error]:
    """The system check: no form could be sent whose mail to staff has no address."""
    errors = []
    for name in ("STAFF_MAILBOX", "GRIEVANCE_MAILBOX"):
        try:
            validate_email(getattr(settings, name))
        except ValidationError:
            message = f"{name} is no address of mail: {getattr(settings, name)!r}."
            errors.append(Error(message, hint=f"Set LACARE_{name}; deploy/README.md explains it.", id="outbox.E001"))
    return errors
