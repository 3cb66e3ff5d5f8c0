"""Denial: which negation or denying verb denies the frame itself, and not something else in its clause."""

from __future__ import annotations

from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import (
    CLAIM_SUBJECT,
    CLAUSE,
    COMMA,
    CONTRAST,
    DENIAL_NOUNS,
    DENIAL_PREDICATE,
    DENYING,
    STOP,
)

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
OBJECT_GAP = 7  # لم ينتم إلى أي جماعة ...
_END = STOP | COMMA
_CLAUSE_START = CLAUSE | CONTRAST | _END
_CLAUSE_END = CONTRAST | _END
_DENIED_AFTER = STOP | DENIAL_PREDICATE
_DEFINITE = ("ال", "لل", "فال")
_OF_JOINING = ("في", "الي")
_IF = ("اذا", "لو", "ما", "فاذا", "واذا")
_OF_VERB = "يتنا"  # what a verb behind لا or لم begins with


def _clause(text: Text, t0: int, lo: int, reach: int) -> int:
    """Start of the clause before a token: not beyond a comma, a contrast, a colon."""
    if text.tok[t0].startswith("فال"):
        return t0  # فالإرهاب opens a clause
    classes = text.classes
    t = t0 - 1
    while t >= lo and t0 - t <= reach:
        found = classes[t]
        if found & _CLAUSE_START:
            if found & CLAUSE:
                return t
            if found & _END or (text.at("contrast", t, t0) and text.tok[t] not in ("الا", "سوي")):
                return t + 1
        t -= 1
    return max(lo, t + 1)


def _clause_ends(text: Text, t1: int, hi: int) -> bool:
    """Whether nothing but more of the same (والبطش) stands between the term and the end of its clause."""
    t = _behind(text, t1, hi)
    return t >= hi or bool(text.classes[t] & _CLAUSE_END) or text.tok[t] == "»"


def _behind(text: Text, t1: int, hi: int) -> int:
    """The token behind the term and what is joined to it: القمع والبطش."""
    while t1 < hi and text.tok[t1].startswith("وال"):
        t1 += 1
    return t1


def _is_relative(text: Text, t: int) -> bool:
    return text.tok[t] in text.cues.words.get("relative", {})


def _is_event_adjective(text: Text, t0: int) -> bool:
    """الهجوم الإرهابي، جرائمهم الإرهابية: an event taken as given; الفكر الإرهابي is any of its kind."""
    if not t0 or not text.tok[t0].startswith("ال") or text.is_kind(t0 - 1, "generic_noun"):
        return False
    before = text.tok[t0 - 1]
    if before.startswith("ال") or before[1:3] == "ال":
        return text.is_kind(t0 - 1, "event_noun")
    stem = next((before.removesuffix(x) for x in ("هم", "ها", "ه") if before.endswith(x)), "")
    return bool(stem) and "event_noun" in text.cues.kinds(stem)


def _governed(text: Text, t0: int, end: int) -> bool:
    """Whether the term hangs on a preposition or on fighting, supporting: then it is no predicate."""
    if text.is_kind(t0 - 1, "against"):
        return True
    term = text.tok[t0]
    if term[0] in "لك" and not term.startswith("لا") and len(term) > 3:
        return True
    return text.tok[t0 - 1] in PREPOSITIONS and t0 - 1 >= end


def _only(text: Text, first: int, t0: int, t1: int, hi: int) -> bool:
    """ليس فقط، سوى، وحده: not only."""
    return any(text.at("only", t, hi) for t in range(first, t0)) or any(
        text.at("only", t, hi) for t in range(t1, min(hi, t1 + 4)) if text.tok[t] not in ("غير", "مجرد", "اول")
    )


def _reason_follows(text: Text, t1: int, hi: int) -> bool:
    """... وراء الأحداث: whether what is said of the term is that it is the cause."""
    end = min(hi, t1 + 6)
    return any(text.is_kind(t, "reason") for t in range(t1, end)) and "،" not in text.tok[t1:end]


def _definite(text: Text, t0: int, t1: int) -> bool:
    """الإرهاب، أعمال العنف، مقاتلو التنظيم: a term that can be what a sentence speaks of."""
    first = text.tok[t0]
    return first.startswith("ال") or text.tok[t1 - 1].startswith("ال") or (first[-1] == "و" and len(first) > 3)


