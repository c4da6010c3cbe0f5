"""A telephone line that is used somewhere is not deleted, neither alone nor with others."""

from django.http import HttpRequest
from django.template.response import TemplateResponse

from pages.contacts import uses
from pages.contacts.models import ContactLine


def refuse_deletion(request: HttpRequest, instances) -> TemplateResponse | None:
    """For Wagtail's hook before snippets are deleted: a page with the list of uses, or None to go on."""
    lines = [line for line in instances if isinstance(line, ContactLine)]
    refusals = [uses.refusal(places, f"{line} cannot be deleted.") for line in lines if (places := uses.uses_of(line.key))]
    if not refusals:
        return None
    return TemplateResponse(request, "pages/admin/lines_in_use.html", {"refusals": refusals}, status=409)
