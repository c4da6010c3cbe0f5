"""`make bench`: requests per second of the main pages beside a constant view, and the check of a large roster beside plain reading of
its file, on this machine, now.

The machine is noisy, so that a figure alone says little: the targets take turns (A B C D, A B C D, …), and the medians are compared.
"""

import tempfile
from pathlib import Path
from statistics import median

from tests.bench import rosters
from tests.bench.load import client, requests_per_second
from tests.harness import session
from tests.harness import site as sites

ROUNDS = 5
PAGES = {
    "home": "/",
    "plan overview": "/health-plans/medi-cal",
    # A question that the site does not know passes the kept pages by.
    "home anew": "/?unknown",
    "plan anew": "/health-plans/medi-cal?unknown",
    "search": "/search?q=nurse+line",
}


def main() -> None:
    with session.surroundings():
        print("Building the site", flush=True)
        site = sites.start(workers=2)
        constant = sites.serve("constant", ["tests.bench.constant:application"], {})
        targets = {"constant view": (constant.port, "/")} | {name: (site.port, path) for name, path in PAGES.items()}
        figures: dict[str, list[float]] = {name: [] for name in targets}
        try:
            for port, path in targets.values():
                requests_per_second(port, path, seconds=1)  # to warm up
            for number in range(ROUNDS):
                print(f"Round {number + 1} of {ROUNDS}", flush=True)
                for name, target in targets.items():
                    figures[name].append(requests_per_second(*target))
            _show_pages(figures)
            _show_rosters(site)
        finally:
            site.end()
            constant.end()


def _show_pages(figures: dict[str, list[float]]) -> None:
    base = median(figures["constant view"])
    print(f"\n{'':15} {'requests/s':>10} {'of constant':>12}   (median of {ROUNDS}; client: {client()})")
    for name, values in figures.items():
        print(f"{name:15} {median(values):10.0f} {median(values) / base:12.1%}")


def _show_rosters(site: sites.Site) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rosters.show(site, Path(folder))


if __name__ == "__main__":
    main()
