"""What every function asks of the tables it is given: columns, ids that are text and unique, texts that are text."""

import pandas as pd
import pytest

import kzanalytics as kz
from kzanalytics._tables import article_ids, article_texts, id_texts, need

BOOK = kz.load_codebook("kazakhstan-2022")
TEXT = (
    "أكد الرئيس أن الأحداث ليست المحاولة الأولى ولن تكون الأخيرة للتدخل الخارجي في شؤون البلاد وأن الإرهاب سيهزم. "
    "وخرج الناس احتجاجا على أسعار الوقود."
)


TEXTS = [TEXT.replace("الوقود", thing) for thing in ("الوقود", "الغاز", "الخبز")]


def numbered(**columns):
    return pd.DataFrame({"article_id": [0, 1, 12], "outlet": ["الوسط", "الوطن", "الوسط"], "text": TEXTS} | columns)


ID_COLUMNS = {
    "find_boilerplate": (
        lambda a: kz.find_boilerplate(a.assign(text=a["text"] + "\nمشاركة :\nمقالات ذات صلة")),
        ["article_id"],
    ),
    "find_mentions": (lambda a: kz.find_mentions(a, BOOK), ["article_id"]),
    "attribute_mentions": (
        lambda a: kz.attribute_mentions(kz.find_mentions(a, BOOK).astype({"article_id": "int64"}), a),
        ["article_id"],
    ),
    "concordance": (
        lambda a: kz.concordance(kz.find_mentions(a, BOOK).astype({"article_id": "int64"}), a),
        ["article_id"],
    ),
    "tokenize_articles": (kz.tokenize_articles, ["article_id"]),
    "split_passages": (kz.split_passages, ["article_id"]),
    "find_reuse": (kz.find_reuse, ["article_a", "article_b"]),
    "reuse_shares": (lambda a: kz.reuse_shares(kz.find_reuse(a), a, by="article_id"), ["article_id_a", "article_id_b"]),
}


@pytest.mark.parametrize("name", ID_COLUMNS)
def test_ids_that_are_numbers_come_back_as_text(name):
    function, columns = ID_COLUMNS[name]
    table = function(numbered())
    for column in columns:
        assert isinstance(table[column].dtype, pd.StringDtype), column
        assert set(table[column]) <= {"0", "1", "12"}, column
        assert len(table) >= 3


def test_reuse_of_text_ids_fits_articles_with_number_ids():
    plain = numbered()
    typed = kz.check_articles(plain.assign(text=[TEXT, TEXT + " ن", TEXT + " م"]))
    found = kz.find_reuse(typed)
    assert len(found) == 3
    pd.testing.assert_frame_equal(
        kz.reuse_shares(found, typed), kz.reuse_shares(found, plain.assign(text=typed["text"]))
    )


def test_a_missing_id_does_not_make_seven_point_zero_of_the_others():
    assert id_texts(pd.Series([7.0, 12.0])).tolist() == ["7", "12"]
    with pytest.raises(ValueError, match="articles has no article_id in row 1"):
        article_ids(pd.DataFrame({"article_id": [7.0, None]}))


READERS = {
    "find_boilerplate": kz.find_boilerplate,
    "attribute_mentions": lambda a: kz.attribute_mentions(
        pd.DataFrame({"article_id": ["0", "12"], "start": [0, 0], "end": [4, 4]}), a
    ),
    "tokenize_articles": kz.tokenize_articles,
    "split_passages": kz.split_passages,
    "count_tokens": kz.count_tokens,
    "find_reuse": kz.find_reuse,
    "reuse_shares": lambda a: kz.reuse_shares(kz.find_reuse(numbered()).iloc[:0], a),
    "tfidf": kz.tfidf,
    "keyness": kz.keyness,
    "frame_rates": lambda a: kz.frame_rates(pd.DataFrame({"article_id": ["0"], "frame": ["terrorism"]}), a),
    "compare_outlets": lambda a: kz.compare_outlets(pd.DataFrame({"article_id": ["0"], "frame": ["terrorism"]}), a),
}


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
@pytest.mark.parametrize("name", READERS)
def test_an_article_without_text_is_named(name, missing):
    articles = numbered(text=pd.Series([TEXT, TEXT, missing], dtype=object))
    with pytest.raises(
        ValueError, match=r"articles: article 12 has no text; pass the table through kz\.check_articles"
    ):
        READERS[name](articles)


@pytest.mark.parametrize("name", sorted({*READERS} - {"count_tokens", "find_boilerplate", "tokenize_articles"}))
def test_an_id_that_stands_twice_is_named(name):  # passages, which share ids, can be counted and tokenised
    with pytest.raises(ValueError, match="articles has the article_id 0 more than once; ids must be unique"):
        READERS[name](numbered(article_id=[0, 1, 0]))


