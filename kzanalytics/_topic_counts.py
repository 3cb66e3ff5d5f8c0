"""Passages as counts of terms, and the vocabulary that a topic model of them can use."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import eq
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ._columns import split_words
from ._lemma_columns import strip_types
from .arabic import Analyzer

__all__ = ["Counts", "adaptive_pruning", "count_terms", "encode", "label_vocabulary", "surface_forms"]

Analyze = Callable[[str], Sequence[str]]

MAX_TERMS = 10_000  # a topic's readable part ends long before; keeps memory at n_topics x 10,000
# (corpora below this many articles, least articles of a term, largest share of articles): a term of one article of five
# may be a topic of that article; in 10,000 articles a term of fewer than ten is noise, and one in half of them grammar.
_PRUNING = (
    (20, 1, 1.0),
    (100, 2, 0.8),
    (1_000, 3, 0.6),
    (10_000, 5, 0.5),
    (np.inf, 10, 0.5),
)
# Of this many forms on, one ten times rarer than its lemma's most frequent is left out: 1 label in 90 is another then.
_MANY, _OFTEN = 20_000, 10
_EDGES = string.punctuation + "«»“”„‘’…–—،؛؟٪"


class Forms(NamedTuple):
    """Word forms as spelled, the id of the term of each (-1 without one), and how often each occurs."""

    spelled: list[str]
    term: np.ndarray
    n_words: np.ndarray


@dataclass(frozen=True, eq=False)
class Counts:
    """The terms of each passage, in order: those of passage i are ``ids[ptr[i]:ptr[i + 1]]``, into `vocabulary`.

    `forms` are the frequent forms of each term, where our own analyzer made the terms.
    """

    ids: np.ndarray
    ptr: np.ndarray
    vocabulary: list[str]
    pruning: dict[str, Any] = field(default_factory=dict)
    forms: Forms | None = None

    @property
    def lengths(self) -> np.ndarray:
        """Terms in each passage."""
        return np.diff(self.ptr)

    def matrix(self, rows: np.ndarray | None = None) -> Any:
        """Sparse matrix of counts (passages x vocabulary), of all passages or of `rows` in their order."""
        from scipy.sparse import csr_matrix

        shape = (len(self.ptr) - 1, len(self.vocabulary))
        parts = (np.ones(len(self.ids), np.int32), self.ids.copy(), self.ptr.copy())  # sum_duplicates works in place
        matrix = csr_matrix(parts, shape=shape)
        matrix.sum_duplicates()
        return matrix if rows is None else matrix[rows]


def adaptive_pruning(n_articles: int) -> tuple[int, float]:
    """Least number and largest share of articles of a term, for a corpus of this many articles.

    >>> adaptive_pruning(5), adaptive_pruning(30_000)
    ((1, 1.0), (10, 0.5))
    """
    return next((low, high) for limit, low, high in _PRUNING if n_articles < limit)


def count_terms(
    texts: Sequence[str],
    articles: Sequence[Any],
    analyzer: Analyze,
    *,
    min_articles: int | None = None,
    max_article_share: float | None = None,
    max_terms: int | None = None,
    keep: Iterable[str] = (),
) -> Counts:
    """Analyse passages and prune their vocabulary by article frequency.

    Parameters
    ----------
    texts, articles : sequence
        Each passage's text and the id of its article.
    analyzer : callable
        Text to terms.
    min_articles, max_article_share, max_terms : optional
        Least number of articles with the term, largest share of articles with it, most terms kept (the most
        frequent). Defaults: `adaptive_pruning` and 10,000. A term that occurs only once always goes; the default of
        `max_article_share` gives way where it would take over a third of the occurrences.
    keep : iterable of str
        Terms kept however rare or common, if they occur at all (the seed terms of a codebook).

    Returns
    -------
    Counts
        `pruning` says what was done, as numbers and as one sentence.
    """
    ids, ptr, types, forms = _encode(texts, analyzer, None)
    codes, names = pd.factorize(pd.Series(articles, dtype=object))
    n_articles = len(names)
    low, high = adaptive_pruning(n_articles)
    low = low if min_articles is None else min_articles
    high = high if max_article_share is None else max_article_share
    most = max_terms or MAX_TERMS
    count = np.bincount(ids, minlength=len(types))
    in_articles = _n_articles(ids, np.repeat(codes, np.diff(ptr)), len(types), n_articles)
    forced = np.isin(np.array(types, object), list(keep)) if len(types) else np.zeros(0, bool)
    rare = ((in_articles < low) | (count < 2)) & ~forced
    common = (in_articles > high * n_articles) & ~forced & ~rare
    spared = count[common].sum() > count[~rare].sum() / 3
    if spared and max_article_share is None:
        high, common = 1.0, np.zeros_like(common)
    left = np.flatnonzero(~rare & ~common)
    kept = left[np.lexsort((left, -count[left], ~forced[left]))[:most]]
    kept = kept[np.lexsort((kept, -count[kept]))]
    place = np.full(len(types), -1, np.int64)
    place[kept] = np.arange(len(kept))
    new = place[ids]
    length = np.bincount(np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))[new >= 0], minlength=len(ptr) - 1)
    facts: dict[str, Any] = {
        "n_articles": n_articles,
        "min_articles": int(low),
        "max_article_share": float(high),
        "max_terms": int(most),
        "n_types": len(types),
        "n_rare": int(rare.sum()),
        "n_common": int(common.sum()),
        "n_beyond_max": len(left) - len(kept),
        "n_kept": len(kept),
        "token_share_kept": float((new >= 0).mean()) if len(new) else 0.0,
    }
    facts["says"] = (
        f"Of {len(types):,} terms in {n_articles:,} articles {len(kept):,} are kept "
        f"({facts['token_share_kept']:.0%} of all occurrences): left out are {facts['n_rare']:,} that occur once or in "
        f"fewer than {low} articles, {facts['n_common']:,} in more than {high:.0%} of the articles and "
        f"{facts['n_beyond_max']:,} beyond the {most:,} most frequent."
    )
    if spared and max_article_share is None:
        facts["says"] += " Terms in most articles are kept: they are over a third of all occurrences."
    return Counts(
        new[new >= 0].astype(np.int32),
        np.concatenate([[0], np.cumsum(length)]),
        [types[i] for i in kept],
        facts,
        None if forms is None else _frequent(forms, place),
    )


def _n_articles(ids: np.ndarray, articles: np.ndarray, n_terms: int, n_articles: int) -> np.ndarray:
    """In how many articles each term occurs."""
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(ids), bool), (ids, articles)), shape=(n_terms, n_articles)).getnnz(1)


def encode(
    texts: Sequence[str], analyzer: Analyze, vocabulary: Sequence[str] | None = None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Terms of texts as ids, with the vocabulary they index: a given one (other terms are dropped) or all terms."""
    return _encode(texts, analyzer, vocabulary)[:3]


