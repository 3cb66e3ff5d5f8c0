"""Attribution: composed cases, the labelled seeds, invariants, and the cue and actor lists."""

from __future__ import annotations

import csv
import hashlib
from importlib import resources
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzanalytics import cues
from kzanalytics._normalize import normalize
from kzanalytics.attribution import (
    ATTRIBUTION_COLUMNS,
    POLARITIES,
    QUOTES,
    STANCES,
    VOICES,
    attribute_mentions,
    stance_of,
)
from kzanalytics.cues import VERB_KINDS, load_cues, read_cue_table
from kzanalytics.files import load_seeds
from kzanalytics.quotations import find_quotations
from kzanalytics.speakers import ACTOR_COLUMNS, ACTOR_KINDS, load_actors

HERE = Path(__file__).parent
LABELS = ("voice", "speaker", "quote", "polarity")


def read_cases() -> list[dict[str, str]]:
    with (HERE / "cases" / "attribution_cases.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def attribute(marked: str, **options: object) -> pd.Series:
    """Attribute the one mention that ⟦ ⟧ mark in a text."""
    marked = marked.replace("\\n", "\n")
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    text = marked.replace("⟦", "").replace("⟧", "")
    mentions = pd.DataFrame({"article_id": ["a"], "start": [start], "end": [end]})
    return attribute_mentions(mentions, pd.DataFrame({"article_id": ["a"], "text": [text]}), **options).iloc[0]


CASES = read_cases()


def case_params() -> list[object]:
    out = []
    for number, case in enumerate(CASES, 2):
        known = pytest.mark.xfail(strict=True, reason=case["note"]) if "known failure" in case["note"] else ()
        out.append(pytest.param(case, id=f"{number}-{case['phenomenon']}", marks=known))
    return out


@pytest.mark.parametrize("case", case_params())
def test_composed_case_gets_its_labels(case):
    row = attribute(case["text"])
    found = {"voice": row["voice"], "quote": row["quote"], "polarity": row["polarity"]}
    assert found == {k: case[k] for k in found}
    assert set(row["speaker"].split(";")) == set(case["speaker"].split(";"))


def test_cases_are_many_and_cover_every_label():
    table = pd.DataFrame(CASES)
    assert len(table) >= 120
    assert set(table["voice"]) == set(VOICES)
    assert set(table["polarity"]) == set(POLARITIES)
    assert set(table["quote"]) == set(QUOTES)
    assert (table.groupby("phenomenon").size() >= 1).all()


# How news name who speaks: {t} is a title, {n} a name.
NAMING = [
    "وقال {t} {n} إن ⟦الإرهابيين⟧ فروا.",
    "وأكد {t}، {n}، أن ⟦الإرهابيين⟧ فروا.",
    "وبحسب {t} {n}، فإن ⟦الإرهابيين⟧ فروا.",
    "فر ⟦الإرهابيون⟧، وفق {t} {n}.",
    "واتهم {t} {n} الغرب بدعم ⟦الإرهابيين⟧.",
    "من جهته، اعتبر {t} {n} ما جرى عملا ⟦إرهابيا⟧.",
    "ونقلت وكالة سبوتنيك عن {t} {n} قوله إن ⟦الإرهابيين⟧ فروا.",
    "{t} {n}: ⟦الإرهابيون⟧ فروا",
    "{n}: ⟦الإرهابيون⟧ فروا",
    "وأعرب {t} {n} عن قلقه من ⟦الإرهاب⟧.",
    "«⟦الإرهابيون⟧ فروا إلى الجبال كلهم»، قال {t} {n}.",
    "وكان {t} {n} قد أعلن أن ⟦الإرهابيين⟧ فروا.",
    "{t} {n} يؤكد أن ⟦الإرهابيين⟧ فروا",
    "وقال {n}، {t}، إن ⟦الإرهابيين⟧ فروا.",
    "وشدد {t} {n} خلال القمة الطارئة على ضرورة سحق ⟦الإرهاب⟧.",
    "وفي كلمته، حذر {t} {n} من ⟦الإرهاب⟧.",
]


# The same of bodies, which are feminine.
NAMING_BODIES = [
    "وقالت {n} إن ⟦الإرهابيين⟧ فروا.",
    "وأعلنت {n} مقتل 26 ⟦إرهابيا⟧.",
    "وبحسب {n}، فإن ⟦الإرهابيين⟧ فروا.",
    "واتهمت {n} الغرب بدعم ⟦الإرهابيين⟧.",
    "ونقلت وكالة سبوتنيك عن {n} أن ⟦الإرهابيين⟧ فروا.",
    "«⟦الإرهابيون⟧ فروا إلى الجبال كلهم»، قالت {n}.",
    "وكانت {n} قد أعلنت أن ⟦الإرهابيين⟧ فروا.",
    "وجاء في بيان {n} أن ⟦الإرهابيين⟧ فروا.",
    "وأفادت {n} في بيان أن ⟦الإرهابيين⟧ فروا.",
    "ونفت {n} أن يكون المحتجون ⟦إرهابيين⟧.",
]


def test_each_actor_is_known_by_every_title_and_spelling_in_every_construction():
    texts, rows, speakers = [], [], []
    with (HERE / "cases" / "actor_titles.tsv").open(encoding="utf-8", newline="") as stream:
        for actor in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            patterns = NAMING if actor["titles"] else NAMING_BODIES
            for title, name, pattern in product(actor["titles"].split("|"), actor["names"].split("|"), patterns):
                text = pattern.format(t=title, n=name)
                rows.append((str(len(texts)), text.index("⟦"), text.index("⟧") - 1))
                texts.append((str(len(texts)), text.replace("⟦", "").replace("⟧", "")))
                speakers.append(actor["actor"])
    found = attribute_mentions(
        pd.DataFrame(rows, columns=["article_id", "start", "end"]), pd.DataFrame(texts, columns=["article_id", "text"])
    )
    wrong = [(text, row) for (_, text), who, row in zip(texts, speakers, found["speaker"], strict=True) if row != who]
    assert wrong == []


# How news name somebody in no list, {x} with a title or without: by a man / by a woman.
NAMING_EXPERTS = [
    ("قال {x} إن ⟦إرهابيين⟧ فروا.", "قالت {x} إن ⟦إرهابيين⟧ فروا."),
    ("ويرى {x} أن ما جرى ⟦ثورة ملونة⟧.", "وترى {x} أن ما جرى ⟦ثورة ملونة⟧."),
    ("وبحسب {x} فإن ما جرى ⟦ثورة ملونة⟧.",) * 2,
    ("ما جرى ⟦ثورة ملونة⟧، بحسب {x}.",) * 2,
    ("«ما جرى في البلاد كلها ⟦ثورة ملونة⟧»، يقول {x}.", "«ما جرى في البلاد كلها ⟦ثورة ملونة⟧»، تقول {x}."),
    ("ويعزو {x} الاحتجاجات إلى ⟦رفع أسعار الغاز⟧.", "وتعزو {x} الاحتجاجات إلى ⟦رفع أسعار الغاز⟧."),
    ("ووصف {x} ما جرى بأنه ⟦ثورة ملونة⟧.", "ووصفت {x} ما جرى بأنه ⟦ثورة ملونة⟧."),
    ("من جهته، اعتبر {x} أن ما جرى ⟦ثورة ملونة⟧.", "من جهتها، اعتبرت {x} أن ما جرى ⟦ثورة ملونة⟧."),
    ("ولا يستبعد {x} أن يكون ما جرى ⟦ثورة ملونة⟧.", "ولا تستبعد {x} أن يكون ما جرى ⟦ثورة ملونة⟧."),
    ("وحذر {x} من ⟦ثورة ملونة⟧ جديدة.", "وحذرت {x} من ⟦ثورة ملونة⟧ جديدة."),
    ("ونقلت الصحيفة عن {x} قوله إن ما جرى ⟦ثورة ملونة⟧.", "ونقلت الصحيفة عن {x} قولها إن ما جرى ⟦ثورة ملونة⟧."),
    ("أما {x} فيرى أن ما جرى ⟦ثورة ملونة⟧.", "أما {x} فترى أن ما جرى ⟦ثورة ملونة⟧."),
    ("وفي رأي {x}، ما جرى ⟦ثورة ملونة⟧.",) * 2,
]


def test_each_expert_in_no_list_is_named_in_every_construction():
    texts, rows, named = [], [], []
    with (HERE / "cases" / "expert_names.tsv").open(encoding="utf-8", newline="") as stream:
        for people in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            titles = ["", *(f"{title} " for title in people["titles"].split("|"))]
            for name, title, (man, woman) in product(people["names"].split("|"), titles, NAMING_EXPERTS):
                text = (man if people["gender"] == "m" else woman).format(x=title + name)
                rows.append((str(len(texts)), text.index("⟦"), text.index("⟧") - 1))
                texts.append((str(len(texts)), text.replace("⟦", "").replace("⟧", "")))
                named.append(name)
    found = attribute_mentions(
        pd.DataFrame(rows, columns=["article_id", "start", "end"]), pd.DataFrame(texts, columns=["article_id", "text"])
    )
    speakers = zip(texts, named, found["speaker"], strict=True)
    assert [(text, row) for (_, text), name, row in speakers if not row.endswith(name)] == []


@pytest.fixture(scope="module")
def seed_gold() -> tuple[pd.DataFrame, pd.DataFrame]:
    gold = pd.read_csv(HERE / "gold" / "seeds.tsv", sep="\t", keep_default_na=False, dtype={"article_id": str})
    seeds = load_seeds()
    sums = {i: hashlib.sha256(t.encode()).hexdigest() for i, t in zip(seeds["article_id"], seeds["text"], strict=True)}
    assert (gold["sha256"] == gold["article_id"].map(sums)).all()
    return gold, attribute_mentions(gold[["article_id", "start", "end"]], seeds)


@pytest.mark.parametrize("label", ["voice", "quote", "polarity", "speaker"])
def test_labelled_seeds_keep_their_labels(seed_gold, label):
    gold, found = seed_gold
    if label == "speaker":
        right = [set(a.split(";")) == set(b.split(";")) for a, b in zip(gold[label], found[label], strict=True)]
    else:
        right = [b in a.split("|") for a, b in zip(gold[label], found[label], strict=True)]
    assert all(right)


# --- invariants --------------------------------------------------------------------------------------


NEWS = [
    *"قال أكد بوتين توكاييف الرئيس الروسي إن أن ليس لم بسبب إرهاب ما وصفه بـ بحسب عن نقلت وكالة لكن هذا غير ممكن و".split(),
    *'«»“”":،.\n',
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(NEWS), max_size=40).map(" ".join)), st.data())
def test_no_text_makes_it_fail(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mentions = pd.DataFrame({"article_id": ["a"], "start": [start], "end": [end]})
    row = attribute_mentions(mentions, pd.DataFrame({"article_id": ["a"], "text": [text]})).iloc[0]
    assert row["voice"] in VOICES
    assert row["quote"] in QUOTES
    assert row["polarity"] in POLARITIES
    assert row["stance"] == stance_of(row["voice"], row["polarity"], row["quote"])
    assert row["cue"] == ("" if row["cue_start"] < 0 else text[row["cue_start"] : row["cue_end"]])


def test_a_source_cut_off_by_a_mark_at_the_end_of_the_text_is_read():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["وقع عمل إرهابي حسب«"]})
    mentions = pd.DataFrame({"article_id": ["a"], "start": [8], "end": [14]})
    assert len(attribute_mentions(mentions, articles)) == 1


