"""Settings of `make test`: the production settings on the test's own database and folders."""

from lacare_site.casework.limits import Limit, Unit

from .production import *  # noqa: F403
from .production import CASE_RULES, INSTALLED_APPS

SECRET_KEY = "a key for tests alone"
FIELD_SECRETS = ["a secret for tests alone"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
# Fast sign-in, and no worker to wait for.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MANY_PAGES_MAY_BE_MADE = True
# A kind of case with all that a kind can have, for the tests of desks.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.casework.sample"]
CASE_RULES = CASE_RULES | {
    "inquiry": {"answer_within": 15, "retention_years": 10, "draft_days": 30},
    "complaint": {
        "clocks": (
            Limit(clock="acknowledge", count=5, unit=Unit.CALENDAR_DAYS, warn_at=(0.6,)),
            Limit(clock="decide", count=30, unit=Unit.CALENDAR_DAYS, warn_at=(0.5, 0.9), source="A law"),
            Limit(clock="decide", count=72, unit=Unit.HOURS, is_urgent=True, warn_at=(0, 0.5)),
            Limit(clock="decide", count=20, unit=Unit.BUSINESS_DAYS, tracks=("special",), extension=14),
        ),
        "retention_years": 5,
        "draft_days": 0,
    },
}
# The slow hashes of reports, as quick as libsodium lets them be.
COMPLIANCE_SLOWNESS = {"passphrase": (1, 8 * 1024), "receipt": (1, 8 * 1024)}
