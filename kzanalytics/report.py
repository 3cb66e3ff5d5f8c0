"""One self-contained HTML page to explore a corpus: charts, passages behind them, and the articles with their mentions."""

from __future__ import annotations

import base64
import hashlib
import warnings
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._report_charts import draw_chart
from ._report_data import json_for_html, page_data
from .files import make_folder

if TYPE_CHECKING:
    from .codebooks import Codebook
    from .topics import TopicModel

__all__ = ["write_report"]

_RIGHTS = {
    "full": (
        "في هذه الصفحة نصوص المقالات كاملة، وهي ملك ناشريها: لا تُنقل إلى أحد بغير إذنهم.",
        "This page holds the full texts of the articles. They belong to their publishers: do not pass it on without leave.",
    ),
    "context": (
        "في هذه الصفحة مقتطفات حول كل إشارة؛ النصوص ملك ناشريها.",
        "This page holds excerpts around each mention; the texts belong to their publishers.",
    ),
    "none": ("لا نصوص في هذه الصفحة.", "This page holds no text of the articles."),
}
_MOST_OUTLETS = 15


def write_report(
    path: str | Path,
    articles: pd.DataFrame,
    codebook: Codebook,
    *,
    mentions: pd.DataFrame | None = None,
    model: TopicModel | None = None,
    n_topics: int = 6,
    text: str = "full",
    language: str = "ar",
    title: str | None = None,
    max_articles: int = 3000,
) -> Path:
    """Write an explorer of a corpus as one HTML file that needs nothing else: no network, no server, no installation.

    Parameters
    ----------
    path : str or Path
        The file to write; missing folders are made.
    articles : DataFrame
        The articles.
    codebook : Codebook
        The frames to look for, with their names and colours.
    mentions : DataFrame, optional
        Mentions already attributed (``kz.attribute_mentions``), perhaps corrected by hand; found anew by default.
    model : TopicModel, optional
        A fitted model to show; by default one of `n_topics` topics is fitted with the engine ``map`` and seed 2022.
    n_topics : int, default=6
        Number of topics; 0 for none.
    text : {"full", "context", "none"}, default="full"
        How much of the articles goes in: all; 120 characters around each mention; nothing but the terms that charts
        name. Full texts belong to their
        publishers, and such a page must not be passed on without leave.
    language : {"ar", "en"}, default="ar"
        The language the page opens in; a button switches.
    title : str, optional
        A heading of your own.
    max_articles : int, default=3000
        The reading room holds at most so many articles, those with most mentions: beyond it a browser takes long to open
        the file. Charts count all articles; page and a warning say how many are left out.

    Returns
    -------
    Path
        The file. The same input gives the same bytes.

    Raises
    ------
    ValueError
        If `text` or `language` is not one of those above.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import kzanalytics as kz
    >>> articles = pd.DataFrame({"article_id": ["1"], "outlet": ["الثورة"], "text": ["قال الرئيس إنه يحارب الإرهاب."]})
    >>> codebook = kz.load_codebook("kazakhstan-2022")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_report(f"{folder}/report.html", articles, codebook, n_topics=0).read_text(encoding="utf-8")
    >>> page[:15], "يحارب" in page
    ('<!DOCTYPE html>', True)
    """
    if text not in _RIGHTS:
        raise ValueError(f"text={text!r} is not known; pass 'full', 'context' or 'none'.")
    if language not in ("ar", "en"):
        raise ValueError(f"language={language!r} is not known; pass 'ar' (Arabic) or 'en' (English).")
    from .articles import check_articles, count_tokens

    articles = check_articles(articles).reset_index(drop=True)
    articles = articles.assign(n_tokens=count_tokens(articles))
    file = Path(path)
    make_folder(file.parent)  # before the work, not after it
    if mentions is None:
        from .attribution import attribute_mentions
        from .mentions import find_mentions

        mentions = attribute_mentions(find_mentions(articles, codebook), articles)
    notes: list[dict[str, str]] = []
    reuse = _find_reuse(articles, notes)
    room = _reading_room(articles, mentions, max_articles, notes)
    frames = [{"id": f.id, "ar": f.label_ar, "en": f.label_en, "colour": f.colour} for f in codebook.frames]
    kept = mentions[mentions["article_id"].astype(str).isin(set(room["article_id"]))]
    data = page_data(room, kept, reuse, frames, text)
    charts, asked, glyphs = _charts(articles, mentions, codebook, reuse, model, n_topics, data["index"], notes)
    del data["index"]
    data = {"text": "none"} if text == "none" else {**data, "charts": asked}
    page = _page(articles, mentions, codebook, frames, data, charts, glyphs, notes, text, language, title)
    file.write_bytes(page.encode("utf-8", "replace"))
    return file


