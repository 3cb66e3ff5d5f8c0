"""What is not, is not there and is not had: the predicate of ليس، the subject of لا يوجد and of ليس لديه."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ANY,
    BEHIND,
    DEFINITE,
    LINK_GAP,
    TO_HAVE,
    before_or,
    behind_joined,
    clause_ends,
    is_definite,
    is_event_adjective,
    is_governed,
    is_linked,
    is_relative,
    is_these,
    not_only,
    opens_clause,
    reason_follows,
)
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import COMMA, KIND, STOP
from kzanalytics.cues import bases

__all__ = [
    "is_not_had",
    "is_not_in_place",
    "is_not_there",
    "is_not_where",
    "is_predicate",
    "one_of_many",
    "wrongly_said",
]

COPULA_GAP: Final = 7  # tokens between a negative copula and its predicate: a subject may stand between
WHO_GAP: Final = 12  # لم يكن الشبان الذين حاصروا مبنى البلدية في المدينة ...
NAMING_GAP: Final = 14  # لا يمكن وصف ... بـ: the object named may be long
PLACE_GAP: Final = 6  # لم تكن في ساحات العاصمة اليوم أي ...
_PLACES: Final = frozenset("في بين وراء خلف وسط ضمن داخل لدي عند امام".split())
_RANKS: Final = ("صفوف", "اوساط")
_EXCEPT: Final = frozenset(("دون", "بدون", "بلا", "الا", "سوي"))
_LEFT: Final = frozenset(("سوي", "الا", "غير", "خيار", "خيارات", "فرصه", "مخرج", "مفر", *ANY))
_OWN: Final = ("نا", "هم", "ها", "هما")
_NOW: Final = frozenset("يوما ابدا اصلا قط حينها يومها انذاك اليوم اطلاقا هذه هذا تلك ذلك".split())
_LEAST: Final = (*ANY, "ادني", "اقل", "ابسط")  # ليس له أدنى علاقة
_ANGER: Final = ("غضبا", "احتجاجا", "سخطا", "تمردا")
_HE_IS: Final = ("فهو", "فهي", "فهم", "فانا", "فنحن")
_NUMBERS: Final = frozenset(
    "عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين مئه مائه مئات الف الاف عشرات مليون ملايين واحد".split()
)
_STIRRED: Final = ("اخرج", "دفع", "حرك", "اشعل", "فجر", "يحرك", "يدفع", "ادي", "ادت", "تسبب", "قاد")
_CAUSED: Final = frozenset("سبب اسباب دافع دوافع شراره محرك".split())


def is_predicate(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> bool:
    """Whether the term is the predicate of a negative copula (or of لا يمكن وصف ... بـ) at `t`."""
    tok, first = text.tok, t + n
    if (
        t0 - 2 >= first
        and tok[t0 - 1] in ("من", "علي")
        and tok[t0 - 2].endswith("ين")
        and text.is_kind(t0 - 2, "angry")
        and tok[t0 - 3] not in ("جميعا", "كلهم", "كلها", "جميعهم")
    ):
        return is_predicate(text, t, n, t0 - 2, t0 - 1, hi)  # ليس هذا سلوك أناس غاضبين من أسعار الوقود
    if t0 - 2 == first and tok[t0 - 1] in ("من", "علي") and tok[first] in _ANGER:
        return not not_only(text, first, t0, t1, hi)  # لم يكن غضبا من أسعار الغاز
    if tok[t + n - 1].endswith("عد") and tok[first : first + 1] == ["احد"]:
        return False  # لم يعد أحد يشتري السيارات بسبب ارتفاع أسعار الوقود
    if _who_are(text, first, t0, t1, hi):
        return True
    if mostly := text.at("mostly", first, t0):
        return is_predicate(text, t, n + mostly, t0, t1, hi)  # لم يكونوا في معظمهم إرهابيين
    between = tok[first:t0]
    naming = any(text.is_kind(u, "naming") for u in range(t, first))
    if len(between) > (NAMING_GAP if naming else COPULA_GAP):
        return False
    if len(between) > 1 and between[-2] == "من" and text.is_kind(t0 - 1, "adherent"):
        return True  # ليس من دعاة العنف
    if between == ["امام"] and not tok[t0].startswith(DEFINITE) and not _is_left(text, first, t1, hi):
        return True  # لسنا أمام ثورة ملونة; not ليس أمام إرهابيين محاصرين سوى
    if between == ["من"] and tok[t0].startswith("ال"):
        return True  # ليس ذلك من الإرهاب في شيء
    that = next((w for w in between if w in THAT), "")
    as_such = that and (that[0] == "ب" or between[between.index(that) - 1] == "علي")  # وصفها بأنها، على أنها
    only = not_only(text, first, t0, t1, hi) and not (naming and tok[t1 : t1 + 1] == ["لمجرد"])
    if only or (that and not (naming and as_such and len(between) - between.index(that) <= 3)):
        return False
    if len(between) > 1 and between[-2] == "ال" + between[-1] and text.is_kind(t0 - 1, "matter"):
        return True  # لم تعد القضية قضية أسعار
    if _is_who(between) and tok[t0].endswith(("ا", "ين")) and not tok[t0].startswith(DEFINITE):
        return clause_ends(text, t1, hi) or tok[t1] in ("بل", "وانما", "وليسوا")  # لم يكن من خرجوا إلى الساحة إرهابيين
    if between[:1] == ["ما"] and tok[t0].startswith(DEFINITE):
        return False  # لم يكن ما يريده منظمو العدوان
    if "احد" in tok[t:first] and tok[t0].startswith(DEFINITE):
        return False  # لا أحد من هؤلاء يخشى الإرهابيين
    if one_of_many(text, t, t1, hi) or (
        between and ((is_these(text, t0 - 1) and tok[t0].startswith("ال")) or _is_caused(between, tok[t0]))
    ):
        return False
    if tok[t].endswith("لم") and tok[first - 1].endswith("عد") and _verb_follows(text, t1, min(hi, t1 + 5)):
        return False  # لم يعد خطر الإرهاب يقتصر على ...
    if between and (between[0] == "قد" or (tok[first - 1] == "اكن" and not _NOW.issuperset(between))):
        return False  # ما كنا قد أكملنا الشرط، لم أكن أعرف شيئا عن الثورة
    another = t1 < hi and tok[t1].isalpha() and tok[t1].endswith("ا")
    followed = another and any(text.is_kind(u, "facing") for u in range(first, t0))  # ليس كل من حارب إرهابيا بطلا
    if between[:2] == ["كل", "من"] and tok[t0][-1] == "ا" and not tok[t0].startswith(DEFINITE) and not that:
        return not followed  # ليس كل من حوكم إرهابيا: the accusative is the predicate
    verbal = between and (
        between[0] == "كل" or tok[first - 1][-2:] in ("كن", "ان", "نت", "عد") or "احد" in tok[t:first]
    )
    if verbal and _verb_follows(text, first, t0):
        return False  # لم تكن تجهل الجرائم، ما كان لينجح الحصار، ليس كل أحد يقبل بالإساءة
    judged = any(text.is_kind(u, "judgement") and tok[u] != "بقدر" for u in range(t1, min(hi, t1 + 2)))
    if judged or _has_else(text, first, t0):
        return False
    if naming and tok[t0][0] != "ب" and any(w[0] == "ل" and len(w) > 4 and w[1] != "ا" for w in between):
        return False  # لا تعتبر الحل لمعالجة الأزمة
    if naming and not that and _is_object(text, t0, t1, hi):
        return False
    if naming:
        relative = next((u for u in range(first, t0) if is_relative(text, u)), t0)
        named = tok[t0][0] == "ب" or bool(as_such) or text.text[text.end[t1 - 1] - 1] in "اً"
        called = relative <= first + 1 + 2 * (tok[t0][0] == "ب") and named
        return not text.is_kind(t0 - 1, "against") and (relative == t0 or called)  # لا أسمي من كسر الواجهات إرهابيا
    joined = bool(between) and tok[t0][0] == "و" and not tok[t0 - 1].startswith("ال")
    if joined and (tok[t0].startswith("وال") or len(between) > 3):
        return False  # ليست باليه والأخطاء جزء منها: a clause of its own
    # a definite word behind ليس is its subject, except where it corrects (وليس الإرهابية) or nothing else can be
    # the predicate (ليس الحل العنف؛ لم تكن سياسة القمع التي ...)
    corrects = tok[t].startswith("وليس") and not between and first == t + 1  # not وليس صحيحا أن الإرهابيين فروا
    behind = behind_joined(text, t1, hi)
    of_noun = bool(between) and not tok[t0 - 1].startswith("ال") and behind < hi and is_relative(text, behind)
    subject = is_definite(text, t0, t1) and not corrects and not of_noun and not clause_ends(text, t1, hi)
    subject = subject and not (t1 < hi and tok[t1] in _HE_IS)  # مشكلتها ليست أسعار الوقود فهي لا تملك سيارة
    if not subject and not is_governed(text, t0, first) and not _blocked(text, first, t0):
        return True
    it = t1 + (t1 < hi and tok[t1] in ("هي", "هو", "هم"))  # ليست أسعار الوقود هي التي أخرجتهم
    first_is = t0 == first and it + 1 < hi and tok[it + 1].startswith(_STIRRED)
    first_is = first_is and (tok[it] == "ما" or (it > t1 and tok[it] in ("التي", "الذي", "من", "الذين")))
    first_is = first_is or (t0 == first and t1 < it < hi and text.is_kind(it, "trouble"))  # ليست الأسعار هي المشكلة
    return first_is or reason_follows(text, t1, hi)  # ليست أسعار الوقود ما أخرجنا


def _who_are(text: Text, first: int, t0: int, t1: int, hi: int) -> bool:
    """لم يكن الشبان الذين حاصروا المبنى في المدينة إرهابيين: a subject, what is told of it, and the predicate."""
    tok = text.tok
    told = first + 1 < t0 and tok[first].startswith("ال") and tok[first + 1] in ("الذين", "الذي", "التي")
    if not told or t0 - first > WHO_GAP or not tok[t0].endswith(("ين", "ا")) or tok[t0].startswith(DEFINITE):
        return False
    ends = t1 >= hi or tok[t1] in (".", "،", "بل", "وانما", "ولا", "»")
    verbs = any(tok[u] in THAT or text.cues.verbs.get(tok[u]) is not None for u in range(first + 2, t0))
    last = tok[t0 - 1]
    does = last.endswith("وا") or (last[0] in "يت" and last.endswith("ون"))  # كانوا يطاردون إرهابيين
    plain = last not in PREPOSITIONS and not does and not is_governed(text, t0, t0)
    return ends and plain and not verbs


def _is_who(between: list[str]) -> bool:
    """من خرجوا إلى الساحة، الذين سقطوا في الشارع: a clause that says of whom something is told."""
    if len(between) < 4 or between[0] not in ("من", "الذين") or not between[1].endswith("وا"):
        return False
    return between[-1].startswith("ال") or between[-1] in _NOW


def _is_left(text: Text, first: int, t1: int, hi: int) -> bool:
    """ليس أمام إرهابي محاصر سوى: what somebody does not have left; not لسنا أمام ثورة، البلاد ليست أمام ثورة ولا أي."""
    if text.tok[first - 1].lstrip("وف") not in ("ليس", "ليست", "يكن", "تكن"):
        return False
    for u in range(t1, hi):
        if text.classes[u] & (STOP | COMMA) or text.tok[u][0] == "و" or text.tok[u] in ("بل", "او"):
            return False
        if text.tok[u] in _LEFT:
            return True
    return False


def is_not_where(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> bool:
    """الأزمة ليست في أسعار الوقود، ليست المشكلة في ...: where the trouble is not; القوات ليست في ساحة فيها إرهابيون."""
    tok, first = text.tok, t + n
    where = t0 - 1
    while where > first and (tok[where] in ANY or text.is_kind(where, "event_noun")):
        where -= 1
    if tok[where] in BEHIND and not tok[t0].startswith(DEFINITE) and 0 <= where - first <= 3:
        plain = PREPOSITIONS.isdisjoint(tok[first:where]) and not any(w in THAT for w in tok[first:where])
        return plain and not not_only(text, first, t0, t1, hi)  # ليست الحركة وراء أي عمل إرهابي
    if tok[where] != "في" or where < first or where - first > 3 or not_only(text, first, t0, t1, hi):
        return False
    if not PREPOSITIONS.isdisjoint(tok[first:where]):
        return False  # ليست المسألة في ثغرات في أنظمة البلد
    if text.is_kind(first, "trouble") and tok[first].startswith("ال"):
        return True
    before = t - 1
    while before > 0 and t - before < 3 and tok[before].startswith("ال") and not text.is_kind(before, "trouble"):
        before -= 1
    return before >= 0 and text.is_kind(before, "trouble") and all(w in _NOW for w in tok[first:where])


def is_not_in_place(text: Text, t: int, n: int, lo: int, t0: int, t1: int, hi: int) -> bool:
    """لم تكن في العاصمة ثورة ملونة، لم يكن بين القتلى إرهابيون: a place, and what was not there behind it."""
    tok, first = text.tok, t + n
    end = t0 - 1 if tok[t0 - 1] in ANY else t0
    while end > first and tok[end - 1] in _NUMBERS:
        end -= 1  # عشرون ألف إرهابي
    aside = end - 2 > first and tok[end - 1] == "،" and tok.index("،", first, end) < end - 1
    if aside:
        end = tok.index("،", first, end)  # لم يكن بين المعتقلين، على حد تعبيره، إرهابي واحد
    if tok[t0][0] == "و" or (tok[t0][0] == "ب" and not text.at("b_word", t0, hi)):
        return False  # ليس بين حب الوطن والدفاع عنه تعارض
    if not 1 < end - first <= PLACE_GAP or tok[first] not in _PLACES or tok[t0].startswith(DEFINITE):
        return False
    to_be = tok[first - 1][-2:] in ("كن", "ان", "نت") or tok[t].lstrip("وف").startswith("ليس")
    to_be = to_be or bool(text.at("negative_existence", t, first))
    if not to_be or is_governed(text, t0, t0) or text.is_kind(t0 - 1, "against") or not_only(text, first, t0, t1, hi):
        return False
    if tok[first] == "بين" and t1 < hi and tok[t1] in ("واحد", "واحده") and opens_clause(text, t, lo):
        return True  # ليس بين من أعرفهم إرهابي واحد
    place = [u for u in range(first + 1, end) if tok[u] not in _NOW]
    names = [u for u in place if not tok[u].startswith(("ال", "وال")) and not tok[u].endswith(_OWN)]
    if not place or not names or aside or tok[t0 - 1] in ANY:
        return bool(place)
    plain = not any(text.classes[u] & KIND for u in names if tok[u] not in _RANKS)
    named = names == place[: len(names)] and len(names) < 3 and plain
    return opens_clause(text, t, lo) and named and not tok[names[-1]].endswith(("ه", "ات"))  # في ساحة إرهابيين: theirs


def wrongly_said(text: Text, t: int, t0: int) -> int:
    """Tokens of من الخطأ أن يقال اليوم إن، من السخف وصف، ليس صحيحا أن at `t`, which denies what follows (0: none)."""
    tok = text.tok
    n = text.at("untrue", t, t0)
    if n and t + n < t0 and tok[t + n] == "،":
        closed = next((u for u in range(t + n + 2, min(t + n + 16, t0 - 1)) if tok[u] == "،"), 0)
        n = closed + 1 - t if closed else n  # ليس صحيحا، بحسب الوزير، أن
    if n and t + n + 1 == t0 and tok[t + n] in THAT:
        return n + 1  # ليس صحيحا أن أسعار الوقود كانت السبب
    if n and t + n + 1 < t0 and tok[t + n] in THAT and not _verb_follows(text, t + n + 1, t + n + 2):
        what = t + n + 1
        if tok[what] == "ما" and text.is_kind(what + 1, "the_events"):  # لا يبدو أن ما جرى في كازاخستان ثورة ملونة
            where = what + 2 + (tok[what + 2] == "في" and text.match(what + 3, t0) is not None)
            return where + (where > what + 2) - t
        return n + 1
    n = text.at("wrong", t, t0)
    u = t + n
    if not n or u >= t0:
        return 0
    u += tok[u] == "ان"
    m = text.at("saying_so", u, t0)
    if not m:
        return 0
    if text.is_kind(u, "naming") or m > 1:
        return u + m - t
    that = next((v for v in range(u + m, min(u + m + 3, t0)) if tok[v] in THAT), 0)
    return that + 1 - t if that else 0


def _is_caused(between: list[str], term: str) -> bool:
    """ليس سبب الهزيمة، لم يكن السبب الوحيد للاحتجاجات: what has the cause is given."""
    return between[-1] in _CAUSED or (term[0] == "ل" and any(base in _CAUSED for w in between for base in bases(w)))


def _is_object(text: Text, t0: int, t1: int, hi: int) -> bool:
    """لا يعتبر الاحتجاجات ثورة، لا يمكن وصف التظاهر بالشغب: the term is what would be so called."""
    tok = text.tok
    if not tok[t0].startswith("ال") or t1 >= hi or not tok[t1][0].isalpha() or tok[t1].startswith("ال"):
        return False
    return tok[t1] not in PREPOSITIONS and not is_relative(text, t1)


def one_of_many(text: Text, t: int, t1: int, hi: int) -> bool:
    """ليست مؤامرة واحدة، وليس احتلال بلد واحد: there are more."""
    return "ليس" in text.tok[t] and any(w in ("واحد", "واحده") for w in text.tok[t1 : min(hi, t1 + 2)])


def _has_else(text: Text, first: int, t0: int) -> bool:
    """Whether the term is only part of what is not had or not in something: ليس للبلاد قوانين خاصة بالإرهاب."""
    tok = text.tok
    inside = tok[first] == "في" and t0 > first + 2 and "ليس" in tok[first - 1]
    had = tok[first] in TO_HAVE or (tok[first][0] == "ل" and len(tok[first]) > 3)
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


def _blocked(text: Text, first: int, t0: int) -> bool:
    """Whether something else than the term is the predicate."""
    for t in range(first, t0):
        token = text.tok[t]
        if is_relative(text, t) or token == "هناك":
            return True
        if (
            token in text.cues.verbs
            or token in text.cues.words.get("denial_noun", {})
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


def is_not_had(text: Text, t: int, n: int, t0: int) -> bool:
    """ليس لهم أي انتماء إلى ...، ليس لدينا متطرفون: a negative copula whose subject is what is not had."""
    tok, u = text.tok, t + n
    end = before_or(tok, t0, u)
    had = tok[u] in TO_HAVE and end - u <= 3 and not tok[t0].startswith(DEFINITE) and not is_governed(text, t0, u + 1)
    if had and all(w in ANY or w in TO_HAVE or w[:2] == "مع" for w in tok[u + 1 : end]):
        return True  # ليس لدينا أي خلاف
    if u + 1 >= t0 or tok[u] not in TO_HAVE or t0 - u > LINK_GAP or any(w in THAT for w in tok[u:t0]):
        return False
    u += 2 if tok[u + 1] in _LEAST else 1
    return u < t0 and bool(text.at("link_noun", u, t0)) and not is_event_adjective(text, t0)


def is_not_there(text: Text, first: int, t0: int) -> bool:
    """لا توجد أعمال عنف، لا توجد أدلة على إرهاب: not لا يوجد فهم واضح لمعنى الإرهاب."""
    tok = text.tok
    if tok[t0].endswith(("ي", "يه")) and tok[t0 - 1] in ("تهديد", "خطر") and first >= t0 - 2 - (tok[first] in ANY):
        more = tok[t0 + 1 : t0 + 2] and tok[t0 + 1] in ("اكبر", "اخطر", "اشد", "اسوا")
        return not more and not tok[t0].startswith(DEFINITE)  # ليس هناك أي تهديد إرهابي
    if tok[first - 1] == "من" and (
        t0 > first or tok[first].startswith("ال") or not _EXCEPT.isdisjoint(tok[t0 : t0 + 8])
    ):
        return False  # كل ما من شأنه إثارة الفوضى، ما من أحد يريد الفوضى، ما من ثورة تنجح دون قيادة
    if is_governed(text, t0, first) and not text.is_kind(first, "link_noun"):
        return False
    places = range(first, t0)
    if any(text.is_kind(u, "link_noun") for u in places):
        return not (text.is_kind(t0 - 1, "link_noun") and is_linked(text, t0))
    if _verb_follows(text, first, t0):
        return False
    prefixed = any(tok[u][0] in "بل" and len(tok[u]) > 3 and not text.at("b_word", u, t0) for u in (*places[1:], t0))
    return not (t0 > first and prefixed) and not any(tok[u] in PREPOSITIONS for u in places)
