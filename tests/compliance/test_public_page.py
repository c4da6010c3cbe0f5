"""What all pages for reporters have in common."""

import pytest

from tests.compliance.reporters import ADDRESS, RECEIPT_ADDRESS, Reporter, add_officers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [ADDRESS, RECEIPT_ADDRESS])
@pytest.mark.parametrize(("chosen", "cookie"), [({"text_size": "150"}, "text_size"), ({"close_notice": "1.1"}, "closed_notices")])
def test_what_is_chosen_on_these_pages_ends_with_the_browser(client, address, chosen, cookie):
    add_officers("Olga")
    reporter = Reporter(client)
    reporter.post(chosen, address)
    kept = reporter.client.cookies[cookie]
    assert kept.value and not kept["max-age"] and not kept["expires"]


def test_an_officer_without_a_name_is_not_shown_by_what_they_sign_in_with(client):
    user = add_officers("Olga")["Olga"][0].officer
    user.first_name = ""
    user.save()
    shown = Reporter(client).get().text
    assert "olga" not in shown and f"Compliance officer {user.pk}" in shown
