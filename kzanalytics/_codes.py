"""Codes as values to compare: row names, allowed codes, Krippendorff's alpha, the majority's code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from .arabic import normalize
from .articles import listed
from .attribution import STANCES, stance_of
from .speakers import load_actors

__all__ = ["ALLOWED", "STANCES", "STRATA", "VARIABLES", "krippendorff_alpha", "majority_codes", "row_id", "row_ids"]

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "voice": ("outlet", "attributed"),
    "quote": ("none", "phrase", "speech"),
    "polarity": ("affirmed", "rejected", "distanced"),
}
# From the finest to the coarsest: a sample is drawn by the first it is large enough for, and weighted back by it.
STRATA = (("outlet", "frame", "stance"), ("frame", "stance"), ("stance",))
VARIABLES = ("voice", "speaker", "quote", "polarity", "stance")
UNNAMED = "?"


def row_ids(mentions: pd.DataFrame) -> list[str]:
    """Name each mention by frame, article and place, with four check digits against typing errors.

    The name starts with a letter and holds slashes, so no spreadsheet takes it for a number, a date or a formula.

    >>> row_ids(pd.DataFrame({"article_id": ["004"], "frame": ["terrorism"], "start": [12], "end": [21]}))
    ['terrorism/004/12-21/fae7']
    """
    columns = (mentions[c].tolist() for c in ("frame", "article_id", "start", "end"))
    return [row_id(*values) for values in zip(*columns, strict=True)]


def row_id(frame: str, article_id: str, start: int, end: int) -> str:
    """Name one mention."""
    name = f"{frame}/{article_id}/{start}-{end}"
    return f"{name}/{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:4]}"


def krippendorff_alpha(units: Iterable[Iterable[str | None]]) -> float:
    """Measure how far coders agree beyond chance, on nominal codes: Krippendorff's alpha.

    Parameters
    ----------
    units : iterable of iterables
        For each unit the codes it was given, in any order; None and ``""`` are missing. A unit with fewer than two codes
        pairs with nothing and does not count.

    Returns
    -------
    float
        1 for full agreement, 0 for agreement by chance, below 0 for worse; NaN if there are no two codes on one unit, or only
        one code was ever used (agreement that could not have failed says nothing).

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania, Annenberg School for
    Communication.

    Examples
    --------
    >>> round(krippendorff_alpha([["outlet", "outlet"], ["attributed", "attributed"], ["outlet", "attributed"]]), 3)
    0.444
    """
    lists = [[c for c in unit if c is not None and c != ""] for unit in units]
    names = {name: i for i, name in enumerate(dict.fromkeys(c for codes in lists for c in codes))}
    pairs = np.zeros((len(lists), len(names)))
    same = np.zeros(len(lists))
    for u, codes in enumerate(lists):
        pairs[u], same[u] = coincidences([names[c] for c in codes], len(names))
    return float(alpha_of(pairs.sum(axis=0, keepdims=True), np.array([same.sum()]))[0])


def coincidences(codes: list[int], n_codes: int) -> tuple[np.ndarray, float]:
    """Return a unit's part of the coincidence matrix: its margins, and the sum of its diagonal."""
    if len(codes) < 2:
        return np.zeros(n_codes), 0.0
    counts = np.bincount(codes, minlength=n_codes).astype(float)
    return counts, float((counts * (counts - 1)).sum() / (len(codes) - 1))


