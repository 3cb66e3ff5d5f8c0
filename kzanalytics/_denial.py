"""Denial: which negation or denying verb denies the frame itself, and not something else in its clause."""

from __future__ import annotations

from collections.abc import Collection

from kzanalytics._clause_scope import (
    behind_joined,
    clause_ends,
    clause_start,
    is_condition,
    is_definite,
    is_event_adjective,
    is_governed,
    is_relative,
    is_these,
    names_actor,
    not_only,
    reason_follows,
    tokens_apart,
    under_negation,
)
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import CLAIM_SUBJECT, DENIAL_NOUNS, DENIAL_PREDICATE, DENYING, STOP

__all__ = ["Found", "find_denial"]

Found = tuple[int, int, str]  # first token of the cue, the one behind it, and its class

CLAUSE_REACH = 22  # tokens back to where the clause of a term starts
COPULA_GAP = 7  # tokens between a negative copula and its predicate: a subject may stand between
LINK_GAP = 9
CAUSE_GAP = 8
NOT_GAP = 4
NAMING_GAP = 14  # لا يمكن وصف ... بـ: the object named may be long
NOUN_GAP = 5
EXISTENCE_GAP = 2
SUBJECT_GAP = 12  # الحديث عن ثورة ... غير صحيح
OBJECT_GAP = 7  # لم ينتم إلى أي جماعة ...
_DENIED_AFTER = STOP | DENIAL_PREDICATE
_DEFINITE = ("ال", "لل", "فال")
_PLURAL = ("ين", "ون")
_OF_JOINING = ("في", "الي")
_OWN_PREPOSITION = (("suffering", "من"), ("containing", "علي"), ("resulting", "عن"), ("struck", "ب"))
_WHEN = ("خلال", "اثناء", "بعد", "قبل", "منذ", "عقب")
_PARTICLES = ("لا", "لم", "دون", "بدون")
_TO_BE = ("يكن", "تكن", "نكن", "اكن", "يكونوا", "تكونوا")
_TO_HAVE = frozenset(
    "له لها لهم لهما لنا لي لديه لديها لديهم لدينا لدي فيه فيها فيهم فينا بينهم بيننا بينهما عندنا عنده عليه عليها عليهم".split()
)
_WITHOUT = ("دون", "بدون", "بلا")
_LACKING = ("دون", "بدون", "بلا", "غير", "عدم", "بعدم", "لعدم", "انعدام", "غياب")
_REGARDING = frozenset("بعد قبل خلال منذ عقب اثناء رغم اثر بعيدا بسبب ضد داخل".split())
_ANY = ("اي", "ايه")
_OF_LIKE = ("سياسه", "طريق", "لغه", "اسلوب")
_OCCURRING = ("وجود", "وقوع", "حدوث", "حصول", "اندلاع", "تسجيل")
_OF_USE = ("تبادل", "استخدام", "استعمال", "وجود", "وقوع")
_CAUSED = ("سبب", "اسباب")  # ليس سبب الهزيمة: the defeat is given
_OF_NOUNS = ("غير", "لا", "ولا", "وليس", "وليست", "ليس", "ليست", "دون", "بدون", "بلا")
_OF_VERB = "يتنا"  # what a verb behind لا or لم begins with


