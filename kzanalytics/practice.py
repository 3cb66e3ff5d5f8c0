"""A composed corpus to practise on: as many articles as wanted, with differences that are known because they were planted."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import pandas as pd

from .articles import check_articles

__all__ = ["compose_articles"]

_CITIES = (
    "المدينة الشمالية;الميناء القديم;السهل;بلدة النهر;الضاحية الغربية;القرية العليا;بلدة الجسر;المدينة الجديدة".split(
        ";"
    )
)
_OUTLETS = {
    "صحيفة ألف": {"fuel_prices": 1.6, "terrorism": 0.4, "colour_revolution": 0.4},
    "صحيفة باء": {"fuel_prices": 0.5, "terrorism": 1.8, "colour_revolution": 0.4},
    "موقع جيم": {"fuel_prices": 0.8, "terrorism": 0.8, "colour_revolution": 0.4},
    "موقع دال": {"fuel_prices": 0.8, "terrorism": 0.8, "colour_revolution": 0.4},
}
_BURST = 2.0


@cache
def _sentences() -> pd.DataFrame:
    file = resources.files("kzanalytics") / "data" / "practice" / "sentences.csv"
    with file.open(encoding="utf-8") as opened:
        return pd.read_csv(opened, dtype="str", keep_default_na=False)


def compose_articles(n_articles: int = 160, *, seed: int = 2022) -> pd.DataFrame:
    """Compose articles of four outlets from a stock of sentences, with known differences between the outlets.

    They are no news: the places have no names and nothing in them happened. They are for practising, and for seeing what a
    test can and cannot show when the number of articles grows. Sentences with a frame come in bursts, as words do in real
    articles: an article's own rate is its outlet's rate times a gamma variable with mean 1 and shape 2.

    Parameters
    ----------
    n_articles : int, default 160
        Articles in all, dealt to the four outlets in turn.
    seed : int
        The same seed composes the same articles.

    Returns
    -------
    DataFrame
        The articles table. Planted sentences an article, on average: صحيفة ألف 1.6 on fuel prices and 0.4 on terrorism; صحيفة
        باء 0.5 and 1.8; the two others 0.8 and 0.8, equal to each other. All have 0.4 on colour revolutions: there the truth is
        that no outlet differs.

    Examples
    --------
    >>> compose_articles(8)["outlet"].value_counts().tolist()
    [2, 2, 2, 2]
    """
    if n_articles < 1:
        raise ValueError(f"n_articles must be at least 1, not {n_articles}")
    rng = np.random.default_rng(seed)
    stock = {frame: group["text"].tolist() for frame, group in _sentences().groupby("frame")}
    rows = []
    for i in range(n_articles):
        outlet, rates = list(_OUTLETS.items())[i % len(_OUTLETS)]
        chosen = list(rng.choice(stock[""], size=rng.integers(8, 16), replace=False))
        for frame, rate in rates.items():
            chosen += list(rng.choice(stock[frame], size=rng.poisson(rate * rng.gamma(_BURST, 1 / _BURST))))
        rng.shuffle(chosen)
        text = " ".join(s.format(city=rng.choice(_CITIES), n=rng.integers(3, 10)) for s in chosen)
        day = pd.Timestamp("2022-01-01") + pd.Timedelta(days=int(rng.integers(0, 28)))
        rows.append({"article_id": f"p{i:04d}", "outlet": outlet, "date": day, "title": "", "text": text})
    return check_articles(pd.DataFrame(rows), source="composed articles")
