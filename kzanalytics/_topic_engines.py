"""The engines behind `fit_topics`: each turns a matrix of counts into topic weights, and passages into shares."""

from __future__ import annotations

import itertools
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ._map_lda import ONLINE_FROM, fit_map, spectral_start
from ._topic_shares import fold_in_map, fold_in_nmf, fold_in_variational, nmf_shares

__all__ = ["DETERMINISTIC", "ENGINES", "SEEDABLE", "EngineFit", "fit_engine", "fold_in", "progress_bar"]

ENGINES = ("gensim", "sklearn", "map", "nmf")
SEEDABLE = ("gensim", "map")  # scikit-learn's LDA has one prior for all terms
DETERMINISTIC = ("nmf",)
_SMALL = 2_000  # passages; gensim's chunk: below it every pass is one update of all passages
_LARGE = 10_000
# gensim's step t has weight (offset + t) ** -.5; with 1, gensim's own, the first chunk alone decides (20 topics on 11,000
# passages: held-out log-likelihood per word -7.42 and -7.46).
_OFFSET = 20.0


@dataclass(frozen=True, eq=False)
class EngineFit:
    """What an engine found: weights (n_topics x n_terms, a topic's row is proportional to its terms' probabilities).

    `size` is the number of words that it gave to each topic, its pseudo-counts included; `shares` are those of the passages,
    if they came with the fit.
    """

    weights: np.ndarray
    settings: dict[str, Any]
    size: np.ndarray
    extra: dict[str, np.ndarray] = field(default_factory=dict)
    shares: np.ndarray | None = None

    def ordered(self, order: np.ndarray, extra: dict[str, np.ndarray]) -> EngineFit:
        """The same topics in another order."""
        shares = None if self.shares is None else self.shares[:, order]
        return EngineFit(self.weights[order], self.settings, self.size[order], {**self.extra, **extra}, shares)


def fit_engine(
    engine: str,
    counts: Any,
    n_topics: int,
    *,
    seed: int,
    prior: np.ndarray | None = None,
    alpha: float | None = None,
    eta: float | None = None,
    passes: int | None = None,
    progress: bool | None = None,
) -> EngineFit:
    """Fit one engine. `prior` (n_topics x n_terms) is what the seeds add to `eta`; `passes` the most to make."""
    from threadpoolctl import threadpool_limits  # scikit-learn comes with it

    alpha = (0.05 if engine == "map" else 1 / n_topics) if alpha is None else alpha
    eta = (0.02 if engine == "map" else 1 / n_topics) if eta is None else eta
    fits: dict[str, Callable[..., EngineFit]]
    fits = {"gensim": _fit_gensim, "sklearn": _fit_sklearn, "map": _fit_map, "nmf": _fit_nmf}
    # All products are small: on a busy machine a second thread waits longer than it works (100 topics: four times as long).
    with threadpool_limits(1):
        return fits[engine](counts, n_topics, seed, alpha, eta, prior, passes, progress)


def fold_in(fit: EngineFit, engine: str, counts: Any) -> np.ndarray:
    """Shares of topics in passages, the topics fixed; rows sum to one, or are NaN where a passage has no term."""
    if engine == "map":
        topics = fit.weights / fit.weights.sum(1, keepdims=True)
        shares = fold_in_map(counts, topics, alpha=fit.settings["alpha"])
    elif engine == "nmf":
        shares = fold_in_nmf(counts, fit.weights, fit.extra["idf"])
    else:
        shares = fold_in_variational(counts, fit.weights, fit.settings["alpha"])
    return _without_terms(shares, counts)


def _without_terms(shares: np.ndarray, counts: Any) -> np.ndarray:
    shares[np.diff(counts.indptr) == 0] = np.nan
    return shares


