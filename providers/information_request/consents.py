"""What a visitor may agree to, each by a box of its own that is empty at first.

Consent to calls is asked for by itself and can be taken back (TCPA). A changed wording gets a new version: the version and the words
are kept with each request.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Consent:
    key: str
    version: str  # the day from which this wording holds
    wording: str


CONSENTS = (
    Consent(
        "email", "2026-11-01", _("The health plan may answer this request by email. I know that others can sometimes read email.")
    ),
    Consent("telephone", "2026-11-01", _("The health plan may call me at this number to answer this request.")),
    Consent("news", "2026-11-01", _("The health plan may email me news for providers. I can take this back at any time.")),
)
