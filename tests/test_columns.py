"""The fast path: exactly the words of `tokenize`, whatever the text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzanalytics import _columns, _word_runs
from kzanalytics._columns import FormFilter, split_words
from kzanalytics._lemmas import SPELLED
from kzanalytics._normalize import normalize
from kzanalytics._tokens import find_tokens

TRICKY = (
    "ابتوفكلمنهيىةأإآٱءؤئ  ــ«»“”\"'’-‑.@:/_#%+(،0٣²\u0654\u0651\u064b\u0670\u0301\u200f\u200c\u061c\u00ad\ufeffﷲﷺ﷼ﻻﺍﻟکیعéÉZaw"
    "ﻲﺓﺃﯽ\n\t\u00a0\x00\x1c\ud800😀𝔸中"
)
PIECES = ["www.", "http://", ".com", "أ.ف.ب", "الـ", "بـ«", "U.S.", "ألما-آتا", "a@b.org", "هههه", "وال", "G20", "@RT"]
pieces = st.one_of(st.sampled_from(TRICKY), st.sampled_from(PIECES), st.characters(), st.text(max_size=5))
any_text = st.lists(pieces, max_size=20).map("".join)


def slow(texts, **options):
    """Words of each text by the reference rules: (start, end, norm)."""
    return [
        [(s, e, normalize(text[s:e], **options)) for s, e, kind in find_tokens(text) if kind in ("word", "latin")]
        for text in texts
    ]


def fast(texts, **options):
    words = split_words(texts, **options)
    rows = [(int(s), int(e), words.vocabulary[i]) for s, e, i in zip(words.start, words.end, words.ids, strict=True)]
    return [rows[a:b] for a, b in zip(words.ptr[:-1], words.ptr[1:], strict=True)]


@settings(max_examples=600)
@given(st.lists(any_text, max_size=4))
def test_equals_tokenize_on_arbitrary_unicode(texts):
    assert fast(texts) == slow(texts)


@settings(max_examples=200)
@given(st.lists(any_text, max_size=4))
def test_spelled_forms_fold_into_the_same_words(texts):
    assert fast(texts, spelled=True) == slow(texts, options=SPELLED)
    folded = [[(s, e, normalize(form)) for s, e, form in words] for words in fast(texts, spelled=True)]
    assert folded == slow(texts)


@pytest.mark.parametrize("cores", [1, 3])
@settings(max_examples=100)
@given(texts=st.lists(any_text, max_size=6))
def test_batches_and_threads_do_not_show(cores, texts):
    whole = split_words(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_columns.os, "sched_getaffinity", lambda process: set(range(cores)), raising=False)
        patch.setattr(_columns, "_BATCH", 7)
        patch.setattr(_word_runs, "_BLOCK", 5)
        parts = split_words(texts)
    assert fast(texts) == slow(texts)
    assert [whole.vocabulary[i] for i in whole.ids] == [parts.vocabulary[i] for i in parts.ids]
    np.testing.assert_array_equal(whole.start, parts.start)
    np.testing.assert_array_equal(whole.ptr, parts.ptr)


def test_seeds_give_the_words_of_tokenize():
    from pathlib import Path

    texts = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))]
    assert len(texts) >= 5
    assert fast(texts) == slow(texts)


def test_columns_have_the_contracts_types():
    words = split_words(["بـ«الثورات الملوّنة»", "", "ثورات الثورات"])
    assert (words.ids.dtype, words.start.dtype, words.end.dtype, words.ptr.dtype) == (
        np.int32,
        np.int64,
        np.int64,
        np.int64,
    )
    assert words.ptr.tolist() == [0, 2, 2, 4]
    assert words.vocabulary == ["الثورات", "الملونه", "ثورات"]
    assert words.ids.tolist() == [0, 1, 2, 0]


def test_without_offsets_the_words_are_the_same():
    texts = ["بـ«الثورات الملوّنة»", "أ.ف.ب ثورات"]
    with_offsets, without = split_words(texts), split_words(texts, offsets=False)
    assert with_offsets.ids.tolist() == without.ids.tolist()
    assert without.start.size == without.end.size == 0


@pytest.mark.parametrize("texts", [[], [""], ["", " \n"], ["...", "«»"]])
def test_texts_without_words(texts):
    words = split_words(texts)
    assert words.ids.size == 0
    assert words.vocabulary == []
    assert words.ptr.tolist() == [0] * (len(texts) + 1)


def test_spellings_of_one_word_share_an_id():
    words = split_words(["أكّد اكد أكـد ﺃكد أ\u200fكد", "ههههه هه ههههههه"])
    assert words.vocabulary == ["اكد", "هه"]


@pytest.mark.parametrize(
    "text",
    [
        "للللل«قال»",
        "فللللل6 وللللـ",
        "وللللللللل6",
        "و50 و»او ل»الرياض» بــ«داعش»",
        "plot1 z' Alice: x. foo.com: 5@b. a_",
        "1424هـ م. م.ع",
    ],
)
def test_what_vector_rules_decide_is_what_the_exact_rules_say(text):
    assert fast([text]) == slow([text])
    assert fast([text], spelled=True) == slow([text], options=SPELLED)


def test_words_of_any_length_are_told_apart():
    words = ["ا" + "ب" * 2 * size + end for size in range(1, 12) for end in "تث"]
    texts = [" ".join(words), " ".join(reversed(words)), "\u0651".join("كتبقلمدار") + " كتبقلمدار كتبقلمدا"]
    assert fast(texts) == slow(texts)


def test_a_missing_value_is_refused_with_advice():
    with pytest.raises(TypeError, match=r"texts\[1\] must be str, not float; fill missing values"):
        split_words(["نص", float("nan")])


@settings(max_examples=300)
@given(st.lists(any_text, max_size=4), st.data())
def test_a_filter_misses_none_of_its_forms(texts, data):
    everything = fast(texts)
    known = sorted({norm for words in everything for _, _, norm in words})
    forms = set(data.draw(st.lists(st.sampled_from(known), max_size=5))) if known else set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_word_runs, "_BLOCK", data.draw(st.sampled_from([5, 1 << 18])))
        filtered = fast(texts, only=FormFilter(forms))
    for some, every in zip(filtered, everything, strict=True):
        assert [word[:2] for word in some] == [word[:2] for word in every]
        assert all(
            norm == full or (norm == "" and full not in forms)
            for (*_, norm), (*_, full) in zip(some, every, strict=True)
        )
        assert [word[2] for word in some[:1] + some[-1:]] == [word[2] for word in every[:1] + every[-1:]]


def test_a_filter_passes_most_other_words_over():
    words = split_words(
        ["قال وزير الطاقة إن أسعار الوقود لن ترتفع هذا العام في كازاخستان"], only=FormFilter(["الوقود", "كازاخستان"])
    )
    assert {"الوقود", "كازاخستان"} <= set(words.vocabulary)
    assert [words.vocabulary[i] for i in words.ids].count("") >= 6