def seeded_start(counts: Any, prior: np.ndarray, seed: int) -> np.ndarray:
    """Topics to start from: each seeded one has the words of the passages with its seed terms, free ones those of the rest.

    Started from the seed terms alone, a topic would be so narrow that all other words of its passages went elsewhere. Half
    of every row is noise; rows sum to an even part of the corpus.
    """
    rng = np.random.default_rng(seed)
    n_topics, n_terms = prior.shape
    seeded = prior.sum(1) > 0
    scores = counts @ (prior / np.maximum(prior.sum(1, keepdims=True), 1e-12)).T
    bare = scores.sum(1) == 0
    free = rng.dirichlet(np.ones(max((~seeded).sum(), 1)), size=int(bare.sum()))
    scores[np.ix_(bare, ~seeded)] = free if (~seeded).any() else 0.0
    share = scores / np.maximum(scores.sum(1, keepdims=True), 1e-12)
    words = counts.T @ share
    start = (words / np.maximum(words.sum(0), 1e-12)).T + rng.gamma(100.0, 0.01, (n_topics, n_terms)) / n_terms
    return start / start.sum(1, keepdims=True) * (float(counts.sum()) / n_topics)


# ------------------------------------------------------------------------------------------------------ progress
@contextmanager
def progress_bar(total: int, what: str, progress: bool | None) -> Iterator[Callable[..., None]]:
    """A bar on standard error where somebody can see it: interactive sessions, or `progress=True`."""
    shown = sys.stderr.isatty() or "ipykernel" in sys.modules if progress is None else progress
    if not shown:
        yield lambda *_: None
        return
    from tqdm.auto import tqdm

    with tqdm(total=total, desc=what, leave=False) as bar:

        def step(*_: object) -> None:
            bar.update(1)

        yield step


# ------------------------------------------------------------------------------------------------------ engines
class _Converged(Exception):
    pass


class _Passages:
    """Rows of a sparse matrix as gensim reads them; each new reading is a pass, and the place to stop."""

    def __init__(self, counts: Any, before_pass: Callable[[], None]) -> None:
        self.counts, self.before_pass = counts, before_pass

    def __len__(self) -> int:
        return int(self.counts.shape[0])

    def __iter__(self) -> Iterator[list[tuple[int, int]]]:
        self.before_pass()
        indices, data, ptr = self.counts.indices, self.counts.data, self.counts.indptr
        for first, last in itertools.pairwise(ptr):
            yield list(zip(indices[first:last].tolist(), data[first:last].tolist(), strict=True))


