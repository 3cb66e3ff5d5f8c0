"""A corpus whose topics are known, and EM as the papers write it: what fits of topics are tested against."""

import numpy as np
import pandas as pd

TOPICS = [
    "سعر وقود غاز بنزين ارتفاع تكلفة سوق نفط ليرة ضريبة دعم سيارة".split(),
    "شرطة شغب جيش رصاص قتيل جريح اعتقال سلاح طوارئ أمن حاجز مدرعة".split(),
    "رئيس برلمان حكومة وزير قانون دستور انتخاب حزب استقالة مرسوم قرار نائب".split(),
    "روسيا حلف قوات معاهدة منظمة سلام جندي طائرة قاعدة حدود بعثة مطار".split(),
]
VOCABULARY = [word for topic in TOPICS for word in topic]


def true_topics() -> np.ndarray:
    """Probabilities of VOCABULARY in each planted topic: falling with rank, and none in the other topics."""
    weights = 1 / np.arange(1, 13) ** 0.5
    result = np.zeros((len(TOPICS), len(VOCABULARY)))
    for k in range(len(TOPICS)):
        result[k, 12 * k : 12 * k + 12] = weights / weights.sum()
    return result


def planted_passages(
    n_articles: int = 60, per_article: int = 3, n_words: int = 40, seed: int = 7, main: float = 0.7
) -> pd.DataFrame:
    """Passages of which each has mostly one topic, in turn over the articles, so that no topic is rare."""
    rng = np.random.default_rng(seed)
    topics, rows = true_topics(), []
    for article in range(n_articles):
        for passage in range(per_article):
            shares = np.full(len(TOPICS), (1 - main) / (len(TOPICS) - 1))
            shares[(article + passage) % len(TOPICS)] = main
            words = rng.choice(VOCABULARY, n_words, p=shares @ topics)
            rows.append((f"{article:03}", f"outlet {article % 2}", f"{article:03}-{passage}", " ".join(words)))
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "passage_id", "text"])
    table["date"] = pd.Timestamp("2022-01-05") + pd.to_timedelta(np.arange(len(table)) // per_article, unit="D")
    return table


def slow_step(
    counts: np.ndarray, shares: np.ndarray, topics: np.ndarray, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """EM for LDA as the papers write it: a responsibility for each passage, word and topic."""
    r = shares[:, None, :] * topics.T[None]
    r /= r.sum(2, keepdims=True)
    r *= counts[:, :, None]
    new = r.sum(1) + alpha
    return new / new.sum(1, keepdims=True), r.sum(0).T
