"""Terms of articles, counted once for every table about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import pandas as pd

from kzanalytics._columns import Words, split_words
from kzanalytics._lemma_columns import normalize_types
from kzanalytics._tables import article_ids, article_texts, need
from kzanalytics.arabic import Analyzer, best_labels, normalize
from kzanalytics.articles import label_outlets
from kzanalytics.boilerplate import boilerplate_spans

__all__ = ["Counts", "count_terms"]

_RESULTS = frozenset(
    "term lemma count count_rest n_articles dispersion log_odds z low high loo_low loo_high prior variance rank tf idf "
    "tf_idf".split()
)
# A label is read off at most this many occurrences of a term, evenly spread over the corpus.
_LABEL_SAMPLE = 100


@dataclass(frozen=True, eq=False)
class Counts:
    """Terms of articles, counted: `row`, `term`, `count` are the non-zeros of the article-term matrix, in that order."""

    groups: pd.DataFrame  # the columns of `by`, one row per group
    group: np.ndarray  # group of each article
    terms: list[str]
    row: np.ndarray
    term: np.ndarray
    count: np.ndarray
    size: np.ndarray  # terms of each article
    label: Callable[[np.ndarray], dict[int, str]]
    term_of: Callable[[str], str]

    @property
    def group_size(self) -> np.ndarray:
        return np.bincount(self.group, self.size, minlength=len(self.groups)).astype(np.int64)

    @property
    def total(self) -> np.ndarray:
        return np.bincount(self.term, self.count, minlength=len(self.terms)).astype(np.int64)

    @property
    def n_articles(self) -> np.ndarray:
        return np.bincount(self.term, minlength=len(self.terms))

    def allowed(self, min_articles: int, drop_names: bool | Collection[str]) -> np.ndarray:
        """Which terms may be shown."""
        kept = self.n_articles >= min_articles
        if drop_names is not False:
            words = _shipped_names() if drop_names is True else drop_names
            if isinstance(words, str):
                raise TypeError(f"drop_names={words!r} is one str; pass a list of names, or True for the shipped ones.")
            names = {form for word in words for form in (normalize(word), self.term_of(word))}
            kept &= np.array([term not in names for term in self.terms], bool)
        return kept

    def pairs(self, kept: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Group, term, count and number of articles for every kept term that a group uses."""
        shown = kept[self.term]
        key = self.group[self.row[shown]] * np.int64(len(self.terms)) + self.term[shown]
        # Key and count in one number: sorting numbers is several times faster than finding an order for two columns.
        base = np.int64(self.count.max(initial=0) + 1)
        key, counts = np.divmod(np.sort(key * base + self.count[shown]), base)
        first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
        count = np.add.reduceat(counts, first) if len(key) else first
        group, term = np.divmod(key[first], max(1, len(self.terms)))
        return group, term, count, np.diff(np.append(first, len(key)))


def count_terms(articles: pd.DataFrame, by: str | Sequence[str], analyzer: Callable[[str], list[str]] | None) -> Counts:
    columns = [by] if isinstance(by, str) else list(by)
    need(articles, ["article_id", "text", *columns], "articles")
    article_ids(articles)
    if not columns or not len(articles):
        raise ValueError("by names no column." if not columns else "articles has no rows; there is nothing to count.")
    if taken := _RESULTS.intersection(columns):
        raise ValueError(f"by names {sorted(taken)}, which the result uses itself; rename it in articles first.")
    keys = articles[columns].reset_index(drop=True)
    if "outlet" in columns:
        keys["outlet"] = label_outlets(articles).array
    group = keys.groupby(columns, dropna=False, observed=True).ngroup().to_numpy()
    groups = keys.iloc[np.unique(group, return_index=True)[1]].reset_index(drop=True)

    analyzer = Analyzer() if analyzer is None else analyzer
    texts = article_texts(articles)
    words = split_words(texts, spelled=True)  # as typed: the lemmatiser tells more words apart
    spans = boilerplate_spans(texts, _folded(words))[:3]
    of_word: np.ndarray | None = None
    if isinstance(analyzer, Analyzer) and analyzer.ngrams == (1, 1):
        of_word, terms = _terms_of_words(words, spans, analyzer)
        row = np.repeat(np.arange(len(texts)), np.diff(words.ptr))[of_word >= 0]
        term = of_word[of_word >= 0]
        # Words folded by normalize are labelled like lemmas only if that is what they are.
        of_word = of_word if analyzer.unit == "lemma" else None
    else:
        row, term, terms = _terms_of_texts(texts, spans, analyzer)
    key = np.sort(row * np.int64(max(1, len(terms))) + term)
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    rows, ids = np.divmod(key[first], max(1, len(terms)))
    return Counts(
        groups=groups,
        group=group,
        terms=terms,
        row=rows,
        term=ids,
        count=np.diff(np.append(first, len(key))),
        size=np.bincount(row, minlength=len(texts)),
        label=lambda chosen: _labels(texts, words, of_word, terms, chosen),
        term_of=lambda word: next(iter(analyzer(word)), ""),
    )


