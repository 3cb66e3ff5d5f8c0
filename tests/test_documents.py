"""Every code block in README and the documents runs."""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import kzanalytics as kz

ROOT = Path(__file__).resolve().parent.parent
PAGES = [p for p in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))] if p.is_file()]
pytestmark = pytest.mark.skipif(not PAGES, reason="needs the checkout")


def blocks(language):
    return [b for p in PAGES for b in re.findall(rf"```{language}\n(.*?)```", p.read_text(encoding="utf-8"), re.S)]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_blocks_run_as_doctests(page):
    import matplotlib.pyplot as plt

    text = page.read_text(encoding="utf-8")
    assert "```python\n" not in re.sub(r"```python\n>>>", "", text), "a python block that is no doctest is never run"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0
    plt.close("all")


def test_every_fenced_block_is_of_a_kind_that_is_tested():
    kinds = {k for p in PAGES for k in re.findall(r"^```(\w+)", p.read_text(encoding="utf-8"), re.M)}
    assert kinds <= {"sh", "python"}


@pytest.mark.notebook
def test_shell_lines_on_ones_own_corpus_run(tmp_path):
    corpus = kz.compose_articles(60).drop(columns="title").rename(columns={"text": "body", "outlet": "source"})
    corpus.to_csv(tmp_path / "my.csv", index=False)
    (tmp_path / "my_codebook.csv").write_text("frame,term\nprices,سعر\nlabour,عامل\n", encoding="utf-8")
    lines = [line for b in blocks("sh") for line in b.splitlines() if line.startswith("kzanalytics ")]
    assert len(lines) >= 3
    for line in lines:
        command = [sys.executable, "-m", *shlex.split(line)]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "MPLBACKEND": "agg"}
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "report.html").is_file()
    assert list((tmp_path / "results").glob("*.png"))
