"""Letters as small numbers, and words of up to eight letters as one integer each.

A text is mapped to one byte a character: a code for each letter as `normalize` folds it, and a few codes for white
space, punctuation and marks. Words can then be compared, hashed and numbered as integers instead of strings.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kzanalytics._chars import ARABIC_LETTERS, CONTROLS, ELONGATION, MARKS, PHRASE_LIGATURES, TATWEEL, combining_class
from kzanalytics._normalize import _SIMPLE, NormalizeOptions, normalize

__all__ = [
    "CODE",
    "CONTROL",
    "CUT",
    "FIRST_ARABIC",
    "HARD",
    "HYPHEN",
    "JOINER",
    "LETTERS",
    "LONG",
    "MARK",
    "OPENING",
    "SEPARATOR",
    "SHORT",
    "SPACE",
    "STOP",
    "UNJOINED",
    "code_points",
    "decode",
    "encode",
    "integers",
    "runs_around",
    "take",
]

# Codes of characters. Everything from MARK on is part of a word.
SPACE, SEPARATOR, STOP, CUT, JOINER, HYPHEN, MARK, CONTROL, HARD, LETTERS = range(10)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
UNJOINED = "ادذرزوه"  # letters that do not join the next one: a missing space after them is hardly seen
_ARABIC = UNJOINED + "ءآأؤإئبةتثجحخسشصضطظعغفقكلمنىيپچژگڤڨڭ"
FIRST_ARABIC = LETTERS + len(_LATIN)
CODE = {char: LETTERS + place for place, char in enumerate(_LATIN + _ARABIC)}
_DECODE = "\n" * HARD + "\ufffd" + _LATIN + _ARABIC
OPENING = "«“”„\"'‘’‹([{"  # what, like a digit, cuts a proclitic off from the word it belongs to
SHORT = 8  # letters that fit an integer
LONG = 1  # the lowest byte of the integer of a longer word: no letter has this code
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(SHORT + 1)], np.uint64)


@cache
def _codes(options: NormalizeOptions) -> np.ndarray:
    """The code of each character of the basic plane, its letters folded by `options`."""
    forms = re.compile("[\ufb50-\ufbb1\ufbd3-\ufbff\ufe70-\ufefc]")  # presentation forms of one letter
    marks = re.compile(f"[{MARKS}{TATWEEL}]")
    controls = re.compile(f"[{CONTROLS}]")
    hard = re.compile(f"[{ARABIC_LETTERS}{PHRASE_LIGATURES}{combining_class()}\u0653-\u0655]|[^\\W\\d_]")
    joiner = re.compile(r"[\d'’@/:_%+]")
    codes = np.full(0x10000, SEPARATOR, np.uint8)
    for point in range(0x10000):
        char = chr(point)
        spelled = normalize(char, options=options) if _SIMPLE.fullmatch(char) or forms.match(char) else ""
        if spelled in CODE:
            codes[point] = CODE[spelled]
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
        elif char == ".":
            codes[point] = STOP
        elif joiner.match(char):
            codes[point] = JOINER
        elif char in OPENING:
            codes[point] = CUT
    return codes


def take(table: np.ndarray, indices: np.ndarray) -> np.ndarray:
    """``table[indices]``; unlike numpy, Arrow needs no 64-bit copy of the indices. They must be valid."""
    return pc.take(pa.array(table), pa.array(indices), boundscheck=False).to_numpy()


def code_points(text: str) -> np.ndarray:
    """The code points of a text: uint16, or uint32 where some are beyond the basic plane."""
    points: np.ndarray = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(points) == len(text):
        return points
    # Characters beyond the basic plane take two units in UTF-16, which would shift every offset after them.
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def runs_around(raw: bytes, spots: np.ndarray) -> Iterator[tuple[int, int]]:
    """Bounds of the runs between white space (code 0) around some places, which are in order; each run once."""
    last = -1
    for spot in spots.tolist():
        if spot >= last:
            first, last = raw.rfind(b"\0", 0, spot) + 1, raw.find(b"\0", spot)
            yield first, last


def encode(text: str, options: NormalizeOptions) -> tuple[np.ndarray, np.ndarray]:
    """The code points of a text and their codes."""
    points = code_points(text)
    if points.dtype == np.uint16:
        return points, take(_codes(options), points)
    codes = take(_codes(options), np.minimum(points, 0xFFFF)).copy()
    beyond = np.flatnonzero(points > 0xFFFF)
    kinds, which = np.unique(points[beyond], return_inverse=True)
    codes[beyond] = np.array([HARD if chr(point).isalnum() else SEPARATOR for point in kinds], np.uint8)[which]
    return points, codes


def integers(letters: bytes | np.ndarray, place: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The letters of words as integers: eight bytes from each place on, less those that belong to no letter."""
    eights: np.ndarray = np.ndarray(len(letters) - SHORT + 1, "<u8", letters, 0, (1,))
    found = eights[place]
    found &= _MASKS.take(size, mode="clip")
    return found


def decode(letters: bytes) -> tuple[list[str], list[int]]:
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
