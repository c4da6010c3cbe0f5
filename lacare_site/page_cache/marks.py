"""The mark of views whose answer is the same for everybody: it may be kept, and given to the next visitor without asking the view."""

import re
from functools import wraps

from django.core import checks
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

# Set in the request by the layer that keeps answers: it compresses them itself, once for all.
KEEPS = "lacare.page_cache"
# A question that may be kept, where the view says that it has this part of a list.
PART = re.compile(r"page=[1-9][0-9]{0,3}")


def same_for_all(view):
    """For views that read alone, and look at nothing of the visitor but the language of the address and the two preferences (decision 5).

    Of an address with a question, the answer is kept if this question is all that there is to know (`shows_part`).
    """

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_same_for_all = request.META.get("QUERY_STRING", "") in ("", getattr(request, "part_shown", ""))
        return response

    marked.is_same_for_all = True
    return marked


def shows_part(request: HttpRequest, number: int) -> None:
    """For views that show a list in parts: what they answer shows this one, which is there."""
    request.part_shown = f"page={number}"


def kept_views() -> list[str]:
    """The names of the routes whose answers may be kept."""
    return sorted({pattern.name or str(pattern.pattern) for pattern in _patterns(get_resolver()) if _is_marked(pattern)})


def check_views(app_configs, **_kwargs) -> list[checks.CheckMessage]:
    """Refuses the mark where a view takes more than reading."""
    return [
        checks.Error(f"{pattern.callback.__qualname__} is the same for all, but does more than read.", id="page_cache.E001")
        for pattern in _patterns(get_resolver())
        if _is_marked(pattern) and not getattr(pattern.callback, "reads_only", False)
    ]


def list_views(app_configs, **_kwargs) -> list[checks.CheckMessage]:
    """Says which answers are kept: `manage.py check --deploy` shows it."""
    return [checks.Debug(f"Kept for all visitors: {', '.join(kept_views())}.", id="page_cache.D001")]


def _is_marked(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "is_same_for_all", False)


def _patterns(resolver: URLResolver):
    for pattern in resolver.url_patterns:
        yield from _patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]
