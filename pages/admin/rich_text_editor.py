"""The rich text editor, without the one style that no Content Security Policy can foresee."""

from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextEditor(DraftailRichTextArea):
    """Wagtail's own, whose hint in an empty text is an inline style with a random name in it; static/admin/admin.css shows the hint instead."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.options["placeholder"] = ""
