"""Frame codebooks: load one, check it, list its forms.

A codebook is a YAML file (see ``kzanalytics/data/codebooks/kazakhstan-2022.yaml`` for a full one), or a CSV file with the
columns ``frame,term``. How a term is written stands in the notes of :func:`load_codebook`.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ._codebook_files import Codebook, Frame, Term, decode, read_csv, read_yaml
from ._columns import Words, split_words
from ._forms import Pattern, parse_term
from ._match import Matcher

__all__ = [
    "Codebook",
    "CompiledFrames",
    "Frame",
    "Term",
    "check_codebook",
    "compile_frames",
    "list_codebooks",
    "list_forms",
    "load_codebook",
]

_MAX_BYTES = 2_000_000


def list_codebooks() -> list[str]:
    """Ids of the codebooks that come with the library.

    Examples
    --------
    >>> list_codebooks()
    ['kazakhstan-2022']
    """
    folder = resources.files("kzanalytics") / "data" / "codebooks"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def load_codebook(name: str | Path) -> Codebook:
    """Load a codebook by its id, or from a file of your own.

    Parameters
    ----------
    name : str or Path
        The id of a codebook that comes with the library (see :func:`list_codebooks`), or the path of a ``.yaml``/``.yml``
        file, or of a ``.csv`` file with the columns ``frame,term`` (and, if you like, ``note``).

    Returns
    -------
    Codebook
        Frozen and hashable. Nothing is searched yet.

    Raises
    ------
    FileNotFoundError
        If there is no such codebook and no such file.
    ValueError
        If the file cannot be read as a codebook; the message names the place.

    See Also
    --------
    check_codebook : what is valid but probably not meant.
    list_forms : what a term stands for.

    Notes
    -----
    A term is one or more words, each standing for all its inflections:

    =================  ===========================================================================================
    ``إرهاب``          the word with proclitics (و ف ب ك ل), article, accusative, dual, plural, nisba, enclitics
    ``سعر|أسعار``      either word; irregular plurals are spelled out like this
    ``ثورة ملون``      a phrase: articles, clitics, quotation marks and tatweel on and between its words may differ
    ``رفع .. وقود``    at most three other words in between, within a sentence; ``..5`` allows five
    ``=الوقود``        exactly this word: no clitic, no inflection (marks, tatweel and letter variants may differ)
    =================  ===========================================================================================

    Write a word as a dictionary does: a noun in the singular, a participle or adjective in the masculine singular. A
    word in ``ي`` or beginning with ``م`` also gets feminine and sound plural forms; for other adjectives and for broken
    plurals give both (``نائم|نائمة``, ``خلية|خلايا``). A term never matches inside a different word.

    Examples
    --------
    >>> codebook = load_codebook("kazakhstan-2022")
    >>> [frame.id for frame in codebook][:3]
    ['terrorism', 'colour_revolution', 'fuel_prices']
    >>> codebook["fuel_prices"].label_ar
    'أسعار الوقود'
    """
    if not isinstance(name, str | Path):
        raise TypeError(f"a codebook is named by its id or path, not by {type(name).__name__}; pass a string.")
    if str(name) in list_codebooks():
        return _load_own(str(name))
    path = Path(name)
    if not path.is_file():
        known = ", ".join(list_codebooks())
        raise FileNotFoundError(
            f"no codebook {str(name)!r}: it is neither a file nor one that comes with kzanalytics ({known}); check the path."
        )
    if path.suffix.lower() not in (".yaml", ".yml", ".csv"):
        raise ValueError(f"codebook {path.name!r}: expected a .yaml, .yml or .csv file; save it as one of these.")
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError(
            f"codebook {path.name!r} is larger than {_MAX_BYTES // 1_000_000} MB; is it really a codebook?"
        )
    text = decode(path.read_bytes(), path.name)
    return read_csv(text, path) if path.suffix.lower() == ".csv" else read_yaml(text, path.name)


@cache
def _load_own(name: str) -> Codebook:
    data = (resources.files("kzanalytics") / "data" / "codebooks" / f"{name}.yaml").read_bytes()
    return read_yaml(decode(data, name), name)


def list_forms(term: str) -> list[list[str]]:
    """Every form, normalised, that each word of a term stands for.

    Parameters
    ----------
    term : str
        A term as a codebook holds it.

    Returns
    -------
    list of list of str
        One sorted list for each word of the term.

    Examples
    --------
    >>> [forms[:2] for forms in list_forms("=أسعار =الوقود")]
    [['اسعار'], ['الوقود']]
    """
    return [sorted(slot.forms) for slot in parse_term(term).slots]


class CompiledFrames(NamedTuple):
    """Frames ready for matching: of each pattern its frame's number (``-1 - number`` if it excludes) and its term."""

    matcher: Matcher
    frame: np.ndarray
    terms: tuple[str, ...]


