"""Which terms belong to which outlet: TF-IDF and keyness."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from kzanalytics._term_counts import Counts, count_terms

__all__ = ["keyness", "tfidf"]

_NORMAL_95 = 1.959964  # 97.5 % quantile of the standard normal distribution
_ENTRIES = 4_000_000  # articles with a term looked at in one go; bounds the memory, changes no result


def tfidf(
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    analyzer: Callable[[str], list[str]] | None = None,
    min_articles: int = 1,
    drop_names: bool | Collection[str] = False,
    smooth: bool = False,
    top: int | None = 20,
) -> pd.DataFrame:
    """Rank the terms of each outlet (or any group of articles) by TF-IDF.

    ``tf_idf = tf * idf``, where ``tf`` is the term's share of all terms of the group and ``idf = ln(N / df)`` with N
    articles of which df hold the term, so that a term of every article gets 0. The *article* is the document of df. With
    outlets as documents a term would get 0 as soon as each outlet had used it once, and five outlets would give five
    different values in all.

    Parameters
    ----------
    articles : DataFrame
        Columns ``article_id``, ``text`` and those of `by`.
    by : str or sequence of str, default "outlet"
        Column or columns that make the groups. Missing values are a group too, but an outlet nobody named is one
        per article.
    analyzer : callable, optional
        Text to list of terms; :class:`Analyzer` by default (lemmas without stop words). It never sees boilerplate.
    min_articles : int, default 1
        Leave out terms that fewer articles of the corpus hold.
    drop_names : bool or collection of str, default False
        Leave out names of places and persons: those of the shipped list, or these.
    smooth : bool, default False
        Use scikit-learn's ``idf = ln((1 + N) / (1 + df)) + 1``, which leaves common terms a weight.
    top : int or None, default 20
        Terms per group; ``None`` for all that the group uses.

    Returns
    -------
    DataFrame
        One row per group and term, best first: the columns of `by`; ``term`` (the lemma's most frequent spelling without
        clitics, to read), ``lemma`` (what was counted), ``count``, ``tf`` in [0, 1], ``idf`` >= 0, ``tf_idf``, ``rank``
        (1 is the highest; ties in alphabetical order).

    Notes
    -----
    TF-IDF describes a group by itself and knows no chance; to compare groups use :func:`keyness`.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["الأولى", "الثانية"],
    ...     "text": ["احتجاج على أسعار الوقود واحتجاج آخر", "انقلاب في ألماتي ومحاولة انقلاب"],
    ... })
    >>> tfidf(articles, top=1)[["outlet", "term", "count", "rank"]].to_dict("records")
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'outlet': 'الأولى', 'term': 'احتجاج', 'count': 2, 'rank': 1},
     {'outlet': 'الثانية', 'term': 'انقلاب', 'count': 2, 'rank': 1}]
    """
    _check_numbers(min_articles=min_articles, top=top)
    c = count_terms(articles, by, analyzer)
    group, term, count, _ = c.pairs(c.allowed(min_articles, drop_names))
    tf = count / c.group_size[group]
    extra = 1 if smooth else 0
    idf = np.log((len(c.group) + extra) / (c.n_articles[term] + extra)) + extra
    best, rank = _rank(group, tf * idf, term, c.terms, top)
    group, term = group[best], term[best]
    numbers = {"count": count[best], "tf": tf[best], "idf": idf[best], "tf_idf": (tf * idf)[best], "rank": rank}
    return _table(c, group, term, numbers)


def keyness(
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    analyzer: Callable[[str], list[str]] | None = None,
    min_articles: int = 2,
    drop_names: bool | Collection[str] = False,
    top: int | None = 50,
    prior: float | None = None,
    variance: Literal["short", "full"] = "short",
) -> pd.DataFrame:
    """Rank the terms that set each outlet (or any group) apart from all the others together.

    Log-odds ratio with an informative Dirichlet prior ("fightin' words", Monroe, Colaresi and Quinn 2008): the log-odds of
    a term in the group minus those in the rest, both drawn towards the corpus as a whole by pseudo-counts, divided by
    its standard error. Rare terms need a larger difference to rank high, and common ones no stop list.

    Parameters
    ----------
    articles : DataFrame
        Columns ``article_id``, ``text`` and those of `by`; at least two groups.
    by : str or sequence of str, default "outlet"
        Column or columns that make the groups. Missing values are a group too, but an outlet nobody named is one
        per article.
    analyzer : callable, optional
        Text to list of terms; :class:`Analyzer` by default (lemmas without stop words). It never sees boilerplate.
    min_articles : int, default 2
        Leave out terms that fewer articles of the corpus hold: what one article says is not an outlet's habit.
    drop_names : bool or collection of str, default False
        Leave out names of places and persons: those of the shipped list, or these.
    top : int or None, default 50
        Terms per group, highest z first; ``None`` for all that the group uses, also those it uses less than the rest
        (a chart of both sides needs them).
    prior : float, optional
        Strength of the prior: the pseudo-counts of all terms together, shared out in proportion to the whole corpus. By
        default the mean number of terms of an article: the prior weighs as much as one average article.
    variance : {"short", "full"}, default "short"
        Variance of the log-odds ratio. ``"short"``: ``1 / (y + a) + 1 / (y_rest + a)``, what the paper and most software
        use; ``"full"`` adds ``1 / (n + a0 - y - a)`` for both sides, which matters for very common terms only.

    Returns
    -------
    DataFrame
        One row per group and term that the group uses, highest z first:

        - the columns of `by`, ``term`` (the lemma's most frequent spelling without clitics), ``lemma``;
        - ``count``, ``count_rest``: occurrences in the group and in the rest; ``n_articles``: articles of the group with it;
        - ``dispersion``: Gries' deviation of proportions over the articles of the group, normalised to [0, 1] (Lijffijt
          and Gries 2012): 0 as even as the articles' lengths allow, 1 all in one article. NaN for one article;
        - ``log_odds`` (natural), ``z``, ``low, high`` (log_odds -/+ 1.96 standard errors);
        - ``loo_low, loo_high``: smallest and largest log_odds when any one article of the corpus is left out (with
          the prior as it is, and never the last of a side). A range that spans 0 means that one article decides;
        - ``prior``, ``variance``: as used; ``rank``: 1 is the highest z, ties in alphabetical order.

    Notes
    -----
    **z ranks, it does not test.** It takes words as independent, but they come in bursts within articles, so most |z| > 1.96
    are false alarms (Lijffijt and others 2016, 10.1093/llc/fqu064). Read it with n_articles, dispersion and the
    leave-one-out range. n counts all terms of the analyzer, also those that `min_articles` and `drop_names` leave out, so
    that these options never change a number, only which rows there are.

    References
    ----------
    Monroe, B. L., Colaresi, M. P., Quinn, K. M. (2008). Fightin' words. Political Analysis 16(4), 372-403.
    https://doi.org/10.1093/pan/mpn018

    Lijffijt, J., Gries, S. Th. (2012). Correction to "Dispersions and adjusted frequencies in corpora". International
    Journal of Corpus Linguistics 17(1), 147-149. https://doi.org/10.1075/ijcl.17.1.08lij

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c", "d"], "outlet": ["الأولى", "الأولى", "الثانية", "الثانية"],
    ...     "text": ["احتجاج في المدينة", "احتجاج في العاصمة", "انقلاب في المدينة", "محاولة انقلاب في العاصمة"],
    ... })
    >>> keyness(articles, top=1)[["outlet", "term", "count", "count_rest"]].to_dict("records")
    ... # doctest: +NORMALIZE_WHITESPACE
    [{'outlet': 'الأولى', 'term': 'احتجاج', 'count': 2, 'count_rest': 0},
     {'outlet': 'الثانية', 'term': 'انقلاب', 'count': 2, 'count_rest': 0}]
    """
    _check_numbers(min_articles=min_articles, top=top)
    if variance not in ("short", "full"):
        raise ValueError(f"variance={variance!r} is not known; choose 'short' or 'full'.")
    if prior is not None and not prior > 0:
        raise ValueError(f"prior={prior!r} must be above 0; leave it out for the length of an average article.")
    c = count_terms(articles, by, analyzer)
    if len(c.groups) < 2:
        raise ValueError(f"by={by!r} makes {len(c.groups)} group of articles; keyness compares at least two.")
    n_all = int(c.size.sum())
    strength = float(prior) if prior is not None else n_all / max(1, len(c.size))
    group, term, count, n_articles = c.pairs(c.allowed(min_articles, drop_names))
    total = c.total[term]
    pseudo = strength * total / max(1, n_all)
    sides = (count, c.group_size[group]), (total - count, n_all - c.group_size[group])
    log_odds = _log_odds(*sides[0], pseudo, strength) - _log_odds(*sides[1], pseudo, strength)
    spread = sum(1 / (y + pseudo) for y, _ in sides)
    if variance == "full":
        spread = spread + sum(1 / (n + strength - y - pseudo) for y, n in sides)
    error = np.sqrt(spread)
    z = log_odds / error
    best, rank = _rank(group, z, term, c.terms, top)
    group, term, log_odds, error = group[best], term[best], log_odds[best], error[best]
    robust = []
    for rows in _slices(c, term):
        part = group[rows], term[rows], count[best[rows]]
        held = _holders(c, *part[:2])
        robust.append((_dispersion(c, *part, held), *_leave_one_out(c, *part, held, pseudo[best[rows]], strength)))
    dispersion, low, high = (np.concatenate(parts) for parts in zip(*robust, strict=True))
    numbers = {
        "count": count[best],
        "count_rest": (total - count)[best],
        "n_articles": n_articles[best],
        "dispersion": dispersion,
        "log_odds": log_odds,
        "z": z[best],
        "low": log_odds - _NORMAL_95 * error,
        "high": log_odds + _NORMAL_95 * error,
        "loo_low": low,
        "loo_high": high,
        "prior": np.full(len(best), strength),
        "variance": pd.Series([variance] * len(best), dtype="str"),
        "rank": rank,
    }
    return _table(c, group, term, numbers)


_Holders = dict[bool, tuple[np.ndarray, np.ndarray, np.ndarray]]


def _rank(
    group: np.ndarray, value: np.ndarray, term: np.ndarray, terms: list[str], top: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Indices of the `top` highest values of each group, in order, and their ranks from 1."""
    table = pd.DataFrame({"group": group, "value": value})
    if top is not None:
        table = table[table.groupby("group")["value"].rank(method="min", ascending=False) <= top]
    table = table.assign(term=[terms[t] for t in term[table.index].tolist()])
    table = table.sort_values(["group", "value", "term"], ascending=[True, False, True])
    rank = table.groupby("group").cumcount().to_numpy() + 1
    kept = rank <= (len(group) if top is None else top)
    return table.index.to_numpy()[kept], rank[kept]


