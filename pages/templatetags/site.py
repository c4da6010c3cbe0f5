"""The tags with which templates show a page: its texts with their language, links, lines, notices, menus."""

import re
from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from lacare_site import addresses, languages
from lacare_site.preferences import cookies
from pages import links, translated
from pages.contacts import selectors as contacts
from pages.navigation import selectors as navigation
from pages.notices import selectors as notices
from pages.paging import PER_PAGE
from pages.standing_texts import selectors as standing_texts
from pages.translations import showing
from pages.views import shown_page

register = template.Library()

WRITTEN_OUT_LINK = re.compile(r'(<a href="(https?://[^"]*)"[^>]*>)(.*?)(</a>)', re.DOTALL)


@register.simple_tag(name="translated")
def translated_tag(instance, field: str) -> translated.Translated:
    """`{% translated page "heading" as heading %}<h1{{ heading.attrs }}>{{ heading }}</h1>`."""
    return translated.of(instance, field)


@register.simple_tag
def page_at(path: str):
    """The live page at an English path, ready to be shown; None while it is not live."""
    return shown_page(path)


@register.simple_tag
def standing_text(key: str):
    """The published text of a key, for blocks/standing_text.html; None where there is none."""
    return standing_texts.get(key)


@register.filter
def language_tag(code: str) -> str:
    """`zh-Hant` for `zh-hant`."""
    return languages.get(code).tag


@register.filter
def language_attrs(code: str) -> SafeString:
    """The attributes of an element whose text is in that language: ` lang="fa" dir="rtl"`."""
    return format_html(' lang="{}" dir="{}"', languages.get(code).tag, languages.get(code).direction)


@register.simple_tag
def menu(placement: str) -> list[navigation.Menu]:
    return navigation.menu(placement)


@register.simple_tag
def menu_of(section) -> list[navigation.Menu]:
    """The menu that a section (also an unpublished one) makes, for its preview."""
    return navigation.of_sections([section])


@register.simple_tag
def translation_note(page, field: str = "") -> dict | None:
    """What a page in another language says of its translation, or of that of one field; see pages/translations/showing.py."""
    return showing.note(page, field)


@register.simple_tag
def form_note() -> dict | None:
    """What a page with a form in another language says of the form's own words; see pages/translations/showing.py."""
    return showing.form_note()


@register.simple_tag
def contact_line(key: str):
    """The telephone line of a key, or None."""
    return contacts.lines().get(key)


@register.simple_tag
def contact_lines(keys, besides: str = "") -> list:
    """The telephone lines of the keys; without those whose number the HTML `besides` them gives already, where no hours are to be added."""
    return [line for line in contacts.lines_of(keys) if line.hours_en or f'"{line.href}"' not in besides]


@register.simple_tag
def contact_directory():
    return contacts.directory()


@register.simple_tag(takes_context=True)
def active_notices(context):
    """The notices of this page that the visitor has not closed, the most severe first."""
    request = context.get("request")
    closed = frozenset(cookies.closed_notices(request)) if request else frozenset()
    return notices.for_page(context.get("page"), closed)


@register.simple_tag
def ancestors(page) -> list[links.LinkedPage]:
    return links.ancestors_of(page)


@register.simple_tag
def siblings(page) -> list[links.LinkedPage]:
    """The pages beside a page (itself included), the nearest twenty, with one query."""
    return links.siblings_of(page, PER_PAGE)


@register.simple_tag
def related_pages(page, besides: Iterable[links.LinkedPage] = ()) -> list[links.LinkedPage]:
    """`besides` are pages that stand in another list of the same page, and are not named again."""
    listed = {one.id for one in besides or ()}
    return links.find([block["value"] for block in page.related.raw_data if block.get("value") and block["value"] not in listed])


@register.simple_tag(takes_context=True)
def language_links(context) -> list[dict]:
    """This same page, with the question or the part of a list, in each language: `language` (code, tag, own_name, direction), `url`,
    `is_current`.
    """
    request = context.get("request")
    path, query = (request.path, addresses.kept_query(request.GET)) if request else ("/", "")
    current = get_language()
    return [
        {
            "language": language,
            # Escaped: browsers read a backslash as a slash, and "//" as the begin of another host.
            "url": (escape_uri_path(addresses.in_language(path, language.code)) or "/") + query,
            "is_current": language.code == current,
        }
        for language in languages.LANGUAGES
    ]


@register.simple_tag
def current_language() -> languages.Language:
    return languages.get(get_language() or languages.DEFAULT)


@register.simple_tag
def localized(path: str) -> str:
    """The address of a page of this site, by its English path, in the active language; "" while the page is not live."""
    if path == "/":
        return addresses.in_language(path, get_language() or languages.DEFAULT) or "/"
    page = links.named(path, navigation.page_ids())
    return page.url if page else ""


@register.simple_tag
def icon(name: str, css_class: str = "") -> str:
    """A decorative icon of the sprite, hidden from assistive technology: what it means stands beside it in words."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css_class,
        static("icons/sprite.svg"),
        name,
    )


@register.filter
def mark_links_that_leave(html: str) -> SafeString:
    """Rich text whose links to other sites say so, to the eye and to a screen reader."""
    mark = render_to_string("components/leaves.html").strip() if 'href="http' in html else ""
    marked = WRITTEN_OUT_LINK.sub(lambda link: f"{link[1]}{link[3]}{mark if links.leaves(link[2]) else ''}{link[4]}", html)
    return mark_safe(marked)  # noqa: S308  (what the allow-list of rich text has let through)
