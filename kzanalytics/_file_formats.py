"""The formats that people's articles and tables come in: text, CSV, JSON Lines, Parquet and Excel, as they stand."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from .articles import _warn, listed

_LONE = re.compile("[\ud800-\udfff]")
_MAX_UNPACKED = 250_000_000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def decode(raw: bytes, path: Path, encoding: str | None = None) -> str:
    """Decode a text file, newlines kept, or say in one sentence why it is not text."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    guess = encoding or next((e for mark, e in marks.items() if raw.startswith(mark)), None)
    try:
        return raw.decode(guess or "utf-8")
    except LookupError:
        raise ValueError(f"encoding {encoding!r} is not one Python knows; try 'utf-8' or 'windows-1256'") from None
    except UnicodeDecodeError as error:
        where = error.start
        if guess is None:
            text = raw.decode("cp1256", "replace")
            letters = sum("\u0621" <= c <= "\u064a" for c in text[:20_000])
            if b"\0" not in raw and letters > 0.4 * min(len(text), 20_000):
                _warn(f"{path} is not UTF-8; it was read as Windows-1256")
                return text
    raise ValueError(f"{path} is not {guess or 'UTF-8'} text (byte {where}); save it as UTF-8, or name its encoding")


def _read_csv(path: Path, encoding: str | None, delimiter: str | None) -> pd.DataFrame:
    text = decode(path.read_bytes(), path, encoding)
    if not text.strip():
        raise ValueError(f"{path} is empty; give a CSV with a header line and one article a row")
    if delimiter is None:
        header = text.split("\n", 1)[0]
        delimiter = max(",;\t|", key=header.count)
    try:
        # C engine, every cell as text: "000" stays "000", "NA" stays "NA"
        return pd.read_csv(io.StringIO(text), sep=delimiter, dtype="str", keep_default_na=False)
    except (pd.errors.ParserError, csv.Error) as error:
        raise ValueError(
            f"{path} is not a readable CSV: {str(error).strip().rstrip('.')}; check its quotation marks"
        ) from None


def _json_records(path: Path, encoding: str | None) -> Iterator[dict[str, Any]]:
    bad, good = [], 0
    for number, line in enumerate(decode(path.read_bytes(), path, encoding).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = parse_json(line)
            if not isinstance(record, dict):
                raise ValueError("not an object")
        except (ValueError, RecursionError):
            bad.append(number)
            continue
        good += 1
        yield record
    if not good:
        raise ValueError(f"{path} holds no JSON object; JSON Lines has one article a line, as {{'text': ...}}")
    if bad:
        _warn(f"{path}: left out, since the line is not a JSON object: line {listed(bad)}")


def parse_json(line: str) -> Any:
    """Parse JSON; half of a surrogate pair, which it can spell and no table hold, becomes U+FFFD."""
    value = json.loads(line)
    if "\\ud" in line or "\\uD" in line:
        value = json.loads(_LONE.sub("\ufffd", json.dumps(value, ensure_ascii=False)))
    return value


def _read_parquet(path: Path) -> pd.DataFrame:
    import pyarrow as pa

    try:
        return pd.read_parquet(path)
    except pa.ArrowInvalid as error:
        raise ValueError(f"{path} is not a Parquet file ({str(error).splitlines()[0].rstrip('.')})") from None


def _read_excel(path: Path) -> pd.DataFrame:
    import zipfile

    try:
        with zipfile.ZipFile(path) as workbook:
            unpacked = sum(part.file_size for part in workbook.infolist())
        if unpacked > _MAX_UNPACKED:
            # a bomb, or a table that Excel's reader would need ten times as much memory for
            raise OverflowError
        return pd.read_excel(path, dtype="str", keep_default_na=False)
    except ImportError:
        raise ImportError(
            'reading Excel files needs openpyxl; install it with: pip install "kzanalytics[files]"'
        ) from None
    except OverflowError:
        raise ValueError(
            f"{path} unpacks to {unpacked / 1e6:,.0f} MB, more than the {_MAX_UNPACKED / 1e6:,.0f} MB a workbook may have; "
            "save it as CSV in UTF-8"
        ) from None
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise ValueError(f"{path} is not a readable Excel workbook; save it as .xlsx or as CSV in UTF-8") from None


def _unescaped(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(**{str(c): _without_apostrophe(table[c]) for c in table.columns})


def _without_apostrophe(column: pd.Series) -> pd.Series:
    escaped = column.str.match("'" + _FORMULA.pattern)
    return column.where(~escaped, column.str.slice(1)) if escaped.any() else column
