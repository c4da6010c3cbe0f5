"""Codes as our own pages give them."""

import uuid

from lacare_site.intake import codes


def new() -> str:
    return codes.of_key(uuid.uuid4(), "test")
