"""What several lists of the admin show alike."""

from django.utils.formats import date_format
from django.utils.timezone import localtime


def moment(field: str):
    """Shows a time as the plan's clocks do."""
    return lambda instance: date_format(localtime(value), "M j, Y, g:i a") if (value := getattr(instance, field)) else ""
