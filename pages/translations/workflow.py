"""What the last approval of a workflow publishes. Wagtail reads this while its own models are being loaded, so nothing is imported here."""


def publish_approved(workflow_state, user=None) -> None:
    """Of a page its English, the only language that is submitted to a workflow: drafts in other languages stay drafts."""
    from django.db import transaction
    from wagtail.workflows import publish_workflow_state

    from lacare_site import languages
    from pages.models import SitePage

    from .admin.publishing import publish_language
    from .locks import lock

    with transaction.atomic():
        content = workflow_state.content_object
        lock(type(content), [content.pk])
        draft = type(content).objects.get(pk=content.pk).get_latest_revision_as_object()
        if isinstance(draft, SitePage):
            publish_language(draft, languages.DEFAULT, user)
        else:
            publish_workflow_state(workflow_state, user)
