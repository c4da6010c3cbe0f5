"""Production: nginx gives ready pages as files, and answers as the web server does; nothing of a visitor gets into them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from lacare_site import addresses, languages
from lacare_site.management.nginx import TEMPLATE
from lacare_site.page_cache import files
from tests.harness import nginx
from tests.harness import site as sites
from tests.site.page_plant import PAGE, file_of, renew, stopped


def test_a_ready_page_needs_no_web_server(plant):
    file = file_of(plant)
    with stopped(plant):
        assert plant.site.get(PAGE).body == file.read_bytes()
        assert plant.site.get(PAGE, {"Cookie": "analytics=1; sessionid=x; _ga=GA1.2.3"}).body == file.read_bytes()


@pytest.mark.parametrize("language", languages.LANGUAGES, ids=lambda language: language.code)
def test_every_language_has_its_files(plant, language):
    file_of(plant, addresses.in_language(PAGE, language.code))


def test_no_odd_request_keeps_a_page_from_being_a_file(plant):
    path = "/members/getting-care"
    for headers in ({"If-Match": '"x"'}, {"If-Unmodified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}, {"Content-Length": "200000"}):
        for application in plant.applications:
            application.get(path, {**headers, "Host": "127.0.0.1"})
    file_of(plant, path)


ODD = [
    *(
        "/members/id-card/",
        "//members/id-card",
        "/members//id-card",
        "/members/id-card/index.html",
        "/members/id-card/index.html.gz",
    ),
    *(
        "/members/./id-card",
        "/members/x/../id-card",
        "/members/%69d-card",
        "/Members/id-card",
        "/en/members/id-card",
        "/members/id-card?",
    ),
    *(
        "/members/id-card?unknown=1",
        "/members/id-card#x",
        "/made",
        "/keeper.lock",
        "/1795340000/members/id-card",
        "/../made",
        "/%2e%2e/made",
    ),
    *("/none", "/none/index.html", "/away", "/503.en.html", "/static/../pages", "/static//css", "/static/", "/static/none.css"),
    *(
        "/members/id-card%00",
        "/members/id-card\\",
        "/es/members/id-card",
        "/es",
        "/es/",
        "/ES",
        "/",
        "/search?q=card",
        "/sitemap.xml",
    ),
    *(
        "/robots.txt",
        "/admin/",
        "/healthz",
        "/members/" + "x" * 300,
        "/documents/1/x",
        "/compliance",
        "/es/compliance",
    ),
]
# What nginx says by itself and the application by itself: who answers, when, and over which connection.
BY_NATURE = {"server", "date", "connection", "transfer-encoding", "content-length"}


def told(answer) -> dict[str, str]:
    return {name.lower(): value for name, value in answer.headers.items() if name.lower() not in BY_NATURE}


ENCODINGS = {
    "plain": {},
    "gzip": {"Accept-Encoding": "gzip"},
    "brotli": {"Accept-Encoding": "gzip, br"},
    "range": {"Range": "bytes=0-9"},
}


@pytest.mark.parametrize(
    ("method", "headers"),
    [("HEAD", {}), ("POST", {}), *(pytest.param(method, {}, marks=pytest.mark.audit) for method in ("PUT", "OPTIONS", "TRACE"))]
    + [("GET", ENCODINGS["plain"])]
    + [pytest.param("GET", ENCODINGS[name], marks=pytest.mark.audit) for name in ("gzip", "brotli", "range")],
    ids=["HEAD", "POST", "PUT", "OPTIONS", "TRACE", *ENCODINGS],
)
def test_nginx_and_the_web_server_answer_alike(plant, method, headers):
    if "br" in headers.get("Accept-Encoding", "") and not nginx.brotli():
        pytest.skip("nginx's module for brotli cannot be had on this machine")
    renew(plant)
    (application, _other), body = plant.applications, b"" if method in ("POST", "PUT") else None
    for path in (PAGE, "/", "/es", "/es/members/id-card", "/compliance"):
        plant.site.get(path)
    for address in ODD:
        host = {"Host": "127.0.0.1"}  # redirects name it
        direct = application.get(address, headers | host, method, body)
        front = plant.site.get(address, headers | host, method, body)
        if front.status in (400, 405) and front.headers["Content-Type"] == "text/html":
            assert direct.status >= 400, address  # what nobody means well nginx refuses by itself
            continue
        assert front.status == direct.status, (method, address)
        differing = set(told(front).items()) ^ set(told(direct).items())
        if direct.status != 200:
            differing = {(name, value) for name, value in differing if name != "etag"}
        assert not differing, (method, address)
        assert front.body == direct.body or "csrf" in direct.text, address


@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip"])
def test_who_has_the_page_is_told_so_by_both(plant, encoding):
    if "br" in encoding and not nginx.brotli():
        pytest.skip("nginx's module for brotli cannot be had on this machine")
    renew(plant)
    file_of(plant)
    headers = {"Accept-Encoding": encoding, "Host": "127.0.0.1"}
    tags = {answer.get(PAGE, headers).headers["ETag"] for answer in (plant.site, *plant.applications)}
    (tag,) = tags
    for asked in (plant.site, *plant.applications):
        unchanged = asked.get(PAGE, {**headers, "If-None-Match": tag})
        assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, b"", tag)
        assert "default-src 'none'" in unchanged.headers["Content-Security-Policy"]


def test_static_files_come_with_the_same_headers(plant):
    style = plant.site.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        direct, front = plant.applications[0].get(style, headers), plant.site.get(style, headers)
        assert front.body == direct.body
        differing = {name for name in {*told(front), *told(direct)} if told(front).get(name) != told(direct).get(name)}
        assert differing <= {"accept-ranges", "content-type", "etag"}, (told(front), told(direct))
        assert front.headers["Content-Type"].split(";")[0] == "text/css"
        assert front.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    with stopped(plant):
        assert plant.site.get(style).status == 200


def test_a_document_is_read_by_nginx_with_what_the_application_says_of_it(plant):
    ((number, file),) = plant.site.sql("SELECT id, file FROM pages_plandocument ORDER BY id LIMIT 1")
    address = f"/documents/{number}/{Path(file).name}"
    (application, _other), named = plant.applications, {"X-Sendfile-Type": "X-Accel-Redirect"}
    for method in ("GET", "HEAD"):
        direct, front = application.get(address, method=method), plant.site.get(address, method=method)
        assert (front.status, front.body) == (direct.status, direct.body) and direct.status == 200
        for name in ("Content-Security-Policy", "Content-Disposition", "Content-Type", "X-Content-Type-Options", "Cache-Control"):
            assert front.headers[name] == direct.headers[name], name
    assert application.get(address, named).headers["X-Accel-Redirect"] == f"/.media/{file}"
    assert plant.site.get(f"/.media/{file}").status == 404, "nobody else finds a file by its name"


@pytest.mark.parametrize(("path", "words"), [("/search", 'lang="en"'), ("/es/search", 'lang="es"')])
def test_an_application_that_is_away_is_said_in_the_visitors_language(plant, path, words):
    nobody = replace(plant.site, port=sites.free_port())
    if path == "/search":
        nobody.run("from django.core.management import call_command; call_command('write_error_pages')")
    with nginx.before(nobody) as front:
        for method in ("GET", "POST"):
            answer = front.site.get(path, method=method, body=b"" if method == "POST" else None)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
            assert words in answer.text and "tel:" in answer.text
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        away = front.site.get("/static/css/site.0123456789ab.css")
        assert (away.status, away.headers["Cache-Control"]) == (503, "no-cache"), "nobody keeps it in place of the file"


def test_what_visitors_invent_stores_nothing(plant):
    file_of(plant)
    plant.site.get("/")
    before = {path.relative_to(plant.pages / "made").parts[1:]: path.read_bytes() for path in plant.files()}
    forged = [
        *(
            {"Host": "evil.example"},
            {"X-Forwarded-Host": "evil.example"},
            {"X-Forwarded-Proto": "https"},
            {"Forwarded": "host=evil.example"},
        ),
        *(
            {"X-Original-URL": "/admin/"},
            {"X-Rewrite-URL": "/admin/"},
            {"Accept-Language": "fa"},
            {"Accept-Encoding": "evil, br;q=9"},
        ),
        *(
            {"Cookie": "text_size=evil; closed_notices=evil"},
            {"Cookie": "sessionid=evil; csrftoken=evil"},
            {"X-HTTP-Method-Override": "POST"},
        ),
    ]
    for number, headers in enumerate(forged):
        for address in (PAGE, f"{PAGE}?utm_source=evil", f"{PAGE}/evil", *ODD[number :: len(forged)]):
            plant.site.get(address, headers)
    after = {path.relative_to(plant.pages / "made").parts[1:]: path.read_bytes() for path in plant.files()}
    addresses = {"/" + "/".join(parts[:-1]) for parts in after}
    assert addresses <= {*ODD, PAGE} | {"/" + "/".join(parts[:-1]) for parts in before}
    assert all(after[parts] == body for parts, body in before.items())
    assert not any(b"evil" in body for body in after.values())


def test_no_file_holds_anything_of_a_visitor(plant):
    asked = {
        "Cookie": "text_size=150; closed_notices=1.1; sessionid=secret; csrftoken=secret",
        "User-Agent": "secret",
        "Referer": "/secret",
    }
    for path in ("/", PAGE, "/compliance", "/providers/request-information", "/search?q=secret"):
        plant.site.get(path, asked)
        assert plant.site.get(path).status == 200
    held = b"".join(path.read_bytes() for path in plant.files())
    for mark in (b"secret", b"csrfmiddlewaretoken", b"text-150"):
        assert mark not in held


def test_what_is_no_ready_page_is_looked_for_under_a_name_that_no_page_can_have():
    defaults = re.findall(r"\$(?:ready_page|static_file) \{\s+default \"([^\"]+)\";", TEMPLATE.read_text())
    assert len(defaults) == 2 and not any(map(files.PATH.fullmatch, defaults))
