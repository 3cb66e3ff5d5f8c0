"""Find the mentions of frames in articles, and read them in context."""

import html
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ._columns import Words, split_words
from ._form_filter import FormFilter
from ._tables import id_texts, need
from ._views import MAX_ROWS, PAGE_ROWS, paged_html
from .articles import check_articles
from .boilerplate import boilerplate_forms, boilerplate_over
from .codebooks import Codebook, Frame, compile_frames, match_frames, overlapping

__all__ = ["Concordance", "concordance", "find_mentions"]

COLUMNS = ("article_id", "outlet", "date", "frame", "term", "start", "end", "text", "in_title")


def find_mentions(articles: pd.DataFrame, codebook: Codebook, *, frames: Sequence[str] | None = None) -> pd.DataFrame:
    """Find every mention of the frames of a codebook.

    A mention is one occurrence of a term, in any inflection. Within a frame mentions do not overlap: the longest (in words)
    wins, of two equally long the first; mentions of different frames may overlap. Web boilerplate
    (:func:`kzanalytics.find_boilerplate`) is not searched. Whose words a mention is, is the subject of
    :func:`kzanalytics.attribute_mentions`.

    Parameters
    ----------
    articles : DataFrame
        With ``text``, and as far as there are ``article_id, outlet, date, title``; not changed.
    codebook : Codebook
        From :func:`kzanalytics.load_codebook`.
    frames : sequence of str, optional
        Ids of the frames to search, for instance ``codebook.default``. By default all.

    Returns
    -------
    DataFrame
        One row per mention, in order of the articles and then of the text: ``article_id, outlet, date``; ``frame``
        (categorical over the searched frames, in the order of the codebook); ``term`` (as the codebook writes it);
        ``start, end`` (characters of the raw text, whole words); ``text`` (``articles.text[start:end]``); ``in_title``
        (whether it stands in the headline, as far as ``text`` repeats ``title`` as a line of its own or begins with it).

    Raises
    ------
    ValueError
        If a frame is not in the codebook, or the table has no ``text``.

    Examples
    --------
    >>> import kzanalytics as kz
    >>> articles = pd.DataFrame({"text": ["لن نسمح بـ«الثورات الملوّنة»، ولا علاقة للإرهاب بأسعار الوقود."]})
    >>> mentions = kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022"))
    >>> mentions[["frame", "text"]].values.tolist()
    [['colour_revolution', 'الثورات الملوّنة'], ['terrorism', 'للإرهاب'], ['fuel_prices', 'بأسعار الوقود']]
    """
    if not isinstance(codebook, Codebook):
        raise TypeError(
            f"codebook must be a Codebook, not {type(codebook).__name__}; load it with kz.load_codebook('kazakhstan-2022')."
        )
    articles = _checked(articles)
    chosen = _choose(codebook, frames)
    texts = articles["text"].tolist()
    return mentions_in(articles, chosen, texts, split_words(texts, only=compile_frames(chosen).matcher.forms))


def split_for_mentions(texts: Sequence[str], chosen: tuple[Frame, ...]) -> Words:
    """Cut texts into words, naming those that matter for mentions and boilerplate; every word has its offsets."""
    return split_words(texts, only=_forms(chosen))


@lru_cache(maxsize=4)
def _forms(chosen: tuple[Frame, ...]) -> FormFilter:
    return compile_frames(chosen).matcher.forms | boilerplate_forms()


