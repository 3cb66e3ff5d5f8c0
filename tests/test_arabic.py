"""Arabic text: normalising, tokenising, sentences, lemmas and the Analyzer."""

import csv
import json
import pickle
import re
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzanalytics._chars import CONTROLS
from kzanalytics._lemma_columns import lemmatize_types, normalize_types
from kzanalytics._lexicon import load_lexicon, read_classes
from kzanalytics.arabic import (
    Analyzer,
    NormalizeOptions,
    explain_normalization,
    label_terms,
    lemmatize,
    load_stop_words,
    normalize,
    split_sentences,
    tokenize,
    tokenize_articles,
)

CASES = Path(__file__).parent / "cases"
# Any Unicode, lone surrogates and NUL included, with the characters that the rules look at drawn more often.
TRICKY = (
    "ابتوفكلمنهيىةأإآٱءؤئ ـ«»“”\"'’-.@:/_#%+(،؛؟0٣\u0654\u0651\u064b\u0670\u200f\u200c\u061c\u2067\ufeff"
    "ﷲﷺ﷼ﻻکیéÉZaw\n\t\u00a0\x00\ud800😀𝔸"
)
any_text = st.text(st.one_of(st.sampled_from(TRICKY), st.characters()), max_size=40)


def cases(name):
    """The cases of a file as parameters; a known failure must go on failing until it is taken off the list."""
    path = CASES / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = json.load(file) if path.suffix == ".json" else list(csv.DictReader(file, delimiter="\t"))
    parameters = []
    for row in rows:
        reason = row.get("known_failure")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        given_text = row.get("text", row.get("word"))
        parameters.append(
            pytest.param(
                given_text, row.get("expect", row.get("lemma")), marks=marks, id=ascii(f"{row['label']}: {given_text}")
            )
        )
    return parameters


@pytest.mark.parametrize(("text", "expect"), cases("arabic_normalize.json"))
def test_normalize_folds_spellings(text, expect):
    assert normalize(text) == expect


@pytest.mark.parametrize(("text", "expect"), cases("arabic_tokens.json"))
def test_tokenize_cuts_and_names_tokens(text, expect):
    assert " ".join(f"{token.text}/{token.kind}" for token in tokenize(text)) == expect


@pytest.mark.parametrize(("text", "expect"), cases("arabic_sentences.json"))
def test_split_sentences_finds_sentences(text, expect):
    assert [text[start:end] for start, end in split_sentences(text)] == expect


@pytest.mark.parametrize(("text", "expect"), cases("arabic_lemmas.tsv"))
def test_lemmatize_gives_the_dictionary_form(text, expect):
    assert lemmatize(text) == expect


@settings(max_examples=400)
@given(any_text)
def test_normalize_is_idempotent_and_leaves_no_control(text):
    once = normalize(text)
    assert normalize(once) == once
    assert not re.search(f"[{CONTROLS}]", once)


@settings(max_examples=200)
@given(any_text, st.builds(NormalizeOptions, *[st.booleans()] * 14))
def test_normalize_is_idempotent_and_explained_whatever_the_options(text, options):
    once = normalize(text, options=options)
    steps = explain_normalization(text, options=options)
    assert normalize(once, options=options) == once
    assert (steps[-1].after if steps else text) == once
    assert all(before.after == after.before for before, after in pairwise(steps))


@settings(max_examples=400)
@given(any_text)
def test_tokens_slice_back_to_the_raw_text_and_miss_nothing_visible(text):
    tokens = tokenize(text)
    assert all(token.text == text[token.start : token.end] != "" for token in tokens)
    assert all(first.end <= second.start for first, second in pairwise(tokens))
    assert all(token.norm == normalize(token.text) for token in tokens)
    covered = {place for token in tokens for place in range(token.start, token.end)}
    left = "".join(char for place, char in enumerate(text) if place not in covered)
    assert re.fullmatch(rf"[\s{CONTROLS}]*", left)


@settings(max_examples=200)
@given(any_text)
def test_sentences_are_ordered_and_hold_every_visible_character(text):
    spans = split_sentences(text)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    inside = "".join(text[start:end] for start, end in spans)
    assert "".join(inside.split()) == "".join(text.split())


