"""Every kind of change that editors make is on every web server and in nginx's files at once, and nothing older comes after it."""

import os
import re
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lacare_site import addresses
from lacare_site.management import processes
from lacare_site.page_cache import marks, triggers
from lacare_site.page_cache.channel import CHANNEL
from pages.models import PolicyEdition
from tests.crawl.paths import ONE_OF_EACH_TYPE
from tests.harness import clones, production
from tests.site.page_plant import PROMISED

# A worker that does what it is told, line by line, in one process: each line is Python, as a string.
EDITOR = """
import ast, sys
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from pages.contacts.models import ContactLine
from pages.models import MenuSection, Notice, PlanDocument, SitePage, StandingText
from pages.translations import ledger
from pages.translations.admin.publishing import publish_language
from pages.translations.models import Translation
from pages.translations.texts import hash_of, text_of
user = get_user_model().objects.get(is_superuser=True)

def page(path):
    return SitePage.objects.get(url_path__endswith=f"{path}/").specific

def publish(found, **values):
    for name, value in values.items():
        setattr(found, name, value)
    revision = found.save_revision()
    revision.publish()
    return revision

for line in sys.stdin:
    try:
        exec(ast.literal_eval(line))
        print("done", flush=True)
    except Exception as fault:  # the next test goes on with the same process
        print(repr(fault), flush=True)
"""
CARD, CARE, URGENT = "/members/id-card", "/members/getting-care", "/members/getting-care/urgent-care"
# What has to be done before some of them.
BEFORE = {
    "revert": f"publish(page('{CARD}'), heading_en='The first card'); publish(page('{CARD}'), heading_en='The second card')",
    "publish what was unpublished": "page('/glossary-terms').unpublish()",
}
# By what it is: what the editor does, the address on which it shows, and what stands there only then ("" for 404).
CHANGES = {
    "publish": (f"publish(page('{CARD}'), heading_en='Published now')", CARD, "Published now"),
    "publish again": (f"publish(page('{CARD}'), heading_en='Published later')", CARD, "Published later"),
    "revert": (
        f"[r for r in page('{CARD}').revisions.order_by('created_at') if 'The first card' in str(r.content)][0].publish()",
        CARD,
        "The first card",
    ),
    "one language": (
        f"draft = page('{CARD}'); draft.heading_es = 'Publicado ahora'; draft.heading_en = 'A draft'; publish_language(draft, 'es', user)",
        f"/es{CARD}",
        "Publicado ahora",
    ),
    "sign-off": (
        f"found = page('{CARE}'); other = get_user_model().objects.create(username='r', first_name='Rosa', last_name='R'); "
        "ledger.sign_off(found, 'es', other, 'Certified', *(hash_of(text_of(found, code)) for code in ('es', 'en')))",
        f"/es{CARE}",
        "Rosa R",
    ),
    "schedule": (
        f"found = page('{URGENT}'); found.go_live_at = timezone.now() + timedelta(seconds=1); found.heading_en = 'On schedule'; "
        "found.save_revision().publish(); import time; time.sleep(1.2); call_command('publish_scheduled')",
        URGENT,
        "On schedule",
    ),
    "expiry": (
        f"SitePage.objects.filter(pk=page('{URGENT}').pk).update(expire_at=timezone.now()); call_command('publish_scheduled')",
        URGENT,
        "",
    ),
    "unpublish": ("page('/glossary-terms').unpublish()", "/glossary-terms", ""),
    "publish what was unpublished": (
        "publish(page('/glossary-terms'), heading_en='Words again')",
        "/glossary-terms",
        "Words again",
    ),
    "move": (
        "page('/news/fact-sheet').move(page('/about'), pos='last-child')",
        "/about/fact-sheet",
        "<h1",
    ),
    "delete": ("page('/news/media-kit').delete()", "/news/media-kit", ""),
    "notice": (
        "publish(Notice.objects.filter(live=True).first(), heading_en='News of today', ends_at=None)",
        "/",
        "News of today",
    ),
    "notice withdrawn": ("[n.unpublish() for n in Notice.objects.filter(live=True)]", "/members", "no notice"),
    "menu": ("publish(MenuSection.objects.filter(placement='main').first(), label_en='Another menu')", "/", "Another menu"),
    "contact line": (
        "l = ContactLine.objects.get(key='medi-cal'); l.number = '+12135550123'; l.save()",
        "/about/contact-us",
        "2135550123",
    ),
    "document": (
        "[d.file.save('paper-of-today.pdf', ContentFile(d.file.read())) for d in PlanDocument.objects.filter(language='hy')]",
        "/members/documents",
        "paper-of-today",
    ),
    "redirect": (
        "Redirect.add_redirect('/old-address-of-today', '/members', is_permanent=True)",
        "/old-address-of-today",
        "moved",
    ),
}


