"""Rates, shares and comparisons on tables small enough to work out by hand."""

import warnings

import numpy as np
import pandas as pd
import pytest

from kzanalytics.frames import (
    co_occurrence,
    compare_outlets,
    frame_rates,
    sensitivity,
    speaker_frames,
    speaker_shares,
    stance_shares,
)

FRAMES = ["terrorism", "colour_revolution", "fuel_prices"]
RATE_COLUMNS = (
    "frame n_articles n_tokens n_mentions rate n_articles_with article_share low high interval inference".split()
)
NO_REUSE = pd.DataFrame({"article_a": pd.array([], dtype="str"), "article_b": pd.array([], dtype="str")})


def make_articles(outlets, tokens, **columns):
    ids = [f"{i:03}" for i in range(len(outlets))]
    dates = pd.to_datetime(["2022-01-05"] * len(outlets))
    return pd.DataFrame({"article_id": ids, "outlet": outlets, "date": dates, "n_tokens": tokens, **columns})


def make_mentions(rows, **columns):
    """Rows of (article_id, frame, how many)."""
    ids = [article for article, _, n in rows for _ in range(n)]
    frames = pd.Categorical([frame for _, frame, n in rows for _ in range(n)], categories=FRAMES)
    return pd.DataFrame({"article_id": ids, "frame": frames, "term": "إرهاب", "start": 0, "end": 5, **columns})


@pytest.fixture
def articles():
    return make_articles(["الوسط", "الوسط", "الثورة", "غير معروف (003)", "غير معروف (004)"], [300, 200, 400, 100, 0])


@pytest.fixture
def mentions():
    return make_mentions([("000", "terrorism", 3), ("001", "terrorism", 1), ("002", "fuel_prices", 2)])


def test_rates_by_hand(mentions, articles):
    rates = frame_rates(mentions, articles)
    assert rates.columns.tolist() == ["outlet", *RATE_COLUMNS]
    row = rates[(rates.outlet == "الوسط") & (rates.frame == "terrorism")].iloc[0]
    assert (row.n_articles, row.n_tokens, row.n_mentions, row.n_articles_with) == (2, 500, 4, 2)
    assert row.rate == pytest.approx(1000 * 4 / 500)  # the sum over the sum, not the mean of 10 and 5
    assert row.article_share == 1
    assert rates[["n_articles", "n_tokens", "n_mentions", "n_articles_with"]].dtypes.eq("int64").all()
    assert rates.frame.cat.categories.tolist() == FRAMES


def test_every_group_has_every_frame_and_zeros_are_kept(mentions, articles):
    rates = frame_rates(mentions, articles)
    assert len(rates) == 4 * 3
    assert rates.n_mentions.sum() == len(mentions)
    assert (rates.rate[(rates.n_mentions == 0) & (rates.n_tokens > 0)] == 0).all()
    assert rates.rate[rates.n_tokens == 0].isna().all()
    assert len(frame_rates(mentions.iloc[:0], articles)) == 12


def test_inputs_stay_as_they_were(mentions, articles):
    before = mentions.copy(), articles.copy()
    frame_rates(mentions, articles, freq="M")
    sensitivity(mentions, articles)
    compare_outlets(mentions, articles, reuse=NO_REUSE)
    pd.testing.assert_frame_equal(mentions, before[0])
    pd.testing.assert_frame_equal(articles, before[1])


def test_unknown_outlets_never_look_like_one(mentions, articles):
    nameless = articles.assign(outlet=["", None, "الثورة", "غير معروف (003)", ""])
    rates = frame_rates(mentions, nameless)
    assert sorted(rates.outlet.unique()) == sorted(
        ["الثورة", *(f"غير معروف ({i})" for i in ("000", "001", "003", "004"))]
    )
    assert (rates.n_articles == 1).all()


def test_missing_group_values_are_a_group(mentions, articles):
    rates = frame_rates(mentions, articles.assign(author=["كاتب", None, None, "كاتب", "كاتب"]), by="author")
    assert rates.n_articles.tolist() == [3] * 3 + [2] * 3
    assert rates.author.isna().sum() == 3
    assert rates.n_mentions.sum() == len(mentions)


