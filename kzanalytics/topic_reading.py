"""Reading a topic model: who gives a topic room, which terms and passages to read it by, and data for a view of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .stats import ratio_intervals

if TYPE_CHECKING:
    from .topics import TopicModel

__all__ = ["topic_distances", "topic_prevalence", "topic_relevance", "topic_representatives", "topic_view"]


def topic_prevalence(
    model: TopicModel, by: str | list[str] = "outlet", *, freq: str | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Share of each topic in groups of articles, with intervals over articles.

    Parameters
    ----------
    model : TopicModel
    by : str or list of str, default "outlet"
        Columns of the passages that are constant in an article. Groups with a missing value are kept.
    freq : str, optional
        With ``by="date"`` (or a list that holds it): pandas period, such as ``"D"``, ``"W"`` or ``"M"``.
    level : float, default 0.95
        Nominal coverage.

    Returns
    -------
    DataFrame
        Group columns, ``topic, label, n_articles, n_terms, share, low, high, interval, inference``. `share` weights articles
        by their counted terms; `interval` names the method or why there is none ("few units": fewer than three articles);
        `inference` is ``interval`` or ``descriptive``. The topics are taken as given: their own uncertainty is what
        `TopicModel.quality` calls stability, and is not in the interval.

    References
    ----------
    The article is the unit, since words come in bursts within articles (Lijffijt et al. 2016, 10.1093/llc/fqu064).
    """
    columns = [by] if isinstance(by, str) else list(by)
    groups, shares, weight = model.article_shares
    unknown = [name for name in columns if name not in groups]
    if unknown:
        raise ValueError(f"by={unknown[0]!r} is not a column of the passages; choose from {', '.join(groups.columns)}")
    for name in columns:
        if name in model.source and model.source.groupby("article_id")[name].nunique(dropna=False).gt(1).any():
            raise ValueError(f"by={name!r} differs within an article; choose a column with one value per article")
    keys = groups[columns].copy()
    if freq is not None:
        if "date" not in columns:
            raise ValueError(f"freq={freq!r} needs by='date'")
        keys["date"] = groups["date"].dt.to_period(freq).dt.to_timestamp()
    names = keys.drop_duplicates().sort_values(columns, ignore_index=True, na_position="last")
    index = keys.merge(names.reset_index(names="_group"), on=columns, how="left", validate="m:1")
    unit_group = index["_group"].to_numpy(np.int64)
    k, n_units = model.n_topics, len(groups)
    mass = np.nan_to_num(shares) * weight[:, None]
    unit, topic = np.nonzero(mass)
    cell = unit_group[unit] * k + topic
    cell_group = np.repeat(np.arange(len(names)), k)
    found = ratio_intervals(
        mass[unit, topic], cell, unit, weight, unit_group, cell_group, scale="logit", level=level, seed=2022
    )
    total = np.bincount(unit_group, weight, len(names))
    sums = np.bincount(cell, mass[unit, topic], len(names) * k)
    n_articles = np.bincount(unit_group, np.ones(n_units), len(names)).astype("int64")
    table = names.take(np.repeat(np.arange(len(names)), k)).reset_index(drop=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = sums / np.repeat(total, k)
    given = np.isfinite(found.low)
    return table.assign(
        topic=np.tile(np.arange(k), len(names)),
        label=pd.Series(np.tile(model.topics["label"].to_numpy(object), len(names)), dtype="str"),
        n_articles=np.repeat(n_articles, k),
        n_terms=np.repeat(total, k).astype("int64"),
        share=share,
        low=found.low,
        high=found.high,
        interval=pd.Series(list(found.kind), dtype="str"),
        inference=pd.Series(np.where(given, "interval", "descriptive"), dtype="str"),
    )


def _corpus_share(model: TopicModel) -> np.ndarray:
    counts = np.bincount(model.counts.ids, minlength=len(model.vocabulary)).astype(float)
    return counts / counts.sum()


def topic_relevance(model: TopicModel, *, weight: float = 0.6, n: int = 20) -> pd.DataFrame:
    """Terms of each topic by relevance: frequent in the topic, and more so than in the corpus.

    Parameters
    ----------
    model : TopicModel
    weight : float, default 0.6
        Lambda of the paper: 1 ranks by probability, 0 by lift alone; .6 made topics easiest to name in its user study.
    n : int, default 20
        Terms a topic.

    Returns
    -------
    DataFrame
        ``topic, term, lemma, weight, lift, relevance, rank``: `weight` is the term's probability in the topic, `lift` that
        over its share of the corpus.

    References
    ----------
    Sievert and Shirley (2014), LDAvis, 10.3115/v1/W14-3110.
    """
    if not 0 <= weight <= 1:
        raise ValueError(f"weight={weight!r} must lie between 0 (lift alone) and 1 (probability alone)")
    lift = model.probabilities / _corpus_share(model)
    score = weight * np.log(model.probabilities) + (1 - weight) * np.log(lift)
    order = np.argsort(-score, axis=1, kind="stable")[:, :n]
    rows = np.repeat(np.arange(model.n_topics), order.shape[1])
    flat = order.ravel()
    return pd.DataFrame(
        {
            "topic": rows,
            "term": pd.Series([model.labels[i] for i in flat], dtype="str"),
            "lemma": pd.Series([model.vocabulary[i] for i in flat], dtype="str"),
            "weight": model.probabilities[rows, flat],
            "lift": lift[rows, flat],
            "relevance": score[rows, flat],
            "rank": np.tile(np.arange(1, order.shape[1] + 1), model.n_topics),
        }
    )


def topic_representatives(
    model: TopicModel, *, n: int = 3, min_terms: int | None = None, per_article: int = 1
) -> pd.DataFrame:
    """The passages with most of each topic: read them before naming it.

    Parameters
    ----------
    model : TopicModel
    n : int, default 3
        Passages a topic.
    min_terms : int, optional
        Least counted terms; default the median passage's half, since a stub of five words is easily all of one topic.
    per_article : int, default 1
        Most passages of one article in a topic.

    Returns
    -------
    DataFrame
        ``topic, rank, share``, then the passage's columns. Fewer than `n` where there are not enough articles.
    """
    lengths = model.counts.lengths
    least = float(np.median(lengths)) / 2 if min_terms is None else min_terms
    usable = np.flatnonzero((lengths >= least) & (lengths > 0))
    article = model.source["article_id"].to_numpy()
    chosen: list[tuple[int, int, int]] = []
    for topic in range(model.n_topics):
        seen: dict[Any, int] = {}
        rank = 0
        for row in usable[np.argsort(-model.shares[usable, topic], kind="stable")]:
            if seen.get(article[row], 0) < per_article:
                seen[article[row]] = seen.get(article[row], 0) + 1
                rank += 1
                chosen.append((topic, rank, int(row)))
                if rank == n:
                    break
    table = pd.DataFrame(chosen, columns=["topic", "rank", "row"])
    rows = table.pop("row").to_numpy(dtype=np.int64)
    table["share"] = model.shares[rows, table["topic"]]
    return pd.concat([table, model.source.take(rows).reset_index(drop=True)], axis=1)


def topic_distances(probabilities: np.ndarray) -> np.ndarray:
    """Jensen-Shannon distances between the rows, in [0, 1] (the root of the divergence in bits)."""

    def entropy(p: np.ndarray) -> np.ndarray:
        return -np.sum(p * np.log2(np.where(p > 0, p, 1)), axis=-1)

    own = entropy(probabilities)
    result = np.zeros((len(probabilities), len(probabilities)))
    for i, row in enumerate(probabilities):
        divergence = entropy((row + probabilities) / 2) - (own[i] + own) / 2
        result[i] = np.sqrt(np.clip(divergence, 0, 1))
    np.fill_diagonal(result, 0)
    return (result + result.T) / 2


def _plane(distances: np.ndarray) -> np.ndarray:
    """Classical scaling to two dimensions (Torgerson 1952); a fixed sign makes the picture reproducible."""
    n = len(distances)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ distances**2 @ centre)
    best = np.argsort(-values)[:2]
    points = np.zeros((n, 2))
    points[:, : len(best)] = vectors[:, best] * np.sqrt(np.maximum(values[best], 0))
    largest = points[np.abs(points).argmax(0), [0, 1]]
    return points * np.where(largest < 0, -1, 1)


