"""Charts of terms and topics: what is distinctive, what belongs together, how much of it there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._chart_base import GRID, INK, QUIET, Pen, columns_needed, finish, legend, panels, percent, start, text_colour
from ._chart_words import HATCHES, PALETTE, across_groups, group_columns, group_keys, group_name, interval_note, wrapped
from ._rtl import isolate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_tfidf", "plot_topic_prevalence", "plot_topic_search", "plot_topic_terms"]


def plot_tfidf(
    table: pd.DataFrame,
    *,
    top: int = 8,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw the terms that set each group apart by TF-IDF, a panel a group.

    Parameters
    ----------
    table : DataFrame
        What ``kz.tfidf`` returns: group column, ``term, tf_idf, rank``.
    top : int, default=8
        Terms in each panel.
    ax : Axes, optional
        Where to draw; a new figure by default. The panels are its ``child_axes``.
    language : {"ar", "en"}, default="ar"
        In an Arabic chart bars grow leftwards and the first panel is on the right.
    font : str, optional
        An installed font; DejaVu Sans by default.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["الثورة"], "term": ["الغاز"], "tf_idf": [0.25], "rank": [1]})
    >>> plot_tfidf(table).child_axes[0].patches[0].get_width()
    np.float64(0.25)
    """
    columns_needed(table, ["term", "tf_idf", "rank"], "table", "kz.tfidf")
    groups = group_columns(table, "term")
    keyed = table.assign(key=group_keys(table, groups))
    keyed = keyed[keyed["rank"] <= top].reset_index(drop=True)
    names = {key: (group_name(key, "ar"), group_name(key, "en")) for key in dict.fromkeys(keyed["key"])}
    ax, pen, said = _term_panels(keyed, names, "tf_idf", top, ax, language, font)
    across = across_groups(groups)
    return finish(
        ax,
        pen,
        title=(f"المفردات المميزة (TF-IDF) {across[0]}", f"Distinctive terms by TF-IDF {across[1]}"),
        note=(
            f"أول {top} مفردات من كل مجموعة؛ المجموعات: {len(names)}، المفردات في الجدول: {len(table):,}. وصف بلا مجال.",
            f"The first {top} terms of each group; n = {len(names)} groups, {len(table):,} rows in the table. "
            "Descriptive; no interval.",
        ),
        alt=said,
        table=keyed.drop(columns="key"),
        below=22,
    )


