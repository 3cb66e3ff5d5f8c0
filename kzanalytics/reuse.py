"""Passages that articles share: agency copy, one speech quoted by all, an outlet copying itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from kzanalytics._alignment import exact_matches, join_matches
from kzanalytics._columns import Words, split_words
from kzanalytics._tables import article_ids, article_texts, id_texts, need
from kzanalytics.articles import count_tokens, label_outlets, unknown_outlet
from kzanalytics.boilerplate import boilerplate_spans

__all__ = ["find_reuse", "reuse_shares"]

COLUMNS = ["article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "n_tokens", "text"]


def find_reuse(articles: pd.DataFrame, *, min_tokens: int = 12, n: int = 6, max_articles: int = 60) -> pd.DataFrame:
    """Find the passages that two articles share, for every pair of articles.

    Places where two articles have `n` consecutive words in common (compared as normalised words: marks, tatweel,
    alef forms, punctuation and numbers do not count) are joined into passages that tolerate small edits: a word
    changed, added or left out, a title inserted before a name. A passage starts and ends with a common word.

    Parameters
    ----------
    articles : DataFrame
        Columns ``article_id`` (unique) and ``text``.
    min_tokens : int, default 12
        Fewest common words of a passage. Shorter ones are often titles and fixed phrases that any two articles on
        one subject share.
    n : int, default 6
        A passage must hold at least one unchanged stretch of this many words. With fewer, chance matches grow
        quickly; with more, heavily edited copies are missed.
    max_articles : int, default 60
        A stretch of `n` words found in more articles than this is a formula (a greeting, an official's full title)
        and does not *start* a passage, which keeps the work from growing with the square of the number of articles. It
        still counts as part of a passage that something rarer starts. A text that more than `max_articles`
        articles copy whole is therefore not reported: raise the limit to find it. How many formulae there were is in
        ``.attrs["n_formulae"]`` of the result.

    Returns
    -------
    DataFrame
        One row per shared passage, in the order of `articles`: ``article_a, start_a, end_a, article_b, start_b, end_b``
        (places in code points of the raw ``text``; `article_a` is the one further up in `articles`), ``n_tokens``
        (words that both sides have in common, in order), ``text`` (the passage as article_a has it). Each pair of
        passages is there once. Words in boilerplate (:func:`find_boilerplate`) are never matched.

    Notes
    -----
    On the seeds 001 and 003 have a fifth of 001's word 6-grams in common; the words in them are a third of 001, and the
    passages, which run across small edits, 39 %. Say which of these you mean when you report a share.

    Not found: paraphrase, translation, passages whose words were reordered, repetition within one article. That two
    articles share a passage does not say who copied: both may quote one speech or one agency.

    The method is seed, chain and extend, as in sequence alignment: exact word n-grams are the seeds; the ends are
    extended with a banded dynamic programme. Smith and others (2015, 10.1093/alh/ajv029) use it at scale for
    reprinted newspaper articles.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"],
    ...     "text": ["أكد الرئيس أنّ الأحداث ليست المحاولة الأولى ولن تكون الأخيرة للتدخل الخارجي.",
    ...              "وقال: الاحداث ليست المحاولة الأولى، ولن تكون الأخيرة للتدخّل الخارجي"],
    ... })
    >>> find_reuse(articles, min_tokens=8)[["start_a", "end_a", "start_b", "end_b", "n_tokens"]]
       start_a  end_a  start_b  end_b  n_tokens
    0       15     75        6     68         9
    """
    _check(articles, min_tokens, n, max_articles)
    texts = article_texts(articles)
    words = split_words(texts)
    ids, ptr = words.ids.copy(), words.ptr
    junk = _boilerplate_words(texts, words)
    ids[junk] = -1 - junk  # each its own number: equal to nothing
    doc = np.repeat(np.arange(len(texts), dtype=np.int32), np.diff(ptr))
    a, b, length, n_formulae = exact_matches(ids, doc, len(words.vocabulary), n, max_articles)
    found = join_matches(ids, doc, ptr, a, b, length, min_tokens)
    return _table(articles, texts, words, doc, found, n_formulae)


def reuse_shares(
    reuse: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", zeros: bool = True
) -> pd.DataFrame:
    """Say how much of each outlet's text is shared with each other outlet.

    Parameters
    ----------
    reuse : DataFrame
        What :func:`find_reuse` returned for `articles`.
    articles : DataFrame
        Columns ``article_id``, ``text`` and `by`. A missing outlet counts as an outlet of its own, per article.
    by : str, default "outlet"
        Column to group by; ``"article_id"`` compares the articles themselves.
    zeros : bool, default True
        Keep pairs that share nothing, so that the result pivots into a full matrix. Leave them out for many groups.

    Returns
    -------
    DataFrame
        One row per ordered pair of groups: ``{by}_a, {by}_b, n_pairs`` (pairs of articles that share a passage),
        ``n_tokens`` (words of a's articles that lie in a passage shared with an article of b; a word shared with
        several articles of b counts once), ``share`` (n_tokens by all words of a, in [0, 1]; NaN if a has no words).
        The share is not symmetric: a short article may lie wholly in a long one. Rows with a == b are reuse
        between different articles of one outlet.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["الأولى", "الثانية"],
    ...     "text": ["ليست المحاولة الأولى ولن تكون الأخيرة للتدخل الخارجي",
    ...              "ليست المحاولة الأولى ولن تكون الأخيرة للتدخل الخارجي كما قال في القمة أمس الاثنين"],
    ... })
    >>> shares = reuse_shares(find_reuse(articles, min_tokens=8), articles)
    >>> shares["share"].round(2).tolist()  # of الأولى in itself, in الثانية; of الثانية in الأولى, in itself
    [0.0, 1.0, 0.57, 0.0]
    """
    need(articles, ["article_id", "text", by], "articles")
    need(reuse, COLUMNS[:6], "reuse")
    ids, one_id, other_id = article_ids(articles), id_texts(reuse["article_a"]), id_texts(reuse["article_b"])
    labels = _group_labels(articles, by)
    code, names = pd.factorize(labels)
    n_groups = len(names)
    if zeros and n_groups > 2_000:
        raise ValueError(
            f"zeros=True would make {n_groups:,} x {n_groups:,} rows; pass zeros=False to keep only pairs that share."
        )
    row = pd.Series(np.arange(len(articles)), index=pd.Index(ids))
    unknown = set(one_id).union(other_id) - set(row.index)
    if unknown:
        raise ValueError(
            f"reuse names article_id {min(unknown)!r}, which articles does not have; pass the articles "
            "that find_reuse was given."
        )
    ra, rb = row.loc[one_id].to_numpy(), row.loc[other_id].to_numpy()
    one = np.concatenate([ra, rb])
    other = np.concatenate([rb, ra])
    start = np.concatenate([reuse["start_a"], reuse["start_b"]]).astype(np.int64)
    end = np.concatenate([reuse["end_a"], reuse["end_b"]]).astype(np.int64)

    n_covered = _covered_words(articles, one, code[other], n_groups, start, end)
    cell = n_covered["row"].map(pd.Series(code)).to_numpy() * n_groups + n_covered["group"].to_numpy()
    n_tokens = pd.Series(n_covered["n"].to_numpy()).groupby(cell).sum()
    pairs = pd.DataFrame({"cell": code[one] * n_groups + code[other], "one": one, "other": other}).drop_duplicates()
    within = code[pairs["one"]] == code[pairs["other"]]
    n_pairs = pairs[~within | (pairs["one"] < pairs["other"]).to_numpy()].groupby("cell").size()

    cells = np.arange(n_groups * n_groups) if zeros else np.sort(n_pairs.index.to_numpy())
    total = np.zeros(n_groups)
    np.add.at(total, code, count_tokens(articles).to_numpy())
    first, second = np.divmod(cells, max(n_groups, 1))
    tokens = n_tokens.reindex(cells, fill_value=0).to_numpy(np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = tokens / total[first]
    return pd.DataFrame(
        {
            f"{by}_a": names.take(first),
            f"{by}_b": names.take(second),
            "n_pairs": n_pairs.reindex(cells, fill_value=0).to_numpy(np.int64),
            "n_tokens": tokens,
            "share": share,
        }
    )


def _check(articles: pd.DataFrame, min_tokens: int, n: int, max_articles: int) -> None:
    need(articles, ["article_id", "text"], "articles")
    article_ids(articles)
    if n < 3:
        raise ValueError(f"n is {n}; it must be 3 or more, because shorter stretches are shared by chance.")
    if min_tokens < n:
        raise ValueError(f"min_tokens is {min_tokens}, less than n={n}; give min_tokens >= n, or a smaller n.")
    if max_articles < 2:
        raise ValueError(f"max_articles is {max_articles}; it must be 2 or more.")


def _boilerplate_words(texts: Sequence[str], words: Words) -> np.ndarray:
    """Positions (among all words of all texts) of the words that lie in boilerplate."""
    out = [np.zeros(0, np.int64)]
    for row, start, end in zip(*boilerplate_spans(texts, words)[:3], strict=True):
        low, high = words.ptr[row], words.ptr[row + 1]
        first = low + np.searchsorted(words.end[low:high], start, side="right")
        last = low + np.searchsorted(words.start[low:high], end, side="left")
        out.append(np.arange(first, last))
    return np.concatenate(out)


def _table(
    articles: pd.DataFrame,
    texts: Sequence[str],
    words: Words,
    doc: np.ndarray,
    p: dict[str, np.ndarray],
    n_formulae: int,
) -> pd.DataFrame:
    """Turn word positions into rows with raw offsets, in the order of the articles."""
    rows = {s: doc[p[f"start_{s}"]] for s in "ab"}
    ids = id_texts(articles["article_id"])
    order = np.lexsort((p["start_b"], p["start_a"], rows["b"], rows["a"]))
    out: dict[str, Any] = {}
    for s in "ab":
        out[f"article_{s}"] = ids.iloc[rows[s][order]].array
        out[f"start_{s}"] = words.start[p[f"start_{s}"][order]]
        out[f"end_{s}"] = words.end[p[f"end_{s}"][order] - 1]
    out["n_tokens"] = p["n_tokens"][order].astype(np.int64)
    spans = zip(rows["a"][order].tolist(), out["start_a"].tolist(), out["end_a"].tolist(), strict=True)
    out["text"] = pd.array([texts[i][start:end] for i, start, end in spans], dtype="str")
    table = pd.DataFrame(out, columns=COLUMNS)
    table.attrs["n_formulae"] = n_formulae
    return table


def _group_labels(articles: pd.DataFrame, by: str) -> pd.Series:
    """The group of each article; an unknown outlet is one per article, never one outlet."""
    if by == "outlet":
        return label_outlets(articles)
    labels = articles[by] if by != "article_id" else id_texts(articles[by])
    missing = labels.isna() | (labels == "")
    if missing.any():
        labels = labels.astype("str").where(~missing, id_texts(articles["article_id"]).map(unknown_outlet))
    return labels


def _covered_words(
    articles: pd.DataFrame, row: np.ndarray, group: np.ndarray, n_groups: int, start: np.ndarray, end: np.ndarray
) -> pd.DataFrame:
    """Words of each article (``row``) inside the union of its spans shared with each ``group``."""
    hit, nth = np.unique(row, return_inverse=True)
    words = split_words(article_texts(articles.iloc[hit]))
    # Offsets made unique over all articles, so that one binary search serves all spans.
    reach = int(max(words.end.max(initial=0), end.max(initial=0))) + 1
    home = np.repeat(np.arange(len(hit)), np.diff(words.ptr))
    first = np.searchsorted(home * reach + words.start, nth * reach + start)
    last = np.searchsorted(home * reach + words.end, nth * reach + end, side="right")
    key = row * np.int64(n_groups) + group
    order = np.lexsort((first, key))
    key, first, last = key[order], first[order], last[order]
    # Union of intervals: only what reaches beyond everything before it in the same article and group is new.
    far = int(last.max(initial=0)) + 1
    step = np.cumsum(np.append(False, key[1:] != key[:-1])) * far if len(key) else key
    reached = np.maximum.accumulate(last + step)
    before = np.append(0, reached[:-1])
    new = np.maximum(0, last + step - np.maximum(first + step, before))
    total = pd.Series(new).groupby(key).sum()
    rows, groups = np.divmod(total.index.to_numpy(), max(n_groups, 1))
    return pd.DataFrame({"row": rows, "group": groups, "n": total.to_numpy()})
