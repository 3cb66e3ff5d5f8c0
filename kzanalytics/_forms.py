"""The term language of codebooks: what a term means, and every form a word of it may take in running text.

What users may write stands in the notes of :func:`kzanalytics.load_codebook`. Forms are *generated* from the dictionary
form and compared with whole words of the text, so a term never matches inside a different word: ثورة does not find ثور or
ثروة. Generating too many forms is harmless as long as none of them is another word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kzanalytics.arabic import lemmatize, normalize

__all__ = ["MAX_GAP", "Pattern", "Slot", "inflect", "parse_term"]

DEFAULT_GAP = 3
# A longer gap crosses clause borders more often than it bridges a phrase.
MAX_GAP = 10

_WORD = re.compile(r"=?[^\W\d_](?:[^\W\d_]|[\u064b-\u0655\u0670\u0640'-])*")
_GAP = re.compile(r"\.\.(\d*)")
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ك", "ل")
_ENCLITICS = ("ه", "ها", "هم", "هن", "هما", "ك", "كم", "كما", "نا")
_NISBA_FREE = ("ي", "يان", "يين", "يون", "ية", "يتان", "يتين", "يات")
_NISBA_BOUND = ("يا", "يو", "يي", "يتا", "يتي")
# Nisba of a shorter word is more often another word: غاز, but غازي is a name; دول, but دولي.
_MIN_NISBA = 4


@dataclass(frozen=True)
class Slot:
    """One word position of a term: the normalised forms that may stand there, and how far the next may be."""

    forms: frozenset[str]
    gap: int


@dataclass(frozen=True)
class Pattern:
    """A parsed term: its slots in reading order."""

    term: str
    slots: tuple[Slot, ...]


def _suffixed(word: str) -> tuple[list[str], list[str]]:
    """Forms of a dictionary form: those that can take the article, and those that cannot."""
    if word.endswith("ة"):
        stem = word[:-1]
        free = [word, stem + "تان", stem + "تين", stem + "ات"]
        bound = [stem + "تا", stem + "تي", stem + "اتي"]
        bound += [stem + t + e for t in ("ت", "ات") for e in _ENCLITICS]
    elif word.endswith("ي"):
        stem = word[:-1]
        free = [stem + s for s in _NISBA_FREE]
        if len(word) > _MIN_NISBA:
            free.append(stem + "ين")  # الإرهابين: a common misspelling of الإرهابيين
        bound = [stem + s for s in _NISBA_BOUND]
        bound += [stem + y + e for y in ("ي", "يو", "يي", "يت", "يات") for e in _ENCLITICS]
    elif word.endswith("ى"):
        stem = word[:-1]
        free = [word, stem + "يات"]
        bound = [stem + "ا" + e for e in _ENCLITICS]
    elif word.endswith("اء"):
        stem = word[:-1]
        free = [word, word + "ان", word + "ين", word + "ات"]
        bound = [stem + hamza + e for hamza in "ءؤئ" for e in _ENCLITICS]
    elif word.endswith("ا") or (word.endswith("ات") and len(word) > _MIN_NISBA):
        free = [word]
        bound = [word + e for e in _ENCLITICS]
    else:
        free = [word, word + "ان", word + "ين", word + "ات"]
        bound = [word + "ا"] + [word + s + e for s in ("", "ا", "ات") for e in _ENCLITICS]
        if len(word) >= _MIN_NISBA:
            free += [word + s for s in _NISBA_FREE]
            bound += [word + s for s in _NISBA_BOUND]
            if word.startswith("م"):  # participles: sound masculine plural and feminine
                free += [word + s for s in ("ون", "ة", "تان", "تين")]
                bound += [word + s for s in ("و", "ي", "تا", "تي")]
                bound += [word + s + e for s in ("و", "ي", "ت") for e in _ENCLITICS]
    return free, bound


def _prefixed(free: list[str], bound: list[str]) -> Iterator[str]:
    """Proclitics and article before normalised forms."""
    for conjunction in _CONJUNCTIONS:
        for preposition in _PREPOSITIONS:
            proclitics = conjunction + preposition
            for form in free:
                yield proclitics + form
                if preposition == "ل":  # ل + ال is written لل, and three in a row لل, too
                    yield proclitics + "ل" + (form[1:] if form.startswith("ل") else form)
                    if form.startswith("ال"):  # a name that is never without its article
                        yield proclitics + form[1:]
                else:
                    yield proclitics + "ال" + form
            for form in bound:
                yield proclitics + form


def _without_article(word: str) -> str:
    # The dictionary tells الوقود (article) from التزام (the word begins with these letters).
    if word.startswith("ال") and len(word) > 4 and not lemmatize(word).startswith("ال"):
        return word[2:]
    return word


@lru_cache(maxsize=4096)
def inflect(word: str) -> frozenset[str]:
    """Every form of a codebook word, normalised as :func:`kzanalytics.normalize` does.

    Parameters
    ----------
    word : str
        A dictionary form, or ``=`` and a form to be taken as it stands.

    Returns
    -------
    frozenset of str
        Between one form and about a thousand.

    Examples
    --------
    >>> forms = inflect("ثورة")
    >>> {"الثورات", "بثورتهم", "وللثوره"} <= forms, "ثور" in forms, "ثروه" in forms
    (True, False, False)
    >>> inflect("=الوقود")
    frozenset({'الوقود'})
    """
    if word.startswith("="):
        return frozenset([normalize(word[1:])])
    plain = re.sub("[\u064b-\u0655\u0670\u0640]", "", word)
    if not re.search("[\u0621-\u064a]", plain):
        return frozenset([normalize(word)])
    free, bound = _suffixed(_without_article(plain))
    # Folding letters before the proclitics are added is the same as after, and much less work.
    folded = [normalize(" ".join(forms)).split() for forms in (free, bound)]
    return frozenset(_prefixed(*folded))


@lru_cache(maxsize=4096)
def parse_term(term: str) -> Pattern:
    """Read a term of the term language (see the module's docstring).

    Parameters
    ----------
    term : str

    Returns
    -------
    Pattern

    Raises
    ------
    ValueError
        If the term is empty, begins or ends with a gap, or holds something that is not a word.

    Examples
    --------
    >>> [slot.gap for slot in parse_term("رفع .. أسعار وقود").slots]
    [3, 0, 0]
    """
    slots: list[Slot] = []
    gap_open = False
    for part in term.split():
        gap = _GAP.fullmatch(part)
        if gap:
            size = int(gap[1] or DEFAULT_GAP)
            if not slots or gap_open:
                raise ValueError(f"term {term!r}: a gap stands between two words; move or remove {part!r}.")
            if not 1 <= size <= MAX_GAP:
                raise ValueError(f"term {term!r}: a gap allows 1 to {MAX_GAP} words, not {size}; write '..{MAX_GAP}'.")
            slots[-1] = Slot(slots[-1].forms, size)
            gap_open = True
            continue
        forms: set[str] = set()
        for word in part.split("|"):
            if not _WORD.fullmatch(word):
                raise ValueError(
                    f"term {term!r}: {word!r} is not a word; write words, 'a|b' for alternatives, '..' for a gap "
                    "and '=word' for an exact form."
                )
            forms |= inflect(word)
        slots.append(Slot(frozenset(forms), 0))
        gap_open = False
    if not slots:
        raise ValueError("a term is empty; give it at least one word or remove it.")
    if gap_open:
        raise ValueError(f"term {term!r}: a gap stands between two words; remove the one at the end.")
    return Pattern(term, tuple(slots))
