"""Blocks of text."""

from django.utils import timezone
from wagtail import blocks

from pages.icons import icon_choices
from pages.rich_text_features import FEATURES, FEATURES_WITH_HEADINGS, FEATURES_WITH_SUBHEADINGS
from pages.standing_texts import selectors as standing_texts


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, headings of two levels, lists, links, telephone numbers."""

    class Meta:
        template = "blocks/text.html"
        icon = "pilcrow"

    def __init__(self, **kwargs):
        super().__init__(features=FEATURES_WITH_HEADINGS, **kwargs)


class CalloutBlock(blocks.StructBlock):
    """A few words that must not be overlooked."""

    kind = blocks.ChoiceBlock(
        choices=[("information", "Information"), ("important", "Important"), ("success", "Success")], default="information"
    )
    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=FEATURES)

    class Meta:
        template = "blocks/callout.html"
        icon = "warning"


class SectionBlock(blocks.StructBlock):
    """A section of a policy; numbered ones count by themselves."""

    heading = blocks.CharBlock(max_length=160)
    numbered = blocks.BooleanBlock(required=False, default=True)
    text = blocks.RichTextBlock(features=FEATURES_WITH_SUBHEADINGS)

    class Meta:
        template = "blocks/section.html"
        icon = "list-ol"


class TermValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        return f"term-{'-'.join(self['term'].casefold().split())}"


class TermBlock(blocks.StructBlock):
    """A word and what it means."""

    term = blocks.CharBlock(max_length=120)
    definition = blocks.RichTextBlock(features=FEATURES)

    class Meta:
        template = "blocks/term.html"
        value_class = TermValue
        icon = "openquote"


class StandingTextBlock(blocks.StructBlock):
    """A text that several pages carry in the same words; it is edited under Snippets."""

    key = blocks.ChoiceBlock(choices=standing_texts.key_choices, label="Text")

    class Meta:
        template = "blocks/standing_text.html"
        icon = "snippet"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"standing_text": standing_texts.get(value["key"])}


class HighlightValue(blocks.StructValue):
    @property
    def is_being_checked(self) -> bool:
        return bool(self["review_on"]) and self["review_on"] <= timezone.localdate()

    @property
    def is_of_a_year(self) -> bool:
        """The first of January stands for its year: of such facts no day is known."""
        return bool(self["as_of"]) and (self["as_of"].month, self["as_of"].day) == (1, 1)


class HighlightBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=icon_choices)
    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=FEATURES)
    as_of = blocks.DateBlock(required=False, help_text="Where this holds only for a time: since when it is known.")
    review_on = blocks.DateBlock(required=False, help_text="From this day on it is shown as being checked.")

    class Meta:
        value_class = HighlightValue


class HighlightsBlock(blocks.StructBlock):
    """The two to six things to know first."""

    heading = blocks.CharBlock(max_length=120)
    highlights = blocks.ListBlock(HighlightBlock(), max_num=6)

    class Meta:
        template = "blocks/highlights.html"
        icon = "pick"
