"""What a negated verb denies: the cause, what is held true, what happens, is done, had or joined."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ANY,
    BEHIND,
    DEFINITE,
    NUMBERS,
    OCCURRING,
    ONE,
    PLURAL,
    Found,
    before_or,
    clause_ends,
    is_definite,
    is_depicted,
    is_event_adjective,
    is_governed,
    is_relative,
    not_only,
    reason_follows,
    under_negation,
)
from kzanalytics._corrections import all_are, is_met, is_protested, is_reduced, is_sign, none_of
from kzanalytics._negated_copula import is_predicate
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._unproven import is_told, unproven
from kzanalytics._word_classes import COMMA, STOP

__all__ = ["negated_verb"]

_THIS: Final = ("ذلك", "هذا", "هذه", "تلك")
CAUSE_GAP: Final = 8
NOT_GAP: Final = 4
NAMING_GAP: Final = 14  # لا يمكن وصف ... بـ: the object named may be long
DEED_GAP: Final = 4  # لم يندس بين المحتجين إرهابيون
OBJECT_GAP: Final = 7  # لم ينتم إلى أي جماعة ...
_OF_JOINING: Final = ("في", "الي")
_OWN_PREPOSITION: Final = (("suffering", "من"), ("containing", "علي"), ("resulting", "عن"), ("struck", "ب"))
_PARTICLES: Final = ("لا", "لم", "دون", "بدون")
_MAY: Final = ("يمكن", "يجوز", "يصح", "ينبغي", "يمكننا")
_FITTING: Final = ("ينطبق", "تنطبق", "يسري", "تسري", "يصدق", "تصدق", "يصح", "تصح", "يليق", "تليق")
_ON_THEM: Final = ("عليه", "عليها", "عليهم", "عليهما", "علينا", "هنا")
_CONCERNS: Final = frozenset("يعنيه يعنيها يعنيهم يعنينا تعنيه تعنيها تعنيهم تعنينا يهمهم تهمهم يهمه تهمه".split())
_INTENDING: Final = ("تنوي", "ينوي", "تعتزم", "يعتزم", "ننوي", "نعتزم")
_STIRRING: Final = ("حرك", "شعل", "فجر", "سبب", "دفع", "خرج", "طلق", "غذ", "ثر")
_ABOUT: Final = ("متصلا", "متصله", "تتعلق", "يتعلق", "متعلقا", "متعلقه", "مرتبطا", "مرتبطه", "ترتبط", "يرتبط")
_TITLES: Final = ("عنوان", "مسمي", "بند", "خانه", "سله", "دائره", "لافته", "رايه", "يافطه")
_SAY: Final = ("يقل", "تقل", "اقل", "نقل", "يقولوا")
_AGREEING: Final = ("يتفق", "تتفق", "اتفق", "يوافق", "توافق", "يؤيد", "تؤيد", "يشاطر", "تشاطر")
_ACTS: Final = frozenset("يحرق يهاجم يقتحم ينهب يخرج ينزل يتظاهر يهدم يخرب يكسر".split())  # not لم يصب أحد بسبب
_EXPECTED: Final = ("يتوقع", "تتوقع", "يتوقعوا", "نتوقع", "يتصور", "تتصور", "يتخيل", "تتخيل")
_ASKING: Final = ("كيف", "متي", "اين", "لماذا", "حتي", "منذ")  # لم يعرف كيف تمكن إرهابيون
_EXCEPT: Final = frozenset(("سوي", "الا"))
_MAKES: Final = ("يجعل", "تجعل")
_TO_BE: Final = ("يكن", "تكن", "نكن", "اكن", "يكونوا", "تكونوا")
_OF_LIKE: Final = ("سياسه", "طريق", "لغه", "اسلوب")
_OF_USE: Final = ("تبادل", "استخدام", "استعمال", "وجود", "وقوع")
_OF_TALES: Final = ("عن", "حول", "القائله", "بوجود")
_OF_VERB: Final = "يتنا"  # what a verb behind لا or لم begins with


def negated_verb(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> Found | None:
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
        if not AND_THAT.isdisjoint(tok[v:c]):
            continue  # لم تكن عفوية، وأن من خرجوا احتجاجا على
        if text.is_kind(t0 - 1, "against") or (meant and any(is_relative(text, u) for u in range(v, c))):
            continue
        if particle.startswith("ليس"):
            denied = c - v <= NOT_GAP and tok[c] != "اثر"  # ليس له أثر
        elif meant:
            denied = t0 - c - m <= 1 and tok[v][0] in _OF_VERB
        else:
            nobody = (
                tok[v] in _ACTS and "احد" in tok[v + 1 : v + 3] and THAT.isdisjoint(tok[v:c])
            )  # لم يحرق أحد مطارا بسبب الأسعار
            people = "احد" in tok[v + 1 : v + 4] or "احدا" in tok[max(0, t - 2) : t]
            expected = tok[v] in _EXPECTED or tok[v + 2 : v + 3] in (["يتوقع"], ["يتصور"], ["يتخيل"])
            given = particle == "لم" and ((people and tok[v] not in _ACTS) or expected)  # لم يأت أحد إلى السوق بسبب
            denied = nobody or (not given and any(text.at("outbreak", u, t0) for u in range(v, min(v + 3, t0))))
        if denied:
            return t, c + m, "negation"
    if v < t0 and tok[v] in _TO_BE:  # لم يكن قد أبدى ...، لم أكن أؤمن ...
        had = next((u for u in range(v + 1, min(v + 5, t0)) if tok[u] == "قد"), v)
        v = had + 1 if had > v or (v + 1 < t0 and tok[v + 1][0] in _OF_VERB) else v
    if v < t0 and is_depicted(text, v, t0) and not under_negation(text, t, 0, 3):
        return t, v + 1, "negation"
    if particle in ("لست", "لسنا") and v + 1 < t0 and tok[v] == "ممن" and _held(text, v + 1, t0, t1, hi):
        return t, v + 2, "negation"  # لست ممن يرون في ما جرى ثورة
    if v >= t0 or particle not in _PARTICLES or not_only(text, v + 1, t0, t1, hi):
        return None
    if _held(text, v, t0, t1, hi) or _taken_part(text, v, t0, t1, hi) or _of_any(text, v, t0, t1, hi):
        return t, v + 1, "negation"
    if unproven(text, t, v, t0, t1, hi) or _disbelieved(text, v, t0) or _planned(text, v, t0):
        return t, v + 1, "negation"
    if _rather(text, v, t0, t1, hi) or _charged(text, v, t0):
        return t, v + 1, "negation"
    if _unsupported(text, v, t0) or _not_called(text, v, t0) or _unsaid(text, t, v, t0, t1, hi):
        return t, v + 1, "negation"
    if tok[v].endswith("طلق") and text.is_kind(t0 - 1, "word_noun") and t0 - v <= NOT_GAP:
        return t, v + 1, "negation"  # لم تطلق كازاخستان صفة الإرهابيين على مواطنيها
    on_them = v + 1 + (tok[v + 1] in _ON_THEM)
    if tok[v] in _FITTING and on_them == t0 - 1 and text.is_kind(on_them, "word_noun"):
        return t, v + 1, "negation"  # لا ينطبق وصف الثورة الملونة على ...; not لا يسري العفو على تهمة الإرهاب
    if particle in ("لم", "لا") and v + 1 == t0 and _not_brought(text, v, t0, t1, hi):
        return t, v + 1, "negation"
    if tok[v] in ("يعد", "تعد") and tok[t0][0] == "ب" and tok[t0 - 1] in _ABOUT:
        return t, t0, "negation"  # لم تعد المسألة تتعلق بأسعار الوقود
    put = tok[v] in _MAY and tok[t0 - 1] in _TITLES and any(w.startswith(("وضع", "ادراج")) for w in tok[v + 1 : t0])
    if put and t0 - v <= NAMING_GAP:
        return t, v + 1, "negation"  # لا يجوز وضعها كلها تحت عنوان الإرهاب
    stirred = tok[v][1:].startswith(_STIRRING) and tok[v].endswith(("ها", "هم", "ه"))
    if particle == "لم" and v + 1 == t0 and (tok[v] in _CONCERNS or stirred):
        return t, v + 1, "negation"  # لم يكن يعنيهم سعر الغاز، لم تحركها أسعار الغاز
    if tok[v].startswith(_MAKES) and _not_made(text, v, t0, t1, hi):
        return t, v + 1, "negation"
    if tok[v] in ("تشبه", "يشبه") and 0 < t0 - v - 1 <= OBJECT_GAP and _likened(text, v, t0):
        return t, v + 1, "negation"
    if tok[v] in _INTENDING and v + 1 == t0 and tok[t0].startswith(("رفع", "زياد")):
        return t, v + 1, "negation"  # لا تنوي رفع أسعار الوقود
    if particle == "لم" and _none_did(text, v, t0, t1, hi):
        return t, v + 1, "negation"
    arisen = tok[v + 1 : v + 2] in (["عن"], ["من"]) and v + 2 < t0 and text.is_kind(v + 2, "protest_noun")
    if arisen and text.is_kind(v, "resulting") and tok[t0 - 1] in ("علي", "ضد") and t0 - v <= OBJECT_GAP:
        return t, v + 1, "negation"  # التهديد لم ينشأ عن الاحتجاجات على أسعار الوقود
    if tok[v] in _AGREEING and any(w.startswith(("القائل", "الزاعم")) for w in tok[v + 1 : t0]):
        said = next((u for u in range(t0 - 1, v, -1) if tok[u] in THAT), v)
        if said > v and t0 - said <= 4 and not is_definite(text, t0, t1):
            return t, v + 1, "negation"  # لا تتفق الباحثة مع القائلين إن ما حدث ثورة
    if is_sign(text, v, t0) or is_protested(text, v, t0):
        return t, v + 1, "negation"
    if is_met(text, v, t0, t1, hi) or none_of(text, v, t0) or (tok[v] in _MAY and is_reduced(text, v + 1, t0)):
        return t, v + 1, "negation"
    return None


def _denies(text: Text, t: int) -> bool:
    verb = text.cues.verbs.get(text.tok[t])
    return (verb is not None and verb.kind in ("deny", "refuse")) or text.tok[t] in text.cues.words.get(
        "denial_noun", {}
    )


def _rather(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم يقتل إرهابيين بل مدنيين: an object without an article that بل corrects; not لم يعتقل إرهابيا بل قتله."""
    tok = text.tok
    if tok[t0].startswith(DEFINITE) or t1 + 1 >= hi or t0 - v > 2 or is_governed(text, t0, v + 1):
        return False
    behind = t1 + (tok[t1] == "،")
    other = tok[behind + 1] if behind + 1 < hi else ""
    corrected = tok[behind] in ("بل", "وانما", "انما") and other.endswith(("ا", "ين")) and not other.startswith("ال")
    return corrected and all(tok[u].startswith("ال") for u in range(v + 1, t0))


