"""The question paths: their rules against their sources, what is sent and what stays of it, and how one gets there."""

import logging
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser

from lacare_site.languages import BY_CODE
from members.questions import checks, sources
from members.questions.paths import PATHS
from members.questions.tables import QuestionPath, Rule
from pages import links
from pages.contacts import selectors as contacts
from tests.crawl import rules
from tests.crawl.html import Page
from tests.members.pages import html, text
from tests.members.question_cases import ABOUT_COVERAGE, CASES
from tests.pages.tree import page

pytestmark = pytest.mark.django_db
OWN = {"Sec-Fetch-Site": "same-origin"}
WHICH_LINE, CHOOSE = PATHS["which_line"], PATHS["help_me_choose"]


def sent(path: QuestionPath, choices) -> dict[str, str]:
    """What a browser sends for choices named by their keys."""
    places = [
        [key for key, _words in question.choices].index(choice) + 1
        for question, choice in zip(path.questions, choices, strict=True)
    ]
    return {f"q{number}": str(place) for number, place in enumerate(places, 1)}


def post(client, path: QuestionPath, data, prefix: str = ""):
    return client.post(f"{prefix}{path.path}/answer", data, headers=OWN)


def answered(client, path: QuestionPath, choices) -> LexborHTMLParser:
    answer = post(client, path, sent(path, choices))
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


@pytest.mark.parametrize("key", CASES)
def test_each_case_has_the_answer_that_its_source_states(client, key):
    path, seen, source_texts = PATHS[key], set(), {}
    for choices, heading, lines, words in CASES[key]:
        shown = answered(client, path, choices)
        assert heading in text(shown.css_first("h1")), choices
        numbers = [link.attributes["href"] for link in shown.css("main .lines a")]
        assert numbers == [line.href for line in contacts.lines_of(lines)], choices
        assert [bool(line.tty) for line in contacts.lines_of(lines)] == [
            "TTY" in text(line) for line in shown.css("main .lines .line")
        ]
        stamp = shown.css_first("main .page-stamp")
        source = stamp.css_first("a").attributes["href"]
        assert "As of November 22, 2026." in text(stamp)
        if source not in source_texts:
            source_texts[source] = text(html(client, source).css_first("main")).replace("’", "'")
        assert words in source_texts[source], (choices, source)
        promise = "This is no decision and no promise." in text(shown.css_first("main"))
        assert promise == (key in ABOUT_COVERAGE), choices
        seen.add(path.answer_to(dict(zip([question.key for question in path.questions], choices, strict=True))).heading)
    assert seen == {rule.answer.heading for rule in path.rules}, "a case for each answer"


def test_every_answer_names_lines_and_pages_that_are_public():
    named = {answer for path in PATHS.values() for answer in (rule.answer for rule in path.rules)}
    assert {line for answer in named for line in answer.lines} <= contacts.lines().keys()
    paths = {path for answer in named for path in (*answer.pages, answer.source.page)} | {path.path for path in PATHS.values()}
    assert links.at_paths(paths).keys() == paths
    assert all(answer.bring and answer.lines and answer.pages for answer in named)


def test_nobody_is_told_that_they_qualify():
    words = [
        str(words) for key in ABOUT_COVERAGE for rule in PATHS[key].rules for words in (rule.answer.heading, *rule.answer.text)
    ]
    assert not [
        sentence
        for sentence in words
        if re.search(r"\byou (?:\w+ )?qualify\b", sentence, re.IGNORECASE) and "may qualify" not in sentence
    ]


def without(path: QuestionPath, number: int) -> QuestionPath:
    return replace(path, rules=path.rules[:number] + path.rules[number + 1 :])


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (without(CHOOSE, -1 % len(CHOOSE.rules)), "there is no answer to"),
        (replace(CHOOSE, questions=CHOOSE.questions * 2), "it has 6 questions"),
        (replace(CHOOSE, rules=(Rule({"cards": ("all",)}, CHOOSE.rules[0].answer), *CHOOSE.rules)), "no question has cards=all"),
        (replace(CHOOSE, rules=(Rule({}, CHOOSE.rules[0].answer), *CHOOSE.rules)), "never comes to hold"),
        (replace(CHOOSE, rules=(Rule({}, replace(CHOOSE.rules[0].answer, lines=())),)), "names no line"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path, fault):
    assert not list(checks.faults(CHOOSE))
    assert any(fault in sentence for sentence in checks.faults(path))


def test_from_its_day_of_review_on_an_answer_is_being_checked(client, monkeypatch):
    old = sources.source("/members/id-card", review_on=sources.AS_OF)
    path = replace(WHICH_LINE, rules=(Rule({}, replace(WHICH_LINE.rules[0].answer, source=old)),))
    monkeypatch.setitem(PATHS, "which_line", path)
    assert "We are checking whether this still holds." in text(answered(client, path, ("none", "other")).css_first(".page-stamp"))


def test_the_questions_are_the_same_for_all_and_kept(client):
    first, second = (client.get(WHICH_LINE.path) for _ in range(2))
    assert first.is_same_for_all and first.content == second.content
    assert "Set-Cookie" not in first.headers and "no-store" not in first.headers.get("Cache-Control", "")


