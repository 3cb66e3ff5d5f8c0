"""Cut many texts at once into the tokens that attribution reads: words, marks, stops and line ends.

The texts are joined and mapped to one byte a character: a code for each letter as `normalize` folds it, and for each
common sign. Comparing neighbours finds the tokens, Arrow numbers them, and what is known of a word is looked up once
for each form. Runs between white space in which something rare stands (a decimal, doubled brackets, another script)
are cut by a pattern instead.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from kzanalytics._chars import ELONGATION
from kzanalytics._letter_codes import code_points, runs_around
from kzanalytics._normalize import _SIMPLE, normalize
from kzanalytics._word_classes import BREAK, CLOSE, EVENT, NAME, WordClasses
from kzanalytics.cues import Cues
from kzanalytics.quotations import Quotation, pair_marks
from kzanalytics.speakers import Actors

__all__ = ["Tokens", "cut_texts"]

_TOKEN: Final = re.compile(
    r"\w[\w\u064b-\u065f\u0670]*(?:[.,٫٬]\d+)*|\n|\.{2,}|\(\(|\)\)"
    r"|[^\w\s\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u064b-\u065f\u0670]"
)
_SEPARATES: Final = re.compile(r"[^\S\n]|[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SIGNS: Final = "\n.,٫٬،؛:؟?!…()[]{}/\\|*%٪&@#+=<>$^~;`"
_QUOTES: Final = "«»“”„‟\"'‘’‹›＂"
_DASHES: Final = "-–—"
_BATCH: Final = 1 << 20  # characters; what a batch needs stays in the processor's cache
_KEPT: Final = 400_000  # spellings

# Codes of characters: those of letters and signs follow.
_SPACE, _VOWEL, _STRETCH, _HARD = range(4)
_ODD: Final = 0xFF
# What a character is, by its code.
_NOTHING, _WORD, _DOT, _SIGN = range(4)


class Tokens(NamedTuple):
    """The tokens of one text: words and marks as `normalize` spells them, with their offsets and word classes.

    `events`, `breaks`, `closes` and `names` are the tokens of the classes EVENT, BREAK, CLOSE and NAME.
    """

    quotations: list[Quotation]
    tok: list[str]
    start: array[int]
    end: array[int]
    classes: list[int]
    events: list[int]
    breaks: list[int]
    closes: list[int]
    names: list[int]


@dataclass(frozen=True)
class _Alphabet:
    """`codes` of the characters of the basic plane, the `kinds` of codes, and how to `decode` them."""

    codes: np.ndarray
    kinds: bytes
    decode: str

    def code(self, char: str) -> int:
        return int(self.codes[ord(char)])


@cache
def _alphabet() -> _Alphabet:
    plane = "".join(map(chr, range(0x10000)))
    codes = np.full(0x10000, _ODD, np.uint8)
    for match in re.finditer(r"\w+", plane):
        codes[match.start() : match.end()] = _HARD
    for match in _SEPARATES.finditer(plane):
        codes[match.start()] = _SPACE
    codes[0x64B:0x653] = codes[0x670] = _VOWEL
    letters: dict[str, int] = {}
    for char in filter(str.isalnum, plane[:0x80] + plane[0x621:0x6D3]):
        if _SIMPLE.fullmatch(char) and len(folded := normalize(char)) == 1:
            codes[ord(char)] = letters.setdefault(folded, _HARD + 1 + len(letters))
    codes[ord("ـ")] = _STRETCH
    decode = ["\ufffd"] * (_HARD + 1) + list(letters)
    kinds = [_NOTHING] + [_WORD] * (len(decode) - 1)
    for signs in (*_SIGNS, _QUOTES, _DASHES):
        for sign in signs:
            codes[ord(sign)] = len(decode)
        kinds.append(_DOT if signs == "." else _SIGN)
        decode.append("،" if signs == "," else signs[0])
    kinds += [_SIGN] * (256 - len(kinds))
    return _Alphabet(codes, bytes(kinds), "".join(decode))


def _encode(text: str, alphabet: _Alphabet) -> np.ndarray:
    points = code_points(text)
    codes = alphabet.codes.take(points, mode="clip")
    codes[points > 0xFFFF] = _ODD
    return codes


def _spell(letters: list[bytes]) -> list[str]:
    """The token of each string of codes."""
    decode = _alphabet().decode
    words = [codecs.charmap_decode(word, "replace", decode)[0] for word in letters]
    long = [word for word in words if len(word) > 2]  # in which letters may be drawn out
    shortened = ELONGATION.sub(lambda match: (match[1] or match[2]) * 2, "\n".join(["", *long]))
    short = dict(zip(long, shortened.split("\n")[1:], strict=True))
    return [".." if word.startswith("..") else short.get(word, word) or "ـ" for word in words]


def _norm(raw: str) -> str:
    """The token of a piece of text that the pattern cut."""
    if raw[0].isalnum() or raw[0] in "_ـ":
        return normalize(raw) or raw
    if raw in _DASHES:
        return "-"
    return ".." if len(raw) > 1 else {",": "،"}.get(raw, raw)


class _Vocabulary:
    """The tokens seen so far with their classes, by their spelling: codes, or a piece that the pattern cut."""

    def __init__(self, cues: Cues, actors: Actors | None) -> None:
        self._class_of = WordClasses(cues, actors).of
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._numbers: dict[bytes | str, int] = {}
        self._tokens, self._classes = np.zeros(0, object), np.zeros(0, np.int64)
        self._add(["«", "»"], ["«", "»"])

    def _add(self, spellings: Sequence[bytes | str], tokens: list[str]) -> None:
        classes = [self._class_of(token) for token in tokens]
        self._numbers.update(zip(spellings, range(len(self._tokens), len(self._tokens) + len(tokens)), strict=True))
        self._tokens = np.concatenate([self._tokens, np.array(tokens, object)])
        self._classes = np.concatenate([self._classes, np.array(classes, np.int64)])

    def look_up(self, letters: list[bytes], pieces: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """A number for each string of codes and each piece of text, and the tokens and classes by number.

        « and » are 0 and 1.
        """
        spellings: list[bytes | str] = [*letters, *pieces]
        with self._lock:
            try:
                numbers = self._numbers_of(spellings)
            except KeyError:
                if len(self._numbers) > _KEPT:
                    self._clear()
                new = [word for word in letters if word not in self._numbers]
                new_pieces = [piece for piece in dict.fromkeys(pieces) if piece not in self._numbers]
                self._add([*new, *new_pieces], _spell(new) + [_norm(piece) for piece in new_pieces])
                numbers = self._numbers_of(spellings)
            return numbers, self._tokens, self._classes

    def _numbers_of(self, spellings: Sequence[bytes | str]) -> np.ndarray:
        return np.fromiter(map(self._numbers.__getitem__, spellings), np.int32, len(spellings))


_vocabulary = lru_cache(maxsize=4)(_Vocabulary)


def _rare(codes: np.ndarray, kinds: np.ndarray, start: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Where there is something that needs the pattern: a place in each run of that sort, at least one."""
    alphabet = _alphabet()
    digit = np.zeros(256, bool)
    digit[[alphabet.code(char) for char in "0123456789"]] = True
    joins = np.zeros(256, bool)
    joins[[alphabet.code(char) for char in ".,٫٬"]] = True
    wanted = joins.copy()
    wanted[[_VOWEL, _HARD, _ODD, alphabet.code("("), alphabet.code(")")]] = True
    places = np.flatnonzero(wanted.take(codes))
    here, after = codes[places], codes[places + 1]
    worded = kinds[places - 1] == _WORD
    rare = (here == _HARD) | (here == _ODD)
    rare |= joins.take(here) & digit.take(after) & worded
    rare |= (here == after) & ((here == alphabet.code("(")) | (here == alphabet.code(")")))
    rare |= (here == _VOWEL) & ~worded
    return np.sort(np.concatenate([places[rare], start[sizes == 0]]))


