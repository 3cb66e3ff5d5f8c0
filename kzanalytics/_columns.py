"""Cut and normalise a whole corpus at once: the same words as `tokenize`, at the speed of columns.

A batch of texts is joined and mapped to one byte a character (``_letter_codes``), comparing neighbours finds the words
(``_word_runs``), and Arrow numbers them as integers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress, count

import numpy as np
import pyarrow as pa

from kzanalytics._lemmas import SPELLED
from kzanalytics._letter_codes import LONG, SEPARATOR, SHORT, FormFilter, decode, take
from kzanalytics._normalize import DEFAULT
from kzanalytics._word_runs import Batch, find_words

__all__ = ["FormFilter", "Words", "split_words"]

_BATCH = 1 << 19  # characters; what a batch needs stays in the processor's cache


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

    @cached_property
    def named(self) -> np.ndarray:
        """The places of the words that a `FormFilter` did not pass over; all of them without one."""
        return (
            np.flatnonzero(self.ids != self.vocabulary.index("")) if "" in self.vocabulary else np.arange(len(self.ids))
        )


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(
                f"texts[{position}] must be str, not {type(text).__name__}; fill missing values with '' first"
            )
        size += len(text) + 1
        if size >= _BATCH:
            yield first, position + 1
            first, size = position + 1, 0
    if first < len(texts):
        yield first, len(texts)


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
    options = SPELLED if spelled else DEFAULT
    batches = [find_words(texts[first:last], options, offsets, only) for first, last in _batches(texts)]
    if not batches:
        empty = np.zeros(0, np.int64)
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
    parts = []
    for batch, ids in zip(batches, coded, strict=True):
        hard = [place[norm] for norm in batch.hard_norms]
        parts.append(np.insert(np.delete(ids, batch.drop), batch.hard_where, hard))
    fold = np.concatenate([fold, np.arange(len(fold), len(types), dtype=np.int32)])
    seen = np.zeros(len(types), bool)
    for part in parts:
        seen[part] = True
    used = np.zeros(len(types), bool)
    used[fold[seen]] = True
    final = (np.cumsum(used, dtype=np.int32) - 1)[fold]
    counts = np.concatenate([batch.counts for batch in batches])
    return Words(
        ids=np.concatenate([take(final, part) for part in parts]),
        start=np.concatenate([batch.start for batch in batches]),
        end=np.concatenate([batch.end for batch in batches]),
        ptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        vocabulary=list(compress(types, used.tolist())),
    )
