"""How many topics: one table over candidate numbers, and a recommendation with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ._topic_checks import check_passages, check_settings
from ._topic_counts import Counts, count_terms
from ._topic_engines import DETERMINISTIC, fit_engine, fold_in, progress_bar
from ._topic_measures import cooccurrence, frex, log_likelihood, match_topics, npmi, split_halves, top_terms
from .arabic import Analyzer

__all__ = ["article_groups", "search_topics"]

# Below these a held-out fold holds a handful of articles, and its likelihood says which articles fell into it.
LEAST_ARTICLES = 30
LEAST_PASSAGES = 100
LEAST_TERMS = 5_000


def search_topics(
    passages: pd.DataFrame,
    n_topics: Iterable[int],
    *,
    seed: int = 0,
    engine: str = "gensim",
    folds: int = 3,
    refits: int = 5,
    top: int = 10,
    reuse: pd.DataFrame | None = None,
    analyzer: Callable[[str], Sequence[str]] | None = None,
    progress: bool | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Compare numbers of topics by held-out likelihood, coherence, exclusivity and stability.

    Parameters
    ----------
    passages : DataFrame
        As for `fit_topics`.
    n_topics : iterable of int
        The candidates, for instance ``range(3, 10)``.
    seed : int, default 0
        Seeds folds, halves and fits.
    engine : {"gensim", "sklearn", "map", "nmf"}
        As for `fit_topics`. NMF models TF-IDF, not counts, and so has no likelihood: `heldout` is NaN.
    folds : int, default 3
        Folds of articles. Each fold's passages are completed by a model of the other articles.
    refits : int, default 5
        Refits with other seeds for stability (with NMF, to resampled articles).
    top : int, default 10
        Words a topic is judged by.
    reuse : DataFrame, optional
        ``article_a, article_b``: pairs of articles that share passages, from `kz.find_reuse`. Such articles stay on one side:
        agency copy in both would reward a model for learning it by heart.
    analyzer : callable, optional
        As for `fit_topics`.
    progress : bool, optional
        Show a progress bar; by default in interactive sessions. An interrupted search keeps nothing.
    **options
        ``alpha, eta, passes`` and ``min_articles, max_article_share, max_terms`` of `fit_topics`.

    Returns
    -------
    DataFrame
        One row per number of topics:

        - ``n_topics``;
        - ``heldout``: mean log-likelihood of a word of the held-out half of a passage (document completion), higher is better;
          ``heldout_se``: standard error of its difference from the best row over articles (0 in the best row);
        - ``c_npmi``: mean over topics, counted in held-out articles; ``exclusivity``: mean FREX of the top words;
        - ``stability``: mean matched Jaccard similarity over refits;
        - ``recommended``: True in one row; ``reason``: one sentence, the same in every row.

        The recommendation is the number with the best mean rank in coherence, exclusivity and stability among those whose
        held-out likelihood lies within one standard error of the best.

    Raises
    ------
    ValueError
        If the corpus is too small to tell numbers of topics apart: then choose a small number, and read
        `TopicModel.quality`.

    References
    ----------
    Wallach, Murray, Salakhutdinov and Mimno (2009), 10.1145/1553374.1553515 (document completion); Chang et al. (2009):
    likelihood alone prefers topics that people find harder to read.
    """
    passages = check_passages(passages)
    candidates = sorted({int(k) for k in n_topics})
    if len(candidates) < 2 or candidates[0] < 2:
        raise ValueError(
            f"n_topics={candidates} must hold at least two different numbers of at least 2, as range(3, 10)"
        )
    check_settings(n_topics=candidates[-1], seed=seed, engine=engine, **options)
    if folds < 2 or refits < 1:
        raise ValueError(f"folds={folds!r} must be at least 2 and refits={refits!r} at least 1")
    pruning = {k: options.pop(k) for k in ("min_articles", "max_article_share", "max_terms") if k in options}
    unknown = set(options) - {"alpha", "eta", "passes"}
    if unknown:
        raise TypeError(
            f"search_topics has no option {sorted(unknown)[0]!r}; it takes those of fit_topics but the codebook"
        )
    source = passages.reset_index(drop=True)
    counts = count_terms(source["text"].tolist(), source["article_id"].tolist(), analyzer or Analyzer(), **pruning)
    groups = article_groups(source["article_id"], reuse)
    _refuse_if_small(counts, groups, candidates, folds)
    rng = np.random.default_rng(seed)
    fold = rng.permutation(np.arange(groups.max() + 1) % folds)[groups]
    halves = split_halves(counts.ids, counts.ptr, seed)
    rows, by_article = [], []
    with progress_bar(len(candidates) * (folds + refits), "numbers of topics", progress) as step:
        for k in candidates:
            row, likelihood = _one(counts, source, fold, halves, k, engine, seed, refits, top, options, step)
            rows.append({"n_topics": k, **row})
            by_article.append(likelihood)
    table = pd.DataFrame(rows)
    table["heldout_se"] = _errors(table["heldout"].to_numpy(), by_article)
    table = table[["n_topics", "heldout", "heldout_se", "c_npmi", "exclusivity", "stability"]]
    best, reason = _recommend(table)
    reason_column = pd.Series([reason] * len(table), dtype="str")
    return table.assign(recommended=table["n_topics"] == best, reason=reason_column)


