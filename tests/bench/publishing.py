"""From the end of an editor's publishing to the new page on every process that gives it, while visitors read.

The web servers are asked one by one, and nginx; the latest counts.
"""

import os
import subprocess
import sys
import threading
import time
from statistics import median, quantiles

from lacare_site.management import processes
from tests.harness import clones
from tests.harness.production import Production

TIMES = 50
LOAD = 100  # requests a second that visitors mean to make, of the same page through nginx
PAGE = "/members/id-card"
# Publishes with each line that comes, and says when it had been done: the clock is the machine's.
PUBLISHER = """
import sys, time
from pages.models import SitePage
for number in sys.stdin:
    page = SitePage.objects.get(slug="id-card").specific
    page.heading_en = f"Published {number.strip()}."
    page.save_revision().publish()
    print(time.monotonic(), flush=True)
"""


def show(plant: Production) -> str:
    """The line of the table."""
    print("Publishing", flush=True)
    ended = threading.Event()
    visits: list[float] = []
    visitors = threading.Thread(target=_visit, args=(plant, ended, visits), daemon=True)
    environment = {**os.environ, **plant.environment}
    publisher = processes.start(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISHER],
        cwd=clones.ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    visitors.start()
    try:
        late = [_publish(plant, publisher, number) for number in range(TIMES)]
    finally:
        ended.set()
        processes.end(publisher)
    worst = quantiles(late, n=20)[-1]
    load = len(visits) / (visits[-1] - visits[0])
    return (
        f"{TIMES} pages published, at {load:.0f} requests a second: on all web servers and on nginx after {median(late) * 1000:.0f} ms (median), "
        f"{worst * 1000:.0f} ms (95th percentile), {max(late) * 1000:.0f} ms (longest)"
    )


def _publish(plant: Production, publisher: subprocess.Popen, number: int) -> float:
    publisher.stdin.write(f"{number}\n")
    publisher.stdin.flush()
    done = float(publisher.stdout.readline())
    # Several times each: a web server may have several processes.
    waiting = [site for site in (*plant.applications, plant.site) for _ in range(12)]
    while waiting:
        waiting = [site for site in waiting if f"Published {number}." not in site.get(PAGE).text]
    return time.monotonic() - done


def _visit(plant: Production, ended: threading.Event, visits: list[float]) -> None:
    due = time.monotonic()
    while not ended.is_set():
        plant.site.get(PAGE)
        visits.append(time.monotonic())
        due += 1 / LOAD
        time.sleep(max(0, due - time.monotonic()))
