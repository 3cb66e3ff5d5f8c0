"""Topics seeded with a codebook's frames: which terms carry the seed, and how the topic compares with the frame's count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from ._topic_counts import Counts
    from .topics import TopicModel

__all__ = ["Seeds", "compare_seeded", "find_seeds"]


@dataclass(frozen=True, eq=False)
class Seeds:
    """Frames to seed, and ``frame, term, lemma, n_mentions``: how many mentions of a term hold the lemma."""

    frames: tuple[str, ...]
    found: pd.DataFrame

    @property
    def terms(self) -> list[str]:
        """Lemmas that occur inside a mention, once each."""
        return self.found.loc[self.found["n_mentions"] > 0, "lemma"].unique().tolist()

    def table(self, counts: Counts) -> pd.DataFrame:
        """``frame, topic, term, lemma, n_mentions, count, status``; see `find_seeds`."""
        occurrences = np.bincount(counts.ids, minlength=len(counts.vocabulary))
        count = dict(zip(counts.vocabulary, occurrences.tolist(), strict=True))
        inside = self.found[self.found["n_mentions"] > 0]
        frames_of = inside.groupby("lemma")["frame"].nunique()
        table = self.found.assign(
            topic=self.found["frame"].map({frame: k for k, frame in enumerate(self.frames)}).astype("int64"),
            count=self.found["lemma"].map(count).fillna(0).astype("int64"),
        )
        table["status"] = "seed"
        table.loc[table["lemma"].map(frames_of).fillna(0) > 1, "status"] = "shared"
        table.loc[table["n_mentions"] == 0, "status"] = "never mentioned"
        table["status"] = table["status"].astype("str")
        return table[["frame", "topic", "term", "lemma", "n_mentions", "count", "status"]]

    def prior(self, counts: Counts, n_topics: int, strength: float) -> np.ndarray:
        """What the seeds add to the prior of topics (n_topics x vocabulary): `strength` times the mentions' lemmas."""
        prior = np.zeros((n_topics, len(counts.vocabulary)))
        column = {term: i for i, term in enumerate(counts.vocabulary)}
        table = self.table(counts)
        seeds = table[(table["status"] == "seed") & table["lemma"].isin(list(column))]
        columns = seeds["lemma"].map(column).to_numpy(np.int64)
        np.add.at(prior, (seeds["topic"].to_numpy(), columns), strength * seeds["n_mentions"].to_numpy())
        return prior


def find_seeds(
    source: pd.DataFrame,
    codebook: Any,
    analyzer: Callable[[str], Sequence[str]],
    frames: Iterable[str] | None = None,
) -> Seeds:
    """The lemmas that stand for each frame in these passages.

    Every mention of the frame is analysed, and each of its lemmas counts once a mention; a term without a mention is
    listed with the lemmas of its own words. So a general word weighs only what it weighs inside the frame's terms: the
    ``نظام`` of ``تغيير النظام``, not every ``نظام``. A lemma inside mentions of two frames is ``shared`` and seeds neither.

    Parameters
    ----------
    source : DataFrame
        Passages with ``text``.
    codebook : Codebook
        See `kz.load_codebook`.
    analyzer : callable
        Text to lemmas; must be the model's.
    frames : iterable of str, optional
        Ids of the frames to seed; default the codebook's foreground frames.
    """
    from .mentions import find_mentions

    chosen = tuple(frames or getattr(codebook, "default", ()) or [frame.id for frame in codebook.frames])
    articles = pd.DataFrame({"article_id": [str(i) for i in range(len(source))], "text": source["text"].astype("str")})
    articles = articles.assign(outlet="-", date=pd.Series([pd.NaT] * len(source), dtype="datetime64[us]"), title="")
    mentions = find_mentions(articles[articles["text"].str.strip() != ""], codebook, frames=list(chosen))
    lemmas = {text: sorted(set(analyzer(text))) for text in mentions["text"].unique()}
    pairs: dict[tuple[str, str, str], int] = {}
    for frame in codebook.frames:
        if frame.id in chosen:
            for term in frame.terms:
                for lemma in analyzer(str(term)):
                    pairs.setdefault((frame.id, str(term), lemma), 0)
    for frame_id, term, text in zip(
        mentions["frame"].astype("str"), mentions["term"].astype("str"), mentions["text"], strict=True
    ):
        for lemma in lemmas[text]:
            pairs[frame_id, term, lemma] = pairs.get((frame_id, term, lemma), 0) + 1
    rows = [(*key, n) for key, n in pairs.items()]
    found = pd.DataFrame(rows, columns=["frame", "term", "lemma", "n_mentions"])
    found = found.astype({"frame": "str", "term": "str", "lemma": "str", "n_mentions": "int64"})
    place = found["frame"].map({frame: k for k, frame in enumerate(chosen)})
    return Seeds(
        chosen, found.assign(place=place).sort_values("place", kind="stable", ignore_index=True).drop(columns="place")
    )


