"""Statistics against outside numbers: published examples, hand calculation, brute force."""

from itertools import combinations

import numpy as np
import pytest

from kzanalytics.stats import benjamini_hochberg, permutation_test, ratio_interval, ratio_intervals


def test_benjamini_hochberg_on_the_example_of_its_paper():
    # Benjamini and Hochberg (1995), section 4.1: 15 hypotheses on thrombolysis; the first four are rejected at .05.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    adjusted = benjamini_hochberg(p)
    assert (adjusted <= 0.05).tolist() == [True] * 4 + [False] * 11
    # By hand: p times 15 over its rank, made monotone from above.
    by_hand = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.063857, 0.063857, 0.0645, 0.0765, 0.486]
    assert adjusted[:10] == pytest.approx(by_hand, abs=1e-6)
    order = np.random.default_rng(1).permutation(15)
    assert benjamini_hochberg(np.array(p)[order]) == pytest.approx(adjusted[order])


def test_benjamini_hochberg_leaves_out_what_was_not_tested():
    assert benjamini_hochberg([np.nan, 0.02, np.nan]).tolist() == pytest.approx([np.nan, 0.02, np.nan], nan_ok=True)
    assert np.isnan(benjamini_hochberg([np.nan])).all()
    assert len(benjamini_hochberg([])) == 0


def test_interval_of_three_articles_by_hand():
    # r = 6/600; without each article 5/500, 3/400, 4/300; squared changes 0, 6.25e-6, 1.1111e-5 sum to 0.0041667 squared;
    # over r that is 0.41667; t with 2 degrees of freedom is 4.30265 (any table): exp(4.30265 * 0.41667) = 6.0061.
    low, high, kind = ratio_interval([1, 3, 2], [100, 200, 300])
    assert kind == "studentised"
    assert [low, high] == pytest.approx([0.01 / 6.0061, 0.01 * 6.0061], rel=1e-4)


def test_interval_of_a_share_by_hand():
    # Shares 1/4, 2/4, 3/4: p = 1/2, changes +-1/8 and 0: error sqrt(2)/8, over p (1 - p) on the logit scale 0.70711.
    # logit(1/2) = 0, so the bound is expit(4.30265 * 0.70711) = expit(3.04244) = 0.954455.
    low, high, _ = ratio_interval([1, 2, 3], [4, 4, 4], scale="logit")
    assert [low, high] == pytest.approx([1 - 0.954455, 0.954455], abs=1e-5)


def test_many_intervals_at_once_are_the_single_ones():
    rng = np.random.default_rng(5)
    groups, count, cell, unit, size, unit_group, single = [3, 7, 60, 1, 12], [], [], [], [], [], []
    for g, k in enumerate(groups):
        sizes = rng.integers(50, 900, k)
        sizes[0] = 0 if g == 1 else sizes[0]
        counts = rng.poisson(0.01 * sizes[:, None] * rng.gamma(1, 1, (k, 4)))
        first = len(size)
        size.extend(sizes)
        unit_group.extend([g] * k)
        for c in range(4):
            for u in np.flatnonzero(counts[:, c]):
                count.append(counts[u, c])
                cell.append(4 * g + c)
                unit.append(first + u)
            single.append(ratio_interval(counts[:, c], sizes))
    shuffled = rng.permutation(len(count))
    found = ratio_intervals(
        np.array(count, dtype=float)[shuffled],
        np.array(cell)[shuffled],
        np.array(unit)[shuffled],
        np.array(size, dtype=float),
        np.array(unit_group),
        np.repeat(np.arange(len(groups)), 4),
    )
    assert found.kind.tolist() == [kind for *_, kind in single]
    assert {"studentised", "bootstrap", "few units"} <= set(found.kind)
    assert found.low == pytest.approx(np.array([low for low, *_ in single]), nan_ok=True, rel=1e-6)
    assert found.high == pytest.approx(np.array([high for _, high, _ in single]), nan_ok=True, rel=1e-6)


@pytest.mark.parametrize(
    ("count", "size", "scale", "kind"),
    [
        ([0, 0, 0], [10, 20, 30], "log", "nothing"),
        ([0, 0, 0], [0, 0, 0], "log", "no size"),
        ([1, 2], [10, 20], "log", "few units"),
        ([1, 2, 0], [10, 20, 0], "log", "few units"),
        ([1, 2, 3], [10, 20, 30], "log", "no variance"),
        ([2, 3, 4], [2, 3, 4], "logit", "all"),
    ],
)
def test_no_interval_and_why(count, size, scale, kind):
    low, high, why = ratio_interval(count, size, scale=scale)
    assert np.isnan(low)
    assert np.isnan(high)
    assert why == kind


