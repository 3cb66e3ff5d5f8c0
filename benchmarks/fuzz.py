"""Mutated real articles through the whole chain: no crash, no hang, nothing lost.

    python benchmarks/fuzz.py CORPUS [--articles 10000] [--seed 1]

Each article of CORPUS (any table that `read_articles` reads) is damaged in one to five ways: pieces cut out, doubled, repeated
many times, swapped or turned around; hostile characters, marks and cue words put in; all stops or spaces taken out. They are
written as JSON Lines and CSV and read back in batches, which must bring back every one; then come the mentions (whose spans must
be the text they point at), attribution, word counts, passages, tokens and rates. What fails is printed by its number and
damage, never by its text, so that a case can be composed from it. A second of processor time for 100 KB is the limit.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import kzanalytics as kz
from kzanalytics.stream import Rejects, iter_articles

PIECES = (
    "« » “ ” \" ' ( ) : . .. … ، ؛ ؟ ! \n \r \t \u2028 \x85 \x1c \x00 \u00a0 \u200f \u202e \u2066 \u200d \ufeff ـ \u0651 \u0670 "
    "\ue000 \U000f0000 \U0001f600 http:// a@b.c =1+1 <script> 1,000 ٢٠٢٢ ﷺ ﻻ قال إن أكد ووصف بأنه وقال: بحسب كما ما وصفه بـ "
    "المزعوم ليس لا لم لن بوتين توكاييف الرئيس وزير الخارجية الإرهاب ثورة ملونة أسعار الوقود مشاركة اقرأ أيضا"
).split(" ")


def damage(text: str, chance: random.Random) -> tuple[str, list[str]]:
    """Damage a text in some ways; say which."""
    done = []
    for _ in range(chance.randint(1, 5)):
        a, b = sorted(chance.randrange(len(text) + 1) for _ in "ab")
        b = min(b, a + chance.choice([1, 10, 100, 1000]))
        kind = chance.choice(["cut", "double", "repeat", "turn", "swap", "put", "sprinkle", "stops", "spaces", "lines"])
        piece = chance.choice(PIECES)
        if kind == "cut":
            text = text[:a] + text[b:]
        elif kind == "double":
            text = text[:b] + text[a:b] + text[b:]
        elif kind == "repeat":
            text = text[:a] + piece * chance.choice([2, 50, 1000]) + text[a:]
        elif kind == "turn":
            text = text[:a] + text[a:b][::-1] + text[b:]
        elif kind == "swap":
            text = text[b:] + text[a:b] + text[:a]
        elif kind == "put":
            text = text[:a] + piece + text[a:]
        elif kind == "sprinkle":
            text = "".join(c + piece if chance.random() < 0.03 else c for c in text)
        elif kind == "stops":
            text = text.replace(".", "").replace("\n", " ")
        elif kind == "spaces":
            text = text.replace(" ", chance.choice(["", "\u00a0", "  ", "\n", "_"]))
        else:
            text = text.replace(". ", ".\n")
        done.append(
            f"{kind} {piece.encode('unicode_escape').decode() if kind in ('repeat', 'put', 'sprinkle') else ''}"
        )
        text = text[:200_000] or "خبر"
    return text, done


def chain(articles: pd.DataFrame, book: kz.Codebook) -> None:
    """Do everything that reads text, and hold the results to it."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    mentions = kz.find_mentions(articles, book)
    attributed = kz.attribute_mentions(mentions, articles)
    passages = kz.split_passages(articles)
    for table in (mentions, passages):
        for name, start, end, text in table[["article_id", "start", "end", "text"]].itertuples(index=False):
            if texts[name][start:end] != text or not text:
                raise AssertionError(f"a span does not hold its text: {name} {start} {end}")
    counts = kz.count_tokens(articles)
    rates = kz.frame_rates(attributed, articles.assign(n_tokens=counts), by=None, n_bootstrap=20)
    if len(attributed) != len(mentions) or rates["n_mentions"].sum() != len(mentions):
        raise AssertionError("mentions were lost")
    for text in texts.values():
        if any(text[t.start : t.end] != t.text for t in kz.tokenize(text)):
            raise AssertionError("a token does not stand where it says")


def tried(work: Callable[[], None]) -> tuple[str, float]:
    """Run it; return what went wrong, if anything, and the seconds it took."""
    begin = time.process_time()
    wrong = ""
    try:
        work()
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        wrong = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
    return wrong, time.process_time() - begin


def main() -> None:
    """Print what fails, and a summary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    chance = random.Random(options.seed)
    source = kz.read_articles(options.corpus)
    book = kz.load_codebook("kazakhstan-2022")
    texts = source["text"].tolist()
    damaged = [damage(chance.choice(texts), chance) for _ in range(options.articles)]
    blank = sum(text.isspace() for text, _ in damaged)
    ids = [f"{options.seed}-{i}" for i in range(len(damaged))]
    table = pd.DataFrame({"article_id": ids, "text": [text for text, _ in damaged]})
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("jsonl", "csv"):
            path = kz.write_table(table, Path(folder) / f"damaged.{ending}")
            rejects = Rejects()
            back = pd.concat(list(iter_articles(path, rejects=rejects)), ignore_index=True)
            kept = table[[not text.isspace() for text in table["text"]]]
            same = back["text"].tolist() == kept["text"].tolist() and len(rejects.rows) == blank
            print(
                f"{ending}: {len(back):,} articles back, {len(rejects.rows)} without text: {'ok' if same else 'LOST OR CHANGED'}"
            )
    chain(back.iloc[:5], book)
    failed = slow = 0
    worst = 0.0
    size = 50
    for first in range(0, len(back), size):
        batch = back.iloc[first : first + size].reset_index(drop=True)
        wrong, _ = tried(lambda b=batch: chain(b, book))  # type: ignore[misc]
        for i in range(len(batch)) if wrong else ():
            wrong, _ = tried(lambda b=batch, i=i: chain(b.iloc[[i]].reset_index(drop=True), book))  # type: ignore[misc]
            if wrong:
                failed += 1
                name = batch["article_id"].iloc[i]
                print(f"{name}: {wrong}: {'; '.join(damaged[int(name.split('-')[1])][1])}", flush=True)
        for row in batch[batch["text"].str.len() > 20_000].index:
            n_bytes = len(batch["text"].iloc[row].encode())
            one = batch.iloc[[row]].reset_index(drop=True)
            _, seconds = tried(lambda a=one: chain(a, book))  # type: ignore[misc]
            worst = max(worst, seconds * 1e5 / n_bytes)
            if seconds > n_bytes / 1e5:
                slow += 1
                name = one["article_id"].iloc[0]
                print(
                    f"{name}: {seconds:.1f} s for {n_bytes:,} bytes: {'; '.join(damaged[int(name.split('-')[1])][1])}",
                    flush=True,
                )
    print(f"{len(back):,} damaged articles: {failed} failed, {slow} slow; the slowest took {worst:.2f} s for 100 KB")


if __name__ == "__main__":
    main()
