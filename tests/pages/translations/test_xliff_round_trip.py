"""What goes out in a file comes back as it was: for any blocks and rich text, and for all pages of the site."""

from html import escape
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacare_site import languages
from pages.models import SitePage, StandardPage, Translation
from pages.translations.texts import text_of
from pages.translations.xliff import read, services, write
from pages.translations.xliff.selectors import export_of
from pages.translations.xliff.units import segments_of, targets_of, translation_of

SPANISH = languages.get("es")
MARKS = {
    "b": ("<b>", "</b>"),
    "i": ("<i>", "</i>"),
    "page": ('<a linktype="page" id="3">', "</a>"),
    "address": ('<a href="https://example.org/?a=1&amp;b=&lt;2&gt;">', "</a>"),
    "phone": ('<embed embedtype="phone" key="medi-cal"/>', ""),
    "line": ("<br/>", ""),
}
characters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
words = st.text(characters, min_size=1, max_size=12).filter(str.strip) | st.sampled_from(["<b>", "&amp;", "]]>", "a\r\n"])


@st.composite
def runs(draw) -> tuple[str, str]:
    """A run of inline content in English and in translation: the same marks, in another order and around other words."""
    marks = draw(st.lists(st.sampled_from(sorted(MARKS)), max_size=4))

    def run(names: list[str]) -> str:
        html = escape(draw(words), quote=False)
        for name in names:
            begin, end = MARKS[name]
            inside = escape(draw(words), quote=False) if end else ""
            nested = "<i>" + inside + "</i>" if name == "b" else inside
            html += begin + nested + end + escape(draw(words | st.just("")), quote=False)
        return html

    return run(marks), run(draw(st.permutations(marks)))


def both(pairs, wrap) -> tuple:
    """(English, translation) of parts that are such pairs themselves."""
    return tuple(wrap([pair[side] for pair in pairs]) for side in (0, 1))


def rich_texts():
    one = st.sampled_from(["p", "h2", "h3"]).flatmap(
        lambda tag: runs().map(lambda pair: both([pair], lambda x: f"<{tag}>{x[0]}</{tag}>"))
    )
    items = st.lists(runs(), min_size=1, max_size=3).map(
        lambda pairs: both(pairs, lambda x: f"<ul><li>{'</li><li>'.join(x)}</li></ul>")
    )
    nested = st.tuples(runs(), runs()).map(
        lambda pairs: both(pairs, lambda x: f"<ol><li>{x[0]}<ul><li>{x[1]}</li></ul></li></ol>")
    )
    return st.lists(one | items | nested, min_size=1, max_size=3).map(lambda pairs: both(pairs, "".join))


def plain_texts():
    return st.tuples(words, words)


def block(kind: str, /, **parts):
    names = list(parts)
    return st.tuples(*parts.values()).map(
        lambda pairs: both(pairs, lambda x: {"type": kind, "value": dict(zip(names, x, strict=True))})
    )


def always(value):
    return st.just((value, value))


def listed(item):
    return st.lists(item, min_size=1, max_size=3).map(
        lambda pairs: both(
            pairs, lambda x: [{"type": "item", "id": f"i{number}", "value": value} for number, value in enumerate(x)]
        )
    )


def struct(**parts):
    return block("", **parts).map(lambda pair: both([pair], lambda x: x[0]["value"]))


BLOCKS = st.one_of(
    rich_texts().map(lambda pair: both([pair], lambda x: {"type": "text", "value": x[0]})),
    block("callout", kind=always("important"), heading=plain_texts(), text=rich_texts()),
    block("steps", heading=plain_texts(), steps=listed(struct(title=plain_texts(), text=rich_texts()))),
    block("checklist", heading=plain_texts(), intro=always(""), items=listed(rich_texts())),
    block(
        "cards",
        heading=plain_texts(),
        cards=listed(
            struct(page=always(7), url=always(""), title=always("") | plain_texts(), text=plain_texts(), icon=always("phone"))
        ),
    ),
    block("contact_lines", heading=plain_texts(), lines=always([{"type": "item", "id": "x", "value": "medi-cal"}])),
)


def page_of(blocks: list[tuple[dict, dict]], heading: tuple[str, str]) -> StandardPage:
    body = StandardPage._meta.get_field("body")
    english, spanish = both(blocks, lambda x: [{"id": f"block-{number}", **found} for number, found in enumerate(x)])
    page = StandardPage(heading_en=heading[0], heading_es=heading[1])
    page.body_en, page.body_es = (body.stream_block.to_python(raw) for raw in (english, spanish))
    return page


@pytest.mark.django_db
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=4), heading=plain_texts())
def test_any_translation_comes_back_as_it_went_out(blocks, heading):
    page = page_of(blocks, heading)
    segments = segments_of(page)
    targets = {name: targets_of(page, page, "es", name, segments[name]) for name in segments}
    text = write.Text("page-1", "/a", "A page", segments, targets)
    file = read.document(BytesIO(b"".join(write.document([text], SPANISH)))).files[0]
    assert {unit.id: unit.source for unit in file.units} == {one.id: one.parts for found in segments.values() for one in found}
    came_back = {unit.id: unit.target for unit in file.units}
    for name, own in segments.items():
        value = translation_of(page, name, own, {segment.id: came_back[segment.id] for segment in own})
        if name == "body":
            assert list(value.raw_data) == list(page.body_es.raw_data)
        else:
            assert value == page.heading_es


@pytest.fixture
def pages(db) -> list[SitePage]:
    return list(SitePage.objects.live().order_by("path").specific())


@pytest.fixture
def superuser(django_user_model, db):
    return django_user_model.objects.get(is_superuser=True)


def exported(pages, language) -> read.Document:
    return read.document(BytesIO(b"".join(write.document([export_of(page, language.code) for page in pages], language))))


def test_all_pages_go_out_and_come_back_without_a_change(pages, superuser):
    taken = services.take(exported(pages, SPANISH), "es", superuser, Translation.Origin.HUMAN)
    assert len(taken) == len(pages) > 100
    assert not [item for item in taken if item.changed]
    assert sum(len(item.unchanged) for item in taken) > 400
    assert not SitePage.objects.filter(pk__in=[page.pk for page in pages], has_unpublished_changes=True).exists()


@pytest.mark.parametrize("code", [pytest.param("es", marks=pytest.mark.audit), "fa"])
def test_a_lost_translation_of_a_section_is_whole_again_after_the_import(pages, superuser, code):
    section = next(page for page in pages if page.slug == "members")
    pages = [page for page in pages if page.path.startswith(section.path)]
    document = exported(pages, languages.get(code))
    before = {page.pk: text_of(page, code) for page in pages}
    for page in pages:
        for column in [field.name for field in page._meta.fields if field.name.endswith(f"_{code}")]:
            setattr(page, column, None)
        page.save_revision()
        assert not text_of(page.get_latest_revision_as_object(), code)
    services.take(document, code, superuser, Translation.Origin.HUMAN)
    drafts = {page.pk: SitePage.objects.get(pk=page.pk).specific.get_latest_revision_as_object() for page in pages}
    assert {key: text_of(draft, code) for key, draft in drafts.items()} == before
    english, translation = (
        [block["id"] for block in getattr(drafts[section.pk], f"body_{one}").raw_data] for one in ("en", code)
    )
    assert translation in (english, [])