def _cut_runs(joined: str, raw: bytes, spots: np.ndarray) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Bounds of the runs between white space around some places, and of the tokens in them."""
    firsts: list[int] = []
    lasts: list[int] = []
    spans: list[tuple[int, int]] = []
    for first, last in runs_around(raw, spots):
        firsts.append(first)
        lasts.append(last)
        spans += [match.span() for match in _TOKEN.finditer(joined, first, last)]
    return firsts, lasts, spans


class _Found(NamedTuple):
    """Bounds of all tokens, the code that each starts with, their numbers, and the `tokens` and `classes` of numbers."""

    start: np.ndarray
    end: np.ndarray
    code: np.ndarray
    ids: np.ndarray
    tokens: np.ndarray
    classes: np.ndarray


def _find_tokens(joined: str, vocabulary: _Vocabulary) -> _Found:
    alphabet = _alphabet()
    codes = _encode(joined, alphabet)
    raw = codes.tobytes()
    kinds: np.ndarray = np.frombuffer(raw.translate(alphabet.kinds), np.uint8)
    edge = (kinds[1:] != kinds[:-1]) | (kinds[1:] == _SIGN)
    start = np.flatnonzero(edge & (kinds[1:] != _NOTHING)) + 1
    end = np.flatnonzero(edge & (kinds[:-1] != _NOTHING)) + 1
    kept = codes >= _HARD
    bounds = np.concatenate([[0], np.cumsum(kept, dtype=np.int32)[end - 1]]).astype(np.int32)
    letters = codes[kept]
    spelled = pa.Array.from_buffers(
        pa.binary(), len(start), [None, pa.py_buffer(bounds), pa.py_buffer(letters)]
    ).dictionary_encode()
    letters_of = spelled.dictionary.to_pylist()
    ids = spelled.indices.to_numpy()
    firsts, lasts, spans = _cut_runs(joined, raw, _rare(codes, kinds, start, np.diff(bounds)))
    numbers, tokens, classes = vocabulary.look_up(letters_of, [joined[a:b] for a, b in spans])
    ids = numbers[ids]
    if firsts:
        drop = np.zeros(len(start), bool)
        for low, high in zip(
            np.searchsorted(start, firsts).tolist(), np.searchsorted(start, lasts).tolist(), strict=True
        ):
            drop[low:high] = True
        new_start, new_end = np.array(spans, np.int64).reshape(-1, 2).T
        where = np.searchsorted(start[~drop], new_start)
        ids = np.insert(ids[~drop], where, numbers[len(letters_of) :])
        start, end = np.insert(start[~drop], where, new_start), np.insert(end[~drop], where, new_end)
    return _Found(start, end, codes[start], ids, tokens, classes)


def _leave_out(joined: str, start: np.ndarray, end: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Which signs are part of a word: hyphens, and dots of titles and initials."""
    alphabet = _alphabet()
    drop = np.zeros(len(start), bool)
    dashes = np.flatnonzero(first == alphabet.code("-"))
    drop[dashes] = [not joined[at - 1].isspace() and not joined[at + 1].isspace() for at in start[dashes].tolist()]
    dots = np.flatnonzero((first == alphabet.code(".")) & (end - start == 1))
    dots = dots[dots > 0]
    dots = dots[(end[dots - 1] == start[dots]) & (end[dots - 1] - start[dots - 1] == 1)]
    drop[dots] = [joined[at - 1].isalpha() for at in start[dots].tolist()]
    return drop


