"""Tables as a notebook shows them."""

import re

import numpy as np
import pandas as pd
import pytest

import kzanalytics as kz
from kzanalytics._views import show_table


def cells(view):
    return re.findall(r"<td><bdi>(.*?)</bdi></td>", view._repr_html_())


def test_each_text_is_whole_isolated_and_escaped():
    text = "قال إن «الإرهاب» <script>alert(1)</script> & انتهى. " * 5
    view = show_table(pd.DataFrame({"<b>": [text]}))
    page = view._repr_html_()
    assert "<script>" not in page
    assert "<b>" not in page
    assert cells(view)[0].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
    assert page.count("<table") == page.count('<table dir="rtl"') == 1


def test_numbers_dates_and_gaps_are_short():
    table = pd.DataFrame(
        {
            "rate": [12.34567891, np.nan],
            "n": [1200, 0],
            "date": pd.to_datetime(["2022-01-10", None]),
            "both": pd.to_datetime(["2022-01-10 08:30", None]),
            "speaker": pd.Series(["بوتين", ""], dtype="str"),
            "tie": pd.array([True, pd.NA], dtype="boolean"),
        }
    )
    shown = cells(show_table(table))
    assert shown == ["12.3457", "1200", "2022-01-10", "2022-01-10 08:30:00", "بوتين", "True", "", "0", "", "", "", ""]


def test_the_index_is_shown_only_if_it_says_something():
    table = pd.DataFrame({"n": [3, 5]})
    assert cells(show_table(table)) == cells(show_table(table.sort_values("n", ascending=False)))[::-1] == ["3", "5"]
    named = table.set_index(pd.Index(["الجزيرة", "تاس"], name="outlet"))
    assert cells(show_table(named)) == ["الجزيرة", "3", "تاس", "5"]
    assert "<bdi>outlet</bdi>" in show_table(named)._repr_html_()
    two = table.set_index(pd.MultiIndex.from_tuples([("أ", 1), ("ب", 2)], names=["outlet", "n"]))
    assert cells(show_table(two)) == ["أ", "1", "3", "ب", "2", "5"]


def test_a_long_table_is_paged_and_what_is_left_out_is_counted():
    view = show_table(pd.DataFrame({"n": range(1130)}), page_rows=40, max_rows=100)
    page = view._repr_html_()
    assert cells(view) == [str(n) for n in range(100)]
    assert page.count("<table") == 3
    assert re.findall(r"<summary>(.*?)</summary>", page) == [
        "<bdi>41</bdi> – <bdi>80</bdi> / <bdi>1,130</bdi>",
        "<bdi>81</bdi> – <bdi>100</bdi> / <bdi>1,130</bdi>",
    ]
    assert page.endswith('<p dir="rtl"><bdi>+ 1,030</bdi></p>')
    assert "<details" not in show_table(pd.DataFrame({"n": range(40)}), page_rows=40)._repr_html_()
    assert cells(show_table(pd.DataFrame({"n": []}))) == []


def test_a_long_concordance_is_paged(seeds):
    table = kz.concordance(kz.find_mentions(seeds, kz.load_codebook("kazakhstan-2022")), seeds)
    page = table.to_html_view(page_rows=10, max_rows=25)
    assert page.count('<td class="keyword"') == 25
    assert page.count("<details") == 2
    assert f"+ {len(table) - 25}<" in page


def test_the_table_itself_is_kept_and_prints_as_usual():
    table = pd.DataFrame({"n": [1]})
    view = show_table(table)
    assert view.table is table
    assert repr(view) == repr(table)


def test_what_is_not_a_table_or_a_number_of_rows_is_refused():
    with pytest.raises(TypeError, match="to_frame"):
        show_table(pd.Series([1]))
    with pytest.raises(ValueError, match="page_rows is 0"):
        show_table(pd.DataFrame(), page_rows=0)
