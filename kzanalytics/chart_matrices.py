"""Matrices: text that outlets share, frames that articles use together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._chart_base import Pen, columns_needed, finish, number, percent, start, text_colour, total
from ._chart_words import Look, frame_looks, group_name, wrapped
from ._rtl import isolate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .codebooks import Codebook

__all__ = ["plot_co_occurrence", "plot_reuse"]


def plot_reuse(
    shares: pd.DataFrame,
    *,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw how much of each outlet's text is shared with each other outlet: agency copy, or one speech quoted by all.

    Parameters
    ----------
    shares : DataFrame
        What ``kz.reuse_shares`` returns: ``outlet_a, outlet_b, n_tokens, share`` (or ``article_id_a`` ...).
    ax, language, font
        As in `plot_corpus`.

    Returns
    -------
    Axes
        A row says what part of its own words is shared with the column; the matrix is not symmetric.

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({"outlet_a": ["أ", "ب"], "outlet_b": ["ب", "أ"], "n_pairs": [1, 1], "n_tokens": [50, 50],
    ...                        "share": [0.5, 0.25]})
    >>> [text.get_text() for text in plot_reuse(shares).texts[:2]]
    ['50%', '25%']
    """
    columns_needed(shares, ["n_tokens", "share"], "shares", "kz.reuse_shares")
    one, other = str(shares.columns[0]), str(shares.columns[1])
    names = list(dict.fromkeys([*shares[one].astype(str), *shares[other].astype(str)]))
    table = shares.reset_index(drop=True)
    cells = {}
    for row, record in table.iterrows():
        cells[names.index(str(record[one])), names.index(str(record[other]))] = (row, float(record["share"]))
    top = float(np.nanmax([*table["share"], 1e-9]))
    ax, pen = start(ax, language, font, (3.4 + 0.75 * len(names), 2.2 + 0.5 * len(names)))
    _matrix(ax, pen, names, cells, top, percent)
    away = table[table[one].astype(str) != table[other].astype(str)]
    alt = ("", "")
    if away["share"].notna().any():
        most = away.loc[away["share"].idxmax()]
        a, b, share = most[one], most[other], percent(most["share"])
        alt = (
            f"الأكبر: {share} من {isolate(group_name(a, 'ar'))} مشترك مع {isolate(group_name(b, 'ar'))}.",
            f"Largest: {share} of {isolate(group_name(a, 'en'))} is shared with {isolate(group_name(b, 'en'))}.",
        )
    pairs = total(away["n_pairs"] / 2) if "n_pairs" in away else "–"
    return finish(
        ax,
        pen,
        title=("المقاطع المشتركة", "Shared passages"),
        note=(
            f"حصة كلمات الصف المشتركة مع العمود؛ المجموعات: {len(names)}، أزواج المقالات: {pairs}. حصر كامل بلا مجال.",
            f"The share of the row's words that the column has too; n = {len(names)} groups, {pairs} pairs of articles. "
            "Complete counts; no interval.",
        ),
        alt=alt,
        table=shares,
        below=12,
    )


def plot_co_occurrence(
    table: pd.DataFrame,
    *,
    value: str | None = None,
    codebook: Codebook | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw which frames are used in the same articles: a matrix of counts.

    Parameters
    ----------
    table : DataFrame
        What ``kz.co_occurrence`` returns: ``frame, other`` and the number of articles (or sentences) with both.
    value : str, optional
        The column to draw; by default the first of ``n_both, n_articles, n`` that is there.
    codebook, ax, language, font
        As in `plot_frame_rates`.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"frame": ["terrorism"], "other": ["fuel_prices"], "n_both": [3]})
    >>> plot_co_occurrence(table).texts[0].get_text()
    '3'
    """
    columns_needed(table, ["frame", "other"], "table", "kz.co_occurrence")
    value = value or next((name for name in ("n_both", "n_articles_both", "n_articles", "n") if name in table), "")
    columns_needed(table, [value], "table", "kz.co_occurrence")
    rows = table.reset_index(drop=True)
    if rows.duplicated(["frame", "other"]).any():
        raise ValueError("table holds several groups; pass the rows of one of them.")
    names = list(dict.fromkeys([*rows["frame"].astype(str), *rows["other"].astype(str)]))
    looks = frame_looks(names, codebook)
    cells = {}
    for row, record in rows.iterrows():
        a, b = names.index(str(record["frame"])), names.index(str(record["other"]))
        cells[a, b] = (row, float(record[value]))
        cells.setdefault((b, a), (row, float(record[value])))
    top = max([number_ for (a, b), (_, number_) in cells.items() if a != b and np.isfinite(number_)], default=1.0)
    ax, pen = start(ax, language, font, (3.2 + 0.85 * len(names), 1.9 + 0.42 * len(names)))
    _matrix(ax, pen, names, cells, max(top, 1e-9), number, looks)
    both = rows[rows["frame"].astype(str) != rows["other"].astype(str)]
    alt = ("", "")
    if len(both) and both[value].notna().any():
        most = both.loc[both[value].idxmax()]
        one, two = looks[str(most["frame"])], looks[str(most["other"])]
        alt = (
            f"الأكثر معًا: {isolate(one.ar)} و{isolate(two.ar)} ({number(most[value])}).",
            f"Most often together: {one.en} and {two.en} ({number(most[value])}).",
        )
    return finish(
        ax,
        pen,
        title=("أطر تجتمع في المقالات", "Frames used together"),
        note=(
            f"عدد المقالات التي فيها الإطاران؛ الأطر: {len(names)}. أعداد بلا مجال.",
            f"Articles with both frames; n = {len(names)} frames. Counts; no interval.",
        ),
        alt=alt,
        table=table,
        below=12,
    )


def _matrix(
    ax: Any,
    pen: Pen,
    names: list[str],
    cells: dict[tuple[int, int], tuple[Any, float]],
    top: float,
    show: Any,
    looks: dict[str, Look] | None = None,
) -> None:
    """Shaded cells with their numbers; rows and columns in the same order."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex
    from matplotlib.patches import Rectangle

    shades = colormaps["Blues"]
    for (y, x), (row, value) in cells.items():
        known = np.isfinite(value) and x != y
        colour = to_hex(shades(0.95 * min(1.0, value / top))) if known else "#eeeeee"
        ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white", gid=f"row-{row}"))
        if np.isfinite(value):
            ax.text(x, y, show(value), ha="center", va="center", fontsize=8, color=text_colour(colour))
    labels = [looks[n].name(pen.language) if looks else pen.name(n) for n in names]
    ax.set_yticks(range(len(names)), [pen.write(wrapped(label)) for label in labels], fontsize=8.5)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim((len(names) - 0.5, -0.5) if pen.rtl else (-0.5, len(names) - 0.5))
    slanted = len(names) > 4 or max(map(len, labels)) > 14
    ax.set_xticks(range(len(names)), [pen.write(wrapped(label, 18)) for label in labels], fontsize=8)
    ax.xaxis.tick_top()
    if slanted:
        for text in ax.get_xticklabels():
            text.set(rotation=-35 if pen.rtl else 35, ha="right" if pen.rtl else "left", rotation_mode="anchor")
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
