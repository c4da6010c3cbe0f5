"""What templates know of the visitor's preferences."""

from django.http import HttpRequest

from . import cookies


def preferences(request: HttpRequest) -> dict:
    """`text_size` in percent, and the smaller and the larger size if there is one."""
    size = cookies.text_size(request)
    place = cookies.TEXT_SIZES.index(size)
    return {
        "text_size": size,
        "smaller_text_size": cookies.TEXT_SIZES[max(place - 1, 0)],
        "larger_text_size": cookies.TEXT_SIZES[min(place + 1, len(cookies.TEXT_SIZES) - 1)],
    }
