"""Charts of frames: how often each is used, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._chart_base import (
    GRID,
    INK,
    QUIET,
    Pen,
    columns_needed,
    date_ticks,
    finish,
    legend,
    number,
    panels,
    start,
    text_colour,
    total,
)
from ._chart_words import (
    Look,
    across_groups,
    frame_looks,
    group_columns,
    group_keys,
    group_name,
    interval_note,
    wrapped,
)
from ._rtl import isolate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .codebooks import Codebook

__all__ = ["plot_frame_rates", "plot_over_time"]

_RATE = ("إشارات لكل 1000 كلمة", "mentions per 1,000 words")


def plot_frame_rates(
    rates: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    style: str = "auto",
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw how often each group uses each frame: dots with their intervals, or a heat map.

    Parameters
    ----------
    rates : DataFrame
        What ``kz.frame_rates`` returns.
    codebook : Codebook, optional
        Names and colours of the frames. Without it the shipped codebook names its own frames, and others are called by
        their id.
    style : {"auto", "dots", "panels", "heat"}
        ``dots`` puts all frames into one axes (up to four); ``panels`` gives each frame its own; ``heat`` shows many
        groups at once, without intervals. ``auto`` takes the first of them that stays readable.
    ax : Axes, optional
        Where to draw; a new figure by default.
    language : {"ar", "en"}, default="ar"
        An Arabic chart reads from the right: its axis grows leftwards and its labels stand on the right.
    font : str, optional
        An installed font; DejaVu Sans, which comes with matplotlib, by default.

    Returns
    -------
    Axes
        A hollow mark is a zero. An interval that runs far beyond the rates is cut, with an arrow; the number beside a
        mark counts mentions.

    Examples
    --------
    >>> import pandas as pd
    >>> rates = pd.DataFrame({"outlet": ["الثورة"], "frame": ["terrorism"], "n_articles": [1], "n_tokens": [500],
    ...                       "n_mentions": [4], "rate": [8.0], "low": [float("nan")], "high": [float("nan")],
    ...                       "interval": ["none: 1 article cannot stand for others"]})
    >>> plot_frame_rates(rates, language="en").get_xlabel()
    'mentions per 1,000 words'
    """
    columns_needed(rates, ["frame", "n_tokens", "n_mentions", "rate"], "rates", "kz.frame_rates")
    groups = group_columns(rates, "frame")
    table = rates.assign(key=group_keys(rates, groups), frame=rates["frame"].astype(str)).reset_index(drop=True)
    keys, frames = list(dict.fromkeys(table["key"])), list(dict.fromkeys(table["frame"]))
    looks = frame_looks(frames, codebook)
    if style == "auto":
        style = "heat" if len(keys) > 15 else "dots" if len(frames) <= 4 else "panels"
    if style not in ("dots", "panels", "heat"):
        raise ValueError(f"style={style!r} is not known; pass 'auto', 'dots', 'panels' or 'heat'.")
    columns = min(len(frames), 3)
    size = {
        "dots": (7.2, 1.4 + len(keys) * (0.25 + 0.16 * len(frames))),
        "panels": (11.0, 0.8 + -(-len(frames) // columns) * (0.75 + 0.3 * len(keys))),
        "heat": (3.2 + 0.95 * len(frames), 1.6 + 0.34 * len(keys)),
    }[style]
    ax, pen = start(ax, language, font, size)
    rows = 0
    interval = interval_note(table)
    if style == "heat":
        _heat(ax, pen, table, keys, frames, looks)
        interval = ("المجالات في الجدول.", "The intervals are in the table.")
    elif style == "dots":
        step = 0.7 / len(frames)
        for place, frame in enumerate(frames):
            part = table[table["frame"] == frame]
            y = [keys.index(key) + (place - (len(frames) - 1) / 2) * step for key in part["key"]]
            _dots(ax, pen, part, y, looks[frame], _end(table))
        _group_axis(ax, pen, table, keys, counts=True)
        ax.set_xlabel(pen.say(*_RATE), fontsize=9, color=INK)
        rows = legend(ax, pen, [_handle(looks[f]) for f in frames], [looks[f].name(language) for f in frames])
    else:
        for panel, frame in zip(panels(ax, pen, len(frames), columns, label_share=0.42, gap=0.6), frames, strict=True):
            part = table[table["frame"] == frame]
            _dots(panel, pen, part, [keys.index(key) for key in part["key"]], looks[frame], _end(table))
            _group_axis(panel, pen, table, keys)
            panel.set_title(pen.write(looks[frame].name(language)), loc=pen.side, fontsize=10, color=INK)

    each = table.drop_duplicates("key")
    n_articles = total(each["n_articles"]) if "n_articles" in table else "–"
    words, found = total(each["n_tokens"]), total(table["n_mentions"])
    alt = ("لا كلمات.", "No words.")
    if table["rate"].notna().any():
        top = table.loc[table["rate"].idxmax()]
        look, rate = looks[top["frame"]], number(top["rate"])
        alt = (
            f"أعلى معدل: {isolate(look.ar)} عند {isolate(group_name(top['key'], 'ar'))}: {rate} لكل 1000 كلمة.",
            f"Highest rate: {look.en} in {isolate(group_name(top['key'], 'en'))}, {rate} per 1,000 words.",
        )
    across = across_groups(groups)
    return finish(
        ax,
        pen,
        title=(f"معدل الأطر {across[0]}", f"Frame rates {across[1]}"),
        note=(
            f"{_RATE[0]}. المقالات: {n_articles}، الكلمات: {words}، الإشارات: {found}. {interval[0]}",
            f"{_RATE[1].capitalize()}. n = {n_articles} articles, {words} words, {found} mentions. {interval[1]}",
        ),
        alt=alt,
        table=rates,
        below=44 if style != "heat" else 12,
        legend_rows=rows,
    )


def _end(table: pd.DataFrame) -> float:
    """Where the rate axis ends: at the longest interval, but not so far that the rates are squeezed together."""
    top = float(np.nanmax([*table["rate"], 1e-9]))
    high = float(np.nanmax([*table["high"], top])) if "high" in table else top
    return 1.12 * min(high, 2.5 * top)


def _dots(ax: Any, pen: Pen, part: pd.DataFrame, y: list[float], look: Look, end: float) -> None:
    """One frame: a mark and, where there is one, an interval for each group."""
    for (row, record), place in zip(part.iterrows(), y, strict=True):
        rate = float(record["rate"])
        if not np.isfinite(rate):
            continue
        low, high = float(record.get("low", np.nan)), float(record.get("high", np.nan))
        reach = rate
        if np.isfinite(low) and np.isfinite(high):
            reach = min(high, end * 0.93)
            ax.plot([low, reach], [place, place], color=look.colour, linewidth=1.6, gid=f"interval-{row}")
            if high > reach:
                ax.plot([reach], [place], marker="<" if pen.rtl else ">", color=look.colour, markersize=4)
        empty = int(record["n_mentions"]) == 0
        ax.plot(
            [rate],
            [place],
            marker=look.marker,
            markersize=6.5,
            linestyle="none",
            markerfacecolor="white" if empty else look.colour,
            markeredgecolor=look.colour if empty else INK,
            markeredgewidth=1.2 if empty else 0.5,
            clip_on=False,
            gid=f"row-{row}",
        )
        ax.annotate(
            number(record["n_mentions"]),
            (reach, place),
            xytext=(8 * pen.forward, 0),
            textcoords="offset points",
            ha=pen.side,
            va="center",
            fontsize=7,
            color=QUIET,
        )
    ax.set_xlim((end, 0) if pen.rtl else (0, end))


def _group_axis(ax: Any, pen: Pen, table: pd.DataFrame, keys: list[Any], *, counts: bool = False) -> None:
    """Groups on the vertical axis, the first on top, each with its number of articles and words if asked for."""
    each = table.drop_duplicates("key").reset_index(drop=True)
    labels = []
    for place, key in enumerate(keys):
        label = pen.write(wrapped(pen.name(key)))
        if counts and "n_articles" in each:
            articles, words = (number(each.loc[place, name]) for name in ("n_articles", "n_tokens"))
            label += "\n" + pen.say(f"مقالات: {articles}، كلمات: {words}", f"articles: {articles}, words: {words}")
        labels.append(label)
    ax.set_yticks(range(len(keys)), labels, fontsize=8.5, linespacing=1.25)
    for text in ax.get_yticklabels():
        text.set_multialignment(pen.far_side)  # along the axis
    ax.tick_params(axis="y", pad=7)  # clear of the marks at zero
    ax.set_ylim(len(keys) - 0.45, -0.55)
    for line in np.arange(0.5, len(keys) - 1):
        ax.axhline(float(line), color=GRID, linewidth=0.7, zorder=0)
    ax.grid(axis="x", color=GRID, linewidth=0.7)


def _handle(look: Look) -> Any:
    from matplotlib.lines import Line2D

    return Line2D(
        [], [], marker=look.marker, color=look.colour, markeredgecolor=INK, markeredgewidth=0.5, linewidth=1.6
    )


def _heat(ax: Any, pen: Pen, table: pd.DataFrame, keys: list[Any], frames: list[str], looks: dict[str, Look]) -> None:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex
    from matplotlib.patches import Rectangle

    shades = colormaps["Blues"]
    top = max(float(np.nanmax([*table["rate"], 0.0])), 1e-9)
    for row, record in table.iterrows():
        x, y, rate = frames.index(record["frame"]), keys.index(record["key"]), float(record["rate"])
        colour = to_hex(shades(0.95 * rate / top)) if np.isfinite(rate) else "#eeeeee"
        ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="white", gid=f"row-{row}"))
        ax.text(x, y, number(rate), ha="center", va="center", fontsize=8, color=text_colour(colour))
    _group_axis(ax, pen, table, keys)
    ax.grid(False)
    ax.set_xlim((len(frames) - 0.5, -0.5) if pen.rtl else (-0.5, len(frames) - 0.5))
    labels = [pen.write(looks[frame].name(pen.language).replace(" ", "\n", 1)) for frame in frames]
    ax.set_xticks(range(len(frames)), labels, fontsize=8.5)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)