def test_bootstrap_is_used_for_many_articles_and_agrees_with_the_studentised_interval():
    rng = np.random.default_rng(3)
    size = rng.integers(100, 900, 200)
    count = rng.poisson(0.01 * size * rng.gamma(3, 1 / 3, 200))
    low, high, kind = ratio_interval(count, size)
    assert kind == "bootstrap"
    assert (low, high, kind) == ratio_interval(count, size)
    assert (low, high) != ratio_interval(count, size, seed=1)[:2]
    # Four times the articles (above 400) with the same spread: half the width on the log scale.
    wide, narrow = np.log(high / low), np.log(np.divide(*ratio_interval(np.tile(count, 4), np.tile(size, 4))[1::-1]))
    assert wide / narrow == pytest.approx(2, rel=0.1)


def test_intervals_do_not_depend_on_the_order_of_the_articles():
    rng = np.random.default_rng(4)
    size = rng.integers(100, 110, 120)  # many of the same length, which must not be a matter of chance either
    count = rng.poisson(size / 60)
    shuffled = rng.permutation(120)
    low, high, kind = ratio_interval(count, size)
    assert kind == "bootstrap"
    assert ratio_interval(count[shuffled], size[shuffled])[:2] == pytest.approx((low, high), rel=1e-12)


def test_options_are_checked():
    with pytest.raises(ValueError, match="scale must be 'log'"):
        ratio_interval([1, 2, 3], [4, 5, 6], scale="linear")
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        ratio_interval([1, 2, 3], [4, 5, 6], level=95)


def test_interval_covers_bursty_counts_and_tokens_do_not():
    # benchmarks/coverage.py in small: 5 articles, 2 mentions each, negative binomial.
    rng = np.random.default_rng(11)
    runs, k = 2000, 5
    size = np.round(300 * np.exp(0.6 * rng.normal(size=(runs, k))))
    truth = 2 / 359.0
    count = rng.poisson(truth * size * rng.gamma(0.5, 2, (runs, k)))
    row, column = np.nonzero(count)
    found = ratio_intervals(
        count[row, column].astype(float),
        row,
        row * k + column,
        size.ravel(),
        np.repeat(np.arange(runs), k),
        np.arange(runs),
    )
    given = ~np.isnan(found.low)
    assert given.mean() > 0.9
    assert ((found.low <= truth) & (truth <= found.high))[given].mean() > 0.88
    x, n = count.sum(axis=1)[given], size.sum(axis=1)[given]
    assert (np.abs(x - truth * n) <= 1.96 * np.sqrt(x)).mean() < 0.75


def test_permutation_is_fishers_exact_test_for_the_lady_tasting_tea():
    # Fisher (1935), chapter 2. Three of four right: two-sided p = 34/70 = 0.4857 (R: fisher.test); all right: 2/70.
    side = [1, 1, 1, 1, 0, 0, 0, 0]
    three = permutation_test([1, 1, 1, 0, 1, 0, 0, 0], [1] * 8, side)
    four = permutation_test([1, 1, 1, 1, 0, 0, 0, 0], [1] * 8, side)
    assert (three.kind, three.n_assignments) == ("exact", 70)
    assert three.p[0] == pytest.approx(34 / 70)
    assert four.p[0] == pytest.approx(2 / 70)


def by_enumeration(count, size, side):
    """The definition, in plain Python: the share of assignments at least as far apart."""

    def gap(chosen):
        here = sum(count[i] for i in chosen) / sum(size[i] for i in chosen)
        rest = [i for i in range(len(count)) if i not in chosen]
        return abs(here - sum(count[i] for i in rest) / sum(size[i] for i in rest))

    seen = gap([i for i in range(len(count)) if side[i]])
    gaps = [gap(c) for c in combinations(range(len(count)), sum(side))]
    return sum(g >= seen * (1 - 1e-9) for g in gaps) / len(gaps)


@pytest.mark.parametrize("seed", range(6))
def test_exact_p_is_that_of_full_enumeration(seed):
    rng = np.random.default_rng(seed)
    a, b = [(3, 6), (6, 3), (4, 4), (5, 7), (7, 4), (3, 10)][seed]
    side = rng.permutation([1] * a + [0] * b)
    size = rng.integers(200, 300, a + b)
    count = rng.poisson(0.01 * size[:, None] * rng.gamma(1, 1, (a + b, 3)))
    test = permutation_test(count, size, side)
    assert test.kind == "exact"
    assert test.p == pytest.approx([by_enumeration(count[:, j], size, side) for j in range(3)])


