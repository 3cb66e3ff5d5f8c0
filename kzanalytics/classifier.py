"""A classifier learned from hand codes, to stand beside the rules or to replace them where it does better.

It sees the mention's sentence with the mention and the rules' cue words marked, weighs the words by TF-IDF, and learns by
logistic regression. It is for a corpus whose language differs from what the rules were written for, and needs some hundreds of
codes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ._agreement import boot_weights, percentile_interval, score_labels
from ._codes import ALLOWED, STANCES, majority_codes, row_ids
from .arabic import Token, split_sentences, tokenize
from .articles import listed

__all__ = ["MIN_CODES", "MIN_PER_CLASS", "MentionClassifier", "fit_classifier"]

MIN_CODES = 200
"""Codes needed: with 200, an accuracy of .90 is known to within 4 points (95 %). With fewer, whether the classifier beats the
rules, which is why one would fit it, cannot be told."""
MIN_PER_CLASS = 20
"""Codes, and half as many articles, needed of each class: five folds, and three within each for calibration, leave some ten
to learn a class from and four to test it on."""
_FOLDS, _INNER_FOLDS = 5, 3
_NEAR = 4  # words on each side whose place counts: about the width of a reporting verb with its conjunction and speaker
_COPIED = 15  # features of a sentence of some eight words; shorter ones recur by chance
_QUOTES = frozenset("«»“”„\"'‘’‹›")
_MARKS = _QUOTES | set(":؟!()")
_TARGETS: Mapping[str, tuple[str, ...]] = {**ALLOWED, "stance": STANCES}


@dataclass(frozen=True, eq=False)
class MentionClassifier:
    """What :func:`fit_classifier` learned, and how good it is on articles it has not seen.

    Attributes
    ----------
    target : str
    classes : tuple of str
    n_mentions, n_articles, n_ties : int
        Mentions and articles learned from, and mentions left out because the coders disagree.
    seed : int
    figures : DataFrame
        A row per labeller (``classifier``, cross-validated; ``rules``; ``majority class``), on the same mentions: ``labeller,
        n_mentions, n_articles, accuracy, low, high, interval, macro_f1``, ``difference, difference_low, difference_high`` (its
        accuracy less the rules'), ``log_loss`` (of the probabilities; for the majority class, of the classes' shares).
    per_class : DataFrame
        ``labeller, code, n_coders, n_labelled, precision, recall, f1``.
    calibration : DataFrame
        ``low, high, n_mentions, probability, accuracy``: in each range of probability, the mean one and how often it was right.
    """

    target: str
    classes: tuple[str, ...]
    n_mentions: int
    n_articles: int
    n_ties: int
    seed: int
    figures: pd.DataFrame = field(repr=False)
    per_class: pd.DataFrame = field(repr=False)
    calibration: pd.DataFrame = field(repr=False)
    _model: Any = field(repr=False)

    def predict(self, mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
        """Label mentions, beside the rules' labels.

        Parameters
        ----------
        mentions : DataFrame
            From ``attribute_mentions``.
        articles : DataFrame
            The articles they were found in.

        Returns
        -------
        DataFrame
            `mentions` with three kinds of new columns, for the target ``voice`` named: ``voice_learned``, ``voice_probability``
            (of that label) and ``voice_p_outlet, voice_p_attributed`` (in [0, 1], they sum to 1).
        """
        documents = _documents(mentions, articles)
        names = [f"{self.target}_p_{c}" for c in self.classes]
        shares = self._model.predict_proba(documents) if documents else np.zeros((0, len(names)))
        best = shares.argmax(axis=1)
        learned = pd.Series([self.classes[i] for i in best], index=mentions.index, dtype="str")
        columns = {f"{self.target}_learned": learned, f"{self.target}_probability": shares.max(axis=1, initial=0)}
        return mentions.assign(**columns, **dict(zip(names, shares.T, strict=True)))


def fit_classifier(
    codes: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    target: str = "voice",
    adjudicator: str | None = None,
    seed: int = 2022,
) -> MentionClassifier:
    """Learn a label of mentions from hand codes, and measure it on articles it has not seen.

    Parameters
    ----------
    codes : DataFrame
        From ``read_codes``. Where coders disagree the majority (or the adjudicator) decides; ties are left out.
    mentions : DataFrame
        From ``attribute_mentions``: the table the coding sheet was drawn from.
    articles : DataFrame
        The articles they were found in.
    target : {"voice", "quote", "polarity", "stance"}
        What to learn. The stance is learned as it follows from the coders' voice, quote and polarity.
    adjudicator : str, optional
        The coder whose code stands.
    seed : int
        Of the folds and the bootstrap. The same seed and codes give the same model.

    Returns
    -------
    MentionClassifier
        With ``figures``, ``per_class`` and ``calibration`` from five-fold cross-validation, beside those of the rules and of the
        majority class, and ``predict``.

    Raises
    ------
    ValueError
        If there are fewer than 200 codes, or of one class fewer than 20 or in fewer than 10 articles: what is too few, and why.

    Notes
    -----
    An article is never both learned from and tested on; nor are two articles that share the sentence of a coded mention, as
    agency copy does. Probabilities are calibrated by Platt's sigmoid on folds of the same kind (one class against the rest,
    then scaled to sum to 1). The coding sheet draws rare strata more often than they occur, so the figures are the sheet's, not
    the corpus's.

    How many codes it takes: taught by the rules' own voice labels on Gulf news of 2015, it repeated them on articles kept apart
    in .75 of the mentions after 200 codes, .80 after 400, .85 after 800, .88 after 1,316 (majority class: .56), and each time
    cross-validation and the mean probability had said so within .03. Expect to need more than the least that is allowed.

    References
    ----------
    Platt, J. (1999). Probabilistic outputs for support vector machines. Advances in Large Margin Classifiers, 61-74.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["قال توكاييف إن الإرهابيين هاجموا المطار."]})
    >>> mentions = pd.DataFrame({"article_id": ["a"], "frame": ["terrorism"], "start": [15], "end": [25]})
    >>> mentions = mentions.assign(voice="attributed", cue="قال", cue_class="neutral", cue_start=0, cue_end=3)
    >>> codes = mentions.assign(coder="سلمى", row_id=row_ids(mentions), speaker="توكاييف", quote="none", polarity="affirmed")
    >>> fit_classifier(codes, mentions, articles, target="voice")
    Traceback (most recent call last):
    ...
    ValueError: codes settles the voice of 1 mentions, and learning needs 200: with fewer, its accuracy is not known to within \
