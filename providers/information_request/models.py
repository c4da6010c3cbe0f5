"""What somebody who is, or wants to be, a provider asks."""

from django.db import models

from lacare_site import languages
from lacare_site.casework.models import Case

from .choices import Topic, Way, Who


class InformationRequest(models.Model):
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="information_request")
    who = models.CharField(max_length=20, choices=Who)
    organisation = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=20, choices=Way)
    answer_language = models.CharField(max_length=10)
    topic = models.CharField(max_length=20, choices=Topic)
    message = models.TextField()
    # What was agreed to, word for word: [{"key", "version", "language", "wording"}].
    consents = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.case_id} {self.topic}"

    @property
    def answer_language_name(self) -> str:
        return languages.get(self.answer_language).name


class TopicRoute(models.Model):
    """Who is told of a request on this topic."""

    topic = models.CharField(max_length=20, choices=Topic, unique=True)
    mailbox = models.EmailField(help_text="Gets a mail for each request, without its content.")

    class Meta:
        verbose_name = "mailbox of a topic"
        verbose_name_plural = "mailboxes by topic"

    def __str__(self):
        return self.get_topic_display()
