"""Cut and normalise a whole corpus at once: the same words as `tokenize`, at the speed of columns.

A batch of texts is joined and mapped to one byte a character (``_letter_codes``), comparing neighbours finds the words
(``_word_runs``), and Arrow numbers them as integers.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, compress, count

import numpy as np
import pyarrow as pa

from kzanalytics._form_filter import FormFilter
from kzanalytics._letter_codes import LONG, SEPARATOR, SHORT, decode, take
from kzanalytics._word_runs import Batch, find_words

__all__ = ["FormFilter", "NamedWords", "Words", "split_words"]

_BATCH = 1 << 22  # characters; it bounds the memory beyond the words themselves
_MOST_THREADS = 4


@dataclass(frozen=True, eq=False)
class Words:
    """The words of a sequence of texts, as columns.

    Attributes
    ----------
    ids : numpy.ndarray of int32, shape (n_words,)
        Each word as an index into `vocabulary`.
    start, end : numpy.ndarray of int64, shape (n_words,)
        Offsets in code points into the text that holds the word; empty when offsets were not asked for.
    ptr : numpy.ndarray of int64, shape (n_texts + 1,)
        The words of text ``i`` are ``ids[ptr[i]:ptr[i + 1]]``.
    vocabulary : list of str
        The normalised form of each id, each once (the spelled form if asked for).
    """

    ids: np.ndarray
    start: np.ndarray
    end: np.ndarray
    ptr: np.ndarray
    vocabulary: list[str]

    def of_types(self, types: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Places and ids of the words of some types, given as a mask of the vocabulary."""
        places = np.flatnonzero(types[self.ids])
        return places, self.ids[places]

    def ids_at(self, places: np.ndarray) -> np.ndarray:
        """The ids of the words at some places."""
        return self.ids[places]

    def offsets_at(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where the words at some places start and end in their text."""
        return self.start[places], self.end[places]


class NamedWords(Words):
    """Words of which a `FormFilter` passed over most: the columns of all words are built only if somebody asks for them.

    The first of the vocabulary is "", the form of all words that were passed over.
    """

    def __init__(self, batches: list[Batch], ids: list[np.ndarray], ptr: np.ndarray, vocabulary: list[str]) -> None:
        # The columns of the class are read-only, and those of all words are not there yet.
        self.__dict__.update(ptr=ptr, vocabulary=["", *vocabulary])
        self._batches = batches
        self._firsts = np.concatenate([[0], np.cumsum([batch.counts.sum() for batch in batches])])
        places = np.concatenate([np.append(b.named, b.hard) + n for b, n in zip(batches, self._firsts, strict=False)])
        order = np.argsort(places, kind="stable")
        self._places, self._named = places[order], np.concatenate(ids)[order] + 1

    @cached_property
    def ids(self) -> np.ndarray:
        ids = np.zeros(self.ptr[-1], np.int32)
        ids[self._places] = self._named
        return ids

    @cached_property
    def _offsets(self) -> tuple[np.ndarray, np.ndarray]:
        start, end = zip(*(batch.offsets() for batch in self._batches), strict=True)
        return np.concatenate(start), np.concatenate(end)

    @property
    def start(self) -> np.ndarray:
        return self._offsets[0]

    @property
    def end(self) -> np.ndarray:
        return self._offsets[1]

    def of_types(self, types: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        chosen = np.flatnonzero(types[self._named])
        return self._places[chosen], self._named[chosen]

    def ids_at(self, places: np.ndarray) -> np.ndarray:
        at = np.searchsorted(self._places, places)
        return np.where(np.append(self._places, -1)[at] == places, np.append(self._named, 0)[at], 0)

    def offsets_at(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        which = np.searchsorted(self._firsts, places, side="right") - 1
        order = np.argsort(which, kind="stable")
        bounds = np.searchsorted(which[order], np.arange(len(self._batches) + 1)).tolist()
        start, end = np.empty((2, len(places)), np.int64)
        for number, batch in enumerate(self._batches):
            if bounds[number] < bounds[number + 1]:
                some = order[bounds[number] : bounds[number + 1]]
                start[some], end[some] = batch.offsets_at(places[some] - self._firsts[number])
        return start, end


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    if not all(issubclass(kind, str) for kind in set(map(type, texts))):
        position = next(i for i, text in enumerate(texts) if not isinstance(text, str))
        raise TypeError(
            f"texts[{position}] must be str, not {type(texts[position]).__name__}; fill missing values with '' first"
        )
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    first = 0
    while first < len(texts):
        last = int(np.searchsorted(ends, (ends[first - 1] if first else 0) + _BATCH)) + 1
        yield first, min(last, len(texts))
        first = last


def _encode_chunks(arrays: list[pa.Array], kind: pa.DataType) -> tuple[list[np.ndarray], pa.Array]:
    """Ids of the values of each array, and the values of the ids in the order of their first appearance."""
    chunks = pa.chunked_array(arrays, kind).dictionary_encode().chunks
    ids = np.concatenate([np.zeros(0, np.int32), *(chunk.indices.to_numpy() for chunk in chunks)])
    values = chunks[-1].dictionary if chunks else pa.array([], kind)
    return np.split(ids, np.cumsum([len(array) for array in arrays])[:-1]), values


def _number(batches: list[Batch]) -> tuple[list[np.ndarray], list[str], list[int]]:
    """Ids of the coded words of each batch, the type of each id, and which types were shortened."""
    long_ids, long = _encode_chunks([batch.long_words for batch in batches], pa.binary())
    for batch, own in zip(batches, long_ids, strict=True):
        batch.keys[batch.long] = (own.astype(np.uint64) << np.uint64(8)) | np.uint64(LONG)
    ids, keys = _encode_chunks([pa.array(batch.keys) for batch in batches], pa.uint64())
    types = keys.to_numpy()
    is_long = (types & np.uint64(0xFF)) == LONG
    rows = np.full((len(types), SHORT + 1), SEPARATOR, np.uint8)
    rows[:, :SHORT] = np.where(is_long, 0, types).astype("<u8").view(np.uint8).reshape(-1, SHORT)
    words, drawn_out = decode(rows.tobytes().translate(None, b"\0"))
    if is_long.any():
        spelled = b"".join(word + b"\1" for word in long.to_pylist())
        long_words, long_drawn_out = decode(spelled)
        places = np.flatnonzero(is_long)
        # Long types have their own numbers in the order of their first appearance, which is the order here.
        for place, word in zip(places.tolist(), long_words, strict=True):
            words[place] = word
        drawn_out += places[long_drawn_out].tolist()
    return ids, words, drawn_out


def _find_all(texts: Sequence[str], spelled: bool, only: FormFilter | None) -> list[Batch]:
    """The words of all batches, found side by side: numpy and Arrow leave the interpreter to another thread meanwhile."""
    pieces = [texts[first:last] for first, last in _batches(texts)]
    find = partial(find_words, spelled=spelled, only=only)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(pieces) < 2 or cores < 2 or multiprocessing.parent_process() is not None:  # workers have a core each
        return list(map(find, pieces))
    find([""])  # what is made once, each thread would make
    with ThreadPoolExecutor(min(len(pieces), cores + 1, _MOST_THREADS)) as pool:  # one mostly waits for the interpreter
        return list(pool.map(find, pieces))


def split_words(
    texts: Sequence[str], *, offsets: bool = True, spelled: bool = False, only: FormFilter | None = None
) -> Words:
    """Cut texts into normalised words, all at once.

    The words are exactly the tokens of kind ``word`` and ``latin`` of `tokenize`, with the same offsets and norms.

    Parameters
    ----------
    texts : sequence of str
        Raw texts.
    offsets : bool, default True
        Whether to fill ``start`` and ``end``; without them less memory is used.
    spelled : bool, default False
        Whether the vocabulary keeps ة, hamza and ى as typed, dropping only marks and the like. `lemmatize` tells more
        words apart then; `normalize` folds such a form into the usual one.
    only : FormFilter, optional
        The words that matter, which is faster: of the other words most get an id whose form is "". Never passed over are
        words with marks, drawn-out letters or an article inside, and the first and last of each text.

    Returns
    -------
    Words
        The columns.

    Examples
    --------
    >>> words = split_words(["بـ«الثورات الملوّنة»", "ثورات"])
    >>> [words.vocabulary[i] for i in words.ids], words.ptr.tolist(), words.start.tolist()
    (['الثورات', 'الملونه', 'ثورات'], [0, 2, 3], [3, 11, 0])
    """
    texts = texts if isinstance(texts, (list, tuple)) else list(texts)
    batches = _find_all(texts, spelled, only)
    empty = np.zeros(0, np.int64)
    if not batches:
        return Words(empty.astype(np.int32), empty, empty, np.zeros(1, np.int64), [])
    coded, types, drawn_out = _number(batches)
    # Words of the rules and shortened words may be types already; only those are looked up.
    wanted = dict.fromkeys(chain(chain.from_iterable(b.hard_norms for b in batches), (types[i] for i in drawn_out)))
    place: dict[str, int] = {}
    fold: np.ndarray = np.arange(len(types), dtype=np.int32)
    for i in compress(count(), map(wanted.__contains__, types)):
        fold[i] = place.setdefault(types[i], i)
    for norm in wanted:
        if norm not in place:
            place[norm] = len(types)
            types.append(norm)
    fold = np.concatenate([fold, np.arange(len(fold), len(types), dtype=np.int32)])
    used = fold == np.arange(len(fold))
    final = (np.cumsum(used, dtype=np.int32) - 1)[fold]
    vocabulary = list(compress(types, used.tolist()))
    ptr = np.concatenate([[0], np.cumsum(np.concatenate([batch.counts for batch in batches]))]).astype(np.int64)
    by_rules = [final[[place[norm] for norm in batch.hard_norms]] for batch in batches]
    own = [take(final, ids) for ids in coded]
    if only is not None:
        return NamedWords(batches, [np.concatenate(ids) for ids in zip(own, by_rules, strict=True)], ptr, vocabulary)
    gaps = [batch.hard - np.arange(len(batch.hard)) for batch in batches]
    ids = np.concatenate([np.insert(*columns) for columns in zip(own, gaps, by_rules, strict=True)])
    if not offsets:
        return Words(ids, empty, empty, ptr, vocabulary)
    start, end = map(np.concatenate, zip(*(batch.offsets() for batch in batches), strict=True))
    return Words(ids, start, end, ptr, vocabulary)
