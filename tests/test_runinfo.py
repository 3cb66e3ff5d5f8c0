"""Provenance and citation."""

import json
import re

import pandas as pd
import pytest

from kzanalytics.runinfo import cite, corpus_checksum, run_info


def test_the_checksum_is_of_ids_and_texts_in_any_order():
    a = pd.DataFrame({"article_id": ["a", "b"], "text": ["أ", "ب"], "outlet": ["x", "y"]})
    assert corpus_checksum(a) == corpus_checksum(a.iloc[::-1].assign(outlet="z"))
    assert corpus_checksum(a) != corpus_checksum(a.assign(text=["أ", "ت"]))
    moved = pd.DataFrame({"article_id": ["aأ", "b"], "text": ["", "ب"]})
    assert corpus_checksum(moved) != corpus_checksum(a)


def test_a_record_is_plain_and_holds_no_path(seeds):
    info = run_info(seeds, seed=2022)
    text = json.dumps(info)
    assert json.loads(text) == info
    assert info["corpus"] == {"articles": 5, "outlets": 5, "sha256": corpus_checksum(seeds)}
    assert "/" not in text
    assert run_info(seeds, seed=2022) == info
    assert repr(info).splitlines()[-1].split() == ["seed", "2022"]


def test_citation_names_the_corpus_and_invents_no_doi(seeds):
    text = cite(seeds)
    assert corpus_checksum(seeds) in text
    own = cite(style="bibtex").split("@article")[0]
    assert "doi" not in own.lower()


def test_bibtex_is_balanced(seeds):
    entries = cite(seeds, style="bibtex")
    assert entries.count("{") == entries.count("}")
    assert re.findall(r"@\w+\{(\w+),", entries) == [
        "kzanalytics",
        "monroe2008",
        "entman1993",
        "blei2003",
        "lijffijt2016",
    ]


def test_an_unknown_style_is_refused():
    with pytest.raises(ValueError, match="style must be 'text' or 'bibtex', not 'apa'"):
        cite(style="apa")
