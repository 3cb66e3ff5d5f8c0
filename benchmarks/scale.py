"""A corpus of any size through mentions, attribution and rates: articles a second, memory, growth.

    python benchmarks/scale.py CORPUS [--sizes 1000,10000,100000] [--jobs 1,2] [--format parquet] [--folder DIR]

CORPUS is resampled with replacement to each size, with fresh ids, and goes through `process_corpus` in a process of its own.
Printed are, first, each stage alone on one core (processor time, so that a busy machine does not count), then a row for each
size and number of jobs: seconds on the clock, articles and bytes (UTF-8 text) a second, articles a second of processor time
(of all processes; a busy machine tells on it less), and the peak memory (VmHWM) of the
parent and of the largest worker. With 1000000 in --sizes it needs about 3 GB of disk and half an hour.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

BATCH = 1000


def resampled(articles: pd.DataFrame, size: int) -> Iterator[pd.DataFrame]:
    """Articles drawn with replacement, with fresh ids; the same ones in each run."""
    chance = np.random.default_rng(2022)
    for first in range(0, size, 10_000):
        drawn = articles.iloc[chance.integers(0, len(articles), min(10_000, size - first))].reset_index(drop=True)
        yield drawn.assign(article_id=[f"r{first + i}" for i in range(len(drawn))])


def write_corpus(articles: pd.DataFrame, size: int, path: Path) -> int:
    """Write a resampled corpus; return the bytes of its texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    total, writer = 0, None
    for part in resampled(articles, size):
        total += int(sum(len(t.encode()) for t in part["text"]))
        if path.suffix == ".parquet":
            table = pa.Table.from_pandas(part, preserve_index=False)
            writer = writer or pq.ParquetWriter(path, table.schema)
            writer.write_table(table)
        elif path.suffix == ".csv":
            part.to_csv(path, mode="a", index=False, header=not path.exists())
        else:
            dated = part.assign(date=part["date"].astype("str"))
            dated.to_json(path, mode="a", orient="records", lines=True, force_ascii=False)
    if writer:
        writer.close()
    return total


def stages(articles: pd.DataFrame, folder: Path) -> None:
    """Print what each stage does in a second of one core."""
    import kzanalytics as kz

    size = min(5000, len(articles))
    book = kz.load_codebook("kazakhstan-2022")
    paths = {e: folder / f"stages.{e}" for e in ("parquet", "jsonl", "csv")}
    n_bytes = max(write_corpus(articles, size, path) for path in paths.values())
    batches = list(kz.iter_articles(paths["parquet"], batch_size=BATCH))
    kz.attribute_mentions(kz.find_mentions(batches[0], book), batches[0])  # what is loaded once
    print(f"| stage ({size:,} articles, {n_bytes / 1e6:.0f} MB) | articles/s | MB/s |\n|---|---:|---:|")

    def row(name: str, work: Callable[[], Any]) -> Any:
        begin = time.process_time()
        result = work()
        seconds = time.process_time() - begin
        print(f"| {name} | {size / seconds:,.0f} | {n_bytes / 1e6 / seconds:.1f} |", flush=True)
        return result

    for ending, path in paths.items():
        row(f"read {ending}", lambda p=path: sum(map(len, kz.iter_articles(p, batch_size=BATCH))))  # type: ignore[misc]
    found = row("find_mentions", lambda: [kz.find_mentions(b, book) for b in batches])
    row("count_tokens", lambda: [kz.count_tokens(b) for b in batches])
    n_mentions = sum(map(len, found))
    row(
        f"attribute_mentions ({n_mentions:,} mentions)",
        lambda: [kz.attribute_mentions(m, b) for m, b in zip(found, batches, strict=True)],
    )
    print()


def peak(pid: int) -> float:
    """Return the peak memory of a process in MB; 0 if it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def children(pid: int) -> list[int]:
    """Return the children of a process."""
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def run(corpus: Path, output: Path, jobs: int) -> tuple[float, float, float, float]:
    """Process a corpus in a process of its own: seconds on the clock, of processors, peak MB of parent and largest worker."""
    code = (
        "import sys\nfrom kzanalytics.stream import process_corpus\nif __name__ == '__main__':\n"
        f"    process_corpus(sys.argv[1], sys.argv[2], jobs={jobs}, batch_size={BATCH}, progress=False)\n"
    )
    script = output.with_suffix(".py")
    script.write_text(code)
    begin, used = time.perf_counter(), os.times()
    process = subprocess.Popen([sys.executable, str(script), str(corpus), str(output)])
    parent = worker = 0.0
    while process.poll() is None:
        parent = max(parent, peak(process.pid))
        worker = max([worker, *(peak(child) for child in children(process.pid))])
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"process_corpus ended with {process.returncode}")
    now = os.times()
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    return time.perf_counter() - begin, processor, parent, worker


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--format", default="parquet", choices=["parquet", "jsonl", "csv"])
    parser.add_argument("--folder", type=Path, help="where the resampled corpora go (default: a temporary folder)")
    parser.add_argument("--no-stages", action="store_true")
    options = parser.parse_args()
    from kzanalytics.files import read_articles

    articles = read_articles(options.corpus)
    load = os.getloadavg()[0]
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ",
        end="",
    )
    print(f"load {load:.1f} at the start; {len(articles):,} articles in {options.corpus.name}\n")
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        if not options.no_stages:
            stages(articles, folder)
        print(
            "| articles | jobs | seconds | articles/s | MB/s | articles/s of processor | parent MB | worker MB |\n"
            "|---:|---:|---:|---:|---:|---:|---:|---:|"
        )
        for size in map(int, options.sizes.split(",")):
            corpus = folder / f"news.{options.format}"
            n_bytes = write_corpus(articles, size, corpus)
            for jobs in map(int, options.jobs.split(",")):
                output = folder / f"out-{size}-{jobs}"
                seconds, processor, parent, worker = run(corpus, output, jobs)
                speed = f"{size / seconds:,.0f} | {n_bytes / 1e6 / seconds:.1f} | {size / processor:,.0f}"
                print(f"| {size:,} | {jobs} | {seconds:.1f} | {speed} | {parent:.0f} | {worker:.0f} |", flush=True)
                shutil.rmtree(output)
            corpus.unlink()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
