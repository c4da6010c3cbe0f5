"""What is sealed opens for whom it is meant, whole, and for nobody else."""

import uuid

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from compliance import sealing, thread
from compliance.models import RecipientKey, Report, SealedKey
from compliance.sealing import Unopened
from tests.compliance.reporters import add_officers
from tests.intake import sample_codes

PASSPHRASE = "correct horse battery staple"


@given(st.binary(max_size=5000))
def test_what_is_encrypted_comes_back_and_its_length_is_rounded(content):
    key = sealing.new_key()
    sealed = sealing.encrypt(key, content)
    assert sealing.decrypt(key, sealed) == content
    assert len(sealed) == len(sealing.encrypt(key, bytes(-(len(content) + 4) % 1024 + len(content))))
    with pytest.raises(Unopened):
        sealing.decrypt(sealing.new_key(), sealed)
    with pytest.raises(Unopened):
        sealing.decrypt(key, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_the_length_of_a_file_tells_its_size_to_a_quarter_at_best():
    key, sizes = sealing.new_key(), range(1_000_000, 10_000_000, 150_000)
    sealed = {size: len(sealing.encrypt(key, bytes(size))) for size in sizes}
    assert len(set(sealed.values())) <= 14
    assert all(size < length < 1.25 * size + 2048 for size, length in sealed.items())


def test_a_sealed_key_opens_for_its_recipient_alone():
    pair, other, key = sealing.new_pair(), sealing.new_pair(), sealing.new_key()
    sealed = sealing.seal(pair.public, key)
    assert sealing.unseal(pair.private, sealed) == key
    for private, box in ((other.private, sealed), (pair.private, sealed[:-1]), (b"short", sealed)):
        with pytest.raises(Unopened):
            sealing.unseal(private, box)


def test_a_private_key_opens_with_its_passphrase_also_after_the_slowness_has_changed(settings):
    pair = sealing.new_pair()
    wrapped = sealing.wrap(pair.private, PASSPHRASE)
    settings.COMPLIANCE_SLOWNESS = {"passphrase": (2, 16 * 1024), "receipt": (1, 8 * 1024)}
    assert sealing.unwrap(wrapped, PASSPHRASE) == pair.private
    with pytest.raises(Unopened):
        sealing.unwrap(wrapped, PASSPHRASE + " ")


def test_a_receipt_always_leads_to_the_same_keys_and_no_other_does():
    receipt, other = sample_codes.new(), sample_codes.new()
    first, again = sealing.receipt_keys(receipt), sealing.receipt_keys(receipt)
    assert first == again and first.lookup != sealing.receipt_keys(other).lookup
    assert sealing.unseal(again.pair.private, sealing.seal(first.pair.public, b"k" * 32)) == b"k" * 32
    assert first.lookup not in first.pair.private


@pytest.fixture
def officers(db):
    """Two officers and the recovery key, as (RecipientKey, Pair)."""
    return add_officers("olga", "omar")


def file_report(recipients) -> tuple[Report, str]:
    receipt = sample_codes.new()
    keys = sealing.receipt_keys(receipt)
    report = Report.objects.create(
        reference="RPT-TEST",
        category="fraud",
        language="en",
        receipt_lookup=keys.lookup,
        reporter_key=keys.pair.public,
        submission_key=uuid.uuid4().hex,
    )
    opened = thread.give_keys(report, recipients)
    file = thread.File({"name": "bill.pdf"}, b"%PDF")
    thread.write(report, "report", thread.THREAD, opened[thread.THREAD], {"what": "Bills for nobody"}, files=[file])
    thread.write(report, "note", thread.INTERNAL, opened[thread.INTERNAL], {"text": "Ask the bank"})
    return report, receipt


def test_the_reporter_reads_the_thread_but_not_what_officers_write_among_themselves(officers):
    with transaction.atomic():
        report, receipt = file_report(thread.recipients())
    private = sealing.receipt_keys(receipt).pair.private
    key = thread.key_for(report, thread.THREAD, private)
    (entry,) = thread.read(report, thread.THREAD, key)
    assert entry.values == {"what": "Bills for nobody"}
    assert thread.read_file(entry.files[0][0], key).content == b"%PDF"
    with pytest.raises(Unopened):
        thread.key_for(report, thread.INTERNAL, private)
    with pytest.raises(Unopened):
        thread.read(report, thread.INTERNAL, key)


def test_an_officer_who_is_named_gets_no_key(officers):
    (omar, omars), (olga, olgas), (recovery, recoverys) = officers["omar"], officers["olga"], officers[""]
    with transaction.atomic():
        report, _receipt = file_report(thread.recipients(without=[omar.officer_id]))
    for recipient, pair in ((olga, olgas), (recovery, recoverys)):
        for scope in (thread.THREAD, thread.INTERNAL):
            assert thread.read(report, scope, thread.key_for(report, scope, pair.private, recipient))
    assert not SealedKey.objects.filter(recipient=omar).exists()
    with pytest.raises(Unopened):
        thread.key_for(report, thread.THREAD, omars.private, omar)


def test_a_report_that_nobody_could_read_is_not_taken(db):
    with pytest.raises(ValueError, match="Nobody"), transaction.atomic():
        file_report([])


def test_keys_out_of_use_get_nothing(officers):
    omar, _pair = officers["omar"]
    RecipientKey.objects.filter(pk=omar.pk).update(retired_on="2026-01-01")
    officers["olga"][0].officer.is_active = False
    officers["olga"][0].officer.save()
    assert thread.recipients() == [officers[""][0]]


def test_whoever_is_an_officer_no_longer_gets_nothing_more_though_their_key_is_still_there(officers):
    officers["olga"][0].officer.groups.clear()
    assert thread.recipients() == [officers["omar"][0], officers[""][0]]
