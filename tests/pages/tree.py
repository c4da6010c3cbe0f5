"""Finding and changing pages of the loaded site, as an editor does: through published revisions."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page

from pages.models import Meeting, NewsArticlePage, Notice, PlanDocument, SitePage, StandardPage
from pages.translations import ledger
from pages.translations.texts import hash_of, text_of
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


def notice(name="a-notice", **fields) -> Notice:
    """A new notice, published, site-wide and begun an hour ago unless the fields say otherwise."""
    sections = fields.pop("sections", [])
    start = timezone.now() - timedelta(hours=1)
    if fields.get("severity") == "emergency":
        fields = {"contact_keys": ["medi-cal"], "closable": False, **fields}
    made = Notice(**{"name": name, "heading_en": name, "text_en": "<p>Words.</p>", "starts_at": start, "live": False, **fields})
    made.full_clean()
    made.save()
    made.sections = sections
    made.save_revision().publish()
    return Notice.objects.get(pk=made.pk)


def fill_lists() -> None:
    """A newsroom of more than one page, and meetings before and after today with their agendas."""
    for number in range(30):
        add("/news", f"article-{number}", NewsArticlePage)
    board = page("/about/public-meetings/board-meetings")
    board.meetings = [
        Meeting(
            title=f"Meeting {days}",
            place="Here",
            starts_at=timezone.now() + timedelta(days=days),
            agenda=PlanDocument.objects.first(),
        )
        for days in (-40, -30, 30, 40)
    ]
    publish(board)


def sign(instance, code: str, reviewer=None) -> None:
    """Signs the published text in a language, as a reviewer does."""
    reviewer = reviewer or get_user_model().objects.get_or_create(username="reviewer")[0]
    ledger.sign_off(instance, code, reviewer, "Certified translator", **hashes(instance, code))


def hashes(instance, code: str) -> dict[str, str]:
    """Those of the texts that a reviewer has before them."""
    return {"text_hash": hash_of(text_of(instance, code)), "source_hash": hash_of(text_of(instance, "en"))}


def text(html: str) -> list[tuple[str, str]]:
    """A body of one text block."""
    return [("text", html)]
