"""Hand coding: the sheet, reading it back, agreement between coders and of the rules with them."""

import warnings

import numpy as np
import pandas as pd
import pytest

from kzanalytics._codes import row_ids
from kzanalytics.articles import CorpusWarning
from kzanalytics.attribution import attribute_mentions
from kzanalytics.codebooks import load_codebook
from kzanalytics.coding import agreement, coding_sheet, krippendorff_alpha, majority_codes, read_codes
from kzanalytics.files import load_seeds
from kzanalytics.mentions import find_mentions
from kzanalytics.speakers import ACTOR_COLUMNS

STANCE = {
    ("outlet", "affirmed"): "asserts",
    ("outlet", "rejected"): "rejects",
    ("attributed", "affirmed"): "reports",
    ("attributed", "rejected"): "reports_denial",
}


def corpus(n_articles=30, seed=0):
    """Articles of four sentences with a mention each; what is true of it is drawn, as the rules would label it."""
    rng = np.random.default_rng(seed)
    articles, mentions = [], []
    for a in range(n_articles):
        text = ""
        for _ in range(4):
            voice = rng.choice(["outlet", "attributed"])
            polarity = rng.choice(["affirmed", "rejected", "distanced"], p=[0.6, 0.2, 0.2])
            text += "قال الرئيس توكاييف إن " if voice == "attributed" else "شهدت المدينة أمس أن "
            text += {"affirmed": "", "rejected": "لا علاقة ", "distanced": "ما وصفه ب"}[polarity]
            start = len(text)
            text += "الإرهابيين هاجموا المطار.\n"
            mentions.append(
                {
                    "article_id": f"{a:03}",
                    "outlet": ["الثورة", "الأفق", "غير معروف (7)"][a % 3],
                    "frame": "terrorism",
                    "start": start,
                    "end": start + 10,
                    "text": text[start : start + 10],
                    "voice": voice,
                    "speaker": "Tokayev" if voice == "attributed" else "",
                    "quote": "none",
                    "polarity": polarity,
                    "stance": "distances" if polarity == "distanced" else STANCE[voice, polarity],
                }
            )
        articles.append({"article_id": f"{a:03}", "text": text})
    return pd.DataFrame(mentions), pd.DataFrame(articles)


def fill(sheet, mentions, *, wrong=0.0, seed=1):
    """Return a sheet as a coder fills it, with a share of other voices and polarities than the rules gave."""
    rng = np.random.default_rng(seed)
    labels = mentions.assign(row_id=row_ids(mentions)).set_index("row_id").loc[sheet["row_id"]]
    out = sheet.copy()
    for name, values in (("voice", ["outlet", "attributed"]), ("polarity", ["affirmed", "rejected", "distanced"])):
        slip = rng.random(len(sheet)) < wrong
        out[name] = np.where(slip, rng.choice(values, len(sheet)), labels[name])
    out["quote"] = "none"
    out["speaker"] = np.where(out["voice"] == "attributed", "توكاييف", "")
    return out


def save(sheet, path):
    if path.suffix == ".csv":
        sheet.to_csv(path, index=False, encoding="utf-8-sig")
    else:
        sheet.to_excel(path, index=False)
    return path


# ---------------------------------------------------------------- Krippendorff's alpha

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, his data A (two observers, two values, ten units),
# B (two observers, five values, twelve units) and C (four observers, missing data, twelve units); nominal alphas as printed.
A = ("0100000010", "1110010000")
B = ("aabbdcccedda", "babbbccceddd")


def test_alpha_is_krippendorffs_binary_example():
    assert krippendorff_alpha(zip(*A, strict=True)) == pytest.approx(0.095, abs=5e-4)


def test_alpha_is_krippendorffs_nominal_example():
    assert krippendorff_alpha(zip(*B, strict=True)) == pytest.approx(0.692, abs=5e-4)


def test_alpha_is_krippendorffs_example_of_four_observers_with_missing_data():
    # the units in order; "." is missing, and the unit with a single value pairs with nothing
    units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.".replace(".", "\0").split()
    values = [[None if c == "\0" else c for c in unit] for unit in units]
    assert krippendorff_alpha(values) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(values[:-1]) == krippendorff_alpha(values)


def test_alpha_is_one_in_full_agreement_and_undefined_without_variation():
    assert krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1
    assert np.isnan(krippendorff_alpha([["a", "a"], ["a", "a"]]))
    assert np.isnan(krippendorff_alpha([["a"], ["b"]]))


