"""Gunicorn's options: the same for `make run`, the tests and production.

Threads, not an event loop: as fast here as the asynchronous servers, and the only one that reloads under load without a failed request.
"""

import os

wsgi_app = "lacare_site.wsgi:application"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
threads = 4
# A process is replaced before a slow leak could matter, and not all at the same moment.
max_requests = 1000
max_requests_jitter = 100
control_socket_disable = True
