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
from kzanalytics._form_filter import FormFilter
from kzanalytics._lemmas import SPELLED
from kzanalytics._letter_codes import (
    CODE,
    CONTROL,
    CUT,
    FIRST_ARABIC,
    HARD,
    HYPHEN,
    JOINER,
    LETTERS,
    MARK,
    OPENING,
    SHORT,
    SPACE,
    STOP,
    UNJOINED,
    encode,
    integers,
    runs_around,
)
from kzanalytics._normalize import DEFAULT, normalize
from kzanalytics._tokens import PROCLITICS, find_tokens

__all__ = ["Batch", "find_words"]

# What cuts a proclitic off from the word after it, and the marks before one that keep it a word (see `find_tokens`).
_QUOTES = frozenset("«“”„\"'‘’‹»›")
_DIGIT = re.compile(r"\d")
_BLOCK = 1 << 18  # characters that are compared at a time, in the cache of a core


@dataclass(frozen=True, eq=False)
class Batch:
    """Words of some texts: those that the codes decide, and those that the rules had to.

    Attributes
    ----------
    keys : numpy.ndarray of uint64
        The letters of each coded word that is named, or the first of them.
    long : numpy.ndarray of int64
        Which of these have more letters than a key.
    long_words : pyarrow.BinaryArray
        The codes of these words.
    named : numpy.ndarray of int64
        The places of the words with a key, where a filter passed over others.
    hard : numpy.ndarray of int64
        The places of the words of the rules.
    hard_norms : list of str
        These words.
    counts : numpy.ndarray of int64
        How many words each text has.
    bounds, edges, hard_edges, drop : numpy.ndarray of int64
        In the joined texts: where each begins, where coded words start and end, and words of the rules; and which of the
        coded words do not count: clitics, and those whose run the rules cut.
    """

    keys: np.ndarray
    long: np.ndarray
    long_words: pa.BinaryArray
    named: np.ndarray
    hard: np.ndarray
    hard_norms: list[str]
    counts: np.ndarray
    bounds: np.ndarray
    edges: np.ndarray
    hard_edges: np.ndarray
    drop: np.ndarray

    def offsets(self) -> tuple[np.ndarray, np.ndarray]:
        """Where all words start and end in their text."""
        shift, where = np.repeat(self.bounds[:-1], self.counts), self.hard - np.arange(len(self.hard))
        start, end = (
            np.insert(np.delete(self.edges[side::2], self.drop), where, self.hard_edges[:, side]) for side in (0, 1)
        )
        start -= shift
        end -= shift
        return start, end

    def offsets_at(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The same of the words at some places."""
        before = np.searchsorted(self.hard, places)
        coded = np.append(self.hard, -1)[before] != places
        at = (places - before)[coded]
        at += np.searchsorted(self.drop - np.arange(len(self.drop)), at, side="right")
        edges = np.empty((2, len(places)), np.int64)
        edges[:, coded] = self.edges[2 * at], self.edges[2 * at + 1]
        edges[:, ~coded] = self.hard_edges[before[~coded]].T
        edges -= self.bounds[np.searchsorted(np.cumsum(self.counts), places, side="right")]
        return edges[0], edges[1]


@lru_cache(maxsize=1 << 15)
def _hard_words(run: str, spelled: bool) -> tuple[tuple[int, int, str], ...]:
    """The words of a run without white space, by the exact rules."""
    options = SPELLED if spelled else DEFAULT
    spans = [(start, end) for start, end, kind in find_tokens(run) if kind in ("word", "latin")]
    return tuple((start, end, normalize(run[start:end], options=options)) for start, end in spans)


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
    after = [char in OPENING or _DIGIT.fullmatch(char) is not None for char in chars]
    return np.array([char in _QUOTES for char in chars]), np.array(after)


def _ranges(starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The numbers of several ranges, one after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)


def _earlier(some: np.ndarray, places: np.ndarray) -> np.ndarray:
    """How many of some places come before each of others or are the same; both are in order."""
    return np.cumsum(np.bincount(np.searchsorted(places, some), minlength=len(places) + 1))[:-1]


def find_words(texts: Sequence[str], spelled: bool, only: FormFilter | None) -> Batch:
    """Cut texts into words, and find the letters of those that are named: all, or those a filter lets through."""
    joined = "\n".join(["", *texts, ""])
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bounds = np.concatenate([[1], 1 + np.cumsum(lengths + 1)])
    points, codes = encode(joined, SPELLED if spelled else DEFAULT)
    edges, special, odd = _scan(codes, only is not None)
    start, end = edges[::2].copy(), edges[1::2]  # contiguous, or every search would copy it
    size = end - start
    kinds = codes[special]
    closing, special, kinds = special[kinds <= JOINER], special[kinds > JOINER], kinds[kinds > JOINER]
    marks = special[(kinds == MARK) | (kinds == CONTROL)]
    # Words with marks are copied without them behind the text.
    owner = np.searchsorted(start, marks, side="right") - 1
    others = np.flatnonzero(np.append(owner[:1] >= 0, owner[1:] != owner[:-1]))
    marked, inside = owner[others], np.diff(np.append(others, len(owner)))
    copied = codes[_ranges(start[marked], size[marked])].tobytes().translate(None, bytes((MARK, CONTROL)))
    letters = b"".join([codes.data, copied, bytes(SHORT)])
    size[marked] -= inside
    copies = len(codes) + np.cumsum(size[marked]) - size[marked]
    keys = integers(letters, start, size)
    keys[marked] = integers(letters, copies, size[marked])
    clitics, brief = _find_clitics(points, codes, closing, start, end, size, keys, marks)
    spots = np.sort(np.append(_find_hard(points, codes, special, kinds), brief))
    runs, hard_edges, hard_norms = _cut_runs(joined, letters, spots, spelled)
    low, high = np.searchsorted(start, runs)
    drop = np.unique(np.concatenate([clitics, _ranges(low, high - low)]))
    where = np.searchsorted(start, hard_edges[:, 0])
    where -= np.searchsorted(drop, where)
    first = np.searchsorted(start, bounds)
    first -= np.searchsorted(drop, first)
    counts = np.diff(first + np.searchsorted(hard_edges[:, 0], bounds))
    hard = where + np.arange(len(where))
    if only is None:
        named = np.zeros(0, np.int64)
        place = start.copy()
        place[marked] = copies
        keys, place, size = (np.delete(column, drop) for column in (keys, place, size))
    else:
        # Words whose letters do not tell which form they are: drawn out, run together, or at either end of a text.
        ends = np.append(first, first - 1)
        ends += np.searchsorted(drop - np.arange(len(drop)), ends, side="right")
        owner = np.searchsorted(start, odd, side="right") - 1
        # What the article begins has to be a form, unless marks or drawn-out letters hide which.
        rest = integers(letters, odd + 1, end[owner] - odd - 1)
        plain = (codes[odd + 1] != codes[odd + 2]) & (size[owner] == end[owner] - start[owner])
        odd = owner[~plain | only.may_be(rest)]
        unmarked = np.frombuffer(b"\0\0" + copied + b"\0\0", np.uint8)
        odd_copies = len(codes) - 2 + _find_odd(unmarked)
        odd_copies = np.searchsorted(copies, odd_copies, side="right") - 1
        sure = np.concatenate([ends[(ends >= 0) & (ends < len(start))], odd, marked[odd_copies]])
        at, known = only.look_up(keys, sure, drop)
        named = at - _earlier(drop, at)
        named += _earlier(where, named)
        chosen = np.flatnonzero(only.narrow(named, known, hard))
        named, at = named[chosen], at[chosen]
        keys, place, size = keys[at], start[at], size[at]
        those = np.searchsorted(at, marked)
        found = np.append(at, -1)[those] == marked
        place[those[found]] = copies[found]
    long = np.flatnonzero(size > SHORT)
    sizes = size[long]
    long_letters = np.frombuffer(letters, np.uint8)[_ranges(place[long], sizes)]
    long_bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    buffers = [None, pa.py_buffer(long_bounds), pa.py_buffer(long_letters)]
    long_words = pa.Array.from_buffers(pa.binary(), len(long), buffers)
    return Batch(keys, long, long_words, named, hard, hard_norms, counts, bounds, edges, hard_edges, drop)


def _scan(codes: np.ndarray, odd: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What looks at every character, some at a time, as many as the cache of a core holds.

    Returned are the edges of words; the places of characters that need a look: all but Arabic letters, white space, stops
    and most separators; and, if asked for, those of `_find_odd`.
    """
    edges, special, drawn = np.empty((3, len(codes)), bool)
    edges[0] = drawn[:2] = drawn[-2:] = False
    for first in range(0, len(codes), _BLOCK):
        block = codes[first : first + _BLOCK + 4]  # the next one begins within it
        last = first + len(block)
        in_word = block >= MARK
        np.not_equal(in_word[1:], in_word[:-1], out=edges[first + 1 : last])
        # Smaller codes than the first of these wrap around.
        np.less(block - np.uint8(CUT), FIRST_ARABIC - CUT, out=special[first:last])
        if odd and len(block) > 4:
            drawn[first + 2 : last - 2] = _odd(block, in_word)
    found = drawn.nonzero()[0] if odd else np.zeros(0, np.int64)
    return edges.nonzero()[0], special.nonzero()[0], found[codes[found] >= LETTERS]


def _find_odd(codes: np.ndarray) -> np.ndarray:
    """Where letters are drawn out, or where the space before an article may be missing: the words there need a look."""
    found = np.flatnonzero(_odd(codes, codes >= MARK)) + 2
    return found[codes[found] >= LETTERS]


def _odd(codes: np.ndarray, in_word: np.ndarray) -> np.ndarray:
    """The same as a mask, from the third character to the last but two."""
    same = codes[1:] == codes[:-1]
    odd = same[3:] & same[2:-1]
    article = codes[4:] == CODE["ل"]
    article &= codes[3:-1] == CODE["ا"]
    article &= codes[2:-2] - np.uint8(CODE["ا"]) < len(UNJOINED)
    article &= in_word[1:-3]
    article &= in_word[:-4]
    odd |= article
    return odd


def _find_clitics(
    points: np.ndarray,
    codes: np.ndarray,
    closing: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    size: np.ndarray,
    keys: np.ndarray,
    marks: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Which words are proclitics cut off from the next, and where short words are left to the rules."""
    quotes, cuts = _cuts()
    closed = closing[codes[closing - 1] >= MARK]
    closed = closed[cuts.take(points[closed], mode="clip")]
    closed = start.searchsorted(closed, side="right") - 1
    closed = closed[~quotes.take(points[start[closed] - 1], mode="clip")]
    stretched = marks[codes[marks + 1] < MARK]
    stretched = start.searchsorted(stretched[points[stretched] == ord(TATWEEL)], side="right") - 1
    found = np.concatenate([closed, stretched])
    # Stretching لل to لللل does not change what it is; the rules know. A letter before a stop may be an abbreviation.
    heads, lams, three = keys[found], np.uint64(_key("للل")), np.uint64((1 << 24) - 1)
    drawn_out = ((heads & three) == lams) | ((heads >> np.uint64(8) & three) == lams)
    initial = (size == 1).nonzero()[0]
    initial = initial[codes[end[initial]] == STOP]
    spots = start[np.concatenate([found[drawn_out], initial])]
    found = found[end[found] - start[found] < 12]  # as in `find_tokens`
    proclitics = _proclitic_keys()
    heads = keys[found]
    nearest = proclitics[:-1].searchsorted(heads)
    return found[proclitics[nearest] == heads], spots


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
    plain[[STOP, JOINER, HYPHEN, MARK, CONTROL, HARD]] = False
    plain[FIRST_ARABIC:] = False
    following = points[special[latin] + 1]
    stop = (following == ord(".")) | (following == ord(":"))
    last = stop & (codes[np.minimum(special[latin] + 2, len(codes) - 1)] == SPACE)
    hard[latin] = ~plain[before] | (~plain[after] & ~last)
    return special[hard]


def _cut_runs(
    joined: str, letters: bytes, spots: np.ndarray, spelled: bool
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Cut the runs around some places by the rules: bounds of the runs, and offsets and norms of their words."""
    runs = list(runs_around(letters, spots))
    words = [
        (first + start, first + end, norm)
        for first, last in runs
        for start, end, norm in _hard_words(joined[first:last], spelled)
    ]
    bounds = np.array([word[:2] for word in words], np.int64).reshape(-1, 2)
    return np.array(runs, np.int64).reshape(-1, 2).T, bounds, [word[2] for word in words]
