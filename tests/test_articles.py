"""The articles table: checked, split, counted."""

import pandas as pd
import pytest

from kzanalytics.articles import CorpusWarning, check_articles, count_tokens, split_passages


def frame(**columns):
    return pd.DataFrame(columns)


def test_the_input_is_not_changed():
    given = frame(text=["خبر"], mine=[1])
    before = given.copy()
    table = check_articles(given)
    pd.testing.assert_frame_equal(given, before)
    assert list(table.columns) == ["article_id", "outlet", "date", "title", "text", "mine"]


def test_ids_become_text_and_stay_unique():
    assert check_articles(frame(article_id=[7, 8], text=["أ", "ب"]))["article_id"].tolist() == ["7", "8"]
    with pytest.raises(ValueError, match="article_id a more than once"):
        check_articles(frame(article_id=["a", "a"], text=["أ", "ب"]))
    with pytest.raises(ValueError, match="empty article_id in row 1"):
        check_articles(frame(article_id=["a", None], text=["أ", "ب"]))


def test_articles_without_text_are_named_and_left_out():
    with pytest.warns(CorpusWarning, match="no text: b, c"):
        table = check_articles(frame(article_id=["a", "b", "c"], text=["خبر", None, "  \n"]))
    assert table["article_id"].tolist() == ["a"]
    with pytest.warns(CorpusWarning), pytest.raises(ValueError, match="no article with text"):
        check_articles(frame(text=[""]))


def test_repeated_texts_are_named_and_kept():
    with pytest.warns(CorpusWarning, match=r"same text as an earlier article \(kept\): b"):
        assert len(check_articles(frame(article_id=["a", "b"], text=["خبر", "خبر"]))) == 2


def test_texts_that_only_begin_alike_are_not_repeated():
    long = "ارتفعت أسعار الوقود في كازاخستان " * 3
    with pytest.warns(CorpusWarning, match=r"same text as an earlier article \(kept\): 2, 4$"):
        check_articles(frame(text=[long + "أ", long + "ب", long + "أ", long + "ابب", long + "ب"]))


def test_dates():
    with pytest.warns(CorpusWarning, match=r"c \(soon\)"):
        table = check_articles(
            frame(
                article_id=["a", "b", "c"],
                text=["أ", "ب", "ج"],
                date=["2022-01-10", "2022-01-10T05:00:00+03:00", "soon"],
            )
        )
    assert str(table["date"].dtype) == "datetime64[us]"
    assert table["date"].isna().tolist() == [False, False, True]
    assert table["date"].iloc[1] == pd.Timestamp("2022-01-10 02:00")


def test_unknown_outlets_stay_apart():
    table = check_articles(frame(article_id=["a", "b", "c"], text=["أ", "ب", "ج"], outlet=["", None, "الثورة"]))
    assert table["outlet"].tolist() == ["غير معروف (a)", "غير معروف (b)", "الثورة"]


def test_a_lone_surrogate_keeps_its_place():
    table = check_articles(pd.DataFrame({"text": pd.Series(["قبل\ud800بعد"], dtype=object)}))
    assert table["text"].tolist() == ["قبل\ufffdبعد"]


def test_what_is_no_table_of_articles_is_refused():
    with pytest.raises(TypeError, match="must be a pandas DataFrame, not list"):
        check_articles(["خبر"])
    with pytest.raises(ValueError, match=r"no column 'text' \(its columns: body\)"):
        check_articles(frame(body=["خبر"]))


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("قال بوتين، أمس", 3),
        ("لن نسمح بـ«ثورات ملونة»", 4),
        ("نحو 20 ألفاً في 2022", 3),
        ("طراز «Il-76» وصل", 3),
        ("https://example.com/خبر", 0),
        ("", 0),
    ],
)
def test_words_are_counted(text, n):
    assert count_tokens(frame(article_id=["a"], text=[text])).tolist() == [n]


def test_boilerplate_is_not_counted(seeds):
    with_boilerplate = seeds[seeds["article_id"] == "001"]
    cut = with_boilerplate.assign(text=with_boilerplate["text"].str.replace("اظهر المزيد", ""))
    assert count_tokens(with_boilerplate).tolist() == count_tokens(cut).tolist()


def test_a_count_that_is_there_is_taken():
    assert count_tokens(frame(article_id=["a"], text=["خبر"], n_tokens=[40])).tolist() == [40]


def test_passages_are_whole_sentences_of_the_raw_text(seeds):
    passages = split_passages(seeds, max_tokens=80)
    texts = seeds.set_index("article_id")["text"]
    assert all(texts[p.article_id][p.start : p.end] == p.text for p in passages.itertuples())
    assert passages["passage_id"].is_unique
    assert passages["n_tokens"].min() > 0
    assert set(passages["article_id"]) == set(seeds["article_id"])
    assert "اظهر المزيد" not in " ".join(passages["text"])


def test_passages_cover_every_word_outside_boilerplate(seeds):
    passages = split_passages(seeds, max_tokens=60)
    assert passages.groupby("article_id")["n_tokens"].sum().tolist() == count_tokens(seeds).tolist()


def test_passages_need_a_size():
    with pytest.raises(ValueError, match="max_tokens must be at least 1, not 0"):
        split_passages(frame(article_id=["a"], text=["خبر"]), max_tokens=0)
