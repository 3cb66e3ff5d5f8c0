"""Corpora larger than memory: read in batches, work in several processes, lose nothing.

A run's folder holds one set of part files for each batch, written whole or not at all, so that a run that was interrupted
goes on where it stopped and gives the same bytes as one that was not.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from . import __version__
from ._columns import split_words
from .articles import CorpusWarning, _text, check_articles, listed, words_outside
from .attribution import attribute_mentions
from .boilerplate import boilerplate_spans
from .codebooks import Codebook, load_codebook
from .files import _unescaped, parse_json, read_articles, write_table, write_whole
from .frames import frame_rates
from .mentions import mentions_in

__all__ = ["iter_articles", "process_corpus"]

#: A record of more bytes than this is refused: it is a broken file far more often than an article.
MAX_RECORD = 100_000_000
#: A batch ends early at this many characters, so that a batch of very long articles does not fill the memory.
MAX_BATCH = 8_000_000
#: A record that would make a batch wider than this is refused: its keys are data, not names of columns.
MAX_COLUMNS = 1000


@dataclass
class Rejects:
    """What could not be read: one row ``file, line, article_id, reason`` for each record."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, path: Path, line: int, reason: str, article_id: str = "") -> None:
        """Note one record."""
        self.rows.append({"file": path.name, "line": line, "article_id": article_id, "reason": reason})

    def table(self) -> pd.DataFrame:
        """Return the rows as a table."""
        names = ["file", "line", "article_id", "reason"]
        return pd.DataFrame(self.rows, columns=names).astype(
            {"line": "int64", **dict.fromkeys(("file", *names[2:]), "str")}
        )


def iter_articles(
    path: str | os.PathLike[str],
    *,
    batch_size: int = 1000,
    columns: Mapping[str, str] | None = None,
    title: str = "separate",
    rejects: Rejects | None = None,
) -> Iterator[pd.DataFrame]:
    """Read a corpus in batches, in bounded memory.

    Parameters
    ----------
    path : path
        A ``.csv``, ``.tsv``, ``.jsonl``, ``.ndjson`` or ``.parquet`` file in UTF-8, or a folder as `read_articles` takes it
        (which is read at once).
    batch_size : int, default 1000
        Articles in a batch, at the most: one of very long articles holds fewer.
    columns, title
        As for `read_articles`.
    rejects : Rejects, optional
        Collects what cannot be used, with file and line. Without it such records are reported as a `CorpusWarning`.

    Yields
    ------
    DataFrame
        Articles tables, checked as by `check_articles`; an id that stood before, in any batch, is rejected.

    Raises
    ------
    FileNotFoundError, ValueError
        If the file is missing, not one of these formats, or has no column ``text``.
    """
    path = Path(path)
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    if title not in ("separate", "prepend"):
        raise ValueError(f"title must be 'separate' or 'prepend', not {title!r}")
    bad = rejects if rejects is not None else Rejects()
    reported = 0
    seen: set[int] = set()
    for lines, table in _raw_batches(path, batch_size, columns, bad):
        batch = _checked(table, lines, path, seen, bad)
        if rejects is None and len(bad.rows) > reported:
            new, reported = bad.rows[reported:], len(bad.rows)
            warnings.warn(
                f"{path}: left out {len(new)}: line {new[0]['line']}: {new[0]['reason']}", CorpusWarning, stacklevel=2
            )
        if len(batch):
            if title == "prepend":
                joined = batch["title"] + "\n\n" + batch["text"]
                batch["text"] = joined.where(batch["title"] != "", batch["text"])
            yield batch


def _checked(table: pd.DataFrame, lines: list[int], path: Path, seen: set[int], bad: Rejects) -> pd.DataFrame:
    """Check one batch; each record that cannot be used goes to the rejects, the others go on."""
    ids = _text(table["article_id"]) if "article_id" in table else [f"{path.stem}:{line}" for line in lines]
    table = table.assign(article_id=ids)
    keep = []
    for position, (line, name, text) in enumerate(zip(lines, table["article_id"], table["text"], strict=True)):
        reason = ""
        if not isinstance(text, str) or not text or text.isspace():
            reason = "has no text"
        elif not name or name.isspace():
            reason = "has no article_id"
        else:
            # eight bytes an id, so that the ids of a hundred million articles still fit
            key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
            if key in seen:
                reason = "has an article_id that stood before"
            else:
                seen.add(key)
        if reason:
            bad.add(path, line, reason, name)
        else:
            keep.append(position)
    if not keep:
        return table.iloc[:0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)  # repeated texts and dates: `kzanalytics check` lists them
        return check_articles(table if len(keep) == len(table) else table.iloc[keep], source=str(path))


