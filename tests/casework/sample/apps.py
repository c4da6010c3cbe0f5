from django.apps import AppConfig


class SampleConfig(AppConfig):
    """A kind of case that only the tests know, and has everything that a kind can have."""

    name = "tests.casework.sample"
    label = "sample"

    def ready(self):
        from lacare_site.casework import registry
        from tests.casework.sample.kind import INQUIRY

        registry.register(INQUIRY)
