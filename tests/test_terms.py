"""TF-IDF and keyness, against hand calculations and a plain-Python implementation."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from kzanalytics import terms as module
from kzanalytics.arabic import Analyzer
from kzanalytics.files import load_seeds
from kzanalytics.terms import keyness, tfidf

KEYNESS = [
    "outlet", "term", "lemma", "count", "count_rest", "n_articles", "dispersion", "log_odds", "z", "low", "high",
    "loo_low", "loo_high", "prior", "variance", "rank",
]  # fmt: skip
WORDS = ["سلام", "أمن", "دستور", "قانون", "شعب", "نفط", "غاز", "برلمان", "شارع", "ساحة", "جيش", "صحيفة"]


def table(outlets: list[str | None], texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"{i:03}" for i in range(len(texts))], "outlet": outlets, "text": texts})


@pytest.fixture(scope="module")
def seeds() -> pd.DataFrame:
    return load_seeds()


@pytest.fixture(scope="module")
def bursty() -> pd.DataFrame:
    """Three outlets and one that nobody named, 21 articles of very different lengths, words in bursts."""
    rng = np.random.default_rng(4)
    texts = []
    for _ in range(21):
        chance = rng.dirichlet(np.full(len(WORDS), 0.4))
        texts.append(" ".join(rng.choice(WORDS, rng.integers(5, 80), p=chance)))
    return table([*("أبج"[i % 3] for i in range(20)), None], texts)


def plain_keyness(articles: pd.DataFrame, prior: float, variance: str) -> dict:
    """The same numbers with dictionaries and loops; every article left out by counting again."""
    outlets = [
        o if isinstance(o, str) else f"غير معروف ({i})"
        for o, i in zip(articles.outlet, articles.article_id, strict=True)
    ]
    counts = [Counter(text.split()) for text in articles["text"]]
    everything = sum(counts, Counter())
    n_all = sum(everything.values())

    def log_odds(group: str, word: str, left_out: int | None = None) -> tuple[float, float] | None:
        sides = []
        for own in (True, False):
            members = [c for k, c in enumerate(counts) if (outlets[k] == group) == own and k != left_out]
            if not members:
                return None
            sides.append((sum(c[word] for c in members), sum(sum(c.values()) for c in members)))
        a = prior * everything[word] / n_all
        (y, n), (y2, n2) = sides
        delta = math.log((y + a) / (n + prior - y - a)) - math.log((y2 + a) / (n2 + prior - y2 - a))
        spread = 1 / (y + a) + 1 / (y2 + a)
        if variance == "full":
            spread += 1 / (n + prior - y - a) + 1 / (n2 + prior - y2 - a)
        return delta, delta / math.sqrt(spread)

    result = {}
    for group in set(outlets):
        own = [c for k, c in enumerate(counts) if outlets[k] == group]
        n_own = sum(sum(c.values()) for c in own)
        for word in set().union(*own):
            shares = [sum(c.values()) / n_own for c in own]
            y = sum(c[word] for c in own)
            dp = sum(abs(c[word] / y - s) for c, s in zip(own, shares, strict=True)) / 2
            dp = dp / (1 - min(shares)) if len(own) > 1 else math.nan
            left = [log_odds(group, word, k) for k in range(len(counts))]
            values = [value[0] for value in left if value is not None]
            result[group, word] = (*log_odds(group, word), dp, min(values), max(values), sum(word in c for c in own))
    return result


def test_z_is_the_hand_worked_one():
    # One word of interest: 3 of 10 in the first outlet, 1 of 20 in the second. Prior 3, so a = 3 * 4 / 30 = 0.4.
    # ln(3.4 / 9.6) - ln(1.4 / 21.6) = -1.037988 + 2.736222 = 1.698234; variance 1/3.4 + 1/1.4 = 1.008403.
    articles = table(["أ", "ب"], ["نفط " * 3 + "غاز " * 7, "نفط " + "غاز " * 19])
    k = keyness(articles, analyzer=str.split, prior=3).set_index(["outlet", "term"]).loc[("أ", "نفط")]
    assert k["log_odds"] == pytest.approx(1.698234, abs=1e-6)
    assert k["z"] == pytest.approx(1.698234 / math.sqrt(1.008403), abs=1e-5)
    assert k["low"] == pytest.approx(1.698234 - 1.959964 * math.sqrt(1.008403), abs=1e-5)
    assert (k["count"], k["count_rest"], k["prior"]) == (3, 1, 3)


@pytest.mark.parametrize("variance", ["short", "full"])
@pytest.mark.parametrize("prior", [0.5, 40.0])
def test_keyness_agrees_with_a_plain_implementation(bursty, prior, variance):
    found = keyness(bursty, analyzer=str.split, prior=prior, variance=variance, min_articles=1, top=None)
    plain = plain_keyness(bursty, prior, variance)
    assert len(found) == len(plain) > 30
    columns = ["log_odds", "z", "dispersion", "loo_low", "loo_high", "n_articles"]
    expected = [plain[group, word] for group, word in zip(found["outlet"], found["lemma"], strict=True)]
    np.testing.assert_allclose(found[columns].to_numpy(), np.array(expected), rtol=1e-9)
    assert set(found["variance"]) == {variance}


def test_leaving_articles_out_shows_what_one_article_does():
    texts = ["سلام أمن " * 5, "سلام أمن " * 5 + "نفط " * 9, "سلام أمن " * 5, "سلام أمن " * 6, "سلام أمن نفط " * 2]
    k = keyness(table(["أ", "أ", "أ", "ب", "ب"], texts), analyzer=str.split).set_index(["outlet", "term"])
    oil = k.loc[("أ", "نفط")]
    assert oil["log_odds"] > 0.3
    assert oil["loo_low"] < 0 < oil["loo_high"]
    assert oil["dispersion"] > 2 * k.loc[("أ", "سلام"), "dispersion"]


def test_every_group_has_its_own_ranks_best_first(bursty):
    k = keyness(bursty, analyzer=str.split, top=4)
    assert list(k.columns) == KEYNESS
    for _, own in k.groupby("outlet"):
        assert own["rank"].tolist() == list(range(1, len(own) + 1))
        assert own["z"].is_monotonic_decreasing
    assert k.groupby("outlet").size().max() == 4


def test_two_groups_mirror_each_other(bursty):
    two = bursty.assign(outlet=np.where(bursty["outlet"] == "أ", "أ", "غيرها"))
    k = keyness(two, analyzer=str.split, top=None, min_articles=1)
    both = k[k["outlet"] == "أ"].merge(k[k["outlet"] != "أ"], on="lemma")
    assert len(both) > 5
    np.testing.assert_allclose(both["z_x"], -both["z_y"], rtol=1e-9)
    np.testing.assert_allclose(both["loo_low_x"], -both["loo_high_y"], rtol=1e-9)


def test_work_in_parts_gives_the_same(bursty, monkeypatch):
    whole = keyness(bursty, by="article_id", analyzer=str.split)
    monkeypatch.setattr(module, "_ENTRIES", 50)
    pd.testing.assert_frame_equal(keyness(bursty, by="article_id", analyzer=str.split), whole)


def test_options_choose_rows_and_change_no_number(seeds):
    keys = ["outlet", "lemma"]
    everything = keyness(seeds, min_articles=1, top=None).set_index(keys)
    for options in ({"min_articles": 3}, {"drop_names": True}, {"top": 5}):
        fewer = keyness(seeds, **({"min_articles": 1, "top": None} | options)).set_index(keys)
        assert 0 < len(fewer) < len(everything)
        columns = ["count", "log_odds", "z", "loo_low", "loo_high", "prior"]
        pd.testing.assert_frame_equal(fewer[columns], everything.loc[fewer.index, columns])


def test_names_can_be_left_out(seeds):
    shown = set(tfidf(seeds, smooth=True, top=None)["lemma"])
    assert "كازاخستان" in shown
    assert "كازاخستان" not in set(tfidf(seeds, drop_names=True, top=None)["lemma"])
    assert shown - set(tfidf(seeds, drop_names=["كازاخستان"], top=None)["lemma"]) == {"كازاخستان"}


def test_articles_of_unknown_outlets_stay_apart():
    articles = table(["أ", None, None, ""], ["نفط وغاز", "نفط", "غاز", "جيش ونفط"])
    groups = tfidf(articles, top=None)["outlet"].unique().tolist()
    assert groups == ["أ", "غير معروف (001)", "غير معروف (002)", "غير معروف (003)"]


@pytest.mark.parametrize("by", ["outlet", "author", ["outlet", "author"], ["date"]])
def test_no_occurrence_is_lost_whatever_the_groups(bursty, by):
    articles = bursty.assign(
        author=[None if i % 4 == 0 else "كاتب" for i in range(21)],
        date=pd.to_datetime(["2022-01-05", "2022-01-06", None] * 7),
    )
    found = tfidf(articles, by=by, analyzer=str.split, top=None)
    assert found["count"].sum() == sum(len(text.split()) for text in articles["text"])
    assert list(found.columns[: len([by] if isinstance(by, str) else by)]) == ([by] if isinstance(by, str) else by)
    expected = articles.groupby(by, dropna=False).ngroups
    assert len(found.drop_duplicates([by] if isinstance(by, str) else by)) == expected


def test_tfidf_is_the_hand_worked_one():
    # نفط: 2 of the first outlet's 4 words, in 1 of 3 articles: 0.5 * ln(3).
    articles = table(["أ", "أ", "ب"], ["نفط نفط غاز", "غاز", "غاز جيش"])
    t = tfidf(articles, analyzer=str.split).set_index(["outlet", "term"])
    assert t.loc[("أ", "نفط"), "tf_idf"] == pytest.approx(0.5 * math.log(3))
    assert t.loc[("أ", "غاز"), "tf_idf"] == 0  # in every article
    assert t.loc[("ب", "جيش"), ["count", "rank"]].tolist() == [1, 1]


def test_smooth_tfidf_has_the_idf_of_scikit_learn(bursty):
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(analyzer=str.split).fit(bursty["text"])
    ours = tfidf(bursty, analyzer=str.split, smooth=True, top=None).drop_duplicates("lemma").set_index("lemma")["idf"]
    theirs = pd.Series(model.idf_, index=model.get_feature_names_out())
    pd.testing.assert_series_equal(ours.sort_index(), theirs.sort_index(), check_names=False)


def test_columns_and_a_callable_give_the_same_as_the_fast_way(seeds):
    analyzer = Analyzer()
    fast, slow = keyness(seeds), keyness(seeds, analyzer=lambda text: analyzer(text))
    pd.testing.assert_frame_equal(fast.drop(columns="term"), slow.drop(columns="term"))
    assert (slow["term"] == slow["lemma"]).all()


def test_terms_are_labelled_as_the_texts_spell_them():
    articles = table(["أ", "ب"], ["ثورةٌ ملونة، والثورات", "ثورة الشعب"])
    assert tfidf(articles, smooth=True).set_index(["outlet", "lemma"]).loc[("أ", "ثوره"), "term"] == "ثورة"


def test_boilerplate_is_not_counted():
    articles = table(["أ", "ب"], ["عاد الهدوء إلى المدينة.\nمشاركة :", "عاد الهدوء"])
    assert "مشاركه" not in set(tfidf(articles, top=None)["lemma"])


def test_ngrams_are_terms_too():
    articles = table(["أ", "ب"], ["ثورة ملونة ثورة ملونة", "ثورة شعبية"])
    best = tfidf(articles, analyzer=Analyzer(unit="word", ngrams=(2, 2)), top=1)["term"].tolist()
    assert best == ["ثوره ملونه", "ثوره شعبيه"]


def test_types_and_input(seeds):
    before = seeds.copy(deep=True)
    k, t = keyness(seeds), tfidf(seeds)
    pd.testing.assert_frame_equal(seeds, before)
    for found in (k, t):
        assert found["term"].dtype == found["lemma"].dtype == "str"
        assert found["count"].dtype == found["rank"].dtype == np.int64
    assert list(t.columns) == ["outlet", "term", "lemma", "count", "tf", "idf", "tf_idf", "rank"]
    # One article an outlet: nothing to be dispersed over, and only the others' articles can be left out.
    assert k["dispersion"].isna().all()
    assert (k["loo_low"] <= k["loo_high"]).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda a: keyness(a.assign(outlet="أ")), "makes 1 group"),
        (lambda a: keyness(a, by="outlets"), "no column 'outlets'"),
        (lambda a: keyness(a, variance="half"), "variance='half' is not known"),
        (lambda a: keyness(a, prior=0), "prior=0 must be above 0"),
        (lambda a: keyness(a, min_articles=0), "min_articles=0 must be 1"),
        (lambda a: tfidf(a, top=0), "top=0 must be 1"),
        (lambda a: tfidf(a.iloc[:0]), "no rows"),
        (lambda a: tfidf(a, by=[]), "by names no column"),
        (lambda a: keyness(a.assign(term="x"), by=["outlet", "term"]), r"by names \['term'\], which the result uses"),
    ],
)
def test_bad_calls_are_explained(bursty, call, message):
    with pytest.raises(ValueError, match=message):
        call(bursty)


def test_a_name_must_come_in_a_list(bursty):
    with pytest.raises(TypeError, match="is one str"):
        tfidf(bursty, drop_names="روسيا")


def test_texts_without_a_term_do_no_harm():
    articles = table(["أ", "ب", "ج"], ["نفط", "", "123 !"])
    assert tfidf(articles, top=None)["lemma"].tolist() == ["نفط"]
    assert keyness(articles, min_articles=1).empty  # one term alone has no odds
    assert keyness(table(["أ", "ب"], ["", ""])).empty


def test_stems_are_those_of_single_words_whether_lemmas_are_known_or_not(monkeypatch):
    from kzanalytics import _lemma_columns, load_seeds
    from kzanalytics._columns import split_words
    from kzanalytics._lemmas import strip_clitics

    monkeypatch.setattr(_lemma_columns, "_KNOWN", {})
    monkeypatch.setattr(_lemma_columns, "_STEMS", {})
    words = split_words(load_seeds()["text"].tolist(), spelled=True).vocabulary
    alone = [strip_clitics(word) for word in words]
    assert len(words) > 2 * _lemma_columns._FEW
    assert _lemma_columns.strip_types(words) == alone
    _lemma_columns.lemmatize_types(words[::2])
    assert _lemma_columns._STEMS
    assert _lemma_columns.strip_types(words) == alone