def _raw_batches(
    path: Path, size: int, columns: Mapping[str, str] | None, bad: Rejects
) -> Iterator[tuple[list[int], pd.DataFrame]]:
    """Yield line numbers and the records as they stand, with our column names."""
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}; check the path")
    ending = path.suffix.lower()
    if path.is_dir() or ending == ".xlsx":
        table = read_articles(path, columns=columns)
        for start in range(0, len(table), size):
            yield list(range(start, min(start + size, len(table)))), table.iloc[start : start + size]
        return
    if ending == ".parquet":
        records: Iterator[tuple[list[int], pd.DataFrame]] = _parquet_batches(path, size)
    elif ending in (".jsonl", ".ndjson"):
        records = _record_batches(_json_records(path, bad), size, path, bad)
    elif ending in (".csv", ".tsv"):
        found = _record_batches(_csv_records(path, bad), size, path, bad)
        records = ((lines, _unescaped(table)) for lines, table in found)
    else:
        raise ValueError(
            f"{path} is not a corpus that can be read in batches: give a .csv, .jsonl or .parquet file, or a folder"
        )
    wanted = {theirs: ours for ours, theirs in (columns or {}).items()}
    names = [*wanted, *({"text"} - set(columns or {}))]
    for number, (lines, table) in enumerate(records):
        absent = [name for name in names if name not in table]
        if (
            absent and number and ending in (".jsonl", ".ndjson")
        ):  # not one record of this batch has it: rejected one by one
            table, absent = table.assign(**dict.fromkeys(absent)), []
        twice = table.columns[table.columns.duplicated()]
        if len(twice):
            raise ValueError(f"{path} has the column {twice[0]!r} more than once; rename or drop one")
        table = table.drop(columns=[c for c in wanted.values() if c in table and c not in wanted]).rename(
            columns=wanted
        )
        if absent:
            have = listed(table.columns, 20)
            raise ValueError(f"{path} has no column {absent[0]!r} (its columns: {have}); name it with columns=")
        yield lines, table


