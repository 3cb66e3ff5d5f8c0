"""The scan may select too much, never too little: what is found in the selected sentences is what is found in all."""

import random

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kzanalytics as kz
from kzanalytics import _scan, mentions
from kzanalytics._columns import split_words
from kzanalytics.boilerplate import boilerplate_spans
from kzanalytics.codebooks import Codebook, compile_frames

OWN = [
    "NATO",
    "من",
    "شركة Shell",
    "ألما-آتا",
    "رفع ..2 أسعار وقود",
    "سعر غاز",
    "=الف",
    "حرب أهلية",
    "تجمع .. نووي|ذري .. ممنوع",
    "ثورة ال",
]
# Words and half words of every kind that the exact rules treat in a way of their own.
PIECES = (
    "الإرهاب إرهابيين إرهـــاب إرهااااب ال|إرهاب بـ«الثورات الملوّنة» ثورات ملونه وثورة| برتقالية أسعار| الوقود أسعارالوقود "
    "وقود-سعر رفع رفعِ أُسعار السعر| و غاز سعرالغاز سعر غازغاز محروقات احتجاجات| شغب أعمال عنف محاولة| انقلاب قوات حفظ السلام "
    "NATO nato6 لNATO ثوراتNATO شركة Shell. من ومن ألما-آتا ألما‑آتا أ.ف.ب د. أحمد الف والف حرب أهلية| تجمع نووي ممنوع "
    "ﺍﻹﺭﻫﺎﺏ ارهابی ک ہ \u200fإرهاب\u200f إر\u200dهاب إره\u0654اب \u064bإرهاب 6إرهاب إرهاب٦ الـ6 بـ www.إرهاب.com "
    "a@b.ru https://x.y/إرهاب @ارهاب مشاركة شارك| المقال| مقالات| ذات صلة اقرأ| أيضا المزيد اظهر المزيد زر الذهاب إلى الأعلى "
    "الرئيسية دولي أخبار 😀 😀إرهاب إرهاب😀 ثورة ال قال لللا كلمة أخرى هنا 1.5 5, دولار"
).split()
JOINS = [
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n \n",
    ". ",
    "، ",
    ": ",
    "؟",
    ".",
    ",",
    "…",
    "-",
    "\u00a0",
    "\u2028",
    "\r\n",
    "«",
    "» ",
    "; ",
]


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Codebook:
    path = tmp_path_factory.mktemp("own") / "own.csv"
    lines = [f"{'ab'[number % 2]},{term}" for number, term in enumerate(OWN)]
    path.write_text("frame,term\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return kz.load_codebook(path)


def compose(seed: int) -> list[str]:
    chance = random.Random(seed)
    filler = chance.choice([0.2, 0.6, 0.9])
    return [
        "".join(
            (
                chance.choice(["كلام", "في", "المدينة"])
                if chance.random() < filler
                else chance.choice(PIECES).replace("|", " ")
            )
            + chance.choice(JOINS)
            for _ in range(chance.randrange(25))
        )
        for _ in range(chance.randrange(1, 12))
    ]


def searched(articles: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Every text cut into words, as it is defined."""
    texts = articles["text"].tolist()
    words = split_words(texts)
    return mentions.mentions_in(articles, codebook.frames, texts, words, boilerplate_spans(texts, words)[:3])


@pytest.fixture
def always_scan(monkeypatch):
    monkeypatch.setattr(mentions, "_LEAST", 0)
    monkeypatch.setattr(_scan, "_MOST", 2)


@pytest.mark.parametrize("which", ["kazakhstan-2022", "own"])
@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**9))
def test_scanning_finds_what_searching_everything_finds(which, own, seed):
    codebook = own if which == "own" else kz.load_codebook(which)
    texts = pd.Series(compose(seed), dtype="str")
    names = pd.Series([str(number) for number in range(len(texts))], dtype="str")
    articles = pd.DataFrame({"article_id": names, "outlet": names, "title": texts.str[:9], "text": texts})
    articles["date"] = pd.Timestamp("2022-01-05")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions, "_LEAST", 0)
        patch.setattr(_scan, "_MOST", 2)
        patch.setattr(_scan, "_BATCH", 300)
        if which != "own":
            assert mentions._select(articles["text"], codebook.frames) is not None
        found = kz.find_mentions(articles, codebook)
    pd.testing.assert_frame_equal(found, searched(articles, codebook))


def test_sentences_without_a_word_of_a_term_are_not_selected(always_scan):
    codebook = kz.load_codebook("kazakhstan-2022")
    text = "عاد الهدوء إلى المدينة. قال إن الإرهاب مستمر، ثم مضى.\n\nلم يحدث شيء آخر في البلاد"
    selected = mentions._select(pd.Series(["كلام آخر هنا", text], dtype="str"), codebook.frames)
    assert (selected.row.tolist(), selected.text) == ([1], [" قال إن الإرهاب مستمر،"])
    assert text[selected.start[0] :].startswith(selected.text[0])


def test_text_that_is_all_about_it_is_searched_as_a_whole(monkeypatch):
    monkeypatch.setattr(mentions, "_LEAST", 0)
    texts = pd.Series([f"الإرهاب والإرهابيون في كل مكان {i}" for i in range(50)], dtype="str")
    assert mentions._select(texts, kz.load_codebook("kazakhstan-2022").frames) is None
    assert len(kz.find_mentions(pd.DataFrame({"text": texts}), kz.load_codebook("kazakhstan-2022"))) == 100


def test_half_a_surrogate_pair_is_searched_as_a_whole(always_scan):
    articles = pd.DataFrame({"text": pd.Series(["الإرهاب \ud800"], dtype=object)})
    found = kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022"))
    assert found["text"].tolist() == ["الإرهاب"]


def test_every_form_of_every_term_is_hit(own):
    texts = pa.array(["كلام في المدينة"], pa.large_string())
    for codebook in (kz.load_codebook("kazakhstan-2022"), own):
        matcher, _, _ = compile_frames(codebook.frames)
        singles = [pattern for pattern in matcher.patterns if len(pattern.slots) == 1]
        for pattern in singles:
            scan = _scan.make_scan([pattern], [], [], [], texts)
            if scan is None:
                assert min(map(len, pattern.slots[0].forms)) < 3
                continue
            forms = sorted(pattern.slots[0].forms)
            column = pa.array([f"كلام {form}. كلام" for form in forms], pa.large_string())
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(_scan, "_MOST", 2)
                assert np.unique(_scan.scan_texts(column, scan).row).tolist() == list(range(len(forms)))
