"""Where Wagtail finds what this app adds to its admin."""

from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from members.models import LanguageHelp


class LanguageHelpViewSet(SnippetViewSet):
    model = LanguageHelp
    icon = "globe"
    menu_label = "Languages of help"
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "english_name",
        "own_name",
        "code",
        "reviewed_on",
        BooleanColumn("is_confirmed", label="Confirmed"),
        "live",
    ]
    copy_view_enabled = False


register_snippet(LanguageHelpViewSet)
