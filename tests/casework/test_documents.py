"""Files of cases: for those who may read the case, as attachments, each reading logged; and none outlasts its case."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lacare_site.casework import services
from lacare_site.casework.models import AuditEntry, Case
from lacare_site.intake import files, uploads
from lacare_site.intake.models import Attachment

CONTENT = b"npi,name\r\n1234567893,=1+1\r\n"


@pytest.fixture
def private(settings, tmp_path) -> Path:
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def document(private, open_inquiry):
    return uploads.receive(SimpleUploadedFile("roster <1>.csv", CONTENT), open_inquiry())


def address(document: Attachment) -> str:
    return reverse("case_document", args=[document.pk])


@pytest.mark.parametrize("role", ["reviewer", "decider", "auditor"])
def test_a_document_comes_back_byte_for_byte_as_an_attachment(client, staff, document, role):
    client.force_login(staff("ina", role))
    answer = client.get(address(document))
    assert b"".join(answer.streaming_content) == CONTENT
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer.headers["Cache-Control"]
    entry = AuditEntry.objects.get(action="document.read", actor="ina")
    assert (entry.subject, entry.details["sha256"]) == (document.case.reference, document.sha256)


def test_the_case_lists_its_documents_with_their_hashes(client, staff, document):
    client.force_login(staff("ina", "reviewer"))
    shown = client.get(reverse("case", args=["inquiry", document.case.reference])).text
    assert address(document) in shown and "roster &lt;1&gt;.csv" in shown and document.sha256 in shown
    assert "<td>CSV</td>" in shown


def test_a_document_whose_bytes_are_lost_is_said_to_be(client, staff, document):
    files.delete([document.path])
    client.force_login(staff("ina", "reviewer"))
    assert "The bytes of “roster &lt;1&gt;.csv” are not there" in client.get(address(document), follow=True).text
    assert AuditEntry.objects.filter(action="document.lost").exists()


def test_what_was_replaced_stands_beside_what_took_its_place(client, staff, document):
    uploads.receive(SimpleUploadedFile("newer.csv", CONTENT + b"x,y\r\n"), document.case, replaces=document)
    client.force_login(staff("ina", "reviewer"))
    shown = client.get(reverse("case", args=["inquiry", document.case.reference])).text
    assert "newer.csv" in shown and address(document) in shown.partition("Earlier versions:")[2]
    assert b"".join(client.get(address(document)).streaming_content) == CONTENT


def test_nobody_without_a_role_reads_a_document(client, staff, document):
    assert client.get(address(document)).headers["Location"].startswith("/admin/login/")
    user = staff("eddie")
    user.is_superuser = True
    user.save()
    client.force_login(user)
    refused = client.get(address(document))
    assert refused.status_code in (302, 403)
    unknown = client.get(reverse("case_document", args=[document.pk + 1000]))
    assert (unknown.status_code, unknown.headers) == (refused.status_code, refused.headers), "nobody learns which there are"
    assert not AuditEntry.objects.filter(action="document.read").exists()


def test_an_infected_document_is_not_given_out(client, staff, document):
    Attachment.objects.filter(pk=document.pk).update(state=Attachment.State.INFECTED)
    client.force_login(staff("ina", "reviewer"))
    assert client.get(address(document), follow=True).redirect_chain
    assert AuditEntry.objects.filter(action="document.refused").exists()
    shown = client.get(reverse("case", args=["inquiry", document.case.reference])).text
    assert address(document) not in shown and "Virus found" in shown


@pytest.mark.django_db(transaction=True)
def test_a_purged_case_leaves_no_file(private, document):
    assert [path for path in private.rglob("*") if path.is_file()]
    long_ago = timezone.now() - timedelta(days=4000)
    Case.objects.update(stage="withdrawn", closed_at=long_ago, due_at=None, retention_until=long_ago.date())
    assert services.purge_due() == 1
    assert not Attachment.objects.exists()
    assert not [path for path in private.rglob("*") if path.is_file() and path.read_bytes()]
