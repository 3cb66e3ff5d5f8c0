"""Shared passages: what is found, where, and what is left alone."""

import numpy as np
import pandas as pd
import pytest

from kzanalytics import _alignment
from kzanalytics import reuse as module
from kzanalytics._alignment import exact_matches
from kzanalytics._columns import split_words
from kzanalytics.arabic import normalize
from kzanalytics.files import load_seeds
from kzanalytics.reuse import find_reuse, reuse_shares

SPEECH = (
    "أحداث كازاخستان ليست المحاولة الأولى ولن تكون الأخيرة للتدخل الخارجي في شؤون دول المنظمة "
    "وقد تمكنت المنظمة من اتخاذ إجراءات مهمة لمنع تدهور الأوضاع"
).split()
BEFORE = "نشرت الصحيفة صباح اليوم تقريرا مطولا جاء فيه"
AFTER = "ثم انتقل الحديث إلى الطقس والرياضة وأخبار السوق المحلية"


def corpus(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": [f"{i:03}" for i in range(len(texts))], "text": list(texts)})


@pytest.fixture(scope="module")
def seeds() -> pd.DataFrame:
    return load_seeds()


def test_seeds_share_what_a_reader_finds(seeds):
    found = find_reuse(seeds)
    by_pair = found.groupby(["article_a", "article_b"])["n_tokens"].sum()
    assert set(by_pair.index) == {("000", "001"), ("000", "003"), ("001", "003")}
    # 001 and 003 have 112 word 6-grams in common, a fifth of the 555 of 001. The words in them are a third of 001, and
    # the passages, which run across small edits, a little more.
    assert by_pair["001", "003"] >= 150
    shares = reuse_shares(found, seeds, by="article_id").set_index(["article_id_a", "article_id_b"])["share"]
    assert 0.3 <= shares["001", "003"] <= 0.45
    assert shares["000", "004"] == 0


def test_offsets_slice_to_the_passage_on_both_sides(seeds):
    found = find_reuse(seeds)
    assert len(found)
    texts = seeds.set_index("article_id")["text"]
    for row in found.itertuples():
        one = texts[row.article_a][row.start_a : row.end_a]
        two = texts[row.article_b][row.start_b : row.end_b]
        assert one == row.text
        # A passage starts and ends with a word that both sides have.
        ends = [[normalize(words[k]).strip("،.:«»“”؛") for k in (0, -1)] for words in (one.split(), two.split())]
        assert ends[0] == ends[1]


def common_words(one: str, two: str) -> int:
    """Longest common subsequence of the normalised words, by the textbook."""
    a, b = ([words.vocabulary[i] for i in words.ids] for words in (split_words([one]), split_words([two])))
    row = [0] * (len(b) + 1)
    for x in a:
        above = row.copy()
        for k, y in enumerate(b):
            row[k + 1] = above[k] + 1 if x == y else max(above[k + 1], row[k])
    return row[-1]


def test_n_tokens_is_what_both_sides_have_in_common(seeds):
    texts = seeds.set_index("article_id")["text"]
    found = find_reuse(seeds)
    assert len(found)
    for row in found.itertuples():
        true = common_words(row.text, texts[row.article_b][row.start_b : row.end_b])
        assert true - 1 <= row.n_tokens <= true


@pytest.mark.parametrize(
    ("label", "edited", "n_tokens"),
    [
        ("verbatim", SPEECH, 24),
        ("marks, tatweel and alef forms", [w.replace("أ", "ا").replace("ن", "نـ") for w in SPEECH], 24),
        ("a word changed", [*SPEECH[:8], "السافر", *SPEECH[9:]], 23),
        ("a title inserted", [*SPEECH[:10], "السيد", "الرئيس", *SPEECH[10:]], 24),
        ("two words left out", [*SPEECH[:12], *SPEECH[14:]], 22),
        ("an edit near the end", [*SPEECH[:-3], "تفاقم", *SPEECH[-2:]], 23),
        ("edits every seven words", [w if i % 7 else "كلمة" for i, w in enumerate(SPEECH)][1:], 20),
    ],
)
def test_small_edits_do_not_break_a_passage(label, edited, n_tokens):
    assert len(SPEECH) == 24
    text = " ".join(SPEECH)
    found = find_reuse(corpus(f"{BEFORE} {text} {AFTER}", f"قال: {' '.join(edited)}"))
    assert found["n_tokens"].tolist() == [n_tokens], label


def test_each_pair_of_passages_is_there_once_whatever_the_order():
    texts = [f"{BEFORE} {' '.join(SPEECH)}", f"{' '.join(SPEECH)} {AFTER}", f"قال {' '.join(SPEECH)} أمس"]
    found = find_reuse(corpus(*texts))
    assert list(zip(found["article_a"], found["article_b"], strict=True)) == [
        ("000", "001"),
        ("000", "002"),
        ("001", "002"),
    ]
    assert found["n_tokens"].tolist() == [24, 24, 24]


def test_repetition_within_an_article_is_not_reuse():
    text = " ".join(SPEECH)
    assert find_reuse(corpus(f"{text} {BEFORE} {text}", AFTER)).empty


def test_two_passages_far_apart_stay_two():
    first, second = " ".join(SPEECH[:12]), " ".join(SPEECH[-12:-1])
    long = "وهنا كلام آخر لا صلة له بما سبق يمتد على سطور عدة حتى ينسى القارئ أول الخبر وآخره معا"
    other = "بينما كتب غيرهم شيئا مختلفا تماما عن حفلة موسيقية ومباراة وسباق خيل وأشياء أخرى كثيرة جدا"
    found = find_reuse(corpus(f"{first} {long} {second}", f"{first} {other} {second}"), min_tokens=10)
    assert found["n_tokens"].tolist() == [12, 11]


def test_formulae_are_counted_and_do_not_start_passages():
    formula = "خادم الحرمين الشريفين الملك سلمان بن عبدالعزيز آل سعود حفظه الله ورعاه أمس"
    texts = [f"{chr(0x0628 + i)}كلمة{chr(0x0628 + i)} {formula} {chr(0x0628 + i)}خاتمة" for i in range(6)]
    assert len(find_reuse(corpus(*texts))) == 15
    found = find_reuse(corpus(*texts), max_articles=5)
    assert found.empty
    assert found.attrs["n_formulae"] == 8


def test_words_of_boilerplate_are_never_matched(monkeypatch):
    text = " ".join(SPEECH)
    articles = corpus(f"{BEFORE} {text}", f"{text} {AFTER}")
    start = articles["text"][0].index(SPEECH[9])

    def spans(*_: object) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
        return np.array([0]), np.array([start]), np.array([start + len(SPEECH[9])]), ["x"]

    monkeypatch.setattr(module, "boilerplate_spans", spans)
    assert find_reuse(articles)["n_tokens"].tolist() == [23]


def test_share_buttons_are_not_shared_text():
    buttons = "\nشارك هذا الموضوع:\nفيسبوك\nتويتر\nواتساب\nطباعة\nمقالات ذات صلة\nزر الذهاب إلى الأعلى"
    found = find_reuse(corpus(f"{' '.join(SPEECH)} {buttons}", f"{BEFORE} {AFTER} {buttons}"), min_tokens=6)
    assert found.empty


def plain_matches(ids: np.ndarray, doc: np.ndarray, n: int, most: int) -> set[tuple[int, int, int]]:
    places: dict[tuple[int, ...], list[int]] = {}
    for i in range(len(ids) - n + 1):
        if doc[i] == doc[i + n - 1] and (ids[i : i + n] >= 0).all():
            places.setdefault(tuple(ids[i : i + n].tolist()), []).append(i)
    seeds = {
        (i, j)
        for found in places.values()
        if len({doc[i] for i in found}) <= most and len(found) <= 2 * most
        for i in found
        for j in found
        if i < j and doc[i] != doc[j]
    }
    matches = set()
    for i, j in seeds:
        if (i - 1, j - 1) not in seeds:
            k = next(k for k in range(len(ids)) if (i + k, j + k) not in seeds)
            matches.add((i, j, k - 1 + n))
    return matches


@pytest.mark.parametrize("seed", range(40))
def test_exact_matches_are_those_of_a_plain_search(seed):
    rng = np.random.default_rng(seed)
    lengths = rng.integers(0, 60, rng.integers(2, 7))
    n_types, n, most = rng.integers(2, 6), int(rng.integers(3, 6)), int(rng.integers(2, 6))
    ids = rng.integers(0, n_types, lengths.sum()).astype(np.int32)
    left_out = rng.random(len(ids)) < 0.03
    ids[left_out] = -1 - np.flatnonzero(left_out)
    doc = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    a, b, length, _ = exact_matches(ids, doc, int(n_types), n, most)
    found = list(zip(a.tolist(), b.tolist(), length.tolist(), strict=True))
    assert len(found) == len(set(found))
    assert set(found) == plain_matches(ids, doc, n, most)


def test_an_exhaustive_search_finds_no_pair_that_is_missing():
    rng = np.random.default_rng(5)
    texts = [
        [f"كلمة{'ابتثجحخدذر'[k // 10]}{'سشصضطظعغفق'[k % 10]}" for k in rng.integers(0, 100, 80)] for _ in range(12)
    ]
    for _ in range(30):
        source, target = rng.choice(12, 2, replace=False)
        at, to, length = rng.integers(0, 40), rng.integers(0, 40), rng.integers(5, 30)
        texts[target][to : to + length] = texts[source][at : at + length]
    articles = corpus(*(" ".join(words) for words in texts))
    grams = [{tuple(words[i : i + 8]) for i in range(len(words) - 7)} for words in texts]
    true = {(f"{i:03}", f"{j:03}") for i in range(12) for j in range(i + 1, 12) if grams[i] & grams[j]}
    found = find_reuse(articles, min_tokens=8, n=8)
    assert len(true) > 10
    assert set(zip(found["article_a"], found["article_b"], strict=True)) == true


@pytest.mark.parametrize("texts", [[], [""], ["", "كلمة"], [" ".join(SPEECH), "لا شيء مشترك هنا"]])
def test_nothing_shared_gives_an_empty_table_of_the_right_types(texts):
    found = find_reuse(corpus(*texts))
    assert list(found.columns) == module.COLUMNS
    assert found.empty
    assert all(found[c].dtype == np.int64 for c in ("start_a", "end_a", "start_b", "end_b", "n_tokens"))
    assert found["text"].dtype == "str"


def test_input_is_left_as_it_was(seeds):
    before = seeds.copy(deep=True)
    find_reuse(seeds)
    pd.testing.assert_frame_equal(seeds, before)


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"n": 2}, "n is 2; it must be 3 or more"),
        ({"min_tokens": 5}, "min_tokens is 5, less than n=6"),
        ({"max_articles": 1}, "max_articles is 1"),
    ],
)
def test_bad_options_are_explained(kwargs, message):
    with pytest.raises(ValueError, match=message):
        find_reuse(corpus("نص"), **kwargs)