def _table(c: Counts, group: np.ndarray, term: np.ndarray, numbers: dict[str, Any]) -> pd.DataFrame:
    labels = c.label(np.unique(term))
    names = {
        "term": pd.Series([labels[t] for t in term.tolist()], dtype="str"),
        "lemma": pd.Series([c.terms[t] for t in term.tolist()], dtype="str"),
    }
    return pd.concat([c.groups.take(group).reset_index(drop=True), pd.DataFrame(names | numbers)], axis=1)


def _log_odds(count: np.ndarray, size: np.ndarray, pseudo: np.ndarray, strength: float) -> np.ndarray:
    """Log-odds of a term with `count` of `size` terms and its share `pseudo` of the prior's `strength`."""
    others = size + strength - count - pseudo
    # A corpus that knows one term only has no odds; rounding must not make up any.
    others = np.where(others > 1e-9 * (size + strength), others, np.nan)
    return np.log((count + pseudo) / others)


def _dispersion(c: Counts, group: np.ndarray, term: np.ndarray, count: np.ndarray, held: _Holders) -> np.ndarray:
    """Gries' DP over the articles of the group, divided by its maximum."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = c.size / c.group_size[c.group]
    at, row, y = held[True]
    # sum |v - s| over all articles = sum over those with the term of (|v - s| - s), plus the sum of all s, which is 1.
    deviation = np.bincount(at, np.abs(y / count[at] - share[row]) - share[row], minlength=len(group))
    smallest = pd.Series(share).groupby(c.group).min().to_numpy()
    several = np.bincount(c.group, minlength=len(c.groups)) > 1
    with np.errstate(invalid="ignore", divide="ignore"):
        dp = 0.5 * (deviation + 1) / (1 - smallest[group])
    return np.where(several[group], np.clip(dp, 0, 1), np.nan)


def _slices(c: Counts, term: np.ndarray) -> list[slice]:
    """Rows in parts that hold a bounded number of articles: with a group for each article there are very many."""
    part = np.cumsum(c.n_articles[term]) // _ENTRIES
    edges = np.flatnonzero(part[1:] != part[:-1]) + 1
    return [slice(low, high) for low, high in zip([0, *edges], [*edges, len(term)], strict=True)]


def _holders(c: Counts, group: np.ndarray, term: np.ndarray) -> _Holders:
    """For each pair of group and term the articles that hold the term: of this group (True) and of the others.

    Pair, article and count, one entry for each such article.
    """
    wanted = np.zeros(len(c.terms), bool)
    wanted[term] = True
    hit = np.flatnonzero(wanted[c.term])
    hit = hit[np.argsort(c.term[hit], kind="stable")]
    size = np.bincount(c.term[hit], minlength=len(c.terms))
    begin = np.cumsum(size) - size
    n = size[term]
    at = np.repeat(np.arange(len(term)), n)
    entry = hit[np.arange(len(at)) - np.repeat(np.cumsum(n) - n, n) + begin[term[at]]]
    row, count = c.row[entry], c.count[entry]
    own = c.group[row] == group[at]
    return {side: (at[own == side], row[own == side], count[own == side]) for side in (True, False)}


def _leave_one_out(
    c: Counts,
    group: np.ndarray,
    term: np.ndarray,
    count: np.ndarray,
    held: _Holders,
    pseudo: np.ndarray,
    strength: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Range of the log-odds ratio over all articles left out, one at a time; computed, not counted anew.

    Leaving out an article changes only the side it belongs to. Among articles without the term only the longest and
    the shortest of a side matter, because nothing but their length enters.
    """
    low, high = np.full(len(group), np.inf), np.full(len(group), -np.inf)
    n_own = np.bincount(c.group, minlength=len(c.groups))[group]
    own = count, c.group_size[group]
    rest = c.total[term] - count, c.size.sum() - own[1]
    for sign, side, other, n_articles in ((1, own, rest, n_own), (-1, rest, own, len(c.group) - n_own)):
        against = _log_odds(other[0], other[1], pseudo, strength)
        at, row, y = held[sign == 1]
        length = c.size[row]
        without = _extreme_lengths(c, group, at, row, own=sign == 1)
        for pair, gone, size in ((at, y, length), *((k, np.zeros(len(k), np.int64), n) for k, n in without)):
            left = _log_odds(side[0][pair] - gone, side[1][pair] - size, pseudo[pair], strength)
            value = sign * (left - against[pair])
            several = n_articles[pair] > 1
            np.minimum.at(low, pair[several], value[several])
            np.maximum.at(high, pair[several], value[several])
    none = ~np.isfinite(low)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


