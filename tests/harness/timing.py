"""Whether two things take the same time, on a machine that others use, too: by the ranks of many tries in random order, not by seconds."""

import math
import random
import time
from collections.abc import Callable

UNLIKELY = 1e-5  # as a likeness, for what is alike


def likeness(first: Callable, second: Callable, rounds: int) -> float:
    """Does each so many times. Gives the probability that two samples of one distribution differ as much in rank."""
    taken: dict[Callable, list[float]] = {first: [], second: []}
    tries = [first, second] * rounds
    random.Random(5).shuffle(tries)
    for work in tries:
        start = time.perf_counter()
        work()
        taken[work].append(time.perf_counter() - start)
    return rank_test(taken[first], taken[second])


def rank_test(first: list[float], second: list[float]) -> float:
    """That probability, after Mann and Whitney, by the normal distribution."""
    ranked = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    total = sum(rank for rank, (_value, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(first), len(second)
    z = (total - n * (n + m + 1) / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))
