"""Cut and normalise a whole corpus at once: the same words as `tokenize`, at the speed of columns.

A batch of texts is joined and mapped to one byte a character: a code for each letter as `normalize` folds it, and a
few codes for white space, punctuation and marks. Comparing neighbours finds the words. Up to eight letters make one
integer, and Arrow numbers integers faster than strings; only longer words are encoded as such. What the codes cannot
decide (abbreviations, hyphens, addresses, other scripts) is looked up by the rules of ``_tokens``, one run between
white space at a time.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, compress, count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kzanalytics._chars import ARABIC_LETTERS, CONTROLS, ELONGATION, MARKS, PHRASE_LIGATURES, TATWEEL, combining_class
from kzanalytics._lemmas import SPELLED
from kzanalytics._normalize import _SIMPLE, DEFAULT, NormalizeOptions, normalize
from kzanalytics._tokens import PROCLITICS, find_tokens

__all__ = ["Words", "split_words"]

# Codes of characters. Everything from MARK on is part of a word.
SPACE, SEPARATOR, JOINER, HYPHEN, MARK, CONTROL, HARD, LETTERS = range(8)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگڤڨڭ"
_FIRST_ARABIC = LETTERS + len(_LATIN)
_DECODE = "\n" * HARD + "\ufffd" + _LATIN + _ARABIC
_SHORT = 8  # letters that fit an integer
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_SHORT + 1)], np.uint64)
_LONG = 1  # the lowest byte of the integer of a longer word: no letter has this code
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


@cache
def _codes(options: NormalizeOptions) -> np.ndarray:
    """The code of each character of the basic plane, its letters folded by `options`."""
    letter = {char: LETTERS + position for position, char in enumerate(_LATIN + _ARABIC)}
    forms = re.compile("[\ufb50-\ufbb1\ufbd3-\ufbff\ufe70-\ufefc]")  # presentation forms of one letter
    marks = re.compile(f"[{MARKS}{TATWEEL}]")
    controls = re.compile(f"[{CONTROLS}]")
    hard = re.compile(f"[{ARABIC_LETTERS}{PHRASE_LIGATURES}{combining_class()}\u0653-\u0655]|[^\\W\\d_]")
    joiner = re.compile(r"[\d.'’@/:_%+]")
    codes = np.full(0x10000, SEPARATOR, np.uint8)
    for point in range(0x10000):
        char = chr(point)
        spelled = normalize(char, options=options) if _SIMPLE.fullmatch(char) or forms.match(char) else ""
        if spelled in letter:
            codes[point] = letter[spelled]
        elif char != TATWEEL and hard.match(char):  # which is a letter to `re`
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


def _take(table: np.ndarray, indices: np.ndarray) -> np.ndarray:
    """``table[indices]``; unlike numpy, Arrow needs no 64-bit copy of the indices. They must be valid."""
    return pc.take(pa.array(table), pa.array(indices), boundscheck=False).to_numpy()


def _encode(text: str, options: NormalizeOptions) -> tuple[np.ndarray, np.ndarray]:
    """The code points of a text and their codes."""
    points: np.ndarray = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(points) == len(text):
        return points, _take(_codes(options), points)
    # Characters beyond the basic plane take two units in UTF-16, which would shift every offset after them.
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _codes(options).take(np.minimum(points, 0xFFFF))
    beyond = np.flatnonzero(points > 0xFFFF)
    kinds, which = np.unique(points[beyond], return_inverse=True)
    codes[beyond] = np.array([HARD if chr(point).isalnum() else SEPARATOR for point in kinds], np.uint8)[which]
    return points, codes


# What cuts a proclitic off from the word after it, and the marks before one that keep it a word (see `find_tokens`).
_OPENING = frozenset("«“”„\"'‘’‹([{")
_QUOTES = frozenset("«“”„\"'‘’‹»›")
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1 << 15)
def _hard_words(chunk: str, options: NormalizeOptions) -> tuple[tuple[int, int, str], ...]:
    """The words of a run without white space, by the exact rules."""
    return tuple(
        (start, end, normalize(chunk[start:end], options=options))
        for start, end, kind in find_tokens(chunk)
        if kind in ("word", "latin")
    )


def _key(word: str) -> int:
    return int.from_bytes(bytes(LETTERS + (_LATIN + _ARABIC).index(letter) for letter in word), "little")


@cache
def _proclitic_keys() -> np.ndarray:
    spelled = {word.replace("ا", alef) for word in PROCLITICS for alef in "اأإآ"}
    return np.array(sorted(_key(word) for word in spelled), np.uint64)


@cache
def _cuts() -> tuple[np.ndarray, np.ndarray]:
    """Which characters before a proclitic keep it a word, and which after it cut it off."""
    chars = [chr(point) for point in range(0x10000)]
    after = [char in _OPENING or _DIGIT.fullmatch(char) is not None for char in chars]
    return np.array([char in _QUOTES for char in chars]), np.array(after)


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
    """Words of one joined text: those that the codes decide, and those that the rules had to.

    Attributes
    ----------
    keys : numpy.ndarray of uint64
        The letters of each coded word, or the first of them.
    long : numpy.ndarray of int64
        Which of the coded words have more letters than a key.
    long_words : pyarrow.BinaryArray
        These words.
    drop : numpy.ndarray of int64
        Which of the coded words do not count: clitics, and those whose run the rules cut.
    hard_where : numpy.ndarray of int64
        The places of the words of the rules among those that are left.
    hard_norms : list of str
        These words.
    counts : numpy.ndarray of int64
        How many words each text has.
    start, end : numpy.ndarray of int64
        Offsets of all words that count into their text.
    """

    keys: np.ndarray
    long: np.ndarray
    long_words: pa.BinaryArray
    drop: np.ndarray
    hard_where: np.ndarray
    hard_norms: list[str]
    counts: np.ndarray
    start: np.ndarray
    end: np.ndarray


def _ranges(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The numbers of several ranges, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)


def _find_words(texts: Sequence[str], options: NormalizeOptions, offsets: bool) -> _Batch:
    joined = "\n".join(["", *texts, ""])
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bounds = np.concatenate([[1], 1 + np.cumsum(lengths + 1)])
    points, codes = _encode(joined, options)
    in_word = codes >= MARK
    edges = np.flatnonzero(in_word[1:] != in_word[:-1])
    edges += 1
    start, end = edges[::2].copy(), edges[1::2].copy()  # contiguous, or every search would copy them
    # HYPHEN, MARK, CONTROL, HARD or Latin: smaller codes wrap around.
    special = np.flatnonzero(codes - np.uint8(HYPHEN) < _FIRST_ARABIC - HYPHEN)
    kinds = codes[special]
    raw = codes.tobytes()
    size, place, letters = end - start, start, raw
    marks = special[(kinds == MARK) | (kinds == CONTROL)]
    if len(marks):
        # Words with marks are copied without them behind the text.
        marked, inside = np.unique(np.searchsorted(start, marks, side="right") - 1, return_counts=True)
        letters += codes[_ranges(start[marked], size[marked])].tobytes().translate(None, bytes((MARK, CONTROL)))
        size[marked] -= inside
        place = start.copy()
        place[marked] = len(raw) + np.cumsum(size[marked]) - size[marked]
    letters += bytes(_SHORT)
    # Eight bytes from each place on, less those that belong to no letter of the word.
    eights: np.ndarray = np.ndarray(len(letters) - _SHORT + 1, "<u8", letters, 0, (1,))
    keys = eights[place] & _MASKS.take(size, mode="clip")
    long = np.flatnonzero(size > _SHORT)
    long_sizes = size[long]
    long_letters = np.frombuffer(letters, np.uint8)[_ranges(place[long], long_sizes)]
    long_bounds = np.concatenate([[0], np.cumsum(long_sizes)]).astype(np.int32)
    long_words = pa.Array.from_buffers(
        pa.binary(), len(long), [None, pa.py_buffer(long_bounds), pa.py_buffer(long_letters)]
    )
    clitics, brief = _find_clitics(points, codes, start, end, size, keys, marks)
    spots = np.sort(np.concatenate([_find_hard(points, codes, special, kinds), brief]))
    chunk_starts, chunk_ends, hard_start, hard_end, hard_norms = _cut_runs(joined, raw, spots, options)
    low, high = np.searchsorted(start, chunk_starts), np.searchsorted(start, chunk_ends)
    drop = np.unique(np.concatenate([clitics, _ranges(low, high - low)]))
    left = np.delete(start, drop)
    where = np.searchsorted(left, hard_start)
    counts = np.diff(np.searchsorted(left, bounds) + np.searchsorted(hard_start, bounds))
    if offsets:
        shift = np.repeat(bounds[:-1], counts)
        start = np.insert(left, where, hard_start) - shift
        end = np.insert(np.delete(end, drop), where, hard_end) - shift
    else:
        start = end = np.zeros(0, np.int64)
    return _Batch(keys, long, long_words, drop, where, hard_norms, counts, start, end)


def _find_clitics(
    points: np.ndarray,
    codes: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    size: np.ndarray,
    keys: np.ndarray,
    marks: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Which words are proclitics cut off from the next, and where short words are left to the rules."""
    closed = np.flatnonzero(codes[end] != SPACE)
    stretched = marks[(points[marks] == ord(TATWEEL)) & (codes[marks + 1] < MARK)]
    stretched = np.searchsorted(start, stretched, side="right") - 1
    # Stretching لل to لللل does not change what it is; the rules know.
    lams = np.uint64(_key("للل"))
    unsure = np.concatenate([closed, stretched])
    heads = keys[unsure]
    drawn_out = ((heads & _MASKS[3]) == lams) | ((heads >> np.uint64(8) & _MASKS[3]) == lams)
    initial = closed[(size[closed] == 1) & (points[end[closed]] == ord("."))]
    spots = np.concatenate([start[unsure[drawn_out]], start[initial]])

    quotes, cuts = _cuts()
    closed = closed[(size[closed] <= 4) & cuts.take(points[end[closed]], mode="clip")]
    closed = closed[~quotes.take(points[start[closed] - 1], mode="clip")]
    found = np.concatenate([closed, stretched])
    found = found[end[found] - start[found] < 12]  # as in `find_tokens`
    proclitics = _proclitic_keys()
    nearest = np.searchsorted(proclitics, keys[found]).clip(max=len(proclitics) - 1)
    return found[proclitics[nearest] == keys[found]], spots


