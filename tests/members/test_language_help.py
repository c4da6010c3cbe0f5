"""The notice that help is free, in English and the fifteen languages of the facts."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from lacare_site import languages
from members import sign_off
from members.models import LanguageHelp
from pages.models import ContactLine
from tests.crawl.paths import ONE_OF_EACH_TYPE
from tests.members.pages import CARD, HELP, LANGUAGES, RIGHT_TO_LEFT, html, notices, text
from tests.pages.tree import page, publish

pytestmark = pytest.mark.django_db
MEMBER_LINES = {
    "medi-cal": "1-888-839-9909",
    "covered": "1-855-270-2327",
    "medicare-plus": "1-833-522-3767",
    "pasc-seiu": "1-844-854-7272",
}
FOOTER_LINK = ".footer__help a"


def notice(found, code: str):
    return next(one for one in notices(found) if one.attributes["lang"] == code)


@pytest.mark.parametrize("prefix", ["", "/es", "/ar"])
def test_each_language_is_marked_with_its_tag_and_direction(client, prefix):
    found = notices(html(client, prefix + HELP))
    assert [one.attributes["lang"] for one in found] == list(LANGUAGES)
    assert {one.attributes["lang"] for one in found if one.attributes["dir"] == "rtl"} == RIGHT_TO_LEFT
    for one in found:
        row = LanguageHelp.objects.get(code=one.attributes["lang"])
        assert row.english_name == LANGUAGES[row.code]
        assert row.own_name in text(one.css_first("h2"))
        assert row.notice in text(one)


def test_every_notice_is_a_text_of_its_own():
    texts = list(LanguageHelp.objects.values_list("notice", flat=True))
    assert len(set(texts)) == len(LANGUAGES)


def test_links_in_each_languages_own_name_lead_to_its_notice(client):
    found = html(client, HELP)
    links = found.css(".tongue-links a")
    assert [link.attributes["href"] for link in links] == [f"#help-{code}" for code in LANGUAGES]
    for link in links:
        own = link.css_first("[lang]")
        row = LanguageHelp.objects.get(code=own.attributes["lang"])
        assert (text(own), own.attributes["dir"]) == (row.own_name, row.direction)
        assert found.css_first(link.attributes["href"])


def test_every_notice_names_each_plans_line_with_its_tty(client):
    for one in notices(html(client, HELP)):
        lines = [text(line) for line in one.css(".plan-lines li")]
        assert len(lines) == len(MEMBER_LINES)
        for line, number in zip(lines, MEMBER_LINES.values(), strict=True):
            assert line.endswith(f"{number} (TTY 711)")


def test_numbers_come_from_the_registry(client):
    line = ContactLine.objects.get(key="covered")
    line.number, line.dial, line.tty = "1-855-555-0123", "+18555550123", "1-855-555-0124"
    line.full_clean()
    line.save()
    for address in (HELP, f"/ar{HELP}", CARD):
        found = html(client, address)
        assert MEMBER_LINES["covered"] not in text(found.css_first("main"))
        assert len(found.css("main .plan-lines a[href='tel:+18555550123']")) >= 15
        assert "1-855-555-0123 (TTY 1-855-555-0124)" in text(found.css_first("main .plan-lines"))


def test_no_text_types_a_number():
    for row in LanguageHelp.objects.all():
        assert not any(sign.isdigit() for sign in row.notice + row.card_sentence + row.unreviewed_note)


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_machines_text_says_so_in_its_language_the_visitors_and_english(client, prefix):
    found = html(client, prefix + HELP)
    noted = [one.attributes["lang"] for one in notices(found) if one.css(".review-note")]
    assert noted == [code for code in LANGUAGES if code != "en"]
    for code in noted:
        note = notice(found, code).css_first(".review-note")
        assert (note.attributes["lang"], text(note)) == (code, LanguageHelp.objects.get(code=code).unreviewed_note)
    paragraphs = found.css(".machine-note p")
    assert "A machine made these translations." in text(paragraphs[-1])
    if prefix:
        assert text(paragraphs[0]).startswith("Una máquina hizo estas traducciones.")
        assert paragraphs[1].attributes["lang"] == "en"
    else:
        assert len(paragraphs) == 1


@pytest.mark.parametrize(("prefix", "words"), [("", "A qualified translator reviewed this"), ("/es", "revisó esta traducción")])
def test_a_reviewed_text_says_when_it_was_reviewed(client, prefix, words):
    row = LanguageHelp.objects.get(code="pa")
    reviewer = get_user_model().objects.create_user("reader", first_name="Jaspreet", last_name="Gill")
    sign_off.sign(row.pk, reviewer, "Certified translator", row.text_hash, row.source_hash)
    note = notice(html(client, prefix + HELP), "pa").css_first(".review-note")
    assert words in text(note)
    assert str(timezone.localdate().year) in text(note)
    assert "Jaspreet Gill (Certified translator)" in text(note)
    assert row.unreviewed_note not in text(note)


def test_once_all_are_reviewed_nothing_is_said_of_a_machine(client):
    reviewer = get_user_model().objects.create_user("reader")
    *others, last = LanguageHelp.objects.exclude(code="en")
    for row in others:
        sign_off.sign(row.pk, reviewer, "Certified translator", row.text_hash, row.source_hash)
    shown = [HELP, CARD, f"{CARD}?language={last.code}"]
    assert [bool(html(client, address).css(".machine-note")) for address in shown] == [True] * 3
    assert not html(client, f"{CARD}?language={others[0].code}").css(".machine-note")
    sign_off.sign(last.pk, reviewer, "Certified translator", last.text_hash, last.source_hash)
    assert [bool(html(client, address).css(".machine-note")) for address in shown] == [False] * 3


@pytest.mark.parametrize("address", [*ONE_OF_EACH_TYPE.values(), "/search?q=card"])
def test_every_footer_leads_to_it(client, address):
    for prefix in ("", "/ar"):
        link = html(client, prefix if prefix and address == "/" else prefix + address).css_first(FOOTER_LINK)
        assert link.attributes["href"] == prefix + HELP


def test_so_does_the_footer_of_a_page_that_is_not_there(client):
    assert f'href="{HELP}"' in client.get("/no-such-page").text.split("<footer")[1]


def test_the_pages_on_interpreters_lead_to_each_other(client):
    for address, others in {
        "/members/interpretation-translation": (HELP, CARD),
        HELP: (CARD, "/members/interpretation-translation"),
        CARD: (HELP,),
    }.items():
        found = html(client, address)
        targets = {link.attributes["href"] for link in found.css("main a[href]")}
        assert set(others) <= targets, address


def test_both_pages_are_translated_as_far_as_headings_go():
    for path in (HELP, CARD):
        found = page(path)
        headings = [getattr(found, f"heading_{language.field_suffix}") for language in languages.LANGUAGES]
        leads = [getattr(found, f"lead_{language.field_suffix}") for language in languages.LANGUAGES]
        assert all(headings) and len(set(leads)) == len(languages.LANGUAGES)


def test_a_language_taken_off_the_site_is_gone_and_stays_so(client):
    LanguageHelp.objects.get(code="th").unpublish()
    call_command("load_content")
    assert "th" not in [one.attributes["lang"] for one in notices(html(client, HELP))]


def test_loading_leaves_an_editors_text_alone():
    publish(LanguageHelp.objects.get(code="vi"), notice="Xin chào.")
    call_command("load_content")
    assert LanguageHelp.objects.get(code="vi").notice == "Xin chào."