def _note(notes: list[dict[str, str]], arabic: str, english: str) -> None:
    notes.append({"ar": arabic, "en": english})


def _find_reuse(articles: pd.DataFrame, notes: list[dict[str, str]]) -> pd.DataFrame:
    from .reuse import find_reuse

    try:
        return find_reuse(articles)
    except ValueError as problem:
        _note(notes, "لم تُبحث المقاطع المشتركة في مدونة بهذا الحجم.", f"Shared passages were not searched: {problem}")
        return pd.DataFrame(
            columns=["article_a", "start_a", "end_a", "article_b", "start_b", "end_b", "n_tokens", "text"]
        )


def _reading_room(
    articles: pd.DataFrame, mentions: pd.DataFrame, most: int, notes: list[dict[str, str]]
) -> pd.DataFrame:
    """The articles that go into the page, in their own order."""
    if len(articles) <= most:
        return articles
    n_mentions = articles["article_id"].map(mentions["article_id"].astype(str).value_counts()).fillna(0)
    chosen = n_mentions.sort_values(ascending=False, kind="stable").index[:most]
    left_out = len(articles) - most
    _note(
        notes,
        f"في غرفة القراءة والمقاطع {most:,} مقال، الأكثر إشارات؛ لم يدخلها: {left_out:,}. الرسوم تعد المقالات كلها.",
        f"The reading room and the passages hold the {most:,} articles with most mentions; {left_out:,} are left out. "
        "Charts count all articles.",
    )
    warnings.warn(
        f"The report's reading room holds max_articles={most:,} articles; {left_out:,} with fewer mentions are left out, "
        "and the page says so. Pass a larger max_articles= to include them, or a part of the corpus.",
        UserWarning,
        stacklevel=3,
    )
    return articles.loc[sorted(chosen)]


def _charts(
    articles: pd.DataFrame,
    mentions: pd.DataFrame,
    codebook: Codebook,
    reuse: pd.DataFrame,
    model: TopicModel | None,
    n_topics: int,
    index: dict[str, dict[str, int]],
    notes: list[dict[str, str]],
) -> tuple[list[dict[str, Any]], dict[str, Any], dict[str, str]]:
    """Every chart that these data can carry; what cannot be drawn is said in a note."""
    from . import charts as c
    from .frame_shares import speaker_shares, stance_shares
    from .frames import co_occurrence, frame_rates
    from .reuse import reuse_shares
    from .terms import tfidf

    words = articles.groupby("outlet", sort=False)["n_tokens"].sum().sort_values(ascending=False, kind="stable")
    shown = list(words.index[:_MOST_OUTLETS])
    some = articles[articles["outlet"].isin(shown)]
    part = mentions[mentions["article_id"].isin(some["article_id"])]
    if len(words) > len(shown):
        n = f"{len(words):,}"
        _note(
            notes,
            f"تعرض الرسوم أكبر {_MOST_OUTLETS} منبرًا من {n}.",
            f"Charts by outlet show the {_MOST_OUTLETS} largest of {n} outlets.",
        )
    foreground = list(codebook.default) or [frame.id for frame in codebook.frames]
    plots: list[tuple[str, Callable[[], Callable[..., Any]]]] = [
        ("corpus", lambda: partial(c.plot_corpus, articles)),
        (
            "rates",
            lambda: partial(c.plot_frame_rates, frame_rates(part, some, frames=foreground), codebook=codebook),
        ),
        (
            "all-rates",
            lambda: partial(c.plot_frame_rates, frame_rates(part, some), codebook=codebook, style="heat"),
        ),
        ("stance", lambda: partial(c.plot_stance, stance_shares(part, some, frames=foreground), codebook=codebook)),
        ("speakers", lambda: partial(c.plot_speakers, speaker_shares(mentions, articles, by=None), codebook=codebook)),
        ("time", lambda: partial(c.plot_over_time, _dated(mentions, articles, foreground), codebook=codebook)),
        ("terms", lambda: partial(c.plot_tfidf, tfidf(some[some["outlet"].isin(shown[:6])], by="outlet"))),
        ("shared", lambda: partial(c.plot_reuse, reuse_shares(_within(reuse, some), some))),
        ("together", lambda: partial(c.plot_co_occurrence, co_occurrence(mentions, articles), codebook=codebook)),
    ]
    if len(foreground) == len(codebook.frames):
        plots = [plot for plot in plots if plot[0] != "all-rates"]
    if model is not None or n_topics > 0:
        plots += _topic_plots(articles, model, n_topics)

    def target(record: Any) -> dict[str, Any] | None:
        """What a click on a row of a table asks for."""
        wanted: dict[str, Any] = {
            name: index[name][str(record[name])]
            for name in ("outlet", "frame", "stance", "speaker")
            if name in record and str(record[name]) in index[name]
        }
        if "outlet_a" in record and str(record["outlet_a"]) in index["outlet"]:
            wanted["outlet"] = index["outlet"][str(record["outlet_a"])]
        if "term" in record:
            wanted = {"words": str(record["term"])}
        return wanted or None

    drawn: list[dict[str, Any]] = []
    asked: dict[str, Any] = {}
    glyphs: dict[str, str] = {}
    for name, prepare in plots:
        try:
            chart, rows = draw_chart(name, prepare(), glyphs, target)
        except ValueError as problem:
            _note(notes, f"لم يُرسم: {name}", f"Not drawn: {name}. {problem}")
            continue
        drawn.append(chart)
        asked[name] = rows
    return drawn, asked, glyphs