@lru_cache(maxsize=32)
def compile_frames(frames: tuple[Frame, ...]) -> CompiledFrames:
    """Compile the terms and exclusions of frames; the last few are remembered."""
    patterns, numbers, terms = [], [], []
    for number, frame in enumerate(frames):
        for sign, some in ((1, frame.terms), (-1, frame.exclude)):
            for term in some:
                patterns.append(parse_term(term.term))
                numbers.append(number if sign > 0 else -1 - number)
                terms.append(term.term)
    # Exclusions are groups of their own: they never compete with the terms they exclude.
    groups = [n if n >= 0 else len(frames) - 1 - n for n in numbers]
    return CompiledFrames(Matcher(patterns, groups), np.array(numbers, dtype=np.int64), tuple(terms))


class FrameMatches(NamedTuple):
    """Mentions as columns: row of the text, place in it, number of the frame, number of the pattern."""

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    frame: np.ndarray
    pattern: np.ndarray


def match_frames(frames: tuple[Frame, ...], words: Words, texts: Sequence[str]) -> FrameMatches:
    """All mentions of frames, without those that overlap an exclusion of their frame.

    Returns
    -------
    FrameMatches
        ``text`` (row), ``start``, ``end``, ``frame`` (number) and ``pattern`` (index into the compiled terms), in order.
    """
    matcher, numbers, _ = compile_frames(frames)
    found = matcher.find(words, texts)
    frame = numbers[found.pattern]
    row, start, end = found.text, words.offsets_at(found.first)[0], words.offsets_at(found.last)[1]
    keep = frame >= 0
    for number in np.unique(-1 - frame[frame < 0]):
        by, at = frame == -1 - number, np.flatnonzero(frame == number)
        keep[at] = ~overlapping(row[at], start[at], end[at], row[by], start[by], end[by])
    return FrameMatches(row[keep], start[keep], end[keep], frame[keep], found.pattern[keep])