@contextmanager
def _silent(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _fit_gensim(
    counts: Any,
    n_topics: int,
    seed: int,
    alpha: float,
    eta: float,
    prior: np.ndarray | None,
    passes: int | None,
    progress: bool | None,
) -> EngineFit:
    """LdaModel in float64. Up to 2,000 passages: batch variational Bayes (every pass replaces the topics, `decay` 0), until
    topics move less than .1 % in a pass; above: online in chunks of 2,000, until they move less than 1 %.

    From 500 passages on it starts where `map` does, from a rough factorisation of TF-IDF, and online the first chunks replace
    less of that than by gensim's own `offset`, 1.
    """
    from gensim.models import LdaModel

    counts = counts.tocsr()
    small = counts.shape[0] <= _SMALL
    most = passes or (200 if small else 10)
    tol = 0.001 if small else 0.01
    start = spectral_start(counts, n_topics, seed) if prior is None else seeded_start(counts, prior, seed)
    spectral = prior is None and start is not None
    full = np.full((n_topics, counts.shape[1]), eta) if prior is None else eta + prior
    with _silent("gensim"):
        model = LdaModel(
            id2word=_Names(counts.shape[1]),
            num_topics=n_topics,
            alpha=np.full(n_topics, alpha),
            eta=full,
            chunksize=counts.shape[0] if small else _SMALL,
            decay=0.0 if small else 0.5,
            offset=_OFFSET if spectral else 1.0,
            iterations=200 if small else 50,
            eval_every=None,
            passes=most,
            dtype=np.float64,
            random_state=seed,
        )
        if start is not None:  # the first pass does not look at a seeded eta, and would settle the topics without it
            model.state.sstats[:] = start
            model.sync_state()
        state: dict[str, Any] = {"pass": -1, "topics": None, "change": np.inf}
        with progress_bar(most, f"gensim, {n_topics} topics", progress) as step:

            def before_pass() -> None:
                topics = model.get_topics()
                if state["topics"] is not None:
                    state["change"] = float(np.abs(topics - state["topics"]).sum(1).mean() / 2)
                    step()
                state["topics"] = topics
                state["pass"] += 1
                if state["pass"] > 1 and state["change"] < tol:
                    raise _Converged

            try:
                model.update(_Passages(counts, before_pass))
                state["pass"] += 1
            except _Converged:
                pass
        weights = np.asarray(model.state.get_lambda(), np.float64)
    return EngineFit(
        weights,
        {
            "alpha": float(alpha),
            "eta": float(eta),
            "passes": state["pass"],
            "converged": bool(state["change"] < tol),
            "tol": tol,
            "method": f"variational Bayes, {'batch' if small else 'online'}{', from factors of TF-IDF' * spectral}",
        },
        weights.sum(1),
    )


class _Names(dict):
    """Term ids as their own names: gensim asks for a dictionary and only its length is used."""

    def __init__(self, n: int) -> None:
        super().__init__((i, str(i)) for i in range(n))


def _fit_sklearn(
    counts: Any,
    n_topics: int,
    seed: int,
    alpha: float,
    eta: float,
    prior: np.ndarray | None,
    passes: int | None,
    progress: bool | None,
) -> EngineFit:
    """scikit-learn's LDA: batch up to 10,000 passages, online above; no check of convergence, since its perplexity is
    wrong for few documents (scikit-learn#20032)."""
    from sklearn.decomposition import LatentDirichletAllocation

    online = counts.shape[0] > _LARGE
    most = passes or (10 if online else 100 if counts.shape[0] <= _SMALL else 30)
    model = LatentDirichletAllocation(
        n_components=n_topics,
        doc_topic_prior=alpha,
        topic_word_prior=eta,
        learning_method="online" if online else "batch",
        batch_size=512,
        max_iter=most,
        evaluate_every=-1,
        random_state=seed,
    )
    model.fit(counts.astype(np.float64))
    method = "variational Bayes, online" if online else "variational Bayes, batch"
    settings = {"alpha": float(alpha), "eta": float(eta), "passes": most, "converged": None, "method": method}
    weights = np.asarray(model.components_, np.float64)
    return EngineFit(weights, settings, weights.sum(1))


def _fit_map(
    counts: Any,
    n_topics: int,
    seed: int,
    alpha: float,
    eta: float,
    prior: np.ndarray | None,
    passes: int | None,
    progress: bool | None,
) -> EngineFit:
    with progress_bar(passes or 0, f"map, {n_topics} topics", progress) as step:
        weights, done, converged = fit_map(
            counts,
            n_topics,
            seed=seed,
            alpha=alpha,
            eta=eta if prior is None else eta + prior,
            passes=passes,
            start=None if prior is None else seeded_start(counts, prior, seed),
            on_pass=step,
        )
    method = "MAP-EM, online, shares integrated out" if counts.shape[0] >= ONLINE_FROM else "MAP-EM, batch"
    settings = {"alpha": float(alpha), "eta": float(eta), "passes": done, "converged": converged, "method": method}
    return EngineFit(weights, settings, weights.sum(1))


def _fit_nmf(
    counts: Any,
    n_topics: int,
    seed: int,
    alpha: float,
    eta: float,
    prior: np.ndarray | None,
    passes: int | None,
    progress: bool | None,
) -> EngineFit:
    """scikit-learn's NMF on TF-IDF (log counts, smoothed idf, rows of length one), started from the SVD."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfTransformer

    if n_topics > min(counts.shape):
        raise ValueError(
            f"n_topics={n_topics} is more than the {min(counts.shape)} passages or terms that NMF can tell apart; "
            "ask for fewer topics or use engine='map'"
        )
    transformer = TfidfTransformer(sublinear_tf=True)
    weighted = transformer.fit_transform(counts.astype(np.float64))
    model = NMF(n_topics, init="nndsvda", max_iter=passes or 500, random_state=seed)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        activation = model.fit_transform(weighted)
    converged = not any(issubclass(w.category, ConvergenceWarning) for w in caught)
    settings = {"passes": int(model.n_iter_), "converged": converged, "method": "NMF on TF-IDF"}
    weights = np.maximum(np.asarray(model.components_, np.float64), 1e-12)
    shares = nmf_shares(activation, weights)
    size = np.asarray(counts.sum(1)).ravel() @ shares
    return EngineFit(weights, settings, size, {"idf": transformer.idf_}, _without_terms(shares, counts))
