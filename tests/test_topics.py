import logging

import numpy as np
import pandas as pd
import pytest
from planted import VOCABULARY, planted_passages, true_topics
from scipy.optimize import linear_sum_assignment

from kzanalytics._topic_engines import fold_in
from kzanalytics.topics import TopicModel, fit_topics, load_topics

ENGINES = ["gensim", "sklearn", "map", "nmf"]


@pytest.fixture(scope="module")
def passages() -> pd.DataFrame:
    return planted_passages()


@pytest.fixture(scope="module")
def models(passages: pd.DataFrame) -> dict[str, TopicModel]:
    return {engine: fit_topics(passages, n_topics=4, seed=3, engine=engine, analyzer=str.split) for engine in ENGINES}


def matched_cosine(model: TopicModel) -> float:
    truth = true_topics()
    found = np.zeros_like(truth)
    for j, word in enumerate(model.vocabulary):
        found[:, VOCABULARY.index(word)] = model.probabilities[:, j]
    cosine = truth @ found.T / np.outer(np.linalg.norm(truth, axis=1), np.linalg.norm(found, axis=1))
    return float(cosine[linear_sum_assignment(-cosine)].mean())


@pytest.mark.parametrize("engine", ENGINES)
def test_planted_topics_are_recovered(models: dict[str, TopicModel], engine: str) -> None:
    assert matched_cosine(models[engine]) >= 0.9


@pytest.mark.parametrize("engine", ENGINES)
def test_tables_have_the_contracts_columns_and_ranges(models: dict[str, TopicModel], engine: str) -> None:
    model = models[engine]
    assert list(model.terms.columns) == ["topic", "term", "lemma", "weight", "rank"]
    assert list(model.passages.columns) == ["article_id", "passage_id", "topic", "share"]
    assert list(model.articles.columns) == ["article_id", "outlet", "date", "topic", "share"]
    assert len(model.passages) == 180 * 4
    assert len(model.articles) == 60 * 4
    for table, keys in ((model.passages, "passage_id"), (model.articles, "article_id")):
        assert table["share"].between(0, 1).all()
        np.testing.assert_allclose(table.groupby(keys)["share"].sum(), 1, atol=1e-9)
    np.testing.assert_allclose(model.terms.groupby("topic")["weight"].sum(), 1, atol=1e-9)
    assert (model.terms.groupby("topic")["weight"].diff().dropna() <= 0).all()
    assert model.topics["share"].is_monotonic_decreasing
    assert model.topics["share"].sum() == pytest.approx(1)


