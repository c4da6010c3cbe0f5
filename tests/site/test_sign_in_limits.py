"""How often one may try to sign in, how long one stays signed in, and how a lost password is replaced: the same for known and unknown."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from lacare_site.outbox import services as outbox
from lacare_site.security import limits
from lacare_site.security.sign_in import sessions
from tests.harness import accounts
from tests.harness.build_original import ADMIN, ADMIN_PASSWORD

LOGIN, CODE, RESET = "/admin/login/", "/admin/login/code/", "/admin/password_reset/"
ACCOUNT = "/admin/account/"
PING = "/admin/editing-sessions/ping/pages/notice/1/1/"
HOUR = timedelta(hours=1)


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user("vera", "vera@localhost", "a long enough password")


@pytest.fixture
def clock(monkeypatch):
    """Passes time: `clock(minutes=5)`."""
    passed = timedelta(0)
    now, seconds = limits.timezone.now, sessions.time.time
    monkeypatch.setattr(limits.timezone, "now", lambda: now() + passed)
    monkeypatch.setattr(sessions.time, "time", lambda: seconds() + passed.total_seconds())

    def pass_time(**span):
        nonlocal passed
        passed += timedelta(**span)

    return pass_time


def try_password(name: str, password: str = "", address: str = "192.0.2.1"):
    return Client().post(LOGIN, {"username": name, "password": password or "wrong"}, REMOTE_ADDR=address)


def complaint(response) -> str:
    """The visible text of the page, without what differs each time."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(text))


def test_a_known_and_an_unknown_account_are_answered_alike(user):
    known, unknown = [], []
    for _ in range(12):
        known.append(complaint(try_password("vera")))
        unknown.append(complaint(try_password("nobody")))
    assert known == unknown
    assert all("password didn't match" in text for text in known[:10])
    assert re.search(r"Too many attempts. Try again in \d+ minutes?\.", known[10])


def test_the_right_password_waits_too_and_then_counts_as_new(user, clock):
    for _ in range(11):
        try_password("VERA")
    assert "Too many attempts" in complaint(try_password("vera", "a long enough password"))
    clock(minutes=15)
    assert try_password("vera", "a long enough password").status_code == 302
    for _ in range(9):
        try_password("vera")
    assert try_password("vera", "a long enough password").status_code == 302
    assert "didn't match" in complaint(try_password("vera"))


def test_one_address_tries_many_names(db, settings):
    settings.SIGN_IN_LIMITS = settings.SIGN_IN_LIMITS | {"password_address": (3, HOUR)}
    answers = [complaint(try_password(f"name{number}")) for number in range(4)]
    assert ["Too many attempts" in answer for answer in answers] == [False, False, False, True]
    assert "Too many" not in complaint(try_password("name5", address="192.0.2.2"))


def test_an_inactive_account_is_answered_as_an_unknown_one(user):
    user.is_active = False
    user.save()
    assert complaint(try_password("vera", "a long enough password")) == complaint(try_password("nobody"))


def test_codes_are_limited_by_account_whatever_the_session(db, clock):
    for _ in range(5):
        client = Client()
        client.post(LOGIN, {"username": ADMIN, "password": ADMIN_PASSWORD})
        client.post(CODE, {"code": "no"})
    client = Client()
    client.post(LOGIN, {"username": ADMIN, "password": ADMIN_PASSWORD})
    answer = client.post(CODE, {"code": accounts.code()})
    assert "Too many attempts" in complaint(answer)
    assert client.get(ACCOUNT).status_code == 302


def ask_for_reset(email: str, address: str = "192.0.2.1"):
    return Client().post(RESET, {"email": email}, follow=True, REMOTE_ADDR=address)


def test_a_lost_password_is_replaced_and_the_code_is_still_asked_for(db, mailoutbox):
    before, client = accounts.StaffClient(), Client()
    before.force_login(get_user_model().objects.get(username=ADMIN))
    assert complaint(ask_for_reset("admin@localhost")) == complaint(ask_for_reset("nobody@localhost"))
    outbox.deliver()
    [mail] = mailoutbox
    assert mail.to == ["admin@localhost"] and mail.subject.startswith("Your password")
    link = re.search(r"http://127\.0\.0\.1:8000(/admin/password_reset/confirm/\S+)", mail.body)[1]
    form = client.get(link, follow=True).request["PATH_INFO"]
    new = {"new_password1": "a new and long password", "new_password2": "a new and long password"}
    assert client.post(form, new).status_code == 302
    assert before.get(ACCOUNT).status_code == 302, "sessions under the old password have ended"
    assert client.get(ACCOUNT).status_code == 302, "nobody is signed in by setting a password"
    assert client.post(LOGIN, {"username": ADMIN, "password": "a new and long password"}).headers["Location"] == CODE
    assert "The password reset link was invalid" in complaint(Client().get(link, follow=True))


def test_mails_to_reset_are_limited_alike_for_all(db, mailoutbox):
    known = [complaint(ask_for_reset("admin@localhost")) for _ in range(4)]
    unknown = [complaint(ask_for_reset("nobody@localhost")) for _ in range(4)]
    assert known == unknown
    assert re.search(r"Too many attempts. Try again in \d+ minutes?\.", known[3])
    outbox.deliver()
    assert len(mailoutbox) == 3


def test_one_address_asks_for_many_resets(db, settings):
    settings.SIGN_IN_LIMITS = settings.SIGN_IN_LIMITS | {"reset_address": (2, HOUR)}
    answers = [complaint(ask_for_reset(f"{number}@localhost")) for number in range(3)]
    assert ["Too many attempts" in answer for answer in answers] == [False, False, True]


def test_a_session_ends_after_a_time_without_activity(admin_client, clock):
    for _ in range(3):
        clock(minutes=20)
        assert admin_client.get(ACCOUNT).status_code == 200
    clock(minutes=31)
    answer = admin_client.get(ACCOUNT, follow=True)
    assert "signed out after 30 minutes without activity" in complaint(answer)
    assert answer.redirect_chain[0][0] == f"{LOGIN}?next={ACCOUNT}"


def test_an_open_editor_alone_keeps_no_session(admin_client, clock):
    for _ in range(4):
        clock(minutes=10)
        admin_client.post(PING)
    assert admin_client.get(ACCOUNT).status_code == 302


def test_a_session_ends_after_a_day_at_work(admin_client, clock):
    for _ in range(12 * 3 - 1):
        clock(minutes=20)
        last = admin_client.get(ACCOUNT, follow=True)
    assert last.redirect_chain == []
    clock(minutes=20)
    assert "a sign-in lasts 12 hours at the most" in complaint(admin_client.get(ACCOUNT, follow=True))


def test_the_cookie_ends_with_the_browser_and_no_script_reads_it(db):
    client = Client()
    client.post(LOGIN, {"username": ADMIN, "password": ADMIN_PASSWORD})
    before = client.cookies["sessionid"].value
    client.post(CODE, {"code": accounts.code()})
    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")