def _unsupported(text: Text, v: int, t0: int) -> bool:
    """لا تدعم الشواهد المتاحة فرضية الثورة الملونة: a tale that nothing bears out."""
    tale = t0 - 1 - (text.tok[t0 - 1] in ("عن", "«"))
    plain = not any(is_relative(text, u) or text.tok[u] in THAT for u in range(v, t0))
    return text.is_kind(v, "supporting") and 0 < tale - v <= NAMING_GAP and text.is_kind(tale, "told_of") and plain


def _not_called(text: Text, v: int, t0: int) -> bool:
    """لا أميل إلى وصف كل غاضب بأنه إرهابي: what somebody does not call others; not لم يتردد في وصفهم بالإرهاب."""
    tok = text.tok
    places = range(v + 1, min(v + 4, t0))
    naming = next((u for u in places if text.is_kind(u, "told_as") or text.is_kind(u, "naming")), 0)
    if not naming or not text.is_kind(v, "willing") or t0 - naming > NAMING_GAP or tok[naming].startswith("ال"):
        return False
    led = any(
        tok[u] == "ب" or tok[u].startswith("بال") for u in range(max(naming + 1, t0 - 3), t0)
    )  # بـ«الهجوم الإرهابي»
    return led or tok[t0][0] == "ب" or (tok[t0 - 1] in THAT and tok[t0 - 1][0] == "ب")


