from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = "Compliance"

    def ready(self):
        from compliance import filings
        from compliance.casework import digest, keyring, retention, unlocking
        from lacare_site.worker import housekeeping

        unlocking.connect()
        for piece in (filings.sweep, unlocking.sweep, keyring.retire_departed, retention.purge_due, digest.send):
            housekeeping.register(piece)
