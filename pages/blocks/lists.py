"""Blocks that are lists of one kind of thing."""

from wagtail import blocks

from pages.icons import icon_choices
from pages.rich_text_features import FEATURES


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=FEATURES)


class StepsBlock(blocks.StructBlock):
    """What to do, in order."""

    heading = blocks.CharBlock(max_length=120)
    steps = blocks.ListBlock(StepBlock())

    class Meta:
        template = "blocks/steps.html"
        icon = "list-ol"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=200)
    answer = blocks.RichTextBlock(features=FEATURES)


class QuestionsBlock(blocks.StructBlock):
    """Questions whose answers open on demand."""

    heading = blocks.CharBlock(max_length=120)
    questions = blocks.ListBlock(QuestionBlock())

    class Meta:
        template = "blocks/questions.html"
        icon = "help"


class ChecklistBlock(blocks.StructBlock):
    """Things that hold, or to have at hand."""

    heading = blocks.CharBlock(max_length=120)
    intro = blocks.RichTextBlock(required=False, features=FEATURES)
    items = blocks.ListBlock(blocks.RichTextBlock(features=["bold", "link", "phone"]))

    class Meta:
        template = "blocks/checklist.html"
        icon = "check"


class GlanceItemBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(choices=icon_choices)
    title = blocks.CharBlock(max_length=80)
    text = blocks.RichTextBlock(features=["bold", "link", "phone"])


class GlanceBlock(blocks.StructBlock):
    """The answers that a reader looks for first, side by side."""

    heading = blocks.CharBlock(max_length=120)
    items = blocks.ListBlock(GlanceItemBlock(), max_num=6)

    class Meta:
        template = "blocks/glance.html"
        icon = "grip"


class ComparisonRowBlock(blocks.StructBlock):
    topic = blocks.CharBlock(max_length=80)
    first = blocks.CharBlock(max_length=200)
    second = blocks.CharBlock(max_length=200)


class ComparisonBlock(blocks.StructBlock):
    """Two ways, row by row."""

    heading = blocks.CharBlock(max_length=120)
    first_title = blocks.CharBlock(max_length=60)
    second_title = blocks.CharBlock(max_length=60)
    rows = blocks.ListBlock(ComparisonRowBlock())

    class Meta:
        template = "blocks/comparison.html"
        icon = "table"


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(max_length=80)
    text = blocks.RichTextBlock(features=FEATURES)


class TimelineBlock(blocks.StructBlock):
    """What happens when."""

    heading = blocks.CharBlock(max_length=120)
    intro = blocks.RichTextBlock(required=False, features=FEATURES)
    moments = blocks.ListBlock(MomentBlock())

    class Meta:
        template = "blocks/timeline.html"
        icon = "history"


class FigureBlock(blocks.StructBlock):
    figure = blocks.CharBlock(max_length=40)
    label = blocks.CharBlock(max_length=120)
    text = blocks.TextBlock(required=False, max_length=400)


class FiguresBlock(blocks.StructBlock):
    """Large numbers with what they count."""

    heading = blocks.CharBlock(max_length=120)
    figures = blocks.ListBlock(FigureBlock())

    class Meta:
        template = "blocks/figures.html"
        icon = "decimal"