@settings(max_examples=150)
@given(st.text(alphabet="ا ب«»“”\"'().\n:ـ", max_size=80))
def test_quotations_lie_inside_their_text_and_never_raise(text):
    for q in find_quotations(text):
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)


REDUNDANT = [
    "أكد بوتين أن بلاده لن تسمح بـ«⟦ثورات ملونة⟧» في جوارها.",
    "حذر توكاييف من «⟦الإرهابيين⟧» الأجانب.",
    "قال توكاييف: «لا مفاوضات مع ⟦الإرهابيين⟧، يجب القضاء عليهم».",
    "وأعلن الكرملين أن «⟦الإرهاب⟧ لن ينتصر في كازاخستان أبدا».",
]


@pytest.mark.parametrize("marked", REDUNDANT)
def test_removing_redundant_marks_changes_only_the_quote(marked):
    with_marks, without = attribute(marked), attribute(marked.replace("ـ«", "").replace("«", "").replace("»", ""))
    assert with_marks["quote"] != "none"
    assert without["quote"] == "none"
    assert (
        with_marks[["voice", "speaker", "polarity", "stance"]].tolist()
        == without[["voice", "speaker", "polarity", "stance"]].tolist()
    )


def test_appending_an_unrelated_sentence_changes_no_earlier_mention():
    for case in CASES:
        text = case["text"].rstrip()
        if text.endswith((".", "؟")):
            before, after = attribute(text), attribute(text + " وتساقطت الثلوج على المدينة صباح الأحد.")
            assert before[list(ATTRIBUTION_COLUMNS)].tolist() == after[list(ATTRIBUTION_COLUMNS)].tolist(), text


