"""Tokens of attribution: cut in columns, they are those that a plain reading of the pattern gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzanalytics import _news_tokens
from kzanalytics._news_tokens import cut_texts
from kzanalytics._normalize import normalize
from kzanalytics._word_classes import CLOSE, EVENT, NAME, WordClasses
from kzanalytics.cues import load_cues
from kzanalytics.quotations import find_quotations
from kzanalytics.speakers import load_actors

PIECES = [
    "قال", "بوتين", "الملوّنة", "ــ", "ـ", "ههههه", "إنّ", "ؤ", "ۀ", "م", "د", "Reuters", "é", "ﻻ", "ﷺ", "٢٠", "3", "12", "_",
    ".", "..", "...", ",", "٫", "،", ":", "«", "»", "\"", "'", "’", "((", "))", "(", ")", "-", "–", "…", "؟", "%", "©",
    "\n", " ", " ", " ",
    "\t", "\u2028", "\u200f", "\u200d", "\u0651", "\u0654", "\u0670", "\ufeff", "\U0001f600", "\U00010330", "\ud800",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
MARKS = "«»“”„‟\"'‘’‹›＂"


def plain(text):
    """Tokens by the pattern, one at a time: (token, start, end)."""
    quotations = find_quotations(text)
    marks = {q.start: "«" for q in quotations if q.inner_start > q.start}
    marks |= {q.inner_end: "»" for q in quotations if q.end > q.inner_end}
    found, before = [], None
    for match in _news_tokens._TOKEN.finditer(text):
        raw, (start, end) = match.group(), match.span()
        if raw[0].isalnum() or raw[0] in "_ـ":
            token = normalize(raw) or raw
        elif raw[0] in MARKS or raw in ("((", "))"):
            token = marks.get(start, "")
        elif raw in ("-", "–", "—"):
            inside = start and not text[start - 1].isspace() and text[end : end + 1].strip()
            token = "" if inside else "-"
        elif raw == ".":
            token = "" if before and len(before[0]) == 1 and before[0].isalpha() and before[1] == start else "."
        else:
            token = ".." if len(raw) > 1 else raw.replace(",", "،")
        before = raw, end
        if token:
            found.append((token, start, end))
    return found


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_tokens_of_a_batch_are_those_of_the_pattern(texts):
    cut = [list(zip(t.tok, t.start, t.end, strict=True)) for t in cut_texts(texts, load_cues())]
    assert cut == [plain(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ارتفع 3.5% إلى 1,250.75", ["ارتفع", "3.5", "%", "الي", "1,250.75"]),
        ("انتهى..بدأ. ثم", ["انتهي", "..", "بدا", ".", "ثم"]),
        ("د. بوتين ـ ((نعم)) - لا-نعم", ["د", "بوتين", "ـ", "«", "نعم", "»", "-", "لا", "نعم"]),
        ("بـ”الثورات الملوّنة”", ["ب", "«", "الثورات", "الملونه", "»"]),
    ],
)
def test_numbers_dots_and_marks_are_cut_as_written(text, tokens):
    assert next(cut_texts([text], load_cues())).tok == tokens


def test_places_of_classes_point_at_their_tokens():
    text = "قال بوتين إن «الوضع هادئ».\nوأضاف وزير الخارجية: لا."
    tokens = next(cut_texts([text], load_cues(), load_actors()))
    assert [tokens.tok[i] for i in tokens.closes] == ["»", ".", "\n", "."]
    assert {"قال", "ان", "واضاف"} <= {tokens.tok[i] for i in tokens.events}
    assert "بوتين" in {tokens.tok[i] for i in tokens.names}
    for places, bit in ((tokens.closes, CLOSE), (tokens.events, EVENT), (tokens.names, NAME)):
        assert places == [i for i, found in enumerate(tokens.classes) if found & bit]


def test_batches_cut_as_one(monkeypatch):
    texts = ["قال بوتين: لا.", "", "وأضاف 3.5", "«نعم»"]
    whole = list(cut_texts(texts, load_cues()))
    monkeypatch.setattr(_news_tokens, "_BATCH", 1)
    assert list(cut_texts(texts, load_cues())) == whole


@pytest.mark.parametrize("before", ["", "ال", "كال", "ولل", "فبال"])
def test_no_listed_word_is_passed_over(before):
    cues, actors = load_cues(), load_actors()
    classes = WordClasses(cues, actors)
    words = [before + word + end for word in (*cues.listed(), *actors.aliases) for end in ("", "ا")]
    assert [word for word in words if classes._of_listed(word) & ~classes.of(word)] == []
