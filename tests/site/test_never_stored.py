"""No browser and no cache on the way stores what somebody has typed: every page of every form, filled in, refused, sent and answered."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

import members.urls
import providers.urls
from lacare_site.casework import services
from lacare_site.casework.models import Case
from lacare_site.casework.workflow import REVIEWER
from lacare_site.intake import registry, tokens
from tests.intake import sample_files
from tests.intake.conftest import Visitor
from tests.members import grievances
from tests.members.test_copy_request import ADDRESS as COPY
from tests.members.test_copy_request import PAPER
from tests.pages.tree import page
from tests.providers import test_application as application
from tests.providers.test_information_request import ADDRESS as INFORMATION
from tests.providers.test_information_request import FILLED
from tests.providers.test_roster import HEADINGS, csv_file, row

pytestmark = pytest.mark.django_db
LARGER, SAVED = {"text_size": "150"}, {"download": "1"}


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


class Noting(Visitor):
    """Notes which pages came, and which of them may be stored."""

    def __init__(self):
        super().__init__()
        self.routes, self.storable = set(), []

    def request(self, **request):
        answer = super().request(**request)
        path = request["PATH_INFO"]
        self.routes.add(resolve(path).url_name)
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            self.storable.append((request["REQUEST_METHOD"], path, answer.status_code))
        return answer

    def shows(self, words: str, path: str, posted: dict | None = None) -> None:
        answer = self.get(path) if posted is None else self.post(path, posted)
        assert answer.status_code == 200 and words in (answer.text if not answer.streaming else words), path


@pytest.mark.parametrize(
    "kind", ["grievance", "copy_request", "information_request", pytest.param("application", marks=pytest.mark.audit)]
)
def test_every_page_of_a_form_that_somebody_fills_in_is_stored_nowhere(kind, monkeypatch):
    ana = Noting()
    monkeypatch.setattr(tokens, "SHORTEST", timedelta(seconds=-1))  # nobody here takes the time to type
    WAYS[kind](ana)
    assert not routes_of(kind) - ana.routes, "some pages of this form were not looked at"
    assert not ana.storable


def test_every_form_is_looked_at():
    assert set(WAYS) == {kind.key for kind in registry.kinds()}


def filed(ana: Noting) -> None:
    grievances.begun(ana)
    grievances.fill(ana)
    grievances.attach(ana, "")
    steps_of(ana, "grievance", grievances.BASE)
    assert grievances.confirm(ana).status_code == 302
    sent(ana, "grievance", grievances.BASE)


def applied(ana: Noting) -> None:
    base = application.BASE
    assert ana.begin(base, "application").status_code == 302
    application.fill(ana, csv_file(HEADINGS, row(npi="1")).getvalue())
    ana.shows("roster.csv", f"{base}/roster")
    ana.shows("", f"{base}/roster", SAVED)
    ana.shows("NPI", f"{base}/roster/row/2")
    ana.shows("NPI", f"{base}/roster/row/2", {"npi": "1"})
    application.attach(ana, "roster", "roster.csv", csv_file(HEADINGS, row()).getvalue())
    steps_of(ana, "application", base)
    application.send(ana)
    sent(ana, "application", base)


def steps_of(ana: Noting, kind: str, base: str) -> None:
    """What leads to the sending: as it was typed, with faults, and shown otherwise."""
    for step in registry.get(kind).draft.steps:
        address = f"{base}/draft/{step.key}"
        ana.shows(step.key, address)
        ana.shows(step.key, f"{address}?check=1")
        ana.shows(step.key, address, {"version": "1"} | LARGER)
        ana.shows(step.key, address, {"version": "0"})  # somebody else has saved it meanwhile
    ana.shows("my illness.exe", f"{base}/documents", {"item": "", "file-": SimpleUploadedFile("my illness.exe", b"MZ")})
    for place in ("code", "draft", "documents", "review", "resume"):
        ana.shows("<h1", f"{base}/{place}")
    ana.shows("<h1", f"{base}/review", {})  # nobody has signed it
    ana.shows("<h1", f"{base}/code", SAVED)
    ana.shows("<h1", f"{base}/resume", {"code": "0000"})
    assert ana.get(re.search(rf'href="({base}/file/\d+)"', ana.get(f"{base}/documents").text)[1]).status_code == 200


def sent(ana: Noting, kind: str, base: str) -> None:
    """The receipt, the status, and the answer to what staff ask."""
    case, code = Case.objects.get(kind=kind), ana.cookies["held_code"].value
    for shown in (None, LARGER, SAVED):
        ana.shows(case.reference, f"{base}/receipt", shown)
    status_of(ana, base, case, code)
    asked = ask(case)
    answer = f"{base}/status/answer/{asked.pk}"
    ana.shows("Which knee?", f"{base}/status")
    ana.shows("Which knee?", answer)
    ana.shows("Which knee?", answer, {"answer": ""})
    ana.shows("my illness.exe", answer, {"item": asked.item, "file": SimpleUploadedFile("my illness.exe", b"MZ")})
    file = SimpleUploadedFile("file.pdf", sample_files.PDF)
    assert ana.post(answer, {"item": asked.item, "file": file}).status_code == 302
    assert ana.post(answer, {"answer": "The left one", "version": "0"}).status_code == 302
    ana.shows("The left one", answer)
    assert ana.post(f"{base}/status", {"send_answers": "1"}).status_code == 302
    ana.shows(case.reference, f"{base}/status")
    assert ana.post(f"{base}/status", {"leave": "1"}).status_code == 302


def ask(case: Case):
    """Staff take the case up and ask something."""
    kind = registry.get(case.kind).case_kind
    ina = get_user_model().objects.create_user(f"ina of {case.kind}")
    ina.groups.add(Group.objects.get(name=kind.desk_roles[REVIEWER].group))
    for key in ("take-up", "ask"):
        case = services.move(case, kind.workflow.transitions[key], ina, "Which knee?")
    return case.deficiencies.get()


def status_of(ana: Noting, base: str, case: Case, code: str) -> None:
    """Asked for with a wrong code and the right one, shown larger, and nearly taken back."""
    ana.shows("do not belong together", f"{base}/status", {"reference": case.reference, "code": "0000"})
    assert ana.post(f"{base}/status", {"reference": case.reference, "code": code}).status_code == 302
    for shown in (None, LARGER, {"withdraw": "1"}):
        ana.shows(case.reference, f"{base}/status", shown)


def single(ana: Noting, address: str, typed: dict) -> None:
    """A form of one page: empty, with faults, shown larger, sent, its receipt, its status."""
    token = re.search(r'name="form_token" value="([^"]+)"', ana.get(address).text)[1]
    ana.shows(typed["name"], address, typed | {"form_token": token, "email": "nobody"})
    ana.shows(typed["name"], address, typed | {"form_token": token} | LARGER)
    for shown in ({}, LARGER | {"show": "1"}, SAVED):
        ana.shows("Your number", address, typed | {"form_token": token} | shown)
    case = Case.objects.latest("pk")
    code = re.search(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", ana.post(address, typed | {"form_token": token} | SAVED).text)[0]
    base = registry.get(case.kind).path
    status_of(ana, base, case, code)
    assert ana.post(f"{base}/status", {"withdraw": "1", "confirm": "1"}).status_code == 302
    ana.post(f"{base}/status", {"leave": "1"})


def asked_for(ana: Noting) -> None:
    single(ana, COPY, PAPER | {"wanted": "Member ID card"})
    single(ana, f"{COPY}/{page('/members/id-card').pk}", PAPER)


WAYS = {
    "grievance": filed,
    "application": applied,
    "copy_request": asked_for,
    "information_request": lambda ana: single(ana, INFORMATION, FILLED),
}


def routes_of(kind: str) -> set[str]:
    """The names of the pages of a form: they lie below its own."""
    below = registry.get(kind).path.lstrip("/")
    urls = [*members.urls.urlpatterns, *providers.urls.urlpatterns]
    forms = [url for url in urls if getattr(getattr(url, "callback", None), "is_form_page", False)]
    return {url.name for url in forms if str(url.pattern).startswith(below)}
