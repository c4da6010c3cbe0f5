"""How links in rich text are shown."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from pages import links


class GatheredPageLinkHandler(PageLinkHandler):
    """Finds the pages among those that `links.gather` has read for the whole page; a page taken off the site gives no link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = [int(attrs.get("id") or 0) for attrs in attrs_list]
        found = {page.id: page for page in links.find(ids)}
        return [f'<a href="{escape(found[page_id].url)}">' if page_id in found else "<a>" for page_id in ids]