def test_several_columns_and_periods(mentions, articles):
    days = pd.to_datetime(["2022-01-05", "2022-01-09", "2022-01-10", None, "2022-02-01"])
    weekly = frame_rates(mentions, articles.assign(date=days), by=["outlet", "date"], freq="W")
    assert weekly.columns[:3].tolist() == ["outlet", "date", "frame"]
    assert weekly.date.dtype.kind == "M"
    first = weekly[weekly.outlet == "الوسط"]
    assert first.date.unique().tolist() == [pd.Timestamp("2022-01-03")]  # Monday; the 9th is its Sunday
    assert weekly.date.isna().sum() == 3
    pd.testing.assert_frame_equal(weekly, frame_rates(mentions, articles.assign(date=days), freq="W"))


def test_all_articles_together(mentions, articles):
    rates = frame_rates(mentions, articles, by=None, frames=["fuel_prices"])
    assert rates.columns.tolist() == RATE_COLUMNS
    assert rates[["n_articles", "n_tokens", "n_mentions"]].to_numpy().tolist() == [[5, 1000, 2]]
    assert rates.rate.tolist() == [2.0]


def test_frames_are_reported_in_the_order_asked_for(mentions, articles):
    rates = frame_rates(mentions, articles, frames=["fuel_prices", "terrorism"], by=None)
    assert rates.frame.tolist() == ["fuel_prices", "terrorism"]
    assert rates.n_mentions.tolist() == [2, 4]


def test_each_interval_says_what_it_is():
    rng = np.random.default_rng(1)
    outlets = ["كثير"] * 60 + ["قليل"] * 5 + ["اثنان"] * 2
    articles = make_articles(outlets, rng.integers(100, 400, 67))
    mentions = make_mentions([(i, "terrorism", int(rng.integers(0, 4))) for i in articles.article_id])
    rates = frame_rates(mentions, articles).set_index(["outlet", "frame"])
    many, few, two = (rates.loc[(outlet, "terrorism")] for outlet in ("كثير", "قليل", "اثنان"))
    assert (many.interval, many.inference) == ("over articles: bootstrap", "interval")
    assert (few.interval, few.inference) == ("over articles: studentised", "interval")
    assert two.interval.startswith("none: 2 articles cannot stand for others")
    assert two.inference == "descriptive"
    assert np.isnan(two.low)
    assert many.low < many.rate < many.high
    zero = rates.loc[("قليل", "fuel_prices")]
    assert zero.interval.startswith("none: no mention")
    assert np.isnan([zero.low, zero.high]).all()
    again = frame_rates(mentions, articles).set_index(["outlet", "frame"])
    pd.testing.assert_frame_equal(rates, again)


def test_one_article_has_an_interval_within_it_only():
    sentence = "قال الرئيس إن الأحداث كانت كبيرة في كل المدن. "
    text = sentence * 4 + "هذا إرهاب. " + sentence * 4 + "هذا إرهاب وإرهاب. " + sentence * 5
    starts = [text.index("إرهاب"), text.index("إرهاب وإ"), text.index("إرهاب", text.index("وإرهاب"))]
    articles = pd.DataFrame({"article_id": ["1"], "outlet": ["الوسط"], "text": [text]})
    mentions = pd.DataFrame({"article_id": "1", "frame": "terrorism", "start": starts, "end": [s + 5 for s in starts]})
    row = frame_rates(mentions, articles).iloc[0]
    assert row.n_tokens == 13 * 9 + 5
    assert row.interval == "within the one article: studentised over blocks of sentences"
    assert row.low < row.rate < row.high
    one_place = frame_rates(mentions.iloc[1:], articles).iloc[0]
    assert one_place.interval.startswith("none: all mentions stand in one place")
    assert one_place.inference == "descriptive"
    short = frame_rates(mentions.iloc[:1], articles.assign(text=text[:400])).iloc[0]
    assert "fewer than twelve sentences" in short.interval


