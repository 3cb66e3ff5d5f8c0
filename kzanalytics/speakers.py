"""Who is meant: actors by name and alias, offices by country, and the text that licenses an office to stand for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from kzanalytics._normalize import normalize

__all__ = ["ACTOR_COLUMNS", "Actor", "Actors", "Speaker", "capitals", "is_close", "load_actors"]

ACTOR_COLUMNS: Final = ("actor", "kind", "role", "country", "gender", "side", "aliases", "note")
ACTOR_KINDS: Final = ("person", "institution", "media", "country", "office")


@dataclass(frozen=True)
class Actor:
    """A canonical actor. An ``office`` (kind) is a role of a country, not yet a person."""

    name: str
    kind: str
    role: str = ""
    country: str = ""
    gender: str = "m"


class Speaker(NamedTuple):
    """Whose words: canonical `names` (none if nobody is named), the `text` that names them, and their gender."""

    names: tuple[str, ...] = ()
    text: str = ""
    gender: str = "m"
    kind: str = ""

    @property
    def name(self) -> str:
        """The names joined by ``;``."""
        return ";".join(self.names)

    @property
    def is_god(self) -> bool:
        """Whether it is God who speaks: a verse, after which nobody goes on."""
        return self.text.split(None, 1)[:1] == ["الله"]


_Aliases = dict[str, list[tuple[int, dict[tuple[str, ...], Actor]]]]


@dataclass(eq=False)
class Actors:
    """Aliases by their first normalised word, longest first, and the countries of nationality words."""

    aliases: dict[str, list[tuple[tuple[str, ...], Actor]]] = field(default_factory=dict)
    nationality: dict[str, str] = field(default_factory=dict)
    first_names: dict[str, list[str]] = field(default_factory=dict)
    bodies: dict[tuple[str, ...], dict[str, Actor]] = field(default_factory=dict)  # وزارة الداخلية, by country
    _known: set[tuple[str, ...]] = field(default_factory=set, repr=False)
    _forms: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _index: dict[str, _Aliases] = field(default_factory=dict, repr=False)

    def add(self, aliases: Iterable[tuple[str, Actor]], *, override: bool = False) -> None:
        """Add aliases; one that is known keeps its first meaning unless `override`."""
        pairs = list(aliases)
        joined = normalize("\n".join(alias.replace("\n", " ") for alias, _ in pairs))  # it is the calls that cost
        for sign, instead in (("-", " "), ("(", " "), (")", " "), ("«", ""), ("»", "")):
            joined = joined.replace(sign, instead)
        for norm, (_, actor) in zip(joined.split("\n"), pairs, strict=True):
            words = tuple(norm.split())
            if "." in norm:
                words = tuple(word.strip(".") for word in words if word.strip("."))
            if not words:
                continue
            entries = self.aliases.setdefault(words[0], [])
            if words not in self._known:
                self._known.add(words)
                entries.append((words, actor))
            elif override:
                entries[[known for known, _ in entries].index(words)] = (words, actor)
            if actor.kind == "person" and len(words) > 1:
                self.first_names.setdefault(actor.name, []).append(words[0])

    def forms(self, word: str) -> tuple[str, ...]:
        """The first words of aliases that a word can be: as it stands, or without its proclitics."""
        found = self._forms.get(word)
        if found is None:
            forms = [word]
            if len(word) > 3 and word[0] in "وفبلك":
                forms.append(word[1:])
                if word.startswith("لل"):
                    forms.append("ال" + word[2:])  # للرئيس is ل + الرئيس
                elif word[0] in "وف" and len(word) > 4 and word[1] in "بلك":
                    forms.append("ال" + word[3:] if word.startswith("لل", 1) else word[2:])
            found = tuple(f for f in forms if f in self.aliases) if len(forms) > 1 or word in self.aliases else ()
            if len(self._forms) < 400_000:
                self._forms[word] = found
        return found

    def match(self, tokens: list[str], i: int, end: int) -> tuple[int, Actor] | None:
        """The longest alias that starts at token `i`: how many tokens, and whose; proclitics allowed."""
        forms = self._forms.get(tokens[i])
        if forms is None:
            forms = self.forms(tokens[i])
        for form in forms:
            seconds = self._index.get(form) or self._index_form(form)
            if i + 1 < end:
                for n, entries in seconds.get(tokens[i + 1], ()):
                    if i + n <= end and (found := entries.get(tuple(tokens[i + 1 : i + n]))):
                        return n, found
            if "" in seconds and i < end:
                return 1, seconds[""][0][1][()]
        return None

    def _index_form(self, form: str) -> _Aliases:
        """The aliases that start with a word: by their second ("" if there is none), then by length, longest first."""
        seconds: _Aliases = {}
        for words, actor in sorted(self.aliases[form], key=lambda entry: -len(entry[0])):
            lengths = seconds.setdefault(words[1] if len(words) > 1 else "", [])
            if not lengths or lengths[-1][0] != len(words):
                lengths.append((len(words), {}))
            lengths[-1][1][words[1:]] = actor
        self._index[form] = seconds
        return seconds


def _read(name: str) -> pd.DataFrame:
    path = resources.files("kzanalytics") / "data" / "actors" / name
    with path.open(encoding="utf-8") as stream:
        return pd.read_csv(stream, dtype=str, keep_default_na=False)


def _check(table: pd.DataFrame, what: str) -> pd.DataFrame:
    missing = [c for c in ("actor", "aliases") if c not in table.columns]
    if missing:
        raise ValueError(
            f"actors {what} lacks the column(s) {', '.join(missing)}; it needs actor and aliases "
            f"(separated by |), and may have {', '.join(c for c in ACTOR_COLUMNS if c not in ('actor', 'aliases'))}"
        )
    table = table.reindex(columns=list(ACTOR_COLUMNS), fill_value="").astype(object).fillna("").astype(str)
    table.loc[table["kind"] == "", "kind"] = "person"
    wrong = sorted(set(table["kind"]) - set(ACTOR_KINDS))
    if wrong:
        raise ValueError(f"actors {what}: kind {wrong[0]!r} is not one of {', '.join(ACTOR_KINDS)}; correct the row")
    return table


def _add_table(actors: Actors, table: pd.DataFrame, *, override: bool = False) -> None:
    forms = {country: (names, adjectives) for country, _, names, adjectives, _ in _country_rows()}
    for name, kind, role, country, gender, _, aliases, _ in table.itertuples(index=False, name=None):
        actor = Actor(name, kind, role, country, gender or "m")
        spelled: list[tuple[str, Actor]] = []
        for alias in aliases.split("|"):
            if "{" in alias and country not in forms:
                raise ValueError(f"actors: {name!r} has the alias {alias!r} and no known country; write the alias out")
            spelled += [(one, actor) for one in _fill(alias, *forms.get(country, ([], [])))]
            if alias.endswith((" {m}", " {f}")):
                actors.bodies.setdefault(tuple(normalize(alias[:-4]).split()), {})[country] = actor
        actors.add(spelled, override=override)


def _fill(pattern: str, names: list[str], adjectives: list[str]) -> list[str]:
    """A pattern with each name of a country for {n}, and each adjective for {m} and {f}."""
    if "{n}" in pattern:
        return [pattern.replace("{n}", name) for name in names]
    fills = [f"ال{adjective}{'ة' if '{f}' in pattern else ''}" for adjective in adjectives]
    return [pattern.replace("{m}", fill).replace("{f}", fill) for fill in fills] if "{" in pattern else [pattern]


@cache
def _country_rows() -> list[tuple[str, str, list[str], list[str], list[str]]]:
    rows = []
    for country, adjective, names, adjectives, capitals, _ in _read("countries.csv").itertuples(index=False, name=None):
        rows.append(
            (country, adjective, names.split("|"), adjectives.split("|"), [c for c in capitals.split("|") if c])
        )
    return rows


@cache
def capitals() -> frozenset[str]:
    """The capitals that news name for their governments, as normalised words."""
    return frozenset(normalize(name) for _, _, _, _, names in _country_rows() for name in names)


# Bodies that a text names without their country where it speaks of one; a foreign ministry may be anybody's.
_DOMESTIC: Final = (
    "interior ministry",
    "health ministry",
    "energy ministry",
    "police",
    "prosecutor",
    "government",
    "authorities",
)


def _build() -> Actors:
    actors = Actors()
    _add_table(actors, _check(_read("actors.csv"), "data"))
    found: list[tuple[str, Actor]] = []
    roles = list(_read("roles.csv").itertuples(index=False, name=None))
    institutions = list(_read("institutions.csv").itertuples(index=False, name=None))
    for country, adjective, names, adjectives, capitals in _country_rows():
        masculine = ["ال" + a for a in adjectives]
        feminine = ["ال" + a + "ة" for a in adjectives]
        for word in (*masculine, *feminine):
            actors.nationality[normalize(word)] = country
        for suffix, patterns, _ in institutions:
            name = f"{adjective} {suffix}"
            gender = "m" if patterns.split("|")[0].endswith("{m}") else "f"
            actor = Actor(name, "institution", "", country, gender)
            for pattern in patterns.split("|"):
                if suffix in _DOMESTIC and pattern.endswith((" {f}", " {m}")):
                    actors.bodies.setdefault(tuple(normalize(pattern[:-4]).split()), {})[country] = actor
                found += [(alias, actor) for alias in _fill(pattern, names, adjectives)]
        for role, forms, construct, _ in roles:
            office = Actor(f"{role} of {country}", "office", role, country)
            for form in forms.split("|"):
                for adj in feminine if form.split()[0].endswith("ة") else masculine:
                    found.append((f"{form} {adj}", office))
                for name in names:
                    found.append((f"{form} في {name}", office))
            for form in (f for f in construct.split("|") if f):
                for name in names:
                    found.append((f"{form} {name}", office))
        for adj in masculine:
            for word in ("نظيره", "نظيرها", "ونظيره", "لنظيره", "بنظيره"):
                office = Actor(f"counterpart of {country}", "office", "counterpart", country)
                found.append((f"{word} {adj}", office))
        for name in (*names, *capitals):
            found.append((name, Actor(country, "country", "", country, "m" if name in ("العراق", "لبنان") else "f")))
    for role, forms, _, _ in roles:
        for form in forms.split("|"):
            if form != "المستشار":
                found.append((form, Actor(role, "office", role, "")))
    for word in ("رئيسها", "رئيسه", "رئيسهم"):
        found.append((word, Actor("president", "office", "president", "of it")))
    actors.add(found)
    for entries in actors.aliases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return actors


@cache
def _default_actors() -> Actors:
    return _build()


def load_actors(source: str | Path | pd.DataFrame | None = None) -> Actors:
    """Load the actors, with one's own added to the shipped ones (one's own meaning of an alias wins).

    Parameters
    ----------
    source : str, Path or DataFrame, optional
        Rows to add: `actor` (the canonical name), `aliases` (separated by ``|``; where a `country` is given, ``{n}``
        stands for its names, ``{m}`` and ``{f}`` for its definite adjectives), and, if wanted, `kind`
        (``person``, ``institution``, ``media``, ``country``), `role` and `country` (so that
        «الرئيس الكازاخستاني» can stand for the person once the text has named him), `gender` (``m``, ``f``).

    Returns
    -------
    Actors

    Examples
    --------
    >>> actors = load_actors()
    >>> n_words, actor = actors.match(["لجنه", "الامن", "القومي", "الكازاخيه"], 0, 4)
    >>> n_words, actor.name
    (4, 'KNB')
    """
    if source is None:
        return _default_actors()
    if isinstance(source, pd.DataFrame):
        table = _check(source, "table")
    else:
        path = Path(source)
        if not path.is_file():
            raise FileNotFoundError(f"actors: no file {path}; give a CSV with the columns actor and aliases")
        table = _check(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig"), path.name)
    actors = _build()
    _add_table(actors, table, override=True)
    for entries in actors.aliases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return actors


def is_close(a: str, b: str) -> bool:
    """Whether two spellings of a first name differ in two letters at most."""
    if abs(len(a) - len(b)) > 2:
        return False
    row = list(range(len(b) + 1))
    for x, left in enumerate(a, 1):
        previous, row[0] = row[0], x
        for y, right in enumerate(b, 1):
            previous, row[y] = row[y], min(row[y] + 1, row[y - 1] + 1, previous + (left != right))
    return row[-1] <= 2
