"""What frames.py counts in: articles, their groups, their sentences, and the passages they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ._tables import article_ids, article_texts, id_texts, need
from .stats import LEAST_UNITS

__all__ = [
    "Blocks",
    "Corpus",
    "Reused",
    "divide",
    "group_articles",
    "is_unknown",
    "per_thousand",
    "places",
    "reused",
    "sentence_blocks",
    "token_counts",
    "with_intervals",
]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

UNKNOWN = "غير معروف"
SENTENCES_PER_BLOCK = 3  # bursts run over neighbouring sentences; benchmarks/coverage.md has single ones beside it

_RESULTS = (
    "frame",
    "n_articles",
    "n_tokens",
    "n_mentions",
    "n_total",
    "rate",
    "share",
    "low",
    "high",
    "interval",
    "inference",
)
_MENTION_COLUMNS = ("frame", "term", "start", "end", "in_title", "voice", "speaker", "quote", "polarity", "stance")


class Corpus:
    """Mentions and articles as integer codes: which group an article is in, which article and frame a mention has."""

    def __init__(
        self,
        mentions: pd.DataFrame,
        articles: pd.DataFrame,
        by: str | Sequence[str] | None,
        freq: str | None,
        frames: Sequence[str] | None,
    ) -> None:
        need(mentions, ["article_id", "frame"], "mentions")
        ids = pd.Index(article_ids(articles))
        column = mentions["frame"]
        if not isinstance(column.dtype, pd.CategoricalDtype):
            column = column.astype(pd.CategoricalDtype(list(column.dropna().unique())))
        known = [str(c) for c in column.cat.categories]
        wanted = known if frames is None else [frames] if isinstance(frames, str) else list(dict.fromkeys(frames))
        unknown = [f for f in wanted if f not in known]
        if unknown:
            raise ValueError(f"frames names {unknown[0]!r}, which mentions does not have; it has {', '.join(known)}")
        self.frames = wanted
        self.dtype = pd.CategoricalDtype(wanted)
        code_of = np.append(np.array([wanted.index(f) if f in wanted else -1 for f in known], dtype=np.int64), -1)
        frame = code_of[column.cat.codes.to_numpy()]  # the last for a missing frame
        self.rows = np.flatnonzero(frame >= 0)
        self.frame: Ints = frame[self.rows]
        self.article = _indexer(ids, mentions["article_id"].iloc[self.rows])
        if (self.article < 0).any():
            lost = mentions["article_id"].iloc[self.rows[self.article < 0][0]]
            raise ValueError(
                f"mentions has the article_id {lost!r}, which articles does not have; pass the articles that were "
                "searched, or keep only mentions[mentions.article_id.isin(articles.article_id)]"
            )
        self.by, self.groups, self.group = group_articles(articles, by, freq)

    def starts(self, mentions: pd.DataFrame) -> Ints:
        """Where the mentions start; zero if the table does not say."""
        if "start" not in mentions.columns:
            return np.zeros(len(self.rows), dtype=np.int64)
        return mentions["start"].to_numpy(dtype=np.int64)[self.rows]

    def frame_column(self, codes: Ints) -> pd.Categorical:
        return pd.Categorical.from_codes(codes, dtype=self.dtype)


def group_articles(
    articles: pd.DataFrame, by: str | Sequence[str] | None, freq: str | None
) -> tuple[list[str], pd.DataFrame, Ints]:
    """The group columns, one row per group, and each article's group."""
    columns = [] if by is None else [by] if isinstance(by, str) else list(dict.fromkeys(by))
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
        if column in _RESULTS:
            raise ValueError(f"by names {column!r}, which is a column of the result; rename it in articles")
    keys = articles[columns].reset_index(drop=True)
    if "outlet" in columns:
        from .articles import label_outlets

        keys["outlet"] = label_outlets(articles).reset_index(drop=True)
    if freq is not None:
        keys["date"] = _periods(keys["date"], freq)
    grouped = keys.groupby(columns, dropna=False, observed=True, sort=True)
    group = grouped.ngroup().to_numpy().astype(np.int64)
    first = np.unique(group, return_index=True)[1]
    return columns, keys.iloc[first].reset_index(drop=True), group


