"""What a word in a clause governs: where the clause starts and ends, and what the term is in it."""

from __future__ import annotations

from typing import Final

from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import CLAUSE, COMMA, CONTRAST, STOP

__all__ = [
    "ABOUT",
    "ANY",
    "BEHIND",
    "DEFINITE",
    "EXISTENCE_GAP",
    "FROM_ABROAD",
    "LINK_GAP",
    "MAKING",
    "NEGATORS",
    "NUMBERS",
    "OCCURRING",
    "ONE",
    "PLURAL",
    "REGARDING",
    "TO_HAVE",
    "Found",
    "before_or",
    "behind_joined",
    "clause_ends",
    "clause_start",
    "is_condition",
    "is_definite",
    "is_depicted",
    "is_event_adjective",
    "is_governed",
    "is_linked",
    "is_relative",
    "is_these",
    "names_actor",
    "not_only",
    "opens_clause",
    "reason_follows",
    "tokens_apart",
    "under_negation",
]

LINK_GAP: Final = 9  # tokens from a word of linking to what the link is to
TO_HAVE: Final = frozenset(
    "له لها لهم لهما لنا لي لديه لديها لديهم لدينا لدي فيه فيها فيهم فينا بينهم بيننا بينهما عندنا عنده عليه عليها عليهم".split()
)
DEFINITE: Final = ("ال", "لل", "فال")
PLURAL: Final = ("ين", "ون")
ANY: Final = ("اي", "ايه")
ABOUT: Final = ("عن", "حول", "بشان")
REGARDING: Final = frozenset("بعد قبل خلال منذ عقب اثناء رغم اثر بعيدا بسبب ضد داخل".split())
FROM_ABROAD: Final = ("اجانب", "اجنبي", "اجنبيه", "دوليون", "دوليين", "مدربون", "مدربين", "مسلحون", "مسلحين")
ONE: Final = ("واحد", "واحدا", "واحده")
NUMBERS: Final = frozenset("عشرون عشرين ثلاثين الف الاف مئات عشرات مئه مليون".split())
MAKING: Final = ("تدبير", "صنع", "فعل", "صنيعه", "تنظيم", "تخطيط", "تنفيذ")  # من تدبير إرهابيين
OCCURRING: Final = ("وجود", "وقوع", "حدوث", "حصول", "اندلاع", "تسجيل")
Found = tuple[int, int, str]  # a cue: its first token, the one behind it, and its class
_END: Final = STOP | COMMA
_CLAUSE_START: Final = CLAUSE | CONTRAST | _END
_THESE: Final = ("هذا", "هذه", "تلك", "ذلك", "هؤلاء")
_JOINS: Final = ("او", "ولا", "اي")  # behind a comma they go on with the clause
EXISTENCE_GAP: Final = 2  # tokens between عدم وجود and what is not there
BEHIND: Final = ("وراء", "خلف")
SHOWN_REACH: Final = 5  # رفضت أسرة القتيل تصوير
ONLY_REACH: Final = 12  # tokens from a term to the فحسب that says "not only"
_NOT_BEHIND: Final = ("غير", "وغير", "مجرد", "اول")
_ONLY: Final = ("فحسب", "فقط", "لمجرد")
NEGATORS: Final = frozenset(("لا", "لم", "لن", "ليس", "ليست", "لست", "لسنا"))
_NO_NEGATION: Final = frozenset("بد شك ريب سيما زال زالت يزال تزال يزالون زلنا".split())  # لا بد: it must be
_IF: Final = ("اذا", "لو", "ما", "وما", "فاذا", "واذا", "حال", "ولو")
_LEST: Final = ("حتي", "وحتي", "كي", "لكي", "ولكي")
_AS_SUCH: Final = ("بوصف", "باعتبار", "بصفت")
_CIRCUMSTANCES: Final = frozenset("بعد خلال رغم وفق وفقا بحسب حسب حتي منذ اثر عقب في".split())
_BEFORE_NEGATOR: Final = ("كان", "كانت", "كانوا")


def clause_start(text: Text, t0: int, lo: int, reach: int) -> int:
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
            if found & COMMA and t + 1 < t0 and text.tok[t + 1] in _JOINS:
                t -= 1
                continue
            if found & COMMA and (first := _aside(text, t, lo) or _before_that(text, t, lo)):
                t = first - 1
                continue
            if found & _END or _contrasts(text, t, lo, t0):
                return t + 1
        t -= 1
    return max(lo, t + 1)