def test_the_result_of_an_article_does_not_depend_on_the_others():
    seeds = load_seeds()
    gold = pd.read_csv(HERE / "gold" / "seeds.tsv", sep="\t", dtype={"article_id": str})[["article_id", "start", "end"]]
    together = attribute_mentions(gold.sample(frac=1, random_state=1), seeds).sort_index()
    for article_id, part in gold.groupby("article_id"):
        alone = attribute_mentions(part, seeds[seeds["article_id"] == article_id])
        pd.testing.assert_frame_equal(alone, together.loc[part.index])


# --- the table ---------------------------------------------------------------------------------------


def test_input_is_unchanged_and_extra_columns_index_and_order_are_kept():
    text = "قال بوتين إن الإرهاب خطر. وقال توكاييف إن الإرهاب هزم."
    first, second = text.index("الإرهاب"), text.rindex("الإرهاب")
    mentions = pd.DataFrame(
        {"article_id": ["a", "a"], "start": [second, first], "end": [second + 7, first + 7], "mine": [1, 2]},
        index=[9, 4],
    )
    kept = mentions.copy()
    out = attribute_mentions(mentions, pd.DataFrame({"article_id": ["a"], "text": [text]}))
    pd.testing.assert_frame_equal(mentions, kept)
    assert out.index.tolist() == [9, 4]
    assert out["speaker"].tolist() == ["Tokayev", "Putin"]
    assert list(out.columns) == [*mentions.columns, *ATTRIBUTION_COLUMNS]
    assert out["cue_start"].dtype == "int64"


