"""Signing in as people do it: setting an app up, codes, a recovery code, a lost password, and waiting after too many attempts."""

import re

import pytest
from playwright.sync_api import expect

from tests.harness.accounts import code_of_typed_key
from tests.harness.axe import assert_accessible

NEWCOMER, PASSWORD, NEW_PASSWORD = "nora", "a long enough password", "another long enough password"
ADD = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
user = get_user_model().objects.create_user("{NEWCOMER}", "nora@example.com", "{PASSWORD}")
user.groups.add(Group.objects.get(name="Editors"))
"""
LAST_MAIL = "SELECT body FROM outbox_message ORDER BY created_at DESC LIMIT 1"


@pytest.fixture
def site(fresh_site):
    site = fresh_site()
    site.run(ADD)
    return site


def give_password(page, password=PASSWORD):
    page.goto("/admin/login/")
    page.fill("input[name=username]", NEWCOMER)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()


def give_code(page, code):
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page):
    page.context.clear_cookies()


def test_from_the_first_sign_in_to_a_lost_password(open_page, site):
    page = open_page(on=site, width=320)
    give_password(page)
    expect(page.get_by_role("heading", name="Set up your second step")).to_be_visible()
    qr_code = page.get_by_alt_text("QR code")
    assert qr_code.evaluate("image => image.complete && image.naturalWidth") > 100
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(page)
    typed = page.locator(".sign-in__key").inner_text()
    page.get_by_label("digits that the app shows").fill("000000")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("This is not what the app should show now")).to_be_visible()
    assert page.locator(".sign-in__key").inner_text() == typed, "the app that was just set up goes on working"
    page.get_by_label("digits that the app shows").fill(code_of_typed_key(typed))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator(".sign-in__codes li")).to_have_count(10)
    codes = page.locator(".sign-in__codes li").all_inner_texts()
    assert_accessible(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile("/admin/$"))

    sign_out(page)
    site.forget_codes()
    give_password(page)
    expect(page.get_by_label("Code from your app")).to_be_focused()
    assert_accessible(page)
    give_code(page, "123")
    expect(page.get_by_text("This code is not valid")).to_be_visible()
    assert_accessible(page)
    give_code(page, code_of_typed_key(typed))
    expect(page).to_have_url(re.compile("/admin/$"))

    sign_out(page)
    give_password(page)
    give_code(page, codes[3])
    expect(page.get_by_text("That recovery code is used up; you have 9 left.")).to_be_visible()
    page.goto("/admin/second-step/")
    assert_accessible(page)
    page.get_by_label("Code from your app").fill(codes[4])
    page.get_by_role("button", name="Make new recovery codes").click()
    expect(page.locator(".sign-in__codes li")).to_have_count(10)

    sign_out(page)
    page.goto("/admin/login/")
    page.get_by_role("link", name="Forgotten password?").click()
    page.fill("input[name=email]", "Nora@example.com")
    page.get_by_role("button", name="Reset password").click()
    expect(page.get_by_text("if an account exists for this address")).to_be_visible()
    ((mail,),) = site.sql(LAST_MAIL)
    page.goto(re.search(r"/admin/password_reset/confirm/\S+", mail)[0])
    for name in ("new_password1", "new_password2"):
        page.fill(f"input[name={name}]", NEW_PASSWORD)
    page.get_by_role("button", name="Reset password").click()
    page.get_by_role("link", name="Login").click()
    give_password(page, NEW_PASSWORD)
    expect(page.get_by_label("Code from your app")).to_be_visible()


@pytest.mark.audit
def test_too_many_attempts(open_page, site):
    page = open_page(on=site)
    for _ in range(11):
        give_password(page, "wrong")
    expect(page.get_by_text(re.compile(r"Too many attempts\. Try again in \d+ minutes?\."))).to_be_visible()
    assert_accessible(page)
    give_password(page)
    expect(page.get_by_text("Too many attempts")).to_be_visible()


@pytest.mark.audit
def test_without_script(open_page, site):
    page = open_page(on=site, javascript=False)
    give_password(page)
    page.get_by_label("digits that the app shows").fill(code_of_typed_key(page.locator(".sign-in__key").inner_text()))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("They are shown this once")).to_be_visible()
