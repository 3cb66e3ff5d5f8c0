"""Read articles from what people have, and tables without losing their types."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .articles import _warn, check_articles, listed

__all__ = ["load_seeds", "read_articles", "read_table", "write_table"]

_TEXT_COLUMNS = set("article_id outlet other title text passage_id frame term lemma norm kind rule interval".split())
_TEXT_COLUMNS |= set(
    "inference voice speaker speaker_text quote polarity stance cue cue_class note left keyword".split()
)
_TEXT_COLUMNS |= set("article_a article_b right author url prior variance".split())
_FLOAT_COLUMNS = set("rate low high article_share share difference ratio p p_adjusted log_odds z".split())
_FLOAT_COLUMNS |= set("loo_low loo_high dispersion tf idf tf_idf weight".split())
_INTEGER_COLUMNS = set("start end n_tokens n_mentions n_articles n_articles_with count count_rest rank topic".split())
_LONE = re.compile("[\ud800-\udfff]")
_MAX_UNPACKED = 250_000_000
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


# ---------------------------------------------------------------- articles


def read_articles(
    path: str | os.PathLike[str],
    *,
    title: str = "separate",
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> pd.DataFrame:
    """Read a corpus: a folder of texts, or a CSV, Excel, JSON Lines or Parquet file.

    Parameters
    ----------
    path : path
        A folder of ``.txt`` (or ``.html``) files, with or without an ``articles.csv`` whose column ``file`` names them; or one
        file ending in ``.csv``, ``.tsv``, ``.xlsx``, ``.jsonl``, ``.ndjson`` or ``.parquet``, one article a row.
    title : {"separate", "prepend"}
        Only ``text`` is searched and counted. ``"prepend"`` puts a headline that the data keeps apart in front of the text.
    columns : mapping, optional
        Our column name to yours, for instance ``{"text": "body", "outlet": "source"}``.
    encoding : str, optional
        Of text files. By default UTF-8 or UTF-16 by its byte-order mark, else UTF-8, else Windows-1256 (with a warning).
    delimiter : str, optional
        Of a CSV file; by default the most frequent of comma, semicolon, tab and bar in the first line.

    Returns
    -------
    DataFrame
        The articles table, as :func:`check_articles` leaves it. In a folder without ``articles.csv`` a file's name without
        its ending is the id.

    Raises
    ------
    FileNotFoundError
        If there is nothing at `path`, or a file that ``articles.csv`` names is missing.
    ValueError
        If the folder holds no text, a file is not text, or a column is missing. One sentence, with the next step.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> csv = pathlib.Path(folder.name, "news.csv")
    >>> _ = csv.write_text("source;body\\nالثورة;ارتفعت أسعار الوقود\\n", encoding="utf-8")
    >>> read_articles(csv, columns={"text": "body", "outlet": "source"})[["outlet", "text"]].to_numpy().tolist()
    [['الثورة', 'ارتفعت أسعار الوقود']]
    >>> folder.cleanup()
    """
    if title not in ("separate", "prepend"):
        raise ValueError(f"title must be 'separate' or 'prepend', not {title!r}")
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"there is no file or folder {path}; check the path")
    table = _read_folder(path, encoding) if path.is_dir() else _read_file(path, encoding, delimiter)
    table = check_articles(_renamed(table, columns, path), source=str(path))
    if title == "prepend":
        joined = table["title"] + "\n\n" + table["text"]
        table["text"] = joined.where(table["title"] != "", table["text"])
    return table


def seeds_folder() -> Path:
    """Return the folder of the seed articles: inside the installed package, or beside it in a checkout."""
    inside = Path(str(resources.files("kzanalytics"))) / "seeds"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "seeds"


def load_seeds() -> pd.DataFrame:
    """Load the five articles on the January 2022 events in Kazakhstan.

    Returns
    -------
    DataFrame
        The articles table, with ``outlet_basis, date_basis, date_note, author, author_basis, url, url_basis, file, sha256``:
        where each fact comes from. Outlets that the text does not name are ``غير معروف (id)``.

    Examples
    --------
    >>> seeds = load_seeds()
    >>> seeds["article_id"].tolist()
    ['000', '001', '002', '003', '004']
    >>> seeds["outlet"].iloc[-1]
    'الثورة'
    """
    return read_articles(seeds_folder())


def _renamed(table: pd.DataFrame, columns: Mapping[str, str] | None, path: Path) -> pd.DataFrame:
    if not columns:
        return table
    missing = [theirs for theirs in columns.values() if theirs not in table.columns]
    if missing:
        have = ", ".join(map(str, table.columns))
        raise ValueError(f"{path} has no column {listed(missing)}, which columns= names; its columns are {have}")
    hidden = [ours for ours, theirs in columns.items() if ours in table.columns and ours != theirs]
    return table.drop(columns=hidden).rename(columns={theirs: ours for ours, theirs in columns.items()})


def _read_file(path: Path, encoding: str | None, delimiter: str | None) -> pd.DataFrame:
    ending = path.suffix.lower()
    if ending in (".csv", ".tsv"):
        return _unescaped(_read_csv(path, encoding, delimiter))
    if ending in (".jsonl", ".ndjson"):
        return pd.DataFrame(list(_json_records(path, encoding)))
    if ending == ".parquet":
        return _read_parquet(path)
    if ending == ".xlsx":
        return _read_excel(path)
    raise ValueError(
        f"{path} is not a corpus this reads: give a folder of .txt files, or a .csv, .tsv, .xlsx, .jsonl or .parquet file"
    )


def _read_folder(folder: Path, encoding: str | None) -> pd.DataFrame:
    known = pd.DataFrame({"article_id": [], "file": []}, dtype="str")
    if (folder / "articles.csv").is_file():
        known = _unescaped(_read_csv(folder / "articles.csv", encoding, None))
        if "file" not in known:
            raise ValueError(
                f"{folder / 'articles.csv'} has no column 'file'; it must name each article's file in the folder"
            )
        if "text" in known:
            raise ValueError(
                f"{folder / 'articles.csv'} has a column 'text'; the files hold the texts, so drop or rename it"
            )
        outside = [f for f in known["file"] if not _inside(folder, f)]
        if outside:
            raise ValueError(f"{folder / 'articles.csv'} names {listed(outside)}; a file must lie in the folder itself")
        missing = [f for f in known["file"] if not (folder / f).is_file()]
        if missing:
            raise FileNotFoundError(
                f"{folder / 'articles.csv'} names {listed(missing)}, which the folder does not have"
            )
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".txt", ".html", ".htm") and p.is_file())
    # what a stranger's archive may hold: a link to a file of yours
    linked = [p.name for p in files if not p.resolve().is_relative_to(folder.resolve())]
    if linked:
        _warn(f"{folder}: left out, since they are links to files elsewhere: {listed(linked)}; copy the files")
        files = [p for p in files if p.name not in linked]
    if not files and known.empty:
        raise ValueError(f"{folder} holds no .txt or .html file; give the folder that holds the articles")
    unlisted = [p.name for p in files if p.name not in set(known["file"])]
    if unlisted and len(known):
        _warn(f"{folder}: not in articles.csv, so without outlet and date: {listed(unlisted)}")
    more = pd.DataFrame({"article_id": [Path(f).stem for f in unlisted], "file": unlisted}, dtype="str")
    table = pd.concat([known, more], ignore_index=True)
    table = table.fillna(dict.fromkeys(table.columns, ""))
    texts: list[str | None] = []
    for name in table["file"]:
        try:
            texts.append(_file_text(folder / name, encoding))
        except ValueError as error:
            texts.append(None)
            _warn(f"left out: {error}")
    if all(t is None for t in texts):
        raise ValueError(f"no file in {folder} is readable text; save them as UTF-8 text, or name their encoding")
    return table.assign(text=pd.Series(texts, dtype=object))[[t is not None for t in texts]]


def _inside(folder: Path, name: str) -> bool:
    """Whether a name is that of a file in the folder itself, and no link to one elsewhere."""
    if name in ("", ".", "..") or "\0" in name or Path(name).name != name:
        return False
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _file_text(path: Path, encoding: str | None) -> str:
    text = decode(path.read_bytes(), path, encoding)
    if path.suffix.lower() == ".txt":
        return text
    try:
        import trafilatura
    except ImportError:
        raise ImportError(
            'reading .html files needs trafilatura; install it with: pip install "kzanalytics[files]"'
        ) from None
    return trafilatura.extract(text) or ""


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


# ---------------------------------------------------------------- tables


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


def _unescaped(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(**{str(c): _without_apostrophe(table[c]) for c in table.columns})


def _without_apostrophe(column: pd.Series) -> pd.Series:
    escaped = column.str.match("'" + _FORMULA.pattern)
    return column.where(~escaped, column.str.slice(1)) if escaped.any() else column


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
