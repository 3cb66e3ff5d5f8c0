"""Rates and shares of frames over groups of articles. The article is the unit, for words come in bursts.

Tables in, new tables out; a row for every group and frame, those with no mention included. Each row says in ``interval`` and
``inference`` what its bounds are worth, or why there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ._frame_units import Corpus, divide, per_thousand, reused, sentence_blocks, token_counts, with_intervals
from .comparisons import compare_outlets, sensitivity
from .frame_shares import speaker_frames, speaker_shares, stance_shares
from .stats import ratio_intervals

__all__ = [
    "co_occurrence",
    "compare_outlets",
    "frame_rates",
    "sensitivity",
    "speaker_frames",
    "speaker_shares",
    "stance_shares",
]

LEAST_BLOCKS = 4  # of sentences; with three, coverage can fall to 0.87 (benchmarks/coverage.md)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def frame_rates(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "outlet",
    freq: str | None = None,
    frames: Sequence[str] | None = None,
    reuse: str = "keep",
    shared: pd.DataFrame | None = None,
    level: float = 0.95,
    n_bootstrap: int = 1999,
    seed: int = 2022,
) -> pd.DataFrame:
    """Count how often each group of articles uses each frame, per 1,000 words, with intervals that say what they are.

    Parameters
    ----------
    mentions : DataFrame
        From `find_mentions`: ``article_id, frame, start, end``.
    articles : DataFrame
        All articles searched, also those without a mention. A column ``n_tokens`` of whole numbers, if there is one, is
        taken as the number of words; otherwise they are counted (`count_tokens`).
    by : str, list of str or None
        Columns of `articles` that make up the groups; None for all articles together. Missing values are a group of their
        own; articles of unknown outlets stay apart, one by one.
    freq : str, optional
        Cuts ``date`` into periods named by their first day: ``"D"``, ``"W"``, ``"M"``, ``"Q"`` or ``"Y"``. ``date`` is
        added to `by` if it is not there.
    frames : list of str, optional
        Frames to report, in this order; default: all of the codebook.
    reuse : {"keep", "first", "drop"}
        What becomes of passages that articles share (agency copy, one speech quoted by all): counted wherever they stand;
        only in the article of the earliest date; or nowhere. Articles without a date come after all that have one; where
        that leaves a tie (equal dates, or none), the lower ``article_id`` keeps the passage. ``n_ties`` counts the passages
        for which a date was equal or missing.
    shared : DataFrame, optional
        The shared passages, from `find_reuse`; by default they are looked for.
    level : float
        Nominal coverage of the intervals.
    n_bootstrap, seed : int
        Replicates and seed of the bootstrap.

    Returns
    -------
    DataFrame
        One row per group and frame, the group columns and

        - ``frame``;
        - ``n_articles``, ``n_tokens``: articles and words of the group;
        - ``n_mentions``; ``rate``: mentions per 1,000 words (sum over sum; NaN without words);
        - ``n_articles_with``, ``article_share``: articles with at least one mention, and their share, 0 to 1;
        - ``low``, ``high``: bounds of the rate, NaN where there are none;
        - ``interval``: ``over articles: bootstrap`` (50 to 400 articles, at least 20 of them with the frame), ``over
          articles: studentised`` (otherwise, from 3 articles on), ``within the one article: ...`` (from blocks of three
          sentences: how far the rate hangs on a few of them; it says nothing of the outlet), or why there is none;
        - ``inference``: ``interval`` or ``descriptive``;
        - with `reuse` other than ``"keep"``: ``rate_all``, the rate with all text counted, ``n_tokens_shared`` and
          ``n_mentions_shared``, what was taken away, and ``n_ties``. Articles with nothing left are no longer in
          ``n_articles``.

    Notes
    -----
    Mentions in headlines count where the headline is part of ``text``; leave them out with
    ``mentions[~mentions.in_title]``. `benchmarks/coverage.md` shows how often the intervals hold the true rate.

    Raises
    ------
    ValueError
        If a column is missing, a mention's article is not in `articles`, or an argument is not one of those allowed.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["الوسط", "الوطن"], "n_tokens": [200, 100]})
    >>> mentions = pd.DataFrame({"article_id": ["1", "1"], "frame": ["terrorism"] * 2, "start": [3, 90], "end": [9, 99]})
    >>> frame_rates(mentions, articles)[["outlet", "n_mentions", "rate"]].values.tolist()
    [['الوسط', 2, 10.0], ['الوطن', 0, 0.0]]
    """
    if reuse not in ("keep", "first", "drop"):
        raise ValueError(f"reuse must be 'keep', 'first' or 'drop', not {reuse!r}")
    found = Corpus(mentions, articles, by, freq, frames)
    tokens = token_counts(articles)
    start = found.starts(mentions)
    lost = None
    if reuse != "keep":
        if shared is None:
            from .reuse import find_reuse

            shared = find_reuse(articles)
        lost = reused(articles, shared, reuse == "first", found.article, start)

    options = {"level": level, "n_bootstrap": n_bootstrap, "seed": seed}
    if lost is None:
        return _rates(found, articles, tokens, found.article, found.frame, start, options)
    left = np.maximum(tokens - lost.tokens, 0)
    kept = ~lost.mentions
    there = (left > 0) | (tokens == 0)
    table = _rates(found, articles, left, found.article[kept], found.frame[kept], start[kept], options, there)
    n_frames, n_groups = len(found.frames), len(found.groups)
    cell = np.repeat(np.arange(n_groups), n_frames)
    all_tokens = np.bincount(found.group, tokens, minlength=n_groups)[cell]
    of_cell = found.group[found.article] * n_frames + found.frame
    everything = np.bincount(of_cell, minlength=len(cell))
    table["rate_all"] = per_thousand(everything, all_tokens)
    table["n_tokens_shared"] = all_tokens.astype(np.int64) - table["n_tokens"]
    table["n_mentions_shared"] = everything - table["n_mentions"]
    table["n_ties"] = np.bincount(found.group, lost.ties, minlength=n_groups)[cell].astype(np.int64)
    return table


def _rates(
    found: Corpus,
    articles: pd.DataFrame,
    tokens: Ints,
    article: Ints,
    frame: Ints,
    start: Ints,
    options: dict[str, Any],
    there: npt.NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    n_frames, n_groups = len(found.frames), len(found.groups)
    cell_group = np.repeat(np.arange(n_groups), n_frames)
    n_cells = n_groups * n_frames
    key, count = np.unique(article * n_frames + frame, return_counts=True)
    unit = key // n_frames
    cell = found.group[unit] * n_frames + key % n_frames

    table = found.groups.loc[np.repeat(found.groups.index, n_frames)].reset_index(drop=True)
    table["frame"] = found.frame_column(np.tile(np.arange(n_frames), n_groups))
    counted = found.group if there is None else found.group[there]
    table["n_articles"] = np.bincount(counted, minlength=n_groups)[cell_group]
    table["n_tokens"] = np.bincount(found.group, tokens, minlength=n_groups)[cell_group].astype(np.int64)
    table["n_mentions"] = np.bincount(cell, count, minlength=n_cells).astype(np.int64)
    table["rate"] = per_thousand(table["n_mentions"].to_numpy(), table["n_tokens"].to_numpy())
    table["n_articles_with"] = np.bincount(cell, minlength=n_cells)
    table["article_share"] = divide(table["n_articles_with"], table["n_articles"])
    over = ratio_intervals(count.astype(float), cell, unit, tokens.astype(float), found.group, cell_group, **options)
    low, high, kind = 1000 * over.low, 1000 * over.high, over.kind

    alone = np.bincount(found.group, minlength=n_groups) == 1
    single = np.flatnonzero(alone[found.group] & np.isin(np.arange(len(tokens)), unit))
    if len(single) and "text" in articles.columns:
        place = np.full(len(tokens), -1)
        place[single] = np.arange(len(single))
        mine = place[article] >= 0
        blocks = sentence_blocks(articles.iloc[single], place[article[mine]], start[mine])
        # Words may have been taken away or counted by the user: what is left is spread evenly over the blocks.
        whole = np.bincount(blocks.article, blocks.tokens, minlength=len(single))
        size = blocks.tokens * divide(tokens[single], whole)[blocks.article]
        key, count = np.unique(blocks.of_mention * n_frames + frame[mine], return_counts=True)
        block = key // n_frames
        home = found.group[single][blocks.article]
        within = ratio_intervals(
            count.astype(float), home[block] * n_frames + key % n_frames, block, size, home, cell_group, **options
        )
        here = np.isin(cell_group, home) & (table["n_mentions"] > 0).to_numpy()
        low, high = np.where(here, 1000 * within.low, low), np.where(here, 1000 * within.high, high)
        kind = np.where(here, np.array([f"within {k}" for k in within.kind], dtype=object), kind)
        few = np.isin(cell_group, found.group[single][np.bincount(blocks.article) < LEAST_BLOCKS]) & here
        kind[few] = "within few units"
        heap = here & (np.bincount(home[block] * n_frames + key % n_frames, minlength=n_cells) == 1)
        low[heap | few] = high[heap | few] = np.nan
        kind[heap & (kind != "within few units")] = "within one block"
    said = {
        "studentised": "over articles: studentised",
        "bootstrap": "over articles: bootstrap",
        "nothing": "none: no mention, and how rare the frame really is cannot be read off a zero",
        "no size": "none: no words to count in",
        "no variance": "none: every article has the same rate, so there is no spread to measure",
        "within studentised": "within the one article: studentised over blocks of sentences",
        "within bootstrap": "within the one article: bootstrap over blocks of sentences",
        "within few units": "none: 1 article of fewer than twelve sentences can neither stand for others nor be cut up",
        "within one block": "none: all mentions stand in one place of the one article, so how they spread cannot be seen",
        "within no variance": "none: every part of the one article has the same rate",
    }
    return with_intervals(table, low, high, kind, said)


def co_occurrence(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = None,
    frames: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Count which frames stand in the same articles.

    Parameters
    ----------
    mentions, articles, by, frames
        As in `frame_rates`; by default all articles are one group.

    Returns
    -------
    DataFrame
        One row per group and pair of frames: the group columns, ``frame``, ``other``, ``n_articles``; ``n_frame``,
        ``n_other``, ``n_both``: articles with the one, the other, both; ``expected``: articles with both if the two
        had nothing to do with each other; ``jaccard``: both by either, 0 to 1, NaN without any; ``lift``: ``n_both /
        expected``, NaN where that is zero. Longer articles hold more of everything, so a lift above 1 is not yet a link.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1", "2", "3", "4"]})
    >>> mentions = pd.DataFrame({
    ...     "article_id": ["1", "1", "2"], "frame": ["terrorism", "fuel_prices", "terrorism"]
    ... })
    >>> co_occurrence(mentions, articles).values.tolist()
    [['terrorism', 'fuel_prices', 4, 2, 1, 1, 0.5, 0.5, 2.0]]
    """
    found = Corpus(mentions, articles, by, None, frames)
    n_frames, n_groups = len(found.frames), len(found.groups)
    there = np.zeros((len(articles), n_frames), dtype=bool)
    there[found.article, found.frame] = True
    one, other = np.triu_indices(n_frames, k=1)
    n_pairs = len(one)
    both = np.zeros((n_groups, n_pairs), dtype=np.int64)
    single = np.zeros((n_groups, n_frames), dtype=np.int64)
    np.add.at(single, found.group, there)
    np.add.at(both, found.group, there[:, one] & there[:, other])
    table = found.groups.loc[np.repeat(found.groups.index, n_pairs)].reset_index(drop=True)
    table["frame"] = found.frame_column(np.tile(one, n_groups))
    table["other"] = found.frame_column(np.tile(other, n_groups))
    table["n_articles"] = np.repeat(np.bincount(found.group, minlength=n_groups), n_pairs)
    table["n_frame"] = single[:, one].ravel()
    table["n_other"] = single[:, other].ravel()
    table["n_both"] = both.ravel()
    table["expected"] = table["n_frame"] * table["n_other"] / table["n_articles"]
    table["jaccard"] = divide(table["n_both"], table["n_frame"] + table["n_other"] - table["n_both"])
    table["lift"] = divide(table["n_both"], table["expected"])
    return table