def test_bad_tables_are_explained():
    with pytest.raises(ValueError, match="no column 'text'"):
        find_reuse(pd.DataFrame({"article_id": ["a"]}))
    with pytest.raises(ValueError, match="the article_id a more than once"):
        find_reuse(pd.DataFrame({"article_id": ["a", "a"], "text": ["", ""]}))


def test_shares_count_each_word_once_and_keep_unknown_outlets_apart():
    text = " ".join(SPEECH)
    articles = corpus(f"{text} {BEFORE}", text, f"{text} {AFTER}", "شيء آخر")
    articles["outlet"] = ["أ", "ب", "ب", None]
    shares = reuse_shares(find_reuse(articles), articles).set_index(["outlet_a", "outlet_b"])
    assert len(shares) == 9
    row = shares.loc["أ", "ب"]
    assert (row["n_pairs"], row["n_tokens"]) == (2, 24)  # shared with two articles of ب, counted once
    assert row["share"] == pytest.approx(24 / (24 + len(BEFORE.split())))
    assert shares.loc[("ب", "أ"), "n_tokens"] == 48
    assert shares.loc[("ب", "ب"), "n_pairs"] == 1
    assert shares.loc[("ب", "ب"), "n_tokens"] == 48
    assert shares.loc["غير معروف (003)", "n_tokens"].sum() == 0
    few = reuse_shares(find_reuse(articles), articles, zeros=False)
    assert len(few) == 3


