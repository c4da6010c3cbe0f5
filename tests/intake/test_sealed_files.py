"""Files stand sealed on the disk: read as they were sent, from any place, by whoever has one of the secrets, and by nobody once changed."""

import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from lacare_site import sealed_files
from lacare_site.casework import attachments
from lacare_site.intake import files, scanner, uploads
from lacare_site.intake.refusals import Unfit
from tests.intake import sample_files

FRAME, HEAD = sealed_files.FRAME, sealed_files.HEAD
SEALED_FRAME = FRAME + sealed_files.SEAL
WHOLE = bytes(range(256)) * (3 * FRAME // 256) + b"the end"
MARK = b"Quittenbaum"
PDF = sample_files.PDF.replace(b"endobj\n2", b"endobj\n%" + MARK + b"\n2", 1)


def sealed(content: bytes = WHOLE, place: str = "aa/bb") -> bytes:
    target = io.BytesIO()
    sealed_files.write(io.BytesIO(content), target, place)
    return target.getvalue()


def read(content: bytes, place: str = "aa/bb") -> bytes:
    with sealed_files.opened(io.BytesIO(content), place) as file:
        return file.read()


@given(
    size=st.one_of(st.integers(0, 3 * FRAME), st.sampled_from([FRAME - 1, FRAME, FRAME + 1, 2 * FRAME])),
    places=st.lists(st.tuples(st.integers(0, 3 * FRAME), st.integers(0, 2 * FRAME)), max_size=4),
)
def test_it_is_read_as_it_was_written_whole_and_from_any_place(size, places):
    content = WHOLE[:size]
    with sealed_files.opened(io.BytesIO(sealed(content)), "aa/bb") as file:
        assert file.read() == content and file.seek(0, io.SEEK_END) == size
        for start, length in places:
            file.seek(start)
            assert file.read(length) == content[start : start + length]


def test_nothing_of_it_is_readable_and_the_same_twice_is_not_alike():
    first, second = sealed(MARK * 100), sealed(MARK * 100)
    assert MARK not in first and MARK not in second and first[HEAD:] != second[HEAD:]


@pytest.mark.parametrize(
    "changed",
    [
        lambda whole: whole[:-1],
        lambda whole: whole + b"x",
        lambda whole: whole[:HEAD],
        lambda whole: whole[: len(sealed_files.MARK) + 3],
        lambda whole: whole[: HEAD + SEALED_FRAME],  # cut off between two frames
        lambda whole: whole[: HEAD + SEALED_FRAME] + whole[HEAD + 2 * SEALED_FRAME :],
        lambda whole: (
            whole[:HEAD]
            + whole[HEAD + SEALED_FRAME : HEAD + 2 * SEALED_FRAME]
            + whole[HEAD : HEAD + SEALED_FRAME]
            + whole[HEAD + 2 * SEALED_FRAME :]
        ),
        lambda whole: whole[:HEAD] + bytes([whole[HEAD] ^ 1]) + whole[HEAD + 1 :],
        lambda whole: whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        lambda whole: whole[: HEAD - 1] + bytes([whole[HEAD - 1] ^ 1]) + whole[HEAD:],
    ],
    ids=["one byte less", "one more", "head alone", "half a head", "cut", "one left out", "exchanged", "first", "last", "chance"],
)
def test_what_was_changed_is_not_read(changed):
    with pytest.raises((CryptoError, OSError)):
        read(changed(sealed()))


def test_in_the_place_of_another_it_is_not_read():
    with pytest.raises(CryptoError):
        read(sealed(), "aa/cc")


def test_a_new_secret_opens_what_an_old_one_sealed(settings):
    old = sealed()
    settings.FIELD_SECRETS = ["a new secret", *settings.FIELD_SECRETS]
    assert read(old) == WHOLE
    new = sealed()
    settings.FIELD_SECRETS = settings.FIELD_SECRETS[:1]
    assert read(new) == WHOLE
    with pytest.raises(CryptoError):
        read(old)


def test_of_a_long_file_little_is_in_memory(tmp_path):
    size = 4 * 1024 * 1024
    (tmp_path / "plain").write_bytes(bytes(size))
    tracemalloc.start()
    with (tmp_path / "plain").open("rb") as source, (tmp_path / "sealed").open("wb") as target:
        sealed_files.write(source, target, "x")
    with sealed_files.opened((tmp_path / "sealed").open("rb"), "x") as file:
        assert sum(len(piece) for piece in iter(lambda: file.read(FRAME), b"")) == size
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < size / 4


@pytest.fixture
def disk(private_files, monkeypatch):
    """What stands under a name on the disk: now, and while the scanner looked at the file."""
    seen = []
    scan = scanner.scan
    monkeypatch.setattr(scanner, "scan", lambda file: (seen.append(on_disk()), scan(file))[1])

    def on_disk() -> list[bytes]:
        return [path.read_bytes() for path in private_files.rglob("*") if path.is_file()]

    return lambda: [*seen, on_disk()]


def test_of_a_file_that_is_kept_nothing_stands_on_the_disk_but_sealed(new_draft, clamd, disk, settings):
    attachment = uploads.receive(SimpleUploadedFile(f"{MARK.decode()}.pdf", PDF), new_draft())
    on_its_way, kept = disk()
    assert not on_its_way, "it has no name before it is kept"
    assert len(kept) == 1 and MARK not in kept[0] and kept[0].startswith(sealed_files.MARK)
    with attachments.open_file(attachment) as file:
        assert file.read() == PDF
    settings.FIELD_SECRETS = ["another secret"]
    with pytest.raises(FileNotFoundError):
        attachments.open_file(attachment)


def test_a_virus_that_is_found_leaves_nothing_on_the_disk(new_draft, disk):
    from lacare_site.intake.signatures import TEST_VIRUS

    with pytest.raises(Unfit):
        uploads.receive(SimpleUploadedFile("virus.csv", TEST_VIRUS), new_draft())
    assert not any(disk())


def test_a_file_of_the_time_before_is_read_as_it_stands(new_draft):
    attachment = uploads.receive(SimpleUploadedFile("letter.pdf", PDF), new_draft())
    (files._folder("attachments") / attachment.path).write_bytes(PDF)
    with attachments.open_file(attachment) as file:
        assert file.read() == PDF
