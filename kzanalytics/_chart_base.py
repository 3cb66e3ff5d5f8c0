"""What all charts share: language, font, frame colours, the note with n and the interval, and the alt text."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from ._chart_words import group_name
from ._rtl import DEFAULT_FONT, display_text, mirror_axes, use_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes


__all__ = ["ChartInfo", "Pen", "alt_text", "chart_info", "finish", "legend", "panels", "start"]

INK, QUIET, GRID, PAPER = "#222222", "#595959", "#dddddd", "#ffffff"


@dataclass(frozen=True, eq=False)
class ChartInfo:
    """What a chart says, in words and numbers."""

    language: str
    font: str
    title: dict[str, str]
    alt: dict[str, str]
    table: pd.DataFrame


_INFO: WeakKeyDictionary[Any, ChartInfo] = WeakKeyDictionary()


@dataclass(frozen=True)
class Pen:
    """The language and font of one chart."""

    language: str
    font: str

    @property
    def rtl(self) -> bool:
        return self.language == "ar"

    @property
    def side(self) -> str:
        """Where lines begin."""
        return "right" if self.rtl else "left"

    @property
    def far_side(self) -> str:
        return "left" if self.rtl else "right"

    @property
    def forward(self) -> int:
        """1 if reading goes rightwards on the page, -1 if leftwards; for offsets in points."""
        return -1 if self.rtl else 1

    def say(self, arabic: str, english: str) -> str:
        """Pick the text of the chart's language, made ready to draw."""
        return self.write(arabic if self.rtl else english)

    def write(self, text: object) -> str:
        """Make any text (a term, a name, a sentence) ready to draw."""
        return display_text(text, language=self.language, font=self.font)

    def name(self, value: object) -> str:
        """A group as this language calls it, in logical order."""
        return group_name(value, self.language)


def start(ax: Axes | None, language: str, font: str | None, size: tuple[float, float]) -> tuple[Any, Pen]:
    """The axes to draw on (a new figure of `size` inches if there is none) and the pen."""
    if language not in ("ar", "en"):
        raise ValueError(f"language={language!r} is not known; pass 'ar' (Arabic) or 'en' (English).")
    if ax is None:
        import matplotlib.pyplot as plt

        ax = plt.figure(figsize=size, facecolor=PAPER).add_subplot()
    pen = Pen(language, font or DEFAULT_FONT)
    ax.set_facecolor(PAPER)
    for name, spine in ax.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(QUIET)
        spine.set_linewidth(0.8)
    ax.tick_params(colors=INK, labelsize=9, length=3, width=0.8)
    ax.set_axisbelow(True)
    if pen.rtl:
        mirror_axes(ax)
    return ax, pen


def finish(
    ax: Any,
    pen: Pen,
    *,
    title: tuple[str, str],
    note: tuple[str, str],
    alt: tuple[str, str],
    table: pd.DataFrame,
    below: float = 40,
    legend_rows: int = 0,
) -> Any:
    """Put title and note in their places, set the font, and remember what the chart says.

    `title`, `note` and `alt` are (Arabic, English); `below` is the note's distance from the axes in points.
    """
    ax.set_title(pen.say(*title), loc=pen.side, fontsize=12, fontweight="bold", color=INK, pad=10 + 17 * legend_rows)
    width = max(40, int(ax.get_figure().get_size_inches()[0] * ax.get_position().width * 17))
    lines = textwrap.wrap(note[0] if pen.rtl else note[1], width, break_long_words=False)
    ax.annotate(
        pen.write("\n".join(lines)),
        (1 if pen.rtl else 0, 0),
        xytext=(0, -below),
        xycoords="axes fraction",
        textcoords="offset points",
        ha=pen.side,
        va="top",
        multialignment=pen.side,
        fontsize=8,
        color=QUIET,
        annotation_clip=False,
        gid="note",
    )
    use_font(ax, pen.font)
    _INFO[ax] = ChartInfo(
        pen.language,
        pen.font,
        {"ar": title[0], "en": title[1]},
        {"ar": f"{title[0]}. {alt[0]} {note[0]}", "en": f"{title[1]}. {alt[1]} {note[1]}"},
        table.reset_index(drop=True),
    )
    return ax


def chart_info(ax: Any) -> ChartInfo:
    """What was drawn on an axes."""
    if ax not in _INFO:
        raise ValueError("ax was not drawn by a kz.plot_ function; pass the Axes that one of them returned.")
    return _INFO[ax]


