"""What stands between an emergency notice and its publication: a line that answers, an end, and its languages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from lacare_site import languages
from pages.models import Notice
from pages.translations import ledger
from tests.pages import tree
from tests.pages.translations.forms import post_data, rich_text

pytestmark = pytest.mark.django_db
PUBLISH = {"action-publish": "action-publish"}
TICK = {"accepts_missing_languages": "on"}
IN_ENGLISH_AND_SPANISH = {"in_languages": ["en", "es"]}
TODAY = timezone.localdate().isoformat()
COMPLETE = {"severity": "emergency", "contact_keys": ["medi-cal"], "review_on": TODAY}


@pytest.fixture
def fire(db):
    """An emergency on all pages, which is public in English alone."""
    return tree.notice("fire", severity="emergency", review_on=timezone.localdate())


@pytest.fixture
def post(admin):
    """Posts the form of a notice, changed so: gives the page that answers. `closable=None` unticks a box."""

    def post(made: Notice, **changes) -> str:
        address = reverse("wagtailsnippets_pages_notice:edit", args=[made.pk])
        data = post_data(admin.get(address).text) | changes
        return admin.post(address, {name: value for name, value in data.items() if value is not None}, follow=True).text

    return post


def now(made: Notice) -> Notice:
    return Notice.objects.get(pk=made.pk)


def test_the_languages_that_an_emergency_lacks_are_listed_and_accepted_by_a_tick(fire, post):
    html = post(fire, heading_en="Fire in the hills", **PUBLISH)
    refusal = html.partition("Tick this to publish the emergency without these languages")[2].partition("</p>")[0]
    for language in languages.LANGUAGES:
        assert (f"{language.name} (no translation" in refusal) is (language.code != "en")
    assert now(fire).heading_en == "fire"
    assert "has been published" in post(fire, heading_en="Fire in the hills", **TICK, **PUBLISH)
    assert now(fire).heading_en == "Fire in the hills"


def test_the_tick_holds_for_one_publication(fire, post):
    post(fire, **TICK, **PUBLISH)
    assert "Tick this to publish" in post(fire, heading_en="Fire in the hills", **PUBLISH)


def test_only_the_languages_in_which_it_is_shown_count(fire, post):
    html = post(fire, **IN_ENGLISH_AND_SPANISH, **PUBLISH)
    assert "Spanish (no translation" in html and "Korean (no translation" not in html
    assert "has been published" in post(fire, in_languages=["en"], **PUBLISH)
    assert now(fire).in_languages == ["en"]


def test_a_translation_counts_once_it_is_public_and_until_the_english_changes(fire, post, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    tree.publish(now(fire), heading_es="Incendio", text_es="<p>Llame.</p>", in_languages=["en", "es"])
    assert "has been published" in post(fire, review_on="2031-01-01", **PUBLISH)
    assert "Spanish (out of date)" in post(fire, heading_en="Fire in the hills", **PUBLISH)
    assert "has been published" in post(fire, heading_en="Fire!", **{"action-publish": "minor"})


def test_where_only_signed_translations_are_shown_an_unsigned_one_is_missing(fire, post, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    tree.publish(now(fire), heading_es="Incendio", text_es="<p>Llame.</p>", in_languages=["en", "es"])
    assert "Spanish (not signed: English is shown)" in post(fire, review_on="2031-01-01", **PUBLISH)
    tree.sign(now(fire), "es")
    assert "has been published" in post(fire, review_on="2031-01-01", **PUBLISH)


def test_a_translation_that_is_signed_beside_the_new_english_is_not_missing(fire, post, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = False
    tree.publish(now(fire), heading_es="Incendio", text_es="<p>Llame.</p>", in_languages=["en", "es"])
    post(fire, heading_en="Fire in the hills")
    assert "Spanish (out of date: English is shown)" in post(fire, **PUBLISH)
    tree.sign(now(fire).get_latest_revision_as_object(), "es")
    assert "Spanish (out of date: English is shown)" in post(fire, heading_en="Another fire", **PUBLISH)
    assert "has been published" in post(fire, heading_en="Fire in the hills", **PUBLISH)
    assert ledger.entries_of(now(fire))["es"].is_reviewed


def test_to_end_an_emergency_takes_no_tick(fire, post):
    assert "has been published" in post(fire, ends_at=f"{timezone.localtime():%Y-%m-%d %H:%M}", **PUBLISH)
    assert not now(fire).is_active()


@pytest.mark.parametrize("severity", ["important", "information"])
def test_other_notices_need_no_tick(post, severity):
    assert "has been published" in post(tree.notice("flu", severity=severity), heading_en="Flu", **PUBLISH)


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ({"contact_keys": ["cal-mediconnect"]}, "TTY number and hours"),
        ({"contact_keys": None}, "TTY number and hours"),
        ({"review_on": ""}, "an end or a day on which it is reviewed"),
    ],
)
def test_an_incomplete_emergency_is_saved_as_a_draft_and_not_published(post, lacks, words):
    flu = tree.notice("flu", closable=False)
    assert words in post(flu, **COMPLETE | lacks, **TICK, **PUBLISH)
    assert now(flu).severity == "information"
    assert words not in post(flu, **COMPLETE | lacks)
    assert now(flu).get_latest_revision_as_object().severity == "emergency"
    assert now(flu).severity == "information"


def test_a_new_emergency_is_published_at_once_with_the_tick(admin):
    address = reverse("wagtailsnippets_pages_notice:add")
    data = post_data(admin.get(address).text) | COMPLETE | PUBLISH
    data |= {"name": "flood", "heading_en": "Flood", "text_en": rich_text("<p>Stay home.</p>"), "links_en-count": "0"}
    data.pop("closable")
    assert "Tick this to publish" in admin.post(address, data).text
    assert not Notice.objects.filter(name="flood").exists()
    admin.post(address, data | TICK)
    assert Notice.objects.get(name="flood").is_active()
