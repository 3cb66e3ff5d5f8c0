"""The same work on Apache Spark: tables of articles larger than one machine.

Functions take and return Spark DataFrames with the columns of the local tables. Articles go through the local functions in
Arrow batches, so mentions and rates are the local engine's, row for row. Needs the extra ``spark`` and Java.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ._batches import to_articles
from .articles import check_articles, count_tokens
from .attribution import attribute_mentions
from .boilerplate import find_boilerplate
from .codebooks import Codebook, load_codebook
from .frames import frame_rates as local_frame_rates
from .mentions import find_mentions as find_locally
from .stream import mentions_and_counts

if TYPE_CHECKING:
    from pyspark.ml import PipelineModel
    from pyspark.sql import DataFrame

__all__ = [
    "count_terms",
    "find_mentions",
    "fit_topics",
    "frame_rates",
    "keyness",
    "process_corpus",
    "read_articles",
    "tfidf",
    "write_table",
]


_COLUMNS = ("article_id", "outlet", "date", "title", "text")
_SAMPLE = pd.DataFrame({"text": ["خبر"], "date": [pd.Timestamp("2022-01-10")]})
#: Articles that a Python worker holds at a time; Spark hands it 10,000, which can be a gigabyte.
_BATCH = 2000


def _spark() -> Any:
    try:
        import pyspark.sql.functions as functions
    except ImportError:
        raise ImportError(
            'Spark is not installed; install it with: pip install "kzanalytics[spark]", and Java'
        ) from None
    return functions


def read_articles(session: Any, path: str | Path) -> DataFrame:
    """Read a Parquet table of articles with Spark: ``article_id, outlet, date, title, text`` and any others.

    Columns that are missing are added empty; ``text`` and ``article_id`` must be there. Ids must be unique, which is not
    checked here, since that would shuffle the whole table.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    functions = _spark()
    table = session.read.parquet(str(path))
    for name in ("article_id", "text"):
        if name not in table.columns:
            raise ValueError(
                f"{path} has no column {name!r} (its columns: {', '.join(table.columns)}); rename it when writing"
            )
    for name in ("outlet", "title"):
        if name not in table.columns:
            table = table.withColumn(name, functions.lit(""))
    if "date" not in table.columns:
        table = table.withColumn("date", functions.lit(None).cast("timestamp_ntz"))
    return table.withColumn("article_id", functions.col("article_id").cast("string"))


def write_table(table: DataFrame, path: str | Path, *, by: Sequence[str] = ("outlet", "day")) -> None:
    """Write a table as Parquet, partitioned by outlet and by the day of ``date``; an existing folder is never overwritten."""
    functions = _spark()
    if "day" in by and "day" not in table.columns:
        table = table.withColumn("day", functions.to_date("date"))
    # Rows of one folder go to one task first: otherwise every task writes a file into every folder.
    table.repartition(*by).write.partitionBy(*by).parquet(str(path))


