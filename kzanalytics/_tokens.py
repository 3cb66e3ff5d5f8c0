"""Cut text into tokens and sentences, with offsets into the raw text.

Every rule looks at one run of characters between white space at most, so that ``_columns`` can cut a whole corpus at
once and ask these rules only about the few runs that need them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kzanalytics._chars import ARABIC_LETTERS, CONTROLS, MARKS, PHRASE_LIGATURES, TATWEEL, combining_class
from kzanalytics._lemmas import lemmatize
from kzanalytics._normalize import normalize

__all__ = ["PROCLITICS", "Token", "find_tokens", "split_sentences", "tokenize"]

# What can stand before a quotation mark or a number and belongs to what follows: و«قال»، بـ«الثورات»، الـ6، لـ20.
PROCLITICS = frozenset("و ف ب ل ك س ال وال فال بال كال لل وب ول وك فب فل وبال ولل وكال فبال فلل".split())

_DOMAINS = (
    "com|net|org|info|edu|gov|mil|int|tv|co|io|me|news|ru|kz|sa|ae|eg|uk|fr|de|qa|ly|iq|jo|lb|sy|ma|dz|tn|cn|us|ir|tr"
)


class Token(NamedTuple):
    """One token of a text.

    Attributes
    ----------
    text : str
        The raw characters, ``text[start:end]``.
    norm : str
        The same, folded by `normalize`.
    lemma : str
        The dictionary form; `norm` for what is not an Arabic word.
    start, end : int
        Offsets in code points into the raw text.
    kind : str
        ``word`` (Arabic, also hyphenated or an abbreviation), ``latin`` (a word in any other script), ``number``,
        ``punct``, ``clitic`` (a proclitic cut off by tatweel, a quotation mark or a number) or ``address`` (URL,
        e-mail, handle).
    """

    text: str
    norm: str
    lemma: str
    start: int
    end: int
    kind: str


@cache
def _pattern() -> re.Pattern[str]:
    marks = f"{MARKS}{TATWEEL}{CONTROLS}{combining_class()}"
    forms = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdf9\ufe70-\ufefc"
    arabic = f"{ARABIC_LETTERS}{forms}"
    extend = f"[{arabic}{marks}]"
    one = f"[{arabic}][{marks}]*"
    other = f"(?:(?![{arabic}{PHRASE_LIGATURES}{marks}])[^\\W\\d_])"
    more = f"(?:(?![{arabic}{PHRASE_LIGATURES}])[^\\W_]|[{marks}])"
    one_other = f"{other}[{marks}]*"
    return re.compile(
        rf"""
        (?P<address>
            (?:https?://|ftp://|www\.)[^\s<>"«»“”،؛]*[^\s<>"«»“”،؛.,;:!?؟)\]}}'’]
          | [A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{{2,}}
          | @[A-Za-z0-9_]+
          | (?<![A-Za-z0-9])(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+(?:{_DOMAINS})(?![A-Za-z0-9])(?:/[^\s<>"«»“”،؛)\]]*)?
        )
      | (?P<number> \d+(?:[.,٫٬:/-]\d+)*[%٪]? )
      | (?P<phrase> [{PHRASE_LIGATURES}] )
      | (?P<word>
            (?:{one}\.)+(?:{one}(?!{extend}))?(?<![{CONTROLS}])
          | [{arabic}]{extend}*(?:[-‐‑](?!ال|أل)[{arabic}]{extend}*)*
        )
      | (?P<latin>
            (?:{one_other}\.)+(?:{one_other}(?!{more}))?(?<![{CONTROLS}])
          | {other}{more}*(?:['’‐‑-](?![{marks}]){more}+)*
        )
      | (?P<punct> \.{{2,}} | [^\s{CONTROLS}] )
        """,
        re.VERBOSE,
    )


@cache
def _cut_off() -> re.Pattern[str]:
    # The proclitic belongs to what follows: an opening mark, a digit or a word of another script, straight after it.
    return re.compile(rf"[{CONTROLS}{TATWEEL}]*(?:[«“”„\"'‘’‹(\[{{]|\d|(?![{ARABIC_LETTERS}])[^\W\d_])")


_QUOTES = frozenset("«“”„\"'‘’‹»›")
_CONTROL_CHARS = re.compile(f"[{CONTROLS}]*$")


@lru_cache(maxsize=1 << 15)
def _is_proclitic(word: str) -> bool:
    return normalize(word) in PROCLITICS


def find_tokens(text: str) -> list[tuple[int, int, str]]:
    """Offsets and kinds of the tokens of a text; the slow and exact reference for ``_columns.split_words``."""
    cut_off = _cut_off()
    found = []
    for match in _pattern().finditer(text):
        start, end = match.span()
        kind = match.lastgroup or "punct"
        if kind == "phrase":
            kind = "word"
        elif kind in ("word", "latin"):
            end -= len(_CONTROL_CHARS.search(text, start, end)[0])  # type: ignore[index]
            if kind == "word" and end - start < 12 and _is_proclitic(text[start:end]):
                quoted = start > 0 and text[start - 1] in _QUOTES
                if text[end - 1] == TATWEEL or (not quoted and cut_off.match(text, end)):
                    kind = "clitic"
        found.append((start, end, kind))
    return found


def tokenize(text: str) -> list[Token]:
    """Cut a text into tokens that know where they stand in it.

    Words keep their marks, hyphenated names and abbreviations stay whole, quotation marks and other punctuation are
    tokens of their own.

    Parameters
    ----------
    text : str
        Raw text: offsets count its code points.

    Returns
    -------
    list of Token
        In order, without white space and without invisible characters outside words.

    See Also
    --------
    tokenize_articles : the same for a table of articles, much faster.

    Examples
    --------
    >>> [token.text for token in tokenize("بـ«الثورات الملوّنة»")]
    ['بـ', '«', 'الثورات', 'الملوّنة', '»']
    >>> [(token.text, token.kind) for token in tokenize("الـ6 د. أحمد 1.8")]
    [('الـ', 'clitic'), ('6', 'number'), ('د.', 'word'), ('أحمد', 'word'), ('1.8', 'number')]
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}; decode bytes or fill missing values first")
    tokens = []
    for start, end, kind in find_tokens(text):
        raw = text[start:end]
        norm = normalize(raw)
        tokens.append(Token(raw, norm, lemmatize(raw) if kind == "word" else norm, start, end, kind))
    return tokens


_OPENING = "«“„([{"
_CLOSING = "»”)]}"
# Two or more ends, an ellipsis; a lone full stop only where it does not belong to a number or an abbreviation.
_ENDS = re.compile(r"[.!?؟۔…]+|[\n\r\u2028\u2029]+")
_ABBREVIATIONS = frozenset("د أ م ا ص ج ق ت ع ب س ك ن ر ف ح هـ Mr Dr Mrs St".split())
_BEFORE = re.compile(rf"([{ARABIC_LETTERS}{MARKS}{TATWEEL}A-Za-z]+)$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    A sentence ends at a full stop, question or exclamation mark, an ellipsis or a line break. It does not end inside a
    number (1.8), an abbreviation (د. أحمد، أ.ف.ب) or a quotation that goes on in the same line; closing quotation
    marks and brackets belong to the sentence before them.

    Parameters
    ----------
    text : str
        Raw text.

    Returns
    -------
    list of tuple of int
        ``(start, end)`` offsets in code points, in order and without overlap, white space trimmed.

    Examples
    --------
    >>> text = "وصل د. أحمد أمس. قال: «لن نسمح. هذا مستحيل». وانتهى"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['وصل د. أحمد أمس.', 'قال: «لن نسمح. هذا مستحيل».', 'وانتهى']
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}; decode bytes or fill missing values first")
    bounds = []
    start = 0
    for match in _ENDS.finditer(text):
        end = match.end()
        if match[0][0] in "\n\r\u2028\u2029":
            bounds.append((start, match.start()))
            start = end
            continue
        closed = end
        while closed < len(text) and text[closed] in "»”)]\"'’":
            closed += 1
        # Two or three dots after a word or two are a pause: «من جهته.. قال».
        pause = match[0][:2] in ("..", "…") and len(text[start : match.start()].split(None, 3)) < 4
        if pause or not _is_end(text, match.start(), end, closed) or _inside_quotation(text, start, closed):
            continue
        bounds.append((start, closed))
        start = closed
    bounds.append((start, len(text)))
    sentences = []
    for first, last in bounds:
        part = text[first:last]
        first += len(part) - len(part.lstrip())
        last -= len(part) - len(part.rstrip())
        if first < last:
            sentences.append((first, last))
    return sentences


def _is_end(text: str, start: int, end: int, closed: int) -> bool:
    if text[start:end] != ".":
        # A joined "..قال" still ends; two dots before a lower case letter are an ellipsis all the same.
        return True
    following = text[closed : closed + 1]
    if following and not following.isspace():
        # No space after the stop: the next sentence glued on (الأمن.وأضاف), unless it joins digits, initials, Latin.
        before = _BEFORE.search(text, max(0, start - 20), start)
        joins = not before or len(normalize(before[1])) < 3 or before[1].isascii()
        return not joins and following.isalpha()
    before = _BEFORE.search(text, max(0, start - 20), start)
    if before is None:
        return True
    word = before[1]
    ahead = text[closed:].lstrip(" \t\u00a0")[:1] if len(word) < 4 else ""
    # م. and هـ. after a year end the sentence as often as not: the year decides.
    year = text[max(0, before.start() - 2) : before.start()].strip()[-1:].isdigit()
    return not (word in _ABBREVIATIONS and ahead.isalpha() and not year)


def _inside_quotation(text: str, start: int, end: int) -> bool:
    """Whether a quotation opened in this sentence closes later in the same line, not too far on."""
    opened = text.rfind("«", start, end)
    if opened >= 0 and text.find("»", opened, end) < 0:
        close, again = text.find("»", end, end + 400), text.find("«", end, end + 400)
        return close >= 0 and (again < 0 or close < again) and "\n" not in text[end:close]
    return False
