"""The letters of the grievance desk: in which language they go, and what they say beside the words of their templates."""

import html
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from lacare_site import languages
from lacare_site.casework import clocks, registry
from lacare_site.casework.desk.accounts import name_of
from lacare_site.casework.models import Case, CaseEvent
from lacare_site.intake import deficiencies
from lacare_site.organisation import ORGANISATION
from members.models import LanguageHelp
from members.selectors import languages_of_help
from pages import translated
from pages.contacts import selectors as contacts
from pages.models import ContactLine
from pages.standing_texts import selectors as standing_texts
from pages.translations import showing

from .choices import CIVIL_RIGHTS_KINDS, MEDI_CAL, MEDICARE, NOT_SURE, Kind

ACKNOWLEDGEMENT, STATEMENT = "grievance_acknowledgement", "grievance_statement"
DECISION = {outcome: f"grievance_{outcome}" for outcome in ("overturned", "partly", "upheld")}


def language_of(case: Case) -> str:
    """The member's, once a qualified translator has signed what the site says in it; English until then (45 CFR 92.201(c)(3)), with a
    note on help, except where unsigned texts are shown with their warning."""
    is_shown = showing.words_are_signed(case.language) or settings.SHOW_UNREVIEWED_CRITICAL_TRANSLATIONS
    return case.language if is_shown else languages.DEFAULT


def is_to_be_acknowledged(case: Case) -> bool:
    return case.stage == "received" or clocks.running(case).filter(key="acknowledge").exists()


def has_more_time(case: Case) -> bool:
    return clocks.running(case).filter(extended_at__isnull=False).exists()


def obstacle_to_decide(case: Case) -> str:
    """Why no decision can be written yet; "" if it can. Which ways to go further it has to name, the plan says; not where the Office for
    Civil Rights takes the complaint, whoever it is from."""
    if case.grievance.plan != NOT_SURE or case.grievance.kind in CIVIL_RIGHTS_KINDS:
        return ""
    return "Say first whose plan it is, under “Correct the plan or the kind”, or close it as not ours."


def owes_statement(case: Case) -> bool:
    """Whether the Department waits for a statement on an urgent grievance."""
    return clocks.running(case).filter(key="statement").exists()


def context(case: Case) -> dict:
    """For templates/letters/grievance*.txt, in the active language, which is that of the letter."""
    sent = case.grievance
    decision = next(clock for clock in registry.get(case.kind).clocks if clock.key == "decide")
    limit, row = clocks.limit_of(case, decision), case.clocks.get(key=decision.key)
    extended = case.events.filter(kind=CaseEvent.Kind.EXTENDED).last()
    return {
        "is_unsigned": not showing.words_are_signed(get_language()),
        "address": sent.values["answer"].get("address", ""),
        "line": _line(case),
        "worker": name_of(case.assigned_to) or registry.TO_FILL_IN,
        "decide_by": _at_the_end(localtime(row.due_at), limit.is_of_days),
        "is_duty": limit.is_checked,
        **deficiencies.for_letter(case),
        "reason": extended.reason if extended else "",
        "has_hearing": sent.plan == MEDI_CAL and sent.kind == Kind.APPEAL,
        "is_medicare": sent.plan == MEDICARE,
        "statement": "" if sent.plan == MEDICARE else _plain("dmhc-statement"),
        "civil_rights": _plain("civil-rights") if sent.kind in CIVIL_RIGHTS_KINDS else "",
        "help": _help(case),
    }


def statement(case: Case) -> dict:
    """For templates/letters/grievance_statement.txt: what the letters know, and how the case stands."""
    return context(case) | {
        "received": _at_the_end(localtime(case.received_at), is_of_days=False),
        "urgent_since": _at_the_end(localtime(case.urgent_at), is_of_days=False),
        "stage": registry.get(case.kind).workflow.stages[case.stage].label,
    }


def taglines(case: Case) -> str:
    """In every language of help that help is free, and the line to call: what goes with each letter as it is printed (45 CFR 92.11)."""
    return render_to_string("members/grievance/taglines.html", {"languages": languages_of_help(), "line": _line(case)})


def _line(case: Case) -> ContactLine | None:
    """The telephone of the case's plan, or of those who are not members yet."""
    key = case.grievance.plan
    return contacts.lines().get(key if key in dict(ORGANISATION.plans) else ORGANISATION.questions_line)


def _at_the_end(when: datetime, is_of_days: bool) -> str:
    """Day or moment, for the end of a sentence: “a.m.” leaves its last full stop to that."""
    return date_format(when, "DATE_FORMAT") if is_of_days else date_format(when, "DATETIME_FORMAT").removesuffix(".")


def _plain(key: str) -> str:
    """A standing text without its markup; "" where there is none."""
    text = standing_texts.get(key)
    return html.unescape(strip_tags(expand_db_html(str(translated.of(text, "text"))))) if text else ""


def _help(case: Case) -> str:
    """What is said of free help in the member's language, in a letter that is not in it."""
    if get_language() == case.language:
        return ""
    row = next((row for row in LanguageHelp.objects.filter(live=True) if row.code.lower() == case.language), None)
    return "\n".join(filter(None, (row.notice, row.unreviewed_note if row.needs_review else ""))) if row else ""
