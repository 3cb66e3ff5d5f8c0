"""The command line: the library's functions over files."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

    from .codebooks import Codebook

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Who frames an event how, and in whose voice? Framing analysis of Arabic news.",
)

Corpus = Annotated[str, typer.Argument(help="A folder of texts, a .csv, .xlsx, .jsonl or .parquet file, or: seeds")]
CodebookOption = Annotated[
    str, typer.Option("--codebook", "-c", help="A codebook's id, or a path to your own YAML or CSV")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write here (.csv, .jsonl or .parquet) instead of the screen")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Which of your columns is ours, for instance text=body; may be repeated"),
]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Of text files, if it is not UTF-8")]
Title = Annotated[str, typer.Option("--title", help="What to do with a title column: separate or prepend")]
By = Annotated[str, typer.Option("--by", help="Column to group by; several with commas")]
KAZAKHSTAN = "kazakhstan-2022"


def _articles(corpus: str, columns: list[str] | None, encoding: str | None, title: str = "separate") -> pd.DataFrame:
    from .files import load_seeds, read_articles

    if corpus == "seeds" and not Path(corpus).exists():
        if columns or encoding or title != "separate":
            raise ValueError("--column, --encoding and --title are for a corpus of your own, not for seeds")
        return load_seeds()
    return read_articles(corpus, columns=_mapping(columns), encoding=encoding, title=title)


def _mapping(columns: list[str] | None) -> dict[str, str] | None:
    if not columns:
        return None
    bad = [c for c in columns if "=" not in c]
    if bad:
        raise ValueError(f"--column {bad[0]} is not OURS=YOURS; write for instance --column text=body")
    return dict(c.split("=", 1) for c in columns)


def _codebook(name: str) -> Codebook:
    from .codebooks import load_codebook

    return load_codebook(name)


def _columns(by: str) -> Any:
    names = [name.strip() for name in by.split(",") if name.strip()]
    return names[0] if len(names) == 1 else names


def _show(table: pd.DataFrame, output: Path | None) -> None:
    if output is not None:
        from .files import write_table

        write_table(table, output)
        _say(f"wrote {len(table)} rows to {output}")
        return
    import pandas as pd

    with pd.option_context(
        "display.max_rows", None, "display.max_columns", None, "display.width", None, "display.max_colwidth", 60
    ):
        typer.echo(table.to_string(index=False) if len(table) else "no rows")


def _say(message: str) -> None:
    typer.echo(message, err=True)


@app.command()
def mentions(
    corpus: Corpus = "seeds",
    codebook: CodebookOption = KAZAKHSTAN,
    output: Output = None,
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
    attribution: Annotated[bool, typer.Option(help="Say whose voice each mention is in")] = True,
) -> None:
    """List every frame mention, with voice, speaker and stance."""
    from .mentions import find_mentions

    articles = _articles(corpus, column, encoding, title)
    table = find_mentions(articles, _codebook(codebook))
    if attribution:
        from .attribution import attribute_mentions

        table = attribute_mentions(table, articles)
    _show(table, output)


@app.command()
def rates(
    corpus: Corpus = "seeds",
    codebook: CodebookOption = KAZAKHSTAN,
    by: By = "outlet",
    output: Output = None,
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
) -> None:
    """Count how often each outlet uses each frame, per 1,000 words, with its interval."""
    from .frames import frame_rates
    from .mentions import find_mentions

    articles = _articles(corpus, column, encoding, title)
    _show(frame_rates(find_mentions(articles, _codebook(codebook)), articles, by=_columns(by)), output)


@app.command()
def process(
    corpus: Annotated[str, typer.Argument(help="A .csv, .jsonl or .parquet file, or a folder of texts")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A folder of its own for the tables")],
    codebook: CodebookOption = KAZAKHSTAN,
    by: By = "outlet",
    jobs: Annotated[int, typer.Option(help="Worker processes")] = 1,
    batch_size: Annotated[int, typer.Option(help="Articles in a batch")] = 2000,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run, or add new articles")
    ] = False,
    engine: Annotated[str, typer.Option(help="local, or spark for a Parquet corpus on a cluster")] = "local",
    column: Columns = None,
    title: Title = "separate",
) -> None:
    """Do mentions, stance and rates of a corpus of any size, in batches; an interrupted run can be resumed."""
    if engine not in ("local", "spark"):
        raise ValueError(f"--engine must be local or spark, not {engine}")
    if engine == "spark":
        from .spark import process_corpus as process_on_spark

        found = process_on_spark(corpus, output, codebook, by=_columns(by))
        _say(f"{output}: {found['articles']} articles, {found['mentions']} mentions")
        return
    from .stream import process_corpus

    counts = process_corpus(
        corpus,
        output,
        codebook,
        by=_columns(by),
        columns=_mapping(column),
        title=title,
        jobs=jobs,
        batch_size=batch_size,
        resume=resume,
    )
    _say(
        f"{output}: {counts['articles']} articles, {counts['mentions']} mentions, {counts['rejects']} records rejected"
    )


@app.command()
def keyness(
    corpus: Corpus = "seeds",
    by: By = "outlet",
    top: Annotated[int, typer.Option(min=0, help="Terms per group; 0 for all")] = 20,
    output: Output = None,
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
) -> None:
    """Rank the words that set each outlet apart from the rest."""
    from .terms import keyness as rank_terms

    table = rank_terms(_articles(corpus, column, encoding, title), by=_columns(by))
    _show(table[table["rank"] <= top] if top else table, output)


@app.command()
def topics(
    corpus: Corpus = "seeds",
    n_topics: Annotated[int, typer.Option("--topics", "-k", help="How many topics")] = 6,
    engine: Annotated[str, typer.Option(help="gensim, sklearn, map or nmf")] = "gensim",
    seed: Annotated[int, typer.Option(help="Random seed")] = 2022,
    output: Output = None,
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
) -> None:
    """Fit topics and list their terms."""
    from .articles import split_passages
    from .topics import fit_topics

    passages = split_passages(_articles(corpus, column, encoding, title))
    _show(fit_topics(passages, n_topics=n_topics, engine=engine, seed=seed).terms, output)


@app.command()
def concordance(
    corpus: Corpus = "seeds",
    codebook: CodebookOption = KAZAKHSTAN,
    output: Output = None,
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
) -> None:
    """List every mention with the words before and after it."""
    from .mentions import concordance as in_context
    from .mentions import find_mentions

    articles = _articles(corpus, column, encoding, title)
    _show(in_context(find_mentions(articles, _codebook(codebook)), articles), output)


@app.command()
def reuse(
    corpus: Corpus = "seeds",
    output: Output = None,
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
) -> None:
    """List the passages that articles share: agency copy, or one speech quoted by all."""
    from .reuse import find_reuse

    _show(find_reuse(_articles(corpus, column, encoding, title)), output)


@app.command()
def report(
    corpus: Corpus = "seeds",
    codebook: CodebookOption = KAZAKHSTAN,
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write")] = Path("report.html"),
    text: Annotated[str, typer.Option(help="How much of the articles goes in: full, context or none")] = "full",
    column: Columns = None,
    encoding: Encoding = None,
    title: Title = "separate",
) -> None:
    """Write one self-contained HTML page to explore a corpus."""
    from .report import write_report

    write_report(output, _articles(corpus, column, encoding, title), _codebook(codebook), text=text)
    _say(f"wrote {output}")
    if text == "full":
        _say("The page holds the full texts, which belong to their publishers: do not pass it on without leave.")
        _say("With --text context it holds only the words around each mention.")


@app.command()
def check(
    path: Annotated[str, typer.Argument(help="A corpus or a codebook")],
    column: Columns = None,
    encoding: Encoding = None,
) -> None:
    """Check a corpus or a codebook and say what is wrong with it."""
    from .codebooks import check_codebook, list_codebooks

    if path in list_codebooks() or _is_codebook(Path(path)):
        problems = check_codebook(_codebook(path))
        _show(problems, None) if len(problems) else typer.echo("no problem found")
        raise typer.Exit(1 if len(problems) else 0)
    articles = _articles(path, column, encoding)
    dated = int(articles["date"].notna().sum())
    typer.echo(
        f"{len(articles)} articles, {articles['outlet'].nunique()} outlets, {dated} with a date, no further problem found"
    )


def _is_codebook(path: Path) -> bool:
    """Tell a codebook from a corpus: YAML, or a CSV whose first line is ``frame,term``."""
    if path.suffix.lower() in (".yaml", ".yml"):
        return True
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        header = file.readline(1000).decode("utf-8-sig", "replace").strip().lower()
    return header.replace(";", ",").split(",")[:2] == ["frame", "term"]


@app.command()
def run(
    notebook: Annotated[str, typer.Argument(help="A notebook's number, name or path")],
    corpus: Annotated[str | None, typer.Option(help="Your corpus")] = None,
    codebook: Annotated[str | None, typer.Option(help="Your codebook")] = None,
    seed: Annotated[int | None, typer.Option(help="Random seed")] = None,
    column: Columns = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the charts, tables and the executed notebook")
    ] = Path("results"),
) -> None:
    """Execute one notebook on your own corpus and codebook."""
    from .reproduce import run_notebook

    values = {
        "corpus": str(Path(corpus).resolve()) if corpus and Path(corpus).exists() else corpus,
        "codebook": str(Path(codebook).resolve()) if codebook and Path(codebook).exists() else codebook,
        "seed": seed,
        "columns": _mapping(column),
    }
    if corpus and not Path(corpus).exists() and corpus != "seeds":
        raise FileNotFoundError(f"there is no file or folder {corpus}; check the path")
    written = run_notebook(notebook, output, parameters={k: v for k, v in values.items() if v is not None})
    _say(f"wrote {written} and its charts to {output}")


@app.command()
def notebooks(destination: Annotated[Path, typer.Argument(help="A folder to copy them to")]) -> None:
    """Copy the notebooks, to work on them."""
    from .reproduce import copy_notebooks

    _say(
        f"wrote {len(copy_notebooks(destination))} notebooks to {destination}; open them with: jupyter lab {destination}"
    )


@app.command()
def reproduce(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for what the notebooks leave")] = Path(
        "results"
    ),
    check: Annotated[bool, typer.Option("--check", help="Compare the tables with the expected ones")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Make this run's tables and notebooks the expected ones")
    ] = False,
) -> None:
    """Run all notebooks; leave every chart, the table behind it and run_info.json in results/."""
    from . import reproduce as work

    if check and update:
        raise ValueError("--check and --update exclude each other; check first, then update deliberately")
    written = work.reproduce(output)
    counts = {ending: sum(p.suffix == ending for p in written) for ending in (".png", ".csv", ".ipynb")}
    typer.echo(f"wrote {counts['.png']} charts, {counts['.csv']} tables and {counts['.ipynb']} notebooks to {output}/")
    for path in written:
        typer.echo(f"  {path.name}")
    if update:
        typer.echo(f"{len(work.update_expected(output)) - 1} tables are now the expected ones")
    if check:
        differences = work.check_results(output)
        for line in differences:
            typer.echo(line)
        typer.echo(
            "some tables differ from the expected ones" if differences else "all tables agree with the expected ones"
        )
        raise typer.Exit(1 if differences else 0)


@app.command()
def cite(
    corpus: Annotated[str | None, typer.Argument(help="The corpus used, or: seeds")] = None,
    codebook: CodebookOption = KAZAKHSTAN,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="BibTeX instead of text")] = False,
) -> None:
    """Say how to cite the software, the codebook, the corpus and the methods."""
    from .runinfo import cite as citation

    articles = _articles(corpus, None, None) if corpus else None
    typer.echo(citation(articles, _codebook(codebook), style="bibtex" if bibtex else "text"))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a mistake of the user is one sentence on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Arabic on any console: where the console's encoding lacks a letter, an escape is printed, never an error
            stream.reconfigure(errors="backslashreplace")
    from .articles import CorpusWarning

    def show(message: Warning | str, category: type[Warning], *_: Any) -> None:
        if issubclass(category, UserWarning):
            _say(f"note: {message}")

    warnings.showwarning = show  # type: ignore[assignment]
    warnings.simplefilter("ignore")
    warnings.simplefilter("always", CorpusWarning)
    warnings.simplefilter("always", UserWarning)
    try:
        app(args=arguments, prog_name="kzanalytics")
    except (ValueError, OSError, ImportError) as error:
        _say(f"error: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        _say("interrupted; nothing half-written was left")
        sys.exit(130)


if __name__ == "__main__":
    main()
