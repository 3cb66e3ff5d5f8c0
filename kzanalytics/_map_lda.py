"""Latent Dirichlet allocation by maximum a posteriori EM on a sparse matrix of counts.

The E-step of LDA with point estimates is two sparse products over the non-zero counts, so a whole batch of
passages is one numpy expression instead of one loop per passage. Asuncion, Welling, Smyth and Teh (2009,
arXiv 1205.2662) show that MAP, variational and collapsed estimates agree once their hyperparameters are shifted;
the step sizes of the online form are those of Cappe and Moulines (2009, 10.1111/j.1467-9868.2009.00698.x).

EM climbs to the nearest top, so the start decides what it finds. From topics that are even but for noise, the first batches
decide; so it starts from a factorisation of TF-IDF, which sees all words of a sample at once and for which there is
one good start (`spectral_topics`). The R package stm starts from a spectral solution for the same reason: Roberts, Stewart and
Tingley (2016), Navigating the local modes of big data.

From some hundred passages on, the topics stay point estimates and each passage's shares are integrated out, as Blei, Ng and
Jordan (2003) do: a passage of forty words says too little of its twenty shares for the likeliest to stand for all. Point
estimates fit the words they see better, and unseen ones worse the longer EM runs; integrated out they gain with every pass.

`eta` is the pseudo-count that EM adds to a topic's terms (the Dirichlet parameter minus one), and so is `alpha` in batch EM and
in `fold_in_map`; online it is the Dirichlet parameter itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ._topic_shares import point_step, spread_step

__all__ = ["ONLINE_FROM", "fit_map", "spectral_start"]

ONLINE_FROM = 500  # passages; fewer are too few for steps, and so quick that batch EM can try several starts
_BATCH = 500  # passages per step: measured against 128-1,000 for likelihood, coherence and time
# Smaller corpora have smaller steps, so that they make as many in a pass, but of 50 passages or more.
_STEPS_PER_PASS, _LEAST = 20, 50
_STARTS, _START_PASSES, _START_NON_ZEROS = 10, 15, 2_000_000  # batch EM: starts, and what they may cost together
_PASSES = 6  # online EM, from a start that is near already; twelve gain .002 of log-likelihood per word
_FIRST_STEPS, _STEPS = 10, 4  # updates of a batch's shares in the first pass, and later, when they start near
_KAPPA, _TAU = 0.7, 32.0  # step t has weight (t + tau) ** -kappa; kappa in (.5, 1] converges
# Passages that the start looks at: at least so many, in all and for each topic, and this share of a large corpus.
_SAMPLE, _FOR_TOPIC, _SHARE = 3_000, 150, 1 / 8
# Updates of the start's factors (with half as many, topics are less coherent), and the part of topics that is the whole corpus.
_FACTOR_STEPS, _EVEN = 40, 0.1
_TINY = np.float32(1e-20)


def fit_map(
    counts: Any,
    n_topics: int,
    *,
    seed: int,
    alpha: float = 0.05,
    eta: float | np.ndarray = 0.02,
    passes: int | None = None,
    tol: float = 1e-5,
    start: np.ndarray | None = None,
    on_pass: Callable[[int], None] | None = None,
) -> tuple[np.ndarray, int, bool]:
    """Estimate topics from counts.

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix, shape (n_passages, n_terms)
        Counts of terms.
    n_topics : int
        Number of topics.
    seed : int
        Seeds the starting topics and the order of the batches.
    alpha, eta : float
        Priors of a passage's topics and of a topic's terms (see above); `eta` may have a row for each topic.
    passes : int, optional
        Passes over the data. Default: from 500 passages on 6 online passes; below that batch EM until the log-likelihood
        per word gains less than `tol` in a pass, at most 300.
    start : numpy.ndarray, shape (n_topics, n_terms), optional
        Added to random starting topics (seeded topics start with their terms).
    on_pass : callable, optional
        Called with the number of each finished pass.

    Returns
    -------
    weights : numpy.ndarray, shape (n_topics, n_terms)
        Expected counts plus `eta`, as float64.
    passes : int
        How many were made.
    converged : bool
        Whether a batch fit met `tol`; True for an online fit, whose number of passes is fixed.
    """
    counts = counts.astype(np.float32)
    counts.sort_indices()
    rng = np.random.default_rng(seed)
    prior = np.broadcast_to(np.asarray(eta, np.float32), (n_topics, counts.shape[1])).T
    notify = on_pass or (lambda _: None)

    def random_topics() -> np.ndarray:
        topics = rng.gamma(100.0, 0.01, (counts.shape[1], n_topics)).astype(np.float32)
        topics /= topics.sum(0)
        if start is not None:
            topics += np.asarray(start, np.float32).T / max(float(counts.sum()) / n_topics, 1.0)
            topics /= topics.sum(0)
        return topics

    if counts.shape[0] >= ONLINE_FROM:
        spectral = start is None and _has_factors(counts, n_topics)
        topics = spectral_topics(counts, n_topics, rng) if spectral else random_topics()
        return _online(counts, topics, prior, np.float32(alpha), passes or _PASSES, rng, notify)
    # EM climbs to the nearest top, and from an even start that is often one topic twice: try several and go on from the best
    n_starts = int(np.clip(_START_NON_ZEROS // max(counts.nnz, 1), 1, _STARTS))
    most = passes or 300
    first = [
        _batch(counts, random_topics(), prior, np.float32(alpha), min(_START_PASSES, most), -np.inf)
        for _ in range(n_starts)
    ]
    best = max(first, key=lambda found: found.likelihood)
    rest = most - best.passes
    if rest > 0:
        best = _batch(counts, best.topics, prior, np.float32(alpha), rest, tol, best, notify)
    return best.weights.T.astype(np.float64), best.passes, best.converged


def spectral_start(counts: Any, n_topics: int, seed: int) -> np.ndarray | None:
    """Words (n_topics, n_terms) that an engine can start from, as many as in the corpus; None for a small corpus."""
    if counts.shape[0] < ONLINE_FROM or not _has_factors(counts, n_topics):
        return None
    topics = spectral_topics(counts.astype(np.float32), n_topics, np.random.default_rng(seed))
    return topics.T * (float(counts.sum()) / n_topics)


def _has_factors(counts: Any, n_topics: int) -> bool:
    return n_topics <= min(np.count_nonzero(np.diff(counts.indptr)), counts.shape[1])


def spectral_topics(counts: Any, n_topics: int, rng: np.random.Generator) -> np.ndarray:
    """Rough topics (n_terms, n_topics) from NMF of TF-IDF on some random passages; columns sum to one, no weight is zero."""
    from sklearn.feature_extraction.text import TfidfTransformer

    filled = np.flatnonzero(np.diff(counts.indptr))
    size = max(_SAMPLE, _FOR_TOPIC * n_topics, int(_SHARE * len(filled)))
    sample = counts[np.sort(rng.permutation(filled)[:size])]
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(sample)
    shares = _factor(weighted, n_topics, int(rng.integers(2**31)))
    shares /= np.maximum(shares.sum(0), _TINY)
    topics = sample.T @ shares.T
    topics /= np.maximum(topics.sum(0), _TINY)
    corpus = np.asarray(counts.sum(0), np.float32).T / counts.sum()
    topics += _EVEN * (corpus - topics)
    return topics / topics.sum(0)


def _factor(weighted: Any, n_topics: int, seed: int) -> np.ndarray:
    """Non-negative factors (n_topics, n_passages) of a sparse matrix, from its SVD on (NNDSVD: Boutsidis and Gallopoulos 2008).

    Hierarchical alternating least squares (Cichocki and Phan 2009): in turn each factor takes what the others leave.
    """
    from sklearn.utils.extmath import randomized_svd

    left, size, right = randomized_svd(weighted, n_topics, random_state=seed)
    sides = [(np.maximum(sign * left, 0).T, np.maximum(sign * right, 0)) for sign in (1, -1)]
    scale = [np.linalg.norm(rows, axis=1) * np.linalg.norm(columns, axis=1) for rows, columns in sides]
    first = (scale[0] >= scale[1])[:, None]  # which side of each singular vector is the larger one
    shares, terms = (np.where(first, *both).astype(np.float32) for both in zip(*sides, strict=True))
    shares *= size[:, None]
    turned = weighted.T.tocsr()
    for _ in range(_FACTOR_STEPS):
        for factors, others, matrix in ((shares, terms, weighted), (terms, shares, turned)):
            products, squares = np.ascontiguousarray((matrix @ others.T).T), others @ others.T
            for i, factor in enumerate(factors):
                factor += (products[i] - squares[i] @ factors) / max(squares[i, i], _TINY)
                np.maximum(factor, 0, out=factor)
    return shares


def _normalized(statistics: np.ndarray, prior: np.ndarray) -> np.ndarray:
    topics = statistics + prior
    topics /= topics.sum(0)
    return topics


class _State(NamedTuple):
    topics: np.ndarray
    weights: np.ndarray
    shares: list[np.ndarray]
    likelihood: float
    passes: int
    converged: bool


def _batch(
    counts: Any,
    topics: np.ndarray,
    prior: np.ndarray,
    alpha: np.float32,
    passes: int,
    tol: float,
    before: _State | None = None,
    notify: Callable[[int], None] = lambda _: None,
) -> _State:
    """Batch EM for `passes` more passes, or until one gains less than `tol` of log-likelihood per word."""
    parts = [counts[first : first + _BATCH] for first in range(0, counts.shape[0], _BATCH)]
    if before is None:
        shares = [np.full((part.shape[0], topics.shape[1]), 1 / topics.shape[1], np.float32) for part in parts]
        last, done = -np.inf, 0
    else:
        shares, last, done = list(before.shares), before.likelihood, before.passes
    n_words, end, converged = max(float(counts.sum()), 1.0), done + passes, False
    statistics = np.zeros_like(topics)
    while done < end and not converged:
        statistics = np.zeros_like(topics)
        likelihood = 0.0
        for i, part in enumerate(parts):
            used = shares[i]
            shares[i], ratio, p = point_step(part, used, topics, alpha)
            statistics += ratio.T @ used
            likelihood += float(part.data @ np.log(p))
        statistics *= topics
        topics = _normalized(statistics, prior)
        done += 1
        notify(done)
        converged = likelihood / n_words - last < tol
        last = likelihood / n_words
    return _State(topics, statistics + prior, shares, last, done, converged)


def _online(
    counts: Any,
    topics: np.ndarray,
    prior: np.ndarray,
    alpha: np.float32,
    passes: int,
    rng: np.random.Generator,
    notify: Callable[[int], None],
) -> tuple[np.ndarray, int, bool]:
    """Stepwise EM. Every step shrinks all statistics and adds to those of its own words; the shrinking is kept as one
    number (`scale`) and the columns' sums are carried along, so that a step costs no more than its batch. The batches of the
    last pass count alike: topics rest on the whole corpus, not on the passages that happen to come last."""
    from scipy.sparse import csr_matrix

    n_words, (n_terms, n_topics) = float(counts.sum()), topics.shape
    batch = int(np.clip(counts.shape[0] // _STEPS_PER_PASS, _LEAST, _BATCH))
    statistics = topics * np.float32(n_words / n_topics)
    scale, total, prior_total = 1.0, statistics.sum(0, dtype=np.float64), prior.sum(0, dtype=np.float64)
    expected = np.repeat(np.asarray(counts.sum(1), np.float32) / np.float32(n_topics), n_topics, axis=1)
    place, step = np.zeros(n_terms, np.int32), 0
    for done in range(passes):
        order = rng.permutation(counts.shape[0])
        n_alike, before = (step + _TAU) ** _KAPPA, step
        for first in range(0, len(order), batch):
            chosen = order[first : first + batch]
            part = counts[chosen]
            if not part.nnz:
                continue
            present = np.zeros(n_terms, bool)
            present[part.indices] = True
            words = np.flatnonzero(present)
            place[words] = np.arange(len(words))
            small = csr_matrix((part.data, place[part.indices], part.indptr), shape=(len(chosen), len(words)))
            topics = statistics[words] * np.float32(scale)
            topics += prior[words]
            topics /= (total + prior_total).astype(np.float32)
            steps = _FIRST_STEPS if done == 0 else _STEPS
            expected[chosen], ratio, used = spread_step(small, expected[chosen], topics, alpha, steps)
            rho = (step + _TAU) ** -_KAPPA if done < passes - 1 else 1 / (n_alike + step - before)
            new = ratio.T @ used
            new *= topics
            new *= np.float32(rho * n_words / float(part.data.sum()))
            scale *= 1 - rho
            total = (1 - rho) * total + new.sum(0, dtype=np.float64)
            new /= np.float32(scale)
            statistics[words] += new
            if scale < 1e-6:  # long before single precision runs out
                statistics *= np.float32(scale)
                scale = 1.0
            step += 1
        notify(done + 1)
    statistics *= np.float32(scale)
    return (statistics + prior).T.astype(np.float64), passes, True
