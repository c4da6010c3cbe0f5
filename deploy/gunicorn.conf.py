"""Gunicorn's options: the same for `make run`, the tests and production.

Threads, not an event loop: as fast here as the asynchronous servers, and the only one that reloads under load without a failed request.
"""

import os

from gunicorn.glogging import Logger

from lacare_site.page_cache import channel

wsgi_app = "lacare_site.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = 4
# A process is replaced before a slow leak could matter, and not all at the same moment; but not often, since its kept pages go with it.
max_requests = 1_000_000
max_requests_jitter = 100_000
control_socket_disable = True

# Of who visits pages on reports of misconduct no line is written, whatever log is asked for: neither of the page, nor of what its browser
# fetches for it, nor of where somebody went from there. Case and language do not matter.
UNLOGGED = "/compliance"


class LoggerWithoutReporters(Logger):
    def access(self, resp, req, environ, request_time):
        visited = f"{req.uri} {environ.get('PATH_INFO', '')} {environ.get('HTTP_REFERER', '')}"
        if UNLOGGED not in visited.lower():
            super().access(resp, req, environ, request_time)


logger_class = LoggerWithoutReporters


def child_exit(server, worker):
    """The ready pages that a process has written are those of its release: with the last one of the old release they are made anew."""
    if os.environ.get("LACARE_PAGE_FILES"):
        try:
            channel.tell(os.environ.get("DATABASE_URL", ""))
        except Exception as error:  # whatever it is: the master must go on
            server.log.warning("Ready pages may be those of an older release until the next change: %s", error)