def reuse_case():
    shared = "قال الرئيس إن قوات حفظ السلام حاربت الإرهاب في المدينة"  # ten words
    texts = [f"{shared} ثم عاد إلى موسكو", f"وفي المساء {shared} ثم غادر", "لا شيء هنا غير كلام آخر"]
    articles = make_articles(["الوسط", "الثورة", "الثورة"], [0] * 3, text=texts).drop(columns="n_tokens")
    articles["date"] = pd.to_datetime(["2022-01-06", "2022-01-05", "2022-01-05"])
    starts = [t.find("الإرهاب") for t in texts[:2]]
    mentions = pd.DataFrame(
        {"article_id": ["000", "001"], "frame": "terrorism", "start": starts, "end": [s + 7 for s in starts]}
    )
    begin = [t.index(shared) for t in texts[:2]]
    passages = pd.DataFrame(
        {
            "article_a": ["000"],
            "start_a": begin[:1],
            "end_a": [begin[0] + len(shared)],
            "article_b": ["001"],
            "start_b": begin[1:],
            "end_b": [begin[1] + len(shared)],
        }
    )
    return articles, mentions, passages


def test_shared_passages_can_stay_with_the_earliest_or_go():
    articles, mentions, passages = reuse_case()
    found = {
        reuse: frame_rates(mentions, articles, reuse=reuse, shared=passages).set_index("outlet")
        for reuse in ("keep", "first", "drop")
    }
    assert found["keep"].n_tokens.to_dict() == {"الوسط": 14, "الثورة": 20}
    assert found["first"].n_tokens.to_dict() == {"الوسط": 4, "الثورة": 20}  # الثورة was a day earlier
    assert found["first"].n_mentions.to_dict() == {"الوسط": 0, "الثورة": 1}
    assert found["drop"].n_tokens.to_dict() == {"الوسط": 4, "الثورة": 10}
    assert found["drop"].n_mentions.tolist() == [0, 0]
    assert found["drop"].rate_all.to_dict() == pytest.approx(found["keep"].rate.to_dict())
    assert found["first"].n_tokens_shared.to_dict() == {"الوسط": 10, "الثورة": 0}
    assert found["first"].n_ties.sum() == 0
    assert found["keep"].columns.tolist() == RATE_COLUMNS


@pytest.mark.parametrize("date", [pd.NaT, pd.Timestamp("2022-01-05")])
def test_ties_in_date_go_by_article_id_and_are_flagged(date):
    articles, mentions, passages = reuse_case()
    first = frame_rates(mentions, articles.assign(date=date), reuse="first", shared=passages).set_index("outlet")
    assert first.n_mentions.to_dict() == {"الوسط": 1, "الثورة": 0}
    assert first.n_ties.to_dict() == {"الوسط": 1, "الثورة": 1}


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"by": "frame"}, ValueError, "by names 'frame' .*belongs to mentions"),
        ({"by": "country"}, ValueError, "by names 'country', which is not a column of articles; it has article_id"),
        ({"by": ["outlet", "n_tokens"]}, ValueError, "by names 'n_tokens', which is a column of the result"),
        ({"frames": ["terror"]}, ValueError, "frames names 'terror', which mentions does not have; it has terrorism"),
        ({"freq": "fortnight"}, ValueError, "freq must be 'D', 'W', 'M', 'Q' or 'Y', not 'fortnight'"),
        ({"reuse": "remove"}, ValueError, "reuse must be 'keep', 'first' or 'drop', not 'remove'"),
        ({"level": 95}, ValueError, "level must lie between 0 and 1"),
    ],
)
def test_errors_say_what_to_do(mentions, articles, change, error, message):
    with pytest.raises(error, match=message):
        frame_rates(mentions, articles, **change)


def test_a_passage_of_several_articles_stays_with_one_of_them_whatever_dates_are_missing():
    articles, mentions, passages = reuse_case()
    text, start = articles["text"].iloc[0], mentions["start"].iloc[0]
    for dates, keeper in (
        (["2022-01-06", None, "2022-01-05"], "002"),
        ([None, None, "2022-01-05"], "002"),
        ([None, "2022-01-06", None], "001"),
        ([None, None, None], "000"),
    ):
        three = articles.assign(text=text, outlet=["أ", "ب", "ج"], date=pd.to_datetime(dates))
        everywhere = pd.DataFrame({"article_id": three["article_id"], "frame": "terrorism", "start": start})
        one = passages[["start_a", "end_a"]].iloc[[0, 0, 0]].reset_index(drop=True)
        pairs = one.assign(article_a=["000", "000", "001"], article_b=["001", "002", "002"])
        pairs = pairs.assign(start_b=one["start_a"], end_b=one["end_a"])
        first = frame_rates(everywhere, three, by="article_id", reuse="first", shared=pairs).set_index("article_id")
        assert first.index[first["n_mentions"] == 1].tolist() == [keeper], dates
        assert first["n_mentions"].sum() == 1
        missing = three["date"].isna().to_numpy()
        tied = [(missing[a] or missing[b]) for a, b in ((0, 1), (0, 2), (1, 2))]
        assert first["n_ties"].sum() == 2 * sum(tied)