def _aside(text: Text, t: int, lo: int) -> int:
    """The comma that opens what the comma at `t` closes: فند الوزير، سعيد الحسن، مزاعم ..."""
    for u in range(t - 2, max(lo, t - 9), -1):
        if text.classes[u] & _END:
            words = text.tok[u + 1 : t]
            if len(words) > 3 and words[0] not in _CIRCUMSTANCES:
                return 0
            plain = not any(w in text.cues.verbs or w[0] == "و" or w.lstrip("ف") in NEGATORS for w in words)
            return u if text.classes[u] & COMMA and plain else 0
    return 0


def _before_that(text: Text, t: int, lo: int) -> int:
    """The comma that opens what the comma before أن closes: نفت واشنطن، على لسان ناطق باسمها، أن تكون ..."""
    if text.tok[t + 1] != "ان":
        return 0
    for u in range(t - 1, max(lo, t - 16), -1):
        if text.classes[u] & _END:
            return u if text.classes[u] & COMMA else 0
    return 0


def _contrasts(text: Text, t: int, lo: int, t0: int) -> bool:
    """Whether a clause of its own starts at `t`: لكن، بينما، لأن; but not where that is denied (ليس لأنه إرهابي)."""
    n = text.at("contrast", t, t0)
    if not n or (n == 1 and text.tok[t] in ("الا", "سوي")):
        return False
    return not (text.tok[t].startswith("لان") and t > lo and text.at("negator", t - 1, t))


def _stops(text: Text, t: int, hi: int) -> bool:
    """Whether the clause ends at `t`: a stop, a comma, a contrast."""
    found = text.classes[t]
    return bool(found & _END) or bool(found & CONTRAST and text.at("contrast", t, hi))


def clause_ends(text: Text, t1: int, hi: int) -> bool:
    """Whether nothing but more of the same (والبطش) stands between the term and the end of its clause."""
    t = behind_joined(text, t1, hi)
    return t >= hi or _stops(text, t, hi) or text.tok[t] in ("»", "بقدر")  # لم يكن ثورة بقدر ما كان انهيارا


def behind_joined(text: Text, t1: int, hi: int) -> int:
    """The token behind the term and what is joined to it: القمع والبطش."""
    while t1 < hi and text.tok[t1].startswith("وال"):
        t1 += 1
    return t1


def is_relative(text: Text, t: int) -> bool:
    return text.tok[t] in text.cues.words.get("relative", {})


def is_event_adjective(text: Text, t0: int) -> bool:
    """الهجوم الإرهابي، جرائمهم الإرهابية: an event taken as given; الفكر الإرهابي is any of its kind."""
    if not t0 or not text.tok[t0].startswith("ال"):
        return False
    before = text.tok[t0 - 1]
    these = t0 > 1 and text.tok[t0 - 2] in _THESE and before.startswith("ال")
    if these or text.is_kind(t0 - 1, "generic_noun"):
        return these
    if before.startswith("ال") or before[1:3] == "ال":
        return text.is_kind(t0 - 1, "event_noun")
    stem = next((before.removesuffix(x) for x in ("هم", "ها", "ه") if before.endswith(x)), "")
    return bool(stem) and "event_noun" in text.cues.kinds(stem)


def is_governed(text: Text, t0: int, end: int) -> bool:
    """Whether the term hangs on a preposition or on fighting, supporting: then it is no predicate."""
    if text.is_kind(t0 - 1, "against"):
        return True
    term = text.tok[t0]
    if term[0] in "لك" and len(term) > 3:
        if term[1] != "ا":
            return True
        if term.startswith("كال") or text.text[text.start[t0] + 1] in "أإآ":
            return True  # لأعمال، كأعمال; not كارثة
    return text.tok[t0 - 1] in PREPOSITIONS and t0 - 1 >= end


def not_only(text: Text, first: int, t0: int, t1: int, hi: int) -> bool:
    """ليس فقط، سوى، وحده: not only."""
    if any(text.at("only", t, hi) and (text.tok[t] != "غير" or t == first) for t in range(first, t0)):
        return True
    for t in range(t1, min(hi, t1 + ONLY_REACH)):
        if text.tok[t : t + 2] == ["الا", "اذا"]:
            return False  # لا يمكن وصفها بأنها ثورة إلا إذا أفرغنا المصطلح
        if text.classes[t] & _END or text.at("contrast", t, hi) > 1:
            return False
        if text.tok[t] in _ONLY or (t < t1 + 4 and text.at("only", t, hi) and text.tok[t] not in _NOT_BEHIND):
            return True
    return False


