"""From the end of an editor's publishing to the new page on every process that gives it, on two machines, while visitors read at both.

The web servers are asked one by one, and each machine's nginx; the latest counts.
"""

import os
import subprocess
import sys
import threading
import time
from statistics import median, quantiles

from lacare_site.management import processes
from tests.harness import clones, production
from tests.harness.production import Production
from tests.harness.site import Site

TIMES = 50
LOAD = 50  # requests a second that visitors mean to make at each machine, of the same page through nginx
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
    with production.beside(plant, servers=2) as other:
        return _show([plant, other])


def _show(machines: list[Production]) -> str:
    ended = threading.Event()
    visits: list[float] = []
    visitors = [threading.Thread(target=_visit, args=(each.site, ended, visits), daemon=True) for each in machines]
    publisher = processes.start(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISHER],
        cwd=clones.ROOT,
        env={**os.environ, **machines[0].environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    for each in visitors:
        each.start()
    asked = [site for machine in machines for site in (*machine.applications, machine.site)]  # each of one process
    try:
        late = [_publish(asked, publisher, number) for number in range(TIMES)]
    finally:
        ended.set()
        processes.end(publisher)
    worst = quantiles(late, n=20)[-1]
    load = len(visits) / (visits[-1] - visits[0])
    return (
        f"{TIMES} pages published, at {load:.0f} requests a second: on all web servers and nginx of {len(machines)} machines after "
        f"{median(late) * 1000:.0f} ms (median), {worst * 1000:.0f} ms (95th percentile), {max(late) * 1000:.0f} ms (longest)"
    )


def _publish(asked: list[Site], publisher: subprocess.Popen, number: int) -> float:
    """Seconds until the last of them gave the new page."""
    publisher.stdin.write(f"{number}\n")
    publisher.stdin.flush()
    done = float(publisher.stdout.readline())
    waiting = asked
    while waiting:
        waiting = [site for site in waiting if f"Published {number}." not in site.get(PAGE).text]
    return time.monotonic() - done


def _visit(site: Site, ended: threading.Event, visits: list[float]) -> None:
    due = time.monotonic()
    while not ended.is_set():
        site.get(PAGE)
        visits.append(time.monotonic())
        due += 1 / LOAD
        time.sleep(max(0, due - time.monotonic()))
