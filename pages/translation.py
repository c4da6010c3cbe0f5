"""Which fields stand in the database once for each language (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from pages import models


@register(models.SitePage)
class SitePageTranslation(TranslationOptions):
    fields = ("heading", "lead", "meta_title", "meta_description")


@register(
    [
        models.HomePage,
        models.StandardPage,
        models.SectionIndexPage,
        models.PlanDetailPage,
        models.PolicyPage,
        models.ProgrammePage,
        models.ResourceHubPage,
        models.FactSheetPage,
        models.NewsIndexPage,
        models.NewsArticlePage,
        models.NoticeArchivePage,
        models.MeetingListPage,
        models.GlossaryPage,
        models.DocumentListPage,
        models.TelephoneDirectoryPage,
    ]
)
class BodyTranslation(TranslationOptions):
    fields = ("body",)


@register(models.PlanOverviewPage)
class PlanOverviewTranslation(TranslationOptions):
    fields = ("summary", "body")


@register(models.FolderPage)
class FolderTranslation(TranslationOptions):
    fields = ()


@register(models.ContactLine)
class ContactLineTranslation(TranslationOptions):
    fields = ("label", "hours")


@register(models.StandingText)
class StandingTextTranslation(TranslationOptions):
    fields = ("title", "text")


@register(models.Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("heading", "text", "links")


@register(models.MenuSection)
class MenuSectionTranslation(TranslationOptions):
    fields = ("label", "row_labels")
