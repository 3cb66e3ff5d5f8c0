import numpy as np
import pytest
from planted import planted_passages, slow_step
from scipy.sparse import csr_matrix

import kzanalytics._map_lda as map_lda
from kzanalytics._map_lda import fit_map, spectral_topics
from kzanalytics._topic_counts import count_terms


@pytest.fixture(scope="module")
def counts() -> csr_matrix:
    table = planted_passages()
    return count_terms(table["text"].tolist(), table["article_id"].tolist(), str.split).matrix()


def test_batch_em_is_the_em_of_the_papers(counts: csr_matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_lda, "_STARTS", 1)
    dense = counts.toarray().astype(float)
    rng = np.random.default_rng(5)
    start = rng.gamma(100.0, 0.01, (dense.shape[1], 3)).astype(np.float32)
    topics, shares = (start / start.sum(0)).T.astype(float), np.full((len(dense), 3), 1 / 3)
    for _ in range(4):
        shares, expected = slow_step(dense, shares, topics, 0.1)
        topics = (expected + 0.01) / (expected + 0.01).sum(1, keepdims=True)
    weights, passes, _ = fit_map(counts, 3, seed=5, passes=4, alpha=0.1, eta=0.01)
    assert passes == 4
    np.testing.assert_allclose(weights, expected + 0.01, rtol=2e-3, atol=2e-3)


def test_weights_are_the_words_of_the_corpus_plus_the_prior(counts: csr_matrix) -> None:
    for passes in (3, None):
        weights, _, _ = fit_map(counts, 4, seed=1, eta=0.5, passes=passes)
        assert weights.shape == (4, counts.shape[1])
        assert weights.min() >= 0.5
        np.testing.assert_allclose((weights - 0.5).sum(0), np.asarray(counts.sum(0))[0], rtol=1e-3)


def test_online_em_finds_what_batch_em_finds(counts: csr_matrix, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, _, converged = fit_map(counts, 4, seed=1)
    assert converged
    monkeypatch.setattr(map_lda, "ONLINE_FROM", 0)
    monkeypatch.setattr(map_lda, "_BATCH", 20)
    online, passes, _ = fit_map(counts, 4, seed=2, passes=20)
    assert passes == 20
    a, b = (w / np.linalg.norm(w, axis=1, keepdims=True) for w in (batch, online))
    assert (a @ b.T).max(1).min() > 0.95


def test_the_start_of_online_em_is_near_what_it_finds(counts: csr_matrix) -> None:
    weights, _, _ = fit_map(counts, 4, seed=1)
    start = spectral_topics(counts.astype(np.float32), 4, np.random.default_rng(3))
    np.testing.assert_allclose(start.sum(0), 1, rtol=1e-5)
    assert start.min() > 0
    a, b = (w / np.linalg.norm(w, axis=1, keepdims=True) for w in (weights, start.T))
    assert sorted((a @ b.T).argmax(1)) == [0, 1, 2, 3]
    assert (a @ b.T).max(1).min() > 0.8


def test_online_em_fits_more_topics_than_passages_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_lda, "ONLINE_FROM", 0)
    few = csr_matrix(np.array([[3, 1, 0, 0, 0, 0], [0] * 6, [0, 0, 2, 2, 1, 1], [0] * 6]))
    weights, _, _ = fit_map(few, 3, seed=1, eta=0.5)
    assert weights.shape == (3, 6)
    np.testing.assert_allclose((weights - 0.5).sum(), 10, rtol=1e-3)


def test_the_batches_of_the_last_pass_weigh_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ONLINE_FROM": 0, "_LEAST": 1, "_BATCH": 1, "_TAU": 1.0 + 1e-6}.items():
        monkeypatch.setattr(map_lda, name, value)  # the first step forgets the start, and each batch is one passage
    passages = csr_matrix(np.random.default_rng(4).permutation(np.repeat([[9, 1, 0], [1, 0, 9]], [7, 9], axis=0)))
    weights, _, _ = fit_map(passages, 2, seed=1, passes=1, eta=1e-3)
    np.testing.assert_allclose(weights.sum(0), np.asarray(passages.sum(0))[0], rtol=0.01)


def test_a_start_pulls_a_topic_towards_its_words(counts: csr_matrix) -> None:
    for word in (0, 30):
        start = np.zeros((4, counts.shape[1]))
        start[2, word] = 50
        weights, _, _ = fit_map(counts, 4, seed=1, start=start, eta=0.01 + start)
        assert weights[:, word].argmax() == 2
