import numpy as np
import pandas as pd
import pytest
from planted import planted_passages

from kzanalytics.topic_quality import resample_articles, topic_quality, topic_stability
from kzanalytics.topics import TopicModel, fit_topics


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return fit_topics(
        planted_passages(n_words=120, seed=1, main=0.97),
        n_topics=4,
        seed=3,
        engine="map",
        analyzer=str.split,
        passes=40,
    )


def test_a_planted_model_comes_back_over_seeds_and_articles(model: TopicModel) -> None:
    # Top 12 are all of a planted topic's words: nothing else can be in its place.
    by_seed, by_article = topic_stability(model, top=12, refits=20)
    assert by_seed.tolist() == [1, 1, 1, 1]
    assert by_article.tolist() == [1, 1, 1, 1]


def test_topics_of_noise_do_not_come_back() -> None:
    rng = np.random.default_rng(2)
    words = [f"كلمة{i}" for i in range(80)]
    texts = [" ".join(rng.choice(words, 30)) for _ in range(60)]
    ids = [str(i) for i in range(60)]
    table = pd.DataFrame({"article_id": ids, "passage_id": ids, "text": texts})
    model = fit_topics(table, n_topics=4, seed=3, engine="map", analyzer=str.split, passes=30)
    quality = topic_quality(model, refits=5)
    assert quality["stability_articles"].max() < 0.5
    assert not quality["reliable"].any()
    assert quality["note"].str.contains("does not come back over resampled articles").all()


def test_quality_is_a_row_a_topic_without_nan_or_infinity(model: TopicModel) -> None:
    quality = topic_quality(model, refits=2)
    assert quality["topic"].tolist() == [0, 1, 2, 3]
    numbers = quality.select_dtypes("number")
    assert np.isfinite(numbers.to_numpy(float)).all()
    assert quality["c_npmi"].between(-1, 1).all()
    assert quality["exclusivity"].between(0, 1).all()
    assert quality["n_articles"].between(1, 60).all()
    assert quality["n_absent"].eq(0).all()
    assert quality["reliable"].all()


def test_coherent_topics_score_above_shuffled_ones(model: TopicModel) -> None:
    from dataclasses import replace

    rng = np.random.default_rng(0)
    shuffled = replace(model, fit=replace(model.fit, weights=rng.permuted(model.fit.weights, axis=1)))
    assert topic_quality(model, refits=0)["c_npmi"].min() > topic_quality(shuffled, refits=0)["c_npmi"].max()


def test_words_that_the_reference_lacks_are_counted(model: TopicModel) -> None:
    words = model.terms.query("topic == 0 and rank <= 4")["lemma"].tolist()
    reference = pd.DataFrame({"text": [" ".join(words), words[0], "غائب"]})
    quality = topic_quality(model, reference=reference, refits=0, c_v=True)
    assert quality["n_absent"].tolist() == [6, 10, 10, 10]
    assert np.isfinite(quality[["c_npmi", "umass", "c_v"]].to_numpy()).all()
    assert quality["c_npmi"][1] == -1
    with pytest.raises(ValueError, match="reference lacks the column text"):
        topic_quality(model, reference=pd.DataFrame({"body": ["نص"]}))


def test_without_refits_nothing_is_called_reliable(model: TopicModel) -> None:
    quality = topic_quality(model, refits=0)
    assert quality[["stability_seeds", "stability_articles"]].isna().all(axis=None)
    assert not quality["reliable"].any()


def test_a_deterministic_engine_has_no_stability_over_seeds() -> None:
    model = fit_topics(planted_passages(20), n_topics=3, seed=1, engine="nmf", analyzer=str.split)
    by_seed, by_article = topic_stability(model, refits=2)
    assert np.isnan(by_seed).all()
    assert np.isfinite(by_article).all()


def test_a_topic_of_one_article_is_said_to_be_one() -> None:
    texts = ["وقود سعر غاز"] * 12 + ["جيش شرطة شغب جيش شرطة شغب"] * 6
    articles = [f"a{i}" for i in range(12)] + ["b"] * 6
    table = pd.DataFrame({"article_id": articles, "passage_id": [str(i) for i in range(18)], "text": texts})
    model = fit_topics(table, n_topics=2, seed=1, engine="map", analyzer=str.split)
    quality = topic_quality(model, top=3, refits=2).set_index("n_absent", append=True)
    alone = quality[quality["n_articles"] < 3]
    assert len(alone) == 1
    assert "carried by 1." in alone["note"].iloc[0]


def test_resampling_draws_whole_articles() -> None:
    ids = pd.Series(["a", "b", "a", "c", "b", "b"])
    rows = resample_articles(ids, np.random.default_rng(4))
    drawn = ids.iloc[rows].value_counts()
    sizes = {"a": 2, "b": 3, "c": 1}
    assert all(n % sizes[article] == 0 for article, n in drawn.items())
    assert sum(n // sizes[article] for article, n in drawn.items()) == 3