def test_no_mentions_give_an_empty_table_with_all_columns():
    mentions = pd.DataFrame({"article_id": pd.Series(dtype="str"), "start": [], "end": []})
    out = attribute_mentions(mentions, pd.DataFrame({"article_id": ["a"], "text": ["نص"]}))
    assert len(out) == 0
    assert set(ATTRIBUTION_COLUMNS) <= set(out.columns)


def test_wrong_input_is_refused_by_name():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["نص"]})
    good = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [1]})
    with pytest.raises(ValueError, match="mentions has no column 'start'"):
        attribute_mentions(good.drop(columns="start"), articles)
    with pytest.raises(ValueError, match="article_id 'b', which articles does not have"):
        attribute_mentions(good.assign(article_id="b"), articles)
    with pytest.raises(ValueError, match="outside the text of article 'a'"):
        attribute_mentions(good.assign(end=99), articles)


@pytest.mark.parametrize(
    ("voice", "polarity", "quote", "stance"),
    [
        ("outlet", "affirmed", "none", "asserts"),
        ("outlet", "affirmed", "phrase", "distances"),
        ("outlet", "rejected", "none", "rejects"),
        ("outlet", "distanced", "none", "distances"),
        ("attributed", "affirmed", "speech", "reports"),
        ("attributed", "affirmed", "phrase", "reports"),
        ("attributed", "rejected", "none", "reports_denial"),
        ("attributed", "distanced", "none", "distances"),
    ],
)
def test_stance_follows_from_the_three_labels(voice, polarity, quote, stance):
    assert stance_of(voice, polarity, quote) == stance
    assert stance in STANCES


