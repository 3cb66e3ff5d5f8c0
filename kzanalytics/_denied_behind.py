"""Denial in words behind the term, or in what the term is told in: ... غير صحيح، ... مجرد ذريعة، أسطورة ..."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ABOUT,
    ANY,
    NEGATORS,
    OCCURRING,
    PLURAL,
    Found,
    clause_ends,
    is_definite,
    is_governed,
    is_relative,
    not_only,
    reason_follows,
    under_negation,
)
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import CLAIM_SUBJECT, COMMA, DENIAL_PREDICATE, DENYING, STOP
from kzanalytics.cues import bases

__all__ = ["denied_behind", "in_myth"]

SUBJECT_GAP: Final = 12  # الحديث عن ثورة ... غير صحيح
_DENIED_AFTER: Final = STOP | DENIAL_PREDICATE
_CAUSES: Final = frozenset("سبب سببا اسباب دافع محرك شراره وراء وراءها خلف".split())
_CORE: Final = ("لب", "جوهر", "صلب", "اصل", "اساس")
PRETEXT_GAP: Final = 6  # أسعار الوقود في البلاد مجرد ذريعة
_TO_BE: Final = frozenset("كان كانت تكون يكون باتت بات صار صارت اصبح اصبحت تبقي يبقي ظلت".split())
_BUT: Final = ("سوي", "الا", "غير")
_NO_MORE: Final = ("اكثر", "غير", "الا", "فقط", "فحسب", "سبب", "سببا")  # ذريعة لا أكثر، ليس إلا
_TOLD_ABOUT: Final = ("وجود", "عن", "حول", "حدوث", "وقوع", "«")
_TIES: Final = ("علاقه", "صله", "دخل", "شان")
_OF_IT: Final = ("له", "لها", "لهم", "لنا")
_WITH_IT: Final = frozenset("بما بذلك بهذا بالامر بالاحداث بالاحتجاجات بالازمه بالاضطرابات".split())
_SCENARIOS: Final = (*OCCURRING, "سيناريو", "تكرار", "قيام", "احتمال", "امكانيه")
_INSULTS: Final = frozenset("مقبول مقبوله مرفوض مرفوضه ظلم اجحاف تجن اساءه اهانه استفزاز".split())  # of a word alone
_WHERE: Final = ("في", "هنا", "هناك", "اليوم", "الان", "حاليا", "تماما", "عمليا", "اصلا", "لدينا", "عندنا")
_TO_OCCUR: Final = frozenset("تقع يقع تحدث يحدث تحصل يحصل تندلع يندلع تجر يجر تكن".split())
_LABELS: Final = ("اسم", "صفه", "وصف", "تسميه", "لقب", "تهمه")
_RESULTING: Final = ("نجم", "نتج", "سبب", "اندلع")
NO_REACH: Final = 12  # ثورة ملونة، أجاب الباحث فلان بالنفي
_EXCEPT: Final = frozenset("دون بدون بلا الا اذا ما لو طالما".split())


def _unlinked(text: Text, t: int, hi: int) -> int:
    """Tokens of لا علاقة لها بما جرى، لا تفسر ما جرى at `t` (0: none): not لا علاقة له بالدين."""
    tok = text.tok
    explains = t + 1 < hi and tok[t] in ("لا", "لم") and tok[t + 1] in ("تفسر", "يفسر")
    if explains and t + 2 < hi and tok[t + 2] in ("خروج", "اقتحام", "حرق", "احراق", "نهب", "سقوط", "مقتل"):
        return 2  # ارتفاع الأسعار لا يفسر خروج مئات الآلاف
    n = text.at("negative_link", t, hi) or 2 * explains
    behind = range(t + n, min(hi, t + n + 3))
    only = any(text.at("only", u, hi) for u in behind)
    return n if n and not only and any(text.is_kind(u, "the_events") for u in behind) else 0


def _no_cause(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """أسعار الوقود ليست سبب الاحتجاجات، رفع الدعم لم يكن وراءها: the frame is denied as the cause."""
    for t in range(t1, min(hi, t1 + 3)):
        if text.classes[t] & (STOP | COMMA):
            return None
        if not text.classes[t] & DENYING:
            continue
        if n := text.at("negative_copula", t, hi):
            n += t + n < hi and text.tok[t + n] in ("هي", "هو", "هم", "يوما", "قط", "ابدا", "اصلا")  # ليست هي السبب
            core = t + n + 1 < hi and text.tok[t + n] in _CORE and text.is_kind(t + n + 1, "trouble")
            causes = core or (t + n < hi and not _CAUSES.isdisjoint(bases(text.tok[t + n])))
            alone = not any(text.at("only", u, hi) for u in range(t + n, min(hi, t + n + 4)))
            alone = alone and not not_only(text, t + n, t + n, t + n, hi)
            return (t, t + n, "negation") if causes and alone and not is_governed(text, t0, begin) else None
        if (n := _unlinked(text, t, hi)) and _is_topic(text, t0, begin):
            return t, t + n, "negation"
    return None


def _called_false(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """وصفت مزاعم عن دور في ثورة بأنها كاذبة: what is claimed is called false."""
    tok = text.tok
    for t in range(t1, min(hi, t1 + PRETEXT_GAP + 3)):
        if text.classes[t] & (STOP | COMMA):
            return None
        if tok[t].startswith("بال") and text.is_kind(t, "false"):
            return (t, t + 1, "denial") if _is_told(text, begin, t0) else None  # وصفت الحديث عن الإرهاب بالأكاذيب
        if tok[t] in ("مجرد", "محض") and t + 1 < hi and text.is_kind(t + 1, "pretext") and _is_told(text, begin, t0):
            return t, t + 2, "denial"  # اعتبر ما يشاع عن هجوم إرهابي مجرد شائعات
        if tok[t] in ("بانها", "بانه") and t + 2 < hi:
            false = t + 1 + (tok[t + 1] in ("«", "محض"))
            false += tok[false] == "كلام" and false + 1 < hi
            far = tok[false].startswith("بعيد") and tok[false + 1 : false + 2] == ["عن"]
            untrue = far or text.is_kind(false, "false") or text.at("denial_predicate", false, hi) > 0
            return (t, false + 1, "denial") if untrue and _is_told(text, begin, t0) else None
    return None


def _is_told(text: Text, begin: int, t0: int) -> bool:
    """الحديث عن، ما يشاع عن، تهمة: whether words before a term say that it is claimed."""
    told = any(text.is_kind(u, "untold") or text.at("claim_subject", u, t0) for u in range(begin, t0))
    return told or text.tok[t0 - 1].startswith("تهم")


def _misdrawn(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """تشبيهها بـ«الثورات الملونة» خطأ: what it is likened to is wrong."""
    tok, behind = text.tok, t1 + (text.tok[t1 : t1 + 1] == ["»"])
    n = text.at("denial_predicate", behind, hi) if behind < hi else 0
    if not n:
        return None
    likened = next((u for u in range(t0 - 1, max(begin, t0 - 7) - 1, -1) if tok[u].lstrip("و").startswith("تشبيه")), t0)
    apart = any(tok[u] in THAT for u in range(likened, t0))
    return (behind, behind + n, "denial") if likened < t0 and not apart else None


def _answered_no(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """وردا على سؤال عما إذا كانت ثورة ملونة، أجاب فلان بالنفي; not عما إذا كان يخشى الإرهابيين."""
    tok, end = text.tok, min(hi, t1 + NO_REACH)
    answered = next((t for t in range(t1, end) if tok[t] == "بالنفي"), end)
    if answered == end or not ("اذا" in tok[max(begin, t0 - 9) : t0] or "هل" in tok[begin:t0]):
        return None
    whether = not is_definite(text, t0, t1) and not is_governed(text, t0, begin)
    reach = range(max(0, t0 - 5), t0)
    whether = whether or any(tok[u].startswith(_RESULTING) or text.at("cause", u, t0) for u in reach)
    alone = any(text.at("only", u, answered) for u in range(t1, answered))  # هل كانت الأسعار وحدها السبب؟
    return (answered, answered + 1, "denial") if whether and not alone else None


def _stop(text: Text, first: int, end: int) -> int:
    return next((t for t in range(first, end) if text.classes[t] & (STOP | COMMA)), end)


def in_myth(text: Text, t0: int) -> bool:
    """أسطورة الإرهابيين، خرافة وجود ثورة ملونة: the noun before the term calls it untrue; not ليست أسطورة الإرهاب."""
    u = t0 - 1
    while u > 0 and text.tok[u] in _TOLD_ABOUT:
        u -= 1
    if u < 0 or not text.is_kind(u, "myth") or "ال" in text.tok[u][:3] or is_governed(text, t0, t0):
        return False
    person = any(
        text.is_kind(v, "first_name") for v in range(t0, _stop(text, t0, min(t0 + 4, len(text.tok))))
    )  # أسطورة البرازيل روماريو
    if person or (u and text.tok[u - 1].lstrip("وف") in NEGATORS):
        return False
    return text.is_kind(u, "told_of") or not text.tok[t0].endswith(PLURAL)  # أكذوبة الإرهابيين is theirs


def _pretext(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """أسعار الوقود مجرد ذريعة، الكلام عن الأسعار لم يكن سوى ذريعة: not لم يكن سوى بداية الغضب."""
    tok, classes = text.tok, text.classes
    for t in range(t1, min(hi, t1 + PRETEXT_GAP)):
        if classes[t] & (STOP | COMMA) or tok[t] in THAT:
            return None
        if classes[t] & DENYING and (n := text.at("negative_copula", t, hi)) and _is_topic(text, t0, begin):
            but = next((u for u in range(t + n, min(hi - 1, t + n + 4)) if tok[u] in _BUT), 0)
            pretext = but + 1 + (tok[but + 1] == "«")
            if but and pretext < hi and text.is_kind(pretext, "pretext"):
                return t, pretext + 1, "denial"  # لم تكن بالنسبة إليهم سوى ذريعة
        if not text.starts_cue(t):
            continue
        if is_relative(text, t):
            return None
        if t == t1 and text.is_kind(t, "pretext") and not tok[t].startswith("ال") and _is_talk_of(text, t0, begin):
            return t, t + 1, "denial"  # الحديث عن الإرهاب ذريعة لتبرير
        near = t <= t1 + 2 and (t == t1 or tok[t - 1] == "»")
        if near and (n := text.at("smears", t, hi)) and _is_talk_of(text, t0, begin):
            return t, t + n, "denial"  # الحديث عن الإرهاب محاولة لتشويه المحتجين
        n = text.at("no_more_than", t, hi)
        if n and t + n < hi and text.is_kind(t + n, "pretext"):
            negated = not NEGATORS.isdisjoint(w.lstrip("وف") for w in tok[max(begin, t - 2) : t])
            negated = negated or under_negation(text, t0, begin, 6)
            return (t, t + n + 1, "denial") if not negated and _is_topic(text, t0, begin) else None
        more = t + 2 < hi and text.is_kind(t, "pretext") and tok[t + 1] in ("لا", "ليس") and tok[t + 2] in _NO_MORE
        if more and _is_topic(text, t0, begin):
            return t, t + 3, "denial"
    return None


def _is_talk_of(text: Text, t0: int, begin: int) -> bool:
    """(إن) الحديث عن: a talk of the term, which opens its clause."""
    talk = next((u for u in range(max(begin, t0 - 2), t0) if text.at("claim_subject", u, t0) == t0 - u), 0)
    named = next((u for u in range(max(begin, t0 - 5), t0 - 1) if text.is_kind(u, "told_as")), 0)
    if named and (named == begin or text.tok[named - 1] in THAT) and text.tok[t0].endswith(("ين", "ا", "يه")):
        return True  # أن اعتبار المراسلين إرهابيين محاولة لإسكاتهم
    if not talk and text.tok[t0 - 1] in ABOUT:  # حديث الغرب عن ثورة
        talk = next((u for u in range(max(begin, t0 - 5), t0 - 2) if text.is_kind(u, "untold")), 0)
    return (
        talk > 0
        and (text.tok[t0 - 1] in ABOUT or text.is_kind(talk, "tale"))
        and (talk == begin or text.tok[talk - 1] in THAT)
    )


def _is_topic(text: Text, t0: int, begin: int) -> bool:
    """إن أسعار الوقود ...، الكلام عن أسعار الوقود ...: what the sentence is about, not هجوم الإرهابيين."""
    tok, before = text.tok, text.tok[t0 - 1]
    if t0 <= begin or before in THAT or before == "فان" or before.lstrip("وف") in _TO_BE or before == "«":
        return True
    if before in ("من", "علي") and t0 - 2 >= begin and text.is_kind(t0 - 2, "anger"):
        return True  # الاستياء من أسعار الوقود، الاحتجاج على أسعار الوقود
    if text.is_kind(t0 - 1, "trouble") or text.is_kind(t0 - 1, "event_noun"):
        return t0 - 1 <= begin or tok[t0 - 2] in THAT or tok[t0 - 2].lstrip("وف") in _TO_BE
    return any(
        text.at("claim_subject", u, t0) == t0 - u or text.is_kind(u, "tale") for u in range(max(begin, t0 - 2), t0)
    )


def _is_label(text: Text, t0: int) -> bool:
    """إطلاق صفة الإرهابيين على: the term is a word that others are called by."""
    return t0 > 1 and text.tok[t0 - 2].endswith("اطلاق") and text.tok[t0 - 1] in _LABELS


def _unlikely(text: Text, t1: int, hi: int) -> int:
    """Tokens of مستحيلة in كازاخستان behind a term (0: none): not مستحيلة دون دعم خارجي, not أمر مستحيل تجاهله."""
    n = text.at("unlikely", t1, hi) if t1 < hi else 0
    end = _stop(text, t1, hi) if n else t1
    plain = t1 + n == end or text.tok[t1 + n] in _WHERE
    return n if n and plain and _EXCEPT.isdisjoint(text.tok[t1:end]) else 0


def denied_behind(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """... ثورة ملونة، ولكن هذا غير ممكن؛ الحديث عن ثورة ملونة غير صحيح."""
    tok = text.tok
    classes = text.classes
    if found := _no_cause(text, t0, t1, begin, hi) or _pretext(text, t0, t1, begin, hi):
        return found
    opens = t0 == begin or tok[t0 - 1] in THAT or tok[t0 - 1] in AND_THAT
    opens = opens or (t0 - 1 > begin and tok[t0 - 1] in ANY and tok[t0 - 2] in THAT)  # أن أي ثورة ملونة غير ممكنة
    marked = t0 > begin and tok[t0 - 1] == "«"
    noun = t0 - 1 - marked
    scenario = noun >= begin and (text.is_kind(noun, "tale") or tok[noun] in _SCENARIOS)
    behind = t1 + (marked and tok[t1 : t1 + 1] == ["»"])
    construct = tok[t1 - 1].startswith("ال") and not tok[t0].startswith("ال")  # أسعار الغاز مستحيلة
    if (opens or scenario) and not construct and (n := _unlikely(text, behind, hi)):
        return behind, behind + n, "denial"
    unborn = t1 + 1 < hi and tok[t1] == "لم" and tok[t1 + 1] in _TO_OCCUR and opens and not tok[t0].endswith(PLURAL)
    if unborn and not construct and (clause_ends(text, t1 + 2, hi) or tok[t1 + 2] in _WHERE):
        return t1, t1 + 2, "negation"  # إن ثورة ملونة لم تقع
    link = t0 > begin and text.is_kind(t0 - 1, "link_noun") and tok[t0][0] == "ب"
    if link and t1 + 1 < hi and tok[t1] == "لم" and tok[t1 + 1] in ("تثبت", "يثبت", "تتاكد", "يتاكد"):
        return t1, t1 + 2, "negation"  # صلته بالإرهابيين لم تثبت
    tied = tok[t1 : t1 + 1] == ["لا"] and t1 + 3 < hi and tok[t1 + 1] in _TIES and tok[t1 + 2] in _OF_IT
    if opens and tied and tok[t1 + 3] in _WITH_IT and not tok[t0].endswith(PLURAL):  # not الإرهاب لا علاقة له بالدين
        return t1, t1 + 3, "negation"  # أن أسعار الوقود لا علاقة لها بما حصل
    if found := _called_false(text, t0, t1, begin, hi) or _misdrawn(text, t0, t1, begin, hi):
        return found
    if found := _answered_no(text, t0, t1, begin, hi):
        return found
    if t0 and tok[t0 - 1] in THAT and is_definite(text, t0, t1) and not reason_follows(text, t1, hi):
        return None  # أن الأسعار سترتفع، وهذا غير صحيح: what is said of them is denied
    for t in range(t1, min(hi, t1 + 26)):
        if not classes[t] & _DENIED_AFTER:
            continue
        if classes[t] & STOP or any(w in THAT for w in tok[t1:t]):
            break
        n = text.at("denial_predicate", t, hi)
        if not n or t + n > hi or tok[t - 1].lstrip("وف") in NEGATORS:  # وهذا ليس مبالغة
            continue
        if tok[t + n : t + n + 1] == ["في"] and any("قانون" in w or "قوانين" in w for w in tok[t + n + 1 : t + n + 3]):
            continue  # تهمة الإرهاب غير موجودة في القانون
        # الحديث عن عنف لا معنى له; هذا العنف لا معنى له is senseless
        insult = tok[t + n - 1] in _INSULTS
        if insult and tok[t0][0] != "ب" and tok[t0 - 1] != "ب" and not _is_label(text, t0):
            continue  # وصف الإرهابيين بالشهداء إهانة
        senseless = "معني" in tok[t : t + n] or insult
        subject = any(
            classes[u] & CLAIM_SUBJECT
            and text.at("claim_subject", u, t0)
            and (not senseless or text.is_kind(u, "tale") or text.is_kind(u, "claim_noun") or _is_label(text, t0))
            for u in range(max(begin, t0 - 9), t0)
        )
        near = any(
            text.at("claim_subject", u, t)
            and tok[u - 1] not in ("غير", "وغير")
            and PREPOSITIONS.isdisjoint(tok[u - 1 : t])
            for u in range(max(t1, t - 4), t)
        )
        near = near and not senseless and "علي" not in tok[t + n : t + n + 1]
        but = near and any(text.at("contrast", u, t) for u in range(t1, t))
        if but or (near and (subject or not is_definite(text, t0, t1)) and ("،" in tok[t1:t] or t - t1 <= 6)):
            return t, t + n, "denial"
        if subject and t - t1 <= SUBJECT_GAP and "،" not in tok[t1:t]:
            return t, t + n, "denial"
    return None
