from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Providers"

    def ready(self):
        from lacare_site.casework import registry as casework
        from lacare_site.intake import registry as intake
        from providers.application import kinds as application
        from providers.information_request import kinds as information_request

        for kinds in (information_request, application):
            casework.register(kinds.CASE_KIND)
            intake.register(kinds.FORM_KIND)
