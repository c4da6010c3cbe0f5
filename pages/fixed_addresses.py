"""Addresses that the site itself names, in templates and in routes: a page there, and those above it, stay where they are."""

from collections.abc import Iterator
from functools import cache

from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from pages.links import NAMED_BY_TEMPLATES

SENTENCE = "The site itself names this address, or one below it: in the frame of its pages, or as that of a form."


def has_named(path: str) -> bool:
    """Whether this very English path is named."""
    return path == "/" or path in _named()


def holds_named(path: str) -> bool:
    """Whether this English path, or one below it, is named."""
    return has_named(path) or any(named.startswith(f"{path}/") for named in _named())


@cache
def _named() -> frozenset[str]:
    return frozenset(NAMED_BY_TEMPLATES) | {f"/{route}" for route in _routes(get_resolver())}


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The routes that are one address each."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(
                pattern, before if isinstance(pattern.pattern, LocalePrefixPattern) else f"{before}{pattern.pattern}"
            )
        elif isinstance(pattern, URLPattern) and isinstance(pattern.pattern, RoutePattern) and not pattern.pattern.converters:
            yield f"{before}{pattern.pattern}"
