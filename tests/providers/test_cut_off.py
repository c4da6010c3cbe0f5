"""A connection that breaks in the middle of an upload or a step: nothing of it is kept, and nothing that was typed before is lost."""

from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.harness import clones
from tests.harness.site import Answer, read_answer
from tests.providers.test_application import BASE, STEPS
from tests.providers.test_roster import HEADINGS, csv_file, row

BEGIN = "import uuid; from lacare_site.intake import drafts; print(drafts.start('application', 'en', uuid.uuid4()))"
FORM = "application/x-www-form-urlencoded"
ROSTER = csv_file(HEADINGS, *(row(street=f"{number} Example Street") for number in range(2_000))).getvalue()


def test_what_breaks_off_on_its_way_leaves_nothing_and_loses_nothing(fresh_site):
    site = fresh_site()
    headers = {"Cookie": f"held_code={site.run(BEGIN).strip()}", "Sec-Fetch-Site": "same-origin"}

    def post(target: str, body: bytes, kind: str, comes: float = 1) -> Answer:
        """The answer to the first part of a body, after which nothing comes."""
        with site.begin(
            f"{BASE}/{target}", headers | {"Content-Type": kind, "Content-Length": str(len(body))}, "POST"
        ) as connection:
            connection.sendall(body[: int(len(body) * comes)])
            connection.shutdown(1)  # for writing
            return read_answer(connection, "POST")

    def step(**changes: str) -> bytes:
        return urlencode(STEPS["organization"] | changes, doseq=True).encode()

    def documents(**files: bytes) -> bytes:
        files = [SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()]
        return encode_multipart(BOUNDARY, {"item": "roster", "file-roster": files})

    assert post("draft/organization", step(), FORM).status == 302
    kept = site.sql("SELECT data, version FROM intake_draftstep")
    for comes in (0.4, 0.9):
        assert post("draft/organization", step(version="1", legal_name="Oak Clinic"), FORM, comes).status == 400
    assert site.sql("SELECT data, version FROM intake_draftstep") == kept

    sent = documents(small=b"NPI\r\n1234567893\r\n", roster=ROSTER)
    private = clones.folder() / site.log.stem / "private"
    for comes in (0.01, 0.5, 0.99):
        assert post("documents", sent, MULTIPART_CONTENT, comes).status == 400
        assert site.sql("SELECT count(*) FROM intake_attachment") == [(0,)]
        assert not [path for path in private.rglob("*") if path.is_file()]
    shown = site.get(f"{BASE}/documents", headers).text
    assert "small.csv" not in shown and "roster.csv" not in shown
    assert post("documents", documents(roster=ROSTER), MULTIPART_CONTENT).status == 302
    assert site.sql("SELECT size FROM intake_attachment") == [(len(ROSTER),)]
    assert "roster.csv" in site.get(f"{BASE}/documents", headers).text
    assert 'value="Example Medical Group"' in site.get(f"{BASE}/draft/organization", headers).text
