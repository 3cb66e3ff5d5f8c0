"""How often do the intervals hold the truth, and how often does a comparison raise a false alarm?

Simulates articles whose words come in bursts (every article has a rate of its own) and whose lengths differ, and asks the
functions that frame_rates, stance_shares and compare_outlets use. Everything is random numbers; no corpus is read.

    python benchmarks/coverage.py               # writes benchmarks/coverage.md, a few minutes
    python benchmarks/coverage.py --quick       # fewer repetitions, prints only
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from kzanalytics.stats import benjamini_hochberg, permutation_test, ratio_intervals

FLOOR = 0.88
# Mean 1 each: what an article's rate is multiplied by. Negative binomial counts (gamma), frames that most articles never use
# (half, fifth), and a heavier tail (lognormal).
BURSTS: dict[str, Callable[[np.random.Generator, tuple[int, ...]], np.ndarray]] = {
    "none": lambda rng, shape: np.ones(shape),
    "gamma 1": lambda rng, shape: rng.gamma(1, 1, shape),
    "gamma 0.5": lambda rng, shape: rng.gamma(0.5, 2, shape),
    "gamma 0.3": lambda rng, shape: rng.gamma(0.3, 1 / 0.3, shape),
    "half": lambda rng, shape: (rng.random(shape) < 0.5) * 2 * rng.gamma(2, 0.5, shape),
    "fifth": lambda rng, shape: (rng.random(shape) < 0.2) * 5 * rng.gamma(2, 0.5, shape),
    "lognormal": lambda rng, shape: np.exp(rng.normal(size=shape) - 0.5),
}
MEAN_LENGTH = 300 * np.exp(0.6**2 / 2)


def lengths(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Lognormal article lengths, median 300 words, a tenth above 650."""
    return np.maximum(20, np.round(300 * np.exp(0.6 * rng.normal(size=shape))))


def articles(
    rng: np.random.Generator, shape: tuple[int, ...], mean: float, burst: str
) -> tuple[np.ndarray, np.ndarray]:
    """Mentions and words of articles with `mean` mentions each on average; the true rate is mean / MEAN_LENGTH."""
    size = lengths(rng, shape)
    return rng.poisson(mean / MEAN_LENGTH * BURSTS[burst](rng, shape) * size), size


