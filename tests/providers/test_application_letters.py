"""Letters of the application's desk: offered where they fit, filled in, and read by the group with its code."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lacare_site.casework import services
from lacare_site.intake import uploads
from lacare_site.outbox.models import Message
from providers.application.kinds import CASE_KIND
from tests.harness.accounts import StaffClient
from tests.intake import sample_files
from tests.providers.test_application import BASE, ana, fill, private_files, send

__all__ = ["ana", "private_files"]
pytestmark = pytest.mark.django_db
LABELS = [letter.label for letter in CASE_KIND.letters]


@pytest.fixture
def sent(ana):
    fill(ana)
    return send(ana)


@pytest.fixture
def desk(staff, sent):
    """A reviewer's browser; `desk.move(key, reason)` takes the case a step on, the decision by a second person."""
    ina, dora = staff("ina", "reviewer"), staff("dora", "decider")
    client = StaffClient()
    client.force_login(ina)

    def move(key: str, reason: str = "because"):
        by = dora if key in ("approve", "decline") else ina
        return services.move(sent, CASE_KIND.workflow.transitions[key], by, reason)

    client.move, client.case = move, f"/admin/cases/application/{sent.reference}/"
    return client


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ("", ["Receipt"]),
        ("take-up", ["Receipt"]),
        ("take-up ask", ["What is missing"]),
        ("take-up complete present", []),
        ("take-up complete present approve", ["Approval"]),
        ("take-up complete present decline", ["Decline, with the reasons"]),
    ],
)
def test_a_letter_is_offered_where_it_fits(desk, steps, offered):
    for key in steps.split():
        desk.move(key)
    shown = desk.get(desk.case).text
    assert [label for label in LABELS if f'">{label}</a>' in shown] == offered
    for letter in CASE_KIND.letters:
        assert desk.get(f"{desk.case}letters/{letter.key}/").status_code == (200 if letter.label in offered else 404)


def test_what_is_missing_is_listed_with_the_day(desk, sent):
    desk.move("take-up")
    case = desk.move("ask", "The W-9 of this year\nWho is your medical director?")
    form = desk.get(f"{desk.case}letters/application_missing/").text
    assert "a mail says that there is something new" in form
    assert "- The W-9 of this year" in form and "- Who is your medical director?" in form
    assert f"by {case.due_at:%B} {case.due_at.day}, {case.due_at.year}" in form and "1-866-522-2736" in form
    assert sent.reference in form and "Example Medical Group" in form


def test_what_staff_went_on_without_is_not_asked_for_again_by_letter(desk):
    for key, reason in (("take-up", ""), ("ask", "The W-9 of this year"), ("go-on", "not needed"), ("ask", "A new roster")):
        desk.move(key, reason)
    form = desk.get(f"{desk.case}letters/application_missing/").text
    assert "- A new roster" in form and "W-9" not in form


def test_the_group_reads_the_letter_with_its_code_and_is_told_by_mail(ana, desk, sent):
    for key in ("take-up", "complete", "present"):
        desk.move(key)
    desk.move("decline", "Two criteria are <not> met.")
    before = Message.objects.filter(kind="application_news").count()
    where = f"{desk.case}letters/application_decline/"
    form = desk.get(where).text
    assert "Two criteria are &lt;not&gt; met." in form
    desk.post(where, {"text": "Dear group,\nTwo criteria are <not> met."})
    page = ana.get(f"{BASE}/status").text
    assert "Letters from us" in page and "Two criteria are &lt;not&gt; met." in page
    news = Message.objects.filter(kind="application_news")
    assert news.count() == before + 1 and not any("criteria" in mail.body for mail in news)


@pytest.mark.parametrize("language", ["es", "zh-hant", "ko", "hy", "ru", "tl", "vi", "fa", "km", "ar"])
def test_a_letter_is_in_the_language_of_the_case(desk, sent, language):
    type(sent).objects.filter(pk=sent.pk).update(language=language)
    text = desk.get(f"{desk.case}letters/application_receipt/").text.partition("<textarea")[2]
    assert "We received" not in text and "call the provider line" not in text and sent.reference in text


def test_the_case_and_its_dossier_say_what_each_document_was_asked_for(desk, sent):
    desk.move("take-up")
    desk.move("ask", "The W-9 of this year")
    asked = sent.deficiencies.get()
    uploads.receive(SimpleUploadedFile("scan.pdf", sample_files.PDF), sent, asked.item)
    shown = desk.get(desk.case).text.partition("documents-heading")[2].partition("</section>")[0]
    dossier = zipfile.ZipFile(io.BytesIO(b"".join(desk.get(f"{desk.case}dossier/").streaming_content)))
    for page in (shown, dossier.read("index.html").decode()):
        assert "IRS form W-9" in page and "Roster of clinicians" in page
        assert page.index("scan.pdf") < page.index("The W-9 of this year")
