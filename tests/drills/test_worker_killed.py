"""kill -9 of the worker in the middle of mails, of scans and of tasks: it goes on where it was."""

import signal
import socketserver
import threading
import time

import pytest

from tests.drills import figures
from tests.drills.senders import AFTER, Applicant, Asker, Griever, open_forms, send_all
from tests.intake.conftest import Clamd
from tests.providers.test_roster import HEADINGS, csv_file, row, with_check_digit

ROSTER = f"{Applicant.base}/roster"


@pytest.mark.parametrize(
    ("people", "kills"),
    [
        pytest.param({Asker: 3, Griever: 2}, 1, id="short"),
        pytest.param({Asker: 40, Griever: 20}, 10, id="long", marks=pytest.mark.drill),
    ],
)
def test_each_mail_arrives_when_the_worker_is_killed_amid_them(plant, note_figures, people, kills):
    """Each time at the worst moment: the server has the mail, and the worker does not know. No program can know then whether the mail
    has gone, so it is sent again, under the same Message-ID; all other mails arrive once."""
    senders = open_forms(plant, people)
    with plant.slow_mail() as wait_for_it:
        send_all(senders)
        wait_for_it()
        plant.stop_worker(signal.SIGKILL)
    for _ in range(kills - 1):
        plant.let_leases_end()
        plant.start_worker()
        with plant.slow_mail() as wait_for_it:
            wait_for_it()
            plant.stop_worker(signal.SIGKILL)
    plant.let_leases_end()
    plant.start_worker()
    found = figures.count(plant, senders, kills=kills)
    note_figures(*found)
    for each in found:
        each.assert_nothing_lost()
    assert sum(each.mails_again for each in found) <= kills


class SlowScanner(Clamd):
    """Keeps the worker waiting for its answer while it is `slow`, and counts the files."""

    slow, asked = threading.Event(), 0

    def handle(self):
        SlowScanner.asked += 1
        while self.slow.is_set():
            time.sleep(0.05)
        super().handle()


class ScannerServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@pytest.mark.drill
def test_all_files_are_scanned_when_the_worker_is_killed_amid_a_scan(plant):
    applicant = Applicant(plant)
    applicant.begin()
    for number in range(3):
        assert applicant.attach("", f"file{number}.pdf").status == 302
    waiting = plant.attachments(applicant, "not-scanned")
    assert len(waiting) == 3, "the scanner is not there yet"
    SlowScanner.slow.set()
    with ScannerServer(("127.0.0.1", plant.scanner_port), SlowScanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        plant.wait(lambda: SlowScanner.asked, "the worker asks the scanner")
        plant.stop_worker(signal.SIGKILL)
        SlowScanner.slow.clear()
        plant.start_worker()
        plant.wait(lambda: plant.attachments(applicant, "clean") == waiting, "all files are scanned")
        server.shutdown()


@pytest.mark.parametrize(
    "rows", [pytest.param(4_000, id="short", marks=pytest.mark.audit), pytest.param(10_000, id="long", marks=pytest.mark.drill)]
)
def test_a_roster_is_checked_when_whoever_checks_it_is_killed(plant, rows):
    applicant = Applicant(plant)
    applicant.begin()
    clinicians = (row(npi=with_check_digit(f"{100_000_000 + number}")) for number in range(rows))
    assert applicant.attach("roster", "roster.csv", csv_file(HEADINGS, *clinicians).getvalue()).status == 302
    applicant.ask(ROSTER, dies=(AFTER,))
    plant.wait(lambda: plant.has_running_tasks() or is_checked(applicant, rows), "the worker has begun", seconds=180)
    plant.stop_worker(signal.SIGKILL)
    plant.let_leases_end()
    plant.start_worker()
    plant.wait(lambda: is_checked(applicant, rows), "the roster is checked", seconds=180)


def is_checked(applicant: Applicant, rows: int) -> bool:
    return f"{rows} rows, and no faults" in applicant.ask(ROSTER).text
