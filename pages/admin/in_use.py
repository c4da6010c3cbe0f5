"""A telephone line or standing text that is used somewhere is not taken away, neither alone nor with others."""

from django.http import HttpRequest
from django.template.response import TemplateResponse

from pages import uses
from pages.contacts.models import ContactLine
from pages.contacts.uses import uses_of as uses_of_line
from pages.standing_texts.models import StandingText
from pages.standing_texts.uses import uses_of as uses_of_text

SEARCHES = {ContactLine: uses_of_line, StandingText: uses_of_text}
HINTS = {ContactLine: "A line that nobody answers any more is retired rather than deleted, once nothing refers to it."}


def refuse_deletion(request: HttpRequest, instances) -> TemplateResponse | None:
    """For Wagtail's hook before snippets are deleted: a page with the list of uses, or None to go on."""
    return _refuse(request, instances, "deleted")


def refuse_unpublishing(request: HttpRequest, instance) -> TemplateResponse | None:
    """For Wagtail's hook before a snippet is unpublished."""
    return _refuse(request, [instance], "unpublished")


def _refuse(request: HttpRequest, instances, deed: str) -> TemplateResponse | None:
    refusals = [
        uses.refusal(places, f"{instance} cannot be {deed}.")
        for instance in instances
        if (uses_of := SEARCHES.get(type(instance))) and (places := uses_of(instance.key))
    ]
    if not refusals:
        return None
    model = type(instances[0])
    context = {
        "title": f"{model._meta.verbose_name_plural.capitalize()} in use",
        "refusals": refusals,
        "hint": HINTS.get(model),
        "viewset": model.snippet_viewset,
        "list_name": model.snippet_viewset.get_url_name("list"),
    }
    return TemplateResponse(request, "pages/admin/in_use.html", context, status=409)
