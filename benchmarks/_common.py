"""What the benchmarks share: the machine, a corpus or a part of it, engines in processes of their own, time and memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = ["each_alone", "fastest", "machine", "peak_mb", "read_corpus"]


def machine(*packages: str) -> str:
    """Say in a line what was measured on: processor, cores, Python, versions, whether attribution is compiled, and the load."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    found = [f"Python {platform.python_version()}"]
    for package in packages or ("pandas", "pyarrow", "numpy"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    reading = find_spec("kzanalytics.reporting")
    if reading is not None and not str(reading.origin).endswith(".py"):
        found.append("attribution compiled")
    load = f"load {os.getloadavg()[0]:.1f} at the start" if sys.platform != "win32" else ""
    return ", ".join([f"{model}, {os.cpu_count()} cores", *found, load])


def read_corpus(path: str | Path, every: int = 1) -> pd.DataFrame:
    """Read a corpus (any table that `read_articles` reads), or every nth of its articles."""
    from kzanalytics.files import read_articles

    return read_articles(path).iloc[::every].reset_index(drop=True)


def each_alone(script: str, engines: Sequence[str], *options: str) -> None:
    """Run a script once for each engine, each in a process of its own; one that fails does not end the others."""
    for engine in engines:
        subprocess.run([sys.executable, script, *options, "--engines", engine], check=False)


def fastest(run: Callable[[], Any], repeat: int) -> tuple[Any, float, float]:
    """Return what a function gave, and the fewest seconds on the clock and of the processor in several runs."""
    result, clock, processor = None, [], []
    for _ in range(repeat):
        began, began_processor = time.perf_counter(), time.process_time()
        result = run()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    return result, min(clock), min(processor)


def peak_mb() -> float:
    """Return the peak memory of this process (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
