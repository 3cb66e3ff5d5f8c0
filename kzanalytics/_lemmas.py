"""Lemmas: cut clitics off where what remains is attested, then undo inflection.

A word is analysed in every way in which its clitics can stack, each way costs something, and the cheapest one whose
stem is attested in the lexicon wins. A word that nothing explains stays itself. Nothing depends on the corpus at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kzanalytics._inflection import attested_lemma, inflected_noun, is_conjugated, verb_lemma
from kzanalytics._lexicon import Lexicon, fold, load_lexicon
from kzanalytics._normalize import NormalizeOptions, normalize

__all__ = ["SPELLED", "lemmatize", "strip_clitics"]

# As typed, without what carries no letter: ة, hamza and ى tell words apart.
SPELLED = NormalizeOptions(alef=False, yeh=False, teh=False)

# A word of Arabic letters only; longer ones are words run together. The second has nothing to normalise either.
_LETTERS = re.compile(r"[\u0621-\u063a\u0641-\u064a]{2,24}")
_PLAIN = re.compile(rf"(?!.*(.)\1\1){_LETTERS.pattern}")

# Costs of an analysis. They order the readings of an ambiguous word; results barely move when they do (a change of
# a third moves pairwise F1 by less than .005).
_CONJUNCTION, _PREPOSITION, _FUTURE, _ARTICLE, _ENCLITIC = 0.8, 0.9, 0.2, 0.3, 0.7
_AS_LIKE = 0.3  # ك is the rarest preposition
_MY_YOUR = 1.5  # ي ني ك: news speaks in the third person
_TWO_LETTERS = 0.3
_ENDING = 1.0  # an ending taken off by rule
_CONJUGATION = 0.6
_LONE_FORM = 1.1  # the dictionary has the form, and nothing else of its lemma
_DUAL_VERB = 0.8
_OTHER_SPELLING = 1.7

_ENCLITICS = ("", "هما", "ها", "هم", "هن", "ه", "نا", "ني", "كم", "ك", "ي")


class _Prefix(NamedTuple):
    letters: str
    conjunction: bool
    preposition: str  # ب ك ل, س for the future, or nothing
    article: bool
    cost: float


def _prefixes() -> list[_Prefix]:
    prefixes = []
    for conjunction in ("", "و", "ف"):
        for preposition in ("", "ب", "ك", "ل", "س"):
            for article in (False, True):
                if article and preposition == "س":
                    continue
                letters = conjunction + (
                    ("لل" if preposition == "ل" else preposition + "ال") if article else preposition
                )
                cost = _CONJUNCTION * bool(conjunction) + _ARTICLE * article
                if preposition and not article:
                    cost += _FUTURE if preposition == "س" else _PREPOSITION
                    cost += _AS_LIKE * (preposition == "ك")
                prefixes.append(_Prefix(letters, bool(conjunction), preposition, article, cost))
    return prefixes


# By the first letter of a word and by its last one: most words can begin or end with few clitics.
_PREFIXES = {
    first: [prefix for prefix in _prefixes() if prefix.letters[:1] in ("", first)] for first in ("", *"وفبكلسا")
}
_ENDINGS = {last: [end for end in _ENCLITICS if end[-1:] in ("", last)] for last in ("", *"اهمنكي")}
_ARTICLES = ("وبال", "فبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")


class _Reading(NamedTuple):
    cost: float
    length: int  # of the stem, negative: longer stems win ties
    lemma: str
    stem: str


def _splits(word: str) -> Iterator[tuple[float, _Prefix, str, str]]:
    """Every way to cut clitics off: cost, prefix, stem, enclitic."""
    endings = [end for end in _ENDINGS.get(word[-1], _ENDINGS[""]) if word.endswith(end)]
    for prefix in _PREFIXES.get(word[0], _PREFIXES[""]):
        if not word.startswith(prefix.letters):
            continue
        rest = word[len(prefix.letters) :]
        if prefix.article:
            if len(rest) >= 2:
                yield prefix.cost, prefix, rest, ""
            if prefix.preposition == "ل" and len(rest) >= 2:
                yield prefix.cost - 0.1, prefix, "ل" + rest, ""  # للغة is ل + اللغة: two lams are written, not three
            continue
        for end in endings:
            stem = rest[: len(rest) - len(end)]
            cost = prefix.cost + _ENCLITIC * bool(end) + _MY_YOUR * (end in ("ي", "ني", "ك"))
            if len(stem) >= 3:
                yield cost, prefix, stem, end
            elif len(stem) == 2 and (not end or not prefix.letters) and not (prefix.conjunction and prefix.preposition):
                if prefix.preposition and stem not in load_lexicon().nouns:
                    continue  # كير is not ير after ك
                yield cost + _TWO_LETTERS, prefix, stem, end


def _before_enclitic(stem: str) -> list[str]:
    """How a stem is spelled when its enclitic is off."""
    restored = {"ت": "ة", "ا": "ى", "ئ": "ء", "ؤ": "ء"}.get(stem[-1])
    if restored:
        return [stem[:-1] + restored, stem]
    return [stem + "ا", stem] if stem[-1] == "و" else [stem]


def _read(stem: str, prefix: _Prefix, enclitic: str, lexicon: Lexicon) -> tuple[float, str] | None:
    """The lemma of a stem without clitics, and what the reading costs; None when it is not attested."""
    noun_only = prefix.article or prefix.preposition in ("ب", "ك")
    lemma = lexicon.forms.get(stem)
    if prefix.preposition == "س":
        if stem[0] not in "يتنأ" or enclitic == "ي":
            return None
        if lemma in lexicon.verbs:
            return 0.0, attested_lemma(stem)
        verb = verb_lemma(stem)
        return (0.1, verb) if verb else None
    if stem in lexicon.irregular:
        return 0.0, lexicon.irregular[stem]
    key = fold(stem)
    if not enclitic and key in lexicon.whole and not (stem[-1] == "ة" and key[-1] == "ه" and lemma):
        return 0.0, lexicon.whole[key]
    if lemma is not None:
        is_verb = lemma != stem and lemma in lexicon.verbs and is_conjugated(stem, lemma)
        if not (noun_only and is_verb):
            lone = lemma == stem and stem not in lexicon.rich
            return (_LONE_FORM if lone else _DUAL_VERB * (is_verb and stem[-1] == "ا")), attested_lemma(stem)
    if prefix.article and "ال" + stem in lexicon.forms:
        lemma = lexicon.forms["ال" + stem]
        return 0.0, stem if lemma in lexicon.verbs or lemma.startswith("ال") else lemma
    noun = inflected_noun(stem, construct=not prefix.article) or _nisba(stem, lexicon)
    if noun:
        return _ENDING, noun
    if not noun_only and enclitic != "ي":
        verb = verb_lemma(stem)
        if verb:
            return _CONJUGATION + _DUAL_VERB * (stem[-1] == "ا"), verb
    spelled = lexicon.folded.get(key)
    if spelled and spelled != stem and (prefix.article or prefix.preposition != "ك"):  # كاترين is not أترين after ك
        lemma = lexicon.forms[spelled]
        if not (noun_only and lemma != spelled and lemma in lexicon.verbs and is_conjugated(spelled, lemma)):
            return (1.0 if stem[-1] == "ه" and spelled[-1] == "ة" else _OTHER_SPELLING), attested_lemma(spelled)
    return None


def _nisba(stem: str, lexicon: Lexicon) -> str | None:
    """The nisba of a place that the dictionary lacks: كازاخستانيين is كازاخستاني."""
    for ending in ("ة", "ه", "ون", "ين", "ان", "ات", "تان", "تين", "ا", "و", "ي"):
        if stem.endswith("ي" + ending):
            base = fold(stem.removesuffix(ending))
            if base in lexicon.whole:
                return lexicon.whole[base]
    return None


def _hides_article(stem: str, lexicon: Lexicon) -> bool:
    """Whether a listed form is better read as article and stem: الشعب, الغاز, but not the verb التقى."""
    if not stem.startswith("ال") or len(stem) < 4 or fold(stem) in lexicon.whole:
        return False
    listed = lexicon.forms.get(stem)
    if listed is None:
        return len(stem) > 4 and (verb_lemma(stem) or "")[:2] not in ("ال", "أل")
    if listed[:2] in ("ال", "أل") and (listed in lexicon.verbs or stem in lexicon.nouns):
        return False
    return stem[2:] in lexicon.forms or listed != stem


def _analyze(word: str) -> tuple[str, str]:
    """Lemma and stem (the word without clitics) of a word in `SPELLED` form."""
    lexicon = load_lexicon()
    best: _Reading | None = None
    for cost, prefix, stem, enclitic in sorted(_splits(word), key=lambda split: split[0]):
        if best and cost - 0.1 > best.cost:
            break
        if not prefix.article and _hides_article(stem, lexicon):
            continue
        doubled = 2.0 * (stem.startswith("وو") and not enclitic)
        for position, spelled in enumerate(_before_enclitic(stem) if enclitic else [stem]):
            reading = _read(spelled, prefix, enclitic, lexicon)
            if reading:
                verb_too = 0.2 * (enclitic != "" and spelled[-1] == "ة" and spelled not in lexicon.rich)  # ذكرته
                found = _Reading(
                    cost + doubled + verb_too + reading[0] + 0.1 * position, -len(stem), reading[1], spelled
                )
                if best is None or found[:2] < best[:2]:
                    best = found
    if best:
        return best.lemma, best.stem
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            word = word.removeprefix(article)
            break
    return (word[:-1] if word.endswith("ية") and len(word) > 5 else word), word


@lru_cache(maxsize=1 << 17)
def lemmatize(word: str) -> str:
    """Give the dictionary form of a word, folded by `normalize`.

    Clitics are cut off where what remains is attested in a fixed dictionary (simplemma's) or name list, so that a
    word's lemma never depends on the articles around it. Verbs go to the third person perfect, nouns to the singular,
    feminine adjectives to the masculine. An unknown word only loses its article. Homographs share a lemma (the noun
    and the verb عمل).

    Parameters
    ----------
    word : str
        One word, best as the text spells it: ة and hamza help to tell words apart.

    Returns
    -------
    str
        The lemma; for words that are not Arabic, the word folded.

    Examples
    --------
    >>> lemmatize("وبأسعارها"), lemmatize("للإرهابيين"), lemmatize("بوتين"), lemmatize("سيقول")
    ('سعر', 'ارهابي', 'بوتين', 'قال')
    """
    if not isinstance(word, str):
        raise TypeError(f"word must be str, not {type(word).__name__}; decode bytes or fill missing values first")
    spelled = word if _PLAIN.fullmatch(word) else normalize(word, options=SPELLED)
    if not _LETTERS.fullmatch(spelled):
        return normalize(word)
    return fold(_analyze(spelled)[0])


@lru_cache(maxsize=1 << 15)
def strip_clitics(word: str) -> str:
    """Cut the clitics and the article off a word and keep its inflection: ``للإرهابيين`` is ``إرهابيين``."""
    spelled = normalize(word, options=SPELLED)
    if not _LETTERS.fullmatch(spelled):
        return spelled
    return _analyze(spelled)[1]