def _encode(
    texts: Sequence[str], analyzer: Analyze, vocabulary: Sequence[str] | None
) -> tuple[np.ndarray, np.ndarray, list[str], Forms | None]:
    index: dict[str, int] = {} if vocabulary is None else {term: i for i, term in enumerate(vocabulary)}
    if isinstance(analyzer, Analyzer) and analyzer.ngrams == (1, 1):
        return _encode_words(texts, analyzer, index, vocabulary is None)
    rows: list[list[int]] = []
    for text in texts:
        terms = analyzer(text)
        if vocabulary is None:
            rows.append([index.setdefault(term, len(index)) for term in terms])
        else:
            rows.append([index[term] for term in terms if term in index])
    ptr = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    ids = np.fromiter(chain.from_iterable(rows), np.int32, int(ptr[-1]))
    return ids, ptr, list(index), None


def _encode_words(
    texts: Sequence[str], analyzer: Analyzer, index: dict[str, int], grow: bool
) -> tuple[np.ndarray, np.ndarray, list[str], Forms]:
    """Our own analyzer looks at words one by one, so each type is analysed once however often it occurs."""
    words = split_words(texts, offsets=False, spelled=True)  # as typed: the lemmatiser tells more words apart
    terms = analyzer.terms_of_words(words.vocabulary)
    if grow:
        for term in dict.fromkeys(terms):
            if term:
                index[term] = len(index)
    place = np.array([index.get(term, -1) for term in terms], np.int32)
    ids = place[words.ids]
    before = np.concatenate([[0], np.cumsum(ids >= 0)])
    forms = Forms(words.vocabulary, place, np.bincount(words.ids, minlength=len(place)))
    return ids[ids >= 0], before[words.ptr], list(index), forms