def _adjacent(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """A negator immediately before the term: غير مسلح، بلا عنف، ليس عملا إرهابيا، الاحتجاج غير المسلح."""
    tok, t = text.tok, t0 - 1
    if t < begin:
        return None
    if tok[t] in _LACKING and (under_negation(text, t, begin, 10) or _prevents(text, t, begin)):
        return None  # لن تنجح دون ثورة، يحول دون عنف
    if not tok[t0].startswith(_DEFINITE):
        slogan = tok[t0][0] == "ل" and tok[t] in ("لا", "ولا")  # لا لفوضى
        subject = "ليس" in tok[t] and (is_definite(text, t0, t1) or _one_of_many(text, t, t1, hi))
        condition = is_condition(text, t, begin)
        if not slogan and not subject and not condition and text.at("direct_negator", t, t0):
            return None if tok[t] == "ولا" and "لن" in tok[begin:t] else (t, t0, "negation")
        if t > begin and text.is_kind(t, "event_noun") and tok[t - 1] in _OF_NOUNS:
            return t - 1, t, "negation"
        if t > begin and tok[t - 1] in _WITHOUT and tok[t0].endswith(("ي", "يه")) and not tok[t].startswith("ال"):
            return t - 1, t, "negation"  # دون تمييز طائفي
        if tok[t] == "او":  # دون تمييز أو عنف، بلا أعمال شغب أو نهب
            for u in (t - 2, t - 3):
                if u >= begin and tok[u] in _WITHOUT and not under_negation(text, u, begin, 10):
                    return u, u + 1, "negation"
        return None
    if is_these(text, t):
        return None
    if tok[t] == "لا" and t and tok[t0].startswith("ال") and (tok[t - 1][0].isalpha() or tok[t - 1] == "،"):
        return t, t0, "negation"  # السلام لا الحرب: before the article لا corrects what stands before it
    noun = t - 2 if t > begin and tok[t - 1] == "،" else t - 1
    of_noun = tok[t] in ("غير", "وغير") and noun >= 0 and "ال" in tok[noun][:3]
    if of_noun and tok[t0].endswith(_PLURAL):
        of_noun = tok[noun].endswith(_PLURAL)  # المحتجون غير المسلحين; المبنى غير الإرهابيين is all but them
    of_kind = tok[t] in ("بغير", "لغير") and tok[t0].endswith(("ي", "يه", "يين"))
    return (t, t0, "negation") if of_noun or of_kind else None


def _prevents(text: Text, t: int, begin: int) -> bool:
    """يحول دون، الحيلولة دون، حالت الشرطة دون."""
    return any(text.is_kind(u, "preventing") for u in range(max(begin, t - 3), t))


def _one_of_many(text: Text, t: int, t1: int, hi: int) -> bool:
    """ليست مؤامرة واحدة، وليس احتلال بلد واحد: there are more."""
    return "ليس" in text.tok[t] and any(w in ("واحد", "واحده") for w in text.tok[t1 : min(hi, t1 + 2)])


def _contrasted(text: Text, t: int, t0: int, lo: int) -> bool:
    """احتجوا على الفساد لا على الأسعار: a negator, and a preposition that the clause before it has too."""
    tok = text.tok
    if tok[t] not in ("لا", "ليس", "وليس", "ليست", "وليست") or t0 - t > 3 or tok[t0][0] == "و":
        return False
    behind = tok[t + 1]
    before = tok[max(lo, t - 12) : t]
    while (mark := next((i for i, w in enumerate(before) if w in (".", ":", "«")), -1)) >= 0:
        before = before[mark + 1 :]
    if behind in PREPOSITIONS:
        if t0 <= t + 1 or (behind == "من" and tok[t + 2][0] in "يت") or is_these(text, t0 - 1):
            return False
        return behind in before or (tok[t] == "لا" and t > lo and tok[t - 1] not in ("او", "ام"))
    alike = [w for w in before if w[0] == behind[0] and len(w) > 3]
    return tok[t] != "لا" and t0 - t < 3 and behind[0] in "لبك" and not text.at("b_word", t + 1, t0 + 1) and bool(alike)


def _of_copula(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the term is the predicate of a negative copula (or of لا يمكن وصف ... بـ) at `t`."""
    tok, first = text.tok, t + n
    between = tok[first:t0]
    naming = any(text.is_kind(u, "naming") for u in range(t, first))
    if len(between) > (NAMING_GAP if naming else COPULA_GAP):
        return False
    if len(between) > 1 and between[-2] == "من" and text.is_kind(t0 - 1, "adherent"):
        return True  # ليس من دعاة العنف
    that = next((w for w in between if w in THAT), "")
    if (that and not (naming and that[0] == "ب" and len(between) - between.index(that) <= 3)) or not_only(
        text, first, t0, t1, hi
    ):
        return False
    if _one_of_many(text, t, t1, hi) or (between and (is_these(text, t0 - 1) or between[-1] in _CAUSED)):
        return False
    if tok[t].endswith("لم") and tok[first - 1].endswith("عد") and _verb_follows(text, t1, min(hi, t1 + 5)):
        return False  # لم يعد خطر الإرهاب يقتصر على ...
    verbal = between and (between[0] == "كل" or tok[first - 1][-2:] in ("كن", "ان", "نت", "عد"))
    if verbal and _verb_follows(text, first, t0):
        return False  # لم تكن تجهل الجرائم، ما كان لينجح الحصار، ليس كل أحد يقبل بالإساءة
    if _has_else(text, first, t0) or any(text.is_kind(u, "judgement") for u in range(t1, min(hi, t1 + 2))):
        return False
    if naming and tok[t0][0] != "ب" and any(w[0] == "ل" and len(w) > 4 and w[1] != "ا" for w in between):
        return False  # لا تعتبر الحل لمعالجة الأزمة
    if naming:
        return not text.is_kind(t0 - 1, "against") and not any(is_relative(text, u) for u in range(first, t0))
    joined = bool(between) and tok[t0][0] == "و" and not tok[t0 - 1].startswith("ال")
    if joined and (tok[t0].startswith("وال") or len(between) > 3):
        return False  # ليست باليه والأخطاء جزء منها: a clause of its own
    # a definite word behind ليس is its subject, except where it corrects (وليس الإرهابية) or nothing else can be
    # the predicate (ليس الحل العنف؛ لم تكن سياسة القمع التي ...)
    corrects = tok[t].startswith("وليس") and not between
    behind = behind_joined(text, t1, hi)
    of_noun = bool(between) and not tok[t0 - 1].startswith("ال") and behind < hi and is_relative(text, behind)
    subject = is_definite(text, t0, t1) and not corrects and not of_noun and not clause_ends(text, t1, hi)
    if not subject and not is_governed(text, t0, first) and not _blocked(text, first, t0):
        return True
    return reason_follows(text, t1, hi)


def _has_else(text: Text, first: int, t0: int) -> bool:
    """Whether the term is only part of what is not had or not in something: ليس للبلاد قوانين خاصة بالإرهاب."""
    tok = text.tok
    inside = tok[first] == "في" and t0 > first + 2 and "ليس" in tok[first - 1]
    had = tok[first] in _TO_HAVE or (tok[first][0] == "ل" and len(tok[first]) > 3)
    if not (inside or had) or t0 <= first or any(text.at("link_noun", u, t0) for u in range(first, t0)):
        return False
    led = any(tok[u][0] == "ب" and not text.at("b_word", u, t0) for u in range(first + 1, t0 + 1))
    return inside or led or tok[t0 - 1] in PREPOSITIONS


def _verb_follows(text: Text, first: int, t0: int) -> bool:
    """Whether a verb of the present stands before the term: no predicate (يوما، تنظيما، يمين) looks like it."""
    for word in text.tok[first:t0]:
        verbal = word[0] in "يت" or word[:2] in ("لي", "لت", "لن")
        nominal = word.endswith(("ا", "ه", "ات", "ين", "ي")) and not word.endswith("وا")
        if verbal and len(word) > 3 and not nominal and word[3:4] != "ي":
            return True
    return False


def _before_or(tok: list[str], t0: int, first: int) -> int:
    """Where the first of some words joined by أو starts: شغب أو عنف."""
    while tok[t0 - 1] == "او" and t0 - 2 > first:
        t0 -= 2
    return t0


def _no_link(text: Text, t: int, n: int, t0: int) -> bool:
    """ليس لهم أي انتماء إلى ...، ليس لدينا متطرفون: a negative copula whose subject is what is not had."""
    tok, u = text.tok, t + n
    end = _before_or(tok, t0, u)
    had = tok[u] in _TO_HAVE and end - u <= 3 and not tok[t0].startswith(_DEFINITE) and not is_governed(text, t0, u + 1)
    if had and all(w in _ANY or w in _TO_HAVE or w[:2] == "مع" for w in tok[u + 1 : end]):
        return True  # ليس لدينا أي خلاف
    if u + 1 >= t0 or tok[u] not in _TO_HAVE or t0 - u > LINK_GAP or any(w in THAT for w in tok[u:t0]):
        return False
    u += 2 if tok[u + 1] == "اي" else 1
    return u < t0 and bool(text.at("link_noun", u, t0)) and not is_event_adjective(text, t0)


def _blocked(text: Text, first: int, t0: int) -> bool:
    """Whether something else than the term is the predicate."""
    for t in range(first, t0):
        token = text.tok[t]
        if is_relative(text, t) or token == "هناك":
            return True
        if (
            token in text.cues.verbs
            or token in DENIAL_NOUNS
            or token in ("من", "لدي", "امام", "ضد", "مع", "لدينا", "لنا", "لهم", "له", "لها")
        ):
            return True
        if any(text.is_kind(t, kind) for kind in ("against", "modal_noun", "judgement")):
            return True
        if token[0] in "لك" and len(token) > 4 and token.startswith(("لل", "لم", "لت")):
            return True
        if token in PREPOSITIONS and t + 2 >= t0:
            return True
        if "adverb" in text.cues.starts(token) and token[-1] in "هام":
            return True  # عليها، منها: a relative clause
    return False


def _negated(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> Found | None:
    """لم تندلع بسبب ...؛ لا أعتقد أن ...؛ لم ينتم إلى ... : a negated verb between the negator and the term."""
    tok, v = text.tok, t + n
    particle = tok[t].lstrip("وف")
    if particle == "لن" or any(_denies(text, u) for u in range(v, t0)):
        return None
    for c in range(v, t0):
        meant = text.at("purpose", c, t0)
        m = meant or text.at("cause", c, t0)
        if not m or t0 - c - m > CAUSE_GAP or not_only(text, v, t0, t1, hi):
            continue
        if text.is_kind(t0 - 1, "against") or (meant and any(is_relative(text, u) for u in range(v, c))):
            continue
        if particle.startswith("ليس"):
            denied = c - v <= NOT_GAP and tok[c] != "اثر"  # ليس له أثر
        elif meant:
            denied = t0 - c - m <= 1 and tok[v][0] in _OF_VERB
        else:
            denied = any(text.at("outbreak", u, t0) for u in range(v, min(v + 3, t0)))
        if denied:
            return t, c + m, "negation"
    if v < t0 and tok[v] in _TO_BE:  # لم يكن قد أبدى ...، لم أكن أؤمن ...
        had = next((u for u in range(v + 1, min(v + 5, t0)) if tok[u] == "قد"), v)
        v = had + 1 if had > v or (v + 1 < t0 and tok[v + 1][0] in _OF_VERB) else v
    if v >= t0 or particle not in _PARTICLES or not_only(text, v + 1, t0, t1, hi):
        return None
    if _held(text, v, t0, t1, hi) or _taken_part(text, v, t0, t1, hi) or _of_any(text, v, t0):
        return t, v + 1, "negation"
    return None


def _denies(text: Text, t: int) -> bool:
    verb = text.cues.verbs.get(text.tok[t])
    return (verb is not None and verb.kind in ("deny", "refuse")) or text.tok[t] in DENIAL_NOUNS


def _held(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the verb at `v` holds the frame true of something: أعتقد أن ما جرى ثورة، صنفته جماعة إرهابية."""
    between = text.tok[v + 1 : t0]
    if not text.is_kind(v, "held") or len(between) > NAMING_GAP or is_governed(text, t0, v + 1):
        return False
    if "اذا" in between or is_event_adjective(text, t0) or any(w in AND_THAT for w in between):
        return False
    clause = any(w in THAT for w in between)
    if clause and not PREPOSITIONS.isdisjoint(between[-3:]):
        return False  # لا نعتقد أن هذا يساعد في حل الأزمة
    if not clause and any(is_relative(text, u) and text.tok[u] != "من" for u in range(v + 1, t0)):
        return False
    if not clause and (text.tok[t0].startswith("ال") or ("في" in between and "وجود" not in between)):
        return False  # لا يرون في ظل الفوضى معنى، لم ير أصحاب النظرية أحدا
    # أن الإرهابيين سينتصرون، أن مثل تلك الكارثة ستقع: something is said of them
    subject = clause and is_definite(text, t0, t1) and (between[-1] in THAT or not clause_ends(text, t1, hi))
    return not subject or reason_follows(text, t1, hi)


def _of_any(text: Text, v: int, t0: int) -> bool:
    """لم توجه أي تهمة، لم تتخذ القرية أي ثأر: أي before the term itself, behind a verb that is negated."""
    tok, places = text.tok, range(v, t0 - 1)
    if tok[t0 - 1] not in _ANY or t0 - v > OBJECT_GAP or tok[t0].endswith((*_PLURAL, "ي")):
        return False
    if any(tok[u] in PREPOSITIONS or tok[u] in THAT or is_relative(text, u) for u in places):
        return False
    return not any(text.is_kind(u, "modal_noun") or text.is_kind(u, "tolerating") for u in places)


def _taken_part(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the frame is what, by the verb at `v`, happens, is done or had, or is joined."""
    tok = text.tok
    if text.is_kind(v, "meaning") and t0 == v + 1:
        return True  # ذلك لا يعني الخيانة
    joining, happening = text.is_kind(v, "taking_part"), text.is_kind(v, "happening")
    if not (joining or happening) or t0 - v - 1 > OBJECT_GAP or is_event_adjective(text, t0):
        return False
    places = range(v + 1, t0)
    own = next((word for kind, word in _OWN_PREPOSITION if text.is_kind(v, kind)), "")
    if any(w in THAT or w in AND_THAT for w in tok[v + 1 : t0]):
        return False
    if any((is_relative(text, u) and tok[u] != own) or text.is_kind(u, "against") for u in places):
        return False
    prepositions = [tok[u] for u in places if tok[u] in PREPOSITIONS]
    if joining:
        if t1 < hi and text.actors.match(tok, t1, hi) is not None:
            return False  # لم يشارك في جرائم داعش: they are given
        led = bool(prepositions) or any(tok[u][0] == "ب" or tok[u] == "لاي" for u in range(v + 1, t0 + 1))
        led = led or ("تعرض" in tok[v] and tok[t0][0] == "ل")
        if any(w[:2] == "لل" for w in tok[v + 1 : t0]) or (tok[v][1:] in ("نتج", "نجم") and tok[t0 - 1] == "عن"):
            return False  # لم تسفر عن نتيجة للتيار المتشدد؛ لم ينجم عن الهجوم شيء: it is given
        if led or not happening:
            return led and all(w == own or (w in _OF_JOINING and own != "ب") for w in prepositions)
    start = _before_or(tok, t0, v + 1)
    if tok[start - 1] in _ANY and not tok[t0].startswith(_DEFINITE):
        return not is_governed(text, t0, v + 1)  # لم ينتج عن الحادث أي عنف
    exchange = t0 > v + 1 and tok[t0 - 1] in _OF_USE  # تبادل لإطلاق النار
    if prepositions or any(tok[u][0] == "ل" and len(tok[u]) > 3 for u in range(v + 1, t0 + (not exchange))):
        return False
    if start - 2 > v and not tok[start - 2].startswith("ال") and tok[start - 2] not in _ANY:
        return False  # لم ترصد قدرة جماعة متشددة على ... : part of a longer phrase
    if not tok[t0].startswith(_DEFINITE) and not (tok[t0][-1] == "و" and len(tok[t0]) > 3):
        return True
    some = text.is_kind(t0 - 1, "generic_noun") or text.is_kind(t0 - 1, "event_noun") or tok[t0 - 1] in _OF_LIKE
    return some and clause_ends(text, t1, hi)


def _denied(text: Text, t: int, kind: str, t0: int, t1: int, hi: int) -> bool:
    """Whether a denying verb or noun at `t` denies the frame itself, not something about it."""
    tok = text.tok
    places = range(t + 1, t0)
    between = tok[t + 1 : t0]
    if any(w in AND_THAT for w in between) or any(_said(text, u) for u in places):
        return False
    claim = any(text.at("claim_noun", u, t0) and _of_claim(text, u, t0) for u in places)
    if kind == "refuse":
        if not claim or any(w in THAT for w in between[2:]) or tok[t0 - 1] in _WHEN:
            return False
        return any(text.is_kind(u, "naming") for u in places) or not names_actor(text, t + 1, t0)
    if claim:
        return not names_actor(text, t + 1, t0) and not (tok[t0].startswith("ال") and tok[t0].endswith(_PLURAL))
    event = is_event_adjective(text, t0)
    link = next((u for u in reversed(places) if text.at("link_noun", u, t0)), 0)
    if link:
        return not event and _of_denied_link(text, link, t0)
    being = any(text.is_kind(u, "being") for u in places)
    if any(text.at("cause", u, t0) for u in places):
        return being
    if being:
        subject = text.is_kind(t0 - 1, "being") and t1 < hi and bool(text.at("cause", t1, hi))
        meant = any(w[0] == "ل" and len(w) > 4 and w[1] != "ا" for w in between)  # أن يكون ضروريا لإنهاء الأزمة
        inside = not PREPOSITIONS.isdisjoint(tok[max(t + 1, t0 - 3) : t0])
        return not event and not subject and not meant and not inside and not is_governed(text, t0, t + 1)
    if any(w in THAT for w in between) and reason_follows(text, t1, hi):
        return True
    made = next((u for u in places if text.is_kind(u, "happening")), 0)
    if made and tok[made - 1] in THAT and t0 - made <= 3 and not tok[t0].startswith(_DEFINITE):
        return not is_governed(text, t0, made)  # استبعد أن تخلق زيارته أزمة
    subject = not between and (tok[t0].endswith("ون") or (t1 < hi and tok[t1] in THAT))
    if tok[t] not in text.cues.verbs or subject or event or is_these(text, t0 - 1):
        return False
    if (
        t + 2 == t0
        and not between[0].startswith("ال")
        and (text.is_kind(t + 1, "institution_head") or text.is_kind(t + 1, "person_head"))
    ):
        return False  # نفت حركة المقاومة: who denies
    return tokens_apart(text, t + 1, t0) <= 1 or tok[t0 - 1] == "اي"


def _said(text: Text, t: int) -> bool:
    """وقالوا: what somebody said besides is not denied."""
    verb = text.cues.verbs.get(text.tok[t])
    return verb is not None and verb.joined and verb.form == "finite" and verb.kind not in ("deny", "refuse")


def _of_claim(text: Text, claim: int, t0: int) -> bool:
    """Whether the term is what is claimed: not هذه الاتهامات، not behind الذي further on."""
    tok = text.tok
    if tok[t0 - 1] == "في" and not any(text.is_kind(u, "link_noun") for u in range(claim, t0)):
        return False  # أنباء عن حريق في ...
    if is_these(text, claim - 1) or not _REGARDING.isdisjoint(tok[claim:t0]):
        return False
    return not any(is_relative(text, u) and tok[u] not in ("من", "مما") for u in range(claim + 2, t0))


def _of_denied_link(text: Text, link: int, t0: int) -> bool:
    """وجود أي إرهابيين، تورطه في عمل إرهابي: not وجود تغيير في موقفها من الأزمة."""
    between = text.tok[link + 1 : t0]
    prepositions = sum(1 for w in between if w in PREPOSITIONS)
    if text.tok[link] in _OCCURRING:
        return prepositions == 0 and tokens_apart(text, link + 1, t0) <= EXISTENCE_GAP
    return prepositions <= 2 and _REGARDING.isdisjoint(between)


def _of_noun(text: Text, t: int, n: int, t0: int) -> bool:
    """عدم وصف ما جرى بالإرهاب، دون أي عمل إرهابي: whether the noun at `t` denies the naming or the being of the term."""
    tok = text.tok
    tok = text.tok
    naming = any(text.is_kind(u, "claim_noun") for u in range(t, t + n))
    if (tok[t] in _LACKING or tok[t] == "من") and (under_negation(text, t, 0, 4) or _prevents(text, t, 0)):
        return False
    if not naming and any(w[0] == "و" and len(w) > 3 and w not in _OCCURRING for w in tok[t + n : t0]):
        return False  # انعدام الكفاءة وتفشي الفساد
    apart = t0 > t + n and tok[t0].startswith("ال") and not naming
    if apart and not (text.is_kind(t0 - 1, "generic_noun") or text.is_kind(t0 - 1, "event_noun")):
        return False  # عدم العثور على سلاح الجريمة
    if tokens_apart(text, t + n, t0) > (NOUN_GAP if naming else EXISTENCE_GAP) or is_event_adjective(text, t0):
        return False
    if tok[t0][0] == "و" and t0 > t + n and not naming:
        return False  # انعدام الاستقرار وأزمة الوقود
    return not is_governed(text, t0, t + n) and not any(is_relative(text, u) for u in range(t + n, t0))


def _of_link(text: Text, t: int, n: int, t0: int) -> bool:
    """لا علاقة لها بالإرهاب، بعيدون عن الإرهاب، لا يهدف إلى العنف: whether the term is what the link is denied to."""
    tok, gap = text.tok, t0 - t - n
    if gap > LINK_GAP or is_event_adjective(text, t0) or "(" in tok[t + n : t0] or under_negation(text, t, 0, 1):
        return False
    if any(is_relative(text, u) and tok[u] != "من" for u in range(t + n, t0)):
        return False  # تبرئة الشرطي الذي أطلق النار
    if "اذا" in tok[t + n : t0] or ("صحه" in tok[t] + tok[t + 1] and tok[t + n] in _TO_HAVE):
        return False  # شائعات لا صحة لها
    last = tok[t + n - 1]
    if tok[t].endswith(("براءه", "تبرئه")) and "من" not in tok[t + n - 1 : t0]:
        return False
    if last.endswith("ستهدف"):
        return not tok[t0].endswith(_PLURAL) and gap <= 1  # لا يستهدف إسقاط النظام; who is aimed at is taken as given
    apart = tokens_apart(text, t + n, t0)
    near = tok[t].startswith("بعيد") or last in ("الي", "علي") or "خل" in tok[t] or "خال" in tok[t]
    if near and apart > 1 and not any(text.at("claim_noun", u, t0) for u in range(t + n, t0)):
        return False
    return last == "كما" or any("صحه" in w for w in tok[t : t + n]) or not any(w in THAT for w in tok[t + n : t0])


def _denied_after(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """... ثورة ملونة، ولكن هذا غير ممكن؛ الحديث عن ثورة ملونة غير صحيح."""
    tok = text.tok
    classes = text.classes
    named = is_definite(text, t0, t1)
    if t0 and tok[t0 - 1] in THAT and named and not reason_follows(text, t1, hi):
        return None  # أن الأسعار سترتفع، وهذا غير صحيح: what is said of them is denied
    for t in range(t1, min(hi, t1 + 26)):
        if not classes[t] & _DENIED_AFTER:
            continue
        if classes[t] & STOP or any(w in THAT for w in tok[t1:t]):
            break
        n = text.at("denial_predicate", t, hi)
        if not n or t + n > hi:
            continue
        subject = any(
            classes[u] & CLAIM_SUBJECT and text.at("claim_subject", u, t0) for u in range(max(begin, t0 - 7), t0)
        )
        near = any(
            text.at("claim_subject", u, t) and tok[u - 1] not in ("غير", "وغير") and PREPOSITIONS.isdisjoint(tok[u:t])
            for u in range(max(t1, t - 4), t)
        )
        near = near and "علي" not in tok[t + n : t + n + 1]
        but = near and any(text.at("contrast", u, t) for u in range(t1, t))
        if but or (near and (subject or not named) and ("،" in tok[t1:t] or t - t1 <= 6)):
            return t, t + n, "denial"
        if subject and t - t1 <= SUBJECT_GAP and "،" not in tok[t1:t]:
            return t, t + n, "denial"
    return None


def _exists(text: Text, first: int, t0: int) -> bool:
    """لا توجد أعمال عنف، لا توجد أدلة على إرهاب: not لا يوجد فهم واضح لمعنى الإرهاب."""
    tok = text.tok
    if is_governed(text, t0, first) and not text.is_kind(first, "link_noun"):
        return False
    places = range(first, t0)
    if any(text.is_kind(u, "link_noun") for u in places):
        return True
    if _verb_follows(text, first, t0):
        return False
    prefixed = any(tok[u][0] in "بل" and len(tok[u]) > 3 and not text.at("b_word", u, t0) for u in (*places[1:], t0))
    return not (t0 > first and prefixed) and not any(tok[u] in PREPOSITIONS for u in places)


def _negation(text: Text, t: int, lists: Collection[str], t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """The negation at `t`, a word of some `lists`, if it denies the term."""
    if "negator" in lists and _contrasted(text, t, t0, lo) and not not_only(text, t + 1, t0, t1, hi):
        return t, t + 1, "negation"
    if "denied_noun" in lists and (n := text.at("denied_noun", t, t0)) and _of_noun(text, t, n, t0):
        return t, t + n, "negation"
    if "negative_link" in lists:
        n = text.at("negative_link", t, t0)
        if n and _of_link(text, t, n, t0) and not not_only(text, t + n, t0, t1, hi):
            return t, t + n, "negation"
    if "negative_existence" in lists and (n := text.at("negative_existence", t, t0)) and t0 - t - n <= 3:
        of_it = t + n == t0 and text.tok[t0 - 1] in ("وجود", "اثر", "لاوجود")  # لا وجود للإرهاب
        if (of_it or _exists(text, t + n, t0)) and not not_only(text, t + n, t0, t1, hi):
            return t, t + n, "negation"
    if "negative_copula" in lists:
        n = text.at("negative_copula", t, t0)
        if n and (_of_copula(text, t, n, t0, t1, hi) or _no_link(text, t, n, t0)):
            return t, t + n, "negation"
    if "negator" in lists and (n := text.at("negator", t, t0)):
        return _negated(text, t, n, t0, t1, hi)
    return None


def find_denial(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """The words that deny the frame at tokens `t0` to `t1`: a negator, a denying verb or noun, a denial behind it."""
    tok, classes, verbs, cues = text.tok, text.classes, text.cues.verbs, text.cues.by_word
    begin = clause_start(text, t0, lo, CLAUSE_REACH)
    if found := _adjacent(text, t0, t1, begin, hi):
        return found
    for t in range(t0 - 1, begin - 1, -1):
        if not classes[t] & DENYING or is_condition(text, t, lo):
            continue  # إذا لم يكن، ما لم توجد: a condition
        lists = cues.get(tok[t])
        if lists and (found := _negation(text, t, lists, t0, t1, lo, hi)):
            return found
        verb = verbs.get(tok[t])
        if (verb and verb.kind in ("deny", "refuse") and verb.form != "object") or tok[t] in DENIAL_NOUNS:
            if under_negation(text, t, lo, 3):
                return None
            if _denied(text, t, verb.kind if verb else DENIAL_NOUNS[tok[t]], t0, t1, hi):
                return t, t + 1, "denial"
    return _denied_after(text, t0, t1, begin, hi)
