"""People who send forms through trouble: what fails they send again, as a browser's reload does, until they see a receipt."""

import http.client
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from lacare_site.intake import codes, draft_views, tokens
from tests.drills import failpoints
from tests.drills.plant import Plant
from tests.harness.site import Answer
from tests.intake import sample_files
from tests.providers.test_application import BASE, REQUIRED, SIGNATURE, STEPS
from tests.providers.test_information_request import ADDRESS, FILLED
from tests.providers.test_roster import HEADINGS, csv_file, row

REFERENCE = re.compile(r"\b(?:INF|PPG)-[0-9A-Z-]+")
BEFORE, AFTER = failpoints.BEFORE_COMMIT, failpoints.AFTER_COMMIT
_numbers = count(1)


@dataclass
class Sender:
    """`failures` counts the tries that brought no page, `seconds` how long each that did has taken."""

    plant: Plant
    number: int = field(default_factory=lambda: next(_numbers))
    reference: str = ""
    cookie: str = ""
    failures: int = 0
    seconds: list[float] = field(default_factory=list)
    last_try_at: datetime | None = None

    def ask(self, target: str, data: dict | None = None, dies: tuple[str, ...] = ()) -> Answer:
        """Asks until there is a page. `dies`: where the server dies in the first try, the second and so on."""
        for point in [*dies, *[""] * 200]:
            self.last_try_at, began = datetime.now(UTC), time.monotonic()
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

    def open_form(self, address: str, shortest: timedelta = tokens.SHORTEST) -> None:
        page = self.ask(address).text
        self.token = re.search(r'name="form_token" value="([^"]+)"', page)[1]
        self.ready_at = time.monotonic() + shortest.total_seconds() + 0.1

    def wait_as_people_do(self) -> None:
        """A form that is sent at once is taken for a program's."""
        time.sleep(max(0, self.ready_at - time.monotonic()))

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

    @property
    def mark(self) -> str:
        return f"Question {self.number}"

    def open(self) -> None:
        self.open_form(ADDRESS)

    def send(self, dies: tuple[str, ...] = ()) -> None:
        self.wait_as_people_do()
        asked = FILLED | {"message": self.mark, tokens.FIELD: self.token, "email": f"sender{self.number}@example.org"}
        self.reference = REFERENCE.search(self.ask(ADDRESS, asked, dies).text)[0]


class Applicant(Sender):
    """Fills in one whole application and sends it."""

    def begin(self) -> None:
        self.open_form(BASE, draft_views.TO_START)
        self.wait_as_people_do()
        answer = self.ask(f"{BASE}/start", {tokens.FIELD: self.token})
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]

    @property
    def code_hash(self) -> str:
        return codes.hash_of(self.cookie.partition("=")[2])

    def attach(self, item: str, name: str = "file.pdf", content: bytes = sample_files.PDF, **options) -> Answer:
        return self.ask(f"{BASE}/documents", {"item": item, "file": SimpleUploadedFile(name, content)}, **options)

    def fill(self) -> None:
        for step, typed in STEPS.items():
            assert self.ask(f"{BASE}/draft/{step}", typed | {"version": "0"}).status == 302
        for item in REQUIRED:
            assert self.attach(item).status == 302
        assert self.attach("roster", "roster.csv", csv_file(HEADINGS, row()).getvalue()).status == 302

    def apply(self, dies: tuple[str, ...] = ()) -> None:
        self.begin()
        self.fill()
        answer = self.ask(f"{BASE}/review", SIGNATURE, dies)
        assert answer.status == 302 and answer.headers["Location"] == f"{BASE}/receipt"
        sent_at = self.last_try_at
        self.reference = REFERENCE.search(self.ask(f"{BASE}/receipt").text)[0]
        self.last_try_at = sent_at


def open_forms(plant: Plant, number: int, kind: type = Asker) -> list:
    """So many people, each with the form open."""
    plant.forget_limits()
    people = [kind(plant) for _ in range(number)]
    _all_at_once(kind.open, people)
    return people


def send_all(askers: list, dies: Callable[[int], tuple[str, ...]] = lambda place: ()) -> None:
    """Everybody sends, and has a receipt in the end. `dies`, of each one's place, is that of `Sender.ask`."""
    _all_at_once(lambda place: askers[place].send(dies(place)), range(len(askers)))


def _all_at_once(work: Callable, items) -> None:
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, items))
