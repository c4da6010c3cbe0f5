"""What rosters.py has done in a process under Django: the files are written, and one of them is read or checked."""

import csv
import json
import resource
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl

ROWS = 20_000
EVERY = 20  # one row in so many has a fault, so that all rows are kept to be corrected
MEGABYTE = 1024 * 1024


def write(folder: str) -> None:
    """roster.csv and roster.xlsx."""
    from tests.providers.test_roster import HEADINGS, csv_file, row, with_check_digit, xlsx_file

    npis = ("1" if number % EVERY == 0 else with_check_digit(f"1{number:08}") for number in range(ROWS))
    rows = [row(npi=npi, street=f"{number} Example Street") for number, npi in enumerate(npis)]
    for kind, content in (("csv", csv_file), ("xlsx", xlsx_file)):
        (Path(folder) / f"roster.{kind}").write_bytes(content(HEADINGS, *rows).getvalue())


def measure(folder: str, kind: str, work: str) -> None:
    """Prints [seconds, megabytes that the process held at most]."""
    path = Path(folder) / f"roster.{kind}"
    do = _reading(path, kind) if work == "read" else _checking(path)
    begin = time.perf_counter()
    do()
    print(json.dumps([time.perf_counter() - begin, peak()]))


def _reading(path: Path, kind: str) -> Callable[[], object]:
    rows = _csv_rows if kind == "csv" else _xlsx_rows
    return lambda: sum(1 for _row in rows(path))


def _csv_rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _xlsx_rows(path: Path) -> Iterator[tuple]:
    book = openpyxl.load_workbook(path, read_only=True)
    yield from book.worksheets[0].iter_rows(values_only=True)


def _checking(path: Path) -> Callable[[], object]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from lacare_site.intake import drafts, uploads
    from lacare_site.intake.models import Draft
    from providers.application import rosters
    from providers.application.models import RosterCheck
    from providers.service_area import zip_codes

    zip_codes()  # which a worker loads once
    drafts.start("application", "en", uuid.uuid4())
    draft = Draft.objects.latest("pk")
    attachment = uploads.receive(SimpleUploadedFile(path.name, path.read_bytes()), draft, rosters.ROSTER)
    found = RosterCheck.objects.create(attachment=attachment)

    def check() -> None:
        rosters.run(found)
        if (found.rows, rosters.wrong(found).count()) != (ROWS, ROWS // EVERY):
            raise RuntimeError(f"{found.rows} rows were checked.")

    return check


def peak() -> float:
    """Megabytes that this process has held at most."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE
