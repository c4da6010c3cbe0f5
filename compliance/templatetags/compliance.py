"""Tags of the templates for reporters."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

TRACES = {
    "author": _("Author"),
    "place": _("Place"),
    "device": _("Device"),
    "time": _("Time"),
    "software": _("Software"),
    "title": _("Title of the document"),
    "comment": _("Comment"),
}


@register.filter
def trace_name(kind: str) -> str:
    """In words, what kind of thing a file tells of whoever made it (compliance/metadata.py)."""
    return str(TRACES.get(kind, kind))