def _extreme_lengths(
    c: Counts, group: np.ndarray, at: np.ndarray, row: np.ndarray, *, own: bool
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The shortest and the longest article without the term on one side: pairs of group and term, and lengths."""
    held = np.sort(at * np.int64(len(c.group)) + row)
    found = []
    for order in (np.argsort(c.size, kind="stable"), np.argsort(-c.size, kind="stable")):
        pairs, lengths = [], []
        for g in np.unique(group):
            side = order[(c.group[order] == g) == own]
            open_pairs = np.flatnonzero(group == g)
            for article in side:
                if not len(open_pairs):
                    break
                key = open_pairs * np.int64(len(c.group)) + article
                place = np.minimum(np.searchsorted(held, key), max(0, len(held) - 1))
                has = held[place] == key if len(held) else np.zeros(len(key), bool)
                pairs.append(open_pairs[~has])
                lengths.append(np.full((~has).sum(), c.size[article]))
                open_pairs = open_pairs[has]
        empty = np.zeros(0, np.int64)
        found.append((np.concatenate([empty, *pairs]), np.concatenate([empty, *lengths])))
    return found


def _check_numbers(*, min_articles: int, top: int | None) -> None:
    if min_articles < 1:
        raise ValueError(f"min_articles={min_articles} must be 1 or more.")
    if top is not None and top < 1:
        raise ValueError(f"top={top} must be 1 or more, or None for all terms.")
