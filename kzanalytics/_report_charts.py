"""The charts of a report: small SVG in both languages, the outlines of letters shared by all, and the table behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from ._chart_base import chart_info
from .chart_files import figure_svg

__all__ = ["compact_svg", "draw_chart"]

_ROWS = 60
_GLYPH = re.compile(r'<path id="(DejaVu[^"]+)"[^>]*/>')


def draw_chart(
    name: str, plot: Callable[..., Any], glyphs: dict[str, str], target: Callable[[Any], dict[str, Any] | None]
) -> tuple[dict[str, Any], list[dict[str, Any] | None]]:
    """Draw one chart in both languages; returns what the page shows and what a click on each row asks for."""
    import matplotlib.pyplot as plt

    svg, info = {}, None
    for language in ("ar", "en"):
        ax = plot(language=language)
        info = chart_info(ax)
        svg[language] = compact_svg(figure_svg(ax), f"{name}-{language}-", glyphs)
        plt.close(ax.get_figure())
    assert info is not None
    table = info.table
    asked = [target(record) for record in table.to_dict("records")]
    columns = [str(column) for column in table.columns]
    rows = [[_cell(value) for value in row] for row in table.head(_ROWS).itertuples(index=False)]
    shown = {
        "name": name,
        "svg": svg,
        "title": info.title,
        "alt": info.alt,
        "columns": columns,
        "rows": rows,
        "left_out": max(0, len(table) - _ROWS),
        "clicks": any(asked),
    }
    return shown, asked


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "–" if pd.isna(value) else f"{value:.4g}"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return "–" if value is pd.NaT else str(value)


def compact_svg(svg: str, prefix: str, glyphs: dict[str, str]) -> str:
    """Make a chart fit to stand in a page: no style attributes, no addresses, no id that another chart has too.

    Outlines of letters move to `glyphs`, which all charts of a page share; an artist drawn for row 3 of the table gets
    ``data-row="3"``.
    """
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' (?:xmlns(?::\w+)?|version)="[^"]*"', "", svg, count=4)
    svg = svg.replace("xlink:href", "href")

    def keep_glyph(found: re.Match[str]) -> str:
        glyphs.setdefault(found.group(1), re.sub(r"\s+", " ", found.group()))
        return ""

    svg = _GLYPH.sub(keep_glyph, svg)
    svg = re.sub(r'style="([^"]*)"', lambda found: _attributes(found.group(1)), svg)
    svg = re.sub(r'id="row-(\d+)(?:-[^"]*)?"', r'data-row="\1"', svg)
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(
        r' id="([^"]*)"', lambda found: f' id="{prefix}{found.group(1)}"' if found.group(1) in used else "", svg
    )
    svg = re.sub(r'href="#(?!DejaVu)', f'href="#{prefix}', svg)
    svg = svg.replace("url(#", f"url(#{prefix}")
    svg = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), svg)
    svg = re.sub(r"<defs>\s*</defs>", "", svg)
    svg = re.sub(r">\s+<", "><", svg)
    return re.sub(r"\s+", " ", svg).strip()


def _attributes(style: str) -> str:
    """A style attribute, which the page's security policy forbids, as the presentation attributes it stands for."""
    pairs = [part.split(":", 1) for part in style.split(";") if ":" in part]
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in pairs)