def _dated(mentions: pd.DataFrame, articles: pd.DataFrame, frames: list[str]) -> pd.DataFrame:
    """Rates over time, by day up to two months, by month up to five years, by year beyond."""
    from .frames import frame_rates

    dates = articles["date"].dropna() if "date" in articles else pd.Series(dtype="datetime64[us]")
    if dates.nunique() < 2:
        raise ValueError("the articles have fewer than two dates.")
    days = (dates.max() - dates.min()).days
    freq = "D" if days <= 62 else "M" if days <= 5 * 366 else "Y"
    return frame_rates(mentions, articles, by=None, freq=freq, frames=frames)


def _within(reuse: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    ids = set(articles["article_id"])
    return reuse[reuse["article_a"].isin(ids) & reuse["article_b"].isin(ids)].reset_index(drop=True)


def _topic_plots(
    articles: pd.DataFrame, model: TopicModel | None, n_topics: int
) -> list[tuple[str, Callable[[], Callable[..., Any]]]]:
    from . import charts as c

    fitted: list[TopicModel] = [] if model is None else [model]

    def get() -> TopicModel:
        if not fitted:
            from .articles import split_passages
            from .topics import fit_topics

            fitted.append(
                fit_topics(split_passages(articles), n_topics=n_topics, seed=2022, engine="map", progress=False)
            )
        return fitted[0]

    def shares() -> Callable[..., Any]:
        table = get().prevalence("outlet")
        largest = table.groupby("outlet", sort=False)["n_articles"].first().sort_values(ascending=False, kind="stable")
        return partial(c.plot_topic_prevalence, table[table["outlet"].isin(largest.index[:_MOST_OUTLETS])])

    return [("topic-terms", lambda: partial(c.plot_topic_terms, get().terms)), ("topic-shares", shares)]


def _page(
    articles: pd.DataFrame,
    mentions: pd.DataFrame,
    codebook: Codebook,
    frames: list[dict[str, str]],
    data: dict[str, Any],
    charts: list[dict[str, Any]],
    glyphs: dict[str, str],
    notes: list[dict[str, str]],
    text: str,
    language: str,
    title: str | None,
) -> str:
    from jinja2 import Environment
    from markupsafe import Markup

    from . import __version__
    from .runinfo import corpus_checksum

    folder = resources.files("kzanalytics") / "data" / "report"
    template, style, script = (
        (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")
        for name in ("page.html.j2", "page.css", "page.js")
    )
    style += "".join(f".f{place} {{ --c: {frame['colour']}; }}\n" for place, frame in enumerate(frames))
    for chart in charts:
        chart["svg"] = {key: Markup(svg) for key, svg in chart["svg"].items()}
    n_articles, n_outlets = f"{len(articles):,}", f"{articles['outlet'].nunique():,}"
    n_words, n_mentions = f"{int(articles['n_tokens'].sum()):,}", f"{len(mentions):,}"
    return str(
        Environment(autoescape=True)
        .from_string(template)
        .render(
            language=language,
            title=title,
            version=__version__,
            style=Markup(style),
            script=Markup(script),
            style_hash=_hash(style),
            script_hash=_hash(script),
            data=Markup(json_for_html(data)),
            glyphs=Markup("".join(glyphs[name] for name in sorted(glyphs))),
            charts=charts,
            frames=frames,
            notes=notes,
            text=text,
            counts={
                "ar": f"المقالات: {n_articles}، المنابر: {n_outlets}، الكلمات: {n_words}، الإشارات: {n_mentions}.",
                "en": f"{n_articles} articles, {n_outlets} outlets, {n_words} words, {n_mentions} mentions.",
            },
            rights=dict(zip(("ar", "en"), _RIGHTS[text], strict=True)),
            codebook_id=codebook.id,
            codebook_version=codebook.version,
            checksum=corpus_checksum(articles),
        )
    )


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
