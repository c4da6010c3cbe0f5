"""What the tests of pages share."""

import pytest
from django.utils import translation

from pages import links
from pages.contacts import selectors as contacts
from pages.navigation import selectors as navigation


@pytest.fixture(autouse=True)
def as_in_a_new_request():
    """What one request has read is forgotten before the next, and a test is one: its changes are rolled back, unseen by signals."""
    for forget in (contacts.forget, navigation.forget, links.forget):
        forget()
    with translation.override("en"):
        yield
    for forget in (contacts.forget, navigation.forget, links.forget):
        forget()
