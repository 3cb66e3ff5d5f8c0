"""Cut and normalise a whole corpus at once: the same words as `tokenize`, at the speed of columns.

A batch of texts is joined and mapped to one byte a character: a code for each letter as `normalize` folds it, and a
few codes for white space, punctuation and marks. Comparing neighbours finds the words, dropping bytes folds them, and
Arrow encodes them as a dictionary. What the codes cannot decide (abbreviations, hyphens, addresses, other scripts,
proclitics before a quotation mark) is looked up by the rules of ``_tokens``, one run between white space at a time.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress, count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kzanalytics._chars import ARABIC_LETTERS, CONTROLS, ELONGATION, MARKS, PHRASE_LIGATURES, TATWEEL, combining_class
from kzanalytics._lemmas import SPELLED
from kzanalytics._normalize import _SIMPLE, DEFAULT, NormalizeOptions, normalize
from kzanalytics._tokens import PROCLITICS, find_tokens

__all__ = ["Words", "split_words"]

# Codes of characters. Everything from MARK on is part of a word.
SPACE, SEPARATOR, JOINER, HYPHEN, MARK, CONTROL, LETTERS, HARD = 0, 1, 2, 3, 4, 5, 6, 255
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگڤڨڭ"
_FIRST_ARABIC = LETTERS + len(_LATIN)
_DECODE = "\n" * LETTERS + _LATIN + _ARABIC
_DECODE += "\ufffd" * (256 - len(_DECODE))
_BATCH = 1 << 22  # characters; larger batches gain nothing and cost memory


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


@cache
def _codes(options: NormalizeOptions) -> np.ndarray:
    """The code of each character of the basic plane, its letters folded by `options`."""
    letter = {char: LETTERS + position for position, char in enumerate(_LATIN + _ARABIC)}
    marks = re.compile(f"[{MARKS}{TATWEEL}]")
    controls = re.compile(f"[{CONTROLS}]")
    hard = re.compile(f"[{ARABIC_LETTERS}{PHRASE_LIGATURES}{combining_class()}\u0653-\u0655]|[^\\W\\d_]")
    joiner = re.compile(r"[\d.'’@/:_%+]")
    codes = np.full(0x10000, SEPARATOR, np.uint8)
    for point in range(0x10000):
        char = chr(point)
        spelled = normalize(char, options=options) if _SIMPLE.fullmatch(char) else ""
        if spelled in letter:
            codes[point] = letter[spelled]
        elif hard.match(char):
            codes[point] = HARD
        elif marks.match(char):
            codes[point] = MARK
        elif controls.match(char):
            codes[point] = CONTROL
        elif char.isspace():
            codes[point] = SPACE
        elif char in "-‐‑":
            codes[point] = HYPHEN
        elif joiner.match(char):
            codes[point] = JOINER
    return codes


def _encode(text: str, options: NormalizeOptions) -> tuple[np.ndarray, np.ndarray]:
    """The code points of a text and their codes."""
    points: np.ndarray = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(points) == len(text):
        return points, _codes(options).take(points)
    # Characters beyond the basic plane take two units in UTF-16, which would shift every offset after them.
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _codes(options).take(np.minimum(points, 0xFFFF))
    beyond = np.flatnonzero(points > 0xFFFF)
    kinds, which = np.unique(points[beyond], return_inverse=True)
    codes[beyond] = np.array([HARD if chr(point).isalnum() else SEPARATOR for point in kinds], np.uint8)[which]
    return points, codes


@lru_cache(maxsize=1 << 15)
def _hard_words(chunk: str, options: NormalizeOptions) -> tuple[tuple[int, int, str], ...]:
    """The words of a run without white space, by the exact rules."""
    return tuple(
        (start, end, normalize(chunk[start:end], options=options))
        for start, end, kind in find_tokens(chunk)
        if kind in ("word", "latin")
    )


@cache
def _proclitic_keys() -> pa.Array:
    encode = {ord(char): LETTERS + position for position, char in enumerate(_LATIN + _ARABIC)}
    spelled = {word.replace("ا", alef) for word in PROCLITICS for alef in "اأإآ"}
    return pa.array([word.translate(encode).encode("latin-1") for word in sorted(spelled)], pa.binary())


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


@dataclass(frozen=True, eq=False)
class _Batch:
    """Words of one joined text: those that the codes decide, and those that the rules had to."""

    keys: pa.DictionaryArray
    start: np.ndarray
    end: np.ndarray
    drop: np.ndarray  # which of the coded words do not count, because the rules cut their run
    hard_start: list[int]
    hard_end: list[int]
    hard_norm: list[str]
    bounds: np.ndarray  # where each text starts in the joined one; one more for the end


def _find_words(texts: Sequence[str], options: NormalizeOptions) -> _Batch:
    joined = "\n".join(["", *texts, ""])
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bounds = np.concatenate([[1], 1 + np.cumsum(lengths + 1)])
    points, codes = _encode(joined, options)
    in_word = codes >= MARK
    edges = np.flatnonzero(in_word[1:] != in_word[:-1])
    edges += 1
    start, end = edges[::2].copy(), edges[1::2].copy()  # contiguous, or every search would copy them
    raw = codes.tobytes()
    packed = raw.translate(None, bytes(range(LETTERS)))
    size = end - start
    marks = np.flatnonzero(codes - np.uint8(MARK) < 2)  # MARK or CONTROL: smaller codes wrap around
    if len(marks):
        size = size - np.bincount(np.searchsorted(start, marks, side="right") - 1, minlength=len(start))
    offsets = np.zeros(len(size) + 1, np.int32)
    np.cumsum(size, out=offsets[1:])
    words = pa.Array.from_buffers(pa.binary(), len(size), [None, pa.py_buffer(offsets), pa.py_buffer(packed)])
    keys = words.dictionary_encode()
    drop, hard_start, hard_end, hard_norm = _resolve(joined, raw, points, codes, marks, start, end, keys, options)
    return _Batch(keys, start, end, drop, hard_start, hard_end, hard_norm, bounds)


def _resolve(
    joined: str,
    raw: bytes,
    points: np.ndarray,
    codes: np.ndarray,
    marks: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    keys: pa.DictionaryArray,
    options: NormalizeOptions,
) -> tuple[np.ndarray, list[int], list[int], list[str]]:
    """Find the runs that the codes cannot decide and cut them by the rules."""
    types = keys.dictionary
    sizes = np.diff(np.frombuffer(types.buffers()[1], np.int32)[types.offset : types.offset + len(types) + 1])
    ids = keys.indices.to_numpy()
    letters = np.zeros(int(sizes.sum()) + 1, np.uint8)
    letters[:-1] = np.frombuffer(types.buffers()[2] or b"", np.uint8)[: len(letters) - 1]
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if len(sizes) else np.zeros(0, np.int64)
    highest, lowest = np.maximum.reduceat(letters, firsts), np.minimum.reduceat(letters, firsts)
    is_latin = lowest < _FIRST_ARABIC
    always = (highest == HARD) | (is_latin & (highest >= _FIRST_ARABIC)) | (sizes == 0)
    short = np.asarray(pc.is_in(types, value_set=_proclitic_keys())) | (sizes == 1)
    type_flags = (always * 1 + (is_latin & ~always) * 2 + short * 4).astype(np.uint8)
    flagged = np.flatnonzero(type_flags.take(ids))
    flags = type_flags[ids[flagged]]
    troubled = [start[flagged[(flags & 1) > 0]]]
    latin = flagged[(flags & 2) > 0]
    before, after = codes[start[latin] - 1], codes[end[latin]]
    troubled.append(start[latin[((before == JOINER) | (before == HYPHEN) | (after == JOINER) | (after == HYPHEN))]])
    brief = flagged[(flags & 4) > 0]
    troubled.append(start[brief[(codes[end[brief]] != SPACE) | (points[end[brief] - 1] == ord(TATWEEL))]])
    hyphens = np.flatnonzero(codes == HYPHEN)
    troubled.append(hyphens[(codes[hyphens - 1] >= MARK) & (codes[hyphens + 1] >= MARK)])
    troubled.append(marks[(codes[marks - 1] < MARK) | ((codes[marks] == CONTROL) & (codes[marks + 1] < MARK))])
    spots = np.sort(np.concatenate(troubled))
    if not len(spots):
        return np.zeros(0, np.int64), [], [], []
    hard_start: list[int] = []
    hard_end: list[int] = []
    hard_norm: list[str] = []
    chunk_starts, chunk_ends = [], []
    last = -1
    for spot in spots.tolist():
        if spot < last:
            continue
        first = raw.rfind(b"\0", 0, spot) + 1
        last = raw.find(b"\0", spot)
        chunk_starts.append(first)
        chunk_ends.append(last)
        for word_start, word_end, norm in _hard_words(joined[first:last], options):
            hard_start.append(first + word_start)
            hard_end.append(first + word_end)
            hard_norm.append(norm)
    lows, highs = np.searchsorted(start, chunk_starts), np.searchsorted(start, chunk_ends)
    lengths = highs - lows
    drop = np.arange(lengths.sum()) + np.repeat(lows - (np.cumsum(lengths) - lengths), lengths)
    return drop, hard_start, hard_end, hard_norm


def _decode(types: pa.Array) -> list[str]:
    """The letters of coded words, drawn-out ones shortened."""
    if not len(types):
        return []
    joined = pc.binary_join(pa.ListArray.from_arrays([0, len(types)], types), b"\1")[0].as_py()
    text: str = codecs.charmap_decode(joined, "strict", _DECODE)[0]
    words = text.split("\n")
    letters = np.frombuffer(joined, np.uint8)
    same = letters[1:] == letters[:-1]
    runs = np.flatnonzero(same[1:] & same[:-1])
    for place in np.unique(np.searchsorted(np.flatnonzero(letters == 1), runs)).tolist():
        words[place] = ELONGATION.sub(lambda match: (match[1] or match[2]) * 2, words[place])
    return words


def split_words(texts: Sequence[str], *, offsets: bool = True, spelled: bool = False) -> Words:
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
    batches = [_find_words(texts[first:last], options) for first, last in _batches(texts)]
    if not batches:
        empty = np.zeros(0, np.int64)
        return Words(empty.astype(np.int32), empty, empty, np.zeros(1, np.int64), [])
    keys = pa.chunked_array([batch.keys for batch in batches]).unify_dictionaries()
    coded = _decode(keys.chunk(0).dictionary)
    # Shortening makes some types one; the loops over types run in C.
    place = dict(zip(dict.fromkeys(coded), count(), strict=False))
    fold = np.fromiter(map(place.__getitem__, coded), np.int32, len(coded))
    ids, starts, ends, counts = [], [], [], []
    types = len(coded)
    for batch, chunk in zip(batches, keys.chunks, strict=True):
        # Words that the rules cut have ids after those of the codes' types until all are known.
        hard_ids = np.array([types + place.setdefault(norm, len(place)) for norm in batch.hard_norm], np.int32)
        hard_start = np.array(batch.hard_start, np.int64)
        left = np.delete(batch.start, batch.drop)
        where = np.searchsorted(left, hard_start)
        ids.append(np.insert(np.delete(chunk.indices.to_numpy(), batch.drop), where, hard_ids))
        counts.append(np.diff(np.searchsorted(left, batch.bounds) + np.searchsorted(hard_start, batch.bounds)))
        if offsets:
            shift = np.repeat(batch.bounds[:-1], counts[-1])
            starts.append(np.insert(left, where, hard_start) - shift)
            ends.append(np.insert(np.delete(batch.end, batch.drop), where, batch.hard_end) - shift)
    all_ids = np.concatenate(ids)
    fold = np.concatenate([fold, np.arange(len(place), dtype=np.int32)])
    used = np.zeros(len(place), bool)
    used[fold[np.bincount(all_ids, minlength=len(fold)) > 0]] = True
    all_ids = (np.cumsum(used, dtype=np.int32) - 1)[fold][all_ids]
    vocabulary = list(compress(place, used.tolist()))
    empty = np.zeros(0, np.int64)
    return Words(
        ids=all_ids,
        start=np.concatenate(starts).astype(np.int64, copy=False) if offsets else empty,
        end=np.concatenate(ends).astype(np.int64, copy=False) if offsets else empty,
        ptr=np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int64),
        vocabulary=vocabulary,
    )
