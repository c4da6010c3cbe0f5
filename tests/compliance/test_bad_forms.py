"""Every field of the forms of reporters and officers, with whatever anybody may send: never a fault, and nothing that was typed beside it is lost."""

import re
import time
from html import unescape

import pytest
from django.test.client import BOUNDARY, MULTIPART_CONTENT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.compliance.officers import PASSPHRASE
from tests.compliance.reporters import ADDRESS, ANSWERS, RECEIPT_ADDRESS
from tests.compliance.test_desk_traces import SET_UP, Officer
from tests.harness import site as sites
from tests.site.test_bad_input import FORM, FUZZ, HOSTILE, body_of, check, hidden, stays_here

FUZZED = settings(FUZZ, max_examples=10)  # two or three pages each
DESK = "/admin/compliance/"
PLACE = ANSWERS["where"]  # the answer that is left alone
# Of all forms of reporters; what leaves the page, or shows it otherwise, is in tests of its own.
OF_REPORTERS = [*(name for name in ANSWERS if name != "where"), "name", "contact", "officers", "files", "remove", "original"]
OF_REPORTERS += ["form_token", "website", "receipt", "last_group", "download", "mark"]
OF_OFFICERS = ["outcome", "corrective_action", "to", "passphrase", "new", "again", "password", "next", "compared", "q", "page"]
ACTIONS = ["answer", "note", "begin", "decide", "close", "reopen", "hold", "release", "assign", "recuse", "nonsense", "share:1"]
FILTERS = "state category assigned due waiting year page export q next".split()
NUMBERS = st.sampled_from(["0", "-1", "9" * 30, "\u0663", "1:1", "\0"])


