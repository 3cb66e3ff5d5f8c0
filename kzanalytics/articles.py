"""The articles table: check it, split it into passages, count its words.

An articles table has one row per article: ``article_id, outlet, date, title, text`` and any other columns. Everything the
library reports is an offset into ``text`` as it stands in this table.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ._columns import Words, split_words
from ._tables import article_ids, article_texts, id_texts, need
from .arabic import split_sentences
from .boilerplate import boilerplate_spans, find_boilerplate

__all__ = ["CorpusWarning", "check_articles", "count_tokens", "split_passages", "unknown_outlet"]

_REQUIRED = ("article_id", "outlet", "date", "title", "text")


class CorpusWarning(UserWarning):
    """Something in a corpus that the user should know of: which articles, and what was done with them."""


def unknown_outlet(article_id: str) -> str:
    """Return the label of an outlet that nobody named: each such article stands by itself.

    >>> unknown_outlet("000")
    'غير معروف (000)'
    """
    return f"غير معروف ({article_id})"


def listed(ids: Iterable[object], most: int = 5) -> str:
    """Join ids for a message, the first few of them."""
    names = [str(i) for i in ids]
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def check_articles(articles: pd.DataFrame, *, source: str = "articles") -> pd.DataFrame:
    """Return a copy of a table of articles that keeps the contract, or say what is wrong with it.

    Parameters
    ----------
    articles : DataFrame
        Must have a column ``text``. ``article_id`` (default: the row's number), ``outlet``, ``date`` and ``title`` are added
        where they are missing; other columns pass through.
    source : str
        What messages call the table.

    Returns
    -------
    DataFrame
        ``article_id, outlet, date, title, text``, then the other columns. Ids and texts are ``str``, never NaN; ``date`` is
        datetime64 without a zone, NaT where it cannot be read; an outlet nobody named is ``غير معروف (id)``. Articles without
        text are left out. A lone surrogate, which no file can hold, becomes U+FFFD, so offsets stay.

    Raises
    ------
    ValueError
        If there is no column ``text``, no article, or an id stands twice.

    Warns
    -----
    CorpusWarning
        Naming the articles without text, with an unreadable date, or with the text of another article.

    Examples
    --------
    >>> check_articles(pd.DataFrame({"text": ["ارتفعت أسعار الوقود"]}))[["article_id", "outlet"]].to_numpy().tolist()
    [['0', 'غير معروف (0)']]
    """
    if not isinstance(articles, pd.DataFrame):
        raise TypeError(
            f"{source} must be a pandas DataFrame, not {type(articles).__name__}; read files with kz.read_articles"
        )
    if "text" not in articles.columns:
        have = ", ".join(map(str, articles.columns)) or "none"
        raise ValueError(
            f"{source} has no column 'text' (its columns: {have}); name the column that holds the articles' text, "
            "for instance columns={'text': 'body'} in Python, --column text=body on the command line"
        )
    table = articles.reset_index(drop=True)
    ids = table["article_id"] if "article_id" in table else pd.Series(np.arange(len(table)).astype(str))
    table["article_id"] = _text(ids)
    for name in ("outlet", "title", "text"):
        table[name] = _text(table[name]) if name in table else ""
        table[name] = table[name].astype("str")
    table["date"] = _dates(table["date"] if "date" in table else pd.Series([None] * len(table)), table, source)
    others = [c for c in table.columns if c not in _REQUIRED]
    table = table[[*_REQUIRED, *others]]

    nameless = _blank(table["article_id"])
    if nameless.any():
        rows = listed(np.flatnonzero(nameless))
        raise ValueError(
            f"{source} has an empty article_id in row {rows}; give every article an id, or leave the column out"
        )
    twice = table["article_id"][table["article_id"].duplicated()]
    if len(twice):
        raise ValueError(f"{source} has the article_id {listed(twice.unique())} more than once; ids must be unique")
    empty = _blank(table["text"])
    if empty.any():
        _warn(f"{source}: left out, since they have no text: {listed(table['article_id'][empty])}")
        table = table[~empty].reset_index(drop=True)
    if table.empty:
        raise ValueError(f"{source} has no article with text in it; check the path and which column holds the text")
    again = _repeated(table["text"])
    if again.any():
        _warn(f"{source}: same text as an earlier article (kept): {listed(table['article_id'][again])}")
    unnamed = _blank(table["outlet"])
    table.loc[unnamed, "outlet"] = [unknown_outlet(i) for i in table["article_id"][unnamed]]
    return table


def _warn(message: str) -> None:
    warnings.warn(message, CorpusWarning, stacklevel=3)


def _text(column: pd.Series) -> pd.Series:
    """Text as str, missing as "", lone surrogates as U+FFFD (one code point for one)."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(object)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        return column.astype("str")
    if not isinstance(column.dtype, pd.StringDtype):
        values = [v if isinstance(v, str) else _value_text(v) for v in column]
        try:
            return pd.Series(values, index=column.index, dtype="str")
        except UnicodeEncodeError:
            values = [v.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for v in values]
            return pd.Series(values, index=column.index, dtype="str")
    return column.fillna("").astype("str")


def _value_text(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _blank(column: pd.Series) -> pd.Series:
    # Python's notion of white space, which is not Arrow's; only what begins with such a character is looked at whole.
    first = column.str.slice(0, 1)
    maybe = first.isin([char for char in first.unique() if not char or char.isspace()])
    return maybe & pd.Series([not text or text.isspace() for text in column[maybe]], column.index[maybe], bool).reindex(
        column.index, fill_value=False
    )


def _repeated(texts: pd.Series) -> pd.Series:
    """Which texts an earlier one equals: whole ones are compared only where length and beginning are the same."""
    size = pc.binary_length(pa.array(texts)).to_numpy(zero_copy_only=False)
    maybe = pd.DataFrame({"size": size, "first": texts.str.slice(0, 50)}).duplicated(keep=False)
    return maybe & texts[maybe].duplicated().reindex(texts.index, fill_value=False)


def _dates(column: pd.Series, table: pd.DataFrame, source: str) -> pd.Series:
    missing = column.isna() | (column.astype("str").str.strip().isin(["", "nan", "None", "NaT"]))
    dates = pd.to_datetime(column.where(~missing), errors="coerce", utc=True, format="mixed").dt.tz_localize(None)
    bad = dates.isna() & ~missing
    if bad.any():
        which = [f"{i} ({v})" for i, v in zip(table["article_id"][bad], column[bad], strict=True)]
        _warn(f"{source}: the date cannot be read and is left empty: {listed(which)}; write dates as 2022-01-10")
    return dates.astype("datetime64[us]")


def count_tokens(articles: pd.DataFrame) -> pd.Series:
    """Count the words of each article: Arabic and Latin words outside boilerplate.

    Numbers, punctuation, addresses and a proclitic cut off by a quotation mark are not words.

    Returns
    -------
    Series
        ``n_tokens``, int64, with the index of `articles`. A column ``n_tokens`` that is already there is taken as it is.

    Examples
    --------
    >>> count_tokens(pd.DataFrame({"article_id": ["a"], "text": ["لن نسمح بـ«الثورات الملوّنة» في 2022"]})).tolist()
    [5]
    """
    need(articles, [], "articles")
    if "n_tokens" in articles:
        return _counted(articles["n_tokens"])
    texts = article_texts(articles)
    words = split_words(texts)
    return pd.Series(words_outside(words, boilerplate_spans(texts, words)[:3]), index=articles.index, name="n_tokens")


def _counted(n_tokens: pd.Series) -> pd.Series:
    """Counts of words that a user brings along: whole numbers, which a merge may have made floats of."""
    whole = pd.api.types.is_integer_dtype(n_tokens) or (
        pd.api.types.is_float_dtype(n_tokens) and (n_tokens.dropna() % 1 == 0).all()
    )
    if not whole or n_tokens.isna().any():
        bad = n_tokens[n_tokens.isna()] if whole else n_tokens
        raise ValueError(
            f"articles.n_tokens must hold whole numbers, not {bad.iloc[0]!r} ({n_tokens.dtype}); "
            "drop the column to have the words counted"
        )
    if (n_tokens < 0).any():
        raise ValueError("articles.n_tokens has negative numbers; drop the column to have the words counted")
    return n_tokens.astype("int64")


def label_outlets(articles: pd.DataFrame) -> pd.Series:
    """Return the outlets as text, those that nobody named one by one."""
    outlet = articles["outlet"].astype("str").fillna("")
    nameless = _blank(outlet)
    if nameless.any():
        outlet = outlet.where(~nameless, id_texts(articles["article_id"]).map(unknown_outlet))
    return outlet


def words_outside(words: Words, spans: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    """Count the words of each text outside spans (row, start, end), as int64."""
    counts = np.diff(words.ptr).astype("int64")
    row, first, last = spans
    for text in np.unique(row).tolist():
        start, end = words.offsets_at(np.arange(words.ptr[text], words.ptr[text + 1]))
        outside = np.ones(len(start), bool)
        for span in np.flatnonzero(row == text).tolist():
            outside &= (start >= last[span]) | (end <= first[span])
        counts[text] = outside.sum()
    return counts


def split_passages(articles: pd.DataFrame, *, max_tokens: int = 100) -> pd.DataFrame:
    """Split articles into passages: whole sentences, grouped up to a number of words.

    A topic model needs more and shorter documents than a handful of articles gives, and a passage is about one thing more
    often than an article is. Sentences are never cut; one longer than `max_tokens` is a passage of its own. Boilerplate is
    left out. Within an article the passages are kept about equally long.

    Parameters
    ----------
    articles : DataFrame
        The articles table.
    max_tokens : int, default 100
        Words in a passage at the most: about a newspaper paragraph or two.

    Returns
    -------
    DataFrame
        ``article_id, outlet, date, passage_id, start, end, text, n_tokens``: offsets in code points into the article's text,
        ``passage_id`` is the article's id, a colon and a number from 0; then the columns of `articles` that are not among
        these, except ``title``, which is the article's and not the passage's.

    Examples
    --------
    >>> a = pd.DataFrame({"article_id": ["a"], "text": ["ارتفعت الأسعار. خرج الناس. تدخل الجيش."]})
    >>> split_passages(check_articles(a), max_tokens=4)[["passage_id", "text"]].to_numpy().tolist()
    [['a:0', 'ارتفعت الأسعار. خرج الناس.'], ['a:1', 'تدخل الجيش.']]
    """
    if not isinstance(max_tokens, int | np.integer) or isinstance(max_tokens, bool):
        raise TypeError(f"max_tokens must be a whole number, as in max_tokens=100, not {max_tokens!r}")
    if max_tokens < 1:
        raise ValueError(f"max_tokens must be at least 1, not {max_tokens}")
    ids = article_ids(articles).tolist()
    texts = article_texts(articles)
    boilerplate: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in find_boilerplate(articles)[["article_id", "start", "end"]].itertuples(index=False):
        boilerplate.setdefault(str(article), []).append((start, end))
    words = split_words(texts)
    row, places, counts = [], [], []
    for number, article_id in enumerate(ids):
        first, last = words.ptr[number], words.ptr[number + 1]
        starts = words.start[first:last]
        cuts = boilerplate.get(article_id, [])
        spans = [s for s in split_sentences(texts[number]) if not any(b < s[1] and e > s[0] for b, e in cuts)]
        sizes = [int(np.searchsorted(starts, e) - np.searchsorted(starts, s)) for s, e in spans]
        spans, sizes = [s for s, n in zip(spans, sizes, strict=True) if n], [n for n in sizes if n]
        for i, group in enumerate(_group(sizes, max_tokens)):
            row.append(number)
            places.append((f"{article_id}:{i}", spans[group[0]][0], spans[group[-1]][1]))
            counts.append(sum(sizes[g] for g in group))
    source = articles.iloc[row].reset_index(drop=True)
    table = pd.DataFrame({"article_id": pd.array([ids[i] for i in row], dtype="str")})
    table["outlet"] = label_outlets(source) if "outlet" in source else pd.array([""] * len(row), dtype="str")
    dates = source["date"] if "date" in source else pd.Series(pd.NaT, index=table.index)
    table["date"] = dates.astype("datetime64[us]")
    table["passage_id"] = pd.array([passage_id for passage_id, _, _ in places], dtype="str")
    table["start"] = np.array([start for _, start, _ in places], np.int64)
    table["end"] = np.array([end for _, _, end in places], np.int64)
    table["text"] = pd.array([texts[i][s:e] for i, (_, s, e) in zip(row, places, strict=True)], dtype="str")
    table["n_tokens"] = np.array(counts, np.int64)
    others = [c for c in articles.columns if c not in table and c != "title"]
    return pd.concat([table, source[others]], axis=1) if others else table


def _group(sizes: list[int], most: int) -> list[list[int]]:
    """Group consecutive sentences: as few groups as `most` allows, each near the same size."""
    target = sum(sizes) / max(1, -(-sum(sizes) // most))
    groups: list[list[int]] = []
    filled = 0
    for i, size in enumerate(sizes):
        if groups and filled + size / 2 <= target and filled + size <= most:
            groups[-1].append(i)
            filled += size
        else:
            groups.append([i])
            filled = size
    return groups
