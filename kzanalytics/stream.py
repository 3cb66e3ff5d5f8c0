"""Corpora larger than memory: read in batches, work in several processes, lose nothing.

A run's folder holds one set of part files for each batch, written whole or not at all, so that a run that was interrupted
goes on where it stopped and gives the same bytes as one that was not.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from . import __version__
from ._batches import Rejects, iter_articles, iter_records, to_articles
from .articles import _text, words_outside
from .attribution import attribute_mentions
from .boilerplate import boilerplate_spans
from .codebooks import Codebook, load_codebook
from .files import write_table, write_whole
from .frames import frame_rates
from .mentions import mentions_in, split_for_mentions

__all__ = ["Rejects", "iter_articles", "process_corpus"]

#: So many parts are joined at a time: each becomes a row group, and small ones are slow to read.
_JOINED = 50
_NEEDED = ("article_id", "outlet", "date", "title", "text")


def process_corpus(
    path: str | os.PathLike[str],
    output: str | os.PathLike[str],
    codebook: str | Codebook = "kazakhstan-2022",
    *,
    by: str | list[str] = "outlet",
    columns: Mapping[str, str] | None = None,
    title: str = "separate",
    jobs: int = 1,
    batch_size: int = 2000,
    resume: bool = False,
    progress: bool | None = None,
) -> dict[str, int]:
    """Find and attribute the mentions of a corpus of any size, and leave tables in a folder.

    Parameters
    ----------
    path : path
        As for `iter_articles`.
    output : path
        A folder: ``mentions.parquet``, ``articles.parquet`` (without the texts), ``rates.csv``, ``rejects.csv`` and
        ``run_info.json``, written when all is done, and ``parts/``, one set of files for each batch.
    codebook : str or Codebook
        An id, a path or a codebook.
    by : str or list of str
        Columns that the rates are grouped by; as text, and "" where a record lacks them. Words are always counted here, even if
        the corpus has a column ``n_tokens``.
    jobs : int
        Worker processes.
    batch_size : int, default 2000
        Articles in a batch; it bounds the memory and what an interruption costs.
    progress : bool, optional
        Show a bar with the time left; by default only on a terminal. The number of articles is an estimate in CSV and JSON
        Lines.
    resume : bool
        Go on with what `output` holds: an interrupted run of the same file goes on where it stopped; another file is added to
        the result, leaving out articles whose id is there already. Doing the same twice changes nothing.

    Returns
    -------
    dict
        ``articles, mentions, rejects``: how many there are in the whole result.

    Raises
    ------
    FileExistsError
        If `output` holds a run and `resume` is False.
    ValueError
        If `output` was made with another codebook, version or setting.
    """
    if jobs < 1:
        raise ValueError(f"jobs must be at least 1, not {jobs}")
    path, folder = Path(path), Path(output)
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}; check the path")
    if jobs > 1:
        _clean_process()  # which loads its modules while this one reads the codebook
    book = codebook if isinstance(codebook, Codebook) else load_codebook(codebook)
    groups = [by] if isinstance(by, str) else list(by)
    settings = {
        "kzanalytics": __version__,
        "codebook": [book.id, str(book.version), hashlib.sha256(repr(book).encode()).hexdigest()],
        "by": groups,
        "columns": dict(columns or {}),
        "title": title,
        "batch_size": batch_size,
    }
    parts = _open_run(folder, settings, resume)
    source = _source(parts, _fingerprint(path))
    if not (source / "done.json").is_file():
        _run_batches(path, source, book, settings, _known_ids(parts, source), jobs, progress)
    return _finish(folder, parts, groups)


def _open_run(folder: Path, settings: dict[str, Any], resume: bool) -> Path:
    record = folder / "settings.json"
    if record.is_file():
        if not resume:
            raise FileExistsError(
                f"{folder} holds a run already; go on with it (resume, --resume) or give another folder"
            )
        there = json.loads(record.read_text(encoding="utf-8"))
        changed = [key for key in settings if there.get(key) != settings[key]]
        if changed:
            raise ValueError(
                f"{folder} was made with another {', '.join(changed)}; use the same, or give another folder"
            )
    elif folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty and holds no run; give a folder of its own")
    else:
        write_whole(record, json.dumps(settings, ensure_ascii=False, indent=1).encode())
    parts = folder / "parts"
    parts.mkdir(exist_ok=True)
    for left in [*parts.glob("*/.*"), *folder.glob(".*")]:
        left.unlink()  # temporary files of a process that was killed
    return parts


def _fingerprint(path: Path) -> str:
    """Name a corpus by its content: the same bytes are the same corpus, whatever the file is called."""
    digest = hashlib.sha256()
    for file in sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]:
        digest.update(file.stat().st_size.to_bytes(8, "little"))
        with file.open("rb") as opened:
            while block := opened.read(1 << 22):
                digest.update(block)
    return digest.hexdigest()[:16]


def _source(parts: Path, fingerprint: str) -> Path:
    """Return the folder of a corpus's parts; corpora are numbered in the order they came."""
    there = sorted(p for p in parts.iterdir() if p.is_dir())
    return next((p for p in there if p.name.endswith(fingerprint)), parts / f"{len(there):03d}-{fingerprint}")


def _known_ids(parts: Path, source: Path) -> set[str]:
    """Return the ids of what other sources have brought."""
    tables = [p for p in sorted(parts.glob("*/*.articles.parquet")) if p.parent != source]
    return {i for p in tables for i in pd.read_parquet(p, columns=["article_id"])["article_id"]}