def _frequent(forms: Forms, place: np.ndarray) -> Forms:
    """The forms that matter for the label of a term, the terms being numbered anew by `place`."""
    rows = np.flatnonzero(forms.term >= 0)
    rows = rows[place[forms.term[rows]] >= 0]
    term, count = place[forms.term[rows]], forms.n_words[rows]
    most = np.zeros(len(place), np.int64)
    np.maximum.at(most, term, count)
    matter = (_OFTEN * count > most[term]) | (len(rows) < _MANY)
    return Forms([forms.spelled[i] for i in rows[matter].tolist()], term[matter], count[matter])


def label_vocabulary(texts: Iterable[str], counts: Counts, analyzer: Analyze) -> list[str]:
    """A form to read for each term of the vocabulary, taken from the texts.

    A lemma gets its most frequent form without clitics, as `label_terms` would label it. Terms of another analyzer get the
    word that it most often turns into them.
    """
    if counts.forms is None or not (isinstance(analyzer, Analyzer) and analyzer.unit == "lemma"):
        return surface_forms(texts, counts.vocabulary, analyzer)
    forms = counts.forms
    labels = strip_types(forms.spelled)
    distinct = list(dict.fromkeys(labels))
    code = dict(zip(distinct, range(len(distinct)), strict=True))
    key = forms.term * np.int64(len(distinct)) + np.fromiter(map(code.__getitem__, labels), np.int64, len(labels))
    pairs, which = np.unique(key, return_inverse=True)
    term, label = np.divmod(pairs, max(len(distinct), 1))
    n_words = np.bincount(which, forms.n_words)
    bare = np.zeros(len(pairs), bool)
    bare[which[np.fromiter(map(eq, labels, forms.spelled), bool, len(labels))]] = True
    most = np.zeros(len(counts.vocabulary))
    np.maximum.at(most, term, n_words)
    # A form seen without clitics, unless another is more than twice as frequent: the rule of `label_terms`. Ties go to the
    # shorter form, then the alphabet.
    near = np.flatnonzero(2 * n_words >= most[term])
    names = [distinct[i] for i in label[near].tolist()]
    near = near[sorted(range(len(near)), key=names.__getitem__)]
    names.sort()
    length = np.fromiter(map(len, names), np.int64, len(names))
    order = near[np.lexsort((length, -n_words[near], ~bare[near], term[near]))]
    best = order[np.unique(term[order], return_index=True)[1]]
    return [distinct[i] for i in label[best].tolist()]


def surface_forms(texts: Iterable[str], vocabulary: Sequence[str], analyzer: Analyze) -> list[str]:
    """For each term the most frequent word of the texts that the analyzer turns into it; else the term itself."""
    wanted = set(vocabulary)
    words: Counter[str] = Counter()
    for text in texts:
        words.update(text.split())
    clean: Counter[str] = Counter()
    for word, n in words.items():
        clean[word.strip(_EDGES)] += n
    found: dict[str, str] = {}
    for word, _ in sorted(clean.items(), key=lambda item: (-item[1], item[0])):
        terms = analyzer(word)
        if len(terms) == 1 and terms[0] in wanted:
            found.setdefault(terms[0], word)
            if len(found) == len(wanted):
                break
    return [found.get(term, term) for term in vocabulary]
