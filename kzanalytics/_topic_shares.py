"""Shares of topics in passages, the topics held fixed: the E-steps of LDA, and what they settle at.

Passages of about the same length lie side by side, filled up with words that do not occur (`blocks`). So an update is two
products of a small matrix and a vector for each passage, several times as fast as sparse products over all non-zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

__all__ = [
    "Block",
    "blocks",
    "fold_in_map",
    "fold_in_nmf",
    "fold_in_variational",
    "nmf_shares",
    "point_step",
    "spread_step",
]

_FLOATS = 200_000  # of `weights` in a block: what a processor keeps near at hand
_LONGEST_JUMP = 16.0  # of EM's steps that are made at once
_WORTH_LEAVING = 0.7  # part of a block that still moves when the rows that do not are left out
# How many times a step of the variational updates is made (they settle where they did, in two thirds of the steps).
_STRIDE = np.float32(1.5)
_TINY = {4: 1e-20, 8: 1e-100}  # least probability of a word, in single and in double precision


class Block(NamedTuple):
    """Some rows of a matrix of counts: the non-zeros of each, filled up with zeros to the length of the longest.

    Attributes
    ----------
    rows : numpy.ndarray, shape (n,)
        Which rows of the matrix these are.
    place, filled : numpy.ndarray, shape (n, longest)
        Where in ``matrix.data`` each count stands, and whether there is one.
    counts : numpy.ndarray, shape (n, longest)
        The counts; 0 where there is none.
    weights : numpy.ndarray, shape (n, longest, n_topics)
        The topics' weights of each word.
    """

    rows: np.ndarray
    place: np.ndarray
    filled: np.ndarray
    counts: np.ndarray
    weights: np.ndarray

    def ratio(self, shares: np.ndarray) -> np.ndarray:
        """Counts over p(word), the mean of the word's weights by the shares (n, n_topics)."""
        p = _matmul(self.weights, shares[:, :, None])[:, :, 0]
        np.maximum(p, _TINY[p.itemsize], out=p)
        return np.divide(self.counts, p, out=p)

    def expected(self, shares: np.ndarray, ratio: np.ndarray) -> np.ndarray:
        """Expected words of each topic in each row."""
        words = _matmul(ratio[:, None, :], self.weights)[:, 0]
        words *= shares
        return words

    def take(self, which: np.ndarray) -> Block:
        return Block(*(values[which] for values in self))


