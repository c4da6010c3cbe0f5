"""Every page in large print and as plain text: the same words from the same source, for paper and for reading aloud."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from lacare_site import languages
from pages.models import FolderPage, Notice, StandardPage
from pages.notices import selectors as notices
from tests.crawl.html import Page, squeezed
from tests.crawl.paths import ONE_OF_EACH_TYPE
from tests.pages import tree

CARD = "/members/id-card"
GRIEVANCE = "/members/file-grievance/grievance-appeal-form"
SIGNS = re.compile("[\u202b\u202c\u2066\u2067\u2069]")
ISOLATED = re.compile("\u2066[^\u2066\u2069]*\u2069")


def below(path: str) -> str:
    return "" if path == "/" else path


def read(client, address: str) -> Page:
    answer = client.get(address)
    return Page(address, languages.get("en"), answer.status_code, answer.text)


@pytest.mark.parametrize("language", ["", "/ar"], ids=["English", "Arabic"])
def test_a_page_of_each_type_has_both_with_all_its_headings_and_numbers(client, db, language):
    for path in ONE_OF_EACH_TYPE.values():
        shown = read(client, f"{language}{path}".rstrip("/") or "/")
        large = read(client, f"{language}/large-print{below(path)}")
        text = client.get(f"{language}/plain-text{below(path)}")
        assert (large.status, text.status_code, text.headers["Content-Type"]) == (200, 200, "text/plain; charset=utf-8")
        assert text.headers["Content-Language"] == (language.strip("/") or "en")
        words = SIGNS.sub("", text.text)
        left_out = {node.mem_id for part in shown.all("main nav, main form") for node in part.css("*")}
        for node in shown.all("main h1, main h2, main h3, main summary, main a[href^='tel:'], main .page-stamp span"):
            if node.mem_id not in left_out:
                assert squeezed(node.text()) in large.text, path
                assert squeezed(node.text()) in words, path
        assert not re.search(r"</?[a-z]+[ >]", words), "no marks of HTML"


def test_large_print_is_paper_and_no_screen(client, db):
    page = read(client, f"/large-print{CARD}")
    assert len(page.all("h1")) == 1
    assert not page.all("form, button, img, svg, script, [class*=card], nav:not([aria-label=Back])")
    assert page.target(page.one("nav a").attributes["href"]) == CARD
    assert page.one('meta[name="robots"]').attributes["content"] == "noindex"
    assert page.one('link[rel="canonical"]').attributes["href"].endswith(CARD)
    assert "Last updated" in page.text and "Next review" in page.text
    link = page.all('main a[href^="/"]')[0].attributes
    assert link["data-address"].endswith(link["href"]) and "//" not in link["data-address"]


def test_plain_text_writes_addresses_lists_and_tables_out(client, db):
    answer = client.get("/plain-text/health-plans/cal-mediconnect")
    assert answer.text.startswith("L.A. Care Health Plan\n\nLanguage: English\n\n## ")
    assert answer.text.index("\n# Cal MediConnect\n") > answer.text.index("benefitscal"), "notices come first"
    assert "\n- Cards\n  - Two separate programs: Several cards\n  - Cal MediConnect: One card\n" in answer.text
    assert "\n1. Choose a plan\n  You picked one" in answer.text
    assert re.search(r"the Duals PPG Application <https?://[^/ ]+/providers/cal-mediconnect/ppg-application>\.", answer.text)
    assert "1-833-522-3767 · TTY 711 · 24 hours a day" in answer.text
    assert answer.headers["Link"].endswith('/health-plans/cal-mediconnect>; rel="canonical"')
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_numbers_and_addresses_do_not_turn_around_among_arabic(client, db):
    text = client.get(f"/ar/plain-text{CARD}").text
    assert ISOLATED.search(text)
    from_the_right = [line for line in text.split("\n") if line.startswith("\u202b")]
    assert not re.search(r"\d-\d{3}-\d|https?:", ISOLATED.sub("", "\n".join(from_the_right)))
    heading, lead = text[text.index("\u202b# ") :].split("\n\n")[:2]
    assert heading.startswith("\u202b# ") and heading.endswith("\u202c") and lead.startswith("\u202b")
    assert "\n## Get a new card\n" in text, "what is English there runs from the left"
    assert not SIGNS.search(client.get(f"/plain-text{CARD}").text)


def test_another_direction_within_a_page_is_said(client, db):
    text = client.get("/plain-text/members/language-help").text
    assert re.search("\n\u202b## العربية \u2066Arabic\u2069\u202c\n", text)
    assert "\n- Medi-Cal · 1-888-839-9909 (TTY 711)\n" in text


def test_the_page_of_a_form_has_both_of_its_text_without_the_form(client, db):
    shown, large = read(client, GRIEVANCE), read(client, f"/large-print{GRIEVANCE}")
    text = client.get(f"/plain-text{GRIEVANCE}").text
    statement = squeezed(shown.all("main .standing-text .prose")[-1].text())
    assert statement.startswith("The California Department of Managed Health Care is responsible")
    assert statement in squeezed(large.one("main").text())
    assert "has complaint forms, IMR application forms and instructions online." in text
    numbers = {node.attributes["href"]: squeezed(node.text()) for node in shown.all("main a[href^='tel:']")}
    assert len(numbers) >= 6, "those of four plans, and the two of the state"
    assert numbers.keys() <= {node.attributes["href"] for node in large.all("main a[href^='tel:']")}
    assert all(number in text for number in numbers.values())
    assert "\n- The letter or bill, if there is one\n" in text, "what to have ready"
    assert "Start now" in shown.text and "Start now" not in large.text + text and "form_token" not in large.text + text
    targets = [target for _node, target in shown.links(".footer__page a")]
    assert targets[:2] == [f"/large-print{GRIEVANCE}", f"/plain-text{GRIEVANCE}"]


def test_the_copies_of_a_form_say_where_it_is_and_whom_to_call(client, db):
    for path, number in ((GRIEVANCE, "1-855-270-2327"), ("/providers/request-information", "1-866-522-2736")):
        words = client.get(f"/plain-text{path}").text
        place, call = (
            words.index(start) for start in ("This page has a form. You can fill", "If you cannot use the form, call us:")
        )
        assert re.search(rf"<https?://[^/ ]+{path}>", words[place:call])
        assert number in words[call : call + 600]
        assert client.get(path).text.count("This page has a form.") == 0


def test_the_copies_of_questions_give_them_with_every_answer_and_its_line(client, db):
    """Nothing can be chosen on paper: who complains about a plan finds its line, and who must call first for help reads so."""
    words = client.get("/plain-text/members/which-line").text
    assert "\n### Which plan do you have?\n\nYour member ID card names your plan.\n\n- " in words
    assert "\n- To complain, or to disagree with a decision\n" in words
    complaint = words.partition("### What do you need? To complain, or to disagree with a decision\n")[2].partition("\n### ")[0]
    assert "call 911 first" in complaint and "/members/file-grievance/grievance-appeal-form>" in complaint
    assert re.search(r"\n\nPASC-SEIU Plan\n\n- [^\n]*1-844-854-7272", complaint)
    assert re.search(r"\n\nHave this ready\n\n(- .+\n)*- The letter or bill, if there is one\n", complaint)
    bills = [
        part
        for part in words.split("\n### ")
        if "call us before you pay it" in part or "You can also pay in the member portal" in part
    ]
    assert [
        ("/payments>" in part, "/members/about-your-plan>" in part, part.startswith("Which plan do you have? L.A. Care Covered "))
        for part in bills[-2:]
    ] == [
        (True, False, True),
        (False, True, False),
    ], bills
    choose = read(client, "/large-print/help-me-choose")
    assert "This is no decision and no promise." in choose.text and "L.A. Care Covered may fit you" in choose.text
    assert all(squeezed(heading.text()) for heading in choose.all("h1, h2, h3"))


def test_an_emergency_stands_above_the_words_of_every_copy_while_it_lasts(client, db):
    Notice.objects.all().delete()
    tomorrow = timezone.localdate() + timedelta(days=1)
    here = tree.notice(
        "Here", severity="emergency", text_en="<p>Boil your water.</p>", review_on=tomorrow, sections=[tree.page("/members")]
    )
    for version in ("large-print", "plain-text"):
        words = client.get(f"/{version}{CARD}").text
        assert 0 < words.index("Emergency:") < words.index("Boil your water.") < words.index("Get a new card")
        assert "Boil your water." not in client.get(f"/{version}/privacy").text
    Notice.objects.filter(pk=here.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    notices.forget()
    assert "Boil your water." not in client.get(f"/plain-text{CARD}").text


def test_what_is_closed_on_the_screen_is_open_on_paper(client, db):
    page = read(client, "/large-print/about/public-meetings/board-meetings")
    assert not page.all("details, summary") and "At least 72 hours before" in page.text


def test_a_translation_that_nobody_has_signed_is_english_and_says_so(client, db):
    page = read(client, "/es/large-print/privacy")
    assert page.one("html").attributes["lang"] == "es" and page.one("h1").attributes["lang"] == "en"
    assert page.one('link[rel="canonical"]').attributes["href"].endswith("0/privacy")
    with translation.override("es"):
        note = translation.gettext("This page is not yet in your language")
    assert note in page.text and note in client.get("/es/plain-text/privacy").text


@pytest.mark.parametrize(
    "path",
    [
        *("/no-such-page", "/members/../admin", "/about-us", "/compliance/report", "/compliance/report/receipt"),
        *("/privacy/editions/2024-02-15", "/search", f"{GRIEVANCE}/status"),
    ],
)
def test_what_is_no_page_or_that_of_reporters_has_no_copies(client, db, path):
    for version in ("large-print", "plain-text"):
        assert client.get(f"/{version}{path}").status_code == 404
        assert client.get(f"/es/{version}{path}").status_code == 404


def test_a_folder_that_somebody_has_published_has_none_either(client, db):
    folder = FolderPage.objects.first()
    folder.save_revision().publish()
    path = folder.url_path.removeprefix("/home")
    assert client.get(f"/large-print{path.rstrip('/')}").status_code == 404


def test_a_draft_has_no_copies_and_the_next_change_is_in_them(client, db):
    draft = tree.add("/members", "new-page", live=False)
    assert client.get("/large-print/members/new-page").status_code == 404
    tree.publish(draft, body_en=StandardPage._meta.get_field("body_en").to_python([("text", "<p>A & B &lt;i&gt;</p>")]))
    assert "<p>A &amp; B &lt;i&gt;</p>" in client.get("/large-print/members/new-page").text
    assert "\nA & B <i>\n" in client.get("/plain-text/members/new-page").text


def test_a_list_in_parts_goes_on_in_its_copies(client, db):
    tree.fill_lists()
    assert read(client, "/large-print/news").all('a[rel="next"][href="/large-print/news?page=2"]')
    assert re.search(r"Next page <https?://[^/ ]+/plain-text/news\?page=2>", client.get("/plain-text/news").text)
    second = client.get("/plain-text/news?page=2")
    assert "Article 5" in second.text and second.headers["Link"].endswith('/news?page=2>; rel="canonical"')
    assert_leads_to_its_copies(client, "/news", "?page=2")


@pytest.mark.parametrize("path", ["/", CARD, "/members/language-help"])
def test_a_page_leads_to_its_copies_near_its_end(client, db, path):
    assert_leads_to_its_copies(client, path)


def assert_leads_to_its_copies(client, path: str, query: str = "") -> None:
    for language in ("", "/ar"):
        page = read(client, f"{language}{path}".rstrip("/") + query or "/")
        targets = [target for _node, target in page.links(".footer__page a")]
        assert [f"{language}/large-print{below(path)}{query}", f"{language}/plain-text{below(path)}{query}"] == targets[:2]


@pytest.mark.parametrize("path", ["/search", "/no-such-page", "/compliance/report"])
def test_nothing_leads_to_copies_that_are_not_there(client, db, path):
    assert "/large-print" not in client.get(path).text


def test_copies_are_kept_like_pages(site):
    for version in ("large-print", "plain-text"):
        first = site.get(f"/{version}{CARD}", {"Accept-Encoding": "br"})
        again = site.get(f"/{version}{CARD}", {"If-None-Match": first.headers["ETag"], "Accept-Encoding": "br"})
        assert (first.status, again.status, first.headers["Content-Encoding"]) == (200, 304, "br")
        assert first.headers["Set-Cookie"] is None and len(first.body) < 5000
        assert site.get(f"/{version}{CARD}/").status == 301
