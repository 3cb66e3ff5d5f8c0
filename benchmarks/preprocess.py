"""How fast Arabic text becomes normalised words, and at what memory, beside the usual Python tools.

    python benchmarks/preprocess.py CORPUS [--every N] [--repeat 3] [--column text]

CORPUS is a table that pandas reads (Parquet, CSV, JSON Lines) with a text column. Every engine runs in a process of its
own, so that peak memory is its own and nothing is warm from another; the median of the repeats is shown. Engines take
turns within a repeat, so that a busy machine slows them alike; there, compare seconds of the processor (cpu s). Peers
that are not installed are skipped (``pip install pyarabic nltk PyStemmer``; pyarabic is GPL and only measured here, never
a dependency).

What each engine does is said in its docstring: they do not do the same. Only the ``kz`` engines keep marks, tatweel and
controls out, join names and abbreviations, and leave addresses out.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import NamedTuple

import pandas as pd

STEM_SAMPLE = 4  # stemmers and pyarabic are slow: they see one text in so many, and their speed is per megabyte anyway


def read(path: Path, column: str, every: int) -> list[str]:
    readers: dict[str, Callable[..., pd.DataFrame]] = {".parquet": pd.read_parquet, ".csv": pd.read_csv}
    reader = readers.get(path.suffix, lambda name: pd.read_json(name, lines=True))
    return [text for text in reader(path)[column].tolist() if isinstance(text, str)][::every]


def megabytes(texts: list[str]) -> float:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6


def run_split(texts: list[str]) -> int:
    """str.split and Counter: no normalisation, punctuation glued on, no ids."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text.split())
    return len(counts)


def run_kz_ids(texts: list[str]) -> int:
    """Normalised words as ids with their vocabulary."""
    from kzanalytics._columns import split_words

    return len(split_words(texts, offsets=False).vocabulary)


def run_kz_offsets(texts: list[str]) -> int:
    """The same with offsets into the raw text."""
    from kzanalytics._columns import split_words

    return len(split_words(texts).vocabulary)


def run_kz_lemmas(texts: list[str]) -> int:
    """Words as spelled, and the lemma of each type."""
    from kzanalytics._columns import split_words
    from kzanalytics._lemma_columns import lemmatize_types

    return len(set(lemmatize_types(split_words(texts, offsets=False, spelled=True).vocabulary)))


def run_pyarabic(texts: list[str]) -> int:
    """pyarabic: strip marks and tatweel, normalise hamza, alef and lam-alef, tokenise, count."""
    from pyarabic import araby

    counts: Counter[str] = Counter()
    for text in texts:
        text = araby.normalize_ligature(araby.strip_tatweel(araby.strip_tashkeel(text)))
        counts.update(araby.tokenize(araby.normalize_alef(araby.normalize_hamza(text, method="tasheel"))))
    return len(counts)


def run_count_vectorizer(texts: list[str]) -> int:
    """scikit-learn's CountVectorizer with its default pattern, which cuts words at marks."""
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer()
    vectorizer.fit_transform(texts)
    return len(vectorizer.vocabulary_)


def run_isri(texts: list[str]) -> int:
    """NLTK's ISRI stemmer on every type of str.split."""
    from nltk.stem.isri import ISRIStemmer

    stem = ISRIStemmer().stem
    return len({stem(word) for word in {word for text in texts for word in text.split()}})


def run_snowball(texts: list[str]) -> int:
    """PyStemmer's (Snowball's) Arabic stemmer on every type of str.split."""
    import Stemmer

    return len(set(Stemmer.Stemmer("arabic").stemWords(list({word for text in texts for word in text.split()}))))


ENGINES: dict[str, tuple[Callable[[list[str]], int], int]] = {
    "str.split + Counter": (run_split, 1),
    "kz ids": (run_kz_ids, 1),
    "kz ids + offsets": (run_kz_offsets, 1),
    "kz lemmas": (run_kz_lemmas, 1),
    "CountVectorizer": (run_count_vectorizer, 1),
    "pyarabic": (run_pyarabic, STEM_SAMPLE),
    "NLTK ISRI (types)": (run_isri, STEM_SAMPLE),
    "PyStemmer (types)": (run_snowball, STEM_SAMPLE),
}


