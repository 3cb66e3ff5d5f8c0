"""Denial by what is put in its place (ليست ...، بل)، by what would follow (لو كانت ... لرأينا) and by that there is none."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ABOUT,
    ANY,
    DEFINITE,
    FROM_ABROAD,
    MAKING,
    NUMBERS,
    ONE,
    PLURAL,
    Found,
    clause_ends,
    is_definite,
    is_event_adjective,
    is_governed,
    is_relative,
    not_only,
    opens_clause,
)
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import COMMA, DENYING, STOP

__all__ = [
    "THEY_WERE_THERE",
    "all_are",
    "asked_back",
    "corrected",
    "doubted",
    "dropped",
    "is_against",
    "is_met",
    "is_protested",
    "is_reduced",
    "is_sign",
    "none_of",
    "not_done",
    "unless_it_were",
]

NOT_REACH: Final = 14  # tokens from a term back to what is corrected
RATHER_REACH: Final = 7  # tokens from a term to بل
THEN_REACH: Final = 10  # tokens from لو كانت ثورة to لرأينا
_DROPS: Final = ("اسقط", "اسقطت", "اسقطوا", "سحب", "سحبت", "شطبت", "شطب")
THEY_WERE_THERE: Final = frozenset("وجود وقوع حدوث مشاركه تورط ضلوع تسلل وصول دخول عبور تدريب".split())
TALE_GAP: Final = 5  # رواية وزارة الداخلية الكازاخستانية عن إرهابيين
REDUCED_GAP: Final = 9  # اختزال ما جرى في البلاد كلها في ...
NONE_GAP: Final = 10  # لم تتضمن لائحة الاتهام في صيغتها الأخيرة أي تهمة ...
_RATHER: Final = ("بل", "وانما", "انما")
_NOUN_ENDS: Final = ("ات", "ين", "ون")
_BECAUSE: Final = ("لان", "لانه", "لانها", "لانهم", "لاننا")
_WERE: Final = ("كان", "كانت", "كانوا")
_THEN: Final = ("لكان", "لكانت", "لكانوا", "لكنا", "لما", "لظهر", "لظهرت", "لوجد", "لبرز")
_CROWDS: Final = ("حشود", "جموع", "حشدا", "غاضب", "غاضبه", "محتج")
_AGAINST: Final = ("علي", "من", "ضد", "بسبب", "ازاء")
_DROPPED: Final = ("سقطت", "اسقطت", "انتفت", "تسقط")
_OF_ALL: Final = ("كل", "جميع")
_SO_MANY: Final = NUMBERS.union(("هذا", "العدد", "من", "اي", "كل", "هؤلاء", "«"))
_DECISIONS: Final = ("قرار", "نيه", "خطط", "خطه", "مرسوم", "توجه")
_EVER: Final = ("في", "طوال", "قط", "ابدا", "بين", "الي", "هنا", "يوما")


def _rather(text: Text, t1: int, hi: int) -> int:
    """The token behind a بل that goes on with the clause of a term that ends at `t1` (0: none)."""
    for t in range(t1, min(hi - 1, t1 + RATHER_REACH)):
        if text.tok[t] in _RATHER:
            return t + 1
        if text.classes[t] & STOP or (text.classes[t] & COMMA and text.tok[t + 1] not in _RATHER):
            return 0
    return 0


def corrected(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """ليست احتجاجات على أسعار الوقود، بل محاولة انقلاب: what stands where the term does, behind بل, says so.

    لم تكتف بتثبيت الأسعار، بل خفضت: a verb behind بل adds something. The preposition is said again (لم يأت من ...، بل من), or a
    noun without an article answers one (لم يواجهوا محتجين على ...، بل عصابات).
    """
    tok, other = text.tok, _rather(text, t1, hi)
    if not other or other >= hi or (is_relative(text, other) and tok[other] != "من"):
        return None
    if is_event_adjective(text, t0) or tok[other] in tok[t1 : other - 1]:
        return None  # لم يقتل في هجوم إرهابي في العاصمة، بل في الجنوب
    for t in range(t0 - 1, max(lo, t0 - NOT_REACH) - 1, -1):
        if text.classes[t] & (STOP | COMMA):
            return None
        if not text.classes[t] & DENYING:
            continue
        n = text.at("negator", t, t0) or text.at("negative_copula", t, t0)
        if not n or tok[t].lstrip("وف") == "لن" or not_only(text, t + n, t0, t1, other - 1):
            continue
        between = tok[t + n : t0]
        if tok[other] in _BECAUSE:
            mirrored = any(w in _BECAUSE or w == "بسبب" for w in between)
        elif between[-1:] == [tok[other]]:
            mirrored = not any(w in THAT for w in between) and _tells_of(text, t, t0)
        elif tok[other] in PREPOSITIONS:
            led = next((u for u in range(t0 - 1, max(t + n, t0 - 5) - 1, -1) if tok[u] == tok[other]), t0)
            mirrored = led + 1 < t0 and _in_noun(text, led + 1, t0)
        elif tok[other] in _WERE:  # لم يكن الذين خرجوا إرهابيين، بل كانوا طلابا
            copula = text.at("negative_copula", t, t0) > 0
            mirrored = copula and not tok[t0].startswith(DEFINITE) and not is_governed(text, t0, t0)
        else:
            mirrored = _is_noun(text, other) and _in_noun(text, t + n, t0)
        return (t, t + n, "negation") if mirrored else None
    return None


def _is_noun(text: Text, t: int) -> bool:
    """بل عصابات، بل محاولة: a noun without an article, by its ending as written."""
    word, last = text.tok[t], text.text[text.end[t] - 1]
    if word.startswith("ال") or word in text.cues.verbs:
        return False
    return last == "ة" or word.endswith(_NOUN_ENDS) or (last in "اً" and word[0] not in "يت")


def _tells_of(text: Text, first: int, t0: int) -> bool:
    """لم تخرج بسبب، لم يعودوا يتحدثون عن، ليست المسألة مسألة: what breaks out, is protested against, or spoken of."""
    for u in range(first, t0):
        verb = text.cues.verbs.get(text.tok[u])
        if text.is_kind(u, "outbreak") or text.is_kind(u, "protesting") or (verb is not None and verb.lemma == "تحدث"):
            return True
    return "ليس" in text.tok[first]


def _in_noun(text: Text, first: int, t0: int) -> bool:
    """محتجين غاضبين من، احتجاجات على: whether the term hangs on a noun without an article."""
    head = next(
        (
            t
            for t in range(first, min(first + 4, t0))
            if _is_noun(text, t) or text.tok[t] in _CROWDS or text.is_kind(t, "anger") or text.is_kind(t, "angry")
        ),
        t0,
    )
    crowd = text.tok[min(head, t0 - 1)].endswith(("ين", "ون")) or text.tok[min(head, t0 - 1)] in _CROWDS
    if not (crowd or text.is_kind(head, "anger") or text.is_kind(head, "the_events")):
        return False  # تعويضات للمتضررين من الإرهاب
    between = text.tok[head + 1 : t0]
    if any(w in THAT for w in between) or any(is_relative(text, t) and text.tok[t] != "من" for t in range(head, t0)):
        return False
    return 0 < len(between) <= 4 and not PREPOSITIONS.isdisjoint(between)


def unless_it_were(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """لو كانت ثورة ملونة لرأينا قادتها: a condition that was not met."""
    tok = text.tok
    if is_definite(text, t0, t1) or is_governed(text, t0, t0):
        return None
    for t in range(t0 - 2, max(lo - 1, t0 - 7), -1):
        if tok[t].lstrip("وف") == "لو" and tok[t + 1] in _WERE:
            for u in range(t1, min(hi, t1 + THEN_REACH)):
                if text.classes[u] & STOP:
                    return None
                led = tok[u][0] == "ل" and len(tok[u]) > 4 and tok[u].endswith("نا")
                if tok[u] in _THEN or led:
                    return t, t + 2, "negation"
        if text.classes[t] & (STOP | COMMA):
            return None
    return None


def asked_back(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """أي ثورة ملونة؟: a question that is nothing but the term."""
    tok = text.tok
    if t0 <= lo or tok[t0 - 1] not in ANY or not opens_clause(text, t0 - 1, lo):
        return None
    return (t0 - 1, t0, "negation") if t1 < len(tok) and tok[t1] in ("؟", "?") else None


def all_are(text: Text, first: int, t0: int) -> bool:
    """ليس صحيحا أن كل من نزل إلى الشارع إرهابي: the term is what all are said to be."""
    if text.tok[first] not in _OF_ALL or t0 - first > 9 or text.tok[t0].startswith(DEFINITE):
        return False
    return not is_governed(text, t0, t0 - 1) and t0 - first > 1


def is_met(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم ألتق إرهابيا، لم أقابل أي إرهابي، لم يدخل أي إرهابي، لم تسم تنظيما إرهابيا واحدا: there was none."""
    tok = text.tok
    if is_definite(text, t0, t1) or t0 - v > 5 or is_governed(text, t0, t0):
        return False
    came = text.is_kind(v, "coming") and t1 < hi and tok[t1] in PREPOSITIONS  # لم يعبر أي إرهابي من أفغانستان
    came = came and not (tok[v].endswith("عبر") and tok[t1] == "عن")  # لم يعبر أي إرهابي عن ندم
    if not (came or clause_ends(text, t1, hi) or tok[t1] in ONE or tok[t1] in _EVER):
        return False  # لم يشاهد الحراس إرهابيا كان يختبئ
    if any(tok[u] in PREPOSITIONS or tok[u] in THAT or is_relative(text, u) for u in range(v + 1, t0)):
        return False
    if text.is_kind(v, "coming"):
        return tok[t0 - 1] in ANY
    one = t1 < hi and tok[t1] in ONE
    return text.is_kind(v, "meeting") or (one and text.is_kind(v, "telling_name"))


