import math

import numpy as np
import pytest

from kzanalytics._topic_measures import (
    cooccurrence,
    effective_number,
    frex,
    log_likelihood,
    match_topics,
    npmi,
    split_halves,
    top_terms,
    umass,
)


def passages(*rows: list[int]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([i for row in rows for i in row], np.int32), np.cumsum([0, *map(len, rows)])


# Four passages of words 0 (سعر), 1 (وقود), 2 (جيش), 3 (مطار): 0 and 1 meet in two, 2 stands in one, 3 in none.
IDS, PTR = passages([0, 1], [0, 1, 0], [0, 2], [1])


def test_passages_are_counted_once_each() -> None:
    counted = cooccurrence(IDS, PTR, np.array([0, 1, 2, 3]), window=None)
    assert counted.n_contexts == 4
    assert counted.single.tolist() == [3, 3, 1, 0]
    assert counted.pair[0, 1] == counted.pair[1, 0] == 2
    assert counted.pair[1, 2] == 0


def test_windows_slide_by_one_and_short_passages_are_one() -> None:
    ids, ptr = passages([0, 1, 2, 0], [1, 0], [])
    counted = cooccurrence(ids, ptr, np.array([0, 1, 2]), window=3)
    assert counted.n_contexts == 3  # 0 1 2, 1 2 0, and the passage 1 0
    assert counted.single.tolist() == [3, 3, 2]
    assert counted.pair[0, 2] == 2


def test_npmi_by_hand() -> None:
    counted = cooccurrence(IDS, PTR, np.array([0, 1, 2]), window=None)
    # p0 = p1 = 3/4, p01 = 2/4: log(.5 / .5625) / -log(.5)
    value, absent = npmi(counted, np.array([0, 1]))
    assert value == pytest.approx(math.log(0.5 / 0.5625) / math.log(2), abs=1e-9)
    assert absent == 0


def test_umass_by_hand() -> None:
    counted = cooccurrence(IDS, PTR, np.array([0, 1, 2]), window=None)
    # pairs (1, 0), (2, 0), (2, 1): log(3/3), log(2/3), log(1/3)
    expected = (math.log(3 / 3) + math.log(2 / 3) + math.log(1 / 3)) / 3
    assert umass(counted, np.array([0, 1, 2])) == pytest.approx(expected)


def test_absent_words_are_left_out_and_reported() -> None:
    counted = cooccurrence(IDS, PTR, np.array([0, 1, 2, 3]), window=None)
    assert npmi(counted, np.array([0, 1, 3])) == (npmi(counted, np.array([0, 1]))[0], 1)
    assert umass(counted, np.array([3, 0, 1])) == umass(counted, np.array([0, 1]))
    assert npmi(counted, np.array([0, 3])) == (-1.0, 1)
    assert umass(counted, np.array([0, 3])) == pytest.approx(math.log(1 / 4))


def test_words_of_every_passage_say_nothing() -> None:
    ids, ptr = passages([0, 1], [1, 0])
    assert npmi(cooccurrence(ids, ptr, np.array([0, 1]), window=None), np.array([0, 1])) == (0.0, 0)


def test_npmi_agrees_with_gensims_c_npmi() -> None:
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    # gensim forgets a word that leaves the window while standing in it twice, and does not count windows without any
    # topic's word; so here no word stands twice in a passage, and only eight words are in no topic.
    rng = np.random.default_rng(5)
    rows = [rng.permutation(30)[: rng.integers(10, 31)].tolist() for _ in range(60)]
    ids, ptr = passages(*rows)
    texts = [[str(i) for i in row] for row in rows]
    topics = [list(range(0, 21, 2)), list(range(1, 22, 2))]
    reference = CoherenceModel(
        topics=[[str(i) for i in topic] for topic in topics],
        texts=texts,
        dictionary=Dictionary(texts),
        coherence="c_npmi",
        processes=1,
    ).get_coherence_per_topic()
    counted = cooccurrence(ids, ptr, np.array(topics).ravel(), window=10)
    np.testing.assert_allclose([npmi(counted, np.array(t))[0] for t in topics], reference, atol=1e-9)


def test_frex_by_hand() -> None:
    # Topic 0: exclusivities .9/.9 = 1, .08/.38, .02/.72 rank 3, 2, 1 of 3; so do the probabilities.
    probabilities = np.array([[0.9, 0.08, 0.02], [0.0, 0.3, 0.7]])
    value = frex(probabilities)
    np.testing.assert_allclose(value[0], [1, 2 / 3, 1 / 3])
    # Topic 1: both rank 1, 2, 3.
    np.testing.assert_allclose(value[1], [1 / 3, 2 / 3, 1])
    # A frequent term that every topic has: rank 3 by frequency, tied rank 1.5 by exclusivity.
    value = frex(np.array([[0.6, 0.3, 0.1], [0.6, 0.1, 0.3]]), weight=0.5)
    assert value[0, 0] == pytest.approx(1 / (0.5 / (2 / 3) + 0.5 / 1))


def test_matching_is_one_to_one_and_best_in_sum() -> None:
    # Greedy matching would take the pair 0-0 (Jaccard 1/2) and leave 1-1 with 0; the sum is best crosswise.
    top = np.array([[0, 1, 2], [0, 1, 3]])
    other = np.array([[0, 1, 4], [2, 5, 6]])
    partner, similarity = match_topics(top, other)
    assert partner.tolist() == [1, 0]
    np.testing.assert_allclose(similarity, [1 / 5, 1 / 2])


def test_the_same_topics_in_another_order_match_fully() -> None:
    top = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    partner, similarity = match_topics(top, top[[2, 0, 1], ::-1])
    assert partner.tolist() == [1, 2, 0]
    assert similarity.tolist() == [1, 1, 1]


def test_effective_number_counts_what_matters() -> None:
    assert effective_number(np.full(7, 0.2)) == pytest.approx(7)
    assert effective_number(np.array([5.0, 0])) == 1
    assert math.isnan(effective_number(np.zeros(3)))


def test_top_terms_break_ties_by_column() -> None:
    assert top_terms(np.array([[0.2, 0.4, 0.4]]), 2).tolist() == [[1, 2]]


def test_halves_share_each_passages_words() -> None:
    ids, ptr = passages([1, 2, 3, 4, 5], [], [6, 7])
    (a, a_ptr), (b, b_ptr) = split_halves(ids, ptr, seed=1)
    assert a_ptr.tolist() == [0, 3, 3, 4]
    assert b_ptr.tolist() == [0, 2, 2, 3]
    assert sorted([*a[:3], *b[:2]]) == [1, 2, 3, 4, 5]
    assert sorted([a[3], b[2]]) == [6, 7]


def test_completion_by_hand() -> None:
    probabilities = np.array([[0.5, 0.5, 0.0], [0.0, 0.5, 0.5]])
    shares = np.array([[0.25, 0.75], [1.0, 0.0], [np.nan, np.nan]])
    ids, ptr = passages([0, 1, 2], [0], [1])
    found = log_likelihood(shares, probabilities, ids, ptr)
    assert found[0] == pytest.approx(math.log(0.125) + math.log(0.5) + math.log(0.375))
    assert found[1] == pytest.approx(math.log(0.5))
    assert math.isnan(found[2])
