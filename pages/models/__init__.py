"""Every model of the app, whichever folder its subject has."""

from pages.contacts.models import ContactLine
from pages.content.models import LoadedContent
from pages.documents.models import PlanDocument
from pages.navigation.models import MenuSection
from pages.notices.emergencies import DeclaredEmergency
from pages.notices.models import Notice
from pages.page_reports.models import PageReport
from pages.search.models import SearchEntry
from pages.standing_texts.models import StandingText
from pages.translations.models import CatalogueReview, DraftSignature, LanguageAssignment, Translation

from .base import SitePage
from .home import HomePage
from .meetings import Meeting, MeetingListPage
from .news import NewsArticlePage, NewsIndexPage
from .notice_archive import NoticeArchivePage
from .plans import PlanDetailPage, PlanOverviewPage
from .policies import PolicyEdition, PolicyPage
from .programmes import ProgrammePage
from .reference import DocumentListPage, FactSheetPage, GlossaryPage, ResourceHubPage, TelephoneDirectoryPage
from .standard import FolderPage, SectionIndexPage, StandardPage

__all__ = [
    "CatalogueReview",
    "ContactLine",
    "DeclaredEmergency",
    "DocumentListPage",
    "DraftSignature",
    "FactSheetPage",
    "FolderPage",
    "GlossaryPage",
    "HomePage",
    "LanguageAssignment",
    "LoadedContent",
    "Meeting",
    "MeetingListPage",
    "MenuSection",
    "NewsArticlePage",
    "NewsIndexPage",
    "Notice",
    "NoticeArchivePage",
    "PageReport",
    "PlanDetailPage",
    "PlanDocument",
    "PlanOverviewPage",
    "PolicyEdition",
    "PolicyPage",
    "ProgrammePage",
    "ResourceHubPage",
    "SearchEntry",
    "SectionIndexPage",
    "SitePage",
    "StandardPage",
    "StandingText",
    "TelephoneDirectoryPage",
    "Translation",
]
