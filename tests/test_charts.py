"""Charts, tested by reading them: texts, order, direction, lengths, colours."""

from __future__ import annotations

import hashlib
import json
import re
from types import SimpleNamespace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from kzanalytics import charts
from kzanalytics._chart_base import chart_info
from kzanalytics._rtl import display_text, renderer_shapes_arabic

NAN = float("nan")
OUTLETS = ["غير معروف (000)", "الثورة"]
FRAMES = ["terrorism", "colour_revolution"]
CODEBOOK = SimpleNamespace(
    frames=(
        SimpleNamespace(id="terrorism", label_ar="الإرهاب", label_en="Terrorism", colour="#112233"),
        SimpleNamespace(
            id="colour_revolution", label_ar="الثورات الملونة", label_en="Colour revolution", colour="#aa5500"
        ),
    )
)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


@pytest.fixture
def rates():
    return pd.DataFrame(
        {
            "outlet": [OUTLETS[0], OUTLETS[0], OUTLETS[1], OUTLETS[1]],
            "frame": pd.Categorical(FRAMES * 2, categories=FRAMES),
            "n_articles": [1, 1, 4, 4],
            "n_tokens": [500, 500, 2000, 2000],
            "n_mentions": [4, 0, 10, 3],
            "rate": [8.0, 0.0, 5.0, 1.5],
            "low": [NAN, NAN, 2.0, 0.5],
            "high": [NAN, NAN, 9.0, 60.0],
            "interval": ["none: 1 article cannot stand for others; at least 3 are needed"] * 2
            + ["over articles: studentised"] * 2,
        }
    )


@pytest.fixture
def shares():
    rows = [("asserts", 2, 0.5), ("reports", 1, 0.25), ("distances", 0, 0.0), ("rejects", 1, 0.25)]
    return pd.DataFrame(
        [("الثورة", "terrorism", stance, n, 4, share) for stance, n, share in rows]
        + [("الثورة", "colour_revolution", "asserts", 0, 0, NAN)],
        columns=["outlet", "frame", "stance", "n_mentions", "n_total", "share"],
    )


@pytest.fixture
def keyness():
    rng = np.random.default_rng(7)
    words = ["الغاز", "القمة", "الطوارئ", "الأمن", "الاحتجاجات", "المسلحون", "الرئيس", "الوقود"]
    terms = [f"{word} {number}" for number in range(20) for word in words]
    odds = rng.normal(size=len(terms))
    count = rng.integers(1, 60, len(terms))
    return pd.DataFrame(
        {
            "outlet": "الثورة",
            "term": terms,
            "count": count,
            "count_rest": count * 3,
            "log_odds": odds,
            "z": odds * np.sqrt(count),
            "loo_low": odds - 0.4,
            "loo_high": odds + 0.4,
            "rank": range(1, len(terms) + 1),
        }
    )


