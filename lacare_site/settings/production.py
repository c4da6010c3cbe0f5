"""Settings of a production start; `local` and `test` import these and say what differs.

What depends on the machine comes from the environment; each name is explained in `deploy/README.md`.
"""

import os
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from lacare_site import languages
from lacare_site.casework.limits import Limit, Unit
from lacare_site.organisation import ORGANISATION

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything that a running site writes stands in one folder outside the version control.
DATA_DIR = Path(os.environ.get("LACARE_DATA_DIR", BASE_DIR / ".data"))


def _from_environment(name: str) -> str:
    """The value of an environment variable without which a production site must not start."""
    value = os.environ.get(name, "")
    if not value and os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production"):
        raise ImproperlyConfigured(f"Set the environment variable {name}; deploy/README.md explains it.")
    return value


DEBUG = False
SECRET_KEY = _from_environment("LACARE_SECRET_KEY")
# What members tell, drafts, what is written of cases, and attached files stand encrypted under the first (README.md, sealed_fields.py;
# sent applications, rosters and requests for information do not); the others open what is older.
FIELD_SECRETS = [secret.strip() for secret in _from_environment("LACARE_FIELD_SECRETS").split(",")]
if len(FIELD_SECRETS) > 1 and not all(FIELD_SECRETS):
    raise ImproperlyConfigured("LACARE_FIELD_SECRETS has an empty secret between its commas.")
# The public address of the site, without a slash at its end: "https://www.lacare.org".
BASE_URL = _from_environment("LACARE_BASE_URL") or "http://127.0.0.1:8000"
ALLOWED_HOSTS = [host for host in os.environ.get("LACARE_HOSTS", "").split(",") if host]
# Where staff sign in, if not at the public address: the admin then answers there alone, and pages and forms do not.
STAFF_URL = os.environ.get("LACARE_STAFF_URL", "")
if STAFF_URL:
    ALLOWED_HOSTS.append(urlsplit(STAFF_URL).hostname)
IS_HTTPS = BASE_URL.startswith("https://")
# How many web servers of ours stand in front, each of which adds to X-Forwarded-For the address that it was asked from.
PROXIES = int(os.environ.get("LACARE_PROXIES") or IS_HTTPS)

INSTALLED_APPS = [
    "lacare_site",
    "lacare_site.page_cache",
    "lacare_site.preferences",
    "lacare_site.security",
    "lacare_site.outbox",
    "lacare_site.casework",
    "lacare_site.intake",
    "pages",
    "providers",
    "members",
    "compliance",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "modeltranslation",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "lacare_site.security.headers.SecurityHeadersMiddleware",
    "lacare_site.security.requests.RequestGuard",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lacare_site.compression.CompressionMiddleware",
    "lacare_site.addresses.AddressMiddleware",
    "lacare_site.conditional.ConditionalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lacare_site.security.sign_in.sessions.StaffSessionMiddleware",
    "pages.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "lacare_site.urls"
WSGI_APPLICATION = "lacare_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lacare_site.preferences.context.preferences",
                "lacare_site.organisation.organisation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]

# SQLite serves the embedded start; production names a PostgreSQL in DATABASE_URL.
DATABASES = {
    "default": dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'site.sqlite3'}", conn_max_age=600, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without these, processes that write at the same time fail with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        "transaction_mode": "IMMEDIATE",
    }
else:
    # Whose network to the database has gone gives the connection up. The kernel alone would wait for a quarter of an hour.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,  # seconds
        "tcp_user_timeout": 10_000,  # milliseconds
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# How many bytes of ready pages a process holds, compressed.
PAGE_CACHE_BYTES = 64 * 1024 * 1024
# Where nginx finds them as files, if `manage.py keep_pages` runs on this machine; and how many bytes a process writes there, at most.
PAGE_FILES = Path(os.environ["LACARE_PAGE_FILES"]) if os.environ.get("LACARE_PAGE_FILES") else None
if PAGE_FILES and not DATABASES["default"]["ENGINE"].endswith("postgresql"):
    raise ImproperlyConfigured("LACARE_PAGE_FILES needs a PostgreSQL in DATABASE_URL; deploy/README.md explains it.")