def _split(places: np.ndarray, bounds: np.ndarray) -> Iterator[list[int]]:
    """Places in all texts, or among the tokens of all, as places in each text."""
    cuts = np.searchsorted(places, bounds)
    own = (places - np.repeat(bounds[:-1], np.diff(cuts))).tolist()
    return (own[a:b] for a, b in pairwise(cuts.tolist()))


def _marks(text: str, places: list[int]) -> list[tuple[str, int]]:
    """The quotation marks and line ends at some places of a text: a single mark counts where it is doubled."""
    found = []
    after = 0
    for at in places:
        mark = text[at]
        if mark in "'‘’()":
            if at < after or text[at + 1 : at + 2] != mark:
                continue
            mark, after = mark * 2, at + 2
        found.append((mark, at))
    return found


def _cut_batch(texts: Sequence[str], vocabulary: _Vocabulary) -> Iterator[Tokens]:
    joined = " ".join(["", *texts, ""])
    bounds = 1 + np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
    start, end, code, ids, token_of, class_of = _find_tokens(joined, vocabulary)
    round_mark = (code == _alphabet().code("(")) | (code == _alphabet().code(")"))
    is_mark = (code == _alphabet().code("«")) | (round_mark & (end - start == 2))
    of_text = _split(start[is_mark | (code == _alphabet().code("\n"))], bounds)
    quotations = [pair_marks(text, _marks(text, places)) for text, places in zip(texts, of_text, strict=True)]
    marks: dict[int, int] = {}
    for first, found in zip(bounds.tolist(), quotations, strict=False):
        marks |= {first + q.start: 0 for q in found if q.inner_start > q.start}
        marks |= {first + q.inner_end: 1 for q in found if q.end > q.inner_end}
    ids[is_mark] = [marks.get(at, -1) for at in start[is_mark].tolist()]
    left = np.flatnonzero(~_leave_out(joined, start, end, code) & (ids >= 0))
    start, end, ids = start[left], end[left], ids[left]
    pointers = np.searchsorted(start, bounds)
    shift = np.repeat(bounds[:-1], np.diff(pointers))
    classes = class_of[ids]
    tok = token_of[ids]
    start, end = (start - shift).astype(np.intc), (end - shift).astype(np.intc)
    places = [_split(np.flatnonzero(classes & bit), pointers) for bit in (EVENT, BREAK, CLOSE, NAME)]
    for found, (a, b), *own in zip(quotations, pairwise(pointers.tolist()), *places, strict=True):
        first, last = array("i", start[a:b].tobytes()), array("i", end[a:b].tobytes())
        yield Tokens(found, tok[a:b].tolist(), first, last, classes[a:b].tolist(), *own)


def cut_texts(texts: Sequence[str], cues: Cues, actors: Actors | None = None) -> Iterator[Tokens]:
    """Cut texts into tokens, some of them at a time.

    Parameters
    ----------
    texts : sequence of str
        Texts as they were read.
    cues : Cues
        The cue lists, which say what a word can do.
    actors : Actors, optional
        The actors, which say where a name can start.

    Yields
    ------
    Tokens
        Those of each text.

    Examples
    --------
    >>> from kzanalytics.cues import load_cues
    >>> [tokens.tok for tokens in cut_texts(["قال: «لن نسمح».", "د. بوتين"], load_cues())]
    [['قال', ':', '«', 'لن', 'نسمح', '»', '.'], ['د', 'بوتين']]
    """
    vocabulary = _vocabulary(cues, actors)
    first = size = 0
    for position, text in enumerate(texts):
        size += len(text) + 1
        if size >= _BATCH or position + 1 == len(texts):
            yield from _cut_batch(texts[first : position + 1], vocabulary)
            first, size = position + 1, 0
