"""Error pages: in the visitor's language, in the site's frame while it works, from files when it does not."""

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.urls import path

from lacare_site import addresses, errors, languages, urls
from pages.contacts.models import ContactLine
from tests.harness import clones, postgres
from tests.harness import site as sites

SAMPLE = ["en", "es", "zh-hant", "ar"]


def raising(error):
    def view(request, *args):
        raise error

    return view


class Routes:
    """The site's routes, and some whose views fail."""

    urlpatterns = [
        path("es/breaks", raising(ZeroDivisionError())),
        path("es/away", raising(OperationalError())),
        path("es/forbidden", raising(PermissionDenied())),
        path("es/bad", raising(BadRequest())),
        *urls.urlpatterns,
    ]
    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def failing(client, db, settings, tmp_path):
    settings.ROOT_URLCONF = Routes
    settings.DATA_DIR = tmp_path
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("code", SAMPLE)
def test_not_found_in_the_frame_and_language(site, code):
    language = languages.get(code)
    answer = site.get(addresses.in_language("/no-such-page", code))
    assert (answer.status, answer.headers["Content-Language"]) == (404, language.tag)
    assert f'<html lang="{language.tag}" dir="{language.direction}"' in answer.text
    for part in ('<meta name="robots" content="noindex">', 'role="search"', '<footer class="footer', 'name="size" value="125"'):
        assert part in answer.text
    for target in ("/", "/about/contact-us"):
        assert f'href="{addresses.in_language(target, code)}"' in answer.text
    assert "canonical" not in answer.text


@pytest.mark.parametrize(("address", "status"), [("/es/forbidden", 403), ("/es/bad", 400)])
def test_refusals_in_the_frame_and_language(failing, address, status):
    response = failing.get(address)
    assert response.status_code == status
    assert '<html lang="es"' in response.text and 'role="search"' in response.text


def test_a_form_without_its_token_is_refused_in_the_frame(site):
    answer = site.get("/admin/login/", {"Content-Type": "application/x-www-form-urlencoded"}, "POST", b"username=x")
    assert answer.status == 403
    assert 'role="search"' in answer.text


@pytest.mark.parametrize(("address", "status", "retry"), [("/es/breaks", 500, None), ("/es/away", 503, "30")])
def test_faults_are_answered_from_files(failing, django_assert_num_queries, address, status, retry):
    call_command("write_error_pages")
    with django_assert_num_queries(0):
        response = failing.get(address)
    assert response.status_code == status
    assert response.text == errors.file_of(status, "es").read_text()
    assert (response.headers["Cache-Control"], response.headers.get("Retry-After")) == ("no-store", retry)


@pytest.mark.parametrize(("address", "status"), [("/es/breaks", 500), ("/es/away", 503)])
def test_without_files_a_few_words_remain(failing, address, status):
    response = failing.get(address)
    assert response.status_code == status
    assert '<html lang="es" dir="ltr">' in response.text and "<h1>" in response.text


def test_every_language_has_its_files(failing):
    call_command("write_error_pages")
    for language in languages.LANGUAGES:
        for status in errors.FILED:
            text = errors.file_of(status, language.code).read_text()
            assert f'<html lang="{language.tag}" dir="{language.direction}"' in text
            assert 'href="tel:+18888399909"' in text and 'href="tel:+18665222736"' in text
    assert len(list((settings.DATA_DIR / "error_pages").iterdir())) == 2 * len(languages.LANGUAGES)


def test_the_files_follow_the_registry(failing, django_capture_on_commit_callbacks):
    line = ContactLine.objects.get(key="medi-cal")
    with django_capture_on_commit_callbacks(execute=True):
        line.save()
    assert not errors.are_written()  # nothing to keep in step before the first start
    call_command("write_error_pages")
    line.number, line.dial = "1-888-555-0100", "+18885550100"
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        line.save()
        assert "555-0100" not in errors.file_of(503, "ko").read_text()
    assert "1-888-555-0100" in errors.file_of(503, "ko").read_text()


def test_a_database_that_is_away_is_503_and_comes_back():
    running = sites.start()
    name = f'"lacare_{running.log.stem}"'
    try:
        with postgres.connect(clones.folder() / "postgres") as connection:
            connection.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name.strip('"')])
            for address in (
                "/",
                "/ar/members",
                "/no-such-page",
                "/node/2284",
                "/search?q=nurse",
                "/sitemap.xml",
                "/admin/login/",
            ):
                answer = running.get(address)
                assert (address, answer.status, answer.headers["Retry-After"]) == (address, 503, "30")
                assert answer.headers["Content-Security-Policy"]
            assert '<html lang="ar" dir="rtl">' in running.get("/ar/members").text
            health = running.get("/healthz")
            assert (health.status, health.text) == (503, "database away")
            assert running.get("/robots.txt").status == 200
            connection.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
        assert running.get("/ar/members").status == 200
        health = running.get("/healthz")
        assert (health.status, health.text, health.headers["Cache-Control"]) == (200, "ok", "no-store")
    finally:
        running.end()
