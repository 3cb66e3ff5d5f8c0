"""Keyness of every outlet against the rest, beside scattertext.

    python benchmarks/keyness.py CORPUS.parquet [--every 8] [--engines words,statistics,lemmas,scattertext]

CORPUS has columns article_id, outlet, text (any table that read_table reads). Each engine runs in a process of its own and
prints one JSON line: seconds on the clock and of the processor (on a busy machine compare the latter), peak memory.

words        keyness from raw text, with normalised words as terms: boilerplate found and left out, words cut and folded,
             z, intervals, dispersion, leave-one-article-out range, ranks and readable labels
lemmas       the same as users call it: lemmas without stop words; the lexicon is loaded within the time
statistics   what keyness does after counting: z, intervals, dispersion, leave-one-article-out range, ranks, labels
scattertext  gets text that somebody else has cleaned, cut, normalised and joined by blanks (not timed), so that its
             whitespace_nlp only splits; it counts words and scores each outlet against the rest with its own
             LogOddsRatioInformativeDirichletPrior: z alone, no lemmas. `largest_difference` is that between our z
             and its z from the same counts and prior (variance="full"), over all outlets and words
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd

ENGINES = ("words", "statistics", "lemmas", "scattertext")
PRIOR = 500.0


def our_words(articles: pd.DataFrame, top: int | None = 50) -> pd.DataFrame:
    from kzanalytics import Analyzer, keyness

    analyzer = Analyzer(unit="word", stop_words=(), min_length=1)
    return keyness(articles, analyzer=analyzer, prior=PRIOR, variance="full", min_articles=1, top=top)


def words(articles: pd.DataFrame) -> Callable[[], object]:
    return lambda: our_words(articles)


def lemmas(articles: pd.DataFrame) -> Callable[[], object]:
    from kzanalytics import keyness

    return lambda: keyness(articles)


def statistics(articles: pd.DataFrame) -> Callable[[], object]:
    from kzanalytics import Analyzer, keyness, terms

    counts = terms.count_terms(articles, "outlet", Analyzer(unit="word"))

    def run() -> object:
        with patch.object(terms, "count_terms", lambda *_: counts):
            return keyness(articles)

    return run


def scattertext(articles: pd.DataFrame) -> Callable[[], object]:
    import scattertext as st
    from scattertext.features.UnigramsFromSpacyDoc import UnigramsFromSpacyDoc
    from scattertext.termsignificance.LogOddsRatioInformativeDirichletPiror import (
        LogOddsRatioInformativeDirichletPrior as LogOdds,
    )

    from kzanalytics._columns import split_words

    found = split_words(articles["text"].tolist(), offsets=False)
    joined = [
        " ".join([found.vocabulary[i] for i in found.ids[low:high].tolist()])
        for low, high in zip(found.ptr[:-1], found.ptr[1:], strict=True)
    ]
    table = pd.DataFrame({"text": joined, "outlet": articles["outlet"]})

    def run() -> dict[str, pd.Series]:
        corpus = st.CorpusFromPandas(
            table,
            category_col="outlet",
            text_col="text",
            nlp=st.whitespace_nlp,
            feats_from_spacy_doc=UnigramsFromSpacyDoc(),
        ).build()
        counts = corpus.get_term_freq_df("")
        total = counts.sum(axis=1)
        scorer = LogOdds(total, sigma=PRIOR, scale_type="word")
        return {o: scorer.get_zeta_i_j_given_separate_counts(counts[o], total - counts[o]) for o in counts}

    return run


def largest_difference(ours: pd.DataFrame) -> float:
    """Between our z and scattertext's from the same counts."""
    from scattertext.termsignificance.LogOddsRatioInformativeDirichletPiror import (
        LogOddsRatioInformativeDirichletPrior as LogOdds,
    )

    counts = ours.pivot_table(index="lemma", columns="outlet", values="count", fill_value=0)
    total = counts.sum(axis=1)
    scorer = LogOdds(total, sigma=PRIOR, scale_type="word")
    largest = 0.0
    for outlet, own in ours.groupby("outlet"):
        theirs = scorer.get_zeta_i_j_given_separate_counts(counts[outlet], total - counts[outlet])
        largest = max(largest, float(np.abs(own["z"] - own["lemma"].map(theirs)).max()))
    return largest


def peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


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
        for engine in engines:
            subprocess.run([sys.executable, __file__, *rest, "--engines", engine], check=False)
        return
    from kzanalytics.files import read_table

    articles = read_table(options.corpus).iloc[:: options.every].reset_index(drop=True)
    run = {"words": words, "lemmas": lemmas, "statistics": statistics, "scattertext": scattertext}[engines[0]](articles)
    clock, processor = [], []
    for _ in range(options.repeat):
        began, began_processor = time.perf_counter(), time.process_time()
        run()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    report = {
        "engine": engines[0],
        "articles": len(articles),
        "groups": articles["outlet"].nunique(),
        "seconds": round(min(clock), 2),
        "processor_seconds": round(min(processor), 2),
        "peak_mb": round(peak_mb()),
    }
    if engines[0] == "scattertext":
        report["largest_difference"] = largest_difference(our_words(articles, top=None))
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
