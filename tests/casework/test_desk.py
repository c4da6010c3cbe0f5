"""The desks as staff use them: who sees what, what a page says, what is refused and keeps what was typed."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from lacare_site.casework import services
from lacare_site.casework.models import AuditEntry, Case
from lacare_site.outbox.models import Message
from tests.casework.sample.kind import WORKFLOW

STEPS = WORKFLOW.transitions
DESK = "/admin/cases/inquiry/"


@pytest.fixture
def as_staff(client, staff):
    """A client signed in with roles: `ina = as_staff("reviewer")`; `ina.user` is the account."""

    def sign_in(*held: str, name: str = "ina"):
        client.user = staff(name, *held)
        client.force_login(client.user)
        return client

    return sign_in


def address(case: Case) -> str:
    return reverse("case", args=["inquiry", case.reference])


def do(client, case: Case, action: str, **data):
    return client.post(address(case), {"action": action, **data})


def search(client, **typed):
    return client.post(DESK, typed, follow=True)


def rows(answer) -> list[str]:
    return re.findall(r"INQ-[0-9A-Z-]{9}</a>", answer.text)


def test_the_list_shows_open_cases_the_most_urgent_first(as_staff, open_inquiry):
    late, early = open_inquiry("Late Group"), open_inquiry("Early Group")
    Case.objects.filter(pk=early.pk).update(due_at=timezone.now() - timedelta(days=3))
    closed = services.move(open_inquiry(), STEPS["withdraw"], None)
    answer = as_staff("reviewer").get(DESK)
    assert rows(answer) == [f"{early.reference}</a>", f"{late.reference}</a>"]
    assert "Overdue by 3 days" in answer.text and re.search(r"Due in \d+ business days", answer.text)
    assert closed.reference in as_staff("reviewer", name="rita").get(DESK + "?stage=closed").text


def test_a_search_finds_by_reference_and_by_summary(as_staff, open_inquiry):
    palm, oak = open_inquiry("Palm Medical Group"), open_inquiry("Oak Physicians")
    ina = as_staff("reviewer")
    for words, found in ((oak.reference.lower(), oak), ("oak", oak), ("medical palm", palm)):
        assert rows(search(ina, q=words)) == [f"{found.reference}</a>"]
    assert "No case matches" in search(ina, q="willow").text


def test_what_is_searched_for_stands_in_no_address(as_staff, open_inquiry):
    palm, _oak = open_inquiry("Ana Palm"), open_inquiry("Oak Physicians")
    ina = as_staff("reviewer")
    answer = search(ina, q="Ana Palm", stage="all", assigned="nobody")
    where = answer.redirect_chain[-1][0]
    assert "stage=all" in where and "assigned=nobody" in where and "Palm" not in where
    assert rows(answer) == [f"{palm.reference}</a>"] and 'value="Ana Palm"' in answer.text
    leads_to = re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)
    assert any("export/?" in address for address in leads_to) and not any("Palm" in address for address in leads_to)
    assert len(rows(ina.get(f"{DESK}?stage=all"))) == 2, "other ways to the list show it whole"
    assert len(rows(search(ina, q=" "))) == 2
    assert len(rows(as_staff("reviewer", name="rita").get(where))) == 2, "another's words are not shown"


def test_the_audit_log_is_searched_without_naming_anybody_in_its_address(as_staff, open_inquiry):
    case, otto = open_inquiry(), as_staff("auditor")
    otto.get(address(case))
    answer = otto.post("/admin/cases/audit-log/", {"actor": "ina", "subject": case.reference}, follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/cases/audit-log/?searched=yes"
    assert 'value="ina"' in answer.text and answer.text.count("case.viewed") == 1 and "Show all" in answer.text
    assert "No entry matches" in otto.post("/admin/cases/audit-log/", {"actor": "nobody"}, follow=True).text
    assert as_staff("reviewer", name="rita").post("/admin/cases/audit-log/", {"actor": "ina"}).headers["Location"] == "/admin/"


@pytest.mark.parametrize(
    "query", ["searched=%00", "q=x", "stage=x", "assigned=99999999999999999999", "assigned=²", "due=x", "p=0", "p=x&stage=all"]
)
def test_senseless_filters_are_no_fault(as_staff, open_inquiry, query):
    open_inquiry()
    assert as_staff("reviewer").get(f"{DESK}?{query}").status_code == 200


@pytest.mark.parametrize("words", ["\0", "%'", "x" * 5000, "a " * 50_000])
def test_senseless_words_are_no_fault(as_staff, open_inquiry, words):
    open_inquiry()
    assert search(as_staff("reviewer"), q=words).status_code == 200


def test_my_cases_and_nobodys(as_staff, open_inquiry):
    mine, nobodys = open_inquiry(), open_inquiry()
    ina = as_staff("reviewer")
    assert do(ina, mine, "assign", to=ina.user.pk).status_code == 302
    assert rows(ina.get(DESK + "?assigned=me")) == [f"{mine.reference}</a>"]
    assert rows(ina.get(DESK + "?assigned=nobody")) == [f"{nobodys.reference}</a>"]


def test_the_page_of_a_case_says_everything_and_is_logged(as_staff, open_inquiry):
    case = open_inquiry("<b>Palm</b>", members=1200)
    answer = as_staff("reviewer").get(address(case))
    assert "&lt;b&gt;Palm&lt;/b&gt;" in answer.text and "<b>Palm" not in answer.text
    assert "1200" in answer.text and "Begin the review" in answer.text
    assert AuditEntry.objects.filter(action="case.viewed", actor="ina", subject=case.reference).count() == 1


def test_a_whole_way_to_approval(as_staff, open_inquiry):
    case = open_inquiry(contact_email="sender@example.org")
    ina = as_staff("reviewer", "decider")
    for step in ("take", "present"):
        assert do(ina, case, f"move:{step}").status_code == 302
    shown = ina.get(address(case)).text
    assert "Two people decide: you brought the case to this point" in shown
    assert 'value="move:approve"' not in shown
    assert do(ina, case, "move:approve").status_code == 409
    dora = as_staff("decider", name="dora")
    assert 'value="move:approve"' in dora.get(address(case)).text
    assert do(dora, case, "move:approve", text="All is there").status_code == 302
    case.refresh_from_db()
    assert case.stage == "approved" and Message.objects.filter(to="sender@example.org").count() == 1
    assert "All is there" in dora.get(address(case)).text


def test_what_was_typed_outlasts_a_refusal(as_staff, open_inquiry):
    case, ina = open_inquiry(), as_staff("reviewer")
    do(ina, case, "move:take")
    answer = do(ina, case, "move:present", seen_stage="received", text="a long reason")
    assert answer.status_code == 409
    assert "Somebody has moved this case to “Under review” meanwhile." in answer.text
    assert ">a long reason</textarea>" in answer.text and "<details" in answer.text
    assert "Give the reason" in do(ina, case, "move:lack").text


@pytest.mark.parametrize("action", ["", "move", "move:none", "move:approve", "delete", "assign:x", "hold"])
def test_actions_that_do_not_exist_or_are_not_ours_change_nothing(as_staff, open_inquiry, action):
    case = open_inquiry()
    answer = do(as_staff("reviewer"), case, action, text="x", to="1")
    assert answer.status_code == 409 and 'role="alert"' in answer.text
    assert case.events.count() == 1
    assert AuditEntry.objects.filter(action="case.viewed", subject=case.reference).count() == 1, "the page shows all of it"


def test_notes_and_holds(as_staff, open_inquiry):
    case, dora = open_inquiry(), as_staff("decider")
    assert do(dora, case, "note", text="Called\0them.").status_code == 302
    assert do(dora, case, "hold", text="A\0suit").status_code == 302
    shown = dora.get(address(case)).text
    assert "Called them." in shown and "A suit" in shown and "End the legal hold" in shown
    assert do(dora, case, "release", text="").status_code == 409
    assert do(dora, case, "release", text="It ended").status_code == 302


def test_auditors_read_and_change_nothing(as_staff, open_inquiry):
    case, otto = open_inquiry(), as_staff("auditor")
    shown = otto.get(address(case)).text
    assert "Your role reads cases" in shown and 'name="action"' not in shown
    assert do(otto, case, "note", text="x").status_code == 409
    assert otto.post("/admin/cases/audit-log/", {"action": "case.viewed"}, follow=True).text.count(case.reference) == 2
    assert AuditEntry.objects.filter(action="audit_log.read", actor="ina").exists()


VIEWS = [
    DESK,
    DESK + "export/",
    DESK + "statistics/",
    DESK + "{}/",
    DESK + "{}/dossier/",
    DESK + "{}/letters/inquiry_decision/",
    DESK + "{}/kept-letters/1/",
    "/admin/cases/audit-log/",
]


@pytest.mark.parametrize("who", ["Editors", "Moderators", "Publishers", "administrator"])
def test_whoever_has_no_role_on_cases_sees_none(client, staff, open_inquiry, who):
    case, user = open_inquiry("Palm"), staff("eddie")
    if who == "administrator":
        user.is_superuser = True
        user.save()
    else:
        user.groups.add(Group.objects.get(name=who))
    client.force_login(user)
    for view in VIEWS:
        answer = client.get(view.format(case.reference), follow=True)
        assert case.reference not in answer.text and "Palm" not in answer.text, view
        assert answer.redirect_chain or answer.status_code == 403, view
    home = client.get("/admin/").text
    assert DESK not in home and "audit-log" not in home


def test_reviewers_do_not_read_the_audit_log(as_staff):
    assert as_staff("reviewer").get("/admin/cases/audit-log/").status_code == 302


def test_unknown_kinds_and_references_are_not_found(as_staff):
    ina = as_staff("reviewer")
    for path in ("/admin/cases/none/", DESK + "INQ-0000-0000/", DESK + "%00/"):
        assert ina.get(path).status_code == 404


def test_the_address_of_a_document_does_not_tell_whether_there_is_one(as_staff):
    assert as_staff("reviewer").get("/admin/cases/documents/1/").status_code == 302  # as one that she may not read


def test_a_letter_is_kept_as_it_goes_out(as_staff, open_inquiry):
    case, ina = open_inquiry("Grupo <Médico>", language="es"), as_staff("reviewer")
    where = f"{address(case)}letters/inquiry_decision/"
    form = ina.get(where).text
    assert "Grupo &lt;Médico&gt;" in form and 'lang="es"' in form
    assert f" de {timezone.localdate().year}" in form, "the date is Spanish"
    assert AuditEntry.objects.filter(action="letter.opened", subject=case.reference).count() == 1
    kept = ina.post(where, {"text": "Estimado <grupo>"}, follow=True)
    assert "Estimado &lt;grupo&gt;" in kept.text and 'lang="es" dir="ltr">' in kept.text
    assert 'class="large-print"' in ina.get(f"{kept.redirect_chain[-1][0]}?print=large").text
    assert ina.post(where, {"text": " \0"}).status_code == 409
    assert "Dear Ana" in ina.post(where, {"text": "Dear\0Ana"}, follow=True).text
    assert "Decision" in ina.get(address(case)).text


def test_the_home_page_says_what_waits(as_staff, open_inquiry):
    open_inquiry()
    shown = as_staff("reviewer").get("/admin/").text
    assert "1 nobody&#x27;s" in shown and "0 overdue" in shown and "1 open in all" in shown


def test_statistics_count_what_happened_this_year(as_staff, open_inquiry):
    open_inquiry()
    services.move(open_inquiry(), STEPS["withdraw"], None)
    shown = re.sub(r"\s+", " ", as_staff("auditor").get(DESK + "statistics/").text)
    assert "<dt>Received</dt><dd>1</dd>" in shown and "<dt>Withdrawn</dt><dd>1</dd>" in shown
    assert "<td>2</td> <td>1</td>" in shown or "<td>2</td><td>1</td>" in shown
    assert "Answer in time</dt><dd>none yet" in shown, "what was withdrawn says nothing of that"


def test_unsent_mail_is_shown_without_its_address(as_staff, open_inquiry):
    case, ina = open_inquiry(contact_email="sender@example.org"), as_staff("reviewer")
    do(ina, case, "move:take")
    do(ina, case, "move:lack", text="The roster")
    Message.objects.update(given_up_at=timezone.now(), last_error="SMTPRecipientsRefused")
    ina.get(address(case))  # which shows what was said of the steps
    shown = ina.get("/admin/cases/outbox/").text
    assert "SMTPRecipientsRefused" in shown and "Given up" in shown
    assert "sender@example.org" not in shown and case.reference not in shown
    otto = as_staff("auditor", name="otto")
    assert "try those given up" not in otto.get("/admin/cases/outbox/").text.lower()
    otto.post("/admin/cases/outbox/")
    assert Message.objects.get().given_up_at is not None, "auditors change nothing"
    ina.force_login(get_user_model().objects.get(username="ina"))
    ina.post("/admin/cases/outbox/")
    assert Message.objects.get().given_up_at is None


def test_the_case_says_what_became_of_each_mail(as_staff, open_inquiry):
    ina, case = as_staff("reviewer"), open_inquiry(contact_email="sender@example.org")
    for step in ("take", "lack"):
        do(ina, case, f"move:{step}", text="because")
    assert "to the sender: waits to be sent" in ina.get(address(case)).text
    mail = Message.objects.filter(to="sender@example.org")
    for changes, words in (
        ({"given_up_at": timezone.now()}, "given up: it reached nobody"),
        ({"given_up_at": None, "sent_at": timezone.now()}, f"sent {timezone.localtime():%b}"),
    ):
        mail.update(**changes)
        assert f"to the sender: {words}" in ina.get(address(case)).text
    mail.delete()
    assert "to the sender: not known any more" in ina.get(address(case)).text


def test_an_account_that_has_acted_on_a_case_is_not_deleted(client, as_staff, open_inquiry):
    case, ina = open_inquiry(), as_staff("reviewer")
    user = ina.user
    do(ina, case, "note", text="x")
    client.force_login(get_user_model().objects.get(is_superuser=True))
    for where in (
        reverse("wagtailusers_users:delete", args=[user.pk]),
        f"{reverse('wagtail_bulk_action', args=['auth', 'user', 'delete'])}?id={user.pk}",
    ):
        assert "has acted on cases" in client.post(where, follow=True).text
    assert get_user_model().objects.filter(pk=user.pk).exists()
