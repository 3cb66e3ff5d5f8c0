"""Charts of the corpus: how many words it holds, and where in the articles the mentions stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._chart_base import GRID, INK, Pen, columns_needed, date_ticks, finish, legend, number, percent, start, total
from ._chart_words import PALETTE, frame_looks, group_name, wrapped
from ._rtl import isolate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .codebooks import Codebook

__all__ = ["plot_corpus", "plot_dispersion"]


def plot_corpus(
    articles: pd.DataFrame,
    *,
    by: str | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw how many words the corpus holds, by article, outlet or day.

    Parameters
    ----------
    articles : DataFrame
        The articles; a column ``n_tokens`` is used if there is one, otherwise words are counted.
    by : {"article", "outlet", "date"}, optional
        By default ``article`` for up to 25 articles and ``outlet`` above.
    ax : Axes, optional
        Where to draw; a new figure by default.
    language : {"ar", "en"}, default="ar"
        An Arabic chart is mirrored.
    font : str, optional
        An installed font; DejaVu Sans by default.

    Returns
    -------
    Axes
        Of many outlets the 25 with most words; the note counts the others.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["004"], "outlet": ["الثورة"], "n_tokens": [512]})
    >>> int(plot_corpus(articles).patches[0].get_width())
    512
    """
    columns_needed(articles, ["article_id"], "articles", "kz.read_articles")
    by = by or ("article" if len(articles) <= 25 else "outlet")
    if by not in ("article", "outlet", "date"):
        raise ValueError(f"by={by!r} is not known; pass 'article', 'outlet' or 'date'.")
    from .articles import count_tokens

    words = count_tokens(articles)
    table = articles.reindex(columns=["article_id", "outlet", "date"]).assign(n_tokens=words).reset_index(drop=True)
    if by == "article":
        shown = table.assign(n_articles=1)
    else:
        key = table["date"].dt.floor("D") if by == "date" else table["outlet"]
        shown = (
            table.assign(**{by: key})
            .groupby(by, dropna=False, sort=by == "date")
            .agg(n_articles=("article_id", "size"), n_tokens=("n_tokens", "sum"))
            .reset_index()
        )
        if by == "outlet":
            shown = shown.sort_values("n_tokens", ascending=False, kind="stable")
    rest = max(0, len(shown) - 25) if by == "outlet" else 0
    drawn = shown.head(25) if by == "outlet" else shown
    ax, pen = start(ax, language, font, (7.2, 3.4 if by == "date" else 1.3 + 0.38 * len(drawn)))
    if by == "date":
        _days(ax, pen, drawn)
    else:
        _word_bars(ax, pen, drawn, by)
    dates = table["date"].dropna() if pd.api.types.is_datetime64_any_dtype(table["date"]) else pd.Series(dtype=object)
    span = f"{dates.min():%Y-%m-%d} – {dates.max():%Y-%m-%d}" if len(dates) else "–"
    n_outlets = table["outlet"].nunique()
    titles = {
        "article": ("كلمات كل مقال", "Words in each article"),
        "outlet": ("كلمات كل منبر", "Words from each outlet"),
        "date": ("كلمات كل يوم", "Words of each day"),
    }
    return finish(
        ax,
        pen,
        title=titles[by],
        note=(
            f"المقالات: {len(table):,}، المنابر: {n_outlets:,}، الكلمات: {total(words)}، التواريخ: {isolate(span)}، "
            f"لم يُرسم: {rest}. أعداد كاملة بلا مجال.",
            f"n = {len(table):,} articles, {n_outlets:,} outlets, {total(words)} words, dates {span}; {rest} outlets not drawn. "
            "Complete counts; no interval.",
        ),
        alt=(
            f"الأقصر: {number(shown['n_tokens'].min())} كلمة، الأطول: {number(shown['n_tokens'].max())}.",
            f"Least: {number(shown['n_tokens'].min())} words, most: {number(shown['n_tokens'].max())}.",
        ),
        table=shown,
        below=44 if by != "date" else 30,
    )


def _word_bars(ax: Any, pen: Pen, drawn: pd.DataFrame, by: str) -> None:
    labels = []
    for y, (row, record) in enumerate(drawn.iterrows()):
        ax.barh(y, record["n_tokens"], height=0.7, color=PALETTE[0], gid=f"row-{row}")
        ax.annotate(number(record["n_tokens"]), (record["n_tokens"], y), xytext=(4 * pen.forward, 0),
                    textcoords="offset points", ha=pen.side, va="center", fontsize=8, color=INK)  # fmt: skip
        name = pen.name(record["outlet"])
        if by == "article" and str(record["article_id"]) not in name:
            name = pen.name((record["outlet"], str(record["article_id"])))
        elif by == "outlet":
            count = f"مقالات: {record['n_articles']:,}" if pen.rtl else f"articles: {record['n_articles']:,}"
            name = f"{isolate(name)} · {count}"
        labels.append(pen.write(wrapped(name, 36)))
    ax.set_yticks(range(len(drawn)), labels, fontsize=8.5)
    ax.set_ylim(len(drawn) - 0.4, -0.6)
    longest = max(1, drawn["n_tokens"].max()) * 1.12
    ax.set_xlim((longest, 0) if pen.rtl else (0, longest))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel(pen.say("كلمات", "words"), fontsize=9, color=INK)
    ax.grid(axis="x", color=GRID, linewidth=0.7)


