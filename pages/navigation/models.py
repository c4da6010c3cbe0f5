"""Menus: sections of the main menu, groups of the footer, and the short rows of links in header and footer."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from lacare_site import languages
from pages.translations.admin.forms import SnippetForm
from pages.translations.admin.panels import TranslatedPanel
from pages.translations.translated_text import PreviewInLanguages, TranslatedText

from .panels import RowLabelsPanel
from .row_labels import RowLabelsField, rows_of

NO_FOLDER = "A folder is no page that visitors can read. Choose a page in it."


def is_folder(page) -> bool:
    return page.specific_class.__name__ == "FolderPage"


def named_addresses() -> list[tuple[str, str]]:
    """The addresses that are no pages, by their URL names: [("search", "Search"), …]."""
    return list(settings.MENU_ADDRESSES.items())


class MenuLinkBlock(blocks.StructBlock):
    """One row: a page, another address of this site or an https address. Without a label a page's heading names it in each language."""

    page = blocks.PageChooserBlock(target_model="pages.SitePage", required=False)
    view = blocks.ChoiceBlock(
        choices=named_addresses,
        required=False,
        label="Part of this site that is no page",
        help_text="Search, or where an application stands.",
    )
    url = blocks.URLBlock(required=False, label="https address")
    label = blocks.CharBlock(required=False, max_length=80, help_text="In English. Empty: the page's heading.")

    class Meta:
        icon = "link"

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        if sum(bool(value.get(target)) for target in ("page", "view", "url")) != 1:
            errors["page"] = ValidationError(
                "Choose a page, or a part of the site that is no page, or give an https address: one of the three."
            )
        elif value.get("page") and is_folder(value["page"]):
            errors["page"] = ValidationError(NO_FOLDER)
        if value.get("url") and not value["url"].startswith("https://"):
            errors["url"] = ValidationError("The address must start with https://.")
        if not value.get("page") and not value.get("label"):
            errors["label"] = ValidationError("Only a page has a heading to be named by: give a label.")
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value


class PromoBlock(blocks.StructBlock):
    """The card at the end of a section's groups."""

    heading = blocks.CharBlock(max_length=80)
    text = blocks.CharBlock(max_length=160)
    page = blocks.PageChooserBlock(target_model="pages.SitePage")

    class Meta:
        icon = "pick"


class MenuGroupBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=80)
    links = blocks.ListBlock(MenuLinkBlock(), min_num=1)

    class Meta:
        icon = "list-ul"


class MenuSection(PreviewInLanguages, TranslatedText, PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One section of a menu: a heading of the main menu with its groups, a group of the footer, or a row of links."""

    class Placement(models.TextChoices):
        MAIN = "main", "Main menu"
        HEADER_UTILITY = "header_utility", "Header: row at the top"
        HEADER_BUTTONS = "header_buttons", "Header: sign-in buttons"
        FOOTER = "footer", "Footer: group"
        FOOTER_UTILITY = "footer_utility", "Footer: row at the bottom"
        SOCIAL = "social", "Footer: social media"

    placement = models.CharField(max_length=20, choices=Placement.choices)
    order = models.PositiveSmallIntegerField(default=1, help_text="Its place in the menu: the smallest comes first.")
    label = models.CharField(max_length=80, help_text="The heading of the section or group.")
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Only for a section that is itself a link.",
    )
    content = StreamField(
        [("group", MenuGroupBlock()), ("link", MenuLinkBlock()), ("promo", PromoBlock())],
        blank=True,
        help_text="Groups and a promo card for the main menu, links for all other places.",
    )
    row_labels = RowLabelsField("labels of the rows", default=dict, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("placement"), FieldPanel("order")]), TranslatedPanel("label"), FieldPanel("page")]
        ),
        FieldPanel("content"),
        RowLabelsPanel("row_labels"),
    ]
    base_form_class = SnippetForm

    class Meta:
        ordering = ["placement", "order"]

    def __str__(self):
        return f"{self.get_placement_display()}: {self.label_en or self.label}"

    def clean(self):
        super().clean()
        if self.page_id and is_folder(self.page):
            raise ValidationError({"page": NO_FOLDER})
        kinds = {block.block_type for block in self.content}
        if self.placement != self.Placement.MAIN and kinds - {"link"}:
            raise ValidationError({"content": "Groups and a promo card are for the main menu: here, add links."})
        if self.placement == self.Placement.MAIN and "link" in kinds:
            raise ValidationError({"content": "In the main menu, links stand in groups: add a group."})
        if not kinds and not self.page_id:
            raise ValidationError({"content": "Add a group or a link, or choose a page for the section itself."})

    def other_texts(self, code: str) -> dict:
        """The English labels of the rows, beside what stands in translated fields: see translations/texts.py."""
        labels = {row.key: row.english for row in rows_of(self.content.raw_data)} if code == languages.DEFAULT else {}
        return {"row_labels": labels} if labels else {}

    def get_preview_template(self, request, mode_name):
        return "pages/menu_preview.html"

    def get_preview_context(self, request, mode_name):
        return super().get_preview_context(request, mode_name) | {"menu_section": self}
