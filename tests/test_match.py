"""Words that a filter passed over never change what is found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzanalytics import _columns
from kzanalytics._columns import split_words
from kzanalytics._forms import parse_term
from kzanalytics._match import Matcher

TERMS = ("رفع .. سعر وقود", "سعر وقود", "وقود", "في|على رفع", "=سعر ..2 =في =رفع", "على .. قال", "ثورة ملون", "x في")
WORDS = (
    *(
        "رفع سعر أسعار الوقود وقود في على ثورة الثورات الملونة قال عام و ال ب قال، عام. x عامًا وقـود أســعار قال«في»"
    ).split(),
    *("أسعارالوقود سعر-وقود الـ6 بـ«رفع أ.ف.ب ﷲ رفعععع فيييي 3 ،  - \n www.kz.com رُفِعَ ههههه").split(" "),
)
words_of_texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), max_size=4)


@settings(max_examples=400)
@given(words_of_texts, st.sets(st.sampled_from(TERMS), min_size=1, max_size=4), st.booleans())
def test_a_filter_changes_nothing_that_is_found(texts, terms, small):
    matcher = Matcher([parse_term(term) for term in sorted(terms)], range(len(terms)))
    every = split_words(texts)
    with pytest.MonkeyPatch.context() as patch:
        if small:
            patch.setattr(_columns, "_BATCH", 30)
        some = split_words(texts, only=matcher.forms)
    found, expected = matcher.find(some, texts), matcher.find(every, texts)
    for column in ("pattern", "text", "first", "last"):
        assert getattr(found, column).tolist() == getattr(expected, column).tolist()
    np.testing.assert_array_equal(some.ptr, every.ptr)
    places = np.arange(len(every.ids))[::-1]
    np.testing.assert_array_equal(some.offsets_at(places), every.offsets_at(places))
    np.testing.assert_array_equal((some.start, some.end), (every.start, every.end))


def test_a_common_word_is_named_only_beside_a_word_of_its_phrase():
    matcher = Matcher([parse_term("في كازاخستان"), parse_term("احتجاج")], [0, 0])
    texts = ["قال الوزير في باريس أمس إن الاحتجاجات في كازاخستان انتهت في أيام قليلة"]
    words = split_words(texts, only=matcher.forms)
    named = [words.vocabulary[i] for i in words.ids]
    assert [named[i] for i in (2, 6, 7, 8, 10)] == ["", "الاحتجاجات", "في", "كازاخستان", ""]


@pytest.mark.parametrize("word", ["هَهه", "ه\u0640هه", "هههَ"])
def test_a_drawn_out_word_with_marks_is_named(word):
    texts = [f"قال {word} قال", f"قال {word} قال {word} قال"]
    words = split_words(texts, only=Matcher([parse_term("=هه")], [0]).forms)
    assert [words.vocabulary[i] for i in words.ids].count("هه") == 3