def compare_seeded(model: TopicModel, mentions: pd.DataFrame, *, by: str | None = "outlet") -> pd.DataFrame:
    """Set each seeded topic's share beside the mention rate of its frame.

    The units differ (a share of the counted terms, mentions per 1,000 words), so the table compares rankings: whether the
    groups that give a topic most room are those that use the frame's terms most. Where they part, read the passages: either
    the frame is told without its terms, or the topic has drifted.

    Parameters
    ----------
    model : TopicModel
        Fitted with a codebook.
    mentions : DataFrame
        ``article_id, frame``: what `kz.find_mentions` found in the articles behind the passages.
    by : str or None
        A column of the passages that is constant in an article, or None for the whole corpus.

    Returns
    -------
    DataFrame
        Group column, ``frame, topic, share, share_rank, n_mentions, n_tokens, rate, rate_rank``; ranks from 1, the largest
        first: over groups within a frame, or over frames if `by` is None; NaN where a group has no counted term.
    """
    if not any(model.frames):
        raise ValueError("model has no seeded topic; fit it with fit_topics(..., codebook=codebook)")
    groups, shares, weight = model.article_shares
    if by is not None and by not in groups:
        raise ValueError(f"by={by!r} is not a column of the passages; choose one of {', '.join(groups.columns)}")
    tokens = "n_tokens" if "n_tokens" in model.source else None
    words = model.source[tokens].to_numpy() if tokens else model.counts.lengths
    n_tokens = pd.Series(words).groupby(model.source["article_id"].to_numpy(), sort=False).sum()
    key = groups[by] if by is not None else pd.Series("", index=groups.index)
    codes, names = pd.factorize(key, use_na_sentinel=False)
    article = dict(zip(groups["article_id"], codes, strict=True))
    group_tokens = np.bincount(codes, n_tokens.loc[groups["article_id"]].to_numpy(), len(names))
    group_weight = np.bincount(codes, weight, len(names))
    where = mentions["article_id"].map(article)
    parts = []
    for topic, frame in enumerate(model.frames):
        if not frame:
            continue
        mass = np.bincount(codes, np.nan_to_num(shares[:, topic]) * weight, len(names))
        here = where[(mentions["frame"].astype("str") == frame) & where.notna()].astype("int64")
        n = np.bincount(here, minlength=len(names))
        part = pd.DataFrame({by: names} if by is not None else {}, index=range(len(names)))
        with np.errstate(invalid="ignore", divide="ignore"):
            parts.append(
                part.assign(
                    frame=pd.Series([frame] * len(names), dtype="str"),
                    topic=topic,
                    share=np.where(group_weight > 0, mass / group_weight, np.nan),
                    n_mentions=n,
                    n_tokens=group_tokens.astype("int64"),
                    rate=np.where(group_tokens > 0, 1000 * n / group_tokens, np.nan),
                )
            )
    table = pd.concat(parts, ignore_index=True)
    ranked = table.groupby("frame", sort=False) if by is not None else table
    table["share_rank"] = ranked["share"].rank(ascending=False, method="min")
    table["rate_rank"] = ranked["rate"].rank(ascending=False, method="min")
    first = [by] if by is not None else []
    return table[[*first, "frame", "topic", "share", "share_rank", "n_mentions", "n_tokens", "rate", "rate_rank"]]
