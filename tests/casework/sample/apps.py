from django.apps import AppConfig


class SampleConfig(AppConfig):
    """Kinds of cases that only the tests know, and that have everything that a kind can have."""

    name = "tests.casework.sample"
    label = "sample"

    def ready(self):
        from lacare_site.casework import registry
        from tests.casework.sample.kind import COMPLAINT, INQUIRY

        registry.register(INQUIRY)
        registry.register(COMPLAINT)
