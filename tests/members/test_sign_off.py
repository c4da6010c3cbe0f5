"""A qualified reviewer signs what the plan says in a language of help."""

import importlib
import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse

from lacare_site.security import roles
from members import selectors
from members.models import LanguageHelp
from tests.members.pages import CARD, HELP, html, notices, text
from tests.members.test_admin import NAME, save
from tests.pages.tree import publish

pytestmark = pytest.mark.django_db
QUALIFICATION = "Certified translator, English into Vietnamese"
NEW_NOTICE = "Chúng tôi giúp quý vị miễn phí."


@pytest.fixture
def sign_in(client):
    """Signs a user in with their groups, made on first use: `sign_in("vera", "Translation reviewers: Vietnamese")`."""

    def sign_in(name: str, *groups: str):
        user, _ = get_user_model().objects.get_or_create(username=name, defaults={"first_name": name.title()})
        user.groups.add(*Group.objects.filter(name__in=groups))
        assert user.groups.count() >= len(groups)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def vera(sign_in):
    return sign_in("vera", "Translation reviewers: Vietnamese")


def row(code: str) -> LanguageHelp:
    return LanguageHelp.objects.get(code=code)


def address(code: str) -> str:
    return reverse(f"{NAME}:inspect", args=[row(code).pk])


def read(client, code: str) -> dict[str, str]:
    """The form of the sign-off as a reviewer opens it; empty where there is none to sign."""
    shown = client.get(address(code)).text
    hashes = dict(re.findall(r'<input type="hidden" name="(text_hash|source_hash)" value="(\w+)"', shown))
    return {"qualification": QUALIFICATION, **hashes} if hashes else {}


def sign(client, code: str):
    return client.post(address(code), read(client, code))


def says_reviewed(client, code: str) -> bool:
    """Whether the public page and the card both say so; they never differ."""
    note = next(one for one in notices(html(client, HELP)) if one.attributes["lang"] == code).css_first(".review-note")
    card = html(client, f"{CARD}?language={code}").css_first(".speak-cards .review-note")
    said = {"A qualified translator reviewed" in text(one) for one in (note, card)}
    assert len(said) == 1
    return said.pop()


def test_a_reviewer_of_the_language_reads_both_texts_and_signs(client, vera):
    page = html(client, address("vi"))
    assert {row("en").notice, row("vi").notice} <= {text(one) for one in page.css(".beside-english__text")}
    assert sign(client, "vi").status_code == 302
    assert (row("vi").review.reviewer, row("vi").review.qualification) == (vera, QUALIFICATION)
    assert says_reviewed(client, "vi")
    assert f"Reviewed by Vera ({QUALIFICATION})" in client.get(address("vi")).text.replace("vera", "Vera")


def test_the_list_leads_a_reviewer_to_each_text_and_says_its_state(client, vera):
    sign(client, "vi")
    listed = html(client, reverse(f"{NAME}:list"))
    states = {text(link) for link in listed.css("td a") if link.attributes["href"] == address("vi")}
    assert any(state.startswith("Reviewed on") for state in states)
    publish(row("vi"), notice=NEW_NOTICE)
    listed = text(html(client, reverse(f"{NAME}:list")).css_first("main"))
    assert "Changed since its review" in listed and "Not reviewed" in listed and "Original" in listed


@pytest.mark.parametrize("change", [{"notice": NEW_NOTICE}, {"card_sentence": "Tôi nói tiếng Việt."}, {"own_name": "Việt"}])
def test_a_change_of_the_text_ends_its_review(client, vera, change):
    sign(client, "vi")
    publish(row("vi"), **change)
    assert not says_reviewed(client, "vi")


def test_a_change_of_the_english_ends_every_review(client, vera):
    sign(client, "vi")
    publish(row("en"), notice=row("en").notice + " Interpreters for sign language are free, too.")
    assert not says_reviewed(client, "vi")
    assert sign(client, "vi").status_code == 302
    assert says_reviewed(client, "vi")


def test_a_draft_leaves_the_review_until_it_is_published(client, vera):
    sign(client, "vi")
    changed = row("vi")
    changed.notice = NEW_NOTICE
    draft = changed.save_revision()
    assert says_reviewed(client, "vi")
    draft.publish()
    assert not says_reviewed(client, "vi")


def test_an_older_text_published_again_brings_no_review_of_another(client, vera):
    before = row("vi").latest_revision
    publish(row("vi"), notice=NEW_NOTICE)
    sign(client, "vi")
    before.publish()
    assert not says_reviewed(client, "vi")


def test_what_is_no_text_leaves_the_review(client, vera):
    sign(client, "vi")
    publish(row("vi"), order=45, is_confirmed=True)
    assert says_reviewed(client, "vi")


@pytest.mark.parametrize("changed", ["vi", "en"])
def test_a_text_that_changed_while_it_was_read_is_not_signed(client, vera, changed):
    posted = read(client, "vi")
    publish(row(changed), notice=NEW_NOTICE)
    answer = client.post(address("vi"), posted)
    assert "The text has changed since you opened it" in answer.text
    assert f'value="{QUALIFICATION}"' in answer.text
    assert not says_reviewed(client, "vi")


@pytest.mark.parametrize("qualification", ["", "  "])
def test_without_a_qualification_nothing_is_signed(client, vera, qualification):
    answer = client.post(address("vi"), read(client, "vi") | {"qualification": qualification})
    assert "State your qualification." in answer.text
    assert not says_reviewed(client, "vi")


