"""What every table handed to the library must have: its columns, one id for each article, and texts that are text."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

__all__ = ["article_ids", "article_texts", "id_texts", "need"]


def need(table: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    """Refuse what is not a table, or lacks one of the columns; ``name`` is what the message calls it."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name} must be a pandas DataFrame, not {type(table).__name__}")
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise ValueError(f"{name} has no column {missing[0]!r}; it has {', '.join(map(str, table.columns)) or 'none'}")


def id_texts(ids: pd.Series) -> pd.Series:
    """Ids as text: a CSV read by pandas itself makes numbers of them.

    >>> id_texts(pd.Series([7, 12])).tolist()
    ['7', '12']
    """
    if isinstance(ids.dtype, pd.StringDtype):
        return ids
    if pd.api.types.is_float_dtype(ids) and (ids.dropna() % 1 == 0).all():
        ids = ids.astype("Int64")  # one missing id makes 7.0 of all the others
    return ids.astype("str")


def article_ids(articles: pd.DataFrame, name: str = "articles") -> pd.Series:
    """The ids of a table of articles, as text, each there once."""
    need(articles, ["article_id"], name)
    ids = id_texts(articles["article_id"])
    missing = (ids.isna() | (ids == "")).to_numpy()
    if missing.any():
        raise ValueError(f"{name} has no article_id in row {missing.argmax()}; give every article an id")
    twice = ids.duplicated()
    if twice.any():
        raise ValueError(f"{name} has the article_id {ids[twice].iloc[0]} more than once; ids must be unique")
    return ids


def article_texts(articles: pd.DataFrame, name: str = "articles", column: str = "text") -> list[str]:
    """The texts of a table of articles, all of them str."""
    need(articles, [column], name)
    texts: list[str] = articles[column].tolist()
    bad = next((i for i, text in enumerate(texts) if not isinstance(text, str)), None)
    if bad is None:
        return texts
    which = f"article {articles['article_id'].iloc[bad]}" if "article_id" in articles else f"row {bad}"
    if pd.api.types.is_scalar(texts[bad]) and pd.isna(texts[bad]):
        raise ValueError(f"{name}: {which} has no {column}; pass the table through kz.check_articles")
    raise TypeError(
        f"{name}: the {column} of {which} is {type(texts[bad]).__name__}, not str; pass the table through kz.check_articles"
    )
