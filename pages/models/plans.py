"""The plan overviews and the pages below them."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from pages import blocks
from pages.fields import BodyField
from pages.plans import plan_choices
from pages.translations.admin.panels import TranslatedPanel

from .base import ListsChildren, SitePage


class PlanOverviewPage(ListsChildren, SitePage):
    """One plan: who it is for, what it covers, how to join, whom to call."""

    plan = models.CharField(max_length=20, choices=plan_choices, default="")
    summary = models.CharField(max_length=200, help_text="One sentence for the home page: who the plan is for.")
    order = models.PositiveSmallIntegerField(default=1, help_text="Its place among the plans on the home page.")
    body = BodyField(blocks.choice("glance", *blocks.STANDARD), blank=True)

    exclude_fields_in_copy = ["plan"]  # a plan has one overview: a copy is given its own plan
    parent_page_types = ["pages.SectionIndexPage"]
    subpage_types = ["pages.PlanDetailPage"]
    content_panels = [
        *SitePage.content_panels,
        TranslatedPanel("summary"),
        FieldRowPanel([FieldPanel("plan"), FieldPanel("order")]),
        TranslatedPanel("body"),
        *SitePage.help_panels,
    ]

    class Meta:
        verbose_name = "plan overview"
        constraints = [models.UniqueConstraint(fields=["plan"], condition=~models.Q(plan=""), name="one_overview_per_plan")]


class PlanDetailPage(SitePage):
    """One question about a plan, with the plan's other pages at hand."""

    body = BodyField(blocks.choice(*blocks.STANDARD), blank=True)

    parent_page_types = ["pages.PlanOverviewPage"]
    subpage_types = []
    content_panels = [*SitePage.content_panels, TranslatedPanel("body"), *SitePage.help_panels]

    class Meta:
        verbose_name = "plan page"
