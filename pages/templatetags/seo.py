"""What the head of a page tells search engines; see pages/seo/."""

from django import template

from pages.seo import head, structured_data

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context, page) -> head.Head:
    """`canonical`, and `alternates` as (hreflang, address), of the page that is shown."""
    return head.of(page, getattr(context.get("paged"), "number", 1))


@register.simple_tag
def page_data(page) -> str:
    """The page's structured data, for a block of data in the head."""
    return structured_data.of(page)