def test_shares_of_other_articles_are_refused():
    articles = corpus(" ".join(SPEECH), " ".join(SPEECH)).assign(outlet="أ")
    with pytest.raises(ValueError, match="which articles does not have"):
        reuse_shares(find_reuse(articles), articles.iloc[:1])


def test_articles_that_are_lists_of_phrases_take_no_more_work_than_in_proportion_to_their_length():
    # 3,600 chains of one pair, of 3 to 12 words, and one chain of another pair; articles of 5,000 words each
    pair = np.repeat([0, 1], [3600, 1])
    n_tokens = np.append(np.arange(3600) % 10 + 3, 3)
    size = np.full(3601, 10_000)
    worth = _alignment._worth_extending(pair, n_tokens, size, 10_000)
    assert size[worth].sum() <= _alignment._LEAST_WORK + _alignment._WORK_PER_WORD * 10_000
    assert 3600 in worth
    assert n_tokens[worth[:-1]].min() >= n_tokens[np.setdiff1d(np.arange(3600), worth)].max()
    few = _alignment._worth_extending(pair[-50:], n_tokens[-50:], size[-50:], 10_000)
    assert few.tolist() == list(range(50))
    many_pairs = np.arange(5000)
    assert len(_alignment._worth_extending(many_pairs, many_pairs, np.full(5000, 10_000), 10)) == 5000


def test_lists_of_phrases_are_still_found():
    phrases = [[f"{first}{second}{third}" for third in "ابتثجحخ"] for first in "سشصضط" for second in "عغفق"]
    lists = [
        " ".join(" ".join([*phrase, chr(0x627 + (i + shift) % 20) * 2]) for i in range(12) for phrase in phrases)
        for shift in (0, 7)
    ]
    found = find_reuse(corpus(*lists))
    covered = np.zeros(len(lists[0]), bool)
    for start, end in zip(found["start_a"], found["end_a"], strict=True):
        covered[start:end] = True
    assert covered.mean() > 0.95