def is_sign(text: Text, v: int, t0: int) -> bool:
    """لا أرى سمات الثورات الملونة: nothing that shows the term is seen."""
    seen = text.is_kind(v, "meeting") or text.is_kind(v, "showing")
    return seen and t0 - v <= 5 and text.is_kind(t0 - 1, "sign") and not any(w in THAT for w in text.tok[v:t0])


def is_protested(text: Text, v: int, t0: int) -> bool:
    """لم يكونوا يحتجون على أسعار الغاز، لم يهتف أحد ضد الأسعار: what nobody was against."""
    tok = text.tok
    shouted = next((u for u in range(v, min(v + 4, t0)) if text.is_kind(u, "protesting")), t0)
    if "لماذا" in tok[max(0, v - 3) : v]:
        return False
    return shouted < t0 <= shouted + 4 and tok[t0 - 1] in ("علي", "ضد") and not any(w in THAT for w in tok[v:t0])


def is_against(text: Text, first: int, t0: int) -> bool:
    """ليس احتجاجا على أسعار الوقود، لم يكن غضبا من رفع الأسعار: what it was not against."""
    tok = text.tok
    if not text.is_kind(first, "protest_noun") or tok[first].startswith("ال"):
        return False
    led = next((u for u in range(first + 1, min(first + 5, t0)) if tok[u] in _AGAINST), t0)
    plain = not any(tok[u] in THAT or is_relative(text, u) for u in range(first, led))
    return led < t0 <= led + 3 and plain and not any(tok[u] in THAT for u in range(led, t0))


