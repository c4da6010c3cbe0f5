"""A local start by `make run`: embedded SQLite, no https, mail as files, a secret key of its own."""

import os

from django.core.management.utils import get_random_secret_key

from lacare_site import whole_files

# A shell may name the database and the front of another site: nothing of that is for this one.
for name in ("DATABASE_URL", "LACARE_STAFF_URL", "LACARE_PROXIES", "LACARE_PAGE_FILES"):
    os.environ.pop(name, None)

from .production import *  # noqa: E402, F403
from .production import DATA_DIR  # noqa: E402

DATA_DIR.mkdir(parents=True, exist_ok=True)


def _local_secret_key() -> str:
    """A random key, made at the first start and kept, so that sign-ins outlive a restart."""
    path = DATA_DIR / "secret_key"
    if not path.exists() or not path.read_text():
        whole_files.write(path, get_random_secret_key().encode(), mode=0o600)
    return path.read_text()


SECRET_KEY = _local_secret_key()
FIELD_SECRETS = [SECRET_KEY]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SECOND_STEP_MAY_BE_SKIPPED = True
SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
MANY_PAGES_MAY_BE_MADE = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
