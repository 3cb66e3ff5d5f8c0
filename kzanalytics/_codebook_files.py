"""The codebook as it stands in a file: what it holds, how it is read, what is refused."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from ._forms import parse_term

__all__ = ["Codebook", "Frame", "Term", "decode", "read_csv", "read_yaml"]

# Paul Tol's "muted" scheme (https://personal.sron.nl/~pault/), told apart by colour-blind readers; a frame without a
# colour of its own gets the next.
_COLOURS = (
    "#882255",
    "#44AA99",
    "#DDCC77",
    "#332288",
    "#CC6677",
    "#117733",
    "#88CCEE",
    "#AA4499",
    "#999933",
    "#777777",
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Term:
    """One term of a frame, and why it belongs there."""

    term: str
    note: str = ""

    def __str__(self) -> str:
        return self.term


@dataclass(frozen=True)
class Frame:
    """One frame of a codebook.

    Attributes
    ----------
    id, label_ar, label_en, definition : str
    colour : str
        ``#RRGGBB``, used by every chart.
    positive, negative : tuple of str
        Sentences that hold, and that do not hold, a mention of the frame.
    terms : tuple of Term
        What is searched.
    exclude : tuple of Term
        A mention that overlaps one of these is not counted.
    """

    id: str
    label_ar: str
    label_en: str
    definition: str
    colour: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    terms: tuple[Term, ...]
    exclude: tuple[Term, ...]


@dataclass(frozen=True)
class Codebook:
    """A set of frames, in order. ``codebook["terrorism"]`` is one frame.

    Attributes
    ----------
    id, version, language, title, licence, description : str
    authors : tuple of str
    default : tuple of str
        Ids of the frames that stand in the foreground (all, unless the file says otherwise).
    frames : tuple of Frame
    """

    id: str
    version: str
    language: str
    title: str
    authors: tuple[str, ...]
    licence: str
    description: str
    default: tuple[str, ...]
    frames: tuple[Frame, ...]

    def __getitem__(self, frame: str) -> Frame:
        for candidate in self.frames:
            if candidate.id == frame:
                return candidate
        known = ", ".join(f.id for f in self.frames)
        raise KeyError(f"codebook {self.id!r} has no frame {frame!r}; its frames are: {known}.")

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def to_table(self) -> pd.DataFrame:
        """The terms as a table: ``frame, label_ar, label_en, term, note, excluded``, one row per term."""
        rows = [
            (frame.id, frame.label_ar, frame.label_en, term.term, term.note, excluded)
            for frame in self.frames
            for excluded, terms in ((False, frame.terms), (True, frame.exclude))
            for term in terms
        ]
        return pd.DataFrame(rows, columns=["frame", "label_ar", "label_en", "term", "note", "excluded"])


def decode(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"codebook {source!r} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None


def read_csv(text: str, path: Path) -> Codebook:
    source = path.name
    sample = text.splitlines()[0] if text.strip() else ""
    # Spreadsheets in many countries write ';' or a tab.
    delimiter = max(",;\t", key=sample.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    columns = [c.strip() for c in sample.split(delimiter)]
    for needed in ("frame", "term"):
        if needed not in columns:
            raise ValueError(f"codebook {source!r} has no column {needed!r}; its first line must be 'frame,term'.")
    frames: dict[str, list[Any]] = {}
    for number, row in enumerate(rows, start=2):
        cells = {(k or "").strip(): v.strip() if isinstance(v, str) else "" for k, v in row.items()}
        if not any(cells.values()):
            continue
        if not cells["frame"] or not cells["term"]:
            raise ValueError(f"codebook {source!r}, line {number}: both frame and term must be filled in.")
        frames.setdefault(cells["frame"], []).append({"term": cells["term"], "note": cells.get("note", "")})
    return _build({"frames": [{"id": f, "terms": t} for f, t in frames.items()], "id": path.stem}, source)


def read_yaml(text: str, source: str) -> Codebook:
    import yaml

    try:
        content = _plain(yaml.compose(text, Loader=yaml.SafeLoader), source, set())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "a character that YAML does not allow"
        raise ValueError(f"codebook {source!r}{where} is not valid YAML: {problem}; correct that line.") from None
    except RecursionError:
        raise ValueError(
            f"codebook {source!r} is nested too deeply; a codebook has frames, and frames have terms."
        ) from None
    return _build(content, source)


def _plain(node: Any, source: str, seen: set[int]) -> Any:
    """Texts, lists and mappings of a YAML node; every scalar is text, so that no, 1.0 and dates stay as written."""
    import yaml

    if node is None:
        return None
    line = node.start_mark.line + 1
    if id(node) in seen:
        # An alias lets a small file stand for an endless one, and no codebook needs it.
        raise ValueError(f"codebook {source!r}, line {line}: YAML aliases are not allowed; write out what they repeat.")
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, source, seen) for item in node.value]
    content: dict[Any, Any] = {}
    for key, value in node.value:
        name = _plain(key, source, seen)
        if not isinstance(name, str):
            raise ValueError(f"codebook {source!r}, line {line}: a name must be plain text; write 'name: value'.")
        if name in content:  # YAML itself would keep the last of the two, and lose a whole list of terms
            where = key.start_mark.line + 1
            raise ValueError(f"codebook {source!r}, line {where}: {name!r} stands twice; merge the two.")
        content[name] = _plain(value, source, seen)
    return content


_TOP = {f.name for f in fields(Codebook)}
_FRAME = {"id", "label_ar", "label_en", "definition", "colour", "examples", "terms", "exclude"}


def _build(content: Any, source: str) -> Codebook:
    content = _mapping(content, f"codebook {source!r}", _TOP)
    frames = content.get("frames")
    if not isinstance(frames, list) or not frames:
        raise ValueError(f"codebook {source!r} has no frames; give it a list 'frames' with at least one frame.")
    built = tuple(_frame(f, i, source) for i, f in enumerate(frames))
    ids = [f.id for f in built]
    for frame in ids:
        if ids.count(frame) > 1:
            raise ValueError(f"codebook {source!r}: two frames are called {frame!r}; give each its own id.")
    default = _texts(content.get("default", ids), f"codebook {source!r}: default")
    for frame in default:
        if frame not in ids:
            raise ValueError(
                f"codebook {source!r}: default names {frame!r}, which is no frame; the frames: {', '.join(ids)}."
            )
    text = {k: _text(content.get(k, ""), f"codebook {source!r}: {k}") for k in _TOP - {"frames", "default", "authors"}}
    return Codebook(
        id=text["id"] or Path(source).stem,
        version=text["version"],
        language=text["language"] or "ar",
        title=text["title"],
        authors=_texts(content.get("authors", []), f"codebook {source!r}: authors"),
        licence=text["licence"],
        description=text["description"],
        default=default,
        frames=built,
    )


def _frame(content: Any, number: int, source: str) -> Frame:
    where = f"codebook {source!r}, frame {number + 1}"
    content = _mapping(content, where, _FRAME)
    frame = _text(content.get("id", ""), f"{where}: id")
    # The id names a column value, a file, a colour: Arabic ids are fine, spaces are not.
    if not frame or any(c.isspace() or c in ",;/\\" for c in frame):
        raise ValueError(
            f"{where}: its id is {frame!r}; give it a short id without spaces, for instance 'fuel_prices'."
        )
    where = f"codebook {source!r}, frame {frame!r}"
    colour = _text(content.get("colour", ""), f"{where}: colour") or _COLOURS[number % len(_COLOURS)]
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{where}: colour is {colour!r}; write it in quotes as '#RRGGBB'.")
    examples = _mapping(content.get("examples", {}), f"{where}: examples", {"positive", "negative"})
    terms = _terms(content.get("terms", []), f"{where}: terms")
    if not terms:
        raise ValueError(f"{where} has no terms; give it a list 'terms' with at least one.")
    label_en = _text(content.get("label_en", ""), f"{where}: label_en") or frame.replace("_", " ")
    return Frame(
        id=frame,
        label_ar=_text(content.get("label_ar", ""), f"{where}: label_ar") or label_en,
        label_en=label_en,
        definition=_text(content.get("definition", ""), f"{where}: definition"),
        colour=colour,
        positive=_texts(examples.get("positive", []), f"{where}: positive examples"),
        negative=_texts(examples.get("negative", []), f"{where}: negative examples"),
        terms=terms,
        exclude=_terms(content.get("exclude", []), f"{where}: exclude"),
    )


def _terms(content: Any, where: str) -> tuple[Term, ...]:
    if not isinstance(content, list):
        raise ValueError(f"{where} must be a list; write each term on a line of its own after '- '.")
    terms = []
    for item in content:
        if isinstance(item, str):
            item = {"term": item}
        item = _mapping(item, f"{where}: {item!r}", {"term", "note"})
        term = Term(_text(item.get("term", ""), f"{where}: term"), _text(item.get("note", ""), f"{where}: note"))
        try:
            parse_term(term.term)
        except ValueError as error:
            raise ValueError(f"{where}: {error}") from None
        terms.append(term)
    return tuple(terms)


def _mapping(content: Any, where: str, allowed: set[str]) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ValueError(f"{where} must be a list of 'name: value' lines; allowed names: {', '.join(sorted(allowed))}.")
    for key in content:
        if key not in allowed:
            raise ValueError(f"{where}: unknown name {key!r}; allowed names: {', '.join(sorted(allowed))}.")
    return content


def _text(content: Any, where: str) -> str:
    if not isinstance(content, str):
        raise ValueError(f"{where} must be text, not {type(content).__name__}; put it in quotes on one line.")
    return content.strip()


def _texts(content: Any, where: str) -> tuple[str, ...]:
    if not isinstance(content, list):
        raise ValueError(f"{where} must be a list; write each item on a line of its own after '- '.")
    return tuple(_text(item, where) for item in content)
