"""A draft to work on, and a scanner that answers as the real one does."""

import dataclasses
import socketserver
import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from lacare_site.casework import registry as casework
from lacare_site.intake import codes, deficiencies, draft_views, registry, tokens
from lacare_site.intake.models import Draft
from lacare_site.intake.signatures import TEST_VIRUS
from tests.intake import sample_codes, sample_form
from tests.intake.sample_form import KIND


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    """A folder of this test's own for what is sent."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


@pytest.fixture
def new_draft(db):
    """Makes drafts: `new_draft(kind="…")`; `draft.code` is its code."""

    def make(kind: str = "test_application", language: str = "en") -> Draft:
        code = sample_codes.new()
        expires = timezone.now() + timedelta(days=30)
        draft = Draft.objects.create(kind=kind, code_hash=codes.hash_of(code), language=language, expires_at=expires)
        draft.code = code
        return draft

    return make


class Clamd(socketserver.StreamRequestHandler):
    """As much of clamd as INSTREAM needs, with one signature. `limit` is StreamMaxLength."""

    limit = 10_000_000

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
            if len(content) > self.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.wfile.write(b"stream: Eicar-Test FOUND\0" if TEST_VIRUS[::-1] in content else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    """A running scanner, which takes the test virus written backwards for a virus: our own check knows it the right way round."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def moved(case, event) -> None:
    if event.to_stage == "deficient":
        deficiencies.ask(case, event)


@pytest.fixture
def inquiry_form(db, monkeypatch, settings):
    """The sample form of several steps, with its addresses below /providers/inquiry."""
    cases = [dataclasses.replace(kind, moved=moved) if kind.key == KIND.key else kind for kind in casework.kinds()]
    monkeypatch.setattr(casework, "_kinds", {kind.key: kind for kind in cases})
    monkeypatch.setattr(registry, "_kinds", {kind.key: kind for kind in [*registry.kinds(), KIND]})
    settings.ROOT_URLCONF = "tests.intake.sample_urls"
    monkeypatch.setattr(sample_form, "CLOSURES", [None])
    return KIND


class Visitor(Client):
    """Somebody at a browser, which says where its requests come from."""

    def post(self, path, data=None, **options):
        return super().post(path, data or {}, headers={"Sec-Fetch-Site": "same-origin"}, **options)

    def begin(self, form: str, kind: str, **further):
        """Presses "Start now" on the page of a form of several steps, after the time that a person takes."""
        with mock.patch.object(draft_views, "TO_START", timedelta(0)):
            return self.post(f"{form}/start", {"form_token": tokens.new(kind)} | further)


@pytest.fixture
def visitor():
    """Makes people, each with a browser of their own: `ana, ben = visitor(), visitor()`."""
    return Visitor


@pytest.fixture
def ana(inquiry_form):
    """Somebody who has begun an inquiry; `ana.code` is its code."""
    ana = Visitor()
    answer = ana.begin("/providers/inquiry", "inquiry")
    assert answer.headers["Location"] == "/providers/inquiry/code"
    ana.code = ana.cookies["held_code"].value
    return ana