@settings(max_examples=300)
@given(any_text)
@example("ىىی")  # three in a row only when folded
def test_lemmatize_never_raises_and_is_folded(text):
    lemma = lemmatize(text)
    assert normalize(lemma) == lemma


def test_a_vocabulary_gets_the_lemmas_of_its_words_one_by_one():
    words = ["", "a\nb", "\ud800x", "الدنييين", "للللغة", "abc"]
    words += [row.split("\t")[0] for row in (CASES / "arabic_lemmas.tsv").read_text(encoding="utf-8").splitlines()]
    stems = [*load_lexicon().forms, *load_lexicon().whole][::200]
    begins, ends = ("", "و", "ال", "وب", "لل", "ك", "س"), ("", "ه", "ها", "ات", "ين", "تين", "وا", "ية", "ي")
    for skip, (begin, end) in enumerate(product(begins, ends)):
        words += [begin + stem + end for stem in stems[skip % 13 :: 13]]
    assert len(words) > 5000
    assert lemmatize_types(words) == [lemmatize(word) for word in words]
    assert normalize_types(words) == [normalize(word) for word in words]


def test_the_options_switch_each_step_off():
    text = "إلى ثورةٍ"
    assert normalize(text, options=NormalizeOptions(alef=False)) == "إلي ثوره"
    assert normalize(text, options=NormalizeOptions(yeh=False)) == "الى ثوره"
    assert normalize(text, options=NormalizeOptions(teh=False)) == "الي ثورة"
    assert normalize(text, options=NormalizeOptions(marks=False)) == "الي ثورهٍ"
    assert normalize("مسؤول رئيس", options=NormalizeOptions(hamza=True)) == "مسوول رييس"
    assert normalize("«قال»، لا؟", options=NormalizeOptions(punctuation=True)) == '"قال", لا?'


@pytest.mark.parametrize("function", [normalize, tokenize, split_sentences])
def test_bytes_and_missing_values_are_refused_with_advice(function):
    with pytest.raises(TypeError, match="text must be str, not float"):
        function(float("nan"))


def test_names_stay_whole_with_and_without_proclitics():
    names = [name for kind, names in read_classes("names/names.txt").items() if kind == "person" for name in names]
    kept = [name for name in names if lemmatize(name) == normalize(name)]
    assert len(kept) / len(names) > 0.99
    after = [name for name in names if lemmatize("و" + name) == normalize(name)]
    assert len(after) / len(names) > 0.95


def test_the_stop_list_keeps_negation_and_stance():
    stop_words = load_stop_words()
    assert stop_words.isdisjoint({normalize(word) for word in "لا لم لن ليس ليست غير ضد عدم دون بلا إلا سوى".split()})
    assert {normalize(word) for word in "في من على إلى الذي وفي كان".split()} <= stop_words


@pytest.mark.parametrize("path", ["stopwords/arabic.txt", "names/names.txt", "lemmas/irregular.txt"])
def test_word_lists_are_clean(path):
    classes = read_classes(path)
    for name, words in classes.items():
        assert words, name
        assert all(re.fullmatch("[\u0621-\u063a\u0641-\u064a:]+", word) for word in words), name
    pairs = [word for name, words in classes.items() if name in ("plural", "form") for word in words]
    assert all(re.fullmatch("[^:]+:[^:]+", pair) for pair in pairs)
    assert len({pair.split(":")[0] for pair in pairs}) == len(pairs)


def test_the_lexicon_tells_verbs_from_nouns():
    lexicon = load_lexicon()
    assert {"قال", "أعلن", "استخدم"} <= lexicon.verbs
    assert lexicon.verbs.isdisjoint({"حكومة", "مدينة", "روسيا"})


def test_analyzer_leaves_out_stop_words_and_short_terms():
    assert Analyzer()("وقال إن الثورات لن تتكرر") == ["قال", "ثوره", "لن", "تكرر"]
    assert Analyzer(stop_words=())("في و بكين") == ["في", "بكين"]
    assert Analyzer(stop_words=["الإرهاب"], unit="word")("الارهاب الدولي") == ["الدولي"]
    assert Analyzer(latin=False)("قناة CNN") == ["قناه"]


