"""A corpus of any size through mentions, attribution and rates: articles a second, memory, growth.

    python benchmarks/scale.py CORPUS [--sizes 1000,10000,100000] [--jobs 1,2] [--format parquet] [--folder DIR]
    python benchmarks/scale.py RESAMPLED.parquet --as-is --jobs 2,spark

CORPUS is resampled with replacement to each size, with fresh ids, and goes through `process_corpus` in a process of its own;
with --as-is a Parquet file goes through as it stands. Printed are, first, each stage alone on one core (processor time, so
that a busy machine does not count), then a row for each size and number of jobs: seconds on the clock, seconds until the
first batch was done, articles and bytes (UTF-8 text) a second, articles a second of processor time (of all processes; a busy
machine tells on it less), and the peak memory (VmHWM) of the parent and of the largest worker. Where Spark is among the jobs
(Parquet only), its result is compared with the local one. With --write a corpus of the first size is written to a file, for
--as-is, and nothing is measured; 1,000,000 articles need 2 GB.
"""

from __future__ import annotations

import argparse
import os
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
from _common import machine

BATCH = 2000


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


def counted(path: Path) -> tuple[int, int]:
    """Return the articles of a Parquet file and the bytes of their texts."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        batches = file.iter_batches(columns=["text"])
        return file.metadata.num_rows, sum(pc.sum(pc.binary_length(batch["text"])).as_py() for batch in batches)


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


def used(pid: int) -> tuple[float, float]:
    """Return the peak memory of a process in MB and its processor time in seconds; zeros if it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0, 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0, sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def below(pid: int) -> list[int]:
    """Return the children of a process, and theirs: workers are copies of a process that has loaded the modules."""
    try:
        children = [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return children + [d for c in children for d in below(c)]


def run(corpus: Path, output: Path, jobs: str) -> dict[str, float]:
    """Process a corpus in a process of its own, with so many workers or on Spark.

    Returns seconds on the clock, the part of them until the first batch was done, seconds of all processors, and peak MB of
    the parent and of the largest other process.
    """
    module, options = ("spark", "") if jobs == "spark" else ("stream", f", jobs={jobs}, batch_size={BATCH}")
    code = (
        f"import sys\nfrom kzanalytics.{module} import process_corpus\nif __name__ == '__main__':\n"
        f"    process_corpus(sys.argv[1], sys.argv[2]{options})\n"
    )
    script = output.with_suffix(".py")
    script.write_text(code)
    begin, first = time.perf_counter(), 0.0
    process = subprocess.Popen([sys.executable, str(script), str(corpus), str(output)])
    seen: dict[int, tuple[float, float]] = {}
    while process.poll() is None:
        for pid in (process.pid, *below(process.pid)):
            (memory, processor), (most, longest) = used(pid), seen.get(pid, (0.0, 0.0))
            seen[pid] = max(memory, most), max(processor, longest)
        if not first and any(output.glob("parts/*/*.articles.parquet")):
            first = time.perf_counter() - begin
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"process_corpus ended with {process.returncode}")
    return {
        "seconds": time.perf_counter() - begin,
        "first": first,
        "processor": sum(processor for _, processor in seen.values()),
        "parent": seen[process.pid][0],
        "worker": max((memory for pid, (memory, _) in seen.items() if pid != process.pid), default=0.0),
    }


def difference(local: Path, spark: Path) -> str:
    """Compare what the two engines left: every mention with its attribution, and the rates."""
    import pyarrow.parquet as pq

    keys = ["article_id", "start", "end", "frame"]
    ours = pd.read_parquet(local / "mentions.parquet")
    theirs = pq.read_table(spark / "mentions", partitioning="hive").to_pandas()
    wide = [
        table[ours.columns].astype({"frame": "str", "outlet": "str", "date": "datetime64[us]"}).sort_values(keys)
        for table in (ours, theirs)
    ]
    pd.testing.assert_frame_equal(*(table.reset_index(drop=True) for table in wide), check_dtype=False)
    rates = [pd.read_csv(folder / "rates.csv", encoding="utf-8-sig") for folder in (local, spark)]
    by = ["outlet", "frame"]
    pd.testing.assert_frame_equal(*(table.sort_values(by, ignore_index=True) for table in rates), check_dtype=False)
    return f"Spark and local: {len(ours):,} mentions and {len(rates[0]):,} rates are equal"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--format", default="parquet", choices=["parquet", "jsonl", "csv"])
    parser.add_argument("--folder", type=Path, help="where the resampled corpora go (default: a temporary folder)")
    parser.add_argument("--no-stages", action="store_true")
    parser.add_argument("--as-is", action="store_true", help="measure the file itself, without the stages")
    parser.add_argument("--write", type=Path, help="write a resampled corpus here, and end")
    options = parser.parse_args()
    from kzanalytics.files import read_articles

    sizes = [int(size) for size in options.sizes.split(",")]
    if options.write:
        write_corpus(read_articles(options.corpus), sizes[0], options.write)
        return
    articles = pd.DataFrame() if options.as_is else read_articles(options.corpus)
    print(f"{machine()}; corpus {options.corpus.name}\n")
    folder = Path(tempfile.mkdtemp(dir=options.folder))
    try:
        if not (options.no_stages or options.as_is):
            stages(articles, folder)
        print(
            "| articles | jobs | seconds | first batch after | articles/s | MB/s | articles/s of processor | parent MB |"
            " worker MB |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
        )
        for size in [0] if options.as_is else sizes:
            corpus = options.corpus if options.as_is else folder / f"news.{options.format}"
            if options.as_is:
                size, n_bytes = counted(corpus)
            else:
                n_bytes = write_corpus(articles, size, corpus)
            for jobs in options.jobs.split(","):
                output = folder / f"out-{size}-{jobs}"
                it = run(corpus, output, jobs)
                speed = (
                    f"{size / it['seconds']:,.0f} | {n_bytes / 1e6 / it['seconds']:.1f} | {size / it['processor']:,.0f}"
                )
                memory = f"{it['parent']:.0f} | {it['worker']:.0f}"
                print(
                    f"| {size:,} | {jobs} | {it['seconds']:.1f} | {it['first']:.1f} | {speed} | {memory} |", flush=True
                )
            made = {jobs: folder / f"out-{size}-{jobs}" for jobs in options.jobs.split(",")}
            local = next((output for jobs, output in made.items() if jobs != "spark"), None)
            if "spark" in made and local:
                print(f"\n{difference(local, made['spark'])}\n", flush=True)
            for output in made.values():
                shutil.rmtree(output)
            if not options.as_is:
                corpus.unlink()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