def blocks(counts: Any, topics: np.ndarray) -> Iterator[Block]:
    """Rows of a sparse matrix with at least one count, by their length; `topics` is (n_terms, n_topics)."""
    length = np.diff(counts.indptr)
    order = np.argsort(-length, kind="stable")
    first, end = 0, int(np.count_nonzero(length))
    while first < end:
        across = np.arange(length[order[first]])
        rows = order[first : min(first + max(1, _FLOATS // (len(across) * topics.shape[1])), end)]
        filled = across < length[rows, None]
        place = np.where(filled, counts.indptr[rows, None] + across, 0)
        data = np.where(filled, counts.data[place], counts.data.dtype.type(0))
        yield Block(rows, place, filled, data, topics.take(counts.indices[place], axis=0))
        first += len(rows)


def point_step(
    counts: Any, shares: np.ndarray, topics: np.ndarray, alpha: np.float32
) -> tuple[np.ndarray, Any, np.ndarray]:
    """One step of EM for the shares; also the ratios counts / p(word) before it, and p(word) itself."""
    new, ratio = np.full_like(shares, 1 / shares.shape[1]), np.zeros(counts.nnz, np.float32)
    for block in blocks(counts, topics):
        found = block.ratio(shares[block.rows])
        new[block.rows] = _sum_to_one(block.expected(shares[block.rows], found) + alpha)
        ratio[block.place[block.filled]] = found[block.filled]
    return new, _like(counts, ratio), counts.data / ratio


def spread_step(
    counts: Any, expected: np.ndarray, topics: np.ndarray, alpha: np.float32, steps: int
) -> tuple[np.ndarray, Any, np.ndarray]:
    """`steps` updates of the expected words of each topic in each passage, the shares integrated out.

    The mean logarithm of a share takes the place of the share's own; psi(x) is near log(x - 1/2), so a topic with less
    than half a word in a passage hardly counts there. Also the last ratios counts / p(word), and the shares they had.
    """
    from scipy.special import psi

    new, used, ratio = expected.copy(), np.zeros_like(expected), np.zeros(counts.nnz, np.float32)
    for block in blocks(counts, topics):
        words = expected[block.rows]
        for _ in range(steps):
            shares = psi(words + alpha)
            shares -= shares.max(1, keepdims=True)
            np.exp(shares, out=shares)
            found = block.ratio(shares)
            words = np.maximum(words + _STRIDE * (block.expected(shares, found) - words), 0)
        new[block.rows], used[block.rows] = words, shares
        ratio[block.place[block.filled]] = found[block.filled]
    return new, _like(counts, ratio), used


def fold_in_map(
    counts: Any,
    topics: np.ndarray,
    *,
    alpha: float = 0.05,
    iterations: int = 100,
    tol: float = 1e-4,
) -> np.ndarray:
    """Likeliest shares of topics in passages, `alpha` being their pseudo-count; (n_passages, n_topics), rows sum to one.

    Every passage is estimated alone, so the result does not depend on which others come with it. EM creeps where topics are
    alike: two of its steps say how far to go at once (Varadhan and Roland 2008, 10.1111/j.1467-9469.2007.00585.x, their third
    scheme), and the next two make it good.
    """
    word_topics = np.maximum(np.ascontiguousarray(np.asarray(topics, np.float32).T), np.float32(1e-20))
    n_topics, prior = word_topics.shape[1], np.float32(alpha)
    result = np.full((counts.shape[0], n_topics), 1 / n_topics, np.float32)
    for block in blocks(counts.astype(np.float32), word_topics):
        shares, open_ = result[block.rows], np.ones(len(block.rows), bool)
        for _ in range(iterations):
            one = _sum_to_one(block.expected(shares, block.ratio(shares)) + prior)
            two = _sum_to_one(block.expected(one, block.ratio(one)) + prior)
            result[block.rows[open_]] = two[open_]
            open_ &= np.abs(two - one).max(1) > tol
            if not open_.any():
                break
            if open_.mean() < _WORTH_LEAVING:
                block, shares, one, two = block.take(open_), shares[open_], one[open_], two[open_]
                open_ = open_[open_]
            step = one - shares
            bend = two - one - step
            far = np.sqrt((step**2).sum(1, keepdims=True) / np.maximum((bend**2).sum(1, keepdims=True), 1e-20))
            np.clip(far, 1, _LONGEST_JUMP, out=far)
            least = prior / (block.counts.sum(1, keepdims=True) + prior * n_topics)
            shares = _sum_to_one(np.maximum(shares + 2 * far * step + far**2 * bend, least))
    return result.astype(np.float64) / result.sum(1, keepdims=True, dtype=np.float64)


def fold_in_variational(counts: Any, weights: np.ndarray, alpha: float, tol: float = 1e-4) -> np.ndarray:
    """The E-step that gensim and scikit-learn share (Hoffman, Blei and Bach 2010), from an even start: no chance."""
    from scipy.special import psi

    topics = np.ascontiguousarray(np.exp(psi(weights) - psi(weights.sum(1, keepdims=True))).T)
    result = np.ones((counts.shape[0], weights.shape[0]))
    for block in blocks(counts.astype(np.float64), topics):
        gamma, open_ = result[block.rows], np.ones(len(block.rows), bool)
        for _ in range(200):
            shares = np.exp(psi(gamma) - psi(gamma.sum(1, keepdims=True)))
            new = alpha + block.expected(shares, block.ratio(shares))
            result[block.rows[open_]] = new[open_]
            open_ &= np.abs(new - gamma).mean(1) > tol
            gamma = new
            if not open_.any():
                break
            if open_.mean() < _WORTH_LEAVING:
                block, gamma, open_ = block.take(open_), gamma[open_], open_[open_]
    return _sum_to_one(result)


def fold_in_nmf(counts: Any, weights: np.ndarray, idf: np.ndarray) -> np.ndarray:
    """Shares of fixed factors of TF-IDF in passages; rows sum to one."""
    import warnings

    from scipy.sparse import diags
    from sklearn.decomposition import non_negative_factorization
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.preprocessing import normalize as unit_rows

    weighted = counts.astype(np.float64, copy=True)
    weighted.data = 1 + np.log(weighted.data)
    weighted = unit_rows(weighted @ diags(idf))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        activation, _, _ = non_negative_factorization(
            weighted, H=weights, update_H=False, n_components=len(weights), max_iter=200, random_state=0
        )
    return nmf_shares(activation, weights)


def nmf_shares(activation: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """A topic's part of each reconstructed row: activation times the topic's total weight."""
    mass = activation * weights.sum(1)
    total = mass.sum(1, keepdims=True)
    even = np.full_like(mass, 1 / mass.shape[1])  # no topic has any of the passage's terms
    return np.divide(mass, total, out=even, where=total > 0)


def _matmul(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """np.matmul of finite numbers; on some processors OpenBLAS reports an invalid value that no result has (numpy #24067)."""
    with np.errstate(invalid="ignore"):
        return np.matmul(a, b)


def _sum_to_one(rows: np.ndarray) -> np.ndarray:
    rows /= rows.sum(1, keepdims=True)
    return rows


def _like(counts: Any, data: np.ndarray) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
