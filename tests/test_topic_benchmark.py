"""The benchmark of topics, in small: it is run rarely, on corpora that are not here, and must work when it is."""

import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from planted import TOPICS, planted_passages

SCRIPT = Path(__file__).resolve().parents[1] / "benchmarks" / "topics.py"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_topics", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(
    benchmark: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, *options: object
) -> list[dict]:
    monkeypatch.setattr("sys.argv", ["topics.py", *map(str, options)])
    benchmark.main()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of one main topic each, whose words carry articles and proclitics, as a text's do."""
    rng = np.random.default_rng(5)
    rows = []
    for i in range(120):
        shares = np.full(len(TOPICS), 0.15)
        shares[i % len(TOPICS)] = 0.55
        topics = rng.choice(len(TOPICS), 30, p=shares)
        words = [
            rng.choice(["", "ال", "وال", "بال"], p=[0.4, 0.35, 0.15, 0.1])
            + TOPICS[k][min(int(rng.exponential(3)), len(TOPICS[k]) - 1)]
            for k in topics
        ]
        rows.append((f"{i:03}", f"outlet {i % 3}", "2022-01-05", " ".join(words), "abcd"[i % len(TOPICS)]))
    path = tmp_path_factory.mktemp("labelled") / "articles.csv"
    pd.DataFrame(rows, columns=["article_id", "outlet", "date", "text", "section"]).to_csv(path, index=False)
    return path


def test_classes_are_found_and_better_than_by_plain_calls(benchmark, labelled, monkeypatch, capsys) -> None:
    about, *found = run(benchmark, monkeypatch, capsys, labelled, "--classes", "section", "--engines", "map", "nmf")
    assert about == {"articles": 120, "classes": dict.fromkeys("abcd", 30)}
    assert [row["k"] for row in found] == [4] * (len(found) // 2) + [8] * (len(found) // 2)
    nmi = {row["engine"]: row["nmi"] for row in found if row["k"] == 4}
    plain = [nmi.pop(name) for name in list(nmi) if name.endswith("plain call")]
    assert set(nmi) == {"map", "nmf", "map, passages", "nmf, passages"}
    assert min(nmi.values()) > 0.85
    assert min(nmi.values()) > max(plain)


def test_classes_may_stand_in_a_table_of_their_own_and_be_drawn_alike(benchmark, labelled, tmp_path) -> None:
    articles = pd.read_csv(labelled, dtype="str")
    sums = [hashlib.sha256(text.encode()).hexdigest() for text in articles["text"]]
    table = articles[["article_id"]].assign(subject=list("aaab") * 30, sha256=sums).iloc[::-1]
    table.iloc[:50].to_csv(tmp_path / "some.tsv", sep="\t", index=False)
    some = benchmark.labelled(labelled, "subject", tmp_path / "some.tsv", None)
    assert dict(zip(some["article_id"], some["subject"], strict=True)) == dict(table.iloc[:50, :2].values)
    drawn = benchmark.labelled(labelled, "subject", tmp_path / "some.tsv", 11)
    assert drawn["subject"].value_counts().to_dict() == {"a": 11, "b": 11}
    assert set(benchmark.labelled(labelled, "subject", tmp_path / "some.tsv", 20)["subject"]) == {"a"}
    table.assign(sha256=sums).to_csv(tmp_path / "wrong.tsv", sep="\t", index=False)
    with pytest.raises(SystemExit, match="another text in 120 of the 120 articles"):
        benchmark.labelled(labelled, "subject", tmp_path / "wrong.tsv", None)


def test_a_column_that_is_not_there_is_named(benchmark, labelled, monkeypatch, capsys) -> None:
    with pytest.raises(SystemExit, match=r"has no column 'class'.*section"):
        run(benchmark, monkeypatch, capsys, labelled, "--classes", "class")


def test_an_engine_is_measured_on_articles_it_has_not_seen(benchmark, tmp_path, monkeypatch, capsys) -> None:
    passages = planted_passages(n_articles=40)
    articles = passages.groupby("article_id", as_index=False).agg(
        {"outlet": "first", "date": "first", "text": " ".join}
    )
    corpus = tmp_path / "articles.csv"
    articles.to_csv(corpus, index=False)
    about = benchmark.prepare(corpus, 1.0, tmp_path)
    assert about["articles"] == 40
    assert about["words"] > 4_000
    options = ("--topics", 4, "--seeds", 1)
    (good,) = run(benchmark, monkeypatch, capsys, tmp_path, "--one", "map", *options)
    (bad,) = run(benchmark, monkeypatch, capsys, tmp_path, "--one", "gensim_1", *options)
    assert good["heldout_map"] > bad["heldout_map"]
    assert good["heldout_vb"] > bad["heldout_vb"]
    assert -np.log(48) < good["heldout_map"] < 0  # better than 48 words alike
    assert good["c_npmi"] > bad["c_npmi"]


def test_overhead_adds_up(benchmark, labelled, monkeypatch, capsys) -> None:
    plain, found = run(benchmark, monkeypatch, capsys, labelled, "--overhead", "--topics", 4, "--fractions", 1,
                       "--engines", "map")  # fmt: skip
    assert set(plain) == {"sklearn_counting_s", "gensim_counting_s"}
    after = found["terms_s"] + found["shares_s"] + found["tables_s"]
    assert found["overhead"] == pytest.approx(found["rest_s"] / found["fit_s"], rel=0.1, abs=0.05)
    assert found["overhead_with_all"] == pytest.approx((found["rest_s"] + after) / found["fit_s"], rel=0.1, abs=0.05)
    assert found["overhead"] < found["overhead_with_all"]
    ours = (found["rest_s"] + found["terms_s"] + found["tables_s"]) / (found["fit_s"] + found["shares_s"])
    assert found["overhead_of_tables"] == pytest.approx(ours, rel=0.1, abs=0.05)
    whole = found["counting_s"] + found["fit_s"] + found["rest_s"] + after
    plainly = plain["sklearn_counting_s"] + found["fit_s"] + found["shares_s"]
    assert found["to_plain_way"] == pytest.approx(whole / plainly, rel=0.1, abs=0.1)
