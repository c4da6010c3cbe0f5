"""Grievances as people send them, for the tests."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from lacare_site.casework import services
from lacare_site.casework.models import Case
from members.grievance.desk import CASE_KIND
from tests.intake import sample_files
from tests.intake.conftest import Visitor

BASE = "/members/file-grievance/grievance-appeal-form"
# In every field that takes words there is a mark, by which it is found wherever it should not stand.
MARK = "Quittenbaum"
STEPS = {
    "urgency": {"plan": "medi-cal", "is_urgent": "no"},
    "people": {"filer": "member", "member_name": f"Ana {MARK}", "member_number": "91234567A", "filer_name": ""}
    | {"born_on": f"May 3, 1950 {MARK}"},
    "events": {"kind": "grievance", "what": f"They sent me home with a {MARK} in my knee.", "when": f"On March 3, 2024 {MARK}"}
    | {"who": f"Dr. {MARK}", "wanted": f"Look at the {MARK}."},
    "answer": {"way": "post", "answer_language": "es", "wants_large_print": "on", "address": f"1 {MARK} Street, 90017"}
    | {"telephone": "213-555-0147", "email": ""},
}
FOR_ANOTHER = {
    "parent": {"filer": "parent", "filer_name": f"Eva {MARK}"},
    "representative": {"filer": "representative", "filer_name": f"Ben {MARK}"},
}
BY_EMAIL = {"way": "email", "email": "ana@example.org", "consent_email": "on"}


def begun(who: Visitor | None = None) -> Visitor:
    """Somebody who has begun a grievance; `code` is theirs."""
    who = who or Visitor()
    answer = who.begin(BASE, "grievance")
    assert answer.headers["Location"] == f"{BASE}/code", answer.text
    who.code = who.cookies["held_code"].value
    return who


def save(who: Visitor, step: str, **changed):
    return who.post(f"{BASE}/draft/{step}", STEPS[step] | {"version": "0"} | changed)


def attach(who: Visitor, item: str, name: str = "file.pdf", content: bytes = sample_files.PDF):
    return who.post(f"{BASE}/documents", {"item": item, f"file-{item}": SimpleUploadedFile(name, content)})


def fill(who: Visitor, **changed: str) -> None:
    """All steps, with these fields changed."""
    for step, fields in STEPS.items():
        answer = save(who, step, **{name: value for name, value in changed.items() if name in fields or name == "consent_email"})
        assert answer.status_code == 302, answer.text
    if changed.get("filer") == "representative":
        assert attach(who, "proof").status_code == 302


def confirm(who: Visitor):
    return who.post(f"{BASE}/review", {"is_true": "on"})


def sent(**changed: str) -> tuple[Visitor, Case]:
    """A grievance that somebody has sent."""
    who = begun()
    fill(who, **changed)
    answer = confirm(who)
    assert answer.status_code == 302, answer.text
    return who, Case.objects.filter(kind="grievance").latest("pk")


def write(case: Case, letter: str, by, text: str = "Dear Ana") -> Case:
    """A letter of the desk, with the step that it makes."""
    letters = {each.key: each for each in CASE_KIND.letters}
    services.keep_letter(case, letters[f"grievance_{letter}"], by, text)
    case.refresh_from_db()
    return case


def assert_sealed(query: str) -> None:
    """That nothing of what people wrote is readable in these rows."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchall()
    kept = [bytes(value) if isinstance(value, memoryview) else str(value).encode() for row in rows for value in row]
    assert len(kept) > 5 and not any(MARK.encode() in value or b"knee" in value for value in kept)
