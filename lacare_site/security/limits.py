"""How often one address, one account or everybody together may do a thing.

Counted in the database, in windows of fixed length, so that all processes count together. What stands there is an HMAC under a key
that changes daily: nobody can tell from the table who came. Call these before your transaction begins: a count that is rolled back
does not count.
"""

import ipaddress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import LimitWindow

LONGEST = timedelta(days=1)
EVERYBODY = ""
COUNT = """
    INSERT INTO {table} (key, hits, ends_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET hits = {table}.hits + excluded.hits
    RETURNING hits
"""


def hit(scope: str, who: str, most: int, per: timedelta, count: int = 1) -> bool:
    """Counts one more, or `count`. True while there were at most `most` in this window of length `per` (a day or shorter).

    `scope` names what is done, such as "application.start"; `who` does it: `address_of(request)`, or the name of an account.
    """
    key, ends_at = _window(scope, who, per)
    with connection.cursor() as cursor:
        values = [key, count, connection.ops.adapt_datetimefield_value(ends_at)]
        cursor.execute(COUNT.format(table=connection.ops.quote_name(LimitWindow._meta.db_table)), values)
        return cursor.fetchone()[0] <= most


def global_hit(scope: str, most: int, per: timedelta, count: int = 1) -> bool:
    """As `hit`, for everybody together."""
    return hit(scope, EVERYBODY, most, per, count)


def wait(scope: str, who: str, most: int, per: timedelta) -> timedelta:
    """How long until the next `hit` is true again; zero where it is now. Counts nothing."""
    key, ends_at = _window(scope, who, per)
    is_full = LimitWindow.objects.filter(key=key, hits__gte=most).exists()
    return max(ends_at - timezone.now(), timedelta(seconds=1)) if is_full else timedelta(0)


def forget(scope: str, who: str, per: timedelta) -> None:
    """Begins the present window anew, as after a sign-in that succeeded."""
    LimitWindow.objects.filter(key=_window(scope, who, per)[0]).delete()


def sweep() -> int:
    """Takes away what has ended; gives the number of rows. For the worker's housekeeping."""
    return LimitWindow.objects.filter(ends_at__lt=timezone.now()).delete()[0]


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the 64-bit network of an IPv6 one. Never to be stored or logged.

    Each web server in front of the application (settings.PROXIES of them) adds the address that it was asked from at the end of
    X-Forwarded-For; what stands before these is the visitor's own claim.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    known = settings.PROXIES and len(forwarded) >= settings.PROXIES
    text = forwarded[-settings.PROXIES] if known else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))


def _window(scope: str, who: str, per: timedelta) -> tuple[str, datetime]:
    """The key of the present window, and its end."""
    if not timedelta(0) < per <= LONGEST:
        raise ValueError("A window is at most a day long: the key changes daily.")
    seconds = per.total_seconds()
    number = int(timezone.now().timestamp() // seconds)
    starts_at = datetime.fromtimestamp(number * seconds, UTC)
    # The day of the start, so that a window does not begin anew at midnight.
    secret = f"lacare_site.security.limits {starts_at.date()}"
    key = salted_hmac(secret, "\0".join([scope, who, str(seconds), str(number)]), algorithm="sha256").hexdigest()
    return key, starts_at + per