def test_errors_of_tables(mentions, articles):
    with pytest.raises(ValueError, match="mentions has the article_id '002', which articles does not have"):
        frame_rates(mentions, articles.iloc[:2])
    with pytest.raises(ValueError, match="articles has the article_id 000 more than once"):
        frame_rates(mentions, pd.concat([articles, articles]))
    with pytest.raises(ValueError, match="mentions has no column 'frame'"):
        frame_rates(mentions.drop(columns="frame"), articles)
    with pytest.raises(TypeError, match=r"freq needs articles\.date as dates"):
        frame_rates(mentions, articles.assign(date="2022-01-05"), freq="W")
    with pytest.raises(ValueError, match=r"articles\.n_tokens has negative numbers"):
        frame_rates(mentions, articles.assign(n_tokens=-1))


# --- shares


def attributed():
    mentions = make_mentions([("000", "terrorism", 3), ("001", "terrorism", 1), ("002", "fuel_prices", 2)])
    mentions["stance"] = ["asserts", "reports", "reports", "reports", "reports_denial", "reports"]
    mentions["voice"] = ["outlet", *["attributed"] * 5]
    mentions["speaker"] = ["", "توكاييف", "توكاييف;بوتين", "بوتين", "كارين", "توكاييف"]
    mentions["polarity"] = ["affirmed"] * 4 + ["rejected", "affirmed"]
    mentions["outlet"] = ["الوسط"] * 4 + ["الثورة"] * 2
    return mentions


def test_stance_shares_by_hand(articles):
    shares = stance_shares(attributed(), articles)
    expected = "outlet frame stance n_mentions n_total n_articles share low high interval inference".split()
    assert shares.columns.tolist() == expected
    assert len(shares) == 4 * 3 * 5
    some = shares.set_index(["outlet", "frame", "stance"]).loc[("الوسط", "terrorism")]
    assert some.n_mentions.to_dict() == {
        "asserts": 1,
        "reports": 3,
        "reports_denial": 0,
        "rejects": 0,
        "distances": 0,
    }
    assert some.share.to_dict() == {"asserts": 0.25, "reports": 0.75, "reports_denial": 0, "rejects": 0, "distances": 0}
    assert (some.n_total == 4).all()
    assert (some.n_articles == 2).all()
    nothing = shares[shares.n_total == 0]
    assert len(nothing) == 2 * 3 * 5 + 2 * 5 + 2 * 5
    assert nothing.share.isna().all()
    assert (nothing.interval == "none: no mention of the frame").all()


def test_shares_add_up_and_intervals_stay_between_zero_and_one():
    rng = np.random.default_rng(6)
    articles = make_articles(["أ"] * 8 + ["ب"] * 70, [100] * 78)
    mentions = make_mentions([(i, "terrorism", int(rng.integers(1, 5))) for i in articles.article_id])
    mentions["stance"] = rng.choice(["asserts", "reports", "distances"], len(mentions), p=[0.2, 0.7, 0.1])
    shares = stance_shares(mentions, articles, frames=["terrorism"])
    assert shares.groupby("outlet").share.sum().tolist() == pytest.approx([1, 1])
    given = shares[shares.inference == "interval"]
    assert set(given.interval) >= {"over articles: studentised", "over articles: bootstrap"}
    assert ((given.low > 0) & (given.low < given.share) & (given.share < given.high) & (given.high < 1)).all()


