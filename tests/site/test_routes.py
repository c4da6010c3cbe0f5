"""Every route of the site is of a known class, and behaves as its class promises (security.md, promise 4).

public  reads only: any other method is 405, and no token is asked for
form    takes POST alone, and refuses one that another site has sent
page    shows a form and takes it: never stored, no cookie, and a POST only by the browser's word that it comes from this site
staff   leads whoever has not signed in to the sign-in page
"""

import re

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

PUBLIC = {
    "current_document",
    "favicon",
    "grievance_form",
    "healthz",
    "large_print",
    "notice_feed",
    "plain_text",
    "policy_edition",
    "ppg_application",
    "robots",
    "roster_template",
    "search",
    "sitemap",
    "sitemap_part",
    "wagtail_serve",
    "wagtaildocs_serve",
    "web_manifest",
}
QUESTION_PATHS = {"questions_which_line", "questions_help_me_choose", "questions_medi_cal", "questions_pasc_seiu"}
PUBLIC |= QUESTION_PATHS
FORMS = {"set_text_size", "close_notice"}
FORM_PAGES = (
    {"copy_request", "copy_request_of_page", "copy_request_status", "page_report", "place_report"}
    | {"request_information", "information_request_status"}
    | {f"{kind}_{name}" for kind in ("application", "grievance") for name in ("resume", "status")}
)
# Below a form of several steps: they lead to the form's page, or to where its code is asked for.
PAGES_WITH_CODE = {"roster_check", "roster_row"} | {
    f"{kind}_{name}"
    for kind in ("application", "grievance")
    for name in ("code", "draft", "step", "documents", "file", "review", "receipt", "answer")
}
# Shows the form's page, or why nothing can be begun. An answer to questions leads to them where nothing was chosen.
START_PAGES = {"application_start", "grievance_start"} | {f"{name}_answer" for name in QUESTION_PATHS}
# Every POST of theirs leads to the same address, which then shows what has come of it.
REPORT_PAGES = {"report_misconduct", "report_receipt"}
# The parts of the admin that are open by design: signing in and out, and what its sign-in page needs.
OPEN_IN_ADMIN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "sign_in_code",
    "sign_in_set_up",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
# One fitting value for each kind of argument, or for one by its name: the home page's.
VALUES = {
    "<int:page_id>": "3",
    "<slug:place>": "search",
    "int": "1",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "day": "2024-02-15",
    "page_path": "/members/id-card",
}
GROUP = re.compile(r"\((?:\?P<\w+>)?[^()]*\)")


def text_of(pattern) -> str:
    """An address, or a part of one, that the pattern takes."""
    if isinstance(pattern, LocalePrefixPattern):
        return ""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda match: VALUES.get(match[0], VALUES.get(match[1], "x")), str(pattern))
    plain = GROUP.sub(lambda match: "1" if re.fullmatch(match[0], "1") else "x", str(pattern))
    return plain.lstrip("^").rstrip("$").replace("\\", "")


def routes(patterns, before="/"):
    for pattern in patterns:
        address = before + text_of(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern
        else:
            yield from routes(pattern.url_patterns, address)


ROUTES = list(routes(get_resolver().url_patterns))
OUTSIDE = {pattern.name: (address, pattern.callback) for address, pattern in ROUTES if not address.startswith("/admin/")}


def test_every_route_outside_the_admin_has_a_class():
    assert OUTSIDE.keys() == PUBLIC | FORMS | FORM_PAGES | PAGES_WITH_CODE | START_PAGES | REPORT_PAGES
    assert len(OUTSIDE) == len([address for address, _ in ROUTES if not address.startswith("/admin/")])


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_routes_only_read(site, name):
    address, view = OUTSIDE[name]
    assert view.reads_only
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = site.get(address, method=method, body=b"")
        assert (answer.status, answer.headers["Set-Cookie"]) == (405, None)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_forms_refuse_other_sites(site, name):
    address, _ = OUTSIDE[name]
    body = b"size=150&notice=1.1&next=/"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert site.get(address, headers, "POST", body).status == 303
    for foreign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://host.example"}):
        answer = site.get(address, headers | foreign, "POST", body)
        assert (answer.status, answer.headers["Set-Cookie"]) == (403, None)
    assert site.get(address).status == 405


@pytest.mark.parametrize("name", sorted(FORM_PAGES | PAGES_WITH_CODE | START_PAGES | REPORT_PAGES))
def test_pages_of_forms_are_never_stored_and_believe_the_browser_alone(site, name):
    address, view = OUTSIDE[name]
    assert view.is_form_page
    status, status_of_post = (
        302 if name in PAGES_WITH_CODE | START_PAGES else 200,
        200 if name in FORM_PAGES | START_PAGES else 302,
    )
    shown = site.get(address)
    assert (shown.status, shown.headers["Set-Cookie"]) == (status, None)
    assert "no-store" in shown.headers["Cache-Control"]
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    own = {"Origin": site.url}
    assert site.get(address, headers | own, "POST", b"x=1").status == status_of_post
    for foreign in (
        {},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://host.example"},
        {"Origin": "null"},
    ):
        answer = site.get(address, headers | foreign, "POST", b"x=1")
        assert (answer.status, answer.headers["Set-Cookie"]) == (403, None)
    assert site.get(address, own, "DELETE").status == 405


def test_staff_routes_ask_for_a_sign_in(client, db):
    admin = [(address, pattern.name) for address, pattern in ROUTES if address.startswith("/admin/")]
    assert len(admin) > 100
    open_to_all = set()
    for address, name in admin:
        response = client.get(address)
        if response.status_code != 302 or not response.headers["Location"].startswith("/admin/login/?next="):
            open_to_all.add(name)
    assert open_to_all <= OPEN_IN_ADMIN
    assert set(client.cookies) <= {"csrftoken", "messages"}


def test_staff_routes_change_nothing_for_another_site(admin_client):
    """Django's CSRF check stands before every view of the admin, also for somebody who has signed in."""
    admin_client.handler.enforce_csrf_checks = True
    for address, pattern in ROUTES:
        if address.startswith("/admin/") and getattr(pattern.callback, "csrf_exempt", False):
            # Wagtail's own interface for its page explorer, which only reads, and views that check the token once they read the body.
            assert admin_client.post(address).status_code in (403, 405)
    for address in ("/admin/pages/1/edit/", "/admin/logout/", "/admin/snippets/pages/notice/add/"):
        assert admin_client.post(address).status_code == 403
