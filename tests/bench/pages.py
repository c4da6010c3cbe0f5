"""Requests per second: ready pages from nginx and from the web server, pages made anew, beside the same bytes as plain files of an nginx of
its own, beside Django's own cache of whole pages, and beside a view that does nothing.
"""

import contextlib
import gzip
from collections.abc import Iterator
from statistics import median
from string import Template

from lacare_site.management import processes
from tests.bench.load import VISITOR_COOKIE, client, requests_per_second
from tests.harness import clones, nginx
from tests.harness import site as sites
from tests.harness.production import Production

ROUNDS = 5
HOME, PLAN = "/", "/health-plans/medi-cal"
# A question that the site does not know passes the kept pages by.
ANEW = "?unknown"
PLAIN = Template("""
pid $folder/nginx.pid;
error_log $folder/error.log;
worker_processes auto;
events { worker_connections 8192; }
http {
    access_log off;
    types { text/html html; }
    client_body_temp_path $folder;
    server { listen 127.0.0.1:$port; root $folder; gzip_static on; }
}
""")
COUNT = """
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
for path in {paths}:
    Client().get(path)
    with CaptureQueriesContext(connection) as asked:
        Client().get(path)
    print(len(asked))
"""


def show(plant: Production) -> str:
    """The table."""
    pages = {path: plant.site.get(path).body for path in (HOME, PLAN)}
    with plain_files(pages) as plain, contextlib.ExitStack() as ending:
        own, constant, cached = (
            ending.enter_context(one_process(*server))
            for server in (
                ("own", [], plant.environment),
                ("constant", ["tests.bench.constant:application"], {}),
                (
                    "per-site-cache",
                    ["tests.bench.per_site_cache:application"],
                    plant.environment | {"DJANGO_SETTINGS_MODULE": "tests.bench.per_site_cache"},
                ),
            )
        )
        sites.awaited(own)
        sites.awaited(cached)
        front = plant.site.port
        targets = {
            "nginx: home's bytes as a plain file": (plain, HOME, VISITOR_COOKIE),
            "nginx: plan overview's bytes so": (plain, f"{PLAN}/", VISITOR_COOKIE),
            "nginx: ready page, home": (front, HOME, VISITOR_COOKIE),
            "nginx: ready page, plan overview": (front, PLAN, VISITOR_COOKIE),
            "nginx: visitors with larger text": (front, HOME, "text_size=150"),
            "nginx: visitors who closed a notice": (front, HOME, f"closed_notices={closable(plant)}"),
            "web server: kept page": (own.port, HOME, VISITOR_COOKIE),
            "web server: Django's per-site cache": (cached.port, HOME, VISITOR_COOKIE),
            "web server: a view that does nothing": (constant.port, HOME, VISITOR_COOKIE),
            "web server: home made anew": (own.port, HOME + ANEW, ""),
            "web server: plan overview made anew": (own.port, PLAN + ANEW, ""),
            "web server: search": (own.port, "/search?q=nurse+line", ""),
        }
        figures: dict[str, list[float]] = {name: [] for name in targets}
        for target in targets.values():
            requests_per_second(*target, seconds=1)  # to warm up
        for number in range(ROUNDS):
            print(f"Pages: round {number + 1} of {ROUNDS}", flush=True)
            for name, target in targets.items():
                figures[name].append(requests_per_second(*target))
    base = median(figures["nginx: home's bytes as a plain file"])
    bases = {"nginx: ready page, plan overview": median(figures["nginx: plan overview's bytes so"])}
    django = median(figures["web server: Django's per-site cache"])
    lines = [f"{'':38} {'requests/s':>10} {'of files':>9} {'of Django cache':>16}"]
    for name, values in figures.items():
        lines.append(
            f"{name:38} {median(values):10.0f} {median(values) / bases.get(name, base):9.1%} {median(values) / django:15.2f}x"
        )
    home, plan = plant.site.run(COUNT.format(paths=(HOME + ANEW, PLAN + ANEW))).split()
    lines.append(
        f"Median of {ROUNDS}; client: {client()}; web servers of one process each. Made anew, home asks the database {home} times, a plan overview {plan} times."
    )
    return "\n".join(lines)


@contextlib.contextmanager
def one_process(name: str, application: list[str], environment: dict[str, str]) -> Iterator[sites.Site]:
    """A web server. Of several processes one may take most of the connections, another each time: they would be compared by luck."""
    server = sites.serve(name, [*application, "--workers", "1", "--max-requests", "0"], environment)
    try:
        yield server
    finally:
        server.end()


def closable(plant: Production) -> str:
    ((number, version),) = plant.site.sql("SELECT id, version FROM pages_notice WHERE closable AND live LIMIT 1")
    return f"{number}.{version}"


@contextlib.contextmanager
def plain_files(pages: dict[str, bytes]) -> Iterator[int]:
    """The port of an nginx that gives these pages, by their addresses, from a folder."""
    folder, port = clones.folder() / "plain", sites.free_port()
    folder.mkdir()
    folder.chmod(0o755)
    for path, page in pages.items():
        place = folder / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        (place / "index.html").write_bytes(page)
        (place / "index.html.gz").write_bytes(gzip.compress(page, 9))
    (folder / "nginx.conf").write_text(PLAIN.substitute(folder=folder, port=port))
    options = ["-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = processes.start([nginx.path(), *options])
    try:
        yield port
    finally:
        processes.end(process)