def alpha_of(margins: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Alpha for each row of margins (n_c) and each sum of the diagonal; NaN without two values."""
    n = margins.sum(axis=1)
    expected = n**2 - (margins**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (n - 1) * (n - same) / expected, np.nan)


def speaker_namer(actors: str | Path | pd.DataFrame | None) -> Callable[[str], str]:
    """Return a function from speakers as a coder writes them to the set of their names, sorted and joined by ``;``.

    A canonical name or an alias of an actor becomes the canonical name; another name is normalized.
    """
    known = load_actors(actors)
    names = {actor.name for entries in known.aliases.values() for _, actor in entries}
    canonical = {normalize(name): name for name in names}

    def one(text: str) -> str:
        name = normalize(text).strip()
        words = name.replace("-", " ").split()
        found = known.match(words, 0, len(words)) if words else None
        full = found is not None and found[0] == len(words) and found[1].kind != "office"
        return found[1].name if found and full else canonical.get(name, name)

    return lambda text: ";".join(sorted({one(t) for t in re.split("[;؛]", text)} - {""}))


def comparable(table: pd.DataFrame, name_speakers: Callable[[str], str], *, blank: str = "") -> pd.DataFrame:
    """Return voice, speaker, quote, polarity and stance as codes to compare; "" is missing.

    A speaker is a code only where the voice is attributed: that there is none in the outlet's own voice is the voice again.
    An empty speaker is `blank`: a coder who left the cell empty did not code it, the rules say that they found nobody.
    """
    out = pd.DataFrame({v: table[v].astype("str") if v in table else "" for v in ALLOWED}, index=table.index)
    speakers = table["speaker"].astype("str") if "speaker" in table else pd.Series("", index=table.index)
    names = {s: name_speakers(s) for s in speakers.unique()}
    out["speaker"] = speakers.map(names).astype("str").replace("", blank).where(out["voice"] == "attributed", "")
    return out.assign(stance=_stance(out))[list(VARIABLES)]


def _stance(codes: pd.DataFrame) -> list[str]:
    """Derive the stance from voice, polarity and quote, "" where what is missing could change it."""
    triples = zip(codes["voice"], codes["polarity"], codes["quote"], strict=True)
    return [_decided(*triple) for triple in triples]


@cache
def _decided(voice: str, polarity: str, quote: str) -> str:
    given = {"voice": voice, "polarity": polarity, "quote": quote}
    open_values = [(value,) if value else ALLOWED[name] for name, value in given.items()]
    stances = {stance_of(*triple) for triple in product(*open_values)}
    return stances.pop() if len(stances) == 1 else ""


def _check_codes(codes: pd.DataFrame) -> None:
    if not isinstance(codes, pd.DataFrame):
        raise TypeError(
            f"codes must be the table that read_codes returns, not {type(codes).__name__}; call read_codes first"
        )
    missing = [c for c in ("coder", "row_id", "article_id", *ALLOWED, "speaker") if c not in codes]
    if missing:
        raise ValueError(f"codes has no column {listed(missing)}; give the table that read_codes returns")
    if codes.empty:
        raise ValueError("codes has no rows; give read_codes at least one filled sheet")
    twice = codes.duplicated(["coder", "row_id"])
    if twice.any():
        raise ValueError(
            f"codes has two codes by one coder for {listed(codes['row_id'][twice])}; keep one row for each coder and mention"
        )


def majority_codes(
    codes: pd.DataFrame, *, adjudicator: str | None = None, actors: str | Path | pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return one code per mention: the adjudicator's, else the one that more coders gave than any other.

    Parameters
    ----------
    codes : DataFrame
        From :func:`read_codes`.
    adjudicator : str, optional
        The coder who settled disagreements; where this coder gave a code, it stands.
    actors : path or DataFrame, optional
        As for ``attribute_mentions``: the names and aliases of actors, added to the shipped ones.

    Returns
    -------
    DataFrame
        ``row_id, article_id``, ``voice, speaker, quote, polarity, stance`` (``""`` where nobody coded, or in a tie; a speaker
        only where the voice is attributed; by its canonical name or in normalized spelling, several sorted and joined by
        ``;``, ``"?"`` for nobody named) and ``tie_voice`` and so on (bool).

    Notes
    -----
    The stance follows from the settled voice, quote and polarity; it is tied where one of them is and it is needed.
    """
    _check_codes(codes)
    if adjudicator is not None and adjudicator not in set(codes["coder"]):
        have = listed(codes["coder"].unique())
        raise ValueError(f"adjudicator {adjudicator!r} is not one of the coders ({have}); give one of them, or None")
    values = comparable(codes, speaker_namer(actors)).assign(
        row_id=codes["row_id"], judge=codes["coder"] == adjudicator
    )
    out = codes[["row_id", "article_id"]].drop_duplicates("row_id").reset_index(drop=True)
    position = pd.Series(out.index, index=out["row_id"])
    for name in VARIABLES[:-1]:
        given = values[values[name] != ""]
        judged = given[given["judge"]]
        given = pd.concat([judged, given[~given["row_id"].isin(judged["row_id"])]])
        votes = given.groupby(["row_id", name], sort=False).size()
        most = votes.groupby("row_id").transform("max")
        top = votes[votes == most].reset_index()
        tied = top["row_id"].duplicated(keep=False)
        column, ties = np.full(len(out), "", dtype=object), np.zeros(len(out), bool)
        column[position[top["row_id"][~tied]]] = top[name][~tied]
        ties[position[top["row_id"][tied]]] = True
        out[name], out[f"tie_{name}"] = pd.Series(column, dtype="str"), ties
    # without a settled voice nobody can say whether there is a speaker to name
    out["tie_speaker"] = (out["tie_speaker"] | out["tie_voice"]) & (out["voice"] != "outlet")
    out["speaker"] = out["speaker"].where(out["voice"] == "attributed", "")
    out["stance"] = pd.Series(_stance(out), dtype="str")
    out["tie_stance"] = (out["stance"] == "") & out[["tie_voice", "tie_quote", "tie_polarity"]].any(axis=1)
    return out[["row_id", "article_id", *VARIABLES, *(f"tie_{v}" for v in VARIABLES)]]
