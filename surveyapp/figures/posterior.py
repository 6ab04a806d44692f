"""What is known of a scale's mean over all who came, when only some of them answered: its posterior.

Before anybody answers each of the five points counts as 1/5 of an answer (a Dirichlet prior). Where it is known how
many came, only those who did not answer are uncertain: how they would answer is a draw from a Dirichlet-multinomial,
whose sum is counted exactly up to `EXACT` people. Above that, and where nobody knows how many came, the mean of a
Dirichlet is taken by the integral of Gil-Pelaez, narrowed to what the people left out can still change.

Nothing is drawn at random, so that the same answers always give the same interval.
"""

from cmath import exp as turn
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, count
from math import atan, cos, exp, fsum, lgamma, log1p, pi, sin, sqrt

Interval = tuple[float, float]

POINTS = (1, 2, 3, 4, 5)
PRIOR = 1 / len(POINTS)
TAIL = 0.015  # on each side of the central 97 %: the central 95 % covered 88 % where nearly everybody says the same
EXACT = 100  # so many people left out are counted one by one: 0.1 s, and above it the integral differs by 0.003
CELLS = 120
STEP = 0.15
EDGES = 9  # standard deviations: beyond 8.1 lies less than the tail, whatever the answers


@dataclass(frozen=True, slots=True)
class Scale:
    """How often each point from 1 to 5 was given, and how many people who came did not answer; None: not known."""

    counts: tuple[int, ...]
    left_out: int | None = None

    @property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts)

    @property
    def total(self) -> int:
        """The sum of what they answered."""
        return sum(point * times for point, times in zip(POINTS, self.counts, strict=True))

    @property
    def weights(self) -> tuple[float, ...]:
        """The answers with the prior's, a point."""
        return tuple(times + PRIOR for times in self.counts)


@lru_cache(maxsize=2_000)
def interval_of(scale: Scale) -> Interval | None:
    """The central 97 % of the posterior, called a 95 % interval: it covers at least that. None: everybody answered."""
    if scale.left_out == 0:
        return None
    if scale.left_out is not None and scale.left_out <= EXACT:
        means, shares = zip(*atoms(scale), strict=True)
        below = tuple(accumulate(shares))
        return _first(means, below, TAIL), _first(means, below, 1 - TAIL)
    return _of_all(scale, _quantile(scale.weights, TAIL)), _of_all(scale, _quantile(scale.weights, 1 - TAIL))


@lru_cache(maxsize=2_000)
def chance_of_lower(first: Scale, second: Scale) -> float:
    """How probable it is that the first mean is under the second; where they are equal, a half."""
    others = atoms(first)
    means = [mean for mean, _share in others]
    below = [0.0, *accumulate(share for _mean, share in others)]
    place, chance = 0, 0.0
    for mean, share in atoms(second):
        while place < len(means) and means[place] < mean - 1e-9:
            place += 1
        here = others[place][1] if place < len(means) and abs(means[place] - mean) < 1e-9 else 0.0
        chance += share * (below[place] + here / 2)
    return chance


def atoms(scale: Scale) -> Sequence[tuple[float, float]]:
    """The means that all who came can have, from the lowest, with the probability of each."""
    if scale.left_out is not None and scale.left_out <= EXACT:
        people = scale.n + scale.left_out
        lowest = scale.total + scale.left_out
        return [((lowest + more) / people, share) for more, share in enumerate(_sums(scale.weights, scale.left_out))]
    low, high = _edges(scale.weights)
    edges = [low + (high - low) * place / CELLS for place in range(CELLS + 1)]
    below = [0.0, *(_below(scale.weights, edge) for edge in edges[1:-1]), 1.0]
    return [
        (_of_all(scale, (edges[place] + edges[place + 1]) / 2), max(0.0, below[place + 1] - below[place]))
        for place in range(CELLS)
    ]


def _first(means: Sequence[float], below: Sequence[float], share: float) -> float:
    return next(mean for mean, under in zip(means, below, strict=True) if under >= share - 1e-12)


@lru_cache(maxsize=200)
def _sums(weights: tuple[float, ...], people: int) -> list[float]:
    """How probable each sum over 0 to 4 is, of so many more people.

    The Fourier transform of the sum is a coefficient of the product of (1 - x r) ** -weight over the points, which a
    recurrence of five terms gives; its values at as many angles as there are sums are turned back.
    """
    sums = 4 * people + 1
    whole = sum(weights)
    scaled = exp(lgamma(people + 1) + lgamma(whole) - lgamma(whole + people))
    half = [scaled * _coefficient(weights, people, 2 * pi * place / sums) for place in range(2 * people + 1)]
    waves = [(cos(2 * pi * place / sums), sin(2 * pi * place / sums)) for place in range(sums)]

    def share(of: int) -> float:
        parts = ((half[place], waves[place * of % sums]) for place in range(1, 2 * people + 1))
        return max(0.0, (half[0].real + 2 * fsum(one.real * c + one.imag * s for one, (c, s) in parts)) / sums)

    return [share(of) for of in range(sums)]


