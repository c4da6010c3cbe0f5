"""What the plan files on a declared emergency (California HSC 1368.7): the fields, what is still missing, the clock, the text."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lacare_site.page_cache import triggers
from pages.contacts.uses import uses_of
from pages.models import ContactLine, DeclaredEmergency, Notice
from pages.notices.emergencies import ACTIONS, REQUIRED_ACTIONS
from tests.pages.translations.forms import post_data
from tests.pages.tree import notice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LIST = "/admin/snippets/pages/declaredemergency/"
ALL_TAKEN = [("action", {"kind": kind, "state": "taken", "details": f"Since Monday: {kind}."}) for kind in REQUIRED_ACTIONS]
COMPLETE = {
    "counties": "Los Angeles, Ventura",
    "effects": "Some 4,000 members live in the zones of evacuation.",
    "disruption": "experienced",
    "disruption_details": "Two clinics are closed.",
    "communication": "Text messages to all members of the zip codes.",
    "line_keys": ["medi-cal"],
    "actions": ALL_TAKEN,
    "contact": "Ms. Doe, 1-213-555-0100",
}


def emergency(**fields) -> DeclaredEmergency:
    return DeclaredEmergency.objects.create(**{"name": "Hill fire", "declared_at": timezone.now() - HOUR, **fields})


def filing(client, made: DeclaredEmergency) -> str:
    return client.get(reverse("emergency_filing", args=[made.pk])).text


def test_a_complete_filing_says_all_that_the_law_asks_for(admin, settings):
    settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS = True
    made = emergency(**COMPLETE)
    end = timezone.now() + timedelta(days=9)
    made.notices.add(notice("fire", heading_en="Fire in the hills", severity="emergency", ends_at=end, in_languages=["en", "es"]))
    assert made.missing() == []
    text = admin.get(reverse("emergency_filing_text", args=[made.pk])).content.decode()
    for words in (
        *(
            "1368.7(b)",
            "Department of Managed Health Care",
            "Local Initiative Health Authority",
            "Hill fire",
            "Los Angeles, Ventura",
        ),
        *("The Governor", "4,000 members", "Has been experienced", "Two clinics are closed.", "Text messages to all members"),
        *(
            '"Fire in the hills"',
            "Where: all pages",
            "Text: Words.",
            "in their own language: English",
            "English is shown: Spanish",
        ),
        *("Medi-Cal Member Services: 1-888-839-9909 (TTY 711), 24 hours a day", "Ms. Doe"),
    ):
        assert words in text
    for kind in REQUIRED_ACTIONS:
        assert f"{ACTIONS[kind]}: taken. Since Monday: {kind}." in text
    assert "Not stated" not in text and "&" not in text
    assert "Still missing" not in filing(admin, made)


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ({"counties": ""}, "the counties"),
        ({"effects": ""}, "the enrollees and providers affected"),
        ({"disruption": ""}, "whether there is any disruption"),
        ({"disruption_details": ""}, "what is disrupted"),
        ({"communication": ""}, "how enrollees are reached"),
        ({"line_keys": ["compliance-officer"]}, "a toll-free line"),
        ({"actions": ALL_TAKEN[1:]}, f"the action {ACTIONS['authorizations']}"),
        ({"contact": ""}, "who answers the department"),
    ],
)
def test_it_says_what_is_still_missing(admin, lacks, words):
    made = emergency(**COMPLETE | lacks)
    assert len(made.missing()) == 1 and words in made.missing()[0]
    page = filing(admin, made)
    assert "Still missing" in page and words.replace("'", "&#x27;") in page.partition("<main>")[0]


def test_no_disruption_needs_no_details_and_a_notice_is_a_way_to_reach_enrollees():
    made = emergency(**COMPLETE | {"disruption": "none", "disruption_details": "", "communication": ""})
    made.notices.add(Notice.objects.get(severity="emergency"))
    assert made.missing() == []


def test_the_clock_runs_for_48_hours_from_the_declaration_until_it_is_filed(admin):
    made = emergency(declared_at=timezone.now() - 47 * HOUR)
    assert made.due_at - made.declared_at == 48 * HOUR
    assert "due on" in admin.get("/admin/notices/").text and not made.is_overdue
    DeclaredEmergency.objects.update(declared_at=timezone.now() - 49 * HOUR)
    assert "overdue, it was due on" in admin.get("/admin/notices/").text
    assert "Overdue: it was due on" in filing(admin, made) and "Overdue" in admin.get(LIST).text
    DeclaredEmergency.objects.update(filed_at=timezone.now(), filed_reference="2026-123")
    assert "Hill fire" not in admin.get("/admin/notices/").text
    text = filing(admin, made)
    assert "Overdue" not in text and "number 2026-123" in text


def test_an_editor_begins_with_the_six_actions_and_may_save_what_is_known(member_of):
    client = member_of("Editors")
    html = client.get(f"{LIST}add/").text
    assert "Within 48 hours of a declaration" in html
    assert all(action.split(":")[0] in html for action in ACTIONS.values())
    data = post_data(html) | {"name": "Flood", "declared_at": "2026-11-20 10:00", "actions-count": "0"}
    client.post(f"{LIST}add/", data)
    made = DeclaredEmergency.objects.get(name="Flood")
    assert timezone.localtime(made.declared_at).hour == 10
    assert len(made.missing()) > 10
    assert filing(client, made).count("Not stated") >= 5
    assert reverse("emergency_filing", args=[made.pk]) in client.get(f"{LIST}edit/{made.pk}/").text
    assert reverse("emergency_filing", args=[made.pk]) in client.get(LIST).text


def test_what_was_filed_stays_as_it_was_filed(admin):
    end = timezone.now() + timedelta(days=9)
    made, told = emergency(**COMPLETE), notice("fire", heading_en="Fire in the hills", severity="emergency", ends_at=end)
    made.notices.add(told)
    edit = f"{LIST}edit/{made.pk}/"

    def save(**fields) -> None:
        answer = admin.post(edit, post_data(admin.get(edit).text) | {"actions-count": "0"} | fields)
        assert answer.status_code == 302, answer.text

    save(counties="Los Angeles, Ventura, Kern", filed_at="2026-11-20 10:00")
    filed = admin.get(reverse("emergency_filing_text", args=[made.pk])).text
    assert "Kern" in filed and '"Fire in the hills"' in filed and "1-888-839-9909" in filed
    Notice.objects.filter(pk=told.pk).update(heading_en="No fire any more")
    ContactLine.objects.filter(key="medi-cal").update(retired=True)
    save(counties="None", filed_reference="2026-123", filed_at="2026-11-20 10:05")
    later = filing(admin, made)
    body, _, filed_on = admin.get(reverse("emergency_filing_text", args=[made.pk])).text.rpartition("Filed on ")
    assert body == filed.rpartition("Filed on ")[0] and "10:05 a.m., number 2026-123" in filed_on
    assert "This is the text of then" in later and "Still missing" not in later
    save(filed_at="", filed_reference="")
    anew = admin.get(reverse("emergency_filing_text", args=[made.pk])).text
    assert "No fire any more" in anew and "1-888-839-9909" not in anew and "Counties: None" in anew
    assert "a toll-free line" in filing(admin, made)


def test_a_filing_that_is_entered_late_keeps_its_text_too(admin):
    html = admin.get(f"{LIST}add/").text
    data = {"name": "Flood", "declared_at": "2026-11-20 10:00", "filed_at": "2026-11-21 10:00", "counties": "Kern"}
    admin.post(f"{LIST}add/", post_data(html) | data | {"actions-count": "0"})
    assert "Counties: Kern" in DeclaredEmergency.objects.get(name="Flood").filed_text


@pytest.mark.parametrize(("group", "reads"), [("Editors", True), ("Moderators", True), ("Translators: Spanish", False)])
def test_who_reads_it(member_of, group, reads):
    made, client = emergency(), member_of(group)
    for address in (LIST, *(reverse(name, args=[made.pk]) for name in ("emergency_filing", "emergency_filing_text"))):
        assert (client.get(address).status_code == 200) is reads, address


def test_a_filing_changes_no_page():
    assert DeclaredEmergency not in triggers.loud_models()
    assert DeclaredEmergency.notices.through not in triggers.loud_models()


def test_a_line_may_be_retired_although_an_old_filing_names_it():
    before = len(uses_of("carelon"))
    emergency(line_keys=["carelon"])
    assert len(uses_of("carelon")) == before
