"""How long the check of a roster of 20,000 rows takes, and how much memory, beside plain reading of the same file.

Each measurement is a process of its own, which works as the worker does: on the site's database, with the rows kept in it.
"""

import json
import tempfile
from statistics import median

from tests.harness.production import Production
from tests.harness.site import Site

ROUNDS = 3


def show(plant: Production) -> str:
    """The figures of both kinds of file, the median of a few rounds in which all take turns."""
    with tempfile.TemporaryDirectory() as folder:
        return _table(plant.site, folder)


def _table(site: Site, folder: str) -> str:
    names = [("csv", "read"), ("csv", "check"), ("xlsx", "read"), ("xlsx", "check")]
    found: dict[tuple[str, str], list[tuple[float, float]]] = {name: [] for name in names}
    site.run(f"from tests.bench import roster_work; roster_work.write({folder!r})")
    for number in range(ROUNDS):
        print(f"Rosters: round {number + 1} of {ROUNDS}", flush=True)
        for kind, work in names:
            code = f"from tests.bench import roster_work; roster_work.measure({folder!r}, {kind!r}, {work!r})"
            found[kind, work].append(tuple(json.loads(site.run(code).splitlines()[-1])))
    lines = [f"{'roster of 20,000 rows':24} {'seconds':>8} {'of reading':>10} {'MB at most':>11}   (median of {ROUNDS})"]
    for (kind, work), figures in found.items():
        seconds, memory = (median(each) for each in zip(*figures, strict=True))
        base = median(each[0] for each in found[kind, "read"])
        lines.append(f"{kind + ', ' + work:24} {seconds:8.2f} {seconds / base:9.1f}x {memory:11.0f}")
    return "\n".join(lines)