def _adjacent(text: Text, t0: int, begin: int) -> Found | None:
    """A negator immediately before the term: غير مسلح، بلا عنف، ليس عملا إرهابيا، الاحتجاج غير المسلح."""
    tok, t = text.tok, t0 - 1
    if t < begin:
        return None
    if not tok[t0].startswith(_DEFINITE):
        slogan = tok[t0][0] == "ل" and tok[t] in ("لا", "ولا")  # لا لفوضى
        if not slogan and text.at("direct_negator", t, t0):
            return t, t0, "negation"
        if t > begin and text.is_kind(t, "event_noun") and tok[t - 1] in ("غير", "لا", "وليس", "وليست", "ليس"):
            return t - 1, t, "negation"
        return None
    of_noun = tok[t] == "غير" and t > begin and tok[t - 1].startswith("ال")
    if of_noun and tok[t0].endswith(("ين", "ون")):
        of_noun = tok[t - 1].endswith(
            ("ين", "ون")
        )  # المحتجون غير المسلحين; in المبنى غير الإرهابيين it is all but them
    of_kind = tok[t] in ("بغير", "لغير") and tok[t0].endswith(("ي", "يه", "يين"))
    return (t, t0, "negation") if of_noun or of_kind else None


def _contrasted(text: Text, t: int, t0: int, lo: int) -> bool:
    """احتجوا على الفساد لا على الأسعار: a negator, and a preposition that the clause before it has too."""
    tok = text.tok
    if tok[t] not in ("لا", "ليس", "وليس", "ليست", "وليست") or t0 - t > 3 or tok[t0][0] == "و":
        return False
    behind = tok[t + 1]
    before = tok[max(lo, t - 12) : t]
    if any(w in (".", ":", "«") for w in before):
        return False
    if behind in PREPOSITIONS:
        return t0 > t + 1 and behind in before
    alike = [w for w in before if w[0] == behind[0] and len(w) > 3]
    return tok[t] != "لا" and t0 - t < 3 and behind[0] in "لب" and not text.at("b_word", t + 1, t0 + 1) and bool(alike)