# ---------------------------------------------------------------- the sheet


def test_sheet_is_blinded_and_shows_the_mention_in_context():
    mentions, articles = corpus()
    sheet = coding_sheet(mentions, articles, n=40)
    assert (sheet[["voice", "speaker", "quote", "polarity", "comment"]] == "").all(axis=None)
    assert not {"stance", "outlet", "cue"} & set(sheet.columns)
    assert set(sheet["keyword"]) == {"الإرهابيين"}
    text = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in sheet.itertuples():
        shown = f"{row.left} {row.keyword} {row.right}".replace("…", "").replace("¶", "").split()
        assert " ".join(shown).replace("ب ا", "با") in " ".join(text[row.row_id.split("/")[1]].split()).replace(
            "ب ا", "با"
        )


def test_sheet_has_every_stratum_and_keeps_proportions():
    mentions, articles = corpus(60)
    rare = mentions.index[mentions["stance"] == "rejects"][1:]
    mentions = mentions.drop(rare)
    sheet = coding_sheet(mentions, articles, n=80)
    drawn = mentions.assign(row_id=row_ids(mentions)).set_index("row_id").loc[sheet["row_id"]]
    assert len(sheet) == sheet["row_id"].nunique() == 80
    assert set(map(tuple, drawn[["outlet", "stance"]].values)) == set(map(tuple, mentions[["outlet", "stance"]].values))
    difference = drawn["stance"].value_counts(normalize=True) - mentions["stance"].value_counts(normalize=True)
    assert difference.abs().max() < 0.03


def test_small_sheet_is_drawn_by_stance_rather_than_outlet_and_weighted_back_by_it():
    mentions, articles = corpus(60)
    sheet = fill(coding_sheet(mentions, articles, n=14), mentions)
    stances = mentions.assign(row_id=row_ids(mentions)).set_index("row_id")["stance"]
    assert set(stances.loc[sheet["row_id"]]) == set(STANCE.values()) | {"distances"}
    codes = sheet.assign(coder="a", article_id=sheet["row_id"].str.split("/").str[1])
    row = agreement(codes, mentions).rules.iloc[0]
    assert (row["weighted_by"], row["share_covered"]) == ("frame x stance", 1)
    row = agreement(codes[:3], mentions).rules.iloc[0]
    assert row["weighted_by"] == "stance"
    assert row["share_covered"] < 1


def test_same_seed_same_sheet_whatever_the_order_of_other_columns():
    mentions, articles = corpus()
    first = coding_sheet(mentions, articles, n=30, seed=5)
    pd.testing.assert_frame_equal(first, coding_sheet(mentions[mentions.columns[::-1]], articles, n=30, seed=5))
    assert first["row_id"].tolist() != coding_sheet(mentions, articles, n=30, seed=6)["row_id"].tolist()


def test_sheet_leaves_its_input_alone_and_takes_all_if_there_are_fewer():
    mentions, articles = corpus(3)
    before = mentions.copy()
    assert len(coding_sheet(mentions, articles, n=500)) == len(mentions)
    pd.testing.assert_frame_equal(mentions, before)


def test_sheet_says_what_is_wrong():
    mentions, articles = corpus()
    with pytest.raises(
        ValueError, match=r"n=14 is less than the 15 combinations of outlet, frame, stance .* fewer columns"
    ):
        coding_sheet(mentions, articles, n=14, strata=("outlet", "frame", "stance"))
    with pytest.raises(ValueError, match="n=3 is less than the 5 combinations of stance"):
        coding_sheet(mentions, articles, n=3)
    with pytest.raises(ValueError, match=r"mentions has no column stance; call kz.attribute_mentions"):
        coding_sheet(mentions.drop(columns="stance"), articles)
    with pytest.raises(ValueError, match="not in articles: 029; give the articles"):
        coding_sheet(mentions, articles[:-1])
    with pytest.raises(ValueError, match=r"must end in \.csv or \.xlsx"):
        coding_sheet(mentions, articles, path="sheet.ods")
    with pytest.raises(ValueError, match="nothing to code"):
        coding_sheet(mentions[:0], articles)


