from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "lacare_site.intake"
    verbose_name = "Intake"

    def ready(self):
        from lacare_site.casework import attachments
        from lacare_site.worker import housekeeping

        from . import deficiencies, drafts, files, uploads

        attachments.register(uploads.open_file, uploads.purge, deficiencies.items)
        housekeeping.register(drafts.purge_expired)
        housekeeping.register(files.sweep)
        housekeeping.register(uploads.scan_waiting)
