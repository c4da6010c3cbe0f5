"""Blocks that lead somewhere: a page of this site or an https address elsewhere."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from pages import links
from pages.icons import icon_choices


class SitePageBlock(blocks.PageChooserBlock):
    """A page of this site. When a page is shown, its chosen pages are read at once, and not again for each list of links."""

    def __init__(self, **kwargs):
        super().__init__(target_model="pages.SitePage", **kwargs)

    def bulk_to_python(self, values):
        known = links.chosen()
        is_known = {value for value in values if value} <= set(known)
        return [known.get(value) for value in values] if is_known else super().bulk_to_python(values)

    def deconstruct(self):
        # To a migration it is Wagtail's own.
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, {"target_model": "pages.SitePage", **kwargs}


class LinkValue(blocks.StructValue):
    """Answers the same questions for a page and for an outside address."""

    @cached_property
    def is_shown(self) -> bool:
        """False when the page has been deleted or taken off the site: such a link vanishes."""
        page = self.get("page")
        return bool(page.live if page else self.get("url"))

    @property
    def is_external(self) -> bool:
        return not self.get("page") and links.leaves(self.get("url") or "")

    @property
    def href(self) -> str:
        page = self.get("page")
        return page.url if page else self.get("url", "")

    @property
    def link_text(self) -> str:
        page = self.get("page")
        return self.get("title") or (page.heading if page else self.get("url", ""))


class LinkBlock(blocks.StructBlock):
    """One link: exactly one of `page` and `url`."""

    page = SitePageBlock(required=False, help_text="A page of this site, or")
    url = blocks.URLBlock(required=False, help_text="an https address elsewhere.")
    title = blocks.CharBlock(required=False, max_length=120, help_text="Empty: the page's own heading.")

    class Meta:
        value_class = LinkValue
        icon = "link"

    def clean(self, value):
        value = super().clean(value)
        errors = {}
        if bool(value.get("page")) == bool(value.get("url")):
            errors["url"] = ValidationError("Choose a page or give an address, one of the two.")
        elif value.get("url") and not value["url"].startswith("https://"):
            errors["url"] = ValidationError("The address must start with https://.")
        elif value.get("url") and not value.get("title"):
            errors["title"] = ValidationError("An address elsewhere needs a title.")
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value


class CardBlock(LinkBlock):
    text = blocks.TextBlock(required=False, max_length=300, help_text="Empty: the page's own lead.")
    icon = blocks.ChoiceBlock(choices=icon_choices, required=False)


class CardsBlock(blocks.StructBlock):
    """Links to go on with, each with a sentence."""

    heading = blocks.CharBlock(max_length=120)
    cards = blocks.ListBlock(CardBlock(), max_num=12)

    class Meta:
        template = "blocks/cards.html"
        icon = "list-ul"


class ResourceBlock(LinkBlock):
    publisher = blocks.CharBlock(max_length=160, help_text="Who publishes it.")
    kind = blocks.ChoiceBlock(
        choices=[
            ("guide", "Guide"),
            ("toolkit", "Toolkit"),
            ("website", "Website"),
            ("cards", "Cards to print"),
            ("service", "Service"),
        ]
    )
    languages = blocks.CharBlock(required=False, max_length=120, help_text='Such as "English" or "many languages".')
    text = blocks.TextBlock(required=False, max_length=400)


class ResourcesBlock(blocks.StructBlock):
    """Resources of others and of our own, with who publishes each."""

    heading = blocks.CharBlock(max_length=120)
    intro = blocks.RichTextBlock(required=False, features=["bold", "link", "phone"])
    resources = blocks.ListBlock(ResourceBlock())

    class Meta:
        template = "blocks/resources.html"
        icon = "folder-open-inverse"


class TaskBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=icon_choices)
    page = SitePageBlock()
    title = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(required=False, max_length=160)

    class Meta:
        value_class = LinkValue


class TasksBlock(blocks.StructBlock):
    """What most visitors of the home page come for."""

    heading = blocks.CharBlock(max_length=120)
    tasks = blocks.ListBlock(TaskBlock(), min_num=1, max_num=8)

    class Meta:
        template = "blocks/tasks.html"
        icon = "tasks"


class PromoBlock(blocks.StructBlock):
    """A picture, a few words, one to four links."""

    picture = blocks.ChoiceBlock(
        choices=[(name, name.capitalize()) for name in ("centers", "language", "providers", "renewal", "none")], default="none"
    )
    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=["bold", "link", "phone"])
    links = blocks.ListBlock(LinkBlock(), max_num=4)

    class Meta:
        template = "blocks/promo.html"
        icon = "image"
