"""How fast `find_mentions` is, and how fast others find the same words.

usage: python benchmarks/mentions.py CORPUS.parquet [--every N] [--repeat R] [--engines NAME ...]

`find_mentions` does the whole work: raw text in, table of mentions with offsets into the raw text out, phrases with gaps,
exclusions, boilerplate left out. The others (pip install flashtext pyahocorasick) get it easier: text that is normalised
already (words parted by one space, which is not timed), and as a lexicon only the surface strings that `find_mentions`
met in this corpus, since a phrase of three words has some 10**8 forms:

re           one compiled alternation per frame; counts the matches
flashtext    keywords with their spans
ahocorasick  pyahocorasick's bare scan: every hit with its end, no word boundaries checked but by spaces, no overlap resolved

Every engine runs in this process, `find_mentions` with one thread more than there are cores, the others with the one that
Python lets them have; the fastest of R runs counts; `find_mentions` runs once before them, for the first to need so much
memory is slower. With each run of another engine `find_mentions` runs once more, right before it, for the clock of a
shared machine swings: `own_mb_cpu_s` is the fastest of these runs, `turns` the median of the ratios of processor time,
`turns_wall` of the time on the clock.
Reading and checking the table (`kz.read_articles`) is not timed. quanteda needs R and is not run here. One JSON line per
engine.
"""

import argparse
import json
import re
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import pandas as pd
from _common import fastest, read_corpus

import kzanalytics as kz


def normalised(texts: Sequence[str]) -> list[str]:
    """The words of each text, folded, with one space between."""
    from kzanalytics._columns import split_words

    words = split_words(texts, offsets=False)
    ids = words.ids.tolist()
    bounds = words.ptr.tolist()
    return [" ".join([words.vocabulary[i] for i in ids[first:last]]) for first, last in pairwise(bounds)]


def surface_lexicon(mentions: pd.DataFrame) -> dict[str, str]:
    """Every string that was found, folded like the texts, with its frame; of two frames the first."""
    lexicon: dict[str, str] = {}
    pairs = mentions[["text", "frame"]].astype(str).drop_duplicates()
    folded = normalised(pairs["text"].tolist())
    for form, frame in zip(folded, pairs["frame"], strict=True):
        lexicon.setdefault(form, frame)
    return lexicon


def make_re(lexicon: dict[str, str]) -> Callable[[Sequence[str]], int]:
    patterns = []
    for frame in sorted(set(lexicon.values())):
        forms = sorted((f for f in lexicon if lexicon[f] == frame), key=len, reverse=True)
        patterns.append(re.compile(r"\b(?:" + "|".join(map(re.escape, forms)) + r")\b"))
    return lambda texts: sum(len(p.findall(text)) for text in texts for p in patterns)


def make_flashtext(lexicon: dict[str, str]) -> Callable[[Sequence[str]], int]:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.non_word_boundaries |= set("ءابتثجحخدذرزسشصضطظعغفقكلمنهويئؤ")
    for form, frame in lexicon.items():
        processor.add_keyword(form, frame)
    return lambda texts: sum(len(processor.extract_keywords(text, span_info=True)) for text in texts)


def make_ahocorasick(lexicon: dict[str, str]) -> Callable[[Sequence[str]], int]:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for form, frame in lexicon.items():
        automaton.add_word(f" {form} ", (frame, len(form) + 1))
    automaton.make_automaton()
    return lambda texts: sum(len(list(automaton.iter(f" {text} "))) for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--every", type=int, default=1, help="take every Nth article")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engines", nargs="*", default=["re", "flashtext", "ahocorasick"])
    options = parser.parse_args()
    articles = read_corpus(options.corpus, options.every)
    codebook = kz.load_codebook("kazakhstan-2022")
    start = time.perf_counter()
    mentions = kz.find_mentions(articles.head(1), codebook)
    build = time.perf_counter() - start
    texts = articles["text"].tolist()
    megabytes = sum(len(text.encode()) for text in texts) / 1e6

    def report(engine: str, count: int, wall: float, cpu: float, **more: object) -> None:
        line = {"engine": engine, "articles": len(texts), "mb": round(megabytes, 1), "found": count}
        line |= {"wall_s": round(wall, 2), "cpu_s": round(cpu, 2), "articles_s": round(len(texts) / wall)}
        line |= {"mb_s": round(megabytes / wall, 1), "mb_cpu_s": round(megabytes / cpu, 1)}
        print(json.dumps(line | more), flush=True)

    def own() -> int:
        nonlocal mentions
        mentions = kz.find_mentions(articles, codebook)
        return len(mentions)

    own()
    report("find_mentions", *fastest(own, options.repeat), first_call_s=round(build, 2))
    folded = normalised(texts)
    lexicon = surface_lexicon(mentions)
    makers = {"re": make_re, "flashtext": make_flashtext, "ahocorasick": make_ahocorasick}
    for name in options.engines:
        start = time.perf_counter()
        engine = makers[name](lexicon)
        build = time.perf_counter() - start
        turns: list[tuple[int, float, float]] = []
        own_turns, ratios = [], []
        for _ in range(1 if name == "re" else options.repeat):
            mine = fastest(own, 1)
            turns.append(fastest(lambda engine=engine: engine(folded), 1))
            own_turns.append(mine[2])
            ratios.append([turns[-1][i] / mine[i] for i in (1, 2)])
        fewest = [min(turn[i] for turn in turns) for i in range(3)]
        wall, cpu = (round(statistics.median(column), 3) for column in zip(*ratios, strict=True))
        more = {"own_mb_cpu_s": round(megabytes / min(own_turns), 1), "turns": cpu, "turns_wall": wall}
        report(name, *fewest, first_call_s=round(build, 2), lexicon=len(lexicon), **more)


if __name__ == "__main__":
    main()
