"""Staff sign in with a password and a code: nothing of the admin opens before the second."""

import re
import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from lacare_site.outbox import services as outbox
from lacare_site.security.sign_in import second_step
from tests.harness import accounts
from tests.harness.build_original import ADMIN, ADMIN_PASSWORD

LOGIN, CODE, SET_UP = "/admin/login/", "/admin/login/code/", "/admin/login/set-up/"
ACCOUNT = "/admin/account/"
PASSWORD = "a long enough password"


@pytest.fixture
def client():
    """A browser of somebody who has not signed in."""
    return Client()


@pytest.fixture
def admin_client(db):
    client = accounts.StaffClient()
    client.force_login(get_user_model().objects.get(username=ADMIN))
    return client


@pytest.fixture
def newcomer(db):
    user = get_user_model().objects.create_user("nora", "nora@localhost", PASSWORD)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def give_password(client, name=ADMIN, password=ADMIN_PASSWORD, **data):
    return client.post(LOGIN, {"username": name, "password": password, **data})


def is_in(client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def messages_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def signed_in_member(group: str):
    user = get_user_model().objects.create_user("moe")
    user.groups.add(Group.objects.get(name=group))
    client = accounts.StaffClient()
    client.force_login(user)
    return client


def actions_of(user) -> list[str]:
    return [entry.action for entry in ModelLogEntry.objects.for_instance(user).order_by("timestamp")]


def enrol(client, user):
    """Sets an app up as a newcomer does; gives the recovery codes."""
    give_password(client, user.username, PASSWORD)
    typed = re.search(r'sign-in__key">([^<]+)<', client.get(SET_UP).content.decode())[1]
    answer = client.post(SET_UP, {"code": accounts.code_of_typed_key(typed)})
    return re.findall(r"<li><code>([^<]+)</code>", answer.content.decode())


def test_the_password_alone_opens_nothing(client, db):
    answer = give_password(client, next="/admin/pages/")
    assert (answer.status_code, answer.headers["Location"]) == (302, CODE)
    assert not is_in(client)
    answer = client.post(CODE, {"code": accounts.code()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/pages/")
    assert is_in(client)


def test_a_wrong_code_opens_nothing_and_is_told(client, db):
    give_password(client)
    wrong = f"{(int(accounts.code()) + 1) % 1_000_000:06}"
    for code in (wrong, "", "x" * 60, "－１", "٣٤٥", "\x00", "000 000 0", "'; --"):
        answer = client.post(CODE, {"code": code})
        assert answer.status_code == 200 and answer.context["form"].errors["code"]
        assert not is_in(client)


def test_a_code_is_good_once(client, db):
    code = accounts.code()
    give_password(client)
    client.post(CODE, {"code": f" {code[:3]} {code[3:]} "})
    assert is_in(client)
    other = Client()
    give_password(other)
    assert "This code is not valid" in messages_of(other.post(CODE, {"code": code}))
    assert not is_in(other)


def test_it_leads_back_to_no_other_site(client, db):
    give_password(client, next="https://host.example/")
    assert client.post(CODE, {"code": accounts.code()}).headers["Location"] == "/admin/"


def test_the_code_must_follow_the_password_soon(client, db, monkeypatch):
    give_password(client)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 11 * 60)
    answer = client.post(CODE, {"code": accounts.code()}, follow=True)
    assert "Please begin by signing in" in messages_of(answer)
    assert not is_in(client)


@pytest.mark.parametrize("address", [CODE, SET_UP])
def test_nobody_begins_with_the_second_step(client, db, address):
    assert client.get(address).headers["Location"] == LOGIN


@pytest.mark.parametrize("change", ["password", "is_active"])
def test_an_account_that_changes_meanwhile_waits_no_longer(client, db, change):
    give_password(client)
    user = get_user_model().objects.get(username=ADMIN)
    if change == "password":
        user.set_password("another long password")
    else:
        user.is_active = False
    user.save()
    assert client.post(CODE, {"code": accounts.code()}).headers["Location"] == LOGIN
    assert not is_in(client)


def test_a_newcomer_sets_an_app_up(client, newcomer):
    assert give_password(client, "nora", PASSWORD).headers["Location"] == SET_UP
    assert client.get(CODE).headers["Location"] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page and 'name="skip"' not in page
    assert "This is not what the app should show" in messages_of(client.post(SET_UP, {"code": "000000"}))
    client.post(SET_UP, {"skip": "1", "code": ""})
    assert "_auth_user_id" not in client.session and not is_in(client)
    codes = enrol(client, newcomer)
    assert len(set(codes)) == 10
    assert is_in(client)
    assert actions_of(newcomer)[-2:] == ["security.second_step_set_up", "security.recovery_codes"]
    # At the next sign-in it is asked for, and the code of setting up is used.
    other = Client()
    assert give_password(other, "nora", PASSWORD).headers["Location"] == CODE
    other.post(CODE, {"code": accounts.code(TOTPDevice.objects.get(user=newcomer).key)})
    assert not is_in(other)


def test_of_two_who_know_the_password_one_sets_up(newcomer):
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, "nora", PASSWORD)
    typed = re.search(r'sign-in__key">([^<]+)<', second.get(SET_UP).content.decode())[1]
    assert typed not in first.get(SET_UP).content.decode()
    enrol(first, newcomer)
    assert second.post(SET_UP, {"code": accounts.code_of_typed_key(typed)}).headers["Location"] == CODE
    assert not is_in(second) and TOTPDevice.objects.filter(user=newcomer).count() == 1
    # Nor where both ask at the same moment, so that each page still thought to be the first.
    key = second_step.new_key()
    assert second_step.set_up(newcomer, key, accounts.code(key)) is None


def test_a_recovery_code_is_good_once(newcomer):
    codes = enrol(Client(), newcomer)
    for attempt, opens in ((codes[0].upper(), True), (codes[0], False), (codes[1].replace("-", ""), True)):
        client = Client()
        give_password(client, "nora", PASSWORD)
        answer = client.post(CODE, {"code": attempt}, follow=True)
        assert is_in(client) is opens
        if opens:
            left = StaticToken.objects.filter(device__user=newcomer).count()
            assert f"you have {left} left" in messages_of(answer)
    assert actions_of(newcomer).count("security.recovery_code_used") == 2


def test_new_recovery_codes_end_the_old_and_ask_for_a_code(newcomer):
    client = Client()
    old = enrol(client, newcomer)
    page = messages_of(client.get("/admin/second-step/"))
    assert "10 recovery codes left" in page
    assert "This code is not valid" in messages_of(client.post("/admin/second-step/", {"codes": "1", "code": "000000"}))
    answer = client.post("/admin/second-step/", {"codes": "1", "code": old[0]})
    new = re.findall(r"<li><code>([^<]+)</code>", answer.content.decode())
    assert len(new) == 10 and not set(new) & set(old)
    assert second_step.check(newcomer, old[1]) is None and second_step.check(newcomer, new[0])


def test_another_app_takes_the_place_of_the_old_one_when_it_has_shown_its_code(newcomer):
    client = Client()
    codes = enrol(client, newcomer)
    old = TOTPDevice.objects.get(user=newcomer)
    assert client.post("/admin/second-step/", {"move": "1", "code": codes[0]}).headers["Location"] == SET_UP
    client.post(SET_UP, {"code": "000000"})
    assert TOTPDevice.objects.get(user=newcomer).key == old.key
    typed = re.search(r'sign-in__key">([^<]+)<', client.get(SET_UP).content.decode())[1]
    client.post(SET_UP, {"code": accounts.code_of_typed_key(typed)})
    assert TOTPDevice.objects.get(user=newcomer).key != old.key
    assert is_in(client)


def test_a_session_without_second_step_is_ended(client, newcomer):
    client.force_login(newcomer)
    answer = client.get(ACCOUNT, follow=True)
    assert "sign in again, with the second step" in messages_of(answer)
    assert not is_in(client)


def test_another_site_cannot_sign_anybody_out(admin_client):
    assert admin_client.get("/admin/logout/").status_code == 405
    assert is_in(admin_client)
    assert admin_client.post("/admin/logout/").headers["Location"] == LOGIN
    assert not is_in(admin_client)


def test_documents_for_staff_do_not_open_to_the_password_alone(client, newcomer):
    client.force_login(newcomer)
    client.get("/documents/1/x.pdf")
    assert "_auth_user_id" not in client.session


def test_the_second_step_is_skipped_only_where_the_settings_say_so(client, newcomer, settings):
    settings.SECOND_STEP_MAY_BE_SKIPPED = True
    give_password(client, "nora", PASSWORD)
    assert 'name="skip"' in client.get(SET_UP).content.decode()
    client.post(SET_UP, {"skip": "1", "code": ""})
    assert is_in(client)
    settings.SECOND_STEP_MAY_BE_SKIPPED = False
    assert not is_in(client)


def test_a_site_that_others_reach_refuses_the_switch(settings):
    settings.SECOND_STEP_MAY_BE_SKIPPED, settings.ALLOWED_HOSTS = True, ["127.0.0.1", "localhost"]
    call_command("check")
    settings.ALLOWED_HOSTS = ["127.0.0.1", "www.lacare.org"]
    with pytest.raises(SystemCheckError, match="second step"):
        call_command("check")


def test_an_administrator_resets_a_colleague(admin_client, newcomer, mailoutbox):
    colleague, administrator = Client(), admin_client
    enrol(colleague, newcomer)
    address = reverse("reset_second_step", args=[newcomer.pk])
    assert address in administrator.get("/admin/users/").content.decode()
    assert "This code is not valid" in messages_of(administrator.post(address, {"code": "000000"}))
    assert is_in(colleague)
    assert administrator.post(address, {"code": accounts.code()}).status_code == 302
    assert not is_in(colleague)
    assert give_password(colleague, "nora", PASSWORD).headers["Location"] == SET_UP
    entry = ModelLogEntry.objects.for_instance(newcomer).get(action="security.second_step_reset")
    assert entry.user.username == ADMIN
    outbox.deliver()
    [mail] = mailoutbox
    assert mail.to == ["nora@localhost"] and "reset the second step" in mail.body


def test_the_console_helps_the_last_administrator(newcomer):
    client = Client()
    enrol(client, newcomer)
    call_command("reset_second_step", "nora")
    assert not is_in(client) and not second_step.is_set_up(newcomer)
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("reset_second_step", "nobody")


@pytest.mark.parametrize("name", ["Editors", "Moderators", "Intake reviewers", "Auditors"])
def test_nobody_else_resets_a_second_step(newcomer, name):
    enrol(Client(), newcomer)
    client = signed_in_member(name)
    client.post(reverse("reset_second_step", args=[newcomer.pk]), {"code": accounts.code()})
    assert second_step.is_set_up(newcomer)


def test_who_keeps_accounts_resets_colleagues_but_not_administrators(newcomer):
    enrol(Client(), newcomer)
    Group.objects.get(name="Editors").permissions.add(Permission.objects.get(codename="change_user"))
    client = signed_in_member("Editors")
    administrator = get_user_model().objects.get(username=ADMIN)
    client.post(reverse("reset_second_step", args=[administrator.pk]), {"code": accounts.code()})
    assert second_step.is_set_up(administrator)
    client.post(reverse("reset_second_step", args=[newcomer.pk]), {"code": accounts.code()})
    assert not second_step.is_set_up(newcomer)


def test_the_log_says_who_was_given_a_role(admin_client, newcomer):
    group = Group.objects.get(name="Intake reviewers")
    newcomer.groups.add(group)
    newcomer.groups.clear()
    given, taken = ModelLogEntry.objects.for_instance(newcomer).filter(action="security.groups").order_by("pk")[1:3]
    assert (given.message, taken.message) == ("Added: Intake reviewers", "Removed: Editors, Intake reviewers")
    page = admin_client.get(reverse("wagtailusers_users:history", args=[newcomer.pk])).content.decode()
    assert "Added: Intake reviewers" in page
