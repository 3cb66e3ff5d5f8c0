"""Shared passages: find_reuse beside near-duplicate detection with datasketch and rensa.

    python benchmarks/reuse.py CORPUS.parquet [--every 8] [--engines kzanalytics,datasketch,rensa]

CORPUS has columns article_id, outlet, text (any table that read_articles reads). Each engine runs in a process of its own
and prints one JSON line: seconds on the clock and of the processor (on a busy machine compare the latter), articles per
second, peak memory, and, against the exact join of word 8-grams, the recall of the pairs of articles that share 20 words
and more (13 common 8-grams: one stretch of 20 words, or as much in parts).

The engines do not do the same work. find_reuse starts from raw text and returns the passages with their places; datasketch
and rensa are handed normalised text that somebody else has split into words (not timed), find whole articles that are alike
(128 permutations, estimated Jaccard of 8-gram sets >= 0.5), and return pairs of articles. `recall` of theirs is therefore low by
design; `recall_j50` counts only the pairs they look for (exact Jaccard >= 0.5).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from _common import each_alone, fastest, peak_mb, read_corpus

N = 8
ENGINES = ("kzanalytics", "datasketch", "rensa")
Pairs = set[tuple[int, int]]


def kzanalytics(articles: pd.DataFrame) -> Callable[[], Pairs]:
    from kzanalytics.reuse import find_reuse

    def run() -> Pairs:
        found = find_reuse(articles)
        row = pd.Series(np.arange(len(articles)), index=articles["article_id"].to_numpy())
        rows = [row.loc[found[f"article_{s}"]].tolist() for s in "ab"]
        return set(zip(*rows, strict=True))

    return run


def split_articles(articles: pd.DataFrame) -> list[list[str]]:
    from kzanalytics._columns import split_words

    words = split_words(articles["text"].tolist(), offsets=False)
    return [
        [words.vocabulary[i] for i in words.ids[low:high].tolist()]
        for low, high in zip(words.ptr[:-1], words.ptr[1:], strict=True)
    ]


def shingles(words: list[str]) -> set[str]:
    return {" ".join(words[i : i + N]) for i in range(len(words) - N + 1)}


def datasketch(articles: pd.DataFrame) -> Callable[[], Pairs]:
    from datasketch import MinHash, MinHashLSH

    split = split_articles(articles)

    def run() -> Pairs:
        lsh, hashes, pairs = MinHashLSH(threshold=0.5, num_perm=128), [], set()
        for i, words in enumerate(split):
            minhash = MinHash(num_perm=128)
            hashes.append(minhash)
            if grams := shingles(words):
                minhash.update_batch([gram.encode() for gram in grams])
                pairs.update((j, i) for j in lsh.query(minhash) if minhash.jaccard(hashes[j]) >= 0.5)
                lsh.insert(i, minhash)
        return pairs

    return run


def rensa(articles: pd.DataFrame) -> Callable[[], Pairs]:
    import rensa as engine

    split = split_articles(articles)

    def run() -> Pairs:
        lsh, hashes, pairs = engine.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), [], set()
        for i, words in enumerate(split):
            minhash = engine.RMinHash(num_perm=128, seed=42)
            hashes.append(minhash)
            if grams := shingles(words):
                minhash.update(list(grams))
                pairs.update((j, i) for j in lsh.query(minhash) if minhash.jaccard(hashes[j]) >= 0.5)
                lsh.insert(i, minhash)
        return pairs

    return run


def exact_join(articles: pd.DataFrame, most: int = 300) -> pd.DataFrame:
    """All pairs of articles with a common word 8-gram, how many, and the Jaccard index of their 8-gram sets.

    8-grams in more than `most` articles are left out: a formula tells nothing about who shares what.
    """
    from kzanalytics._columns import split_words

    words = split_words(articles["text"].tolist(), offsets=False)
    grams = np.lib.stride_tricks.sliding_window_view(words.ids, N)
    doc = np.repeat(np.arange(len(articles), dtype=np.int64), np.diff(words.ptr))
    inside = doc[: len(grams)] == doc[N - 1 :]
    factor = np.random.default_rng(1).integers(1, 2**61, N, dtype=np.uint64) | np.uint64(1)
    mixed = np.random.default_rng(2).integers(0, 2**63, len(words.vocabulary), dtype=np.uint64)
    code = np.zeros(len(grams), np.uint64)
    for k in range(N):
        code += mixed[grams[:, k]] * factor[k]
        code ^= code >> np.uint64(31)
    table = pd.DataFrame({"gram": code[inside], "doc": doc[: len(grams)][inside]}).drop_duplicates()
    size = table.groupby("doc").size().reindex(range(len(articles)), fill_value=0).to_numpy()
    count = table["gram"].map(table["gram"].value_counts()).to_numpy()
    table = table[(count > 1) & (count <= most)].sort_values(["gram", "doc"])
    gram, owner = table["gram"].to_numpy(), table["doc"].to_numpy()
    keys: list[np.ndarray] = []
    for shift in range(1, most):
        same = gram[shift:] == gram[:-shift]
        if not same.any():
            break
        keys.append(owner[:-shift][same] * len(articles) + owner[shift:][same])
    key, common = np.unique(np.concatenate(keys), return_counts=True)
    a, b = np.divmod(key, len(articles))
    return pd.DataFrame({"a": a, "b": b, "common": common, "jaccard": common / (size[a] + size[b] - common)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=1, help="runs; the fastest is reported")
    parser.add_argument("--engines", default=",".join(ENGINES))
    options = parser.parse_args()
    engines = options.engines.split(",")
    if len(engines) > 1:
        rest = [str(options.corpus), "--every", str(options.every), "--repeat", str(options.repeat)]
        each_alone(__file__, engines, *rest)
        return
    articles = read_corpus(options.corpus, options.every)
    run = {"kzanalytics": kzanalytics, "datasketch": datasketch, "rensa": rensa}[engines[0]](articles)
    pairs, seconds, processor = fastest(run, options.repeat)
    peak = peak_mb()  # before the join, which is not part of any engine
    truth = exact_join(articles)
    report = {
        "engine": engines[0],
        "articles": len(articles),
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "articles_per_second": round(len(articles) / seconds),
        "peak_mb": round(peak),
        "pairs": len(pairs),
    }
    for name, wanted in (("recall", truth["common"] >= 13), ("recall_j50", truth["jaccard"] >= 0.5)):
        true = set(zip(truth.loc[wanted, "a"], truth.loc[wanted, "b"], strict=True))
        report |= {f"{name}_of": len(true), name: round(len(true & pairs) / max(1, len(true)), 4)}
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
