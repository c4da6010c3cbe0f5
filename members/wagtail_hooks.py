"""Where Wagtail finds what this app adds to its admin."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from members.admin import LanguageHelpPolicy, LanguageHelpViewSet

register_permission_policy(LanguageHelpViewSet.model, LanguageHelpPolicy(LanguageHelpViewSet.model))
register_snippet(LanguageHelpViewSet)