def find_mentions(
    articles: DataFrame,
    codebook: str | Codebook = "kazakhstan-2022",
    *,
    frames: Sequence[str] | None = None,
    attribution: bool = True,
) -> DataFrame:
    """Find and attribute frame mentions, as `kzanalytics.find_mentions` and `kzanalytics.attribute_mentions` do.

    Parameters
    ----------
    articles : pyspark.sql.DataFrame
        ``article_id, outlet, date, title, text``.
    codebook : str or Codebook
        Loaded once here and sent once to each worker.
    frames : list of str, optional
        Only these frames.
    attribution : bool
        Also say whose voice each mention is in.

    Returns
    -------
    pyspark.sql.DataFrame
        The mentions table; ``frame`` is a string.
    """
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    wanted = list(frames) if frames is not None else None

    def work(table: pd.DataFrame) -> pd.DataFrame:
        mentions = find_locally(table, book, frames=wanted)
        if attribution:
            mentions = attribute_mentions(mentions, table)
        return mentions.assign(frame=mentions["frame"].astype("str"))

    def batches(tables: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return map(work, _articles(tables))

    return articles.select(*_COLUMNS).mapInPandas(batches, _schema(work(check_articles(_SAMPLE))))


def _articles(tables: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield articles as the local functions want them, without those that have no text, in batches that fit the memory."""
    for table in tables:
        usable = table[table["text"].fillna("").str.strip() != ""]
        for first in range(0, len(usable), _BATCH):
            yield to_articles(usable.iloc[first : first + _BATCH], "separate")


def _schema(table: pd.DataFrame) -> Any:
    """Return the Spark schema of a local table."""
    from pyspark.sql import types

    fields = []
    for name, dtype in table.dtypes.items():
        kind: Any = types.StringType()
        if pd.api.types.is_bool_dtype(dtype):
            kind = types.BooleanType()
        elif pd.api.types.is_integer_dtype(dtype):
            kind = types.LongType()
        elif pd.api.types.is_float_dtype(dtype):
            kind = types.DoubleType()
        elif pd.api.types.is_datetime64_any_dtype(dtype):
            kind = types.TimestampNTZType()
        fields.append(types.StructField(str(name), kind))
    return types.StructType(fields)


def count_words(articles: DataFrame, *, columns: Sequence[str] = ("outlet", "date")) -> DataFrame:
    """Count each article's words: ``article_id``, `columns` and ``n_tokens``."""
    kept = ["article_id", *columns]

    def batches(tables: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for table in _articles(tables):
            yield table[kept].assign(n_tokens=count_tokens(table))

    sample = pd.DataFrame({**{c: [""] for c in kept}, "date": [pd.Timestamp("2022-01-10")]})[kept].assign(n_tokens=1)
    return articles.select(*dict.fromkeys([*_COLUMNS, *columns])).mapInPandas(batches, _schema(sample))


def _mentions_and_units(
    articles: DataFrame, book: Codebook, columns: Sequence[str]
) -> tuple[DataFrame, DataFrame, DataFrame]:
    """Return the mentions, and each article's words as `count_words` does, from one reading; and what to unpersist.

    Both are rows of one table, which is kept: those of articles have no frame.
    """
    functions = _spark()
    kept = ["article_id", *columns]
    found, _ = mentions_and_counts(check_articles(_SAMPLE), book)
    row = found.assign(frame=found["frame"].astype("str"), n_tokens=0)
    row = row.assign(**{name: "" for name in kept if name not in row}).iloc[:0]
    nothing = {name: {"i": 0, "b": False}.get(dtype.kind, "") for name, dtype in row.dtypes.items()}

    def batches(tables: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for table in _articles(tables):
            mentions, n_tokens = mentions_and_counts(table, book)
            # Not as one table: joined text is in pieces, which Spark cannot take.
            yield mentions.assign(**{**nothing, **mentions, "frame": mentions["frame"].astype("str")})[list(row)]
            units = table[kept].assign(n_tokens=n_tokens)
            yield units.assign(**{**nothing, **units, "frame": None})[list(row)]

    wanted = dict.fromkeys([*_COLUMNS, *columns])
    both = articles.select(*wanted).mapInPandas(batches, _schema(row)).cache()
    is_mention = functions.col("frame").isNotNull()
    mentions = both.where(is_mention).select(*found.columns)
    return mentions, both.where(~is_mention).select(*kept, "n_tokens"), both


def frame_rates(
    mentions: DataFrame,
    articles: DataFrame,
    codebook: str | Codebook = "kazakhstan-2022",
    *,
    by: str | Sequence[str] = "outlet",
    **options: Any,
) -> pd.DataFrame:
    """Return the rates of `kzanalytics.frame_rates`, from mentions and articles on Spark.

    Words are counted on the cluster; what comes to the driver is one row an article without its text, and one row a mention
    without its words: about 100 bytes each.

    Returns
    -------
    pandas.DataFrame
        The rates table, equal to the local one except that an outlet with a single article has no interval within the
        article (that needs its text).
    """
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    units = count_words(articles, columns=_unit_columns(by))
    return _rates(mentions, units, book, by, **options)


def _unit_columns(by: str | Sequence[str]) -> list[str]:
    return list(dict.fromkeys(["outlet", "date", *([by] if isinstance(by, str) else by)]))


def _rates(
    mentions: DataFrame, counted: DataFrame, book: Codebook, by: str | Sequence[str], **options: Any
) -> pd.DataFrame:
    units: pd.DataFrame = counted.toPandas()
    units = units.sort_values("article_id", kind="stable", ignore_index=True)
    found: pd.DataFrame = mentions.select("article_id", "frame", "start", "end").toPandas()
    found = found.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)
    found["frame"] = pd.Categorical(found["frame"], [frame.id for frame in book.frames])
    return local_frame_rates(found, units, by=by, **options)


def _terms(articles: DataFrame, analyzer: Any) -> DataFrame:
    """Return the articles with a column ``terms``: an array of the analyzer's terms, boilerplate left out."""
    functions = _spark()
    from .arabic import Analyzer

    analyze = analyzer or Analyzer()

    @functions.pandas_udf("array<string>")
    def split(texts: pd.Series) -> pd.Series:
        clean = texts.fillna("").tolist()
        cuts = find_boilerplate(pd.DataFrame({"article_id": [str(i) for i in range(len(clean))], "text": clean}))
        for number, start, end in zip(cuts["article_id"], cuts["start"], cuts["end"], strict=True):
            row = int(number)
            clean[row] = clean[row][:start] + "\n" * (end - start) + clean[row][end:]
        return pd.Series([analyze(text) for text in clean], index=texts.index)

    return articles.withColumn("terms", split(functions.col("text")))


def count_terms(articles: DataFrame, *, by: str = "outlet", analyzer: Any = None) -> DataFrame:
    """Count terms on Spark: one row per group and lemma, ``{by}, lemma, count, n_articles``."""
    functions = _spark()
    rows = _terms(articles, analyzer).select("article_id", by, functions.explode("terms").alias("lemma"))
    return rows.groupBy(by, "lemma").agg(
        functions.count("*").alias("count"), functions.countDistinct("article_id").alias("n_articles")
    )


def keyness(
    articles: DataFrame, *, by: str = "outlet", analyzer: Any = None, min_articles: int = 2, prior: float | None = None
) -> pd.DataFrame:
    """Return log-odds with an informative Dirichlet prior for each group against the rest (Monroe et al. 2008).

    Returns
    -------
    pandas.DataFrame
        ``{by}, lemma, count, count_rest, n_articles, log_odds, z, prior, rank``: as `kzanalytics.keyness` computes them. The
        range over left-out articles, which needs every article, stays with the local function.
    """
    import numpy as np

    counts: pd.DataFrame = count_terms(articles, by=by, analyzer=analyzer).toPandas()
    n_documents = articles.count()
    total = counts.groupby("lemma")["count"].transform("sum")
    size = counts.groupby(by)["count"].transform("sum")
    everything = int(counts["count"].sum())
    strength = float(prior) if prior is not None else everything / n_documents
    pseudo = strength * total / everything
    y, rest = counts["count"], total - counts["count"]
    n, n_rest = size, everything - size
    log_odds = np.log((y + pseudo) / (n + strength - y - pseudo)) - np.log(
        (rest + pseudo) / (n_rest + strength - rest - pseudo)
    )
    z = log_odds / np.sqrt(1 / (y + pseudo) + 1 / (rest + pseudo))
    table = counts.assign(count_rest=rest, log_odds=log_odds, z=z, prior=strength)
    table = table[counts.groupby("lemma")["n_articles"].transform("sum") >= min_articles]
    table = table.sort_values([by, "z", "lemma"], ascending=[True, False, True], ignore_index=True)
    return table.assign(rank=table.groupby(by).cumcount() + 1)[
        [by, "lemma", "count", "count_rest", "n_articles", "log_odds", "z", "prior", "rank"]
    ]


def tfidf(articles: DataFrame, *, by: str = "outlet", analyzer: Any = None) -> DataFrame:
    """Return TF-IDF by group: ``{by}, lemma, count, tf, idf, tf_idf``, with ``idf = ln(N / df)`` and articles as documents."""
    functions = _spark()
    from pyspark.sql import Window

    n_documents = articles.count()
    counts = count_terms(articles, by=by, analyzer=analyzer)
    size = functions.sum("count").over(Window.partitionBy(by))
    df = functions.sum("n_articles").over(Window.partitionBy("lemma"))
    table = counts.withColumn("tf", functions.col("count") / size).withColumn(
        "idf", functions.log(functions.lit(n_documents) / df)
    )
    return table.withColumn("tf_idf", functions.col("tf") * functions.col("idf")).drop("n_articles")


def fit_topics(
    articles: DataFrame,
    *,
    n_topics: int,
    seed: int = 2022,
    analyzer: Any = None,
    max_terms: int = 50_000,
    min_articles: int = 5,
    passes: int = 50,
) -> tuple[PipelineModel, pd.DataFrame]:
    """Fit LDA with Spark ML on our analyzer's terms.

    Parameters
    ----------
    articles : pyspark.sql.DataFrame
        One document a row (articles, or passages), with ``text``.
    n_topics, seed, passes : int
        Topics, random seed, iterations of Spark's online variational LDA (Hoffman, Blei and Bach 2010).
    max_terms, min_articles : int
        The vocabulary: at most so many terms, each in at least so many documents.

    Returns
    -------
    model : pyspark.ml.PipelineModel
        CountVectorizer and LDA; `model.transform` wants the column ``terms``.
    terms : pandas.DataFrame
        ``topic, lemma, weight, rank``, the twenty heaviest terms of each topic.
    """
    _spark()
    from pyspark.ml import Pipeline
    from pyspark.ml.clustering import LDA
    from pyspark.ml.feature import CountVectorizer

    documents = _terms(articles, analyzer).cache()
    counter = CountVectorizer(inputCol="terms", outputCol="features", vocabSize=max_terms, minDF=min_articles)
    lda = LDA(k=n_topics, maxIter=passes, seed=seed, featuresCol="features", optimizer="online", subsamplingRate=1.0)
    model = Pipeline(stages=[counter, lda]).fit(documents)
    counted: Any = model.stages[0]
    topics: Any = model.stages[1]
    vocabulary = counted.vocabulary
    rows = [
        (int(row["topic"]), vocabulary[i], float(w), rank)
        for row in topics.describeTopics(20).collect()
        for rank, (i, w) in enumerate(zip(row["termIndices"], row["termWeights"], strict=True), start=1)
    ]
    return model, pd.DataFrame(rows, columns=["topic", "lemma", "weight", "rank"])


def process_corpus(
    path: str | Path,
    output: str | Path,
    codebook: str | Codebook = "kazakhstan-2022",
    *,
    by: str | Sequence[str] = "outlet",
) -> dict[str, int]:
    """Do mentions, stance and rates of a Parquet corpus on Spark: what ``kzanalytics process --engine spark`` runs.

    The session takes the usual Spark configuration (``spark-submit``, ``SPARK_CONF_DIR``, ``PYSPARK_PYTHON``). `output` gets
    ``mentions/`` (Parquet, by outlet and day) and ``rates.csv``; it must not be there already.

    Returns
    -------
    dict
        ``articles, mentions``: how many.
    """
    _spark()
    from pyspark.sql import SparkSession

    from .files import write_table as write_locally

    folder = Path(output)
    if folder.exists():
        raise FileExistsError(f"{folder} is there already; give a folder of its own")
    if not Path(path).exists() and "://" not in str(path):
        raise FileNotFoundError(f"there is no file or folder {path}; check the path")
    session = SparkSession.builder.appName("kzanalytics").getOrCreate()
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    mentions, units, kept = _mentions_and_units(read_articles(session, path), book, _unit_columns(by))
    write_table(mentions, folder / "mentions")
    write_locally(_rates(mentions, units, book, by), folder / "rates.csv")
    counts = {"articles": units.count(), "mentions": mentions.count()}
    kept.unpersist()
    return counts