def every_chart(rates, shares, keyness):
    """One call for each chart, by name."""
    articles = pd.DataFrame(
        {
            "article_id": ["000", "004"],
            "outlet": OUTLETS,
            "date": pd.to_datetime(["2022-01-11", "2022-01-06"]),
            "text": ["ضد الإرهاب وحده", "ثورة ملونة في الشارع"],
            "n_tokens": [3, 4],
        }
    )
    mentions = pd.DataFrame({"article_id": ["000", "004"], "frame": FRAMES, "start": [3, 0], "end": [10, 10]})
    terms = pd.DataFrame(
        {
            "topic": [0, 0, 1, 1],
            "term": ["الغاز", "سعر", "القمة", "أمن"],
            "weight": [0.2, 0.1, 0.3, 0.1],
            "rank": [1, 2, 1, 2],
        }
    )
    prevalence = pd.DataFrame({"outlet": np.repeat(OUTLETS, 2), "topic": [0, 1, 0, 1], "share": [0.75, 0.25, 0.4, 0.6]})
    tfidf = pd.DataFrame({"outlet": np.repeat(OUTLETS, 2), "term": ["الغاز", "سعر", "القمة", "أمن"],
                          "tf_idf": [0.4, 0.1, 0.3, 0.2], "rank": [1, 2, 1, 2]})  # fmt: skip
    dated = rates.assign(outlet=pd.to_datetime(["2022-01-06"] * 2 + ["2022-01-09"] * 2)).rename(
        columns={"outlet": "date"}
    )
    speakers = pd.DataFrame(
        {"frame": FRAMES * 2, "speaker": ["توكاييف", "توكاييف", "بوتين", ""], "n_mentions": [3, 1, 2, 0]}
    )
    reuse = pd.DataFrame({"outlet_a": OUTLETS, "outlet_b": OUTLETS[::-1], "n_pairs": [1, 1], "n_tokens": [5, 5],
                          "share": [0.5, 0.125]})  # fmt: skip
    together = pd.DataFrame({"frame": FRAMES, "other": FRAMES[::-1], "n_both": [3, 3]})
    search = pd.DataFrame({"n_topics": [3, 3, 4, 4], "seed": [1, 2, 1, 2], "npmi": [0.1, 0.2, 0.3, 0.1]})
    return {
        "frame_rates": lambda **o: charts.plot_frame_rates(rates, codebook=CODEBOOK, **o),
        "frame_rates panels": lambda **o: charts.plot_frame_rates(rates, codebook=CODEBOOK, style="panels", **o),
        "frame_rates heat": lambda **o: charts.plot_frame_rates(rates, codebook=CODEBOOK, style="heat", **o),
        "over_time": lambda **o: charts.plot_over_time(dated, codebook=CODEBOOK, **o),
        "stance": lambda **o: charts.plot_stance(shares, codebook=CODEBOOK, **o),
        "speakers": lambda **o: charts.plot_speakers(speakers, codebook=CODEBOOK, **o),
        "tfidf": lambda **o: charts.plot_tfidf(tfidf, **o),
        "topic_terms": lambda **o: charts.plot_topic_terms(terms, **o),
        "topic_prevalence": lambda **o: charts.plot_topic_prevalence(prevalence, **o),
        "topic_search": lambda **o: charts.plot_topic_search(search, **o),
        "keyness": lambda **o: charts.plot_keyness(keyness, **o),
        "corpus": lambda **o: charts.plot_corpus(articles, **o),
        "corpus date": lambda **o: charts.plot_corpus(articles, by="date", **o),
        "dispersion": lambda **o: charts.plot_dispersion(mentions, articles, codebook=CODEBOOK, **o),
        "reuse": lambda **o: charts.plot_reuse(reuse, **o),
        "co_occurrence": lambda **o: charts.plot_co_occurrence(together, codebook=CODEBOOK, **o),
    }


CHARTS = [
    "frame_rates",
    "frame_rates panels",
    "frame_rates heat",
    "over_time",
    "stance",
    "speakers",
    "tfidf",
    "topic_terms",
    "topic_prevalence",
    "topic_search",
    "keyness",
    "corpus",
    "corpus date",
    "dispersion",
    "reuse",
    "co_occurrence",
]


def by_gid(ax, gid):
    found = ax.findobj(lambda artist: artist.get_gid() == gid)
    assert found, f"nothing is drawn as {gid}"
    return found[0]


def shown(text, language="ar"):
    return display_text(text, language=language)