def test_the_cue_is_the_words_that_decided():
    row = attribute("أكد بوتين أن الأحداث ليست ⟦ثورة ملونة⟧.")
    assert (row["cue"], row["cue_class"]) == ("ليست", "negation")
    row = attribute("أكد بوتين أن ⟦الإرهاب⟧ خطر.")
    assert (row["cue"], row["cue_class"]) == ("أكد", "endorsing")
    row = attribute("تلاحق الشرطة «⟦الإرهابيين⟧» في المدينة.")
    assert (row["cue"], row["cue_class"]) == ("«الإرهابيين»", "marks")


# --- actors and cues ---------------------------------------------------------------------------------


def test_own_actors_add_aliases_and_win_over_shipped_ones(tmp_path):
    text = "قال دوسيم ساتباييف إن ⟦الإرهاب⟧ خطر."
    assert attribute(text)["speaker"] == "دوسيم ساتباييف"
    own = pd.DataFrame({"actor": ["Satpayev"], "aliases": ["دوسيم ساتباييف|ساتباييف"]})
    assert attribute(text, actors=own)["speaker"] == "Satpayev"
    path = tmp_path / "actors.csv"
    own.to_csv(path, index=False, encoding="utf-8")
    assert attribute(text, actors=path)["speaker"] == "Satpayev"
    assert attribute(text)["speaker"] == "دوسيم ساتباييف"
    renamed = pd.DataFrame({"actor": ["President Putin"], "aliases": ["بوتين"]})
    assert attribute("قال بوتين إن ⟦الإرهاب⟧ خطر.", actors=renamed)["speaker"] == "President Putin"


def test_own_cues_add_verbs_and_words():
    text = "غمغم توكاييف أن ⟦الإرهاب⟧ خطر."
    assert attribute(text)["voice"] == "outlet"
    own = pd.DataFrame(
        {"form": ["غمغم"], "kind": ["verb"], "class": ["neutral"], "present": ["يغمغم"], "opens": ["that"]}
    )
    assert attribute(text, cues=own)["speaker"] == "Tokayev"


def test_own_lists_with_errors_are_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match=r"actors table lacks the column.* aliases"):
        load_actors(pd.DataFrame({"actor": ["x"]}))
    with pytest.raises(ValueError, match="kind 'robot' is not one of"):
        load_actors(pd.DataFrame({"actor": ["x"], "aliases": ["y"], "kind": ["robot"]}))
    with pytest.raises(FileNotFoundError, match="no file"):
        load_actors(tmp_path / "none.csv")
    with pytest.raises(ValueError, match=r"lacks the column.* kind"):
        load_cues(pd.DataFrame({"form": ["x"]}))
    with pytest.raises(ValueError, match="empty form"):
        load_cues(pd.DataFrame({"form": [""], "kind": ["verb"]}))


def read_data(folder: str, name: str) -> pd.DataFrame:
    path = resources.files("kzanalytics") / "data" / folder / name
    with path.open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype=str, keep_default_na=False)


def test_actor_list_is_clean():
    table = read_data("actors", "actors.csv")
    assert tuple(table.columns) == ACTOR_COLUMNS
    assert table["actor"].is_unique
    assert table["kind"].isin(ACTOR_KINDS).all()
    assert table["gender"].isin(["m", "f"]).all()
    owner: dict[str, str] = {}
    assert (
        not table["aliases"].str.split("|").str[0].str.contains("{", regex=False).any()
    )  # charts name the actor by it
    for actor, aliases in zip(table["actor"], table["aliases"], strict=True):
        for alias in aliases.split("|"):
            assert alias == alias.strip()
            assert alias, actor
            assert owner.setdefault(normalize(alias), actor) == actor, alias


