"""Compare outlets, and see what a result hangs on: tests over articles, and leaving one term or one article out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ._frame_units import Corpus, divide, is_unknown, per_thousand, places, token_counts
from ._tables import need
from .stats import LEAST_UNITS_PER_SIDE, PermutationTest, benjamini_hochberg, permutation_test

__all__ = ["compare_outlets", "sensitivity"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

REST = "rest"
_NOTHING = "No article on either side has this frame: there is nothing to compare."
_TOO_RARE = "Not tested: too few articles have this frame, where those of one side are much longer."


def compare_outlets(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    frames: Sequence[str] | None = None,
    by: str = "outlet",
    against: str = REST,
    reuse: pd.DataFrame | None = None,
    n_permutations: int = 1999,
    seed: int = 2022,
) -> pd.DataFrame:
    """Test whether outlets use a frame at different rates, by exchanging whole articles between them.

    Were the outlets alike, it would not matter which outlet an article came from: so articles are dealt out anew, in every
    possible way or in many random ones, and p is how often the rates then differ at least as much. Words are never the unit,
    because they come in bursts. Articles that share passages count as one and move together; those that share passages with
    the other side stay where they are.

    Parameters
    ----------
    mentions : DataFrame
        From `find_mentions`.
    articles : DataFrame
        All articles searched.
    frames : list of str, optional
        Frames to compare; default: all of the codebook. Each one more makes ``p_adjusted`` stricter.
    by : str
        Column of `articles` with the groups to compare.
    against : str
        ``"rest"``: each outlet against all other articles; ``"pairs"``: every two known outlets; or the name of an outlet
        to compare the others with.
    reuse : DataFrame, optional
        Shared passages (columns ``article_a``, ``article_b``), from `find_reuse`; by default they are looked for when a
        test is possible. An empty table means that there are none.
    n_permutations, seed : int
        Of the test, where there are more than 20,000 ways to deal the articles out.

    Returns
    -------
    DataFrame
        One row per comparison and frame:

        - ``frame``, ``outlet``, ``other`` (an outlet, or ``rest``);
        - ``difference`` of the rates per 1,000 words, ``outlet`` minus ``other``; ``ratio``, NaN where ``other`` has none;
        - ``n_articles``, ``n_articles_other``;
        - ``p``: two-sided; ``p_adjusted``: Benjamini-Hochberg over the frames of the comparison;
        - ``inference``: ``exact``, ``monte_carlo``, or ``descriptive``, which has no p;
        - ``note``: why there is no test, or what moved together.

        An outlet that nobody named is shown and never tested.

    Notes
    -----
    A difference says that the outlets' articles differ, not why: they may report other days, or quote other people.

    What a test needs: three independent articles on each side, and enough ways to deal them out for p to reach 0.05 (3
    against 4, or 4 against 4). Where the articles of one side are longer by more than 15 per cent and by more than chance,
    20 on each side and 12 with the frame; the difference divided by its standard error is tested too and the larger p
    counts. `benchmarks/coverage.md` has the false alarms, with and without shared passages as blocks.

    References
    ----------
    Lijffijt et al. (2016), doi:10.1093/llc/fqu064. Phipson and Smyth (2010), doi:10.2202/1544-6115.1585.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": list("abcdefgh"), "outlet": ["الوسط"] * 4 + ["الوطن"] * 4, "n_tokens": 100})
    >>> mentions = pd.DataFrame({"article_id": list("aabbbccdd") + ["f"], "frame": "terrorism"})
    >>> compared = compare_outlets(mentions, articles, against="الوطن")
    >>> compared[["outlet", "difference", "ratio", "p", "inference"]].round(3).values.tolist()
    [['الوسط', 20.0, 9.0, 0.029, 'exact']]
    """
    if not isinstance(by, str):
        raise TypeError(f"by must name one column of articles, as by='outlet', not {by!r}")
    if reuse is not None and not isinstance(reuse, pd.DataFrame):
        raise TypeError(f"reuse must be the table that kz.find_reuse(articles) returns, or None, not {reuse!r}")
    found = Corpus(mentions, articles, by, None, frames)
    tokens = token_counts(articles).astype(np.float64)
    n_frames, n_groups = len(found.frames), len(found.groups)
    counts = np.zeros((len(articles), n_frames))
    np.add.at(counts, (found.article, found.frame), 1)
    names = found.groups[by]
    unknown = is_unknown(names)
    x = np.zeros((n_groups, n_frames))
    np.add.at(x, found.group, counts)
    n = np.bincount(found.group, tokens, minlength=n_groups)
    k = np.bincount(found.group, minlength=n_groups)
    filled = tokens > 0
    k_filled = np.bincount(found.group[filled], minlength=n_groups)

    blocks: Ints | None = None
    if reuse is not None:
        blocks = _blocks(articles, reuse)
    elif "text" in articles.columns and ((k_filled >= LEAST_UNITS_PER_SIDE) & ~unknown).sum() > 0 and n_groups > 1:
        from .reuse import find_reuse

        blocks = _blocks(articles, find_reuse(articles))
    shares = None if blocks is None else np.bincount(blocks)[blocks] > 1

    parts = []
    for here, other in _comparisons(names, unknown, against):
        side = found.group == here
        rest = ~side if other is None else found.group == other
        x_other, n_other = (x.sum(axis=0) - x[here], n.sum() - n[here]) if other is None else (x[other], n[other])
        k_other = int(k.sum() - k[here] if other is None else k[other])
        rate, rate_other = per_thousand(x[here], n[here]), per_thousand(x_other, n_other)
        untested = _why_untested(
            bool(unknown[here]), other is not None and bool(unknown[other]), n[here], float(n_other)
        )
        units = filled & (side | rest)
        nothing = np.full(n_frames, np.nan)
        test = PermutationTest(nothing, "descriptive", "", (0, 0), 0)
        if not untested:
            test = permutation_test(
                counts[units],
                tokens[units],
                side[units],
                block=None if blocks is None else blocks[units],
                n_permutations=n_permutations,
                seed=seed,
            )
        moved = 0 if shares is None else int(shares[units].sum())
        note = untested or _note(test, moved)
        tested = ~np.isnan(test.p)
        parts.append(
            pd.DataFrame(
                {
                    "frame": found.frame_column(np.arange(n_frames)),
                    by: names[here],
                    "other": REST if other is None else names[other],
                    "difference": rate - rate_other,
                    "ratio": divide(rate, rate_other),
                    "n_articles": k[here],
                    "n_articles_other": k_other,
                    "p": test.p,
                    "p_adjusted": benjamini_hochberg(test.p),
                    "inference": np.where(tested, test.kind, "descriptive"),
                    "note": [
                        note if untested or test.reason or done else _NOTHING if none else _TOO_RARE
                        for done, none in zip(tested, (x[here] + x_other) == 0, strict=True)
                    ],
                }
            )
        )
    types = {
        "frame": found.dtype,
        by: names.dtype,
        "other": "str",
        **dict.fromkeys(("difference", "ratio"), "float64"),
        **dict.fromkeys(("n_articles", "n_articles_other"), "int64"),
        **dict.fromkeys(("p", "p_adjusted"), "float64"),
        **dict.fromkeys(("inference", "note"), "str"),
    }
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(types))
    return table.astype(types)


def _comparisons(names: pd.Series, unknown: Bools, against: str) -> Iterator[tuple[int, int | None]]:
    n = len(names)
    if against == REST:
        for here in range(n if n > 1 else 0):
            yield here, None
        return
    if against == "pairs":
        for here in range(n):
            for other in range(here + 1, n):
                if not (unknown[here] or unknown[other]):
                    yield here, other
        return
    chosen = np.flatnonzero((names == against).to_numpy(dtype=bool, na_value=False))
    if not len(chosen):
        listed = ", ".join(map(str, names[:8]))
        raise ValueError(f"against must be 'rest', 'pairs' or an outlet ({listed}), not {against!r}")
    for here in range(n):
        if here != chosen[0]:
            yield here, int(chosen[0])


def _why_untested(unknown: bool, other_unknown: bool, tokens: float, tokens_other: float) -> str:
    if unknown or other_unknown:
        which = "this" if unknown else "the other"
        return f"Nobody knows which outlet {which} is, so the difference is shown and not tested."
    if not (tokens > 0 and tokens_other > 0):
        return "One side has no words, so there is no rate to compare."
    return ""


def _note(test: PermutationTest, moved: int) -> str:
    here, other = test.n_units
    together = f"{moved} articles share passages and do not count as independent." if moved else ""
    if not test.reason:
        return together
    have = f"{here} independent article{'s' if here != 1 else ''} against {other}"
    if test.reason == "few units":
        why = f"at least {LEAST_UNITS_PER_SIDE} on each side are needed before a difference says anything of an outlet"
    elif test.reason == "unlike sizes":
        why = "the articles of one side are much longer, and then at least 20 on each side are needed"
    else:
        why = "with so few, even the largest difference would come about by chance more often than one time in twenty"
    return f"Not tested: {have}; {why}." + (f" {together}" if together else "")


def _blocks(articles: pd.DataFrame, reuse: pd.DataFrame) -> Ints:
    """Number articles so that those linked by shared passages have one number."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    need(reuse, ["article_a", "article_b"], "reuse")
    a, b = (places(articles, reuse[f"article_{x}"], "reuse") for x in "ab")
    n = len(articles)
    links = coo_matrix((np.ones(len(a)), (a, b)), shape=(n, n))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)