def dropped(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """تهمة الإرهاب سقطت عن المتهمين، أسقطت النيابة تهمة الإرهاب عن 24 موقوفا."""
    tok = text.tok
    if t0 == 0 or not tok[t0 - 1].lstrip("وف").startswith(("تهم", "صفه")):
        return None
    if t0 - 1 > lo and tok[t0 - 1].startswith("تهم") and t1 < hi and tok[t1] == "عن":
        verb = next((u for u in range(t0 - 2, max(lo, t0 - 10) - 1, -1) if tok[u].lstrip("وف") in _DROPS), -1)
        if verb >= 0 and (verb == lo or tok[verb - 1].lstrip("وف") not in ("لم", "لن", "لا", "ان")):
            return verb, verb + 1, "denial"
    off = t1 + 1 < hi and (tok[t1 + 1] == "عن" or clause_ends(text, t1 + 1, hi))
    return (t1, t1 + 1, "denial") if off and tok[t1] in _DROPPED else None


def not_done(text: Text, t1: int, hi: int) -> Found | None:
    """عمل إرهابي لم يرتكبوه، لم يثبت وقوعه: a clause behind the term says that it was not done."""
    n = text.at("done", t1 + 1, hi) if t1 + 1 < hi and text.tok[t1] == "لم" else 0
    return (t1, t1 + 1 + n, "negation") if n else None


def doubted(text: Text, t: int, t0: int) -> bool:
    """شكك محللون في وجود إرهابيين، في رواية الثورة الملونة: whether there is any, or the tale is true."""
    tok = text.tok
    within = next((u for u in range(t + 1, min(t + 9, t0 - 1)) if tok[u] == "في"), 0)
    so_many = (tok[u] in _SO_MANY or text.is_kind(u, "event_noun") for u in range(within + 2, t0))
    if within and told_about(text, within + 1, t0):
        return True
    which = tok[within + 2 : within + 4] in (["التي", "تتحدث"], ["التي", "تقول"]) if within else False
    if which and text.is_kind(within + 1, "tale") and t0 - within <= 9 and not is_definite(text, t0, t0 + 1):
        return True  # شكك في الرواية التي تتحدث عن 20 ألف إرهابي
    if within and tok[within + 1] == "ان" and text.is_kind(within + 2, "being") and not is_definite(text, t0, t0 + 1):
        return tok[t0 - 2] in MAKING or not is_governed(text, t0, within + 2)
    if within and tok[within + 1] == "ان" and 2 < t0 - within <= 5 and tok[t0].endswith(("ي", "ون", "يه")):
        return not is_definite(text, t0, t0 + 1) and clause_ends(text, t0 + 1, len(tok))  # شكك في أن موكله إرهابي
    if not within or not all(so_many):
        return False
    foreign = t0 + 1 < len(tok) and tok[t0 + 1].removeprefix("ال") in FROM_ABROAD  # رواية الإرهابيين الأجانب
    about = foreign or tok[t0 - 1] == "«" or not tok[t0].endswith(PLURAL)
    tale = text.is_kind(within + 1, "tale") and about  # رواية الإرهاب; رواية الإرهابيين is theirs
    return tale or tok[within + 1] in ("وجود", "وقوع", "حدوث") or text.is_kind(within + 1, "told_of")


def told_about(text: Text, u: int, t0: int) -> bool:
    """رواية السلطات عن إرهابيين أجانب: a tale at `u` that is about the term."""
    about = t0 - 1 - (text.tok[t0 - 1] in THEY_WERE_THERE)
    if about < t0 - 1 and text.tok[t0].startswith("ال"):
        return False  # رواية الشرطة عن وصول الإرهابيين سيرا: how, not whether
    if not text.tok[t0].startswith("ال") and t0 + 1 < len(text.tok) and text.tok[t0 + 1].startswith("ال"):
        return False  # رواية التجار عن أسعار الوقود: what there is without doubt
    return text.is_kind(u, "tale") and 0 < about - u <= TALE_GAP and text.tok[about] in ABOUT


def none_of(text: Text, v: int, t0: int) -> bool:
    """لم تتضمن اللائحة أي تهمة تتعلق بالإرهاب، لم يعد للأمر أي صلة بأسعار الوقود: any link to the term."""
    tok = text.tok
    any_ = next((u for u in range(v, min(t0 - 1, v + NONE_GAP)) if tok[u] in ANY), 0)
    decided = any_ > 0 and tok[any_ + 1] in _DECISIONS and tok[t0].lstrip("ب").startswith(("رفع", "زياد"))
    decided = decided and (t0 == any_ + 2 or tok[any_ + 2] in ("بشان", "بخصوص", "حول"))
    if decided and t0 - any_ <= 3 and not any(tok[u] in THAT or is_relative(text, u) for u in range(v, t0)):
        return True  # لم تصدر أي قرار بشأن رفع أسعار الغاز
    if not any_ or t0 - any_ > 4 or not (text.is_kind(any_ + 1, "link_noun") or tok[any_ + 1] in ("تهمه", "تهم")):
        return False
    if any(tok[u] in THAT or is_relative(text, u) for u in range(v, t0)):
        return False
    return tok[t0][0] == "ب" or tok[t0 - 1] in PREPOSITIONS or tok[t0 - 1] == tok[any_ + 1]


def is_reduced(text: Text, first: int, t0: int) -> int:
    """اختزال ما جرى في أسعار الوقود، رد ما وقع كله إلى: the token of what is refused or wrong (0: none)."""
    tok = text.tok
    for u in range(first, min(first + 7, t0)):
        if text.is_kind(u, "reducing") and not tok[u].startswith("ال") and t0 - u <= REDUCED_GAP:
            led = tok[t0 - 1] in ("في", "الي", "علي") or tok[t0][0] == "ب"
            led = led or (tok[t0 - 2] == "في" and tok[t0 - 1] in ("كونه", "كونها"))  # اختزاله في كونه ثورة
            about = tok[u].endswith(("ه", "ها")) or any(
                text.is_kind(w, "the_events") or text.is_kind(w, "trouble") for w in range(u, t0)
            )
            return u if led and about and not any(tok[w] in THAT for w in range(u, t0)) else 0
    return 0
