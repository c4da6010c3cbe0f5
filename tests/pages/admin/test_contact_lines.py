"""Editing the contacts registry: a key stays, numbers agree, and a line that is used somewhere stays."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from pages.contacts.uses import NAMED_BY_THE_SITE, uses_of
from pages.models import ContactLine, Notice, StandardPage, StandingText
from tests.pages.tree import add, page, publish, text

pytestmark = pytest.mark.django_db
EDIT = "wagtailsnippets_pages_contactline:edit"
FIELDS = ["label_en", "number", "vanity", "dial", "extension", "tty", "hours_en", "topic", "plan", "keywords", "order"]
SPARE = {"key": "spare", "label_en": "Spare line", "number": "1-888-555-0100", "dial": "+18885550100"}
PHONE = '<p>Call <embed embedtype="phone" key="spare"/>.</p>'


@pytest.fixture
def spare():
    """A line that nothing uses."""
    return ContactLine.objects.create(**SPARE)


def posted(line: ContactLine, **changes) -> dict:
    """The fields of a line's form as the browser sends them."""
    return {field: getattr(line, field) or "" for field in FIELDS} | changes


def faults(line: ContactLine) -> dict[str, list[str]]:
    try:
        line.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def using(name: str):
    """Something that names the spare line, by kind of use."""
    in_heading = {"heading_en": "Title", "contact_keys": ["spare"]}
    home = page("/about/contact-us")
    match name:
        case "the page's own lines":
            return add("/members", "user", **in_heading)
        case "a text":
            return add("/members", "user", body_en=text(PHONE))
        case "a text in another language":
            return add("/members", "user", body_en=text("<p>No number.</p>"), body_ar=text(PHONE))
        case "a text inside a block":
            steps = {"heading": "Steps", "steps": [{"title": "One", "text": PHONE}]}
            return add("/members", "user", body_en=[("steps", steps)])
        case "a block of lines":
            return add("/members", "user", body_en=[("contact_lines", {"heading": "Call", "lines": ["spare"]})])
        case "a page that is a draft":
            return add("/members", "user", live=False, **in_heading)
        case "a draft of a live page":
            home.contact_keys = ["spare"]
            home.save_revision()
            return home
        case "a draft's text":
            home.body_es = text(PHONE)
            home.save_revision()
            return home
        case "a notice":
            return publish(Notice.objects.first(), contact_keys=["spare"])
        case "a notice's text":
            return publish(Notice.objects.first(), text_ko=PHONE)
        case "a standing text":
            return publish(StandingText.objects.first(), text_en=PHONE)


USES = [
    "the page's own lines",
    "a text",
    "a text in another language",
    "a text inside a block",
    "a block of lines",
    "a page that is a draft",
    "a draft of a live page",
    "a draft's text",
    "a notice",
    "a notice's text",
    "a standing text",
]


@pytest.mark.parametrize("name", USES)
def test_every_kind_of_use_is_found(spare, name):
    assert uses_of("spare") == []
    place = using(name)
    (use,) = uses_of("spare")
    assert use.place.pk == place.pk
    assert use.only_in_draft == (name in {"a draft of a live page", "a draft's text"})
    spare.retired = True
    (fault,) = faults(spare)["retired"]
    assert "used in 1 place" in fault
    assert f"/{place.pk}/" in fault
    assert str(place).replace("'", "&#x27;") in fault


def test_a_line_that_the_site_itself_names_is_in_use():
    named = {key for key, _place in NAMED_BY_THE_SITE}
    templates = (settings.BASE_DIR / "templates").rglob("*.*")
    in_templates = {key for path in templates for key in re.findall(r'contact_line "([^"]+)"', path.read_text(encoding="utf-8"))}
    assert in_templates - {"medi-cal"} <= named  # that one is the example in the templates' README
    for key in named:
        ContactLine.objects.filter(key=key).update(key=f"{key}-before")
        line = ContactLine.objects.create(**SPARE | {"key": key})
        line.retired = True
        (refused,) = faults(line)["retired"]
        assert all(escape(place) in refused for named_key, place in NAMED_BY_THE_SITE if named_key == key)


def test_a_scheduled_version_is_a_use(spare):
    home = page("/about/contact-us")
    home.contact_keys, home.go_live_at = ["spare"], timezone.now() + timedelta(days=1)
    home.save_revision(approved_go_live_at=home.go_live_at)
    home = page("/about/contact-us")
    home.save_revision()  # a later draft that uses the line no more
    assert [use.place.pk for use in uses_of("spare")] == [home.pk]