def mentions_in(
    articles: pd.DataFrame,
    chosen: tuple[Frame, ...],
    texts: list[str],
    words: Words,
    boilerplate: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None,
) -> pd.DataFrame:
    """The mentions table of articles that are cut into words already, and whose boilerplate may be known."""
    found = match_frames(chosen, words, texts)
    if boilerplate is None:
        boilerplate = boilerplate_over(texts, words, found.text, found.start, found.end)
    outside = ~overlapping(found.text, found.start, found.end, *boilerplate)
    row, start, end, frame, pattern = (column[outside] for column in found)
    rows = row.tolist()
    spans = [texts[i][s:e] for i, s, e in zip(rows, start.tolist(), end.tolist(), strict=True)]
    columns: dict[str, Any] = {
        name: articles[name].take(row).reset_index(drop=True) for name in ("article_id", "outlet", "date")
    }
    categories = pd.Index([f.id for f in chosen], dtype="str")
    columns["frame"] = pd.Series(pd.Categorical.from_codes(frame, categories=categories))
    columns["term"] = pd.Series(compile_frames(chosen).terms, dtype="str").take(pattern).reset_index(drop=True)
    columns |= {"start": start, "end": end, "text": pd.Series(spans, dtype="str")}
    columns["in_title"] = _in_title(rows, start, end, spans, texts, articles["title"].tolist())
    return pd.DataFrame(columns, columns=list(COLUMNS))


def _checked(articles: pd.DataFrame) -> pd.DataFrame:
    # What has the contract's columns and types already (anything read by kz.read_articles) need not be copied.
    needed = ("article_id", "outlet", "date", "title", "text")
    if (
        isinstance(articles, pd.DataFrame)
        and all(name in articles.columns for name in needed)
        and all(isinstance(articles[name].dtype, pd.StringDtype) for name in needed if name != "date")
        and articles["date"].dtype.kind == "M"
        and not articles[["article_id", "outlet", "title", "text"]].isna().any(axis=None)
        and articles["article_id"].is_unique
        and not any((articles[column].str.strip() == "").any() for column in ("article_id", "outlet"))
    ):
        return articles
    return check_articles(articles)


def _choose(codebook: Codebook, frames: Sequence[str] | None) -> tuple[Frame, ...]:
    if frames is None:
        return codebook.frames
    if isinstance(frames, str):
        frames = [frames]
    known = [frame.id for frame in codebook.frames]
    for frame in frames:
        if frame not in known:
            raise ValueError(
                f"frames names {frame!r}, which codebook {codebook.id!r} does not have; choose from {', '.join(known)}."
            )
    if not len(frames):
        raise ValueError(f"frames is empty; choose from {', '.join(known)}, or leave it out to search all.")
    return tuple(frame for frame in codebook.frames if frame.id in frames)


def _in_title(
    rows: list[int], start: np.ndarray, end: np.ndarray, spans: list[str], texts: list[str], titles: list[str]
) -> np.ndarray:
    inside = np.zeros(len(rows), dtype=bool)
    bounds = lru_cache(maxsize=1)(lambda row: _title_bounds(texts[row], titles[row].strip()))
    for i, (row, span) in enumerate(zip(rows, spans, strict=True)):
        if span in titles[row]:
            first, last = bounds(row)
            inside[i] = start[i] >= first and end[i] <= last
    return inside


def _title_bounds(text: str, title: str) -> tuple[int, int]:
    """Where a text repeats its title as a line of its own or begins with it."""
    first = text.find(title)
    if first < 0:
        return 0, 0
    last = first + len(title)
    line_start, line_end = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    rest = text[last : line_end if line_end >= 0 else None]
    whole = not text[line_start:first].strip() and not rest.strip()
    return (first, last) if whole or not text[:first].strip() else (0, 0)


