"""How good a topic model is, topic by topic: coherence, exclusivity, size, and whether a topic comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ._topic_counts import encode
from ._topic_engines import DETERMINISTIC, progress_bar
from ._topic_measures import (
    Cooccurrence,
    cooccurrence,
    effective_number,
    frex,
    match_topics,
    npmi,
    top_terms,
    umass,
)

if TYPE_CHECKING:
    from .topics import TopicModel

__all__ = ["resample_articles", "topic_quality", "topic_stability"]

# A topic of ten words whose matched Jaccard is .5 keeps 6.7 of them on average (.5 = x / (20 - x)). Conventions, not laws:
# they decide `reliable`, and every number they look at stands beside it.
STABLE = 0.5
LEAST_ARTICLES = 3.0


def topic_quality(
    model: TopicModel,
    *,
    reference: pd.DataFrame | None = None,
    top: int = 10,
    window: int | None = 10,
    refits: int = 20,
    seed: int = 0,
    c_v: bool = False,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Judge every topic of a model.

    Parameters
    ----------
    model : TopicModel
    reference : DataFrame, optional
        Passages (``text``) to count co-occurrence in, best ones the model has not seen; default its own.
    top : int, default 10
        Words a topic is judged by.
    window : int or None, default 10
        Window of c_npmi in words of the vocabulary (Roeder et al.); None for whole passages.
    refits : int, default 20
        Refits with other seeds, and as many to resampled articles. 0 leaves stability out: with a large corpus these are
        40 fits.
    seed : int, default 0
        Seeds the refits.
    c_v : bool, default False
        Also gensim's ``c_v``. Off, since it ranks random words above frequent ones on small corpora and its author advises
        against it (dice-group/Palmetto#13); for comparison with papers that report it.
    progress : bool, optional
        Show a progress bar; by default in interactive sessions.

    Returns
    -------
    DataFrame
        One row per topic:

        - ``topic, label, share`` (of all counted terms);
        - ``n_terms``: effective number of terms (exponential of the entropy), ``n_articles``: effective number of articles
          among which the topic's terms are spread; 1.2 is a topic of one article;
        - ``c_npmi`` in [-1, 1] and ``umass`` (at most about 0): coherence, never infinite or NaN; ``n_absent``: how many of the
          top words the reference does not have (they are left out);
        - ``exclusivity``: mean FREX of the top words, in (0, 1];
        - ``stability_seeds, stability_articles``: mean Jaccard similarity of the top words with the matched topic of each
          refit, in [0, 1]; NaN without refits, and for seeds if the engine is deterministic. From 500 passages on
          gensim and map start near the same topics with every seed, so resampled articles say more there;
        - ``reliable``: stability at least .5 in both and at least three effective articles (conventions); ``note``: why not.

    References
    ----------
    Roeder, Both and Hinneburg (2015), 10.1145/2684822.2685324; Mimno et al. (2011), D11-1024; Bischof and Airoldi (2012),
    arXiv 1206.4631; Greene, O'Callaghan and Cunningham (2014), arXiv 1404.4606 (stability by matching).

    Examples
    --------
    >>> from kzanalytics.topics import fit_topics
    >>> texts = ["وقود سعر غاز سعر", "سعر وقود غاز", "شرطة شغب جيش", "جيش شرطة شغب"] * 3
    >>> ids = [str(i) for i in range(12)]
    >>> table = pd.DataFrame({"article_id": ids, "passage_id": ids, "text": texts})
    >>> model = fit_topics(table, n_topics=2, seed=1, engine="map", analyzer=str.split)
    >>> topic_quality(model, top=3)[["stability_seeds", "stability_articles"]].values.tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    best = top_terms(model.probabilities, top)
    if reference is None:
        ids, ptr = model.counts.ids, model.counts.ptr
    else:
        if "text" not in reference:
            raise ValueError("reference lacks the column text; give passages, as made by kz.split_passages(articles)")
        ids, ptr, _ = encode(reference["text"].tolist(), model._analyze, model.vocabulary)
    near = cooccurrence(ids, ptr, best.ravel(), window=window)
    whole = cooccurrence(ids, ptr, best.ravel(), window=None)
    coherence, absent = _coherence(near, best)
    _, shares, weight = model.article_shares
    mass = np.nan_to_num(shares) * weight[:, None]
    table = model.topics[["topic", "label", "share", "n_terms"]].assign(
        n_articles=[effective_number(column) for column in mass.T],
        c_npmi=coherence,
        umass=[umass(whole, row) for row in best],
        n_absent=absent,
        exclusivity=np.take_along_axis(frex(model.probabilities), best, 1).mean(1),
    )
    if c_v:
        table["c_v"] = _c_v(model, ids, ptr, best)
    by_seed, by_article = topic_stability(model, top=top, refits=refits, seed=seed, progress=progress)
    table["stability_seeds"], table["stability_articles"] = by_seed, by_article
    notes = [_note(row) for row in table.to_dict("records")]
    table["reliable"] = [not note for note in notes] if refits else False
    table["note"] = pd.Series(notes if refits else ["stability was not measured (refits=0)"] * len(table), dtype="str")
    return table


def topic_stability(
    model: TopicModel, *, top: int = 10, refits: int = 20, seed: int = 0, progress: bool | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Mean matched Jaccard similarity of each topic over refits: with other seeds, and to articles drawn with replacement.

    Returns two arrays of shape (n_topics,); the first is NaN for a deterministic engine, both without refits.
    """
    best = top_terms(model.probabilities, top)
    rng = np.random.default_rng(seed)
    seeds = rng.integers(0, 2**31 - 1, 2 * refits)
    deterministic = model.settings["engine"] in DETERMINISTIC
    found: tuple[list[np.ndarray], list[np.ndarray]] = ([], [])
    with progress_bar(refits * (1 if deterministic else 2), "refits", progress) as step:
        for i in range(2 * refits):
            resample = i >= refits
            if not resample and deterministic:
                continue
            rows = resample_articles(model.source["article_id"], rng) if resample else None
            # with resampled articles the seed stays, so that the two columns do not measure the same thing twice
            new = model.refit(seed=model.settings["seed"] if resample else int(seeds[i]), rows=rows)
            other = top_terms(new.weights / new.weights.sum(1, keepdims=True), top)
            found[resample].append(match_topics(best, other)[1])
            step()
    nothing = np.full(model.n_topics, np.nan)
    by_seed, by_article = (np.mean(parts, axis=0) if parts else nothing for parts in found)
    return by_seed, by_article


