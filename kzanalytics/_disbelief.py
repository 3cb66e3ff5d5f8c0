"""Denial without a denying verb: rhetorical questions, tales that fall, words that are struck out, what is sought in vain."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ABOUT,
    ANY,
    DEFINITE,
    FROM_ABROAD,
    NUMBERS,
    OCCURRING,
    PLURAL,
    Found,
    clause_ends,
    is_definite,
    is_depicted,
    is_governed,
    is_relative,
    not_only,
    opens_clause,
    reason_follows,
)
from kzanalytics._corrections import told_about
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import COMMA, STOP

__all__ = ["disbelieved"]

QUESTION_REACH: Final = 16  # tokens from the question word to a term
STRUCK_REACH: Final = 5  # شطب من الملف كلمة ...
VAIN_REACH: Final = 14  # عبثا يبحث المعلقون في البلاد عن ...
HARD_REACH: Final = 12  # من غير المرجح أن يكون ما حدث في البلاد ...
OBJECTED_REACH: Final = 10  # انتقدت المنظمة وصف الرئيس المحتجين بـ
_HARD: Final = frozenset(
    "يستحيل ويستحيل مستحيل المستحيل يعقل المعقول معقول المرجح مرجحا الوارد وارد المستبعد".split()
) | frozenset("يصعب ويصعب الصعب يصدق يتصور يمكن الممكن ممكن ممكنا المحتمل المتوقع المنطقي".split())
_REFUSING: Final = ("رفض", "تردد", "تاخر", "امتناع", "عدم", "تجنب", "حذف", "تجاهل")
_SO_MANY: Final = NUMBERS.union(("كل", "هؤلاء", "جميع", "هذا", "العدد", "من"))
_ITS_NAME: Final = frozenset(w + e for w in ("وصف", "نعت", "تسميت", "وصم", "تصنيف") for e in ("ه", "ها", "هم", "نا"))
_LEADS: Final = frozenset("لا لم ولا ولم فلا فلم ليس عبثا غابت غاب اختفت اختفي تغيب يغيب انعدمت لو ولو فلو لن".split())
_ANY: Final = frozenset(ANY)
_LED: Final = PREPOSITIONS | _ANY
_THEY: Final = ("هو", "هي", "هم")
_CAN_IT_BE: Final = frozenset("يعقل ايعقل يصدق يصح ايصح".split())
_BECAME: Final = frozenset("كان كانت صار صارت اصبح اصبحت بات باتت يصير يصبح".split())
_I_BECAME: Final = frozenset("اكون اصير اصبح نكون نصير نصبح".split())  # فكيف أصير إرهابيا؟
_TO_BE: Final = frozenset("يكون تكون يكونوا كل جميع هؤلاء يصير تصير يصبح".split())
_OUR_BUSINESS: Final = ("شان", "علاقه", "دخل", "صله")
_INSTEAD: Final = (("بدلا", "من"), ("عوضا", "عن"), ("عوضا", "من"))
_THAN_IT: Final = ("منه", "منها", "منهم", "منهما")
_ELSE: Final = frozenset("اخر هو هي وهو وهي امر شيء".split())
_NOT_TO_BE: Final = frozenset("يكن تكن ليس ليست يكون تكون".split())
_ENOUGH: Final = ("تكفي", "يكفي", "تكف", "يكف")
_NOT: Final = ("لا", "لم", "ما", "ليس", "ليست")
_TAKEN_BACK: Final = (*_NOT, "غير", "ام", "او")
_NOTHING_BUT: Final = ("سوي", "الا", "غير", "احدا", "شيئا", "علي")
_CHARGES: Final = ("اتهام", "اتهامات", "تهم", "تهمه")
_EVENTS: Final = frozenset("ما الشارع الاحتجاجات الاضطرابات الاحداث الازمه التظاهرات العنف".split())
_END: Final = frozenset("واحد واحدا واحده في بين هناك هنا اطلاقا قط ابدا".split())
_COUNTS: Final = frozenset("عشرون عشرين ثلاثون ثلاثين الف الاف مئات عشرات مئه كل هذا العدد من هؤلاء".split())
_COMING: Final = tuple("يتسلل يدخل يصل يهاجم يعبر يظهر ينزل يتدفق يختفي ياتي يتجمع يجتمع".split())
_TAKING_PLACE: Final = ("تقوم", "يقوم", "تنجح", "تتكرر", "يتكرر", "تنشا", "تولد")
_STAYED: Final = frozenset("كان كانت بقيت ظلت بقي ظل".split())
_SCORN: Final = ("سخر", "يسخر", "تسخر", "ساخر", "استهز", "قلل", "يقلل", "تقلل", "مقلل", "هون", "تهكم")
_THEN: Final = frozenset(
    "عاد عادوا عادت انفجر انفجرت هدا هدات خرج خرجوا خرجت انتهي انتهت توقف توقفت بقي بقيت كان كانت وقع حدث اندلع"
    " اندلعت ثار ثاروا سقط سقطت نزل نزلوا اكتفي رضي".split()
)


def disbelieved(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """The words that deny the frame at tokens `t0` to `t1` without a verb or noun of denial."""
    before, behind = text.tok[max(lo, t0 - VAIN_REACH) : t0], text.tok[t1 : hi + 1]
    found = _fallen(text, t0, lo) or _objected(text, t0, lo) or _instead(text, t0, t1, lo, hi)
    if not found and ("؟" in behind or "?" in behind):
        found = _asked(text, t0, t1, lo, hi)
    if not found and not _LEADS.isdisjoint(before):
        found = _nor(text, t0, lo) or _sought(text, t0, t1, lo, hi) or _not_enough(text, t0, t1, lo, hi)
        found = found or _would_have(text, t0, t1, lo, hi)
    if not found and "لن" in behind[:5]:
        found = _not_found(text, t0, t1, lo, hi)
    if not found and not _HARD.isdisjoint(text.tok[max(lo, t0 - HARD_REACH) : t0]):
        found = _impossible(text, t0, t1, lo)
    if not found and not _ANY.isdisjoint(behind[:5]):
        found = _no_part(text, t0, t1, lo, hi)
    return found


def _bare(word: str) -> str:
    return word.lstrip("وف") or word


def _clause(text: Text, t0: int, lo: int, reach: int) -> int:
    """Where the words before a term start that a stop does not part from it."""
    first = max(lo, t0 - reach)
    return next((t + 1 for t in range(t0 - 1, first - 1, -1) if text.classes[t] & STOP), first)


def _is_question(text: Text, t1: int, hi: int) -> bool:
    end = next((t for t in range(t1, min(len(text.tok), hi + 1)) if text.tok[t] in ("؟", "?", ".", "؛")), -1)
    return end >= 0 and text.tok[end] in ("؟", "?")


def _is_it(text: Text, t0: int, t1: int) -> bool:
    """Whether the term is what something is said to be, or the cause of something."""
    plain = not is_definite(text, t0, t1) and not is_governed(text, t0, t0) and text.tok[t0 - 1] not in PREPOSITIONS
    return plain or any(text.at("cause", u, t0) == t0 - u for u in range(max(0, t0 - 3), t0))


def _asked(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """أين الإرهابيون؟ من قال إن المحتجين إرهابيون؟ هل يعقل أن تحترق مدينة بسبب الأسعار؟ أي ثورة ملونة هذه؟"""
    tok = text.tok
    if not _is_question(text, t1, hi):
        return None
    where = t0 - 1 - (t0 > 1 and tok[t0 - 1] in _THEY)
    if where >= lo and _bare(tok[where]) == "اين" and not (t1 < hi and is_relative(text, t1)):
        return where, where + 1, "negation"
    if t0 > lo and _bare(tok[t0 - 1]) in ANY and t1 < hi and tok[t1] in ("هذه", "هذا", "تلك", "هؤلاء"):
        kind = tok[t0 - 2] not in PREPOSITIONS and tok[t1 + 1 : t1 + 2] != ["المره"]
        return (t0 - 1, t0, "negation") if kind else None
    for t in range(_clause(text, t0, lo, QUESTION_REACH), t0 - 1):
        word, after = _bare(tok[t]), tok[t + 1]
        ours = after.startswith(_OUR_BUSINESS) and after.endswith(("نا", "هم", "كم"))
        if word == "ما" and ours and t0 - t <= 4 and tok[t0][0] == "ب":
            return t, t + 2, "negation"  # فما شأننا بأسعار الوقود؟
        between = tok[t + 2 : t0]
        said = word == "من" and text.is_kind(t + 1, "so_said") and any(w in THAT for w in between)
        could = after in _CAN_IT_BE if word == "هل" else word in ("ايعقل", "ايصح")
        could = could or (word in ANY and after in ("عقل", "منطق", "عاقل"))
        wondered = word == "كيف" and (after in _I_BECAME or (tok[t][0] == "ف" and after in _BECAME))
        if (
            word == "كيف"
            and after[0] == "ل"
            and tok[t0 - 1] in ("يكون", "تكون")
            and tok[t0 - 2] == "ان"
            and t0 - t <= 8
        ):
            return t, t + 1, "negation"  # كيف لعامل بسيط أن يكون إرهابيا؟
        hardly = word == "كيف" and after in ("تكون", "يكون") and tok[t0].endswith(("ا", "ين", "يه")) and t0 - t <= 7
        if hardly and not any(w in THAT for w in between) and clause_ends(text, t1, hi) and _is_it(text, t0, t1):
            return t, t + 2, "negation"  # كيف تكون طفلة في الرابعة إرهابية؟
        became = wondered or (word in ("هل", "متي") and (after in _BECAME or after in ("نبدو", "ابدو", "يبدون")))
        became = became and tok[t0].endswith(("ا", "ين", "يه"))
        between = between[1:] if between[:1] == ["من"] else between  # هل صار من يطلب راتبه إرهابيا؟
        plain = len(between) <= 3 and not any(w in THAT or w in PREPOSITIONS or w[0] == "ل" for w in between)
        became = became and plain and not any(text.is_kind(u, "event_noun") for u in range(t + 2, t0))
        if wondered and between and (tok[t][0] != "ف" or not clause_ends(text, t1, hi)):
            continue  # كيف أصبح هذا الشاب إرهابيا؟
        caused = text.at("cause", t0 - 1, t0) or text.at("cause", t0 - 2, t0)
        if said and reason_follows(text, t1, hi):
            return t, t + 2, "negation"  # من قال لكم إن أسعار الغاز هي السبب؟
        ours = word == "هل" and after in ("نحن", "انا") and t0 == t + 2  # هل نحن إرهابيون؟
        is_so = ours or said or became or (could and not _TO_BE.isdisjoint(between))
        if (
            could
            and tok[t + 2] == "ان"
            and tok[t + 3].startswith(_COMING)
            and 2 <= t0 - t - 3 <= 4
            and _COUNTS.issuperset(tok[t + 4 : t0])
        ):
            return t, t + 2, "negation"  # هل يعقل أن يتسلل عشرون ألف إرهابي إلى المدينة
        if (is_so and (wondered or clause_ends(text, t1, hi)) and _is_it(text, t0, t1)) or (could and caused):
            return t, t + 2, "negation"
    return None


def _fallen(text: Text, t0: int, lo: int) -> Found | None:
    """سقطت فرضية الإرهاب، سخر من الحديث عن إرهاب، شطب كلمة إرهابي، الكف عن تسمية المضربين إرهابيين."""
    tok = text.tok
    claim = t0 - 1 - (t0 > 1 and tok[t0 - 1] in ("عن", "حول"))
    if (
        claim - 1 > lo
        and tok[claim - 1] in ("من", "شان")
        and (text.is_kind(claim, "tale") or text.is_kind(claim, "untold"))
    ):
        scorned = next(
            (t for t in range(claim - 2, max(lo - 1, claim - 8), -1) if _bare(tok[t]).startswith(_SCORN)), -1
        )
        his = claim == t0 - 1 and tok[t0].endswith("ي") and tok[t0].startswith("ال")  # رواية الإرهابي الذي اعترف
        if scorned >= 0 and not his and not tok[t0].endswith(PLURAL):
            return scorned, claim, "denial"
    for u in range(max(lo + 2, t0 - 5), t0 - 1):  # سخر من حديث الرئيس عن إرهابيين، من حديثه عن ثورة
        own = text.is_kind(u, "own_talk") and u == t0 - 2 and tok[t0 - 1] in ABOUT
        if tok[u - 1] not in ("من", "علي") or not (own or told_about(text, u, t0)):
            continue
        scorned = next((t for t in range(u - 2, max(lo - 1, u - 6), -1) if _bare(tok[t]).startswith(_SCORN)), -1)
        if scorned >= 0:
            return scorned, u, "denial"
    noun = t0 - 1 - (t0 > 1 and tok[t0 - 1] in ("«", "عن"))
    theirs = text.is_kind(noun, "myth") and tok[t0].endswith(PLURAL)  # أكذوبة الإرهابيين is theirs
    if noun > lo and not theirs and (text.is_kind(noun, "word_noun") or text.is_kind(noun, "tale")):
        for t in range(max(lo, noun - STRUCK_REACH), noun):
            struck = text.is_kind(t, "striking") and text.is_kind(noun, "word_noun")
            between = tok[t + 1 : noun]
            near = not between or between == ["عن"] or (len(between) == 1 and text.at("adverb", t + 1, noun) == 1)
            if (text.is_kind(t, "collapsing") or struck) and near:
                return None if t > lo and _bare(tok[t - 1]) in _NOT else (t, t + 1, "denial")
    if "عن" not in tok[max(lo, t0 - 12) : t0]:
        return None
    for t in range(_clause(text, t0, lo, 12), t0 - 2):
        stopping = text.is_kind(t, "ceasing") and tok[t + 1] == "عن"
        using = tok[t + 2] in ("استخدام", "استعمال", "ترديد") and t + 3 < t0 and text.is_kind(t + 3, "word_noun")
        if stopping and using and t0 - t <= 5:
            return t, t + 3, "denial"  # الكف عن استخدام مصطلح الإرهاب
        stopping = stopping and (text.is_kind(t + 2, "told_as") or tok[t + 2] in _ITS_NAME)
        called = t0 == t + 3 and tok[t0].startswith("ال")  # الكف عن تسمية الإرهابيين ثوارا
        if stopping and not called and (tok[t0][0] == "ب" or tok[t0].endswith(("ين", "ا"))):
            return t, t + 3, "denial"
    return None


def _instead(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """بدلا من أسعار الوقود، شيء آخر غير الثورات الملونة، أقرب إلى انتفاضة منه إلى ثورة ملونة، ما أبعدهم عن الإرهاب."""
    tok = text.tok
    than = t0 - 1 - (t0 - 2 >= lo and tok[t0 - 1] == "الي")
    if than > lo and tok[than] in _THAN_IT and not tok[t0].startswith(DEFINITE):
        more = next((t for t in range(than - 1, max(lo - 1, than - 7), -1) if tok[t] in ("اقرب", "اكثر", "اشبه")), -1)
        if more >= 0 and (than < t0 - 1 or more == than - 1):
            return more, than + 1, "negation"
    if t0 - 2 >= lo and (_bare(tok[t0 - 2]), tok[t0 - 1]) in _INSTEAD:
        other = t1 < hi and tok[t1] == "،" and tok[t1 + 1 : t1 + 2] in (["هو"], ["هي"])
        return (t0 - 2, t0, "negation") if other else None  # الفساد، بدلا من الأسعار، هو ما; not بدلا من الاحتجاج
    definite = is_definite(text, t0, t1)
    if t0 - 2 >= lo and tok[t0 - 1] == "غير" and definite and tok[t0 - 2] in _ELSE:
        return t0 - 1, t0, "negation"
    if t0 - 1 >= lo and tok[t0 - 1] in ("عن", "من"):
        for t in range(max(lo + 1, t0 - 7), t0 - 1):
            if tok[t].startswith("ابعد") and _bare(tok[t - 1]) == "ما":
                clear = opens_clause(text, t - 1, lo) and not (t1 < hi and tok[t1] == "هو")
                return (t - 1, t + 1, "negation") if clear else None
    return None


def _nor(text: Text, t0: int, lo: int) -> Found | None:
    """ليس خائنا ولا ممولا للإرهاب."""
    tok = text.tok
    if t0 - 3 < lo or tok[t0 - 2] != "ولا" or tok[t0][0] != "ل" or not text.is_kind(t0 - 1, "friend"):
        return None
    negated = any(_bare(w).startswith("ليس") or w in ("يكن", "تكن", "يكونوا") for w in tok[max(lo, t0 - 9) : t0 - 2])
    return (t0 - 2, t0 - 1, "negation") if negated else None


def _sought(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """عبثا يبحثون عن ثورة، لم يعثر المحققون على إرهابي، لا دليل حتى الساعة على أن، غابت علامات الثورة، لا تضم أي."""
    tok = text.tok
    plain = not tok[t0].startswith(DEFINITE) and not is_governed(text, t0, t0)
    behind = t1 + (t1 < hi and tok[t1] in FROM_ABROAD)
    ends = clause_ends(text, behind, hi) or tok[behind] in _END or behind > t1
    for t in range(_clause(text, t0, lo, VAIN_REACH), t0 - 1):
        word = _bare(tok[t])
        searched = any(w.startswith(("يبحث", "تبحث", "بحث", "يفتش", "تفتش")) for w in tok[t:t0])
        if word == "عبثا" and tok[t0 - 1] == "عن" and searched and not (t1 < hi and is_relative(text, t1)):
            return t, t + 1, "negation"
        nothing = word == "لا" and tok[t + 1] == "شيء"  # لا شيء من علامات الثورة الملونة
        if nothing and t + 3 < t0 and text.is_kind(t + 2, "proving") and (plain or tok[t0 - 1] in OCCURRING):
            return t, t + 3, "negation"  # لا شيء يدل على وجود إرهابيين
        if (nothing or text.is_kind(t, "missing")) and text.is_kind(t0 - 1, "sign"):
            return t, t + 1, "negation"
        if word not in ("لا", "لم", "ولم", "ولا") or any(text.classes[u] & COMMA for u in range(t, t0)):
            continue
        if word == "لا" and tok[t + 1] in _CHARGES and t + 2 == t0 and tok[t0][0] == "ب":
            return t, t + 2, "negation"  # لا اتهامات بالإرهاب وجهت إليه
        trace = tok[t0 - 1] in ("اثر", "اثرا") and tok[t0][0] == "ل" and not tok[t0].startswith("لل")
        if trace and text.is_kind(t + 1, "finding"):
            return t, t + 2, "negation"  # لم يعثر المحققون على أثر لإرهابيين
        if text.is_kind(t + 1, "finding") and tok[t0 - 1] == "علي" and plain and ends and t0 - t <= 6:
            return t, t + 2, "negation"
        if text.is_kind(t + 1, "holding_any") and tok[t0 - 1] in ANY and ends:
            return t, t + 2, "negation"
        if text.is_kind(t + 1, "knowing") and t0 - t <= 4 and plain and ends and tok[t0 - 1] not in _LED:
            return t, t + 2, "negation"
        if word == "لا" and text.is_kind(t + 1, "evidence"):
            on = next((u for u in range(t + 2, min(t + 6, t0)) if tok[u] == "علي"), 0)
            held = on and (on == t0 - 1 or (on + 2 == t0 and tok[on + 1] in ("وجود", "وقوع", "حدوث")))
            said = on and tok[on + 1] in THAT and plain and ends
            whoever = said and tok[on + 2] in ("من", "الذين") and tok[t0].endswith("ون")  # من هاجموا المطار إرهابيون
            happened = tok[on + 2] == "ما" and text.is_kind(on + 3, "the_events")  # على أن ما حدث ثورة
            said = whoever or (said and not _verbal(text, on + 2 + 2 * happened, t0))
            if t0 - on <= (8 if whoever else 5) and (held or said) and not not_only(text, on, t0, t1, hi):
                return t, t + 2, "negation"
        seen = text.is_kind(t + 1, "seeing") and t + 2 < t0 and tok[t + 2] == "في" and t0 - t <= 5
        if seen and plain and (ends or tok[t1] == "ولا") and tok[t0 - 1] not in PREPOSITIONS:
            return t, t + 2, "negation"  # لا أرى في كازاخستان ثورة مخملية
        if (
            text.is_kind(t + 1, "deserving")
            and "الا" not in tok[t:t0]
            and "ان" in tok[t:t0]
            and any(text.is_kind(u, "naming") for u in range(t + 2, t0))
        ):
            return t, t + 2, "negation"
    return None


def _verbal(text: Text, first: int, end: int) -> bool:
    """Whether a verb may stand between أن and a term: لا دليل على أن الجيش ساعد إرهابيين."""
    return any(not w.startswith(("ال", "هو", "هي", "هم")) for w in text.tok[first:end])


def _no_part(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """لم يكن لرفع الأسعار أي دور، إلغاء الدعم لم يكن له أي أثر."""
    tok = text.tok
    if not is_definite(text, t0, t1):
        return None
    for t in range(t1, min(hi - 1, t1 + 5)):
        if text.classes[t] & (STOP | COMMA):
            return None
        if t + 3 < hi and tok[t + 2] == "في" and tok[t + 3] not in _EVENTS:
            return None
        if tok[t] not in ANY or not text.is_kind(t + 1, "part"):
            continue
        behind = next((u for u in range(t1, t - 1) if tok[u] in _NOT and tok[u + 1] in _NOT_TO_BE), 0)
        if behind and tok[t - 1] in ("له", "لها", "لهم"):
            return behind, t + 2, "negation"
        for u in range(max(lo, t0 - 6), t0):
            led = any(w[0] == "ل" for w in tok[u + 1 : t0 + 1])
            verb = text.cues.verbs.get(tok[u - 1]) if u > lo else None
            denied = _bare(tok[u - 1]) in _NOT or (tok[u - 1] == "ان") or (verb is not None and verb.kind == "deny")
            if tok[u] in _NOT_TO_BE and led and u > lo and denied:
                return u - 1, u + 1, "negation"
        return None
    return None


def _not_found(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """من يبحث عن ثورة ملونة هنا لن يجد سوى غضب: nobody will find it."""
    tok = text.tok
    sought = t0 - 3 >= lo and tok[t0 - 1] == "عن" and tok[t0 - 2].startswith(("يبحث", "بحث", "يفتش"))
    if not sought or _bare(tok[t0 - 3]) != "من" or tok[t0].startswith(DEFINITE):
        return None
    behind = next((t for t in range(t1, min(hi - 1, t1 + 5)) if tok[t] == "لن"), hi)
    if behind >= hi or tok[behind + 1] not in ("يجد", "يعثر"):
        return None
    nothing = clause_ends(text, behind + 2, hi) or tok[behind + 2] in _NOTHING_BUT  # not لن يجد أثرهم
    return (behind, behind + 2, "negation") if nothing else None


def _impossible(text: Text, t0: int, t1: int, lo: int) -> Found | None:
    """يستحيل أن تقع ثورة، يصعب تصديق أن 20 ألف إرهابي هاجموا، لا يعقل أن يكون كل هؤلاء إرهابيين."""
    tok = text.tok
    if is_definite(text, t0, t1):
        return None
    for t in range(_clause(text, t0, lo, HARD_REACH), t0 - 1):
        n = text.at("impossible", t, t0)
        if not n or (t > lo and _bare(tok[t - 1]) in _TAKEN_BACK):
            continue
        u = t + n
        if tok[t0 - 1] in OCCURRING and u >= t0 - 1:
            return t, u, "negation"
        between = tok[u + 1 : t0]
        if "ما" in between:  # ما حدث في البلاد
            between = [w for i, w in enumerate(between, u + 1) if "في" not in tok[i - 1 : i + 1]]
        if u >= t0 or tok[u] not in THAT or is_governed(text, t0, u + 1):
            continue
        plain = len(between) <= 4 and t0 - u <= VAIN_REACH and not any(w in THAT or w in PREPOSITIONS for w in between)
        subject = tok[t0].endswith("ون") and t0 == u + 2 and tok[t1 : t1 + 1] != ["قد"]
        sure = tok[u - 1] != "يمكن" and not subject  # not لا يمكن أن يكون إرهابيون طلقاء
        takes_place = u + 1 < t0 and (text.is_kind(u + 1, "happening") or tok[u + 1] in _TAKING_PLACE)
        being = takes_place or (u + 1 < t0 and sure and text.is_kind(u + 1, "being"))
        if plain and (being or all(w[0].isdigit() or w in _SO_MANY for w in between)):
            return t, u, "negation"
    return None


def _objected(text: Text, t0: int, lo: int) -> Found | None:
    """استنكر الأهالي وصف أبنائهم بالإرهابيين، حذر من تصويرهم على أنهم إرهابيون."""
    tok = text.tok
    if is_depicted(text, max(lo, t0 - OBJECTED_REACH), t0):
        for t in range(_clause(text, t0, lo, OBJECTED_REACH), t0 - 2):
            if text.is_kind(t, "objecting") and any(is_depicted(text, u, t0) for u in (t + 1, t + 2)):
                return None if t > lo and _bare(tok[t - 1]) in _NOT else (t, t + 1, "denial")
    if tok[t0][0] != "ب" and (tok[t0].startswith("ال") or not tok[t0].endswith(("ين", "ا"))):
        return None
    first = _clause(text, t0, lo, OBJECTED_REACH)
    naming = next((u for u in range(t0 - 1, first, -1) if text.is_kind(u, "told_as") or tok[u] in _ITS_NAME), 0)
    if not naming or (tok[naming][0] == "و" and "told_as" in text.cues.kinds(tok[naming][1:])):
        return None  # ندد بالهجوم ووصف منفذيه بالإرهابيين: he calls them so himself
    for t in range(max(first, naming - 5), naming):
        if any(w.lstrip("ل").startswith(_REFUSING) for w in tok[t:naming]):
            continue  # انتقد الغرب لرفضه وصف المهاجمين بالإرهابيين
        which = (u for u in range(t, t0) if tok[u] != "من" and (is_relative(text, u) or tok[u] in THAT))
        if text.is_kind(t, "objecting") and next(which, None) is None:
            return None if t > lo and _bare(tok[t - 1]) in _NOT else (t, t + 1, "denial")
    return None


def _not_enough(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """لا تكفي أسعار الوقود لتفسير ما جرى."""
    tok = text.tok
    enough = t0 - 2 >= lo and tok[t0 - 1] in _ENOUGH and _bare(tok[t0 - 2]) in ("لا", "لم", "لن")
    explains = any(w.startswith(("لتفسير", "لتبرير", "لتفسر", "لشرح")) for w in tok[t1 : min(hi, t1 + 3)])
    return (t0 - 2, t0, "negation") if enough and explains else None


def _would_have(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """لو كانت المسألة مسألة أسعار لعاد الناس، حتى لو بقيت الأسعار على حالها لانفجر الشارع."""
    tok = text.tok
    for t in range(max(lo, t0 - 5), t0 - 1):
        if _bare(tok[t]) != "لو" or tok[t + 1] not in _STAYED:
            continue
        matter = tok[t + 1] in ("كان", "كانت") and text.is_kind(t0 - 1, "matter")
        stayed = t > lo and _bare(tok[t - 1]) == "حتي" and tok[t + 1] not in ("كان", "كانت") and t + 2 == t0
        if matter or stayed:
            then = any(w[0] == "ل" and w[1:] in _THEN for w in tok[t1 : min(hi, t1 + 12)])
            return (t, t + 2, "negation") if then else None
    return None
