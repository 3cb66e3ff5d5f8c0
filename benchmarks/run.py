"""Run all benchmarks on a corpus and print one table: what we do in a second, what a peer does, and the ratio.

    pip install -r benchmarks/requirements.txt
    python benchmarks/run.py CORPUS.parquet [--quick] [--only words,mentions] [--output benchmarks/results.md]

CORPUS is a Parquet table with article_id, outlet, text. Every benchmark runs in a process of its own, one after the other;
peers that are not installed are left out. --quick takes a sixteenth of the corpus and is for trying the command, not for
figures. The whole takes about half an hour and wants an otherwise idle machine. What each engine does and does not do is
said in the script that measures it: the peers do less than we do, or start from text that somebody else has prepared.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from _common import machine

HERE = Path(__file__).resolve().parent


class Row(NamedTuple):
    """A line of the table; figures are amounts per second, so that more is better; without a peer there is no ratio."""

    task: str
    unit: str
    ours: float
    peer: str = ""
    theirs: float = 0.0


def output_of(script: str, corpus: Path, *options: str) -> list[str]:
    """Run a benchmark; its lines, also those it printed before it failed."""
    print(f"# {script} {' '.join(options)}", file=sys.stderr, flush=True)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(HERE / script), str(corpus), *options], capture_output=True, text=True, check=False
    )
    print(f"#   {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-3:]), file=sys.stderr, flush=True)
    return done.stdout.splitlines()


def records(lines: list[str]) -> dict[str, dict]:
    """The JSON lines by their engine."""
    found = [json.loads(line) for line in lines if line.startswith("{")]
    return {one["engine"]: one for one in found if "engine" in one}


def installed(**modules: str) -> list[str]:
    """Of engines and the modules they need those that are there."""
    return [engine for engine, module in modules.items() if find_spec(module)]


def beside(task: str, unit: str, found: dict[str, float], own: str, peers: dict[str, str]) -> Iterator[Row]:
    """Our figure beside each peer's."""
    if own in found:
        shown = {name: found[engine] for engine, name in peers.items() if engine in found}
        yield from [Row(task, unit, found[own], name, figure) for name, figure in shown.items()] or [
            Row(task, unit, found[own])
        ]


def words(corpus: Path, quick: bool) -> Iterator[Row]:
    lines = output_of("preprocess.py", corpus, *(["--every", "16", "--repeat", "1"] if quick else []))
    table = [re.match(r"(.{22})\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+) x", line) for line in lines]
    # megabytes by seconds of the processor
    speed = {row[1].strip(): float(row[2]) / max(float(row[5]), 0.01) for row in table if row}
    peers = {name: name for name in speed if not name.startswith("kz")}
    yield from beside("text to normalised word ids", "MB", speed, "kz ids", peers)


def mentions(corpus: Path, quick: bool) -> Iterator[Row]:
    engines = ["re", *installed(flashtext="flashtext", ahocorasick="ahocorasick")]
    every = "16" if quick else "3"
    found = records(output_of("mentions.py", corpus, "--every", every, "--repeat", "5", "--engines", *engines))
    peers = {
        "re": "re, strings known before",
        "flashtext": "flashtext, strings known before",
        "ahocorasick": "pyahocorasick, strings known before",
    }
    # Ours beside each peer is what was measured in turn with it: minutes later the machine may be slower.
    for one, name in [(found[engine], name) for engine, name in peers.items() if engine in found]:
        yield Row("raw text to table of mentions", "MB", one["own_mb_cpu_s"], name, one["mb_cpu_s"])


def attribution(corpus: Path, quick: bool) -> Iterator[Row]:
    for which, what in (("terms", "two words"), ("codebook", "a codebook")):
        lines = output_of("attribution.py", corpus, "--mentions", which, *(["--every", "16"] if quick else []))
        speeds = re.findall(r"([\d,.]+) mentions/s of processor", "\n".join(lines))
        if speeds:  # the last run, when everything is loaded
            yield Row(f"attribution, mentions of {what}", "mentions", float(speeds[-1].replace(",", "")))


def keyness(corpus: Path, quick: bool) -> Iterator[Row]:
    engines = ["words", "statistics", "lemmas", *installed(scattertext="scattertext")]
    found = records(
        output_of("keyness.py", corpus, "--engines", ",".join(engines), *(["--every", "16"] if quick else []))
    )
    speed = {engine: one["articles"] / max(one["processor_seconds"], 0.01) for engine, one in found.items()}
    peers = {"scattertext": "scattertext, from normalised text"}
    yield from beside("keyness, words from raw text", "articles", speed, "words", peers)
    yield from beside("keyness, the statistics alone", "articles", speed, "statistics", peers)
    yield from beside("keyness, lemmas from raw text", "articles", speed, "lemmas", peers)


