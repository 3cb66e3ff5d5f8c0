"""What several test files need."""

import os

import hypothesis
import pandas as pd
import pytest

os.environ.setdefault("MPLBACKEND", "agg")
# No example has a time limit: on a busy machine one in thousands took longer than the .2 s that is the default.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


@pytest.fixture(scope="session")
def seeds() -> pd.DataFrame:
    """The five seed articles; a test that would change them works on a copy."""
    import kzanalytics as kz

    return kz.load_seeds()
