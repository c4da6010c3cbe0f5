"""What a site needs so that its mails reach somebody."""

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def check_mailbox(app_configs=None, **_kwargs) -> list[Error]:
    """The system check: no form could be sent whose mail to staff has no address."""
    try:
        validate_email(settings.STAFF_MAILBOX)
    except ValidationError:
        message = f"STAFF_MAILBOX is no address of mail: {settings.STAFF_MAILBOX!r}."
        return [Error(message, hint="Set LACARE_STAFF_MAILBOX; deploy/README.md explains it.", id="outbox.E001")]
    return []
