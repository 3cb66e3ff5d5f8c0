"""What a denying verb denies (نفى، فند، رفض): the frame, or something about it."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ABOUT,
    ANY,
    BEHIND,
    DEFINITE,
    EXISTENCE_GAP,
    MAKING,
    OCCURRING,
    PLURAL,
    REGARDING,
    is_definite,
    is_depicted,
    is_event_adjective,
    is_governed,
    is_relative,
    is_these,
    names_actor,
    reason_follows,
    tokens_apart,
)
from kzanalytics._corrections import THEY_WERE_THERE, is_reduced, told_about
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, SILENCE, THAT
from kzanalytics._phrases import Text

__all__ = ["is_denied"]

CAUSE_REACH: Final = 3  # tokens from بسبب to the term: not بسبب مشاركته في الاحتجاج على
_HAND: Final = ("يد", "دور", "ضلع")
_AMONG: Final = ("بين", "ضمن")
_AMONG_OR_BEHIND: Final = (*_AMONG, *BEHIND)
_BEHIND_OR_MARK: Final = (*BEHIND, "«")
_OF_IT: Final = ("له", "لها", "لهم", "لنا")
_AGAINST_THEM: Final = frozenset(
    "تصفيه قتل مقتل اعتقال توقيف ملاحقه مطارده محاربه مكافحه مواجهه استهداف القضاء احتجاز تعذيب".split()
)
_PUTTING: Final = ("وضع", "ادراج", "حشر", "تصنيف", "ادخال")
_SLOTS: Final = ("خانه", "سله", "دائره", "مصاف", "عداد", "كفه", "قائمه", "قوائم")
_PLANS: Final = ("خطط", "خطه", "دور", "نيه", "قرار")
_KNEW: Final = ("علم", "عرف", "سمع", "اطلع", "ابلغ")
_UNTOLD: Final = SILENCE | {"الافصاح"}
_CALLED: Final = ("يوصف", "توصف", "ينعت", "تنعت", "يوصم", "توصم", "يتهم", "تتهم")
_WHEN: Final = ("خلال", "اثناء", "بعد", "قبل", "منذ", "عقب")


def is_denied(text: Text, t: int, kind: str, t0: int, t1: int, hi: int) -> bool:
    """Whether a denying verb or noun at `t` denies the frame itself, not something about it."""
    tok = text.tok
    places = range(t + 1, t0)
    between = tok[t + 1 : t0]
    if any(w in AND_THAT for w in between) or any(_said(text, u) for u in places):
        return False
    if kind == "refuse" and any(w.endswith("تكرار") for w in between):
        return False  # رفض تكرار سيناريو الثورات الملونة: there was one
    if is_depicted(text, t + 1, t0) or (kind == "refuse" and is_reduced(text, t + 1, t0)):
        return True
    if kind == "refuse" and _to_be_called(text, t, t0):
        return True
    if _rumoured(text, t, t0):
        return True
    planned = text.is_kind(t0 - 1, "intent") or text.is_kind(t0 - 1, "link_noun") or tok[t0 - 1] in _PLANS
    if kind == "deny" and (between[-1:] in (["باي"], ["بايه"]) or (planned and between[-2:-1] in (["باي"], ["بايه"]))):
        return True  # نفى علم الكرملين بأي خطط لرفع أسعار الوقود
    claim = any(text.at("claim_noun", u, t0) and _of_claim(text, u, t0) for u in places)
    if claim and any(w in THAT for w in between) and reason_follows(text, t1, hi):
        return True  # رفض القول إن أسعار الغاز هي السبب
    if kind == "refuse" and (between[:1] == ["تاكيد"] or not _UNTOLD.isdisjoint(between[:4])):
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
    named = tok[t0 - 1].startswith("ال") or tok[t0 - 1] in _BEHIND_OR_MARK or tok[t0 - 1] in ANY
    where = _AMONG_OR_BEHIND if named else _AMONG
    reach = 10 if tok[t0].endswith("ون") else 4  # أن يكون بين الجرحى في مستشفيات ألماتي إرهابيون
    placed = next((u for u in places if tok[u + 1] in where and text.is_kind(u, "being") and t0 - u <= reach), 0)
    told = reach > 4 and placed > 0 and any(is_relative(text, u) for u in range(placed + 2, t0))
    if being and t1 + 1 < hi and tok[t1] in ("هو", "هي"):  # نفى أن يكون الغضب من رفع الأسعار هو ما يفسر
        if tok[t0].endswith(PLURAL):
            return False  # أن يكون زعيم الإرهابيين هو الذي فر
        return tok[t1 + 1] in ("ما", "الذي", "التي") or reason_follows(text, t1, hi)
    if being and placed and not told and not is_definite(text, t0, t1):
        return not event  # نفت أن يكون بين موكليها إرهابي واحد
    if being:
        subject = text.is_kind(t0 - 1, "being") and t1 < hi and bool(text.at("cause", t1, hi))
        member = any(w.startswith(("عضو", "اعضاء", "منتم")) for w in between) and any(w in ANY for w in between[-3:])
        if member or tok[t0 - 1].startswith(MAKING):
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


def _to_be_called(text: Text, t: int, t0: int) -> bool:
    """يرفض أن يوصف من حوله بأنهم إرهابيون: what somebody refuses that others are called."""
    tok = text.tok
    called = next((u + 1 for u in range(t + 1, min(t + 6, t0 - 1)) if tok[u] == "ان"), 0)
    charged = called and tok[called][1:] in ("لصق", "وجه", "لفق") and tok[t0 - 1].startswith(("تهم", "صفه"))
    if charged:
        return True  # ترفض المعارضة أن تلصق بالمحتجين تهمة الإرهاب
    if called and not {"بصفه", "بوصفهم", "بوصفه", "باعتبارهم", "كانهم"}.isdisjoint(tok[max(called, t0 - 2) : t0]):
        return True  # يرفض الأهالي أن يدفن أبناؤهم بصفة إرهابيين
    if not called or not (text.is_kind(called, "naming") or tok[called].startswith(_CALLED)):
        return False
    that = next((u for u in range(max(called, t0 - 2), t0) if tok[u] in THAT and tok[u][0] == "ب"), 0)
    return that > 0 or (tok[t0][0] == "ب" and t0 > called + 1)


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
        protest = text.is_kind(that + 1, "anger") or text.is_kind(that + 1, "the_events")
        if protest and tok[that][0] == "ب" and t0 == that + 3 and tok[t0 - 1] in ("علي", "من", "ضد", "بسبب"):
            return True  # رفض وصف ما حدث بأنه احتجاجات على أسعار الوقود
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