def intervals(count: np.ndarray, size: np.ndarray, **options: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Intervals of many simulated corpora (rows) in one call."""
    runs, k = count.shape
    row, unit = np.nonzero(count)
    found = ratio_intervals(
        count[row, unit].astype(float),
        row,
        row * k + unit,
        size.ravel().astype(float),
        np.repeat(np.arange(runs), k),
        np.arange(runs),
        **options,  # type: ignore[arg-type]
    )
    return found.low, found.high, found.kind


def covered(low: np.ndarray, high: np.ndarray, truth: float) -> tuple[float, float, float]:
    """Share of runs with an interval, share of those that hold the truth, median of high / low."""
    given = ~np.isnan(low)
    if not given.any():
        return 0.0, np.nan, np.nan
    inside = (low[given] <= truth) & (truth <= high[given])
    width = np.median(high[given] / low[given]) if (low[given] > 0).all() else np.nan
    return float(given.mean()), float(inside.mean()), float(width)


def token_level(count: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval with every token an observation: what a chi-square test believes."""
    x, n, z = count.sum(axis=1), size.sum(axis=1), 1.959964
    centre, spread = (x + z**2 / 2) / (n + z**2), z / (n + z**2) * np.sqrt(x * (1 - x / n) + z**2 / 4)
    return centre - spread, centre + spread


def rates(rng: np.random.Generator, runs: int) -> Iterable[list[object]]:
    for k in (2, 3, 4, 5, 8, 12, 20, 30, 50, 100):
        for mean in (0.2, 0.5, 2, 8):
            worst: list[tuple[float, str]] = []
            shown, wide, tokens, means = [], [], [], []
            kinds: set[str] = set()
            for burst in BURSTS:
                again = runs if k < 50 else max(100, runs // 8)
                count, size = articles(rng, (again, k), mean, burst)
                low, high, kind = intervals(count, size, n_bootstrap=799)
                given, inside, width = covered(low, high, mean / MEAN_LENGTH)
                kinds.update(kind[~np.isnan(low)])
                shown.append(given)
                if given:
                    worst.append((inside, burst))
                    means.append(inside)
                    wide.append(width)
                tokens.append(covered(*token_level(count, size), mean / MEAN_LENGTH)[1])
            least = min(worst) if worst else (np.nan, "")
            yield [
                k,
                mean,
                " + ".join(sorted(kinds)) or "no interval",
                f"{np.mean(shown):.2f}",
                f"{np.mean(means):.3f}" if means else "",
                f"{least[0]:.3f} ({least[1]})" if worst else "",
                f"{np.median(wide):.1f}" if wide else "",
                f"{np.mean(tokens):.2f}",
            ]


def shares(rng: np.random.Generator, runs: int) -> Iterable[list[object]]:
    for k in (2, 3, 5, 8, 12, 20, 50):
        for mean in (2, 8):
            for truth in (0.1, 0.5):
                cells, widths, shown = [], [], []
                for within in (10.0, 2.0, 0.7):  # from articles much alike to nearly all-or-nothing
                    again = runs if k < 50 else max(100, runs // 8)
                    size, _ = articles(rng, (again, k), mean, "gamma 1")
                    own = rng.beta(truth * within, (1 - truth) * within, (again, k))
                    low, high, _ = intervals(rng.binomial(size, own), size, scale="logit", n_bootstrap=799)
                    given, inside, _ = covered(low, high, truth)
                    shown.append(given)
                    cells.append(inside)
                    widths.append(np.nanmedian(high - low) if given else np.nan)
                line = [f"{c:.3f}" if given else "" for c in cells]
                yield [k, mean, truth, f"{np.mean(shown):.2f}", *line, f"{np.median(widths):.2f}" if given else ""]


def within(rng: np.random.Generator, runs: int) -> Iterable[list[object]]:
    """One article: mentions come in spells over neighbouring sentences (a two-state chain)."""
    for sentences in (9, 12, 15, 25, 50):
        for mean in (2, 5, 10, 20):
            cells: list[str] = []
            for persistence in (0.0, 0.3, 0.6):
                size = np.maximum(4, np.round(22 * np.exp(0.5 * rng.normal(size=(runs, sentences)))))
                on = np.empty((runs, sentences), dtype=bool)
                on[:, 0] = rng.random(runs) < 0.3
                for s in range(1, sentences):
                    stay = rng.random(runs) < persistence
                    on[:, s] = np.where(stay, on[:, s - 1], rng.random(runs) < 0.3)
                truth = mean / (sentences * 22 * np.exp(0.5**2 / 2))
                count = rng.poisson(truth * size * on / 0.3)
                for length in (1, 3):
                    n = sentences // length
                    block = np.minimum(np.arange(sentences) * n // sentences, n - 1)
                    pooled = [np.stack([a[:, block == b].sum(axis=1) for b in range(n)], axis=1) for a in (count, size)]
                    some = (pooled[0] > 0).sum(axis=1) > 1
                    low, high, _ = intervals(pooled[0][some], pooled[1][some], n_bootstrap=799)
                    cells.append(f"{covered(low, high, truth)[1]:.3f}")
            yield [sentences, mean, *cells[::2], *cells[1::2]]


def g_squared(count: np.ndarray, size: np.ndarray, side: np.ndarray) -> bool:
    """The log-likelihood test over tokens, as keyness tools have it, at five per cent."""
    x = np.array([count[side].sum(), count[~side].sum()], dtype=float)
    n = np.array([size[side].sum(), size[~side].sum()])
    expected = n * x.sum() / n.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        return bool(2 * np.nansum(np.where(x > 0, x * np.log(x / expected), 0)) > 3.841)


def comparisons(rng: np.random.Generator, runs: int) -> Iterable[list[object]]:
    """Ten frames without a true difference: how often p, or any adjusted p, is below .05; and one frame that does differ."""
    n_frames = 10
    cases = [(3, 4, 1), (4, 4, 1), (5, 5, 1), (5, 20, 1), (20, 20, 1), (10, 60, 1)]
    cases += [(5, 20, 3), (20, 20, 3), (20, 60, 1.5), (60, 20, 1.5), (20, 60, 2), (60, 20, 2), (20, 60, 3), (60, 20, 3)]
    for a, b, longer in cases:
        for burst, mean in (("gamma 0.5", 2.0), ("gamma 0.5", 0.3), ("fifth", 8.0)):
            side = np.arange(a + b) < a
            flags, any_flag, tokens, power, tests, tested, kind = 0, 0, 0.0, 0, 0, 0, "descriptive"
            for _ in range(runs):
                size = lengths(rng, (a + b,)) * np.where(side, longer, 1)
                bursts = BURSTS[burst](rng, (a + b, n_frames))
                count = rng.poisson(mean / MEAN_LENGTH * bursts * size[:, None])
                tokens += np.mean([g_squared(count[:, f], size, side) for f in range(n_frames)])
                test = permutation_test(count, size, side, n_permutations=399, seed=int(rng.integers(1 << 30)))
                if test.reason:
                    continue
                kind = test.kind
                p = test.p[~np.isnan(test.p)]
                flags += int((p <= 0.05).sum())
                tests += len(p)
                tested += len(p) > 0
                any_flag += bool((benjamini_hochberg(p) <= 0.05).any())
                more = rng.poisson(mean / MEAN_LENGTH * bursts[:, :1] * (size * np.where(side, 3, 1))[:, None])
                power += bool(permutation_test(more, size, side, n_permutations=399, seed=1).p[0] <= 0.05)
            enough = tested >= runs / 10
            yield [
                f"{a} / {b}",
                longer,
                burst,
                mean,
                kind,
                f"{tested / runs:.2f}",
                f"{flags / max(tests, 1):.3f}" if enough else "",
                f"{any_flag / max(tested, 1):.3f}" if enough else "",
                f"{power / max(tested, 1):.2f}" if enough else "",
                f"{tokens / runs:.2f}",
            ]


def copies(rng: np.random.Generator, runs: int) -> Iterable[list[object]]:
    """No true difference, but reports are reprinted: by the same outlet, or by both."""
    for a, b in ((6, 6), (8, 20)):
        for again, both in ((1.0, 0.0), (3.0, 0.0), (3.0, 0.3)):
            side = np.arange(a + b) < a
            flags, tests = np.zeros(2), 0
            for _ in range(runs):
                size = lengths(rng, (a + b,))
                count = rng.poisson(2 / MEAN_LENGTH * BURSTS["gamma 0.5"](rng, (a + b, 10)) * size[:, None])
                report = np.repeat(np.arange(a + b), rng.geometric(1 / again, a + b))
                where = side[report] ^ (rng.random(len(report)) < both / 2)
                seed = int(rng.integers(1 << 30))
                for which, block in enumerate((None, report)):
                    p = permutation_test(
                        count[report], size[report], where, block=block, n_permutations=199, seed=seed
                    ).p
                    flags[which] += (p <= 0.05).sum()
                tests += int((~np.isnan(p)).sum())
            yield [f"{a} / {b}", again, both, *(f"{f / max(tests, 1):.3f}" for f in flags)]


def table(title: str, columns: list[str], rows: Iterable[list[object]], text: str) -> str:
    lines = [f"## {title}", "", text, "", "| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    quick = "--quick" in sys.argv
    rng = np.random.default_rng(2022)
    began = time.perf_counter()
    parts = [
        "# Coverage of the intervals and false alarms of the comparisons\n",
        "Written by `python benchmarks/coverage.py`; nothing here is typed by hand. Nominal coverage is 0.95; below "
        f"{FLOOR} no interval would be given. Articles have lognormal lengths (median 300 words) and each its own rate "
        "(`gamma 0.5`: the rate times a gamma variable of shape 0.5, so counts are negative binomial; `half`, `fifth`: only "
        "that part of the articles uses the frame at all; `lognormal`: heavy tail).\n",
        table(
            "Rates over articles",
            [
                "articles",
                "mentions per article",
                "interval",
                "given",
                "mean coverage",
                "worst coverage",
                "high/low",
                "token-level",
            ],
            rates(rng, 400 if quick else 2000),
            "Mean and worst over the seven kinds of bursts. `given`: runs with an interval (none without a mention, none "
            "below three articles). `token-level`: coverage of Wilson's interval with every token an observation.",
        ),
        table(
            "Shares (stance, voice, speaker) over articles",
            ["articles", "mentions per article", "true share", "given", "alike", "mixed", "all or nothing", "width"],
            shares(rng, 400 if quick else 2000),
            "Coverage where the share of each article is drawn from a beta distribution of concentration 10, 2 and 0.7.",
        ),
        table(
            "Rates within one article",
            ["sentences", "mentions", "1 sentence: 0", "0.3", "0.6", "3 sentences: 0", "0.3", "0.6"],
            within(rng, 400 if quick else 2000),
            "Coverage with blocks of one and of three sentences (mentions in two of them or more), where mentions "
            "run on from sentence to sentence with "
            "probability 0, 0.3 and 0.6. Blocks of three are what the library uses, from 12 sentences on.",
        ),
        table(
            "Comparisons without a true difference",
            [
                "articles",
                "longer by",
                "bursts",
                "mentions per article",
                "test",
                "tested",
                "p <= .05",
                "any of 10 adjusted",
                "power",
                "G2 over tokens",
            ],
            comparisons(rng, 40 if quick else 250),
            "`longer by`: how much longer the first outlet's articles are; where they differ and are few there is no test "
            "(`tested`: share of the runs that had one). `any of 10 adjusted`: comparisons of ten frames with at least one "
            "Benjamini-Hochberg p at or below .05. `power`: found, when the first outlet uses a frame three times as often. "
            "`G2 over tokens`: false alarms of the log-likelihood test that takes every word for an observation.",
        ),
        table(
            "Reprinted reports, without a true difference",
            [
                "reports",
                "prints of each",
                "in both outlets",
                "articles as units: p <= .05",
                "shared passages as blocks: p <= .05",
            ],
            copies(rng, 40 if quick else 300),
            "Articles that share passages count as one. `prints of each`: mean of a geometric distribution; `in both outlets`: "
            "share of the reprints that either outlet may have.",
        ),
    ]
    minutes = (time.perf_counter() - began) / 60
    text = "\n".join([*parts, f"{minutes:.1f} minutes; numpy {np.__version__}, seed 2022.\n"])
    print(text)
    if not quick:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
