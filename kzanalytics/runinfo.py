"""Where a result comes from: versions, corpus, codebook; and how to cite it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import __version__

if TYPE_CHECKING:
    from .codebooks import Codebook

__all__ = ["cite", "corpus_checksum", "run_info"]

_PACKAGES = [
    "numpy",
    "pandas",
    "pyarrow",
    "scipy",
    "scikit-learn",
    "gensim",
    "matplotlib",
    "arabic-reshaper",
    "python-bidi",
    "simplemma",
    "PyYAML",
    "Jinja2",
]


class RunInfo(dict[str, Any]):
    """A dict that a notebook shows as a short table."""

    def _rows(self) -> list[tuple[str, str]]:
        rows = []
        for key, value in self.items():
            if isinstance(value, Mapping):
                value = ", ".join(f"{k} {v}" for k, v in value.items())
            rows.append((key, str(value)))
        return rows

    def __repr__(self) -> str:
        return "\n".join(f"{key:<12} {value}" for key, value in self._rows())


def corpus_checksum(articles: pd.DataFrame) -> str:
    """Return the SHA-256 of a corpus: of every id and text, in the order of the ids.

    Two corpora with the same checksum have the same articles under the same ids, in whatever order and file format.

    >>> corpus_checksum(pd.DataFrame({"article_id": ["a"], "text": ["خبر"]}))[:12]
    '50bf5c745965'
    """
    digest = hashlib.sha256()
    ordered = articles[["article_id", "text"]].sort_values("article_id", kind="stable")
    for article_id, text in ordered.itertuples(index=False):
        for part in (article_id, text):
            raw = str(part).encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "little") + raw)
    return digest.hexdigest()


def run_info(
    articles: pd.DataFrame | None = None, codebook: Codebook | None = None, *, seed: int | None = None
) -> RunInfo:
    """Return what a result depends on: versions, the corpus and its checksum, the codebook, the seed.

    Parameters
    ----------
    articles : DataFrame, optional
        The corpus, for its size and checksum.
    codebook : Codebook, optional
        For its id, version and checksum.
    seed : int, optional
        The random seed.

    Returns
    -------
    dict
        ``kzanalytics, python, packages`` and, where given, ``corpus, codebook, seed``. It holds no path, no host and no time,
        so the same inputs give the same record. A notebook shows it as a table.

    Examples
    --------
    >>> run_info(seed=2022)["seed"]
    2022
    """
    info = RunInfo(kzanalytics=__version__, python=platform.python_version(), packages=_versions())
    if articles is not None:
        n_outlets = articles["outlet"].nunique() if "outlet" in articles else 0
        info["corpus"] = {
            "articles": len(articles),
            "outlets": n_outlets,
            "sha256": corpus_checksum(articles),
        }
    if codebook is not None:
        info["codebook"] = {"id": codebook.id, "version": str(codebook.version)}
    if seed is not None:
        info["seed"] = seed
    return info


def _versions() -> dict[str, str]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


_METHODS = {
    "log-odds with an informative Dirichlet prior (keyness)": (
        "monroe2008",
        "Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008). Fightin' Words: Lexical Feature Selection and Evaluation for "
        "Identifying the Content of Political Conflict. Political Analysis 16(4), 372-403. doi:10.1093/pan/mpn018",
        "article",
        {
            "author": "Monroe, Burt L. and Colaresi, Michael P. and Quinn, Kevin M.",
            "title": "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of Political Conflict",
            "journal": "Political Analysis",
            "volume": "16",
            "number": "4",
            "pages": "372--403",
            "year": "2008",
            "doi": "10.1093/pan/mpn018",
        },
    ),
    "frames": (
        "entman1993",
        "Entman, R. M. (1993). Framing: Toward Clarification of a Fractured Paradigm. Journal of Communication 43(4), 51-58. "
        "doi:10.1111/j.1460-2466.1993.tb01304.x",
        "article",
        {
            "author": "Entman, Robert M.",
            "title": "Framing: Toward Clarification of a Fractured Paradigm",
            "journal": "Journal of Communication",
            "volume": "43",
            "number": "4",
            "pages": "51--58",
            "year": "1993",
            "doi": "10.1111/j.1460-2466.1993.tb01304.x",
        },
    ),
    "latent Dirichlet allocation (topics)": (
        "blei2003",
        "Blei, D. M., Ng, A. Y. and Jordan, M. I. (2003). Latent Dirichlet Allocation. Journal of Machine Learning Research 3, "
        "993-1022.",
        "article",
        {
            "author": "Blei, David M. and Ng, Andrew Y. and Jordan, Michael I.",
            "title": "Latent Dirichlet Allocation",
            "journal": "Journal of Machine Learning Research",
            "volume": "3",
            "pages": "993--1022",
            "year": "2003",
        },
    ),
    "the article as the unit of comparison": (
        "lijffijt2016",
        "Lijffijt, J., Nevalainen, T., Saily, T., Papapetrou, P., Puolamaki, K. and Mannila, H. (2016). Significance testing of "
        "word frequencies in corpora. Digital Scholarship in the Humanities 31(2), 374-397. doi:10.1093/llc/fqu064",
        "article",
        {
            "author": 'Lijffijt, Jefrey and Nevalainen, Terttu and S{\\"a}ily, Tanja and Papapetrou, Panagiotis and '
            'Puolam{\\"a}ki, Kai and Mannila, Heikki',
            "title": "Significance testing of word frequencies in corpora",
            "journal": "Digital Scholarship in the Humanities",
            "volume": "31",
            "number": "2",
            "pages": "374--397",
            "year": "2016",
            "doi": "10.1093/llc/fqu064",
        },
    ),
}


def cite(articles: pd.DataFrame | None = None, codebook: Codebook | None = None, *, style: str = "text") -> str:
    """Return how to cite a result: the software, the codebook, the corpus by its checksum, and the methods.

    Parameters
    ----------
    articles, codebook : optional
        What was used; each adds its line.
    style : {"text", "bibtex"}
        Plain text or BibTeX entries. No DOI is made up: the software has none yet.

    Examples
    --------
    >>> print(cite().splitlines()[0])
    The kzanalytics contributors. kzanalytics (version 0.1.0). Software, MIT licence.
    """
    if style not in ("text", "bibtex"):
        raise ValueError(f"style must be 'text' or 'bibtex', not {style!r}")
    book = f"Codebook {codebook.id}, version {codebook.version}." if codebook is not None else ""
    corpus = f"Corpus of {len(articles)} articles, SHA-256 {corpus_checksum(articles)}." if articles is not None else ""
    if style == "text":
        lines = [
            f"The kzanalytics contributors. kzanalytics (version {__version__}). Software, MIT licence.",
            book,
            corpus,
        ]
        lines += [f"For {what}: {text}" for what, (_, text, _, _) in _METHODS.items()]
        return "\n".join(line for line in lines if line)
    note = " ".join(part for part in ("MIT licence.", book, corpus) if part)
    entries = [
        _bibtex(
            "software",
            "kzanalytics",
            {
                "author": "{The kzanalytics contributors}",
                "title": "kzanalytics",
                "version": __version__,
                "note": note,
            },
        )
    ]
    entries += [_bibtex(kind, key, fields) for key, _, kind, fields in _METHODS.values()]
    return "\n\n".join(entries)


def _bibtex(kind: str, key: str, fields: Mapping[str, str]) -> str:
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{kind}{{{key},\n{body}\n}}"
