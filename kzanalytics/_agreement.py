"""How far hand coders agree with each other, and the rules with them. Public through :mod:`kzanalytics.coding`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ._codes import (
    ALLOWED,
    STANCES,
    STRATA,
    UNNAMED,
    VARIABLES,
    alpha_of,
    coincidences,
    comparable,
    majority_codes,
    row_ids,
    speaker_namer,
)
from .articles import listed

__all__ = ["Agreement", "agreement", "boot_weights", "percentile_interval", "score_labels"]

# Intervals and tests that resample fewer than some 20 to 30 clusters are too narrow: Cameron, Gelbach and Miller 2008,
# 10.1162/rest.90.3.414.
MIN_ARTICLES = 20
_RULES = "variable n_mentions n_ties n_articles accuracy low high interval accuracy_corpus weighted_by".split()
_RULES += ["share_covered", "majority", "majority_share", "macro_f1"]
_CLASSES = ["variable", "code", "n_coders", "n_rules", "precision", "recall", "f1"]
_CONFUSION = ["variable", "coders", "rules", "n_mentions"]


@dataclass(frozen=True, eq=False)
class Agreement:
    """What :func:`agreement` found; every table says on how many mentions it rests.

    Attributes
    ----------
    reliability : DataFrame
        Coders with each other, a row per variable: ``variable, n_coders, n_mentions`` (coded by two coders or more),
        ``n_articles, agreement`` (share of pairs of codes that are equal), ``alpha, low, high, interval``.
    rules : DataFrame
        The rules against the coders: ``variable, n_mentions, n_ties`` (left out: the coders disagree and no code has the
        majority), ``n_articles, accuracy, low, high, interval, accuracy_corpus`` (weighted back to all mentions),
        ``weighted_by`` (the strata: the finest of outlet x frame x stance that all have a code), ``share_covered`` (of all
        mentions, by those strata),
        ``majority, majority_share`` (the coders' commonest code, and the accuracy of always answering it), ``macro_f1``.
    classes : DataFrame
        ``variable, code, n_coders`` (mentions the coders give it), ``n_rules, precision, recall, f1``.
    confusion : DataFrame
        ``variable, coders, rules, n_mentions``: every pair of codes, zeros kept (for speakers only pairs that occur).
    """

    reliability: pd.DataFrame
    rules: pd.DataFrame
    classes: pd.DataFrame
    confusion: pd.DataFrame

    def confusion_table(self, variable: str) -> pd.DataFrame:
        """Return one variable's confusion: a row per code of the coders, a column per label of the rules."""
        rows = self.confusion[self.confusion["variable"] == variable]
        if rows.empty:
            have = listed(self.confusion["variable"].unique()) or "none: agreement was called without mentions"
            raise ValueError(f"variable {variable!r} has no confusion table; there is one for {have}")
        table = rows.pivot_table(index="coders", columns="rules", values="n_mentions", aggfunc="sum", fill_value=0)
        order = list(dict.fromkeys([*rows["coders"], *rows["rules"]]))
        return table.reindex(
            index=[c for c in order if c in table.index], columns=[c for c in order if c in table.columns]
        )


def score_labels(truth: pd.Series, labels: pd.Series, order: Iterable[str] = ()) -> pd.DataFrame:
    """Precision, recall and F1 of each class; a class nobody predicted has no precision (NaN) and an F1 of 0."""
    codes = [c for c in order if c in set(truth) | set(labels)]
    codes += sorted((set(truth) | set(labels)) - {*codes, ""})
    hits = np.array([((truth == c) & (labels == c)).sum() for c in codes], dtype="int64")
    true = np.array([(truth == c).sum() for c in codes], dtype="int64")
    said = np.array([(labels == c).sum() for c in codes], dtype="int64")
    with np.errstate(invalid="ignore"):
        precision, recall = hits / said, hits / true
    return pd.DataFrame(
        {
            "code": pd.Series(codes, dtype="str"),
            "n_coders": true,
            "n_rules": said,
            "precision": precision,
            "recall": recall,
            "f1": 2 * hits / np.maximum(true + said, 1),
        }
    )


def boot_weights(n_articles: int, n_boot: int, seed: int) -> np.ndarray:
    """How often each article is drawn in each resample of all articles."""
    return np.random.default_rng(seed).multinomial(n_articles, np.full(n_articles, 1 / n_articles), size=n_boot)


def percentile_interval(values: np.ndarray, n_articles: int, confidence: float) -> tuple[float, float, str]:
    """Percentile interval of bootstrapped values, or none and why."""
    if n_articles < MIN_ARTICLES:
        return np.nan, np.nan, f"none: {n_articles} articles, fewer than {MIN_ARTICLES}"
    if np.isnan(values).mean() > 0.01:
        return np.nan, np.nan, "none: too little variation"
    low, high = np.nanpercentile(values, [50 * (1 - confidence), 50 * (1 + confidence)])
    return float(low), float(high), f"bootstrap over {n_articles} articles, {confidence:.0%}"


def _reliability(values: pd.DataFrame, codes: pd.DataFrame, name: str, n_boot: int, seed: int, conf: float) -> dict:
    given = values[name] != ""
    units = pd.DataFrame({"code": pd.factorize(values[name][given])[0], "row_id": codes["row_id"][given]})
    n_codes = int(units["code"].max()) + 1 if len(units) else 0
    lists = units.groupby("row_id", sort=True)["code"].agg(list)
    lists = lists[lists.map(len) >= 2] if len(lists) else lists
    home = codes.drop_duplicates("row_id").set_index("row_id")["article_id"].reindex(lists.index)
    article, names = pd.factorize(home)
    margins, same = np.zeros((len(names), n_codes)), np.zeros(len(names))
    equal = pairs = 0.0
    for a, unit in zip(article, lists, strict=True):
        counts, diagonal = coincidences(unit, n_codes)
        margins[a] += counts
        same[a] += diagonal
        equal += (counts * (counts - 1)).sum()
        pairs += len(unit) * (len(unit) - 1)
    alpha = float(alpha_of(margins.sum(axis=0, keepdims=True), np.array([same.sum()]))[0])
    low, high, interval = np.nan, np.nan, "none: no mention coded by two coders"
    if len(lists):
        weights = boot_weights(len(names), n_boot, seed)
        low, high, interval = percentile_interval(alpha_of(weights @ margins, weights @ same), len(names), conf)
        if np.isnan(alpha):
            interval = "none: one code only, so alpha is undefined"
    paired = codes[given & codes["row_id"].isin(lists.index)]
    return {
        "variable": name,
        "n_coders": int(paired["coder"].nunique()),
        "n_mentions": len(lists),
        "n_articles": len(names),
        "agreement": equal / pairs if pairs else np.nan,
        "alpha": alpha,
        "low": low,
        "high": high,
        "interval": interval,
    }


def _corpus_weights(coded: pd.DataFrame, mentions: pd.DataFrame) -> tuple[pd.Series, str, float]:
    """Weigh each coded mention by how many it stands for in its stratum; how strata are cut, and what share they cover.

    The finest cut that leaves no mention without a code is the one a whole sheet was drawn by.
    """
    weights, cut, share = pd.Series(np.nan, index=coded.index), "", np.nan
    for strata in (list(s) for s in STRATA if set(s) <= set(mentions.columns)):
        every = mentions[strata].astype("str").agg("\x1f".join, axis=1).value_counts()
        home = coded[strata].astype("str").agg("\x1f".join, axis=1)
        weights = home.map(every / home.value_counts()).astype("float64")
        cut, share = " x ".join(strata), float(every[every.index.isin(home)].sum() / every.sum())
        if share == 1:
            break
    return weights, cut, share


def _compared(truth: pd.DataFrame, labels: pd.DataFrame, name: str) -> tuple[pd.Series, pd.Series]:
    """Return the settled codes of a variable and the rules' labels beside them, where there is a code."""
    used = truth[name] != ""
    return truth[name][used], labels[name][used].replace("", "outlet" if name == "speaker" else "")


def _against(
    truth: pd.DataFrame, labels: pd.DataFrame, name: str, weights: pd.Series, cut: str, covered: float
) -> tuple[dict, pd.DataFrame, pd.DataFrame]:
    """One variable of the rules against the coders: its row of figures, its classes, its confusion."""
    true, said = _compared(truth, labels, name)
    scores = score_labels(true, said, ALLOWED.get(name, STANCES if name == "stance" else ()))
    weights = weights[true.index]
    common = true.value_counts()
    row = {
        "variable": name,
        "n_mentions": len(true),
        "n_ties": int(truth[f"tie_{name}"].sum()),
        "n_articles": truth["article_id"][true.index].nunique(),
        "accuracy": (true == said).mean() if len(true) else np.nan,
        "accuracy_corpus": (weights * (true == said)).sum(skipna=False) / weights.sum() if len(true) else np.nan,
        "weighted_by": cut,
        "share_covered": covered,
        "majority": common.index[0] if len(common) else "",
        "majority_share": common.iloc[0] / len(true) if len(true) else np.nan,
        "macro_f1": scores["f1"].mean(),
    }
    seen = pd.DataFrame({"coders": true, "rules": said}).groupby(["coders", "rules"]).size()
    if name != "speaker":
        every = pd.MultiIndex.from_product([scores["code"], scores["code"]], names=["coders", "rules"])
        seen = seen.reindex(every, fill_value=0)
    return row, scores, seen.rename("n_mentions").reset_index()


def _accuracy_interval(
    truth: pd.DataFrame, labels: pd.DataFrame, name: str, n_boot: int, seed: int, confidence: float
) -> tuple[float, float, str]:
    true, said = _compared(truth, labels, name)
    if true.empty:
        return np.nan, np.nan, "none: no mention with a settled code"
    article, names = pd.factorize(truth["article_id"][true.index])
    weights = boot_weights(len(names), n_boot, seed)
    share = (weights @ np.bincount(article, true == said)) / (weights @ np.bincount(article))
    return percentile_interval(share, len(names), confidence)


def _joined(tables: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def agreement(
    codes: pd.DataFrame,
    mentions: pd.DataFrame | None = None,
    *,
    adjudicator: str | None = None,
    actors: str | Path | pd.DataFrame | None = None,
    confidence: float = 0.95,
    n_boot: int = 1000,
    seed: int = 2022,
) -> Agreement:
    """Measure how far the coders agree with each other, and the rules with the coders.

    Parameters
    ----------
    codes : DataFrame
        From :func:`read_codes`.
    mentions : DataFrame, optional
        All mentions with the rules' labels, from ``attribute_mentions``: the table the sheet was drawn from. Without it only
        the coders are compared.
    adjudicator : str, optional
        A coder who settled disagreements: this coder's code is the true one, and is left out of alpha, since it is not
        independent. Without one the majority decides; ties are left out and counted.
    actors : path or DataFrame, optional
        As for ``attribute_mentions``. Coders may write any alias of an actor; other names are compared in normalized spelling.
    confidence : float, default 0.95
    n_boot : int, default 1000
        Resamples of the articles: enough for a steady second decimal.
    seed : int

    Returns
    -------
    Agreement
        ``reliability`` (Krippendorff's nominal alpha for each variable), ``rules``, ``classes`` and ``confusion``. The stance
        is derived from each coder's voice, quote and polarity. Macro-F1 is the mean over classes that the coders or the rules
        use, so a class the rules never find counts as 0.

    Raises
    ------
    ValueError
        If a coded mention is not in `mentions`, which happens when the mentions were found anew with another codebook.

    Notes
    -----
    An interval resamples articles, because mentions in one article are alike; with fewer than 20 articles there is none. Alpha
    of .80 is customary for conclusions, .667 for tentative ones (Krippendorff 2004, Content Analysis, p. 241). Speakers are
    compared only where the voice is attributed (alpha: where each of the two coders says so; the rules: where the coders do,
    and the rules answering "outlet" is an error); ``?`` is nobody named, and an empty cell is not a code.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

    Examples
    --------
    >>> rows = [("a", "terrorism/004/12-21/fae7", "attributed"), ("b", "terrorism/004/12-21/fae7", "attributed")]
    >>> codes = pd.DataFrame(rows, columns=["coder", "row_id", "voice"]).assign(
    ...     article_id="004", speaker="توكاييف", quote="none", polarity="affirmed"
    ... )
    >>> agreement(codes).reliability[["variable", "n_mentions", "agreement"]].values.tolist()[0]
    ['voice', 1, 1.0]
    """
    truth = majority_codes(codes, adjudicator=adjudicator, actors=actors)
    name_speakers = speaker_namer(actors)
    independent = codes[codes["coder"] != adjudicator]
    values = comparable(independent, name_speakers)
    reliability = pd.DataFrame(
        [_reliability(values, independent, name, n_boot, seed, confidence) for name in VARIABLES]
    )
    rules, classes, confusion = [], [], []
    if mentions is not None:
        table = mentions.assign(row_id=row_ids(mentions)).drop_duplicates("row_id").set_index("row_id")
        lost = [i for i in truth["row_id"] if i not in table.index]
        if lost:
            raise ValueError(
                f"codes has {len(lost)} mentions that are not in mentions ({listed(lost, 3)}); give the mentions table that "
                "the coding sheet was drawn from"
            )
        table = table.loc[truth["row_id"]].reset_index()
        labels = comparable(table, name_speakers, blank=UNNAMED)
        if "stance" in table:
            labels["stance"] = table["stance"].astype("str")
        weights = _corpus_weights(table, mentions)
        for name in [v for v in VARIABLES if v in table]:
            row, scores, seen = _against(truth, labels, name, *weights)
            low, high, interval = _accuracy_interval(truth, labels, name, n_boot, seed, confidence)
            rules.append({**row, "low": low, "high": high, "interval": interval})
            classes.append(scores.assign(variable=name))
            confusion.append(seen.assign(variable=name))
    return Agreement(
        reliability,
        pd.DataFrame(rules, columns=_RULES),
        _joined(classes, _CLASSES),
        _joined(confusion, _CONFUSION),
    )
