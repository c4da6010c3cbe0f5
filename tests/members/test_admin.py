"""Editing the languages of help."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from members.models import LanguageHelp
from tests.members.pages import HELP, html, text

pytestmark = pytest.mark.django_db
NAME = "wagtailsnippets_members_languagehelp"


def row(code: str) -> LanguageHelp:
    return LanguageHelp.objects.get(code=code)


def save(client, code: str, publishes: bool = True, **changes):
    """Saves a row by the admin's form, with some of its fields changed, as a draft or published."""
    found = row(code)
    names = ("code", "english_name", "own_name", "direction", "order", "notice", "card_sentence", "unreviewed_note")
    data = {name: getattr(found, name) or "" for name in names} | ({"action-publish": "1"} if publishes else {}) | changes
    answer = client.post(reverse(f"{NAME}:edit", args=[found.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_changed_text_shows_on_the_site(admin):
    save(admin, "vi", notice="Chúng tôi giúp quý vị miễn phí.")
    assert "Chúng tôi giúp quý vị miễn phí." in text(html(admin, HELP).css_first("#help-vi"))


@pytest.mark.parametrize("code", ["Vietnamese", "VI", "zh_Hant", "zh-hant", ""])
def test_a_tag_is_a_tag(code):
    with pytest.raises(ValidationError) as refused:
        LanguageHelp(code=code, english_name="X", own_name="X", notice="X").full_clean()
    assert list(refused.value.message_dict) == ["code"]


def test_the_list_says_which_languages_are_confirmed(admin):
    listed = admin.get(reverse(f"{NAME}:list")).text
    assert all(found.english_name in listed for found in LanguageHelp.objects.all())
    assert "Confirmed" in listed
    assert list(LanguageHelp.objects.filter(is_confirmed=True).values_list("code", flat=True)) == ["en"]


@pytest.mark.parametrize(("group", "publishes"), [("Editors", False), ("Moderators", True)])
def test_editors_write_and_moderators_publish(member_of, group, publishes):
    client = member_of(group)
    answer = client.get(reverse(f"{NAME}:edit", args=[row("vi").pk]))
    assert answer.status_code == 200
    assert ('name="action-publish"' in answer.text) is publishes


def test_the_right_to_left_rows_are_typed_right_to_left(admin):
    found = html(admin, reverse(f"{NAME}:edit", args=[row("ar").pk]))
    assert {found.css_first(f"[name={name}]").attributes.get("dir") for name in ("notice", "card_sentence")} == {"auto"}
