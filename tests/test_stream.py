"""Batches, several processes, interruption: nothing lost, nothing twice, the same bytes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import kzanalytics as kz
from kzanalytics import _batches
from kzanalytics.stream import Rejects, iter_articles, process_corpus


@pytest.fixture(scope="module")
def composed():
    return kz.compose_articles(60)


@pytest.fixture(scope="module")
def corpus(composed, tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "news.jsonl"
    composed.assign(date=composed["date"].astype("str")).to_json(path, orient="records", lines=True, force_ascii=False)
    return path


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_batches_hold_what_reading_at_once_holds(tmp_path, composed, ending):
    path = tmp_path / f"news.{ending}"
    if ending == "csv":
        composed.to_csv(path, index=False)
    elif ending == "jsonl":
        composed.assign(date=composed["date"].astype("str")).to_json(path, orient="records", lines=True)
    else:
        composed.to_parquet(path)
    batches = list(iter_articles(path, batch_size=7))
    assert max(map(len, batches)) == 7
    pd.testing.assert_frame_equal(pd.concat(batches, ignore_index=True), kz.read_articles(path))


def test_bad_records_are_rejected_with_their_line_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "news.jsonl"
    lines = ['{"article_id": "a", "text": "خبر"}', "{broken", '{"article_id": "a", "text": "آخر"}', "[1]"]
    lines += ['{"article_id": "b"}', "", '{"article_id": "c", "text": "ثالث"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    rejects = Rejects()
    ids = [i for batch in iter_articles(path, batch_size=2, rejects=rejects) for i in batch["article_id"]]
    assert ids == ["a", "c"]
    table = rejects.table().sort_values("line")
    assert table["line"].tolist() == [2, 3, 4, 5]
    assert table["reason"].tolist() == [
        "is not JSON in UTF-8",
        "has an article_id that stood before",
        "is not a JSON object",
        "has no text",
    ]
    with pytest.warns(kz.CorpusWarning, match="left out"):
        list(iter_articles(path))


def test_bad_csv_rows_are_rejected_with_their_line(tmp_path):
    path = tmp_path / "news.csv"
    raw = "article_id,text\na,خبر\nb,خبر,زائد\n".encode() + b"c,\xff\xfe\n" + 'd,"سطران\nهنا"\n'.encode()
    path.write_bytes(raw)
    rejects = Rejects()
    batches = list(iter_articles(path, rejects=rejects))
    assert batches[0]["text"].tolist() == ["خبر", "سطران\nهنا"]
    assert rejects.table()["line"].tolist() == [3, 4]


def test_a_line_without_end_is_rejected_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(_batches, "MAX_RECORD", 1000)
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": "x" * 5000}) + "\n" + json.dumps({"text": "خبر"}) + "\n", encoding="utf-8")
    rejects = Rejects()
    assert sum(len(b) for b in iter_articles(path, rejects=rejects)) == 1
    assert rejects.rows[0]["reason"] == "is longer than 1,000 bytes"


def test_what_cannot_be_read_in_batches_says_why(tmp_path):
    with pytest.raises(FileNotFoundError, match="there is no file or folder"):
        list(iter_articles(tmp_path / "nowhere.csv"))
    (tmp_path / "x.docx").write_bytes(b"")
    with pytest.raises(ValueError, match="is not a corpus that can be read in batches"):
        list(iter_articles(tmp_path / "x.docx"))
    (tmp_path / "x.csv").write_text("body\nخبر\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no column 'text'"):
        list(iter_articles(tmp_path / "x.csv"))
    with pytest.raises(ValueError, match="batch_size must be at least 1"):
        list(iter_articles(tmp_path / "x.csv", batch_size=0))


def test_a_run_gives_what_the_functions_give_in_memory(tmp_path, composed, corpus):
    counts = process_corpus(corpus, tmp_path / "out", batch_size=11)
    articles = kz.read_articles(corpus)
    mentions = kz.attribute_mentions(kz.find_mentions(articles, kz.load_codebook("kazakhstan-2022")), articles)
    found = kz.read_table(tmp_path / "out" / "mentions.parquet")
    pd.testing.assert_frame_equal(found, mentions)
    assert counts == {"mentions": len(mentions), "articles": 60, "rejects": 0}
    rates = kz.read_table(tmp_path / "out" / "rates.csv")
    expected = kz.frame_rates(mentions, articles)
    pd.testing.assert_series_equal(rates["rate"], expected["rate"])
    pd.testing.assert_series_equal(rates["n_tokens"], expected["n_tokens"])


def test_two_processes_give_the_same_bytes(tmp_path, corpus):
    process_corpus(corpus, tmp_path / "one", batch_size=20)
    process_corpus(corpus, tmp_path / "two", batch_size=20, jobs=2)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_doing_it_twice_changes_nothing_and_new_articles_are_added(tmp_path, composed, corpus):
    out = tmp_path / "out"
    process_corpus(corpus, out, batch_size=20)
    before = files(out)
    with pytest.raises(FileExistsError, match="holds a run already"):
        process_corpus(corpus, out, batch_size=20)
    process_corpus(corpus, out, batch_size=20, resume=True)
    assert files(out) == before
    day = tmp_path / "day.jsonl"
    more = pd.concat(
        [composed.iloc[50:], kz.compose_articles(5, seed=9).assign(article_id=[f"n{i}" for i in range(5)])]
    )
    more.assign(date=more["date"].astype("str")).to_json(day, orient="records", lines=True, force_ascii=False)
    assert process_corpus(day, out, batch_size=20, resume=True)["articles"] == 65
    once = files(out)
    process_corpus(day, out, batch_size=20, resume=True)
    assert files(out) == once


def test_another_codebook_or_setting_is_refused(tmp_path, corpus):
    process_corpus(corpus, tmp_path / "out", batch_size=30)
    own = tmp_path / "own.csv"
    own.write_text("frame,term\nprices,سعر\n", encoding="utf-8")
    with pytest.raises(ValueError, match="made with another codebook"):
        process_corpus(corpus, tmp_path / "out", str(own), batch_size=30, resume=True)
    with pytest.raises(ValueError, match="made with another batch_size"):
        process_corpus(corpus, tmp_path / "out", batch_size=31, resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(FileExistsError, match="not empty and holds no run"):
        process_corpus(corpus, tmp_path / "mine")


def test_only_what_is_needed_is_read_of_a_parquet_file(tmp_path, composed):
    composed.assign(html="<p>", section="خبر").to_parquet(tmp_path / "wide.parquet")
    composed.rename(columns={"text": "body"}).to_parquet(tmp_path / "named.parquet")
    process_corpus(tmp_path / "wide.parquet", tmp_path / "out", by=["outlet", "section"])
    assert kz.read_table(tmp_path / "out" / "articles.parquet")["section"].unique().tolist() == ["خبر"]
    with pytest.raises(ValueError, match=r"no column 'text' \(its columns: .*body"):
        process_corpus(tmp_path / "named.parquet", tmp_path / "none")
    counts = process_corpus(tmp_path / "named.parquet", tmp_path / "named", columns={"text": "body"})
    assert counts["articles"] == len(composed)


def test_a_table_as_the_library_writes_it_is_taken_as_it_is_any_other_is_checked(composed):
    whole = _batches.to_articles(composed.assign(section=1), "separate")
    pd.testing.assert_frame_equal(whole, kz.check_articles(composed.assign(section=1)))
    broken = composed.drop(columns="title").assign(outlet=[" ", *composed["outlet"].iloc[1:]])
    pd.testing.assert_frame_equal(_batches.to_articles(broken, "separate"), kz.check_articles(broken))


def test_the_bar_says_how_much_is_left_and_is_silent_without_a_terminal(tmp_path, composed, corpus, capsys):
    process_corpus(corpus, tmp_path / "quiet", batch_size=20)
    assert capsys.readouterr().err == ""
    composed.to_parquet(tmp_path / "news.parquet")
    process_corpus(tmp_path / "news.parquet", tmp_path / "shown", batch_size=20, progress=True)
    assert "20/60" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="reads /proc")
def test_workers_end_when_the_run_is_killed(tmp_path, corpus):
    def below(pid):
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            children = []
        return [int(c) for c in children] + [d for c in children for d in below(c)]

    code = "import sys; from kzanalytics.stream import process_corpus\n"
    code += "if __name__ == '__main__': process_corpus(sys.argv[1], sys.argv[2], batch_size=1, jobs=2)"
    (tmp_path / "run.py").write_text(code)
    run = subprocess.Popen([sys.executable, str(tmp_path / "run.py"), str(corpus), str(tmp_path / "out")])
    deadline = time.monotonic() + 60
    while len(workers := below(run.pid)) < 4 and run.poll() is None:  # a tracker, the process they come from, two
        assert time.monotonic() < deadline
        time.sleep(0.05)
    run.kill()
    run.wait()
    while any(os.path.isdir(f"/proc/{pid}") for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.slow
def test_killed_at_random_moments_and_resumed_it_gives_the_same_bytes(tmp_path, corpus):
    process_corpus(corpus, tmp_path / "whole", batch_size=2)
    code = "import sys; from kzanalytics.stream import process_corpus; "
    code += "process_corpus(sys.argv[1], sys.argv[2], batch_size=2, resume=True)"
    chance = random.Random(7)
    killed = 0
    for _ in range(20):
        run = subprocess.Popen(
            [sys.executable, "-c", code, str(corpus), str(tmp_path / "killed")], stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.8, 2.5))
        if run.poll() is None:
            os.kill(run.pid, signal.SIGKILL)
            killed += 1
        run.wait()
    process_corpus(corpus, tmp_path / "killed", batch_size=2, resume=True)
    assert killed >= 5
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
