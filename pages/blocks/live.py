"""Blocks whose content comes from elsewhere on the site when the page is rendered."""

from wagtail import blocks

from pages import links
from pages.contacts import selectors as contacts
from pages.documents import selectors as documents
from pages.rich_text_features import FEATURES


class ContactLinesBlock(blocks.StructBlock):
    """Telephone lines of the contacts registry, with TTY and hours."""

    heading = blocks.CharBlock(max_length=120)
    lines = blocks.ListBlock(blocks.ChoiceBlock(choices=contacts.key_choices), min_num=1)

    class Meta:
        template = "blocks/contact_lines.html"
        icon = "mobile-alt"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"lines": contacts.lines_of(value["lines"])}


class DocumentsBlock(blocks.StructBlock):
    """The documents of one series, one for each language."""

    heading = blocks.CharBlock(max_length=120)
    series = blocks.ChoiceBlock(choices=documents.series_choices)

    class Meta:
        template = "blocks/documents.html"
        icon = "doc-full"

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"documents": documents.current_of_series(value["series"])}


class _ListingBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(required=False, features=FEATURES)


class PlansBlock(_ListingBlock):
    """The plan overviews side by side."""

    class Meta:
        template = "blocks/plans.html"
        icon = "grip"

    def get_context(self, value, parent_context=None):
        from pages import selectors

        return super().get_context(value, parent_context) | {"plans": selectors.plan_overviews()}


class NewsBlock(_ListingBlock):
    """The latest articles."""

    class Meta:
        template = "blocks/news.html"
        icon = "date"

    def get_context(self, value, parent_context=None):
        from pages import selectors

        return super().get_context(value, parent_context) | {"articles": selectors.latest_articles(3)}


class MeetingsBlock(_ListingBlock):
    """The next public meetings."""

    class Meta:
        template = "blocks/meetings.html"
        icon = "calendar-alt"

    def get_context(self, value, parent_context=None):
        from pages import selectors

        return super().get_context(value, parent_context) | {
            "meetings": selectors.next_meetings(3),
            "meeting_pages": links.of_type("meetinglistpage"),
        }
