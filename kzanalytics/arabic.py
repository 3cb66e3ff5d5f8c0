"""Arabic text: normalise, tokenise, lemmatise, and the `Analyzer` that joins them for other libraries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import pandas as pd

from kzanalytics._columns import split_words
from kzanalytics._lemma_columns import lemmatize_types, normalize_types, strip_types
from kzanalytics._lemmas import lemmatize
from kzanalytics._normalize import NormalizationStep, NormalizeOptions, explain_normalization, normalize
from kzanalytics._tables import article_texts, id_texts, need
from kzanalytics._tokens import Token, find_tokens, split_sentences, tokenize

__all__ = [
    "Analyzer",
    "NormalizationStep",
    "NormalizeOptions",
    "Token",
    "explain_normalization",
    "label_terms",
    "lemmatize",
    "load_stop_words",
    "normalize",
    "split_sentences",
    "tokenize",
    "tokenize_articles",
]


@cache
def load_stop_words() -> frozenset[str]:
    """Load the shipped stop words, folded by `normalize`.

    Function words of Modern Standard Arabic, alone and after و. Negation (لا، لم، لن، ليس، غير) and ضد are not among
    them, because they carry stance. ``data/stopwords/arabic.txt`` names the sources.

    Returns
    -------
    frozenset of str
        Normalised words.

    Examples
    --------
    >>> "علي" in load_stop_words(), "لم" in load_stop_words()
    (True, False)
    """
    lines = files("kzanalytics").joinpath("data/stopwords/arabic.txt").read_text(encoding="utf-8").splitlines()
    words = {
        normalize(word)
        for line in lines
        if line and not line.startswith("#")
        for word in line.partition("\t")[2].split()
    }
    return frozenset(words | {"و" + word for word in words if len(word) > 1})


@dataclass(frozen=True)
class Analyzer:
    """Turn a text into terms: one picklable callable for scikit-learn, gensim, multiprocessing and Spark.

    Parameters
    ----------
    unit : {"lemma", "word"}, default "lemma"
        Dictionary forms, or words folded by `normalize`.
    stop_words : collection of str, optional
        Words to leave out, compared after folding with the word and its lemma. By default those of
        `load_stop_words`; ``()`` keeps everything.
    min_length : int, default 2
        Shortest term kept, in letters: a single letter is an abbreviation or a stray proclitic.
    ngrams : tuple of int, default (1, 1)
        Shortest and longest run of neighbouring terms to return, joined by a space. A run never bridges a word that was
        left out.
    latin : bool, default True
        Whether words in other scripts are terms too.

    Examples
    --------
    >>> analyzer = Analyzer()
    >>> analyzer("وقال إن الثورات الملوّنة لن تتكرر")
    ['قال', 'ثوره', 'ملون', 'لن', 'تكرر']
    >>> Analyzer(unit="word", ngrams=(2, 2))("ضد الإرهاب الدولي")
    ['ضد الارهاب', 'الارهاب الدولي']
    """

    unit: Literal["lemma", "word"] = "lemma"
    stop_words: Collection[str] | None = None
    min_length: int = 2
    ngrams: tuple[int, int] = (1, 1)
    latin: bool = True

    def __post_init__(self) -> None:
        if self.unit not in ("lemma", "word"):
            raise ValueError(f"unit={self.unit!r} is not known; choose 'lemma' or 'word'")
        low, high = self.ngrams
        if not 1 <= low <= high:
            raise ValueError(
                f"ngrams={self.ngrams!r} must be two whole numbers, 1 <= shortest <= longest, as in (1, 2)"
            )
        if isinstance(self.stop_words, str):
            raise TypeError(f"stop_words={self.stop_words!r} is one str; pass a list of words, or () for none")
        if self.stop_words is not None:
            object.__setattr__(self, "stop_words", frozenset(map(normalize, self.stop_words)))

    def __call__(self, text: str) -> list[str]:
        """Return the terms of one text, in order."""
        return next(iter(self.analyze([text])))

    def analyze(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """Yield the terms of each of many texts; faster than one call for each.

        Parameters
        ----------
        texts : sequence of str
            Raw texts.

        Yields
        ------
        list of str
            The terms of the next text, in order.
        """
        words = split_words(texts, offsets=False, spelled=True)
        terms = self.terms_of_words(words.vocabulary)
        low, high = self.ngrams
        for first, last in zip(words.ptr[:-1].tolist(), words.ptr[1:].tolist(), strict=True):
            found = [terms[i] for i in words.ids[first:last].tolist()]
            if (low, high) == (1, 1):
                yield [term for term in found if term]
            else:
                yield list(_ngrams(found, low, high))

    def terms_of_words(self, words: Sequence[str]) -> list[str]:
        """Give the term for each of many words, such as a vocabulary; empty where the word is left out.

        Parameters
        ----------
        words : sequence of str
            Single words as spelled; only spaces, punctuation and marks may be gone.

        Returns
        -------
        list of str
            A term or ``""`` for each word, in order. Runs of words (``ngrams``) are not made here.

        Examples
        --------
        >>> Analyzer().terms_of_words(["وقال", "إن", "الثورات"])
        ['قال', '', 'ثوره']
        """
        stop_words = load_stop_words() if self.stop_words is None else self.stop_words
        terms = normalize_types(words)
        left = [
            place for place, norm in enumerate(terms) if norm not in stop_words and (self.latin or _is_arabic(norm))
        ]
        found = [terms[place] for place in left]
        if self.unit == "lemma":
            found = lemmatize_types([words[place] for place in left])
        terms = [""] * len(terms)
        for place, term in zip(left, found, strict=True):
            if len(term) >= self.min_length and term not in stop_words:
                terms[place] = term
        return terms


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u08ff"


def _ngrams(terms: list[str], low: int, high: int) -> Iterator[str]:
    for position in range(len(terms)):
        for size in range(low, high + 1):
            run = terms[position : position + size]
            if len(run) == size and all(run):
                yield " ".join(run)


def tokenize_articles(
    articles: pd.DataFrame, *, kinds: Collection[str] = ("word", "latin"), column: str = "text"
) -> pd.DataFrame:
    """Cut every article into tokens.

    Parameters
    ----------
    articles : DataFrame
        The articles table, with ``article_id`` and `column`.
    kinds : collection of str, default ("word", "latin")
        Kinds of tokens to return (see `Token`). The default is many times faster than asking for the others too.
    column : str, default "text"
        The column that holds the text.

    Returns
    -------
    DataFrame
        A row per token: ``article_id``; ``start, end`` (offsets in code points into the raw text); ``text`` (raw);
        ``norm``; ``lemma``; ``kind``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["000"], "text": ["لن تسمح بـ«ثورات ملونة»"]})
    >>> tokenize_articles(articles)["lemma"].tolist()
    ['لن', 'سمح', 'ثوره', 'ملون']
    """
    unknown = set(kinds) - {"word", "latin", "number", "punct", "clitic", "address"}
    if unknown:
        raise ValueError(
            f"kinds={sorted(kinds)!r} names {sorted(unknown)}; choose among word, latin, number, punct, clitic, address"
        )
    need(articles, ["article_id", column], "articles")
    texts = article_texts(articles, column=column)
    if set(kinds) <= {"word", "latin"}:
        words = split_words(texts, spelled=True)
        counts = np.diff(words.ptr)
        types = pd.DataFrame(
            {
                "norm": normalize_types(words.vocabulary),
                "lemma": lemmatize_types(words.vocabulary),
                "kind": ["word" if _is_arabic(word) else "latin" for word in words.vocabulary],
            },
            dtype="str",
        ).take(words.ids)
        start, end, bounds = words.start.tolist(), words.end.tolist(), words.ptr.tolist()
        raw = [
            text[first:last]
            for text, low, high in zip(texts, bounds[:-1], bounds[1:], strict=True)
            for first, last in zip(start[low:high], end[low:high], strict=True)
        ]
        columns = {"start": words.start, "end": words.end, "text": raw} | {name: types[name].array for name in types}
    else:
        found = [find_tokens(text) for text in texts]
        counts = np.array([len(tokens) for tokens in found], np.int64)
        rows = [(text[s:e], s, e, kind) for text, tokens in zip(texts, found, strict=True) for s, e, kind in tokens]
        norm = [normalize(raw) for raw, *_ in rows]
        columns = {
            "start": np.array([row[1] for row in rows], np.int64),
            "end": np.array([row[2] for row in rows], np.int64),
            "text": [row[0] for row in rows],
            "norm": norm,
            "lemma": [lemmatize(row[0]) if row[3] == "word" else word for word, row in zip(norm, rows, strict=True)],
            "kind": [row[3] for row in rows],
        }
    table = pd.DataFrame(columns).astype(dict.fromkeys(("text", "norm", "lemma", "kind"), "str"))
    table.insert(0, "article_id", id_texts(articles["article_id"]).repeat(counts.tolist()).array)
    return table[table["kind"].isin(kinds)].reset_index(drop=True)


_READABLE = NormalizeOptions(alef=False, yeh=False, teh=False)


def label_terms(texts: Iterable[str], *, lemmas: Collection[str] | None = None) -> dict[str, str]:
    """Give each lemma its most frequent surface form, for charts and tables.

    Lemmas are folded (``ثوره``); a reader wants ``ثورة``. The label is the most frequent spelling, clitics cut off and marks
    dropped. One that the texts use without clitics is preferred, unless another is more than twice as frequent.

    Parameters
    ----------
    texts : iterable of str
        The raw texts that the lemmas come from.
    lemmas : collection of str, optional
        Only label these; all by default.

    Returns
    -------
    dict of str to str
        Lemma to label; a lemma that does not occur labels itself.

    Examples
    --------
    >>> label_terms(["الثورات الملونة", "ثورة وثورة"], lemmas=["ثوره"])
    {'ثوره': 'ثورة'}
    """
    texts = list(texts)
    words = split_words(texts, spelled=True)
    wanted = None if lemmas is None else set(lemmas)
    of_type = lemmatize_types(words.vocabulary)
    chosen = np.array([wanted is None or lemma in wanted for lemma in of_type], bool)
    which = np.flatnonzero(chosen[words.ids]) if len(words.ids) else np.zeros(0, np.int64)
    owner = (np.searchsorted(words.ptr, which, side="right") - 1).tolist()
    labels = best_labels(
        (of_type[word_id], texts[text][start:end])
        for word_id, text, start, end in zip(
            words.ids[which].tolist(), owner, words.start[which].tolist(), words.end[which].tolist(), strict=True
        )
    )
    return labels if lemmas is None else {lemma: labels.get(lemma, lemma) for lemma in lemmas}


def best_labels(spelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The label of each lemma, from every occurrence's lemma and raw spelling (see `label_terms`)."""
    seen = Counter(spelled)
    surface = {raw: normalize(raw, options=_READABLE) for _, raw in seen}
    forms = list(dict.fromkeys(surface.values()))
    label_of = dict(zip(forms, strip_types(forms), strict=True))
    counts: dict[str, Counter[str]] = {}
    bare: dict[str, Counter[str]] = {}
    for (lemma, raw), count in seen.items():
        label = label_of[surface[raw]]
        counts.setdefault(lemma, Counter())[label] += count
        if label == surface[raw]:
            bare.setdefault(lemma, Counter())[label] += count
    return {lemma: _most_frequent(forms, bare.get(lemma)) for lemma, forms in counts.items()}


def _most_frequent(counts: Counter[str], bare: Counter[str] | None) -> str:
    # Ties go to the shorter form, then the alphabet, so that labels never depend on the order of articles.
    best = min(counts, key=lambda form: (-counts[form], len(form), form))
    if bare:
        seen = min(bare, key=lambda form: (-counts[form], len(form), form))
        if 2 * counts[seen] >= counts[best]:
            return seen
    return best
