"""Cut many texts at once into the tokens that attribution reads: words, marks, stops and line ends.

The texts are joined and mapped to one byte a character: a code for each letter as `normalize` folds it, and for each
common sign. Comparing neighbours finds the tokens, Arrow numbers them, and what is known of a word is looked up once
for each form. Runs between white space in which something rare stands (a decimal, doubled brackets, another script)
are cut by a pattern instead.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from kzanalytics._chars import ELONGATION
from kzanalytics._letter_codes import code_points, runs_around
from kzanalytics._normalize import _SIMPLE, normalize
from kzanalytics._word_classes import BREAK, CLOSE, EVENT, NAME, classify
from kzanalytics.cues import Cues
from kzanalytics.quotations import Quotation, find_quotations
from kzanalytics.speakers import Actors

__all__ = ["Tokens", "cut_texts"]

_TOKEN = re.compile(
    r"\w[\w\u064b-\u065f\u0670]*(?:[.,٫٬]\d+)*|\n|\.{2,}|\(\(|\)\)"
    r"|[^\w\s\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u064b-\u065f\u0670]"
)
_SEPARATES = re.compile(r"[^\S\n]|[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SIGNS = "\n.,٫٬،؛:؟?!…()[]{}/\\|*%٪&@#+=<>$^~;`"
_QUOTES = "«»“”„‟\"'‘’‹›＂"
_DASHES = "-–—"
_BATCH = 1 << 20  # characters; what a batch needs stays in the processor's cache
_KEPT_NORMS = 400_000

# Codes of characters: those of letters and signs follow.
_SPACE, _VOWEL, _STRETCH, _HARD = range(4)
_ODD = 0xFF
# What a character is, by its code.
_NOTHING, _WORD, _DOT, _SIGN = range(4)


class Tokens(NamedTuple):
    """The tokens of one text: words and marks as `normalize` spells them, with their offsets and word classes.

    `events`, `breaks`, `closes` and `names` are the tokens of the classes EVENT, BREAK, CLOSE and NAME.
    """

    quotations: list[Quotation]
    tok: list[str]
    start: list[int]
    end: list[int]
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


_NORMS: dict[bytes, str] = {}


def _spell(letters: list[bytes]) -> list[str]:
    """The token of each string of codes, worked out once."""
    try:
        return list(map(_NORMS.__getitem__, letters))
    except KeyError:
        pass
    if len(_NORMS) > _KEPT_NORMS:
        _NORMS.clear()
    new = [word for word in letters if word not in _NORMS]
    decode = _alphabet().decode
    words = [codecs.charmap_decode(word, "replace", decode)[0] for word in new]
    long = [word for word in words if len(word) > 2]  # in which letters may be drawn out
    shortened = ELONGATION.sub(lambda match: (match[1] or match[2]) * 2, "\n".join(["", *long]))
    short = dict(zip(long, shortened.split("\n")[1:], strict=True))
    for raw, word in zip(new, words, strict=True):
        _NORMS[raw] = ".." if word.startswith("..") else short.get(word, word) or "ـ"
    return [_NORMS[word] for word in letters]


def _norm(raw: str) -> str:
    """The token of a piece of text that the pattern cut."""
    if raw[0].isalnum() or raw[0] in "_ـ":
        return normalize(raw) or raw
    if raw in _DASHES:
        return "-"
    return ".." if len(raw) > 1 else {",": "،"}.get(raw, raw)


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


def _find_tokens(joined: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str], np.ndarray]:
    """Bounds of all tokens, the number of each, what the numbers mean, and the code that each token starts with."""
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
    types = _spell(spelled.dictionary.to_pylist())
    ids = spelled.indices.to_numpy().copy()
    spots = _rare(codes, kinds, start, np.diff(bounds))
    if len(spots):
        firsts, lasts, spans = _cut_runs(joined, raw, spots)
        drop = np.zeros(len(start), bool)
        for low, high in zip(
            np.searchsorted(start, firsts).tolist(), np.searchsorted(start, lasts).tolist(), strict=True
        ):
            drop[low:high] = True
        new_start, new_end = np.array(spans, np.int64).reshape(-1, 2).T
        where = np.searchsorted(start[~drop], new_start)
        ids = np.insert(ids[~drop], where, np.arange(len(types), len(types) + len(spans)))
        types += [_norm(joined[a:b]) for a, b in spans]
        start, end = np.insert(start[~drop], where, new_start), np.insert(end[~drop], where, new_end)
    return start, end, ids, types, codes[start]


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


def _split(places: np.ndarray, pointers: np.ndarray) -> Iterator[list[int]]:
    """Places among all tokens as places in each text."""
    cuts = np.searchsorted(places, pointers)
    own = (places - np.repeat(pointers[:-1], np.diff(cuts))).tolist()
    return (own[a:b] for a, b in pairwise(cuts.tolist()))


def _cut_batch(texts: Sequence[str], cues: Cues, actors: Actors | None) -> Iterator[Tokens]:
    joined = " ".join(["", *texts, ""])
    bounds = 1 + np.concatenate([[0], np.cumsum([len(text) + 1 for text in texts])])
    quotations = [find_quotations(text) for text in texts]
    marks: dict[int, str] = {}
    for first, found in zip(bounds.tolist(), quotations, strict=False):
        marks |= {first + q.start: "«" for q in found if q.inner_start > q.start}
        marks |= {first + q.inner_end: "»" for q in found if q.end > q.inner_end}
    start, end, ids, types, first = _find_tokens(joined)
    drop = _leave_out(joined, start, end, first)
    round_mark = (first == _alphabet().code("(")) | (first == _alphabet().code(")"))
    signs = np.flatnonzero((first == _alphabet().code("«")) | (round_mark & (end - start == 2)))
    number = {"«": len(types), "»": len(types) + 1, "": -1}
    types += ["«", "»"]
    ids[signs] = [number[marks.get(at, "")] for at in start[signs].tolist()]
    left = np.flatnonzero(~drop & (ids >= 0))
    start, end, ids = start[left], end[left], ids[left]
    pointers = np.searchsorted(start, bounds)
    shift = np.repeat(bounds[:-1], np.diff(pointers))
    of_type = np.array(classify(cues, types), np.int64)
    if actors is not None:
        of_type |= np.where(list(map(bool, actors.all_forms(types))), NAME, 0)
    classes = of_type[ids]
    tok = np.array(types, object)[ids].tolist()
    columns = (tok, (start - shift).tolist(), (end - shift).tolist(), classes.tolist())
    places = [_split(np.flatnonzero(classes & bit), pointers) for bit in (EVENT, BREAK, CLOSE, NAME)]
    for found, (a, b), *own in zip(quotations, pairwise(pointers.tolist()), *places, strict=True):
        yield Tokens(found, *(column[a:b] for column in columns), *own)


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
    first = size = 0
    for position, text in enumerate(texts):
        size += len(text) + 1
        if size >= _BATCH or position + 1 == len(texts):
            yield from _cut_batch(texts[first : position + 1], cues, actors)
            first, size = position + 1, 0
