"""What people do with the sample form of several steps."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.intake import sample_files
from tests.intake.sample_form import GROUP, OWNERS

BASE = "/providers/inquiry"
SIGNATURE = {"signed_by": "Ana Peña", "is_true": "on"}


def send_file(who, item="policy", name="policy.pdf", content=sample_files.PDF, **further):
    """By the button beside the place of the item, or of the file that it `replaces`."""
    place = further.get("replaces", item)
    pressed = {} if "replaces" in further else {"item": item}
    return who.post(f"{BASE}/documents", {f"file-{place}": SimpleUploadedFile(name, content), **pressed, **further})


def fill(who) -> None:
    assert who.post(f"{BASE}/draft/group", GROUP | OWNERS | {"version": "0"}).headers["Location"] == f"{BASE}/draft/size"
    assert who.post(f"{BASE}/draft/size", {"members": "12", "version": "0"}).headers["Location"] == f"{BASE}/documents"
    assert send_file(who).status_code == 302


def begin(who, **further):
    return who.begin(BASE, "inquiry", **further)


def join(visitor, code):
    who = visitor()
    assert who.post(f"{BASE}/resume", {"code": code.lower().replace("-", " ")}).headers["Location"] == f"{BASE}/draft"
    return who