class Run(NamedTuple):
    """One run of one engine; `extra` is the peak of its memory above what its texts and imports took."""

    seconds: float
    cpu: float
    size: float
    types: int
    extra: float


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _memory(key: str) -> float:
    """VmRSS or VmHWM (the peak) of this process in MB; not a number where there is no /proc."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return float("nan")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(key)), float("nan"))


def _measure(name: str, path: Path, column: str, every: int, connection: Connection) -> None:
    """Run one engine once in this process and send what it took, or why it could not run."""
    engine, sample = ENGINES[name]
    texts = read(path, column, every * sample)
    try:
        engine(texts[:20])  # imports, tables and dictionaries are loaded once, whatever the corpus
    except ImportError as error:
        connection.send(str(error))
        return
    reset = Path("/proc/self/clear_refs")
    if reset.exists():
        reset.write_text("5", encoding="ascii")  # forget the peak of reading the corpus
    before, cpu, start = _memory("VmRSS"), _cpu(), time.perf_counter()
    types = engine(texts)
    seconds, cpu = time.perf_counter() - start, _cpu() - cpu
    connection.send(Run(seconds, cpu, megabytes(texts), types, _memory("VmHWM") - before))


def measure(name: str, path: Path, column: str, every: int) -> Run | str:
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(name, path, column, every, send))
    process.start()
    send.close()
    try:
        return receive.recv()
    except EOFError:
        return "failed"
    finally:
        process.join()


def _measure_part(part: int, path: Path, column: str, every: int, ready: Barrier, connection: Connection) -> None:
    """Ids of one half of the texts, in a process that has read only them and starts when the other is ready."""
    texts = read(path, column, every)[part::2]
    run_kz_ids(texts[:20])
    ready.wait()
    cpu, start = _cpu(), time.monotonic()
    types = run_kz_ids(texts)
    connection.send((start, time.monotonic(), _cpu() - cpu, megabytes(texts), types))


def measure_two(path: Path, column: str, every: int) -> Run:
    """Two processes with a half of the texts each, from the start of the first to the end of the last."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(2)
    pipes = [context.Pipe(duplex=False) for _ in range(2)]
    processes = [
        context.Process(target=_measure_part, args=(part, path, column, every, ready, pipe[1]))
        for part, pipe in enumerate(pipes)
    ]
    for process in processes:
        process.start()
    start, end, cpu, size, types = zip(*(receive.recv() for receive, _ in pipes), strict=True)
    for process in processes:
        process.join()
    return Run(max(end) - min(start), sum(cpu), sum(size), max(types), float("nan"))


def compare(path: Path, column: str, every: int, repeat: int) -> None:
    results: dict[str, list[Run]] = {}
    for _ in range(repeat):
        for name in ENGINES:
            found = measure(name, path, column, every)
            if isinstance(found, str):
                print(f"# {name}: skipped, {found}", file=sys.stderr)
            else:
                results.setdefault(name, []).append(found)
            if name == "kz ids":
                results.setdefault("kz ids, 2 processes", []).append(measure_two(path, column, every))
    print(f"{'engine':<22}{'MB':>8}{'seconds':>9}{'MB/s':>8}{'cpu s':>8}{'kz ids is':>11}{'types':>10}{'extra MB':>10}")
    speed = {name: statistics.median(row.size / row.seconds for row in rows) for name, rows in results.items()}
    for name, rows in results.items():
        seconds, cpu = (statistics.median(values) for values in zip(*(row[:2] for row in rows), strict=True))
        times, extra = f"{speed['kz ids'] / speed[name]:.1f} x", max(row.extra for row in rows)
        numbers = f"{rows[0].size:>8.1f}{seconds:>9.2f}{speed[name]:>8.1f}{cpu:>8.2f}{times:>11}"
        print(f"{name:<22}{numbers}{rows[0].types:>10}{extra:>10.0f}")


def grow(path: Path, column: str, every: int, repeat: int) -> None:
    print(f"\n{'growth of kz ids':<22}{'MB':>8}{'seconds':>9}{'cpu s':>8}{'cpu s/MB':>10}{'extra MB':>10}{'per MB':>8}")
    for part in (8, 4, 2, 1):
        runs = [measure("kz ids", path, column, every * part) for _ in range(repeat)]
        rows = [run for run in runs if not isinstance(run, str)]
        seconds, cpu = (statistics.median(values) for values in zip(*(row[:2] for row in rows), strict=True))
        size, extra = rows[0].size, statistics.median(row.extra for row in rows)
        numbers = f"{size:>8.1f}{seconds:>9.2f}{cpu:>8.2f}{cpu / size:>10.4f}{extra:>10.0f}{extra / size:>8.1f}"
        print(f"{'1/' + str(part):<22}{numbers}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--column", default="text")
    parser.add_argument("--every", type=int, default=1, help="take one text in so many (1: the whole corpus)")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    compare(options.corpus, options.column, options.every, options.repeat)
    grow(options.corpus, options.column, options.every, options.repeat)


if __name__ == "__main__":
    main()