@pytest.mark.parametrize("name", CHARTS)
def test_an_arabic_chart_reads_from_the_right_and_an_english_one_from_the_left(name, rates, shares, keyness):
    draw = every_chart(rates, shares, keyness)[name]
    for language, mirrored in (("ar", True), ("en", False)):
        ax = draw(language=language)
        for part in ax.child_axes or [ax]:
            assert bool(part.xaxis_inverted()) is mirrored
            assert part.yaxis.get_ticks_position() == ("right" if mirrored else "left")
        title = ax.get_title(loc="right" if mirrored else "left")
        assert title == shown(chart_info(ax).title[language], language)
        note = by_gid(ax, "note")
        assert note.get_horizontalalignment() == ("right" if mirrored else "left")


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_n_and_its_interval_and_leaves_settings_alone(name, rates, shares, keyness):
    before = dict(mpl.rcParams)
    ax = every_chart(rates, shares, keyness)[name](language="en")
    ax.get_figure().canvas.draw()  # a missing glyph would warn here, and a warning is an error
    assert dict(mpl.rcParams) == before
    english, arabic = charts.alt_text(ax), charts.alt_text(ax, language="ar")
    assert re.search(r"n = [\d,]+", english)
    assert re.search("(?i)interval", english)
    assert "مجال" in arabic
    assert re.search(r"\d", arabic)
    words = by_gid(ax, "note").get_text().replace("\n", " ")
    assert re.search(r"n = [\d,]+", words)


@pytest.mark.parametrize("name", CHARTS)
def test_arabic_charts_are_drawn_without_a_missing_glyph(name, rates, shares, keyness):
    ax = every_chart(rates, shares, keyness)[name]()
    ax.get_figure().canvas.draw()
    families = {text.get_fontfamily()[0] for text in ax.findobj(mpl.text.Text) if text.get_text()}
    assert families == {"DejaVu Sans"}


def test_a_chart_draws_into_the_axes_it_is_given(rates):
    figure, (left, right) = plt.subplots(1, 2)
    assert charts.plot_frame_rates(rates, codebook=CODEBOOK, ax=right) is right
    assert left.xaxis_inverted() == False  # noqa: E712 (a numpy bool)
    assert plt.get_fignums() == [figure.number]


def test_rates_stand_where_the_table_says_in_the_colours_of_the_codebook(rates):
    ax = charts.plot_frame_rates(rates, codebook=CODEBOOK)
    for row, record in rates.iterrows():
        mark = by_gid(ax, f"row-{row}")
        assert mark.get_xdata()[0] == record["rate"]
        assert round(mark.get_ydata()[0]) == OUTLETS.index(record["outlet"])
        colour = {"terrorism": "#112233", "colour_revolution": "#aa5500"}[record["frame"]]
        edge = to_hex(mark.get_markeredgecolor() if record["n_mentions"] == 0 else mark.get_markerfacecolor())
        assert edge == colour
    assert to_hex(by_gid(ax, "row-1").get_markerfacecolor()) == "#ffffff", "a zero is hollow"
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert labels[0].split("\n")[0] == shown("غير معروف (000)")
    assert ax.get_ylim()[0] > ax.get_ylim()[1], "the first outlet is on top"
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == [shown("الثورات الملونة"), shown("الإرهاب")], "the legend too begins at the right"


def test_intervals_are_drawn_and_cut_when_they_run_away(rates):
    ax = charts.plot_frame_rates(rates, codebook=CODEBOOK, language="en")
    assert by_gid(ax, "interval-2").get_xdata().tolist() == [2.0, 9.0]
    low, reach = by_gid(ax, "interval-3").get_xdata()
    assert low == 0.5
    assert reach < ax.get_xlim()[1] < 60
    assert [line.get_marker() for line in ax.lines].count(">") == 1
    assert not ax.findobj(lambda artist: artist.get_gid() in ("interval-0", "interval-1"))


def test_a_frame_nobody_describes_goes_by_its_id_and_a_shipped_one_by_its_name(rates):
    own = rates.assign(frame=rates["frame"].astype(str).replace({"terrorism": "solar_power"}))
    ax = charts.plot_frame_rates(own, language="en")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["solar power", "colour revolution"]
    ax = charts.plot_frame_rates(rates)
    assert [text.get_text() for text in ax.get_legend().get_texts()][-1] == shown("الإرهاب")


def test_many_groups_become_a_heat_map(rates):
    many = pd.concat([rates.assign(outlet=rates["outlet"] + str(number)) for number in range(9)], ignore_index=True)
    ax = charts.plot_frame_rates(many, codebook=CODEBOOK)
    assert len(ax.patches) == len(many)
    assert by_gid(ax, "row-0").get_facecolor() != by_gid(ax, "row-1").get_facecolor()


