"""Staff may have a host of their own: the admin answers there alone, and what the public uses does not."""

import pytest
from django.db import transaction

from lacare_site.outbox import services as outbox

pytestmark = pytest.mark.django_db
PUBLIC, STAFF = "testserver", "desk.example.org"


@pytest.fixture
def two_hosts(settings):
    settings.STAFF_URL, settings.ALLOWED_HOSTS = f"https://{STAFF}", [PUBLIC, STAFF]


@pytest.mark.parametrize(
    ("path", "public", "staff"),
    [
        ("/admin/login/", 404, 200),
        ("/admin/compliance/", 404, 302),
        ("/", 200, 404),
        ("/compliance/report", 200, 404),
        ("/es/compliance/report/receipt", 200, 404),
        ("/healthz", 200, 200),
        ("/documents/1/x.pdf", 404, 404),
    ],
)
def test_each_host_has_its_own_part(client, two_hosts, path, public, staff):
    assert client.get(path, HTTP_HOST=PUBLIC).status_code == public
    assert client.get(path, HTTP_HOST=STAFF).status_code == staff


@pytest.mark.parametrize(("written", "asked"), [(STAFF, "Desk.Example.org"), ("Desk.Example.org", STAFF)])
def test_the_host_is_the_same_in_capitals(client, two_hosts, settings, written, asked):
    settings.STAFF_URL = f"https://{written}"
    assert client.get("/admin/login/", HTTP_HOST=asked).status_code == 200
    assert client.get("/compliance/report", HTTP_HOST=asked).status_code == 404


def test_with_one_host_all_is_there(client):
    assert client.get("/admin/login/").status_code == client.get("/compliance/report").status_code == 200


def test_mails_to_staff_lead_to_their_host(two_hosts):
    with transaction.atomic():
        mail = outbox.write("compliance_digest", "olga@example.org", {}, "en", "digest")
    assert f"https://{STAFF}/admin/" in mail.body