5 points; code more, or keep the rules
    """
    if target not in _TARGETS:
        raise ValueError(f"target must be one of {', '.join(_TARGETS)}, not {target!r}")
    settled = majority_codes(codes, adjudicator=adjudicator)
    used = settled[settled[target] != ""]
    table = mentions.assign(row_id=row_ids(mentions)).drop_duplicates("row_id").set_index("row_id", drop=False)
    lost = [i for i in used["row_id"] if i not in table.index]
    if lost:
        raise ValueError(
            f"codes has {len(lost)} mentions that are not in mentions ({listed(lost, 3)}); give the mentions table that the "
            "coding sheet was drawn from"
        )
    if target not in mentions:
        raise ValueError(f"mentions has no column {target!r}; call kz.attribute_mentions first")
    table = table.loc[used["row_id"]]
    truth = used[target].reset_index(drop=True)
    documents = _documents(table, articles)
    groups = _groups(table["article_id"].tolist(), documents)
    _check_numbers(truth, groups, target)
    classes = tuple(c for c in _TARGETS[target] if c in set(truth))
    model = _fit(documents, truth, groups, seed)
    order = [list(model.classes_).index(c) for c in classes]
    shares, baseline = np.zeros((len(truth), len(classes))), np.zeros((len(truth), len(classes)))
    majority = np.full(len(truth), "", dtype=object)
    for train, test in _splits(truth, groups, _FOLDS, seed):
        fold = _fit([documents[i] for i in train], truth.iloc[train], groups[train], seed)
        columns = [list(fold.classes_).index(c) for c in classes]
        shares[test] = fold.predict_proba([documents[i] for i in test])[:, columns]
        counts = truth.iloc[train].value_counts().reindex(list(classes)).to_numpy()
        baseline[test], majority[test] = counts / counts.sum(), classes[counts.argmax()]
    labels = {
        "classifier": pd.Series([classes[i] for i in shares.argmax(axis=1)], dtype="str"),
        "rules": table[target].astype("str").reset_index(drop=True),
        "majority class": pd.Series(majority, dtype="str"),
    }
    figures, per_class = _figures(truth, labels, groups, classes, seed)
    figures["n_articles"] = used["article_id"].nunique()
    column = [classes.index(c) for c in truth]
    figures["log_loss"] = [_log_loss(shares, column), np.nan, _log_loss(baseline, column)]
    return MentionClassifier(
        target,
        classes,
        len(truth),
        used["article_id"].nunique(),
        int(settled[f"tie_{target}"].sum()),
        seed,
        figures,
        per_class,
        _calibration(shares, labels["classifier"] == truth),
        _Ordered(model, order),
    )


@dataclass(frozen=True)
class _Ordered:
    """A fitted model whose classes come in the order of the code book."""

    model: Any
    order: list[int]

    def predict_proba(self, documents: list[str]) -> np.ndarray:
        return self.model.predict_proba(documents)[:, self.order]


def _check_numbers(truth: pd.Series, groups: np.ndarray, target: str) -> None:
    if len(truth) < MIN_CODES:
        raise ValueError(
            f"codes settles the {target} of {len(truth)} mentions, and learning needs {MIN_CODES}: with fewer, its accuracy is "
            "not known to within 5 points; code more, or keep the rules"
        )
    if truth.nunique() < 2:
        raise ValueError(f"codes has only {target} {truth.iloc[0]!r}, so there is nothing to learn; keep the rules")
    for name, rows in truth.groupby(truth):
        n_articles = len(np.unique(groups[rows.index]))
        if len(rows) < MIN_PER_CLASS or n_articles < MIN_PER_CLASS // 2:
            raise ValueError(
                f"codes has {target} {name!r} {len(rows)} times in {n_articles} articles (copies count as one), and learning "
                f"needs {MIN_PER_CLASS} times in {MIN_PER_CLASS // 2}, so that each fold holds some; code more mentions that "
                "the rules label so, or keep the rules"
            )


# ---------------------------------------------------------------- what the classifier sees


def _documents(mentions: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Return the features of each mention as one string, separated by spaces."""
    missing = [c for c in ("cue", "cue_class", "cue_start", "cue_end") if c not in mentions]
    if missing:
        raise ValueError(f"mentions has no column {listed(missing)}; call kz.attribute_mentions first")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    lost = [i for i in mentions["article_id"].unique() if i not in texts]
    if lost:
        raise ValueError(f"mentions has articles that are not in articles: {listed(lost)}; give the articles searched")
    sentences: dict[str, list[tuple[int, int]]] = {}
    columns = (mentions[c].tolist() for c in ("article_id", "start", "end", "cue", "cue_class", "cue_start", "cue_end"))
    documents = []
    for article, start, end, cue, cue_class, cue_start, cue_end in zip(*columns, strict=True):
        if article not in sentences:
            sentences[article] = split_sentences(texts[article])
        first, last = _sentence(sentences[article], start, end)
        inside = cue_end > cue_start and first <= cue_start and cue_end <= last
        words = _words(texts[article][first:last], start - first, end - first, (cue_start - first, cue_end - first))
        documents.append(" ".join([*words, *_outside(cue, cue_class, inside)]))
    return documents


