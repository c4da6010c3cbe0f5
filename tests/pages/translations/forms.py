"""The form of a page or snippet as a browser would post it, read from its HTML."""

from html.parser import HTMLParser

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.textarea, self.select, self.is_inside = {}, None, None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.is_inside = attrs.get("id") in ("page-edit-form", "w-editor-form")
        if not self.is_inside:
            return
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in ("submit", "button"):
            if attrs.get("type") in ("checkbox", "radio"):
                if "checked" in attrs:
                    self.found.setdefault(name, []).append(attrs.get("value", "on"))
            else:
                self.found[name] = attrs.get("value", "")
        elif tag == "textarea" and name:
            self.textarea, self.found[name] = name, ""
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.found[self.select] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_inside = False
        self.textarea = None if tag == "textarea" else self.textarea
        self.select = None if tag == "select" else self.select

    def handle_data(self, text):
        if self.textarea:
            self.found[self.textarea] += text


def post_data(html: str) -> dict:
    """The values of the form. StreamFields are built by script, so they are not among them: a test adds those that it posts."""
    parser = _Fields()
    parser.feed(html)
    return parser.found


def stream(field: str, *texts: str) -> dict[str, str]:
    """A StreamField of text blocks, as posted."""
    data = {f"{field}-count": str(len(texts))}
    for number, html in enumerate(texts):
        data |= {
            f"{field}-{number}-deleted": "",
            f"{field}-{number}-order": str(number),
            f"{field}-{number}-type": "text",
            f"{field}-{number}-id": "",
            f"{field}-{number}-value": ContentstateConverter(["bold", "link", "phone"]).from_database_format(html),
        }
    return data


def rich_text(html: str) -> str:
    """A rich text field, as posted."""
    return ContentstateConverter(["bold", "link", "phone"]).from_database_format(html)
