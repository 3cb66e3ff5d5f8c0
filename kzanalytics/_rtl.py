"""What a string must look like for this renderer, and mirrored axes.

matplotlib 3.11 and later shape and order Arabic themselves; up to 3.10 the letters have to be joined and put
into visual order first. Doing that for a renderer that shapes turns every word round without a warning, so this
module asks the renderer what it does (`renderer_shapes_arabic`) rather than its version number.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DEFAULT_FONT", "display_text", "isolate", "mirror_axes", "renderer_shapes_arabic", "use_font"]

DEFAULT_FONT = "DejaVu Sans"
"""matplotlib carries this font with it, so a chart is the same on every machine."""

RLM, LRM, FSI, PDI = "\u200f", "\u200e", "\u2068", "\u2069"

# Directional controls in the data could turn the rest of a label round; the label's own direction is set here.
_FOREIGN_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0xFEFF, 0x00AD], None)
_ALL_CONTROLS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]")
_PRESENTATION_FORM = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")
_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2068\u2069\n")


@lru_cache(maxsize=1)
def renderer_shapes_arabic() -> bool:
    """Whether the installed matplotlib joins and orders Arabic letters itself.

    Measured, not looked up: two joined letters must be as wide as their joined forms, and of alef before dal the
    tall alef must come out on the right.

    Examples
    --------
    >>> from kzanalytics._rtl import renderer_shapes_arabic
    >>> isinstance(renderer_shapes_arabic(), bool)
    True
    """
    import numpy as np
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    def ink(text: str) -> Any:
        font = FT2Font(font_manager.findfont(DEFAULT_FONT))
        font.set_size(40, 72)
        font.set_text(text)
        font.draw_glyphs_to_bitmap(antialiased=False)
        return np.asarray(font.get_image()) > 0

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 3.10 warns that it does not shape Arabic, which is what is asked here
        joins = ink("بب").shape[1] == ink("\ufe91\ufe90").shape[1]
        alef_dal = ink("اد")
    top = alef_dal[: alef_dal.shape[0] // 3].any(axis=0).nonzero()[0]
    orders = top.size > 0 and float(top.mean()) > alef_dal.shape[1] / 2
    return bool(joins and orders)


def isolate(text: object) -> str:
    """Wrap a name so that it keeps its own direction inside a sentence of the other direction.

    Examples
    --------
    >>> from kzanalytics._rtl import isolate
    >>> isolate("BBC (UK)")
    '\\u2068BBC (UK)\\u2069'
    """
    return f"{FSI}{str(text).translate(_FOREIGN_CONTROLS)}{PDI}"


def display_text(text: object, *, language: str = "ar", font: str = DEFAULT_FONT, shaped: bool | None = None) -> str:
    """Turn text in logical order into what matplotlib must be given to show it.

    Parameters
    ----------
    text : object
        Any text, in logical order, with or without line breaks. Directional controls in it are dropped, apart
        from those `isolate` put there.
    language : {"ar", "en"}, default="ar"
        The language of the chart. In an Arabic chart a line holding any Arabic reads from the right, even if it
        begins with a Latin letter or a digit; in an English one its first letter decides.
    font : str, default="DejaVu Sans"
        Used to check that every letter can be drawn.
    shaped : bool, optional
        Whether the renderer shapes Arabic; asked from the renderer by default.

    Returns
    -------
    str
        For ``Text``, ``set_title``, ``set_yticklabels`` ... A dollar sign is escaped, so that it is not read as
        the start of mathematics.

    Warns
    -----
    UserWarning
        When the font has no glyph for a character. Marks without a glyph are left out; letters show as a box.

    Examples
    --------
    >>> from kzanalytics._rtl import display_text
    >>> display_text("الثورة (2022)", shaped=True)
    'الثورة (2022)'
    >>> display_text("BBC عربي", shaped=True)
    '\\u200fBBC عربي'
    >>> display_text("5 $", shaped=True)
    '5 \\\\$'
    >>> display_text("لا", shaped=False) == "\\ufefb"
    True
    """
    shaped = renderer_shapes_arabic() if shaped is None else shaped
    lines = [_display_line(line, language, font, shaped) for line in _split_lines(str(text))]
    return "\n".join(lines).replace("$", r"\$")


def _split_lines(text: str) -> list[str]:
    """Lines, each closed in itself: an isolate does not run over the end of a line."""
    return [re.sub(r"[\t\r\v\f\u2028\u2029]", " ", line) for line in text.split("\n")]


def _display_line(line: str, language: str, font: str, shaped: bool) -> str:
    line = _clean(line)
    line = _drawable(line, font)
    plain = _ALL_CONTROLS.sub("", line)
    if not _ARABIC.search(plain):
        return plain
    rtl = language == "ar" or _first_strong_is_rtl(plain)
    if shaped:
        first = plain.lstrip()[:1]
        marked = rtl and unicodedata.bidirectional(first or " ") not in ("R", "AL")
        # a base direction other than the first strong letter's needs a mark to say so
        return RLM + line if marked or (rtl and line[:1] == FSI) else line
    return _visual_order(line, rtl)


def _clean(line: str) -> str:
    """Drop directional controls (not our isolates), and spell presentation forms as letters."""
    keep = line.replace(FSI, "\ue000").replace(PDI, "\ue001").translate(_FOREIGN_CONTROLS)
    keep = keep.replace("\ue000", FSI).replace("\ue001", PDI)
    return _PRESENTATION_FORM.sub(lambda form: unicodedata.normalize("NFKC", form.group()), keep)


def _first_strong_is_rtl(text: str) -> bool:
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def _visual_order(line: str, rtl: bool) -> str:
    """Joined forms in the order they stand on paper, for a renderer that draws characters as they come."""
    from bidi.algorithm import get_display  # unlike bidi.get_display (0.6.12), it turns brackets round

    mark = RLM if rtl else LRM

    def embed(found: re.Match[str]) -> str:
        """An embedding between marks does what an isolate does; this algorithm predates isolates."""
        name = found.group(1)
        opening = "\u202b" if _first_strong_is_rtl(name) else "\u202a"
        return f"{mark}{opening}{name}\u202c{mark}"

    line = re.sub(f"{FSI}([^{FSI}{PDI}]*){PDI}", embed, line)
    line = line.replace(FSI, "").replace(PDI, "")
    shown = str(get_display(_reshaper().reshape(line), base_dir="R" if rtl else "L"))
    # A mark now stands before its letter. That is where DejaVu Sans wants it: the mark has no width and its ink
    # lies to the right of the pen, over the letter that comes next.
    return _ALL_CONTROLS.sub("", shown)


@lru_cache(maxsize=1)
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper(
        configuration={
            "delete_harakat": False,  # a shadda is part of the word: الملوّنة
            "use_unshaped_instead_of_isolated": True,
            "ARABIC LIGATURE ALLAH": False,  # U+FDF2 is not in DejaVu Sans
        }
    )


@lru_cache(maxsize=16)
def _character_map(font: str) -> frozenset[int]:
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(font_manager.findfont(font)).get_charmap())


def _drawable(line: str, font: str) -> str:
    """Warn of characters the font cannot draw; leave out those that are only marks on a letter."""
    if line.isascii():
        return line
    known = _character_map(font)
    missing = {c for c in line if ord(c) not in known and c not in _INVISIBLE}
    if not missing:
        return line
    shown = ", ".join(f"{c!r} (U+{ord(c):04X})" for c in sorted(missing))
    warnings.warn(
        f"The font {font!r} cannot draw {shown} in {_ALL_CONTROLS.sub('', line)!r}; marks are left out and letters show as "
        "boxes. Pass font= with the name of an installed font that has them.",
        UserWarning,
        stacklevel=4,
    )
    return "".join(c for c in line if not (c in missing and unicodedata.combining(c)))


def mirror_axes(ax: Axes, *, y_ticks: bool = True) -> Axes:
    """Turn an axes round for a reader who starts at the right: x grows leftwards, y is labelled on the right.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from kzanalytics._rtl import mirror_axes
    >>> ax = mirror_axes(Figure().add_subplot())
    >>> bool(ax.xaxis_inverted()), ax.yaxis.get_ticks_position()
    (True, 'right')
    """
    if not ax.xaxis_inverted():
        ax.invert_xaxis()
    if y_ticks:
        ax.yaxis.tick_right()
        ax.yaxis.set_label_position("right")
        ax.spines["left"].set_visible(False)
        ax.spines["right"].set_visible(True)
    return ax


def use_font(ax: Any, font: str) -> Any:
    """Give every text of one axes (its panels and legend too) a font, without touching global settings."""
    from matplotlib.text import Text

    ax.tick_params(labelfontfamily=font)
    for text in ax.findobj(Text):
        text.set_fontfamily(font)
    for panel in ax.child_axes:
        use_font(panel, font)
    return ax
