"""Numbers about topics: arrays in, numbers out. What each means, and whom to cite, is said where it is computed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

__all__ = [
    "Cooccurrence",
    "cooccurrence",
    "effective_number",
    "frex",
    "log_likelihood",
    "match_topics",
    "npmi",
    "split_halves",
    "top_terms",
    "umass",
]

_EPSILON = 1e-12  # as in Roeder et al.: keeps the logarithm of a pair that never meets finite


class Cooccurrence(NamedTuple):
    """In how many contexts (windows or passages) each word, and each pair of words, occurs."""

    words: np.ndarray
    n_contexts: int
    single: np.ndarray
    pair: np.ndarray


def effective_number(weights: np.ndarray) -> float:
    """Exponential of the entropy: 1 if one item has all the weight, n if n items share it evenly; NaN without any.

    >>> round(effective_number(np.array([1, 1, 0, 0])), 9)
    2.0
    """
    total = float(np.sum(weights))
    if not total > 0:
        return float("nan")
    p = np.asarray(weights, float)[np.asarray(weights) > 0] / total
    return float(np.exp(-(p * np.log(p)).sum()))


def top_terms(probabilities: np.ndarray, n: int) -> np.ndarray:
    """Columns of the `n` most probable terms of each topic, the first first."""
    return np.argsort(-probabilities, axis=1, kind="stable")[:, :n]


def cooccurrence(ids: np.ndarray, ptr: np.ndarray, words: np.ndarray, *, window: int | None = 10) -> Cooccurrence:
    """Count boolean co-occurrence of `words` in a window sliding over each passage, or in whole passages (None).

    A passage shorter than the window is one window; an empty one is none. The passages' words are those of the pruned
    vocabulary, so a window of 10 spans some 15 to 20 words of running text.
    """
    from scipy.sparse import csr_matrix

    words = np.unique(words)
    place = np.full(int(max(ids.max(initial=-1), words.max(initial=-1))) + 1, -1, np.int64)
    place[words] = np.arange(len(words))
    length = np.diff(ptr)
    size = np.iinfo(np.int64).max // 2 if window is None else window
    n_windows = np.where(length > 0, np.maximum(length - size + 1, 1), 0)
    single, pair = np.zeros(len(words)), np.zeros((len(words), len(words)))
    step = 20_000
    for low in range(0, len(length), step):
        high = min(low + step, len(length))
        here = place[ids[ptr[low] : ptr[high]]]
        token = np.flatnonzero(here >= 0)
        passage = np.repeat(np.arange(low, high), length[low:high])[token]
        position = token - (ptr[passage] - ptr[low])
        last = np.minimum(position, n_windows[passage] - 1)
        first = np.clip(position - size + 1, 0, last)
        spans = last - first + 1
        offset = np.concatenate([[0], np.cumsum(n_windows[low:high])])
        start = offset[passage - low] + first
        rows = np.repeat(start - np.concatenate([[0], np.cumsum(spans)[:-1]]), spans) + np.arange(spans.sum())
        columns = np.repeat(here[token], spans)
        seen = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(int(offset[-1]), len(words)))
        seen.sum_duplicates()
        seen.data[:] = 1
        together = (seen.T @ seen).toarray()
        pair += together
        single += np.diag(together)
    np.fill_diagonal(pair, single)
    return Cooccurrence(words, int(n_windows.sum()), single, pair)


def _pairs(counted: Cooccurrence, top: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Places of the ordered pairs (later word, earlier word) of a topic whose words occur, and how many do not."""
    place = np.searchsorted(counted.words, top)
    present = place[counted.single[place] > 0]
    later, earlier = np.tril_indices(len(present), -1)
    return present[later], present[earlier], len(top) - len(present)


def npmi(counted: Cooccurrence, top: np.ndarray) -> tuple[float, int]:
    """Mean normalised pointwise mutual information of a topic's words, and how many of them do not occur.

    With a window of 10 this is c_npmi of Roeder, Both and Hinneburg (2015, 10.1145/2684822.2685324), in [-1, 1]. Words that
    do not occur are left out and counted, and a pair found in every context says nothing (0), so that the mean is never
    infinite or NaN; with fewer than two words it is -1.
    """
    a, b, absent = _pairs(counted, top)
    if not len(a):
        return -1.0, absent
    pa, pb = counted.single[a] / counted.n_contexts, counted.single[b] / counted.n_contexts
    pab = counted.pair[a, b] / counted.n_contexts
    always = pab >= 1
    joint = np.where(always, 0.5, pab) + _EPSILON
    values = np.where(always, 0.0, np.log(joint / (pa * pb)) / -np.log(joint))
    return float(np.clip(values, -1, 1).mean()), absent