def _sentence(sentences: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    i = max(0, bisect_right(sentences, (start, float("inf"))) - 1)
    first, last = sentences[i] if sentences else (start, end)
    return min(first, start), max(last, end)


def _words(sentence: str, start: int, end: int, cue: tuple[int, int]) -> Iterator[str]:
    """Yield the lemmas of a sentence, the mention as one mark, cue words marked, near words also with their place."""
    tokens = [t for t in tokenize(sentence) if t.kind != "punct" or t.text in _MARKS]
    before = [t for t in tokens if t.end <= start]
    after = [t for t in tokens if t.start >= end]
    yield "@"
    for side, part in (("<", before), (">", after)):
        near = part[-_NEAR:] if side == "<" else part[:_NEAR]
        for token in part:
            if token.start < cue[1] and token.end > cue[0]:
                yield f"cue{side}{token.lemma or token.norm}"
            elif token.kind != "number":
                yield token.lemma or token.norm
        yield from (f"{side}{token.lemma or token.norm}" for token in near)
        yield from _nearest_mark(side, part)


def _nearest_mark(side: str, part: list[Token]) -> Iterator[str]:
    """Yield the quotation mark nearest the mention on one side, and whether few words stand between."""
    words = 0
    for token in reversed(part) if side == "<" else part:
        if token.text in _QUOTES:
            yield f"mark{side}{token.text}{'near' if words <= _NEAR else 'far'}"
            return
        words += token.kind != "punct"


def _outside(cue: str, cue_class: str, inside: bool) -> Iterator[str]:
    """Yield the cue's class, and its words if they stand in another sentence."""
    if cue_class:
        yield "class=" + cue_class.replace(" ", "_")
    if not inside:
        yield from (f"cue^{t.lemma or t.norm}" for t in tokenize(cue))


def _groups(article_ids: list[str], documents: list[str]) -> np.ndarray:
    """Number the articles, two that share a mention's sentence alike, so that no copy is tested by its original.

    A short sentence, such as a heading, does not make a copy.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    long = [d if d.count(" ") >= _COPIED else i for i, d in enumerate(documents)]
    article, text = pd.factorize(np.array(article_ids))[0], pd.factorize(np.array(long, dtype=object))[0]
    if not len(article):
        return article
    size = article.max() + 1
    links = coo_array((np.ones(len(text)), (article, size + text)), shape=(size + text.max() + 1,) * 2)
    return connected_components(links, directed=False)[1][article]


# ---------------------------------------------------------------- fitting and measuring


def _splits(truth: pd.Series, groups: np.ndarray, folds: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn.model_selection import StratifiedGroupKFold

    folder = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    return list(folder.split(np.zeros(len(truth)), truth, groups))


def _fit(documents: list[str], truth: pd.Series, groups: np.ndarray, seed: int) -> Any:
    from sklearn.calibration import CalibratedClassifierCV
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(analyzer=str.split, min_df=2, sublinear_tf=True),
        # TF-IDF rows have length 1, so the default penalty would be a strong one; Newton's method needs a tenth of the steps
        LogisticRegression(C=10, solver="newton-cg", max_iter=1000),
    )
    inner = _splits(truth, groups, _INNER_FOLDS, seed)
    return CalibratedClassifierCV(model, method="sigmoid", cv=inner, ensemble=False).fit(documents, truth.tolist())


def _figures(
    truth: pd.Series, labels: Mapping[str, pd.Series], groups: np.ndarray, classes: tuple[str, ...], seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, per_class = [], []
    n_groups = len(np.unique(groups))
    weights = boot_weights(n_groups, 1000, seed)
    sizes = weights @ np.bincount(groups, minlength=n_groups)
    rules = (truth == labels["rules"]).to_numpy()
    for name, said in labels.items():
        right = (truth == said).to_numpy()
        scores = score_labels(truth, said, classes).rename(columns={"n_rules": "n_labelled"})
        low, high, interval = percentile_interval(weights @ np.bincount(groups, right) / sizes, n_groups, 0.95)
        less = weights @ np.bincount(groups, right.astype(float) - rules) / sizes
        difference_low, difference_high, _ = percentile_interval(less, n_groups, 0.95)
        row = {"labeller": name, "n_mentions": len(truth), "n_articles": 0, "accuracy": right.mean(), "low": low}
        row |= {"high": high, "interval": interval, "macro_f1": scores["f1"].mean()}
        row |= {"difference": right.mean() - rules.mean(), "difference_low": difference_low}
        rows.append(row | {"difference_high": difference_high})
        per_class.append(scores.assign(labeller=name)[["labeller", *scores.columns]])
    return pd.DataFrame(rows), pd.concat(per_class, ignore_index=True)


def _log_loss(shares: np.ndarray, truth: list[int]) -> float:
    return float(-np.log(np.clip(shares[np.arange(len(truth)), truth], 1e-15, 1)).mean())


def _calibration(shares: np.ndarray, right: pd.Series) -> pd.DataFrame:
    best = shares.max(axis=1)
    edges = np.array([0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    place = np.clip(np.searchsorted(edges, best, side="left") - 1, 0, len(edges) - 2)
    rows = pd.DataFrame({"place": place, "probability": best, "accuracy": right.to_numpy(float)}).groupby("place")
    table = rows.mean().reindex(range(len(edges) - 1))
    counts = rows.size().reindex(table.index, fill_value=0).to_numpy()
    return pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "n_mentions": counts, **{c: table[c].to_numpy() for c in table}}
    )
