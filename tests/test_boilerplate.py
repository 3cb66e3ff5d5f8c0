import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kzanalytics as kz
from kzanalytics._columns import split_words
from kzanalytics.boilerplate import KINDS, boilerplate_over, boilerplate_spans, load_boilerplate_rules
from kzanalytics.codebooks import overlapping

BODY = "قال المتحدث إن الأوضاع في المدينة مستقرة بعد أيام من التوتر، وإن الحياة تعود إلى طبيعتها تدريجيا.\n"


def excluded(text: str) -> list[tuple[str, str]]:
    table = kz.find_boilerplate(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    return [(row.rule, text[row.start : row.end]) for row in table.itertuples()]


def test_the_boilerplate_of_the_seeds(seeds):
    texts = dict(zip(seeds["article_id"], seeds["text"], strict=True))
    table = kz.find_boilerplate(seeds)
    assert list(table.columns) == ["article_id", "start", "end", "rule"]
    assert [(r.article_id, r.rule, texts[r.article_id][r.start : r.end]) for r in table.itertuples()] == [
        ("000", "share", "مشاركة :"),
        ("001", "section", "العناوين الرئيسيةدولي"),
        ("001", "follow", "تابعونا على صفحة الفيسبوك:\xa0https://www.facebook.com/alwasatmidlinenews"),
        ("001", "more", "اظهر المزيد"),
        ("001", "related", "مقالات ذات صلة\n\nزر الذهاب إلى الأعلى"),
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("مشاركة", "share"),
        ("شارك هذا الموضوع:", "share"),
        ("شارك عبر البريد الإلكتروني", "share"),
        ("فيسبوك تويتر واتساب تيلقرام", "networks"),
        ("Facebook | Twitter | WhatsApp", "networks"),
        ("مشاركة فيسبوك تويتر", "share"),
        ("طباعة", "tools"),
        ("A+ حجم الخط A-", None),
        ("3 دقائق للقراءة", "tools"),
        ("اقرأ المزيد", "more"),
        ("الرئيسية", "navigation"),
        ("اقرأ أيضاً: الرئيس يقيل الحكومة بعد أيام من التوتر", "see_also"),
        ("إقرأ أيضا", "related"),
        ("تابعنا على تويتر: https://twitter.com/example", "follow"),
        ("اشترك في نشرتنا البريدية ليصلك كل جديد", "follow"),
        ("انضم إلى قناتنا على تيليجرام", "follow"),
        ("جميع الحقوق محفوظة © 2022", "rights"),
        ("مـشـاركـة", "share"),
        ("انقر للمشاركة على تويتر (فتح في نافذة جديدة)", "click_to_share"),
        ("آخر تحديث: 10 يناير 2022 - 12:30", "dates"),
        ("لن يتم نشر عنوان بريدك الإلكتروني.", "comments"),
    ],
)
def test_a_line_of_boilerplate_between_paragraphs(line, rule):
    found = excluded(BODY * 3 + line + "\n" + BODY * 3)
    assert found == ([(rule, line)] if rule else [])


@pytest.mark.parametrize(
    "line",
    [
        "مشاركة قوات حفظ السلام كانت ضمانا لحماية سلامة البلاد.",
        "تابعوا الرئيس وهو يغادر القصر في سيارة مصفحة.",
        "شارك في الاجتماع رؤساء الدول الأعضاء.",
        "نقلت وسائل إعلام عن فيسبوك وتويتر أنهما حجبا الحسابات.",
        "أخبار متداولة عن استقالة الحكومة نفاها المتحدث.",
        "دولي",
        "انضم إلى أسرة التحرير الزميل الجديد ليتولى مهام المدير.",
        "للمزيد من التضليل نشروا صورا قديمة.",
        "إعلان حالة الطوارئ في العاصمة.",
        "اقرأ أيضا " + "كلمة " * 40,
        "حفظ الأمن والنظام مهمة القوات.",
        "وقال إنه سيعمل على حفظ",
    ],
)
def test_a_line_of_the_article_is_kept(line):
    assert excluded(BODY * 3 + line + "\n" + BODY * 3) == []


def test_headlines_below_related_articles_go_with_it():
    tail = "مقالات ذات صلة\nالرئيس يقيل الحكومة\nتظاهرات في ثلاث مدن"
    assert excluded(BODY * 4 + tail) == [("related", tail)]