def _unsaid(text: Text, t: int, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم تقل في أي يوم إن جميع هؤلاء إرهابيون: what was not said to be."""
    verb = text.cues.verbs.get(text.tok[v])
    that = next((u for u in range(v + 1, min(v + 6, t0)) if text.tok[u] in THAT), 0)
    said = text.tok[v] in _SAY or (verb is not None and verb.lemma in ("قال", "زعم", "ادعى"))
    if not said or not that:
        return False
    return all_are(text, that + 1, t0) or is_predicate(text, t, that + 1 - t, t0, t1, hi)


def _not_brought(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم تؤد أسعار الوقود إلى الاحتجاجات، لم تشعل أسعار الغاز الغضب: what it did not bring about has happened."""
    if not text.is_kind(v, "bringing_about") or not is_definite(text, t0, t1):
        return False
    behind = range(t1, min(hi, t1 + 4))
    event = next((u for u in behind if text.is_kind(u, "the_events") or text.is_kind(u, "anger")), 0)
    return event > 0 and not any(text.classes[u] & (STOP | COMMA) or is_relative(text, u) for u in range(t1, event))


def _not_made(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """هذا لا يجعل من عشرات الآلاف إرهابيين، لا يجعلهم إرهابيين: what nobody is made by it."""
    if any(w[0] == "ي" and w.endswith("ون") for w in text.tok[t1 : min(hi, t1 + 4)]):
        return False  # لم تجعل الهزيمة إرهابيين محاصرين يلقون السلاح
    term = text.tok[t0]
    plain = term.endswith(("ين", "ا", "يه")) and not term.startswith(DEFINITE) and term[0] not in "بلو"
    return plain and t0 - v <= NAMING_GAP and not any(w in THAT for w in text.tok[v:t0])


def _likened(text: Text, v: int, t0: int) -> bool:
    """لا تشبه الأحداث التي عصفت بالبلاد الثورات الملونة: what something is not like, behind what is not like it."""
    tok = text.tok
    subject = tok[v + 1].startswith("ال") or tok[v + 1] in _THIS or tok[v + 1] == "ما"
    plain = tok[t0 - 1] not in PREPOSITIONS and not any(w in THAT for w in tok[v:t0])
    return subject and plain and tok[t0].startswith("ال") and not tok[t0].endswith(PLURAL)


def _none_did(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم يشارك إرهابيون في الاحتجاجات، لم يدخل المدينة إرهابيون: nobody of the kind did; not لم يستسلم إرهابيون."""
    tok = text.tok
    one = t1 < hi and tok[t1] in ONE and tok[t0].endswith("ي")
    if tok[t0].startswith((*DEFINITE, "وال")) or not (tok[t0].endswith("ون") or one) or t0 - v > DEED_GAP:
        return False
    if tok[v][0] not in _OF_VERB or text.is_kind(v, "enduring") or is_governed(text, t0, t0):
        return False
    end = next((u for u in range(t1, hi) if text.classes[u] & (STOP | COMMA)), hi)
    behind = tok[t1] if t1 < end else ""
    did = behind.endswith(("وا", "تهم")) or (behind[:1] == "ي" and behind.endswith("ون"))
    if did or "العدد" in tok[t1 : t1 + 2] or not _EXCEPT.isdisjoint(tok[t1:end]):
        return False  # لم يكشف إرهابيون اعتقلتهم الشرطة عن، لم يقتل إرهابيون هذا العدد: they are there
    return not any(
        tok[u] in THAT
        or tok[u] in _ASKING
        or is_relative(text, u)
        or text.classes[u] & (STOP | COMMA)
        or tok[u][0] == "و"
        for u in range(v + 1, t0)
    )


def _charged(text: Text, v: int, t0: int) -> bool:
    """لم توجه إليه تهمة الإرهاب: what nobody is charged with."""
    charge = text.tok[t0 - 1].startswith(("تهم", "بتهم")) and t0 - v <= OBJECT_GAP
    return charge and text.is_kind(v, "charging") and not any(is_relative(text, u) for u in range(v + 1, t0))


def _disbelieved(text: Text, v: int, t0: int) -> bool:
    """لا يصدق أحد حكاية الإرهابيين، لا أشتري رواية الثورة الملونة: not لا يصدق ما فعله الإرهابيون."""
    tok = text.tok
    v = next((u for u in range(v, min(v + 4, t0)) if text.is_kind(u, "believing")), t0)
    told = next((u for u in range(v + 1, min(v + 5, t0)) if text.is_kind(u, "tale")), t0)
    if told >= t0 or t0 - told > 6 or any(is_relative(text, u) for u in range(v + 1, told)):
        return False
    between = [w for w in tok[told + 1 : t0] if w not in NUMBERS]
    if between and between[0].startswith("ال") and between[-1] in ("عن", "حول"):
        between = between[1:]  # رواية الحكومة عن عشرين ألف إرهابي
    if not between and tok[t0].endswith(PLURAL) and not text.is_kind(told, "told_of"):
        return False  # لا يصدق مزاعم الإرهابيين: they claim
    return all(w in _OF_TALES or w in OCCURRING or w in THAT or w in ANY for w in between)


def _planned(text: Text, v: int, t0: int) -> bool:
    """لم تخطط لثورة ملونة، لم تخطط لأي ثورة، لإشعال ثورة، لا تقف وراء أي ثورة: not لم تخطط لمواجهة الإرهابيين."""
    tok = text.tok
    if t0 - v > 6 or any(tok[u] in THAT or is_relative(text, u) for u in range(v + 1, t0)):
        return False
    if text.is_kind(v, "standing"):
        end = t0 - 1 if tok[t0 - 1] in ANY else t0
        return end - 1 > v and tok[end - 1] in BEHIND and not tok[t0].startswith(DEFINITE)
    if not text.is_kind(v, "planning"):
        return False
    aim = (
        t0 - 1 if tok[t0 - 1] in ("لاي", "لايه") or (tok[t0 - 1][0] == "ل" and text.is_kind(t0 - 1, "starting")) else t0
    )
    if tok[aim][0] != "ل" or len(tok[aim]) < 3 or any(tok[u][0] == "ل" and len(tok[u]) > 3 for u in range(v + 1, aim)):
        return False
    return PREPOSITIONS.isdisjoint(tok[v + 1 : aim])


def _held(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the verb at `v` holds the frame true of something: أعتقد أن ما جرى ثورة، صنفته جماعة إرهابية."""
    between = text.tok[v + 1 : t0]
    if _seen_in(text, v, t0):
        return True
    if not text.is_kind(v, "held") or len(between) > NAMING_GAP or is_governed(text, t0, v + 1):
        return False
    if "اذا" in between or is_event_adjective(text, t0) or any(w in AND_THAT for w in between):
        return False
    clause = any(w in THAT for w in between)
    that = next((u for u in range(v + 1, t0 - 1) if text.tok[u] in THAT), t0)
    who = next((u for u in range(that + 1, min(that + 5, t0 - 1)) if text.tok[u] in ("من", "الذين")), 0)
    if who and (text.tok[who] != "من" or who == that + 1) and is_told(text, who + 1, t0, t1, hi):
        return True  # لا تعتقد أن من رأتهم في الشارع إرهابيون
    if clause and "يمكن" in between and any(text.at("claim_noun", u, t0) for u in range(t0 - 3, t0)):
        return True  # لا يرى أن ما جرى يمكن تصنيفه ضمن الثورات الملونة
    if clause and not PREPOSITIONS.isdisjoint(between[-3:]):
        return False  # لا نعتقد أن هذا يساعد في حل الأزمة
    if not clause and any(is_relative(text, u) and text.tok[u] != "من" for u in range(v + 1, t0)):
        return False
    if not clause and (text.tok[t0].startswith("ال") or ("في" in between and "وجود" not in between)):
        return False  # لا يرون في ظل الفوضى معنى، لم ير أصحاب النظرية أحدا
    # أن الإرهابيين سينتصرون، أن مثل تلك الكارثة ستقع: something is said of them
    subject = clause and is_definite(text, t0, t1) and (between[-1] in THAT or not clause_ends(text, t1, hi))
    return not subject or reason_follows(text, t1, hi)


def _seen_in(text: Text, v: int, t0: int) -> bool:
    """لا ترى في الأحداث محاولة انقلاب، لا يرى فيها ثورة: what something is not seen as."""
    tok, verb = text.tok, text.cues.verbs.get(text.tok[v])
    where = next((u for u in range(t0 - 1, v, -1) if tok[u] in ("في", "فيه", "فيها", "فيهم", "فيهما")), t0)
    far = t0 - v > NAMING_GAP if where < t0 and text.is_kind(where + 1, "the_events") else t0 - v > OBJECT_GAP
    if verb is None or verb.lemma != "رأى" or far or tok[t0].startswith("ال"):
        return False
    things = tok[where + 1 : t0]
    return (
        where < t0
        and bool(things) == (tok[where] == "في")
        and (
            things[:1] == ["ما"]
            or all(w.startswith("ال") or w in _THIS for w in things)
            or (len(things) <= 2 and text.is_kind(where + 1, "the_events"))
        )
    )


def _of_any(text: Text, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم توجه أي تهمة، لم تتخذ القرية أي ثأر: أي before the term itself, behind a verb that is negated."""
    tok, places = text.tok, range(v, t0 - 1)
    if tok[t0 - 1] not in ANY or t0 - v > OBJECT_GAP or tok[t0].endswith(PLURAL):
        return False
    met = v + 1 < t0 - 1 and tok[v + 1].startswith("ال") and (clause_ends(text, t1, hi) or tok[t1] in PREPOSITIONS)
    if tok[t0].endswith("ي") and not met:
        return False  # لم يفلت أي إرهابي، لم تمنح الشرطة أي إرهابي فرصة; not لم تصادف الشرطة أي إرهابي
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
        if any(text.at("cause", u, t0) for u in places) and tok[v][1:] not in ("نتج", "نجم"):
            return False  # لم يذهب إلى العمل بسبب الإرهابيين
        if any(w[:2] == "لل" for w in tok[v + 1 : t0]) or (tok[v][1:] in ("نتج", "نجم") and tok[t0 - 1] == "عن"):
            return False  # لم تسفر عن نتيجة للتيار المتشدد؛ لم ينجم عن الهجوم شيء: it is given
        if led or not happening:
            return led and all(w == own or (w in _OF_JOINING and own != "ب") for w in prepositions)
    start = before_or(tok, t0, v + 1)
    if tok[start - 1] in ANY and not tok[t0].startswith(DEFINITE):
        return not is_governed(text, t0, v + 1)  # لم ينتج عن الحادث أي عنف
    exchange = t0 > v + 1 and tok[t0 - 1] in _OF_USE  # تبادل لإطلاق النار
    if prepositions or any(tok[u][0] == "ل" and len(tok[u]) > 3 for u in range(v + 1, t0 + (not exchange))):
        return False
    if start - 2 > v and not tok[start - 2].startswith("ال") and tok[start - 2] not in ANY:
        return False  # لم ترصد قدرة جماعة متشددة على ... : part of a longer phrase
    if not tok[t0].startswith(DEFINITE) and not (tok[t0][-1] == "و" and len(tok[t0]) > 3):
        return True
    some = text.is_kind(t0 - 1, "generic_noun") or text.is_kind(t0 - 1, "event_noun") or tok[t0 - 1] in _OF_LIKE
    return some and clause_ends(text, t1, hi)
