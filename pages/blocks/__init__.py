"""The blocks of which bodies are made, and the lists that page types offer: a dozen at most, none of raw HTML."""

from .links import CardsBlock, PromoBlock, ResourcesBlock, TasksBlock
from .lists import ChecklistBlock, ComparisonBlock, FiguresBlock, GlanceBlock, QuestionsBlock, StepsBlock, TimelineBlock
from .live import ContactLinesBlock, DocumentsBlock, MeetingsBlock, NewsBlock, PlansBlock
from .text import CalloutBlock, HighlightsBlock, SectionBlock, StandingTextBlock, TermBlock, TextBlock

BLOCKS = {
    "text": TextBlock,
    "callout": CalloutBlock,
    "contact_lines": ContactLinesBlock,
    "steps": StepsBlock,
    "cards": CardsBlock,
    "questions": QuestionsBlock,
    "checklist": ChecklistBlock,
    "documents": DocumentsBlock,
    "standing_text": StandingTextBlock,
    "glance": GlanceBlock,
    "comparison": ComparisonBlock,
    "timeline": TimelineBlock,
    "section": SectionBlock,
    "highlights": HighlightsBlock,
    "resources": ResourcesBlock,
    "figures": FiguresBlock,
    "term": TermBlock,
    "tasks": TasksBlock,
    "plans": PlansBlock,
    "promo": PromoBlock,
    "news": NewsBlock,
    "meetings": MeetingsBlock,
}

STANDARD = ("text", "callout", "contact_lines", "steps", "cards", "questions", "checklist", "documents", "standing_text")
BRIEF = ("text", "callout", "contact_lines", "cards")


def choice(*names: str) -> list:
    """The (name, block) pairs for a StreamField that offers the named blocks."""
    return [(name, BLOCKS[name]()) for name in names]
