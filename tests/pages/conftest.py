"""What the tests of pages share."""

import pytest
from django.utils import translation

from pages import links
from pages.contacts import selectors as contacts
from pages.navigation import selectors as navigation
from pages.notices import selectors as notices
from pages.translations import showing


@pytest.fixture(autouse=True)
def as_in_a_new_request():
    """What one request has read is forgotten before the next, and a test is one: its changes are rolled back, unseen by signals."""
    readers = (contacts, navigation, notices, links, showing)
    for reader in readers:
        reader.forget()
    with translation.override("en"):
        yield
    for reader in readers:
        reader.forget()
