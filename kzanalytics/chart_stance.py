"""Charts of stance and voice: how each group stands to the frames, and whose words they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ._chart_base import (
    GRID,
    INK,
    QUIET,
    Pen,
    columns_needed,
    finish,
    legend,
    number,
    percent,
    start,
    text_colour,
    total,
)
from ._chart_words import (
    STANCES,
    across_groups,
    frame_looks,
    group_columns,
    group_keys,
    group_name,
    interval_note,
    speaker_name,
    wrapped,
)
from ._rtl import isolate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .codebooks import Codebook

__all__ = ["plot_speakers", "plot_stance"]


def plot_stance(
    shares: pd.DataFrame,
    *,
    codebook: Codebook | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw the stance each group takes towards each frame: bars that part where use ends and distance begins.

    Parameters
    ----------
    shares : DataFrame
        What ``kz.stance_shares`` returns: group columns, ``frame, stance, n_mentions, n_total, share``.
    codebook, ax, language, font
        As in `plot_frame_rates`.

    Returns
    -------
    Axes
        One bar for each frame and group. On the side where reading begins stand denial, distance and rejection, on the
        other what the group asserts or reports; each bar's n is the number of mentions its shares are of. Intervals are in
        the table: five bounds in one bar could not be read.

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({"outlet": ["الثورة"] * 2, "frame": ["terrorism"] * 2, "stance": ["asserts", "rejects"],
    ...                        "n_mentions": [3, 1], "n_total": [4, 4], "share": [0.75, 0.25]})
    >>> [float(bar.get_width()) for bar in plot_stance(shares).patches]
    [0.75, -0.25]
    """
    columns_needed(shares, ["frame", "stance", "n_total", "share"], "shares", "kz.stance_shares")
    groups = group_columns(shares, "frame")
    table = shares.assign(key=group_keys(shares, groups), frame=shares["frame"].astype(str)).reset_index(drop=True)
    unknown = set(table["stance"].astype(str)) - set(STANCES)
    if unknown:
        raise ValueError(f"shares has the stance {min(unknown)!r}, which is none of {list(STANCES)}.")
    keys, frames = list(dict.fromkeys(table["key"])), list(dict.fromkeys(table["frame"]))
    looks = frame_looks(frames, codebook)
    ax, pen = start(ax, language, font, (7.6, 1.7 + 0.26 * len(frames) * (len(keys) + 1)))
    ticks, labels, y = [], [], 0.0
    for frame in frames:
        block = table[table["frame"] == frame]
        ax.text(
            1.0 if pen.rtl else 0.0,
            y,
            pen.write(looks[frame].name(language)),
            transform=ax.get_yaxis_transform(),
            ha=pen.side,
            va="center",
            fontsize=9.5,
            fontweight="bold",
            color=INK,
        )
        for key in keys:
            y += 1
            part = block[block["key"] == key]
            ticks.append(y)
            labels.append(pen.write(pen.name(key)))
            _stance_bar(ax, pen, part, y)
        y += 1.3
    ax.set_yticks(ticks, labels, fontsize=8.5)
    ax.set_ylim(y - 0.6, -0.7)
    ax.set_xlim((1.12, -1.12) if pen.rtl else (-1.12, 1.12))
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["100%", "50%", "0", "50%", "100%"])
    ax.axvline(0, color=INK, linewidth=0.9)
    ax.spines[pen.side].set_visible(False)
    ax.set_xlabel(
        pen.say("حصة من إشارات الإطار: استعماله بعد الصفر، ورفضه قبله", "share of mentions: distance | use"),
        fontsize=9,
        color=INK,
    )
    from matplotlib.patches import Patch

    shown = ["rejects", "distances", "reports_denial", "reports", "asserts"]
    handles = [Patch(facecolor=STANCES[s][2], hatch=STANCES[s][3], edgecolor="white", linewidth=0) for s in shown]
    rows = legend(ax, pen, handles, [STANCES[s][0 if pen.rtl else 1] for s in shown])
    n = total(table.drop_duplicates(["key", "frame"])["n_total"])
    interval = interval_note(table) if "interval" in table else ("", "")
    own = table[(table["stance"] == "asserts") & (table["n_total"] > 0)]
    alt = ("", "")
    if len(own):
        top = own.loc[own["share"].idxmax()]
        look, share = looks[top["frame"]], percent(top["share"])
        alt = (
            f"أكثر من يتبنى إطارًا: {isolate(group_name(top['key'], 'ar'))} مع {isolate(look.ar)} ({share}).",
            f"Most asserted: {look.en} by {isolate(group_name(top['key'], 'en'))} ({share}).",
        )
    across = across_groups(groups)
    return finish(
        ax,
        pen,
        title=(f"الموقف من الأطر {across[0]}", f"Stance towards frames {across[1]}"),
        note=(
            f"الإشارات: {n}؛ العدد عند كل شريط هو عدد إشاراته. المجالات في الجدول. {interval[0]}",
            f"n = {n} mentions, each bar's own beside it. Intervals are in the table. {interval[1]}",
        ),
        alt=alt,
        table=shares,
        below=44,
        legend_rows=rows,
    )


