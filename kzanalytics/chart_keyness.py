"""The keyness chart: how strongly and how often a group uses each term, labelled without overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._chart_base import GRID, INK, QUIET, Pen, columns_needed, finish, number, start
from ._chart_words import PALETTE, group_columns, group_keys, group_name
from ._rtl import isolate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_keyness"]


def plot_keyness(
    keyness: pd.DataFrame,
    *,
    group: object = None,
    top: int = 14,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw one group's terms by frequency and log-odds, and name those that set it apart most, on both sides.

    Parameters
    ----------
    keyness : DataFrame
        What ``kz.keyness`` returns: group column, ``term, count, count_rest, log_odds, z``.
    group : object, optional
        Which group to draw (a value of the group column); the first by default.
    top : int, default=14
        Terms to name: half of them with the highest ``z``, half with the lowest. A term whose name finds no free place
        is left without one; the table has it.
    ax, language, font
        As in `plot_tfidf`.

    Returns
    -------
    Axes
        Above zero the group uses a term more than the rest. A dark dot keeps its sign whichever article is left out
        (``loo_low`` and ``loo_high``). z ranks; it does not test: words come in bursts.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["الثورة"] * 2, "term": ["الغاز", "القمة"], "count": [9, 1],
    ...                       "count_rest": [2, 8], "log_odds": [1.2, -0.9], "z": [3.1, -2.2], "rank": [1, 2]})
    >>> sorted(text.get_gid() for text in plot_keyness(table).texts if text.get_gid() != "note")
    ['term-0', 'term-1']
    """
    columns_needed(keyness, ["term", "count", "log_odds", "z"], "keyness", "kz.keyness")
    groups = group_columns(keyness, "term")
    keyed = keyness.assign(key=group_keys(keyness, groups)).reset_index(drop=True)
    keys = list(dict.fromkeys(keyed["key"]))
    chosen = keys[0] if group is None else group
    if chosen not in keys:
        raise ValueError(f"group={group!r} is not in keyness; choose from {keys[:8]}.")
    table = keyed[keyed["key"] == chosen]
    ax, pen = start(ax, language, font, (7.6, 5.2))
    count = table["count"].to_numpy(float) + table["count_rest"].to_numpy(float) if "count_rest" in table else None
    x = np.maximum(table["count"].to_numpy(float) if count is None else count, 0.5)
    y = table["log_odds"].to_numpy(float)
    steady = np.ones(len(table), bool)
    if {"loo_low", "loo_high"} <= set(table):
        low, high = table["loo_low"].to_numpy(float), table["loo_high"].to_numpy(float)
        steady = (low > 0) | (high < 0)
    ax.set_xscale("log")
    ax.scatter(x[~steady], y[~steady], s=9, color="#bdbdbd", linewidths=0, gid="unsteady")
    ax.scatter(x[steady], y[steady], s=11, color=PALETTE[0], linewidths=0, gid="steady")
    ax.axhline(0, color=INK, linewidth=0.9)
    ax.grid(color=GRID, linewidth=0.6)
    low_y, high_y = float(np.nanmin([*y, 0.0])), float(np.nanmax([*y, 0.0]))
    room = 0.12 * max(high_y - low_y, 1e-6)
    ax.set_ylim(low_y - room, high_y + room)
    left, right = float(x.min()) / 1.8, float(x.max()) * 1.8
    ax.set_xlim((right, left) if pen.rtl else (left, right))
    ticks = [tick for tick in (1, 2, 5, 10, 20, 50, 100, 200, 500, *10.0 ** np.arange(3, 9)) if left <= tick <= right]
    ax.set_xticks(ticks, [number(tick) for tick in ticks])
    ax.minorticks_off()
    name = (group_name(chosen, "ar"), group_name(chosen, "en"))
    ax.set_xlabel(pen.say("تكرار المفردة في المدونة", "how often the term occurs in all"), fontsize=9, color=INK)
    ax.set_ylabel(
        pen.say(f"نسبة الأرجحية (لوغاريتم): أكثر عند {isolate(name[0])} ↑", f"log-odds: more in {isolate(name[1])} ↑"),
        fontsize=9,
        color=INK,
    )
    order = table.assign(at=range(len(table))).sort_values("z", ascending=False, kind="stable")
    high_z, low_z = order[order["z"] > 0], order[order["z"] < 0].iloc[::-1]
    n_low = min(len(low_z), max(top // 2, top - len(high_z)))
    high_z, low_z = high_z.head(top - n_low), low_z.head(n_low)
    # by turns from both ends, so that neither side takes all the room
    ranked = sorted([*enumerate(high_z.index), *enumerate(low_z.index)])
    named = [row for _, row in ranked]
    place = table.reset_index().reset_index().set_index("index")["level_0"]
    points = [(float(x[place[row]]), float(y[place[row]])) for row in named]
    _label(ax, pen, points, [str(table.loc[row, "term"]) for row in named], list(zip(x, y, strict=True)))

    prior = number(table["prior"].iloc[0]) if "prior" in table else ""
    most_ar = "، ".join(high_z["term"].head(6))
    most_en = ", ".join(high_z["term"].head(6))
    tail = (f" التوزيع القبلي: {isolate(prior)}.", f" Prior: {prior}.") if prior else ("", "")
    words = int(table["count"].sum())
    return finish(
        ax,
        pen,
        title=(f"ما يميز {isolate(name[0])} عن سائر المدونة", f"What sets {isolate(name[1])} apart from the rest"),
        note=(
            f"المفردات: {len(table):,}، مجموع تكرارها عند {isolate(name[0])}: {words:,}. الرمادي تنقلب إشارته إذا حُذف مقال. "
            f"المجال: حذف مقال واحد كل مرة (في الجدول).{tail[0]}",
            f"n = {len(table):,} terms, {words:,} occurrences in {isolate(name[1])}. Grey: the sign turns if an article is left "
            f"out. Interval: leave one article out (in the table).{tail[1]}",
        ),
        alt=(f"أبرز المفردات: {most_ar}.", f"Foremost terms: {most_en}."),
        table=table.drop(columns="key"),
        below=44,
    )


def _label(
    ax: Any, pen: Pen, points: list[tuple[float, float]], terms: list[str], taken: list[tuple[float, float]]
) -> None:
    """Name points one after another, each at the nearest place free of names and named points."""
    renderer = ax.get_figure().canvas.get_renderer()
    pixels = ax.get_figure().dpi / 72
    marks = [ax.transData.transform(point) for point in points]
    frame = ax.get_window_extent(renderer)
    dots = ax.transData.transform(np.array(taken))
    boxes: list[Any] = []
    for number_, (point, mark, term) in enumerate(zip(points, marks, terms, strict=True)):
        text = ax.annotate(
            pen.write(term),
            point,
            xytext=(0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=8.5,
            color=INK,
            gid=f"term-{number_}",
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 2},
        )
        size = text.get_window_extent(renderer)
        width, height = size.width + 5 * pixels, size.height + 2 * pixels
        places = _offsets(width / pixels, height / pixels, pen.forward)
        # a place over no dot at all, else one that covers only dots without a name
        for dx, dy, obstacles in [*((*p, dots) for p in places), *((*p, np.array(marks)) for p in places)]:
            x, y = mark[0] + dx * pixels, mark[1] + dy * pixels
            box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            inside = box[0] > frame.x0 and box[2] < frame.x1 and box[1] > frame.y0 and box[3] < frame.y1
            clear = not any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes)
            over = (obstacles > box[:2]) & (obstacles < box[2:])
            covers = bool(over.all(axis=1).any())
            if inside and clear and not covers:
                boxes.append(box)
                text.set_position((dx, dy))
                if abs(dy) < height / pixels * 1.2 and abs(dx) < width / pixels:
                    text.arrow_patch.set_visible(False)  # so near that no line is needed
                break
        else:
            text.remove()


def _offsets(width: float, height: float, forward: int) -> list[tuple[float, float]]:
    """Places around a point, nearest first; beside it in reading direction before the others."""
    near = [
        (forward * (width / 2 + 3), 0.0),
        (-forward * (width / 2 + 3), 0.0),
        (0.0, height / 2 + 4),
        (0.0, -height / 2 - 4),
    ]
    far = []
    for ring in (1.2, 1.9, 2.7, 3.6, 4.6, 6.0, 8.0):
        for angle in range(0, 360, 30):
            radians = np.deg2rad(angle)
            far.append(
                (forward * float(np.cos(radians)) * (width / 2 + 8 * ring), float(np.sin(radians)) * height * ring)
            )
    return near + far
