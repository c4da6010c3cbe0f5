"""What must hold for every page in every language. Each rule yields what is wrong, one sentence a fault."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext

from lacare_site import addresses, languages
from tests.crawl.html import Page, direction_of, is_external, language_of, squeezed
from tests.crawl.paths import PATHS

RULES: list[Callable[[Page], Iterator[str]]] = []
# That help in one's language is free is said in more languages than the site speaks; all of these run left to right.
OTHER_TONGUES = {"hi", "hmn", "ja", "pa", "th"}
TAGS = {language.tag for language in languages.LANGUAGES} | OTHER_TONGUES
EVENT = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
# Invisible signs that no text needs, but for the two with which Farsi and Khmer are written.
INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e]")
WRITTEN_WITH = {"fa": "\u200c", "km": "\u200b"}
ENGLISH = re.compile(r"\b(the|and|your|you|with|our|this|from)\b", re.IGNORECASE)
NAMES = re.compile(r"\([^)]*\)|«[^»]*»|“[^”]*”|「[^」]*」")  # English names beside their translation
ADDRESS = re.compile(r'\s(?:href|src|action|id|name)="[^"]*"')
MAILTO = re.compile(r"mailto:[A-Za-z0-9.+-]+@[A-Za-z0-9.-]+\.[a-z]+(\?[\x21-\x7e]*)?")


def rule(function):
    RULES.append(function)
    return function


def faults(page: Page) -> list[str]:
    with translation.override(page.language.code):
        return [f"{page.address}: {check.__name__}: {fault}" for check in RULES for fault in check(page)]


@rule
def one_heading_of_the_first_level(page):
    headings = page.all("h1")
    if len(headings) != 1 or not squeezed(headings[0].text()):
        yield f"{len(headings)} h1"


@rule
def headings_skip_no_level(page):
    level = 1
    for heading in page.all("main h1, main h2, main h3, main h4, main h5, main h6"):
        if int(heading.tag[1]) > level + 1:
            yield f"{heading.tag} after h{level}: {squeezed(heading.text())}"
        level = int(heading.tag[1])


@rule
def title_and_description(page):
    if len(page.all("head title")) != 1 or not squeezed(page.one("head title").text()):
        yield "no title"
    descriptions = page.all('head meta[name="description"]')
    if len(descriptions) != 1 or not squeezed(descriptions[0].attributes.get("content")):
        yield "no description"


@rule
def language_and_direction(page):
    root = page.one("html").attributes
    if (root.get("lang"), root.get("dir")) != (page.language.tag, page.language.direction):
        yield f"{root.get('lang')} {root.get('dir')}"
    for node in page.all("[lang]"):
        if node.attributes["lang"] not in TAGS:
            yield f"no language has the tag {node.attributes['lang']}"
        if direction_of(node) != languages.get(node.attributes["lang"].lower()).direction:
            yield f"{node.attributes['lang']} in the wrong direction: {squeezed(node.text())[:60]}"


@rule
def english_is_marked(page):
    """What has no translation is English and says so; what is translated does not say that it is English."""
    if page.language.code == "en":
        return
    for node, text in page.texts():
        marked = language_of(node)
        if marked != "en" and ENGLISH.search(NAMES.sub("", text)) and not _is_title_elsewhere(node):
            yield f"English under {marked}: {text[:80]}"
        if marked == "en" and page.language.script != "Latn" and _is_of(page.language.script, text):
            yield f"{page.language.name} under en: {text[:80]}"


def _is_title_elsewhere(node) -> bool:
    """The title of somebody else's publication stays as it is."""
    while node is not None and node.tag != "a":
        node = node.parent
    return node is not None and (node.attributes.get("href") or "").startswith("https:")


def _is_of(script: str, text: str) -> bool:
    ranges = {
        "Hant": "\u4e00-\u9fff", "Kore": "\uac00-\ud7af", "Armn": "\u0530-\u058f",
        "Cyrl": "\u0400-\u04ff", "Arab": "\u0600-\u06ff", "Khmr": "\u1780-\u17ff",
    }  # fmt: skip
    return bool(re.search(f"[{ranges[script]}]", text))


@rule
def address_and_alternates(page):
    """A page is indexed in the languages that it has been translated into; elsewhere it names the English page as the one to index."""
    canonical = page.one('link[rel="canonical"]').attributes["href"]
    base = canonical[: canonical.index("/", 8)]
    addresses_of = {lang.tag: addresses.in_language(page.path, lang.code) or "/" for lang in languages.LANGUAGES}
    stated = {node.attributes["hreflang"]: node.attributes["href"] for node in page.all('link[rel="alternate"][hreflang]')}
    wrong = {tag: href for tag, href in stated.items() if href != base + addresses_of["en" if tag == "x-default" else tag]}
    if wrong or not {"en", "x-default"} <= set(stated):
        yield f"alternates {wrong or stated}"
    if canonical != base + (page.address if page.language.tag in stated else page.path):
        yield f"canonical {canonical}"


@rule
def a_stamp_says_how_old_the_page_is(page):
    (stamp,) = page.all(".page-stamp") or [None]
    if stamp is None or len(stamp.css("span")) < 2:
        yield "neither when it was updated nor when it is reviewed"