def test_shares_by_speaker_count_joint_words_for_each(articles):
    shares = stance_shares(attributed(), articles, by="speaker").set_index(["speaker", "frame", "stance"])
    assert shares.loc[("بوتين", "terrorism", "reports"), ["n_mentions", "n_total", "share"]].tolist() == [2, 2, 1.0]
    assert shares.loc[("توكاييف", "terrorism"), "n_total"].eq(2).all()
    assert shares.loc[("كارين", "terrorism"), "share"].isna().all()
    both = stance_shares(attributed(), articles, by=["speaker", "outlet"])
    assert both.columns[:3].tolist() == ["speaker", "outlet", "frame"]
    assert both.groupby(["outlet", "speaker"]).ngroups == 5


def test_shares_by_period(articles):
    days = pd.to_datetime(["2022-01-05", "2022-02-05", "2022-01-10", None, None])
    shares = stance_shares(attributed(), articles.assign(date=days), freq="M", frames=["terrorism"])
    assert shares.columns[:4].tolist() == ["outlet", "date", "frame", "stance"]
    some = shares[(shares.outlet == "الوسط") & (shares.stance == "reports")].set_index("date")
    assert some.n_total.to_dict() == {pd.Timestamp("2022-01-01"): 3, pd.Timestamp("2022-02-01"): 1}
    assert shares.date.isna().sum() == 2 * 5


@pytest.mark.parametrize("of", ["voice", "polarity"])
def test_shares_of_other_labels(articles, of):
    shares = stance_shares(attributed(), articles, of=of, by=None)
    assert shares.columns[:2].tolist() == ["frame", of]
    assert shares.groupby("frame", observed=True).n_mentions.sum().to_dict() == dict(
        zip(FRAMES, [4, 0, 2], strict=True)
    )


def test_speaker_shares_by_hand(articles):
    shares = speaker_shares(attributed(), articles, by=None, frames=["terrorism"]).set_index("speaker")
    assert shares.n_mentions.to_dict() == {"توكاييف": 2, "بوتين": 2, "": 1}
    assert (shares.n_total == 4).all()
    kept = speaker_shares(attributed(), articles, by=None, least=3)
    assert set(kept.speaker) == {"توكاييف"}
    assert kept.set_index("frame").loc["terrorism", "n_total"] == 4


def test_speakers_by_frames():
    table = speaker_frames(attributed()).set_index(["speaker", "frame"])
    row = table.loc[("توكاييف", "terrorism")]
    assert row[["n_mentions", "n_articles", "n_outlets", "n_total"]].tolist() == [2, 1, 1, 3]
    assert row.share == pytest.approx(2 / 3)
    assert table.loc[("كارين", "fuel_prices"), "n_rejected"] == 1
    assert len(table) == 4 * 3
    assert set(speaker_frames(attributed(), least=3).speaker) == {"توكاييف"}


def test_shares_check_their_arguments(mentions, articles):
    with pytest.raises(ValueError, match="of must be one of stance, voice"):
        stance_shares(attributed(), articles, of="mood")
    with pytest.raises(ValueError, match="mentions has no column 'stance'"):
        stance_shares(mentions, articles)
    with pytest.raises(ValueError, match="by and of both name 'stance'"):
        stance_shares(attributed(), articles, by="stance")


def test_co_occurrence_by_hand():
    articles = make_articles(["أ"] * 4, [100] * 4)
    mentions = make_mentions(
        [("000", "terrorism", 2), ("000", "fuel_prices", 1), ("001", "terrorism", 1), ("002", "fuel_prices", 5)]
    )
    table = co_occurrence(mentions, articles, by="outlet").set_index(["frame", "other"])
    assert len(table) == 3
    row = table.loc[("terrorism", "fuel_prices")]
    assert row[["n_articles", "n_frame", "n_other", "n_both"]].tolist() == [4, 2, 2, 1]
    assert (row.expected, row.lift, row.jaccard) == (1, 1, pytest.approx(1 / 3))


# --- comparisons


def two_outlets(here, other, tokens=100):
    articles = make_articles(["أ"] * len(here) + ["ب"] * len(other), [tokens] * (len(here) + len(other)))
    rows = [(i, "terrorism", n) for i, n in zip(articles.article_id, [*here, *other], strict=True)]
    return make_mentions([*rows, ("000", "fuel_prices", 1)]), articles


