# ruff: noqa: S608, what is written into the statements is ours
"""Pages that are kept: the same bytes without Django, and never an old one."""

import gzip
import sqlite3
import time

import brotli
import psycopg
import pytest
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from lacare_site.page_cache import changes, layer, marks, triggers
from lacare_site.page_cache.models import Changes
from pages.models import ContactLine
from tests.harness import site as sites
from tests.site.page_plant import assert_a_notice_is_on_its_second

PAGE = "/members/id-card"
LEAD = "Show your L.A. Care card each time you get care."
TABLES = [model._meta.db_table for model in triggers.loud_models()]


@pytest.fixture(scope="module")
def site():
    running = sites.start()
    yield running
    running.end()
    assert not running.faults()


def words(site, text: str, path: str = PAGE, **headers) -> bool:
    return text in site.get(path, headers).text


def unseen(site, statement: str) -> None:
    """Changes the database without its telling anybody."""
    site.sql(f"SET session_replication_role = replica; {statement}")


def heading(text: str) -> str:
    return f"UPDATE pages_sitepage SET heading_en = '{text}' FROM wagtailcore_page WHERE id = page_ptr_id AND slug = 'id-card'"


def kept_page(site) -> bytes:
    """Waits until the page is kept: a change that nobody is told of does not show."""
    for number in range(50):
        unseen(site, heading(f"Unseen {number}."))
        if not words(site, f"Unseen {number}."):
            return site.get(PAGE).body
    raise AssertionError("It is made anew each time.")


def soon(condition, seconds: float = 10) -> bool:
    """Whether it holds within a time that is long even for a busy machine."""
    end = time.monotonic() + seconds
    while not (holds := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return holds


def test_a_kept_page_is_given_until_the_database_tells_of_a_change(site):
    site.sql(heading("First"))
    assert soon(lambda: words(site, "First"))
    shown = kept_page(site)
    site.sql("UPDATE wagtailcore_page SET draft_title = 'Draft', has_unpublished_changes = true")
    time.sleep(0.5)
    assert site.get(PAGE).body == shown, "a draft changes no page"
    site.sql(heading("Second"))
    assert soon(lambda: words(site, "Second"))


@pytest.mark.parametrize("table", TABLES)
def test_a_change_in_every_table_whose_rows_stand_on_a_page_is_told(db, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE 'page_cache_%%' AND tgenabled = 'O'",
            [table],
        )
        assert cursor.fetchone() == (4,)  # insert, update, delete, truncate


def test_what_people_send_tells_nobody():
    quiet = ("casework_", "compliance_", "intake_", "providers_", "outbox_", "security_")
    assert not [table for table in TABLES if table.startswith(quiet)]


def test_every_encoding_holds_the_same_page(site):
    plain = site.get(PAGE)
    by_brotli = site.get(PAGE, {"Accept-Encoding": "gzip, br"})
    by_gzip = site.get(PAGE, {"Accept-Encoding": "br;q=0, gzip"})
    assert brotli.decompress(by_brotli.body) == gzip.decompress(by_gzip.body) == plain.body
    assert plain.headers["Content-Encoding"] is None
    assert len({plain.headers["ETag"], by_brotli.headers["ETag"], by_gzip.headers["ETag"]}) == 3, "each is told from the others"
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_who_has_the_page_is_told_so(site):
    tag = site.get(PAGE).headers["ETag"]
    unchanged = site.get(PAGE, {"If-None-Match": f'"other", {tag}'})
    assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, b"", tag)
    assert "default-src 'none'" in unchanged.headers["Content-Security-Policy"]
    assert site.get(PAGE, {"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize("encoding", ["", "br"])
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?unknown=1", "/search?q=card", "/robots.txt", "/no-such-page"])
def test_head_brings_the_headers_of_get(site, address, encoding):
    asked = {"Accept-Encoding": encoding}
    whole, head = site.get(address, asked), site.get(address, asked, method="HEAD")
    assert head.body == b"" and head.headers["ETag"]
    names = {*whole.headers, *head.headers}
    assert {name for name in names if whole.headers[name] != head.headers[name]} <= {"Date"}
    if whole.status == 200:
        assert site.get(address, asked | {"If-None-Match": head.headers["ETag"]}, method="HEAD").status == 304


def test_what_a_visitor_chose_is_a_page_of_its_own(site):
    assert 'class="text-150"' not in site.get(PAGE).text
    assert "text-150" in site.get(PAGE, {"Cookie": "analytics=1; text_size=150"}).text
    assert site.get(PAGE, {"Cookie": "analytics=2; text_size=151; closed_notices=999.9"}).body == site.get(PAGE).body
    ((number, version),) = site.sql("SELECT id, version FROM pages_notice WHERE closable AND live LIMIT 1")
    assert site.get(PAGE, {"Cookie": f"closed_notices={number}.{version}"}).body != site.get(PAGE).body


def test_nothing_that_a_visitor_invents_gets_into_a_page(site):
    whole = site.get(PAGE).body
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Accept-Language": "fa",
        "Cookie": "sessionid=x; csrftoken=y",
        "X-Original-URL": "/admin/",
    }
    assert site.get(PAGE, forged).body == whole
    assert site.get(PAGE, {"Host": "evil.example"}).status == 400
    assert site.get(f"{PAGE}/").status == 301
    assert site.get(PAGE, method="POST", body=b"").status == 405
    assert site.get(f"{PAGE}?evil=1").status == 200
    assert site.get(PAGE).body == whole
    assert b"evil" not in whole


def test_a_notice_begins_and_ends_on_its_second(site):
    assert_a_notice_is_on_its_second(site, PAGE, begins_in=3)


def test_who_cannot_hear_makes_pages_anew_and_hears_again(site):
    assert words(site, LEAD)
    site.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' OR query LIKE 'NOTIFY%'")
    unseen(site, heading("While deaf"))
    assert soon(lambda: words(site, "While deaf")), "what was told meanwhile is unknown"
    site.sql(heading("Heard again"))
    assert soon(lambda: words(site, "Heard again"))


@pytest.mark.parametrize(
    ("host", "is_kept"), [("www.example", True), ("staff.example", False), ("Staff.Example", False), ("", False)]
)
def test_the_host_of_staff_and_hosts_of_others_get_no_page(settings, host, is_kept):
    settings.ALLOWED_HOSTS, settings.STAFF_URL = ["www.example", "staff.example"], "https://staff.example"
    assert layer.may_be_kept({"REQUEST_METHOD": "GET", "PATH_INFO": PAGE, "HTTP_HOST": host}) is is_kept


def test_forms_and_what_is_for_one_visitor_are_not_marked():
    questions = ["questions_help_me_choose", "questions_medi_cal", "questions_pasc_seiu", "questions_which_line"]
    pages = ["large_print", "notice_feed", "plain_text", "policy_edition", *questions, "sitemap", "sitemap_part", "wagtail_serve"]
    assert marks.kept_views() == pages


def test_sqlite_tells_alike(tmp_path):
    path = tmp_path / "site.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as writer:
        writer.execute("CREATE TABLE page_cache_changes (id INTEGER PRIMARY KEY, number INTEGER)")
        writer.execute("INSERT INTO page_cache_changes VALUES (1, 0)")
        writer.execute("CREATE TABLE page (title TEXT, draft_title TEXT)")
        for verb, event in (("insert", "INSERT"), ("update", "UPDATE OF title")):
            writer.execute(triggers.SQLITE.format(name="page", verb=verb, event=event, table="page"))
        generation = changes.Looking(str(path)).generation
        numbers = [generation()]
        for statement in (
            "INSERT INTO page VALUES ('a', 'a')",
            "UPDATE page SET draft_title = 'b'",
            "UPDATE page SET title = 'b'",
        ):
            writer.execute(statement)
            numbers.append(generation())
    assert [number for _file, number in numbers] == [0, 1, 1, 2]
    assert changes.Looking(str(tmp_path / "none")).generation() is None


@pytest.fixture
def on_sqlite(db, tmp_path):
    """A connection to a SQLite that knows of changes in one table: that of telephone lines."""
    options = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "site.sqlite3")}}
    made = DatabaseWrapper(connections.configure_settings(options)["default"], "on_sqlite")
    connections["on_sqlite"] = made
    with made.schema_editor() as editor:
        editor.create_model(Changes)
        editor.create_model(ContactLine)
    Changes.objects.using("on_sqlite").create()
    yield made
    made.close()
    del connections["on_sqlite"]


