"""Write tables to files and read them again without losing their types; whole files or none."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ._file_formats import _FORMULA, _json_records, _read_csv, _read_parquet, _without_apostrophe

__all__ = ["make_folder", "read_table", "write_table", "write_whole"]

_TEXT_COLUMNS = set("article_id outlet other title text passage_id frame term lemma norm kind rule interval".split())
_TEXT_COLUMNS |= set(
    "inference voice speaker speaker_text quote polarity stance cue cue_class note left keyword".split()
)
_TEXT_COLUMNS |= set("article_a article_b right author url prior variance".split())
_FLOAT_COLUMNS = set("rate low high article_share share difference ratio p p_adjusted log_odds z".split())
_FLOAT_COLUMNS |= set("loo_low loo_high dispersion tf idf tf_idf weight".split())
_INTEGER_COLUMNS = set("start end n_tokens n_mentions n_articles n_articles_with count count_rest rank topic".split())


def write_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a table as CSV, JSON Lines or Parquet, by the ending of `path`; whole or not at all.

    A CSV starts with a byte-order mark, so that Excel shows Arabic, and a cell that a spreadsheet would run as a formula is
    given a leading apostrophe, which :func:`read_table` takes off again. Where a categorical column has categories that the
    rows do not show, they are kept beside the file in ``NAME.schema.json``.

    Returns
    -------
    Path
        Where it was written.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> table = pd.DataFrame({"article_id": ["007"], "text": ["=ارتفعت"], "start": [3]})
    >>> path = write_table(table, folder.name + "/t.csv")
    >>> read_table(path).equals(table)
    True
    >>> folder.cleanup()
    """
    path = Path(path)
    ending = path.suffix.lower()
    hidden = {c: _hidden_categories(table[c]) for c in table.columns if isinstance(table[c].dtype, pd.CategoricalDtype)}
    hidden = {c: v for c, v in hidden.items() if v}
    plain = table.astype({c: "str" for c in table.columns if isinstance(table[c].dtype, pd.CategoricalDtype)})
    if ending in (".csv", ".tsv"):
        text = {c: _escaped(plain[c]) for c in plain.columns if isinstance(plain[c].dtype, pd.StringDtype)}
        # a lone carriage return ends a row for whoever reads it, but Python's writer does not quote it for that
        quoting = csv.QUOTE_NONNUMERIC if any(text[c].str.contains("\r").any() for c in text) else csv.QUOTE_MINIMAL
        body = plain.assign(**text).to_csv(
            index=False, sep="\t" if ending == ".tsv" else ",", lineterminator="\n", quoting=quoting
        )
        data = b"\xef\xbb\xbf" + body.encode("utf-8", "surrogatepass")
    elif ending in (".jsonl", ".ndjson"):
        data = "".join(_json_line(row) for row in plain.to_dict("records")).encode()
    elif ending == ".parquet":
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False)
        data, hidden = buffer.getvalue(), {}
    else:
        raise ValueError(f"{path} must end in .csv, .tsv, .jsonl or .parquet; the ending decides the format")
    if hidden:
        write_whole(_schema_path(path), json.dumps({"categories": hidden}, ensure_ascii=False, indent=1).encode())
    else:
        _schema_path(path).unlink(missing_ok=True)
    return write_whole(path, data)


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a table that :func:`write_table` wrote, with its types.

    Ids stay text, dates are datetime64, ``frame`` is categorical, empty text is ``""`` and an empty number NaN.

    Raises
    ------
    FileNotFoundError, ValueError
        If the file is missing or not a table; one sentence with the next step.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}; check the path")
    ending = path.suffix.lower()
    if ending == ".parquet":
        return _read_parquet(path)
    if ending in (".csv", ".tsv"):
        raw = _read_csv(path, None, "\t" if ending == ".tsv" else ",")
    elif ending in (".jsonl", ".ndjson"):
        raw = pd.DataFrame(list(_json_records(path, None)))
    else:
        raise ValueError(f"{path} must end in .csv, .tsv, .jsonl or .parquet; the ending decides the format")
    schema = _schema_path(path)
    categories = json.loads(schema.read_text(encoding="utf-8"))["categories"] if schema.is_file() else {}
    typed = {str(c): _typed(str(c), raw[c], categories.get(c), escaped=ending in (".csv", ".tsv")) for c in raw.columns}
    return pd.DataFrame(typed)


def make_folder(folder: Path) -> Path:
    """Make a folder and those above it, or say which of them is a file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        file = next((p for p in (folder, *folder.parents) if p.exists() and not p.is_dir()), folder)
        raise FileExistsError(f"{file} is a file, not a folder; choose another place") from None
    return folder


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all: into a temporary file beside it, then rename."""
    make_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def _schema_path(path: Path) -> Path:
    return path.with_name(path.name + ".schema.json")


def _hidden_categories(column: pd.Series) -> list[str]:
    """Return a categorical's categories if the rows alone, in their order, would not give them back."""
    shown = column.drop_duplicates().dropna().tolist()
    categories = column.cat.categories.tolist()
    return [] if shown == categories else categories


def _escaped(column: pd.Series) -> pd.Series:
    formula = column.str.match(_FORMULA.pattern).fillna(False).astype(bool)
    return column.where(~formula, "'" + column.fillna("")) if formula.any() else column


def _json_line(row: Mapping[Any, Any]) -> str:
    values = {}
    for name, value in row.items():
        if isinstance(value, pd.Timestamp):
            value = value.isoformat()
        elif value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
            value = None
        elif isinstance(value, np.generic):
            value = value.item()
        values[name] = value
    line = json.dumps(values, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(values)
    return line + "\n"


def _typed(name: str, column: pd.Series, categories: list[str] | None, *, escaped: bool) -> pd.Series:
    """Give a column read as text (or as JSON values) the type it had."""
    if name == "date":
        return pd.to_datetime(column.replace("", None), format="ISO8601").astype("datetime64[us]")
    if categories is not None or name == "frame":
        text = column.astype("str")
        return pd.Series(
            pd.Categorical(text, categories if categories is not None else text.unique()), index=column.index
        )
    if not (isinstance(column.dtype, pd.StringDtype) or column.dtype == object):
        return column.astype("float64") if name in _FLOAT_COLUMNS else column
    missing = column.isna() | (column == "")
    if name in _FLOAT_COLUMNS:
        return pd.Series([np.nan if m else float(v) for v, m in zip(column, missing, strict=True)], dtype="float64")
    if name not in _TEXT_COLUMNS and not missing.any() and len(column):
        values = column.tolist()
        if set(values) <= {"True", "False"}:
            return column == "True"
        if all(re.fullmatch(r"-?(0|[1-9]\d{0,17})", str(v)) for v in values):
            return column.astype("int64")
        if all(re.fullmatch(r"-?\d+\.\d+(e-?\d+)?|-?\d+(\.\d+)?e[+-]?\d+|-?inf", str(v)) for v in values):
            return pd.Series([float(v) for v in values], dtype="float64")
    if name in _INTEGER_COLUMNS and column.empty:
        return column.astype("int64")
    text = column.fillna("").astype("str")
    return _without_apostrophe(text) if escaped else text
