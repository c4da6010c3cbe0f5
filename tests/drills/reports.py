"""Reports of misconduct through trouble: people who file one, keep its receipt, come back with it and answer; and what of it is stored.

What the database has is opened with a recovery key that the drill alone holds: neither the site nor its rows could tell.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from django.core.files.uploadedfile import SimpleUploadedFile

from compliance import sealing
from tests.compliance.live_officer import ADD_RECOVERY_KEY
from tests.compliance.reporters import ADDRESS, ANSWERS, RECEIPT, RECEIPT_ADDRESS
from tests.drills.figures import Figures, of_the_way
from tests.drills.plant import Plant
from tests.drills.senders import Sender

TURN = re.compile(r'name="turn" value="(\w+)"')
OF_A_KEY = """
    SELECT r.id, r.receipt_lookup, k.sealed, own.sealed FROM compliance_report r
    JOIN compliance_sealedkey k ON k.report_id = r.id AND k.scope = 'thread' AND k.recipient_id = %s
    JOIN compliance_sealedkey own ON own.report_id = r.id AND own.recipient_id IS NULL
"""


@dataclass
class Reporter(Sender):
    """`from_store` counts the times that sending again brought the receipt of a report that was there already."""

    what: ClassVar[str] = "reports"
    cookies: dict[str, str] = field(default_factory=dict)
    receipt: str = ""
    from_store: int = 0

    @property
    def mark(self) -> str:
        return f"What reporter {self.number} saw."

    def contents(self, kind: str) -> list[bytes]:
        """The files of the report, and that of the message."""
        return [f"{kind} {self.number}, {place}\n".encode() * 4000 for place in range(3 if kind == "report" else 1)]

    def open(self) -> None:
        self.open_form(ADDRESS)

    def send(self, dies: tuple[str, ...] = ()) -> None:
        """The report, and a message after it: `dies` says where the server dies in the sending of each."""
        typed = ANSWERS | {"what": self.mark, "step": "write", "form_token": self.token}
        self.ask(ADDRESS, typed | {"files": self._files("report")})
        failures = self.failures
        answer = self.ask(ADDRESS, {"step": "review", "send": "1"}, dies)
        # Whoever sends gets the cookie anew; who sends again what is sent already is only led on.
        self.from_store += self.failures > failures and "Set-Cookie" not in answer.headers
        self.receipt = RECEIPT.search(self.ask(ADDRESS).text)[0]
        self.ask(ADDRESS, {"step": "sent", "last_group": self.receipt[-4:]})
        self.ask(RECEIPT_ADDRESS, {"receipt": self.receipt})
        thread = self.ask(RECEIPT_ADDRESS).text
        assert self.mark in thread, "The receipt that was shown does not open its report."
        message = {"turn": TURN.search(thread)[1], "text": self.mark, "files": self._files("message")}
        self.ask(RECEIPT_ADDRESS, message, dies)

    def ask(self, target: str, data: dict | None = None, dies: tuple[str, ...] = ()):
        answer = super().ask(target, data, dies)
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        self.cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return answer

    def _files(self, kind: str) -> list[SimpleUploadedFile]:
        return [SimpleUploadedFile(f"{kind}-{place}.csv", content) for place, content in enumerate(self.contents(kind))]


@dataclass(frozen=True)
class Stored:
    """A report in the clear: `entries` as (kind, values, contents of its files)."""

    lookup: bytes
    key: bytes
    sealed_for_reporter: bytes
    entries: list[tuple[str, dict, list[bytes]]]

    def of(self, reporter: Reporter, kind: str) -> list[list[bytes]]:
        """The files of each entry of that kind which this reporter wrote."""
        field_name = "what" if kind == "report" else "text"
        return [files for own_kind, values, files in self.entries if own_kind == kind and values[field_name] == reporter.mark]


class RecoveryKey:
    """A key of the drill's own, to which the site seals from now on."""

    def __init__(self, plant: Plant):
        self.plant, self.pair = plant, sealing.new_pair()
        ((self.pk,),) = plant.rows(ADD_RECOVERY_KEY, self.pair.public)

    def count(self, reporters: list[Reporter], kills: int) -> Figures:
        """Each has sent two things: a report, and a message."""
        stored = self._stored()
        missing, extra, halves = Counter(), Counter(), 0
        for reporter in reporters:
            opened = sealing.receipt_keys(reporter.receipt)
            for kind in ("report", "message"):
                found = [(report, files) for report in stored for files in report.of(reporter, kind)]
                missing[kind] += not found
                extra[kind] += max(0, len(found) - 1)
                for report, files in found:
                    halves += files != reporter.contents(kind)
                    assert report.lookup == opened.lookup, "The receipt names another report."
                    assert sealing.unseal(opened.pair.private, report.sealed_for_reporter) == report.key
        return Figures(
            of=Reporter.what,
            sent=2 * len(reporters),
            answered=2 * sum(bool(reporter.receipt) for reporter in reporters),
            lost=missing.total(),
            duplicates=extra.total(),
            halves=halves,
            from_store=sum(reporter.from_store for reporter in reporters),
            **of_the_way(reporters, kills),
        )

    def _stored(self) -> list[Stored]:
        """Every report that was sealed to this key."""
        found = []
        for pk, lookup, sealed, sealed_for_reporter in self.plant.rows(OF_A_KEY, self.pk):
            key, entries = sealing.unseal(self.pair.private, sealed), []
            for entry, kind, values in self.plant.rows(
                "SELECT id, kind, sealed FROM compliance_entry WHERE report_id = %s ORDER BY number", pk
            ):
                files = self.plant.rows("SELECT sealed FROM compliance_sealedfile WHERE entry_id = %s", entry)
                contents = sorted(sealing.decrypt(key, file) for (file,) in files)
                entries.append((kind, sealing.decrypt_values(key, values), contents))
            found.append(Stored(lookup, key, sealed_for_reporter, entries))
        return found
