"""Two people save two languages of one text at the same moment: each waits for the other, and nothing is lost."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import get_user_model
from django.db import connections, transaction
from wagtail.models import Revision

from pages.models import StandardPage
from pages.translations import ledger
from tests.harness.accounts import StaffClient
from tests.pages.translations.conftest import edit_url
from tests.pages.translations.forms import post_data
from tests.pages.tree import add, hashes, notice, publish

TEXTS = {"en": "Rides to the dentist", "es": "Viajes al dentista", "ko": "치과 이동", "vi": "Đi nha sĩ"}


@pytest.fixture
def both_read_first(monkeypatch):
    """Every version that is made waits a moment for another that is being made: so whoever does not wait for the other reads what both began with."""
    both = threading.Barrier(2)
    save = Revision.save

    def late(self, *args, **kwargs):
        try:
            both.wait(timeout=1)
        except threading.BrokenBarrierError:
            both.reset()
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Revision, "save", late)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("page", {}),
        pytest.param("notice", {}, marks=pytest.mark.audit),
        pytest.param("page", {"action-publish": "action-publish"}, marks=pytest.mark.audit),
    ],
)
def test_two_languages_that_are_saved_at_once_are_both_kept(both_read_first, kind, action):
    text = add("/members", "at-once", heading_en="Rides") if kind == "page" else notice(heading_en="Rides")
    client = StaffClient()
    client.force_login(get_user_model().objects.get(is_superuser=True))
    opened = {code: post_data(client.get(edit_url(text, code)).text) for code in TEXTS}

    def post(code):
        try:
            own = StaffClient()
            own.force_login(get_user_model().objects.get(is_superuser=True))
            return own.post(edit_url(text, code), opened[code] | {f"heading_{code}": TEXTS[code]} | action).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(post, TEXTS)) == [302] * len(TEXTS)
    found = type(text).objects.get(pk=text.pk)
    found = found if action else found.get_latest_revision_as_object()
    assert {code: getattr(found, f"heading_{code}") for code in TEXTS} == TEXTS


@pytest.mark.django_db(transaction=True)
def test_a_signature_that_is_given_while_somebody_publishes_stays():
    page = publish(add("/members", "at-once", heading_en="Rides"), heading_es="Viajes")
    reviewer, is_signed = get_user_model().objects.create_user("reviewer"), threading.Event()

    def sign():
        try:
            with transaction.atomic():
                ledger.sign_off(page, "es", reviewer, "Certified translator", **hashes(page, "es"))
                is_signed.set()
                time.sleep(1)
        finally:
            connections.close_all()

    def publish_english():
        try:
            is_signed.wait(10)
            with ledger.publishing(is_minor_edit=True):
                publish(StandardPage.objects.get(pk=page.pk), heading_en="Rides.")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(sign), pool.submit(publish_english)):
            done.result()
    assert ledger.entries_of(page)["es"].is_reviewed
