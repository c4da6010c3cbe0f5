"""No room for attachments, or for uploads on their way: a clear sentence, nothing half stored, and on as before once there is room."""

import html
import os
import resource
from contextlib import contextmanager

import pytest

from lacare_site import sealed_files
from lacare_site.intake.refusals import SENTENCES, STORE_FULL
from tests.drills.senders import Applicant
from tests.intake import sample_files

# Large enough that a part of it could be stored.
LETTER = sample_files.PDF.replace(
    b"endobj\n2", b"endobj\n%" + os.urandom(300_000).replace(b"\n", b" ").replace(b"%", b"") + b"\n2", 1
)
ITEM = "w9"


@contextmanager
def full(disk):
    if not disk.is_small:
        pytest.skip(f"This machine does not let us mount a small file system: {disk.trouble}")
    filler = disk.fill()
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def only_short_files(plant):
    """Where nothing can be mounted there is another limit: no process may write more than the first half of the letter."""

    def limit(size: int) -> None:
        for pid in plant.web_processes():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    limit(len(LETTER) // 2)
    try:
        yield
    finally:
        limit(resource.RLIM_INFINITY)


@pytest.mark.parametrize("place", ["attachments", "uploads on their way", "limit"])
def test_a_full_disk_keeps_nothing_by_halves(plant, place, settings):
    applicant = Applicant(plant)
    applicant.begin()
    trouble = {
        "attachments": lambda: full(plant.disk),
        "uploads on their way": lambda: full(plant.uploads),
        "limit": lambda: only_short_files(plant),
    }[place]
    before = kept(plant)
    with trouble():
        answer = applicant.attach(ITEM, "letter.pdf", LETTER)
        assert answer.status == 200 and str(SENTENCES[STORE_FULL]) in html.unescape(answer.text)
        plant.wait(lambda: kept(plant) == before, "what lay aside is gone")
        assert not plant.attachments(applicant, "not-scanned")
        # What needs no room goes on.
        assert applicant.ask("/providers/request-information").status == 200
    assert applicant.attach(ITEM, "letter.pdf", LETTER).status == 302
    (path,) = plant.attachments(applicant, "not-scanned")
    settings.FIELD_SECRETS = [""]  # the plant has no other
    with sealed_files.opened((plant.data / "private/attachments" / path).open("rb"), path) as file:
        assert file.read() == LETTER
    plant.wait(lambda: kept(plant) == before | {path}, "what lay aside is gone")


def kept(plant) -> set[str]:
    """Every file of people's, wherever it lies."""
    folders = [plant.data / "private/attachments", plant.data / "private/incoming", plant.uploads.folder]
    found = (path.relative_to(folder) for folder in folders for path in folder.rglob("*") if path.is_file())
    return {str(path) for path in found} - {"all-the-room"}