def reuse(corpus: Path, quick: bool) -> Iterator[Row]:
    engines = ["kzanalytics", *installed(datasketch="datasketch", rensa="rensa")]
    found = records(
        output_of("reuse.py", corpus, "--engines", ",".join(engines), *(["--every", "16"] if quick else []))
    )
    speed = {engine: one["articles"] / max(one["processor_seconds"], 0.01) for engine, one in found.items()}
    peers = {
        "datasketch": "datasketch, whole articles, from words",
        "rensa": "rensa (Rust), whole articles, from words",
    }
    yield from beside("shared passages from raw text", "articles", speed, "kzanalytics", peers)


def topics(corpus: Path, quick: bool) -> Iterator[Row]:
    engines = ["map", *installed(gensim_5="gensim", tomotopy_200="tomotopy", sklearn_online="sklearn")]
    fraction = "0.0625" if quick else "0.5"
    lines = output_of("topics.py", corpus, "--fractions", fraction, "--engines", *engines)
    about = next((json.loads(line) for line in lines if line.startswith('{"fraction"')), {"passages": 0})
    speed = {engine: about["passages"] / max(one["seconds"], 0.01) for engine, one in records(lines).items()}
    peers = {
        "gensim_5": "gensim, 5 passes",
        "tomotopy_200": "tomotopy, 200 iterations, two threads",
        "sklearn_online": "scikit-learn, online",
    }
    yield from beside("20 topics, the fit alone (clock)", "passages", speed, "map", peers)


def scale(corpus: Path, quick: bool) -> Iterator[Row]:
    sizes = "2000" if quick else "10000,100000"
    for line in output_of("scale.py", corpus, "--no-stages", "--sizes", sizes, "--jobs", "1,2"):
        cells = [cell.strip().replace(",", "") for cell in line.strip("|").split("|")]
        if len(cells) > 5 and cells[0].isdigit():
            jobs = "one process" if cells[1] == "1" else f"{cells[1]} processes"
            yield Row(f"process_corpus, {int(cells[0]):,} articles, {jobs} (clock)", "articles", float(cells[4]))


BENCHMARKS: dict[str, Callable[[Path, bool], Iterator[Row]]] = {
    function.__name__: function for function in (words, mentions, attribution, keyness, reuse, topics, scale)
}


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def markdown(rows: list[Row], about: str) -> str:
    """The table, with what it was measured on."""
    lines = [about, "", "| task | unit | ours, per second | peer | peer's | ratio |", "|---|---|---:|---|---:|---:|"]
    for row in rows:
        ratio = f"{row.ours / row.theirs:.3g} x" if row.theirs else ""
        theirs = number(row.theirs) if row.theirs else ""
        lines.append(f"| {row.task} | {row.unit} | {number(row.ours)} | {row.peer} | {theirs} | {ratio} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--quick", action="store_true", help="a sixteenth of the corpus: to try the command")
    parser.add_argument("--only", default=",".join(BENCHMARKS), help="some of: %(default)s")
    parser.add_argument("--output", type=Path, help="also write the table to a file, whole, at the end")
    options = parser.parse_args()
    chosen = options.only.split(",")
    if unknown := [name for name in chosen if name not in BENCHMARKS]:
        raise SystemExit(f"--only names {unknown[0]!r}; choose from {', '.join(BENCHMARKS)}")
    peers = ("gensim", "scikit-learn", "tomotopy", "scattertext", "datasketch", "rensa", "flashtext", "pyahocorasick")
    about = f"Measured on {machine('numpy', 'pandas', 'pyarrow', *peers)}.\n"
    about += f"Corpus: {options.corpus.name}{', a sixteenth of it' if options.quick else ''}. "
    about += "Per second of processor time, where it does not say clock; more is better."
    rows = [row for name in chosen for row in BENCHMARKS[name](options.corpus.resolve(), options.quick)]
    table = markdown(rows, about)
    print(table)
    if options.output:
        from kzanalytics.files import write_whole

        write_whole(options.output, ("# Benchmarks beside other libraries\n\n" + table).encode())


if __name__ == "__main__":
    main()
