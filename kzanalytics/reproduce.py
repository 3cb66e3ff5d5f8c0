"""Run the notebooks and compare what they leave with what is expected.

A published number is worth what its re-run is worth: the notebooks are executed from the top, every chart goes to
``results/`` with the table behind it, and the tables are compared by value with those in ``notebooks/expected/``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .files import read_table, write_whole
from .runinfo import run_info

__all__ = [
    "ReproduceError",
    "check_results",
    "compare_tables",
    "copy_notebooks",
    "notebooks_folder",
    "reproduce",
    "run_notebook",
]

#: Counts and texts must be equal; floats may differ by rounding, and topic shares by what another linear algebra
#: library's rounding does to an iterative fit.
TOLERANCE = 1e-6
TOPIC_TOLERANCE = 2e-3


class ReproduceError(ValueError):
    """A notebook failed, or what it left is not what was expected."""


def notebooks_folder() -> Path:
    """Return the folder of the notebooks: inside the installed package, or beside it in a checkout."""
    inside = Path(str(resources.files("kzanalytics"))) / "notebooks"
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / "notebooks"


def _notebooks() -> list[Path]:
    return sorted(p for p in notebooks_folder().glob("*.ipynb") if re.match(r"\d\d_", p.name))


def copy_notebooks(destination: str | os.PathLike[str]) -> list[Path]:
    """Copy the notebooks, to work on them; a file that is there already is never overwritten.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    FileExistsError
        If one of the files is there already.
    """
    folder = Path(destination)
    there = [p.name for p in _notebooks() if (folder / p.name).exists()]
    if there:
        raise FileExistsError(f"{folder} already has {', '.join(there)}; give another folder, or move them away")
    folder.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(p, folder / p.name)) for p in _notebooks()]


def run_notebook(
    notebook: str | os.PathLike[str],
    output: str | os.PathLike[str] = "results",
    *,
    parameters: Mapping[str, Any] | None = None,
    timeout: int = 600,
    on_cell: Any = None,
) -> Path:
    """Execute one notebook from the top and write it, executed, into `output`.

    Parameters
    ----------
    notebook : path or name
        A file, or the name or number of one of the notebooks that come with the package (``03`` or ``03_frames``).
    output : path, default ``results``
        The folder that the notebook's charts and tables go to.
    parameters : mapping, optional
        Values for the notebook's cell tagged ``parameters``, for instance ``{"corpus": "my.csv"}``.
    timeout : int
        Seconds that one cell may take.

    Returns
    -------
    Path
        The executed notebook.

    Raises
    ------
    ReproduceError
        If a cell fails: the notebook, the cell and its error in one sentence.
    FileNotFoundError
        If there is no such notebook.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    path = _find_notebook(notebook)
    folder = Path(output).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    nb = nbformat.read(path, as_version=4)
    values = dict(parameters or {})
    if folder.name != "results" or values:
        from papermill.iorw import load_notebook_node
        from papermill.parameterize import parameterize_notebook

        known = _parameters(nb)
        unknown = [name for name in values if name not in known]
        if unknown:
            raise ValueError(f"{path.name} has no parameter {', '.join(unknown)}; it has {', '.join(known)}")
        if "results" in known:
            values = {"results": folder.name, **values}
        nb = parameterize_notebook(load_notebook_node(str(path)), values, kernel_name="python3", language="python")
    client = NotebookClient(
        nb,
        timeout=timeout,
        kernel_name="python3",
        extra_arguments=["--log-level=40"],  # errors only
        resources={"metadata": {"path": str(folder.parent)}},
        on_cell_executed=on_cell,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise ReproduceError(f"{path.name} failed: {error.ename}: {error.evalue}") from None
    except CellTimeoutError:
        raise ReproduceError(f"{path.name} failed: a cell took more than {timeout} s") from None
    for cell in nb.cells:
        for key in ("execution", "papermill"):
            cell.metadata.pop(key, None)
    nb.metadata.pop("papermill", None)
    return write_whole(folder / path.name, nbformat.writes(nb).encode())


def _find_notebook(notebook: str | os.PathLike[str]) -> Path:
    path = Path(notebook)
    if path.is_file():
        return path
    found = [p for p in _notebooks() if p.name == path.name or p.stem == path.name or p.name[:2] == str(notebook)]
    if not found:
        names = ", ".join(p.stem for p in _notebooks())
        raise FileNotFoundError(f"there is no notebook {notebook}; give a file, or one of {names}")
    return found[0]


def _parameters(nb: Any) -> list[str]:
    cells = [c for c in nb.cells if "parameters" in c.metadata.get("tags", [])]
    return re.findall(r"^(\w+)\s*=", cells[0].source, re.M) if cells else []


def reproduce(
    output: str | os.PathLike[str] = "results", *, notebooks: Iterable[str] | None = None, progress: bool | None = None
) -> list[Path]:
    """Run all notebooks in order and leave every chart, the table behind it and ``run_info.json`` in `output`.

    Parameters
    ----------
    output : path, default ``results``
        Made in the current folder if it is not there.
    notebooks : names, optional
        Only these.
    progress : bool, optional
        Show a progress bar; by default only on a terminal.

    Returns
    -------
    list of Path
        Every file that this run wrote.
    """
    import nbformat
    from tqdm import tqdm

    paths = [_find_notebook(n) for n in notebooks] if notebooks else _notebooks()
    if not paths:
        raise FileNotFoundError(f"there are no notebooks in {notebooks_folder()}; reinstall the package")
    folder = Path(output)
    before = {p: p.stat().st_mtime_ns for p in folder.glob("*")} if folder.is_dir() else {}
    sizes = [sum(c.cell_type == "code" for c in nbformat.read(p, as_version=4).cells) for p in paths]
    with tqdm(total=sum(sizes), unit="cell", disable=None if progress is None else not progress, leave=False) as bar:
        for path in paths:
            bar.set_description(path.stem)
            run_notebook(path, folder, on_cell=lambda **_: bar.update())
    write_whole(folder / "run_info.json", json.dumps(run_info(), indent=1).encode())
    return sorted(p for p in folder.glob("*") if p.is_file() and before.get(p) != p.stat().st_mtime_ns)


def expected_folder() -> Path:
    """Return the folder of the expected tables."""
    return notebooks_folder() / "expected"


def check_results(
    output: str | os.PathLike[str] = "results", expected: str | os.PathLike[str] | None = None
) -> list[str]:
    """Compare the tables of a run with the expected ones, by value.

    Returns
    -------
    list of str
        One line for each difference (table, row, column, both numbers), and then which inputs have changed. Empty if all agree.
    """
    wanted, folder = Path(expected or expected_folder()), Path(output)
    differences = []
    tables = sorted(wanted.glob("*.csv"))
    if not tables:
        raise FileNotFoundError(f"{wanted} holds no expected tables; make them with: kzanalytics reproduce --update")
    for path in tables:
        if not (folder / path.name).is_file():
            differences.append(f"{path.stem}: the run left no such table")
            continue
        differences += compare_tables(read_table(folder / path.name), read_table(path), path.stem)
    extra = sorted({p.name for p in folder.glob("*.csv")} - {p.name for p in tables})
    differences += [f"{Path(name).stem}: nothing is expected under this name" for name in extra]
    return differences + _changed_inputs(wanted) if differences else []


def _changed_inputs(wanted: Path) -> list[str]:
    record = wanted / "run_info.json"
    if not record.is_file():
        return []
    then, now = json.loads(record.read_text(encoding="utf-8")), expected_inputs()
    lines = []
    for key, old in then.items():
        pairs = (
            [(f"{key} {k}", v, now[key].get(k)) for k, v in old.items()]
            if isinstance(old, dict)
            else [(key, old, now[key])]
        )
        lines += [
            f"changed input: {name}: expected with {before}, this run {after}"
            for name, before, after in pairs
            if before != after
        ]
    return lines or ["no input has changed: neither a package, nor the corpus, nor the codebook"]


def expected_inputs() -> dict[str, Any]:
    """Return what the expected tables depend on: versions, the seeds' checksum, the codebook."""
    from .codebooks import load_codebook
    from .files import load_seeds

    return dict(run_info(load_seeds(), load_codebook("kazakhstan-2022"), seed=2022))


def update_expected(output: str | os.PathLike[str] = "results") -> list[Path]:
    """Make the tables of a run the expected ones, and its executed notebooks the committed ones.

    Raises
    ------
    ValueError
        If `output` is not called ``results``: the notebooks would then hold another folder's name.
    """
    folder, wanted = Path(output), expected_folder()
    if folder.name != "results":
        raise ValueError(f"expected tables are made from a run into a folder called results, not {folder.name}")
    for old in wanted.glob("*.csv*"):
        old.unlink()
    written = [write_whole(wanted / p.name, p.read_bytes()) for p in sorted(folder.glob("*.csv*"))]
    for path in _notebooks():
        write_whole(path, (folder / path.name).read_bytes())
    record = json.dumps(expected_inputs(), indent=1, ensure_ascii=False)
    return [*written, write_whole(wanted / "run_info.json", record.encode())]


def compare_tables(found: pd.DataFrame, expected: pd.DataFrame, name: str = "table", *, most: int = 10) -> list[str]:
    """Compare two tables by value: text and counts exactly, floats within a tolerance.

    Parameters
    ----------
    found, expected : DataFrame
    name : str
        The table's name; for one that starts with ``06`` (topics) floats may differ by 0.002, else by a millionth part.
    most : int
        Differences listed at the most.

    Returns
    -------
    list of str
        ``name, row 3, column rate: 4.1, expected 4.2``; empty if the tables agree.

    Examples
    --------
    >>> a = pd.DataFrame({"frame": ["terrorism"], "rate": [4.1]})
    >>> compare_tables(a, a.assign(rate=4.2), "rates")
    ['rates, row 0 (terrorism), column rate: 4.1, expected 4.2']
    """
    if list(found.columns) != list(expected.columns):
        return [f"{name}: its columns are {', '.join(found.columns)}; expected {', '.join(expected.columns)}"]
    if len(found) != len(expected):
        return [f"{name}: it has {len(found)} rows, expected {len(expected)}"]
    tolerance = TOPIC_TOLERANCE if name.startswith("06") else TOLERANCE
    lines = []
    labels = [c for c in expected.columns if not pd.api.types.is_numeric_dtype(expected[c])]
    for column in expected.columns:
        a, b = found[column], expected[column]
        if pd.api.types.is_numeric_dtype(a) and pd.api.types.is_numeric_dtype(b):
            x, y = a.to_numpy("float64"), b.to_numpy("float64")
            differs = ~np.isclose(x, y, rtol=tolerance, atol=tolerance, equal_nan=True)
        else:
            differs = (a.astype("str") != b.astype("str")).to_numpy()
        for i in np.flatnonzero(differs):
            label = ", ".join(str(expected[c].iloc[i])[:30] for c in labels[:2])
            lines.append(
                f"{name}, row {i}{f' ({label})' if label else ''}, column {column}: {a.iloc[i]}, expected {b.iloc[i]}"
            )
    return lines[:most] + ([f"{name}: {len(lines) - most} more differences"] if len(lines) > most else [])
