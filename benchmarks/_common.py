"""What the benchmarks share: the machine they ran on, a corpus or a part of it, a run in a process of its own."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pandas as pd

__all__ = ["machine", "read_corpus"]


def machine(*packages: str) -> str:
    """Say in a line what was measured on: processor, cores, load, Python and the versions of packages."""
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
    load = f"load {os.getloadavg()[0]:.1f} at the start" if sys.platform != "win32" else ""
    return ", ".join([f"{model}, {os.cpu_count()} cores", *found, load])


def read_corpus(path: str | Path, every: int = 1) -> pd.DataFrame:
    """Read a corpus (any table that `read_articles` reads), or every nth of its articles."""
    from kzanalytics.files import read_articles

    return read_articles(path).iloc[::every].reset_index(drop=True)
