"""What a denying verb denies (نفى، فند), and what a claim denied behind it was about (... غير صحيح)."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ABOUT,
    ANY,
    BEHIND,
    DEFINITE,
    EXISTENCE_GAP,
    NEGATORS,
    OCCURRING,
    PLURAL,
    REGARDING,
    Found,
    is_definite,
    is_depicted,
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
from kzanalytics._corrections import THEY_WERE_THERE, is_reduced, told_about
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import CLAIM_SUBJECT, COMMA, DENIAL_PREDICATE, DENYING, STOP
from kzanalytics.cues import bases

__all__ = ["denied_behind", "in_myth", "is_denied"]

CAUSE_REACH: Final = 3  # tokens from بسبب to the term: not بسبب مشاركته في الاحتجاج على
SUBJECT_GAP: Final = 12  # الحديث عن ثورة ... غير صحيح
_DENIED_AFTER: Final = STOP | DENIAL_PREDICATE
_CAUSES: Final = frozenset("سبب سببا اسباب دافع محرك شراره وراء وراءها خلف".split())
_HAND: Final = ("يد", "دور", "ضلع")
_CORE: Final = ("لب", "جوهر", "صلب", "اصل", "اساس")
PRETEXT_GAP: Final = 6  # أسعار الوقود في البلاد مجرد ذريعة
_TO_BE: Final = frozenset("كان كانت تكون يكون باتت بات صار صارت اصبح اصبحت تبقي يبقي ظلت".split())
_BUT: Final = ("سوي", "الا", "غير")
_NO_MORE: Final = ("اكثر", "غير", "الا", "فقط", "فحسب", "سبب", "سببا")  # ذريعة لا أكثر، ليس إلا
_TOLD_ABOUT: Final = ("وجود", "عن", "حول", "حدوث", "وقوع", "«")
_AMONG: Final = ("بين", "ضمن")
_AMONG_OR_BEHIND: Final = (*_AMONG, *BEHIND)
_BEHIND_OR_MARK: Final = (*BEHIND, "«")
_TIES: Final = ("علاقه", "صله", "دخل", "شان")
_OF_IT: Final = ("له", "لها", "لهم", "لنا")
_WITH_IT: Final = frozenset("بما بذلك بهذا بالامر بالاحداث بالاحتجاجات بالازمه بالاضطرابات".split())
_SCENARIOS: Final = (*OCCURRING, "سيناريو", "تكرار", "قيام", "احتمال", "امكانيه")
_AGAINST_THEM: Final = frozenset(
    "تصفيه قتل مقتل اعتقال توقيف ملاحقه مطارده محاربه مكافحه مواجهه استهداف القضاء احتجاز تعذيب".split()
)
_INSULTS: Final = frozenset("مقبول مقبوله مرفوض مرفوضه ظلم اجحاف تجن اساءه اهانه استفزاز".split())  # of a word alone
_PUTTING: Final = ("وضع", "ادراج", "حشر", "تصنيف", "ادخال")
_SLOTS: Final = ("خانه", "سله", "دائره", "مصاف", "عداد", "كفه", "قائمه", "قوائم")
_MAKING: Final = ("تدبير", "صنع", "فعل", "صنيعه", "تنظيم", "تخطيط", "تنفيذ")
_WHERE: Final = ("في", "هنا", "هناك", "اليوم", "الان", "حاليا", "تماما", "عمليا", "اصلا", "لدينا", "عندنا")
_RESULTING: Final = ("نجم", "نتج", "سبب", "اندلع")
_KNEW: Final = ("علم", "عرف", "سمع", "اطلع", "ابلغ")
NO_REACH: Final = 12  # ثورة ملونة، أجاب الباحث فلان بالنفي
SILENCE: Final = frozenset(("التعليق", "الاجابه", "الخوض", "الادلاء", "الافصاح"))  # رفض التعليق على
_EXCEPT: Final = frozenset("دون بدون بلا الا اذا ما لو طالما".split())
_WHEN: Final = ("خلال", "اثناء", "بعد", "قبل", "منذ", "عقب")


def is_denied(text: Text, t: int, kind: str, t0: int, t1: int, hi: int) -> bool:
    """Whether a denying verb or noun at `t` denies the frame itself, not something about it."""
    tok = text.tok
    places = range(t + 1, t0)
    between = tok[t + 1 : t0]
    if any(w in AND_THAT for w in between) or any(_said(text, u) for u in places):
        return False
    if is_depicted(text, t + 1, t0) or (kind == "refuse" and is_reduced(text, t + 1, t0)):
        return True
    if _rumoured(text, t, t0):
        return True
    claim = any(text.at("claim_noun", u, t0) and _of_claim(text, u, t0) for u in places)
    if claim and any(w in THAT for w in between) and reason_follows(text, t1, hi):
        return True  # رفض القول إن أسعار الغاز هي السبب
    if kind == "refuse" and (between[:1] == ["تاكيد"] or not SILENCE.isdisjoint(between[:4])):
        return False  # رفض التعليق على فرضية الإرهاب
    if kind == "refuse" and not {"القائله", "القائل"}.isdisjoint(between):
        said = next((u for u in reversed(places) if tok[u] in THAT), t)
        return said > t and t0 - said <= 3  # دحض الرواية القائلة إن آلاف الإرهابيين شاركوا
    if kind == "refuse" and "القول" in between and any(w in THAT for w in between):
        if tok[t + 1 + between.index("القول") + 1 :][1:2] in (["كان"], ["كانت"], ["كانوا"]):
            return False  # رفض القول إن كان المعتقلون إرهابيين: whether
        return not is_definite(text, t0, t1)  # رفض القول إن البلاد تواجه هجوما إرهابيا
    if kind == "refuse":
        if any(told_about(text, u, t0) for u in range(t + 1, t0 - 1)):
            return True  # كذب الناشط رواية السلطات عن إرهابيين أجانب
        slot = tok[t0 - 1] in _SLOTS and any(w.startswith(_PUTTING) for w in between)
        if slot and not any(is_relative(text, u) for u in places):
            return True  # رفض وضع المتظاهرين في خانة الإرهاب
        if not claim or tok[t0 - 1] in _WHEN:
            return False
        if naming := next((u for u in places if text.is_kind(u, "naming")), 0):
            return _is_name(text, naming, t0)
        first = next(u for u in places if text.at("claim_noun", u, t0))
        return not any(w in THAT for w in between[2:]) and not names_actor(text, first, t0)
    if claim and tok[t0 - 1] in ("مع", "ضد"):
        return False  # نفت تقارير عن مقتل جنود في اشتباك مع إرهابيين
    if claim:
        claimed = next(u for u in places if text.at("claim_noun", u, t0))
        return not names_actor(text, claimed, t0) and not (tok[t0].startswith("ال") and tok[t0].endswith(PLURAL))
    event = is_event_adjective(text, t0)
    hands = (u for u in places if tok[u] in _HAND and _is_of_somebody(tok, u))
    link = next((u for u in reversed(places) if text.at("link_noun", u, t0)), 0) or next(hands, 0)
    if link:  # أن تكون لبلادها يد في أي ثورة; not دور في إطلاق سراح الإرهابيين
        within = link + 2 + (tok[link + 1] in _OF_IT)  # أي دور لها في
        if tok[link] in _HAND and any(tok[u][0] not in "و«" and tok[u] not in ANY for u in range(within, t0)):
            begun = text.is_kind(t0 - 1, "event_noun") or text.is_kind(t0 - 1, "starting")
            if t0 - within != 1 or not begun:
                return False
        return not event and _of_denied_link(text, link, t0)
    being = any(text.is_kind(u, "being") for u in places)
    causes = [u for u in places if text.at("cause", u, t0)]
    if causes:
        return being and t0 - causes[-1] <= CAUSE_REACH
    # أن يكون وراء الاحتجاجات إرهابيون, not وراء هجوم إرهابي
    where = _AMONG_OR_BEHIND if tok[t0 - 1].startswith("ال") or tok[t0 - 1] in _BEHIND_OR_MARK else _AMONG
    reach = 10 if tok[t0].endswith("ون") else 4  # أن يكون بين الجرحى في مستشفيات ألماتي إرهابيون
    placed = next((u for u in places if tok[u + 1] in where and text.is_kind(u, "being") and t0 - u <= reach), 0)
    told = reach > 4 and placed > 0 and any(is_relative(text, u) for u in range(placed + 2, t0))
    if being and placed and not told and not is_definite(text, t0, t1):
        return not event  # نفت أن يكون بين موكليها إرهابي واحد
    if being:
        subject = text.is_kind(t0 - 1, "being") and t1 < hi and bool(text.at("cause", t1, hi))
        member = any(w.startswith(("عضو", "اعضاء", "منتم")) for w in between) and any(w in ANY for w in between[-3:])
        if member or tok[t0 - 1].startswith(_MAKING):
            return True  # أن يكون عضوا في أي تنظيم إرهابي، أن تكون من تدبير إرهابيين
        if tok[t0][0] == "ل" and tok[t0][1:2] != "ل" and tok[t0 - 1].startswith(("اعد", "خطط", "دبر", "حضر")):
            return True  # أن تكون حركته قد أعدت لثورة ملونة
        being_at = next(u for u in places if text.is_kind(u, "being"))
        meant = any(
            w[0] == "ل" and len(w) > 4 and w[1] != "ا" for w in tok[being_at + 1 : t0]
        )  # أن يكون ضروريا لإنهاء الأزمة
        faced = "امام" in tok[t0 - 2 : t0]  # أن تكون البلاد أمام «ثورة»
        near = [u for u in range(max(t + 1, t0 - 3), t0) if tok[u] != "في" or not _is_place(text, u + 1, t0)]
        inside = not faced and not PREPOSITIONS.isdisjoint(tok[u] for u in near)
        past = t1 < hi and (tok[t1] == "قد" or tok[t1].endswith("وا") or tok[t1] == "الذين")
        if text.is_kind(t0 - 1, "being") and is_definite(text, t0, t1) and past:
            return False  # نفت أن يكون الإرهابيون قد سيطروا
        if "قد" in between and any(w.startswith(_KNEW) for w in between[between.index("قد") :]):
            return False  # نفى أن يكون قد علم بقرار رفع الأسعار
        if "قد" in between and tok[t0].startswith("ال") and tok[t0].endswith(PLURAL):
            return False  # نفى أن تكون القوة قد طاردت الإرهابيين
        return not event and not subject and not meant and not inside and (faced or not is_governed(text, t0, t + 1))
    if any(w in THAT for w in between) and reason_follows(text, t1, hi):
        return True
    made = next((u for u in places if text.is_kind(u, "happening")), 0)
    if made and tok[made - 1] in THAT and t0 - made <= 3 and not tok[t0].startswith(DEFINITE):
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
    known = text.match(t + 1, t0)
    first = t + 1 + (known[0] if known is not None and known[1].kind in ("country", "institution") else 0)
    return tokens_apart(text, first, t0) <= 1 or tok[t0 - 1] == "اي"  # نفت أوزبكستان تسلل إرهابيين


def _rumoured(text: Text, t: int, t0: int) -> bool:
    """نفت ما أشيع عن رفع أسعار الوقود، وجود أي قرار بشأن رفع أسعار الغاز: what was told of, or meant to be."""
    tok = text.tok
    for u in range(t + 1, t0 - 1):
        told = tok[u] == "ما" and text.is_kind(u + 1, "rumoured")
        if not told and not (tok[u] in ANY and text.is_kind(u + 1, "intent")):
            continue
        about = next((w for w in range(u + 2, min(u + 8, t0 + 1)) if tok[w] in ABOUT or tok[w][0] in "بل"), 0)
        if about == t0:
            return tok[t0] not in ABOUT and not _are_given(tok[t0])
        between = t0 - about - 1
        if tok[about] not in ABOUT or between > 1 or _are_given(tok[t0]):
            return False  # لقانون الإرهاب، ما تردد بعد رفع الأسعار، عن مقتل الإرهابيين
        return between == 0 or not tok[t0].endswith(PLURAL) or tok[t0 - 1] in THEY_WERE_THERE  # not عن تعذيب إرهابيين
    return False


def _are_given(term: str) -> bool:
    return term.startswith("ال") and term.endswith(PLURAL)


def _is_place(text: Text, u: int, t0: int) -> bool:
    """(أن تكون الأحداث في) كازاخستان ثورة: where something was, directly before the term."""
    match = text.match(u, t0) if u < t0 else None
    return u == t0 - 1 and ((match is not None and match[1].kind == "country") or text.tok[u] in ("البلاد", "الماتي"))


def _is_of_somebody(tok: list[str], u: int) -> bool:
    """لبلادها دور في، أي دور في، أي يد لها في: whether somebody has a hand, at `u`, in something."""
    whose = tok[u + 1] in _OF_IT
    return tok[u + 1 + whose] == "في" and (tok[u - 1][0] == "ل" or tok[u - 1] in ANY or whose)


def _is_name(text: Text, naming: int, t0: int) -> bool:
    """رفض وصف المحتجين بالإرهابيين، بأنهم إرهابيون: the term is what somebody is called, not who is."""
    tok = text.tok
    that = next((u for u in range(naming + 1, t0) if tok[u] in THAT), 0)
    if that:
        of_noun = t0 > that + 1 and tok[t0].startswith("ال") and not tok[t0 - 1].startswith("ال")  # ضحايا الإرهاب
        return tok[that][0] == "ب" and t0 - that <= 3 and not of_noun and not is_governed(text, t0, that + 1)
    return not (t0 == naming + 1 and tok[t0].startswith("ال") and _is_called(tok[t0 + 1 : t0 + 4]))


def _is_called(behind: list[str]) -> bool:
    """Whether words behind a term say what it is called: بالشغب، بأنها شغب، على أنها شغب."""
    return any((w[0] == "ب" and len(w) > 3) or w in THAT or w == "«" for w in behind)


def _said(text: Text, t: int) -> bool:
    """وقالوا: what somebody said besides is not denied."""
    verb = text.cues.verbs.get(text.tok[t])
    return verb is not None and verb.joined and verb.form == "finite" and verb.kind not in ("deny", "refuse")


def _of_claim(text: Text, claim: int, t0: int) -> bool:
    """Whether the term is what is claimed: not هذه الاتهامات، not behind الذي further on."""
    tok = text.tok
    if tok[t0 - 1] == "في" and not any(text.is_kind(u, "link_noun") for u in range(claim, t0)):
        return False  # أنباء عن حريق في ...
    if (tok[claim].startswith("ال") and is_these(text, claim - 1)) or not REGARDING.isdisjoint(tok[claim:t0]):
        return False
    return not any(is_relative(text, u) and tok[u] not in ("من", "مما") for u in range(claim + 2, t0))


def _of_denied_link(text: Text, link: int, t0: int) -> bool:
    """وجود أي إرهابيين، تورطه في عمل إرهابي: not وجود تغيير في موقفها من الأزمة."""
    between = text.tok[link + 1 : t0]
    prepositions = sum(1 for w in between if w in PREPOSITIONS)
    hostile = text.tok[t0 - 1] in _AGAINST_THEM and text.tok[t0].endswith(PLURAL)
    if hostile and t0 - 1 > link:
        return False  # نفى مشاركة القوات في تصفية الإرهابيين
    if text.tok[link] in OCCURRING:
        return prepositions == 0 and tokens_apart(text, link + 1, t0) <= EXISTENCE_GAP
    return prepositions <= 2 and REGARDING.isdisjoint(between)


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
    return (
        talk > 0
        and (text.tok[t0 - 1] == "عن" or text.is_kind(talk, "tale"))
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
        if insult and tok[t0][0] != "ب" and tok[t0 - 1] != "ب":
            continue  # وصف الإرهابيين بالشهداء إهانة
        senseless = "معني" in tok[t : t + n] or insult
        subject = any(
            classes[u] & CLAIM_SUBJECT
            and text.at("claim_subject", u, t0)
            and (not senseless or text.is_kind(u, "tale") or text.is_kind(u, "claim_noun"))
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
