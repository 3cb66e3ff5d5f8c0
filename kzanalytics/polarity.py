"""Whether a frame is affirmed, denied or disowned where it is used, and by which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kzanalytics._clause_scope import ABOUT, is_relative
from kzanalytics._denial import find_denial
from kzanalytics._denied_behind import in_myth
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import COMMA, DISTANCE_AFTER, DISTANCE_BEFORE, DISTANCE_WORD, EVENT, INSTEAD, IS_MA, STOP

__all__ = ["Polarity", "find_polarity"]

BEFORE_REACH: Final = 13  # tokens back to a marker
BEFORE_GAP: Final = 5  # tokens between a marker and the term
NAMED_GAP: Final = 7  # tokens from what is named to the term in it
AFTER_REACH: Final = 26
_PRONOUNS: Final = ("هما", "هم", "هن", "ها", "ه")
_BEYOND: Final = frozenset(
    "كان كانت ليس ليست عن بعد قبل خلال منذ عبر عقب اثناء رغم اثر جوي بسبب نحو داخل حيث لان لانه لانها لانهم".split()
)
_AT_LEAST: Final = ("اقل", "اهون", "ادني", "ابسط")
_SEEN_BEFORE: Final = STOP | COMMA | DISTANCE_BEFORE | IS_MA | EVENT
_CALLING: Final = ("وصف", "سمى", "أسمى", "نعت", "زعم")
_WHO: Final = ("من", "ومن", "ممن", "لمن", "بمن")
_SAID_AFTER: Final = STOP | DISTANCE_AFTER


@dataclass(frozen=True)
class Polarity:
    """`value` is ``affirmed``, ``rejected`` or ``distanced``; the cue's tokens and class say why.

    `naming` is where the one who is said to use the word stands (ما وصفه الرئيس بـ), as a token span; it is
    empty for a pronoun and None where the marker names nobody.
    """

    value: str = "affirmed"
    first: int = -1
    end: int = -1
    cls: str = ""
    naming: tuple[int, int] | None = None


_BECAME: Final = frozenset("صار صارت اصبح اصبحت بات باتت تحول تحولت بانه بانها".split())
PEG_REACH: Final = 4  # الإرهاب تحول إلى شماعة
_NEVER: Final = frozenset("لا لم لن ليس ليست دون".split())
AFFIRMED: Final = Polarity()


def _distanced(text: Text, t0: int, t1: int, lo: int, hi: int) -> Polarity | None:
    tok, classes = text.tok, text.classes
    for t in (t1, t1 + 1, t1 + 2, t0 - 1):
        if lo <= t < hi and classes[t] & DISTANCE_WORD and text.at("distance_word", t, hi):
            between = tok[t1:t] if t >= t1 else []
            indefinite = not tok[t0].startswith("ال")
            if all(w.startswith("ال") or w == "»" or (indefinite and w[-1] in "هي") for w in between):
                return Polarity("distanced", t, t + 1, "distancing")
    if t0 > lo and text.is_kind(t0 - 1, "worn") and tok[t0][0] != "ل":  # not ذريعة للتدخل
        return Polarity("distanced", t0 - 1, t0, "distancing")
    pleads = t0 - 1 - (t0 - 2 >= lo and tok[t0 - 1].startswith("ال"))  # تتذرع السلطات بالإرهاب
    if t0 > lo and tok[t0][0] == "ب" and text.is_kind(pleads, "pleading"):
        return Polarity("distanced", pleads, pleads + 1, "distancing")
    for t in range(max(lo + 1, t0 - 5), t0 - 1):
        near = tok[t + 1][0] == "ل" and len(tok[t + 1]) > 4 and t0 - t - 2 == (tok[t0 - 1] == "«")
        near = near and not tok[t].startswith("ال") and not tok[t + 1].startswith(("لل", "ليس"))
        if near and classes[t] & DISTANCE_WORD and text.at("distance_word", t, t0):
            return Polarity("distanced", t, t + 1, "distancing")  # محاولة غربية مزعومة لتدبير ثورة ملونة
    for t in range(max(lo + 1, t0 - 9), t0 - 2):
        n = text.at("distance_after", t, t0) if classes[t] & DISTANCE_AFTER else 0
        if n and (tok[t - 1] == "،") == (tok[t + n] == "،") and _aside(text, t, t + n, t0):
            return Polarity("distanced", t, t + n, "distancing", (0, 0))
    if t0 - 2 > lo and tok[t0 - 1] in ("علي", "ضد") and text.at("distance_word", t0 - 2, t0):
        return Polarity("distanced", t0 - 2, t0 - 1, "distancing")  # الحرب المزعومة على الإرهاب
    for t in range(t0 - 1, max(lo, t0 - BEFORE_REACH) - 1, -1):
        found = classes[t]
        if not found & _SEEN_BEFORE:
            continue
        if found & STOP or (found & COMMA and (t0 - t > 1 or tok[t0][0] == "و" or _opens_clause(text, t0))):
            break
        if tok[t] == "من" and any(text.is_kind(u, "objecting") for u in range(max(lo, t - 4), t)):
            continue  # سخر محتجون من وصفهم بالإرهابيين
        if t > lo and tok[t - 1] in _AT_LEAST:
            continue  # أقل ما توصف به: no less than that
        n = _marker(text, t, t0)
        if n and tok[t + n - 1] == "شعار" and tok[t + n] == "«":
            continue  # مؤتمر تحت شعار «...»: a title
        if n == 1 and t + n == t0 and text.is_kind(t, "claim_noun") and _claims(text, t0):
            continue  # مزاعم الإرهابيين: they claim
        if n and t0 - t - n <= BEFORE_GAP and _reaches(text, t, t + n, t0):
            return Polarity("distanced", t, t + n, "distancing")
        if found & EVENT and (marked := _called(text, t, t0, lo)):
            return marked
        v = t + 1 + (tok[t + 1] in ("كان", "كانت", "كانوا"))  # ما كان يسميه
        meanwhile = tok[t] == "فيما" and t > lo and tok[t - 1] == "،"  # ، فيما يراه آخرون ثورة: while
        named = v < t0 and found & IS_MA and not meanwhile
        if named and (marked := _named(text, v, t0) or _insisted(text, v, t0) or _alleged(text, v, t0)):
            return marked
    return _peg(text, t0, t1, lo, hi) or _distanced_after(text, t1, hi)


def _aside(text: Text, t: int, end: int, t0: int) -> bool:
    """صاروا، على حد وصفه، «عصابات إرهابية»؛ شاركوا، على حد قولها، في أعمال إرهابية: a marker between commas."""
    tok = text.tok
    if tok[end] in ("ل", "ب", "«") or (end < t0 and tok[end][0] in "لب" and not text.at("b_word", end, t0)):
        near = t0 - end <= 3 and "«" in tok[end:t0]
        return near and not any(tok[u] in text.cues.verbs for u in range(end, t0))  # تصدت على حد قوله لـ«هجوم إرهابي»
    if tok[end] != "،" or t0 - end > 4:
        return False
    verbs = any(tok[u] in text.cues.verbs for u in range(end, t0))
    if end + 1 < t0 <= end + 3 and not verbs and PREPOSITIONS.isdisjoint(tok[end:t0]) and tok[end + 1][0] != "و":
        return True  # واجهت البلاد، بزعمه، هجوما إرهابيا
    if tok[end + 1] == "«" and t0 - t <= 8 and "«" in tok[t0 - 3 : t0]:
        return True
    return end + 1 < t0 and tok[end + 1] in PREPOSITIONS and not verbs


_FOUND: Final = ("جد", "جدت", "وجد", "وجدت", "يجد", "تجد", "جدوا", "وجدوا", "راي", "رات", "يري", "تري")  # وجد without و


def _peg(text: Text, t0: int, t1: int, lo: int, hi: int) -> Polarity | None:
    """... الإرهاب صار شماعة، تهمة جاهزة، اتخذت من الإرهاب ذريعة: what the word serves for."""
    tok = text.tok
    pegs = text.cues.single.get("peg", ())
    peg = next((t for t in range(t1, min(hi, t1 + 2)) if tok[t] in pegs), -1)
    found = tok[t0 - 1] == "في" and any(w.lstrip("وف") in _FOUND for w in tok[max(lo, t0 - 4) : t0 - 1])
    if peg >= 0 and found:
        return Polarity("distanced", peg, peg + 1, "distancing")  # وجد في الإرهاب ذريعة
    last = t0 - 1 - (t0 > 1 and tok[t0 - 1] == "«")
    if peg >= 0 and (tok[last] == "من" or tok[last].startswith("ال") or _is_used(text, last + 1)):
        taken = next((u for u in range(t0 - 1, max(lo - 1, t0 - 6), -1) if text.is_kind(u, "taking_as")), -1)
        if taken >= 0 and _NEVER.isdisjoint(tok[max(0, taken - 1) : taken]):
            return Polarity("distanced", peg, peg + 1, "distancing")
    for t in range(t1, min(hi, t1 + PEG_REACH)):
        if text.classes[t] & (STOP | COMMA) or tok[t] in _NEVER:
            return None
        ready = tok[t] != "تهمه" or tok[t + 1 : t + 2] == ["جاهزه"]
        if tok[t] in pegs and ready and not _BECAME.isdisjoint((tok[max(0, t0 - 1)].removeprefix("و"), *tok[t1:t])):
            return Polarity("distanced", t, t + 1, "distancing")
    return None


def _is_used(text: Text, t0: int) -> bool:
    """تستخدم الإرهاب ذريعة: a thing directly behind the verb; not استغل الإرهابيون الاحتجاجات غطاء."""
    return text.is_kind(t0 - 1, "taking_as") and not text.tok[t0].endswith(("ون", "ين"))


def _opens_clause(text: Text, t0: int) -> bool:
    """بذريعة الإرهاب، اعتقلت السلطات: a term without an article behind a comma starts a clause."""
    return not text.tok[t0].startswith(("ال", "لل", "بال"))


def _reaches(text: Text, t: int, first: int, t0: int) -> bool:
    """Whether a marker at `t` that ends before `first` is about the term."""
    tok = text.tok
    if any(w in THAT for w in tok[first + 1 : t0]):
        return False
    if first < t0 and (text.classes[t] & IS_MA or tok[t].startswith("المسم")):
        purpose = any(w[0] == "ل" and len(w) > 3 and w[1] != "ا" for w in tok[first : t0 + 1])
        if purpose or _joined(tok, first, t0):
            return False  # ما يسمى الدعم الشعبي للإرهاب: the first noun is disowned
    if tok[first - 1] in ("عليه", "عليها", "عليهم") and t0 == first + 1 and text.is_kind(first, "institution_head"):
        return False  # ما تطلق عليه سلطات الانقلاب: who calls it so
    if tok[t0].startswith("لل") and first < t0 and tok[first] in THAT:
        return False  # بحجة أنهم لم يطلبوا تصريحا للمظاهرة: something about it is the pretext
    if tok[first - 1] in ("غطاء", "ستار") and "علي" in tok[first:t0]:
        return False  # تحت غطاء الاحتجاجات على رفع الأسعار: the protests are the cover
    return not _of_name(text, first, t0) and not _beyond(text, first, t0)


def _claims(text: Text, t0: int) -> bool:
    """Whether the term names people or a body, who can claim something."""
    return text.tok[t0].endswith(("ين", "ون")) or text.is_kind(t0, "institution_head")


def _marker(text: Text, t: int, t0: int) -> int:
    """Tokens of a marker at `t`: ما يسمى، and with a preposition on it: بما يسمى، لمن يسمون."""
    tok = text.tok
    n = text.at("distance_before", t, t0)
    if n or tok[t] in ("كما", "من", "ما", "وما") or not text.classes[t] & IS_MA:
        return n
    for phrase in text.cues.starts("من" if tok[t] in ("لمن", "بمن", "عمن", "ممن") else "ما").get("distance_before", ()):
        n = len(phrase)
        if 1 < n <= t0 - t and tuple(tok[t + 1 : t + n]) == phrase[1:]:
            return n
    return 0


def _named(text: Text, t: int, t0: int) -> Polarity | None:
    """ما وصفه الرئيس بـ: a verb of naming at `t`, behind ما, with an object pronoun."""
    tok = text.tok
    n = text.at("distance_verb", t, t0)
    verb_end = t + max(n, 1)
    pronoun = n > 1
    if not n:
        known = text.cues.single.get("distance_verb", set())
        for suffix in _PRONOUNS:
            if tok[t].endswith(suffix) and len(tok[t]) > len(suffix) + 2:
                stem = tok[t][: -len(suffix)]
                if stem in known or (stem.endswith("ا") and stem[:-1] + "ي" in known) or stem + "ا" in known:
                    n, pronoun = 1, True
                    break
    if not n or not pronoun or (tok[t0][0] == "ل" and len(tok[t0]) > 4):
        return None  # مما اعتبرته تعريفا للإرهاب: something else is named
    if any(w in ("هم", "هو", "هي") for w in tok[verb_end:t0]):
        return None  # من يسميهم متظاهرين هم إرهابيون: what stands behind the pronoun is said, not named
    if any(w in THAT and w[0] != "ب" for w in tok[verb_end:t0]) or _beyond(text, verb_end, t0):
        return None
    named = next((u for u in range(verb_end, t0) if tok[u][0] == "ب" or tok[u] == "«"), t0)
    if named == t0 and (("صف" in tok[t] and tok[t0][0] != "ب") or tok[t0].endswith("ون")):
        return None  # ما وصفه الصحافي المتشدد بـ، ما يزعمه الإرهابيون: the term is part of who says it
    if t0 - (named if named < t0 else verb_end) > NAMED_GAP or _joined(tok, named, t0):
        return None
    if named == t0 and any(w in PREPOSITIONS for w in tok[verb_end + 1 : max(verb_end + 1, t0 - 2)]):
        return None  # ما يعتبرونه تصاعدا في نفوذ وتأثير التيار
    who = verb_end + (verb_end < named and tok[verb_end] in ("تلك", "هذه", "هؤلاء"))  # بما سمته تلك الصحف
    calls = who < named and (text.is_head(who, named) or text.is_kind(who, "document"))
    head = (who, named) if calls else (0, 0)
    return Polarity("distanced", t - 1, verb_end, "distancing", head)


def _called(text: Text, t: int, t0: int, lo: int) -> Polarity | None:
    """من تصفهم السلطات بالإرهابيين، شبان تسميهم السلطات إرهابيين: a relative clause whose verb says who calls them so.

    التي تصفها واشنطن بالإرهابية is how news say who lists a body, and disowns nothing.
    """
    tok, verb = text.tok, text.cues.verbs.get(text.tok[t])
    if t <= lo or verb is None or verb.lemma not in _CALLING or not tok[t].endswith(_PRONOUNS):
        return None
    before = tok[t - 1]
    if before in ("من", "علي") and any(text.is_kind(u, "objecting") for u in range(max(lo, t - 5), t - 1)):
        return None  # سخر محتجون من وصفهم بالإرهابيين: a masdar
    noun = not before.startswith(("ال", "وال")) and before.endswith(("ات", "ه", "ين", "ون")) and len(before) > 3
    noun = noun and before not in text.cues.verbs and before not in PREPOSITIONS and before not in THAT
    so_called = verb.lemma != "وصف" and (noun or is_relative(text, t - 1))
    return _named(text, t, t0) if before in _WHO or so_called else None


def _alleged(text: Text, t: int, t0: int) -> Polarity | None:
    """ما زعمت أنه هجوم إرهابي، من تدعي الشرطة أنهم إرهابيون: behind ما or من, a verb at `t` that believes nothing."""
    verb = text.cues.verbs.get(text.tok[t])
    if verb is None or verb.cls != "distancing" or verb.form != "finite":
        return None
    that = next((u for u in range(t + 1, min(t + 6, t0)) if text.tok[u] in ("انه", "انها", "انهم")), 0)
    if not that or t0 - that > BEFORE_GAP or any(text.tok[u] in PREPOSITIONS for u in range(that + 1, t0)):
        return None
    head = (t + 1, that) if that > t + 1 else (0, 0)
    return Polarity("distanced", t - 1, that + 1, "distancing", head)


def _insisted(text: Text, t: int, t0: int) -> Polarity | None:
    """ما تصر موسكو على تسميته ثورة، ما يحلو لها أن تسميه ثورة: a name somebody insists on, behind ما at `t` - 1."""
    tok = text.tok
    if not text.is_kind(t, "insisting"):
        return None
    for u in range(t + 1, min(t + NAMED_GAP, t0)):
        if tok[u] == "ان" and u + 1 < t0:
            marked = _named(text, u + 1, t0)
            head = (t + 1, u) if text.is_head(t + 1, u) else (0, 0)
            return Polarity("distanced", t - 1, marked.end, marked.cls, head) if marked else None
        if tok[u - 1] == "علي" and text.is_kind(u, "its_name"):
            near = t0 - u <= 2 and tok[t0][0] != "ل" and tok[t0 - 1] not in ("هو", "هي", "هم")
            head = (t + 1, u - 1) if text.is_head(t + 1, u) else (0, 0)
            return Polarity("distanced", t - 1, u + 1, "distancing", head) if near else None
    return None


def _distanced_after(text: Text, t1: int, hi: int) -> Polarity | None:
    """... الإرهابيين، على حد زعمه: a marker that scopes back over its clause."""
    tok, classes = text.tok, text.classes
    for t in range(t1, min(hi, t1 + AFTER_REACH)):
        found = classes[t]
        if not found & _SAID_AFTER:
            continue
        if found & STOP and tok[t] != ":":
            if tok[t] == "؛" and text.at("distance_after", t + 1, hi):
                continue  # ؛ where others write a comma
            break
        n = text.at("distance_after", t, hi) if found & DISTANCE_AFTER else 0
        if n and t + n <= hi:
            begin = t + n
            named = (tok[t] == "كما" or tok[begin - 1][-1] not in "هم") and begin < hi and text.is_head(begin, hi)
            if tok[t] == "كما" and not INSTEAD.isdisjoint(tok[t1:t]):
                break  # إرهابيين وليس متظاهرين، كما تزعم: what is claimed is the latter
            crossed = sum(1 for u in range(t1, t) if tok[u] in text.cues.verbs and tok[u][0] not in "يت")
            said = any(w in THAT and w[0] == "ب" for w in tok[t1:t])
            quoted = tok[t - 1] == "»" and "«" not in tok[t1:t]  # «مسافة لعمل متوازن، حر» على حد تعبيره
            if crossed or said or ("،" in tok[t1 : t - 1] and not quoted):
                break  # the marker belongs to another clause
            naming = (begin, text.phrase_end(begin, hi)) if named else (0, 0)
            return Polarity("distanced", t, begin, "distancing", naming)
    return None


def _beyond(text: Text, first: int, t0: int) -> bool:
    """ما وصفه بفرصة تاريخية رغم الإرهاب، ما سماه «نصرا» لقي ...: the term stands behind what is disowned."""
    tok, relative = text.tok, text.cues.words.get("relative", {})
    closed = "»" in tok[first:t0] and "«" in tok[first:t0]
    if closed and t0 - first > 3 and tok[t0 - 3 : t0] == ["»", "و", "«"]:
        return False  # ما سمته السلطات «التدخل الخارجي» و«الإرهاب»
    return closed or any(tok[u] in _BEYOND or (tok[u] in relative and tok[u] != "من") for u in range(first, t0))


def _joined(tok: list[str], first: int, t0: int) -> bool:
    """ما يسمى بالدولة وإقامة نظام: what is joined is not of a kind with what is disowned."""
    definite = tok[first].startswith(("بال", "ال"))
    return definite and any(w[0] == "و" and len(w) > 4 and w[1:3] != "ال" for w in tok[first + 1 : t0])


def _of_name(text: Text, first: int, t0: int) -> bool:
    """ما يسمى بتنظيم (داعش) الإرهابي: the name is disowned, the adjective added to it is not."""
    if not text.tok[t0].startswith("ال") or any(w in THAT for w in text.tok[first:t0]):
        return False
    first = max([first, *(t + 1 for t in range(first, t0) if text.tok[t] in ABOUT)])  # مزاعم موسكو حول الثورة الملونة
    return any(
        text.is_kind(t, "institution_head") or text.actors.match(text.tok, t, t0) is not None for t in range(first, t0)
    )


def find_polarity(text: Text, t0: int, t1: int, lo: int, hi: int) -> Polarity:
    """Polarity of the term at tokens `t0` to `t1`, with cues sought from `lo` to `hi`.

    Distancing is looked for first: a disowned word (ما يسمى، المزعوم) says less about the events than about
    the word. Then denial: a negative copula of which the term is the predicate, a denied cause or link, a denying
    verb, and a denial that follows (ولكن هذا غير ممكن). A negation of anything else leaves the frame affirmed:
    «لن نسمح بثورات ملونة», «لا مفاوضات مع الإرهابيين».
    """
    distanced = _distanced(text, t0, t1, lo, hi)
    as_claimed = distanced and distanced.first >= t1 and text.tok[distanced.first] == "كما"  # ليس إرهابيا كما زعموا
    if distanced and not as_claimed and not text.is_kind(distanced.first, "claim_noun") and not in_myth(text, t0):
        return distanced
    denial = find_denial(text, t0, t1, lo, hi)
    return Polarity("rejected", *denial) if denial else distanced or AFFIRMED  # فند مزاعم ... denies them