def under_negation(text: Text, t: int, lo: int, reach: int) -> bool:
    """Whether a negator before a denying word takes the denial back: لا ينفي، لن تنجح دون ثورة."""
    for u in range(t - 1, max(lo, t - reach) - 1, -1):
        word = text.tok[u]
        if word.lstrip("وف") in NEGATORS:
            return text.tok[u + 1] not in _NO_NEGATION
        if _stops(text, u, t) or (word[0] == "و" and len(word) > 3):
            return False
    return False


def is_condition(text: Text, t: int, lo: int) -> bool:
    """إذا لم يكن، ما لم توجد، كما لو كان لا يوجد، حتى لا تقع: a negator that denies nothing."""
    u = t - 1
    if u >= lo and text.tok[u] in _LEST:
        return text.tok[t] == "لا"
    while u > lo and text.tok[u] in _BEFORE_NEGATOR:
        u -= 1
    return u >= lo and text.tok[u] in _IF


def is_depicted(text: Text, first: int, t0: int) -> bool:
    """تصوير ابنها على أنه إرهابي، التعامل معهم بوصفهم إرهابيين: the term is what somebody is shown as."""
    tok = text.tok
    shown = next((u for u in range(first, min(first + SHOWN_REACH, t0)) if text.is_kind(u, "depicting")), t0)
    if t0 - shown > LINK_GAP or shown >= t0 or any(is_relative(text, u) for u in range(shown, t0)):
        return False
    if any(tok[t0 - 1].startswith(as_such) for as_such in _AS_SUCH):
        return True
    that = next((u for u in range(max(first, t0 - 3), t0) if tok[u] in THAT), 0)
    return that > first and tok[that - 1] == "علي" and not is_governed(text, t0, that + 1)


def is_linked(text: Text, t0: int) -> bool:
    """لم تثبت صلة المحتجين بالحادث: whether the term, behind a word of linking, is who would be linked."""
    tok = text.tok
    return tok[t0].startswith(("ال", "لل")) and any(w[0] == "ب" and len(w) > 4 for w in tok[t0 + 1 : t0 + 3])


def is_these(text: Text, t: int) -> bool:
    """هذه، لتلك: what follows has been spoken of."""
    return text.tok[t] in _THESE or text.tok[t][1:] in _THESE


def opens_clause(text: Text, t: int, lo: int) -> bool:
    """Whether a clause starts at `t`: behind a stop, a comma, أن, or with و or ف on its first word."""
    if t <= lo or text.tok[t][0] in "وف" or text.classes[t - 1] & _END:
        return True
    return text.tok[t - 1] in THAT or text.tok[t - 1] == "«"


def reason_follows(text: Text, t1: int, hi: int) -> bool:
    """... وراء الأحداث: whether what is said of the term is that it is the cause."""
    for t in range(t1, min(hi, t1 + 6)):
        if _stops(text, t, hi):
            return False
        if text.is_kind(t, "reason") and (text.tok[t].startswith("ال") or not text.at("cause", t, hi)):
            return True
    return False


def is_definite(text: Text, t0: int, t1: int) -> bool:
    """الإرهاب، أعمال العنف، مقاتلو التنظيم: a term that can be what a sentence speaks of."""
    first = text.tok[t0]
    if t1 < len(text.tok) and text.tok[t1].startswith("ال"):
        return True  # فساد المال: an indefinite noun never stands before a definite word
    return first.startswith("ال") or text.tok[t1 - 1].startswith("ال") or (first[-1] == "و" and len(first) > 3)


def tokens_apart(text: Text, first: int, t0: int) -> int:
    """Tokens before the term, without أي and what أو joins to it: نافية أسر أو اعتقال ..."""
    between = text.tok[first:t0]
    while len(between) > 1 and between[-1] == "او":
        between = between[:-2]
    return sum(1 for w in between if w != "اي")


def names_actor(text: Text, first: int, t0: int) -> bool:
    """تنظيم داعش الإرهابي: the term is added to a name, which alone is spoken of."""
    return text.tok[t0].startswith("ال") and any(
        text.is_kind(t, "institution_head") or text.actors.match(text.tok, t, t0) is not None for t in range(first, t0)
    )


def before_or(tok: list[str], t0: int, first: int) -> int:
    """Where the first of some words joined by أو starts: شغب أو عنف."""
    while tok[t0 - 1] == "او" and t0 - 2 > first:
        t0 -= 2
    return t0