def test_text_below_related_articles_stays():
    line = "مقالات ذات صلة"
    assert excluded(BODY * 3 + line + "\n" + BODY * 3) == [("related", line)]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("الذهاب إلى الأعلى", ["الذهاب إلى الأعلى"]),
        (" زر الذهاب إلى الأعلى", ["زر الذهاب إلى الأعلى"]),
        (" اظهر المزيد مقالات ذات صلة زر الذهاب إلى الأعلى", ["اظهر المزيد", "مقالات ذات صلة", "زر الذهاب إلى الأعلى"]),
        (" شارك هذا الخبر:", ["شارك هذا الخبر:"]),
        (" بنسبة مشاركة", []),
    ],
)
def test_the_last_words_of_a_text_even_run_together(end, expected):
    assert [text for _, text in excluded((BODY * 2).strip() + end)] == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("العناوين الرئيسيةدولي", True),
        ("أخبار عربية ودولية", True),
        ("الرئيسية / أخبار / دولي", True),
        ("دولي: قتلى في ألماتي", False),
        ("سياسة الرئيس", False),
    ],
)
def test_section_names_above_the_headline(first, expected):
    found = excluded(first + "\n" + BODY * 2)
    assert bool(found) == expected
    assert not found or found[0][1] == first


@pytest.mark.parametrize(
    "text", ["مشاركة", "اقرأ أيضا: قتلى في ألماتي", "مقالات ذات صلة\nأ\nب", "تابعونا\nطباعة\nالرئيس"]
)
def test_an_article_is_never_eaten_whole(text):
    assert excluded(text) == []


def test_texts_without_words_or_lines_are_no_problem():
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "text": ["", "\n\n", "123 ..."]})
    assert kz.find_boilerplate(articles).empty
    assert kz.find_boilerplate(articles.iloc[:0]).empty


def test_spans_are_in_order_and_apart(seeds):
    found = kz.find_boilerplate(seeds)
    assert len(found)
    for _, spans in found.groupby("article_id"):
        assert all(a < b for a, b in pairwise(spans[["start", "end"]].to_numpy().ravel()))


LINES = (
    "شارك|- شارك|مـشاركة :|مقالات ذات صلة|اقرأ أيضا: كلمة|آخر|آخر تحديث كلمة|تحديث كلمة|تابعونا|على صفحتنا كلمة|كلمة|كلمة."
    "|دولي|123|---||www.kz.com|@kz شارك|«كلمة» كلمة|زر الذهاب إلى الأعلى|كلمة اظهر المزيد|كلمةالذهاب إلى الأعلى|أ. كلمة"
).split("|")
lines_of_texts = st.lists(st.sampled_from([*LINES, *["كلمة قالها المتحدث أمس."] * 8]), max_size=14).map("\n".join)


@settings(max_examples=150)
@given(lines_of_texts, st.integers(0, 60), st.integers(0, 1))
def test_a_search_around_spans_finds_all_that_covers_one(text, first, more):
    words = split_words([text])
    first = np.array([first] * (first + more < len(words.ids)), np.int64)
    spans = np.zeros(len(first), np.int64), words.start[first], words.end[first + more]
    covered = overlapping(*spans, *boilerplate_spans([text], words)[:3])
    assert overlapping(*spans, *boilerplate_over([text], words, *spans)).tolist() == covered.tolist()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        (BODY * 4 + "مقالات ذات صلة\nالرئيس يقيل الحكومة\nتظاهرات في ثلاث مدن", "ثلاث"),
        (BODY * 3 + "مشاركة\n" + BODY * 3, "تدريجيا.\nمشاركة"),
        (BODY * 3 + "- شارك هذا الموضوع\n" + BODY * 3, "الموضوع"),
    ],
)
def test_a_span_is_covered_by_a_line_above_below_or_its_own(text, span):
    start = np.array([text.index(span)])
    words, row = split_words([text]), np.zeros(1, np.int64)
    found = boilerplate_over([text], words, row, start, start + len(span))
    assert overlapping(row, start, start + len(span), *found).all()


def test_a_table_without_text_is_named():
    with pytest.raises(ValueError, match="no column 'text'"):
        kz.find_boilerplate(pd.DataFrame({"article_id": ["a"]}))


def test_every_rule_is_filled_in():
    rules = load_boilerplate_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.kind in KINDS, rule.id
        assert rule.note.endswith((".", ")")), rule.id
        assert rule.phrases, rule.id
        assert 0 < rule.max_words <= 30, rule.id
        for phrase in rule.phrases:
            assert re.fullmatch(r"[^\W\d_|]+(?:[ |][^\W\d_|]+)*", phrase.replace("\u0651", "").replace("\u064b", "")), (
                phrase
            )
            # A single word at the end of a text may be its last word.
            assert rule.kind != "end" or " " in phrase, phrase