def test_comparison_by_hand():
    mentions, articles = two_outlets([5, 6, 7, 5], [0, 1, 0, 1])
    table = compare_outlets(mentions, articles, reuse=NO_REUSE)
    expected = "frame outlet other difference ratio n_articles n_articles_other p p_adjusted inference note".split()
    assert table.columns.tolist() == expected
    row = table[(table.frame == "terrorism") & (table.outlet == "أ")].iloc[0]
    assert row.difference == pytest.approx(23 / 0.4 - 2 / 0.4)
    assert row.ratio == pytest.approx(11.5)
    # 2 of 70 assignments; fuel_prices (one mention in one article) has p = 1, colour_revolution none: two tests.
    assert (row.inference, row.p, row.p_adjusted) == ("exact", pytest.approx(2 / 70), pytest.approx(4 / 70))
    assert table[table.frame == "fuel_prices"].p.tolist() == [1, 1]
    none = table[table.frame == "colour_revolution"]
    assert (none.inference == "descriptive").all()
    assert none.note.str.contains("nothing to compare").all()
    pairs = compare_outlets(mentions, articles, against="pairs", reuse=NO_REUSE)
    assert pairs[["outlet", "other"]].drop_duplicates().to_numpy().tolist() == [["أ", "ب"]]
    assert pairs.p.iloc[0] == row.p


def test_no_p_for_few_articles_and_a_sentence_why(articles):
    mentions = make_mentions([("000", "terrorism", 30), ("002", "fuel_prices", 9)])
    table = compare_outlets(mentions, articles, reuse=NO_REUSE)
    assert (table.inference == "descriptive").all()
    assert table.p.isna().all()
    assert table.p_adjusted.isna().all()
    assert table.difference.notna().sum() == 9  # the article without words has none
    assert table.note.str.endswith(".").all()
    assert table.note[table.outlet == "الثورة"].str.contains("1 independent article against 3").any()


def test_an_unknown_outlet_is_shown_and_never_tested():
    mentions, articles = two_outlets([5, 6, 7, 5, 4], [0, 1, 0, 1, 0])
    articles["outlet"] = ["غير معروف"] * 5 + ["ب"] * 5
    table = compare_outlets(mentions, articles, reuse=NO_REUSE)
    unknown = table[table.outlet != "ب"]
    assert unknown.p.isna().all()
    assert unknown.difference.notna().all()
    assert unknown.note.str.contains("shown and not tested").any()
    assert set(compare_outlets(mentions, articles, against="pairs", reuse=NO_REUSE).outlet) <= {"ب"}


def test_copies_of_one_report_are_not_independent():
    mentions, articles = two_outlets([5, 5, 5, 5, 5], [0, 1, 0, 1, 0])
    chain = pd.DataFrame({"article_a": ["000", "001", "002", "003"], "article_b": ["001", "002", "003", "004"]})
    copied = compare_outlets(mentions, articles, frames=["terrorism"], reuse=chain)
    assert copied.p.isna().all()
    assert copied.note.str.contains("5 articles share passages").all()
    assert compare_outlets(mentions, articles, frames=["terrorism"], reuse=NO_REUSE).p.max() < 0.05


def test_much_longer_articles_need_more_of_them():
    mentions, articles = two_outlets([5, 6, 7, 5, 5], [0, 1, 0, 1, 0])
    table = compare_outlets(
        mentions, articles.assign(n_tokens=[300] * 5 + [100] * 5), frames=["terrorism"], reuse=NO_REUSE
    )
    assert table.p.isna().all()
    assert table.note.str.contains("much longer").all()
    many, articles = two_outlets([1, 0] * 12, [0, 1] * 12)
    longer = articles.assign(n_tokens=[300] * 24 + [100] * 24)
    table = compare_outlets(many, longer, frames=["terrorism", "fuel_prices"], reuse=NO_REUSE).set_index("frame")
    assert table.loc["terrorism", "inference"].eq("monte_carlo").all()
    assert table.loc["fuel_prices", "p"].isna().all()
    assert table.loc["fuel_prices", "note"].str.startswith("Not tested: too few articles have this frame").all()