def test_ngrams_do_not_bridge_what_was_left_out():
    assert Analyzer(ngrams=(1, 2))("ثورات ملونة في بكين") == ["ثوره", "ثوره ملون", "ملون", "بكين"]


def test_analyzer_is_frozen_hashable_and_picklable():
    analyzer = Analyzer(ngrams=(1, 2), stop_words=["قال"])
    again = pickle.loads(pickle.dumps(analyzer))
    assert again == analyzer
    assert hash(again) == hash(analyzer)
    assert again("قال بوتين") == ["بوتين"]


def test_analyzer_serves_scikit_learn():
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=Analyzer())
    assert vectorizer.fit_transform(["الثورات الملوّنة", "ثورة ملونة وأسعار"]).shape == (2, 3)
    assert vectorizer.get_feature_names_out().tolist() == ["ثوره", "سعر", "ملون"]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"unit": "stem"}, ValueError, "unit='stem' is not known"),
        ({"ngrams": (2, 1)}, ValueError, r"ngrams=\(2, 1\)"),
        ({"stop_words": "في"}, TypeError, "pass a list of words"),
    ],
)
def test_analyzer_refuses_wrong_options(options, error, message):
    with pytest.raises(error, match=message):
        Analyzer(**options)


@pytest.fixture
def articles():
    texts = ["وقال: «الثورات الملوّنة» لن تتكرر 20 مرة.", "", "ثورة و«الإرهاب» CNN"]
    return pd.DataFrame({"article_id": ["000", "001", "002"], "text": texts})


def test_tokenize_articles_gives_the_tokens_of_tokenize(articles):
    before = articles.copy()
    every = tokenize_articles(articles, kinds=("word", "latin", "number", "punct", "clitic", "address"))
    expected = [(i, *token) for i, text in articles.itertuples(index=False) for token in tokenize(text)]
    columns = ["article_id", "text", "norm", "lemma", "start", "end", "kind"]
    assert list(every[columns].itertuples(index=False, name=None)) == expected
    words = every[every["kind"].isin(["word", "latin"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(tokenize_articles(articles), words)
    pd.testing.assert_frame_equal(articles, before)


def test_tokenize_articles_of_nothing_keeps_its_columns(articles):
    table = tokenize_articles(articles.iloc[1:2])
    assert table.columns.tolist() == ["article_id", "start", "end", "text", "norm", "lemma", "kind"]
    assert len(table) == 0
    assert table["lemma"].dtype == "str"


def test_tokenize_articles_names_what_is_wrong(articles):
    with pytest.raises(ValueError, match="no column 'body'"):
        tokenize_articles(articles, column="body")
    with pytest.raises(ValueError, match="names \\['verb'\\]"):
        tokenize_articles(articles, kinds=["verb"])


def test_labels_are_the_most_frequent_form_without_clitics():
    texts = ["الثورات الملونة والثورات", "ثورة ثورة ثورة وبأسعارها", "الإرهابيين والإرهابيين الارهابيين إرهابي"]
    labels = label_terms(texts)
    assert labels["ثوره"] == "ثورة"
    assert labels["ارهابي"] == "إرهابي"
    assert labels["سعر"] == "أسعار"
    assert label_terms(texts, lemmas=["ثوره", "غائب"]) == {"ثوره": "ثورة", "غائب": "غائب"}


def test_caches_are_bounded():
    from kzanalytics import _inflection, _lemmas, _word_runs

    for cached in (
        _lemmas.lemmatize,
        _lemmas.strip_clitics,
        _inflection.attested_lemma,
        _inflection.is_conjugated,
        _word_runs._hard_words,
    ):
        assert cached.cache_info().maxsize


def test_lemmas_kept_between_calls_are_bounded(monkeypatch):
    from kzanalytics import _lemma_columns

    monkeypatch.setattr(_lemma_columns, "_KNOWN", {})
    monkeypatch.setattr(_lemma_columns, "_MOST_KNOWN", 3)
    for words in (["كتاب", "والكتب"], ["الوقود", "كتاب"], ["ثورات", "وقال"]):
        assert lemmatize_types(words) == [lemmatize(word) for word in words]
        assert len(_lemma_columns._KNOWN) <= 3
