"""The log of a web server tells nobody that somebody has visited the pages on reports."""

import time

import pytest

from lacare_site.languages import LANGUAGES
from tests.harness import clones, site


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    """A gunicorn with an access log, and that log."""
    log = tmp_path_factory.mktemp("logs") / "access.log"
    clones.make("logged_site")
    served = site.serve("logged_site", ["--workers", "1", "--access-logfile", str(log)], clones.environment("logged_site"))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if served.get("/healthz").status == 200:
                break
        except OSError:
            time.sleep(0.1)
    yield served, log
    served.end()


def test_no_line_tells_of_a_visit_to_the_pages_on_reports(logged):
    served, log = logged
    prefixes = ["" if language.code == "en" else f"/{language.code}" for language in LANGUAGES]
    for prefix in prefixes:
        for path in ("/compliance", "/compliance/report", "/compliance/report/receipt", "/compliance/report?leave=1"):
            served.get(f"{prefix}{path}", {"User-Agent": "QZBROWSER"})
    served.get("/%63ompliance/report", {"User-Agent": "QZBROWSER"})
    served.get("/members", {"User-Agent": "QZBROWSER", "Referer": "http://127.0.0.1/es/compliance/report"})
    served.get("/providers/policies-compliance", {"User-Agent": "somebody"})
    deadline = time.monotonic() + 30
    while "/providers/policies-compliance" not in (written := log.read_text()):  # a line is written after its answer
        assert time.monotonic() < deadline, "the log does not log"
        time.sleep(0.05)
    assert "QZBROWSER" not in written