@pytest.mark.parametrize("name", READERS)
def test_a_missing_column_is_named(name):
    with pytest.raises(ValueError, match="articles has no column 'text'; it has article_id, outlet"):
        READERS[name](numbered().drop(columns="text"))


def test_what_is_not_text_or_not_a_table_is_named():
    with pytest.raises(TypeError, match="the text of article 1 is int, not str"):
        article_texts(numbered(text=pd.Series([TEXT, 3, TEXT], dtype=object)))
    with pytest.raises(ValueError, match="row 0 has no text"):
        article_texts(pd.DataFrame({"text": [None]}))
    with pytest.raises(TypeError, match="mentions must be a pandas DataFrame, not list"):
        need([], ["frame"], "mentions")


@pytest.mark.parametrize("outlet", ["", None, float("nan"), "  "])
def test_outlets_nobody_named_are_labelled_alike_everywhere(outlet):
    articles = numbered(outlet=pd.Series(["الوسط", outlet, outlet], dtype="str"))
    labels = {"الوسط", "غير معروف (1)", "غير معروف (12)"}
    mentions = pd.DataFrame({"article_id": ["0"], "frame": ["terrorism"]})
    assert set(kz.split_passages(articles)["outlet"]) == labels
    assert set(kz.frame_rates(mentions, articles)["outlet"]) == labels
    assert set(kz.tfidf(articles)["outlet"]) == labels
    assert set(kz.reuse_shares(kz.find_reuse(articles), articles)["outlet_a"]) == labels


@pytest.mark.parametrize("outlet", ["", float("nan"), "  "])
def test_mentions_label_outlets_like_rates_do(outlet):
    articles = numbered(outlet=pd.Series(["الوسط", outlet, outlet], dtype="str"), date=pd.NaT, title="")
    typed = articles.astype({"article_id": "str", "text": "str", "title": "str", "date": "datetime64[us]"})
    mentions = kz.find_mentions(typed, BOOK)
    assert set(mentions["outlet"]) == {"الوسط", "غير معروف (1)", "غير معروف (12)"}


def test_mentions_refuse_an_id_that_stands_twice():
    typed = kz.check_articles(numbered().iloc[:1])
    with pytest.raises(ValueError, match="articles has the article_id 0 more than once"):
        kz.find_mentions(pd.concat([typed, typed]), BOOK)


def test_the_lemma_of_what_is_no_word():
    with pytest.raises(TypeError, match="word must be str, not int; decode bytes or fill missing values first"):
        kz.lemmatize(3)


def test_passages_keep_the_other_columns_behind_the_contract():
    articles = numbered(url=["u0", "u1", "u12"], title="عنوان", date=pd.NaT, n_tokens=99)
    passages = kz.split_passages(articles, max_tokens=20)
    assert passages.columns.tolist() == [
        *("article_id", "outlet", "date", "passage_id", "start", "end", "text", "n_tokens"),
        "url",
    ]
    assert passages["url"].tolist() == ("u" + passages["article_id"]).tolist()
    assert (passages["n_tokens"] <= 20).all()
    assert len(passages) == 6
    assert kz.split_passages(articles.iloc[:0]).dtypes.equals(passages.dtypes)


@pytest.mark.parametrize("most", ["9", 9.5, None, True])
def test_passages_of_no_whole_number_of_words(most):
    with pytest.raises(TypeError, match="max_tokens must be a whole number"):
        kz.split_passages(numbered(), max_tokens=most)


@pytest.mark.parametrize("n_tokens", [[1.5, 2, 3], [1, None, 3], ["1", "2", "3"]])
def test_counts_brought_along_must_be_whole_numbers(n_tokens):
    for function in (kz.count_tokens, READERS["frame_rates"]):
        with pytest.raises(ValueError, match=r"articles\.n_tokens must hold whole numbers, .*drop the column"):
            function(numbered(n_tokens=n_tokens))


def test_counts_that_a_merge_made_floats_of_are_taken():
    assert kz.count_tokens(numbered(n_tokens=[1.0, 2.0, 3.0])).tolist() == [1, 2, 3]


def test_a_frame_named_twice_is_one_frame():
    mentions = pd.DataFrame({"article_id": ["0"], "frame": ["terrorism"]})
    once, twice = (kz.frame_rates(mentions, numbered(), frames=["terrorism"] * n) for n in (1, 2))
    pd.testing.assert_frame_equal(once, twice)