def article_groups(article_ids: pd.Series, reuse: pd.DataFrame | None) -> np.ndarray:
    """A number for each passage: the same for passages of one article, and of articles that share passages."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    codes, names = pd.factorize(article_ids)
    if reuse is None or reuse.empty:
        return codes
    place = {name: i for i, name in enumerate(names)}
    pairs = reuse[reuse["article_a"].isin(names) & reuse["article_b"].isin(names)]
    a, b = (pairs[column].map(place).to_numpy(np.int64) for column in ("article_a", "article_b"))
    graph = coo_matrix((np.ones(len(a)), (a, b)), shape=(len(names), len(names)))
    return connected_components(graph, directed=False)[1].astype(np.int64)[codes]


def _refuse_if_small(counts: Counts, groups: np.ndarray, candidates: list[int], folds: int) -> None:
    n_groups, n_passages, n_terms = len(np.unique(groups)), len(groups), len(counts.ids)
    for name, n, least in (
        ("articles (those that share passages count as one)", n_groups, max(LEAST_ARTICLES, 10 * folds)),
        ("passages", n_passages, max(LEAST_PASSAGES, 5 * candidates[-1])),
        ("counted words", n_terms, max(LEAST_TERMS, 100 * candidates[-1])),
    ):
        if n < least:
            raise ValueError(
                f"passages hold {n:,} {name}, and at least {least:,} are needed to tell numbers of topics up to "
                f"{candidates[-1]} apart on held-out articles; choose a small number of topics by reading them, and look at "
                "quality(): stability says which come back"
            )


def _one(
    counts: Counts,
    source: pd.DataFrame,
    fold: np.ndarray,
    halves: Any,
    k: int,
    engine: str,
    seed: int,
    refits: int,
    top: int,
    options: dict[str, Any],
    step: Callable[..., None],
) -> tuple[dict[str, float], pd.DataFrame]:
    """One number of topics: its row, and each article's held-out log-likelihood and words."""
    (seen, seen_ptr), (rest, rest_ptr) = halves
    matrix, vocabulary = counts.matrix(), counts.vocabulary
    total, words, coherence = np.zeros(len(source)), np.zeros(len(source)), []
    for part in range(fold.max() + 1):
        test = fold == part
        fit = fit_engine(engine, matrix[~test], k, seed=seed, progress=False, **options)
        probabilities = fit.weights / fit.weights.sum(1, keepdims=True)
        ids, ptr = _rows(counts.ids, counts.ptr, test)
        best = top_terms(probabilities, top)
        counted = cooccurrence(ids, ptr, best.ravel())
        coherence.append(np.mean([npmi(counted, row)[0] for row in best]))
        a, b = _rows(seen, seen_ptr, test), _rows(rest, rest_ptr, test)
        shares = fold_in(fit, engine, Counts(*a, vocabulary).matrix())
        likelihood = log_likelihood(shares, np.maximum(probabilities, 1e-12), *b)
        total[test] = np.nan_to_num(likelihood)
        words[test] = np.where(np.isnan(likelihood), 0, np.diff(b[1]))
        step()
    whole = fit_engine(engine, matrix, k, seed=seed, progress=False, **options)
    probabilities = whole.weights / whole.weights.sum(1, keepdims=True)
    best = top_terms(probabilities, top)
    similar = []
    rng = np.random.default_rng(seed)
    for i in range(refits):
        rows = None
        if engine in DETERMINISTIC:
            from .topic_quality import resample_articles

            rows = resample_articles(source["article_id"], rng)
        again = fit_engine(
            engine, matrix if rows is None else matrix[rows], k, seed=seed + 1 + i, progress=False, **options
        )
        similar.append(
            match_topics(best, top_terms(again.weights / again.weights.sum(1, keepdims=True), top))[1].mean()
        )
        step()
    by_article = (
        pd.DataFrame({"total": total, "words": words}).groupby(source["article_id"].to_numpy(), sort=False).sum()
    )
    row = {
        "heldout": float("nan") if engine == "nmf" else total.sum() / words.sum(),
        "c_npmi": float(np.mean(coherence)),
        "exclusivity": float(np.take_along_axis(frex(probabilities), best, 1).mean()),
        "stability": float(np.mean(similar)),
    }
    return row, by_article


def _rows(ids: np.ndarray, ptr: np.ndarray, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    length = np.diff(ptr)
    return ids[np.repeat(chosen, length)], np.concatenate([[0], np.cumsum(length[chosen])])


def _errors(heldout: np.ndarray, by_article: list[pd.DataFrame]) -> np.ndarray:
    """Standard error over articles of each row's difference from the best row, as a ratio of sums (Cochran 1977, 6.4)."""
    if np.isnan(heldout).any():
        return np.full(len(heldout), np.nan)
    best = int(np.argmax(heldout))
    errors = []
    for value, table in zip(heldout, by_article, strict=True):
        words = table["words"].to_numpy()
        difference = table["total"].to_numpy() - by_article[best]["total"].to_numpy()
        residual = difference - (value - heldout[best]) * words
        n = np.count_nonzero(words)
        errors.append(np.sqrt(n / (n - 1) * (residual**2).sum()) / words.sum())
    return np.array(errors)


def _recommend(table: pd.DataFrame) -> tuple[int, str]:
    measures = ["c_npmi", "exclusivity", "stability"]
    if table["heldout"].isna().all():
        near, rule = table, "This engine has no held-out likelihood"
    else:
        top = table["heldout"].max()
        near = table[table["heldout"] >= top - table["heldout_se"]]
        winner = int(table["n_topics"].iloc[int(table["heldout"].argmax())])
        others = [str(k) for k in near["n_topics"] if k != winner]
        rule = f"{winner} topics predict held-out articles best" + (
            f", and {', '.join(others)} are within one standard error" if others else ", and no other number comes near"
        )
    ranks = near[measures].rank(ascending=False).mean(axis=1)
    row = near.iloc[int(ranks.argmin())]
    best = int(row["n_topics"])
    values = ", ".join(f"{name} {row[name]:.2f}" for name in measures)
    among = (
        "it has" if len(near) == 1 else f"of these {best} ranks best in coherence, exclusivity and stability together"
    )
    return best, f"{rule}; {among} ({values})."