def _days(ax: Any, pen: Pen, drawn: pd.DataFrame) -> None:
    from matplotlib.dates import date2num

    dated = drawn[drawn["date"].notna()]
    x = date2num(dated["date"].to_numpy())
    ax.bar(x, dated["n_tokens"], width=0.8, color=PALETTE[0])
    date_ticks(ax, dated["date"])
    if len(x):
        ax.set_xlim((x.max() + 1, x.min() - 1) if pen.rtl else (x.min() - 1, x.max() + 1))
    ax.set_ylabel(pen.say("كلمات", "words"), fontsize=9, color=INK)
    ax.grid(axis="y", color=GRID, linewidth=0.7)


def plot_dispersion(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    most: int = 40,
    codebook: Codebook | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw where in each article the frames are mentioned, from its first letter to its last.

    Parameters
    ----------
    mentions : DataFrame
        What ``kz.find_mentions`` returns: ``article_id, frame, start, end``.
    articles : DataFrame
        The articles searched: ``article_id, outlet, text``.
    most : int, default=40
        Articles to draw, those with most mentions; the note counts the others.
    codebook, ax, language, font
        As in `plot_corpus` and `plot_frame_rates`.

    Returns
    -------
    Axes
        In an Arabic chart an article begins at the right. Each frame has a line of its own in an article's row.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["004"], "outlet": ["الثورة"], "text": ["ضد الإرهاب وحده"]})
    >>> mentions = pd.DataFrame({"article_id": ["004"], "frame": ["terrorism"], "start": [3], "end": [10]})
    >>> bool(plot_dispersion(mentions, articles).xaxis_inverted())
    True
    """
    columns_needed(articles, ["article_id", "text"], "articles", "kz.read_articles")
    if not {"article_id", "frame", "start", "end"} <= set(mentions.columns):
        raise ValueError(
            "mentions needs article_id, frame, start and end; pass the table that kz.find_mentions returns."
        )
    table = mentions.assign(frame=mentions["frame"].astype(str), article_id=mentions["article_id"].astype(str))
    length = articles.assign(length=articles["text"].str.len()).set_index(articles["article_id"].astype(str))
    table = table[table["article_id"].isin(length.index)].reset_index(drop=True)
    counts = table["article_id"].value_counts()
    order = [i for i in length.index if i in counts.index]
    kept = set(sorted(order, key=lambda i: -counts[i])[:most])
    ids = [i for i in order if i in kept]
    dtype = mentions["frame"].dtype
    frames = (
        [str(f) for f in dtype.categories] if isinstance(dtype, pd.CategoricalDtype) else sorted(set(table["frame"]))
    )
    frames = [f for f in frames if f in set(table["frame"])]
    looks = frame_looks(frames, codebook)
    ax, pen = start(ax, language, font, (8.0, 1.5 + len(ids) * max(0.3, 0.1 * len(frames))))
    step = 0.8 / max(1, len(frames))
    middle = (table["start"] + table["end"]) / 2 / table["article_id"].map(length["length"]).clip(lower=1)
    for place, frame in enumerate(frames):
        part = table[(table["frame"] == frame) & table["article_id"].isin(kept)]
        y = np.array([ids.index(i) for i in part["article_id"]], float) - 0.4 + (place + 0.5) * step
        ax.vlines(middle[part.index], y - step / 2, y + step / 2, color=looks[frame].colour, linewidth=2.2,
                  gid=f"frame-{frame}")  # fmt: skip
    names = []
    for article_id in ids:
        outlet = group_name(length["outlet"].get(article_id, ""), language) if "outlet" in length else ""
        names.append(outlet if article_id in outlet else f"{isolate(outlet)} · {article_id}" if outlet else article_id)
    ax.set_yticks(range(len(ids)), [pen.write(wrapped(name)) for name in names], fontsize=8.5)
    ax.set_ylim(max(1, len(ids)) - 0.4, -0.6)
    for line in np.arange(0.5, len(ids) - 1):
        ax.axhline(float(line), color=GRID, linewidth=0.6, zorder=0)
    ax.set_xlim((1, 0) if pen.rtl else (0, 1))
    ends = (pen.say("أول المقال", "beginning"), pen.say("وسطه", "middle"), pen.say("آخره", "end"))
    ax.set_xticks([0, 0.5, 1], ends, fontsize=8.5)
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=looks[f].colour, linewidth=4) for f in frames]
    rows = legend(ax, pen, handles, [looks[f].name(language) for f in frames])
    silent = len(length) - len(order)
    return finish(
        ax,
        pen,
        title=("مواضع الأطر داخل المقالات", "Where in the articles the frames are mentioned"),
        note=(
            f"الإشارات: {len(table):,}، المقالات: {len(ids):,}، لم يُرسم: {len(order) - len(ids):,}، بلا إشارات: {silent:,}. "
            "مواضع كما هي، بلا مجال.",
            f"n = {len(table):,} mentions in {len(ids):,} articles; {len(order) - len(ids):,} not drawn, {silent:,} without any. "
            "Positions as they are; no interval.",
        ),
        alt=(
            f"الوسيط عند {percent(float(middle.median()) if len(middle) else float('nan'))} من طول المقال.",
            f"The median mention stands at {percent(float(middle.median()) if len(middle) else float('nan'))} of an article.",
        ),
        table=table.assign(position=middle)[["article_id", "frame", "start", "end", "position"]],
        below=28,
        legend_rows=rows,
    )
