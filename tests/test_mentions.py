import csv
import random
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kzanalytics as kz
from kzanalytics.codebooks import Codebook

CASES = Path(__file__).parent / "cases"


def read_cases(name: str) -> list[dict[str, str]]:
    with open(CASES / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return kz.load_codebook("kazakhstan-2022")


def own_codebook(tmp_path: Path, *terms: str, frame: str = "f") -> Codebook:
    path = tmp_path / "own.csv"
    path.write_text("frame,term\n" + "".join(f"{frame},{term}\n" for term in terms), encoding="utf-8")
    return kz.load_codebook(path)


def found(codebook: Codebook, text: str, frames: list[str] | None = None) -> list[str]:
    return kz.find_mentions(pd.DataFrame({"text": [text]}), codebook, frames=frames)["text"].tolist()


def test_the_seeds_have_the_mentions_that_were_read_by_hand(seeds, codebook):
    expected = read_cases("mentions_seeds.tsv")
    mentions = kz.find_mentions(seeds, codebook, frames=codebook.default)
    got = mentions[["article_id", "frame", "start", "end", "text"]].astype(str).to_numpy().tolist()
    assert got == [list(row.values()) for row in expected]


@pytest.mark.parametrize("case", read_cases("mentions_kazakhstan.tsv"), ids=lambda case: case["why"])
def test_a_sentence_has_the_mentions_that_are_marked_in_it(codebook, case):
    marked = re.findall(r"\[(.*?)\]", case["text"])
    assert found(codebook, re.sub(r"[\[\]]", "", case["text"]), [case["frame"]]) == marked


def test_mentions_have_the_columns_and_types_of_the_contract(seeds, codebook):
    mentions = kz.find_mentions(seeds, codebook)
    assert list(mentions.columns) == "article_id outlet date frame term start end text in_title".split()
    assert mentions["frame"].cat.categories.tolist() == [frame.id for frame in codebook]
    assert not mentions["frame"].cat.ordered
    assert mentions["start"].dtype == mentions["end"].dtype == np.int64
    assert mentions["in_title"].dtype == bool
    assert all(isinstance(mentions[c].dtype, pd.StringDtype) for c in ("article_id", "outlet", "term", "text"))
    assert mentions["date"].dtype.kind == "M"
    assert set(mentions["term"]) <= {term.term for frame in codebook for term in frame.terms}


def test_a_span_slices_to_its_text(seeds, codebook):
    texts = dict(zip(seeds["article_id"], seeds["text"], strict=True))
    mentions = kz.find_mentions(seeds, codebook)
    assert len(mentions) > 100
    assert [texts[m.article_id][m.start : m.end] for m in mentions.itertuples()] == mentions["text"].tolist()


def test_mentions_of_one_frame_do_not_overlap(seeds, codebook):
    found = kz.find_mentions(seeds, codebook)
    assert len(found) > 100
    for _, group in found.groupby(["article_id", "frame"], observed=True):
        assert (group["start"].iloc[1:].to_numpy() >= group["end"].iloc[:-1].to_numpy()).all()


def test_other_articles_do_not_change_the_mentions_of_one(seeds, codebook):
    together = kz.find_mentions(seeds, codebook)
    for position in range(len(seeds)):
        alone = kz.find_mentions(seeds.iloc[[position]], codebook)
        article = seeds["article_id"].iloc[position]
        same = together[together["article_id"] == article].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, same)


def test_the_input_is_not_changed_and_its_index_does_not_matter(seeds, codebook):
    shuffled = seeds.set_index(pd.Index([7, 3, 7, 1, 0]))
    before = shuffled.copy(deep=True)
    mentions = kz.find_mentions(shuffled, codebook)
    pd.testing.assert_frame_equal(shuffled, before)
    pd.testing.assert_frame_equal(mentions, kz.find_mentions(seeds, codebook))


SENTENCES = [
    "اتهم الرئيس إرهابيين مدربين في الخارج بمحاولة انقلاب",
    "لن نسمح بثورات ملونة ولا بالثورة البرتقالية",
    "احتجاجات على رفع أسعار الوقود وإلغاء الدعم عن المحروقات",
    "أعمال شغب وأعمال عنف وعصابات مسلحة وقوات حفظ السلام",
]
MARKS = "\u064b\u064e\u0651\u0652\u0670"
ALEFS = "اأإآ"


def respell(plain: str, chance: random.Random) -> str:
    """The same words in another spelling: marks, tatweel and alef forms at will."""
    letters = []
    for letter, following in zip(plain, plain[1:] + " ", strict=True):
        letters.append(chance.choice(ALEFS) if letter in ALEFS else letter)
        if letter != " ":
            letters.append(chance.choice(["", "", "", *MARKS]))
            if following != " ":
                letters.append(chance.choice(["", "", "", "\u0640", "\u0640\u0640"]))
    return "".join(letters)