def umass(counted: Cooccurrence, top: np.ndarray) -> float:
    """Mean of log((D(v, w) + 1) / D(w)) over a topic's pairs, w before v (Mimno et al. 2011, D11-1024); 0 is best.

    The paper sums and this is the mean, so that numbers of words can be compared. Words that do not occur are left out;
    with fewer than two the value is that of words that never meet, log(1 / n_contexts).
    """
    later, earlier, _ = _pairs(counted, top)
    if not len(later):
        return float(-np.log(max(counted.n_contexts, 1)))
    return float(np.log((counted.pair[later, earlier] + 1) / counted.single[earlier]).mean())


def frex(probabilities: np.ndarray, *, weight: float = 0.7) -> np.ndarray:
    """FREX of every term in every topic, in (0, 1]: the harmonic mean of its ranks by exclusivity and by frequency.

    `weight` is that of exclusivity (a term's probability here over its sum in all topics). Bischof and Airoldi (2012,
    arXiv 1206.4631); .7 is the default of the R package stm, whose exclusivity sums it over ten terms.
    """
    from scipy.stats import rankdata

    exclusivity = rankdata(probabilities / probabilities.sum(0), axis=1) / probabilities.shape[1]
    frequency = rankdata(probabilities, axis=1) / probabilities.shape[1]
    return 1 / (weight / exclusivity + (1 - weight) / frequency)


def match_topics(top: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Match topics one to one by their top words (Hungarian method), maximising the sum of Jaccard similarities.

    Returns, for each topic of `top`, its partner in `other` and their similarity, |A & B| / |A | B|.
    """
    from scipy.optimize import linear_sum_assignment

    size = int(max(top.max(), other.max())) + 1
    a, b = np.zeros((len(top), size)), np.zeros((len(other), size))
    np.put_along_axis(a, top, 1, axis=1)
    np.put_along_axis(b, other, 1, axis=1)
    common = a @ b.T
    jaccard = common / (a.sum(1)[:, None] + b.sum(1)[None] - common)
    rows, partner = linear_sum_assignment(-jaccard)
    return partner, jaccard[rows, partner]


def split_halves(
    ids: np.ndarray, ptr: np.ndarray, seed: int
) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Split every passage's words into two halves by chance, each as (ids, ptr); the first has the odd word."""
    rng = np.random.default_rng(seed)
    passage = np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))
    shuffled = np.lexsort((rng.random(len(ids)), passage))
    position = np.arange(len(ids)) - ptr[passage]
    halves = []
    for parity in (0, 1):
        chosen = position % 2 == parity
        n = np.bincount(passage[chosen], minlength=len(ptr) - 1)
        halves.append((ids[shuffled[chosen]], np.concatenate([[0], np.cumsum(n)])))
    return halves[0], halves[1]


def log_likelihood(shares: np.ndarray, probabilities: np.ndarray, ids: np.ndarray, ptr: np.ndarray) -> np.ndarray:
    """Sum over each passage's words of log sum_k share_k p(word | k); passages without shares give NaN.

    With shares estimated from the other half of the passage this is document completion (Wallach, Murray, Salakhutdinov
    and Mimno 2009, 10.1145/1553374.1553515).
    """
    length = np.diff(ptr)
    result = np.zeros(len(length))
    word_topics = np.ascontiguousarray(probabilities.T)
    for low in range(0, len(length), 2_000):
        high = min(low + 2_000, len(length))
        passage = np.repeat(np.arange(low, high), length[low:high])
        p = np.einsum("ij,ij->i", shares[passage], word_topics[ids[ptr[low] : ptr[high]]])
        result[low:high] = np.bincount(passage - low, np.log(np.maximum(p, 1e-300)), high - low)
    result[np.isnan(shares).any(1)] = np.nan
    return result
