"""Spelling variants of Arabic folded into one form, step by step and explained."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from typing import NamedTuple

from kzanalytics._chars import (
    ALEF_FOLDS,
    CONTROLS,
    DIGIT_FOLDS,
    ELONGATION,
    HAMZA_FOLDS,
    MARKS,
    PERSIAN_FOLDS,
    PUNCTUATION_FOLDS,
    TATWEEL,
    TEH_FOLDS,
    YEH_FOLDS,
    presentation_folds,
)

__all__ = ["NormalizationStep", "NormalizeOptions", "explain_normalization", "normalize"]


@dataclass(frozen=True)
class NormalizeOptions:
    """What `normalize` folds. Each field is one step, in the order in which they run.

    Parameters
    ----------
    controls : bool, default True
        Drop bidi controls and zero-width characters.
    hamza_marks : bool, default True
        Compose a hamza or madda typed as a mark of its own (``و`` + U+0654 is ``ؤ``).
    marks : bool, default True
        Drop short vowels, shadda, the dagger alef and Quranic marks.
    tatweel : bool, default True
        Drop the stretching stroke ``ـ``.
    presentation : bool, default True
        Replace presentation forms and ligatures (``ﻻ``, ``ﷲ``, ``ﷺ``, ``﷼``) by their letters.
    persian : bool, default True
        Fold letters of Persian and Urdu keyboards (``ک ی ہ ۀ``) into the Arabic ones. ``پ چ ژ گ`` stay.
    alef : bool, default True
        Fold ``أ إ آ ٱ`` into ``ا``: newspapers drop the hamza freely.
    yeh : bool, default True
        Fold ``ى`` into ``ي``.
    teh : bool, default True
        Fold ``ة`` into ``ه``.
    hamza : bool, default False
        Fold ``ؤ ئ`` into ``و ي``. Off: they are rarely misspelt and tell words apart (سئل، سيل).
    digits : bool, default True
        Fold Arabic-Indic and extended digits, ``٪``, ``٫`` and ``٬`` into ASCII.
    punctuation : bool, default False
        Fold Arabic and typographic punctuation into ASCII. Off: quotation marks carry meaning.
    case : bool, default True
        Fold the case of Latin and other scripts, and compose their accents (NFC).
    elongation : bool, default True
        Shorten a letter drawn out for effect to two: ``ههههه`` is ``هه``.
    """

    controls: bool = True
    hamza_marks: bool = True
    marks: bool = True
    tatweel: bool = True
    presentation: bool = True
    persian: bool = True
    alef: bool = True
    yeh: bool = True
    teh: bool = True
    hamza: bool = False
    digits: bool = True
    punctuation: bool = False
    case: bool = True
    elongation: bool = True


class NormalizationStep(NamedTuple):
    """One step of `normalize` that changed something: its option, the text before and after."""

    step: str
    before: str
    after: str


DEFAULT = NormalizeOptions()
_HAMZA_MARK = re.compile(f"([اوىيیهەہ])([{MARKS}{TATWEEL}{CONTROLS}]*?)([\u0653-\u0655])")
_HAMZA_SEATS = {("ا", "\u0653"): "آ", ("ا", "\u0654"): "أ", ("ا", "\u0655"): "إ", ("و", "\u0654"): "ؤ"} | {
    (yeh, "\u0654"): "ئ" for yeh in "ىيی"
}
_CONTROLS = re.compile(f"[{CONTROLS}]+")
_MARKS = re.compile(f"[{MARKS}]+")
_LIGATURE_ALEF = re.compile("ا(?=[\ufdf2])")
# Everything that the translation table of `_plain_table` folds completely: no second look is needed.
_SIMPLE = re.compile(f"[\t-\r -~\u00a0«»،؛؟\u0621-\u0652\u0660-\u066c\u0670-\u06c5\u06cc\u06d2{CONTROLS}‘-”…–—]*")


def _compose_hamza(text: str) -> str:
    def seat(match: re.Match[str]) -> str:
        letter, between, mark = match.groups()
        return _HAMZA_SEATS.get((letter, mark), letter) + between

    return _HAMZA_MARK.sub(seat, text)


def _fold_presentation(text: str) -> str:
    # Fonts draw U+FDF2 with and without its alef, so writers type one before it: باﷲ is بالله.
    return _LIGATURE_ALEF.sub("", text).translate(_table("presentation"))


def _fold_case(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _shorten(text: str) -> str:
    return ELONGATION.sub(lambda match: (match[1] or match[2]) * 2, text)


@cache
def _table(step: str) -> dict[int, str]:
    folds = {
        "persian": PERSIAN_FOLDS,
        "alef": ALEF_FOLDS,
        "yeh": YEH_FOLDS,
        "teh": TEH_FOLDS,
        "hamza": HAMZA_FOLDS,
        "digits": DIGIT_FOLDS,
        "punctuation": PUNCTUATION_FOLDS,
    }
    return str.maketrans(presentation_folds() if step == "presentation" else folds[step])


def _step(name: str) -> Callable[[str], str]:
    special: dict[str, Callable[[str], str]] = {
        "controls": lambda text: _CONTROLS.sub("", text),
        "hamza_marks": _compose_hamza,
        "marks": lambda text: _MARKS.sub("", text),
        "tatweel": lambda text: text.replace(TATWEEL, ""),
        "presentation": _fold_presentation,
        "case": _fold_case,
        "elongation": _shorten,
    }
    return special.get(name) or (lambda text: text.translate(_table(name)))


@cache
def _steps(options: NormalizeOptions) -> tuple[tuple[str, Callable[[str], str]], ...]:
    return tuple((field.name, _step(field.name)) for field in fields(options) if getattr(options, field.name))


@cache
def _plain_table() -> dict[int, str]:
    """The default steps merged into one table, for text of simple characters."""
    table = {}
    for point in (*range(0x2100), 0xFEFF):
        char = chr(point)
        if _SIMPLE.fullmatch(char):
            folded = char
            for _, step in _steps(DEFAULT):
                folded = step(folded)
            if folded != char:
                table[point] = folded
    return table


def normalize(text: str, *, options: NormalizeOptions = DEFAULT) -> str:
    """Fold the spellings of one word into one form.

    Normalising twice is the same as once, and no bidi control is left.

    Parameters
    ----------
    text : str
        Any text; it may hold any Unicode character.
    options : NormalizeOptions
        Which steps run; the defaults suit counting and searching.

    Returns
    -------
    str
        The folded text. Punctuation and spaces stay as they are.

    See Also
    --------
    explain_normalization : which step changed what.

    Examples
    --------
    >>> normalize("بـ«الثورات الملوّنة»")
    'ب«الثورات الملونه»'
    >>> normalize("إلى المدرسةِ", options=NormalizeOptions(alef=False, yeh=False, teh=False))
    'إلى المدرسة'
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}; decode bytes or fill missing values first")
    if options == DEFAULT and _SIMPLE.fullmatch(text):
        return _shorten(text.translate(_plain_table()))
    # Dropping one character can bring two together that fold once more, so run until nothing changes.
    while True:
        folded = text
        for _, step in _steps(options):
            folded = step(folded)
        if folded == text:
            return text
        text = folded


def explain_normalization(text: str, *, options: NormalizeOptions = DEFAULT) -> list[NormalizationStep]:
    """Say which step of `normalize` changes what in a text.

    Parameters
    ----------
    text : str
        Any text.
    options : NormalizeOptions
        As for `normalize`.

    Returns
    -------
    list of NormalizationStep
        The steps that changed the text, in order: ``step`` (the option's name), ``before`` and ``after``. The last
        ``after`` is what `normalize` returns; the list is empty when nothing changes.

    Examples
    --------
    >>> for step in explain_normalization("الملوّنـة"):
    ...     print(step.step, step.before, step.after)
    marks الملوّنـة الملونـة
    tatweel الملونـة الملونة
    teh الملونة الملونه
    """
    explained = []
    while True:
        start = text
        for name, step in _steps(options):
            folded = step(text)
            if folded != text:
                explained.append(NormalizationStep(name, text, folded))
            text = folded
        if text == start:
            return explained