@settings(max_examples=50, derandomize=True)
@given(st.sampled_from(SENTENCES), st.integers(0, 10**6))
def test_marks_tatweel_and_alef_forms_do_not_change_what_is_found(plain, seed):
    chance = random.Random(seed)
    texts = [plain, *(respell(plain, chance) + f" {i}" for i in range(3))]
    mentions = kz.find_mentions(pd.DataFrame({"text": texts}), kz.load_codebook("kazakhstan-2022"))
    first, *others = (
        [(m.frame, m.term) for m in mentions[mentions["article_id"] == str(i)].itertuples()] for i in range(4)
    )
    assert len(first) >= 2
    assert others == [first] * 3


def test_normalising_the_seeds_does_not_change_what_is_found(seeds, codebook):
    folded = seeds.assign(text=[kz.normalize(text) for text in seeds["text"]])
    raw, plain = (kz.find_mentions(a, codebook)[["article_id", "frame", "term"]] for a in (seeds, folded))
    pd.testing.assert_frame_equal(raw, plain)


@settings(max_examples=80, derandomize=True)
@given(st.text(alphabet="ارهبيثوتملنسعدقغز \n\u0640\u064bة.«»”,-أإ1a\u200f", max_size=60))
def test_any_text_is_searched_without_an_error(text):
    if text.strip():
        mentions = kz.find_mentions(pd.DataFrame({"text": [text]}), kz.load_codebook("kazakhstan-2022"))
        assert [text[m.start : m.end] for m in mentions.itertuples()] == mentions["text"].tolist()


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("ثورة", "ثور وثروة وثورات وبالثورتين ولثورتهم والثوار", ["وثورات", "وبالثورتين", "ولثورتهم"]),
        ("وقود", "وقد وقدموا وقود السيارات والوقود للوقود", ["وقود", "والوقود", "للوقود"]),
        ("الوقود", "وقود بالوقود", ["وقود", "بالوقود"]),
        ("=الوقود", "وقود والوقود الوقود", ["الوقود"]),
        ("إرهاب", "الإرهابي والإرهابيات إرهابيَّيْن", ["الإرهابي", "والإرهابيات", "إرهابيَّيْن"]),
        ("متظاهر", "متظاهرون المتظاهرين متظاهرة المظاهر", ["متظاهرون", "المتظاهرين", "متظاهرة"]),
        ("سعر|أسعار", "السعر بأسعارها السعير", ["السعر", "بأسعارها"]),
        ("فوضى", "الفوضى فوضاهم فضاء", ["الفوضى", "فوضاهم"]),
        ("غلاء", "الغلاء غلاؤها بغلائها", ["الغلاء", "غلاؤها", "بغلائها"]),
        ("رفع .. وقود", "رفع سعر لتر الوقود", ["رفع سعر لتر الوقود"]),
        ("رفع ..1 وقود", "رفع سعر لتر الوقود", []),
        ("رفع .. وقود", "رفع الأجور. الوقود متوفر", []),
        ("رفع .. وقود", "رفع الأجور\nالوقود متوفر", []),
        ("رفع .. وقود", "رفع رفع الوقود", ["رفع الوقود"]),
        ("حفظ سلام", "حفظ «السلام» بحفظٍ للسلام", ["حفظ «السلام", "بحفظٍ للسلام"]),
        ("حفظ سلام", "حفظ، السلام", []),
        ("سعر دولار", "سعر 1.5 دولار", ["سعر 1.5 دولار"]),
        ("لغة", "للغة واللغات ولغتهم", ["للغة", "واللغات", "ولغتهم"]),
        ("كرملين|بوتين", "الكرملين وبوتين", ["الكرملين", "وبوتين"]),
        ("NATO", "قال nato إن", ["nato"]),
    ],
)
def test_the_term_language(tmp_path, term, text, expected):
    assert found(own_codebook(tmp_path, term), text) == expected


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        (["محاولة", "محاولة انقلاب"], "محاولة انقلاب ومحاولة", ["محاولة انقلاب", "ومحاولة"]),
        (["انقلاب", "محاولة انقلاب"], "محاولة انقلاب", ["محاولة انقلاب"]),
        (["رفع أسعار", "أسعار الوقود المحلي"], "رفع أسعار الوقود المحلي", ["أسعار الوقود المحلي"]),
        (["رفع أسعار", "أسعار الوقود"], "رفع أسعار الوقود", ["رفع أسعار"]),
        (["رفع أسعار", "أسعار الوقود المحلي", "المحلي هنا"], "رفع أسعار الوقود المحلي هنا", ["أسعار الوقود المحلي"]),
    ],
)
def test_the_longest_of_overlapping_terms_wins(tmp_path, terms, text, expected):
    assert found(own_codebook(tmp_path, *terms), text) == expected


