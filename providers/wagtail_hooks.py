"""What this app brings to the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from providers.models import TopicRoute


class TopicRouteViewSet(SnippetViewSet):
    model = TopicRoute
    icon = "mail"
    list_display = ["topic", "mailbox"]


register_snippet(TopicRouteViewSet)
