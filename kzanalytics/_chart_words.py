"""What charts call things, and the colours they give them: stances, intervals, groups, frames."""

from __future__ import annotations

import csv
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._rtl import isolate

if TYPE_CHECKING:
    from .codebooks import Codebook

__all__ = [
    "HATCHES",
    "PALETTE",
    "STANCES",
    "Look",
    "across_groups",
    "frame_looks",
    "group_columns",
    "group_keys",
    "group_name",
    "interval_note",
    "speaker_name",
    "wrapped",
]

# Okabe and Ito (2008), Color universal design: told apart by readers with any colour vision; without the yellow,
# which does not show on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C8C8C")
MARKERS = "osD^vPX*"
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo", "--")

UNKNOWN_AR, UNKNOWN_EN = "غير معروف", "unknown"

STANCES = {  # from taking the frame up to turning it down
    "asserts": ("يتبنّاه بصوته", "asserts it in its own voice", "#08519c", ""),
    "reports": ("ينقله عن غيره", "reports others using it", "#6baed6", ""),
    "reports_denial": ("ينقل نفي غيره له", "reports others denying it", "#fdd0a2", ".."),
    "distances": ("ينأى عنه", "keeps its distance", "#fd8d3c", "//"),
    "rejects": ("ينفيه بصوته", "rejects it in its own voice", "#a63603", "xx"),
}

INTERVALS = (  # how a kind of interval begins, and what a chart says of it
    (("over articles: studentised", "studentised"), "95% بين المقالات (جاكنايف)", "95% over articles (jackknife)"),
    (("over articles: bootstrap", "bootstrap"), "95% بين المقالات (بوتستراب)", "95% over articles (bootstrap)"),
    (("within",), "95% داخل المقال الواحد فقط", "95% within the one article only"),
    (("none: no mention", "nothing"), "بلا مجال حيث لا إشارات", "none where there are no mentions"),
    (("none: no words", "no size"), "بلا مجال حيث لا كلمات", "none where there are no words"),
    (("none: every", "no variance"), "بلا مجال حيث لا تباين", "none where nothing varies"),
    (("none: all mentions",), "بلا مجال حيث الإشارات في موضع واحد", "none where all mentions stand in one place"),
    (
        ("none: 1 article of fewer",),
        "بلا مجال لمقال أقصر من اثنتي عشرة جملة",
        "none for one article under twelve sentences",
    ),
    (("none:", "few units"), "بلا مجال لأقل من ثلاثة مقالات", "none for fewer than three articles"),
    (("all",), "بلا مجال حيث الحصة كاملة", "none where the share is all"),
)


@dataclass(frozen=True)
class Look:
    """How one frame is named and drawn."""

    ar: str
    en: str
    colour: str
    marker: str
    hatch: str

    def name(self, language: str) -> str:
        return self.ar if language == "ar" else self.en


def group_columns(table: pd.DataFrame, before: str) -> list[str]:
    """The columns a table is grouped by: those that stand before `before`."""
    return list(table.columns[: list(table.columns).index(before)])


def group_name(value: object, language: str) -> str:
    """One group (a text, a date, or several of them) as a label in logical order."""
    if isinstance(value, tuple):
        return " · ".join(isolate(group_name(part, language)) for part in value)
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return UNKNOWN_AR if language == "ar" else UNKNOWN_EN
    text = str(value)
    return text.replace(UNKNOWN_AR, UNKNOWN_EN, 1) if language == "en" and text.startswith(UNKNOWN_AR) else text


def group_keys(table: pd.DataFrame, columns: list[str]) -> pd.Series:
    """One hashable value per row: the group itself, or a tuple of several."""
    if not columns:
        return pd.Series([("",)] * len(table), index=table.index).str[0]
    if len(columns) == 1:
        return table[columns[0]].astype(object)
    return pd.Series(list(zip(*(table[c] for c in columns), strict=True)), index=table.index, dtype=object)