def _of_copula(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the term is the predicate of a negative copula (or of لا يمكن وصف ... بـ) at `t`."""
    tok, first = text.tok, t + n
    between = tok[first:t0]
    naming = any(text.is_kind(u, "naming") for u in range(t, first))
    if len(between) > (NAMING_GAP if naming else COPULA_GAP):
        return False
    if any(w in THAT for w in between) or _only(text, first, t0, t1, hi):
        return False
    if naming:
        return not text.is_kind(t0 - 1, "against") and not any(_is_relative(text, u) for u in range(first, t0))
    # a definite word behind ليس is its subject, except where it corrects (وليس الإرهابية) or nothing else can be
    # the predicate (ليس الحل العنف؛ لم تكن سياسة القمع التي ...)
    corrects = tok[t].startswith("وليس") and not between
    behind = _behind(text, t1, hi)
    of_noun = bool(between) and not tok[t0 - 1].startswith("ال") and behind < hi and _is_relative(text, behind)
    subject = _definite(text, t0, t1) and not corrects and not of_noun and not _clause_ends(text, t1, hi)
    if not subject and not _governed(text, t0, first) and not _blocked(text, first, t0):
        return True
    return _reason_follows(text, t1, hi)


def _blocked(text: Text, first: int, t0: int) -> bool:
    """Whether something else than the term is the predicate."""
    for t in range(first, t0):
        token = text.tok[t]
        if _is_relative(text, t) or token == "هناك":
            return True
        if token in text.cues.verbs or token in ("من", "لدي", "امام", "ضد", "مع", "لدينا", "لنا", "لهم", "له", "لها"):
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
    if particle == "لن":
        return None
    for c in range(v, t0):
        meant = text.at("purpose", c, t0)
        m = meant or text.at("cause", c, t0)
        if not m or t0 - c - m > CAUSE_GAP or _only(text, v, t0, t1, hi):
            continue
        if text.is_kind(t0 - 1, "against"):
            continue
        if particle.startswith("ليس"):
            denied = c - v <= NOT_GAP and tok[c] != "اثر"  # ليس له أثر
        elif meant:
            denied = t0 - c - m <= 1 and tok[v][0] in _OF_VERB
        else:
            denied = any(text.at("outbreak", u, t0) for u in range(v, min(v + 3, t0)))
        if denied:
            return t, c + m, "negation"
    if v >= t0 or particle not in ("لا", "لم") or _only(text, v + 1, t0, t1, hi):
        return None
    if _held(text, v, t0, t1, hi) or _taken_part(text, v, t0, t1, hi):
        return t, v + 1, "negation"
    return None


def _held(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the verb at `v` holds the frame true of something: أعتقد أن ما جرى ثورة، صنفته جماعة إرهابية."""
    between = text.tok[v + 1 : t0]
    if not text.is_kind(v, "held") or len(between) > NAMING_GAP or _governed(text, t0, v + 1):
        return False
    if "اذا" in between or _is_event_adjective(text, t0):
        return False
    clause = any(w in THAT for w in between)
    if not clause and (text.tok[t0].startswith("ال") or "في" in between):
        return False  # لا يرون في ظل الفوضى معنى، لم ير أصحاب النظرية أحدا
    # أن الإرهابيين سينتصرون: something is said of them
    subject = text.tok[t0].startswith("ال") and between[-1] in THAT
    return not subject or _reason_follows(text, t1, hi)


def _taken_part(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the frame is what, by the verb at `v`, happens, is done or had, or is joined."""
    tok = text.tok
    joining, happening = text.is_kind(v, "taking_part"), text.is_kind(v, "happening")
    if not (joining or happening) or t0 - v - 1 > OBJECT_GAP or _is_event_adjective(text, t0):
        return False
    places = range(v + 1, t0)
    if any(tok[u] in THAT or _is_relative(text, u) or text.is_kind(u, "against") for u in places):
        return False
    prepositions = [tok[u] for u in places if tok[u] in PREPOSITIONS]
    if joining:
        led = bool(prepositions) or any(tok[u][0] == "ب" for u in range(v + 1, t0 + 1))
        return led and all(w in _OF_JOINING for w in prepositions)
    if prepositions or any(tok[u][0] == "ل" and len(tok[u]) > 3 for u in range(v + 1, t0 + 1)):
        return False
    if t0 - 2 > v and not tok[t0 - 2].startswith("ال") and tok[t0 - 2] != "اي":
        return False  # لم ترصد قدرة جماعة متشددة على ... : part of a longer phrase
    definite = tok[t0].startswith(_DEFINITE)
    return not definite or (t0 > v + 1 and not tok[t0].endswith("ون") and _clause_ends(text, t1, hi))


def _denied(text: Text, t: int, kind: str, t0: int, t1: int, hi: int) -> bool:
    """Whether a denying verb or noun at `t` denies the frame itself, not something about it."""
    tok = text.tok
    places = range(t + 1, t0)
    between = tok[t + 1 : t0]
    claim = any(text.at("claim_noun", u, t0) for u in places)
    if kind == "refuse":
        if not claim or any(w in THAT for w in between[2:]):
            return False
        return any(text.is_kind(u, "naming") for u in places) or not _names_actor(text, t + 1, t0)
    if claim:
        return not _names_actor(text, t + 1, t0)
    event = _is_event_adjective(text, t0)
    if any(text.at("link_noun", u, t0) for u in places):
        return not event
    if any(text.at("cause", u, t0) for u in places):
        return True
    if any(text.is_kind(u, "being") for u in places):
        return not event and not _governed(text, t0, t + 1)
    if any(w in THAT for w in between) and _reason_follows(text, t1, hi):
        return True
    subject = not between and (tok[t0].endswith("ون") or (t1 < hi and tok[t1] in THAT))
    if tok[t] not in text.cues.verbs or subject or event:
        return False
    return _apart(text, t + 1, t0) <= 1 or tok[t0 - 1] == "اي"


def _apart(text: Text, first: int, t0: int) -> int:
    """Tokens before the term, without أي and what أو joins to it: نافية أسر أو اعتقال ..."""
    between = text.tok[first:t0]
    while len(between) > 1 and between[-1] == "او":
        between = between[:-2]
    return sum(1 for w in between if w != "اي")


def _of_noun(text: Text, t: int, n: int, t0: int) -> bool:
    """عدم وصف ما جرى بالإرهاب، دون أي عمل إرهابي: whether the noun at `t` denies the naming or the being of the term."""
    tok = text.tok
    naming = any(text.is_kind(u, "claim_noun") for u in range(t, t + n))
    if _apart(text, t + n, t0) > (NOUN_GAP if naming else EXISTENCE_GAP) or _is_event_adjective(text, t0):
        return False
    if tok[t0][0] == "و" and t0 > t + n and not naming:
        return False  # انعدام الاستقرار وأزمة الوقود
    return not _governed(text, t0, t + n) and not any(_is_relative(text, u) for u in range(t + n, t0))


def _of_link(text: Text, t: int, n: int, t0: int) -> bool:
    """لا علاقة لها بالإرهاب، بعيدون عن الإرهاب، لا يهدف إلى العنف: whether the term is what the link is denied to."""
    tok, gap = text.tok, t0 - t - n
    if gap > LINK_GAP or _is_event_adjective(text, t0):
        return False
    near = tok[t].startswith("بعيد") or tok[t + n - 1] == "الي"
    if near and gap > 1 and not any(text.at("claim_noun", u, t0) for u in range(t + n, t0)):
        return False
    return any("صحه" in w for w in tok[t : t + n]) or not any(w in THAT for w in tok[t + n : t0])


def _names_actor(text: Text, first: int, t0: int) -> bool:
    """تنظيم داعش الإرهابي: the term is added to a name, which alone is spoken of."""
    return text.tok[t0].startswith("ال") and any(
        text.is_kind(t, "institution_head") or text.actors.match(text.tok, t, t0) is not None for t in range(first, t0)
    )


def _denied_after(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """... ثورة ملونة، ولكن هذا غير ممكن؛ الحديث عن ثورة ملونة غير صحيح."""
    tok = text.tok
    classes = text.classes
    if t0 and tok[t0 - 1] in THAT and _definite(text, t0, t1) and not _reason_follows(text, t1, hi):
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
        near = (
            any(text.at("claim_subject", u, t) for u in range(max(t1, t - 4), t))
            and "علي" not in tok[t + n : t + n + 1]
        )
        if near and ("،" in tok[t1:t] or any(text.at("contrast", u, t) for u in range(t1, t)) or t - t1 <= 6):
            return t, t + n, "denial"
        if subject and t - t1 <= 8 and "،" not in tok[t1:t]:
            return t, t + n, "denial"
    return None


def find_denial(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """The words that deny the frame at tokens `t0` to `t1`: a negator, a denying verb or noun, a denial behind it."""
    tok, classes = text.tok, text.classes
    begin = _clause(text, t0, lo, CLAUSE_REACH)
    if found := _adjacent(text, t0, begin):
        return found
    for t in range(t0 - 1, begin - 1, -1):
        if not classes[t] & DENYING or tok[t - 1] in _IF:
            continue  # إذا لم يكن، ما لم توجد: a condition
        if _contrasted(text, t, t0, lo) and not _only(text, t + 1, t0, t1, hi):
            return t, t + 1, "negation"
        n = text.at("denied_noun", t, t0)
        if n and _of_noun(text, t, n, t0):
            return t, t + n, "negation"
        n = text.at("negative_link", t, t0)
        if n and _of_link(text, t, n, t0) and not _only(text, t + n, t0, t1, hi):
            return t, t + n, "negation"
        n = text.at("negative_existence", t, t0)
        if n and t0 - t - n <= 3 and not _governed(text, t0, t + n) and not _only(text, t + n, t0, t1, hi):
            return t, t + n, "negation"
        n = text.at("negative_copula", t, t0)
        if n and _of_copula(text, t, n, t0, t1, hi):
            return t, t + n, "negation"
        n = text.at("negator", t, t0)
        if n and (found := _negated(text, t, n, t0, t1, hi)):
            return found
        verb = text.cues.verbs.get(tok[t])
        if (verb and verb.kind in ("deny", "refuse") and verb.form != "object") or tok[t] in DENIAL_NOUNS:
            if t > lo and text.at("negator", t - 1, t):
                return None
            if _denied(text, t, verb.kind if verb else DENIAL_NOUNS[tok[t]], t0, t1, hi):
                return t, t + 1, "denial"
    return _denied_after(text, t0, t1, begin, hi)
