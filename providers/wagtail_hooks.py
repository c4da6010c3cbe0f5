"""What this app brings to the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from providers.models import ApplicationPeriod, TopicRoute


class TopicRouteViewSet(SnippetViewSet):
    model = TopicRoute
    icon = "mail"
    list_display = ["topic", "mailbox"]


class ApplicationPeriodViewSet(SnippetViewSet):
    model = ApplicationPeriod
    icon = "date"
    list_display = ["closed_from", "closed_until", "reason"]


register_snippet(TopicRouteViewSet)
register_snippet(ApplicationPeriodViewSet)