def test_monte_carlo_p_is_near_the_exact_one_and_never_zero(monkeypatch):
    rng = np.random.default_rng(4)
    side = np.arange(13) < 5
    size = rng.integers(200, 300, 13)
    count = rng.poisson(0.02 * size[:, None] * np.where(side, [[1], [2], [20]], 1).T)
    exact = permutation_test(count, size, side)
    monkeypatch.setattr("kzanalytics._permutation.EXACT_ASSIGNMENTS", 10)
    sampled = permutation_test(count, size, side, n_permutations=4999, seed=1)
    assert (exact.kind, sampled.kind) == ("exact", "monte_carlo")
    assert sampled.p == pytest.approx(exact.p, abs=0.02)
    assert sampled.p.min() >= 1 / 5000
    assert (sampled.p == permutation_test(count, size, side, n_permutations=4999, seed=1).p).all()


@pytest.mark.parametrize("k", [300, 1500])
def test_monte_carlo_p_of_many_articles_is_near_the_normal_approximation(k):
    # With equal sizes the permutation distribution is that of a sample mean drawn without replacement: variance
    # S^2 (1/a + 1/b) (Cochran 1977, section 2.5), nearly normal for many articles.
    from scipy.stats import norm

    rng = np.random.default_rng(k)
    side = np.arange(k) < k // 3
    count = rng.poisson(rng.gamma(1, 2, (k, 4)))
    gap = count[side].mean(axis=0) - count[~side].mean(axis=0)
    error = np.sqrt(count.var(axis=0, ddof=1) * (1 / side.sum() + 1 / (~side).sum()))
    test = permutation_test(count, np.full(k, 100), side, n_permutations=1999)
    assert test.kind == "monte_carlo"
    assert test.p == pytest.approx(2 * norm.sf(np.abs(gap) / error), abs=0.04)


def test_swapping_the_sides_changes_nothing():
    rng = np.random.default_rng(8)
    side, size = np.arange(11) < 4, rng.integers(100, 900, 11)
    count = rng.poisson(0.01 * size)
    assert permutation_test(count, size, side).p == pytest.approx(permutation_test(count, size, ~side).p)


def test_articles_of_one_block_are_one_observation():
    # Five copies of one report against five articles: one independent unit here, so no test.
    count, size, side = [3] * 5 + [0, 1, 0, 0, 1], [100] * 10, [1] * 5 + [0] * 5
    copied = permutation_test(count, size, side, block=[0] * 5 + [1, 2, 3, 4, 5])
    assert (copied.kind, copied.reason, copied.n_units) == ("descriptive", "few units", (1, 5))
    assert np.isnan(copied.p).all()
    assert permutation_test(count, size, side).p[0] < 0.05


def test_blocks_move_together_and_those_on_both_sides_stay():
    size = np.full(12, 100)
    side = np.array([1] * 6 + [0] * 6)
    count = np.array([5, 5, 2, 3, 4, 1, 0, 1, 2, 1, 0, 1])
    block = np.array([0, 0, 1, 2, 3, 9, 9, 4, 5, 6, 7, 8])  # 9 is on both sides
    movable = [(10, 200), (2, 100), (3, 100), (4, 100)], [(1, 100), (2, 100), (1, 100), (0, 100), (1, 100)]
    units = movable[0] + movable[1]

    def gap(chosen):
        here = [units[i] for i in chosen] + [(1, 100)]
        rest = [units[i] for i in range(9) if i not in chosen] + [(0, 100)]
        return abs(np.divide(*np.sum(here, axis=0)) - np.divide(*np.sum(rest, axis=0)))

    gaps = np.array([gap(c) for c in combinations(range(9), 4)])
    test = permutation_test(count, size, side, block=block)
    assert test.n_units == (4, 5)
    assert test.p[0] == pytest.approx((gaps >= gap([0, 1, 2, 3]) - 1e-12).mean())


def test_no_test_where_p_could_not_reach_five_per_cent():
    test = permutation_test([0, 0, 0, 9, 9, 9], [100] * 6, [1, 1, 1, 0, 0, 0])
    assert (test.kind, test.reason, test.n_assignments) == ("descriptive", "few assignments", 20)


def test_a_column_without_a_count_has_no_p():
    test = permutation_test([[0, 1]] * 4 + [[0, 2]] * 5, [100] * 9, [1] * 4 + [0] * 5)
    assert np.isnan(test.p[0])
    assert test.p[1] < 0.05


@pytest.mark.parametrize(("a", "b"), [(4, 6), (5, 20)])
def test_false_alarms_are_no_more_than_nominal(a, b):
    # benchmarks/coverage.py in small: no true difference, negative binomial counts, unequal lengths.
    rng = np.random.default_rng(2)
    side, flags = np.arange(a + b) < a, []
    for _ in range(120):
        size = np.round(300 * np.exp(0.6 * rng.normal(size=a + b)))
        count = rng.poisson(0.006 * size[:, None] * rng.gamma(0.5, 2, (a + b, 10)))
        p = permutation_test(count, size, side, n_permutations=199, seed=int(rng.integers(1 << 30))).p
        flags.extend((p <= 0.05)[~np.isnan(p)])
    assert np.mean(flags) < 0.06