def _periods(dates: pd.Series, freq: str) -> pd.Series:
    if not pd.api.types.is_datetime64_any_dtype(dates):
        raise TypeError(f"freq needs articles.date as dates, not {dates.dtype}; use kz.read_articles or pd.to_datetime")
    if freq not in ("D", "W", "M", "Q", "Y"):
        raise ValueError(f"freq must be 'D', 'W', 'M', 'Q' or 'Y', not {freq!r}")
    return dates.dt.to_period(freq).dt.start_time


def token_counts(articles: pd.DataFrame) -> Ints:
    from .articles import count_tokens

    return count_tokens(articles).to_numpy(dtype=np.int64)


def is_unknown(outlet: pd.Series) -> Bools:
    """Which outlets nobody named."""
    return outlet.astype("str").str.startswith(UNKNOWN).to_numpy(dtype=bool)


def _indexer(index: pd.Index, ids: pd.Series) -> Ints:
    return np.asarray(index.get_indexer(pd.Index(id_texts(ids))), dtype=np.int64)


class _Spans:
    """Spans of articles, for asking whether positions lie inside any of them."""

    def __init__(self, row: Ints, start: Ints, end: Ints) -> None:
        self.reach = int(end.max(initial=0)) + 1
        order = np.lexsort((start, row))
        self.start = row[order] * self.reach + start[order]
        self.end = np.maximum.accumulate(row[order] * self.reach + end[order])

    def hold(self, row: Ints, position: Ints) -> Bools:
        if not len(self.start):
            return np.zeros(len(row), dtype=bool)
        key = row * self.reach + np.minimum(position, self.reach - 1)
        before = np.searchsorted(self.start, key, side="right") - 1
        return (before >= 0) & (key < self.end[before])


def places(articles: pd.DataFrame, ids: pd.Series, name: str) -> Ints:
    place = _indexer(pd.Index(id_texts(articles["article_id"])), ids)
    if (place < 0).any():
        lost = ids.iloc[int(np.flatnonzero(place < 0)[0])]
        raise ValueError(f"{name} has the article_id {lost!r}, which articles does not have; pass the same articles")
    return place


def _counted_words(articles: pd.DataFrame) -> tuple[Ints, Ints]:
    """Article and place of every word that counts: none of the boilerplate."""
    from ._columns import split_words
    from .boilerplate import find_boilerplate

    words = split_words(article_texts(articles))
    row = np.repeat(np.arange(len(articles)), np.diff(words.ptr))
    junk = find_boilerplate(articles)
    spans = _Spans(
        places(articles, junk["article_id"], "boilerplate"),
        junk["start"].to_numpy(dtype=np.int64),
        junk["end"].to_numpy(dtype=np.int64),
    )
    kept = ~spans.hold(row, words.start)
    return row[kept], words.start[kept]


class Blocks(NamedTuple):
    """Runs of neighbouring sentences: ``article`` and ``tokens`` of each block; ``of_mention`` is each mention's block."""

    article: Ints
    tokens: Ints
    of_mention: Ints