@pytest.mark.parametrize("name", ["countries.csv", "institutions.csv", "roles.csv"])
def test_patterns_of_actors_are_clean(name):
    table = read_data("actors", name)
    assert table.iloc[:, 0].is_unique
    assert not table.map(lambda cell: cell != cell.strip() or "||" in cell or cell.startswith("|")).to_numpy().any()


def test_canonical_names_are_those_of_the_labels():
    known = {actor.name for entries in load_actors().aliases.values() for _, actor in entries}
    needed = (
        "Putin;Tokayev;Tokayev press office;Lukashenko;Rahmon;Zhaparov;Pashinyan;Karin;Tileuberdi;Masimov;Peskov;Antonov;"
        "Wang Yi;Wang Wenbin;Kremlin;KNB;CSTO;Kazakh interior ministry;Kazakh police;Kazakh health ministry;Russian MFA;"
        "Belarusian MFA;Chinese MFA;Russian defence ministry;Russia;China;Blinken;Nazarbayev"
    )
    assert set(needed.split(";")) <= known


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("قال ناشطون حقوقيون لوكالة فرانس برس إن ⟦الإرهابيين⟧ فروا.", "ناشطون حقوقيون"),
        ("وقال المتحدث باسم الشرطة سالم ناصر لرويترز إن ⟦الإرهابيين⟧ فروا.", "المتحدث باسم الشرطة سالم ناصر"),
        (
            "وقال فوزي سالم المتحدث باسم النقابة لصحيفة محلية: «فر ⟦الإرهابيون⟧ من المدينة ليلا».",
            "فوزي سالم المتحدث باسم النقابة",
        ),
        ("قال مراسل لوكالة فرانس برس إن ⟦الإرهابيين⟧ فروا.", "مراسل لوكالة فرانس برس"),
        ("قال المدير العام لوكالة الأنباء المحلية إن ⟦الإرهابيين⟧ فروا.", "المدير العام لوكالة الأنباء المحلية"),
        ("قال الأمين العام لمنظمة الصحة إن ⟦الإرهابيين⟧ فروا.", "الأمين العام لمنظمة الصحة"),
        ("تصف الحكومة المحتجين بأنهم ⟦إرهابيون⟧.", "الحكومة"),
        ("قالت السلطات المحلية إن ⟦الإرهابيين⟧ فروا.", "السلطات المحلية"),
        ("قالت المفوضية السامية لشؤون اللاجئين إن ⟦الإرهابيين⟧ فروا.", "المفوضية السامية لشؤون اللاجئين"),
        ("وشكر بوتين نظيره الصيني على مساعدته، مشددا على أن بلاده تواجه ⟦إرهابا⟧.", "Putin"),
        ("وتساءل الكاتب عما إذا كانت ⟦الاحتجاجات⟧ عفوية.", "الكاتب"),
        ("تحدث شهود عن ⟦إطلاق نار⟧ على المتظاهرين.", "شهود"),
        ("قال المسؤول في السفارة علي ناصر إن ⟦الإرهابيين⟧ فروا.", "المسؤول في السفارة علي ناصر"),
        ("وكان بوتين قد وصف المحتجين ب⟦الإرهابيين⟧ في خطاب سابق.", "Putin"),
        ("وتتهم موسكو الغرب بدعم ⟦الثورات الملونة⟧.", "Russia"),
        ("قالت كوريا الشمالية إن ⟦الإرهابيين⟧ فروا.", "كوريا الشمالية"),
        ("خبراء لـ«الجزيرة»: ⟦أسعار الوقود⟧ ليست السبب الوحيد", "خبراء"),
        ("قال بوتين إن الوضع هادئ. وقيل إن ⟦الإرهابيين⟧ فروا.", ""),
        ("أكد بوتين أن جنودا يقال إنهم ⟦إرهابيون⟧ فروا.", "Putin"),
        ("وقال الدكتور سالم ناصر وهو أستاذ جامعي إن ⟦الإرهابيين⟧ فروا.", "الدكتور سالم ناصر"),
        ("وخرج رئيس البلدية إلى الناس وهو يؤكد أن ⟦الإرهابيين⟧ فروا.", "رئيس البلدية"),
    ],
)
def test_what_follows_a_speaker_is_no_part_of_the_name(text, speaker):
    assert attribute(text)["speaker"] == speaker