@pytest.fixture(scope="module")
def editor(plant):
    process = processes.start(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", EDITOR],
        cwd=clones.ROOT,
        env={**os.environ, **plant.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def do(code: str) -> None:
        process.stdin.write(repr(code) + "\n")
        process.stdin.flush()
        assert (said := process.stdout.readline()) == "done\n", f"{code}: {said}"

    yield do
    processes.end(process)


def is_shown(answer, text: str) -> bool:
    if text == "moved":
        return answer.status == 301
    if text == "no notice":
        return answer.status == 200 and 'class="notice ' not in answer.text
    return answer.status == (200 if text else 404) and text in answer.text


OFTEN = ("publish", "expiry", "contact line")  # the others: make audit


@pytest.fixture(scope="module")
def told(plant):
    """Whether the database has told of a change since it was asked last, or does within `timeout` seconds: without its word a page would be made anew by the clock at best."""
    with psycopg.connect(
        plant.site.environment["DATABASE_URL"].replace("postgres:///", "postgresql:///"), autocommit=True
    ) as heard:
        heard.execute(f"LISTEN {CHANNEL}")
        yield lambda timeout=0: bool(list(heard.notifies(timeout=timeout, stop_after=1 if timeout else None)))


@pytest.mark.parametrize("change", [pytest.param(each, marks=() if each in OFTEN else pytest.mark.audit) for each in CHANGES])
def test_a_change_is_seen_everywhere_while_visitors_read(plant, editor, told, change):
    code, address, text = CHANGES[change]
    asked = (plant.site, *plant.applications)
    editor(BEFORE.get(change, ""))
    for site in asked:
        production.wait_for(lambda site=site: not is_shown(site.get(address), text), PROMISED)
    told()
    older_after_newer, ended = [], threading.Event()

    def read(site) -> None:
        has_seen = False
        while not ended.is_set():
            is_new = is_shown(site.get(address), text)
            if has_seen and not is_new:
                older_after_newer.append(site.port)
            has_seen = is_new

    readers = [threading.Thread(target=read, args=(site,)) for site in asked]
    for reader in readers:
        reader.start()
    try:
        editor(code)
        for site in asked:
            production.wait_for(lambda site=site: is_shown(site.get(address), text), PROMISED)
        assert told(timeout=1)
        time.sleep(0.2)
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    # A web server may show what it has just read, and nginx's file of the moment before it comes once more.
    assert len(older_after_newer) <= len(asked), older_after_newer
    for site in asked:
        assert is_shown(site.get(address), text)


def test_a_draft_makes_nothing_anew(plant, editor):
    plant.site.get(CARD)
    before = production.wait_for(plant.generation)
    editor(f"found = page('{CARD}'); found.heading_en = 'Only a draft'; found.save_revision()")
    time.sleep(1)
    assert plant.generation() == before


TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# What is kept beside the pages themselves; {day} is that of an edition of the policy.
BESIDE_PAGES = (
    *("/sitemap.xml", "/sitemaps/en-1.xml", "/sitemaps/es-1.xml", "/notices/feed", "/es/notices/feed"),
    *("/large-print/members/documents", "/es/large-print/news", "/plain-text/about/contact-us", "/es/plain-text/members"),
    "/privacy/editions/{day}",
    *("/help-me-choose", "/health-plans/medi-cal/do-i-qualify", "/health-plans/pasc-seiu/do-i-qualify", "/es/members/which-line"),
)
# A version, once saved, is never written again, and what was remarked on it stands nowhere.
OF_AN_EDITION = {"wagtailcore_revision", "wagtailcore_comment"}


def test_every_table_that_a_page_is_made_of_tells_of_its_changes(db, client):
    """Whatever a kept page reads. What a query asks of the request's own visitor would be found here, too."""
    told = {model._meta.db_table for model in triggers.loud_models()}
    pages = [addresses.in_language(path, code) or "/" for path in ONE_OF_EACH_TYPE.values() for code in ("en", "es")]
    day = PolicyEdition.objects.filter(page__slug="privacy").values_list("policy_date", flat=True)[0]
    visited = set()
    for address in (*pages, *(each.format(day=day) for each in BESIDE_PAGES)):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        assert (response.status_code, response.is_same_for_all) == (200, True), address
        assert len(asked)
        name = response.wsgi_request.resolver_match.view_name
        visited.add(name)
        read = {table for query in asked for table in TABLE.findall(query["sql"])} - {"django_content_type"}
        assert read - (OF_AN_EDITION if name == "policy_edition" else set()) <= told, (address, read - told)
    assert visited == set(marks.kept_views()), "each kind of answer that is kept is looked at"
