"""Read a corpus in batches: in bounded memory, and what cannot be read is noted with its line, not lost."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from ._file_formats import _unescaped, parse_json
from .articles import CorpusWarning, _text, check_articles, listed
from .files import read_articles

__all__ = ["Rejects", "iter_articles", "iter_records", "to_articles"]

#: A record of more bytes than this is refused: it is a broken file far more often than an article.
MAX_RECORD = 100_000_000
#: A batch ends early at this many characters, so that a batch of very long articles does not fill the memory.
MAX_BATCH = 8_000_000
#: A record that would make a batch wider than this is refused: its keys are data, not names of columns.
MAX_COLUMNS = 1000


@dataclass
class Rejects:
    """What could not be read: one row ``file, line, article_id, reason`` for each record.

    ``read`` is the share of the corpus that has been read so far, for an estimate of the time left.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    read: float = 0.0

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
    bad = rejects if rejects is not None else Rejects()
    reported = 0
    for batch in iter_records(path, batch_size=batch_size, columns=columns, title=title, rejects=bad):
        if rejects is None and len(bad.rows) > reported:
            new, reported = bad.rows[reported:], len(bad.rows)
            warnings.warn(
                f"{path}: left out {len(new)}: line {new[0]['line']}: {new[0]['reason']}", CorpusWarning, stacklevel=2
            )
        if len(batch):
            yield to_articles(batch, title)


def iter_records(
    path: str | os.PathLike[str],
    *,
    batch_size: int,
    columns: Mapping[str, str] | None,
    title: str,
    rejects: Rejects,
    keep: Collection[str] | None = None,
) -> Iterator[pd.DataFrame]:
    """Yield batches (some may be empty) of records that have an id of their own and a text; `to_articles` does the rest.

    `keep` names the columns that are needed; of a Parquet file only these are read.
    """
    path = Path(path)
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, not {batch_size}")
    if title not in ("separate", "prepend"):
        raise ValueError(f"title must be 'separate' or 'prepend', not {title!r}")
    seen: set[int] = set()
    for lines, table in _raw_batches(path, batch_size, columns, rejects, keep):
        yield _usable(table, lines, path, seen, rejects)


def to_articles(records: pd.DataFrame, title: str) -> pd.DataFrame:
    """Return a batch of `iter_records` as `check_articles` would, and without the work where there is nothing to do."""
    texts = ["article_id", "outlet", "title", "text"]
    done = all(name in records and records[name].dtype == "str" for name in texts)
    done = done and "date" in records and records["date"].dtype == "datetime64[us]"
    if done and not records[texts].isna().any(axis=None) and not any(_without_text(records["outlet"])):
        first = ["article_id", "outlet", "date", "title", "text"]
        batch = records[[*first, *(c for c in records.columns if c not in first)]].reset_index(drop=True)
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CorpusWarning)  # repeated texts and dates: `kzanalytics check` lists them
            batch = check_articles(records)
    if title == "prepend":
        joined = batch["title"] + "\n\n" + batch["text"]
        batch["text"] = joined.where(batch["title"] != "", batch["text"])
    return batch


def _usable(table: pd.DataFrame, lines: list[int], path: Path, seen: set[int], bad: Rejects) -> pd.DataFrame:
    """Check the ids and texts of one batch; each record that cannot be used goes to the rejects, the others go on."""
    ids = _text(table["article_id"]) if "article_id" in table else [f"{path.stem}:{line}" for line in lines]
    table = table.assign(article_id=ids)
    keep = []
    records = zip(lines, table["article_id"].tolist(), _without_text(table["text"]), strict=True)
    for position, (line, name, nothing) in enumerate(records):
        reason = ""
        if nothing:
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
    return table if len(keep) == len(table) else table.iloc[keep]


def _without_text(column: pd.Series) -> list[bool]:
    """Which texts are missing, no text, or nothing but white space."""
    if not isinstance(column.dtype, pd.StringDtype):
        return [not isinstance(text, str) or not text or text.isspace() for text in column]
    # The first character decides almost always, and is far cheaper to take out of an Arrow column than the text.
    heads = column.str[:1].fillna("").tolist()
    return [not head or (head.isspace() and column.iloc[i].isspace()) for i, head in enumerate(heads)]


def _raw_batches(
    path: Path, size: int, columns: Mapping[str, str] | None, bad: Rejects, keep: Collection[str] | None
) -> Iterator[tuple[list[int], pd.DataFrame]]:
    """Yield line numbers and the records as they stand, with our column names."""
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}; check the path")
    ending = path.suffix.lower()
    if path.is_dir() or ending == ".xlsx":
        table = read_articles(path, columns=columns)
        for start in range(0, len(table), size):
            end = min(start + size, len(table))
            bad.read = end / len(table)
            yield list(range(start, end)), table.iloc[start:end]
        return
    wanted = {theirs: ours for ours, theirs in (columns or {}).items()}
    names = [*wanted, *({"text"} - set(columns or {}))]
    if ending == ".parquet":
        theirs = None if keep is None else {(columns or {}).get(name, name) for name in keep}.union(names)
        records: Iterator[tuple[list[int], pd.DataFrame]] = _parquet_batches(path, size, bad, theirs)
    elif ending in (".jsonl", ".ndjson"):
        records = _record_batches(_json_records(path, bad), size, path, bad)
    elif ending in (".csv", ".tsv"):
        found = _record_batches(_csv_records(path, bad), size, path, bad)
        records = ((lines, _unescaped(table)) for lines, table in found)
    else:
        raise ValueError(
            f"{path} is not a corpus that can be read in batches: give a .csv, .jsonl or .parquet file, or a folder"
        )
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
            have = listed(_parquet_columns(path) if ending == ".parquet" else table.columns, 20)
            raise ValueError(f"{path} has no column {absent[0]!r} (its columns: {have}); name it with columns=")
        yield lines, table


def _parquet_batches(
    path: Path, size: int, bad: Rejects, keep: Collection[str] | None
) -> Iterator[tuple[list[int], pd.DataFrame]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path, pre_buffer=False)  # with it Arrow keeps every row group that was read
        start = 0
        with file:
            groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
            widest = max((g.total_byte_size // max(1, g.num_rows) for g in groups), default=0)
            size = max(1, min(size, 2 * MAX_BATCH // max(1, widest)))
            names = None if keep is None else [name for name in file.schema_arrow.names if name in keep]
            for batch in file.iter_batches(batch_size=size, columns=names):
                bad.read = (start + batch.num_rows) / file.metadata.num_rows
                yield list(range(start, start + batch.num_rows)), batch.to_pandas()
                start += batch.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        why = str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
        raise ValueError(f"{path} is not a Parquet file that can be read ({why}); check how it was written") from None


def _parquet_columns(path: Path) -> list[str]:
    import pyarrow.parquet as pq

    names: list[str] = pq.read_schema(path).names
    return names


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
    size = max(1, path.stat().st_size)
    while line := file.readline(MAX_RECORD):
        number += 1
        bad.read = file.tell() / size
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
