import math

import numpy as np
import pandas as pd
import pytest
from planted import TOPICS, planted_passages

from kzanalytics.topic_intrusion import intrusion_sheet, score_intrusion
from kzanalytics.topics import TopicModel, fit_topics


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return fit_topics(planted_passages(40, main=0.9), n_topics=4, seed=3, engine="map", analyzer=str.split)


def filled(sheet: pd.DataFrame, choices: dict[int, int]) -> pd.DataFrame:
    marks = [choices.get(q) == c for q, c in zip(sheet["question"], sheet["choice"], strict=True)]
    return sheet.assign(answer=np.where(marks, "x", " "))


def test_the_intruder_is_the_word_of_another_planted_topic(model: TopicModel) -> None:
    sheet, key = intrusion_sheet(model, seed=1)
    assert len(key) == 4 * 3
    assert sheet["answer"].eq("").all()
    assert list(sheet.columns) == ["question", "kind", "choice", "text", "answer"]
    for row in key[key["kind"] == "word"].itertuples():
        words = sheet[sheet["question"] == row.question].set_index("choice")["text"]
        assert len(words) == 6
        planted = {next(k for k, topic in enumerate(TOPICS) if word in topic) for word in words.drop(row.intruder)}
        assert len(planted) == 1
        assert words[row.intruder] not in TOPICS[planted.pop()]
    for row in key[key["kind"] == "passage"].itertuples():
        texts = sheet[sheet["question"] == row.question].set_index("choice")["text"]
        assert texts.is_unique
        assert len(texts) == 4


def test_the_place_of_the_intruder_tells_nothing(model: TopicModel) -> None:
    _, key = intrusion_sheet(model, word_questions=60, passage_questions=0, seed=2)
    assert key["intruder"].value_counts().between(20, 60).all()
    assert key["topic"].tolist() != sorted(key["topic"])


def test_the_same_seed_gives_the_same_sheet(model: TopicModel) -> None:
    for one, two in zip(intrusion_sheet(model, seed=5), intrusion_sheet(model, seed=5), strict=True):
        pd.testing.assert_frame_equal(one, two)


def test_scores_by_hand() -> None:
    key = pd.DataFrame(
        {"question": [1, 2, 3], "kind": "word", "topic": [0, 0, 1], "intruder": [2, 4, 1], "n_choices": 4}
    )
    sheet = pd.DataFrame({"question": np.repeat([1, 2, 3], 4), "choice": np.tile([1, 2, 3, 4], 3), "answer": ""})
    coder_a = filled(sheet, {1: 2, 2: 3})  # right, wrong, no answer
    coder_b = filled(sheet, {1: 2, 2: 4, 3: 1})  # all right
    scores = score_intrusion([coder_a, coder_b], key).set_index("topic")
    assert scores.loc[0, ["n_answers", "n_right", "precision"]].tolist() == [4, 3, 0.75]
    assert scores.loc[1, ["n_answers", "n_right", "precision"]].tolist() == [1, 1, 1]
    assert scores.loc[-1, "precision"] == pytest.approx(4 / 5)
    assert scores["chance"].eq(0.25).all()
    # at least 3 of 4 right by guessing among four: 4 * .25**3 * .75 + .25**4
    assert scores.loc[0, "p"] == pytest.approx(4 * 0.25**3 * 0.75 + 0.25**4)


def test_two_marks_are_wrong_and_an_empty_sheet_has_no_precision(model: TopicModel) -> None:
    sheet, key = intrusion_sheet(model, seed=1)
    assert all(math.isnan(value) for value in score_intrusion(sheet, key)["precision"])
    everything = score_intrusion(sheet.assign(answer="x"), key)
    assert everything["n_right"].eq(0).all()
    perfect = score_intrusion(filled(sheet, dict(zip(key["question"], key["intruder"], strict=True))), key)
    assert perfect["precision"].eq(1).all()
    with pytest.raises(ValueError, match="sheet 1 lacks the columns answer"):
        score_intrusion(sheet.drop(columns="answer"), key)