@pytest.mark.parametrize("engine", ENGINES)
def test_same_seed_same_model(passages: pd.DataFrame, engine: str) -> None:
    one, two = (fit_topics(passages, n_topics=4, seed=3, engine=engine, analyzer=str.split, passes=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.terms, two.terms, check_exact=True)
    pd.testing.assert_frame_equal(one.passages, two.passages, check_exact=True)


@pytest.mark.parametrize("engine", ["gensim", "sklearn", "map"])
def test_another_seed_starts_elsewhere(passages: pd.DataFrame, engine: str) -> None:
    model = fit_topics(passages, n_topics=4, seed=3, engine=engine, analyzer=str.split, passes=3)
    other = model.refit(seed=4)
    assert not np.allclose(np.sort(other.weights, axis=0), np.sort(model.fit.weights, axis=0))


@pytest.mark.parametrize("seed", [1, 2])
def test_gensim_starts_near_the_topics_of_a_larger_corpus(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    larger = planted_passages(n_articles=170, main=0.5, n_words=20)
    settings = {"n_topics": 4, "seed": seed, "engine": "gensim", "analyzer": str.split, "passes": 2}
    near = fit_topics(larger, **settings)
    assert near.settings["method"].endswith("from factors of TF-IDF")
    monkeypatch.setattr("kzanalytics._topic_engines.spectral_start", lambda *_: None)
    by_chance = fit_topics(larger, **settings)
    assert matched_cosine(near) > 0.85 > matched_cosine(by_chance)


@pytest.mark.parametrize(("engine", "times"), [("map", 1), ("sklearn", 1), ("nmf", 0)])  # nmf's fit has them already
def test_shares_are_found_when_they_are_read_and_once(
    passages: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, engine: str, times: int
) -> None:
    found: list[str] = []
    monkeypatch.setattr("kzanalytics.topics.fold_in", lambda *given: found.append(given[1]) or fold_in(*given))
    model = fit_topics(passages, n_topics=4, seed=3, engine=engine, analyzer=str.split)
    assert len(model.terms)
    assert not found
    assert len(model.passages) == len(model.source) * 4
    assert len(model.articles)
    assert found == [engine] * times


@pytest.mark.parametrize("engine", ENGINES)
def test_transform_gives_training_passages_their_shares(
    passages: pd.DataFrame, models: dict[str, TopicModel], engine: str
) -> None:
    some = passages.iloc[[5, 100, 17]]
    mine = models[engine].passages.set_index(["passage_id", "topic"])["share"]
    theirs = models[engine].transform(some).set_index(["passage_id", "topic"])["share"]
    np.testing.assert_allclose(theirs, mine.loc[theirs.index], atol=2e-3)


@pytest.mark.parametrize("engine", ENGINES)
def test_save_and_load_round_trip(
    passages: pd.DataFrame, models: dict[str, TopicModel], engine: str, tmp_path: object
) -> None:
    model = models[engine]
    folder = model.save(f"{tmp_path}/model")
    assert {file.name for file in folder.iterdir()} == {"model.json", "arrays.npz", "passages.parquet"}
    loaded = load_topics(folder)
    for name in ("terms", "passages", "articles", "topics", "source"):
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(model, name), check_exact=True)
    assert loaded.settings == model.settings
    again = loaded.transform(passages.head(3), analyzer=str.split)
    pd.testing.assert_frame_equal(again, model.transform(passages.head(3)))
    with pytest.raises(ValueError, match="analyzer of your own, which is not saved"):
        loaded.transform(passages.head(3))


def test_variational_shares_agree_with_gensims_own(passages: pd.DataFrame, models: dict[str, TopicModel]) -> None:
    from gensim.models import LdaModel

    model = models["gensim"]
    logging.getLogger("gensim").setLevel(logging.ERROR)
    reference = LdaModel(
        id2word=dict(enumerate(model.vocabulary)), num_topics=4, iterations=500, gamma_threshold=1e-6, dtype=np.float64
    )
    reference.state.sstats = model.fit.weights - reference.eta
    reference.sync_state()
    matrix = model.counts.matrix(np.arange(10))
    chunk = [list(zip(row.indices.tolist(), row.data.tolist(), strict=True)) for row in matrix]
    gamma, _ = reference.inference(chunk)
    np.testing.assert_allclose(model.shares[:10], gamma / gamma.sum(1, keepdims=True), atol=1e-3)


def test_article_shares_are_weighted_by_the_terms_counted() -> None:
    rows = [("a", "1", "وقود " * 30 + "سعر " * 30), ("a", "2", "جيش " * 5 + "شرطة " * 5)]
    rows += [(f"b{i}", f"b{i}", text * 10) for i, text in enumerate(["وقود سعر ", "جيش شرطة "] * 6)]
    table = pd.DataFrame(rows, columns=["article_id", "passage_id", "text"])
    model = fit_topics(table, n_topics=2, seed=0, engine="map", analyzer=str.split)
    share = model.passages.set_index(["passage_id", "topic"])["share"]
    article = model.articles.set_index(["article_id", "topic"])["share"]
    assert article["a", 0] == pytest.approx((60 * share["1", 0] + 10 * share["2", 0]) / 70)


def test_a_passage_without_a_known_term_has_no_shares(models: dict[str, TopicModel]) -> None:
    table = pd.DataFrame({"article_id": ["x"], "passage_id": ["x1"], "text": ["كلمات مجهولة"]})
    for model in models.values():
        shares = model.transform(table)["share"]
        assert len(shares)
        assert shares.isna().all()


def test_labels_are_words_of_the_corpus_behind_the_lemma() -> None:
    def analyzer(text: str) -> list[str]:
        return [word.strip("،.").removeprefix("وال").removeprefix("ال") for word in text.split()]

    texts = ["الوقود، والوقود الوقود وقود.", "الجيش جيش الشرطة،", "شرطة الجيش الوقود"] * 4
    ids = [str(i) for i in range(12)]
    table = pd.DataFrame({"article_id": ids, "passage_id": ids, "text": texts})
    model = fit_topics(table, n_topics=2, seed=0, engine="map", analyzer=analyzer)
    label = dict(zip(model.terms["lemma"], model.terms["term"], strict=True))
    assert label == {"وقود": "الوقود", "جيش": "الجيش", "شرطة": "الشرطة"}


def test_fitting_is_silent_and_leaves_the_input_alone(
    passages: pd.DataFrame, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = passages.copy(deep=True)
    fit_topics(passages, n_topics=2, seed=0, engine="gensim", analyzer=str.split, passes=2)
    pd.testing.assert_frame_equal(passages, before)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def test_settings_say_what_was_done(models: dict[str, TopicModel]) -> None:
    for model in models.values():
        assert model.settings["engine"] in ENGINES
        assert model.settings["passes"] >= 1
        assert "are kept" in model.settings["pruning"]["says"]
    assert models["gensim"].settings["converged"] is True


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_topics": 1}, "n_topics=1 must be"),
        ({"n_topics": True}, "n_topics=True must be"),
        ({"n_topics": 3, "engine": "lda"}, "engine='lda' is not known; choose one of gensim"),
        ({"n_topics": 3, "seed": None}, "seed=None must be a whole number"),
        ({"n_topics": 3, "alpha": -1}, "alpha=-1 must be greater than 0"),
        ({"n_topics": 3, "passes": 0}, "passes=0 must be a whole number of at least 1"),
        ({"n_topics": 3, "max_article_share": 50}, "max_article_share=50 must lie above 0"),
        ({"n_topics": 500}, "passages leave 48 terms for 500 topics"),
        ({"n_topics": 3, "engine": "nmf", "codebook": object()}, "cannot be seeded"),
    ],
)
def test_wrong_settings_are_named(passages: pd.DataFrame, options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_topics(passages, analyzer=str.split, **options)


def test_wrong_tables_are_named(passages: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="lacks the columns passage_id"):
        fit_topics(passages.drop(columns="passage_id"), n_topics=2)
    with pytest.raises(ValueError, match="passages has 1 missing texts"):
        fit_topics(passages.assign(text=passages["text"].where(passages.index != 3)), n_topics=2)
    with pytest.raises(TypeError, match="must be a DataFrame, not list"):
        fit_topics([], n_topics=2)
    with pytest.raises(FileNotFoundError, match=r"model\.json"):
        load_topics("nowhere")


def test_asking_for_the_matrix_leaves_the_order_of_words(models: dict[str, TopicModel], passages: pd.DataFrame) -> None:
    counts = models["map"].counts
    counts.matrix()
    first = [counts.vocabulary[i] for i in counts.ids[: counts.ptr[1]]]
    assert first == passages["text"][0].split()


def test_an_interrupted_fit_leaves_nothing_behind(
    passages: pd.DataFrame, models: dict[str, TopicModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    import kzanalytics._topic_engines as engines

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    level = logging.getLogger("gensim").level
    monkeypatch.setattr("gensim.models.LdaModel.do_mstep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fit_topics(passages, n_topics=2, engine="gensim", analyzer=str.split)
    assert logging.getLogger("gensim").level == level
    monkeypatch.setattr(engines, "fit_map", interrupt)
    with pytest.raises(KeyboardInterrupt):
        models["map"].quality(refits=2)
    assert len(models["map"].terms) == 4 * 48


def test_progress_is_shown_when_asked_for(passages: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    fit_topics(passages, n_topics=2, engine="map", analyzer=str.split, passes=3, progress=True)
    assert "map, 2 topics" in capsys.readouterr().err


def test_our_own_analyzer_takes_the_short_way_to_the_same_counts() -> None:
    from kzanalytics._topic_counts import encode
    from kzanalytics.arabic import Analyzer

    texts = ["لن نسمح بـ«الثورات الملوّنة»، ولا علاقة للإرهاب بأسعار الوقود.", "", "أسعار الوقود ارتفعت 2022 NATO"]
    analyzer = Analyzer()
    ids, ptr, vocabulary = encode(texts, analyzer)
    slow_ids, slow_ptr, slow_vocabulary = encode(texts, lambda text: analyzer(text))
    assert [vocabulary[i] for i in ids] == [slow_vocabulary[i] for i in slow_ids]
    assert ptr.tolist() == slow_ptr.tolist()
    known, known_ptr, _ = encode(texts, analyzer, vocabulary[:2])
    assert set(known.tolist()) == {0, 1}
    assert len(known_ptr) == 4


def test_pruning_adapts_to_the_corpus_and_says_so() -> None:
    from kzanalytics._topic_counts import count_terms

    texts = ["وقود سعر نادر"] + ["وقود سعر"] * 29 + ["جيش حاجز"] * 9 + ["وقود جيش"]
    counts = count_terms(texts, [str(i) for i in range(40)], str.split, keep=["نادر"])
    assert counts.pruning["min_articles"] == 2
    assert counts.pruning["max_article_share"] == 0.8
    assert set(counts.vocabulary) == {"وقود", "سعر", "جيش", "حاجز", "نادر"}
    assert "Of 5 terms in 40 articles 5 are kept (100% of all occurrences)" in counts.pruning["says"]
    strict = count_terms(texts, [str(i) for i in range(40)], str.split, max_article_share=0.5, max_terms=1)
    assert strict.vocabulary == ["جيش"]
    assert strict.pruning["n_common"] == 2
    assert strict.pruning["n_beyond_max"] == 1
    assert strict.pruning["n_rare"] == 1


def test_the_upper_limit_gives_way_where_it_would_take_the_corpus() -> None:
    from kzanalytics._topic_counts import count_terms

    texts = ["وقود سعر غاز"] * 38 + ["جيش حاجز"] * 2
    counts = count_terms(texts, [str(i) for i in range(40)], str.split)
    assert "وقود" in counts.vocabulary
    assert "Terms in most articles are kept" in counts.pruning["says"]


def test_our_own_analyzer_is_saved_with_its_settings(passages: pd.DataFrame, tmp_path: object) -> None:
    from kzanalytics.arabic import Analyzer

    analyzer = Analyzer(unit="word", stop_words=["سعر"], ngrams=(1, 2))
    model = fit_topics(passages, n_topics=2, engine="map", analyzer=analyzer, passes=3)
    loaded = load_topics(model.save(f"{tmp_path}/own"))
    assert loaded.analyzer == analyzer
    pd.testing.assert_frame_equal(loaded.transform(passages.head(2)), model.transform(passages.head(2)))


def test_a_changed_table_does_not_change_the_model(models: dict[str, TopicModel]) -> None:
    table = models["map"].terms
    table.loc[0, "weight"] = 9
    assert models["map"].terms["weight"].max() < 1


@pytest.mark.parametrize("many", [0, 20_000])
def test_lemmas_are_labelled_as_label_terms_does(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import kzanalytics._topic_counts as topic_counts
    from kzanalytics.arabic import Analyzer, label_terms

    monkeypatch.setattr(topic_counts, "_MANY", many)
    texts = ["ثورة والثورات الملوّنة", "الثورات ثورة ثورة للإرهابيين"] * 4 + ["ثورتهم وقود بالوقود NATO"]
    counts = topic_counts.count_terms(texts, [str(i) for i in range(9)], Analyzer(), min_articles=1)
    labels = dict(zip(counts.vocabulary, topic_counts.label_vocabulary(texts, counts, Analyzer()), strict=True))
    assert labels["ثوره"] == "ثورة"
    assert labels == label_terms(texts, lemmas=counts.vocabulary)
    assert counts.forms is not None
    assert ("ثورتهم" in counts.forms.spelled) == (many > 0)  # twelve times rarer than ثورة: does not decide
