import math

import numpy as np
import pandas as pd
import pytest
from planted import planted_passages

from kzanalytics.topic_search import _errors, _recommend, article_groups, search_topics


@pytest.fixture(scope="module")
def passages() -> pd.DataFrame:
    return planted_passages(n_articles=60, n_words=40, main=0.9)


@pytest.fixture(scope="module")
def table(passages: pd.DataFrame) -> pd.DataFrame:
    return search_topics(passages, [2, 4, 8], engine="map", analyzer=str.split, refits=3, seed=1)


def test_the_planted_number_is_recommended(table: pd.DataFrame) -> None:
    assert table.loc[table["recommended"], "n_topics"].tolist() == [4]
    assert table["heldout"].idxmax() == 1
    assert "4 topics predict held-out articles best" in table["reason"][0]


def test_the_table_has_a_row_a_number_and_finite_measures(table: pd.DataFrame) -> None:
    assert list(table.columns) == [
        *["n_topics", "heldout", "heldout_se", "c_npmi", "exclusivity", "stability", "recommended", "reason"]
    ]
    assert table["n_topics"].tolist() == [2, 4, 8]
    assert np.isfinite(table.select_dtypes("number").to_numpy(float)).all()
    assert table["heldout"].between(-math.log(48), 0).all()
    assert table["stability"].between(0, 1).all()
    assert table.loc[table["heldout"].idxmax(), "heldout_se"] == 0


def test_nmf_has_no_likelihood_and_still_a_recommendation(passages: pd.DataFrame) -> None:
    table = search_topics(passages, [3, 4], engine="nmf", analyzer=str.split, refits=2)
    assert table["heldout"].isna().all()
    assert table["recommended"].sum() == 1
    assert "no held-out likelihood" in table["reason"][0]


def test_five_articles_are_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"hold 5 articles .* at least 30 are needed .* choose a small number"):
        search_topics(planted_passages(5), range(3, 6), analyzer=str.split)


def test_articles_that_share_passages_count_as_one(passages: pd.DataFrame) -> None:
    chain = pd.DataFrame({"article_a": [f"{i:03}" for i in range(40)], "article_b": [f"{i + 1:03}" for i in range(40)]})
    with pytest.raises(ValueError, match="hold 20 articles"):
        search_topics(passages, [2, 3], analyzer=str.split, reuse=chain)


def test_groups_follow_shared_passages_through_chains() -> None:
    ids = pd.Series(["a", "a", "b", "c", "d"])
    reuse = pd.DataFrame({"article_a": ["a", "c"], "article_b": ["c", "x"]})
    groups = article_groups(ids, reuse)
    assert groups[0] == groups[1] == groups[3]
    assert len({groups[0], groups[2], groups[4]}) == 3
    assert article_groups(ids, None).tolist() == [0, 0, 1, 2, 3]


def test_standard_error_by_hand() -> None:
    # Differences from the best: 0, -2, -4 over 10 words each: mean -.2 a word, residuals 2, 0, -2;
    # sqrt(3 / 2 * 8) / 30.
    best = pd.DataFrame({"total": [-10.0, -10, -10], "words": [10, 10, 10]})
    other = pd.DataFrame({"total": [-10.0, -12, -14], "words": [10, 10, 10]})
    np.testing.assert_allclose(_errors(np.array([-1.0, -1.2]), [best, other]), [0, math.sqrt(12) / 30])


def test_recommendation_takes_the_readable_one_of_those_that_predict_alike() -> None:
    table = pd.DataFrame(
        {
            "n_topics": [3, 4, 5],
            "heldout": [-5.0, -4.01, -4.0],
            "heldout_se": [0.1, 0.02, 0.0],
            "c_npmi": [0.9, 0.3, 0.2],
            "exclusivity": [0.9, 0.8, 0.9],
            "stability": [0.9, 0.9, 0.4],
        }
    )
    best, reason = _recommend(table)
    assert best == 4
    assert reason.startswith("5 topics predict held-out articles best, and 4 are within one standard error")


@pytest.mark.parametrize(
    ("k", "options", "error", "message"),
    [
        ([4], {}, ValueError, "must hold at least two different numbers"),
        ([3, 4], {"engine": "lsa"}, ValueError, "engine='lsa' is not known"),
        ([3, 4], {"folds": 1}, ValueError, "folds=1 must be at least 2"),
        ([3, 4], {"codebook": 1}, TypeError, "no option 'codebook'"),
    ],
)
def test_wrong_settings_are_named(
    passages: pd.DataFrame, k: list[int], options: dict, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        search_topics(passages, k, analyzer=str.split, **options)