def plot_topic_terms(
    terms: pd.DataFrame,
    *,
    top: int = 8,
    labels: Any = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw the likeliest terms of each topic, a panel a topic.

    Parameters
    ----------
    terms : DataFrame
        ``model.terms``: ``topic, term, weight, rank``; or ``model.relevance()``.
    top : int, default=8
        Terms in each panel.
    labels : mapping, optional
        A name for each topic, yours or ``dict(zip(model.topics.topic, model.topics.label))``; its number by default.
    ax, language, font
        As in `plot_tfidf`.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> terms = pd.DataFrame({"topic": [0, 0], "term": ["الغاز", "أسعار"], "weight": [0.1, 0.05], "rank": [1, 2]})
    >>> len(plot_topic_terms(terms).child_axes[0].patches)
    2
    """
    columns_needed(terms, ["topic", "term", "weight", "rank"], "terms", "model.terms")
    keyed = terms[terms["rank"] <= top].assign(key=terms["topic"]).reset_index(drop=True)
    topics = list(dict.fromkeys(keyed["key"]))
    names = {topic: _topic_names(topic, labels) for topic in topics}
    ax, pen, said = _term_panels(keyed, names, "weight", top, ax, language, font)
    return finish(
        ax,
        pen,
        title=("أرجح المفردات في كل موضوع", "The likeliest terms of each topic"),
        note=(
            f"الطول احتمال المفردة في الموضوع؛ المواضيع: {len(topics)}، أول {top} مفردات. تقدير واحد من نموذج، بلا مجال.",
            f"Length: the term's probability in the topic; n = {len(topics)} topics, the first {top} terms. "
            "One fit of a model; no interval.",
        ),
        alt=said,
        table=keyed.drop(columns="key"),
        below=22,
    )


def _topic_names(topic: Any, labels: Any) -> tuple[str, str]:
    given = labels.get(topic) if labels is not None else None
    return (f"الموضوع {topic}: {given}", f"Topic {topic}: {given}") if given else (f"الموضوع {topic}", f"Topic {topic}")


def _term_panels(
    keyed: pd.DataFrame,
    names: dict[Any, tuple[str, str]],
    value: str,
    top: int,
    ax: Axes | None,
    language: str,
    font: str | None,
) -> tuple[Any, Pen, tuple[str, str]]:
    """Bars of the first terms, a panel for each key; returns the axes, the pen and the panels in words."""
    columns = min(len(names), 3)
    rows = -(-len(names) // columns)
    ax, pen = start(ax, language, font, (3.3 * columns + 0.6, 0.9 + rows * (0.65 + 0.24 * top)))
    said: tuple[list[str], list[str]] = ([], [])
    longest = float(np.nanmax([*keyed[value], 1e-12]))
    made = panels(ax, pen, len(names), columns, label_share=0.42, gap=0.5)
    for place, (panel, (key, name)) in enumerate(zip(made, names.items(), strict=True)):
        part = keyed[keyed["key"] == key].sort_values("rank", kind="stable")
        colour = PALETTE[place % 6]
        for y, (row, width) in enumerate(part[value].items()):
            panel.barh(y, width, height=0.7, color=colour, gid=f"row-{row}")
        panel.set_yticks(range(len(part)), [pen.write(term) for term in part["term"]], fontsize=9)
        panel.set_ylim(top - 0.4, -0.6)
        panel.set_xlim((longest * 1.05, 0) if pen.rtl else (0, longest * 1.05))
        panel.locator_params(axis="x", nbins=3)
        panel.tick_params(axis="x", labelsize=7.5, colors=QUIET)
        panel.grid(axis="x", color=GRID, linewidth=0.6)
        panel.set_axisbelow(True)
        title = wrapped(name[0] if pen.rtl else name[1], 30)
        panel.set_title(pen.write(title), loc=pen.side, fontsize=9.5, fontweight="bold", color=INK)
        for texts, label, comma in ((said[0], name[0], "، "), (said[1], name[1], ", ")):
            texts.append(f"{isolate(label)}: {comma.join(part['term'].head(5))}.")
    return ax, pen, (" ".join(said[0]), " ".join(said[1]))


def plot_topic_prevalence(
    prevalence: pd.DataFrame,
    *,
    labels: Any = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw how much of each group's (or article's) text each topic makes up: one whole bar each.

    Parameters
    ----------
    prevalence : DataFrame
        ``model.prevalence("outlet")``, or ``model.articles``: group columns, ``topic, share``.
    labels : mapping, optional
        A name for each topic; ``prevalence.label``, if it is there, or the number by default.
    ax, language, font
        As in `plot_tfidf`.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> shares = pd.DataFrame({"outlet": ["الثورة"] * 2, "topic": [0, 1], "share": [0.75, 0.25]})
    >>> [float(bar.get_width()) for bar in plot_topic_prevalence(shares).patches]
    [0.75, 0.25]
    """
    columns_needed(prevalence, ["topic", "share"], "prevalence", "model.prevalence() or model.articles")
    groups = group_columns(prevalence, "topic")
    if "article_id" in groups:  # of an article, the outlet and the id say which; the date would only lengthen the label
        groups = [name for name in groups if name in ("outlet", "article_id")]
    table = prevalence.assign(key=group_keys(prevalence, groups)).reset_index(drop=True)
    keys, topics = list(dict.fromkeys(table["key"])), list(dict.fromkeys(table["topic"]))
    if labels is None and "label" in table:
        labels = dict(zip(table["topic"], table["label"], strict=True))
    ax, pen = start(ax, language, font, (7.6, 1.4 + 0.36 * len(keys)))
    place_of = {key: y for y, key in enumerate(keys)}
    ends = dict.fromkeys(keys, 0.0)
    for row, record in table.iterrows():
        share, look = float(record["share"]), topics.index(record["topic"])
        if not share > 0:
            continue
        key, colour = record["key"], PALETTE[look % 8]
        ax.barh(
            place_of[key],
            share,
            left=ends[key],
            height=0.74,
            color=colour,
            hatch=HATCHES[look // 8 % 8],
            edgecolor="white",
            linewidth=0.8,
            gid=f"row-{row}",
        )
        if share >= 0.06:
            ax.text(
                ends[key] + share / 2,
                place_of[key],
                percent(share),
                ha="center",
                va="center",
                fontsize=7.5,
                color=text_colour(colour),
            )
        ends[key] += share
    ax.set_yticks(range(len(keys)), [pen.write(wrapped(pen.name(key))) for key in keys], fontsize=8.5)
    ax.set_ylim(len(keys) - 0.4, -0.6)
    ax.set_xlim((1, 0) if pen.rtl else (0, 1))
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=PALETTE[i % 8], hatch=HATCHES[i // 8 % 8], edgecolor="white") for i in range(len(topics))
    ]
    names = [_topic_names(topic, labels) for topic in topics]
    rows = legend(ax, pen, handles, [name[0] if pen.rtl else name[1] for name in names])
    across = across_groups(groups)
    interval = (
        interval_note(table) if "interval" in table else ("تقدير من نموذج، بلا مجال.", "From one model; no interval.")
    )
    means = table.groupby("topic")["share"].mean()
    most = names[topics.index(means.idxmax())] if means.notna().any() else ("", "")
    n_articles = ""
    if "n_articles" in table:
        n_articles = f"{int(table.drop_duplicates('key')['n_articles'].sum()):,}"
    extra = (f"، المقالات: {n_articles}", f", {n_articles} articles") if n_articles else ("", "")
    unit = ("المقالات", "articles") if "article_id" in groups else ("المجموعات", "groups")
    return finish(
        ax,
        pen,
        title=(f"حصص المواضيع {across[0]}", f"Topic shares {across[1]}"),
        note=(
            f"{unit[0]}: {len(keys):,}{extra[0]}، المواضيع: {len(topics)}. {interval[0]}",
            f"n = {len(keys):,} {unit[1]}{extra[1]}, {len(topics)} topics. {interval[1]}",
        ),
        alt=(f"الأكبر في المتوسط: {isolate(most[0])}.", f"Largest on average: {isolate(most[1])}."),
        table=prevalence,
        below=28,
        legend_rows=rows,
    )


def plot_topic_search(
    search: pd.DataFrame,
    *,
    measures: list[str] | None = None,
    ax: Axes | None = None,
    language: str = "ar",
    font: str | None = None,
) -> Axes:
    """Draw how measures of topic quality change with the number of topics, a panel a measure.

    Parameters
    ----------
    search : DataFrame
        What ``kz.search_topics`` returns: ``n_topics`` and a column for each measure; several rows for one number of
        topics (seeds) are drawn as dots around their mean. A dotted line stands at the number it recommends.
    measures : list of str, optional
        Columns to draw; by default all numeric ones but ``n_topics``, ``seed`` and times.
    ax, language, font
        As in `plot_tfidf`.

    Returns
    -------
    Axes

    Examples
    --------
    >>> import pandas as pd
    >>> search = pd.DataFrame({"n_topics": [3, 4, 5], "coherence": [0.1, 0.14, 0.12]})
    >>> plot_topic_search(search).child_axes[0].lines[0].get_xdata().tolist()
    [3.0, 4.0, 5.0]
    """
    columns_needed(search, ["n_topics"], "search", "kz.search_topics")
    if measures is None:
        numeric = search.select_dtypes("number").columns
        aside = ("n_topics", "seed", "seconds", "passes", "n_passages")
        measures = [name for name in numeric if name not in aside and not name.endswith("_se")]
    columns_needed(search, measures, "search", "kz.search_topics")
    if not measures:
        raise ValueError("search has no measure to draw; pass measures= with the names of its numeric columns.")
    columns = min(len(measures), 3)
    rows = -(-len(measures) // columns)
    ax, pen = start(ax, language, font, (3.4 * columns + 0.4, 0.8 + 2.3 * rows))
    for place, (panel, measure) in enumerate(
        zip(panels(ax, pen, len(measures), columns, label_share=0.2, gap=0.6), measures, strict=True)
    ):
        means = search.groupby("n_topics")[measure].mean()
        colour = PALETTE[place % 6]
        panel.plot(means.index.to_numpy(float), means, color=colour, marker="o", markersize=4, gid=f"measure-{place}")
        if search["n_topics"].duplicated().any():
            panel.plot(search["n_topics"], search[measure], ".", color=colour, alpha=0.45, markersize=4)
        panel.set_title(pen.write(measure.replace("_", " ")), loc=pen.side, fontsize=9.5, color=INK)
        if "recommended" in search and search["recommended"].any():
            panel.axvline(
                search.loc[search["recommended"], "n_topics"].iloc[0], color=QUIET, linestyle=":", linewidth=1
            )
        panel.xaxis.get_major_locator().set_params(integer=True)
        panel.tick_params(labelsize=8)
        panel.grid(color=GRID, linewidth=0.6)
    tried = f"{search['n_topics'].min()}–{search['n_topics'].max()}"
    runs = len(search)
    return finish(
        ax,
        pen,
        title=("جودة المواضيع حسب عددها", "Topic quality by number of topics"),
        note=(
            f"الأفقي: عدد المواضيع ({isolate(tried)})؛ النماذج: {runs}. بلا مجال: لا يحسم القياسُ العددَ، فاقرأ المواضيع.",
            f"Horizontal: number of topics ({tried}); n = {runs} models. No interval: a measure does not settle the number; "
            "read the topics.",
        ),
        alt=(f"المقاييس: {'، '.join(measures)}.", f"Measures: {', '.join(measures)}."),
        table=search,
        below=26,
    )
