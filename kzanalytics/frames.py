"""Rates, shares and comparisons of frames over groups of articles. The article is the unit (DESIGN fact 5).

Tables in, new tables out; a row for every group and frame, those with no mention included. Each row says in ``interval`` and
``inference`` what its bounds are worth, or why there are none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .stats import Intervals, ratio_intervals

__all__ = ["frame_rates"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_MENTION_COLUMNS = ("frame", "term", "start", "end", "in_title")


def frame_rates(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "outlet",
    freq: str | None = None,
    frames: Sequence[str] | None = None,
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
        All articles searched, also those without a mention. An integer column ``n_tokens``, if there is one, is taken as
        the number of words; otherwise they are counted (`count_tokens`).
    by : str, list of str or None
        Columns of `articles` that make up the groups; None for all articles together. Missing values are a group of their
        own; articles of unknown outlets stay apart, one by one.
    freq : str, optional
        Cuts ``date`` into periods named by their first day: ``"D"``, ``"W"``, ``"M"``, ``"Q"`` or ``"Y"``. ``date`` is
        added to `by` if it is not there.
    frames : list of str, optional
        Frames to report, in this order; default: all of the codebook.
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
        - ``interval``: ``over articles: studentised`` (3 to 49 articles, or a frame in fewer than 20 of them),
          ``over articles: bootstrap`` (more), ``within the one article: ...`` (what another passage by the same hand on the
          same day might have given; it says nothing of the outlet), or a sentence why there is none;
        - ``inference``: ``interval`` or ``descriptive``.

    Raises
    ------
    ValueError
        If a column is missing, or a mention's article is not in `articles`.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["الوسط", "الوطن"], "n_tokens": [200, 100]})
    >>> mentions = pd.DataFrame({"article_id": ["1", "1"], "frame": ["terrorism"] * 2, "start": [3, 90], "end": [9, 99]})
    >>> frame_rates(mentions, articles)[["outlet", "n_mentions", "rate"]].values.tolist()
    [['الوسط', 2, 10.0], ['الوطن', 0, 0.0]]
    """
    found = _Corpus(mentions, articles, by, freq, frames)
    tokens = _token_counts(articles)
    n_frames, n_groups = len(found.frames), len(found.groups)
    cell_group = np.repeat(np.arange(n_groups), n_frames)
    key, count = np.unique(found.article * n_frames + found.frame, return_counts=True)
    unit, frame = key // n_frames, key % n_frames
    cell = found.group[unit] * n_frames + frame
    n_cells = n_groups * n_frames

    table = found.groups.loc[np.repeat(found.groups.index, n_frames)].reset_index(drop=True)
    table["frame"] = found.frame_column(np.tile(np.arange(n_frames), n_groups))
    table["n_articles"] = np.bincount(found.group, minlength=n_groups)[cell_group]
    table["n_tokens"] = np.bincount(found.group, tokens, minlength=n_groups)[cell_group].astype(np.int64)
    table["n_mentions"] = np.bincount(cell, count, minlength=n_cells).astype(np.int64)
    table["rate"] = _per_thousand(table["n_mentions"].to_numpy(), table["n_tokens"].to_numpy())
    table["n_articles_with"] = np.bincount(cell, minlength=n_cells)
    table["article_share"] = table["n_articles_with"] / table["n_articles"]
    intervals = ratio_intervals(
        count.astype(float),
        cell,
        unit,
        tokens.astype(float),
        found.group,
        cell_group,
        level=level,
        n_bootstrap=n_bootstrap,
        seed=seed,
    )
    return _with_intervals(table, intervals, 1000)


def _per_thousand(count: npt.NDArray[np.number], tokens: npt.NDArray[np.number]) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(tokens > 0, 1000 * count / tokens, np.nan)


def _with_intervals(table: pd.DataFrame, found: Intervals, scale: float) -> pd.DataFrame:
    n = table["n_articles"].to_numpy()
    reasons = {
        "studentised": "over articles: studentised",
        "bootstrap": "over articles: bootstrap",
        "nothing": "none: no mention, and how rare the frame really is cannot be read off a zero",
        "no size": "none: no words to count in",
        "no variance": "none: every article has the same rate, so there is no spread to measure",
    }
    few = [
        f"none: {k} article{'s' if k != 1 else ''} cannot stand for others; at least 3 are needed" for k in n.tolist()
    ]
    table["low"] = scale * found.low
    table["high"] = scale * found.high
    table["interval"] = pd.array(
        [f if k == "few units" else reasons[k] for k, f in zip(found.kind, few, strict=True)], dtype="str"
    )
    table["inference"] = pd.array(np.where(np.isnan(found.low), "descriptive", "interval"), dtype="str")
    return table