def fields(names: list[str]):
    """Some of these, and such as no form has, to be sent after those of a filled form."""
    odd = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(["\0", "x" * 5000])
    return st.lists(st.tuples(st.sampled_from(names) | odd, HOSTILE | NUMBERS), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def live():
    """A running site and an officer at its desk, with a key unlocked; there is a report."""
    running = sites.start()
    reference, file, session = running.run(SET_UP).split()
    hana = Officer(running, session)
    assert hana.send(f"{DESK}unlock/", {"passphrase": PASSPHRASE}).status == 302
    yield running, hana, f"{DESK}reports/{reference}/", f"{DESK}files/{file}/"
    running.end()
    assert not running.faults()


class Reporter:
    """Somebody in the middle of a form: their cookie, and the page as it is now."""

    def __init__(self, site, address: str, values: dict):
        self.site, self.address = site, address
        answer = site.get(address, FORM, "POST", body_of(values, []))
        self.headers = FORM | {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}

    def page(self) -> str:
        answer = self.site.get(self.address, self.headers)
        check(self.site, answer)
        assert answer.status == 200
        return unescape(answer.text)

    def send(self, values: dict, more: list[tuple[str, str]], kind: dict | None = None, body: bytes | None = None):
        """Sends the form; gives the answer."""
        answer = self.site.get(self.address, self.headers | (kind or {}), "POST", body or body_of(values, more))
        check(self.site, answer)
        return answer


@pytest.fixture(scope="module")
def writer(live):
    """Who has begun a report, long enough ago to be a person."""
    site, *_ = live
    token = hidden(site, ADDRESS, {}, "form_token")
    time.sleep(3.1)  # as a person does
    begun = Reporter(site, ADDRESS, {"step": "write", **ANSWERS, **token})
    begun.filled = {"step": "write", **ANSWERS, **token}
    assert PLACE in begun.page()
    return begun


@FUZZED
@given(more=fields(OF_REPORTERS))
def test_a_report_is_written(writer, more):
    assert writer.send(writer.filled, more).status == 302
    assert PLACE in writer.page()


@FUZZED
@given(step=st.sampled_from(["review", "sent", "ask", "thread", "", "\0"]), more=fields(OF_REPORTERS))
def test_a_report_at_another_step_than_its_page_says(writer, step, more):
    writer.send(writer.filled, [])
    assert writer.send({"step": step}, more).status in (302, 413)
    assert PLACE in writer.page()


@FUZZED
@given(name=HOSTILE.filter(lambda name: '"' not in name), content=st.binary(max_size=100))
@example("a.pdf", b"%PDF-" + b"[" * 20_000)
@example("../../a.docx", b"PK\3\4")
def test_files_are_added(writer, name, content):
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in writer.filled.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode(errors="surrogatepass") + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    answer = writer.send({}, [], {"Content-Type": MULTIPART_CONTENT}, body)
    assert answer.status in (302, 400)
    assert PLACE in writer.page()


@pytest.fixture(scope="module")
def sent(live):
    """Who has sent a report, and sees its receipt."""
    site, *_ = live
    token = hidden(site, ADDRESS, {}, "form_token")
    time.sleep(3.1)
    found = Reporter(site, ADDRESS, {"step": "write", **ANSWERS, **token})
    assert found.send({"step": "review", "send": "1"}, []).status == 302
    found.receipt = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", found.page())[0]
    return found


@FUZZED
@given(last=HOSTILE, more=fields([name for name in OF_REPORTERS if name != "download"]))
def test_the_receipt_stays_whatever_is_typed_for_its_last_group(sent, last, more):
    sent.send({"step": "sent", "last_group": last}, more)
    assert sent.receipt in sent.page()


@pytest.fixture(scope="module")
def reader(sent):
    """Who has come back to the report with its receipt."""
    found = Reporter(sent.site, RECEIPT_ADDRESS, {"receipt": sent.receipt})
    found.count = 0
    assert PLACE in found.page()
    return found


@FUZZED
@given(text=HOSTILE, step=st.sampled_from(["review", "thread", "write", ""]), more=fields([*OF_REPORTERS, "step", "send"]))
def test_a_message_is_written(reader, text, step, more):
    reader.count += 1
    turn = re.search(r'name="turn" value="(\w+)"', reader.page())[1]
    message = f"Message {reader.count}."
    # Each is taken back to the thread, so that what is typed counts, and not what waits for a second look.
    answer = reader.send(
        {"turn": turn, "text": f"{message} {text}", "step": step}, [each for each in more if each[0] != "download"]
    )
    assert answer.status in (302, 413)
    shown = reader.page()
    assert PLACE in shown or "This has not been sent yet" in shown or "This may tell" in shown
    assert answer.status == 413 or step == "review" or message in shown


@FUZZED
@given(action=st.sampled_from(ACTIONS) | HOSTILE, text=HOSTILE, more=fields(OF_OFFICERS), is_now=st.booleans())
def test_an_officer_works_on_a_report(live, action, text, more, is_now):
    _site, hana, report, _file = live
    typed = f"Officer's words. {text}"
    values = {"action": action, "text": typed} | ({} if is_now else {"seen": "0"})
    more = [(name, value) for name, value in more if name != "to" or not value.strip().isdigit()]  # that may well be an officer's
    answer = send(hana, report, values, more)
    assert answer.status in (302, 409)
    if answer.status == 409 and action in ("answer", "note", "hold", "release", "decide"):
        assert "Officer's words." in unescape(answer.text) or action in ("hold", "release", "decide")
    assert hana.ask(report).status == 200


@FUZZED
@given(
    place=st.sampled_from(["unlock/", "keys/", "keys/new/", "keys/passphrase/", "keys/fresh/", "keys/lost/", "export/"]),
    action=st.sampled_from(["share", "retire", "renew"]) | HOSTILE,
    number=NUMBERS | HOSTILE,
    more=fields([*OF_OFFICERS, "text", "action"]),
)
def test_an_officer_sends_any_form_of_keys(live, place, action, number, more):
    _site, hana, report, _file = live
    address = f"{report}{place}" if place == "export/" else f"{DESK}{place}"
    values = {"action": f"{action}:{number}", "passphrase": "not this one", "new": "short", "again": "short", "password": "no"}
    assert send(hana, address, values, more).status in (
        200,
        302,
        400,
        403,
        404,
        409,
    )  # 403: a form that is not shown has no token
    assert hana.ask(f"{DESK}keys/").status == 200


@FUZZED
@given(asked=st.lists(st.tuples(st.sampled_from(FILTERS), HOSTILE.filter(lambda text: len(text) < 1000)), max_size=5))
def test_an_officer_looks_for_reports(live, asked):
    _site, hana, report, _file = live
    query = body_of({}, asked).decode()
    for address in (DESK, f"{DESK}statistics/", f"{DESK}unlock/", report):
        assert hana.ask(f"{address}?{query}").status == 200


def send(hana: Officer, address: str, values: dict, more: list[tuple[str, str]]):
    """As `Officer.send`, with fields that come after those of the form."""
    shown = hana.ask(address).text
    found = {name: re.search(f'name="{name}" value="([^"]*)"', shown) for name in ("csrfmiddlewaretoken", "seen")}
    own = {name: match[1] for name, match in found.items() if match}
    headers = hana.headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in hana.cookies.items())}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    more = [each for each in more if each[0] not in ("seen", "csrfmiddlewaretoken")]
    answer = hana.site.get(address, headers | kind, "POST", body_of(own | values, more))
    location = answer.headers["Location"]
    assert location is None or stays_here(hana.site, location)
    return answer
