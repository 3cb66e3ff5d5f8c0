"""Topic models of passages: gensim, scikit-learn, MAP-EM and NMF behind one function and one result.

Which engine: ``gensim`` (default) is what reviewers know. ``map`` is many times as fast, with topics as coherent as any: the
choice from some hundred passages on, and for searching numbers of topics. ``nmf`` has no randomness to speak of and gives
exclusive topics on short corpora. ``sklearn`` is there to check the others. Figures: ``benchmarks/topics.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ._topic_checks import check_passages, check_settings
from ._topic_counts import Counts, count_terms, encode, label_vocabulary
from ._topic_engines import SEEDABLE, EngineFit, fit_engine, fold_in
from .arabic import Analyzer

__all__ = ["TopicModel", "fit_topics", "load_topics"]


@dataclass(frozen=True, eq=False)
class TopicModel:
    """A fitted topic model. Made by `fit_topics` or `load_topics`; never changes.

    Attributes
    ----------
    terms : DataFrame
        ``topic, term, lemma, weight, rank``: every term of every topic. `term` is the form to read (the most frequent
        word of the corpus behind the lemma), `weight` its probability in the topic (a topic's sum to 1), `rank` from 1.
    passages : DataFrame
        ``article_id, passage_id, topic, share``: shares of a passage sum to 1; NaN if the vocabulary has none of its words.
        Shares are found when a table with them is first read.
    articles : DataFrame
        ``article_id, outlet, date, topic, share``: the mean of the article's passages, weighted by the terms counted.
    topics : DataFrame
        ``topic, label, frame, share, n_terms``: one row per topic; `share` of all counted terms; `frame` of a seeded topic.
    settings : dict
        Engine, seed, priors, passes made, whether they converged, pruning (``settings["pruning"]["says"]``).
    seeds : DataFrame or None
        ``frame, topic, lemma, n_mentions, count, status``: how often each seed term of the codebook occurs.
    source : DataFrame
        The passages the model was fitted to.
    """

    settings: dict[str, Any]
    counts: Counts
    fit: EngineFit
    source: pd.DataFrame
    frames: tuple[str, ...]
    seeds: pd.DataFrame | None = None
    analyzer: Callable[[str], Sequence[str]] | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        return (
            f"TopicModel({self.settings['engine']}, {self.n_topics} topics, {len(self.vocabulary):,} terms, "
            f"{len(self.source):,} passages)"
        )

    @property
    def n_topics(self) -> int:
        """Number of topics."""
        return int(self.fit.weights.shape[0])

    @property
    def vocabulary(self) -> list[str]:
        """The terms (lemmas) of the columns of `probabilities`."""
        return self.counts.vocabulary

    @cached_property
    def probabilities(self) -> np.ndarray:
        """Probability of each term in each topic; shape (n_topics, n_terms), rows sum to 1."""
        return self.fit.weights / self.fit.weights.sum(1, keepdims=True)

    @cached_property
    def labels(self) -> list[str]:
        """The form to read for each term of the vocabulary, found when it is first read."""
        return label_vocabulary(self.source["text"], self.counts, self._analyze)

    @cached_property
    def shares(self) -> np.ndarray:
        """Shares of the topics in each passage, (n_passages, n_topics): `transform` of all of them, when it is first read, if
        the engine's fit has not found them."""
        if self.fit.shares is not None:
            return self.fit.shares
        return fold_in(self.fit, self.settings["engine"], self.counts.matrix())

    @cached_property
    def _order(self) -> np.ndarray:
        """Terms of each topic by probability."""
        return np.argsort(-self.probabilities, axis=1, kind="stable")

    @property
    def terms(self) -> pd.DataFrame:
        return self._terms.copy(deep=False)  # copy on write: the model's own table cannot be changed

    @cached_property
    def _terms(self) -> pd.DataFrame:
        n_topics, n_terms = self.probabilities.shape
        flat = self._order.ravel()
        return pd.DataFrame(
            {
                "topic": np.repeat(np.arange(n_topics), n_terms),
                "term": pd.Series(self.labels, dtype="str").take(flat).array,
                "lemma": pd.Series(self.vocabulary, dtype="str").take(flat).array,
                "weight": np.take_along_axis(self.probabilities, self._order, 1).ravel(),
                "rank": np.tile(np.arange(1, n_terms + 1), n_topics),
            }
        )

    @property
    def passages(self) -> pd.DataFrame:
        return self._passages.copy(deep=False)  # copy on write: the model's own table cannot be changed

    @cached_property
    def _passages(self) -> pd.DataFrame:
        return _share_table(self.source, self.shares)

    @property
    def articles(self) -> pd.DataFrame:
        return self._articles.copy(deep=False)  # copy on write: the model's own table cannot be changed

    @cached_property
    def _articles(self) -> pd.DataFrame:
        groups, shares, _ = self.article_shares
        rows = np.repeat(np.arange(len(groups)), self.n_topics)
        table = groups[["article_id", "outlet", "date"]].take(rows).reset_index(drop=True)
        return table.assign(topic=np.tile(np.arange(self.n_topics), len(groups)), share=shares.ravel())

    @cached_property
    def article_shares(self) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
        """One row per article: its columns; its topics' shares (NaN without a counted term); its counted terms."""
        codes, _ = pd.factorize(self.source["article_id"])
        first = np.unique(codes, return_index=True)[1]
        groups = self.source.iloc[first].reset_index(drop=True)
        if "outlet" not in groups:
            groups["outlet"] = pd.Series([""] * len(groups), dtype="str")
        if "date" not in groups:
            groups["date"] = pd.Series([pd.NaT] * len(groups), dtype="datetime64[us]")
        weight = self.counts.lengths.astype(float)
        total = np.bincount(codes, weight)
        mass = np.nan_to_num(self.shares) * weight[:, None]
        sums = np.stack([np.bincount(codes, column) for column in mass.T], axis=1)
        return groups, np.divide(sums, total[:, None], out=np.full_like(sums, np.nan), where=total[:, None] > 0), total

    @property
    def topics(self) -> pd.DataFrame:
        return self._topics.copy(deep=False)  # copy on write: the model's own table cannot be changed

    @cached_property
    def _topics(self) -> pd.DataFrame:
        from ._topic_measures import effective_number

        weight = self.counts.lengths.astype(float)
        share = np.nan_to_num(self.shares).T @ weight / max(weight.sum(), 1.0)
        return pd.DataFrame(
            {
                "topic": np.arange(self.n_topics),
                "label": pd.Series(["، ".join(self.labels[i] for i in row) for row in self._order[:, :3]], dtype="str"),
                "frame": pd.Series(list(self.frames), dtype="str"),
                "share": share,
                "n_terms": [effective_number(row) for row in self.probabilities],
            }
        )

    def transform(self, passages: pd.DataFrame, *, analyzer: Any = None) -> pd.DataFrame:
        """Shares of the topics in other passages: ``article_id, passage_id, topic, share``, the topics held fixed.

        Each passage is estimated alone. `analyzer` is needed only if the model was loaded from a file and fitted with an
        analyzer of your own.
        """
        passages = check_passages(passages)
        ids, ptr, _ = encode(passages["text"].tolist(), analyzer or self._analyze, self.vocabulary)
        counts = Counts(ids, ptr, self.vocabulary).matrix()
        return _share_table(passages, fold_in(self.fit, self.settings["engine"], counts))

    @property
    def _analyze(self) -> Callable[[str], Sequence[str]]:
        if self.analyzer is None:
            raise ValueError(
                "analyzer is missing: the model was fitted with an analyzer of your own, which is not saved; pass the same "
                "one, as in transform(passages, analyzer=...)"
            )
        return self.analyzer

    def refit(self, *, seed: int, rows: np.ndarray | None = None, progress: bool | None = False) -> EngineFit:
        """Fit the same model again, with another seed or to some of the passages (row numbers, repeats allowed)."""
        settings = self.settings
        return fit_engine(
            settings["engine"],
            self.counts.matrix(rows),
            self.n_topics,
            seed=seed,
            prior=self.fit.extra.get("prior"),
            alpha=settings.get("alpha"),
            eta=settings.get("eta"),
            passes=settings["max_passes"],
            progress=progress,
        )

    def quality(self, **options: Any) -> pd.DataFrame:
        """Coherence, exclusivity, size and stability of each topic; see `kzanalytics.topic_quality.topic_quality`."""
        from .topic_quality import topic_quality

        return topic_quality(self, **options)

    def prevalence(self, by: str | list[str] = "outlet", **options: Any) -> pd.DataFrame:
        """Share of each topic by outlet, date or any column; see `kzanalytics.topic_reading.topic_prevalence`."""
        from .topic_reading import topic_prevalence

        return topic_prevalence(self, by, **options)

    def relevance(self, **options: Any) -> pd.DataFrame:
        """Terms by relevance; see `kzanalytics.topic_reading.topic_relevance`."""
        from .topic_reading import topic_relevance

        return topic_relevance(self, **options)

    def representatives(self, **options: Any) -> pd.DataFrame:
        """The passages to read for each topic; see `kzanalytics.topic_reading.topic_representatives`."""
        from .topic_reading import topic_representatives

        return topic_representatives(self, **options)

    def view(self, **options: Any) -> dict[str, Any]:
        """Plain lists for an interactive view; see `kzanalytics.topic_reading.topic_view`."""
        from .topic_reading import topic_view

        return topic_view(self, **options)

    def save(self, path: str | Path) -> Path:
        """Write the model to a folder: ``model.json``, ``arrays.npz`` and ``passages.parquet``. Returns the folder."""
        from ._topic_files import save_model

        return save_model(self, Path(path))


def load_topics(path: str | Path) -> TopicModel:
    """Read a model that `TopicModel.save` wrote. Nothing in it is code: no pickle is opened.

    A model that was fitted with an analyzer of your own needs it again for `TopicModel.transform`.
    """
    from ._topic_files import load_model

    return load_model(Path(path))


def fit_topics(
    passages: pd.DataFrame,
    *,
    n_topics: int,
    seed: int = 0,
    engine: str = "gensim",
    codebook: Any = None,
    analyzer: Callable[[str], Sequence[str]] | None = None,
    min_articles: int | None = None,
    max_article_share: float | None = None,
    max_terms: int | None = None,
    alpha: float | None = None,
    eta: float | None = None,
    seed_strength: float = 1.0,
    passes: int | None = None,
    progress: bool | None = None,
) -> TopicModel:
    """Fit topics to passages.

    Parameters
    ----------
    passages : DataFrame
        ``article_id, passage_id, text`` and, for the tables, ``outlet, date``: what `kz.split_passages` returns.
    n_topics : int
        Number of topics, at least 2; `kz.search_topics` helps to choose.
    seed : int, default 0
        The same seed gives the same model on the same machine.
    engine : {"gensim", "sklearn", "map", "nmf"}
        ``gensim``: variational Bayes (`LdaModel`, float64); ``sklearn``: the same from scikit-learn; ``map``: maximum a
        posteriori EM, the quickest; ``nmf``: non-negative factors of TF-IDF, with no randomness to speak of. From 500
        passages on, gensim and map start from rough factors of TF-IDF, smaller corpora by chance.
    codebook : Codebook, optional
        Seeds one topic per foreground frame (``codebook.default``), topic 0 the first: the lemmas of the frame's terms
        get, as far as mentions of it hold them, a higher prior there. Engines gensim and map. A lemma in mentions of two
        frames seeds neither.
    analyzer : callable, optional
        Text to list of terms; default ``kz.Analyzer()`` (lemmas without stop words).
    min_articles, max_article_share, max_terms : optional
        Pruning of the vocabulary by article frequency. The defaults adapt to the number of articles, and
        ``model.settings["pruning"]["says"]`` tells what was done.
    alpha, eta : float, optional
        Priors of topics in passages and of terms in topics. Default 1 / n_topics for gensim and scikit-learn (their own
        default), .05 and .02 for map (eta is a pseudo-count there, the Dirichlet parameter minus one, and so is alpha below 500
        passages).
    seed_strength : float, default 1.0
        Prior count of a seed term in its topic, as a multiple of the term's occurrences.
    passes : int, optional
        Most passes over the data. Default: until the topics settle (gensim: they move less than 0.1 % a pass in batch, 1 %
        online, at most 200 and 10 passes).
    progress : bool, optional
        Show a progress bar; by default in interactive sessions.

    Returns
    -------
    TopicModel
        Unseeded topics are numbered from 0 by the words that the fit gave them, the largest first; seeded ones come first, in
        codebook order.

    Raises
    ------
    ValueError
        If a setting is out of range, or the passages leave too few terms for the topics asked for.

    References
    ----------
    Blei, Ng and Jordan (2003); Hoffman, Blei and Bach (2010); Asuncion et al. (2009), arXiv 1205.2662.

    Examples
    --------
    >>> texts = ["وقود سعر غاز سعر", "سعر وقود غاز", "شرطة شغب جيش", "جيش شرطة شغب"] * 3
    >>> ids = [str(i) for i in range(12)]
    >>> table = pd.DataFrame({"article_id": ids, "passage_id": ids, "text": texts})
    >>> model = fit_topics(table, n_topics=2, seed=1, engine="map", analyzer=str.split)
    >>> sorted(model.terms.query("topic == 0 and rank <= 3")["term"])
    ['سعر', 'غاز', 'وقود']
    """
    passages = check_passages(passages)
    check_settings(
        n_topics=n_topics,
        seed=seed,
        engine=engine,
        min_articles=min_articles,
        max_article_share=max_article_share,
        max_terms=max_terms,
        alpha=alpha,
        eta=eta,
        seed_strength=seed_strength,
        passes=passes,
    )
    if codebook is not None and engine not in SEEDABLE:
        raise ValueError(f"engine={engine!r} cannot be seeded; with a codebook choose one of {', '.join(SEEDABLE)}")
    analyzer = analyzer or Analyzer()
    source = passages.reset_index(drop=True)
    texts = source["text"].tolist()
    found = None
    if codebook is not None:
        from .topic_seeds import find_seeds

        found = find_seeds(source, codebook, analyzer)
        if len(found.frames) > n_topics:
            raise ValueError(
                f"n_topics={n_topics} is less than the {len(found.frames)} frames of the codebook; ask for one topic per "
                "frame and some free ones"
            )
    counts = count_terms(
        texts,
        source["article_id"].tolist(),
        analyzer,
        min_articles=min_articles,
        max_article_share=max_article_share,
        max_terms=max_terms,
        keep=() if found is None else found.terms,
    )
    if len(counts.vocabulary) <= n_topics:
        raise ValueError(
            f"passages leave {len(counts.vocabulary)} terms for {n_topics} topics; lower n_topics or min_articles, or "
            f"give more text. {counts.pruning['says']}"
        )
    matrix = counts.matrix()
    prior = None if found is None else found.prior(counts, n_topics, seed_strength)
    fit = fit_engine(
        engine, matrix, n_topics, seed=seed, prior=prior, alpha=alpha, eta=eta, passes=passes, progress=progress
    )
    n_seeded = 0 if found is None else len(found.frames)
    order = np.concatenate([np.arange(n_seeded), n_seeded + np.argsort(-fit.size[n_seeded:], kind="stable")]).astype(
        int
    )
    fit = fit.ordered(order, {} if prior is None else {"prior": prior})
    settings = {"engine": engine, "n_topics": int(n_topics), "seed": seed, "max_passes": passes, **fit.settings}
    settings |= {"seed_strength": seed_strength} if found is not None else {}
    settings["pruning"] = counts.pruning
    return TopicModel(
        settings=settings,
        counts=counts,
        fit=fit,
        source=source,
        frames=(*(found.frames if found else ()), *[""] * (n_topics - n_seeded)),
        seeds=None if found is None else found.table(counts),
        analyzer=analyzer,
    )


def _share_table(source: pd.DataFrame, shares: np.ndarray) -> pd.DataFrame:
    n_topics = shares.shape[1]
    rows = np.repeat(np.arange(len(source)), n_topics)
    table = source[["article_id", "passage_id"]].take(rows).reset_index(drop=True)
    return table.assign(topic=np.tile(np.arange(n_topics), len(source)), share=shares.ravel())
