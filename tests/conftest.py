"""What several test files need."""

import os

import pandas as pd
import pytest

os.environ.setdefault("MPLBACKEND", "agg")


@pytest.fixture(scope="session")
def seeds() -> pd.DataFrame:
    """The five seed articles; a test that would change them works on a copy."""
    import kzanalytics as kz

    return kz.load_seeds()
