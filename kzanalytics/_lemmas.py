"""Lemmas: cut clitics off where what remains is attested, then undo inflection.

A word is analysed in every way in which its clitics can stack, each way costs something, and the cheapest one whose
stem is attested in the lexicon wins. A word that nothing explains stays itself. Nothing depends on the corpus at hand.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kzanalytics._inflection import attested_lemma, inflected_noun, is_conjugated, verb_lemma
from kzanalytics._lexicon import Lexicon, fold, fold_drawn, load_lexicon
from kzanalytics._normalize import NormalizeOptions, normalize

__all__ = [
    "CUTS",
    "LONGEST",
    "SPELLED",
    "Context",
    "Cut",
    "Reading",
    "lemmatize",
    "read_stem",
    "strip_clitics",
    "unread",
]

# As typed, without what carries no letter: ة, hamza and ى tell words apart.
SPELLED = NormalizeOptions(alef=False, yeh=False, teh=False)

# A word of Arabic letters only; longer ones are words run together. The second has nothing to normalise either.
LONGEST = 24
_LETTERS = re.compile(rf"[\u0621-\u063a\u0641-\u064a]{{2,{LONGEST}}}")
_PLAIN = re.compile(rf"(?!.*(.)\1\1){_LETTERS.pattern}")

# Costs of an analysis, in tenths. They order the readings of an ambiguous word; results barely move when they do (a
# change of a third moves pairwise F1 by less than .005).
_CONJUNCTION, _PREPOSITION, _FUTURE, _ARTICLE, _ENCLITIC = 8, 9, 2, 3, 7
_AS_LIKE = 3  # ك is the rarest preposition
_MY_YOUR = 15  # ي ني ك: news speaks in the third person
_TWOLETTERS = 3
_TWO_WAWS = 20
_SECOND_SPELLING = 1
_ENDING = 10  # an ending taken off by rule
_CONJUGATION = 6
_LONE_FORM = 11  # the dictionary has the form, and nothing else of its lemma
_DUAL_VERB = 8
_SPELLED_WITH_HA = 10
_OTHER_SPELLING = 17

_NISBA_ENDING = re.compile("ي(?:ة|ه|ون|ين|ان|ات|تان|تين|ا|و|ي)$")
_ENCLITICS = ("", "هما", "ها", "هم", "هن", "ه", "نا", "ني", "كم", "ك", "ي")
_ARTICLES = ("وبال", "فبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")


class Context(NamedTuple):
    """What a stem was cut from, as far as it says which stems can stand there."""

    article: bool
    before: str  # ب ك, س for the future, ل before two letters, or nothing
    enclitic: str  # ي, another one (ه), or nothing


class Cut(NamedTuple):
    """One way to cut clitics off: the word begins and ends with these letters, and a stem of so many is left."""

    cost: int
    begins: str
    skipped: int  # how many of the first letters are cut off; للغة is ل + اللغة: two lams are written, not three
    enclitic: str
    shortest: int
    longest: int
    context: Context


class Reading(NamedTuple):
    """The lemma of a stem, how the stem is spelled without its clitics, and what that costs."""

    cost: int
    lemma: str
    stem: str


def _cuts() -> list[Cut]:
    cuts = []
    for conjunction in ("", "و", "ف"):
        for preposition in ("", "ب", "ك", "ل", "س"):
            first = _CONJUNCTION * bool(conjunction)
            if preposition != "س":
                letters = conjunction + ("لل" if preposition == "ل" else preposition + "ال")
                definite = Context(True, "", "")
                cuts.append(Cut(first + _ARTICLE, letters, len(letters), "", 2, LONGEST, definite))
                if preposition == "ل":
                    cuts.append(Cut(first + _ARTICLE - 1, letters, len(letters) - 1, "", 3, LONGEST, definite))
            letters = conjunction + preposition
            if preposition:
                first += (_FUTURE if preposition == "س" else _PREPOSITION) + _AS_LIKE * (preposition == "ك")
            for end in _ENCLITICS:
                cost = first + _ENCLITIC * bool(end) + _MY_YOUR * (end in ("ي", "ني", "ك"))
                kind = end if end in ("", "ي") else "ه"
                before = "" if preposition == "ل" else preposition
                cuts.append(Cut(cost, letters, len(letters), end, 3, LONGEST, Context(False, before, kind)))
                if not (letters and end) and not (conjunction and preposition):
                    context = Context(False, preposition, kind)
                    cuts.append(Cut(cost + _TWOLETTERS, letters, len(letters), end, 2, 2, context))
    return sorted(cuts, key=lambda cut: cut.cost)


CUTS = _cuts()


@cache
def _fitting(first: str, last: str) -> list[Cut]:
    """The cuts for words with this first and last letter."""
    return [cut for cut in CUTS if cut.begins[:1] in ("", first) and cut.enclitic[-1:] in ("", last)]


def _before_enclitic(stem: str) -> list[str]:
    """How a stem is spelled when its enclitic is off."""
    restored = {"ت": "ة", "ا": "ى", "ئ": "ء", "ؤ": "ء"}.get(stem[-1])
    if restored:
        return [stem[:-1] + restored, stem]
    return [stem + "ا", stem] if stem[-1] == "و" else [stem]


def read_stem(stem: str, context: Context) -> Reading | None:
    """The cheapest reading of what is left of a word between its clitics; None when it is not attested."""
    lexicon = load_lexicon()
    if not context.article and _hides_article(stem, lexicon):
        return None
    if len(stem) == 2 and context.before and stem not in lexicon.nouns:
        return None  # كير is not ير after ك
    if not context.enclitic:
        found = _read(stem, context, lexicon)
        return found and Reading(found[0] + _TWO_WAWS * stem.startswith("وو"), found[1], stem)
    best = None
    for position, spelled in enumerate(_before_enclitic(stem)):
        found = _read(spelled, context, lexicon)
        if found:
            cost = found[0] + _SECOND_SPELLING * position
            cost += 2 * (spelled[-1] == "ة" and spelled not in lexicon.rich)  # ذكرته is a verb
            if best is None or cost < best.cost:
                best = Reading(cost, found[1], spelled)
    return best


def _read(stem: str, context: Context, lexicon: Lexicon) -> tuple[int, str] | None:
    """The lemma of a stem without clitics, and what the reading costs; None when it is not attested."""
    noun_only = context.article or context.before in ("ب", "ك")
    lemma = lexicon.forms.get(stem)
    if context.before == "س":
        if stem[0] not in "يتنأ" or context.enclitic == "ي":
            return None
        if lemma in lexicon.verbs:
            return 0, attested_lemma(stem)
        verb = verb_lemma(stem)
        return (1, verb) if verb else None
    if stem in lexicon.irregular:
        return 0, lexicon.irregular[stem]
    key = fold(stem)
    if not context.enclitic and key in lexicon.whole and not (stem[-1] == "ة" and key[-1] == "ه" and lemma):
        return 0, lexicon.whole[key]
    if lemma is not None:
        is_verb = lemma != stem and lemma in lexicon.verbs and is_conjugated(stem, lemma)
        if not (noun_only and is_verb):
            lone = lemma == stem and stem not in lexicon.rich
            return (_LONE_FORM if lone else _DUAL_VERB * (is_verb and stem[-1] == "ا")), attested_lemma(stem)
    if context.article and "ال" + stem in lexicon.forms:
        lemma = lexicon.forms["ال" + stem]
        return 0, stem if lemma in lexicon.verbs or lemma.startswith("ال") else lemma
    noun = inflected_noun(stem, construct=not context.article) or _nisba(stem, lexicon)
    if noun:
        return _ENDING, noun
    if not noun_only and context.enclitic != "ي":
        verb = verb_lemma(stem)
        if verb:
            return _CONJUGATION + _DUAL_VERB * (stem[-1] == "ا"), verb
    spelled = lexicon.folded.get(key)
    if spelled and spelled != stem and context.before != "ك":  # كاترين is not أترين after ك
        lemma = lexicon.forms[spelled]
        if not (noun_only and lemma != spelled and lemma in lexicon.verbs and is_conjugated(spelled, lemma)):
            cost = _SPELLED_WITH_HA if stem[-1] == "ه" and spelled[-1] == "ة" else _OTHER_SPELLING
            return cost, attested_lemma(spelled)
    return None


def _nisba(stem: str, lexicon: Lexicon) -> str | None:
    """The nisba of a place that the dictionary lacks: كازاخستانيين is كازاخستاني."""
    ending = _NISBA_ENDING.search(stem, len(stem) - 4 if len(stem) > 4 else 0)
    return lexicon.whole.get(fold(stem[: ending.start() + 1])) if ending else None


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


def _analyze(word: str) -> Reading:
    """The cheapest reading of a word in `SPELLED` form."""
    best: Reading | None = None
    length, total = 0, 1000
    for cut in _fitting(word[0], word[-1]):
        if cut.cost > total:
            break
        size = len(word) - cut.skipped - len(cut.enclitic)
        if cut.shortest <= size <= cut.longest and word.startswith(cut.begins) and word.endswith(cut.enclitic):
            found = read_stem(word[cut.skipped : cut.skipped + size], cut.context)
            # The longer of two stems wins a tie.
            if found and (cut.cost + found.cost, -size) < (total, -length):
                best, total, length = found, cut.cost + found.cost, size
    return best or unread(word)


def unread(word: str) -> Reading:
    """What becomes of a word that nothing explains: it loses its article, and a nisba its feminine ending."""
    if word.startswith(_ARTICLES):
        article = next(letters for letters in _ARTICLES if word.startswith(letters))
        word = word[len(article) :] if len(word) - len(article) >= 3 else word
    return Reading(0, word[:-1] if word.endswith("ية") and len(word) > 5 else word, word)


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
    return fold_drawn(_analyze(spelled).lemma)


@lru_cache(maxsize=1 << 15)
def strip_clitics(word: str) -> str:
    """Cut the clitics and the article off a word and keep its inflection: ``للإرهابيين`` is ``إرهابيين``."""
    spelled = normalize(word, options=SPELLED)
    if not _LETTERS.fullmatch(spelled):
        return spelled
    return _analyze(spelled).stem
