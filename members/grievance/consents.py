"""What whoever files may agree to. A changed wording gets a new version: the version and the words are kept with each grievance."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

EMAIL, EMAIL_VERSION = "email", "2026-11-22"
EMAIL_WORDING = _(
    "You may email me. The email only says that there is something new: I read it on this site, with my number and my code."
)


def agreed(answer: dict) -> list[dict]:
    """What was agreed to in the cleaned answers of the last step, in the words that were shown."""
    if not (answer["email"] and answer["consent_email"]):
        return []
    return [{"key": EMAIL, "version": EMAIL_VERSION, "language": get_language(), "wording": str(EMAIL_WORDING)}]
