"""What `fit_topics` and `search_topics` accept, and what they say otherwise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ._tables import id_texts
from ._topic_engines import ENGINES

__all__ = ["check_passages", "check_settings"]

_NEEDED = ("article_id", "passage_id", "text")


def check_passages(passages: pd.DataFrame) -> pd.DataFrame:
    """Refuse what is not a table of passages; return it with ids that are text."""
    if not isinstance(passages, pd.DataFrame):
        raise TypeError(f"passages must be a DataFrame, not {type(passages).__name__}; use kz.split_passages(articles)")
    missing = [name for name in _NEEDED if name not in passages.columns]
    if missing:
        raise ValueError(f"passages lacks the columns {', '.join(missing)}; make it with kz.split_passages(articles)")
    if passages.empty:
        raise ValueError("passages is empty; give at least one passage")
    if passages["text"].isna().any():
        raise ValueError(
            f"passages has {int(passages['text'].isna().sum())} missing texts; fill them with '' or leave them out"
        )
    return passages.assign(**{name: id_texts(passages[name]) for name in ("article_id", "passage_id")})


def check_settings(*, n_topics: Any, seed: Any, engine: Any, **options: Any) -> None:
    """Refuse settings out of range; an option that is None takes its default elsewhere."""
    if engine not in ENGINES:
        raise ValueError(f"engine={engine!r} is not known; choose one of {', '.join(ENGINES)}")
    if not _whole(n_topics) or n_topics < 2:
        raise ValueError(f"n_topics={n_topics!r} must be a whole number of at least 2")
    if not _whole(seed) or not 0 <= seed < 2**32:
        raise ValueError(f"seed={seed!r} must be a whole number from 0 to 2**32 - 1: without one no result comes back")
    for name in ("min_articles", "max_terms", "passes"):
        value = options.get(name)
        if value is not None and (not _whole(value) or value < 1):
            raise ValueError(f"{name}={value!r} must be a whole number of at least 1, or None for the default")
    for name in ("alpha", "eta", "seed_strength"):
        value = options.get(name)
        if value is not None and not value > 0:
            raise ValueError(f"{name}={value!r} must be greater than 0")
    share = options.get("max_article_share")
    if share is not None and not 0 < share <= 1:
        raise ValueError(
            f"max_article_share={share!r} must lie above 0 and at most at 1, as .5 for half of the articles"
        )


def _whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
