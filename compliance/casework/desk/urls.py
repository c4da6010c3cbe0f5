"""The addresses of the officers' desk, below /admin/. The cookie that unlocks goes to these alone."""

from django.urls import path

from compliance.casework.desk import files, keys, lists, passphrases, reports


def desk_urls() -> list:
    one = "compliance/reports/<str:reference>/"
    return [
        path("compliance/", lists.DeskView.as_view(), name="compliance_desk"),
        path("compliance/statistics/", lists.StatisticsView.as_view(), name="compliance_statistics"),
        path("compliance/unlock/", passphrases.UnlockView.as_view(), name="compliance_unlock"),
        path("compliance/lock/", passphrases.lock, name="compliance_lock"),
        path("compliance/stay/", passphrases.stay, name="compliance_stay"),
        path("compliance/keys/", keys.KeysView.as_view(), name="compliance_keys"),
        path("compliance/keys/new/", passphrases.EnrolView.as_view(), name="compliance_enrol"),
        path("compliance/keys/passphrase/", passphrases.ChangeView.as_view(), name="compliance_passphrase"),
        path("compliance/keys/fresh/", passphrases.RotateView.as_view(), name="compliance_fresh_key"),
        path("compliance/keys/lost/", passphrases.LostView.as_view(), name="compliance_lost"),
        path("compliance/files/<int:pk>/", files.FileView.as_view(), name="compliance_file"),
        path(one, reports.ReportView.as_view(), name="compliance_report"),
        path(f"{one}export/", files.ExportView.as_view(), name="compliance_export"),
    ]
