"""The lists and forms of what is not a page: notices, telephone lines, menus, standing texts."""

from django.urls import reverse_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column

from pages.admin.columns import moment
from pages.admin.emergencies import DeclaredEmergencyViewSet
from pages.admin.notice_filters import NoticeFilters
from pages.contacts.chooser import ContactLineChooserViewSet
from pages.contacts.models import ContactLine
from pages.navigation.models import MenuSection
from pages.notices.models import Notice
from pages.standing_texts.models import StandingText
from pages.translations.admin.viewset import TranslatedSnippetViewSet

NOTICE_COLUMNS = [
    Column("severity", accessor="get_severity_display", sort_key="severity"),
    Column("starts_at", label="Start", accessor=moment("starts_at"), sort_key="starts_at"),
    Column("ends_at", label="End", accessor=moment("ends_at"), sort_key="ends_at"),
]


class NoticeViewSet(TranslatedSnippetViewSet):
    """The menu leads to the board of what is shown when (pages/admin/notice_board.py), and the board to this list."""

    model = Notice
    icon = "warning"
    menu_label = "Notices"
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["__str__", Column("state", label="Shown", accessor=lambda notice: notice.state().label), *NOTICE_COLUMNS]
    filterset_class = NoticeFilters
    ordering = ["-starts_at"]
    menu_url = reverse_lazy("notice_board")


class ContactLineViewSet(TranslatedSnippetViewSet):
    model = ContactLine
    icon = "mobile-alt"
    menu_label = "Telephone lines"
    menu_order = 220
    add_to_admin_menu = True
    chooser_viewset_class = ContactLineChooserViewSet
    chooser_per_page = 50
    chooser_url_name = "wagtailsnippetchoosers_pages_contactline:choose"
    list_display = ["label", "shown", "tty", "hours", "topic", BooleanColumn("retired", label="Retired")]
    list_filter = ["topic", "plan", "retired"]
    copy_view_enabled = False


class MenuSectionViewSet(TranslatedSnippetViewSet):
    model = MenuSection
    icon = "list-ul"
    menu_label = "Menus"
    menu_order = 230
    add_to_admin_menu = True
    list_display = ["label", "placement", "order", "live"]
    list_filter = ["placement"]
    copy_view_enabled = False


class StandingTextViewSet(TranslatedSnippetViewSet):
    model = StandingText
    icon = "openquote"
    menu_label = "Standing texts"
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["title", "key", "live"]
    copy_view_enabled = False


TRANSLATED_VIEWSETS = (NoticeViewSet, ContactLineViewSet, MenuSectionViewSet, StandingTextViewSet)
VIEWSETS = (*TRANSLATED_VIEWSETS, DeclaredEmergencyViewSet)