def sentence_blocks(articles: pd.DataFrame, article: Ints, start: Ints) -> Blocks:
    """Cut articles into blocks of about three sentences.

    ``article`` (position in `articles`) and ``start`` say where mentions are.
    """
    from .arabic import split_sentences

    firsts, homes = [], []
    for i, text in enumerate(article_texts(articles)):
        sentences = [begin for begin, _ in split_sentences(text)] or [0]
        n = max(1, len(sentences) // SENTENCES_PER_BLOCK)
        begins = [0, *(sentences[-(-len(sentences) * j // n)] for j in range(1, n))]
        firsts.extend(begins)
        homes.extend([i] * n)
    home, first = np.array(homes, dtype=np.int64), np.array(firsts, dtype=np.int64)
    row, position = _counted_words(articles)
    reach = max(int(a.max(initial=0)) for a in (first, position, start)) + 1
    keys = home * reach + first
    block = np.searchsorted(keys, row * reach + position, side="right") - 1
    tokens = np.bincount(block, minlength=len(home))
    return Blocks(home, tokens.astype(np.int64), np.searchsorted(keys, article * reach + start, side="right") - 1)


class Reused(NamedTuple):
    """What shared passages take away: words per article, which mentions, and passages with an equal or missing date."""

    tokens: Ints
    mentions: Bools
    ties: Ints


def reused(articles: pd.DataFrame, shared: pd.DataFrame, first: bool, article: Ints, start: Ints) -> Reused:
    """Find what shared passages take away from each article: from all but the earliest (`first`), or from all of them."""
    need(shared, ["article_a", "start_a", "end_a", "article_b", "start_b", "end_b"], "shared")
    need(articles, ["text"], "articles")
    a, b = (places(articles, shared[f"article_{x}"], "shared") for x in "ab")
    spans = {x: [shared[f"{e}_{x}"].to_numpy(dtype=np.int64) for e in ("start", "end")] for x in "ab"}
    gone_a: Bools = np.ones(len(shared), dtype=bool)
    gone_b: Bools = gone_a
    ties: Ints = np.zeros(len(articles), dtype=np.int64)
    if first:
        need(articles, ["date"], "articles")
        date = articles["date"].to_numpy()
        # One order of all articles: deciding each pair for itself could take a passage from everyone who has it.
        by_id = np.argsort(articles["article_id"].astype("str").to_numpy(dtype=object), kind="stable")
        order = by_id[np.argsort(date[by_id], kind="stable")]
        rank = np.empty(len(articles), dtype=np.int64)
        rank[order] = np.arange(len(articles))
        gone_a, gone_b = rank[a] > rank[b], rank[b] > rank[a]
        tied = (date[a] == date[b]) | pd.isna(date[a]) | pd.isna(date[b])
        ties = np.bincount(np.concatenate([a[tied], b[tied]]), minlength=len(articles)).astype(np.int64)
    row = np.concatenate([a[gone_a], b[gone_b]])
    gone = _Spans(
        row,
        np.concatenate([spans["a"][0][gone_a], spans["b"][0][gone_b]]),
        np.concatenate([spans["a"][1][gone_a], spans["b"][1][gone_b]]),
    )
    hit = np.unique(row)
    if not len(hit):
        return Reused(np.zeros(len(articles), dtype=np.int64), np.zeros(len(article), dtype=bool), ties)
    home, position = _counted_words(articles.iloc[hit])
    inside = gone.hold(hit[home], position)
    tokens = np.bincount(hit[home[inside]], minlength=len(articles)).astype(np.int64)
    return Reused(tokens, gone.hold(article, start), ties)


def divide(a: npt.ArrayLike, b: npt.ArrayLike) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(b) > 0, np.asarray(a) / np.asarray(b), np.nan)


def per_thousand(count: npt.ArrayLike, tokens: npt.ArrayLike) -> Floats:
    return 1000 * divide(count, tokens)


def with_intervals(
    table: pd.DataFrame, low: Floats, high: Floats, kind: npt.NDArray[np.object_], said: dict[str, str]
) -> pd.DataFrame:
    few = [
        f"none: {k} article{'s' if k != 1 else ''} cannot stand for others; at least {LEAST_UNITS} are needed"
        for k in table["n_articles"].tolist()
    ]
    table["low"] = low
    table["high"] = high
    table["interval"] = pd.array([said.get(k, f) for k, f in zip(kind, few, strict=True)], dtype="str")
    table["inference"] = pd.array(np.where(np.isnan(low), "descriptive", "interval"), dtype="str")
    return table
