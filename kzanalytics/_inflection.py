"""Arabic inflection without clitics: from a conjugated verb or an inflected noun to its attested lemma.

Form numbers (I to X) and terms follow K. Ryding, A Reference Grammar of Modern Standard Arabic (Cambridge 2005).
"""

from __future__ import annotations

from functools import cache, lru_cache

from kzanalytics._lexicon import Lexicon, load_lexicon, skeleton

__all__ = ["attested_lemma", "inflected_noun", "is_conjugated", "verb_lemma"]

_PERFECT_ENDINGS = ("وا", "تا", "تم", "نا", "ت", "ا")  # ن of the feminine plural is rare in news
_IMPERFECT_ENDINGS = ("ون", "ين", "ان", "وا", "ا", "ن", "ي")
_STEM_ENDINGS = ("تما", "تن", "ن", *_PERFECT_ENDINGS)


@cache
def _by_last_letter(endings: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {last: tuple(end for end in endings if end[-1] == last) for last in {end[-1] for end in endings}}


def _without_ending(word: str, endings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Every way to take one of the endings off that leaves two letters: stem and ending."""
    fitting = _by_last_letter(endings).get(word[-1:])
    if not fitting:
        return []
    return [(word[: -len(end)], end) for end in fitting if word.endswith(end) and len(word) - len(end) >= 2]


@lru_cache(maxsize=1 << 16)
def is_conjugated(form: str, verb: str) -> bool:
    """Whether a form can be a conjugated form of a verb; masdars, participles and plurals cannot."""
    bones = skeleton(verb)
    weak = len(bones) < len(verb) - (verb[0] in "أا" and len(verb) > 3)
    if form[0] in "يتنأآ" and len(form) > 2:
        for stem, _ in [(form[1:], ""), *_without_ending(form[1:], _IMPERFECT_ENDINGS)]:
            if stem == verb or (verb[0] in "أا" and stem == verb[1:]):
                return True
            if weak and abs(len(stem) - len(verb)) <= 1 and skeleton(stem) == bones:
                # تأكيد of أكد and أسعار of سعر have the bones of an imperfect and are nouns.
                tafil = form[0] == "ت" and len(form) == 5 and form[3] == "ي" and len(verb) == 3
                plural = form[0] == "أ" and "ا" in form[1:-1] and "ا" not in verb
                if not tafil and not plural:
                    return True
    if form[-1] == "ة" or len(form) < 2:
        return False
    for stem, _ in [(form, ""), *_without_ending(form, _STEM_ENDINGS)]:
        if stem == verb:
            return True
        shorter = len(stem) < len(verb) or (weak and len(stem) == len(verb))
        if shorter and stem[0] == verb[0] and skeleton(stem) == bones:
            return True
    return False


def verb_lemma(form: str) -> str | None:
    """The lemma of a conjugated verb without clitics, if there is one in the dictionary."""
    lexicon = load_lexicon()
    imperfect = form[0] in "يتنأ" and len(form) > 2
    # Without an ending if possible, else with one of the perfect; those of the imperfect are easily part of a noun.
    lemma = _imperfect(form[1:], lexicon) if imperfect else None
    if lemma or len(form) < 2:
        return lemma
    for stem, end in [(form, ""), *_without_ending(form, _PERFECT_ENDINGS)]:
        lemma = _perfect(stem, end, lexicon)
        if lemma:
            return lemma
    for stem, _ in _without_ending(form[1:], _IMPERFECT_ENDINGS) if imperfect else ():
        lemma = _imperfect(stem, lexicon)
        if lemma:
            return lemma
    return None


def _imperfect(stem: str, lexicon: Lexicon) -> str | None:
    """The verb whose imperfect has this stem; candidates in order of frequency."""
    if stem in lexicon.geminate:
        return stem
    if stem[0] in "ؤئ":
        return _imperfect("أ" + stem[1:], lexicon) or _imperfect("آ" + stem[1:], lexicon)
    if stem in ("رى", "رو", "ري"):
        return "رأى"
    first, last = stem[0], stem[-1]
    tries = [stem]
    # Forms VII, VIII and X begin with an alef that the imperfect drops.
    if first in "نت" or stem[:2] == "ست" or (len(stem) > 3 and stem[1] in "تطدز"):
        tries.append("ا" + stem)
    tries.append("أ" + stem)
    if last == "ي":
        tries += [stem[:-1] + "ى", "أ" + stem[:-1] + "ى", "ا" + stem[:-1] + "ى", stem[:-1] + "ا"]
    elif last == "و":
        tries.append(stem[:-1] + "ا")
    elif last == "ى":
        tries += [stem[:-1] + "ي", "أ" + stem, stem[:-1] + "ا"]
    elif last in "ئؤ":
        tries += [stem[:-1] + "أ", "أ" + stem[:-1] + "أ"]
    if len(stem) == 2:
        tries = ["و" + stem, first + "ا" + last, stem + "ى", stem + "ا", "أ" + first + "ا" + last, stem]
    elif len(stem) == 3 and stem[1] == "و" and stem not in lexicon.strong_waw:
        tries.insert(0, first + "ا" + last)
    elif len(stem) == 3 and stem[1] == "ي":
        hollow = first + "ا" + last
        both = [hollow] if hollow in lexicon.hollow_ya else ["أ" + hollow, hollow]
        tries = (both if first != "غ" else []) + tries  # يغير is غير, seldom أغار
    elif len(stem) >= 4 and stem[-2] == "ي":
        tries += ["أ" + stem[:-2] + "ا" + last, "ا" + stem[:-2] + "ا" + last]
    if len(stem) >= 3 and stem[-2] == "ا":
        tries += ["أ" + stem, "ا" + stem]
    return next((verb for verb in tries if verb in lexicon.verbs), None)


def _perfect(stem: str, end: str, lexicon: Lexicon) -> str | None:
    """The verb whose perfect has this stem before this ending."""
    if stem in (lexicon.geminate if len(stem) == 2 else lexicon.verbs):
        return stem
    tries = [stem]
    if end in ("ت", "تا", "وا"):
        tries += [stem + "ى", stem + "ا"]
    if end == "وا":
        tries.append(stem + "ي")
    if end in ("ت", "نا", "تم", "ن") and stem[-1] in "يو":
        tries.append(stem[:-1] + ("ى" if stem[-1] == "ي" else "ا"))
    if len(stem) == 2:
        # دعت is دعا, not دع: two letters are a whole verb only when doubled (above).
        tries = tries[1:] + ([stem[0] + "ا" + stem[1]] if end in ("ت", "نا", "تم") else []) + [stem]
    if len(stem) == 4 and stem[1] == "و":
        tries.append(stem[0] + "ا" + stem[2:])  # passive: لوحظ
    if len(stem) >= 3 and stem[-2] == "ي":
        tries.append(stem[:-2] + "ا" + stem[-1])  # passive: أقيم
    if stem[-1] in "ؤئ":
        tries.append(stem[:-1] + "أ")
    if len(stem) == 3 and stem[1] == "ئ":
        tries.append(stem[0] + "أ" + stem[2])
    return next((verb for verb in tries if verb in lexicon.verbs), None)


@lru_cache(maxsize=1 << 16)
def attested_lemma(form: str) -> str:
    """The lemma of a form that the dictionary has, with its slips mended.

    The dictionary gives masdars and participles to their verb and leaves many inflected forms to themselves.
    """
    lexicon = load_lexicon()
    lemma = lexicon.forms[form]
    if form[0] == "ا" and lemma != form and lemma[0] not in "اأإآ":
        # Imperatives (احرج of حرج) are rarer in news than a dropped hamza (أحرج).
        for alef in "إأ":
            if alef + form[1:] in lexicon.forms:
                return attested_lemma(alef + form[1:])
    if lemma == form[:-1] and _is_masdar_iii(form):
        return form
    if form.endswith(("تان", "تين")):
        dual = form[:-3] + "ة"
        if lexicon.forms.get(dual) == dual:
            return attested_lemma(dual)
    if lemma in lexicon.verbs and lemma != form:
        for ending in ("ت", "وا"):
            if form.endswith(ending) and form.removesuffix(ending) in lexicon.verbs:
                return form.removesuffix(ending)
        if form[-1] == "ا" and form[:-1] in lexicon.forms and form[0] != "ي":
            return attested_lemma(form[:-1])
        participle = len(form) == 4 and form[1] == "ا"
        plural = form[0] not in "تإام" and (form[-1] != "ة" or form[0] == "أ") and not participle
        plural = plural and lemma in lexicon.nouns
        if not plural and not is_conjugated(form, lemma):
            lemma = form
    bare = form[:-1]
    if form[-1] == "ا" and lemma != form and lexicon.forms.get(bare) == bare and lexicon.forms.get(form) != form:
        lemma = bare
    if lemma == form:
        lemma = _unlisted_lemma(form, lexicon)
    return (lemma[-1] == "ة" and _masculine(lemma, lexicon)) or lemma


def _unlisted_lemma(form: str, lexicon: Lexicon) -> str:
    """A form that is its own lemma in the dictionary may still be an inflected one."""
    verb = verb_lemma(form) if form[0] == "ي" else None
    if verb or form in lexicon.rich:
        return verb or form
    if form in lexicon.verbs:
        return form
    if len(form) == 4 and form[1] == "و" and form[0] + "ا" + form[2:] in lexicon.verbs:
        return form[0] + "ا" + form[2:]  # passive of form III: لوحظ
    if form[0] in "تن" or form[-1] in "تانو":
        verb = verb_lemma(form)
        if verb:
            return verb
    singular = _broken_plural(form, lexicon)
    if singular:
        return singular
    if (form[-1] == "ا" and form[-2:-1] not in ("ي", "ا")) or (form[-2:] in ("ات", "ون", "ين") and len(form) > 4):
        noun = inflected_noun(form, construct=False)
        if noun:
            return noun
    # القاضي and قاض, المحامي and محام: the dictionary has the second.
    defective = form[-1] == "ي" and 4 <= len(form) <= 5 and (form[1] == "ا" or form[0] == "م")
    return form[:-1] if defective and form[:-1] in lexicon.rich else form


def _broken_plural(form: str, lexicon: Lexicon) -> str | None:
    """The singular of a broken plural by its pattern, when one is attested."""
    tries: list[str] = []
    if len(form) == 5:
        a, b, c, d, e = tuple(form)
        if a == "أ" and d == "ا":
            tries = [b + c + e, b + c + e + "ة"]
        elif a == "أ" and e == "ة":
            tries = [b + c + "ا" + d, b + c + "ي" + d]
        elif c == "ا" and d == "ئ":
            tries = [a + b + "ي" + e + "ة", a + b + "ا" + e + "ة"]
        elif c == "ا" and a == "م":
            tries = [a + b + d + e + "ة", a + b + d + e]
        elif b == "و" and c == "ا":
            tries = [a + "ا" + d + e + "ة", a + "ا" + d + e]
        elif form.endswith("اء"):
            tries = [a + b + "ي" + c]
    elif len(form) == 6 and form[2] == "ا" and form[4] == "ي":
        tries = [form[:2] + form[3] + vowel + form[5] for vowel in "واي"]
    return next((noun for noun in tries if noun in lexicon.rich), None)


def _is_masdar_iii(word: str) -> bool:
    # مشاركة is taking part, seldom a woman who does; مفاعلة has six letters, the third an alef.
    return len(word) == 6 and word[0] == "م" and word[2] == "ا" and word[-1] == "ة"


def _masculine(lemma: str, lexicon: Lexicon) -> str | None:
    """The masculine of a feminine adjective; None for a noun."""
    base = lemma[:-1]
    if lemma in lexicon.feminine or _is_masdar_iii(lemma):
        return None
    if lemma.endswith("ية") and len(lemma) >= 5:
        return None if base[-2] == "ا" else base  # حماية، نهاية are masdars
    adjective = len(base) == 4 and (base[2] == "ي" or base[1] == "ا")
    known = lexicon.forms.get(base) == base and base not in lexicon.verbs
    return base if known and (adjective or base[0] == "م") else None


def inflected_noun(form: str, *, construct: bool) -> str | None:
    """The lemma of a noun with a regular ending whose base is attested; `construct` allows dropped ن (مسؤولو)."""
    lexicon = load_lexicon()
    if form[-1] not in "اةتنوي":
        return None
    tries: list[str] = []
    stem = form[:-2]
    if form.endswith("ات") and len(form) > 3:
        masdar = len(stem) >= 4 and (stem[-2] == "ا" or (len(stem) == 5 and stem[0] == "ت" and stem[3] == "ي"))
        tries = [stem, stem + "ة"] if masdar else [stem + "ة", stem]
        if stem[0] == "ت" and len(stem) >= 4 and stem in lexicon.verbs:
            return stem  # masdars of forms V and VI are spelled like the verb: تطورات
    elif construct and form.endswith(("تا", "تي")):
        tries = [stem + "ة"]
    elif form.endswith(("تان", "تين")):
        tries = [form[:-3] + "ة", stem]
    elif form.endswith(("ون", "ين", "ان")):
        tries = [stem]
    if form[-1] == "ة":
        masculine = (form in lexicon.forms or form[:-1] in lexicon.forms) and _masculine(form, lexicon)
        if masculine:
            return masculine
        tries.append(form[:-1])
    elif form[-1] == "ا" or (construct and form[-1] in "وي" and len(form) > 3):
        tries.append(form[:-1])
    for base in tries:
        if _is_noun(base, lexicon):
            return attested_lemma(base)
    nisba = form[-1] == "ي" and len(form) > 4 and not construct
    return form if nisba and any(_is_noun(form[:-1] + end, lexicon) for end in ("", "ة", "ا")) else None


def _is_noun(base: str, lexicon: Lexicon) -> bool:
    lemma = lexicon.forms.get(base)
    if lemma is None or len(base) < 2:
        return False
    return lemma == base or lemma not in lexicon.verbs or not is_conjugated(base, lemma)
