"""nginx's configuration: deploy/nginx.conf.template with what the settings say, so that nginx and the application cannot differ."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from django.conf import settings
from whitenoise.media_types import default_types

from lacare_site import errors, languages
from lacare_site.page_cache import layer
from lacare_site.security.headers import public_headers

TEMPLATE = settings.BASE_DIR / "deploy" / "nginx.conf.template"
# What is not the same for every address: variables of the template.
OWN = {"Cache-Control": "$own_cache_control", "Strict-Transport-Security": "$own_transport_security"}

# Requests with a body at one time, where files are taken: of one address, behind which a whole office may sit, and of all reporters.
SENDING_AT_ONCE, REPORTING_AT_ONCE = 12, 60


@dataclass(frozen=True)
class Machine:
    """What is the machine's own. `applications` are gunicorn's addresses, `listen` a file of nginx's `listen` lines, `run` a folder on a
    tmpfs, `brotli` the file of nginx's module that gives files compressed by brotli, if it has one."""

    applications: Iterable[str]
    listen: Path
    logs: Path
    run: Path
    brotli: Path | None = None


def configuration(machine: Machine) -> str:
    headers = public_headers()
    pages = settings.PAGE_FILES or machine.run
    names = {
        "RUN": machine.run,
        "LOGS": machine.logs,
        "LISTEN": machine.listen,
        "PAGES": pages,
        "STATIC": settings.STATIC_ROOT,
        "MEDIA": settings.MEDIA_ROOT,
        "ERROR_PAGES": errors.folder(),
        "MODULES": f"load_module {machine.brotli};\n" if machine.brotli else "",
        "BROTLI": "\n            brotli_static on;" if machine.brotli else "",
        "TYPES": _lines(8, (f"{kind} {ending[1:]};" for ending, kind in default_types().items() if ending.startswith("."))),
        "SERVERS": _lines(8, (f"server {address};" for address in machine.applications)),
        "FORWARDED": _forwarded(),
        "SENDING_AT_ONCE": SENDING_AT_ONCE,
        "REPORTING_AT_ONCE": REPORTING_AT_ONCE,
        "PREFERENCES": "|".join(layer.PREFERENCES),
        "SCHEME": "https" if settings.SECURE_SSL_REDIRECT else "https?",
        "HOSTS": "|".join(map(_host, settings.ALLOWED_HOSTS)),
        "STAFF": _staff(),
        "DEFAULT_LANGUAGE": languages.DEFAULT,
        "LANGUAGES": _lines(8, (f"~^/{code}(/|$) {code};" for code in languages.BY_CODE if code != languages.DEFAULT)),
        "CACHE_CONTROL": headers["Cache-Control"],
        "STATIC_MAX_AGE": settings.WHITENOISE_MAX_AGE,
        "TRANSPORT_SECURITY": headers.get("Strict-Transport-Security", ""),
        "TAGS": _lines(8, (f"~^/{each.code}(/|$) {each.tag};" for each in languages.LANGUAGES if each.code != languages.DEFAULT)),
        "HEADER_MAPS": "\n".join(_map(name, value) for name, value in headers.items()),
        "HIDDEN_HEADERS": _lines(8, (f"proxy_hide_header {name};" for name in headers)),
        "HEADERS": _lines(12, (f"add_header {name} ${_variable(name)} always;" for name in headers)),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).safe_substitute(names)


def _map(name: str, value: str) -> str:
    """What the application says of its own answer, else our own word."""
    own = OWN.get(name) or f'"{value}"'
    return f'    map $upstream_http_{_underscored(name)} ${_variable(name)} {{ default $upstream_http_{_underscored(name)}; "" {own}; }}'


def _underscored(name: str) -> str:
    return name.lower().replace("-", "_")


def _variable(name: str) -> str:
    return f"header_{_underscored(name)}"


def _forwarded() -> str:
    """Where a request comes from, as `limits.address_of` finds it, if other web servers of ours stand in front of this one."""
    others = settings.PROXIES - 1
    return f'        "~(?<forwarded>[^, ]+)( *, *[^, ]+){{{others - 1}}} *$" $forwarded;' if others > 0 else ""


def _staff() -> str:
    """The host of staff as a regular expression, with or without the port that its address need not name."""
    found = urlsplit(settings.STAFF_URL)
    port = found.port or {"https": 443, "http": 80}.get(found.scheme)
    optional = "" if found.port else "?"
    return rf"{re.escape(found.hostname)}\.?(:{port}){optional}" if found.hostname else "-"


def _host(allowed: str) -> str:
    """An entry of ALLOWED_HOSTS as a regular expression."""
    if allowed == "*":
        return "[^ ]+"
    return f"([^ ]+\\.)?{re.escape(allowed[1:])}" if allowed.startswith(".") else re.escape(allowed)


def _lines(indent: int, lines: Iterable[str]) -> str:
    return "\n".join(f"{' ' * indent}{line}" for line in lines)
