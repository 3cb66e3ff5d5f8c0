"""Shares of stances, voices and speakers among the mentions of a frame: in whose words, and does the outlet stand behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ._frame_units import Corpus, divide, with_intervals
from ._tables import need
from .stats import ratio_intervals

__all__ = ["speaker_frames", "speaker_shares", "stance_shares"]

Ints = npt.NDArray[np.int64]


_KINDS = {
    "stance": ("asserts", "reports", "reports_denial", "rejects", "distances"),
    "voice": ("outlet", "attributed"),
    "quote": ("none", "speech", "phrase"),
    "polarity": ("affirmed", "rejected", "distanced"),
    "speaker": (),
}


def stance_shares(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "outlet",
    of: str = "stance",
    freq: str | None = None,
    frames: Sequence[str] | None = None,
    level: float = 0.95,
    n_bootstrap: int = 1999,
    seed: int = 2022,
) -> pd.DataFrame:
    """Say how each group stands towards each frame: the shares of the stances among the frame's mentions.

    Parameters
    ----------
    mentions : DataFrame
        From `attribute_mentions`.
    articles : DataFrame
        All articles searched.
    by : str, list of str or None
        Columns of `articles` (``"outlet"``), or of `mentions` (``"speaker"``, ``"voice"``, ``"cue_class"``). A mention by
        several speakers counts for each of them. Groups by columns of `mentions` are those that occur.
    of : {"stance", "voice", "quote", "polarity", "speaker"}
        What is shared out.
    freq, frames, level, n_bootstrap, seed
        As in `frame_rates`.

    Returns
    -------
    DataFrame
        One row per group, frame and stance (or voice, ...), those that do not occur included: the group columns,
        ``frame``, ``stance`` (or the name given as `of`), ``n_mentions``; ``n_total``: mentions of the frame in the group;
        ``n_articles``: articles of the group with such a mention; ``share``: ``n_mentions / n_total``, 0 to 1, NaN without
        a mention; ``low``, ``high``, ``interval``, ``inference`` as in `frame_rates`, over the articles with the frame.
        With ``of="speaker"`` shares can add up to more than one.

    Raises
    ------
    ValueError
        If mentions lack a column, or an argument is not one of those allowed.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1"], "outlet": ["الوسط"]})
    >>> mentions = pd.DataFrame({
    ...     "article_id": "1", "frame": "terrorism", "stance": ["reports", "reports", "reports", "asserts"]
    ... })
    >>> shares = stance_shares(mentions, articles)
    >>> shares.loc[shares.n_mentions > 0, ["stance", "n_mentions", "share"]].values.tolist()
    [['asserts', 1, 0.25], ['reports', 3, 0.75]]
    """
    if of not in _KINDS:
        raise ValueError(f"of must be one of {', '.join(_KINDS)}, not {of!r}")
    need(mentions, ["article_id", "frame", of], "mentions")
    columns = [] if by is None else [by] if isinstance(by, str) else list(by)
    if of in columns:
        raise ValueError(f"by and of both name {of!r}; shares of a column within itself are all 1")
    of_mention = [c for c in columns if c not in articles.columns and c in mentions.columns and c != "frame"]
    found = Corpus(mentions, articles, [c for c in columns if c not in of_mention], freq, frames)
    rows, group, groups = _shared_groups(mentions, found, of_mention, columns)
    kinds, of_row, kind = _kinds(mentions.iloc[found.rows[rows]], of)

    n_frames, n_kinds, n_parents = len(found.frames), len(kinds), len(groups) * len(found.frames)
    parent = group * n_frames + found.frame[rows]
    article = found.article[rows]
    # A unit is an article as far as it mentions this frame in this group.
    unit_key, unit, size = np.unique(parent * len(articles) + article, return_inverse=True, return_counts=True)
    unit_parent = unit_key // max(len(articles), 1)
    n_units = max(len(unit_key), 1)
    key, count = np.unique((parent[of_row] * n_kinds + kind) * n_units + unit[of_row], return_counts=True)
    cell = key // n_units
    cell_parent = np.repeat(np.arange(n_parents), n_kinds)

    table = groups.loc[np.repeat(groups.index, n_frames * n_kinds)].reset_index(drop=True)
    table["frame"] = found.frame_column(np.tile(np.repeat(np.arange(n_frames), n_kinds), len(groups)))
    table[of] = pd.array(np.tile(np.array(kinds, dtype=object), n_parents), dtype="str")
    table["n_mentions"] = np.bincount(cell, count, minlength=len(cell_parent)).astype(np.int64)
    table["n_total"] = np.bincount(parent, minlength=n_parents)[cell_parent]
    table["n_articles"] = np.bincount(unit_parent, minlength=n_parents)[cell_parent]
    table["share"] = divide(table["n_mentions"], table["n_total"])
    intervals = ratio_intervals(
        count.astype(float),
        cell,
        key % n_units,
        size.astype(float),
        unit_parent,
        cell_parent,
        scale="logit",
        level=level,
        n_bootstrap=n_bootstrap,
        seed=seed,
    )
    said = {
        "studentised": "over articles: studentised",
        "bootstrap": "over articles: bootstrap",
        "nothing": "none: no mention of this kind, and how rare it really is cannot be read off a zero",
        "no size": "none: no mention of the frame",
        "all": "none: every mention is of this kind, so there is no spread to measure",
        "no variance": "none: every article has the same share, so there is no spread to measure",
    }
    return with_intervals(table, intervals.low, intervals.high, intervals.kind, said)


def _split_speakers(speakers: pd.Series) -> tuple[Ints, list[str]]:
    """Row and name of each speaker; several are joined by a semicolon, none is the empty text."""
    rows, names = [], []
    for row, joined in enumerate(speakers.astype("str").fillna("").tolist()):
        for name in dict.fromkeys(part.strip() for part in joined.split(";")):
            rows.append(row)
            names.append(name)
    return np.array(rows, dtype=np.int64), names


def _shared_groups(
    mentions: pd.DataFrame, found: Corpus, of_mention: list[str], columns: list[str]
) -> tuple[Ints, Ints, pd.DataFrame]:
    """Row (of the mentions found), group and group table, where groups may depend on the mention and not its article only."""
    rows: Ints = np.arange(len(found.rows), dtype=np.int64)
    if not of_mention:
        return rows, found.group[found.article], found.groups
    values = mentions[of_mention].iloc[found.rows].reset_index(drop=True)
    if "speaker" in of_mention:
        rows, names = _split_speakers(values["speaker"])
        values = values.iloc[rows].reset_index(drop=True).assign(speaker=pd.array(names, dtype="str"))
    keys = pd.concat([pd.Series(found.group[found.article[rows]], name=_ARTICLE_GROUP), values], axis=1)
    group = keys.groupby([_ARTICLE_GROUP, *of_mention], dropna=False, observed=True).ngroup().to_numpy()
    first = keys.iloc[np.unique(group, return_index=True)[1]].reset_index(drop=True)
    table = pd.concat([found.groups.loc[first.pop(_ARTICLE_GROUP)].reset_index(drop=True), first], axis=1)
    return rows, group.astype(np.int64), table[[*columns, *(c for c in table.columns if c not in columns)]]


_ARTICLE_GROUP = "group of the article"


def _kinds(rows: pd.DataFrame, of: str) -> tuple[list[str], Ints, Ints]:
    """The kinds to share out, and row and kind of each share."""
    if of == "speaker":
        row, names = _split_speakers(rows[of])
    else:
        row, names = np.arange(len(rows), dtype=np.int64), rows[of].astype("str").fillna("").tolist()
    counted = pd.Series(names, dtype="str").value_counts()
    others = sorted(set(counted.index) - set(_KINDS[of]), key=lambda name: (-counted[name], name))
    kinds = [*_KINDS[of], *others]
    return kinds, row, pd.Index(kinds, dtype="str").get_indexer(pd.Index(names, dtype="str")).astype(np.int64)


def speaker_shares(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "outlet",
    freq: str | None = None,
    frames: Sequence[str] | None = None,
    least: int = 1,
    level: float = 0.95,
    n_bootstrap: int = 1999,
    seed: int = 2022,
) -> pd.DataFrame:
    """Say in whose words each group's mentions of each frame are.

    Parameters
    ----------
    mentions, articles, by, freq, frames, level, n_bootstrap, seed
        As in `stance_shares`.
    least : int
        Leaves out speakers with fewer mentions than this in the whole table; the totals stay.

    Returns
    -------
    DataFrame
        As `stance_shares`, with ``speaker``, the most frequent first. The empty speaker is nobody: the outlet itself, or a
        source that the text does not name. A mention by two speakers counts for each, so shares can add up to more than
        one.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["1"], "outlet": ["الوسط"]})
    >>> mentions = pd.DataFrame({"article_id": "1", "frame": "terrorism", "speaker": ["Tokayev", "Tokayev;Putin", ""]})
    >>> speaker_shares(mentions, articles)[["speaker", "n_mentions", "n_total"]].values.tolist()
    [['Tokayev', 2, 3], ['', 1, 3], ['Putin', 1, 3]]
    """
    table = stance_shares(
        mentions,
        articles,
        by=by,
        of="speaker",
        freq=freq,
        frames=frames,
        level=level,
        n_bootstrap=n_bootstrap,
        seed=seed,
    )
    if least > 1:
        often = table.groupby("speaker")["n_mentions"].transform("sum") >= least
        table = table[often].reset_index(drop=True)
    return table


def speaker_frames(mentions: pd.DataFrame, *, frames: Sequence[str] | None = None, least: int = 1) -> pd.DataFrame:
    """Cross speakers with frames: who speaks of what, and who denies it.

    Parameters
    ----------
    mentions : DataFrame
        From `attribute_mentions`. A mention by several speakers counts for each of them.
    frames : list of str, optional
    least : int
        Leaves out speakers with fewer mentions than this.

    Returns
    -------
    DataFrame
        One row per speaker (the most frequent first) and frame: ``speaker, frame, n_mentions, n_articles``; ``n_outlets``,
        where mentions have ``outlet``; ``n_total``: mentions by the speaker; ``share``: of the speaker's mentions, 0 to 1;
        ``n_affirmed``, ``n_rejected``, ``n_distanced``, where they have ``polarity``. The empty speaker is nobody.

    Examples
    --------
    >>> mentions = pd.DataFrame({
    ...     "article_id": "1", "frame": ["terrorism", "fuel_prices"], "speaker": ["Tokayev;Putin", "Tokayev"]
    ... })
    >>> speaker_frames(mentions)[["speaker", "frame", "n_mentions", "share"]].values.tolist()[:2]
    [['Tokayev', 'terrorism', 1, 0.5], ['Tokayev', 'fuel_prices', 1, 0.5]]
    """
    need(mentions, ["article_id", "frame", "speaker"], "mentions")
    ids = mentions[["article_id"]].drop_duplicates()
    found = Corpus(mentions, ids, None, None, frames)
    kept = mentions.iloc[found.rows]
    names, row, speaker = _kinds(kept, "speaker")
    n_frames, n_cells = len(found.frames), len(names) * len(found.frames)
    cell = speaker * n_frames + found.frame[row]

    def different(code: Ints) -> Ints:
        pairs = np.unique(cell * (int(code.max(initial=0)) + 1) + code)
        return np.bincount(pairs // (int(code.max(initial=0)) + 1), minlength=n_cells).astype(np.int64)

    total = np.bincount(speaker, minlength=len(names))
    table = pd.DataFrame({"speaker": pd.array(np.repeat(np.array(names, dtype=object), n_frames), dtype="str")})
    table["frame"] = found.frame_column(np.tile(np.arange(n_frames), len(names)))
    table["n_mentions"] = np.bincount(cell, minlength=n_cells).astype(np.int64)
    table["n_articles"] = different(found.article[row])
    if "outlet" in mentions.columns:
        table["n_outlets"] = different(pd.factorize(kept["outlet"].iloc[row])[0] + 1)
    table["n_total"] = np.repeat(total, n_frames)
    table["share"] = divide(table["n_mentions"], table["n_total"])
    if "polarity" in mentions.columns:
        polarity = kept["polarity"].astype("str").to_numpy(dtype=object)[row]
        for name in _KINDS["polarity"]:
            table[f"n_{name}"] = np.bincount(cell[polarity == name], minlength=n_cells).astype(np.int64)
    return table[table["n_total"] >= least].reset_index(drop=True)