def sensitivity(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "outlet",
    freq: str | None = None,
    frames: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Show what each rate and each ranking hangs on, by leaving one term or one article out at a time.

    Parameters
    ----------
    mentions : DataFrame
        From `find_mentions`, with ``term``; without it only articles are left out.
    articles, by, freq, frames
        As in `frame_rates`.

    Returns
    -------
    DataFrame
        One row per group, frame and thing left out: the group columns, ``frame``; ``left_out``: ``term`` (of this frame) or
        ``article`` (of this group); ``item``: which; ``rate`` per 1,000 words, ``rate_without`` (NaN if nothing is left),
        ``change``; ``rank`` of the group among the groups in this frame (1 = highest rate, ties share the better one) and
        ``rank_without``; ``frame_rank`` of the frame among the frames of the group and ``frame_rank_without``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1", "2", "3"], "outlet": ["الوسط", "الوسط", "الوطن"], "n_tokens": 100})
    >>> mentions = pd.DataFrame({
    ...     "article_id": ["1", "1", "1", "3", "3"], "frame": "terrorism", "term": ["إرهاب", "إرهاب", "إرهابي", "إرهاب", "إرهابي"]
    ... })
    >>> table = sensitivity(mentions, articles)
    >>> table.loc[table.outlet == "الوسط", ["left_out", "item", "rate", "rate_without"]].values.tolist()
    [['term', 'إرهاب', 15.0, 5.0], ['term', 'إرهابي', 15.0, 10.0], ['article', '1', 15.0, 0.0], ['article', '2', 15.0, 30.0]]
    """
    found = Corpus(mentions, articles, by, freq, frames)
    tokens = token_counts(articles).astype(np.float64)
    n_frames, n_groups = len(found.frames), len(found.groups)
    x = np.zeros((n_groups, n_frames))
    np.add.at(x, (found.group[found.article], found.frame), 1)
    n = np.bincount(found.group, tokens, minlength=n_groups)[:, None]
    rate = per_thousand(x, n)
    rank, frame_rank = _ranks(rate), _ranks(rate.T).T
    parts = []

    if "term" in mentions.columns:
        term, terms = pd.factorize(mentions["term"].iloc[found.rows].astype("str"), sort=True)
        pairs, pair = np.unique(found.frame * max(len(terms), 1) + term, return_inverse=True)
        frame = (pairs // max(len(terms), 1)).astype(np.int64)
        lost = np.zeros((n_groups, len(pairs)))
        np.add.at(lost, (found.group[found.article], pair), 1)
        new = per_thousand(x[:, frame] - lost, n)
        others = np.stack([_rank_in(rate, g, new[g], frame) for g in range(n_groups)]) if len(pairs) else new
        group = np.repeat(np.arange(n_groups), len(pairs))
        parts.append(
            (
                group,
                np.tile(frame, n_groups),
                "term",
                np.asarray(terms, dtype=object)[np.tile(pairs % max(len(terms), 1), n_groups)],
                new.ravel(),
                _ranks(new).ravel(),
                others.ravel(),
            )
        )
    own = np.zeros((len(articles), n_frames))
    np.add.at(own, (found.article, found.frame), 1)
    order = np.argsort(found.group, kind="stable")
    group = found.group[order]
    new = per_thousand(x[group] - own[order], n[group] - tokens[order, None])
    among = np.empty_like(new)
    for f in range(n_frames):
        known = np.sort(rate[~np.isnan(rate[:, f]), f])
        above = len(known) - np.searchsorted(known, new[:, f], side="right")
        among[:, f] = 1 + above - (rate[group, f] > new[:, f])
    among[np.isnan(new)] = np.nan
    ids = articles["article_id"].astype("str").to_numpy(dtype=object)[order]
    parts.append(
        (
            np.repeat(group, n_frames),
            np.tile(np.arange(n_frames), len(articles)),
            "article",
            np.repeat(ids, n_frames),
            new.ravel(),
            among.ravel(),
            _ranks(new.T).T.ravel(),
        )
    )

    tables = []
    for of_group, of_frame, kind, item, without, rank_without, frame_rank_without in parts:
        table = found.groups.iloc[of_group].reset_index(drop=True)
        table["frame"] = found.frame_column(of_frame)
        table["left_out"] = kind
        table["item"] = pd.array(item, dtype="str")
        table["rate"] = rate[of_group, of_frame]
        table["rate_without"] = without
        table["change"] = without - rate[of_group, of_frame]
        table["rank"] = rank[of_group, of_frame]
        table["rank_without"] = rank_without
        table["frame_rank"] = frame_rank[of_group, of_frame]
        table["frame_rank_without"] = frame_rank_without
        tables.append(table)
    return pd.concat(tables, ignore_index=True).astype({"left_out": "str"})


def _ranks(rate: Floats) -> Floats:
    """Rank down each column, 1 = highest; ties share the better rank, NaN has none."""
    return pd.DataFrame(rate).rank(ascending=False, method="min").to_numpy(dtype=np.float64)


def _rank_in(rate: Floats, group: int, new: Floats, frame: Ints) -> Floats:
    """Rank among the frames of a group when the frames get new rates one at a time."""
    row = rate[group]
    above = (row[None, :] > new[:, None]).sum(axis=1) - (row[frame] > new)
    return np.where(np.isnan(new), np.nan, 1.0 + above)
