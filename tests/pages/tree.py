"""Finding and changing pages of the loaded site, as an editor does: through published revisions."""

from wagtail.models import Page

from pages.models import SitePage, StandardPage
from pages.views import find_page


def page(path: str) -> SitePage:
    """The live page at an English address."""
    found = find_page(path.strip("/"))
    assert found, f"No page at {path}"
    return found


def publish(instance, **fields):
    """Sets the fields and publishes; gives the page as it then is."""
    for name, value in fields.items():
        setattr(instance, name, value)
    instance.save_revision().publish()
    return type(instance).objects.get(pk=instance.pk)


def add(parent_path: str, slug: str, model=StandardPage, live: bool = True, **fields) -> SitePage:
    """A new page below another, published unless it is to stay a draft."""
    parent = Page.objects.get(pk=page(parent_path).pk)
    fields = {"title": slug, "heading_en": slug.replace("-", " ").capitalize(), **fields}
    instance = parent.add_child(instance=model(slug=slug, live=False, **fields))
    return publish(instance) if live else instance


def text(html: str) -> list[tuple[str, str]]:
    """A body of one text block."""
    return [("text", html)]
