import numpy as np
import pandas as pd
import pytest
from planted import planted_passages

from kzanalytics.codebooks import Codebook, load_codebook
from kzanalytics.mentions import find_mentions
from kzanalytics.topic_seeds import Seeds, compare_seeded, find_seeds
from kzanalytics.topics import TopicModel, fit_topics, load_topics

SENTENCES = {
    "terrorism": "هاجم الإرهابيون المطار وقتل الإرهاب جنودا وقال الجيش إن إرهابيين قتلوا في المطار",
    "colour_revolution": "اتهم الرئيس الغرب بتدبير ثورة ملونة وقال الكرملين إن الثورات الملونة خطة الغرب",
    "fuel_prices": "خرج السكان بسبب ارتفاع أسعار الوقود وتضاعف سعر الغاز في السوق وطالب السكان بخفضه",
    "": "فاز الفريق في المباراة وسجل اللاعب هدفا في الملعب وصفق الجمهور للفريق واللاعب",
}


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook("kazakhstan-2022")


@pytest.fixture(scope="module")
def passages() -> pd.DataFrame:
    texts = [text for i in range(10) for text in [*SENTENCES.values()][: 4 - i % 2]]
    ids = [f"{i:03}" for i in range(len(texts))]
    outlets = [f"outlet {i % 3}" for i in range(len(texts))]
    table = pd.DataFrame({"article_id": ids, "outlet": outlets, "passage_id": ids, "title": "", "text": texts})
    return table.assign(date=pd.Timestamp("2022-01-08"))


@pytest.fixture(scope="module", params=["gensim", "map"])
def model(request: pytest.FixtureRequest, passages: pd.DataFrame, codebook: Codebook) -> TopicModel:
    return fit_topics(passages, n_topics=4, seed=11, engine=request.param, codebook=codebook)


def test_each_frame_gets_its_topic_in_the_codebooks_order(
    model: TopicModel, passages: pd.DataFrame, codebook: Codebook
) -> None:
    assert model.frames == (*codebook.default, "")
    assert model.topics["frame"].tolist() == [*codebook.default, ""]
    shares = model.passages.pivot_table(index="passage_id", columns="topic", values="share")
    frame_of = {text: frame for frame, text in SENTENCES.items()}
    for passage, text in zip(passages["passage_id"], passages["text"], strict=True):
        assert shares.loc[passage].idxmax() == model.frames.index(frame_of[text])


def test_seeds_say_how_often_each_occurs_and_which_never(model: TopicModel) -> None:
    seeds = model.seeds
    assert list(seeds.columns) == ["frame", "topic", "term", "lemma", "n_mentions", "count", "status"]
    assert set(seeds["status"]) <= {"seed", "shared", "never mentioned"}
    assert seeds.loc[seeds["status"] == "never mentioned", "n_mentions"].eq(0).all()
    used = seeds[seeds["status"] == "seed"]
    assert set(used["frame"]) == {"terrorism", "colour_revolution", "fuel_prices"}
    assert (used["count"] >= 1).all()
    # Ten copies of the colour-revolution sentence hold two mentions each.
    assert used.loc[used["frame"] == "colour_revolution"].groupby("lemma")["n_mentions"].sum().max() == 20


def test_seeded_models_refit_and_reload_with_their_seeds(model: TopicModel, tmp_path: object) -> None:
    loaded = load_topics(model.save(f"{tmp_path}/seeded"))
    pd.testing.assert_frame_equal(loaded.seeds, model.seeds)
    again = loaded.refit(seed=model.settings["seed"])
    np.testing.assert_allclose(again.weights, model.fit.weights, rtol=1e-6, atol=1e-8)


def test_topic_shares_stand_beside_frame_rates(model: TopicModel, passages: pd.DataFrame, codebook: Codebook) -> None:
    mentions = find_mentions(passages, codebook)
    table = compare_seeded(model, mentions, by="outlet")
    assert list(table.columns) == [
        *["outlet", "frame", "topic", "share", "share_rank", "n_mentions", "n_tokens", "rate", "rate_rank"]
    ]
    assert len(table) == 3 * 3
    counted = mentions["frame"].astype("str").value_counts()
    total = table.groupby("frame")["n_mentions"].sum()
    assert all(total[frame] == counted[frame] for frame in codebook.default)
    np.testing.assert_allclose(table["rate"], 1000 * table["n_mentions"] / table["n_tokens"])
    whole = compare_seeded(model, mentions, by=None)
    assert whole["frame"].tolist() == list(codebook.default)
    shares = model.topics["share"].to_numpy()
    np.testing.assert_allclose(whole["share"], shares[:3], atol=1e-9)
    assert sorted(whole["share_rank"]) == [1, 2, 3]


def test_a_lemma_of_two_frames_seeds_neither() -> None:
    from kzanalytics._topic_counts import Counts

    rows = [("a", "نظام", "نظام", 3), ("b", "نظام", "نظام", 2), ("b", "جيش", "جيش", 4), ("a", "وقود", "وقود", 0)]
    seeds = Seeds(("a", "b"), pd.DataFrame(rows, columns=["frame", "term", "lemma", "n_mentions"]))
    counts = Counts(np.array([0, 0, 1]), np.array([0, 3]), ["نظام", "جيش"])
    assert seeds.table(counts)["status"].tolist() == ["shared", "shared", "seed", "never mentioned"]
    assert seeds.table(counts)["count"].tolist() == [2, 2, 1, 0]
    np.testing.assert_array_equal(seeds.prior(counts, 3, strength=0.5), [[0, 0], [0, 2], [0, 0]])


def test_frames_can_be_chosen(passages: pd.DataFrame, codebook: Codebook) -> None:
    found = find_seeds(passages, codebook, str.split, frames=["fuel_prices"])
    assert found.frames == ("fuel_prices",)
    assert set(found.found["frame"]) == {"fuel_prices"}


def test_too_few_topics_for_the_frames_are_refused(passages: pd.DataFrame, codebook: Codebook) -> None:
    with pytest.raises(ValueError, match="n_topics=2 is less than the 3 frames"):
        fit_topics(passages, n_topics=2, codebook=codebook)


def test_an_unseeded_model_has_nothing_to_compare() -> None:
    model = fit_topics(planted_passages(10), n_topics=2, engine="map", analyzer=str.split)
    with pytest.raises(ValueError, match="model has no seeded topic"):
        compare_seeded(model, pd.DataFrame({"article_id": [], "frame": []}))
