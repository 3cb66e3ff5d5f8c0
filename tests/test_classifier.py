"""The learned classifier: what it sees, how it is measured, and when it refuses."""

import numpy as np
import pandas as pd
import pytest

from kzanalytics._codes import row_ids
from kzanalytics.classifier import MIN_CODES, _documents, _groups, fit_classifier

OWN = [
    "شهدت المدينة أمس هجوم",
    "اندلعت في الشوارع مواجهات مع",
    "عثر السكان على أسلحة تركها",
    "استولى على المطار عشرات من",
]
TOLD = [
    "قال الرئيس إنه سيقضي على",
    "أكدت الوزارة أن الجيش يطارد",
    "بحسب الشرطة اعتقل عدد من",
    "وأضاف المتحدث أن وراء ذلك",
]
TAILS = ["الليلة الماضية", "في ألماتي", "قرب المطار", "وسط المدينة", "منذ الصباح", "خلال ساعات"]


def corpus(n_articles=60, seed=0, rules_wrong=0.3, signal=True, names=1):
    """Articles of five sentences; the voice is in the words, and the rules' label is wrong in a share of them."""
    rng = np.random.default_rng(seed)
    articles, rows = [], []
    for a in range(n_articles):
        text = ""
        for _ in range(5):
            voice = rng.choice(["outlet", "attributed"], p=[0.4, 0.6])
            shown = voice if signal else rng.choice(["outlet", "attributed"])
            opening = str(rng.choice(OWN if shown == "outlet" else TOLD))
            first = len(text)
            start = first + len(opening) + 1
            # made-up names make each sentence one of a kind, as sentences are unless copied
            made_up = " ".join("".join(rng.choice(list("بتثجحخدذرز"), 5)) for _ in range(names))
            text += f"{opening} الإرهابيين {rng.choice(TAILS)} {rng.choice(TAILS)} {made_up}.\n"
            rules = rng.choice(["outlet", "attributed"]) if rng.random() < 2 * rules_wrong else voice
            cue = opening.split()[0] if rules == "attributed" else ""
            rows.append(
                (f"{a:03}", start, start + 10, voice, rules, cue, first if cue else -1, first + len(cue) if cue else -1)
            )
        articles.append((f"{a:03}", text))
    names = ["article_id", "start", "end", "true", "voice", "cue", "cue_start", "cue_end"]
    mentions = pd.DataFrame(rows, columns=names).assign(frame="terrorism", text="الإرهابيين", quote="none")
    mentions = mentions.assign(
        polarity="affirmed", speaker="", cue_class=np.where(mentions["cue"] == "", "", "neutral")
    )
    codes = mentions.assign(row_id=row_ids(mentions), voice=mentions["true"], coder="سلمى")
    return (
        codes.drop(columns="true"),
        mentions.drop(columns="true"),
        pd.DataFrame(articles, columns=["article_id", "text"]),
    )


@pytest.fixture(scope="module")
def data():
    return corpus()


@pytest.fixture(scope="module")
def model(data):
    return fit_classifier(*data, target="voice")


def test_learns_what_the_rules_miss_and_says_so_beside_them(data, model):
    figures = model.figures.set_index("labeller")
    assert figures.index.tolist() == ["classifier", "rules", "majority class"]
    codes, mentions, _ = data
    assert figures.loc["rules", "accuracy"] == (codes["voice"] == mentions["voice"]).mean()
    assert figures.loc["majority class", "accuracy"] == pytest.approx((codes["voice"] == "attributed").mean())
    assert figures.loc["classifier", "accuracy"] > 0.9 > figures.loc["rules", "accuracy"]
    assert figures.loc["classifier", "difference_low"] > 0
    assert figures.loc["rules", "difference"] == 0
    assert figures.loc["classifier", "log_loss"] < figures.loc["majority class", "log_loss"]
    assert (model.n_mentions, model.n_articles, model.n_ties) == (300, 60, 0)
    assert (figures[["n_mentions", "n_articles"]] == [300, 60]).all(axis=None)
    assert set(model.per_class["code"]) == {"outlet", "attributed"}
    assert model.calibration["n_mentions"].sum() == 300


def test_finds_nothing_where_there_is_nothing():
    figures = fit_classifier(*corpus(signal=False, rules_wrong=0.5), target="voice").figures.set_index("labeller")
    assert figures.loc["classifier", "accuracy"] < figures.loc["majority class", "accuracy"] + 0.05
    assert figures.loc["classifier", "log_loss"] > figures.loc["majority class", "log_loss"] - 0.02


def test_predict_adds_columns_whose_probabilities_sum_to_one(data, model):
    _, mentions, articles = data
    before = mentions.copy()
    out = model.predict(mentions[10:30], articles)
    pd.testing.assert_frame_equal(mentions, before)
    pd.testing.assert_frame_equal(out[mentions.columns], mentions[10:30])
    assert out.columns[len(mentions.columns) :].tolist() == [
        "voice_learned",
        "voice_probability",
        "voice_p_outlet",
        "voice_p_attributed",
    ]
    np.testing.assert_allclose(out["voice_p_outlet"] + out["voice_p_attributed"], 1)
    best = np.where(out["voice_p_outlet"] > out["voice_p_attributed"], "outlet", "attributed")
    assert out["voice_learned"].tolist() == best.tolist()
    assert model.predict(mentions[:0], articles)["voice_learned"].tolist() == []