def _coefficient(weights: tuple[float, ...], people: int, angle: float) -> complex:
    """The coefficient of x ** people in the product of (1 - x r) ** -weight, r = exp(i angle (point - 1))."""
    roots = [turn(1j * angle * (point - 1)) for point in POINTS]
    _one, p1, p2, p3, p4, p5 = _product(roots)
    others = [_product(roots[:place] + roots[place + 1 :]) for place in range(5)]
    q0, q1, q2, q3, q4 = (
        sum(weight * root * other[power] for weight, root, other in zip(weights, roots, others, strict=True))
        for power in range(5)
    )
    f0, f1, f2, f3, f4 = 1 + 0j, 0j, 0j, 0j, 0j
    for n in range(people):
        more = (q0 - p1 * n) * f0 + (q1 - p2 * (n - 1)) * f1 + (q2 - p3 * (n - 2)) * f2
        more += (q3 - p4 * (n - 3)) * f3 + (q4 - p5 * (n - 4)) * f4
        f0, f1, f2, f3, f4 = more / (n + 1), f0, f1, f2, f3
    return f0


def _product(roots: Sequence[complex]) -> list[complex]:
    """The polynomial of the product of (1 - x r), from its constant on."""
    found: list[complex] = [1 + 0j]
    for root in roots:
        found = [here - root * before for here, before in zip([*found, 0j], [0j, *found], strict=True)]
    return found


def _moments(weights: tuple[float, ...]) -> Interval:
    """The mean of a Dirichlet's mean, and its standard deviation."""
    whole = sum(weights)
    middle = fsum(point * weight for point, weight in zip(POINTS, weights, strict=True)) / whole
    squares = fsum((point - middle) ** 2 * weight for point, weight in zip(POINTS, weights, strict=True)) / whole
    return middle, sqrt(squares / (whole + 1))


def _edges(weights: tuple[float, ...]) -> Interval:
    """Between which a Dirichlet's mean lies, but for less than a tail."""
    middle, deviation = _moments(weights)
    return max(1.0, middle - EDGES * deviation), min(5.0, middle + EDGES * deviation)


def _of_all(scale: Scale, mean: float) -> float:
    """What a mean of the Dirichlet is over all who came: the same middle, as far from it as people are left out."""
    if scale.left_out is None:
        return mean
    middle, _deviation = _moments(scale.weights)
    left, whole = scale.left_out, sum(scale.weights)
    theirs = min(5.0, max(1.0, middle + sqrt((left + whole) / left) * (mean - middle)))
    return (scale.total + left * theirs) / (scale.n + left)


def _below(weights: tuple[float, ...], mean: float) -> float:
    """How probable it is that a Dirichlet's mean is at most this one, which is neither 1 nor 5.

    A Dirichlet is a set of Gamma variables over their sum, so that this is the probability that a sum of them, each
    times its point's distance from the mean, is at most 0 (Gil-Pelaez 1951). By the logarithm of its argument the
    integrand hardly oscillates: the trapezoid rule gives four digits and more within `EDGES`.
    """
    terms = [(weight, point - mean) for point, weight in zip(POINTS, weights, strict=True)]
    spread = sqrt(fsum(weight * distance**2 for weight, distance in terms))
    area = 0.0
    for place in count():
        argument = exp(STEP * place - 11) / spread
        size = fsum(-weight / 2 * log1p((argument * distance) ** 2) for weight, distance in terms)
        if size < -18:
            break
        area += exp(size) * sin(fsum(weight * atan(argument * distance) for weight, distance in terms))
    return 0.5 - STEP * area / pi


@lru_cache(maxsize=2_000)
def _quantile(weights: tuple[float, ...], share: float) -> float:
    """The mean under which so much of a Dirichlet's lies, by false position (Illinois), to four decimals."""
    low, high = _edges(weights)
    under, over = -share, 1 - share
    side = 0
    while high - low > 1e-5:
        middle = (low * over - high * under) / (over - under)
        middle = min(max(middle, low + 4e-6), high - 4e-6)
        here = _below(weights, middle) - share
        if here < 0:
            low, under, over, side = middle, here, over / 2 if side < 0 else over, -1
        else:
            high, over, under, side = middle, here, under / 2 if side > 0 else under, 1
    return (low + high) / 2
