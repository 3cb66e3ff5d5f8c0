"""How many mentions a second `attribute_mentions` attributes, in one process, and how often each label comes out.

Run from the root of the project, on a table of articles of your own (CSV, JSON Lines or Parquet; ``article_id``, ``text``):

    python benchmarks/attribution.py ARTICLES [--every 8] [--mentions terms|codebook]

The mentions are those of the terrorism and fuel words below, or those of the whole codebook; finding them is not timed.
Two rates are printed: the first run of a process pays for loading the lists and for working out each word form once, the
second does not. Articles are all those of the table, as in a stream: most have no mention.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path

import pandas as pd
from _common import machine

from kzanalytics.attribution import attribute_mentions
from kzanalytics.codebooks import load_codebook
from kzanalytics.mentions import find_mentions

LETTER = "ء-ْٰـ"
TERMS = re.compile(
    rf"(?<![{LETTER}])[وفبكل]{{0,2}}(?:ال|لل)?[إا]رهاب[{LETTER}]*"
    rf"|(?<![{LETTER}])[وفبكل]{{0,2}}[أا]سعار\s+(?:الوقود|البنزين|الغاز|المحروقات|الديزل)"
)


def find(articles: pd.DataFrame) -> pd.DataFrame:
    """Spans of the terms, as a mentions table."""
    rows = [
        (article_id, m.start(), m.end())
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for m in TERMS.finditer(text)
    ]
    return pd.DataFrame(rows, columns=["article_id", "start", "end"])


def main() -> None:
    """Time two runs and print them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take every n-th article")
    parser.add_argument("--mentions", choices=("terms", "codebook"), default="terms", help="which mentions (terms)")
    options = parser.parse_args()
    read = {".parquet": pd.read_parquet, ".csv": pd.read_csv, ".jsonl": lambda p: pd.read_json(p, lines=True)}
    articles = read[options.articles.suffix](options.articles)[["article_id", "text"]].iloc[:: options.every]
    articles["article_id"] = articles["article_id"].astype(str)
    terms = options.mentions == "terms"
    mentions = find(articles) if terms else find_mentions(articles, load_codebook("kazakhstan-2022"))
    print(machine())
    print(f"{len(mentions)} mentions in {mentions['article_id'].nunique()} of {len(articles)} articles")
    for name in ("first run", "second run"):
        wall, cpu = time.perf_counter(), time.process_time()
        found = attribute_mentions(mentions, articles)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(
            f"{name}: {len(mentions) / wall:.0f} mentions/s elapsed, {len(mentions) / cpu:.0f} mentions/s of processor"
            f" time, {len(articles) / cpu:.0f} articles/s"
        )
    for label in ("voice", "quote", "polarity", "stance"):
        print(label, found[label].value_counts(normalize=True).round(3).to_dict())


if __name__ == "__main__":
    main()
