"""What leaves the desk: a file of a report, and a report as an encrypted archive. Each stands in the audit log."""

import io

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views.decorators.debug import sensitive_variables
from wagtail.admin import messages

from compliance import sealing, thread
from compliance.casework import archives, keyring, unlocking
from compliance.casework.desk import forms
from compliance.casework.desk.access import OfficerView, ReportMixin, report_for
from compliance.casework.desk.passphrases import PassphraseView
from compliance.casework.desk.reports import contents
from compliance.casework.officers import Refused
from compliance.models import SealedFile
from lacare_site.casework import audit

BINARY = "application/octet-stream"  # whatever it claims to be, a browser only stores it


class FileView(OfficerView):
    http_method_names = ("get", "head")
    needs_key = True

    def find(self, pk: int, **kwargs) -> None:
        self.file = SealedFile.objects.select_related("entry").filter(pk=pk).first()
        if self.file is None:
            raise Http404
        self.report = report_for(self.request.user, pk=self.file.entry.report_id)

    @method_decorator(sensitive_variables())
    def get(self, request, *args, **kwargs):
        try:
            scope, unlocked = self.file.entry.scope, self.unlocked
            with transaction.atomic():
                key = thread.key_for(self.report, scope, unlocked.private, unlocked.recipient)
                self.file.refresh_from_db()
                file = thread.read_file(self.file, key)
        except sealing.Unopened:
            messages.error(request, "Your key does not open this report.")
            return HttpResponseRedirect(reverse("compliance_report", args=[self.report.reference]))
        audit.record(request.user, "compliance.file_read", self.report.reference, {"file": self.file.pk})
        name = str(file.facts.get("name", "file"))
        return FileResponse(io.BytesIO(file.content), as_attachment=True, filename=name, content_type=BINARY)


class ExportView(ReportMixin, PassphraseView):
    page_title = "Export this report"
    needs_key = True
    form_class = forms.NewPassphraseForm
    explanation = (
        "You get one encrypted file with the texts and files of this report. Choose a passphrase for it, and tell it to whoever may open "
        "it by another way than the file. On a machine with this software: manage.py open_compliance_export FILE"
    )
    button = "Export"

    def crumbs(self):
        report = reverse("compliance_report", args=[self.report.reference])
        return [*super().crumbs(), (report, self.report.reference)]

    @method_decorator(sensitive_variables())
    def done(self, typed):
        unlocking.count_try(self.request.user)
        if keyring.opens(self.unlocked.recipient, typed["new"]):
            raise Refused("This is the passphrase of your own key, which you never tell anybody. Take another one.")
        shown = contents(self.report, self.unlocked)
        if not shown["is_readable"]:
            return redirect("compliance_report", self.report.reference)
        count = sum(len(entry["files"]) for entry in (*shown["thread"], *shown["internal"]))
        audit.record(self.request.user, "compliance.exported", self.report.reference, {"files": count})
        headers = {"Content-Disposition": content_disposition_header(True, f"{self.report.reference}.export")}
        archive = archives.write(self.report, self.unlocked, shown, typed["new"])
        return StreamingHttpResponse(archive, content_type=BINARY, headers=headers)