def _folded(words: Words) -> Words:
    place: dict[str, int] = {}
    fold = np.array([place.setdefault(word, len(place)) for word in normalize_types(words.vocabulary)], np.int32)
    ids = fold[words.ids] if len(fold) else words.ids
    return Words(ids=ids, start=words.start, end=words.end, ptr=words.ptr, vocabulary=list(place))


def _terms_of_words(words: Words, spans: tuple[np.ndarray, ...], analyzer: Analyzer) -> tuple[np.ndarray, list[str]]:
    """The term of every word, -1 for none: the analyzer sees each distinct word once, not each occurrence."""
    of_type = pd.Series(analyzer.terms_of_words(words.vocabulary), dtype="object")
    code, terms = pd.factorize(of_type.where(of_type != "", None))
    of_word = code[words.ids]
    for row, start, end in zip(*spans, strict=True):
        low, high = words.ptr[row], words.ptr[row + 1]
        first = low + np.searchsorted(words.end[low:high], start, side="right")
        of_word[first : low + np.searchsorted(words.start[low:high], end)] = -1
    return of_word, list(terms)


def _terms_of_texts(
    texts: Sequence[str], spans: tuple[np.ndarray, ...], analyzer: Callable[[str], list[str]]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    clean = list(texts)
    for row, start, end in zip(*spans, strict=True):
        clean[row] = clean[row][:start] + "\n" * (end - start) + clean[row][end:]
    found = [analyzer(text) for text in clean]
    row = np.repeat(np.arange(len(texts)), [len(terms) for terms in found])
    code, terms = pd.factorize(np.array([term for terms in found for term in terms], dtype=object))
    return row, code.astype(np.int64), list(terms)


def _labels(
    texts: Sequence[str], words: Words, of_word: np.ndarray | None, terms: list[str], chosen: np.ndarray
) -> dict[int, str]:
    """A readable spelling for each chosen term; a term that is not the lemma of one word is its own label."""
    if of_word is None:
        return {int(t): terms[t] for t in chosen}
    is_chosen = np.zeros(len(terms) + 1, bool)  # the last one stands for "no term", -1
    is_chosen[chosen] = True
    where = np.flatnonzero(is_chosen[of_word])
    term = of_word[where]
    order = np.argsort(term, kind="stable")
    where, term = where[order], term[order]
    size = np.bincount(term, minlength=len(terms))
    nth = np.arange(len(where)) - (np.cumsum(size) - size)[term]
    every = -(-size // _LABEL_SAMPLE)
    where = np.sort(where[nth % every[term] == 0])
    text = np.searchsorted(words.ptr, where, side="right") - 1
    best = best_labels(
        (terms[t], texts[i][start:end])
        for t, i, start, end in zip(
            of_word[where].tolist(), text.tolist(), words.start[where].tolist(), words.end[where].tolist(), strict=True
        )
    )
    return {int(t): best[terms[t]] for t in chosen}


def _shipped_names() -> set[str]:
    lines = files("kzanalytics").joinpath("data/names/names.txt").read_text(encoding="utf-8").splitlines()
    return {name for line in lines if line and not line.startswith("#") for name in line.partition("\t")[2].split()}
