"""The words that report, deny and disown: loaded from data, inflected, and looked up by normalised word."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import pandas as pd

from kzanalytics._normalize import normalize

__all__ = ["CUE_COLUMNS", "Cues", "Verb", "bases", "load_cues", "read_cue_table"]

CUE_COLUMNS: Final = ("form", "kind", "class", "present", "participle", "noun", "opens", "note")
VERB_KINDS: Final = ("verb", "hearsay", "relay", "describe", "accuse", "deny", "refuse")
_NOT_VERBS: Final = frozenset(
    (
        "عده",
        "علم",
        "علما",
        "علمه",
        "علمها",
        "علمهم",
        "علمهما",
        "علمن",
        "تعز",
        "يعز",
        "تواصل",
        "عدن",
        "ردن",
        "رابطه",
        "مرجعين",
        "بينن",
        "وصفا",
        "رفضا",
        "طلبا",
        "ردا",
        "ذكرا",
        "بينا",
        "وعدا",
        "ردها",
        "رده",
        "سموه",
        "سموها",
        "بينها",
        "بينه",
        "بينهم",
        "ردهم",
        "شبهه",
        "اقرا",
        "تذكروا",
    )
)
_NOT_ALONE: Final = frozenset(
    "امر فرق نص شعر صور سلم سرد ميز اسر يسر تسر يسرا قاطع".split()
)  # commoner as nouns; وفرق is a verb
_OBJECTS: Final = ("ه", "ها", "هم", "هما", "ني")


def bases(token: str) -> tuple[str, ...]:
    """A word and what is left of it without و، ف، ب، ل، ك and the article: where to look it up in a list."""
    found = _BASES.get(token)
    if found is None:
        out = [token]
        if len(token) > 4 and token[-1] == "ا" and token[-2] != "ه":
            out.append(token[:-1])  # accusative: هجوما
        stem = token
        if len(stem) > 3 and stem[0] in "وف":
            stem = stem[1:]
            out.append(stem)
        if stem[:1] in _PREFIXES:
            for prefix in _PREFIXES[stem[:1]]:
                if stem.startswith(prefix) and len(stem) - len(prefix) > 1:
                    out.append(stem[len(prefix) :])
                    break
        found = tuple(out)
        if len(_BASES) < 400_000:
            _BASES[token] = found
    return found


_BASES: dict[str, tuple[str, ...]] = {}
_PREFIXES: Final = {"ب": ("بال", "ب"), "ك": ("كال", "ك"), "ا": ("ال",), "ل": ("لل", "ل")}
_NO_KINDS: frozenset[str] = frozenset()
_NOTHING: dict[str, list[tuple[str, ...]]] = {}


@dataclass(frozen=True)
class Verb:
    """One inflected form: its `lemma`, `kind`, `cls` (class) and what it `opens`.

    `form` is ``finite``, ``participle`` or ``object`` (with an object pronoun, as in ما أعلنه); `gender` is
    that of the subject; `joined` says that و or ف is written on it; `person` is 1 for *we say*, *I say*.
    """

    lemma: str
    kind: str
    cls: str
    opens: frozenset[str]
    form: str
    gender: str
    joined: bool
    person: int = 3
    plural: bool = False


@dataclass(eq=False)
class Cues:
    """Cues ready for look-up: `verbs` by normalised word, `words` by kind and first word."""

    verbs: dict[str, Verb] = field(default_factory=dict)
    words: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = field(default_factory=dict)
    single: dict[str, set[str]] = field(default_factory=dict)
    stops: frozenset[str] = frozenset()
    by_word: dict[str, dict[str, list[tuple[str, ...]]]] = field(default_factory=dict, repr=False)
    by_words: dict[str, dict[str, dict[str, list[tuple[str, ...]]]]] = field(default_factory=dict, repr=False)
    _single_by_word: dict[str, set[str]] = field(default_factory=dict, repr=False)
    kinds_of: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)  # kept by `kinds`

    openers: frozenset[str] = frozenset()  # the words some verb opens what is said with

    def index(self) -> None:
        """Turn the lists over, so that one look-up tells all the lists of a word."""
        for kind, words in self.words.items():
            for word, phrases in words.items():
                self.by_word.setdefault(word, {})[kind] = [phrase for phrase, _ in phrases]
                seconds = self.by_words.setdefault(word, {}).setdefault(kind, {})
                for phrase, _ in phrases:
                    seconds.setdefault(phrase[1] if len(phrase) > 1 else "", []).append(phrase)
        for kind, singles in self.single.items():
            for word in singles:
                self._single_by_word.setdefault(word, set()).add(kind)

    def kinds(self, word: str) -> frozenset[str]:
        """The lists of single words that hold a word or what is left of it without its proclitics."""
        found = self.kinds_of.get(word)
        if found is None:
            found, lists = _NO_KINDS, self._single_by_word
            for base in bases(word):
                if base in lists:
                    found |= lists[base]
            if len(self.kinds_of) < 400_000:
                self.kinds_of[word] = found
        return found

    def listed(self) -> set[str]:
        """Every verb, every word that a cue starts with, and every word that can open what is said."""
        return {*self.verbs, *self.by_word, *self._single_by_word, *self.openers}

    def starts(self, word: str) -> dict[str, list[tuple[str, ...]]]:
        """The lists in which some cue starts with a word, and those cues: for nearly all words there are none."""
        return self.by_word.get(word, _NOTHING)

    def match(self, kind: str, tokens: list[str], i: int, end: int) -> int:
        """Number of tokens of the longest cue of a kind that starts at token `i`, 0 if none does."""
        found = self.by_words.get(tokens[i])
        seconds = found.get(kind) if found else None
        if seconds is None:
            return 0
        if i + 1 < end and (phrases := seconds.get(tokens[i + 1])):
            for phrase in phrases:
                n = len(phrase)
                if n == 2 or (i + n <= end and tuple(tokens[i : i + n]) == phrase):
                    return n
        return 1 if "" in seconds else 0


def _forms(past: str, present: str, participle: str) -> list[tuple[str, str, str, int, bool]]:
    """Inflect a verb: (word, form, gender, person, plural), spelt in full, weak endings included."""
    out: list[tuple[str, str, str, int, bool]] = []
    weak = past[-1] in "اى"
    stem = past[:-1] if weak else past
    out += [(past, "finite", "m", 3, False), (stem + "ت", "finite", "f", 3, False)]
    out += [(stem + "تا", "finite", "f", 3, True), (stem + "وا", "finite", "m", 3, True)]
    out += [((stem + "يا") if weak else past + "ا", "finite", "m", 3, True), (stem + "ن", "finite", "f", 3, True)]
    bare = stem + "ا" if weak else past
    out += [(bare + o, "object", "m", 3, False) for o in _OBJECTS]
    out += [(stem + "ت" + o, "object", "f", 3, False) for o in _OBJECTS]
    out += [(stem + "و" + o, "object", "m", 3, True) for o in _OBJECTS]
    if present:
        root = present[1:]
        weak = root[-1] in "ويى"
        short = root[:-1] if weak else root
        for future in ("", "س", "ل"):  # عاد ليتحدث عن
            out += [(future + "ي" + root, "finite", "m", 3, False), (future + "ت" + root, "finite", "f", 3, False)]
            out += [(future + "ي" + short + "ون", "finite", "m", 3, True)]
            out += [(future + "ن" + root, "finite", "m", 1, True), (future + "أ" + root, "finite", "m", 1, False)]
        out += [("ي" + short + "وا", "finite", "m", 3, True), ("ي" + short + "ان", "finite", "m", 3, True)]
        out += [("ت" + short + "ان", "finite", "f", 3, True)]
        if weak:  # after لم the ending falls: لم ينف
            out += [("ي" + short, "finite", "m", 3, False), ("ت" + short, "finite", "f", 3, False)]
        bare = (short + "ا") if root[-1] == "ى" else root
        for purpose in ("", "ل"):
            out += [(purpose + "ي" + bare + o, "object", "m", 3, False) for o in _OBJECTS]
            out += [(purpose + "ت" + bare + o, "object", "f", 3, False) for o in _OBJECTS]
    if participle:
        stem = participle.rstrip("ا") if participle.endswith("ا") else participle
        out += [(participle, "participle", "m", 3, False), (stem + "ة", "participle", "f", 3, False)]
        out += [(stem + "ين", "participle", "m", 3, True), (stem + "تين", "participle", "f", 3, True)]
    return out


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(normalize(text).split())


def _add_verb(cues: Cues, row: dict[str, str]) -> None:
    opens = frozenset(normalize(w) if not w.isascii() else w for w in row["opens"].split())
    forms = _forms(row["form"], row["present"], row["participle"])
    norms = normalize("\n".join(form[0] for form in forms)).split("\n")
    made: dict[tuple[object, ...], Verb] = {}
    for norm, (_, form, gender, person, plural) in zip(norms, forms, strict=True):
        if len(norm) < 2 or norm in _NOT_VERBS:
            continue
        for prefix in ("", "و", "ف"):
            if (form == "object" and prefix == "ف") or (norm in _NOT_ALONE and not prefix):
                continue
            traits = (form, gender, bool(prefix), person, plural)
            verb = made.get(traits)
            if verb is None:
                verb = made[traits] = Verb(row["form"], row["kind"], row["class"], opens, *traits)
            known = cues.verbs.get(prefix + norm)
            # a plain form beats one that only looks like it: وعد is not و + عد, زعمت not an object form, ألمح is not I
            looks = known is not None and (known.form != "finite" or (known.person == 1 and person == 3))
            if known is None or (looks and form == "finite"):
                cues.verbs[prefix + norm] = verb


def _check(table: pd.DataFrame, what: str) -> pd.DataFrame:
    missing = [c for c in ("form", "kind") if c not in table.columns]
    if missing:
        raise ValueError(
            f"cues {what} lacks the column(s) {', '.join(missing)}; it needs form and kind, "
            f"and may have {', '.join(CUE_COLUMNS[2:])}"
        )
    table = table.reindex(columns=list(CUE_COLUMNS), fill_value="").astype(object).fillna("").astype(str)
    empty = table["form"].str.strip() == ""
    if empty.any():
        raise ValueError(f"cues {what} has {int(empty.sum())} row(s) with an empty form; fill them or drop them")
    return table


def read_cue_table(source: str | Path | pd.DataFrame | None = None) -> pd.DataFrame:
    """Read the shipped cue lists, or those of a file or table, as one table of `CUE_COLUMNS`."""
    if isinstance(source, pd.DataFrame):
        return _check(source, "table")
    if source is not None:
        path = Path(source)
        if not path.is_file():
            raise FileNotFoundError(f"cues: no file {path}; give a CSV with the columns form, kind, class, opens")
        return _check(pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig"), path.name)
    folder = resources.files("kzanalytics") / "data" / "cues"
    parts = []
    for name in ("verbs.csv", "words.csv", "phrases.csv"):
        with (folder / name).open(encoding="utf-8") as stream:
            parts.append(pd.read_csv(stream, dtype=str, keep_default_na=False))
    return _check(pd.concat(parts, ignore_index=True), "data")


def _compile(*tables: pd.DataFrame) -> Cues:
    cues = Cues()
    for table in tables:
        for values in table.itertuples(index=False, name=None):
            row = dict(zip(CUE_COLUMNS, values, strict=True))
            if row["kind"] in VERB_KINDS:
                _add_verb(cues, row)
                continue
            kind = cues.words.setdefault(row["kind"], {})
            for text in row["form"].split("|"):
                phrase = _phrase(text)
                if not phrase:
                    continue
                for prefix in ("", "و", "ف"):
                    first = prefix + phrase[0]
                    kind.setdefault(first, []).append(((first, *phrase[1:]), row["class"]))
    for kind in cues.words.values():
        for phrases in kind.values():
            phrases.sort(key=lambda entry: -len(entry[0]))
    for name, kind in cues.words.items():
        cues.single[name] = {first for first, phrases in kind.items() if len(phrases[-1][0]) == 1}
    ends = [cues.words.get(k, {}) for k in ("np_stop", "relative")]
    cues.stops = frozenset(w for kind in ends for w in kind) | frozenset(cues.single.get("negator", ()))
    cues.openers = frozenset(w for opens in {verb.opens for verb in cues.verbs.values()} for w in opens)
    cues.index()
    return cues


@cache
def _default_cues() -> Cues:
    return _compile(read_cue_table())


def load_cues(source: str | Path | pd.DataFrame | None = None) -> Cues:
    """Load the cue lists, with one's own rows added to the shipped ones.

    Parameters
    ----------
    source : str, Path or DataFrame, optional
        Rows to add: `form` (several separated by ``|``; for a verb its past, third person masculine), `kind`
        (``verb`` or a kind of ``data/cues/words.csv`` and ``phrases.csv``), `class`; for verbs also `present`, `participle` and
        `opens` (``that``, ``colon``, ``quote``, ``noun``, prepositions, or a preposition before أن alone as ``على_أن``
        and ``بأن``, separated by spaces).

    Returns
    -------
    Cues

    Examples
    --------
    >>> cues = load_cues()
    >>> cues.verbs["واكدت"].lemma, cues.verbs["واكدت"].gender
    ('أكد', 'f')
    """
    return _default_cues() if source is None else _compile(read_cue_table(), read_cue_table(source))
