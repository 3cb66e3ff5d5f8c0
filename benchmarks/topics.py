"""Topic engines on one corpus: time, memory, held-out likelihood and held-out coherence.

    python benchmarks/topics.py CORPUS [--fractions 0.125 1] [--topics 20] [--seeds 1 2 3] [--engines map gensim_5 ...]
    python benchmarks/topics.py CORPUS --classes COLUMN [--labels TABLE.tsv] [--balanced N]
        # NMI of an article's dominant topic with its class
    python benchmarks/topics.py CORPUS --overhead [--fractions .125]    # where the time of `fit_topics` goes

CORPUS is a table that `kz.read_articles` reads. Every engine gets the same counts (lemmas without stop words, pruned, of
passages) and runs in a process of its own; one JSON line each. The engines ``gensim_5, gensim_1, sklearn_batch,
sklearn_online, tomotopy_200`` are the calls that a user of those libraries would write; ``map, gensim, sklearn, nmf`` are
`fit_topics`' own. tomotopy is optional.

- seconds, cpu_s: the fit alone, by the clock and of the processor (all threads), the input being ready in the library's
  own format; conversion and counting stand beside it
- peak_mb: growth of the process's peak memory during the fit
- heldout_map, heldout_vb: mean log-likelihood of the second half of the words of passages of unseen articles, the first
  half folded in by MAP (alpha .1), which suits MAP-EM, and by variational Bayes (alpha .1), which suits the others
- c_npmi: top 10 words, windows of 10 words, in unseen articles
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn.decomposition  # noqa: F401  (loading it is no part of a fit)

import kzanalytics as kz
from kzanalytics._topic_counts import Counts, count_terms, label_vocabulary
from kzanalytics._topic_engines import fit_engine
from kzanalytics._topic_measures import cooccurrence, log_likelihood, npmi, split_halves, top_terms
from kzanalytics._topic_shares import fold_in_map, fold_in_variational

OWN = ["map", "gensim", "sklearn", "nmf"]
ENGINES = ["map", "gensim_5", "gensim_1", "tomotopy_200", "sklearn_online", "sklearn_batch", "gensim", "nmf"]


def peak_mb(*, reset: bool = False) -> float:
    """Peak memory of this process; on Linux since the last reset."""
    try:
        if reset:
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prepare(corpus: Path, fraction: float, folder: Path) -> dict:
    """Count a random part of the corpus once; a fifth of its articles (at most 3,000) is held out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        articles = kz.read_articles(corpus)
    if fraction < 1:
        articles = articles.sample(frac=fraction, random_state=1).reset_index(drop=True)
    start = time.perf_counter()
    passages = kz.split_passages(articles)
    split = time.perf_counter() - start
    names = articles["article_id"].sample(frac=1, random_state=2)
    unseen = passages["article_id"].isin(names.head(min(3000, len(names) // 5))).to_numpy()
    start = time.perf_counter()
    analyzer = kz.Analyzer()
    texts = passages["text"].tolist()
    counts = count_terms(texts, passages["article_id"].tolist(), analyzer)
    counted = time.perf_counter() - start
    start = time.perf_counter()
    label_vocabulary(texts, counts, analyzer)
    labelled = time.perf_counter() - start
    arrays = {"ids": counts.ids, "ptr": counts.ptr, "unseen": unseen, "n": len(counts.vocabulary)}
    np.savez(folder / "counts.npz", **arrays)
    (folder / "terms.txt").write_text("\n".join(counts.vocabulary), encoding="utf-8")
    return {
        "fraction": fraction,
        "articles": len(articles),
        "passages": len(passages),
        "terms": len(counts.vocabulary),
        "words": len(counts.ids),
        "split_s": round(split, 2),
        "count_s": round(counted, 2),
        "label_s": round(labelled, 2),
    }


def peer(name: str, matrix: object, k: int, seed: int) -> tuple[Callable[[], object], Callable[[object], np.ndarray]]:
    """Input conversion, and the fit of it, as a user of the library would write them."""
    n_terms = matrix.shape[1]
    if name.startswith("gensim_"):
        from gensim.matutils import Sparse2Corpus
        from gensim.models import LdaModel

        def fit(corpus: object) -> np.ndarray:
            words = {i: str(i) for i in range(n_terms)}
            passes = int(name[7:])
            return LdaModel(corpus, id2word=words, num_topics=k, passes=passes, random_state=seed).get_topics()

        def convert() -> object:
            return [[(int(i), int(n)) for i, n in doc] for doc in Sparse2Corpus(matrix, documents_columns=False)]

        return convert, fit
    if name.startswith("sklearn_"):
        from sklearn.decomposition import LatentDirichletAllocation

        def fit(counts: object) -> np.ndarray:
            return LatentDirichletAllocation(k, learning_method=name[8:], random_state=seed).fit(counts).components_

        return lambda: matrix.astype(np.float64), fit
    if name.startswith("tomotopy_"):
        import tomotopy

        def fit(docs: object) -> np.ndarray:
            model = tomotopy.LDAModel(k=k, seed=seed)
            for doc in docs:
                if doc:
                    model.add_doc(doc)
            model.train(int(name[9:]), workers=2, show_progress=False)
            topics = np.full((k, n_terms), 1e-9)
            columns = [int(word) for word in model.used_vocabs]
            topics[:, columns] = [model.get_topic_word_dist(i) for i in range(k)]
            return topics

        def convert() -> object:
            names = [str(i) for i in range(n_terms)]
            return [[names[i] for i in np.repeat(row.indices, row.data)] for row in matrix]

        return convert, fit
    raise SystemExit(f"engine {name!r} is not known; choose from {', '.join(ENGINES)}, sklearn")


def measure(folder: Path, name: str, k: int, seed: int) -> dict:
    data = np.load(folder / "counts.npz")
    unseen, vocabulary = data["unseen"], [str(i) for i in range(int(data["n"]))]
    counts = Counts(data["ids"], data["ptr"], vocabulary)
    matrix = counts.matrix()[np.flatnonzero(~unseen)]
    own = name in OWN
    converting = time.perf_counter()
    convert, fit = (lambda: matrix, None) if own else peer(name, matrix, k, seed)
    given = convert()
    converting = time.perf_counter() - converting
    before, start, processor = peak_mb(reset=True), time.perf_counter(), time.process_time()
    if own:
        result = fit_engine(name, given, k, seed=seed)
        seconds, passes = time.perf_counter() - start, result.settings["passes"]
        weights = result.weights
    else:
        weights = np.asarray(fit(given), np.float64)
        seconds, passes = time.perf_counter() - start, None
    processor = time.process_time() - processor
    peak = peak_mb() - before
    topics = np.maximum(weights / weights.sum(1, keepdims=True), 1e-9)
    topics /= topics.sum(1, keepdims=True)
    length = np.diff(counts.ptr)
    ids = counts.ids[np.repeat(unseen, length)]
    ptr = np.concatenate([[0], np.cumsum(length[unseen])])
    best = top_terms(topics, 10)
    counted = cooccurrence(ids, ptr, best.ravel())
    (a, a_ptr), (b, b_ptr) = split_halves(ids, ptr, seed=99)
    half = Counts(a, a_ptr, vocabulary).matrix()
    held = {}
    for label, shares in (
        ("heldout_map", fold_in_map(half, topics, alpha=0.1)),
        ("heldout_vb", fold_in_variational(half, topics * 1e9, 0.1)),
    ):
        held[label] = round(float(log_likelihood(shares, topics, b, b_ptr).sum() / len(b)), 4)
    return {
        "engine": name,
        "k": k,
        "seed": seed,
        "seconds": round(seconds, 2),
        "cpu_s": round(processor, 2),
        "convert_s": round(converting, 2),
        "passes": passes,
        "peak_mb": round(peak),
        **held,
        "c_npmi": round(float(np.mean([npmi(counted, row)[0] for row in best])), 4),
    }


def labelled(corpus: Path, column: str, labels: Path | None, balanced: int | None) -> pd.DataFrame:
    """Articles with a class in `column`, from the corpus itself or from a table of labels by `article_id`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        articles = kz.read_articles(corpus)
    if labels is not None:
        table = pd.read_csv(labels, sep="\t", dtype="str", keep_default_na=False)
        articles = articles.drop(columns=table.columns.drop("article_id"), errors="ignore").merge(
            table, on="article_id"
        )
        if "sha256" in table:
            sums = [hashlib.sha256(text.encode()).hexdigest() for text in articles["text"]]
            if wrong := int((articles["sha256"] != sums).sum()):
                raise SystemExit(f"{corpus} has another text in {wrong} of the {len(articles)} articles of {labels}")
    if column not in articles:
        raise SystemExit(f"{corpus} has no column {column!r}; it has {', '.join(articles.columns)}")
    if balanced is not None:
        size = articles[column].value_counts()
        articles = articles[articles[column].isin(size.index[size >= balanced])]
        articles = articles.groupby(column).sample(balanced, random_state=1)
    return articles.reset_index(drop=True)


def plain_calls(texts: list[str]) -> dict[str, Callable[[int, int], np.ndarray]]:
    """From texts to shares (number of topics, seed) as a user of each library would write it, without lemmas."""
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    words = [text.split() for text in texts]
    dictionary = Dictionary(words)
    bags = [dictionary.doc2bow(doc) for doc in words]
    counts = CountVectorizer().fit_transform(texts)

    def by_gensim(k: int, seed: int) -> np.ndarray:
        return LdaModel(bags, id2word=dictionary, num_topics=k, random_state=seed).inference(bags)[0]

    def by_tomotopy(k: int, seed: int) -> np.ndarray:
        import tomotopy

        model = tomotopy.LDAModel(k=k, seed=seed)
        for doc in words:
            model.add_doc(doc)
        model.train(200, workers=1, show_progress=False)
        return np.array([doc.get_topic_dist() for doc in model.docs])

    calls = {
        "sklearn, plain call": lambda k, seed: LatentDirichletAllocation(k, random_state=seed).fit_transform(counts),
        "gensim, plain call": by_gensim,
    }
    return calls | ({"tomotopy, plain call": by_tomotopy} if find_spec("tomotopy") else {})


def classes(
    articles: pd.DataFrame, column: str, topics: list[int] | None, seeds: list[int], engines: list[str]
) -> None:
    """NMI of the dominant topic with a column: plain calls on words as they stand, and our engines.

    Ours get whole articles, as the plain calls do, and passages, whose shares `TopicModel.articles` adds up.
    """
    from sklearn.metrics import normalized_mutual_info_score as nmi

    truth = articles[column].astype("str").to_numpy()
    size = articles[column].value_counts()
    print(
        json.dumps({"articles": len(articles), "classes": {str(name): int(n) for name, n in size.items()}}), flush=True
    )
    calls = plain_calls(articles["text"].tolist())
    whole = articles.assign(passage_id=articles["article_id"])
    for name, passages in (("", whole), (", passages", kz.split_passages(articles))):
        for engine in engines:

            def ours(k: int, seed: int, engine: str = engine, passages: pd.DataFrame = passages) -> np.ndarray:
                groups, shares, _ = kz.fit_topics(passages, n_topics=k, seed=seed, engine=engine).article_shares
                return pd.DataFrame(shares, index=groups["article_id"]).reindex(articles["article_id"]).to_numpy()

            calls[engine + name] = ours
    for k in topics or [len(size), 2 * len(size)]:
        for name, call in calls.items():
            found = [float(nmi(truth, np.nan_to_num(call(k, seed)).argmax(1))) for seed in seeds]
            middle, low, high = (round(float(value), 4) for value in (np.median(found), min(found), max(found)))
            print(json.dumps({"engine": name, "k": k, "nmi": middle, "low": low, "high": high}), flush=True)


def overhead(corpus: Path, fraction: float, k: int, seed: int, engines: list[str]) -> None:
    """Seconds of the processor in each part of `fit_topics`, beside the plain calls' own way from texts to counts.

    `overhead` is what `fit_topics` does beside the engine's own fit until it returns, as a part of that fit. `overhead_of_tables`
    is all that is not the engine's, once every table is read: checks, labels, tables, as a part of its fit and its own E-step
    over the passages (`fit_transform` in scikit-learn), which finds the shares. `overhead_with_all` takes that E-step for
    overhead, too. Last, the whole way from texts to tables beside the plain one: CountVectorizer, the same fit and E-step.
    """
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel  # noqa: F401  (loading it is no part of a fit)
    from sklearn.feature_extraction.text import CountVectorizer

    import kzanalytics._lemma_columns as lemma_columns
    import kzanalytics.topics as topics

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        articles = kz.read_articles(corpus)
    passages = kz.split_passages(articles.sample(frac=fraction, random_state=1).reset_index(drop=True))
    texts = passages["text"].tolist()
    kz.fit_topics(passages.head(600), n_topics=2, engine="map")  # dictionaries are read once

    def timed(call: Callable, *given: object, **options: object) -> tuple[float, object]:
        start = time.process_time()
        result = call(*given, **options)
        return time.process_time() - start, result

    def bags() -> None:
        words = [text.split() for text in texts]
        dictionary = Dictionary(words)
        dictionary.filter_extremes()
        [dictionary.doc2bow(row) for row in words]

    plain = {
        "sklearn_counting_s": timed(CountVectorizer().fit_transform, texts)[0],
        "gensim_counting_s": timed(bags)[0],
    }
    print(json.dumps({name: round(seconds, 2) for name, seconds in plain.items()}), flush=True)
    names = {
        (topics, "count_terms"): "counting_s",
        (topics.Counts, "matrix"): "counting_s",  # CountVectorizer gives a matrix too
        (topics, "fit_engine"): "fit_s",
    }
    own = {place: getattr(*place) for place in names}
    for engine in engines:
        part = dict.fromkeys(names.values(), 0.0)

        def watch(place: tuple[object, str], part: dict[str, float] = part) -> Callable:
            def call(*given: object, **options: object) -> object:
                seconds, result = timed(own[place], *given, **options)
                part[names[place]] += seconds
                return result

            return call

        for place in names:
            setattr(*place, watch(place))
        lemma_columns._KNOWN.clear()  # a new corpus has new words
        lemma_columns._STEMS.clear()
        passes = {"passes": 5} if engine == "gensim" else {}
        whole, model = timed(kz.fit_topics, passages, n_topics=k, seed=seed, engine=engine, **passes)
        fit, found = part["fit_s"], dict(part)
        before = whole - sum(found.values())
        terms, _ = timed(lambda model=model: model.terms)
        shares, _ = timed(lambda model=model: model.shares)
        tables, _ = timed(lambda model=model: (model.passages, model.articles, model.topics))
        after = terms + shares + tables
        found |= {"rest_s": before, "terms_s": terms, "shares_s": shares, "tables_s": tables}
        found |= {"overhead": before / fit, "overhead_of_tables": (before + terms + tables) / (fit + shares)}
        found |= {"overhead_with_all": (before + after) / fit}
        found |= {"to_plain_way": (whole + after) / (plain["sklearn_counting_s"] + fit + shares)}
        print(json.dumps({"engine": engine} | {name: round(value, 3) for name, value in found.items()}), flush=True)
    for place, call in own.items():
        setattr(*place, call)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--fractions", type=float, nargs="+", default=[0.125, 0.25, 0.5, 1.0])
    parser.add_argument("--topics", type=int, nargs="+", help="default 20; with classes their number and twice it")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--engines", nargs="+")
    parser.add_argument("--classes", help="a column of true classes; measures NMI instead")
    parser.add_argument("--labels", type=Path, help="a tab-separated table of article_id and that column")
    parser.add_argument("--balanced", type=int, metavar="N", help="N articles of each class that has as many")
    parser.add_argument("--overhead", action="store_true", help="where the time of fit_topics goes instead")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    topics = args.topics or [20]
    if args.one:
        print(json.dumps(measure(args.corpus, args.one, topics[0], args.seeds[0])), flush=True)
        return
    own = [name for name in args.engines or OWN if name in OWN]
    if args.classes:
        articles = labelled(args.corpus, args.classes, args.labels, args.balanced)
        classes(articles, args.classes, args.topics, args.seeds, own)
        return
    if args.overhead:
        overhead(args.corpus, args.fractions[0], topics[0], args.seeds[0], own)
        return
    for fraction in args.fractions:
        with tempfile.TemporaryDirectory() as folder:
            about = prepare(args.corpus, fraction, Path(folder))
            print(json.dumps(about), flush=True)
            for k in topics:
                for engine in args.engines or ENGINES:
                    for seed in args.seeds:
                        options = ["--one", engine, "--topics", str(k), "--seeds", str(seed)]
                        subprocess.run([sys.executable, __file__, folder, *options], check=False)


if __name__ == "__main__":
    main()
