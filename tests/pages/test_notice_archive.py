"""The page of all notices with their dates, and their feed."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from lacare_site import addresses, languages
from pages import facts
from pages.models import Notice
from tests.pages.test_queries import MOST_QUERIES, queries
from tests.pages.tree import notice, page, publish

pytestmark = pytest.mark.django_db
ARCHIVE = "/members/health-news-advisories/notices"
FEED = "/notices/feed"
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def no_other_notices(db):
    Notice.objects.all().delete()


@pytest.fixture
def some(db):
    """One of each state, and two that are shown now."""
    now = timezone.now()
    return {
        "now": notice("now", heading_en="Shown today"),
        "fire": notice("fire", heading_en="Fire", severity="emergency", review_on=timezone.localdate(), starts_at=now - 9 * DAY),
        "ended": notice("ended", heading_en="It was so", starts_at=now - 3 * DAY, ends_at=now - DAY),
        "coming": notice("coming", heading_en="Not yet", starts_at=now + DAY),
    }


def listed(client, address: str = ARCHIVE) -> list[str]:
    """The headings of the list, in its order."""
    items = re.findall(r'id="notice-\d+">.*?<h3[^>]*>(.*?)</h3>', client.get(address).text, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", item).split(": ")[-1].strip() for item in items]


def feed(client, code: str = "en") -> ElementTree.Element:
    answer = client.get(addresses.in_language(FEED, code))
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314  (our own)


def titles(feed) -> list[str]:
    return [title.text for title in feed.findall(f"{ATOM}entry/{ATOM}title")]


def test_it_lists_what_is_shown_and_what_has_ended_but_nothing_to_come(client, some):
    publish(notice("draft", heading_en="Only a draft")).unpublish()
    assert listed(client) == ["Fire", "Shown today", "It was so"]
    assert titles(feed(client)) == ["Fire", "Shown today", "It was so"]


def test_it_says_from_when_to_when_in_the_visitors_language(client):
    start, end = (datetime(2026, 3, day, 15, 30, tzinfo=LOS_ANGELES) for day in (7, 9))
    notice("over", starts_at=start, ends_at=end)
    notice("going-on", starts_at=start)
    text = client.get(ARCHIVE).text
    assert "Shown from March 7, 2026 to March 9, 2026, 3:30 p.m." in text and "Shown since March 7, 2026" in text
    assert "7 de marzo de 2026" in client.get(f"/es{ARCHIVE}").text
    assert "9 de marzo de 2026" in "".join(feed(client, "es").itertext())


def test_it_says_for_whom_a_notice_is_that_is_not_for_everybody(client, some):
    notice("group", heading_en="A medical group closes", plans=["covered"], sections=[page("/members/getting-care")])
    heading, text = page("/members/getting-care").specific.heading_en, client.get(ARCHIVE).text
    item = text[text.index("A medical group closes") :].partition("</li>")[0]
    assert "L.A. Care Covered" in item and heading in item
    assert "notice__places" not in text[text.index("Shown today") :].partition("</li>")[0]
    (entry,) = [
        found for found in feed(client).findall(f"{ATOM}entry") if found.find(f"{ATOM}title").text == "A medical group closes"
    ]
    assert "L.A. Care Covered" in entry.find(f"{ATOM}content").text


def test_a_notice_moves_to_the_ended_ones_on_its_second(client, some, monkeypatch):
    end = timezone.now() + DAY
    publish(some["now"], ends_at=end)
    assert facts.of_now(some["coming"].starts_at)[1] == end
    for moment, expected in ((end - timedelta(seconds=1), True), (end, False)):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        answer = client.get(ARCHIVE)
        assert ("Shown today" in map(str, answer.context["current"])) is expected
        assert ("Shown today" in map(str, answer.context["ended"])) is not expected


def test_each_language_has_its_own(client, some, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    publish(some["fire"], heading_es="Incendio", text_es="<p>Llame.</p>", in_languages=["en", "es"])
    assert listed(client, f"/es{ARCHIVE}") == ["Incendio", "Shown today", "It was so"]
    for language in languages.LANGUAGES:
        found = feed(client, language.code)
        assert found.get(f"{XML}lang") == language.tag
        assert len(found.findall(f"{ATOM}entry")) == (3 if language.code in ("en", "es") else 2)
    entry = feed(client, "es").find(f"{ATOM}entry")
    assert (entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}title").get(f"{XML}lang")) == ("Incendio", "es")
    assert titles(feed(client, "ko")) == ["Shown today", "It was so"]


def test_in_production_an_unsigned_translation_is_in_neither(client, some, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    publish(some["fire"], heading_es="Incendio", text_es="<p>Llame.</p>")
    assert "Incendio" not in client.get(f"/es{ARCHIVE}").text and "Fire" in listed(client, f"/es{ARCHIVE}")
    assert feed(client, "es").find(f"{ATOM}entry/{ATOM}title").get(f"{XML}lang") == "en"


def test_the_page_names_its_feed_to_people_and_to_readers(client, some):
    for code in ("en", "fa"):
        text, address = client.get(addresses.in_language(ARCHIVE, code)).text, addresses.in_language(FEED, code)
        assert re.search(f'<link rel="alternate" type="application/atom\\+xml" title="[^"]+" href="{address}">', text)
        assert f'<a class="onward" href="{address}">' in text
    assert "application/atom+xml" not in client.get("/members").text


def test_the_feed_is_whole(client, some, settings):
    linked = page("/members/id-card")
    text = (
        f'<p>Read <a linktype="page" id="{linked.pk}">about cards</a> &amp; call <embed embedtype="phone" key="medi-cal"/>.</p>'
    )
    publish(some["fire"], text_en=text)
    found = feed(client)
    own = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert own == {"self": settings.BASE_URL + FEED, "alternate": settings.BASE_URL + ARCHIVE}
    entries = found.findall(f"{ATOM}entry")
    ids = [entry.find(f"{ATOM}id").text for entry in entries]
    assert len(set(ids)) == 3 and ids[0] == f"{settings.BASE_URL}{FEED}#notice-{some['fire'].pk}"
    content = entries[0].find(f"{ATOM}content").text
    assert f'href="{settings.BASE_URL}/members/id-card"' in content and "&amp; call" in content
    assert 'href="tel:+18888399909"' in content and "TTY 711" in content
    assert 'href="/' not in content
    anchor = entries[0].find(f"{ATOM}link").get("href").partition("#")[2]
    assert f'id="{anchor}"' in client.get(ARCHIVE).text


def test_what_is_new_is_told_by_its_date(client, some):
    def updated(name: str) -> datetime:
        (found,) = [entry for entry in feed(client).findall(f"{ATOM}entry") if entry.find(f"{ATOM}title").text == name]
        return datetime.fromisoformat(found.find(f"{ATOM}updated").text)

    before = updated("Shown today")
    publish(some["now"], text_en="<p>Other words.</p>")
    assert updated("Shown today") >= before
    Notice.objects.update(last_published_at=timezone.now() - 5 * DAY)
    assert abs(updated("It was so") - some["ended"].ends_at) < timedelta(seconds=1)
    assert abs(updated("Shown today") - some["now"].starts_at) < timedelta(seconds=1)


def test_an_empty_feed_is_one(client):
    page(ARCHIVE).unpublish()
    found = feed(client)
    assert not titles(found) and found.find(f"{ATOM}updated").text
    assert [link.get("rel") for link in found.findall(f"{ATOM}link")] == ["self"]


def test_a_hundred_notices_stand_twenty_to_a_page_and_ask_no_more(client):
    linked = page("/members/id-card")
    for number in range(30):
        notice(
            f"notice-{number:02}",
            text_en=f'<p><a linktype="page" id="{linked.pk + number}">Read</a></p>',
            starts_at=timezone.now() - 9 * DAY,
            ends_at=timezone.now() - number * DAY - DAY / 2
            if number < 8
            else timezone.now() - 8 * DAY - timedelta(minutes=number),
        )
    first, second = listed(client), listed(client, f"{ARCHIVE}?page=2")
    assert (len(first), len(second)) == (20, 10)
    assert sorted(first + second) == [f"notice-{number:02}" for number in range(30)]
    for address in (ARCHIVE, f"/fa{ARCHIVE}", FEED, f"/fa{FEED}"):
        asked = queries(client, address, MOST_QUERIES)
        assert len(asked) <= MOST_QUERIES, "\n".join(asked)