def resample_articles(article_ids: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """Row numbers of the passages of articles drawn with replacement, as many as there are; an article may come twice."""
    codes, names = pd.factorize(article_ids)
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(names) + 1))
    drawn = rng.integers(0, len(names), len(names))
    return np.concatenate([order[bounds[i] : bounds[i + 1]] for i in drawn])


def _coherence(counted: Cooccurrence, best: np.ndarray) -> tuple[list[float], list[int]]:
    pairs = [npmi(counted, row) for row in best]
    return [value for value, _ in pairs], [absent for _, absent in pairs]


def _note(row: dict) -> str:
    reasons = []
    if row["n_articles"] < LEAST_ARTICLES:
        reasons.append(f"carried by {row['n_articles']:.1f} articles")
    for column, over in (("stability_seeds", "seeds"), ("stability_articles", "resampled articles")):
        if row[column] < STABLE:
            reasons.append(f"does not come back over {over} ({row[column]:.2f})")
    return "; ".join(reasons)


def _c_v(model: TopicModel, ids: np.ndarray, ptr: np.ndarray, best: np.ndarray) -> list[float]:
    """gensim's c_v of each topic; words the texts lack are left out, since they make it NaN."""
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    names = model.vocabulary
    texts = [
        [names[i] for i in ids[first:last]] for first, last in zip(ptr[:-1].tolist(), ptr[1:].tolist(), strict=True)
    ]
    dictionary = Dictionary(texts)
    values = []
    for row in best:
        topic = [names[i] for i in row if names[i] in dictionary.token2id]
        if len(topic) < 2:
            values.append(0.0)
            continue
        measure = CoherenceModel(
            topics=[topic], texts=texts, dictionary=dictionary, coherence="c_v", topn=len(topic), processes=1
        )
        values.append(float(np.nan_to_num(measure.get_coherence())))
    return values
