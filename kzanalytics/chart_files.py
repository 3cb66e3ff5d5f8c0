"""Save a chart with everything a reader or a reviewer may ask for: picture, table, alt text, provenance."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd

from ._chart_base import ChartInfo, chart_info
from ._rtl import renderer_shapes_arabic
from .files import make_folder

__all__ = ["figure_svg", "save_figure"]

_FORMATS = ("png", "svg", "pdf")


def save_figure(
    ax: Any,
    path: str | Path,
    *,
    table: pd.DataFrame | None = None,
    formats: Sequence[str] = _FORMATS,
    dpi: int = 200,
    provenance: Mapping[str, Any] | None = None,
    svg_text: bool = False,
) -> list[Path]:
    """Save a chart as pictures, with the table behind it and its provenance.

    Parameters
    ----------
    ax : Axes
        What a ``kz.plot_`` function returned.
    path : str or Path
        The files' common name; an ending such as ``.png`` is dropped. Missing folders are made.
    table : DataFrame, optional
        The table behind the chart; the one it was drawn from by default.
    formats : sequence of {"png", "svg", "pdf"}
        Pictures to write. In all of them the words are drawn as outlines, so they look the same everywhere; the SVG
        carries them in ``<title>`` and ``<desc>``, in logical order, for search and screen readers.
    dpi : int, default=200
        Resolution of the PNG: 200 is enough for a printed column.
    provenance : mapping, optional
        What the result depends on: pass ``kz.run_info(articles, codebook)``.
    svg_text : bool, default=False
        Write the SVG's words as text instead of outlines, to be found and edited; the viewer then needs the font.
        Only where matplotlib shapes Arabic itself (3.11 and later): earlier ones would store it back to front.

    Returns
    -------
    list of Path
        The pictures, then ``.csv`` (with a byte-order mark, so that Excel shows Arabic) and ``.json`` (title, alt
        text in Arabic and English, checksum of the table, provenance). The same chart gives the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from kzanalytics.charts import plot_tfidf, save_figure
    >>> table = pd.DataFrame({"outlet": ["الثورة"], "term": ["الغاز"], "tf_idf": [0.25], "rank": [1]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [file.name for file in save_figure(plot_tfidf(table), f"{folder}/terms")]
    ['terms.png', 'terms.svg', 'terms.pdf', 'terms.csv', 'terms.json']
    """
    unknown = [name for name in formats if name not in _FORMATS]
    if unknown:
        raise ValueError(f"formats holds {unknown[0]!r}; choose from {list(_FORMATS)}.")
    if svg_text and not renderer_shapes_arabic():
        raise ValueError(
            "svg_text=True needs a matplotlib that shapes Arabic (3.11 or later); leave it out for outlines."
        )
    info = chart_info(ax)
    stem = Path(path)
    if stem.suffix.lower()[1:] in (*_FORMATS, "csv", "json"):
        stem = stem.with_suffix("")
    make_folder(stem.parent)
    written = []
    for name in formats:
        file = stem.with_name(f"{stem.name}.{name}")
        file.write_bytes(_picture(ax, info, name, dpi, svg_text))
        written.append(file)
    data = (info.table if table is None else table).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    csv, record = stem.with_name(f"{stem.name}.csv"), stem.with_name(f"{stem.name}.json")
    csv.write_bytes(data)
    about = {
        "title": info.title,
        "alt_text": info.alt,
        "language": info.language,
        "font": info.font,
        "pictures": [file.name for file in written],
        "table": csv.name,
        "table_sha256": hashlib.sha256(data).hexdigest(),
        "provenance": dict(provenance or {}),
    }
    text = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    record.write_text(text + "\n", encoding="utf-8")
    return [*written, csv, record]


def _picture(ax: Any, info: ChartInfo, name: str, dpi: int, svg_text: bool) -> bytes:
    if name == "svg":
        return figure_svg(ax, svg_text=svg_text).encode()
    metadata: dict[str, Any] = {"Title": info.title[info.language]}
    if name == "png":
        metadata |= {"Description": info.alt[info.language], "Software": None}
    else:
        metadata |= {"Subject": info.alt[info.language], "CreationDate": None, "Producer": None, "Creator": None}
    buffer = io.BytesIO()
    ax.get_figure().savefig(
        buffer, format=name, dpi=dpi, bbox_inches="tight", pad_inches=0.15, facecolor="white", metadata=metadata
    )
    return buffer.getvalue()


def figure_svg(ax: Any, *, svg_text: bool = False) -> str:
    """Return a chart as SVG text that says its title and alt text; the same chart gives the same text."""
    import matplotlib as mpl

    info = chart_info(ax)
    buffer = io.StringIO()
    empty = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with mpl.rc_context({"svg.fonttype": "none" if svg_text else "path", "svg.hashsalt": "kzanalytics"}):
        ax.get_figure().savefig(
            buffer, format="svg", bbox_inches="tight", pad_inches=0.15, facecolor="white", metadata=empty
        )
    svg = buffer.getvalue()
    # matplotlib names the characters of each outline in a comment, in the order they are drawn; the words are in <desc>
    svg = re.sub(r"[ \t]*<!--.*?-->\n?", "", svg, flags=re.DOTALL)
    words = f"<title>{escape(info.title[info.language])}</title>\n <desc>{escape(info.alt[info.language])}</desc>\n"
    label = escape(info.title[info.language], {'"': "&quot;"})
    return re.sub(
        r"(<svg\b[^>]*)>",
        lambda tag: f'{tag.group(1)} role="img" lang="{info.language}" aria-label="{label}">\n {words}',
        svg,
        count=1,
    )
