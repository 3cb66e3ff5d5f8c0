"""Running notebooks and comparing what they leave."""

import nbformat
import numpy as np
import pandas as pd
import pytest

from kzanalytics import reproduce
from kzanalytics.files import write_table


@pytest.fixture
def rates():
    return pd.DataFrame(
        {
            "outlet": pd.Series(["الثورة", "غير معروف (000)"], dtype="str"),
            "frame": pd.Categorical(["terrorism", "terrorism"]),
            "n_mentions": [1, 8],
            "rate": [2.5, np.nan],
        }
    )


def test_equal_tables_agree(rates):
    assert reproduce.compare_tables(rates, rates.copy()) == []


def test_rounding_is_tolerated_and_a_changed_number_named(rates):
    assert reproduce.compare_tables(rates.assign(rate=[2.5 + 1e-9, np.nan]), rates) == []
    lines = reproduce.compare_tables(rates.assign(rate=[2.6, np.nan]), rates, "03_frame_rates")
    assert lines == ["03_frame_rates, row 0 (الثورة, terrorism), column rate: 2.6, expected 2.5"]


def test_a_number_that_came_or_went_is_named(rates):
    assert len(reproduce.compare_tables(rates.assign(rate=[2.5, 0.0]), rates)) == 1
    assert len(reproduce.compare_tables(rates.assign(n_mentions=[1, 9]), rates)) == 1


def test_other_columns_rows_and_texts_are_named(rates):
    assert "its columns are" in reproduce.compare_tables(rates.drop(columns="rate"), rates)[0]
    assert "it has 1 rows, expected 2" in reproduce.compare_tables(rates.iloc[:1], rates)[0]
    assert "column outlet" in reproduce.compare_tables(rates.assign(outlet="x"), rates)[0]


def test_long_lists_are_cut(rates):
    many = pd.concat([rates] * 20, ignore_index=True)
    lines = reproduce.compare_tables(many.assign(n_mentions=0), many, "t", most=10)
    assert len(lines) == 11
    assert lines[-1] == "t: 30 more differences"


def test_check_names_missing_extra_and_changed_tables(tmp_path, rates, monkeypatch):
    monkeypatch.setattr(reproduce, "expected_inputs", lambda: {"kzanalytics": "2", "packages": {"gensim": "5"}})
    wanted, found = tmp_path / "expected", tmp_path / "results"
    write_table(rates, wanted / "03_rates.csv")
    write_table(rates, wanted / "05_terms.csv")
    write_table(rates.assign(n_mentions=[1, 9]), found / "03_rates.csv")
    write_table(rates, found / "07_more.csv")
    (wanted / "run_info.json").write_text('{"kzanalytics": "2", "packages": {"gensim": "4"}}', encoding="utf-8")
    lines = reproduce.check_results(found, wanted)
    assert lines[0].startswith("03_rates, row 1")
    assert lines[0].endswith("column n_mentions: 9, expected 8")
    assert lines[1] == "05_terms: the run left no such table"
    assert lines[2] == "07_more: nothing is expected under this name"
    assert lines[3] == "changed input: packages gensim: expected with 4, this run 5"


def test_check_is_silent_when_all_agree(tmp_path, rates):
    write_table(rates, tmp_path / "expected" / "03_rates.csv")
    write_table(rates, tmp_path / "results" / "03_rates.csv")
    assert reproduce.check_results(tmp_path / "results", tmp_path / "expected") == []
    with pytest.raises(FileNotFoundError, match="holds no expected tables"):
        reproduce.check_results(tmp_path, tmp_path / "results" / "none")


def test_notebooks_are_copied_once(tmp_path):
    written = reproduce.copy_notebooks(tmp_path / "mine")
    assert [p.name for p in written] == [p.name for p in reproduce._notebooks()]
    with pytest.raises(FileExistsError, match="already has"):
        reproduce.copy_notebooks(tmp_path / "mine")


def test_an_unknown_notebook_names_the_known_ones(tmp_path):
    with pytest.raises(FileNotFoundError, match="no notebook 99; give a file, or one of 01_corpus"):
        reproduce.run_notebook("99", tmp_path)


def notebook(path, *sources):
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
    nb.cells[0].metadata.tags = ["parameters"]
    nbformat.write(nb, path)
    return path


@pytest.mark.notebook
def test_a_notebook_takes_parameters_and_runs_beside_its_results(tmp_path):
    path = notebook(
        tmp_path / "nb.ipynb", 'seed = 1\nresults = "results"', 'open(f"{results}/x.txt", "w").write(str(seed))'
    )
    reproduce.run_notebook(path, tmp_path / "out", parameters={"seed": 7})
    assert (tmp_path / "out" / "x.txt").read_text() == "7"
    with pytest.raises(ValueError, match="has no parameter sed; it has seed, results"):
        reproduce.run_notebook(path, tmp_path / "out", parameters={"sed": 7})


@pytest.mark.notebook
def test_a_failing_notebook_is_one_sentence(tmp_path):
    path = notebook(tmp_path / "nb.ipynb", "seed = 1", "1 / 0")
    with pytest.raises(reproduce.ReproduceError, match=r"^nb.ipynb failed: ZeroDivisionError: division by zero$"):
        reproduce.run_notebook(path, tmp_path / "results")