def test_on_sqlite_nothing_is_kept_until_a_migration_that_failed_has_been_made(on_sqlite):
    generation = changes.Looking(str(on_sqlite.settings_dict["NAME"])).generation
    assert generation() is None, "nobody tells yet"
    triggers.install(using="on_sqlite")
    _file, before = generation()
    triggers.make_way(using="on_sqlite")
    with on_sqlite.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ContactLine._meta.db_table}")
    assert generation() is None and generation() is None, "of this change nobody was told"
    triggers.install(using="on_sqlite")
    assert generation()[1] > before


def test_a_database_that_does_not_answer_is_not_believed():
    listening = changes.Listening({"host": "/nowhere", "dbname": "none"})
    listening._believed_until = time.monotonic() + 60
    assert listening.generation() == 0
    with pytest.raises(psycopg.OperationalError):
        listening.listen()
    assert listening.generation() is None


def test_another_file_in_the_place_of_the_database_is_another_generation(tmp_path):
    path = tmp_path / "site.sqlite3"
    for name in (path, tmp_path / "backup"):
        with sqlite3.connect(name) as writer:
            writer.execute("CREATE TABLE page_cache_changes (number INTEGER)")
            writer.execute("INSERT INTO page_cache_changes VALUES (1)")
            writer.execute("CREATE TABLE page (title TEXT)")
            writer.execute(triggers.SQLITE.format(name="page", verb="insert", event="INSERT", table="page"))
    generation = changes.Looking(str(path)).generation
    before = generation()
    (tmp_path / "backup").rename(path)
    assert None is not generation() != before


def test_a_later_migration_may_change_what_is_watched(db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pages_sitepage ALTER heading_en TYPE varchar(400), DROP meta_title_km")
