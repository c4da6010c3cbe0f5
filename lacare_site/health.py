"""For load balancers: is this process able to answer?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from lacare_site.security.requests import reads_only


@reads_only
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers, else 503; never cached."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database away", status=503, content_type="text/plain", headers={"Cache-Control": "no-store"})
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
