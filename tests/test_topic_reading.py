import json

import numpy as np
import pandas as pd
import pytest
from planted import TOPICS, planted_passages

from kzanalytics.topic_reading import (
    topic_distances,
    topic_prevalence,
    topic_relevance,
    topic_representatives,
    topic_view,
)
from kzanalytics.topics import TopicModel, fit_topics


@pytest.fixture(scope="module")
def model() -> TopicModel:
    passages = planted_passages()
    passages["kind"] = np.where(passages["article_id"] < "002", "first two", "others")
    return fit_topics(passages, n_topics=4, seed=3, engine="map", analyzer=str.split)


def test_prevalence_is_the_sum_of_terms_over_the_groups_articles(model: TopicModel) -> None:
    table = topic_prevalence(model, by="outlet")
    assert list(table.columns[:3]) == ["outlet", "topic", "label"]
    assert set(table["n_articles"]) == {30}
    np.testing.assert_allclose(table.groupby("outlet")["share"].sum(), 1)
    rows = model.source["outlet"].to_numpy() == "outlet 1"
    expected = np.average(model.shares[rows], axis=0, weights=model.counts.lengths[rows])
    np.testing.assert_allclose(table.loc[table["outlet"] == "outlet 1", "share"], expected)
    assert (table["low"] < table["share"]).all()
    assert (table["share"] < table["high"]).all()
    assert set(table["inference"]) == {"interval"}


def test_prevalence_refuses_an_interval_for_two_articles(model: TopicModel) -> None:
    table = topic_prevalence(model, by="kind").query("kind == 'first two'")
    assert set(table["interval"]) == {"few units"}
    assert set(table["inference"]) == {"descriptive"}
    assert table["low"].isna().all()
    assert table["share"].notna().all()


def test_prevalence_by_week_and_outlet(model: TopicModel) -> None:
    table = topic_prevalence(model, by=["date", "outlet"], freq="W")
    assert table["n_articles"].sum() == 60 * 4
    assert table["date"].dt.day_of_week.eq(0).all()


def test_prevalence_names_a_wrong_column(model: TopicModel) -> None:
    with pytest.raises(ValueError, match="by='author' is not a column"):
        topic_prevalence(model, by="author")
    with pytest.raises(ValueError, match="by='text' differs within an article"):
        topic_prevalence(model, by="text")


def test_relevance_at_one_is_probability_and_at_zero_is_lift(model: TopicModel) -> None:
    by_weight = topic_relevance(model, weight=1, n=5)
    top = model.terms[model.terms["rank"] <= 5]
    assert by_weight["lemma"].tolist() == top["lemma"].tolist()
    by_lift = topic_relevance(model, weight=0, n=48)
    assert by_lift.groupby("topic")["lift"].apply(lambda lift: lift.is_monotonic_decreasing).all()
    np.testing.assert_allclose(by_lift["relevance"], np.log(by_lift["lift"]))
    with pytest.raises(ValueError, match=r"weight=1\.5 must lie between"):
        topic_relevance(model, weight=1.5)


def test_representatives_are_the_passages_with_most_of_a_topic(model: TopicModel) -> None:
    table = topic_representatives(model, n=3)
    assert (table.groupby("topic").size() == 3).all()
    assert not table.duplicated(["topic", "article_id"]).any()
    first = table[table["rank"] == 1].set_index("topic")["share"]
    np.testing.assert_allclose(first, model.shares.max(0))
    top_words = model.terms[model.terms["rank"] == 1].set_index("topic")["term"]
    for row in table.itertuples():
        planted = next(topic for topic in TOPICS if top_words[row.topic] in topic)
        assert sum(word in planted for word in row.text.split()) > 20


def test_distance_of_topics_is_the_root_of_the_divergence_in_bits() -> None:
    # (1, 0) and (0, 1) share nothing: 1. (1, 0) and (.5, .5): H(.75, .25) - (0 + 1) / 2 = .8113 - .5
    found = topic_distances(np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]))
    np.testing.assert_allclose(found[0], [0, 1, np.sqrt(0.8112781 - 0.5)], atol=1e-6)
    np.testing.assert_allclose(found, found.T)


def test_view_is_plain_data_that_gives_relevance_back(model: TopicModel) -> None:
    view = json.loads(json.dumps(topic_view(model, n_terms=10), ensure_ascii=False))
    assert sum(topic["share"] for topic in view["topics"]) == pytest.approx(1, abs=1e-4)
    lemmas = {term["lemma"] for term in view["terms"]}
    assert set(topic_relevance(model, n=10)["lemma"]) <= lemmas
    assert all(len(term["weights"]) == 4 for term in view["terms"])
    assert all(len(topic["passages"]) == 3 for topic in view["topics"])
    points = np.array([[topic["x"], topic["y"]] for topic in view["topics"]])
    np.testing.assert_allclose(points.sum(0), 0, atol=1e-3)


def test_view_keeps_the_distances_of_three_topics() -> None:
    passages = planted_passages(n_articles=20)
    model = fit_topics(passages, n_topics=3, seed=1, engine="nmf", analyzer=str.split)
    view = topic_view(model)
    points = np.array([[topic["x"], topic["y"]] for topic in view["topics"]])
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    np.testing.assert_allclose(apart, topic_distances(model.probabilities), atol=1e-3)


def test_articles_without_outlet_or_date_are_kept() -> None:
    passages = planted_passages(n_articles=12).drop(columns=["outlet", "date"])
    model = fit_topics(passages, n_topics=2, seed=1, engine="map", analyzer=str.split)
    assert model.articles["outlet"].eq("").all()
    assert pd.api.types.is_datetime64_any_dtype(model.articles["date"])
    assert len(model.prevalence()) == 2
