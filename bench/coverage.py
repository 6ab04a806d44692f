"""Whether the interval of a mean holds, and whether a comparison sees what is there.

Nine populations, samples without putting back: the share of samples whose interval holds the population's mean. Where
a population has few different samples each is counted with its probability, else `SAMPLES` are drawn, the same in every
run.
The comparison is set beside Welch's test: of two events whose means differ by 0.45, and of two that don't differ.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import comb, prod, sqrt
from statistics import NormalDist, fmean, variance
from typing import Any

from surveyapp.figures.posterior import POINTS, Scale, interval_of
from surveyapp.figures.survey_figures import compare

POPULATIONS: Mapping[str, Mapping[int, float]] = {
    "90 % 5, 8 % 4, 2 % 1": {5: 0.90, 4: 0.08, 1: 0.02},
    "95 % 5, 5 % 1": {5: 0.95, 1: 0.05},
    "98 % 5, 2 % 3": {5: 0.98, 3: 0.02},
    "the demonstration": {5: 17 / 37, 4: 14 / 37, 3: 4 / 37, 2: 2 / 37},
    "uniform": dict.fromkeys(POINTS, 0.2),
    "half 5, half 1": {5: 0.5, 1: 0.5},
    "all 5": {5: 1},
    "half 4, half 5": {4: 0.5, 5: 0.5},
    "60 % 3, 20 % 2, 20 % 4": {3: 0.6, 2: 0.2, 4: 0.2},
}
SIZES = ((10, 81), (20, 81), (37, 81), (60, 81), (37, 400))
FEW_SAMPLES = 400
SAMPLES = 1_000
PAIRS = 400
BETTER = {5: 0.60, 4: 0.30, 3: 0.10}
WORSE = {5: 0.35, 4: 0.40, 3: 0.20, 2: 0.05}


def run() -> dict[str, Any]:
    """Per cent of intervals that hold, for each population and size; the least of all; and the comparison's power."""
    covered = {
        name: {f"{n} of {people}": 100 * coverage(of(shares, people), n) for n, people in SIZES}
        for name, shares in POPULATIONS.items()
    }
    return {"covered": covered, "least": min(min(sizes.values()) for sizes in covered.values()), **comparisons()}


def of(shares: Mapping[int, float], people: int) -> tuple[int, ...]:
    """So many people with these shares, a number for each point from 1: those with the largest rest rounded up."""
    exact = {point: shares.get(point, 0) * people for point in POINTS}
    whole = {point: int(number + 1e-9) for point, number in exact.items()}
    for point in sorted(POINTS, key=lambda one: whole[one] - exact[one])[: people - sum(whole.values())]:
        whole[point] += 1
    return tuple(whole[point] for point in POINTS)


def coverage(population: Sequence[int], n: int) -> float:
    """The share of samples of n whose interval holds the population's mean."""
    people = sum(population)
    mean = sum(point * times for point, times in zip(POINTS, population, strict=True)) / people
    held = 0.0
    for sample, share in _samples(population, n):
        low, high = interval_of(Scale(sample, people - n)) or (mean, mean)
        held += share * (low - 1e-9 <= mean <= high + 1e-9)
    return held


def _samples(population: Sequence[int], n: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """Samples with the probability of each."""
    ranges = [range(min(times, n) + 1) for times in population]
    if prod(len(one) for one in ranges if len(one) > 1) <= FEW_SAMPLES * (n + 1):
        found = [sample for sample in product(*ranges) if sum(sample) == n]
        if len(found) <= FEW_SAMPLES:
            whole = comb(sum(population), n)
            for sample in found:
                yield sample, prod(comb(all_, here) for all_, here in zip(population, sample, strict=True)) / whole
            return
    dice = random.Random(f"{population} {n}")  # noqa: S311 -- the same samples in every run
    drawn = Counter(_drawn(dice, population, n) for _ in range(SAMPLES))
    yield from ((sample, times / SAMPLES) for sample, times in drawn.items())


def _drawn(dice: random.Random, population: Sequence[int], n: int) -> tuple[int, ...]:
    points = dice.sample(POINTS, n, counts=population)
    return tuple(points.count(point) for point in POINTS)


def comparisons() -> dict[str, float]:
    """Per cent of 37 and 37 of 81 called higher or lower: where the means differ, and where they don't."""
    better, worse = of(BETTER, 81), of(WORSE, 81)
    seen, by_welch, falsely = 0, 0, 0
    for first, second in _pairs(better, worse):
        seen += compare(Scale(first, 44), Scale(second, 44)) == "higher"
        by_welch += _welch(first, second)
    for first, second in _pairs(worse, worse):
        falsely += compare(Scale(first, 44), Scale(second, 44)) == "higher"
    share = 100 / PAIRS
    seen_by = {"seen": share * seen, "seen_by_welch": share * by_welch, "beside_welch": share * (seen - by_welch)}
    return {**seen_by, "falsely_higher": share * falsely}


def _pairs(first: Sequence[int], second: Sequence[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    dice = random.Random(f"{first} {second}")  # noqa: S311 -- the same pairs in every run
    return ((_drawn(dice, first, 37), _drawn(dice, second, 37)) for _ in range(PAIRS))


def _welch(first: Sequence[int], second: Sequence[int]) -> bool:
    """Whether Welch's test, at 37 and 37 as good as the normal's, calls the first mean higher at 5 per cent."""
    one, two = ([point for point, n in zip(POINTS, times, strict=True) for _ in range(n)] for times in (first, second))
    spread = sqrt(variance(one) / len(one) + variance(two) / len(two))
    return (fmean(one) - fmean(two)) / spread > NormalDist().inv_cdf(0.975)
