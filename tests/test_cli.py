"""The command line: what it prints, and that a mistake is one sentence."""

import subprocess
import sys

import pytest

from kzanalytics.files import read_table


def run(*arguments, cwd=None, **env):
    return subprocess.run(
        [sys.executable, "-m", "kzanalytics", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
    )


def test_rates_of_the_seeds_as_a_table(tmp_path):
    done = run("rates", "seeds", "-o", tmp_path / "rates.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    table = read_table(tmp_path / "rates.csv")
    assert table["outlet"].nunique() == 5


def test_arabic_prints_on_a_console_without_arabic(tmp_path):
    command = [sys.executable, "-m", "kzanalytics", "cite", "seeds"]
    done = subprocess.run(
        command, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert b"SHA-256" in done.stdout


MISTAKES = {
    "a wrong path": (["rates", "nowhere.csv"], "there is no file or folder nowhere.csv"),
    "an empty folder": (["rates", "empty"], "holds no .txt or .html file"),
    "no text column": (["rates", "no_text.csv"], "has no column 'text'"),
    "an unknown codebook": (["rates", "seeds", "-c", "kazakhstan-1916"], "kazakhstan-1916"),
    "a broken YAML": (["rates", "seeds", "-c", "broken.yaml"], "broken.yaml"),
    "a file that is not text": (["rates", "binary.txt"], "binary.txt"),
    "a folder of what is not text": (["rates", "binary"], "is readable text"),
    "a bad column mapping": (["rates", "no_text.csv", "--column", "text"], "is not OURS=YOURS"),
    "an unknown notebook": (["run", "99"], "there is no notebook 99"),
    "check and update": (["reproduce", "--check", "--update"], "exclude each other"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_sentence_and_no_traceback(tmp_path, name):
    arguments, says = MISTAKES[name]
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").mkdir()
    (tmp_path / "no_text.csv").write_text("body\nخبر\n", encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    for path in (tmp_path / "binary.txt", tmp_path / "binary" / "x.txt"):
        path.write_bytes(b"\x89PNG\x00\xff\xfe\x01")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    errors = [line for line in done.stderr.splitlines() if not line.startswith("note: ")]
    assert len(errors) == 1, done.stderr
    assert errors[0].startswith("error: ")
    assert says in errors[0]
    assert "Traceback" not in done.stderr


def test_check_tells_a_codebook_from_a_corpus(tmp_path):
    (tmp_path / "mine.csv").write_text("frame,term\nprices,سعر\n", encoding="utf-8")
    (tmp_path / "news.csv").write_text("article_id,text\na,خبر\n", encoding="utf-8")
    assert run("check", tmp_path / "news.csv").stdout.startswith("1 articles, 1 outlets")
    assert "articles" not in run("check", tmp_path / "mine.csv").stdout
