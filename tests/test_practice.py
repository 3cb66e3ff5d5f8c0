"""The composed corpus has the differences that it says it has."""

import pandas as pd
import pytest

import kzanalytics as kz


def test_the_same_seed_composes_the_same_articles():
    pd.testing.assert_frame_equal(kz.compose_articles(12, seed=1), kz.compose_articles(12, seed=1))
    assert kz.compose_articles(12, seed=1)["text"].tolist() != kz.compose_articles(12, seed=2)["text"].tolist()


def test_the_planted_rates_are_found_again():
    articles = kz.compose_articles(400)
    mentions = kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022"))
    per_article = mentions.groupby(["outlet", "frame"], observed=False).size() / 100
    planted = {
        ("صحيفة ألف", "fuel_prices"): 1.6,
        ("صحيفة باء", "terrorism"): 1.8,
        ("موقع جيم", "colour_revolution"): 0.4,
    }
    for key, rate in planted.items():
        assert per_article[key] == pytest.approx(rate, abs=0.35)


def test_an_empty_corpus_is_refused():
    with pytest.raises(ValueError, match="n_articles must be at least 1, not 0"):
        kz.compose_articles(0)
