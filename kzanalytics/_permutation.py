"""Permutation tests: is a ratio of sums different on two sides? Whole units change sides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["PermutationTest", "permutation_test"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Fewer independent units than this on a side say nothing about that side in general.
LEAST_UNITS_PER_SIDE = 3
EXACT_ASSIGNMENTS = 20_000
# Units that are larger on one side upset a permutation test (benchmarks/coverage.md); more of them heal it.
ALIKE_SIZES = 1.15
LEAST_UNITS_IF_UNLIKE = 20
LEAST_UNITS_WITH_IF_UNLIKE = 12


class PermutationTest(NamedTuple):
    """Result of a permutation test: ``p`` per column (NaN where there is no test), ``kind`` and why there is none.

    ``kind`` is ``"exact"``, ``"monte_carlo"`` or ``"descriptive"``; ``reason`` is empty, ``"few units"``,
    ``"few assignments"`` or ``"unlike sizes"``; ``n_units`` counts the units that can change sides, here and on the other
    side; ``n_assignments`` the ways to deal them out.
    """

    p: Floats
    kind: str
    reason: str
    n_units: tuple[int, int]
    n_assignments: int


def permutation_test(
    count: npt.ArrayLike,
    size: npt.ArrayLike,
    side: npt.ArrayLike,
    *,
    block: npt.ArrayLike | None = None,
    n_permutations: int = 1999,
    seed: int = 2022,
) -> PermutationTest:
    """Test whether the ratio of sums differs between two sides, by exchanging whole units between them.

    The statistic is the difference of the two ratios; p is two-sided. Where the units of one side are larger by more than 15
    per cent and by more than chance, exchanging them mixes up rate and size, so the difference divided by its standard error
    is tested too and the larger p counts. Every assignment is tried where there are at most 20,000 (exact); otherwise a
    random sample of them, and p is ``(b + 1) / (n_permutations + 1)``, which is never zero (Phipson and Smyth 2010,
    doi:10.2202/1544-6115.1585).

    Parameters
    ----------
    count : array_like of shape (n_units, n_columns) or (n_units,)
        One test per column.
    size : array_like of shape (n_units,)
    side : array_like of bool, shape (n_units,)
        True for this side, False for the other.
    block : array_like of int, shape (n_units,), optional
        Units of one block are one observation and move together. A block with units on both sides stays where it is: it
        belongs to both, whatever the labels.
    n_permutations, seed : int
        Of the Monte Carlo test.

    Returns
    -------
    PermutationTest
        Without p (``kind="descriptive"``) where a side has fewer than three movable blocks, where there are so few
        assignments that p could not reach 0.05, or where sizes differ as above and a side has fewer than 20 blocks. A column
        without a count has no p; where sizes differ, neither has one with a count in fewer than 12 blocks.

    References
    ----------
    Janssen (1997), Statistics and Probability Letters 36, 9-21 (the studentised permutation test). Pitman (1937).

    Examples
    --------
    Four articles against four: 70 ways to deal them out, of which two are as far apart as this.

    >>> test = permutation_test([0, 1, 0, 1, 5, 6, 7, 5], [100] * 8, [1, 1, 1, 1, 0, 0, 0, 0])
    >>> test.kind, test.n_assignments, round(float(test.p[0]), 4)
    ('exact', 70, 0.0286)
    """
    x = np.asarray(count, dtype=np.float64)
    x = x[:, None] if x.ndim == 1 else x
    n = np.asarray(size, dtype=np.float64)
    here = np.asarray(side, dtype=bool)
    ids = np.arange(len(n)) if block is None else np.unique(np.asarray(block), return_inverse=True)[1]
    n_blocks = int(ids.max(initial=-1)) + 1
    in_here = np.bincount(ids[here], minlength=n_blocks) > 0
    in_other = np.bincount(ids[~here], minlength=n_blocks) > 0
    table = np.column_stack([x, n])
    sums_here = _block_sums(table[here], ids[here], n_blocks)
    sums_other = _block_sums(table[~here], ids[~here], n_blocks)
    both = in_here & in_other
    movable = np.vstack([sums_here[in_here & ~both], sums_other[in_other & ~both]])
    a, b = int((in_here & ~both).sum()), int((in_other & ~both).sum())
    nothing = np.full(x.shape[1], np.nan)
    if min(a, b) < LEAST_UNITS_PER_SIDE:
        return PermutationTest(nothing, "descriptive", "few units", (a, b), 0)
    assignments = math.comb(a + b, a)
    # With equal sides every assignment has a mirror image that is just as far apart.
    if (2 if a == b else 1) / assignments > 0.05:
        return PermutationTest(nothing, "descriptive", "few assignments", (a, b), assignments)

    # Whose articles are longer can be seen without looking at the counts, so choosing by it costs nothing.
    alike = _alike(movable[:a, -1], movable[a:, -1])
    if not alike and min(a, b) < LEAST_UNITS_IF_UNLIKE:
        return PermutationTest(nothing, "descriptive", "unlike sizes", (a, b), assignments)

    def moments_of(rows: Floats) -> Floats:
        return rows if alike else _moments(rows)

    fixed = moments_of(sums_here[both]).sum(axis=0), moments_of(sums_other[both]).sum(axis=0)
    n_fixed = int(both.sum())
    moments = moments_of(movable)
    everything = moments.sum(axis=0)
    m = x.shape[1]
    # Deal out the smaller side: the other one is the rest.
    small = min(a, b)
    k_small, k_large = small + n_fixed, a + b - small + n_fixed
    fixed_small, fixed_large = fixed if a <= b else fixed[::-1]

    def statistics(sums: Floats) -> Floats:
        first, second = sums + fixed_small, everything - sums + fixed_large
        one, two = _ratio(first, m), _ratio(second, m)
        gap = np.abs(one - two)
        gap = np.where(gap <= 1e-12 * (one + two), 0.0, gap)
        if alike:
            return gap[None]
        error = np.sqrt(_variance(first, one, k_small) + _variance(second, two, k_large))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.stack([gap, np.where(gap > 0, gap / error, 0.0)])

    limit = statistics(moments[:a].sum(axis=0) if a <= b else moments[a:].sum(axis=0))[:, None] * (1 - 1e-9)
    exact = assignments <= EXACT_ASSIGNMENTS
    rng = np.random.default_rng(seed)
    beyond = np.zeros((len(limit), m))
    for sums in _dealt(moments, small, None if exact else n_permutations, rng):
        beyond += (statistics(sums) >= limit).sum(axis=1)
    beyond = beyond.max(axis=0)
    p = beyond / assignments if exact else (beyond + 1) / (n_permutations + 1)
    with_counts = (movable[:, :m] > 0).sum(axis=0)
    p = np.where(with_counts >= (1 if alike else LEAST_UNITS_WITH_IF_UNLIKE), p, np.nan)
    return PermutationTest(p, "exact" if exact else "monte_carlo", "", (a, b), assignments)


def _alike(one: Floats, two: Floats) -> bool:
    """Whether sizes are alike: on average within 15 per cent, or no further apart than chance has them."""
    one, two = np.log(np.maximum(one, 1)), np.log(np.maximum(two, 1))
    gap = abs(one.mean() - two.mean())
    error = math.sqrt(one.var(ddof=1) / len(one) + two.var(ddof=1) / len(two))
    return bool(gap <= max(math.log(ALIKE_SIZES), 2 * error))


def _block_sums(rows: Floats, ids: Ints, n_blocks: int) -> Floats:
    return np.column_stack([np.bincount(ids, rows[:, j], minlength=n_blocks) for j in range(rows.shape[1])])


def _moments(rows: Floats) -> Floats:
    """Columns x..., n, n^2, x^2..., x n...: all that a ratio of sums and its variance need."""
    x, n = rows[:, :-1], rows[:, -1:]
    return np.hstack([x, n, n**2, x**2, x * n])


def _ratio(sums: Floats, m: int) -> Floats:
    x, n = sums[..., :m], sums[..., m : m + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, x / n, 0.0)


def _variance(sums: Floats, ratio: Floats, k: int) -> Floats:
    """Linearised variance of a ratio of sums over k units, from summed moments of shape (..., 3 m + 2)."""
    m = ratio.shape[-1]
    n, nn = sums[..., m : m + 1], sums[..., m + 1 : m + 2]
    xx, xn = sums[..., m + 2 : 2 * m + 2], sums[..., 2 * m + 2 :]
    squares = np.maximum(xx - 2 * ratio * xn + ratio**2 * nn, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, squares * k / ((k - 1) * n**2), 0.0)


def _dealt(moments: Floats, small: int, draws: int | None, rng: np.random.Generator) -> Iterator[Floats]:
    """Yield sums over `small` of the rows, many assignments at a time: all of them, or `draws` random ones."""
    k = len(moments)
    if draws is None:
        every = np.fromiter((i for c in combinations(range(k), small) for i in c), dtype=np.int64).reshape(-1, small)
        at_once = max(1, 2_000_000 // (small * moments.shape[1]))
        for first in range(0, len(every), at_once):
            yield moments[every[first : first + at_once]].sum(axis=1)
        return
    if k > 1000:
        # Few rows of many: drawing and adding them one assignment at a time beats a matrix of random keys.
        ones = np.ones((1, small))
        for first in range(0, draws, 500):
            sums = np.empty((min(500, draws - first), moments.shape[1]))
            for row in sums:
                row[:] = ones @ moments.take(rng.choice(k, small, replace=False, shuffle=False), axis=0)
            yield sums
        return
    at_once = max(1, 1_000_000 // k)
    for first in range(0, draws, at_once):
        keys = rng.random((min(at_once, draws - first), k))
        chosen = np.zeros(keys.shape)
        np.put_along_axis(chosen, np.argpartition(keys, small - 1, axis=1)[:, :small], 1.0, axis=1)
        yield chosen @ moments