@pytest.mark.parametrize(
    ("text", "voice", "speaker"),
    [
        ("طبقا للقانون، تعاقب المحكمة ⟦الإرهابيين⟧ بالسجن.", "outlet", ""),
        ("طبقا للشرطة، هاجم ⟦الإرهابيون⟧ المطار.", "attributed", "الشرطة"),
        ("وفقا لوزارة الداخلية، هاجم ⟦الإرهابيون⟧ المطار.", "attributed", "وزارة الداخلية"),
        ("وفقا لجنة التحقيق، هاجم ⟦الإرهابيون⟧ المطار.", "attributed", "لجنة التحقيق"),
    ],
)
def test_a_source_is_named_without_its_preposition_and_the_law_is_none(text, voice, speaker):
    row = attribute(text)
    assert (row["voice"], row["speaker"]) == (voice, speaker)


def test_cue_lists_are_clean():
    table = read_cue_table()
    verbs = table[table["kind"].isin(VERB_KINDS)]
    words = table[~table["kind"].isin(VERB_KINDS)]
    assert verbs["form"].is_unique
    assert (verbs["class"] != "").all()
    assert (verbs["opens"] != "").all()
    for form in words["form"]:
        parts = form.split("|")
        assert all(part == part.strip() and part for part in parts), form
        assert len(parts) == len(set(parts)), sorted(p for p in parts if parts.count(p) > 1)
    assert ((words["class"] != "") | (words["note"] != "")).all()
    assert (verbs["present"].str[:1].isin(["ي", ""])).all()
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(cues.__file__).parent.glob("*.py"))
    assert [kind for kind in words["kind"].unique() if f'"{kind}"' not in sources] == []  # a list that no rule asks


@pytest.mark.parametrize(
    ("form", "gender", "kind"),
    [
        ("وأكدت", "f", "finite"),
        ("سيعلن", "m", "finite"),
        ("يدعون", "m", "finite"),
        ("دعت", "f", "finite"),
        ("مشيرين", "m", "participle"),
        ("ذكرته", "f", "object"),
        ("ينفِ", "m", "finite"),
    ],
)
def test_verbs_are_inflected(form, gender, kind):
    verb = load_cues().verbs[normalize(form)]
    assert (verb.gender, verb.form) == (gender, kind)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("قال الفلاني إن الإرهاب خطر. ", "الدكتور خالد الفلاني"),
        ("وأضاف أن الإرهاب خطر. ", "الدكتور خالد الفلاني"),
        ("وأكدت الوزارة أن الإرهاب خطر. ", "الوزارة"),
    ],
)
def test_a_chain_of_a_thousand_sentences_leads_back_to_its_speaker(sentence, speaker):
    text = "قال الدكتور خالد الفلاني إن ذلك صحيح. " + sentence * 1000
    start = text.rindex("الإرهاب")
    mentions = pd.DataFrame({"article_id": ["a"], "start": [start], "end": [start + 7]})
    found = attribute_mentions(mentions, pd.DataFrame({"article_id": ["a"], "text": [text]}))
    assert found["speaker"].tolist() == [speaker]


@pytest.mark.parametrize("last", ["شكرا", "يذكر", "هذا"])
def test_an_interview_may_end_with_a_word(last):
    text = f"كيف تصف ما جرى؟\nكان صعبا.\nوما رأيك بالإرهاب؟\nهذا خطر.\nولماذا كنتم هناك؟\nلا أعلم.\nشكرا.\n{last}"
    text = "في حوار مع الباحث سامي المرعي:\n" + text
    start = text.index("خطر")
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    mentions = pd.DataFrame({"article_id": ["a"], "start": [start], "end": [start + 3]})
    assert attribute_mentions(mentions, articles)["speaker"].tolist() == ["الباحث سامي المرعي"]