class Concordance(pd.DataFrame):
    """A table of mentions in context that a notebook shows from right to left, as Arabic is read."""

    @property
    def _constructor(self) -> type["Concordance"]:
        return Concordance

    def _repr_html_(self) -> str:
        return self.to_html_view()

    def to_html_view(self, *, page_rows: int = PAGE_ROWS, max_rows: int = MAX_ROWS) -> str:
        """The table as HTML: what precedes the keyword on its right, what follows on its left; escaped.

        Parameters
        ----------
        page_rows : int, default 50
            Rows on a page; the first page is open, the others open with a click.
        max_rows : int, default 200
            More rows are counted, not shown.
        """
        if not {"left", "keyword", "right"} <= set(self.columns):
            return str(pd.DataFrame(self).to_html())
        others = [c for c in ("article_id", "outlet", "frame") if c in self.columns]
        names = {"article_id": "المقال", "outlet": "المنبر", "frame": "الإطار"}
        head = "".join(f"<th>{names[c]}</th>" for c in others)
        for name, side in (("قبل", "left"), ("الكلمة", "center"), ("بعد", "right")):
            head += f'<th style="text-align:{side}">{name}</th>'
        body = []
        for row in self.head(max_rows).to_dict("records"):
            cells = "".join(f"<td><bdi>{html.escape(str(row[c]))}</bdi></td>" for c in others)
            left, keyword, right = (html.escape(str(row[c])) for c in ("left", "keyword", "right"))
            cells += f'<td class="before" style="text-align:left">{left}</td>'
            cells += f'<td class="keyword" style="text-align:center;white-space:nowrap"><b>{keyword}</b></td>'
            cells += f'<td class="after" style="text-align:right">{right}</td>'
            body.append(cells)
        return paged_html(head, body, n_rows=len(self), page_rows=page_rows)


def concordance(mentions: pd.DataFrame, articles: pd.DataFrame, *, width: int = 60) -> Concordance:
    """Show mentions in context (keyword in context).

    Parameters
    ----------
    mentions : DataFrame
        From :func:`find_mentions`, all or some of its rows.
    articles : DataFrame
        The articles they were found in.
    width : int, default 60
        Characters of context on each side, cut at a word.

    Returns
    -------
    Concordance
        A DataFrame with ``article_id, outlet, frame, left, keyword, right, start, end``. As usual in concordances ``left``
        is what comes *before* the keyword in reading order and ``right`` what comes after; in a notebook the table is
        drawn from right to left, so what comes before stands on the right, where a reader of Arabic looks for it.
        Line breaks in the context are shown as spaces.

    Examples
    --------
    >>> import kzanalytics as kz
    >>> articles = pd.DataFrame({"text": ["قال إن مطاردة الإرهابيين مستمرة في البلاد."]})
    >>> mentions = kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022"))
    >>> kz.concordance(mentions, articles, width=15)[["left", "keyword", "right"]].values.tolist()
    [['قال إن مطاردة', 'الإرهابيين', 'مستمرة في']]
    """
    if width < 1:
        raise ValueError(f"width is {width}; it is a number of characters, at least 1.")
    need(mentions, ["article_id", "outlet", "frame", "text", "start", "end"], "mentions")
    mentions, articles = mentions.assign(article_id=id_texts(mentions["article_id"])), _checked(articles)
    text_of = dict(zip(articles["article_id"], articles["text"], strict=True))
    left, right = [], []
    for article, start, end in zip(mentions["article_id"], mentions["start"], mentions["end"], strict=True):
        if article not in text_of:
            raise ValueError(
                f"mentions names article {article!r}, which is not in articles; pass the table they were found in."
            )
        text = text_of[article]
        left.append(_before(text, start, width))
        right.append(_after(text, end, width))
    columns = {name: mentions[name].reset_index(drop=True) for name in ("article_id", "outlet", "frame")}
    columns |= {"left": pd.Series(left, dtype="str"), "keyword": mentions["text"].reset_index(drop=True)}
    columns |= {"right": pd.Series(right, dtype="str")}
    columns |= {name: mentions[name].reset_index(drop=True) for name in ("start", "end")}
    return Concordance(columns)


def _before(text: str, start: int, width: int) -> str:
    first = max(0, start - width)
    part = text[first:start]
    if first and not text[first - 1].isspace():
        part = part[_cut_words(part) :]
    return " ".join(part.split())


def _after(text: str, end: int, width: int) -> str:
    part = text[end : end + width]
    if end + width < len(text) and not text[end + width].isspace():
        part = part[: len(part) - _cut_words(part[::-1])]
    return " ".join(part.split())


def _cut_words(part: str) -> int:
    """Length of the word that the beginning of a context cuts in two; 0 if there is nothing else."""
    space = next((i for i, c in enumerate(part) if c.isspace()), 0)
    return space if part[space:].strip() else 0