class _Corpus:
    """Mentions and articles as integer codes: which group an article is in, which article and frame a mention has."""

    def __init__(
        self,
        mentions: pd.DataFrame,
        articles: pd.DataFrame,
        by: str | Sequence[str] | None,
        freq: str | None,
        frames: Sequence[str] | None,
    ) -> None:
        _need(articles, ["article_id"], "articles")
        _need(mentions, ["article_id", "frame"], "mentions")
        ids = pd.Index(articles["article_id"].astype("str"))
        if ids.has_duplicates:
            raise ValueError(
                f"articles has the article_id {ids[ids.duplicated()][0]!r} more than once; ids must be unique"
            )
        column = mentions["frame"]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype(pd.CategoricalDtype(list(column.dropna().unique())))
        known = [str(c) for c in column.cat.categories]
        wanted = known if frames is None else [frames] if isinstance(frames, str) else list(frames)
        unknown = [f for f in wanted if f not in known]
        if unknown:
            raise ValueError(f"frames names {unknown[0]!r}, which mentions does not have; it has {', '.join(known)}")
        self.frames = wanted
        self.dtype = pd.CategoricalDtype(wanted)
        frame = pd.Categorical(column.astype("str"), dtype=self.dtype).codes.astype(np.int64)
        self.rows = np.flatnonzero(frame >= 0)
        self.frame: Ints = frame[self.rows]
        self.article: Ints = ids.get_indexer(mentions["article_id"].astype("str").to_numpy()[self.rows]).astype(
            np.int64
        )
        if (self.article < 0).any():
            lost = mentions["article_id"].iloc[self.rows[self.article < 0][0]]
            raise ValueError(
                f"mentions has the article_id {lost!r}, which articles does not have; pass the articles that were "
                "searched, or keep only mentions[mentions.article_id.isin(articles.article_id)]"
            )
        self.by, self.groups, self.group = _groups(articles, by, freq)

    def frame_column(self, codes: Ints) -> pd.Categorical:
        return pd.Categorical.from_codes(codes, dtype=self.dtype)


def _need(table: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise ValueError(f"{name} has no column {missing[0]!r}; it has {', '.join(map(str, table.columns)) or 'none'}")


def _groups(
    articles: pd.DataFrame, by: str | Sequence[str] | None, freq: str | None
) -> tuple[list[str], pd.DataFrame, Ints]:
    """The group columns, one row per group, and each article's group."""
    columns = [] if by is None else [by] if isinstance(by, str) else list(by)
    if freq is not None and "date" not in columns:
        columns.append("date")
    if not columns:
        return [], pd.DataFrame(index=[0]), np.zeros(len(articles), dtype=np.int64)
    for column in columns:
        if column not in articles.columns:
            hint = (
                " (it belongs to mentions: rates need the words of whole articles)"
                if column in _MENTION_COLUMNS
                else ""
            )
            have = ", ".join(map(str, articles.columns))
            raise ValueError(f"by names {column!r}{hint}, which is not a column of articles; it has {have}")
    keys = articles[columns].reset_index(drop=True)
    if "outlet" in columns:
        keys["outlet"] = _label_outlets(articles)
    if freq is not None:
        keys["date"] = _periods(keys["date"], freq)
    grouped = keys.groupby(columns, dropna=False, observed=True, sort=True)
    group = grouped.ngroup().to_numpy().astype(np.int64)
    first = np.unique(group, return_index=True)[1]
    return columns, keys.iloc[first].reset_index(drop=True), group


def _label_outlets(articles: pd.DataFrame) -> pd.Series:
    """Outlets, those that nobody named one by one."""
    outlet = articles["outlet"].astype("str").fillna("").reset_index(drop=True)
    nameless = outlet.str.strip() == ""
    if nameless.any():
        ids = articles["article_id"].astype("str").reset_index(drop=True)
        outlet = outlet.where(~nameless, _UNKNOWN + " (" + ids + ")")
    return outlet


_UNKNOWN = "غير معروف"


def _periods(dates: pd.Series, freq: str) -> pd.Series:
    if not pd.api.types.is_datetime64_any_dtype(dates):
        raise TypeError(f"freq needs articles.date as dates, not {dates.dtype}; use kz.read_articles or pd.to_datetime")
    if freq not in ("D", "W", "M", "Q", "Y"):
        raise ValueError(f"freq must be 'D', 'W', 'M', 'Q' or 'Y', not {freq!r}")
    return dates.dt.to_period(freq).dt.start_time


def _token_counts(articles: pd.DataFrame) -> Ints:
    if "n_tokens" in articles.columns and pd.api.types.is_integer_dtype(articles["n_tokens"]):
        counts = articles["n_tokens"].to_numpy(dtype=np.int64)
        if (counts < 0).any():
            raise ValueError("articles.n_tokens has negative numbers; drop the column to have the words counted")
        return counts
    from .articles import count_tokens

    return count_tokens(articles).to_numpy(dtype=np.int64)
