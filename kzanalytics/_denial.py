"""Denial: which negation or denying verb denies the frame itself, and not something else in its clause."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from typing import Final

from kzanalytics._clause_scope import (
    ANY,
    DEFINITE,
    EXISTENCE_GAP,
    LINK_GAP,
    NEGATORS,
    OCCURRING,
    PLURAL,
    TO_HAVE,
    Found,
    clause_start,
    is_condition,
    is_definite,
    is_event_adjective,
    is_governed,
    is_linked,
    is_relative,
    is_these,
    not_only,
    opens_clause,
    tokens_apart,
    under_negation,
)
from kzanalytics._corrections import (
    all_are,
    asked_back,
    corrected,
    doubted,
    dropped,
    is_against,
    is_reduced,
    not_done,
    unless_it_were,
)
from kzanalytics._denied_behind import denied_behind, in_myth
from kzanalytics._denied_claims import is_denied
from kzanalytics._disbelief import disbelieved
from kzanalytics._negated_copula import (
    is_not_had,
    is_not_in_place,
    is_not_there,
    is_not_where,
    is_predicate,
    one_of_many,
    wrongly_said,
)
from kzanalytics._negated_verbs import negated_verb
from kzanalytics._news_tokens import Tokens
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._unproven import no_proof
from kzanalytics._word_classes import COMMA, DENYING

__all__ = ["find_denial"]

ASIDE_REACH: Final = 16  # tokens back from a term to the comma before an aside
ASIDE_BEHIND: Final = 5  # tokens behind a term to such a comma
ASIDE_LENGTH: Final = 10  # tokens between the two commas
_ASIDES: Final = frozenset("كما بحسب حسب وفق وفقا طبقا براي بنظر في علي باي خلافا بحسبه اذا برايه برايها".split())
CLAUSE_REACH: Final = 22  # tokens back to where the clause of a term starts
NOUN_GAP: Final = 5
_THEY: Final = frozenset("هو هي هم هن هما انا نحن انت انتم".split())
_ACQUITTED: Final = ("براته", "براتها", "براتهم", "براه", "براهم")
_BUT: Final = ("غير", "سوي", "الا")
_WHOEVER: Final = ("من", "ممن", "لمن", "كمن", "بمن")
_ASKING: Final = frozenset(("لماذا", "كيف", "متي"))
_NO_MORE: Final = frozenset(("لن", "تقل", "يقل"))  # لن نجده في ... ولا في العنف؛ لا تقل أهمية ولا خطورة
_WITHOUT: Final = ("دون", "بدون", "بلا")
_HARMING: Final = ("تعذيب", "قتل", "ضرب", "احتجاز")  # تهمة تعذيب إرهابي
_LACKING: Final = ("دون", "بدون", "بلا", "غير", "عدم", "بعدم", "لعدم", "انعدام", "غياب")
_OF_NOUNS: Final = ("غير", "لا", "ولا", "وليس", "وليست", "ليس", "ليست", "دون", "بدون", "بلا")


def _adjacent(text: Text, t0: int, t1: int, begin: int, hi: int) -> Found | None:
    """A negator immediately before the term: غير مسلح، بلا عنف، ليس عملا إرهابيا، الاحتجاج غير المسلح."""
    tok, t = text.tok, t0 - 1
    if t < begin:
        return None
    if tok[t] in _LACKING and (under_negation(text, t, begin, 10) or _prevents(text, t, begin)):
        return None  # لن تنجح دون ثورة، يحول دون عنف
    if not tok[t0].startswith(DEFINITE):
        if (
            t > begin
            and tok[t - 1] in ("لا", "ولا", "فلا")
            and (
                tok[t] in _THEY
                or (tok[t].startswith("ال") and tok[t0].endswith(("ون", "ي", "يه")) and _neither(text, t0, t1, hi, t))
            )
        ):
            return t - 1, t0, "negation"  # لا هو إرهابي ولا لص
        if tok[t] in ("هم", "هو", "هي") and t > begin and tok[t - 1] in ("ما", "وما") and tok[t0][0] == "ب":
            return t - 1, t0, "negation"  # ما هم بإرهابيين
        slogan = tok[t0][0] == "ل" and tok[t] in ("لا", "ولا")  # لا لفوضى
        subject = "ليس" in tok[t] and (is_definite(text, t0, t1) or one_of_many(text, t, t1, hi))
        condition = is_condition(text, t, begin)
        if not slogan and not subject and not condition and text.at("direct_negator", t, t0):
            return None if tok[t] == "ولا" and not _NO_MORE.isdisjoint(tok[begin:t]) else (t, t0, "negation")
        event = text.is_kind(t, "event_noun") or "event_noun" in text.cues.kinds(tok[t].removesuffix("ا"))
        if t > begin and event and tok[t - 1] in _OF_NOUNS:
            return t - 1, t, "negation"
        if (
            t > begin
            and tok[t - 1] in _WITHOUT
            and not _prevents(text, t - 1, begin)
            and tok[t0].endswith(("ي", "يه"))
            and not tok[t].startswith("ال")
        ):
            return t - 1, t, "negation"  # دون تمييز طائفي
        if tok[t] == "او":  # دون تمييز أو عنف، بلا أعمال شغب أو نهب
            for u in (t - 2, t - 3):
                if u >= begin and tok[u] in _WITHOUT and not under_negation(text, u, begin, 10):
                    return u, u + 1, "negation"
        return None
    if is_these(text, t):
        return None
    if tok[t] == "لا" and t and tok[t - 1] == "،" and is_definite(text, t0, t1) and t1 < hi and tok[t1] == "كما":
        return t, t0, "negation"  # كان الدافع سياسيا، لا أسعار الوقود كما ظنوا
    if tok[t] == "لا" and t and tok[t0].startswith("ال") and (tok[t - 1][0].isalpha() or tok[t - 1] == "،"):
        return t, t0, "negation"  # السلام لا الحرب: before the article لا corrects what stands before it
    noun = t - 2 if t > begin and tok[t - 1] == "،" else t - 1
    of_noun = tok[t] in ("غير", "وغير") and noun >= 0 and "ال" in tok[noun][:3]
    if of_noun and tok[t0].endswith(PLURAL):
        of_noun = tok[noun].endswith(PLURAL)  # المحتجون غير المسلحين; المبنى غير الإرهابيين is all but them
    of_kind = tok[t] in ("بغير", "لغير") and tok[t0].endswith(("ي", "يه", "يين"))
    return (t, t0, "negation") if of_noun or of_kind else None


def _neither(text: Text, t0: int, t1: int, hi: int, t: int) -> bool:
    """لا القتلى إرهابيون ولا الجرحى: whether the same is said again of somebody else."""
    return "ولا" in text.tok[t1 : min(hi, t1 + 4)] or text.tok[t - 1] == "ولا"


def _prevents(text: Text, t: int, begin: int) -> bool:
    """يحول دون، الحيلولة دون، حالت الشرطة دون."""
    return any(text.is_kind(u, "preventing") for u in range(max(begin, t - 3), t))


def _contrasted(text: Text, t: int, t0: int, lo: int) -> bool:
    """احتجوا على الفساد لا على الأسعار: a negator, and a preposition that the clause before it has too."""
    tok = text.tok
    if tok[t] not in ("لا", "ليس", "وليس", "ليست", "وليست") or t0 - t > 3 or tok[t0][0] == "و":
        return False
    behind = tok[t + 1]
    before = tok[max(lo, t - 12) : t]
    while (mark := next((i for i, w in enumerate(before) if w in (".", ":", "«")), -1)) >= 0:
        before = before[mark + 1 :]
    if tok[t] != "ليست" and text.at("cause", t + 1, t0) and tok[t0][0] != "ل":
        return t > lo and tok[t - 1] not in ("او", "ام")  # لأسباب سياسية لا بسبب الأسعار
    if behind in PREPOSITIONS:
        if t0 <= t + 1 or (behind == "من" and tok[t + 2][0] in "يت") or is_these(text, t0 - 1):
            return False
        return behind in before or (tok[t] == "لا" and t > lo and tok[t - 1] not in ("او", "ام"))
    alike = [w for w in before if w[0] == behind[0] and len(w) > 3]
    return tok[t] != "لا" and t0 - t < 3 and behind[0] in "لبك" and not text.at("b_word", t + 1, t0 + 1) and bool(alike)


def _of_noun(text: Text, t: int, n: int, t0: int) -> bool:
    """عدم وصف ما جرى بالإرهاب، دون أي عمل إرهابي: whether the noun at `t` denies the naming or the being of the term."""
    tok = text.tok
    naming = any(text.is_kind(u, "claim_noun") for u in range(t, t + n))
    if naming and tok[t] == "عدم" and any(text.is_kind(u, "objecting") for u in range(max(0, t - 6), t)):
        return False  # استنكر الوزير عدم وصف المهاجمين بالإرهابيين
    if (tok[t] in _LACKING or tok[t] == "من") and (under_negation(text, t, 0, 4) or _prevents(text, t, 0)):
        return False
    if not naming and any(w[0] == "و" and len(w) > 3 and w not in OCCURRING for w in tok[t + n : t0]):
        return False  # انعدام الكفاءة وتفشي الفساد
    apart = t0 > t + n and tok[t0].startswith("ال") and not naming
    if apart and not (text.is_kind(t0 - 1, "generic_noun") or text.is_kind(t0 - 1, "event_noun")):
        return False  # عدم العثور على سلاح الجريمة
    if tokens_apart(text, t + n, t0) > (NOUN_GAP if naming else EXISTENCE_GAP) or is_event_adjective(text, t0):
        return False
    if tok[t0][0] == "و" and t0 > t + n and not naming:
        return False  # انعدام الاستقرار وأزمة الوقود
    return not is_governed(text, t0, t + n) and not any(is_relative(text, u) for u in range(t + n, t0))


def _of_link(text: Text, t: int, n: int, t0: int, t1: int) -> bool:
    """لا علاقة لها بالإرهاب، بعيدون عن الإرهاب، لا يهدف إلى العنف: whether the term is what the link is denied to."""
    tok, gap = text.tok, t0 - t - n
    if gap > LINK_GAP or is_event_adjective(text, t0) or "(" in tok[t + n : t0] or under_negation(text, t, 0, 1):
        return False
    if any(is_relative(text, u) and tok[u] != "من" for u in range(t + n, t0)):
        return False  # تبرئة الشرطي الذي أطلق النار
    if not _ASKING.isdisjoint(tok[t + n : t0]):
        return False  # لا تفسر لماذا خرج الناس بسبب ...
    if "اذا" in tok[t + n : t0] or ("صحه" in tok[t] + tok[t + 1] and tok[t + n] in TO_HAVE):
        return False  # شائعات لا صحة لها
    if (gap == 0 or text.is_kind(t0 - 1, "link_noun")) and is_linked(text, t0):
        return False
    last = tok[t + n - 1]
    if last in ("ضمن", "اطار", "تحت", "باب", "خانه") and (gap and text.is_kind(t0 - 1, "against")):
        return False  # لا يندرج ضمن مكافحة الإرهاب
    if (tok[t].endswith(("براءه", "تبرئه")) or tok[t].lstrip("وف") in _ACQUITTED) and "من" not in tok[t + n - 1 : t0]:
        return False
    if last.endswith(("عنيهم", "عنيه", "عنينا")):
        return gap == 0 and "شيء" in tok[t1 : t1 + 3]  # لا تعنيهم أسعار الوقود في شيء
    if last.endswith("ستهدف"):
        return not tok[t0].endswith(PLURAL) and gap <= 1  # لا يستهدف إسقاط النظام; who is aimed at is taken as given
    apart = tokens_apart(text, t + n, t0)
    near = tok[t].startswith("بعيد") or last in ("الي", "علي") or "خل" in tok[t] or "خال" in tok[t]
    if last.endswith("شبه") or tok[t].lstrip("وف") == "ابعد":
        kind = last.endswith("شبه") and t1 < len(tok) and not tok[t1].startswith("ال")  # لا يشبه الثورات الملونة في شيء
        return (gap == 0 or tok[t0 - 1] in ANY) and (kind or not tok[t0].startswith(DEFINITE))
    near = near or last.startswith(("تهم", "صفه"))
    proof = next((u for u in range(t + n, min(t + n + 3, t0)) if text.is_kind(u, "evidence")), 0)
    if "خل" in tok[t] and proof and "علي" in tok[proof + 1 : proof + 3] and not tok[t0].startswith(DEFINITE):
        return t0 - proof <= 4  # يخلو من أي دليل على نشاط إرهابي
    near = near or (last == "عن" and tok[t + n - 2].endswith(("حديث", "كلام")))  # لا معنى للحديث عن حل للعنف
    if near and apart > 1 and not any(text.at("claim_noun", u, t0) for u in range(t + n, t0)):
        return False
    return last == "كما" or any("صحه" in w for w in tok[t : t + n]) or not any(w in THAT for w in tok[t + n : t0])


def _negation(text: Text, t: int, lists: Collection[str], t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """The negation at `t`, a word of some `lists`, if it denies the term."""
    if "negator" in lists and _contrasted(text, t, t0, lo) and not not_only(text, t + 1, t0, t1, hi):
        return t, t + 1, "negation"
    any_such = text.tok[t].endswith("عدم") and t0 - t == 3 and text.tok[t0 - 1].removeprefix("ل") in ANY
    if any_such and not text.is_kind(t + 1, "tolerating"):
        return t, t + 1, "negation"  # عدم تحقيقها لأي نصر
    if "acquitting" in lists:
        of = next((u for u in range(t0 - 2, max(t, t0 - 7), -1) if text.tok[u] == "من"), 0)
        charge = (
            of
            and text.tok[t0 - 1] not in _HARMING
            and (text.tok[of + 1].startswith(("تهم", "التهم")) or text.is_kind(of + 1, "link_noun"))
        )
        if charge and t0 - of <= 6 and not any(is_relative(text, u) and text.tok[u] != "من" for u in range(t + 1, t0)):
            return None if under_negation(text, t, lo, 2) else (t, t + 1, "denial")  # برأت المحكمة الشبان من تهمة
    if text.tok[t] == "خلو" and t0 - t <= 4 and text.tok[t0 - 1] == "من":
        return t, t + 1, "negation"  # خلو المدينة من الإرهابيين
    if "denied_noun" in lists and (n := text.at("denied_noun", t, t0)):
        proof = t + n - text.is_kind(t + n - 1, "evidence")  # عدم وجود أدلة على أن، غياب أدلة على ضلوع
        unproven = (proof < t + n or text.tok[t + n - 1] in OCCURRING) and no_proof(text, proof, t0, t1, hi)
        if unproven or _of_noun(text, t, n, t0):
            return t, t + n, "negation"
    if "negative_link" in lists:
        n = text.at("negative_link", t, t0)
        if n and _of_link(text, t, n, t0, t1) and not not_only(text, t + n, t0, t1, hi):
            return t, t + n, "negation"
    n = text.at("negative_existence", t, t0) if "negative_existence" in lists else 0
    if n and no_proof(text, t + n, t0, t1, hi):
        return t, t + n, "negation"
    if n and text.tok[t] == "ما" and not opens_clause(text, t, lo):
        return None  # نوعا ما من الإرهاب
    if n and is_not_in_place(text, t, n, lo, t0, t1, hi):
        return t, t + n, "negation"  # لا يوجد في البلاد إرهابيون
    if n and t0 - t - n <= 3:
        of_it = t + n == t0 and text.tok[t0 - 1] in ("وجود", "اثر", "لاوجود")  # لا وجود للإرهاب
        if (of_it or is_not_there(text, t + n, t0)) and not not_only(text, t + n, t0, t1, hi):
            return t, t + n, "negation"
    if "negative_copula" in lists:
        n = text.at("negative_copula", t, t0)
        if n and text.tok[t] == "ما" and not opens_clause(text, t, lo) and not _was_not(text, t, n, t0, t1, hi):
            return None  # كل ما كنا نخشاه: ما is a relative
        if n and (is_predicate(text, t, n, t0, t1, hi) or is_not_had(text, t, n, t0)):
            return t, t + n, "negation"
        if n and is_against(text, t + n, t0) and not not_only(text, t + n, t0, t1, hi):
            return t, t + n + 1, "negation"
        if n and (is_not_where(text, t, n, t0, t1, hi) or is_not_in_place(text, t, n, lo, t0, t1, hi)):
            return t, t + n, "negation"
    if "wrong" in lists and (n := text.at("wrong", t, t0)) and (u := is_reduced(text, t + n, t0)):
        return None if under_negation(text, t, lo, 1) else (t, u + 1, "denial")
    if ("wrong" in lists or "untrue" in lists) and (n := wrongly_said(text, t, t0)):
        if all_are(text, t + n, t0):
            return t, t + n, "denial"
        subject = t1 < hi and text.is_kind(t1, "modal_noun")  # من الخطأ القول إن تنظيما إرهابيا يمكن هزيمته
        said = not subject and is_predicate(text, t, n, t0, t1, hi)
        return (t, t + n, "denial") if said and not under_negation(text, t, lo, 1) else None
    if text.tok[t] == "لا" and t > lo and text.tok[t - 1].isalpha() and is_against(text, t + 1, t0):
        return t, t + 2, "negation"  # محاولة انقلاب لا مظاهرات ضد رفع الأسعار
    if "negator" in lists and (n := text.at("negator", t, t0)):
        return negated_verb(text, t, n, t0, t1, hi)
    return None


def _was_not(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> bool:
    """أن أخاه ما كان إرهابيا: ما behind a person, with the predicate at once."""
    tok = text.tok
    his = tok[t - 1].endswith(("ه", "ها", "هم", "ي", "نا")) and not tok[t - 1].startswith("ال")
    his = his and t > 1 and text.tok[t - 2] in THAT
    return t + n == t0 and his and tok[t0].endswith(("ا", "ين")) and (t1 >= hi or tok[t1] in ("ولا", "،", "قط", "يوما"))


def find_denial(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """The words that deny the frame at tokens `t0` to `t1`: a negator, a denying verb or noun, a denial behind it.

    A mark between a negation and an indefinite term (لم تقف وراء أي «ثورة ملونة») is read with the term.
    """
    found = _find_denial(text, t0, t1, lo, hi) or _around_aside(text, t0, t1, lo, hi)
    if not found and t0 > lo and text.tok[t0 - 1] == "«" and not text.tok[t0].startswith((*DEFINITE, "وال")):
        return _find_denial(text, t0 - 1, t1, lo, hi)
    return found


def _around_aside(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    """لم يعثروا، وفقا للبيان، على دليل على وجود إرهابيين: denial that words between two commas part from the term.

    The sentence is read once more without them.
    """
    classes = text.classes
    hi = min(hi, len(text.tok))
    opening = [c for c in range(max(lo, t0 - ASIDE_REACH), min(hi - 2, t1 + ASIDE_BEHIND)) if classes[c] & COMMA]
    for comma in opening:
        close = next((c for c in range(comma + 2, min(comma + ASIDE_LENGTH, hi)) if classes[c] & COMMA), 0)
        if not close or comma < t1 <= close or comma < t0 <= close or text.tok[comma + 1] not in _ASIDES:
            continue
        if not any(classes[u] & DENYING for u in range(max(lo, comma - ASIDE_REACH), comma)):
            continue
        keep = [*range(lo, comma), *range(close + 1, hi)]
        start, end = (array("i", [offsets[t] for t in keep]) for offsets in (text.start, text.end))
        tokens = Tokens([], [text.tok[t] for t in keep], start, end, [classes[t] for t in keep], [], [], [], [])
        shorter = Text(text.text, text.actors, text.cues, tokens)
        gap = lo + (close + 1 - comma if t0 > comma else 0)
        if found := _find_denial(shorter, t0 - gap, t1 - gap, 0, len(keep)):
            return keep[found[0]], keep[found[1] - 1] + 1, found[2]
    return None


def _find_denial(text: Text, t0: int, t1: int, lo: int, hi: int) -> Found | None:
    tok, classes, verbs, cues = text.tok, text.classes, text.cues.verbs, text.cues.by_word
    nouns = text.cues.words.get("denial_noun", {})
    begin = clause_start(text, t0, lo, CLAUSE_REACH)
    if t0 - 1 > begin and tok[t0 - 1] in _BUT and any(w.lstrip("وف") in NEGATORS for w in tok[begin : t0 - 1]):
        return None  # لم يكن في الشوارع غير إرهابيين
    if found := _adjacent(text, t0, t1, begin, hi) or corrected(text, t0, t1, lo, hi):
        return found
    if found := unless_it_were(text, t0, t1, lo, hi) or asked_back(text, t0, t1, lo, hi) or not_done(text, t1, hi):
        return found
    if found := dropped(text, t0, t1, lo, hi) or disbelieved(text, t0, t1, lo, hi):
        return found
    if in_myth(text, t0):
        return t0 - 1, t0, "denial"
    for t in range(t0 - 1, begin - 1, -1):
        if not classes[t] & DENYING or is_condition(text, t, lo):
            continue  # إذا لم يكن، ما لم توجد: a condition
        lists = cues.get(tok[t])
        if lists and (found := _negation(text, t, lists, t0, t1, lo, hi)):
            return found
        verb = verbs.get(tok[t])
        kind = verb.kind if verb and verb.form != "object" else ""
        if noun := nouns.get(tok[t]):
            kind = noun[0][1]
        if verb and verb.kind in ("verb", "deny") and t > lo and tok[t - 1].lstrip("وف") in _WHOEVER:
            continue  # من يشكك في وجود الإرهاب واهم: others deny
        another = t1 < hi and tok[t1] in ("اخر", "اخري", "جديد", "جديده")
        if verb and verb.lemma == "شكك" and not another and doubted(text, t, t0):
            return None if under_negation(text, t, lo, 3) else (t, t + 1, "denial")
        if kind in ("deny", "refuse"):
            if under_negation(text, t, lo, 3) or (t > lo and tok[t - 1] in _LACKING):
                return None  # من دون استبعاد العمل الإرهابي
            if is_denied(text, t, kind, t0, t1, hi):
                return t, t + 1, "denial"
    return denied_behind(text, t0, t1, begin, hi)
