"""Reading corpora from what people have; tables that keep their types."""

import hashlib
import json
import os

import numpy as np
import pandas as pd
import pytest

from kzanalytics.articles import CorpusWarning
from kzanalytics.files import load_seeds, read_articles, read_table, seeds_folder, write_table, write_whole

TEXT = "ارتفعت أسعار الوقود في كازاخستان."


def test_seeds_are_byte_for_byte_the_collected_ones(seeds):
    for name, checksum in zip(seeds["file"], seeds["sha256"], strict=True):
        assert hashlib.sha256((seeds_folder() / name).read_bytes()).hexdigest() == checksum
    known = "84a3864635757fd3559c1409feed9335ffc3760d7a8227a7621316dba75420ab"
    assert seeds["sha256"].iloc[0] == known


def test_seeds_keep_what_is_unknown_unknown(seeds):
    assert seeds["article_id"].tolist() == ["000", "001", "002", "003", "004"]
    assert seeds["outlet"].tolist() == [
        "غير معروف (000)",
        "alwasatmidlinenews",
        "غير معروف (002)",
        "غير معروف (003)",
        "الثورة",
    ]
    days = ["2022-01-11", "2022-01-10", "2022-01-09", "2022-01-10", "2022-01-06"]
    assert seeds["date"].dt.strftime("%Y-%m-%d").tolist() == days
    assert set(seeds["outlet_basis"]) == {"unknown", "inferred", "stated"}


def test_a_headline_of_the_seeds_stands_in_its_text(seeds):
    titled = seeds[seeds["title"] != ""]
    assert titled["article_id"].tolist() == ["001", "002", "003"]
    assert all(title in text for title, text in zip(titled["title"], titled["text"], strict=True))


def test_a_folder_without_metadata(tmp_path):
    (tmp_path / "a.txt").write_bytes("سطر أول\r\nسطر ثان".encode())
    table = read_articles(tmp_path)
    assert table["article_id"].tolist() == ["a"]
    assert table["text"].tolist() == ["سطر أول\r\nسطر ثان"]
    assert table["outlet"].tolist() == ["غير معروف (a)"]


def test_a_page_of_a_folder_is_read_without_what_surrounds_the_article(tmp_path):
    pytest.importorskip("lxml", reason="needs the extra files")
    body = "".join(f"<p>{TEXT} وقال الوزير في بيان رقم {n} إن الحكومة ستراجع القرار.</p>" for n in range(6))
    page = f"<html><head><title>خبر</title></head><body><nav>الرئيسية</nav><article>{body}</article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    text = read_articles(tmp_path)["text"].item()
    assert TEXT in text
    assert "رقم 5" in text
    assert "<p>" not in text


def test_files_that_articles_csv_does_not_name_are_read_and_reported(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT + " ب", encoding="utf-8")
    (tmp_path / "articles.csv").write_text("article_id,file,outlet\n1,a.txt,الثورة\n", encoding="utf-8")
    with pytest.warns(CorpusWarning, match=r"not in articles.csv.*b.txt"):
        table = read_articles(tmp_path)
    assert table[["article_id", "outlet"]].to_numpy().tolist() == [["1", "الثورة"], ["b", "غير معروف (b)"]]


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", ".."])
def test_a_path_out_of_the_folder_is_refused(tmp_path, name):
    (tmp_path / "articles.csv").write_text(f"article_id,file\n1,{name}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a file must lie in the folder itself"):
        read_articles(tmp_path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_delimiter_and_byte_order_mark(tmp_path, delimiter, encoding):
    path = tmp_path / "news.csv"
    path.write_bytes(f"article_id{delimiter}body\n007{delimiter}{TEXT}\n".encode(encoding))
    table = read_articles(path, columns={"text": "body"})
    assert table[["article_id", "text"]].to_numpy().tolist() == [["007", TEXT]]


def test_windows_1256_is_read_and_said(tmp_path):
    (tmp_path / "old.txt").write_bytes(TEXT.encode("cp1256"))
    with pytest.warns(CorpusWarning, match="Windows-1256"):
        assert read_articles(tmp_path)["text"].tolist() == [TEXT]
    assert read_articles(tmp_path, encoding="windows-1256")["text"].tolist() == [TEXT]


def test_json_lines_reports_bad_lines_and_keeps_the_rest(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"article_id": 7, "text": TEXT}) + "\n{broken\n[1]\n", encoding="utf-8")
    with pytest.warns(CorpusWarning, match="line 2, 3"):
        table = read_articles(path)
    assert table["article_id"].tolist() == ["7"]


def test_parquet_and_excel(tmp_path):
    frame = pd.DataFrame({"article_id": ["01"], "text": [TEXT], "date": [pd.Timestamp("2022-01-10")]})
    frame.to_parquet(tmp_path / "news.parquet")
    assert read_articles(tmp_path / "news.parquet")["date"].tolist() == [pd.Timestamp("2022-01-10")]
    pytest.importorskip("openpyxl")
    frame.to_excel(tmp_path / "news.xlsx", index=False)
    table = read_articles(tmp_path / "news.xlsx")
    assert table["article_id"].tolist() == ["01"]
    assert table["date"].tolist() == [pd.Timestamp("2022-01-10")]