def test_new_articles_are_labelled_and_probabilities_mean_what_they_say(model):
    codes, mentions, articles = corpus(40, seed=9)
    out = model.predict(mentions, articles)
    right = out["voice_learned"] == codes["voice"]
    assert right.mean() > 0.9
    assert abs(right.mean() - out["voice_probability"].mean()) < 0.08


def test_same_seed_same_model(data, model):
    again = fit_classifier(*data, target="voice")
    pd.testing.assert_frame_equal(again.figures, model.figures)
    _, mentions, articles = data
    pd.testing.assert_frame_equal(again.predict(mentions, articles), model.predict(mentions, articles))


def test_three_classes_keep_the_order_of_the_code_book(data):
    codes, mentions, articles = data
    polarity = np.where(codes["cue"] == "", "affirmed", np.where(codes["start"] % 2, "rejected", "distanced"))
    model = fit_classifier(codes.assign(polarity=polarity), mentions, articles, target="polarity")
    assert model.classes == ("affirmed", "rejected", "distanced")
    out = model.predict(mentions, articles)
    np.testing.assert_allclose(out[[f"polarity_p_{c}" for c in model.classes]].sum(axis=1), 1)
    assert (out["polarity_learned"] == "affirmed")[codes["cue"] == ""].mean() > 0.9


def test_refuses_too_few_codes_and_says_why(data):
    codes, mentions, articles = data
    with pytest.raises(
        ValueError, match=f"the voice of {MIN_CODES - 1} mentions, and learning needs {MIN_CODES}: with fewer"
    ):
        fit_classifier(codes[: MIN_CODES - 1], mentions, articles)
    with pytest.raises(ValueError, match="only polarity 'affirmed', so there is nothing to learn"):
        fit_classifier(codes, mentions, articles, target="polarity")
    rare = codes.assign(polarity=["rejected"] * 19 + ["affirmed"] * (len(codes) - 19))
    with pytest.raises(ValueError, match=r"polarity 'rejected' 19 times in 4 articles .* needs 20 times in 10"):
        fit_classifier(rare, mentions, articles, target="polarity")


def test_ties_are_left_out_and_counted(data):
    codes, mentions, articles = data
    other = codes[:7].assign(
        coder="أمير", voice=codes["voice"][:7].map({"outlet": "attributed", "attributed": "outlet"})
    )
    model = fit_classifier(pd.concat([codes, other]), mentions, articles)
    assert (model.n_mentions, model.n_ties) == (len(codes) - 7, 7)


def test_says_what_is_wrong(data):
    codes, mentions, articles = data
    with pytest.raises(ValueError, match="target must be one of voice, quote, polarity, stance, not 'speaker'"):
        fit_classifier(codes, mentions, articles, target="speaker")
    with pytest.raises(ValueError, match="5 mentions that are not in mentions"):
        fit_classifier(codes, mentions[5:], articles)
    with pytest.raises(ValueError, match=r"no column cue, cue_class, cue_start, cue_end; call kz\.attribute_mentions"):
        fit_classifier(codes, mentions.drop(columns=["cue", "cue_class", "cue_start", "cue_end"]), articles)
    with pytest.raises(ValueError, match="not in articles: 059"):
        fit_classifier(codes, mentions, articles[:-1])


def test_sees_the_sentence_with_mention_and_cue_marked():
    text = "لم يهدأ الوضع. قال الرئيس إن «الإرهابيين» هاجموا المطار. انتهى."
    start = text.index("الإرهابيين")
    mention = {
        "article_id": "a",
        "start": start,
        "end": start + 10,
        "cue": "قال",
        "cue_class": "neutral",
        "cue_start": 15,
    }
    articles = pd.DataFrame({"article_id": ["a"], "text": [text]})
    (document,) = _documents(pd.DataFrame([mention | {"cue_end": 18}]), articles)
    seen = document.split()
    assert {"@", "cue<قال", "class=neutral", "<«", ">»", "رئيس", "mark<«near", "mark>»near"} <= set(seen)
    assert not {"وضع", "انتهى", "هدا", "إرهابي", "ارهابي"} & set(seen)
    # a cue in another sentence is known by its words
    (document,) = _documents(pd.DataFrame([mention | {"cue": "يهدأ", "cue_start": 3, "cue_end": 7}]), articles)
    assert "cue^" in document
    assert "cue<" not in document


def test_articles_that_share_a_sentence_are_one_group_unless_it_is_short():
    long, other = "@ " + "كلمه " * 15, "@ " + "غيرها " * 15
    groups = _groups(["1", "1", "2", "3", "4", "5"], [other, long, long, "@ عنوان", other, "@ عنوان"])
    assert groups[0] == groups[1] == groups[2] == groups[4]
    assert len({groups[0], groups[3], groups[5]}) == 3


def test_copies_are_never_tested_by_their_original():
    # each sentence stands in two articles and its code is chance: whoever learns from the copy would be right all the time
    codes, mentions, articles = corpus(40, signal=False, rules_wrong=0.5, names=8)
    twice = [t.assign(article_id=t["article_id"] + side) for t in (mentions, articles, codes) for side in "ab"]
    mentions, articles, codes = (pd.concat(twice[i : i + 2], ignore_index=True) for i in (0, 2, 4))
    model = fit_classifier(codes.assign(row_id=row_ids(codes)), mentions, articles)
    figures = model.figures.set_index("labeller")
    assert figures.loc["classifier", "accuracy"] < figures.loc["majority class", "accuracy"] + 0.05
    assert figures.loc["classifier", "n_articles"] == 80
