"""Lemmas of a whole vocabulary at once: the rules of ``_lemmas``, one cut for all words instead of all cuts for one word.

Cuts come in order of what they cost, so that a word is done as soon as the next one cannot be cheaper. What most of them
leave is no word; hashes say so for all stems in a few numpy operations, and only the others are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

import numpy as np

from kzanalytics._lemmas import CUTS, LONGEST, Context, Reading, lemmatize, read_stem, strip_clitics, unread
from kzanalytics._lexicon import fold, fold_drawn, load_lexicon, skeleton
from kzanalytics._normalize import normalize

__all__ = ["lemmatize_types", "normalize_types", "strip_types"]

_FEW = 300  # for fewer words, going through all cuts takes longer than going through the words
# From one call to the next: batches of a stream, and several tables of one corpus.
_KNOWN: dict[str, str] = {}
_STEMS: dict[str, str | None] = {}  # of the words in _KNOWN that were read with others; a table's labels need them
_MOST_KNOWN = 1 << 18
_NEVER = 1000  # dearer than any reading
# The endings that `inflected_noun` and a nisba lose, and what their base may have instead.
_BASES = dict.fromkeys(("ة", "ا", "و", "ت", "ون", "ين", "ان"), ("",)) | {
    "ي": ("", "ة", "ا"),
    "يه": ("ي",),
    **dict.fromkeys(("ات", "تا", "تي", "تان", "تين"), ("", "ة")),
}
_PADDING = 8  # zeros after the last word, more than there are letters in a prefix
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_INVERSE = pow(_BASE, -1, 1 << 64)
_SPREAD = np.uint64(0xD6E8FEB86659FD93)


def normalize_types(words: Sequence[str]) -> list[str]:
    """What `normalize` makes of each of many words."""
    plain = _Letters(words).plain.tolist()
    folded = fold_drawn("\n".join([word if easy else "" for word, easy in zip(words, plain, strict=True)])).split("\n")
    return [norm if easy else normalize(word) for word, norm, easy in zip(words, folded, plain, strict=False)]


def lemmatize_types(words: Sequence[str]) -> list[str]:
    """What `lemmatize` makes of each of many different words, several times faster.

    Parameters
    ----------
    words : sequence of str
        The vocabulary of a corpus, best as `split_words` spells it with ``spelled=True``.

    Returns
    -------
    list of str
        A lemma for each word, in order.
    """
    lemmas: list[Any] = list(map(_KNOWN.get, words))
    new = [place for place, lemma in enumerate(lemmas) if lemma is None]
    types = [words[place] for place in new]
    stems: dict[str, str | None] = {}
    if len(new) < _FEW:
        found = list(map(lemmatize, types))
    else:
        readings, which = _read_types(types)
        folded = fold_drawn("\n".join([reading.lemma for reading in readings])).split("\n")
        numbers = which.tolist()
        found = [folded[n] if n >= 0 else lemmatize(word) for n, word in zip(numbers, types, strict=True)]
        of_reading = [*(reading.stem for reading in readings), None]  # the last one, -1, for words read by themselves
        stems = dict(zip(types, map(of_reading.__getitem__, numbers), strict=True))
    if len(_KNOWN) + len(new) > _MOST_KNOWN:
        _KNOWN.clear()
        _STEMS.clear()
    _STEMS.update(stems)
    _KNOWN.update(zip(types, found, strict=True))
    for place, lemma in zip(new, found, strict=True):
        lemmas[place] = lemma
    return lemmas


def strip_types(words: Sequence[str]) -> list[str]:
    """What `strip_clitics` makes of each of many different words."""
    stems: list[Any] = list(map(_STEMS.get, words))
    new = [place for place, stem in enumerate(stems) if stem is None]
    if len(new) < _FEW:
        found = [strip_clitics(words[place]) for place in new]
    else:
        readings, which = _read_types([words[place] for place in new])
        numbers = zip(new, which.tolist(), strict=True)
        found = [readings[n].stem if n >= 0 else strip_clitics(words[place]) for place, n in numbers]
    for place, stem in zip(new, found, strict=True):
        stems[place] = stem
    return stems


def _read_types(words: Sequence[str]) -> tuple[list[Reading], np.ndarray]:
    """Readings, and the number of the best one for each word; negative if the word must be looked at by itself."""
    text = "".join(words)
    letters = _Letters(words)
    first, size = letters.start[:-1], np.diff(letters.start)
    begins = {text: letters.match(first, size, text) for text in {cut.begins for cut in CUTS}}
    ends = {text: letters.match(letters.start[1:] - len(text), size, text) for text in {cut.enclitic for cut in CUTS}}
    readings: list[Reading] = []
    found_in = {cut.context: _Readings(cut.context, readings) for cut in CUTS}
    best = np.full(len(words), -1)
    total, length = np.where(letters.plain, _NEVER, -1), np.zeros(len(words), np.int64)
    for cut in CUTS:
        left = size - (cut.skipped + len(cut.enclitic))
        fits = begins[cut.begins] & ends[cut.enclitic] & (left >= cut.shortest) & (left <= cut.longest)
        rows = np.flatnonzero(fits & (total >= cut.cost))
        rows = rows[letters.may_be_words(first[rows] + cut.skipped, left[rows], cut.context)]
        left, begin = left[rows], first[rows] + cut.skipped
        stems = [text[low:high] for low, high in zip(begin.tolist(), (begin + left).tolist(), strict=True)]
        found = np.fromiter(map(found_in[cut.context].__getitem__, stems), np.int64, len(stems))
        number, cost = np.divmod(found, _NEVER)
        cost += cut.cost
        better = (number >= 0) & ((cost < total[rows]) | ((cost == total[rows]) & (left > length[rows])))
        best[rows[better]], total[rows[better]], length[rows[better]] = number[better], cost[better], left[better]
    for row in np.flatnonzero(letters.plain & (best < 0)).tolist():
        best[row] = len(readings)
        readings.append(unread(words[row]))
    return readings, best


class _Readings(dict[str, int]):
    """Each stem is read once in each context: the number of the reading and its cost in one, negative for none."""

    def __init__(self, context: Context, readings: list[Reading]) -> None:
        self.context, self.readings = context, readings

    def __missing__(self, stem: str) -> int:
        found = read_stem(stem, self.context)
        self[stem] = number = len(self.readings) * _NEVER + found.cost if found else -1
        if found:
            self.readings.append(found)
        return number


class _Letters:
    """Words as one row of letters, folded, with sums that give the hash of any part of it.

    Attributes
    ----------
    start : numpy.ndarray of int64, shape (n_words + 1,)
        Word ``i`` is ``raw[start[i]:start[i + 1]]``.
    plain : numpy.ndarray of bool, shape (n_words,)
        Whether a word has Arabic letters only, ة at the end only, and `normalize` only folds it.
    """

    def __init__(self, words: Sequence[str]) -> None:
        points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
        self.raw = np.zeros(len(points) + _PADDING, np.uint16)
        self.raw[: len(points)] = np.minimum(points, 0xFFFF)
        self.start = np.concatenate([[0], np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))])
        codes, firm = _codes()
        self.letters = codes[self.raw[: len(points)]]
        self.hashes = _Hashes(self.letters)
        consonant = firm[self.raw[: len(points)]]
        self.consonants = self.letters[consonant]
        self.bones = _Hashes(self.consonants)
        self.n_before = _counts(consonant)  # consonants before each place

        start, end, size = self.start[:-1], self.start[1:], np.diff(self.start)
        other, drawn_out = _counts(self.letters == 0), np.zeros(len(self.letters), bool)
        drawn_out[2:] = (self.letters[2:] == self.letters[1:-1]) & (self.letters[2:] == self.letters[:-2])
        thrice = _counts(drawn_out)
        self.plain = (size >= 2) & (size <= LONGEST) & (other[end] == other[start])
        inside = _counts(self.raw == ord("ة"))
        self.plain &= inside[np.maximum(end - 1, start)] == inside[start]  # no word has a ة inside
        self.plain &= thrice[end] == thrice[np.minimum(start + 2, end)]

    def match(self, place: np.ndarray, size: np.ndarray, text: str) -> np.ndarray:
        """Which words of these sizes have a text at these places."""
        found = size >= len(text)
        for offset, letter in enumerate(text):
            found &= self.raw[place + offset] == ord(letter)
        return found

    def may_be_words(self, start: np.ndarray, size: np.ndarray, context: Context) -> np.ndarray:
        """Which stems can have a reading: a form, the base of an inflected noun, or the consonants of a verb is attested.

        Never False for a stem that has one; True for some that have none.
        """
        words, _ = _attested()
        end = start + size
        found = words.hold(self.hashes.of(start, end))
        # Other letters at the end: what an enclitic changes, and ه for ة.
        for cut, letters in ((0, "ا"), (1, "ةهيء")) if context.enclitic else ():
            for letter in letters:
                found |= words.hold(self.hashes.of(start, end - cut, letter))
        for last, letter in () if context.enclitic else (("ة", "ه"), ("ه", "ة")):
            some = np.flatnonzero(~found & _among(last)[self.letters[end - 1]])
            found[some] = words.hold(self.hashes.of(start[some], end[some] - 1, letter))
        # Longer words with the article are not read as a whole (`_hides_article`), but for verbs such as التقى.
        definite = self.match(start, size - 3, "ال") & (not context.article)
        noun = np.flatnonzero(~found & ~definite)
        for ending, instead in _BASES.items():
            some = noun[self.match(end[noun] - len(ending), size[noun] - 1, ending)]
            base = start[some], end[some] - len(ending)
            for letter in instead:
                found[some] |= words.hold(self.hashes.of(*base, letter))
        if not context.article:
            verb = np.flatnonzero(~found & (definite | (context.before not in ("ب", "ك"))))
            found[verb] = self._may_be_verbs(start[verb], end[verb])
        return found

    def _may_be_verbs(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Whether some verb has this first letter, or one that the imperfect drops, and these consonants after it."""
        _, verbs = _attested()
        found = np.zeros(len(start), bool)
        imperfect = _among("يتنا")[self.letters[start]]
        last = self.consonants[np.maximum(self.n_before[end] - 1, 0)]
        short = _among("تن")[last] & _among("تنا")[self.letters[end - 1]]
        # Consonants of the ending: none, ت or ن, تم.
        for n_cut, fits in enumerate((~found, short, self.match(end - 2, end - start, "تم"))):
            open_ = fits & ~found
            for skipped, dropped in ((0, ""), (1, ""), (1, "ا"), (1, "و")):
                some = np.flatnonzero(open_ & imperfect if skipped else open_)
                begin, stop = start[some] + skipped, self.n_before[end[some]] - n_cut
                letter = _numbers(dropped)[0] if dropped else self.letters[begin]
                found[some] |= verbs.hold(self.of_verb(letter, begin if dropped else begin + 1, stop))
        return found

    def of_verb(self, first: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
        """The hash of a letter and the consonants from some place on, up to the consonant of this number."""
        return self.bones.of(self.n_before[start], stop) * np.uint64(_BASE) + first


class _Hashes:
    """Polynomial hashes (modulo 2^64) of all parts of a row of codes."""

    def __init__(self, codes: np.ndarray) -> None:
        self.sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(codes * _powers(_BASE, len(codes)), out=self.sums[1:])
        self.inverse = _powers(_INVERSE, len(codes) + 1)
        self.powers = _powers(_BASE, LONGEST + 2)

    def of(self, start: np.ndarray, end: np.ndarray, letter: str = "") -> np.ndarray:
        """The hashes of these parts, with another letter at the end."""
        hashes = (self.sums[end] - self.sums[start]) * self.inverse[start]
        return hashes + _numbers(letter)[0] * self.powers[end - start] if letter else hashes


class _Table:
    """A set of hashes that sometimes, but rarely, says yes for one that it does not hold (a Bloom filter)."""

    def __init__(self, hashes: np.ndarray, bits: int) -> None:
        self.shifts = np.uint64(64 - bits), np.uint64(40 - bits)
        self.places = np.zeros(1 << bits, bool)
        for shift in self.shifts:
            self.places[self._place(hashes, shift)] = True

    def _place(self, hashes: np.ndarray, shift: np.uint64) -> np.ndarray:
        return ((hashes * _SPREAD) >> shift) & np.uint64(len(self.places) - 1)

    def hold(self, hashes: np.ndarray) -> np.ndarray:
        found = self.places[self._place(hashes, self.shifts[0])]
        some = np.flatnonzero(found)
        found[some] = self.places[self._place(hashes[some], self.shifts[1])]
        return found


def _powers(base: int, size: int) -> np.ndarray:
    powers = np.full(size, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _counts(which: np.ndarray) -> np.ndarray:
    counts = np.zeros(len(which) + 1, np.int64)
    np.cumsum(which, out=counts[1:])
    return counts


@cache
def _codes() -> tuple[np.ndarray, np.ndarray]:
    """A number for each letter as `fold` spells it, but ة; 0 for what is none. And whether inflection cannot change it."""
    codes, firm = np.zeros(1 << 16, np.uint64), np.zeros(1 << 16, bool)
    for letter in map(chr, chain(range(0x621, 0x63B), range(0x641, 0x64B))):
        codes[ord(letter)] = ord(letter if letter == "ة" else fold(letter)) - 0x620
        firm[ord(letter)] = skeleton(letter) != ""
    return codes, firm


@cache
def _numbers(letters: str) -> np.ndarray:
    return _codes()[0][[ord(letter) for letter in letters]]


@cache
def _among(letters: str) -> np.ndarray:
    return np.isin(np.arange(64), _numbers(letters))


@cache
def _attested() -> tuple[_Table, _Table]:
    """The words that the lexicon knows, and its verbs: their first letters, and the consonants after these."""
    lexicon = load_lexicon()
    definite = (form[2:] for form in lexicon.forms if form.startswith("ال"))
    words = _Letters(list(chain(lexicon.forms, definite, lexicon.whole, lexicon.irregular)))
    verbs = _Letters(list(chain(lexicon.verbs, lexicon.geminate, ["رأى"])))
    start, end = verbs.start[:-1], verbs.start[1:]
    bones = verbs.of_verb(verbs.letters[start], start + 1, verbs.n_before[end])
    return _Table(words.hashes.of(words.start[:-1], words.start[1:]), 24), _Table(bones, 20)