@rule
def breadcrumbs_lead_up(page):
    if page.path == "/":
        return
    (place,) = page.all(".breadcrumbs")
    parts = page.path.split("/")
    above = ["/", *("/".join(parts[:count]) for count in range(2, len(parts)))]
    expected = [addresses.in_language(path, page.language.code) or "/" for path in above if path in PATHS]
    found = [page.target(node.attributes["href"]) for node in place.css("a")]
    if found != expected:
        yield f"{found} instead of {expected}"
    here = place.css("li")[-1]
    if here.css("a") or not here.css('[aria-current="page"]') or squeezed(here.text()) != squeezed(page.all("h1")[0].text()):
        yield f"the last is {squeezed(here.text())}"


@rule
def everything_has_a_name(page):
    for node in page.all("a[href], button, summary, input:not([type=hidden]), select, textarea, nav, dialog, main [role]"):
        if (node.attributes.get("aria-hidden"), node.attributes.get("tabindex")) == ("true", "-1"):
            continue  # neither read out nor reached: what Enter presses in a form
        labels = page.all(f'label[for="{node.attributes["id"]}"]') if node.attributes.get("id") else []
        if not page.name(node) and not any(page.name(label) for label in labels):
            yield f"without a name: {node.html[:120]}"
    for image in page.all("img"):
        if "alt" not in image.attributes:
            yield f"without alt: {image.html[:120]}"
    for drawing in page.all("svg"):
        if drawing.attributes.get("aria-hidden") != "true":
            yield f"neither hidden nor named: {drawing.html[:120]}"


@rule
def no_name_with_two_targets(page):
    targets: dict[str, set[str]] = {}
    for node, target in page.links():
        targets.setdefault(page.name(node).casefold(), set()).add(target)
    for name, found in targets.items():
        if len(found) > 1:
            yield f"{name!r} leads to {sorted(found)}"


@rule
def regions_have_names_of_their_own(page):
    names = Counter(page.name(node) for node in page.all("nav"))
    for name, count in names.items():
        if count > 1:
            yield f"{count} navigations are called {name!r}"


@rule
def links_that_leave_say_so(page):
    leaves = gettext("leaves this site")
    for node, target in page.links():
        if is_external(target) and leaves not in page.name(node):
            yield f"not marked: {target} {page.name(node)}"
        if target.startswith("http:") or "target" in node.attributes:
            yield f"http or a new window: {node.html[:120]}"
        if not is_external(target) and leaves in page.name(node):
            yield f"marked, but stays here: {target}"


@rule
def ids_are_unique_and_found(page):
    counts = Counter(node.attributes["id"] for node in page.all("[id]"))
    for key, count in counts.items():
        if count > 1 or not key:
            yield f"id {key!r} {count} times"
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"):
        for node in page.all(f"[{name}]"):
            for key in (node.attributes[name] or "").split():
                if key not in counts:
                    yield f"{name} names {key!r}, which is nowhere"


@rule
def no_code_in_the_page(page):
    for node in page.all(
        "[style], style, script:not([src]), [href^='javascript:' i], [action^='javascript:' i], iframe, object, embed"
    ):
        if node.attributes.get("type") != "application/ld+json":
            yield node.html[:120]
    if event := EVENT.search(re.sub(r">[^<]*<", "><", page.body)):
        yield f"handler {event[0]}"


@rule
def nothing_invisible(page):
    for node, text in page.texts():
        own = WRITTEN_WITH.get(language_of(node))
        if found := INVISIBLE.search(text.replace(own, "") if own else text):
            yield f"U+{ord(found[0]):04X} in {text[:80]!r}"
    for place in ADDRESS.finditer(page.body):
        if INVISIBLE.search(place[0]):
            yield f"in {place[0]!r}"
    for _node, target in page.links('a[href^="mailto:"]'):
        if not MAILTO.fullmatch(target):
            yield f"mailto {target!r}"


@rule
def the_menu_is_sent_once(page):
    if page.path == "/compliance/report":  # whose frame has a way out at once, and no menus
        return
    menus = page.all("nav#menu")
    if len(menus) != 1:
        yield f"{len(menus)} main menus"
        return
    inside = [page.target(node.attributes["href"]) for node in menus[0].css("a")]
    if len(inside) < 90:
        yield f"only {len(inside)} links in the menu"
    elsewhere = [target for _node, target in page.links("nav:not(#menu) a[href]")]
    if len(set(inside) & set(elsewhere)) > 40:
        yield "another navigation repeats the menu"


@rule
def the_year_is_this_year(page):
    if f"2000–{timezone.localdate().year} L.A. Care Health Plan, A Public Entity" not in squeezed(page.one("footer").text()):
        yield squeezed(page.one("footer").text())[-200:]


@rule
def a_line_to_call_with_its_tty(page):
    lines = page.all('main a[href^="tel:"]')
    if not lines:
        yield "no telephone line in main"
    with_tty = {node.attributes["href"]: "TTY" in (node.parent.text() + node.parent.parent.text()) for node in lines}
    for href in LINES_WITH_TTY & set(with_tty):
        if not with_tty[href]:
            yield f"no TTY beside {href}"
    for node in page.all('a[href^="tel:"]'):
        if not node.css('bdi[dir="ltr"]'):
            yield f"a number that turns around: {node.html[:120]}"
    if "TTY 711" not in page.text:
        yield "no TTY on the page"


LINES_WITH_TTY = {"tel:+18888399909", "tel:+18552702327", "tel:+18448547272", "tel:+18335223767"}
