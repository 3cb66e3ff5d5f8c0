"""Read articles from what people have: a folder of texts, CSV, Excel, JSON Lines or Parquet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import pandas as pd

from ._file_formats import _json_records, _read_csv, _read_excel, _read_parquet, _unescaped, decode
from ._table_files import make_folder, read_table, write_table, write_whole
from .articles import _warn, check_articles, listed

__all__ = ["load_seeds", "make_folder", "read_articles", "read_table", "seeds_folder", "write_table", "write_whole"]


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