_GROUPS = {  # what a grouping column is called after "across"
    "outlet": ("بين المنابر", "across outlets"),
    "date": ("عبر الزمن", "over time"),
    "article_id": ("بين المقالات", "across articles"),
    "speaker": ("بين المتحدثين", "across speakers"),
}


def across_groups(columns: Sequence[str]) -> tuple[str, str]:
    """The end of a title: between what the chart compares."""
    said = [_GROUPS.get(name, (f"حسب {isolate(name)}", f"by {name}")) for name in columns]
    if not said:
        return ("في المدونة كلها", "in the whole corpus")
    return (" و".join(arabic for arabic, _ in said), " and ".join(english for _, english in said))


def frame_looks(ids: Iterable[object], codebook: Codebook | None) -> dict[str, Look]:
    """Name, colour, marker and hatch of each frame: the codebook's, else those of a shipped codebook with that frame.

    Frames nobody describes are called by their id and coloured from a palette for all kinds of colour vision.
    """
    wanted = list(dict.fromkeys(map(str, ids)))
    known = {frame.id: frame for frame in codebook.frames} if codebook is not None else _shipped_frames(wanted)
    looks: dict[str, Look] = {}
    for place, frame_id in enumerate(wanted):
        frame = known.get(frame_id)
        plain = frame_id.replace("_", " ")
        arabic, english = getattr(frame, "label_ar", "") or plain, getattr(frame, "label_en", "") or plain
        colour = getattr(frame, "colour", "") or PALETTE[place % len(PALETTE)]
        looks[frame_id] = Look(arabic, english, colour, MARKERS[place % len(MARKERS)], HATCHES[place % len(HATCHES)])
    return looks


def _shipped_frames(ids: list[str]) -> dict[str, Any]:
    """Without a codebook, the shipped one names its own frames, so that a quick look is readable."""
    from .codebooks import load_codebook

    frames = {frame.id: frame for frame in load_codebook("kazakhstan-2022").frames}
    return frames if set(ids) <= set(frames) else {}


def interval_note(table: pd.DataFrame) -> tuple[str, str]:
    """The kinds of interval in a table, in both languages."""
    kinds = [str(kind) for kind in pd.unique(table["interval"])] if "interval" in table else []
    said: dict[str, str] = {}
    for kind in filter(None, kinds):
        for beginnings, arabic, english in INTERVALS:
            if kind.startswith(beginnings):
                said[arabic] = english
                break
        else:
            said[isolate(kind)] = kind
    if not said:
        return ("المجال: غير محسوب.", "Interval: not computed.")
    return (f"المجال: {'؛ '.join(said)}.", f"Interval: {'; '.join(said.values())}.")


@lru_cache(maxsize=1)
def _arabic_speakers() -> dict[str, str]:
    """Canonical speakers as Arabic calls them: the first spelling in the data of attribution."""
    folder = resources.files("kzanalytics") / "data" / "actors"

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    names = {row["actor"]: row["aliases"].split("|")[0] for row in rows("actors.csv")}
    for country in rows("countries.csv"):
        names.setdefault(country["country"], country["names"].split("|")[0])
        adjective = country["adjectives_ar"].split("|")[0]
        for body in rows("institutions.csv"):
            pattern = body["patterns"].split("|")[0]
            if adjective and "{f}" in pattern:
                arabic = pattern.replace("{f}", f"ال{adjective}ة")
                names.setdefault(f"{country['adjective']} {body['suffix']}", arabic)
    return names


def speaker_name(speaker: str, language: str) -> str:
    """A speaker of the tables (several are joined by a semicolon; none is nobody named) in a chart's language."""
    if not speaker.strip():
        return "بلا متحدث مسمّى" if language == "ar" else "no speaker named"
    parts = [part.strip() for part in speaker.split(";")]
    if language == "ar":
        return "، ".join(_arabic_speakers().get(part, part) for part in parts)
    return ", ".join(parts)


def wrapped(label: str, width: int = 26) -> str:
    """A long name on two or more lines."""
    return label if len(label) <= width else "\n".join(textwrap.wrap(label, width))
