"""Pure statistics: arrays in, numbers out. Knows nothing of articles, frames or outlets.

Every interval and test here takes *units* (articles, or blocks of sentences) that may be bursty and of unequal size, and a
ratio of sums over them: mentions over tokens, or mentions of one stance over all mentions. Words come in bursts within
articles, so a token is never treated as an observation (Lijffijt et al. 2016, doi:10.1093/llc/fqu064).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ._permutation import LEAST_UNITS_PER_SIDE, PermutationTest, permutation_test

__all__ = [
    "LEAST_UNITS_PER_SIDE",
    "Intervals",
    "PermutationTest",
    "benjamini_hochberg",
    "permutation_test",
    "ratio_interval",
    "ratio_intervals",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Below these the studentised interval is used: a bootstrap over fewer units, or with fewer that carry anything, covers
# too little (benchmarks/coverage.md). Above the last, both agree and the bootstrap only costs time.
BOOTSTRAP_UNITS = 50
BOOTSTRAP_UNITS_WITH = 20
BOOTSTRAP_MOST_UNITS = 400
# With two units t has one degree of freedom: the interval covers, but spans orders of magnitude.
LEAST_UNITS = 3


class Intervals(NamedTuple):
    """Intervals of many ratios: ``low``, ``high`` (NaN where there is none) and how each was found.

    ``kind`` is ``"studentised"``, ``"bootstrap"``, or why there is none: ``"nothing"`` (the sum is zero), ``"no size"``
    (nothing to divide by), ``"few units"``, ``"no variance"``, ``"all"`` (a share of one).
    """

    low: Floats
    high: Floats
    kind: npt.NDArray[np.object_]


def ratio_interval(
    count: npt.ArrayLike,
    size: npt.ArrayLike,
    *,
    scale: str = "log",
    level: float = 0.95,
    n_bootstrap: int = 1999,
    seed: int = 2022,
) -> tuple[float, float, str]:
    """Return an interval for ``sum(count) / sum(size)`` over units, and its kind.

    Parameters
    ----------
    count, size : array_like of shape (n_units,)
        For instance mentions and tokens of each article.
    scale : {"log", "logit"}
        ``"log"`` for a rate; ``"logit"`` for a share, where no count exceeds its size.
    level : float
        Nominal coverage.
    n_bootstrap, seed : int
        Replicates and seed of the bootstrap, which is used for 50 to 400 units, 20 of them with a count.

    Returns
    -------
    low, high : float
        NaN where there is no interval.
    kind : str
        See `Intervals`.

    Examples
    --------
    Three articles of 100, 200 and 300 words with 1, 3 and 2 mentions: 10 per 1,000 words.

    >>> low, high, kind = ratio_interval([1, 3, 2], [100, 200, 300])
    >>> round(1000 * low, 2), round(1000 * high, 2), kind
    (1.66, 60.06, 'studentised')
    """
    count = np.asarray(count, dtype=np.float64)
    size = np.asarray(size, dtype=np.float64)
    n = len(size)
    zero = np.zeros(n, dtype=np.int64)
    found = ratio_intervals(
        count,
        zero,
        np.arange(n),
        size,
        zero,
        np.zeros(1, dtype=np.int64),
        scale=scale,
        level=level,
        n_bootstrap=n_bootstrap,
        seed=seed,
    )
    return float(found.low[0]), float(found.high[0]), str(found.kind[0])


def ratio_intervals(
    count: Floats,
    cell: Ints,
    unit: Ints,
    size: Floats,
    unit_group: Ints,
    cell_group: Ints,
    *,
    scale: str = "log",
    level: float = 0.95,
    n_bootstrap: int = 1999,
    seed: int = 2022,
) -> Intervals:
    """Return intervals for many ratios of sums at once, from counts in sparse form.

    Units belong to groups, and so do cells (the ratios asked for): a cell's ratio is the sum of its counts over the sum of
    the sizes of *all* units of its group, those without a count included.

    - **studentised**: the ratio is taken with one unit left out at a time, the squared changes are summed (the HC3 form
      of the jackknife variance), and Student's t with ``n_units - 1`` degrees of freedom gives the width on the scale of
      the logarithm (or logit). A long article that is left out counts for more than its residual does, and counts are
      skewed: both keep coverage up with few, unequal articles.
    - **bootstrap**: units drawn with replacement, the studentised ratio of sums (bootstrap-t) on the same scale.

    Parameters
    ----------
    count : ndarray of shape (n_counts,)
        Positive counts; each (cell, unit) at most once.
    cell, unit : ndarray of int, shape (n_counts,)
    size : ndarray of shape (n_units,)
        Units of size zero are left out.
    unit_group : ndarray of int, shape (n_units,)
    cell_group : ndarray of int, shape (n_cells,)

    Returns
    -------
    Intervals
        Arrays of shape (n_cells,).

    References
    ----------
    MacKinnon and White (1985), doi:10.1016/0304-4076(85)90158-7 (HC3). Efron and Tibshirani (1993), An Introduction to
    the Bootstrap, chapters 11 and 12. Cochran (1977), Sampling Techniques, chapter 6 (ratios of sums).
    """
    if scale not in ("log", "logit"):
        raise ValueError(f"scale must be 'log' (a rate) or 'logit' (a share), not {scale!r}")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, for instance 0.95, not {level!r}")
    n_groups = int(max(unit_group.max(initial=-1), cell_group.max(initial=-1))) + 1
    n_cells = len(cell_group)
    filled = size > 0
    units = np.bincount(unit_group[filled], minlength=n_groups)[cell_group]
    sums = np.bincount(unit_group, size, minlength=n_groups)
    total = np.bincount(cell, count, minlength=n_cells)
    units_with = np.bincount(cell, minlength=n_cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = total / sums[cell_group]

    # Delete-one jackknife: r(-i) - r = -(x_i - r n_i) / (N - n_i). Units without a count differ by their size only, so
    # they enter through one sum per group.
    rest = (sums[unit_group] - size)[filled]
    alone = rest <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        leverage = np.where(alone, 0.0, size[filled] / rest)
        base = np.bincount(unit_group[filled], leverage**2, minlength=n_groups)
        remaining = np.where(size > 0, sums[unit_group] - size, np.nan)[unit]
        own = count * (count - 2 * ratio[cell] * size[unit]) / remaining**2
        variance = ratio**2 * base[cell_group] + np.bincount(cell, np.nan_to_num(own), minlength=n_cells)
        variance = np.where(variance > 1e-10 * ratio**2, variance, 0.0)
        error = np.sqrt(variance) / ratio
        if scale == "logit":
            error = error / (1 - ratio)

    kind = np.full(n_cells, "studentised", dtype=object)
    kind[~(variance > 0)] = "no variance"
    kind[units < LEAST_UNITS] = "few units"
    if scale == "logit":
        kind[ratio >= 1] = "all"
    kind[total <= 0] = "nothing"
    kind[~(sums[cell_group] > 0)] = "no size"
    given = kind == "studentised"
    width = np.full(n_cells, np.nan)
    width[given] = _t_quantile(units[given] - 1, level) * error[given]
    low, high = _spread(ratio, -width, width, scale)

    many = given & (units >= BOOTSTRAP_UNITS) & (units_with >= BOOTSTRAP_UNITS_WITH) & (units <= BOOTSTRAP_MOST_UNITS)
    if many.any():
        order = np.argsort(cell, kind="stable")
        start = np.searchsorted(cell[order], np.arange(n_cells + 1))
        units_of = np.argsort(unit_group, kind="stable")
        units_of = units_of[filled[units_of]]
        group_start = np.searchsorted(unit_group[units_of], np.arange(n_groups + 1))
        place = np.zeros(len(size), dtype=np.int64)
        for group in np.unique(cell_group[many]):
            members = units_of[group_start[group] : group_start[group + 1]]
            place[members] = np.arange(len(members))
            cells = np.flatnonzero(many & (cell_group == group))
            dense = np.zeros((len(members), len(cells)))
            for column, c in enumerate(cells):
                rows = order[start[c] : start[c + 1]]
                dense[place[unit[rows]], column] = count[rows]
            below, above = _bootstrap_t(dense, size[members], scale, level, n_bootstrap, seed)
            low[cells], high[cells] = _spread(ratio[cells], -above * error[cells], -below * error[cells], scale)
            kind[cells] = "bootstrap"
    return Intervals(low, high, kind)


def _t_quantile(df: npt.ArrayLike, level: float) -> Floats:
    from scipy.special import stdtrit

    return np.asarray(stdtrit(df, (1 + level) / 2), dtype=np.float64)


def _spread(ratio: Floats, below: Floats, above: Floats, scale: str) -> tuple[Floats, Floats]:
    """Move a ratio down and up by offsets on the log or logit scale."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        if scale == "log":
            return ratio * np.exp(below), ratio * np.exp(above)
        odds = ratio / (1 - ratio)
        return 1 / (1 + np.exp(-below) / odds), 1 / (1 + np.exp(-above) / odds)


