import numpy as np
import pytest
from planted import planted_passages, slow_step
from scipy.sparse import csr_matrix
from scipy.special import psi

import kzanalytics._topic_shares as topic_shares
from kzanalytics._map_lda import fit_map
from kzanalytics._topic_counts import count_terms
from kzanalytics._topic_shares import blocks, fold_in_map, fold_in_variational, spread_step


@pytest.fixture(scope="module")
def counts() -> csr_matrix:
    table = planted_passages()
    return count_terms(table["text"].tolist(), table["article_id"].tolist(), str.split).matrix()


@pytest.fixture
def uneven() -> csr_matrix:
    """Passages of 0 to 40 different words."""
    rng = np.random.default_rng(2)
    rows = np.zeros((30, 40), np.int32)
    for row, size in zip(rows, [*rng.integers(1, 12, 27), 0, 40, 0], strict=True):
        row[rng.permutation(40)[:size]] = rng.integers(1, 4, size)
    return csr_matrix(rows)


def test_blocks_hold_each_word_once(uneven: csr_matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    topics = np.random.default_rng(3).dirichlet(np.ones(40), 5).T
    for floats in (1, 300, 10**6):
        monkeypatch.setattr(topic_shares, "_FLOATS", floats)
        rebuilt, n_blocks = np.zeros(uneven.shape), 0
        for block in blocks(uneven, topics):
            assert block.weights.size <= max(floats, 5 * block.counts.shape[1])
            row, column = np.broadcast_to(block.rows[:, None], block.place.shape), uneven.indices[block.place]
            np.add.at(rebuilt, (row[block.filled], column[block.filled]), block.counts[block.filled])
            assert not block.counts[~block.filled].any()
            n_blocks += 1
        np.testing.assert_array_equal(rebuilt, uneven.toarray())
        assert (n_blocks == 28) == (floats == 1)


def test_fold_in_of_uneven_passages_is_that_of_each_alone(uneven: csr_matrix) -> None:
    topics = np.random.default_rng(3).dirichlet(np.full(40, 0.2), 5)
    for fold_in in (fold_in_map, lambda counts, topics: fold_in_variational(counts, topics * 1e4, 0.1)):
        together = fold_in(uneven, topics)
        np.testing.assert_allclose(together[[27, 29]], 1 / 5)
        np.testing.assert_allclose(together, np.vstack([fold_in(row, topics) for row in uneven]), atol=1e-6)
        assert together.max(1).std() > 0.1


def test_integrated_shares_are_the_variational_ones_of_the_papers(counts: csr_matrix) -> None:
    weights, _, _ = fit_map(counts, 4, seed=1)
    topics = weights / weights.sum(1, keepdims=True)
    start = np.repeat(np.asarray(counts.sum(1)) / 4, 4, axis=1)
    part = counts.astype(np.float32)
    found, ratio, used = spread_step(part, start, topics.T.astype(np.float32), np.float32(0.1), 500)
    for words, gamma in zip(counts.toarray(), found + 0.1, strict=True):
        phi = (
            topics * np.exp(psi(gamma))[:, None]
        )  # Blei, Ng and Jordan (2003), figure 6: one more step changes nothing
        phi /= phi.sum(0)
        np.testing.assert_allclose(0.1 + phi @ words, gamma, atol=5e-3)
    assert found.max(1).std() > 0.3
    np.testing.assert_allclose((ratio.T @ used * topics.T).sum(), counts.sum(), rtol=1e-4)


def test_a_tiny_prior_leaves_no_passage_without_topics() -> None:
    part = csr_matrix(np.array([[1, 0, 0], [0, 1, 1]], np.float32))
    topics = np.full((3, 1000), 1 / 3, np.float32)
    found, *_ = spread_step(part, np.full((2, 1000), 1e-3), topics, np.float32(1e-6), 3)
    assert np.isfinite(found).all()
    assert (found.sum(1) > [0.9, 1.9]).all()


def test_fold_in_does_not_depend_on_the_other_passages(counts: csr_matrix) -> None:
    weights, _, _ = fit_map(counts, 4, seed=1)
    topics = weights / weights.sum(1, keepdims=True)
    together = fold_in_map(counts, topics, alpha=0.1)
    alone = np.vstack([fold_in_map(counts[i], topics, alpha=0.1) for i in range(10)])
    np.testing.assert_allclose(together[:10], alone, atol=1e-6)
    np.testing.assert_allclose(together.sum(1), 1)


def test_fold_in_settles_where_em_does(counts: csr_matrix) -> None:
    weights, _, _ = fit_map(counts, 4, seed=1)
    topics = weights / weights.sum(1, keepdims=True)
    dense = counts.toarray().astype(float)
    shares = np.full((len(dense), 4), 1 / 4)
    for _ in range(2000):
        shares, _ = slow_step(dense, shares, topics, 0.1)
    np.testing.assert_allclose(fold_in_map(counts, topics, alpha=0.1), shares, atol=3e-3)


def test_fold_in_by_hand() -> None:
    # Topics without common words: shares are (count + alpha) / (total + 2 alpha).
    shares = fold_in_map(
        csr_matrix(np.array([[2, 1, 0, 3]])), np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]]), alpha=0.1
    )
    np.testing.assert_allclose(shares, [[3.1 / 6.2, 3.1 / 6.2]], atol=1e-5)
    shares = fold_in_map(
        csr_matrix(np.array([[4, 1, 1, 0]])), np.array([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]]), alpha=0.1
    )
    np.testing.assert_allclose(shares, [[5.1 / 6.2, 1.1 / 6.2]], atol=1e-5)
