"""Numbers about topics: arrays in, numbers out. What each means is said where it is computed."""

from __future__ import annotations

import numpy as np

__all__ = ["effective_number"]


def effective_number(weights: np.ndarray) -> float:
    """Exponential of the entropy: 1 if one item has all the weight, n if n items share it evenly; NaN without any.

    >>> effective_number(np.array([1, 1, 0, 0]))
    2.0
    """
    total = float(np.sum(weights))
    if total <= 0:
        return float("nan")
    p = np.asarray(weights, float)[np.asarray(weights) > 0] / total
    return float(np.exp(-(p * np.log(p)).sum()))