def test_nobody_signs_their_own_text_whoever_published_it(client, sign_in):
    writer = sign_in("rosa", "Editors", "Translation reviewers: Vietnamese")
    posted = read(client, "vi")
    save(client, "vi", publishes=False, notice=NEW_NOTICE)
    sign_in("mona", "Moderators")
    save(client, "vi", notice=NEW_NOTICE, order="45")
    client.force_login(writer)
    assert read(client, "vi") == {}
    assert "You wrote this text. Somebody else has to review it." in client.post(address("vi"), posted).text
    assert not says_reviewed(client, "vi")
    sign_in("vera", "Translation reviewers: Vietnamese")
    sign(client, "vi")
    assert says_reviewed(client, "vi")


def test_writing_one_of_the_texts_is_enough(client, sign_in):
    sign_in("rosa", "Moderators", "Translation reviewers: Vietnamese")
    save(client, "vi", notice=NEW_NOTICE)
    sign_in("mona", "Moderators")
    save(client, "vi", card_sentence="Tôi nói tiếng Việt.")
    sign_in("rosa")
    assert "You wrote this text" in client.get(address("vi")).text


def test_nor_once_somebody_else_has_changed_a_letter_of_it_until_that_has_been_signed(client, sign_in):
    sign_in("rosa", "Moderators", "Translation reviewers: Vietnamese")
    save(client, "vi", notice=NEW_NOTICE)
    sign_in("mona", "Moderators")
    save(client, "vi", notice=f"{NEW_NOTICE}!")
    sign_in("rosa")
    assert "You wrote this text" in client.get(address("vi")).text
    sign_in("vera", "Translation reviewers: Vietnamese")
    sign(client, "vi")
    sign_in("mona")
    save(client, "vi", notice=f"{NEW_NOTICE} !")
    sign_in("rosa")
    assert sign(client, "vi").status_code == 302


@pytest.mark.parametrize("code", ["vi", "hmn"])
def test_whoever_administers_the_site_signs_nothing_without_being_a_reviewer(client, code):
    client.force_login(get_user_model().objects.get(is_superuser=True))
    assert client.get(address(code)).status_code == 200
    assert read(client, code) == {}


def test_the_form_of_a_row_signs_nothing(client, sign_in):
    sign_in("mona", "Moderators", "Translation reviewers: Vietnamese")
    save(client, "vi", reviewed_on="2026-03-04", reviewer="A. Reader", qualification="Certified translator")
    assert not says_reviewed(client, "vi")


@pytest.mark.parametrize("group", ["Moderators", "Translation reviewers: Korean", "Translators: Vietnamese"])
def test_only_a_reviewer_of_the_language_signs(client, sign_in, group, vera):
    posted = read(client, "vi")
    sign_in("somebody", group)
    assert read(client, "vi") == {}
    assert client.post(address("vi"), posted).status_code != 200
    assert not says_reviewed(client, "vi")


def test_a_reviewer_reads_and_changes_nothing(client, vera):
    assert client.get(address("vi")).status_code == 200
    for route in ("edit", "delete", "unpublish"):
        assert client.post(reverse(f"{NAME}:{route}", args=[row("vi").pk]), {"notice": NEW_NOTICE}).status_code in (302, 403)
    assert row("vi").live and row("vi").notice != NEW_NOTICE


def test_languages_that_the_site_lacks_are_signed_by_reviewers_of_their_own(client, sign_in):
    sign_in("hina", "Translation reviewers: Korean")
    assert read(client, "hmn") == {}
    sign_in("hina", "Language help reviewers")
    assert read(client, "vi") == {}
    sign(client, "hmn")
    assert says_reviewed(client, "hmn")


def test_who_had_the_permission_of_before_has_the_role(sign_in):
    about = {"codename": "review_languagehelp", "content_type": ContentType.objects.get_for_model(LanguageHelp)}
    permission = Permission.objects.create(name="Can review languages of help", **about)
    Group.objects.create(name="Community reviewers").permissions.add(permission)
    hina, ly, olga = sign_in("hina", "Community reviewers"), sign_in("ly"), sign_in("olga")
    ly.user_permissions.add(permission)
    importlib.import_module("members.migrations.0007_reviewers_join_their_group").join(apps, connection.schema_editor())
    found = [get_user_model().objects.get(pk=user.pk) for user in (hina, ly, olga)]
    assert [roles.has(user, roles.LANGUAGE_HELP_REVIEWER) for user in found] == [True, True, False]
    assert not Permission.objects.filter(**about).exists()


@pytest.mark.parametrize(
    ("code", "unpublished", "reason"),
    [
        ("en", "", "This is the English that the others translate."),
        ("vi", "vi", "There is no published text to sign yet."),
        ("vi", "en", "There is no published English to compare it with."),
    ],
)
def test_where_there_is_nothing_to_compare_nothing_is_signed(client, vera, code, unpublished, reason):
    assert read(client, "vi")
    if unpublished:
        row(unpublished).unpublish()
    assert not read(client, code)
    assert reason in client.get(address(code)).text


def test_as_many_queries_with_reviews_as_without(client, sign_in, django_assert_max_num_queries):
    sign_in("vera", "Translation reviewers: Vietnamese", "Translation reviewers: Korean", "Language help reviewers")
    for code in ("vi", "ko", "pa"):
        sign(client, code)
    with django_assert_max_num_queries(1):
        assert sum(bool(language.reviewed_on) for language in selectors.languages_of_help()) == 3