def test_different_frames_may_overlap(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text("frame,term\na,انقلاب\nb,محاولة انقلاب\n", encoding="utf-8")
    mentions = kz.find_mentions(pd.DataFrame({"text": ["محاولة انقلاب"]}), kz.load_codebook(path))
    assert mentions[["frame", "text"]].to_numpy().tolist() == [["b", "محاولة انقلاب"], ["a", "انقلاب"]]


def test_boilerplate_is_not_searched(codebook):
    body = "عاد الهدوء إلى شوارع المدينة بعد أيام من التوتر والانتشار الأمني.\n"
    text = body * 3 + "مقالات ذات صلة\nاحتجاجات على أسعار الوقود"
    assert found(codebook, text, list(codebook.default)) == []
    assert found(codebook, text.replace("مقالات ذات صلة", "وقالت الوكالة"), list(codebook.default)) == ["أسعار الوقود"]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("الإرهاب في ألماتي", "الإرهاب في ألماتي\nوقال الرئيس إن الإرهاب مستمر.", [True, False]),
        ("الإرهاب في ألماتي", "قسم الأخبار\n الإرهاب في ألماتي \nالإرهاب في ألماتي مستمر", [True, False]),
        ("الإرهاب", "الإرهاب مستمر والإرهاب", [True, False]),
        ("الإرهاب", "قال إن الإرهاب مستمر\nالإرهاب", [False, False]),
        ("", "الإرهاب مستمر", [False]),
    ],
)
def test_in_title_is_the_first_line_that_repeats_the_title(codebook, title, text, expected):
    articles = pd.DataFrame({"title": [title], "text": [text]})
    assert kz.find_mentions(articles, codebook, frames=["terrorism"])["in_title"].tolist() == expected


def test_an_unknown_frame_is_named(seeds, codebook):
    with pytest.raises(ValueError, match=r"'terror'.*choose from terrorism"):
        kz.find_mentions(seeds, codebook, frames=["terror"])
    with pytest.raises(TypeError, match="load_codebook"):
        kz.find_mentions(seeds, "kazakhstan-2022")


def test_no_mention_is_an_empty_table_of_the_same_types(codebook):
    mentions = kz.find_mentions(pd.DataFrame({"text": ["صباح الخير"]}), codebook)
    full = kz.find_mentions(pd.DataFrame({"text": ["الإرهاب"]}), codebook)
    assert mentions.empty
    assert mentions.dtypes.to_dict() == full.dtypes.to_dict()


def test_the_concordance_shows_what_comes_before_and_after(seeds, codebook):
    mentions = kz.find_mentions(seeds, codebook)
    table = kz.concordance(mentions, seeds)
    assert list(table.columns) == "article_id outlet frame left keyword right start end".split()
    assert len(table) == len(mentions)
    texts = dict(zip(seeds["article_id"], seeds["text"], strict=True))
    for row in table.itertuples():
        text = texts[row.article_id]
        assert " ".join(text[: row.start].split()).endswith(row.left)
        assert " ".join(text[row.end :].split()).startswith(row.right)
        assert len(row.left) <= 60
        assert len(row.right) <= 60


def test_the_view_of_a_concordance_runs_from_right_to_left_and_is_escaped(codebook):
    articles = pd.DataFrame({"outlet": ["<b>x</b>"], "text": ["قبله <script>alert(1)</script> الإرهاب & بعده"]})
    view = kz.concordance(kz.find_mentions(articles, codebook), articles)._repr_html_()
    assert 'dir="rtl"' in view
    assert "<script>" not in view
    assert "<b>x</b>" not in view
    # In a table that runs from right to left the first cell stands rightmost: what comes before the keyword.
    before, keyword, after = (view.index(word) for word in ("قبله", "<b>الإرهاب</b>", "بعده"))
    assert before < keyword < after
    assert "&amp; بعده" in view


def test_part_of_a_concordance_is_still_shown(codebook):
    articles = pd.DataFrame({"text": ["الإرهاب ثم الإرهاب"]})
    table = kz.concordance(kz.find_mentions(articles, codebook), articles)
    assert table.head(1)._repr_html_().count("<b>") == 1
    assert "<table" in table[["start", "end"]]._repr_html_()


def test_a_concordance_of_other_articles_says_so(seeds, codebook):
    mentions = kz.find_mentions(seeds, codebook)
    with pytest.raises(ValueError, match="not in articles"):
        kz.concordance(mentions, seeds.iloc[:1])
