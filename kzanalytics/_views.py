"""Tables as a notebook shows them: from right to left, each text in its own direction, long ones in pages.

Plain HTML without scripts, styles of its own or colours: JupyterLab, VS Code and Colab colour it with their theme, light
or dark, and show it in a notebook that is not trusted yet, where they drop scripts and most styles.
"""

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["TableView", "paged_html", "show_table"]

PAGE_ROWS = 50
MAX_ROWS = 200


class TableView:
    """A table that a notebook shows from right to left; made by :func:`show_table`, which see."""

    def __init__(self, table: pd.DataFrame, page_rows: int, max_rows: int) -> None:
        self.table, self.page_rows, self.max_rows = table, page_rows, max_rows

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        table = self.table.head(self.max_rows)
        if table.index.nlevels > 1 or table.index.name is not None or table.index.dtype.kind != "i":
            # Under their names, unless a column has that name already.
            names = [name if name is not None and name not in table.columns else "" for name in table.index.names]
            index = table.index.to_frame(index=False)
        else:
            names, index = [], pd.DataFrame(index=range(len(table)))
        head = "".join(f'<th scope="col"><bdi>{_cell(name)}</bdi></th>' for name in [*names, *table.columns])
        columns = [index.iloc[:, i].tolist() for i in range(len(names))]
        columns += [table.iloc[:, i].tolist() for i in range(table.shape[1])]
        rows = ["".join(f"<td><bdi>{_cell(value)}</bdi></td>" for value in row) for row in zip(*columns, strict=True)]
        return paged_html(head, rows, n_rows=len(self.table), page_rows=self.page_rows)


def show_table(table: pd.DataFrame, *, page_rows: int = PAGE_ROWS, max_rows: int = MAX_ROWS) -> TableView:
    """Show a table from right to left in a notebook, whole texts in their own direction.

    pandas lays a table out from left to right and cuts long texts at 50 characters, which puts the full stop and the
    dots of an Arabic text on its wrong side. In a terminal the table prints as it does otherwise.

    Parameters
    ----------
    table : DataFrame
        Any table; not changed. The index is shown if it is not just the number of the row.
    page_rows : int, default 50
        Rows on a page: about a screen and a half. The first page is open, the others open with a click.
    max_rows : int, default 200
        More rows are counted, not shown, so that a notebook stays small.

    Returns
    -------
    TableView
        What a notebook shows if it is the last line of a cell; ``.table`` is the table.

    Raises
    ------
    ValueError
        If `page_rows` or `max_rows` is below 1.

    Examples
    --------
    >>> table = pd.DataFrame({"text": ["قال إن «الإرهاب» انتهى."], "n_mentions": [1]})
    >>> view = show_table(table)
    >>> "<td><bdi>قال إن «الإرهاب» انتهى.</bdi></td><td><bdi>1</bdi></td>" in view._repr_html_()
    True
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"table must be a DataFrame, not {type(table).__name__}; a Series becomes one with .to_frame()."
        )
    for name, value in (("page_rows", page_rows), ("max_rows", max_rows)):
        if value < 1:
            raise ValueError(f"{name} is {value}; it is a number of rows, at least 1.")
    return TableView(table, page_rows, max_rows)


def paged_html(head: str, rows: Sequence[str], *, n_rows: int, page_rows: int = PAGE_ROWS) -> str:
    """Put rows of HTML cells into right-to-left tables of `page_rows` rows; `n_rows` is how many there really are."""
    pages = []
    for first in range(0, max(len(rows), 1), page_rows):
        part = rows[first : first + page_rows]
        page = f'<table dir="rtl" lang="ar" style="direction:rtl"><thead><tr>{head}</tr></thead>'
        page += f"<tbody>{''.join(f'<tr>{row}</tr>' for row in part)}</tbody></table>"
        if first:
            numbers = f"<bdi>{first + 1:,}</bdi> – <bdi>{first + len(part):,}</bdi> / <bdi>{n_rows:,}</bdi>"
            page = f'<details dir="rtl"><summary>{numbers}</summary>{page}</details>'
        pages.append(page)
    more = n_rows - len(rows)
    return "".join(pages) + (f'<p dir="rtl"><bdi>+ {more:,}</bdi></p>' if more > 0 else "")


def _cell(value: Any) -> str:
    if not isinstance(value, str) and pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp) and value == value.normalize():
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.6g}"
    return html.escape(str(value))