def _stance_bar(ax: Any, pen: Pen, part: pd.DataFrame, y: float) -> None:
    """One bar: from zero outwards, the mildest stance first on either side."""
    n = int(part["n_total"].iloc[0]) if len(part) else 0
    if n == 0:
        ax.text(
            0,
            y,
            pen.say("لا إشارات", "no mentions"),
            ha="center",
            va="center",
            fontsize=7.5,
            color=QUIET,
            backgroundcolor="white",
        )
        return
    found = {str(record["stance"]): (row, float(record["share"])) for row, record in part.iterrows()}
    end = 0.0
    for sign, order in ((1, ("reports", "asserts")), (-1, ("reports_denial", "distances", "rejects"))):
        end = 0.0
        for stance in order:
            row, share = found.get(stance, (None, 0.0))
            if not share > 0:
                continue
            _, _, colour, hatch = STANCES[stance]
            ax.barh(
                y, sign * share, left=end, height=0.74, color=colour, hatch=hatch, edgecolor="white", linewidth=0.6,
                gid=f"row-{row}",
            )  # fmt: skip
            end += sign * share
    reach = sum(found.get(stance, (None, 0.0))[1] for stance in ("reports", "asserts"))
    ax.annotate(
        f"n={n:,}",
        (reach, y),
        xytext=(4 * pen.forward, 0),
        textcoords="offset points",
        ha=pen.side,
        va="center",
        fontsize=7,
        color=QUIET,
    )


def plot_speakers(
    shares: pd.DataFrame,
    *,
    top: int = 12,
    codebook: Codebook | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw in whose words the frames are used: a bar of mentions for each speaker, cut by frame.

    Parameters
    ----------
    shares : DataFrame
        What ``kz.speaker_shares`` returns: ``frame, speaker, n_mentions`` and any group columns, which are added up.
    top : int, default=12
        The speakers with most mentions; the note says how many are left out.
    codebook, ax, language, font
        As in `plot_frame_rates`.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({"frame": ["terrorism"], "speaker": ["قاسم جومرت توكاييف"], "n_mentions": [7]})
    >>> int(plot_speakers(shares).patches[0].get_width())
    7
    """
    columns_needed(shares, ["frame", "speaker", "n_mentions"], "shares", "kz.speaker_shares")
    table = shares.assign(frame=shares["frame"].astype(str), speaker=shares["speaker"].astype(str))
    frames = list(dict.fromkeys(table["frame"]))
    first_row = table.reset_index(drop=True).reset_index().groupby(["speaker", "frame"])["index"].first()
    counts = table.pivot_table(
        index="speaker", columns="frame", values="n_mentions", aggfunc="sum", fill_value=0, sort=False
    )
    counts = counts[counts.sum(axis=1) > 0]
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    shown, left_out = list(order[:top]), max(0, len(order) - top)
    looks = frame_looks(frames, codebook)
    frames = [frame for frame in frames if counts[frame].sum() > 0]
    ax, pen = start(ax, language, font, (7.2, 1.5 + 0.32 * max(1, len(shown))))
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    for y, speaker in enumerate(shown):
        end = 0
        for frame in frames:
            n = int(counts.loc[speaker, frame])
            if n > 0:
                look = looks[frame]
                ax.barh(y, n, left=end, height=0.72, color=look.colour, edgecolor="white", linewidth=0.8,
                        gid=f"row-{first_row[speaker, frame]}")  # fmt: skip
                if n / max(1, counts.sum(axis=1).max()) > 0.04:
                    ax.text(end + n / 2, y, number(n), ha="center", va="center", fontsize=7.5,
                            color=text_colour(look.colour))  # fmt: skip
                end += n
    ax.set_yticks(range(len(shown)), [pen.write(wrapped(speaker_name(s, language), 34)) for s in shown], fontsize=8.5)
    ax.set_ylim(max(1, len(shown)) - 0.4, -0.6)
    longest = max([1, *counts.sum(axis=1)]) * 1.04
    ax.set_xlim((longest, 0) if pen.rtl else (0, longest))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(axis="x", color=GRID, linewidth=0.7)
    ax.set_xlabel(pen.say("عدد الإشارات", "mentions"), fontsize=9, color=INK)
    handles = [Patch(facecolor=looks[f].colour, edgecolor="white") for f in frames]
    rows = legend(ax, pen, handles, [looks[f].name(language) for f in frames])
    everything = total(counts.to_numpy().sum())
    first = [speaker_name(shown[0], tongue) if shown else "" for tongue in ("ar", "en")]
    most = number(counts.loc[shown[0]].sum()) if shown else "0"
    return finish(
        ax,
        pen,
        title=("بكلام مَن تُستعمل الأطر", "In whose words the frames are used"),
        note=(
            f"الإشارات: {everything}، المتحدثون: {len(order)}، لم يُرسم منهم: {left_out}. أعداد بلا مجال.",
            f"n = {everything} mentions, {len(order)} speakers, {left_out} of them not drawn. Counts; no interval.",
        ),
        alt=(f"الأكثر: {isolate(first[0])} ({most}).", f"Most: {isolate(first[1])} ({most})."),
        table=shares,
        below=44,
        legend_rows=rows,
    )