def test_a_title_that_the_data_keeps_apart(tmp_path):
    path = tmp_path / "news.csv"
    path.write_text(f"title,text\nعنوان,{TEXT}\n,{TEXT} ثم\n", encoding="utf-8")
    assert read_articles(path)["text"].iloc[0] == TEXT
    assert read_articles(path, title="prepend")["text"].tolist() == [f"عنوان\n\n{TEXT}", TEXT + " ثم"]


def test_a_bad_file_is_reported_and_the_others_are_read(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
    with pytest.warns(CorpusWarning, match=r"bad.txt is not UTF-8 text"):
        assert read_articles(tmp_path)["article_id"].tolist() == ["good"]


def _empty_folder(path):
    return path


def _no_text_column(path):
    (path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return path / "x.csv"


def _binary(path):
    (path / "x.txt").write_bytes(bytes(range(256)))
    return path


def _empty_csv(path):
    (path / "x.csv").write_text("", encoding="utf-8")
    return path / "x.csv"


def _broken_csv(path):
    (path / "x.csv").write_text('text,b\n"never closed,1\n', encoding="utf-8")
    return path / "x.csv"


def _no_json(path):
    (path / "x.jsonl").write_text("not json\n", encoding="utf-8")
    return path / "x.jsonl"


def _not_parquet(path):
    (path / "x.parquet").write_bytes(b"PAR0 nothing")
    return path / "x.parquet"


def _not_excel(path):
    (path / "x.xlsx").write_bytes(b"PK nothing")
    return path / "x.xlsx"


def _other_ending(path):
    (path / "x.docx").write_bytes(b"PK")
    return path / "x.docx"


@pytest.mark.filterwarnings("ignore::kzanalytics.articles.CorpusWarning")
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_empty_folder, "holds no .txt or .html file"),
        (_no_text_column, r"has no column 'text' \(its columns: a, b"),
        (_binary, "no file in .* is readable text"),
        (_empty_csv, "is empty"),
        (_broken_csv, "not a readable CSV"),
        (_no_json, "holds no JSON object"),
        (_not_parquet, "not a Parquet file"),
        (_not_excel, "not a readable Excel workbook"),
        (_other_ending, "is not a corpus this reads"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_sentence(tmp_path, make, says):
    with pytest.raises(ValueError, match=says) as error:
        read_articles(make(tmp_path))
    assert "\n" not in str(error.value)


def test_a_wrong_path_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"there is no file or folder .*nowhere"):
        read_articles(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="there is no file"):
        read_table(tmp_path / "nowhere.csv")


FRAMES = ["terrorism", "colour_revolution", "fuel_prices"]


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "article_id": pd.Series(["000", "001"], dtype="str"),
            "outlet": pd.Series(["غير معروف (000)", "الثورة"], dtype="str"),
            "date": pd.to_datetime(pd.Series(["2022-01-10", None])).astype("datetime64[us]"),
            "frame": pd.Categorical(["colour_revolution", "colour_revolution"], FRAMES),
            "term": pd.Series(["2030", "=1+1"], dtype="str"),
            "start": np.array([0, 5], dtype="int64"),
            "text": pd.Series(["سطر\nآخر", ""], dtype="str"),
            "in_title": [True, False],
            "rate": [1 / 3, np.nan],
            "low": [np.nan, np.nan],
            "my_own": pd.Series(["007", "-"], dtype="str"),
            "my_number": [0.1, 2.5e-300],
        }
    )


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet"])
def test_a_table_keeps_its_types(tmp_path, table, ending):
    path = write_table(table, tmp_path / f"t.{ending}")
    pd.testing.assert_frame_equal(read_table(path), table)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_an_empty_table_keeps_its_columns(tmp_path, table, ending):
    path = write_table(table.iloc[:0], tmp_path / f"t.{ending}")
    if ending == "jsonl":
        assert path.read_bytes() == b""
    else:
        assert list(read_table(path).columns) == list(table.columns)


def test_csv_opens_in_excel_and_runs_no_formula(tmp_path, table):
    raw = write_table(table, tmp_path / "t.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b",=1+1" not in raw
    assert b"'=1+1" in raw


def test_writing_is_whole_or_not_at_all(tmp_path, table, monkeypatch):
    path = write_table(table, tmp_path / "t.csv")
    before = path.read_bytes()

    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk is full"):
        write_whole(path, b"half")
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t.csv", "t.csv.schema.json"]


def test_a_file_where_a_folder_should_be_is_named(tmp_path, table):
    (tmp_path / "results").write_text("a file")
    with pytest.raises(FileExistsError, match="results is a file, not a folder; choose another place"):
        write_table(table, tmp_path / "results" / "t.csv")
    with pytest.raises(FileExistsError, match="results is a file, not a folder; choose another place"):
        write_whole(tmp_path / "results" / "deeper" / "t.csv", b"")
    assert (tmp_path / "results").read_text() == "a file"


def test_an_unknown_ending_is_refused(tmp_path, table):
    with pytest.raises(ValueError, match=r"must end in .csv"):
        write_table(table, tmp_path / "t.txt")


def test_load_seeds_gives_a_fresh_table_each_time(seeds):
    again = load_seeds()
    again.loc[0, "text"] = ""
    assert load_seeds()["text"].iloc[0] == seeds["text"].iloc[0] != ""