def _parquet_batches(path: Path, size: int) -> Iterator[tuple[list[int], pd.DataFrame]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        start = 0
        with file:
            groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
            widest = max((g.total_byte_size // max(1, g.num_rows) for g in groups), default=0)
            for batch in file.iter_batches(batch_size=max(1, min(size, 2 * MAX_BATCH // max(1, widest)))):
                yield list(range(start, start + batch.num_rows)), batch.to_pandas()
                start += batch.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        why = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        raise ValueError(f"{path} is not a Parquet file that can be read ({why}); check how it was written") from None


def _record_batches(
    records: Iterator[tuple[int, dict[str, Any]]], size: int, path: Path, bad: Rejects
) -> Iterator[tuple[list[int], pd.DataFrame]]:
    lines: list[int] = []
    rows: list[dict[str, Any]] = []
    names: set[str] = set()
    characters = 0
    for line, record in records:
        if not record.keys() <= names:
            if len(names | record.keys()) > MAX_COLUMNS:
                bad.add(path, line, f"would make the table wider than {MAX_COLUMNS:,} columns")
                continue
            names |= record.keys()
        lines.append(line)
        rows.append(record)
        characters += sum(len(value) for value in record.values() if isinstance(value, str))
        if len(rows) == size or characters >= MAX_BATCH:
            yield lines, pd.DataFrame(rows)
            lines, rows, names, characters = [], [], set(), 0
    if rows:
        yield lines, pd.DataFrame(rows)


def _lines(file: BinaryIO, path: Path, bad: Rejects) -> Iterator[tuple[int, bytes]]:
    """Yield a file's lines with their numbers; a line without end is rejected, not held."""
    number = 0
    while line := file.readline(MAX_RECORD):
        number += 1
        if len(line) == MAX_RECORD and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_RECORD)
            bad.add(path, number, f"is longer than {MAX_RECORD:,} bytes")
            continue
        yield number, line


def _json_records(path: Path, bad: Rejects) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open("rb") as file:
        for number, line in _lines(file, path, bad):
            if not line.strip():
                continue
            try:
                record = parse_json(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            except (ValueError, RecursionError):
                bad.add(path, number, "is not JSON in UTF-8")
                continue
            if isinstance(record, dict):
                yield number, record
            else:
                bad.add(path, number, "is not a JSON object")


class _CsvLines:
    """The lines of a CSV file, for `csv.reader`; those of the present record can be given back."""

    def __init__(self, file: BinaryIO, path: Path, bad: Rejects) -> None:
        self.lines = self._split(_lines(file, path, bad))
        self.held: list[tuple[int, str, bool]] = []
        self.again: list[tuple[int, str, bool]] = []

    @staticmethod
    def _split(lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, str, bool]]:
        for number, raw in lines:
            try:
                line, good = raw.decode("utf-8-sig" if number == 1 else "utf-8"), True
            except UnicodeDecodeError:
                line, good = raw.decode("utf-8", "replace"), False
            if line.count("\r") == line.endswith("\r\n"):
                yield number, line, good
            else:  # a lone carriage return ends a line too
                yield from ((number, piece, good) for piece in re.split("(?<=\r)(?!\n)", line) if piece)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.again.pop() if self.again else next(self.lines)
        self.held.append(line)
        return line[1]

    def give_back(self) -> None:
        """Give back all lines of the present record but its first."""
        self.again.extend(reversed(self.held[1:]))
        self.held = []


def _csv_records(path: Path, bad: Rejects) -> Iterator[tuple[int, dict[str, Any]]]:
    csv.field_size_limit(MAX_RECORD // 2)
    with path.open("rb") as file:
        head = file.readline(1_000_000)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise ValueError(f"{path} is UTF-16 text; save it as UTF-8, or read it at once with read_articles")
        delimiter = max(",;\t|", key=lambda mark: head.count(mark.encode()))
        file.seek(0)
        lines = _CsvLines(file, path, bad)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        header: list[str] | None = None
        while True:
            try:
                row = next(reader, None)
            except csv.Error as error:
                # A quotation mark that nobody closed has swallowed the lines up to here: only its own line is at fault.
                bad.add(path, lines.held[0][0] if lines.held else 0, f"is not CSV ({error})")
                lines.give_back()
                reader = csv.reader(lines, delimiter=delimiter, strict=True)
                continue
            if row is None:
                return
            line, good = lines.held[0][0], all(held[2] for held in lines.held)
            lines.held.clear()
            if not row:
                continue
            if header is None:
                if not good:
                    raise ValueError(f"{path} is not UTF-8 text; save it as UTF-8, or name its encoding")
                header = _distinct(row)
            elif len(row) != len(header):
                bad.add(path, line, f"has {len(row)} cells, the header {len(header)}")
            elif not good:
                bad.add(path, line, "is not UTF-8 text")
            else:
                yield line, dict(zip(header, row, strict=True))


def _distinct(header: list[str]) -> list[str]:
    """Number the repeated names of a header, as pandas does."""
    count: dict[str, int] = {}
    names = []
    for name in header:
        seen = count.get(name, 0)
        count[name] = seen + 1
        names.append(f"{name}.{seen}" if seen else name)
    return names


# ---------------------------------------------------------------- a run that can be interrupted


def process_corpus(
    path: str | os.PathLike[str],
    output: str | os.PathLike[str],
    codebook: str | Codebook = "kazakhstan-2022",
    *,
    by: str | list[str] = "outlet",
    columns: Mapping[str, str] | None = None,
    title: str = "separate",
    jobs: int = 1,
    batch_size: int = 1000,
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
    batch_size : int
        Articles in a batch; it bounds the memory and what an interruption costs.
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
    size = path.stat().st_size if path.is_file() else 0
    batches = iter_articles(
        path, batch_size=settings["batch_size"], columns=settings["columns"], title=settings["title"], rejects=rejects
    )
    running: set[Future[int]] = set()
    # spawn: a forked child of a process that has used Arrow's threads can hang
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) if jobs > 1 else None
    quiet = None if progress is None else not progress
    with tqdm(unit=" articles", desc=path.name, disable=quiet, leave=False, postfix=f"{size / 1e6:.0f} MB") as bar:
        try:
            for number, batch in enumerate(batches):
                written = number + 1
                stem = source / f"{number:06d}"
                if stem.with_suffix(".articles.parquet").is_file():
                    bar.update(len(batch))
                    continue
                new = batch[~batch["article_id"].isin(known)] if known else batch
                if pool is None:
                    bar.update(_work(new, stem, book, settings["by"]))
                    continue
                running.add(pool.submit(_work, new, stem, book, settings["by"]))
                while len(running) >= 2 * jobs:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        bar.update(future.result())
            for future in running:
                bar.update(future.result())
        finally:
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)
    if not written:
        raise ValueError(f"{path} has no article with text in it; check the path and which column holds the text")
    write_table(rejects.table(), source / "rejects.csv")
    write_whole(source / "done.json", json.dumps({"batches": written, "rejects": len(rejects.rows)}).encode())


def _work(articles: pd.DataFrame, stem: Path, book: Codebook, by: list[str]) -> int:
    """Do one batch. The articles' table is written last: where it stands, the batch is done."""
    texts = articles["text"].tolist()
    words = split_words(texts)  # once, for the mentions and for the counts
    boilerplate = boilerplate_spans(texts, words)[:3]
    mentions = attribute_mentions(mentions_in(articles, book.frames, texts, words, boilerplate), articles)
    write_table(mentions, stem.with_suffix(".mentions.parquet"))
    slim = articles[["article_id", "outlet", "date"]].assign(n_tokens=words_outside(words, boilerplate))
    for name in by:
        if name not in slim:  # as text, for its type may change from batch to batch, and a batch may lack it
            slim.insert(len(slim.columns) - 1, name, _text(articles[name]) if name in articles else "")
            slim[name] = slim[name].astype("str")
    write_table(slim, stem.with_suffix(".articles.parquet"))
    return len(articles)


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
    import pyarrow.parquet as pq

    temporary = path.with_name(f".{path.name}")
    rows, schema = 0, pq.read_schema(parts[0])
    with pq.ParquetWriter(temporary, schema) as writer:
        for part in parts:
            table = pq.read_table(part, schema=schema)
            writer.write_table(table)
            rows += table.num_rows
    os.replace(temporary, path)
    return rows
