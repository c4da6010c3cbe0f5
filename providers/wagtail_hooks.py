"""What this app brings to the admin."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from providers.models import ApplicationPeriod, TopicRoute


class TopicRouteViewSet(SnippetViewSet):
    model = TopicRoute
    icon = "mail"
    menu_label = "Mailboxes by topic"
    menu_order = 170
    add_to_admin_menu = True
    list_display = ["topic", "mailbox"]


class ApplicationPeriodViewSet(SnippetViewSet):
    model = ApplicationPeriod
    icon = "date"
    menu_label = "Closed periods"
    menu_order = 160
    add_to_admin_menu = True
    list_display = ["closed_from", "closed_until", "reason"]


register_snippet(TopicRouteViewSet)
register_snippet(ApplicationPeriodViewSet)