def test_excel_sheet_reads_right_to_left_with_drop_downs(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    mentions, articles = corpus()
    coding_sheet(mentions, articles, n=20, path=tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    page = book["codes"]
    assert page.sheet_view.rightToLeft
    lists = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert lists == {
        "F2:F21": '"outlet,attributed"',
        "H2:H21": '"none,phrase,speech"',
        "I2:I21": '"affirmed,rejected,distanced"',
    }
    assert [page[f"{c}1"].value for c in "FGHI"] == ["voice", "speaker", "quote", "polarity"]
    assert page["C2"].alignment.wrap_text
    assert page["A2"].number_format == "@"
    assert {row[1].value for row in book["guide"].iter_rows(min_row=2)} >= {"outlet", "phrase", "distanced"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_cell_of_a_sheet_is_a_formula(tmp_path, ending):
    openpyxl = pytest.importorskip("openpyxl")
    articles = pd.DataFrame({"article_id": ["=1"], "text": ["=SUM(A1) الإرهابيين \x01+1"]})
    mentions = pd.DataFrame({"article_id": ["=1"], "frame": ["terrorism"], "start": [9], "end": [19]})
    path = tmp_path / f"s.{ending}"
    sheet = coding_sheet(mentions, articles, strata=(), path=path)
    assert sheet["left"].tolist() == ["=SUM(A1)"]
    if ending == "csv":
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert ",'=SUM(A1)," in raw.decode("utf-8-sig")
    else:
        assert all(cell.data_type != "f" for row in openpyxl.load_workbook(path)["codes"] for cell in row)
    filled = save(sheet.assign(voice="outlet"), path)
    with pytest.warns(CorpusWarning, match="1 without quote, 1 without polarity"):
        codes = read_codes(filled, mentions=mentions)
    assert codes["article_id"].tolist() == ["=1"]


def test_a_sheet_with_codes_is_never_overwritten(tmp_path):
    mentions, articles = corpus()
    path = tmp_path / "s.csv"
    coding_sheet(mentions, articles, n=20, path=path)
    sheet = coding_sheet(mentions, articles, n=20, path=path)
    save(fill(sheet, mentions), path)
    with pytest.raises(FileExistsError, match="holds codes, and is not overwritten"):
        coding_sheet(mentions, articles, n=20, path=path)
    articles.to_csv(path, index=False)
    with pytest.raises(FileExistsError, match="is not a coding sheet, and is not overwritten"):
        coding_sheet(mentions, articles, n=20, path=path)


# ---------------------------------------------------------------- reading codes


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_sheet_filled_by_two_coders_comes_back_with_its_agreement(tmp_path, ending):
    pytest.importorskip("openpyxl")
    mentions, articles = corpus(40)
    sheet = coding_sheet(mentions, articles, n=100, path=tmp_path / f"empty.{ending}")
    salma, amir = fill(sheet, mentions, wrong=0.1, seed=1), fill(sheet, mentions, wrong=0.1, seed=2)
    amir = amir.sample(frac=1, random_state=0)
    paths = [save(salma, tmp_path / f"salma.{ending}"), save(amir, tmp_path / f"amir.{ending}")]
    codes = read_codes(paths, mentions=mentions)
    assert codes.groupby("coder").size().to_dict() == {"salma": 100, "amir": 100}
    result = agreement(codes, mentions, n_boot=200)
    amir = amir.set_index("row_id").loc[salma["row_id"]]
    for name in ("voice", "polarity"):
        row = result.reliability.set_index("variable").loc[name]
        assert row["alpha"] == pytest.approx(krippendorff_alpha(zip(salma[name], amir[name], strict=True)))
        assert row["low"] < row["alpha"] < row["high"]
        assert row["n_mentions"] == 100
        assert row["agreement"] == (salma[name].to_numpy() == amir[name].to_numpy()).mean()
        against = result.rules.set_index("variable").loc[name]
        assert against["n_ties"] == (salma[name].to_numpy() != amir[name].to_numpy()).sum()
        assert against["n_mentions"] + against["n_ties"] == 100
        assert result.confusion_table(name).to_numpy().sum() == against["n_mentions"]


def test_sorting_and_a_spreadsheet_that_drops_zeros_do_no_harm(tmp_path):
    mentions, articles = corpus()
    sheet = fill(coding_sheet(mentions, articles, n=20), mentions).assign(frame="?", left="", keyword=" ")
    sheet["voice"] = " " + sheet["voice"].str.title() + " "
    path = tmp_path / "salma.csv"
    sheet.sort_values("polarity").to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    codes = read_codes(path, mentions=mentions)
    assert set(codes["row_id"]) == set(sheet["row_id"])
    assert set(codes["frame"]) == {"terrorism"}
    assert codes["article_id"].str.len().eq(3).all()
    assert codes["start"].dtype == "int64"


def test_partly_filled_sheet_is_read_and_reported(tmp_path):
    mentions, articles = corpus()
    sheet = fill(coding_sheet(mentions, articles, n=30), mentions)
    sheet.loc[10:, ["voice", "speaker", "quote", "polarity"]] = ""
    with pytest.warns(CorpusWarning, match="of 30 rows, 20 without voice, 20 without quote, 20 without polarity"):
        codes = read_codes(save(sheet, tmp_path / "salma.csv"))
    assert len(codes) == 10
    sheet[["voice", "speaker", "quote", "polarity"]] = ""
    with pytest.raises(ValueError, match="holds no codes"):
        read_codes(save(sheet, tmp_path / "salma.csv"))


@pytest.mark.parametrize(
    ("column", "row", "value", "message"),
    [
        ("voice", 2, "outlett", r"salma\.csv, row 4, column voice: 'outlett' must be outlet, attributed or empty"),
        ("quote", 0, "scare", r"row 2, column quote: 'scare' must be none, phrase, speech or empty"),
        ("polarity", 1, "no", r"row 3, column polarity: 'no' must be affirmed, rejected, distanced or empty"),
        ("row_id", 1, "terrorism/000/1-2/0000", r"row 3, column row_id: .* is not a row that coding_sheet wrote"),
        ("row_id", 1, "", r"row 3, column row_id: '' is not a row that coding_sheet wrote"),
    ],
)
def test_a_wrong_value_is_named_with_sheet_row_column_and_what_is_allowed(tmp_path, column, row, value, message):
    mentions, articles = corpus()
    sheet = fill(coding_sheet(mentions, articles, n=20), mentions)
    sheet.loc[row, column] = value
    with pytest.raises(ValueError, match=message):
        read_codes(save(sheet, tmp_path / "salma.csv"))


def test_rows_that_stand_twice_or_are_no_mention_are_named(tmp_path):
    mentions, articles = corpus()
    sheet = fill(coding_sheet(mentions, articles, n=20), mentions)
    with pytest.raises(ValueError, match=r"row 22, column row_id: .* stands in row 2 too"):
        read_codes(save(pd.concat([sheet, sheet[:1]]), tmp_path / "salma.csv"))
    drawn = row_ids(mentions).index(sheet["row_id"][4])
    with pytest.raises(ValueError, match=r"row 6, column row_id: .* is not one of the mentions"):
        read_codes(save(sheet, tmp_path / "salma.csv"), mentions=mentions.drop(mentions.index[drawn]))
    sheet.loc[3, ["voice", "speaker"]] = ["outlet", "بوتين"]
    with pytest.raises(ValueError, match="row 5, column speaker: 'بوتين' must be empty where voice is outlet"):
        read_codes(save(sheet, tmp_path / "salma.csv"))


def test_sheets_that_are_missing_or_foreign_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no coding sheet .*none\.csv"):
        read_codes(tmp_path / "none.csv")
    (tmp_path / "t.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no column row_id, voice, speaker, quote, polarity"):
        read_codes(tmp_path / "t.csv")
    with pytest.raises(ValueError, match="two sheets of the coder t"):
        read_codes([tmp_path / "t.csv", tmp_path / "x" / "t.csv"])
    with pytest.raises(ValueError, match="paths is empty"):
        read_codes([])


# ---------------------------------------------------------------- agreement


def codes_of(rows):
    """Codes from (coder, mention, voice, speaker, quote, polarity); the mention is article:start."""
    table = pd.DataFrame(rows, columns=["coder", "at", "voice", "speaker", "quote", "polarity"])
    place = table.pop("at").str.split(":", expand=True)
    table = table.assign(article_id=place[0], frame="terrorism", start=place[1].astype("int64"))
    table = table.assign(end=table["start"] + 5)
    return table.assign(row_id=row_ids(table))


def test_majority_decides_and_ties_are_marked():
    codes = codes_of(
        [
            ("a", "1:0", "outlet", "", "none", "affirmed"),
            ("b", "1:0", "attributed", "Putin", "none", "affirmed"),
            ("c", "1:0", "attributed", "Putin ; Tokayev", "", "affirmed"),
            ("a", "2:0", "outlet", "", "phrase", "rejected"),
            ("b", "2:0", "attributed", "Putin", "phrase", "affirmed"),
        ]
    )
    one, two = majority_codes(codes).to_dict("records")
    assert (one["voice"], one["quote"], one["polarity"], one["stance"]) == ("attributed", "none", "affirmed", "reports")
    assert one["speaker"] == ""
    assert one["tie_speaker"]
    assert (two["voice"], two["polarity"], two["stance"], two["quote"]) == ("", "", "", "phrase")
    assert two["tie_voice"]
    assert two["tie_polarity"]
    assert two["tie_stance"]
    settled = majority_codes(codes, adjudicator="a").to_dict("records")
    assert [row["stance"] for row in settled] == ["asserts", "rejects"]
    with pytest.raises(ValueError, match="adjudicator 'd' is not one of the coders"):
        majority_codes(codes, adjudicator="d")


@pytest.mark.parametrize(
    ("voice", "quote", "polarity", "stance"),
    [
        ("outlet", "none", "affirmed", "asserts"),
        ("outlet", "speech", "affirmed", "asserts"),
        ("outlet", "phrase", "affirmed", "distances"),
        ("outlet", "none", "rejected", "rejects"),
        ("attributed", "phrase", "affirmed", "reports"),
        ("attributed", "", "affirmed", "reports"),
        ("attributed", "none", "rejected", "reports_denial"),
        ("attributed", "none", "distanced", "distances"),
        ("", "", "distanced", "distances"),
        ("outlet", "phrase", "rejected", "rejects"),
        ("outlet", "", "rejected", "rejects"),
        ("outlet", "", "affirmed", ""),
        ("", "none", "affirmed", ""),
    ],
)
def test_stance_follows_from_the_codes(voice, quote, polarity, stance):
    codes = codes_of([("a", "1:0", voice, "", quote, polarity)])
    assert majority_codes(codes)["stance"].tolist() == [stance]


def test_speakers_are_compared_as_sets_of_actors():
    codes = codes_of(
        [
            ("a", "1:0", "attributed", "بوتين; توكاييف", "none", "affirmed"),
            ("b", "1:0", "attributed", "Tokayev؛فلاديمير بوتين ;", "none", "affirmed"),
            ("a", "2:0", "attributed", "أحمد الإبراهيمي", "none", "affirmed"),
            ("b", "2:0", "attributed", "احمد الابراهيمي", "none", "affirmed"),
            ("a", "3:0", "attributed", "جون سميث", "none", "affirmed"),
            ("b", "3:0", "attributed", "John Smith", "none", "affirmed"),
            ("a", "4:0", "attributed", "?", "none", "affirmed"),
            ("b", "4:0", "outlet", "", "none", "affirmed"),
        ]
    )
    row = agreement(codes).reliability.set_index("variable").loc["speaker"]
    assert (row["agreement"], row["n_mentions"]) == (pytest.approx(2 / 3), 3)
    own = pd.DataFrame({"actor": ["John Smith"], "aliases": ["جون سميث"]}).reindex(columns=ACTOR_COLUMNS, fill_value="")
    row = agreement(codes, actors=own).reliability.set_index("variable").loc["speaker"]
    assert row["agreement"] == 1
    assert majority_codes(codes[:1])["speaker"].tolist() == ["Putin;Tokayev"]


def test_an_empty_speaker_is_not_coded_and_a_question_mark_is_nobody_named():
    codes = codes_of(
        [("a", f"{i}:0", "attributed", s, "none", "affirmed") for i, s in enumerate(["", "?", "?", "Putin"])]
    )
    mentions = codes.drop(columns=["coder", "row_id"]).assign(speaker=["Putin", "", "Putin", "Putin"])
    result = agreement(codes, mentions)
    row = result.rules.set_index("variable").loc["speaker"]
    assert (row["n_mentions"], row["n_ties"]) == (3, 0)
    assert row["accuracy"] == pytest.approx(2 / 3)
    mentions["voice"] = ["outlet"] * 3 + ["attributed"]
    assert agreement(codes, mentions).confusion_table("speaker").loc["?", "outlet"] == 2


def test_two_coders_and_the_rules_on_the_seed_articles(tmp_path):
    articles = load_seeds()
    codebook = load_codebook("kazakhstan-2022")
    mentions = attribute_mentions(find_mentions(articles, codebook), articles)
    sheet = coding_sheet(mentions, articles, path=tmp_path / "a.csv")
    coding_sheet(mentions, articles, path=tmp_path / "a.xlsx", codebook=codebook)
    assert len(sheet) == len(mentions)
    labels = mentions.assign(row_id=row_ids(mentions)).set_index("row_id").loc[sheet["row_id"]].reset_index()
    for name in ("voice", "speaker", "quote", "polarity"):
        sheet[name] = labels[name].to_numpy()
    save(sheet, tmp_path / "a.csv")
    save(sheet.sort_values("row_id"), tmp_path / "b.csv")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)  # speakers nobody names
        codes = read_codes([tmp_path / "a.csv", tmp_path / "b.csv"], mentions=mentions)
    result = agreement(codes, mentions, n_boot=50)
    assert result.rules["accuracy"].tolist() == [1.0] * 5
    assert result.reliability["agreement"].tolist() == [1.0] * 5


def test_rules_are_scored_as_scikit_learn_scores_them():
    from sklearn.metrics import f1_score, precision_recall_fscore_support

    mentions, articles = corpus(25)
    sheet = coding_sheet(mentions, articles, n=100)
    filled = fill(sheet, mentions, wrong=0.4)
    place = filled["row_id"].str.split("/", expand=True)
    codes = filled.assign(coder="a", article_id=place[1])
    result = agreement(codes, mentions, n_boot=100)
    rules = mentions.assign(row_id=row_ids(mentions)).set_index("row_id").loc[filled["row_id"]]
    for name in ("voice", "polarity"):
        order = result.classes.query("variable == @name")["code"].tolist()
        theirs = precision_recall_fscore_support(filled[name], rules[name], labels=order, zero_division=0)
        ours = result.classes.query("variable == @name")[["precision", "recall", "f1"]].to_numpy().T
        np.testing.assert_allclose(ours, theirs[:3])
        row = result.rules.set_index("variable").loc[name]
        assert row["macro_f1"] == pytest.approx(f1_score(filled[name], rules[name], average="macro"))
        assert row["accuracy"] == (filled[name].to_numpy() == rules[name].to_numpy()).mean()
        assert row["low"] < row["accuracy"] < row["high"]
    # all 100 mentions were drawn, so the corpus is the sample
    assert result.rules["accuracy_corpus"].tolist() == pytest.approx(result.rules["accuracy"].tolist())
    assert (result.rules["share_covered"] == 1).all()


def test_accuracy_in_the_corpus_weights_rare_strata_back():
    table = codes_of([("a", f"{i}:0", "outlet", "", "none", "affirmed") for i in range(10)])
    mentions = table.assign(outlet="o", stance=["asserts"] * 9 + ["rejects"], polarity=["affirmed"] * 9 + ["rejected"])
    mentions = mentions.drop(columns=["coder", "row_id"])
    row = agreement(table[8:], mentions).rules.set_index("variable").loc["polarity"]
    assert row["accuracy"] == 0.5
    assert row["accuracy_corpus"] == pytest.approx(0.9)
    assert row["n_mentions"] == 2


def test_few_articles_have_no_interval_and_one_coder_no_alpha():
    mentions, articles = corpus(5)
    filled = fill(coding_sheet(mentions, articles, n=20), mentions)
    codes = filled.assign(coder="a", article_id=filled["row_id"].str.split("/").str[1])
    result = agreement(codes, mentions)
    assert result.reliability["interval"].tolist() == ["none: no mention coded by two coders"] * 5
    assert result.reliability["alpha"].isna().all()
    row = result.rules.set_index("variable").loc["voice"]
    assert row["interval"] == "none: 5 articles, fewer than 20"
    assert np.isnan(row["low"])
    assert agreement(codes).rules.empty
    with pytest.raises(ValueError, match="no confusion table"):
        agreement(codes).confusion_table("voice")


def test_codes_of_other_mentions_are_refused():
    mentions, articles = corpus(5)
    filled = fill(coding_sheet(mentions, articles, n=20), mentions)
    codes = filled.assign(coder="a", article_id="000")
    with pytest.raises(ValueError, match="codes has 1 mentions that are not in mentions"):
        agreement(codes, mentions[1:])
    with pytest.raises(ValueError, match="two codes by one coder"):
        agreement(pd.concat([codes, codes[:1]]))
    with pytest.raises(TypeError, match="call read_codes first"):
        agreement("codes.csv")
    with pytest.raises(ValueError, match="codes has no column coder"):
        agreement(filled)