def _find_hard(points: np.ndarray, codes: np.ndarray, special: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Where there is something that the codes cannot decide: a place in each run of that sort, at least one."""
    before, after = codes[special - 1], codes[special + 1]
    hard = (kinds == HARD) & (before != HARD)
    hard |= (kinds == HYPHEN) & (before >= MARK) & (after >= MARK)
    hard |= ((kinds == MARK) | (kinds == CONTROL)) & (before < MARK)
    hard |= (kinds == CONTROL) & (after < MARK)
    # A Latin word is plain where it touches nothing but white space and punctuation that joins nothing.
    latin = np.flatnonzero(kinds >= LETTERS)
    before, after = before[latin], after[latin]
    plain = np.ones(256, bool)
    plain[[JOINER, HYPHEN, MARK, CONTROL, HARD]] = False
    plain[_FIRST_ARABIC:] = False
    stop = np.isin(points[special[latin] + 1], (ord("."), ord(":")))
    last = stop & (codes[np.minimum(special[latin] + 2, len(codes) - 1)] == SPACE)
    hard[latin] = ~plain[before] | (~plain[after] & ~last)
    return special[hard]


def _cut_runs(
    joined: str, raw: bytes, spots: np.ndarray, options: NormalizeOptions
) -> tuple[list[int], list[int], np.ndarray, np.ndarray, list[str]]:
    """Cut the runs around some places by the rules: bounds of the runs, and offsets and norms of their words."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[tuple[int, int, str]] = []
    last = -1
    for spot in spots.tolist():
        if spot < last:
            continue
        first = raw.rfind(b"\0", 0, spot) + 1
        last = raw.find(b"\0", spot)
        starts.append(first)
        ends.append(last)
        words += [(first + start, first + end, norm) for start, end, norm in _hard_words(joined[first:last], options)]
    bounds = np.array([word[:2] for word in words], np.int64).reshape(-1, 2)
    return starts, ends, bounds[:, 0].copy(), bounds[:, 1].copy(), [word[2] for word in words]


def _decode(letters: bytes) -> tuple[list[str], list[int]]:
    """Words of codes with a separator after each, drawn-out ones shortened, and which these are."""
    text: str = codecs.charmap_decode(letters, "strict", _DECODE)[0]
    words = text.split("\n")[:-1]
    codes = np.frombuffer(letters, np.uint8)
    same = codes[1:] == codes[:-1]
    runs = np.flatnonzero(same[1:] & same[:-1] & (codes[2:] >= LETTERS))
    drawn_out = np.unique(np.searchsorted(np.flatnonzero(codes == SEPARATOR), runs)).tolist()
    for place in drawn_out:
        words[place] = ELONGATION.sub(lambda match: (match[1] or match[2]) * 2, words[place])
    return words, drawn_out


def _encode_chunks(arrays: list[pa.Array], kind: pa.DataType) -> tuple[list[np.ndarray], pa.Array]:
    """Ids of the values of each array, and the values of the ids in the order of their first appearance."""
    chunks = pa.chunked_array(arrays, kind).dictionary_encode().chunks
    ids = np.concatenate([np.zeros(0, np.int32), *(chunk.indices.to_numpy() for chunk in chunks)])
    values = chunks[-1].dictionary if chunks else pa.array([], kind)
    return np.split(ids, np.cumsum([len(array) for array in arrays])[:-1]), values


def _number(batches: list[_Batch]) -> tuple[list[np.ndarray], list[str], list[int]]:
    """Ids of the coded words of each batch, the type of each id, and which types were shortened."""
    long_ids, long = _encode_chunks([batch.long_words for batch in batches], pa.binary())
    for batch, own in zip(batches, long_ids, strict=True):
        batch.keys[batch.long] = (own.astype(np.uint64) << np.uint64(8)) | np.uint64(_LONG)
    ids, keys = _encode_chunks([pa.array(batch.keys) for batch in batches], pa.uint64())
    types = keys.to_numpy()
    is_long = (types & np.uint64(0xFF)) == _LONG
    rows = np.full((len(types), _SHORT + 1), SEPARATOR, np.uint8)
    rows[:, :_SHORT] = np.where(is_long, 0, types).astype("<u8").view(np.uint8).reshape(-1, _SHORT)
    words, drawn_out = _decode(rows.tobytes().translate(None, b"\0"))
    if is_long.any():
        spelled = b"".join(word + b"\1" for word in long.to_pylist())
        long_words, long_drawn_out = _decode(spelled)
        places = np.flatnonzero(is_long)
        # Long types have their own numbers in the order of their first appearance, which is the order here.
        for place, word in zip(places.tolist(), long_words, strict=True):
            words[place] = word
        drawn_out += places[long_drawn_out].tolist()
    return ids, words, drawn_out


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
    batches = [_find_words(texts[first:last], options, offsets) for first, last in _batches(texts)]
    if not batches:
        empty = np.zeros(0, np.int64)
        return Words(empty.astype(np.int32), empty, empty, np.zeros(1, np.int64), [])
    coded, types, drawn_out = _number(batches)
    # Words of the rules and shortened words may be types already; only those are looked up.
    wanted = set(chain.from_iterable(batch.hard_norms for batch in batches)).union(types[i] for i in drawn_out)
    place: dict[str, int] = {}
    fold: np.ndarray = np.arange(len(types), dtype=np.int32)
    for i in compress(count(), map(wanted.__contains__, types)):
        fold[i] = place.setdefault(types[i], i)
    parts = []
    for batch, ids in zip(batches, coded, strict=True):
        hard_ids = []
        for norm in batch.hard_norms:
            if norm not in place:
                place[norm] = len(types)
                types.append(norm)
            hard_ids.append(place[norm])
        parts.append(np.insert(np.delete(ids, batch.drop), batch.hard_where, hard_ids))
    fold = np.concatenate([fold, np.arange(len(fold), len(types), dtype=np.int32)])
    seen = np.zeros(len(types), bool)
    for part in parts:
        seen[part] = True
    used = np.zeros(len(types), bool)
    used[fold[seen]] = True
    final = (np.cumsum(used, dtype=np.int32) - 1)[fold]
    counts = np.concatenate([batch.counts for batch in batches])
    return Words(
        ids=np.concatenate([_take(final, part) for part in parts]),
        start=np.concatenate([batch.start for batch in batches]),
        end=np.concatenate([batch.end for batch in batches]),
        ptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        vocabulary=list(compress(types, used.tolist())),
    )