def plot_over_time(
    rates: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw how the use of each frame changes: one line a frame, one panel a group.

    Parameters
    ----------
    rates : DataFrame
        What ``kz.frame_rates(..., freq="D")`` returns (with a column ``date``); of several outlets each gets a panel.
    codebook, ax, language, font
        As in `plot_frame_rates`.

    Returns
    -------
    Axes
        In an Arabic chart time runs from right to left. A period without articles breaks the line; a shade is the interval.

    Examples
    --------
    >>> import pandas as pd
    >>> rates = pd.DataFrame({"date": pd.to_datetime(["2022-01-06", "2022-01-07"]), "frame": ["terrorism"] * 2,
    ...                       "n_articles": [1, 2], "n_tokens": [500, 900], "n_mentions": [4, 9], "rate": [8.0, 10.0]})
    >>> bool(plot_over_time(rates).xaxis_inverted())
    True
    """
    columns_needed(rates, ["date", "frame", "n_mentions", "rate"], "rates", 'kz.frame_rates(..., freq="D")')
    groups = [name for name in group_columns(rates, "frame") if name != "date"]
    table = rates.assign(key=group_keys(rates, groups), frame=rates["frame"].astype(str)).reset_index(drop=True)
    undated = table[table["date"].isna()]
    table = table[table["date"].notna()]
    if table.empty:
        raise ValueError("rates has no row with a date, so there is no time to draw; give the articles dates.")
    keys, frames = list(dict.fromkeys(table["key"])), list(dict.fromkeys(table["frame"]))
    looks = frame_looks(frames, codebook)
    ax, pen = start(ax, language, font, (8.0, 3.6 if len(keys) == 1 else 1.2 + 1.9 * len(keys)))
    parts = [ax] if len(keys) == 1 else panels(ax, pen, len(keys), 1, label_share=0.08, gap=0.5)
    for panel, key in zip(parts, keys, strict=True):
        _time_lines(panel, pen, table[table["key"] == key], frames, looks, table)
        if len(keys) > 1:
            panel.set_title(pen.write(pen.name(key)), loc=pen.side, fontsize=9.5, color=INK)
    parts[len(parts) // 2].set_ylabel(pen.say(*_RATE), fontsize=9, color=INK)
    rows = legend(ax, pen, [_handle(looks[f]) for f in frames], [looks[f].name(language) for f in frames])
    each = table.drop_duplicates([*groups, "date"])
    n_articles = total(each["n_articles"]) if "n_articles" in each else "–"
    first, last = (f"{table['date'].agg(end):%Y-%m-%d}" for end in ("min", "max"))
    interval = interval_note(table)
    lost = total(undated["n_mentions"])
    return finish(
        ax,
        pen,
        title=("معدل الأطر عبر الزمن", "Frame rates over time"),
        note=(
            f"{_RATE[0]}. المقالات: {n_articles}، الإشارات: {total(table['n_mentions'])}، بلا تاريخ: {lost}. {interval[0]}",
            f"{_RATE[1].capitalize()}. n = {n_articles} articles, {total(table['n_mentions'])} mentions; {lost} more undated. "
            f"{interval[1]}",
        ),
        alt=(f"من {first} إلى {last}.", f"From {first} to {last}."),
        table=rates,
        below=30,
        legend_rows=rows,
    )


def _time_lines(
    ax: Any, pen: Pen, part: pd.DataFrame, frames: list[str], looks: dict[str, Look], table: pd.DataFrame
) -> None:
    from matplotlib.dates import date2num

    for frame in frames:
        rows, look = part[part["frame"] == frame].sort_values("date"), looks[frame]
        x = date2num(rows["date"].to_numpy())
        ax.plot(x, rows["rate"], color=look.colour, marker=look.marker, markersize=4.5, linewidth=1.4,
                markeredgecolor=INK, markeredgewidth=0.4, gid=f"frame-{frame}")  # fmt: skip
        if {"low", "high"} <= set(rows):
            ax.vlines(x, rows["low"], rows["high"], color=look.colour, linewidth=1.0, alpha=0.6)
    first, last = (date2num(table["date"].agg(end)) for end in ("min", "max"))
    margin = max(0.5, 0.03 * (last - first))
    ax.set_xlim((last + margin, first - margin) if pen.rtl else (first - margin, last + margin))
    ax.set_ylim(0, 1.1 * min(float(np.nanmax([*table.get("high", [0.0]), 1e-9, *table["rate"]])),
                             2.5 * float(np.nanmax([*table["rate"], 1e-9]))))  # fmt: skip
    date_ticks(ax, table["date"])
    ax.tick_params(axis="x", labelsize=8)
    ax.grid(axis="y", color=GRID, linewidth=0.7)
