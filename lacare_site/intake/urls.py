"""The addresses below a form's page that every kind has. Names begin with the kind's key: `<key>_status`."""

from django.urls import URLPattern, path

from . import status
from .registry import FormKind


def of(kind: FormKind) -> list[URLPattern]:
    below = kind.path.lstrip("/")
    return [path(f"{below}/status", status.show, {"kind": kind.key}, name=f"{kind.key}_status")]