def test_stances_part_at_zero_and_are_as_long_as_their_share(shares):
    ax = charts.plot_stance(shares, codebook=CODEBOOK)
    assert by_gid(ax, "row-0").get_width() == 0.5
    assert by_gid(ax, "row-0").get_x() == 0.25, "assertions stand outside reports"
    assert by_gid(ax, "row-1").get_width() == 0.25
    assert by_gid(ax, "row-1").get_x() == 0
    assert by_gid(ax, "row-3").get_width() == -0.25
    texts = [text.get_text() for text in ax.texts]
    assert "n=4" in texts
    assert shown("لا إشارات") in texts, "a frame without mentions says so"
    with pytest.raises(ValueError, match="'praises', which is none of"):
        charts.plot_stance(shares.assign(stance="praises"))


def test_speakers_are_ordered_by_their_mentions(rates, shares, keyness):
    ax = every_chart(rates, shares, keyness)["speakers"]()
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert labels == [shown("توكاييف"), shown("بوتين")]
    assert [patch.get_width() for patch in ax.patches] == [3, 1, 2]
    assert to_hex(ax.patches[0].get_facecolor()) == "#112233"


def test_term_bars_are_as_long_as_the_table_says_in_order_of_rank(rates, shares, keyness):
    ax = every_chart(rates, shares, keyness)["tfidf"]()
    first, second = ax.child_axes
    assert [patch.get_width() for patch in first.patches] == [0.4, 0.1]
    assert [text.get_text() for text in second.get_yticklabels()] == [shown("القمة"), shown("أمن")]
    assert first.get_position().x0 > second.get_position().x0, "the first panel is on the right"


def test_topic_shares_fill_a_bar_each(rates, shares, keyness):
    ax = every_chart(rates, shares, keyness)["topic_prevalence"]()
    assert [float(patch.get_width()) for patch in ax.patches] == [0.75, 0.25, 0.4, 0.6]
    ends = [patch.get_x() + patch.get_width() for patch in ax.patches[1::2]]
    assert ends == pytest.approx([1, 1])


def test_keyness_names_do_not_overlap_and_stay_inside(keyness):
    for language in ("ar", "en"):
        ax = charts.plot_keyness(keyness, language=language, top=20)
        renderer = ax.get_figure().canvas.get_renderer()
        names = [text for text in ax.texts if str(text.get_gid()).startswith("term-")]
        boxes = [mpl.text.Text.get_window_extent(text, renderer) for text in names]
        assert len(boxes) >= 15
        frame = ax.get_window_extent(renderer)
        for place, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[:place])
            assert frame.contains(box.x0, box.y0)
            assert frame.contains(box.x1, box.y1)


def test_keyness_marks_terms_that_hang_on_one_article(keyness):
    ax = charts.plot_keyness(keyness)
    steady = (keyness["loo_low"] > 0) | (keyness["loo_high"] < 0)
    assert len(by_gid(ax, "steady").get_offsets()) == steady.sum()
    assert len(by_gid(ax, "unsteady").get_offsets()) == (~steady).sum()
    with pytest.raises(ValueError, match="group='النهار' is not in keyness"):
        charts.plot_keyness(keyness, group="النهار")


def test_dispersion_puts_a_mention_at_its_part_of_the_article(rates, shares, keyness):
    ax = every_chart(rates, shares, keyness)["dispersion"]()
    first = by_gid(ax, "frame-terrorism").get_segments()[0]
    assert first[0][0] == pytest.approx(6.5 / len("ضد الإرهاب وحده"))
    assert ax.get_xticklabels()[0].get_text() == shown("أول المقال")


