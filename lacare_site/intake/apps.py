from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "lacare_site.intake"
    verbose_name = "Intake"
