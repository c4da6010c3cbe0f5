"""Nothing that anybody can send brings a fault, a cookie, or a redirect to another host."""

from urllib.parse import quote, urljoin, urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        "/",
        "//",
        "\\",
        "..",
        "%2e%2e",
        "%00",
        "%FF",
        "%ED%A0%80",
        "%0D%0A",
        "en",
        "ES",
        "zh-hant",
        "host.example",
        "members",
        "admin",
        "documents",
    ]
    + [
        "static",
        "preferences",
        "search",
        "sitemaps",
        "en-1.xml",
        "privacy",
        "editions",
        "2024-02-15",
        ":",
        "@",
        "%",
        "[",
        "]",
        "javascript:",
        "\xe9",
    ]
)
# What may stand in a request line or a header: any byte but controls, and no space in the line.
VISIBLE = st.characters(codec="latin-1", exclude_categories=["Cc", "Zs"], exclude_characters="\xad")
PATHS = st.lists(PIECES | st.text(VISIBLE, max_size=5), max_size=8).map(lambda parts: "/" + "".join(parts))
QUERIES = st.one_of(
    st.just(""),
    st.text(VISIBLE, max_size=30).map("?".__add__),
    st.tuples(st.sampled_from(["q", "page", "next", "lang"]), st.text(max_size=20)).map(
        lambda pair: f"?{pair[0]}={quote(pair[1])}"
    ),
)
HEADER = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60)
COOKIES = st.one_of(
    HEADER,
    HEADER.map("text_size={}".format),
    HEADER.map("closed_notices={}".format),
    st.sampled_from(
        [
            "text_size=150",
            "text_size=99999999999",
            "closed_notices=1.1-2.2",
            "closed_notices=" + "1.1-" * 900,
            "sessionid=x; csrftoken=\xff",
        ]
    ),
)
NEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["//host.example", "/\\host.example", "\\\\host.example", "https://host.example/", "/\t/host.example", "///host.example"]
        + [
            "javascript:alert(1)",
            "http:/host.example",
            "/%0d%0aX:y",
            "/\r\nX: y",
            "//[",
            "/x" * 9000,
            "/members?x=1",
            "",
            " //host.example",
        ]
    ),
)
FUZZ = settings(deadline=None, max_examples=150)


def check(site, answer):
    assert answer.status < 500
    location = answer.headers["Location"]
    if location is not None:
        # As a browser reads it: backslashes are slashes, tabs and line ends are nothing.
        plain = location.replace("\\", "/").translate({9: None, 10: None, 13: None})
        assert urlsplit(urljoin(site.url, plain)).netloc == urlsplit(site.url).netloc


@FUZZ
@given(path=PATHS, query=QUERIES)
@example("//host.example/%2f..", "")
@example("/search", "?q=%00")
@example("/search", "?q=%F0%9F%98%80&page=-1")
@example("/news", "?page=99999999999999999999")
def test_addresses(site, path, query):
    answer = site.get(path + query)
    check(site, answer)
    assert answer.headers["Set-Cookie"] is None or path.startswith("/admin/")


@FUZZ
@given(cookie=COOKIES, languages=HEADER, path=st.sampled_from(["/", "/es", "/members", "/no-such-page", "/search?q=nurse"]))
def test_headers(site, cookie, languages, path):
    answer = site.get(path, {"Cookie": cookie, "Accept-Language": languages})
    check(site, answer)
    assert answer.headers["Set-Cookie"] is None


@FUZZ
@given(
    target=st.sampled_from([("/preferences/text-size", "size"), ("/preferences/close-notice", "notice")]),
    value=st.text(max_size=12) | st.sampled_from(["150", "1.1", "\u0661.\u0661", "\u0661\u0665\u0660", "1.1\n", "-1.1"]),
    back=NEXT,
    cookie=COOKIES,
    origin=st.none() | HEADER | st.sampled_from(["null", "http://[", "https://host.example"]),
)
def test_preferences(site, target, value, back, cookie, origin):
    address, name = target
    body = f"{name}={quote(value)}&next={quote(back)}".encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    answer = site.get(address, headers | ({} if origin is None else {"Origin": origin}), "POST", body)
    check(site, answer)
    assert answer.status in (303, 400, 403)


@FUZZ
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        ["multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-7"]
        + ["application/x-www-form-urlencoded; charset=nonsense", "application/json", "", "text/plain"]
    ),
)
def test_bodies(site, body, kind):
    check(site, site.get("/preferences/text-size", {"Content-Type": kind}, "POST", body))