def test_matrices_show_their_numbers_in_rows_and_columns(rates, shares, keyness):
    ax = every_chart(rates, shares, keyness)["reuse"]()
    cells = {text.get_position(): text.get_text() for text in ax.texts if text.get_gid() != "note"}
    assert cells == {(1, 0): "50%", (0, 1): "12%"}
    ax = every_chart(rates, shares, keyness)["co_occurrence"]()
    assert [text.get_text() for text in ax.get_yticklabels()] == [shown("الإرهاب"), shown("الثورات الملونة")]


def test_a_table_of_another_kind_is_named_with_its_maker(rates):
    with pytest.raises(ValueError, match=r"rates has no column 'rate'.*kz.frame_rates"):
        charts.plot_frame_rates(rates.drop(columns="rate"))
    with pytest.raises(ValueError, match=r"rates has no rows.*kz.frame_rates"):
        charts.plot_frame_rates(rates.head(0))
    with pytest.raises(ValueError, match="language='fr' is not known"):
        charts.plot_frame_rates(rates, language="fr")
    with pytest.raises(ValueError, match="style='pie' is not known"):
        charts.plot_frame_rates(rates, style="pie")
    with pytest.raises(ValueError, match="ax was not drawn by"):
        charts.alt_text(plt.figure().add_subplot())


def test_save_figure_writes_pictures_table_and_provenance(rates, tmp_path):
    ax = charts.plot_frame_rates(rates, codebook=CODEBOOK)
    files = charts.save_figure(ax, tmp_path / "new" / "rates.png", provenance={"seed": 2022})
    assert [file.name for file in files] == ["rates.png", "rates.svg", "rates.pdf", "rates.csv", "rates.json"]
    assert files[3].read_bytes().startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(files[3], encoding="utf-8-sig")
    assert table["rate"].tolist() == rates["rate"].tolist()
    about = json.loads(files[4].read_text(encoding="utf-8"))
    assert about["provenance"] == {"seed": 2022}
    assert about["alt_text"]["en"] == charts.alt_text(ax, language="en")
    assert about["table_sha256"] == hashlib.sha256(files[3].read_bytes()).hexdigest()
    bytes_before = [file.read_bytes() for file in files]
    again = charts.plot_frame_rates(rates, codebook=CODEBOOK)
    charts.save_figure(again, tmp_path / "new" / "rates.svg", provenance={"seed": 2022})
    assert [file.read_bytes() for file in files] == bytes_before, "the same chart gives the same files"
    with pytest.raises(ValueError, match="formats holds 'jpg'"):
        charts.save_figure(ax, tmp_path / "x", formats=["jpg"])


def test_an_svg_draws_outlines_and_says_its_words_in_logical_order(rates):
    svg = charts.figure_svg(charts.plot_frame_rates(rates, codebook=CODEBOOK))
    assert "<text" not in svg
    title, description = (re.search(f"<{tag}>(.*?)</{tag}>", svg, re.DOTALL).group(1) for tag in ("title", "desc"))
    assert title == "معدل الأطر بين المنابر"
    assert "الإرهاب" in description
    assert not re.search("[\ufb50-\ufdff\ufe70-\ufefc]", svg), "no joined forms: a search would not find them"
    assert 'role="img"' in svg
    assert "<!--" not in svg


def test_an_svg_holds_real_text_on_request_where_the_renderer_shapes_it(rates, tmp_path):
    ax = charts.plot_frame_rates(rates, codebook=CODEBOOK)
    if renderer_shapes_arabic():
        assert "الثورات الملونة</text>" in charts.figure_svg(ax, svg_text=True)
    else:
        with pytest.raises(ValueError, match="svg_text=True needs a matplotlib that shapes Arabic"):
            charts.save_figure(ax, tmp_path / "x", svg_text=True)


def test_a_file_where_the_pictures_folder_should_be_is_named(rates, tmp_path):
    (tmp_path / "charts").write_text("a file")
    with pytest.raises(FileExistsError, match="charts is a file, not a folder; choose another place"):
        charts.save_figure(charts.plot_frame_rates(rates), tmp_path / "charts" / "rates")
