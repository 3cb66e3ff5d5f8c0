"""What a report's page knows of the articles: texts and mentions as JSON that is safe inside HTML."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import Any

import pandas as pd

from ._chart_words import STANCES, group_name, speaker_name

__all__ = ["CONTEXT", "VOICES", "json_for_html", "page_data"]

CONTEXT = 120
"""Characters on either side of a mention that ``text="context"`` keeps."""

VOICES = {"outlet": ("المنبر نفسه", "the outlet itself"), "attributed": ("منقول عن غيره", "attributed")}
_QUOTES = {
    "none": ("بلا علامتي اقتباس", "no quotation marks"),
    "speech": ("قول بين علامتين", "speech in quotation marks"),
    "phrase": ("عبارة بين علامتين", "a phrase in quotation marks"),
}


def json_for_html(value: Any) -> str:
    """JSON for a script element: nothing in it can end the element or be taken for markup.

    Examples
    --------
    >>> json_for_html({"نص": "</script>"})
    '{"نص":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def page_data(
    articles: pd.DataFrame, mentions: pd.DataFrame, reuse: pd.DataFrame, frames: list[dict[str, str]], text: str
) -> dict[str, Any]:
    """The articles of the reading room, each with its mentions; names are numbers that point into lists."""
    outlets = list(dict.fromkeys(articles["outlet"].astype(str)))
    outlet_at = {name: i for i, name in enumerate(outlets)}
    frame_at = {frame["id"]: i for i, frame in enumerate(frames)}
    stance_at = {name: i for i, name in enumerate(STANCES)}
    voice_at, quote_at = ({name: i for i, name in enumerate(names)} for names in (VOICES, _QUOTES))
    single = mentions["speaker"].astype(str).str.split(";").explode().str.strip()
    speakers = [
        str(name) for name in single.value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    ]
    speaker_at = {name: i for i, name in enumerate(speakers)}
    classes = sorted({str(name) for name in mentions["cue_class"]})
    class_at = {name: i for i, name in enumerate(classes)}
    grouped = dict(list(mentions.groupby(mentions["article_id"].astype(str), sort=False)))
    shared = _shared(reuse)
    made = []
    for record in articles.itertuples(index=False):
        article_id, body = str(record.article_id), str(record.text)
        place = _Places(body)
        own = grouped.get(article_id)
        listed = []
        for m in own.itertuples(index=False) if own is not None else ():
            entry: dict[str, Any] = {
                "a": place(m.start),
                "b": place(m.end),
                "f": frame_at[str(m.frame)],
                "s": stance_at[str(m.stance)],
                "v": voice_at[str(m.voice)],
                "q": quote_at[str(m.quote)],
                "p": [speaker_at[name.strip()] for name in str(m.speaker).split(";")],
                "c": place(m.cue_start) if m.cue_start >= 0 else -1,
                "e": place(m.cue_end) if m.cue_start >= 0 else -1,
                "x": class_at[str(m.cue_class)],
                "u": str(m.cue),
                "n": str(m.speaker_text),
            }
            if text == "context":
                entry |= dict(zip("lkr", _context(body, m.start, m.end), strict=True)) | {"c": -1, "e": -1}
            listed.append(entry)
        date = getattr(record, "date", None)
        made.append(
            {
                "i": article_id,
                "o": outlet_at[str(record.outlet)],
                "d": f"{date:%Y-%m-%d}" if isinstance(date, pd.Timestamp) else "",
                "h": str(getattr(record, "title", "") or "").strip(),
                "t": _without_returns(body) if text == "full" else None,
                "m": listed,
                "r": [[place(start), place(end)] for start, end in shared.get(article_id, ())]
                if text == "full"
                else [],
            }
        )
    return {
        "text": text,
        "articles": made,
        "outlets": [_both(group_name(name, "ar"), group_name(name, "en")) for name in outlets],
        "frames": [{"ar": frame["ar"], "en": frame["en"]} for frame in frames],
        "stances": [_both(arabic, english) for arabic, english, _, _ in STANCES.values()],
        "speakers": [_both(speaker_name(n, "ar"), speaker_name(n, "en")) if n else _both("", "") for n in speakers],
        "voices": [_both(*pair) for pair in VOICES.values()],
        "quotes": [_both(*pair) for pair in _QUOTES.values()],
        "cues": classes,
        "index": {"outlet": outlet_at, "frame": frame_at, "stance": stance_at, "speaker": speaker_at},
    }


def _both(arabic: str, english: str) -> dict[str, str]:
    return {"ar": arabic, "en": english}


def _without_returns(text: str) -> str:
    """The page cuts paragraphs at line feeds; a lone carriage return is made one, a pair keeps its length."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def _shared(reuse: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for side in "ab":
        columns = (reuse[f"article_{side}"], reuse[f"start_{side}"], reuse[f"end_{side}"])
        for article_id, start, end in zip(*columns, strict=True):
            spans.setdefault(str(article_id), []).append((int(start), int(end)))
    return {article_id: _merged(sorted(found)) for article_id, found in spans.items()}


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    left, right = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before = ("… " if left else "") + " ".join(text[left:start].split("\n"))
    after = " ".join(text[end:right].split("\n")) + (" …" if right < len(text) else "")
    return before, text[start:end], after


class _Places:
    """Offsets in code points as offsets in UTF-16 units, which is how a browser counts: 𝑥 and 😀 are two."""

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and max(text, default="") > "\uffff"
        self.wide = [i for i, character in enumerate(text) if character > "\uffff"] if wide else []

    def __call__(self, offset: Any) -> int:
        return int(offset) + (bisect_left(self.wide, int(offset)) if self.wide else 0)
