"""Where a web process dies in a drill: at the worst moments, which a kill from outside would hardly ever meet."""

import os
import signal

from django.db import connection

HEADER = "Drill-Dies"
BEFORE_COMMIT, AFTER_COMMIT = "before-commit", "after-commit"


class Failpoints:
    """Outermost of all. A request that names a point kills the process that works on it there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        point = request.headers.get(HEADER)
        if point == BEFORE_COMMIT:
            with connection.execute_wrapper(_die_amid_the_rows):
                return self.get_response(request)
        response = self.get_response(request)
        if point == AFTER_COMMIT:
            _die()
        return response


def _die_amid_the_rows(execute, sql, params, many, context):
    """The case and a mail of it are written, or the report and a file of it, and nothing is committed."""
    result = execute(sql, params, many, context)
    if sql.startswith(('INSERT INTO "outbox_message"', 'INSERT INTO "compliance_sealedfile"')):
        _die()
    return result


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
