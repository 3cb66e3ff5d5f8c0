"""Code-point tables for Arabic text: which characters are marks, which fold into which letter.

Tables only: what is done with them is in ``_normalize`` and ``_tokens``. Names and classes are those of the Unicode
Character Database (https://www.unicode.org/ucd/), which Python ships as `unicodedata`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = [
    "ALEF_FOLDS",
    "ARABIC_LETTERS",
    "CONTROLS",
    "DIGIT_FOLDS",
    "ELONGATION",
    "HAMZA_FOLDS",
    "MARKS",
    "PERSIAN_FOLDS",
    "PHRASE_LIGATURES",
    "PUNCTUATION_FOLDS",
    "TATWEEL",
    "TEH_FOLDS",
    "YEH_FOLDS",
    "combining_class",
    "presentation_folds",
]

TATWEEL = "\u0640"

# Short vowels, tanwin, shadda, the dagger alef, Quranic signs; every one is category Mn in an Arabic block.
MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)

# Bidi controls and zero-width characters: they steer the display and carry no letter.
CONTROLS = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u206f\ufeff"

# Letters of the Arabic script outside the presentation forms (U+0600 block, supplement, extended A and B).
ARABIC_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef"
    "\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
)

# One character that stands for a whole phrase, or a currency: a word by itself, never glued to its neighbour.
PHRASE_LIGATURES = "\ufdfa\ufdfb\ufdfc\ufdfd"

ALEF_FOLDS = dict.fromkeys("أإآٱٲٳٵ", "ا")
YEH_FOLDS = {"ى": "ي"}
TEH_FOLDS = {"ة": "ه"}
HAMZA_FOLDS = {"ؤ": "و", "ئ": "ي"}
# Letters that Persian, Urdu, Kurdish and Sindhi keyboards type in place of an Arabic one (same letter to a reader of
# Arabic). Letters that spell a sound of their own (پ چ ژ گ) stay.
PERSIAN_FOLDS = {
    "ک": "ك",
    "ڪ": "ك",
    "ی": "ي",
    "ې": "ي",
    "ۍ": "ي",
    "ے": "ي",
    "ۓ": "ئ",
    "ہ": "ه",
    "ۂ": "ه",
    "ۀ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ۃ": "ة",
    "ۇ": "و",
    "ۆ": "و",
    "ۈ": "و",
    "ۋ": "و",
    "ٶ": "ؤ",
    "ٸ": "ئ",
    "ں": "ن",
}
DIGIT_FOLDS = {chr(zero + value): str(value) for zero in (0x660, 0x6F0) for value in range(10)} | {
    "٪": "%",
    "٫": ".",
    "٬": ",",
}
PUNCTUATION_FOLDS = {"،": ",", "؛": ";", "؟": "?", "۔": ".", "…": "...", "–": "-", "—": "-", "‐": "-", "‑": "-"} | (
    dict.fromkeys("«»“”„‟", '"') | dict.fromkeys("‘’‚‛‹›", "'")
)

# A letter that writers draw out. Three of a long vowel or of ه never occur in a word; of the others three can
# (تتتبع، بببغاء), so only a run of four is taken for drawing out. Runs shrink to two.
ELONGATION = re.compile(r"([اوهي])\1{2,}|([\u0621-\u064a])\2{3,}")


@cache
def presentation_folds() -> dict[str, str]:
    """Each presentation form and what it stands for: ``"ﻻ"`` is ``"لا"``, ``"ﷲ"`` is ``"الله"``, isolated marks are nothing.

    Compatibility decomposition (NFKC) is right for these blocks and wrong in general (it turns ² into 2), so it is
    taken for them alone. Marks and tatweel in a decomposition are dropped.
    """
    drop = re.compile(f"[{MARKS}{TATWEEL}]")
    folds = {}
    for first, last in ((0xFB00, 0xFB06), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0xFF10, 0xFF19), (0xFF21, 0xFF5A)):
        for point in range(first, last + 1):
            char = chr(point)
            plain = unicodedata.normalize("NFKC", char)
            if plain != char:
                folds[char] = drop.sub("", plain).strip()
    return folds


@cache
def combining_class() -> str:
    """All combining marks of the basic plane outside the Arabic ones, as the inside of a regular expression's class."""
    arabic = re.compile(f"[{MARKS}{CONTROLS}]")
    points = [
        point
        for point in range(0x300, 0xFFFF)
        if not 0xD800 <= point < 0xF900 and unicodedata.category(chr(point))[0] == "M" and not arabic.match(chr(point))
    ]
    parts: list[str] = []
    start = previous = points[0]
    for point in [*points[1:], 0x110000]:
        if point != previous + 1:
            parts.append(chr(start) if start == previous else f"{chr(start)}-{chr(previous)}")
            start = point
        previous = point
    return "".join(parts)