def _run_batches(
    path: Path,
    source: Path,
    book: Codebook,
    settings: dict[str, Any],
    known: set[str],
    jobs: int,
    progress: bool | None,
) -> None:
    from tqdm import tqdm

    source.mkdir(exist_ok=True)
    rejects, written = Rejects(), 0
    batches = iter_records(
        path,
        batch_size=settings["batch_size"],
        columns=settings["columns"],
        title=settings["title"],
        rejects=rejects,
        keep={*_NEEDED, *settings["by"]},
    )
    running: set[Future[int]] = set()
    n_read = 0
    quiet = None if progress is None else not progress
    bar = tqdm(unit=" articles", desc=path.name, disable=quiet, leave=False, mininterval=0)
    with _workers(jobs, book) as pool, bar:
        for number, records in enumerate(filter(len, batches)):
            written, n_read = number + 1, n_read + len(records)
            bar.total = round(n_read / rejects.read)  # an estimate, and so is the time left
            stem = source.absolute() / f"{number:06d}"
            if stem.with_suffix(".articles.parquet").is_file():
                bar.update(len(records))
                continue
            if known:
                records = to_articles(records, "separate")
                records = records[~records["article_id"].isin(known)]
            if pool is None:
                bar.update(_work(records, stem, book, settings))
                continue
            running.add(pool.submit(_work_here, records, stem, settings))
            while len(running) >= 2 * jobs:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    bar.update(future.result())
        for future in running:
            bar.update(future.result())
    if not written:
        raise ValueError(f"{path} has no article with text in it; check the path and which column holds the text")
    write_table(rejects.table(), source / "rejects.csv")
    write_whole(source / "done.json", json.dumps({"batches": written, "rejects": len(rejects.rows)}).encode())


def _clean_process() -> Any:
    """Where workers come from: copies of a process that has loaded this module and done nothing else.

    A copy of this process could hang: it may have used Arrow's threads, and a fork copies the locks but not the threads.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    forkserver.ensure_running()
    return context


@contextmanager
def _workers(jobs: int, book: Codebook) -> Iterator[ProcessPoolExecutor | None]:
    """Processes that have the codebook, or None where one is enough."""
    if jobs == 1:
        yield None
        return
    pool = ProcessPoolExecutor(jobs, mp_context=_clean_process(), initializer=_keep, initargs=(book,))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_kept: list[Codebook] = []


def _keep(book: Codebook) -> None:
    """Keep in a worker what is the same for each batch, and end the worker should the run be killed."""
    _kept[:] = [book]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_here(records: pd.DataFrame, stem: Path, settings: Mapping[str, Any]) -> int:
    return _work(records, stem, _kept[0], settings)


def _work(records: pd.DataFrame, stem: Path, book: Codebook, settings: Mapping[str, Any]) -> int:
    """Do one batch. The articles' table is written last: where it stands, the batch is done."""
    articles = to_articles(records, settings["title"])
    mentions, n_tokens = mentions_and_counts(articles, book)
    write_table(mentions, stem.with_suffix(".mentions.parquet"))
    slim = articles[["article_id", "outlet", "date"]].assign(n_tokens=n_tokens)
    for name in settings["by"]:
        if name not in slim:  # as text, for its type may change from batch to batch, and a batch may lack it
            slim.insert(len(slim.columns) - 1, name, _text(articles[name]) if name in articles else "")
            slim[name] = slim[name].astype("str")
    write_table(slim, stem.with_suffix(".articles.parquet"))
    return len(articles)


def mentions_and_counts(articles: pd.DataFrame, book: Codebook) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the attributed mentions of articles, and the number of words of each article; words are cut once for both."""
    texts = articles["text"].tolist()
    words = split_for_mentions(texts, book.frames)
    boilerplate = boilerplate_spans(texts, words)[:3]
    mentions = attribute_mentions(mentions_in(articles, book.frames, texts, words, boilerplate), articles)
    return mentions, words_outside(words, boilerplate)


def _finish(folder: Path, parts: Path, by: list[str]) -> dict[str, int]:
    """Join the parts of all sources, in the order they came, and write the tables that people want."""
    sources = sorted(p.parent for p in parts.glob("*/done.json"))
    counts = {}
    for kind in ("mentions", "articles"):
        counts[kind] = _concatenate(
            [p for s in sources for p in sorted(s.glob(f"*.{kind}.parquet"))], folder / f"{kind}.parquet"
        )
    articles = pd.read_parquet(folder / "articles.parquet")
    mentions = pd.read_parquet(folder / "mentions.parquet", columns=["article_id", "frame", "start", "end"])
    write_table(frame_rates(mentions, articles, by=by), folder / "rates.csv")
    rejects = pd.concat(
        [pd.read_csv(s / "rejects.csv", encoding="utf-8-sig", dtype="str", keep_default_na=False) for s in sources]
    )
    write_table(rejects, folder / "rejects.csv")
    return {**counts, "rejects": len(rejects)}


def _concatenate(parts: list[Path], path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    temporary = path.with_name(f".{path.name}")
    rows = 0
    with pq.ParquetWriter(temporary, pq.read_schema(parts[0])) as writer:
        for first in range(0, len(parts), _JOINED):
            some = parts[first : first + _JOINED]
            table = pa.concat_tables([pq.ParquetFile(part).read(use_threads=False) for part in some])
            writer.write_table(table)
            rows += table.num_rows
    os.replace(temporary, path)
    return rows