def test_nothing_stays_of_what_was_chosen(client, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.handler.setLevel(logging.DEBUG)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = post(client, WHICH_LINE, sent(WHICH_LINE, ("covered", "mind")))
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT"}
    assert answer.cookies == {} and "no-store" in answer.headers["Cache-Control"]
    assert not hasattr(answer, "is_same_for_all")
    lines = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [line for line in lines if re.search(r"q[12]=|mental|covered", line)]
    shown = LexborHTMLParser(answer.text)
    addresses = [node.attributes[name] for name in ("href", "action") for node in shown.css(f"[{name}]")]
    assert not [address for address in addresses if re.search(r"[?&](?!q=)|q\d", address or "")]
    assert text(shown.css_first("title")) == "Your answer – Which line do I call? – L.A. Care Health Plan"
    assert shown.css_first('meta[name="robots"][content="noindex"]') and not shown.css_first('link[rel="canonical"]')


def test_what_is_sent_are_numbers_alone(client):
    for path in PATHS.values():
        for box in html(client, path.path).css("main input[type=radio]"):
            assert re.fullmatch(r"q\d", box.attributes["name"]) and box.attributes["value"].isdecimal()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({}, ["q1", "q2"]),
        ({"q1": "2"}, ["q2"]),
        ({"q1": "99", "q2": "0"}, ["q1", "q2"]),
        ({"q1": "mind", "q2": "\x00"}, ["q1", "q2"]),
        ({"q1": ["1", "2"], "q2": ""}, ["q2"]),
    ],
)
def test_a_question_without_an_answer_says_so_itself(client, data, wrong):
    answer = post(client, WHICH_LINE, data)
    shown = LexborHTMLParser(answer.text)
    assert answer.status_code == 200 and text(shown.css_first("title")).startswith("Error: ")
    assert [error.attributes["id"] for error in shown.css(".question__error")] == [f"id_{name}_error" for name in wrong]
    assert [link.attributes["href"] for link in shown.css(".faults a")] == [f"#id_{name}_0" for name in wrong]
    if data == {"q1": "2"}:
        assert [box.attributes["id"] for box in shown.css("input[checked]")] == ["id_q1_1"]


def test_an_answer_changes_its_language_and_goes_back_to_the_questions_as_they_were_answered(client):
    data = sent(WHICH_LINE, ("covered", "mind"))
    moved = post(client, WHICH_LINE, data | {"answered": "1", "to_language": "es"})
    assert (moved.status_code, moved.headers["Location"]) == (307, "/es/members/which-line/answer")
    answer = LexborHTMLParser(post(client, WHICH_LINE, data | {"answered": "1", "to_language": "es"}, "/es").text)
    assert answer.css_first("html").attributes["lang"] == "es" and len(answer.css("main .lines .line")) == 2
    for more in ({"answered": "1", "change": "1"}, {"text_size": "150"}):
        asked = LexborHTMLParser(post(client, WHICH_LINE, data | more).text)
        assert {box.attributes["name"]: box.attributes["value"] for box in asked.css("input[checked]")} == data
        assert not asked.css(".question__error, .faults")


def test_the_address_of_answers_leads_to_the_questions(client):
    assert client.get("/ar/help-me-choose/answer").headers["Location"] == "/ar/help-me-choose"


def test_a_page_that_is_not_public_any_more_is_not_named(client):
    chosen = ("medi-cal", "doctor")
    assert answered(client, WHICH_LINE, chosen).css('main a[href="/members/transportation"]')
    page("/members/transportation").unpublish()
    assert not answered(client, WHICH_LINE, chosen).css('main a[href="/members/transportation"]')
    page(WHICH_LINE.path).unpublish()
    assert post(client, WHICH_LINE, sent(WHICH_LINE, chosen)).status_code == 404


@pytest.mark.parametrize(
    ("shown_on", "paths"),
    [
        ("/", ["which_line", "help_me_choose"]),
        ("/about/contact-us", ["which_line"]),
        ("/members", ["which_line"]),
        ("/members/id-card", ["which_line"]),  # the telephone directory, which opens from every page
        ("/health-plans", ["help_me_choose"]),
        ("/health-plans/medi-cal", ["help_me_choose", "medi_cal"]),
        ("/health-plans/la-care-covered", ["help_me_choose"]),
        ("/health-plans/medicare-plus", ["help_me_choose"]),
        ("/health-plans/pasc-seiu", ["help_me_choose", "pasc_seiu"]),
        ("/no-such-page", ["which_line"]),
        ("/search?q=qqqq", ["which_line", "help_me_choose"]),
    ],
)
def test_they_are_linked_where_somebody_may_need_them(client, shown_on, paths):
    links_of = ".directory-dialog a" if shown_on == "/members/id-card" else "main a"
    targets = {link.attributes["href"] for link in LexborHTMLParser(client.get(shown_on).text).css(links_of)}
    assert {PATHS[key].path for key in paths} <= targets


def test_the_search_finds_them(client):
    found = html(client, "/search?q=which+line+do+I+call").css(".results a")
    assert WHICH_LINE.path in [link.attributes["href"] for link in found]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_answers_and_errors_keep_the_rules_of_all_pages(client, language):
    of_the_tree = {rules.title_and_description, rules.address_and_alternates, rules.breadcrumbs_lead_up}
    prefix = "" if language == "en" else f"/{language}"
    for path in PATHS.values():
        for data in ({}, sent(path, [question.choices[0][0] for question in path.questions])):
            body = post(client, path, data, prefix).text
            with override(language):
                shown = Page(f"{path.path}/answer", BY_CODE[language], 200, body)
                found = [fault for rule in rules.RULES if rule not in of_the_tree for fault in rule(shown)]
            assert not found, (path.key, data, found)
