"""What the lemmatiser knows: an attested dictionary, names, irregular words. Fixed, never learnt from a corpus.

The dictionary of forms is simplemma's (Barbaresi, MIT licence, 10.5281/zenodo.4673264), made from open lexical data. It
says which forms exist and which lemma they have, but not their part of speech: verbs are told by their imperfect.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from kzanalytics._chars import ALEF_FOLDS, ELONGATION, HAMZA_FOLDS

__all__ = ["Lexicon", "fold", "fold_drawn", "load_lexicon", "read_classes"]

_WEAK = str.maketrans("", "", "".join({*ALEF_FOLDS, *HAMZA_FOLDS, "ا", "و", "ي", "ى", "ء"}))
# Stop words that are inflected like any other word keep their dictionary lemma.
_FUNCTION_CLASSES = frozenset(
    {
        "preposition",
        "preposition with pronoun",
        "pronoun",
        "demonstrative",
        "relative",
        "question",
        "connective",
        "particle",
    }
)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Attested words.

    Attributes
    ----------
    forms : dict of str to str
        Form to lemma, as spelled with hamza and ta marbuta.
    folded : dict of str to str
        A folded spelling (``fold``) to one form that is spelled like that.
    verbs : frozenset of str
        Lemmas that are verbs (and perhaps nouns too).
    nouns : frozenset of str
        Lemmas that take the article.
    rich : frozenset of str
        Lemmas with more than one form.
    feminine : frozenset of str
        Lemmas in ta marbuta that have a plural of their own: nouns, not feminines of adjectives.
    whole : dict of str to str
        Folded names, nisbas of places and function words to their lemma; never analysed further.
    irregular : dict of str to str
        Forms whose lemma is set by hand.
    geminate, strong_waw, hollow_ya : frozenset of str
        Classes of weak verbs (see ``data/lemmas/irregular.txt``).
    """

    forms: dict[str, str]
    folded: dict[str, str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    rich: frozenset[str]
    feminine: frozenset[str]
    whole: dict[str, str]
    irregular: dict[str, str]
    geminate: frozenset[str]
    strong_waw: frozenset[str]
    hollow_ya: frozenset[str]


def fold(word: str) -> str:
    """Fold the spellings of alef, ya and ta marbuta in a word without marks, as `normalize` does."""
    # A chain of replacements that mostly find nothing is five times faster than str.translate.
    return word.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").replace("ى", "ي").replace("ة", "ه")


def fold_drawn(words: str) -> str:
    """What `fold` makes of words, with letters that only folding makes three in a row (ىىي) shortened to two."""
    folded = fold(words)
    if any(drawn in folded for drawn in ("ااا", "ييي", "ههه")):
        return ELONGATION.sub(lambda match: (match[1] or match[2]) * 2, folded)
    return folded


def skeleton(word: str) -> str:
    """The letters of a word that inflection cannot change: all but the weak ones and hamza."""
    return word.translate(_WEAK)


def read_classes(path: str) -> dict[str, list[str]]:
    """Read a word list of ours: ``class, tab, words`` lines, with comments; a class may have several lines."""
    classes: dict[str, list[str]] = {}
    for line in files("kzanalytics").joinpath("data", *path.split("/")).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition("\t")
            classes.setdefault(name, []).extend(words.split())
    return classes


def _dictionary() -> dict[str, str]:
    """simplemma's Arabic forms with their lemmas."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    mapping = DefaultDictionaryFactory().get_dictionary("ar")
    # Underneath, a dict of bytes: decoding it as a whole is several times faster than one form after the other.
    raw = getattr(mapping, "_dict", None)
    if not isinstance(raw, dict) or not all(isinstance(value, bytes) for value in islice(raw.values(), 1)):
        return {form: sys.intern(lemma) for form, lemma in mapping.items()}
    forms = b"\n".join(raw).decode("utf-8").split("\n")
    return dict(zip(forms, map(sys.intern, b"\n".join(raw.values()).decode("utf-8").split("\n")), strict=True))


def _names() -> dict[str, str]:
    whole = {}
    for kind, names in read_classes("names/names.txt").items():
        for name in names:
            bare = fold(name[2:] if name.startswith("ال") and len(name) > 4 and kind in ("place", "city") else name)
            whole[bare] = bare
            if kind == "place":
                nisba = bare.removesuffix("يا").removesuffix("ه").removesuffix("ا") + "ي"
                whole.setdefault(nisba, nisba)
    return whole


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon; the first call takes half a second or more."""
    forms = _dictionary()
    irregular = read_classes("lemmas/irregular.txt")
    pairs = dict(entry.split(":") for entry in irregular["plural"] + irregular["form"])
    keys = fold("\n".join(forms)).split("\n")
    folded = dict(zip(reversed(keys), reversed(forms), strict=True))  # the first of several forms stays
    n_forms = Counter(forms.values())
    imperfect = {lemma for form, lemma in forms.items() if form[0] == "ي"}
    verbs = frozenset(
        lemma
        for lemma in n_forms
        if lemma[0] not in "يمإ"
        and lemma[-1] not in "ةء"
        and len(lemma) > 1
        and (lemma in imperfect or _has_masdar(lemma, forms))
    ).union(irregular["verb"])
    in_ta: dict[str, list[str]] = {}
    for form, lemma in forms.items():
        if lemma[-1] == "ة":
            in_ta.setdefault(lemma, []).append(form)
    functions = [
        word
        for name, words in read_classes("stopwords/arabic.txt").items()
        if name in _FUNCTION_CLASSES
        for word in words
    ]
    whole = _names() | {fold(word): fold(word) for word in functions + irregular["function"] if len(word) > 1}
    return Lexicon(
        forms=forms,
        folded=folded,
        verbs=verbs,
        nouns=frozenset(lemma for lemma in n_forms if forms.get("ال" + lemma) == lemma),
        rich=frozenset(lemma for lemma, number in n_forms.items() if number > 1),
        feminine=frozenset(lemma for lemma, own in in_ta.items() if _has_plural(lemma, own)),
        whole=whole,
        irregular=pairs,
        geminate=frozenset(irregular["geminate"]),
        strong_waw=frozenset(irregular["strong_waw"]),
        hollow_ya=frozenset(irregular["hollow_ya"]),
    )


def _has_masdar(lemma: str, forms: dict[str, str]) -> bool:
    """A verb without a listed imperfect (ي...) may have its masdar: إرهاب of أرهب, تدبير of دبر."""
    ending = lemma[1:-1] + "ا" + lemma[-1]
    masdars = ("إ" + ending, "ا" + ending) if lemma[0] == "أ" else ("ت" + lemma[:-1] + "ي" + lemma[-1],)
    return any(forms.get(masdar) == lemma for masdar in masdars)


def _has_plural(lemma: str, forms: list[str]) -> bool:
    stem = lemma[:-1]
    singular = {stem + ending for ending in ("ة", "تا", "تي", "تان", "تين")}
    singular |= {fold(form) for form in singular}
    return any(
        form.removeprefix("ال") not in singular and fold(form).removeprefix("ال") not in singular for form in forms
    )
