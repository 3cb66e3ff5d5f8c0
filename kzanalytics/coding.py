"""Hand coding: draw a sheet of mentions, read filled sheets back, and say how far to trust the labels.

The labels of voice, speaker, quotation and polarity come from rules. How good they are on *your* corpus only people reading
your articles can say: write a sheet with :func:`coding_sheet`, let two coders or more fill copies of it, read them with
:func:`read_codes` and compare with :func:`agreement`.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ._agreement import Agreement, agreement
from ._codes import ALLOWED, STRATA, krippendorff_alpha, majority_codes, row_id, row_ids
from .articles import _warn, listed
from .codebooks import Codebook
from .files import _read_file, write_table, write_whole

__all__ = ["Agreement", "agreement", "coding_sheet", "krippendorff_alpha", "majority_codes", "read_codes"]

_CODED = ("voice", "speaker", "quote", "polarity")
_COLUMNS = ["row_id", "frame", "left", "keyword", "right", *_CODED, "comment"]
_CODES = ["coder", "row_id", "article_id", "frame", "start", "end", "text", *_CODED, "comment"]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_WIDTHS = {"row_id": 12, "frame": 18, "left": 60, "keyword": 18, "right": 60, "speaker": 22, "comment": 30}
_GUIDE = (
    ("voice", "outlet", "الوسيلة تقول ذلك بلسانها", "the outlet says it itself"),
    (
        "voice",
        "attributed",
        "كلام منسوب إلى غيرها، مباشر أو غير مباشر",
        "somebody's words, in direct or indirect speech",
    ),
    (
        "speaker",
        "…",
        "من القائل؛ عدة قائلين يفصل بينهم ;  و? إن لم يُسمَّ",
        "whose words; several joined by ; and ? if not named",
    ),
    ("quote", "none", "خارج علامات التنصيص", "outside quotation marks"),
    ("quote", "phrase", "داخل علامات تضم أربع كلمات على الأكثر", "inside marks around at most four words"),
    ("quote", "speech", "داخل علامات تضم أكثر من أربع كلمات", "inside marks around more than four words"),
    ("polarity", "affirmed", "القائل يصف الأحداث بهذا الإطار", "whoever speaks uses the frame of the events"),
    ("polarity", "rejected", "القائل ينفي أن الإطار ينطبق", "denies that the frame fits"),
    (
        "polarity",
        "distanced",
        "عبارة صريحة تتبرأ من الكلمة: ما وصفه بـ، المزعوم",
        "an explicit marker disowns the word",
    ),
    ("comment", "…", "ملاحظة حرة", "anything; not read"),
)


# ---------------------------------------------------------------- drawing a sheet


def coding_sheet(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    n: int = 200,
    seed: int = 2022,
    path: str | os.PathLike[str] | None = None,
    strata: Sequence[str] | None = None,
    width: int = 300,
    codebook: Codebook | None = None,
) -> pd.DataFrame:
    """Draw a stratified sample of mentions for human coders, in context, without the rules' labels.

    Parameters
    ----------
    mentions : DataFrame
        With the rules' labels, from ``attribute_mentions``.
    articles : DataFrame
        The articles they were found in.
    n : int, default 200
        Mentions to draw: with 200, an accuracy of .90 is known to within 4 points (95 %), if mentions were independent. All
        of them, if there are fewer.
    seed : int
        The same seed draws the same sheet.
    path : path, optional
        Where to write it: ``.xlsx`` (right to left, drop-down values, a second sheet that explains them; needs the extra
        ``files``) or ``.csv`` (with a byte-order mark, safe from formulas). A file with codes in it, or of
        another kind, is never overwritten.
    strata : sequence of str, optional
        Columns of `mentions`. By default outlet, frame and stance; if more combinations of them occur than `n`, frame and
        stance, or stance alone. Each combination that occurs gets at least one row; the other rows are shared out in
        proportion (Sainte-Laguë). So rare stances are coded too, and :func:`agreement` weights them back.
    width : int, default 300
        Characters of context on each side, cut at a word: about 50 words, since what attributes a mention often stands a
        sentence earlier.
    codebook : Codebook, optional
        Whose definitions of the frames are put on the second sheet of an Excel file.

    Returns
    -------
    DataFrame
        The sheet: ``row_id`` (frame, article, place and check digits: it survives sorting), ``frame``, ``left`` (the text
        before), ``keyword``, ``right`` (the text after; ``¶`` is a line's end, ``…`` a cut), and, to be filled, ``voice,
        speaker, quote, polarity, comment``. In random order, so that the part a coder has finished is a sample too.

    Raises
    ------
    ValueError
        If a column is missing, `n` is below the number of strata, or `path` has another ending.
    FileExistsError
        If the file at `path` holds codes, or is not a coding sheet.

    Notes
    -----
    The coder sees neither the rules' labels nor the outlet's name, unless the text or the article's id gives it away.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "text": ["قال الرئيس إن الإرهابيين هاجموا المطار."]})
    >>> mentions = pd.DataFrame({"article_id": ["a"], "frame": ["terrorism"], "start": [14], "end": [24]})
    >>> coding_sheet(mentions, articles, strata=["frame"])[["left", "keyword", "right", "voice"]].values.tolist()
    [['قال الرئيس إن', 'الإرهابيين', 'هاجموا المطار.', '']]
    """
    needed = ["article_id", "frame", "start", "end", *(STRATA[0] if strata is None else strata)]
    missing = [c for c in dict.fromkeys(needed) if c not in mentions]
    if missing:
        raise ValueError(
            f"mentions has no column {listed(missing)}; call kz.attribute_mentions first, or name other columns as strata"
        )
    if mentions.empty:
        raise ValueError(
            "mentions has no rows, so there is nothing to code; look for other frames or in other articles"
        )
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    lost = [i for i in mentions["article_id"].unique() if i not in texts]
    if lost:
        raise ValueError(f"mentions has articles that are not in articles: {listed(lost)}; give the articles searched")
    if path is not None:
        _check_target(Path(path))
    table = mentions.assign(row_id=row_ids(mentions)).drop_duplicates("row_id").reset_index(drop=True)
    if strata is None:
        fine = [s for s in STRATA if len(table[list(s)].drop_duplicates()) <= n]
        strata = fine[0] if fine else STRATA[-1]
    table = table.iloc[_draw(table, list(strata), n, seed)]
    empty = [""] * (len(_CODED) + 1)
    places = zip(*(table[c].tolist() for c in ("row_id", "frame", "article_id", "start", "end")), strict=True)
    rows = [(name, str(f), *_context(texts[a], start, end, width), *empty) for name, f, a, start, end in places]
    sheet = pd.DataFrame(rows, columns=_COLUMNS, dtype="str")
    if path is not None and Path(path).suffix.lower() == ".xlsx":
        write_whole(Path(path), _workbook(sheet, codebook))
    elif path is not None:
        write_table(sheet, path)
    return sheet


def _check_target(path: Path) -> None:
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise ValueError(f"path {path} must end in .csv or .xlsx; the ending decides the format")
    if not path.exists():
        return
    filled = _read_file(path, None, None)
    if "row_id" not in filled:
        raise FileExistsError(f"{path} is not a coding sheet, and is not overwritten; give another path")
    if any((filled[c].astype("str").str.strip() != "").any() for c in _CODED if c in filled):
        raise FileExistsError(f"{path} holds codes, and is not overwritten; give another path, or move the file away")


def _draw(table: pd.DataFrame, strata: list[str], n: int, seed: int) -> np.ndarray:
    """Return the rows of a stratified sample without replacement, in random order."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(table))
    if n >= len(table):
        return rows
    stratum = table.groupby(strata, sort=True, observed=True, dropna=False).ngroup().to_numpy() if strata else None
    if stratum is None:
        stratum = np.zeros(len(table), dtype="int64")
    sizes = np.bincount(stratum)
    if n < len(sizes):
        raise ValueError(
            f"n={n} is less than the {len(sizes)} combinations of {', '.join(strata)} that occur; draw at least that many, "
            "or stratify by fewer columns"
        )
    wanted = _shared_out(sizes, n)
    order = rows[np.argsort(stratum[rows], kind="stable")]
    place = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    drawn = order[place < np.repeat(wanted, sizes)]
    return rng.permutation(drawn)


def _shared_out(sizes: np.ndarray, n: int) -> np.ndarray:
    """Share out n seats in proportion to sizes: one each, then by Sainte-Laguë's quotients, never more than there are.

    >>> _shared_out(np.array([90, 9, 1]), 10).tolist()
    [8, 1, 1]
    """
    seats = np.ones(len(sizes), dtype="int64")
    for _ in range(n - len(sizes)):
        seats[np.argmax(np.where(seats < sizes, sizes / (2 * seats + 1), -1.0))] += 1
    return seats


def _context(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    first, last = max(0, start - width), min(len(text), end + width)
    left, right = text[first:start], text[end:last]
    if first:
        cut = re.search(r"\s", left)
        left = "… " + left[cut.end() :] if cut else "… " + left
    if last < len(text):
        cut = re.search(r"\s\S*$", right)
        right = right[: cut.start()] + " …" if cut else right + " …"
    return _shown(left), _shown(text[start:end]), _shown(right)


def _shown(text: str) -> str:
    """On one line, without what no spreadsheet can hold."""
    lines = re.split(r"\s*[\n\r\u2028\u2029]\s*", _CONTROL.sub(lambda m: "\n" if m[0] == "\r" else " ", text))
    return re.sub(r"\s+", " ", " ¶ ".join(lines)).strip()


def _workbook(sheet: pd.DataFrame, codebook: Codebook | None) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation
    except ImportError:
        raise ImportError(
            'writing Excel files needs openpyxl; install it with: pip install "kzanalytics[files]", or write a .csv'
        ) from None
    book = Workbook()
    page = book.active
    page.title = "codes"
    _fill(page, [list(sheet.columns), *sheet.to_numpy().tolist()])
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="FFF2CC")
    for number, name in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = _WIDTHS.get(name, 14)
        for cell in page[letter]:
            cell.number_format = "@"  # text, so that no value becomes a number or a date
            cell.alignment = Alignment(
                wrap_text=name in ("left", "keyword", "right", "comment"), vertical="top", readingOrder=2
            )
            if name in _CODED:
                cell.fill = shade
            if name == "keyword":
                cell.font = bold
        if name in ALLOWED and len(sheet):
            rule = DataValidation(type="list", formula1=f'"{",".join(ALLOWED[name])}"', allow_blank=True)
            rule.showErrorMessage, rule.errorTitle = True, name
            rule.error = f"{name}: {', '.join(ALLOWED[name])}"
            rule.add(f"{letter}2:{letter}{len(sheet) + 1}")
            page.add_data_validation(rule)
    for cell in page[1]:
        cell.font = bold
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    guide = book.create_sheet("guide")
    frames = [["frame", f.id, f.label_ar, f.definition] for f in codebook.frames] if codebook else []
    _fill(guide, [["column", "value", "المعنى", "meaning"], *map(list, _GUIDE), *frames])
    for letter, size in zip("ABCD", (12, 14, 60, 60), strict=True):
        guide.column_dimensions[letter].width = size
    for view in (page.sheet_view, guide.sheet_view):
        view.rightToLeft = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(page: Any, rows: list[list[str]]) -> None:
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            cell = page.cell(r, c)
            if value:
                cell.value = value
                cell.data_type = "s"  # openpyxl takes text that starts with "=" for a formula
                cell.quotePrefix = value[0] in "=+-@"


# ---------------------------------------------------------------- reading codes


def read_codes(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | Mapping[str, str | os.PathLike[str]],
    *,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Read filled coding sheets: one or several, CSV or Excel, sorted in any way, wholly or partly filled.

    Parameters
    ----------
    paths : path, list of paths, or mapping of coder to path
        Without a mapping the coder is called by the file's name without its ending.
    mentions : DataFrame, optional
        The table the sheet was drawn from: then each row must be one of its mentions. Without it, the check digits in
        ``row_id`` show a row that was damaged or made up.

    Returns
    -------
    DataFrame
        A row per coder and mention with any code: ``coder, row_id, article_id, frame, start, end, text, voice, speaker, quote,
        polarity, comment``; ``""`` is not coded. Capitals and spaces around a value do not matter.

    Raises
    ------
    FileNotFoundError
        If a sheet is missing.
    ValueError
        One sentence naming sheet, row (as the spreadsheet counts), column, value and what is allowed: for a value that is not
        one, a row that stands twice, a row that is unknown, a speaker beside voice ``outlet``, two sheets of one coder, or
        a sheet without codes.

    Warns
    -----
    CorpusWarning
        For a sheet that is partly filled, how many codes are missing.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> sheet = pd.DataFrame({"row_id": ["terrorism/004/12-21/fae7"], "voice": ["attributed"], "speaker": ["توكاييف"]})
    >>> path = write_table(sheet.assign(quote="none", polarity="affirmed"), folder.name + "/سلمى.csv")
    >>> read_codes(path)[["coder", "article_id", "start", "voice"]].values.tolist()
    [['سلمى', '004', 12, 'attributed']]
    >>> folder.cleanup()
    """
    if isinstance(paths, Mapping):
        sheets = [(str(coder), Path(path)) for coder, path in paths.items()]
    else:
        several = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        sheets = [(Path(path).stem, Path(path)) for path in several]
    if not sheets:
        raise ValueError("paths is empty; give at least one filled coding sheet")
    names = [coder for coder, _ in sheets]
    twice = sorted({c for c in names if names.count(c) > 1})
    if twice:
        raise ValueError(
            f"paths has two sheets of the coder {listed(twice)}; name the coders, as {{'salma': 'a/codes.csv', ...}}"
        )
    known = set(row_ids(mentions)) if mentions is not None else None
    tables = [_read_sheet(coder, path, known) for coder, path in sheets]
    return pd.concat(tables, ignore_index=True)


def _read_sheet(coder: str, path: Path, known: set[str] | None) -> pd.DataFrame:
    if not path.is_file():
        raise FileNotFoundError(f"there is no coding sheet {path}; check the path")
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise ValueError(f"{path} is not a coding sheet this reads: give the .csv or .xlsx that coding_sheet wrote")
    table = _read_file(path, None, None)
    table.columns = [str(c).strip().lower() for c in table.columns]
    missing = [c for c in ("row_id", *_CODED) if c not in table]
    if missing:
        raise ValueError(f"{path} has no column {listed(missing)}; keep the columns that coding_sheet wrote")
    table = table.reindex(columns=_COLUMNS, fill_value="").fillna("").astype("str")
    table = table.apply(lambda c: c.str.strip())
    table["row"] = np.arange(2, len(table) + 2)  # as the spreadsheet counts: the header is row 1
    table = table[(table[_COLUMNS] != "").any(axis=1)]
    for name, allowed in ALLOWED.items():
        table[name] = table[name].str.lower()
        wrong = table[~table[name].isin(["", *allowed])]
        if len(wrong):
            raise ValueError(_wrong(path, wrong.iloc[0], name, f"must be {', '.join(allowed)} or empty"))
    twice = table[table["row_id"].duplicated()]
    if len(twice):
        first = table["row"][table["row_id"] == twice["row_id"].iloc[0]].iloc[0]
        raise ValueError(_wrong(path, twice.iloc[0], "row_id", f"stands in row {first} too; keep one of the two"))
    places = table["row_id"].map(_place)
    unknown = table[places.isna() if known is None else ~table["row_id"].isin(known)]
    if len(unknown):
        what = "is not a row that coding_sheet wrote" if known is None else "is not one of the mentions"
        raise ValueError(_wrong(path, unknown.iloc[0], "row_id", f"{what}; restore it, or delete the row"))
    odd = table[(table["voice"] == "outlet") & (table["speaker"] != "")]
    if len(odd):
        raise ValueError(_wrong(path, odd.iloc[0], "speaker", "must be empty where voice is outlet"))
    _report(path, table)
    coded = (table[list(_CODED)] != "").any(axis=1)
    parts = pd.DataFrame(
        places[coded].tolist(), columns=["frame", "article_id", "start", "end"], index=table.index[coded]
    )
    table = table[coded].drop(columns="frame").join(parts).assign(coder=coder).rename(columns={"keyword": "text"})
    texts = dict.fromkeys([c for c in _CODES if c not in ("start", "end")], "str")
    return table[_CODES].astype({**texts, "start": "int64", "end": "int64"})


def _wrong(path: Path, row: pd.Series, column: str, why: str) -> str:
    return f"{path}, row {row['row']}, column {column}: {row[column]!r} {why}"


def _place(name: str) -> tuple[str, str, int, int] | None:
    """Take a row's name apart, or None if its check digits are wrong."""
    found = re.fullmatch(r"([^/]+)/(.+)/(\d+)-(\d+)/[0-9a-f]{4}", name, re.DOTALL)
    if not found:
        return None
    frame, article, start, end = found.groups()
    return (frame, article, int(start), int(end)) if row_id(frame, article, int(start), int(end)) == name else None


def _report(path: Path, table: pd.DataFrame) -> None:
    """Warn of what is not filled in, or raise if nothing is."""
    empty = {name: int((table[name] == "").sum()) for name in ALLOWED}
    unnamed = int(((table["voice"] == "attributed") & (table["speaker"] == "")).sum())
    if all(count == len(table) for count in empty.values()):
        raise ValueError(f"{path} holds no codes in voice, quote or polarity; fill in at least one row")
    gaps = [f"{count} without {name}" for name, count in empty.items() if count]
    gaps += [f"{unnamed} attributed without speaker (write ? where nobody is named)"] if unnamed else []
    if gaps:
        _warn(f"{path} is partly filled: of {len(table)} rows, {', '.join(gaps)}")