def overlapping(
    row: np.ndarray, start: np.ndarray, end: np.ndarray, in_row: np.ndarray, first: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Which spans overlap one of some other spans, which are in order and free of overlap."""
    if not len(in_row) or not len(row):
        return np.zeros(len(row), dtype=bool)
    width = int(max(end.max(), last.max())) + 1
    nearest = np.searchsorted(in_row * width + last, row * width + start, side="right")
    inside = nearest < len(in_row)
    nearest = np.minimum(nearest, len(in_row) - 1)
    return inside & (in_row[nearest] == row) & (first[nearest] < end)


def check_codebook(codebook: Codebook) -> pd.DataFrame:
    """Report what is valid in a codebook but probably not meant.

    Parameters
    ----------
    codebook : Codebook

    Returns
    -------
    DataFrame
        One row per problem, empty if there is none: ``problem, frame, term, other, message``. The problems:

        - ``duplicate``: two terms of a frame that stand for the same forms;
        - ``shadowed``: every form of a term is found by an earlier term of the frame;
        - ``unreachable``: the term cannot be found in running text, for instance because an exclusion covers it;
        - ``overlapping``: a term of another frame finds the same words, which then count for both frames;
        - ``missed_example``: a positive example (``other``) without a mention of its frame;
        - ``wrong_example``: a negative example with one, of ``term``;
        - ``no_examples``, ``no_definition``: what a second coder would need.

    Examples
    --------
    >>> check_codebook(load_codebook("kazakhstan-2022")).empty
    True
    """
    rows: list[tuple[str, str, str, str, str]] = []
    for frame in codebook.frames:
        rows += _compare_terms(frame)
        rows += _unreachable(
            frame, {row[2] for row in rows if row[1] == frame.id and row[0] in ("duplicate", "shadowed")}
        )
        rows += _check_examples(frame)
        if not frame.definition:
            rows.append(
                ("no_definition", frame.id, "", "", f"{frame.id}: no definition; say what counts and what does not.")
            )
        if not frame.positive or not frame.negative:
            message = f"{frame.id}: give at least one positive and one negative example."
            rows.append(("no_examples", frame.id, "", "", message))
    rows += _overlapping_terms(codebook)
    return pd.DataFrame(rows, columns=["problem", "frame", "term", "other", "message"], dtype="str")


def _within(inner: Pattern, outer: Pattern) -> bool:
    """Whether everything that one pattern finds is found by another."""
    return len(inner.slots) == len(outer.slots) and all(
        a.forms <= b.forms and a.gap <= b.gap for a, b in zip(inner.slots, outer.slots, strict=True)
    )


def _compare_terms(frame: Frame) -> list[tuple[str, str, str, str, str]]:
    rows = []
    patterns = [parse_term(term.term) for term in frame.terms]
    for i, inner in enumerate(patterns):
        # Of two terms that find the same words the earlier is reported, so a narrow term before a wide one is no mistake.
        for outer in patterns[:i]:
            if _within(inner, outer):
                problem = "duplicate" if _within(outer, inner) else "shadowed"
                message = f"{frame.id}: {outer.term!r} finds everything that {inner.term!r} finds; remove the latter."
                rows.append((problem, frame.id, inner.term, outer.term, message))
                break
    return rows


def _unreachable(frame: Frame, known: set[str]) -> list[tuple[str, str, str, str, str]]:
    """Write each term down as it stands and look whether it is found."""
    terms = [term.term for term in frame.terms if term.term not in known]
    samples, owner = [], []
    for term in terms:
        # Also with gaps filled by a word that is in no Arabic codebook: the nearest reading may be another term's.
        for filler in ("", "x "):
            words = [
                [filler * int(part[2:] or 1)] if part.startswith("..") else part.replace("=", "").split("|")
                for part in term.split()
            ]
            for choice in range(max(map(len, words))):
                samples.append(" ".join(word[min(choice, len(word) - 1)] for word in words))
                owner.append(term)
    found = match_frames((frame,), split_words(samples), samples)
    names = compile_frames((frame,)).terms
    reached = {
        owner[row] for row, p in zip(found.text.tolist(), found.pattern.tolist(), strict=True) if names[p] == owner[row]
    }
    return [
        (
            "unreachable",
            frame.id,
            term,
            "",
            f"{frame.id}: {term!r} is never found; an exclusion or another term covers it.",
        )
        for term in terms
        if term not in reached
    ]


def _check_examples(frame: Frame) -> list[tuple[str, str, str, str, str]]:
    rows = []
    examples = [*frame.positive, *frame.negative]
    found = match_frames((frame,), split_words(examples), examples)
    terms = compile_frames((frame,)).terms
    hit = {row: terms[pattern] for row, pattern in zip(found.text.tolist(), found.pattern.tolist(), strict=True)}
    for row, example in enumerate(examples):
        if row < len(frame.positive) and row not in hit:
            message = f"{frame.id}: no term finds the positive example {example!r}; add one or drop the example."
            rows.append(("missed_example", frame.id, "", example, message))
        elif row >= len(frame.positive) and row in hit:
            message = f"{frame.id}: {hit[row]!r} finds the negative example {example!r}; narrow it or add an exclusion."
            rows.append(("wrong_example", frame.id, hit[row], example, message))
    return rows


def _overlapping_terms(codebook: Codebook) -> list[tuple[str, str, str, str, str]]:
    rows = []
    parsed = [(frame.id, parse_term(term.term)) for frame in codebook.frames for term in frame.terms]
    for i, (frame, pattern) in enumerate(parsed):
        for other_frame, other in parsed[:i]:
            if frame == other_frame or len(pattern.slots) != len(other.slots):
                continue
            if all(a.forms & b.forms for a, b in zip(pattern.slots, other.slots, strict=True)):
                message = f"{frame}: {pattern.term!r} finds words that {other.term!r} of {other_frame} finds, too."
                rows.append(("overlapping", frame, pattern.term, f"{other_frame}: {other.term}", message))
    return rows
