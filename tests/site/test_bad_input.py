"""Nothing that anybody can send brings a fault, a cookie, or a redirect to another host."""

import re
import time
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lacare_site.intake import holder, tokens
from members.questions.paths import PATHS as QUESTION_PATHS
from tests.compliance.reporters import ANSWERS
from tests.harness import site as sites
from tests.members import grievances
from tests.members.test_copy_request import ADDRESS as COPY
from tests.members.test_copy_request import PAPER
from tests.pages.test_page_reports import SAID
from tests.providers.test_application import BASE, STEPS
from tests.providers.test_information_request import ADDRESS, FILLED

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
FUZZ_PAGES = settings(FUZZ, max_examples=60)  # each is a whole page, or a form with all its fields


def stays_here(site, address: str) -> bool:
    # As a browser reads it: backslashes are slashes, tabs and line ends are nothing.
    plain = address.replace("\\", "/").translate({9: None, 10: None, 13: None})
    return urlsplit(urljoin(site.url, plain)).netloc == urlsplit(site.url).netloc


def check(site, answer):
    assert answer.status < 500
    location = answer.headers["Location"]
    assert location is None or stays_here(site, location)
    if answer.headers.get_content_type() == "text/html":
        addresses = map(unescape, re.findall(r'(?:href|src|action)="([^"]*)"', answer.body.decode(errors="replace")))
        # Links to other sites are written out.
        assert not [found for found in addresses if not found.startswith(("http", "tel:")) and not stays_here(site, found)]


@FUZZ
@given(path=PATHS, query=QUERIES)
@example("//host.example/%2f..", "")
@example("/es/%5Chost.example", "")
@example("/%5Chost.example", "")
@example("/search", "?q=%00")
@example("/search", "?q=%F0%9F%98%80&page=-1")
@example("/news", "?page=99999999999999999999")
@example(f"{COPY}/99999999999999999999", "")
@example("/was-this-page-right/99999999999999999999", "")
def test_addresses(site, path, query):
    answer = site.get(path + query)
    check(site, answer)
    assert answer.headers["Set-Cookie"] is None or path.startswith("/admin/")


@FUZZ_PAGES
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


@pytest.mark.parametrize(
    "parameter", ["charset=hex", "charset=idna", "charset=unicode_escape", "a*=nonsense''b", "a*0*=x; a*=y", "charset=utf-8"]
)
def test_parameters_of_bodies_and_of_their_parts(site, parameter):
    found = site.get("/search?q=%5Cud800", {"Content-Type": f"text/plain; {parameter}"})
    check(site, found)
    assert found.status == 200
    headers = FORM | {"Content-Type": f"multipart/form-data; boundary=x; {parameter}"}
    for name in ('name="text"', f'name="text"; {parameter}'):
        part = f"--x\r\nContent-Disposition: form-data; {name}\r\n\r\n\\ud800\r\n--x--\r\n"
        check(site, site.get(page_report(site), headers, "POST", part.encode()))


def page_report(site) -> str:
    """The address at which somebody tells of a mistake on a page."""
    return re.search(r"/was-this-page-right/\d+", site.get("/members/id-card").text)[0]


HOSTILE = st.text(max_size=40) | st.sampled_from(
    ["\0", "a\0b", "\ud800", "a\udfffb", "\u202e", "\r\n", "x" * 100_000, "ក" * 3000, "9" * 5000, "-1", "1e999", "NaN", "\u0663"]
    + [
        "0000-00-00",
        "2025-02-30",
        "99999-01-01",
        "[]",
        "{}",
        "null",
        "true",
        "a@b",
        "=1+1",
        "<b>",
        "{{ 1 }}",
        "%s%n",
        "' OR 1=1 --",
    ]
)
# Besides its own fields: what the frame of a form's page posts, its token, and the buttons of its rows.
FRAME = [
    "form_token",
    "website",
    "text_size",
    "to_language",
    "close_notice",
    "download",
    "show",
    "version",
    "add",
    "drop",
    "later",
]


def more_fields(filled: dict):
    """Fields to be sent after those of a filled form: its own with other values, and such as it does not have."""
    names = (
        st.sampled_from([*filled, *FRAME])
        | st.text(max_size=12)
        | st.sampled_from(["\0", "\ud800", "contacts-0-name", "x" * 5000])
    )
    return st.lists(st.tuples(names, HOSTILE), min_size=1, max_size=8)


def body_of(filled: dict, more: list[tuple[str, str]]) -> bytes:
    own = [(name, value) for name, values in filled.items() for value in (values if isinstance(values, list) else [values])]
    return urlencode([*own, *more], errors="surrogatepass").encode()


def hidden(site, address: str, headers: dict, name: str) -> dict[str, str]:
    """A hidden field of a form's page as it is now."""
    return {name: re.search(f'name="{name}" value="([^"]*)"', site.get(address, headers).text)[1]}


FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def with_more_fields(forms: dict[str, dict]):
    """One of the forms, by its key, with fields to be sent after its own."""
    return st.sampled_from([*forms]).flatmap(lambda form: st.tuples(st.just(form), more_fields(forms[form])))


@FUZZ_PAGES
@given(more=more_fields(FILLED))
def test_the_request_for_information(site, more):
    filled = FILLED | hidden(site, ADDRESS, {}, "form_token")
    check(site, site.get(ADDRESS, FORM, "POST", body_of(filled, more)))


def begun(site, base: str) -> dict[str, str]:
    """The headers of somebody who has begun a form of several steps."""
    token = hidden(site, base, {}, "form_token")
    time.sleep(1.1)  # as a person does
    begun = site.get(f"{base}/start", FORM, "POST", urlencode(token).encode())
    assert begun.status == 302
    return FORM | {"Cookie": begun.headers["Set-Cookie"].partition(";")[0]}


