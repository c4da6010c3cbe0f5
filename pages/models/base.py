"""What every page has: its texts in eleven languages, whom to call, where to go next, and its stamp."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from lacare_site import addresses, languages
from pages import fixed_addresses, links, reviews
from pages.admin.forms import SitePageCopyForm, SitePageForm
from pages.contacts import selectors as contacts
from pages.fields import KeyListField
from pages.paging import PER_PAGE, STRAGGLERS, part_of
from pages.plans import plan_choices
from pages.translations.admin.panels import TranslatedPanel
from pages.translations.page import TranslatedPage

REVIEW_HELP = "Shown on the page; when it has come, the page stands in the report of pages due for review. Empty: in a year."


class ListsChildren:
    """A page type that lists the pages below it, twenty at a time."""

    unlisted = ("folderpage",)  # a folder is no page of its own

    @property
    def lists_all_at_once(self) -> bool:
        """Then they are read with all else that the page links to."""
        return self.numchild <= PER_PAGE + STRAGGLERS

    def pages_to_list(self):
        return links.below(self, self.unlisted) if self.lists_all_at_once else None

    def get_context(self, request, *args, **kwargs):
        if self.lists_all_at_once:
            below = links.gathered_below(self, self.unlisted)
        else:
            below = links.Pages(links.below(self, self.unlisted))
        children = part_of(below, request)
        return super().get_context(request, *args, **kwargs) | {"children": children, "paged": children}


class SitePage(TranslatedPage, Page):
    """The common part of all pages, in a table of its own, so that lists of pages of any type are one query.

    Wagtail's `title` is the page's name in the admin and stays English; `slug` is its address in every language.
    """

    heading = models.CharField(max_length=160, help_text="The one large heading of the page, also its name in menus. Short.")
    lead = models.TextField(blank=True, max_length=500, help_text="One to three sentences under the heading: the answer first.")
    meta_title = models.CharField(
        "title in search engines", max_length=120, blank=True, help_text="Only where the heading does not stand alone."
    )
    meta_description = models.CharField(
        "description in search engines", max_length=200, blank=True, help_text="One or two sentences, 60 to 160 characters."
    )

    contact_keys = KeyListField(
        "lines to call", key_choices=contacts.key_choices, help_text="Shown on the page with TTY and hours."
    )
    related = StreamField(
        [("page", PageChooserBlock(target_model="pages.SitePage"))],
        blank=True,
        verbose_name="where to go next",
        help_text="Two to five pages.",
    )
    plans = KeyListField(key_choices=plan_choices, help_text="Only where the page is for members of these plans alone.")

    is_critical = models.BooleanField(
        "critical text",
        default=False,
        help_text="Rights, privacy, grievances, coverage: in other languages it is shown only once a qualified reviewer has signed it.",
    )
    material_id = models.CharField(
        "material id", max_length=80, blank=True, help_text="The number under which the plan or a regulator filed this text."
    )
    approval_stamp = models.CharField(max_length=80, blank=True, help_text='Such as "CMS Approved".')
    approved_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(
        "last updated", null=True, blank=True, help_text="Empty: the day it was last published. A change of the text empties it."
    )
    next_review_on = models.DateField("next review", null=True, blank=True)

    base_form_class = SitePageForm
    copy_form_class = SitePageCopyForm
    is_creatable = False
    # Unless a type says otherwise; Wagtail knows a type only by its own name, not by the one that it is derived from.
    parent_page_types = [
        f"pages.{name}Page" for name in ("Home", "SectionIndex", "Standard", "NewsIndex", "Programme", "Folder", "DocumentList")
    ]
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    private_page_options = []  # a public site: what may not be read by all is not published
    content_panels = [
        FieldPanel("title", help_text="The page's name in this admin, in English."),
        TranslatedPanel("heading"),
        TranslatedPanel("lead"),
    ]
    help_panels = [FieldPanel("contact_keys"), FieldPanel("related"), FieldPanel("plans")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), TranslatedPanel("meta_title"), TranslatedPanel("meta_description")],
            heading="Address and search engines",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("updated_on"), FieldPanel("next_review_on", help_text=REVIEW_HELP)]),
                FieldRowPanel([FieldPanel("approval_stamp"), FieldPanel("approved_on")]),
                FieldPanel("material_id"),
                FieldPanel("is_critical"),
            ],
            heading="Stamp",
        ),
    ]

    class Meta:
        verbose_name = "page"

    def serve(self, request, *args, **kwargs):
        self.prepare_to_show()
        return super().serve(request, *args, **kwargs)

    def get_preview_context(self, request, mode_name):
        self.prepare_to_show()
        return super().get_preview_context(request, mode_name)

    def pages_to_list(self) -> Q | None:
        """Which pages, beside those that it names, this page lists."""
        return None

    def prepare_to_show(self) -> None:
        """Reads what the ledger says of this page's language, and at once all pages that it and what stands around it will link to."""
        from pages.navigation import selectors as navigation  # these three know the pages' models
        from pages.notices import selectors as notices
        from pages.translations import showing

        showing.prepare([self])
        links.gather(self, navigation.page_ids(), notices.chosen_ids())

    @property
    def english_url(self) -> str:
        return addresses.in_language(self.url, languages.DEFAULT)

    @property
    def given_updated_on(self):
        """The date of the last change, where somebody has given one."""
        return self.updated_on

    @property
    def shown_updated_on(self):
        """The date of the last change that the page states."""
        if self.given_updated_on or not self.last_published_at:
            return self.given_updated_on
        return timezone.localdate(self.last_published_at)

    def get_template(self, request, *args, **kwargs):
        return f"{self._meta.app_label}/{self.template_name}.html"

    @property
    def template_name(self) -> str:
        """`ResourceHubPage` of the app `pages` is shown by `pages/resource_hub.html`."""
        name = type(self).__name__.removesuffix("Page")
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")

    def get_url_parts(self, request=None):
        """Wagtail's own, without a reverse of the URL patterns: (site id, root url, address in the active language)."""
        for site_id, root_path, root_url, _language in self._get_relevant_site_root_paths(request):
            return site_id, root_url, links.address(self.url_path, root_path)
        return None

    def full_clean(self, *args, **kwargs):
        # In the admin a page starts in English; its heading is taken from its name until somebody writes a better one.
        if not self.heading_en:
            self.heading_en = self.title
        if not self.next_review_on:
            self.next_review_on = reviews.next_anniversary(self.given_updated_on)
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.alias_of_id:
            raise ValidationError(
                "A page cannot be an alias of another: what it shows would have no state of translation. Copy it."
            )
        if bool(self.approval_stamp) != bool(self.approved_on):
            raise ValidationError({"approved_on": "An approval stamp and its date belong together."})
        public = SitePage.objects.filter(pk=self.pk, live=True).first() if self.pk else None
        if public and self.slug != public.slug and fixed_addresses.holds_named(public.english_url):
            raise ValidationError({"slug": f"It stays “{public.slug}”. {fixed_addresses.SENTENCE}"})
        if public and self.expire_at and fixed_addresses.has_named(public.english_url):
            raise ValidationError({"expire_at": f"The page stays public. {fixed_addresses.SENTENCE}"})

    def delete(self, *args, **kwargs):
        # The editions of policies hold on to their revisions, so that no clearing of old revisions takes them. They must go first.
        from .policies import PolicyEdition

        PolicyEdition.objects.filter(page__path__startswith=self.path).delete()
        return super().delete(*args, **kwargs)
