"""Spark gives what the local engine gives."""

import sys

import numpy as np
import pandas as pd
import pytest

import kzanalytics as kz

pytestmark = [
    pytest.mark.spark,
    # pyspark's own: it warns of pandas 3, and leaves sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:pyspark", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def session():
    pytest.importorskip("pyspark", reason="needs the extra spark")
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        made = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "40")
            .getOrCreate()
        )
        made.sparkContext.setLogLevel("ERROR")
        yield made
        made.stop()


@pytest.fixture(scope="module")
def local():
    return pd.concat(
        [kz.compose_articles(120), kz.load_seeds()[["article_id", "outlet", "date", "title", "text"]]],
        ignore_index=True,
    )


@pytest.fixture(scope="module")
def articles(session, local, tmp_path_factory):
    from kzanalytics import spark

    path = tmp_path_factory.mktemp("spark") / "articles.parquet"
    local.to_parquet(path)
    return spark.read_articles(session, path).repartition(3)


@pytest.fixture(scope="module")
def book():
    return kz.load_codebook("kazakhstan-2022")


def ordered(table):
    table = table.assign(frame=table["frame"].astype("str"), date=table["date"].astype("datetime64[us]"))
    return table.sort_values(["article_id", "start", "end", "frame"], kind="stable", ignore_index=True)


def test_mentions_are_the_local_ones_row_for_row(articles, local, book):
    from kzanalytics import spark

    found = spark.find_mentions(articles, book).toPandas()
    expected = kz.attribute_mentions(kz.find_mentions(local, book), local)
    pd.testing.assert_frame_equal(ordered(found), ordered(expected), check_dtype=False)


def test_rates_are_the_local_ones(articles, local, book):
    from kzanalytics import spark

    rates = spark.frame_rates(spark.find_mentions(articles, book, attribution=False), articles, book)
    mentions = kz.find_mentions(local, book)
    expected = kz.frame_rates(mentions, local)
    columns = ["outlet", "frame", "n_articles", "n_tokens", "n_mentions", "rate", "n_articles_with", "article_share"]
    keys = ["outlet", "frame"]
    a = rates[columns].assign(frame=rates["frame"].astype("str")).sort_values(keys, ignore_index=True)
    b = expected[columns].assign(frame=expected["frame"].astype("str")).sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(a, b, check_dtype=False)
    many = expected["n_articles"].to_numpy() > 2
    joined = rates.merge(expected[many], on=keys, suffixes=("", "_local"))
    assert len(joined) == many.sum() > 0
    np.testing.assert_allclose(joined["low"], joined["low_local"])


def test_keyness_and_tfidf_agree_with_the_local_ones(articles, local):
    from kzanalytics import spark

    ours = kz.keyness(local, top=None).set_index(["outlet", "lemma"])
    theirs = spark.keyness(articles).set_index(["outlet", "lemma"])
    both = ours.join(theirs, rsuffix="_spark", how="inner")
    assert len(both) > 300
    pd.testing.assert_series_equal(both["count"], both["count_spark"], check_names=False, check_dtype=False)
    np.testing.assert_allclose(both["log_odds"], both["log_odds_spark"], atol=1e-9)
    weights = spark.tfidf(articles).toPandas().set_index(["outlet", "lemma"])["tf_idf"]
    local_weights = kz.tfidf(local, top=None).set_index(["outlet", "lemma"])["tf_idf"]
    pair = pd.concat([weights, local_weights], axis=1, join="inner").to_numpy()
    np.testing.assert_allclose(pair[:, 0], pair[:, 1], atol=1e-9)


def test_lda_recovers_planted_topics(session):
    from kzanalytics import spark

    words = {0: "خبز قمح طحين فرن سنبلة", 1: "سفينة بحر ميناء موج شراع", 2: "كتاب قلم درس مدرسة معلم"}
    rng = np.random.default_rng(7)
    texts = [" ".join(rng.choice(words[i % 3].split(), 30)) for i in range(150)]
    frame = session.createDataFrame(pd.DataFrame({"article_id": [str(i) for i in range(150)], "text": texts}))
    _, terms = spark.fit_topics(frame, n_topics=3, seed=1, passes=60)
    planted = {frozenset(kz.lemmatize(w) for w in words[k].split()) for k in words}
    found = {frozenset(group["lemma"].head(5)) for _, group in terms[terms["rank"] <= 5].groupby("topic")}
    assert found == planted


def test_tables_are_partitioned_and_never_overwritten(articles, book, tmp_path):
    from kzanalytics import spark

    mentions = spark.find_mentions(articles, book, attribution=False)
    spark.write_table(mentions, tmp_path / "mentions")
    assert any(p.name.startswith("day=") for p in (tmp_path / "mentions").glob("outlet=*/*"))
    with pytest.raises(Exception, match=r"PATH_ALREADY_EXISTS|already exists"):
        spark.write_table(mentions, tmp_path / "mentions")


def test_a_missing_column_is_named(session, tmp_path):
    from kzanalytics import spark

    pd.DataFrame({"body": ["خبر"]}).to_parquet(tmp_path / "x.parquet")
    with pytest.raises(ValueError, match="has no column 'article_id'"):
        spark.read_articles(session, tmp_path / "x.parquet")
