"""What must not grow with the number of pages: a call for each kind of view, for tests/pages/test_growth.py and `make bench`."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pages.translations.admin.publishing import publish_language
from tests.harness.accounts import StaffClient
from tests.pages.tree import page

PUBLIC = {
    "home page": "/",
    "home page in Korean": "/ko",
    "page": "/members/getting-care/urgent-care",
    "page in Arabic": "/ar/members/getting-care/urgent-care",
    "page of a plan": "/health-plans/medi-cal/renewals",
    "section's list": "/members",
    "section's list, part 2": "/members?page=2",
    "plan's list": "/health-plans/medi-cal",
    "newsroom": "/news",
    "menus and languages alone": "/search",
    "search": "/search?q=renew+medi-cal",
    "search, a word of most pages": "/search?q=care",
    "search in Spanish": "/es/search?q=tarjeta+de+miembro",
    "search in Khmer": "/km/search?q=%E1%9E%80%E1%9E%B6%E1%9E%8F",
    "search, misspelt": "/search?q=pharmaci+direktory",
    "site map's index": "/sitemap.xml",
    "site map's part": "/sitemaps/en-1.xml",
    "no page": "/no-such-page",
}


def views() -> dict[str, Callable[[], None]]:
    """A call for each kind of view."""
    visitor, staff = Client(), StaffClient()
    staff.force_login(get_user_model().objects.filter(is_superuser=True).first())
    section, a_page = page("/members"), page("/members/id-card")
    of_pages = {"page_type": "pages.SitePage"}
    admin = {
        "admin: start": (reverse("wagtailadmin_home"), {}),
        "admin: explorer": (reverse("wagtailadmin_explore", args=[section.pk]), {}),
        "admin: explorer's search": (reverse("wagtailadmin_explore", args=[section.pk]), {"q": "care"}),
        "admin: search": (reverse("wagtailadmin_pages:search"), {"q": "care"}),
        "admin: chooser": (reverse("wagtailadmin_choose_page_child", args=[section.pk]), of_pages),
        "admin: chooser's search": (reverse("wagtailadmin_choose_page_search"), of_pages | {"q": "care"}),
        "admin: page's form": (reverse("wagtailadmin_pages:edit", args=[a_page.pk]), {}),
        "admin: translations": (reverse("translations"), {}),
        "admin: translations by state": (reverse("translations"), {"state": "stale", "language": "es"}),
        "admin: reviews due": (reverse("reviews_due"), {"due_by": "2099-01-01"}),
    }
    found = {name: _get(visitor, address) for name, address in PUBLIC.items()}
    found |= {name: _get(staff, address, asked) for name, (address, asked) in admin.items()}
    return found | {"publishing a page": publish_anew}


def _get(client: Client, address: str, asked: dict | None = None) -> Callable[[], None]:
    def get() -> None:
        answer = client.get(address, asked)
        answer.getvalue()
        if answer.status_code != (404 if address == PUBLIC["no page"] else 200):
            raise RuntimeError(f"{address} answered {answer.status_code}.")

    return get


def publish_anew() -> None:
    """An editor publishes a new English text; the ledger and the search follow."""
    draft = page("/members/id-card")
    draft.lead_en = f"As of {timezone.now()}."
    publish_language(draft, "en", get_user_model().objects.filter(is_superuser=True).first())


@dataclass
class Asked:
    """How often the database was asked; how many rows it gave or changed; and how many it looked at for that (PostgreSQL alone knows)."""

    queries: int = 0
    rows: int = 0
    looked_at: int = 0


def ask(view: Callable[[], None]) -> tuple[Asked, float]:
    """What a view asks the database for, and how many seconds it takes; what it changes is taken back."""
    asked = Asked()

    def count(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        asked.queries += 1
        asked.rows += max(context["cursor"].rowcount, 0)
        return result

    with transaction.atomic():
        before = _looked_at()
        with connection.execute_wrapper(count):
            begin = time.perf_counter()
            view()
            seconds = time.perf_counter() - begin
        asked.looked_at = _looked_at() - before
        transaction.set_rollback(True)
    return asked, seconds


def _looked_at() -> int:
    """How many rows of tables this transaction has read so far."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0])
