"""Whether people see what a topic model sees: sheets with an intruder to find, and their scoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .topic_reading import topic_representatives

if TYPE_CHECKING:
    from .topics import TopicModel

__all__ = ["intrusion_sheet", "score_intrusion"]


def intrusion_sheet(
    model: TopicModel,
    *,
    n_words: int = 5,
    n_passages: int = 3,
    word_questions: int = 2,
    passage_questions: int = 1,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make a sheet for human coders, and its key.

    Word intrusion: `n_words` of a topic's foremost terms and one that is foremost in another topic and improbable in this
    one. Passage intrusion (the paper's topic intrusion, turned round so that it needs no knowledge of the model):
    `n_passages` that are foremost in a topic and one of another topic. Questions and choices are shuffled. Give coders the
    sheet, without the key.

    Parameters
    ----------
    model : TopicModel
    n_words, n_passages : int
        Choices that belong to the topic.
    word_questions, passage_questions : int
        Questions a topic.
    seed : int, default 0
        The same seed gives the same sheet.

    Returns
    -------
    sheet : DataFrame
        One row per choice: ``question, kind`` ("word" or "passage"), ``choice`` (from 1), ``text, answer`` ("" for the
        coder to fill: an x at the intruder).
    key : DataFrame
        One row per question: ``question, kind, topic, intruder`` (the choice), ``intruder_topic, n_choices``.

    References
    ----------
    Chang, Boyd-Graber, Gerrish, Wang and Blei (2009), Reading Tea Leaves, NIPS 22.
    """
    rng = np.random.default_rng(seed)
    probabilities = model.probabilities
    order = np.argsort(-probabilities, axis=1, kind="stable")
    n_top = min(2 * n_words, order.shape[1] // 2)
    examples = topic_representatives(model, n=3 * n_passages, per_article=2)
    questions: list[tuple[str, int, int, list[str]]] = []
    for topic in range(model.n_topics):
        others = [k for k in range(model.n_topics) if k != topic]
        for _ in range(word_questions):
            own = rng.choice(order[topic, :n_top], min(n_words, n_top), replace=False)
            improbable = set(order[topic, order.shape[1] // 2 :].tolist())
            pool = [(k, i) for k in others for i in order[k, :n_top].tolist() if i in improbable]
            if pool:
                other, intruder = pool[rng.integers(len(pool))]
                texts = [model.labels[i] for i in [intruder, *own]]
                questions.append(("word", topic, other, texts))
        mine = examples[examples["topic"] == topic]
        for _ in range(passage_questions):
            other = int(rng.choice(others))
            pool_rows = examples[(examples["topic"] == other) & ~examples["passage_id"].isin(mine["passage_id"])]
            if len(mine) >= n_passages and len(pool_rows):
                chosen = mine["text"].to_numpy(object)[rng.choice(len(mine), n_passages, replace=False)]
                strange = pool_rows["text"].iloc[int(rng.integers(len(pool_rows)))]
                questions.append(("passage", topic, other, [strange, *chosen]))
    rows, keys = [], []
    for number, i in enumerate(rng.permutation(len(questions)), start=1):
        kind, topic, other, texts = questions[i]
        shuffled = rng.permutation(len(texts))
        rows += [(number, kind, choice, texts[j], "") for choice, j in enumerate(shuffled, start=1)]
        keys.append((number, kind, topic, int(np.flatnonzero(shuffled == 0)[0]) + 1, other, len(texts)))
    sheet = pd.DataFrame(rows, columns=["question", "kind", "choice", "text", "answer"])
    key = pd.DataFrame(keys, columns=["question", "kind", "topic", "intruder", "intruder_topic", "n_choices"])
    return sheet.astype({"kind": "str", "text": "str", "answer": "str"}), key.astype({"kind": "str"})


def score_intrusion(sheets: pd.DataFrame | list[pd.DataFrame], key: pd.DataFrame) -> pd.DataFrame:
    """Score filled sheets, one per coder.

    A question is right if the intruder, and nothing else, is marked (any text but spaces is a mark); without a mark it
    counts as unanswered and is left out.

    Returns
    -------
    DataFrame
        ``topic, kind, n_answers, n_right, precision`` (model precision of the paper, in [0, 1]; NaN without an answer),
        ``chance`` (precision of guessing) and ``p``: the probability of at least as many right answers by guessing. With
        several coders answers to one question are not independent, and p is a guide, not a test. Topic -1 is the whole
        model.
    """
    filled = [sheets] if isinstance(sheets, pd.DataFrame) else list(sheets)
    answers = []
    for coder, sheet in enumerate(filled):
        missing = {"question", "choice", "answer"} - set(sheet.columns)
        if missing:
            raise ValueError(
                f"sheet {coder + 1} lacks the columns {', '.join(sorted(missing))}; give back the table that "
                "intrusion_sheet made, with the column answer filled in"
            )
        marked = sheet[sheet["answer"].fillna("").astype("str").str.strip() != ""]
        for question, part in marked.groupby("question"):
            answers.append((question, int(part["choice"].iloc[0]) if len(part) == 1 else 0))
    given = pd.DataFrame(answers, columns=["question", "given"]).astype("int64").merge(key, on="question")
    given["right"] = given["given"] == given["intruder"]
    rows = []
    for kind in key["kind"].unique():
        chance = 1 / float(key.loc[key["kind"] == kind, "n_choices"].mean())
        for topic in [-1, *sorted(key.loc[key["kind"] == kind, "topic"].unique().tolist())]:
            part = given[(given["kind"] == kind) & ((given["topic"] == topic) | (topic == -1))]
            n, right = len(part), int(part["right"].sum())
            precision = right / n if n else float("nan")
            rows.append((topic, kind, n, right, precision, chance, _at_least(right, n, chance)))
    columns = ["topic", "kind", "n_answers", "n_right", "precision", "chance", "p"]
    return pd.DataFrame(rows, columns=columns).astype({"kind": "str"})


def _at_least(right: int, n: int, chance: float) -> float:
    """Upper tail of the binomial distribution; NaN without an answer."""
    from scipy.stats import binom

    return float(binom.sf(right - 1, n, chance)) if n else float("nan")
