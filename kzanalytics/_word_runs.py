"""Find the words of some joined texts: by comparing neighbouring codes, and by the rules where codes cannot decide.

What the codes cannot decide (abbreviations, hyphens, addresses, other scripts) is looked up by the rules of ``_tokens``,
one run between white space at a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pyarrow as pa

from kzanalytics._chars import TATWEEL
from kzanalytics._letter_codes import (
    CODE,
    CONTROL,
    FIRST_ARABIC,
    HARD,
    HYPHEN,
    JOINER,
    LETTERS,
    MARK,
    SHORT,
    SPACE,
    UNJOINED,
    FormFilter,
    encode,
    integers,
    runs_around,
)
from kzanalytics._normalize import NormalizeOptions, normalize
from kzanalytics._tokens import PROCLITICS, find_tokens

__all__ = ["Batch", "find_words"]

# What cuts a proclitic off from the word after it, and the marks before one that keep it a word (see `find_tokens`).
_OPENING = frozenset("«“”„\"'‘’‹([{")
_QUOTES = frozenset("«“”„\"'‘’‹»›")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, eq=False)
class Batch:
    """Words of some texts: those that the codes decide, and those that the rules had to.

    Attributes
    ----------
    keys : numpy.ndarray of uint64
        The letters of each coded word, or the first of them; zero where a filter passes over it.
    long : numpy.ndarray of int64
        Which of the coded words have more letters than a key.
    long_words : pyarrow.BinaryArray
        The codes of these words.
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


@lru_cache(maxsize=1 << 15)
def _hard_words(chunk: str, options: NormalizeOptions) -> tuple[tuple[int, int, str], ...]:
    """The words of a run without white space, by the exact rules."""
    spans = [(start, end) for start, end, kind in find_tokens(chunk) if kind in ("word", "latin")]
    norms = {word: normalize(word, options=options) for word in {chunk[start:end] for start, end in spans}}
    return tuple((start, end, norms[chunk[start:end]]) for start, end in spans)


def _key(word: str) -> int:
    return int.from_bytes(bytes(map(CODE.__getitem__, word)), "little")


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


def _ranges(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The numbers of several ranges, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)


def find_words(texts: Sequence[str], options: NormalizeOptions, offsets: bool, only: FormFilter | None) -> Batch:
    """Cut texts into words and number their types."""
    joined = "\n".join(["", *texts, ""])
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bounds = np.concatenate([[1], 1 + np.cumsum(lengths + 1)])
    points, codes = encode(joined, options)
    in_word = codes >= MARK
    edges = np.flatnonzero(in_word[1:] != in_word[:-1])
    edges += 1
    start, end = edges[::2].copy(), edges[1::2].copy()  # contiguous, or every search would copy them
    # HYPHEN, MARK, CONTROL, HARD or Latin: smaller codes wrap around.
    special = np.flatnonzero(codes - np.uint8(HYPHEN) < FIRST_ARABIC - HYPHEN)
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
    letters += bytes(SHORT)
    keys = integers(letters, place, size)
    clitics, brief = _find_clitics(points, codes, start, end, size, keys, marks)
    spots = np.sort(np.concatenate([_find_hard(points, codes, special, kinds), brief]))
    chunk_starts, chunk_ends, hard_start, hard_end, hard_norms = _cut_runs(joined, raw, spots, options)
    low, high = np.searchsorted(start, chunk_starts), np.searchsorted(start, chunk_ends)
    drop = np.unique(np.concatenate([clitics, _ranges(low, high - low)]))
    left = np.delete(start, drop)
    where = np.searchsorted(left, hard_start)
    first = np.searchsorted(left, bounds)
    counts = np.diff(first + np.searchsorted(hard_start, bounds))
    if only is not None:
        chosen = only.among(keys) | (place >= len(raw))
        ends = np.concatenate([first, first - 1])
        ends += np.searchsorted(drop - np.arange(len(drop)), ends, side="right")
        also = np.concatenate([np.searchsorted(start, _find_odd(codes), side="right") - 1, ends])
        chosen[also[(also >= 0) & (also < len(chosen))]] = True
        keys *= chosen
        size *= chosen
    long = np.flatnonzero(size > SHORT)
    sizes = size[long]
    long_letters = np.frombuffer(letters, np.uint8)[_ranges(place[long], sizes)]
    long_bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    buffers = [None, pa.py_buffer(long_bounds), pa.py_buffer(long_letters)]
    long_words = pa.Array.from_buffers(pa.binary(), len(long), buffers)
    if offsets:
        shift = np.repeat(bounds[:-1], counts)
        start = np.insert(left, where, hard_start) - shift
        end = np.insert(np.delete(end, drop), where, hard_end) - shift
    else:
        start = end = np.zeros(0, np.int64)
    return Batch(keys, long, long_words, drop, where, hard_norms, counts, start, end)


def _find_odd(codes: np.ndarray) -> np.ndarray:
    """Where letters are drawn out, or where the space before an article may be missing: the words there need a look."""
    first, second, third = codes[2:-2], codes[3:-1], codes[4:]
    odd = (first == second) & (second == third) & (first >= LETTERS)
    glued = (second == CODE["ا"]) & (third == CODE["ل"]) & (first - np.uint8(CODE["ا"]) < len(UNJOINED))
    odd |= glued & (codes[1:-3] >= LETTERS) & (codes[:-4] >= LETTERS)
    return np.flatnonzero(odd) + 2


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
    unsure = np.concatenate([closed, stretched])
    heads, lams, three = keys[unsure], np.uint64(_key("للل")), np.uint64((1 << 24) - 1)
    drawn_out = ((heads & three) == lams) | ((heads >> np.uint64(8) & three) == lams)
    closed = closed[size[closed] <= 4]
    initial = closed[(size[closed] == 1) & (points[end[closed]] == ord("."))]
    spots = np.concatenate([start[unsure[drawn_out]], start[initial]])

    quotes, cuts = _cuts()
    closed = closed[cuts.take(points[end[closed]], mode="clip")]
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
    plain[FIRST_ARABIC:] = False
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
    for first, last in runs_around(raw, spots):
        starts.append(first)
        ends.append(last)
        words += [(first + start, first + end, norm) for start, end, norm in _hard_words(joined[first:last], options)]
    bounds = np.array([word[:2] for word in words], np.int64).reshape(-1, 2)
    return starts, ends, bounds[:, 0].copy(), bounds[:, 1].copy(), [word[2] for word in words]