PAGE_FILES_BYTES = 256 * 1024 * 1024

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "wagtailadmin_login"
# How many attempts there are within a span of time, by what is tried and who tries. An office may share one address.
SIGN_IN_LIMITS = {
    "password_account": (10, timedelta(minutes=15)),
    "password_address": (100, timedelta(minutes=15)),
    "code_account": (5, timedelta(minutes=15)),
    "reset_account": (3, timedelta(hours=1)),
    "reset_address": (20, timedelta(hours=1)),
}
# How long after the password the code may be given, and how long a link to set a new password is good.
SIGN_IN_WAITING = timedelta(minutes=10)
PASSWORD_RESET_TIMEOUT = 60 * 60
# Staff always sign in with a second step; a system check refuses this anywhere but on one's own machine.
SECOND_STEP_MAY_BE_SKIPPED = False
# The limits above say how long to wait.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0

# Languages, see lacare_site/languages.py. The time zone is the plan's.
LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = languages.for_settings()
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["lacare_site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ORGANISATION.time_zone
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField", "BodyField")
MODELTRANSLATION_FALLBACK_LANGUAGES = (languages.DEFAULT,)

# Critical pages show a translation that no qualified reviewer has signed: never in production (45 CFR 92.201(c)(3)).
SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False

# `manage.py make_many_pages` fills a site for tests with copies of its pages; nobody reads such a site.
MANY_PAGES_MAY_BE_MADE = False

# Addresses have no slash at their end; lacare_site/addresses.py keeps one address per page.
APPEND_SLASH = False
WAGTAIL_APPEND_SLASH = False
WAGTAIL_I18N_ENABLED = False
# What is approved in a workflow is the English: drafts in other languages stay drafts.
WAGTAIL_FINISH_WORKFLOW_ACTION = "pages.translations.workflow.publish_approved"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lacare_site.static_files.SiteStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Files that people send with forms; no address leads there.
PRIVATE_ROOT = DATA_DIR / "private"
# clamd, as "host:port" or the path of its socket. Without it files are shown as not scanned.
CLAMD_ADDRESS = os.environ.get("LACARE_CLAMD", "")

# What menus may name beside pages and addresses elsewhere: URL names, and what editors read for them.
MENU_ADDRESSES = {
    "search": "Search",
    "application_resume": "Duals PPG Application: go on with an application",
    "application_status": "Duals PPG Application: where an application stands",
    "copy_request_status": "Send me this page: where a request stands",
    "grievance_status": "Grievance form: where a grievance stands",
    "information_request_status": "Request for information: where a request stands",
    "report_receipt": "Reports of misconduct: come back with a receipt",
}

WAGTAIL_SITE_NAME = ORGANISATION.name
WAGTAILADMIN_BASE_URL = STAFF_URL or BASE_URL
# The admin speaks English, whatever the editor's browser asks for; pages are edited in eleven languages.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
# Times are those of the plan for every editor, wherever they sit: notices begin and end by that clock.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# No request to other hosts: not for avatars, not for news of Wagtail, not for embedded videos.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "pages.admin.rich_text_editor.RichTextEditor"}}
WAGTAILDOCS_DOCUMENT_MODEL = "pages.PlanDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Words are analysed by pages/search/analysis.py, alike on every database: the database itself must not stem again.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "pages.search.backend", "SEARCH_CONFIG": "simple"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Sessions of staff end after a time without activity, after a day's work at the latest, and with the browser.
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = SESSION_LONGEST.total_seconds()
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
# Not "no-referrer": browsers then send "Origin: null", and the origin checks of our forms would fail.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "lacare_site.errors.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # an editor's form of a long page has thousands of fields
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # XFrameOptionsMiddleware: lacare_site/security/headers.py writes that header
]

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("LACARE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("LACARE_SMTP_PORT") or 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("LACARE_SMTP_USER", ""), os.environ.get("LACARE_SMTP_PASSWORD", "")
# Whoever signs in to a mail server does so under TLS: from the start at the port for that (RFC 8314), else by STARTTLS.
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = bool(EMAIL_HOST_USER) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 15  # seconds for each step of the conversation
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("LACARE_FROM_EMAIL", "no-reply@localhost")

# Where staff hear of a new case whose topic has no mailbox of its own, and of cases that nobody has.
STAFF_MAILBOX = _from_environment("LACARE_STAFF_MAILBOX") or "staff@localhost.localdomain"
# Where grievance reviewers hear of a new grievance, and at once of an urgent one.
GRIEVANCE_MAILBOX = os.environ.get("LACARE_GRIEVANCE_MAILBOX") or STAFF_MAILBOX

# Per kind of case: within how many business days somebody answers, or the limits of its clocks; how many years a closed case is kept (42 CFR
# 422.504(d) has ten for what concerns the contract), and for how many days a draft waits that nobody returns to (0 for forms without drafts).
# What nobody has read in the law yet (`is_checked`) is shown to members as what the plan means to do, not as its duty. `since` is the day
# from which this site goes by a limit. When supervisors are warned (`warn_at`) is the plan's own choice.
_GRIEVANCES = {"since": date(2026, 1, 1), "unit": Unit.CALENDAR_DAYS}
_URGENT = {"since": date(2026, 1, 1), "unit": Unit.HOURS, "is_urgent": True, "warn_at": (0, 0.5)}
# More time only where federal law alone holds: California's 30 days know none (28 CCR 1300.68; to be confirmed).
_MEDICARE = {"tracks": ("medicare-plus",), "extension": 14, "is_checked": False}
# The Department of Managed Health Care hears of urgent grievances of the plans that it regulates. HSC 1368.01(b) has been read: a statement
# on "the disposition or pending status […] no later than three days from receipt"; 28 CCR 1300.68.01 has not.
_STATE = {"tracks": ("medi-cal", "covered", "pasc-seiu", "not-sure"), "is_checked": False}
CASE_RULES = {
    "information_request": {"answer_within": 2, "retention_years": 3, "draft_days": 0},
    "application": {"answer_within": 30, "retention_years": 10, "draft_days": 90},
    "copy_request": {
        "clocks": (
            Limit(
                clock="answer",
                count=5,
                unit=Unit.BUSINESS_DAYS,
                since=date(2026, 1, 1),
                source="42 CFR 438.10(c)(6)(iv)",
                is_checked=False,
            ),
        ),
        "retention_years": 1,
        "draft_days": 0,
    },
    "grievance": {
        "clocks": (
            Limit(
                clock="acknowledge",
                count=5,
                warn_at=(0.6,),
                source="California HSC 1368(a)(4)(A), 28 CCR 1300.68",
                is_checked=False,
                **_GRIEVANCES,
            ),
            Limit(
                clock="decide",
                count=30,
                warn_at=(0.7, 0.9),
                source="California HSC 1368.01(a), 28 CCR 1300.68, 42 CFR 438.408",
                **_GRIEVANCES,
            ),
            Limit(clock="decide", count=72, source="California HSC 1368.01(b), 28 CCR 1300.68.01, 42 CFR 438.408", **_URGENT),
            Limit(
                clock="statement",
                count=72,
                source="California HSC 1368.01(b), 28 CCR 1300.68.01",
                **_URGENT | _STATE | {"warn_at": (0.75,)},
            ),
            Limit(clock="decide", count=30, warn_at=(0.7, 0.9), source="42 CFR 422.630, 422.633", **_GRIEVANCES | _MEDICARE),
            Limit(clock="decide", count=72, source="42 CFR 422.633", **_URGENT | _MEDICARE),
        ),
        "retention_years": 5,  # to be confirmed (28 CCR 1300.68, 42 CFR 438.416)
        "draft_days": 30,
    },
}

# For how many days a visitor's report of a mistake on a page is kept once it is done, and if nobody marks it so.
PAGE_REPORT_DAYS = {"closed": 90, "open": 365}

# Argon2id (RFC 9106): operations and bytes of memory for what opens a report. A passphrase is somebody's own and gets 256 MB; a receipt
# is 130 random bits, for which 64 MB keep each try slow and do not let a few of them at once fill the machine.
COMPLIANCE_SLOWNESS = {"passphrase": (3, 256 * 1024**2), "receipt": (2, 64 * 1024**2)}
# Business days from the day of receipt to the first answer, to the end of the inquiry and to closing; years from closing to purging.
COMPLIANCE_RULES = {"first_answer": 5, "inquiry": 45, "closing": 60, "retention_years": 10}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What strangers send wrongly (400, 404, foreign hosts) is no fault of ours, and the web server's log has it.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "CRITICAL"}},
}
