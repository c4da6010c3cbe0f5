"""The production settings, with mail, scanner and clocks of the drills' own."""

import os

from lacare_site.settings.production import *  # noqa: F403
from lacare_site.settings.production import DATA_DIR, INSTALLED_APPS, MIDDLEWARE
from lacare_site.settings.test import COMPLIANCE_SLOWNESS  # noqa: F401  (a drill counts reports, not seconds; see tests/drills/reports.py)

SECRET_KEY = "a key for drills alone"
ALLOWED_HOSTS = ["127.0.0.1"]
# Each sender of a drill has an address of its own, as behind a web server: the limits are those of production.
PROXIES = 1
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["LACARE_DRILL_SMTP_PORT"])
EMAIL_TIMEOUT = int(os.environ["LACARE_DRILL_SMTP_TIMEOUT"])
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "uploads"
INSTALLED_APPS = [*INSTALLED_APPS, "tests.drills"]
MIDDLEWARE = ["tests.drills.failpoints.Failpoints", *MIDDLEWARE]
