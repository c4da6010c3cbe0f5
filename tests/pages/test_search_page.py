"""The search page: what it shows, that any input is answered, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from wagtail.models import Site

from lacare_site import languages
from pages.contacts import selectors as contacts
from pages.models import SearchEntry
from pages.search import questions, services, snippets, suggestions
from tests.pages.search_misspelt import UNKNOWN
from tests.pages.tree import add, page, text

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
HOSTILE = [
    "'",
    '"',
    "\\",
    "%",
    "*",
    "a*",
    "NEAR(a b)",
    "AND OR NOT",
    "a:b",
    "{body}: x",
    "a & | ! b",
    "('",
    "<b>",
    "😀",
    "\0",
    "ﷺ" * 80,
]


@pytest.fixture
def ask(client):
    def ask(question: str | None = None, language: str = "en", **parameters) -> LexborHTMLParser:
        prefix = "" if language == "en" else f"/{language}"
        parameters |= {"q": question} if question is not None else {}
        response = client.get(f"{prefix}/search", parameters)
        assert response.status_code == 200
        return LexborHTMLParser(response.content.decode())

    return ask


def words(node) -> str:
    return " ".join(node.text().split())


def question(asked: str, language: str = "en") -> questions.Question:
    return questions.parse(asked, language)


def test_results_have_title_address_section_and_marked_words(ask):
    found = ask("nurse line")
    first = found.css_first(".results__item")
    assert first.css_first("a").attributes["href"] == "/members/getting-care/nurse-advice-line"
    assert (
        words(first.css_first(".results__where")) == f"{page('/members').heading_en} › {page('/members/getting-care').heading_en}"
    )
    assert "Nurse" in [mark.text() for mark in first.css("mark")]
    assert "Search results for “nurse line”" in found.css_first("title").text()
    assert found.css_first("meta[name=robots]").attributes["content"] == "noindex"


def test_the_telephone_line_comes_before_the_pages(ask):
    html = ask("nurse line").html
    assert html.index("1-888-839-9909", html.index("<main")) < html.index("results__item")
    assert "Call the line of your plan" in html


def test_a_question_in_another_language_gets_the_lines_of_its_first_page(ask):
    add("/members", "kangaroo-care", heading_en="Kangaroo care", heading_es="Método canguro", contact_keys=["dpss", "covered"])
    found = [line.attributes["href"] for line in ask("el canguro", "es").css("main .line__number")]
    assert found == [contacts.lines()[key].href for key in ("dpss", "covered")]


def test_nothing_found_helps_on(ask):
    found = ask("grievence")
    links = [link.attributes["href"] for link in found.css("main a")]
    assert "?q=grievance" in links and "/about/contact-us" in links and "/glossary-terms" in links
    assert not found.css(".results__item")


def test_no_question_shows_ways_on(ask):
    for found in (ask(), ask("   ")):
        assert found.css_first("title").text().startswith("Search –")
        assert "/about/contact-us" in [link.attributes["href"] for link in found.css("main a")]


def test_pages_of_twenty(ask):
    first, second = ask("care"), ask("care", page=2)
    assert len(first.css(".results__item")) == 20 and first.css_first(".results").attributes["start"] == "1"
    assert second.css_first(".results").attributes["start"] == "21"
    assert {link.attributes["href"] for link in first.css(".results__title a")}.isdisjoint(
        link.attributes["href"] for link in second.css(".results__title a")
    )
    assert "?q=care&page=2" in [link.attributes["href"] for link in first.css("main a")]


@pytest.mark.parametrize("number", ["0", "-1", "999999", "x", "9" * 5000, "1.5", "\0", "²"])
def test_odd_page_numbers_are_answered(ask, number):
    assert ask("care", page=number).css(".results__item")


def test_english_hits_are_marked_as_english(ask):
    add("/members", "kangaroo-care", heading_en="Kangaroo care")
    for language in ("fa", "ar"):
        found = ask("kangaroo", language)
        link = found.css_first(".results__title a")
        assert link.attributes["href"] == f"/{language}/members/kangaroo-care"
        for node in (link, found.css_first(".results__item > p:last-child")):
            assert node.attributes["lang"] == "en" and node.attributes["dir"] == "ltr"
        assert found.css_first("html").attributes["dir"] == "rtl"


@pytest.mark.parametrize(("language", "asked"), UNKNOWN.items())
def test_nothing_found_helps_on_in_the_language(ask, language, asked):
    found = ask(asked, language)
    assert not found.css(".results__item") and not found.css("main .line__number")
    prefix = "" if language == "en" else f"/{language}"
    with translation.override(language):
        title = gettext("Nothing found for “%(query)s”") % {"query": asked}
        helps = {
            f"{prefix}/about/contact-us": gettext("Ask a person: all telephone numbers"),
            f"{prefix}/glossary-terms": gettext("Look a word up in the glossary"),
        }
    assert words(found.css_first(".empty h2")) == title
    assert helps.items() <= {link.attributes["href"]: words(link) for link in found.css(".empty a")}.items()
    if language != "en":
        assert "Nothing found" not in title and not found.css('.empty [lang="en"]')


def test_what_an_editor_or_visitor_writes_is_never_html(ask):
    add(
        "/members",
        "odd",
        heading_en="<b>Kangaroo</b> &",
        body_en=text("<p>Kangaroo &lt;script&gt;alert(1)&lt;/script&gt; &amp;</p>"),
    )
    found = ask("kangaroo <script>alert(2)</script>")
    assert not [script for script in found.css("script") if "alert" in script.text()]
    assert "<b>Kangaroo</b> &" in found.css_first(".results__title").text()
    assert "<mark>Kangaroo</mark> &lt;<mark>script</mark>&gt;" in found.css_first(".results__item p:last-child").html


def test_a_post_is_refused(client):
    assert client.post("/search", {"q": "care"}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 405


def answered(client, query: str, language: str = "en") -> bool:
    prefix = "" if language == "en" else f"/{language}"
    return client.get(f"{prefix}/search?{query}").status_code == 200


@pytest.mark.parametrize("asked", HOSTILE)
def test_hostile_questions_are_answered(client, asked):
    assert answered(client, urlencode({"q": asked}))


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%00", "q=%ED%A0%80", "q=" + "%2a" * 3000, "q", "q=a&q=b", "&&&", "q=%", "q=a&page=%ff"]
)
def test_broken_query_strings_are_answered(client, query):
    assert answered(client, query)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=300), language=st.sampled_from([language.code for language in languages.LANGUAGES]))
@example(asked="x" * 10_000, language="en")
@example(asked="會" * 100, language="zh-hant")
@example(asked="a b c d e f g h i j k l m n o p q r s t u v w x y z", language="tl")
@example(asked="doctor medicine pay qualify interpreter therapist " * 2, language="en")
def test_any_text_is_answered(client, asked, language):
    assert answered(client, urlencode({"q": asked.encode("utf-8", "replace")}), language)


@given(st.text(max_size=400))
@example("x" * 500)
@example("ﷺ " * 100)
def test_a_cleaned_question_is_short_and_on_one_line(asked):
    cleaned = questions.clean(asked)
    assert len(cleaned) <= questions.LONGEST_QUESTION and cleaned == questions.clean(cleaned)
    assert not re.search(r"[\x00-\x1f\x7f]", cleaned)


@pytest.mark.parametrize(
    ("language", "asked", "body", "marked"),
    [
        ("en", "renewals", "Renew your Medi-Cal", "<mark>Renew</mark> your Medi-Cal"),
        ("en", "medi-cal", "Your Medi-Cal plan", "Your <mark>Medi-Cal</mark> plan"),
        ("es", "medico", "Sus médicos.", "Sus <mark>médicos</mark>."),
        ("zh-hant", "會員卡", "請出示會員卡。", "請出示<mark>會員卡</mark>。"),
        ("ko", "카드", "회원 카드를", "회원 <mark>카드</mark>를"),
        ("fa", "كارت", "کارت شما", "<mark>کارت</mark> شما"),
        ("km", "សមាជិក", "ប័ណ្ណសមាជិក", "ប័ណ្ណ<mark>សមាជិក</mark>"),
        ("en", "b", "<b>&'\"", "&lt;<mark>b</mark>&gt;&amp;&#x27;&quot;"),
    ],
)
def test_found_words_are_marked(language, asked, body, marked):
    assert snippets.marked(body, question(asked, language)) == marked


def test_a_snippet_is_the_passage_that_answers_and_not_long():
    body = "\n".join(
        ["Nothing here."] * 50 + ["Heading", "Some words before. " * 30 + "The nurse line answers. " + "And after. " * 30]
    )
    shown = snippets.snippet(body, question("nurse line"))
    assert "<mark>nurse</mark> <mark>line</mark>" in shown
    assert len(re.sub("<.*?>", "", shown)) <= snippets.LENGTH + 10


def test_at_most_twelve_queries_however_many_pages(client):
    asked = ["/search?q=nurse+line", "/es/search?q=medi-cal", "/ko/search?q=medi-cal+zzzz", "/search?q=grievence", "/search"]

    def counts() -> list[int]:
        found = []
        for address in asked:
            client.get(address)
            contacts.forget()
            Site.clear_site_root_paths_cache()
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    before = counts()
    assert max(before) <= MOST_QUERIES, before
    parent = page("/members")
    for number in range(25):
        add("/members", f"nurse-line-{number}", heading_en=f"Nurse line {number}", heading_es=f"Medi-Cal {number}")
    assert SearchEntry.objects.filter(page__path__startswith=parent.path).count() > 50
    assert counts() == before


def test_indexing_a_page_that_is_gone_does_nothing():
    services.index_page(10**9)


def test_no_word_is_said_to_mean_itself():
    synonym = questions.parse("արժեք", "hy")  # costs, which no page calls so
    assert suggestions.corrected(synonym, [group[0] for group in synonym.groups]) == ""
