"""Topic models on disk: JSON, arrays and a Parquet table in one folder. Nothing in it is code."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ._topic_counts import Counts
from ._topic_engines import EngineFit
from .arabic import Analyzer
from .files import make_folder

if TYPE_CHECKING:
    from .topics import TopicModel

__all__ = ["load_model", "save_model"]

_FORMAT = "kzanalytics topic model 2"


def save_model(model: TopicModel, folder: Path) -> Path:
    """Write ``model.json``, ``arrays.npz`` and ``passages.parquet`` to `folder`, which is made if need be."""
    make_folder(folder)
    about = {
        "format": _FORMAT,
        "settings": model.settings,
        "analyzer": _describe(model.analyzer),
        "vocabulary": model.vocabulary,
        "labels": model.labels,
        "frames": list(model.frames),
        "fit": model.fit.settings,
        "seeds": None if model.seeds is None else model.seeds.to_dict("list"),
    }
    (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    extra = {f"extra_{name}": values for name, values in model.fit.extra.items()}
    counts = model.counts
    arrays = {"weights": model.fit.weights, "size": model.fit.size, "shares": model.shares}
    arrays |= {"ids": counts.ids, "ptr": counts.ptr}
    np.savez_compressed(folder / "arrays.npz", allow_pickle=False, **arrays, **extra)
    model.source.to_parquet(folder / "passages.parquet")
    return folder


def load_model(folder: Path) -> TopicModel:
    """Read what `save_model` wrote."""
    from .topics import TopicModel

    if not (folder / "model.json").is_file():
        raise FileNotFoundError(
            f"path={str(folder)!r} is not a folder with a model.json; give one that model.save() wrote"
        )
    about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    if about.get("format") != _FORMAT:
        raise ValueError(
            f"path={str(folder)!r} holds {about.get('format')!r}, and this version reads {_FORMAT!r}; fit it again"
        )
    with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
        extra = {name[6:]: arrays[name] for name in arrays.files if name.startswith("extra_")}
        fit = EngineFit(arrays["weights"], about["fit"], arrays["size"], extra, arrays["shares"])
        counts = Counts(arrays["ids"], arrays["ptr"], about["vocabulary"], about["settings"]["pruning"])
    seeds = None
    if about["seeds"] is not None:
        text = dict.fromkeys(("frame", "term", "lemma", "status"), "str")
        seeds = pd.DataFrame(about["seeds"]).astype(text)
    model = TopicModel(
        settings=about["settings"],
        counts=counts,
        fit=fit,
        source=pd.read_parquet(folder / "passages.parquet"),
        frames=tuple(about["frames"]),
        seeds=seeds,
        analyzer=_rebuild(about["analyzer"]),
    )
    vars(model).update(labels=about["labels"])  # so they are not looked for again
    return model


def _describe(analyzer: Any) -> dict[str, Any] | None:
    """The settings of our own analyzer; None for another, which is code and is not written."""
    if type(analyzer) is not Analyzer:
        return None
    settings = asdict(analyzer)
    stop_words = settings["stop_words"]
    return {
        **settings,
        "stop_words": None if stop_words is None else sorted(stop_words),
        "ngrams": list(analyzer.ngrams),
    }


def _rebuild(settings: dict[str, Any] | None) -> Analyzer | None:
    return None if settings is None else Analyzer(**{**settings, "ngrams": tuple(settings["ngrams"])})
