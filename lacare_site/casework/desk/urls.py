"""The addresses of the desks, below /admin/."""

from django.urls import path

from lacare_site.casework.desk import audit_log, cases, documents, exports, letters, lists, outbox, statistics


def desk_urls() -> list:
    one = "cases/<slug:kind>/<str:reference>/"
    return [
        path("cases/audit-log/", audit_log.AuditLogView.as_view(), name="case_audit_log"),
        path("cases/outbox/", outbox.OutboxView.as_view(), name="case_outbox"),
        path("cases/documents/<int:pk>/", documents.document, name="case_document"),
        path("cases/<slug:kind>/", lists.DeskView.as_view(), name="case_desk"),
        path("cases/<slug:kind>/export/", exports.spreadsheet, name="case_export"),
        path("cases/<slug:kind>/statistics/", statistics.StatisticsView.as_view(), name="case_statistics"),
        path("cases/<slug:kind>/statistics/export/", statistics.spreadsheet, name="case_statistics_export"),
        path(one, cases.CaseView.as_view(), name="case"),
        path(f"{one}dossier/", exports.dossier, name="case_dossier"),
        path(f"{one}letters/<slug:key>/", letters.LetterView.as_view(), name="case_letter"),
        path(f"{one}kept-letters/<int:event>/", letters.kept_letter, name="case_kept_letter"),
    ]
