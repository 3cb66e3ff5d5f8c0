"""The package as a whole: what importing costs, what it exports, and that the project's files agree."""

import importlib
import json
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
import yaml

import kzanalytics as kz

ROOT = Path(__file__).resolve().parent.parent
in_checkout = pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="needs the checkout")


def test_every_public_name_is_there_and_documented():
    for name in kz.__all__:
        value = getattr(kz, name)
        if callable(value):
            assert (value.__doc__ or "").strip(), f"{name} has no docstring"
        elif name != "__version__":
            assert value is not None


def test_every_public_name_is_public_in_its_module():
    for name, home in kz._HOME.items():
        assert name in importlib.import_module(f"kzanalytics.{home}").__all__, f"{home}.__all__ lacks {name}"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'find_mention'"):
        _ = kz.find_mention


def test_importing_loads_nothing():
    code = "import sys, kzanalytics; print(sorted({'numpy', 'pandas', 'sklearn', 'gensim', 'matplotlib'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_importing_is_no_slower_than_pandas():
    def seconds(module):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
        return time.perf_counter() - start

    assert min(seconds("kzanalytics") for _ in range(3)) <= 1.3 * min(seconds("pandas") for _ in range(3))


@in_checkout
def test_environment_yml_agrees_with_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["name"] == project["name"]
    assert environment["channels"][0] == "conda-forge"
    python = next(d for d in environment["dependencies"] if isinstance(d, str) and d.startswith("python="))
    assert tuple(map(int, python.split("=")[1].split("."))) >= (3, 11)
    pip = environment["dependencies"][-1]["pip"]
    assert pip[0] == "-c requirements.lock"
    extras = re.fullmatch(r"-e \.\[(.*)\]", pip[1]).group(1).split(",")
    assert "notebooks" in extras
    assert set(extras) <= set(project["optional-dependencies"])


@in_checkout
def test_the_lock_pins_every_dependency_and_no_address():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+", line) for line in lines), (
        "a line is not name==version"
    )
    names = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    wanted = [
        *project["dependencies"],
        *(d for e in ("notebooks", "files", "test") for d in project["optional-dependencies"][e]),
    ]
    wanted = {re.sub(r"[-_.]+", "-", re.split(r"[<>=\[]", d)[0]).lower() for d in wanted} - {"kzanalytics"}
    assert wanted <= names


@in_checkout
def test_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert kz.__version__ == project["version"] == str(citation["version"])


@in_checkout
@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebooks_are_committed_as_run(path):
    nb = json.loads(path.read_text(encoding="utf-8"))
    code = [c for c in nb["cells"] if c["cell_type"] == "code"]
    assert [c["execution_count"] for c in code] == list(range(1, len(code) + 1))
    assert not any(o["output_type"] == "error" for c in code for o in c["outputs"])
    source = "\n".join("".join(c["source"]) for c in code)
    assert not re.search(r"^\s*def ", source, re.M), "a notebook defines no function; it belongs in the library"
    assert path.stat().st_size < 1_500_000
    assert not re.search(r"/(home|root|Users|work|tmp)/\w", json.dumps(nb["cells"])), "a path of one machine"
    assert any("parameters" in c["metadata"].get("tags", []) for c in code)
    assert "run_info" in "".join(code[-1]["source"])


@in_checkout
def test_every_public_name_is_indexed_by_task():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    indexed = set(re.findall(r"`(\w+)`", page))
    assert set(kz.__all__) - {"__version__"} <= indexed


@in_checkout
def test_the_readme_holds_exactly_two_commands():
    script = ROOT / ".ci" / "readme_command.py"
    commands = [
        subprocess.run([sys.executable, str(script), which], capture_output=True, text=True, check=True).stdout.strip()
        for which in ("main", "test")
    ]
    assert commands[0].endswith("kzanalytics reproduce")
    assert "pytest" in commands[1]