def test_neither_plans_of_that_name_nor_other_keys_are_uses(spare):
    ContactLine.objects.filter(pk=spare.pk).update(key="covered-2")
    publish(add("/members", "user", model=StandardPage), plans=["covered"], body_en=text("<p>covered-2 spare</p>"))
    assert uses_of("covered-2") == []


def test_retiring_a_line_in_use_is_refused_at_the_box_and_nothing_typed_is_lost(admin, spare):
    user = using("a text")
    response = admin.post(reverse(EDIT, args=[spare.pk]), posted(spare, retired="on", hours_en="Typed just now"))
    html = response.content.decode()
    assert "This line cannot be retired yet." in html
    assert f'<a href="/admin/pages/{user.pk}/edit/">' in html
    assert "Typed just now" in html
    assert not ContactLine.objects.get(key="spare").retired


def test_a_line_that_nothing_uses_is_retired_and_taken_back(admin, spare):
    for value, retired in (({"retired": "on"}, True), ({}, False)):
        assert admin.post(reverse(EDIT, args=[spare.pk]), posted(spare, **value)).status_code == 302
        assert ContactLine.objects.get(key="spare").retired is retired


@pytest.mark.parametrize("together", [False, True])
def test_deleting_a_line_in_use_is_refused_with_the_list(admin, spare, together):
    user = using("a text")
    if together:
        address = f"{reverse('wagtail_bulk_action', args=['pages', 'contactline', 'delete'])}?id={spare.pk}"
    else:
        address = reverse("wagtailsnippets_pages_contactline:delete", args=[spare.pk])
    for response in (admin.get(address), admin.post(address)):
        assert response.status_code == 409
        assert f"/admin/pages/{user.pk}/edit/" in response.content.decode()
    assert ContactLine.objects.filter(key="spare").exists()
    user.delete()
    assert admin.post(address).status_code == 302
    assert not ContactLine.objects.filter(key="spare").exists()


def test_a_key_is_given_once(admin, spare):
    admin.post(reverse(EDIT, args=[spare.pk]), posted(spare, key="other"))
    spare.refresh_from_db()
    assert spare.key == "spare"
    spare.key = "other"
    assert "Make a new line instead" in faults(spare)["key"][0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dial": "+18885550199"}, "dial"),
        ({"dial": "18885550100"}, "dial"),
        ({"number": "1-888-555-01"}, "dial"),
        ({"number": "1-888-555-0100 ext. 5"}, "number"),
        ({"number": "call us"}, "number"),
        ({"vanity": "1-888-PLAN-NOW"}, "vanity"),
        ({"vanity": "<b>1-888-555-0100</b>"}, "vanity"),
        ({"extension": "x5"}, "extension"),
        ({"tty": "ask"}, "tty"),
    ],
)
def test_numbers_that_do_not_agree_are_refused(spare, changes, field):
    for name, value in changes.items():
        setattr(spare, name, value)
    assert field in faults(spare)


def test_every_way_of_writing_a_number_is_taken(spare):
    for number in ("1-888-555-0100", "(888) 555-0100", "888 555 0100", "888-555-0100"):
        spare.number = number
        assert not faults(spare)
    for line in ContactLine.objects.all():
        assert not faults(line), line.key


def test_the_dialog_offers_lines_in_use_and_answers_with_key_and_number(admin, spare):
    ContactLine.objects.create(**SPARE | {"key": "old", "label_en": "Old line", "retired": True})
    offered = admin.get(reverse("wagtailsnippetchoosers_pages_contactline:choose")).content.decode()
    assert "Spare line" in offered
    assert "Old line" not in offered
    chosen = admin.get(reverse("wagtailsnippetchoosers_pages_contactline:chosen", args=[spare.pk])).json()
    assert chosen["step"] == "chosen"
    assert chosen["result"]["key"] == "spare"
    assert chosen["result"]["number"] == "1-888-555-0100"


def test_the_dialog_for_texts_searches_the_lines_in_use(admin, spare):
    found = admin.get(reverse("wagtailsnippetchoosers_pages_contactline:choose_results"), {"q": "Spare"})
    assert (found.status_code, "Spare line" in found.text) == (200, True)
    ContactLine.objects.filter(pk=spare.pk).update(retired=True)
    assert "Spare line" not in admin.get(reverse("wagtailsnippetchoosers_pages_contactline:choose_results"), {"q": "Spare"}).text