def _bootstrap_t(
    count: Floats, size: Floats, scale: str, level: float, n_bootstrap: int, seed: int
) -> tuple[Floats, Floats]:
    """Quantiles of the studentised log (or logit) ratio of sums when units are drawn with replacement."""
    k, m = count.shape
    # In an order of their own, so that in whatever order the units come the same ones are drawn.
    order = np.lexsort((count.T, np.broadcast_to(size, (m, k)))).T
    count, size = np.take_along_axis(count, order, axis=0), np.sort(size)
    rng = np.random.default_rng([seed, k])
    ratio = count.sum(axis=0) / size.sum()
    columns = np.hstack([count, count**2, count * size[:, None], size[:, None], size[:, None] ** 2])
    draws = np.empty((n_bootstrap, columns.shape[1]))
    at_once = max(1, 4_000_000 // k)
    for first in range(0, n_bootstrap, at_once):
        b = min(at_once, n_bootstrap - first)
        picks = rng.integers(0, k, size=(b, k)) + k * np.arange(b)[:, None]
        weights = np.bincount(picks.ravel(), minlength=b * k).reshape(b, k)
        draws[first : first + b] = weights @ columns
    x, xx, xn = draws[:, :m], draws[:, m : 2 * m], draws[:, 2 * m : 3 * m]
    n, nn = draws[:, [-2]], draws[:, [-1]]
    with np.errstate(divide="ignore", invalid="ignore"):
        again = x / n
        error = np.sqrt(np.maximum(xx - 2 * again * xn + again**2 * nn, 0) * k / (k - 1)) / n
        if scale == "log":
            t = np.log(again / ratio) * again / error
        else:
            t = np.log(again / (1 - again) * (1 - ratio) / ratio) * again * (1 - again) / error
    t[~np.isfinite(t)] = np.nan
    low, high = np.nanquantile(t, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """Return p values adjusted for the false discovery rate; NaN stays NaN and does not count as a test.

    References
    ----------
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> benjamini_hochberg([0.01, 0.04, 0.03, float("nan")]).round(2).tolist()
    [0.03, 0.04, 0.04, nan]
    """
    values = np.asarray(p, dtype=np.float64)
    adjusted = np.full(values.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(values))
    if not len(tested):
        return adjusted
    order = tested[np.argsort(values[tested], kind="stable")]
    scaled = values[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return adjusted