def save(site, address: str, draft: dict[str, str], fields: dict, more: list[tuple[str, str]]) -> None:
    # With the version that is stored, so that it is stored anew and not only compared.
    filled = fields | hidden(site, address, draft, "version")
    check(site, site.get(address, draft, "POST", body_of(filled, more)))


@pytest.fixture(scope="module")
def application(site) -> dict[str, str]:
    return begun(site, BASE)


@FUZZ_PAGES
@given(step_and_more=with_more_fields(STEPS))
def test_the_steps_of_the_application(site, application, step_and_more):
    step, more = step_and_more
    save(site, f"{BASE}/draft/{step}", application, STEPS[step], more)


@pytest.fixture(scope="module")
def grievance(site) -> dict[str, str]:
    return begun(site, grievances.BASE)


@FUZZ_PAGES
@given(step_and_more=with_more_fields(grievances.STEPS))
def test_the_steps_of_the_grievance(site, grievance, step_and_more):
    step, more = step_and_more
    save(site, f"{grievances.BASE}/draft/{step}", grievance, grievances.STEPS[step], more)


# {number} is that of a page of the site.
WITH_TOKEN = {COPY: PAPER | {"wanted": "The handbook"}, f"{COPY}/{{number}}": PAPER, "/was-this-page-right/{number}": SAID}
OF_DRAFT = {f"{grievances.BASE}/review": {"is_true": "on"}, f"{grievances.BASE}/documents": {"item": "proof", "replaces": "1"}}
QUESTIONS = {
    f"{path.path}/answer": {f"q{place + 1}": "1" for place in range(len(path.questions))} for path in QUESTION_PATHS.values()
}
OF_MEMBERS = WITH_TOKEN | OF_DRAFT | QUESTIONS
TOKENS = 9  # of each form; from one address not many more are taken within an hour


@pytest.fixture(scope="module")
def opened(site) -> dict[str, tuple[str, list[dict[str, str]]]]:
    """The address of each form of members, and the tokens with which somebody opened it a while ago."""
    number = page_report(site).rpartition("/")[2]
    found = {form: (form.format(number=number), [{}]) for form in OF_MEMBERS}
    found |= {
        form: (address, [hidden(site, address, {}, "form_token") for _ in range(TOKENS)])
        for form, (address, _none) in found.items()
        if form in WITH_TOKEN
    }
    time.sleep(tokens.SHORTEST.total_seconds() + 0.1)
    return found


@pytest.fixture(scope="module")
def empty_grievance(site) -> dict[str, str]:
    """The headers of somebody who never fills in a step, so that it is never sent."""
    return begun(site, grievances.BASE)


@FUZZ_PAGES
@given(form_and_more=with_more_fields(OF_MEMBERS), place=st.integers(0, TOKENS - 1), prefix=st.sampled_from(["", "/fa"]))
@example((f"{grievances.BASE}/file/99999999999999999999", []), 0, "")
@example((f"{grievances.BASE}/status/answer/99999999999999999999", [("answer", "\0")]), 0, "")
def test_the_other_forms_of_members(site, opened, empty_grievance, form_and_more, place, prefix):
    form, more = form_and_more
    address, kept = opened.get(form, (form, [{}]))
    filled = OF_MEMBERS.get(form, {}) | kept[place % len(kept)]
    check(site, site.get(prefix + address, empty_grievance, "POST", body_of(filled, more)))


@pytest.fixture(scope="module")
def site_with_officers():
    """One whose form for reports is open."""
    running = sites.start()
    running.run("from tests.compliance.reporters import add_officers; add_officers('Olga', 'Omar')")
    assert 'name="what"' in running.get("/compliance/report").text
    yield running
    running.end()
    assert not running.faults()


CODE = {"code": "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345"}
ASKING = {
    "/compliance/report": {"step": "write", **ANSWERS},
    "/compliance/report/receipt": {"receipt": CODE["code"]},
    "/admin/login/": {"username": "admin", "password": "a guess"},
    f"{ADDRESS}/status": {"reference": "RI-2026-000001", **CODE},
    f"{BASE}/resume": CODE,
    f"{BASE}/status": {"reference": "PA-2026-000001", **CODE},
    f"{grievances.BASE}/resume": CODE,
    f"{grievances.BASE}/status": {"reference": "GRV-1234-5678", **CODE},
    f"{COPY}/status": {"reference": "CPY-1234-5678", **CODE},
}


@FUZZ_PAGES
@given(
    form_and_more=with_more_fields(ASKING),
    held=HEADER.filter(lambda text: ";" not in text),
    prefix=st.sampled_from(["", "/fa"]),
)
def test_forms_that_ask_who_somebody_is(site_with_officers, form_and_more, held, prefix):
    site, (form, more) = site_with_officers, form_and_more
    cookies = [f"{name}={held}" for name in (holder.COOKIE, f"report-{prefix[1:] or 'en'}", f"receipt-{prefix[1:] or 'en'}")]
    filled, address = ASKING[form], form
    if form == "/admin/login/":
        asked = site.get(form)
        filled = filled | {"csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="([^"]*)"', asked.text)[1]}
        cookies.append(asked.headers["Set-Cookie"].partition(";")[0])
    else:
        address = prefix + form
    headers = FORM | {"Cookie": "; ".join(cookies), "Origin": site.url}
    check(site, site.get(address, headers))
    check(site, site.get(address, headers, "POST", body_of(filled, more)))