def test_comparison_checks_its_arguments(mentions, articles):
    with pytest.raises(ValueError, match="against must be 'rest', 'pairs' or an outlet"):
        compare_outlets(mentions, articles, against="الجزيرة", reuse=NO_REUSE)
    with pytest.raises(ValueError, match="reuse has no column 'article_b'"):
        compare_outlets(mentions, articles, reuse=NO_REUSE[["article_a"]])
    for by in (None, ["outlet"], ["outlet", "date"]):
        with pytest.raises(TypeError, match="by must name one column of articles, as by='outlet', not"):
            compare_outlets(mentions, articles, by=by)
    with pytest.raises(
        TypeError, match=r"reuse must be the table that kz.find_reuse\(articles\) returns, or None, not 'f"
    ):
        compare_outlets(mentions, articles, reuse="first")


def test_a_comparison_of_nothing_has_the_columns_and_types_of_any(mentions, articles):
    some = compare_outlets(mentions, articles, reuse=NO_REUSE)
    assert len(some)
    nothing = {
        "no article": compare_outlets(mentions.iloc[:0], articles.iloc[:0]),
        "one outlet": compare_outlets(mentions.iloc[:0], articles.iloc[:1]),
        "no known pair": compare_outlets(mentions.iloc[:0], articles.iloc[:1], against="pairs"),
    }
    for name, table in nothing.items():
        assert table.empty, name
        assert table.dtypes.to_dict() == some.dtypes.to_dict(), name


# --- sensitivity


def brute_force(mentions, articles):
    """Every number again, by computing the rates of the tables without the term or the article."""
    for frame in FRAMES:
        for term in mentions.term[mentions.frame == frame].unique():
            kept = mentions[(mentions.frame != frame) | (mentions.term != term)]
            yield "term", frame, term, frame_rates(kept, articles)
    for article in articles.article_id:
        rest = articles[articles.article_id != article]
        yield "article", None, article, frame_rates(mentions[mentions.article_id != article], rest)


def test_sensitivity_is_what_recomputing_gives():
    rng = np.random.default_rng(9)
    articles = make_articles(["أ", "أ", "أ", "ب", "ب", "ج"], rng.integers(100, 300, 6))
    mentions = make_mentions([(i, f, int(rng.integers(0, 4))) for i in articles.article_id for f in FRAMES])
    mentions["term"] = rng.choice(["إرهاب", "ثورة", "وقود"], len(mentions))
    table = sensitivity(mentions, articles).set_index(["left_out", "item", "frame", "outlet"]).sort_index()
    checked = 0
    for kind, frame, item, rates in brute_force(mentions, articles):
        rates["rank"] = rates.groupby("frame", observed=True).rate.rank(ascending=False, method="min")
        rates["frame_rank"] = rates.groupby("outlet").rate.rank(ascending=False, method="min")
        rates = rates.set_index(["frame", "outlet"])
        for (of_frame, outlet), row in table.loc[(kind, item)].iterrows():
            if (frame is None or frame == of_frame) and (of_frame, outlet) in rates.index:
                again = rates.loc[(of_frame, outlet)]
                assert row.rate_without == pytest.approx(again.rate)
                assert row.rank_without == again["rank"]
                assert row.frame_rank_without == again.frame_rank
                checked += 1
    assert checked > 35
    base = frame_rates(mentions, articles).set_index(["frame", "outlet"]).rate
    assert table.rate.to_dict() == {key: base[key[2:]] for key in table.index}
    assert table.loc[("article", "005")].rate_without.isna().all()  # the only article of ج


# --- the seeds


def test_the_seeds_support_no_inference_about_outlets():
    import kzanalytics as kz

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", kz.CorpusWarning)
        articles = kz.load_seeds()
    mentions = kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022"))
    rates = frame_rates(mentions, articles, frames=FRAMES)
    assert len(rates) == 5 * 3
    assert (rates.n_articles == 1).all()
    assert rates.interval.str.startswith(("within the one article", "none:")).all()
    compared = compare_outlets(mentions, articles, frames=FRAMES)
    assert (compared.inference == "descriptive").all()
    assert compared.p.isna().all()
    assert (compared.n_articles_other == 4).all()
    first = frame_rates(mentions, articles, frames=FRAMES, reuse="first")
    assert (first.n_tokens <= rates.n_tokens).all()
    assert first.rate_all.tolist() == pytest.approx(rates.rate.tolist())
    assert first.n_tokens_shared.sum() > 0