def alt_text(ax: Any, *, language: str | None = None) -> str:
    """Return what a chart shows, in words, for readers who cannot see it.

    Parameters
    ----------
    ax : Axes
        What a ``kz.plot_`` function returned.
    language : {"ar", "en"}, optional
        Both are kept, whatever language the chart was drawn in; its own by default.

    Returns
    -------
    str
        In logical order, as a screen reader needs it.

    Examples
    --------
    >>> import pandas as pd
    >>> from kzanalytics.charts import alt_text, plot_tfidf
    >>> table = pd.DataFrame({"outlet": ["الثورة"], "term": ["الغاز"], "tf_idf": [0.25], "rank": [1]})
    >>> alt_text(plot_tfidf(table), language="en")[:43]
    'Distinctive terms by TF-IDF across outlets.'
    """
    info = chart_info(ax)
    return info.alt[language or info.language]


def columns_needed(table: pd.DataFrame, names: Sequence[str], argument: str, maker: str) -> None:
    """Say what is missing and which function makes such a table."""
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise ValueError(
            f"{argument} has no column {missing[0]!r}; it has {list(table.columns)}. Pass the table that {maker} returns."
        )
    if table.empty:
        raise ValueError(f"{argument} has no rows, so there is nothing to draw; pass the table that {maker} returns.")


def legend(ax: Any, pen: Pen, handles: list[Any], labels: list[str]) -> int:
    """Lay a legend between title and axes, read in the chart's direction; returns its rows."""
    if not handles:
        return 0
    from matplotlib.patches import Patch

    figure = ax.get_figure()
    inches = figure.get_size_inches()[0] * ax.get_position().width
    longest = max(len(label) for label in labels) + 5
    columns = max(1, min(len(labels), int(inches * 13 / longest)))
    rows = math.ceil(len(labels) / columns)
    # matplotlib fills column by column; read row by row, from the side the language begins at
    order: list[int | None] = []
    for column in range(columns):
        order += [row * columns + column for row in range(rows)]
    if pen.rtl:
        order = [i for c in range(columns - 1, -1, -1) for i in order[c * rows : (c + 1) * rows]]
    blank = Patch(alpha=0)
    shown = [(handles[i], pen.write(labels[i])) if i is not None and i < len(labels) else (blank, "") for i in order]
    ax.legend(
        [handle for handle, _ in shown],
        [label for _, label in shown],
        loc=f"lower {pen.side}",
        bbox_to_anchor=(1 if pen.rtl else 0, 1.0),
        borderaxespad=0.2,
        borderpad=0,
        ncols=columns,
        frameon=False,
        markerfirst=not pen.rtl,
        alignment=pen.side,
        fontsize=9,
        handletextpad=0.5,
        columnspacing=1.4,
        labelcolor=INK,
    )
    return rows


def number(value: float) -> str:
    """A number as a label: whole ones with thousands separators, others with three significant digits."""
    if not np.isfinite(value):
        return "–"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:.3g}"


def percent(value: float) -> str:
    """A share as a label."""
    return "–" if not np.isfinite(value) else f"{100 * value:.0f}%"


def total(values: Any) -> str:
    """A sum as a label."""
    return f"{int(np.nansum(np.asarray(values, dtype=float))):,}"


def text_colour(background: str) -> str:
    """Black or white, whichever is easier to read on a colour (WCAG relative luminance)."""
    from matplotlib.colors import to_rgb

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(background)]
    luminance = float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
    return "#000000" if luminance > 0.179 else "#ffffff"


def date_ticks(ax: Any, dates: pd.Series) -> None:
    """Label a few days as 2022-01-06: each of them if there are few, else at even steps."""
    from matplotlib.dates import AutoDateLocator, DateFormatter, date2num

    days = np.unique(date2num(dates.to_numpy()))
    if 0 < len(days) <= 8 and np.ptp(days) <= 31:
        ax.set_xticks(days)
    else:
        ax.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=6))
    ax.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))


def panels(ax: Any, pen: Pen, count: int, columns: int, *, label_share: float, gap: float = 0.3) -> list[Any]:
    """Small multiples inside one axes, from the side the language begins at; each leaves room for its labels.

    `label_share` is the part of a panel's width its tick labels take; `gap` (inches) stands above each panel.
    """
    ax.set_axis_off()
    if pen.rtl and ax.xaxis_inverted():
        ax.invert_xaxis()
    rows = math.ceil(count / columns)
    height = ax.get_figure().get_size_inches()[1] * ax.get_position().height
    top = min(0.45 / rows, gap / height)
    made = []
    for place in range(count):
        row, column = divmod(place, columns)
        cell = columns - 1 - column if pen.rtl else column
        width = 1 / columns
        left = cell * width + (0.07 * width if pen.rtl else label_share * width)
        box = (left, 1 - (row + 1) / rows, (0.93 - label_share) * width, 1 / rows - top)
        panel = ax.inset_axes(box)
        for name, spine in panel.spines.items():
            spine.set_visible(name == pen.side)
            spine.set_color(QUIET)
        panel.tick_params(colors=INK, labelsize=9, length=0)
        panel.set_facecolor(PAPER)
        if pen.rtl:
            mirror_axes(panel)
            panel.spines["left"].set_visible(False)
        made.append(panel)
    return made
