"""The headers of every class of answer, compared for equality: a header too many or too few fails."""

import re

import pytest

from lacare_site.security import headers

POLICY = "Content-Security-Policy"
# What every answer carries.
ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
PUBLIC = ALWAYS | {
    POLICY: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}
ADMIN = ALWAYS | {
    POLICY: headers.policy_text(headers.ADMIN_POLICY),
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
}
TEXT, HTML = {"Content-Type": "text/plain"}, {"Content-Type": "text/html; charset=utf-8"}
ENGLISH = {"Content-Language": "en"}
# Long enough to be compressed, where the browser takes that.
LONG = {"Vary": "Accept-Encoding"}
NEVER_STORED = {"Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private"}
# Of these only the presence is compared; they differ from answer to answer.
VARYING = ("ETag", "Last-Modified", "Location", "Expires", "Set-Cookie")
# What the server writes, whatever the application says.
IGNORED = {"server", "date", "connection", "content-length", "transfer-encoding"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

ANSWERS = {
    "page": ("/members", {}, 200, PUBLIC | HTML | ENGLISH | LONG, ["ETag"]),
    "page in another language": ("/zh-hant/members", {}, 200, PUBLIC | HTML | LONG | {"Content-Language": "zh-Hant"}, ["ETag"]),
    "page with preferences": (
        *("/members", {"headers": {"Cookie": "text_size=150; closed_notices=1.1; sessionid=x; csrftoken=x"}}),
        *(200, PUBLIC | HTML | ENGLISH | LONG, ["ETag"]),
    ),
    "page's head": ("/members", {"method": "HEAD"}, 200, PUBLIC | HTML | ENGLISH | LONG, ["ETag"]),
    "search": ("/search?q=nurse", {}, 200, PUBLIC | HTML | ENGLISH | LONG, ["ETag"]),
    "not found": ("/no-such-page", {}, 404, PUBLIC | HTML | ENGLISH | LONG, ["ETag"]),
    "over-long": ("/" + "x" * 1100, {}, 404, PUBLIC | TEXT, []),
    "other spelling": ("/members/", {}, 301, PUBLIC | HTML, ["Location"]),
    "old address": ("/node/2284", {}, 301, PUBLIC | HTML | ENGLISH, ["Location"]),
    "page, wrong method": (
        "/members",
        {"method": "POST", "body": b""},
        405,
        PUBLIC | HTML | ENGLISH | {"Allow": "GET, HEAD"},
        [],
    ),
    "unknown method": ("/members", {"method": "BREW"}, 405, PUBLIC | TEXT | {"Allow": "GET, HEAD, OPTIONS, POST"}, []),
    "foreign host": ("/members", {"headers": {"Host": "host.example"}}, 400, PUBLIC | TEXT, []),
    "large body": (
        *("/preferences/text-size", {"method": "POST", "body": b"x" * 102_401, "headers": FORM}),
        *(413, PUBLIC | TEXT, []),
    ),
    "preference": (
        *("/preferences/text-size", {"method": "POST", "body": b"size=150&next=/", "headers": FORM}),
        *(303, PUBLIC | HTML | ENGLISH | NEVER_STORED, ["Location", "Expires", "Set-Cookie"]),
    ),
    "preference, wrong": (
        *("/preferences/text-size", {"method": "POST", "body": b"size=1", "headers": FORM}),
        *(400, PUBLIC | TEXT | ENGLISH | NEVER_STORED, ["Expires"]),
    ),
    "preference from another site": (
        *(
            "/preferences/text-size",
            {"method": "POST", "body": b"size=150", "headers": FORM | {"Origin": "https://host.example"}},
        ),
        *(403, PUBLIC | TEXT | ENGLISH | NEVER_STORED, ["Expires"]),
    ),
    "preference, wrong method": ("/preferences/text-size", {}, 405, PUBLIC | HTML | ENGLISH | {"Allow": "POST"}, []),
    "form": ("/providers/request-information", {}, 200, PUBLIC | HTML | ENGLISH | LONG | NEVER_STORED, ["Expires"]),
    "form from another site": (
        *(
            "/providers/request-information",
            {"method": "POST", "body": b"", "headers": FORM | {"Origin": "https://host.example"}},
        ),
        *(403, PUBLIC | HTML | ENGLISH | LONG | NEVER_STORED, ["Expires"]),
    ),
    "health": ("/healthz", {}, 200, PUBLIC | TEXT | ENGLISH | {"Cache-Control": "no-store"}, []),
    "robots": ("/robots.txt", {}, 200, PUBLIC | ENGLISH | {"Content-Type": "text/plain; charset=utf-8"}, ["ETag"]),
    "site map": ("/sitemap.xml", {}, 200, PUBLIC | ENGLISH | LONG | {"Content-Type": "application/xml"}, ["ETag"]),
    "site map's part": ("/sitemaps/en-1.xml", {}, 200, PUBLIC | ENGLISH | LONG | {"Content-Type": "application/xml"}, ["ETag"]),
    "feed of notices": (
        *("/es/notices/feed", {}, 200),
        *(PUBLIC | LONG | {"Content-Type": "application/atom+xml; charset=utf-8", "Content-Language": "es"}, ["ETag"]),
    ),
    "manifest": ("/site.webmanifest", {}, 200, PUBLIC | ENGLISH | {"Content-Type": "application/manifest+json"}, ["ETag"]),
    "icon": ("/favicon.ico", {}, 301, PUBLIC | HTML | ENGLISH, ["Location"]),
    "document of a series": ("/documents/current/notice-of-privacy-practices/es", {}, 302, PUBLIC | HTML, ["Location"]),
    "no document": ("/documents/1/x.pdf", {}, 404, PUBLIC | HTML | LONG, ["ETag"]),
    "sign-in": ("/admin/login/", {}, 200, ADMIN | HTML | {"Vary": "Cookie"}, ["Expires", "Set-Cookie"]),
    "admin, signed out": ("/admin/", {}, 302, ADMIN | HTML | {"Vary": "Cookie"}, ["Location", "Expires"]),
    "admin, no token": (
        "/admin/login/",
        {"method": "POST", "body": b"", "headers": FORM},
        403,
        ADMIN | HTML | {"Cache-Control": "private, no-store"},
        [],
    ),
}


def found_in(answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.lower() not in IGNORED}


def assert_headers(answer, expected: dict[str, str], present: list[str]) -> None:
    found = found_in(answer)
    assert {name: found.pop(name) for name in VARYING if name in found}.keys() == set(present)
    assert found == expected


@pytest.mark.parametrize(("address", "options", "status", "expected", "present"), ANSWERS.values(), ids=ANSWERS)
def test_headers(site, address, options, status, expected, present):
    answer = site.get(address, **options)
    assert answer.status == status
    assert_headers(answer, expected, present)


def test_static_files_are_kept_for_ever(site):
    page = site.get("/")
    stylesheet = re.search(r'href="(/static/css/site\.[0-9a-f]+\.css)"', page.text)[1]
    answer = site.get(stylesheet, {"Accept-Encoding": "br"})
    expected = PUBLIC | {
        "Content-Type": 'text/css; charset="utf-8"',
        "Content-Encoding": "br",
        "Cache-Control": "max-age=315360000, public, immutable",
        "Vary": "Accept-Encoding",
    }
    assert_headers(answer, expected, ["ETag", "Last-Modified"])
    unhashed = site.get("/static/css/site.css")
    assert (unhashed.status, unhashed.headers["Cache-Control"]) == (200, "max-age=60, public")
    assert_headers(site.get(stylesheet, method="POST", body=b""), PUBLIC | {"Allow": "GET, HEAD"}, [])


def test_a_document_runs_nothing(site):
    address = site.get("/documents/current/notice-of-privacy-practices/ar").headers["Location"]
    answer = site.get(address)
    name = address.rpartition("/")[2]
    expected = PUBLIC | {
        "Content-Type": "application/pdf",
        POLICY: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "Content-Disposition": f'inline; filename="{name}"',
    }
    assert_headers(answer, expected, ["ETag", "Last-Modified"])
    again = site.get(address, {"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_documents_have_tags_of_their_own(site):
    addresses = [f"/documents/current/notice-of-privacy-practices/{language}" for language in ("en", "ar")]
    tags = [site.get(site.get(address).headers["Location"]).headers["ETag"] for address in addresses]
    assert len(set(tags)) == 2 and '""' not in tags


def test_head_brings_the_headers_of_get_and_no_body(fresh_site):
    site = fresh_site()
    document = site.get("/documents/current/notice-of-privacy-practices/ar").headers["Location"]
    for address in ("/members", "/no-such-page", "/members/", "/robots.txt", "/admin/login/", "/static/css/site.css", document):
        whole, head = site.get(address), site.get(address, method="HEAD")
        assert (head.status, head.body) == (whole.status, b"")
        assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert site.get("/members", method="HEAD").headers["Content-Length"] == str(len(site.get("/members").body))
    assert "body bytes" not in site.log.read_text()


def test_an_unchanged_page_is_not_sent_again(site):
    first = site.get("/es/members")
    again = site.get("/es/members", {"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert_headers(
        again, {name: value for name, value in found_in(first).items() if name not in ("ETag", "Content-Type")}, ["ETag"]
    )
    other = site.get("/es/members", {"If-None-Match": first.headers["ETag"], "Cookie": "text_size=200"})
    assert other.status == 200


def test_two_visitors_get_equal_bytes(site):
    one = site.get("/members", {"Accept-Language": "ko", "User-Agent": "one", "Cookie": "sessionid=abcdefgh"})
    two = site.get("/members", {"Accept-Language": "ar", "User-Agent": "two"})
    assert one.body == two.body and found_in(one) == found_in(two)


@pytest.mark.parametrize(
    "lines",
    [{"X-Long": "x" * 9_000}, {f"X-{number}": "x" for number in range(120)}, {"Cookie": "text_size=" + "1" * 9_000}],
    ids=["long", "many", "cookie"],
)
def test_huge_headers_are_refused(site, lines):
    assert 400 <= site.get("/members", lines).status < 500


def test_under_https_everything_says_so(client, db, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    for address in ("/members", "/no-such-page", "/members/", "/robots.txt"):
        response = client.get(address, secure=True)
        assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    plain = client.get("/members?x=1")
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/members?x=1")
    assert plain.headers[POLICY] == PUBLIC[POLICY]
    foreign = client.get("/members", headers={"host": "host.example"})
    assert (foreign.status_code, foreign.headers[POLICY]) == (400, PUBLIC[POLICY])
