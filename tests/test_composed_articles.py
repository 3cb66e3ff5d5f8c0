"""Forty articles about the events, composed and labelled by somebody who did not know the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import kzanalytics as kz
from kzanalytics._normalize import normalize

GOLD = Path(__file__).parent / "gold"
FRAMES = ["terrorism", "colour_revolution", "fuel_prices"]
# What was reached, rounded down; the first looks are in gold/README.md.
FLOORS = {"voice": 0.90, "speaker": 0.80, "quote": 0.98, "polarity": 0.84}


def read_composed() -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles without their marks, and the marked mentions with their labels."""
    parts = re.split(r"(?m)^=== (\d+) \| (.*?) \| (.*)\n", (GOLD / "composed.txt").read_text(encoding="utf-8"))[1:]
    articles, spans = [], []
    for number, outlet, title, marked in zip(*[iter(parts)] * 4, strict=True):
        text, place = "", 0
        marked = marked.strip("\n")
        for match in re.finditer(r"⟦([^:⟧]+):([^⟧]*)⟧", marked):
            text += marked[place : match.start()]
            spans.append((match[1], number, len(text), len(text) + len(match[2])))
            text, place = text + match[2], match.end()
        text += marked[place:]
        articles.append((number, outlet, "2022-01-08", title, text))
    mentions = pd.DataFrame(spans, columns=["id", "article_id", "start", "end"])
    labels = pd.read_csv(GOLD / "composed.tsv", sep="\t", keep_default_na=False, quoting=3)
    columns = ["article_id", "outlet", "date", "title", "text"]
    assert sorted(mentions["id"]) == sorted(labels["id"])
    return pd.DataFrame(articles, columns=columns), mentions.merge(labels, on="id", validate="one_to_one")


@pytest.fixture(scope="module")
def composed() -> tuple[pd.DataFrame, pd.DataFrame]:
    return read_composed()


def test_the_three_frames_are_found(composed):
    articles, gold = composed
    found = kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022"), frames=FRAMES)
    key = ["article_id", "frame", "start", "end"]
    right = len(gold[key].merge(found[key].astype({"frame": str})))
    assert right / len(gold) >= 0.96
    assert right / len(found) >= 0.98


def test_who_says_it_and_how_reaches_the_floors(composed):
    articles, gold = composed
    found = kz.attribute_mentions(gold[["article_id", "start", "end"]], articles)
    right = {
        "voice": found["voice"] == gold["voice"],
        "polarity": found["polarity"] == gold["polarity"],
        "quote": pd.Series([a in b.split("|") for a, b in zip(found["quote"], gold["quote"], strict=True)]),
        "speaker": pd.Series([names(a, b) for a, (_, b) in zip(gold["speaker"], found.iterrows(), strict=True)]),
    }
    reached = {label: float(column.mean()) for label, column in right.items()}
    assert all(reached[label] >= floor for label, floor in FLOORS.items()), reached


def names(label: str, row: pd.Series) -> bool:
    """Whether a label (words of the name, alternatives parted by |) fits the speaker that was found."""
    if not label:
        return row["speaker"] == ""
    words = normalize(row["speaker_text"])
    known = normalize(f"{row['speaker']} {row['speaker_text']}")
    options = [normalize(one) for part in label.split(";") for one in part.split("|")]
    return any(one in known or (words and words in one) for one in options)
