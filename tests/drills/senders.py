"""People who send forms through trouble: what fails they send again, as a browser's reload does, until they see a receipt."""

import http.client
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import ClassVar
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from lacare_site.intake import codes, tokens
from tests.drills import failpoints
from tests.drills.plant import Plant
from tests.harness.site import Answer
from tests.intake import sample_files
from tests.members import grievances
from tests.providers import test_application as applications
from tests.providers.test_information_request import ADDRESS, FILLED
from tests.providers.test_roster import HEADINGS, csv_file, row

REFERENCE = re.compile(r"\b(?:INF|PPG|GRV)-[0-9A-Z-]+")
BEFORE, AFTER = failpoints.BEFORE_COMMIT, failpoints.AFTER_COMMIT
_numbers = count(1)


@dataclass
class Sender:
    """Somebody who sends `what`, with the documents `items`. `place` is theirs among all of their kind in a drill. `failures` counts the tries that brought no page, `seconds` how long each
    that did has taken. What was handed in bears `reference`; the try that was answered began at `handed_in_at` and took `wait` seconds."""

    what: ClassVar[str]
    items: ClassVar[tuple[str, ...]] = ()
    plant: Plant
    place: int = 0
    number: int = field(default_factory=lambda: next(_numbers))
    reference: str = ""
    cookie: str = ""
    failures: int = 0
    seconds: list[float] = field(default_factory=list)
    handed_in_at: datetime | None = None
    wait: float = 0

    def ask(self, target: str, data: dict | None = None, dies: tuple[str, ...] = ()) -> Answer:
        """Asks until there is a page. `dies`: where the server dies in the first try, the second and so on."""
        for point in [*dies, *[""] * 200]:
            self._tried_at, began = datetime.now(UTC), time.monotonic()
            try:
                answer = self._try(target, data, point)
            except (OSError, http.client.HTTPException):
                self.failures += 1
            else:
                if answer.status < 400:
                    self.seconds.append(time.monotonic() - began)
                    return answer
                assert answer.status == 503, f"{answer.status} for {target}\n{self.plant.logs()}"
                self.failures += 1
            time.sleep(0.2)
        raise AssertionError(f"No page after 200 tries: {target}\n{self.plant.logs()}")

    def hand_in(self, target: str, data: dict, dies: tuple[str, ...]) -> Answer:
        answer = self.ask(target, data, dies)
        self.handed_in_at, self.wait = self._tried_at, self.seconds[-1]
        return answer

    def open_form(self, address: str) -> None:
        self.token = re.search(r'name="form_token" value="([^"]+)"', self.ask(address).text)[1]

    def _try(self, target: str, data: dict | None, point: str) -> Answer:
        headers = {"X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if point:
            headers[failpoints.HEADER] = point
        if data is None:
            return self.plant.site.get(target, headers)
        headers["Sec-Fetch-Site"] = "same-origin"
        values = [value for listed in data.values() for value in (listed if isinstance(listed, list) else [listed])]
        if uploads := [value for value in values if isinstance(value, SimpleUploadedFile)]:
            for upload in uploads:
                upload.seek(0)
            headers["Content-Type"], body = MULTIPART_CONTENT, encode_multipart(BOUNDARY, data)
        else:
            headers["Content-Type"], body = "application/x-www-form-urlencoded", urlencode(data, doseq=True).encode()
        return self.plant.site.get(target, headers, "POST", body)


class Asker(Sender):
    """Sends one request for information."""

    what = "requests"

    @property
    def mark(self) -> str:
        return f"Question {self.number}"

    def open(self) -> None:
        self.open_form(ADDRESS)

    def send(self, dies: tuple[str, ...] = ()) -> None:
        asked = FILLED | {"message": self.mark, tokens.FIELD: self.token, "email": f"sender{self.number}@example.org"}
        self.reference = REFERENCE.search(self.hand_in(ADDRESS, asked, dies).text)[0]


class Drafter(Sender):
    """Fills in a whole form of several steps, reads it once more and sends it. `base` is the form's page, `steps` what is typed into each
    step, `signature` what in the end."""

    base: ClassVar[str]
    signature: ClassVar[dict]

    @property
    def mark(self) -> str:
        """Stands among what is typed."""
        return f"Sender {self.number}"

    @property
    def steps(self) -> dict[str, dict]:
        raise NotImplementedError

    def begin(self) -> None:
        self.open_form(self.base)
        answer = self.ask(f"{self.base}/start", {tokens.FIELD: self.token})
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]

    @property
    def code_hash(self) -> str:
        return codes.hash_of(self.cookie.partition("=")[2])

    def attach(self, item: str, name: str = "file.pdf", content: bytes = sample_files.PDF, **options) -> Answer:
        return self.ask(f"{self.base}/documents", {"item": item, f"file-{item}": SimpleUploadedFile(name, content)}, **options)

    def open(self) -> None:
        self.begin()
        for step, typed in self.steps.items():
            assert self.ask(f"{self.base}/draft/{step}", typed | {"version": "0"}).status == 302
        for item in self.items:
            assert self.attach(item).status == 302
        assert self.mark in self.ask(f"{self.base}/review").text, "What was typed is lost."

    def send(self, dies: tuple[str, ...] = ()) -> None:
        answer = self.hand_in(f"{self.base}/review", self.signature, dies)
        assert answer.status == 302 and answer.headers["Location"] == f"{self.base}/receipt"
        self.reference = REFERENCE.search(self.ask(f"{self.base}/receipt").text)[0]


class Applicant(Drafter):
    what = "applications"
    base, signature = applications.BASE, applications.SIGNATURE
    items = (*applications.REQUIRED, "roster")

    @property
    def steps(self) -> dict[str, dict]:
        return applications.STEPS | {"organization": applications.STEPS["organization"] | {"legal_name": self.mark}}

    def attach(self, item: str, *content, **options) -> Answer:
        if item == "roster" and not content:
            content = "roster.csv", csv_file(HEADINGS, row()).getvalue()
        return super().attach(item, *content, **options)


class Griever(Drafter):
    """Files a grievance for a member, and wants its answer by mail."""

    what = "grievances"
    base, signature = grievances.BASE, {"is_true": "on"}
    items = ("proof",)

    @property
    def steps(self) -> dict[str, dict]:
        changed = {
            "people": grievances.FOR_ANOTHER["representative"],
            "events": {"what": self.mark},
            "answer": grievances.BY_EMAIL | {"email": f"sender{self.number}@example.org"},
        }
        return {step: typed | changed.get(step, {}) for step, typed in grievances.STEPS.items()}


def open_forms(plant: Plant, people: dict[type[Sender], int]) -> list:
    """So many people of each kind, each with the form open; one of several steps is filled in up to where it is sent."""
    plant.forget_limits()
    opened = [kind(plant, place) for kind, number in people.items() for place in range(number)]
    _all_at_once(lambda sender: sender.open(), opened)
    return opened


def send_all(senders: list, dies: Callable[[int], tuple[str, ...]] = lambda place: ()) -> None:
    """Everybody sends, and has a receipt in the end. `dies`, of each one's place, is that of `Sender.ask`."""
    _all_at_once(lambda sender: sender.send(dies(sender.place)), senders)


def dying(every: int) -> Callable[[int], tuple[str, ...]]:
    """Each `every`th meets a server that dies before the commit and one that dies after it; halfway to the next, one meets the latter."""
    return lambda place: {0: (BEFORE, AFTER), every // 2: (AFTER,)}.get(place % every, ())


def _all_at_once(work: Callable, items: Iterable) -> None:
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, items))
