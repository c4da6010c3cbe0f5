"""Whether anything grows with the number of pages: each kind of view, on sites of three sizes, all in eleven languages.

The sites take turns, so that a noisy machine is as noisy for each: what counts are the ratios to the smallest site. No answer comes from the
kept pages.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from statistics import median

from tests.harness import clones

SIZES = (100, 1_000, 10_000)  # the first is the site with its starting content, somewhat more than that
ROUNDS = 9


def show(_plant) -> str:
    """Makes the sites, and asks each for each view in turn. Gives the table."""
    with ExitStack() as running:
        sites = [running.enter_context(GrownSite(size)) for size in SIZES]
        figures: dict[str, list[list[tuple]]] = {name: [[] for _site in sites] for name in sites[0].names}
        for number in range(ROUNDS + 1):  # the first is to warm up
            print(f"Growth: round {number} of {ROUNDS}", flush=True)
            for name, of_sites in figures.items():
                for measured, site in zip(of_sites, sites, strict=True):
                    measured.append(site.ask(name))
        rows = [_row(name, [measured[1:] for measured in of_sites]) for name, of_sites in figures.items()]
        memory = f"{'MB that the process held':32} {'':7} {_in_columns('{:.0f}', [site.ask('') for site in sites])}"
        sizes = _in_columns("{:,}", SIZES)
        head = f"{'pages, in eleven languages':32} {'ms':>7} {'time, of the smallest':>27} {'queries':>27} {'rows looked at':>27}"
        made = [site.made for site in sites]
        return "\n".join([head, f"{'':40} {sizes} {sizes} {sizes}   (median of {ROUNDS})", *rows, memory, *made])


class GrownSite:
    """A copy of the loaded site with so many pages, and a process that asks for its views."""

    def __init__(self, size: int):
        name = f"growth_{size}"
        clones.make(name)
        self.environment = {**os.environ, **clones.environment(name)}
        self.made = f"A site of {size:,} pages: {self._run('manage.py', 'make_many_pages', str(size)).strip()}"
        print(self.made, flush=True)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=clones.ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def __enter__(self) -> "GrownSite":
        command = [sys.executable, "-m", "tests.bench.growth_work"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self.process = subprocess.Popen(command, cwd=clones.ROOT, env=self.environment, **pipes)
        self.names: list[str] = json.loads(self.process.stdout.readline())
        return self

    def ask(self, name: str):
        print(name, file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def __exit__(self, *_error) -> None:
        self.process.stdin.close()
        self.process.wait()


def _row(name: str, of_sites: list[list[tuple]]) -> str:
    medians = [[median(each) for each in zip(*measured, strict=True)] for measured in of_sites]
    seconds, queries, looked_at = zip(*medians, strict=True)
    times = _in_columns("{:.2f}x", [each / seconds[0] for each in seconds])
    return f"{name:32} {seconds[0] * 1000:7.1f} {times} {_in_columns('{:.0f}', queries)} {_in_columns('{:,.0f}', looked_at)}"


def _in_columns(form: str, values) -> str:
    return "".join(f"{form.format(value):>9}" for value in values)