def topic_view(model: TopicModel, *, n_terms: int = 30, n_passages: int = 3) -> dict[str, Any]:
    """Everything an interactive view of the topics needs, as plain lists and numbers (ready for JSON).

    Returns
    -------
    dict
        ``engine``; ``topics``: for each ``topic, label, frame, share, x, y`` (classical scaling of Jensen-Shannon
        distances) and ``passages`` (``article_id, outlet, share, text``); ``terms``: for each ``term, lemma, corpus`` (share
        of the corpus) and ``weights`` (its probability in every topic). Relevance with any lambda follows as
        ``lambda * log(weight) + (1 - lambda) * log(weight / corpus)``. A term is there if it is among the `n_terms`
        foremost of any topic at lambda 0, .3, .6 or 1.
    """
    probabilities, corpus = model.probabilities, _corpus_share(model)
    logs = np.log(probabilities)
    kept: set[int] = set()
    for weight in (0.0, 0.3, 0.6, 1.0):
        score = logs - (1 - weight) * np.log(corpus)
        kept.update(np.argsort(-score, axis=1, kind="stable")[:, :n_terms].ravel().tolist())
    points = _plane(topic_distances(probabilities))
    examples = topic_representatives(model, n=n_passages)
    topics = []
    for row in model.topics.to_dict("records"):
        topic = int(row["topic"])
        mine = examples[examples["topic"] == topic]
        passages = [
            {
                "article_id": str(p["article_id"]),
                "outlet": str(p.get("outlet", "")),
                "share": round(float(p["share"]), 4),
                "text": str(p["text"]),
            }
            for p in mine.to_dict("records")
        ]
        topics.append(
            {
                "topic": topic,
                "label": str(row["label"]),
                "frame": str(row["frame"]),
                "share": round(float(row["share"]), 6),
                "x": round(float(points[topic, 0]), 5),
                "y": round(float(points[topic, 1]), 5),
                "passages": passages,
            }
        )
    terms = [
        {
            "term": model.labels[i],
            "lemma": model.vocabulary[i],
            "corpus": float(f"{corpus[i]:.4g}"),
            "weights": [float(f"{value:.4g}") for value in probabilities[:, i]],
        }
        for i in sorted(kept)
    ]
    return {"engine": model.settings["engine"], "topics": topics, "terms": terms}
