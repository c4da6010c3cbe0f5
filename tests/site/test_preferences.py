"""What a visitor chooses: the cookies that keep it, the way back, and who may choose."""

from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
YEAR = 365 * 24 * 60 * 60


def post(site, address, headers=None, **fields):
    return site.get(address, FORM | (headers or {}), "POST", urlencode(fields).encode())


def attributes(answer) -> dict[str, str]:
    """The attributes of the one cookie that an answer sets, without what moves with the clock."""
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    found = {name: value for name, value in cookie.items() if value and name != "expires"}
    return {"name": cookie.key, "value": cookie.value, **found}


@pytest.mark.parametrize("size", ["125", "150", "200"])
def test_a_text_size_is_kept_for_a_year(site, size):
    answer = post(site, "/preferences/text-size", size=size, next="/es/members?x=1")
    assert (answer.status, answer.headers["Location"]) == (303, "/es/members?x=1")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert attributes(answer) == {
        **{"name": "text_size", "value": size, "path": "/", "max-age": str(YEAR), "samesite": "Lax", "httponly": True}
    }
    page = site.get("/es/members", {"Cookie": f"text_size={size}"})
    assert f'class="text-{size}"' in page.text


def test_the_normal_size_leaves_no_cookie(site):
    answer = post(site, "/preferences/text-size", {"Cookie": "text_size=150"}, size="100", next="/")
    assert attributes(answer) == {"name": "text_size", "value": "", "path": "/", "max-age": "0", "samesite": "Lax"}


def test_closed_notices_are_kept_and_bounded(site):
    closed = "-".join(f"{number}.1" for number in range(1, 21))
    answer = post(site, "/preferences/close-notice", {"Cookie": f"closed_notices={closed}"}, notice="21.3", next="/")
    cookie = attributes(answer)
    kept = cookie.pop("value").split("-")
    assert (len(kept), kept[0], kept[-1]) == (20, "2.1", "21.3")
    assert cookie == {"name": "closed_notices", "path": "/", "max-age": str(YEAR), "samesite": "Lax", "httponly": True}


def test_cookies_are_secure_under_https(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    settings.SECURE_SSL_REDIRECT = False
    for address, fields in (("/preferences/text-size", {"size": "150"}), ("/preferences/close-notice", {"notice": "1.1"})):
        response = client.post(address, fields, secure=True)
        assert [cookie["secure"] for cookie in response.cookies.values()] == [True]


@pytest.mark.parametrize(
    "elsewhere",
    ["//host.example", "/\\host.example", "\\\\host.example", "https://host.example/", "///host.example", "/\t/host.example"]
    + ["http:host.example", "javascript:alert(1)", "members", "", " /members", "//[", "/x" * 2000],
)
def test_the_way_back_leads_nowhere_else(site, elsewhere):
    for address, fields in (("/preferences/text-size", {"size": "150"}), ("/preferences/close-notice", {"notice": "1.1"})):
        answer = post(site, address, next=elsewhere, **fields)
        assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    ("came_from", "home"),
    [("SITE/es/members", "/es"), ("SITE/zh-hant", "/zh-hant"), ("SITE/members", "/"), ("SITE", "/"), ("", "/"), ("//[", "/")],
)
def test_without_a_way_back_home_is_in_the_language_of_the_page(site, came_from, home):
    headers = {"Referer": came_from.replace("SITE", site.url)}
    answer = post(site, "/preferences/text-size", headers, size="150", next="//host.example")
    assert answer.headers["Location"] == home


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),  # an old browser says neither
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://host.example"}, 303),  # the browser's word on the site counts
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "OWN"}, 303),
        ({"Origin": "OWN."}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://host.example"}, 403),
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://["}, 403),
    ],
)
def test_another_site_changes_nothing(site, headers, status):
    headers = {name: value.replace("OWN", site.url) for name, value in headers.items()}
    for address, fields in (("/preferences/text-size", {"size": "150"}), ("/preferences/close-notice", {"notice": "1.1"})):
        answer = post(site, address, headers, next="/members", **fields)
        assert (answer.status, bool(answer.headers["Set-Cookie"])) == (status, status == 303)


@pytest.mark.parametrize("value", ["", "99", "150.0", "\u0661\u0665\u0660", "x" * 5000])
def test_an_unknown_size_is_refused(site, value):
    assert post(site, "/preferences/text-size", size=value).status == 400


@pytest.mark.parametrize("value", ["", "1", "1.1-2.1", "\u0661.\u0661", "1.1;x", "1" * 20 + ".1"])
def test_what_is_no_notice_is_refused(site, value):
    assert post(site, "/preferences/close-notice", notice=value).status == 400


@pytest.mark.parametrize("address", ["/preferences/text-size", "/preferences/close-notice"])
def test_they_only_take_posts(site, address):
    answer = site.get(address)
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
