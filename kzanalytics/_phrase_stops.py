"""Which words behind a name or title are no part of it: objects, whom something is told, what is greeted or denied."""

from __future__ import annotations

from typing import Final

from kzanalytics._name_words import FOREIGN, NameText
from kzanalytics._newstext import PREPOSITIONS
from kzanalytics._word_classes import HEAD, KIND, NAME
from kzanalytics.speakers import Actor

__all__ = ["GREETINGS", "PARENTS", "QUALIFIED", "PhraseStops"]

_HEARERS: Final = ("للنواب", "للمشرعين", "للبرلمانيين")
QUALIFIED: Final = ("السابق", "السابقه", "الخاص", "الاعلامي", "الرسمي", "العام", "الصحفي", "الاقتصادي")
_PEOPLES: Final = ("العرب", "المسلمون", "المسلمين")  # also adjectives: وزراء الخارجية العرب
_OF_MANY: Final = frozenset(
    "الروس العرب الكبار الجدد العزل الاجانب الاتراك الاكراد الالمان القدامي الشباب الاوائل".split()
)
_MANY: Final = frozenset("خبراء نواب ناشطون محللون مراقبون نشطاء سكان شهود اعضاء علماء باحثون".split())
_SEVERAL: Final = frozenset(
    "الخبراء النواب السكان الوزراء النشطاء الشهود الاعضاء الطلاب العمال القاده الزعماء السفراء الشباب".split()
)
_NUMBERS: Final = ("المئات", "العشرات", "الالاف")
_OF_ALL: Final = ("غير", "انفسهم", "جميعا", "جميعهم", "كلهم", "معا", "هناك", "هنا", "ذوو", "ذوي")
_BROKEN: Final = ("القاده", "القضاه", "الطلبه", "الساده", "الاساتذه", "الدعاه", "الرواه", "الكتبه")
_DEEDS: Final = frozenset(
    "ارسال اقامه استعاده اعاده اطلاق اعلان اجراء انهاء الغاء انشاء اصدار استقاله استمرار استخدام استعداد انتهاء انسحاب"
    " افتتاح اغلاق اقاله ادانه ايقاف ارجاء احباط احاله استئناف انتشار انضمام اعتقال استدعاء اجلاء انقاذ اخراج".split()
)
_OF_BODIES: Final = frozenset("حقوقيه غربيه اجنبيه محليه دوليه معارضه مستقله رسميه اعلاميه اخباريه انسانيه".split())
_OWN_COUNTRY: Final = ("بلاده", "بلادها", "بلادهم", "حكومته", "حكومتها")
_OF_WOMEN: Final = ("الام", "الحامل")  # adjectives without ه
GREETINGS: Final = ("تحيات", "تحيه", "رساله", "برقيه", "تعازي", "تهاني", "شكره", "تقديره")
_HAPPENING: Final = ("تهمه", "وجود", "وقوع", "حدوث", "حصول", "صحه", "تورط", "ضلوع", "عدم", "اي", "ايه")
_MATTERS: Final = ("القضيه", "الازمه", "الحادثه", "المساله", "الظاهره", "الخطوه", "الجريمه", "الواقعه")
_ENVOYS: Final = ("السفيره", "الوزيره", "الرئيسه", "المبعوثه", "القنصله", "المديره", "المحافظه")
_DOINGS: Final = frozenset(
    "تدخل تجنب توقف تقدم تراجع تحرك وقف منع فرض رفع خفض سحب حظر قطع نشر تعيين لقاء حوار اجتماع مؤتمر".split()
)
_SAYINGS: Final = (
    "الكشف",
    "الافصاح",
    "التعليق",
    "الاجابه",
    "الادلاء",
    "الخوض",
    "التصريح",
    "الربط",
    "التشبيه",
    "الخلط",
    "الوصف",
    "التوصيف",
)
_WORDS: Final = ("كلمه", "كلمتي", "مصطلح", "مصطلحات", "تعبير", "عباره", "لفظ", "مفرده", "تسميه")
_PARTIES: Final = frozenset(
    "قوي جهات اطراف عناصر جماعات عصابات خلايا منظمات دولا دول اعضاء قيادات قاده زعماء مسؤولين اشخاصا".split()
)
PARENTS: Final = frozenset("والد والده والدا والدي والدته والدها والدتها والدهم والدتهم".split())
_THIS: Final = ("هذا", "هذه", "هذان", "هؤلاء", "ذلك", "تلك")


def unjoined(token: str) -> str:
    """A word without و or ف in front of it: والرئيس; not والدة, a mother."""
    return token if token in PARENTS else token.lstrip("وف")


class PhraseStops(NameText):
    """A text that knows which words cannot belong to the phrase before them."""

    def told(self, i: int, t: int, match: tuple[int, Actor] | None) -> bool:
        """Whether a word says to whom something was said: شهود لوكالة رويترز، الرئيس للنواب، فلان لـDW."""
        token = self.tok[t]
        if token[0] != "ل" or token in self.actors.aliases:
            return False
        if token in _HEARERS:
            return bool(self.classes[i] & (HEAD | NAME))
        medium = match is not None and match[1].kind == "media"
        if medium and not self.is_kind(t - 1, "person_head"):
            return True
        if token[:2] == "لل" or self.is_kind(i, "of_medium"):
            return False  # مراسل لوكالة فرانس برس
        return medium or self.is_kind(t, "medium") or (len(token) > 2 and token[1:].isascii())

    def beside_many(self, i: int, t: int) -> bool:
        """المتظاهرون الرئيس، المحتجون المبنى: subject, then object; not المتظاهرون السلميون، المراقبون الروس."""
        token, first = self.tok[t], self.tok[i]
        many = first.endswith("ون") and len(first) > 6 and unjoined(first).startswith("ال")
        if (
            not many
            or self.is_kind(i, "institution_head")
            or t == i
            or not token.startswith("ال")
            or not self.tok[t - 1].endswith("ون")
        ):
            return False
        return not (token.endswith("ون") or token in _OF_MANY or token in _PEOPLES)

    def _not_of_phrase(self, i: int, t: int) -> bool:
        """Whether a word cannot belong to the phrase before it: an object, or a verb of the past."""
        token, first = self.tok[t], self.tok[i]
        if token.startswith("ال"):
            foreign = t > i + 1 and self.tok[t - 1].endswith(FOREIGN) and not self.tok[t - 1].startswith("ال")
            if foreign and not token.endswith(("ي", "يه")) and not self.is_kind(t, "person_head"):
                return True  # يرجع الخبير فلان سبانوف الأزمة إلى
            talk = token in ("الحديث", "الكلام") and self.tok[t + 1 : t + 2] == ["عن"]  # رفض السكان الحديث عن
            if t == i + 1 and (talk or token in _SAYINGS) and self.is_kind(i, "person_head"):
                return True  # رفض المسؤول الكشف عن اسمه
            if t == i + 1 and first in _SEVERAL and (token in ("المشتبه", "العنف") or self.is_kind(t, "anger")):
                return True  # ربط الشهود المشتبه به ب
            if t == i + 1 and first.endswith("ه") and token in _MATTERS and self.is_kind(i, "institution_head"):
                return True  # أدرجت النيابة القضية في خانة
            if token == "النار" or self._is_object_of(i, t):
                return True  # أطلق الجيش النار على
            if self.is_whom(i, t):
                return True  # اتهم الخبير الروسي أندريه غروزين الغرب
            described = (
                self.tok[t - 1] in _OF_BODIES or "ال" + self.tok[t - 1].removesuffix("ه") in self.actors.nationality
            )
            if described and t > i + 1 and self.is_kind(i, "institution_head") and self.is_power(t):
                return True  # اتهمت وسائل إعلام روسية الغرب، منظمات حقوقية السلطات
            if token.endswith("ات") and self.tok[t - 1].startswith("لل") and self.is_kind(i, "institution_head"):
                return True  # رفض المجلس الأعلى للإفتاء الدعوات
            many = t > i + 1 and self.tok[t - 1].endswith(("يون", "يين")) and not self.tok[t - 1].startswith("ال")
            if many and self.is_kind(i, "person_head"):
                return True  # دحض خبراء أمنيون الرواية
            if self.tok[t - 1].startswith("ال") and self.is_kind(t, "denied_noun"):
                return True  # نفى محامي الموقوف التهم
            if t == i + 1 and token in _NUMBERS and self._is_body(i, t):
                return True  # اعتقلت الشرطة المئات
            # المشاركون المسلمين، الحكومة المحتجين، الحكومة البرلمان: subject, then object
            if token.endswith("ين") and (first.endswith("ون") or (len(token) > 5 and self._is_body(i, t))):
                return True
            if t == i + 1 and first.endswith("ه") and self._is_body(i, t) and not token.endswith(("ه", "ا", "ات", "ي")):
                return True  # وصفت المعارضة الحديث عن
            definite = self.tok[t - 1].lstrip("وف").startswith("ال") and not self.is_kind(t - 1, "addressee")
            if definite and self.is_kind(t, "addressee") and token not in _PEOPLES:
                return True  # دعت الأمانة المجتمع الدولي
            if definite and self.is_kind(t, "renewed"):
                return True  # جدد الوزير التأكيد
            return self.is_kind(t, "institution_head") and self._is_body(i, t)
        if t > i and token in _WORDS and not self.is_kind(i, "dependent"):
            return True  # استخدمت وسائل إعلام مصطلح
        if t == i + 1 and self._is_single(i) and self._is_object_by_next(t):
            return True  # طلب الرئيس تدخل القوات، أصدر الرئيس عفوا عن
        if t > i and self.is_kind(t, "reducing") and not token.startswith("ال") and self.is_kind(i, "person_head"):
            return True  # رفض الخبير اختزال الأزمة في
        plural = token.endswith("ات") and len(token) > 4 and token[0] not in "بلو"
        if plural and self.tok[t - 1].endswith((*FOREIGN, "يون")):
            return True  # اتهم إرتيسباييف قيادات في، وصف محللون سياسيون تصرفات
        if t > i + 1 and self.tok[t - 1].endswith(FOREIGN) and (token in _DEEDS or self.is_kind(t, "occurrence")):
            return True  # أعلن نائب الوزير سلطانوف بدء عملية
        if self._is_his_saying(t):
            return True  # كرر الوزير تصريحه
        if self.text[self.end[t] - 1] == "ً" or self.text[self.end[t] - 2 : self.end[t]] == "ًا":
            return True
        if (
            self.is_kind(i, "institution_head")
            and t > i + 1
            and token.endswith("ا")
            and not self.is_kind(t, "first_name")
        ):
            led = t + 1 < len(self.tok) and self.tok[t + 1] in PREPOSITIONS and len(token) > 3
            if led and not token.endswith(("يا", "ها")) and self.tok[t - 1].startswith(("ال", "لل")):
                return True  # واجهت قناة المسيرة الموالية للحوثيين حرجا في
        body = self.is_kind(i, "institution_head") and not self.is_kind(i, "person_head") and first.startswith("ال")
        if token.endswith("ا") and unjoined(first).startswith("ال") and self.is_kind(t, "speech_noun"):
            return True  # وجه الرئيس خطابا
        if body and token.endswith("ا") and self.tok[t - 1].startswith("ال") and not self.is_kind(t, "first_name"):
            return True  # أعلنت الحكومة الجديدة صندوقا
        own = token.endswith(("هم", "هما", "ها")) and not token.startswith("باسم") and self.tok[t - 1] != "باسم"
        own = own and not (token[0] in "بل" and self.tok[t - 1] in QUALIFIED)  # الرئيس السابق لبرلمانها
        many = first.endswith("ون") and len(first) > 4 and t == i + 1
        if own and len(token) > 4 and (many or unjoined(first).startswith("ال")):
            return True  # المشرف جمعهم، الشرطي أوقفها
        letter = t > i + 2 and self.is_kind(i, "person_head") and token in ("رساله", "برقيه")
        if letter or (token.startswith(GREETINGS) and unjoined(first).startswith("ال")):
            return True  # نقل السفير تحيات رئيسه
        his = len(token) == 6 and token[0] + token[3] == "تي" and self.text[self.end[t] - 1] == "ه"
        if unjoined(first).startswith("ال") and (his or (self.is_kind(t, "told_as") and not self.is_family_name(t))):
            return True  # جدد الرئيس تأكيده، رفض السفير اعتبار
        described = self.tok[t - 1].startswith("ال") and self.tok[t - 1].endswith(("ي", "يه"))
        heads = self.is_kind(i, "person_head") or self.is_kind(i, "institution_head")
        body_next = token in self.cues.single["institution_head"]
        body_next = body_next and not (token[0] == "و" and token[1:] in self.cues.single["institution_head"])
        if described and heads and body_next:
            return True  # أمر الرئيس الكازاخستاني قوات الأمن، اتهمت منظمة التحرير الفلسطينية حكومة
        if (
            described
            and self.is_kind(i, "institution_head")
            and self.is_kind(t, "speech_noun")
            and token.endswith("ات")
        ):
            return True  # استنكرت منظمة التعاون الإسلامي تصريحات
        if t > i + 2 and self._ends_full_name(i, t) and (plural or body_next):
            return True  # دعا الوزير أشتون كارتر قوات الأمن
        if self._is_deed_behind(t):
            return True  # أعلن رئيس الوزراء الأرميني إرسال قوات
        if t == i + 1 and self._has_object(unjoined(first), t):
            return True
        if token in _HAPPENING:
            return True  # نفت أمانة المدينة وجود كاميرات
        if t > i + 1 and self.is_kind(t, "occurrence") and not self.tok[t - 1].startswith("ال"):
            adjective = self.tok[t - 1].endswith(("ه", "ي", "ون", "ين"))  # أكدت مصادر محلية دخول المقاتلين
            return adjective and not (self.is_kind(t - 1, "institution_head") or self.is_kind(t - 1, "person_head"))
        if token in _THIS and (t > i + 1 or unjoined(first).startswith("ال")):
            return True  # اعتبر الرئيس هذه الرسالة, not أصحاب هذه المبادرة
        if token in self.cues.words.get("object_noun", {}) and token.endswith(("ه", "ها", "هم")):
            return True
        behind = t > i + 1 or bool(self.classes[i] & NAME)  # كازاخستان استضافت
        past = token.endswith("ت") and not token.endswith(("ات", "وت", "يت", "سانت")) and token[0] != "ي"
        return behind and len(token) > 3 and past and not (self.is_kind(t, "first_name") or self.is_first_name(t - 1))

    def _is_single(self, i: int) -> bool:
        """Whether a word is the title of one man, with the article: الرئيس; not الناشطون، القادة."""
        first = unjoined(self.tok[i])
        many = first.endswith(("ون", "ين", "ات", "اء", "ه")) or first in _SEVERAL
        return first.startswith("ال") and not many and self.is_kind(i, "person_head")

    def _is_object_by_next(self, t: int) -> bool:
        """Whether an indefinite word behind a title is what somebody does, asks for or speaks of, by what follows it."""
        token, nxt = self.tok[t], self.tok[t + 1] if t + 1 < len(self.tok) else ""
        if token in self.actors.aliases or self.is_kind(t, "first_name"):
            return False
        if token in _DOINGS or token in _PARTIES:
            return nxt.startswith("ال") or nxt.endswith(("ه", "ها", "ات", "هم")) or nxt in PREPOSITIONS
        plain = token.endswith("ا") and not token.endswith(("يا", "ها")) and len(token) > 3
        if plain and (nxt in PREPOSITIONS or nxt.startswith("لل") or (nxt.endswith("ا") and len(nxt) > 3)):
            return True  # دليلا على، عفوا عن
        return token in self.cues.single["institution_head"] and nxt.startswith("ال")  # سلم السفير وزارة الخارجية

    def is_whom(self, i: int, t: int) -> bool:
        """Whether a definite word behind the name or country of somebody is whom he addresses: the West, the authorities."""
        first, token = unjoined(self.tok[i]), self.tok[t]
        if t == i + 1 and first.endswith("ون") and len(first) > 4 and not first.startswith("ال"):
            return token.startswith("ال")  # اتهم معارضون الرئيس
        envoy = t == i + 1 and first.startswith("ال") and token.startswith("ال") and self.is_kind(t, "person_head")
        envoys = token in ("السفير", "القنصل", "المبعوث", "القائم") and self.tok[t - 1].startswith("ال")
        if envoys and t > i + 1 and self.is_kind(i, "institution_head"):
            return True  # استدعت وزارة الخارجية السفير
        if envoy and first.endswith(("ه", "يه")) and self.is_kind(i, "institution_head"):
            return token in _ENVOYS or token + "ه" in _ENVOYS  # استدعت الخارجية السفيرة
        if t == i + 2 and unjoined(self.tok[i]) in _MANY and self.tok[i + 1].endswith("ون"):
            return True  # اتهم نواب محافظون الرئيس
        known = token in _MATTERS or any(self.is_kind(t, kind) for kind in ("the_events", "anger"))
        titled = self.is_kind(t, "person_head") or bool(self.at("honorific", t, t + 1))  # المصري اللواء فلان
        known = known or (self.tok[t].startswith("ال") and self.tok[t].endswith("ين") and len(self.tok[t]) > 5)
        if t < i + 2 or titled or not self.is_kind(i, "person_head") or not (known or self.is_power(t)):
            return False
        return self.tok[t - 1] in self.actors.nationality or self._ends_full_name(i, t)

    def is_power(self, t: int) -> bool:
        """Whether a country, a body or people who are addressed start at a word."""
        if self.is_kind(t, "institution_head") or self.is_kind(t, "addressee"):
            return True
        match = self.match(t, min(t + 4, len(self.tok)))
        return match is not None and match[1].kind in ("country", "institution")

    def _ends_full_name(self, i: int, end: int) -> bool:
        """Whether first and family name end right before a word, behind a title: (الخبير) أيدار عليباييف."""
        if end - 2 <= i:
            return False
        first, family = self.tok[end - 2 : end]
        if not (first.isalpha() and family.isalpha() and len(first) > 2 and len(family) > 3):
            return False
        other = self.classes[end - 1] & KIND and not self.is_first_name(end - 1)
        if family.startswith("ال") or family in PREPOSITIONS or other:
            return False
        if end - 4 >= i and self.tok[end - 3] == "عبد" and first.startswith("ال"):
            return True  # الكاتب عبد الباري عطوان
        plain = not any(self.classes[t] & KIND or self.tok[t].endswith("ه") for t in (end - 2, end - 1))
        apart = first.startswith("ال") or first[0] in "بل" or family[0] in "بل"
        titled = self.tok[end - 3].startswith("ال") and not apart
        return self.is_first_name(end - 2) or (titled and plain)

    def _is_his_saying(self, t: int) -> bool:
        """Whether a word is what somebody says, with a possessive: تصريحه، تأكيدها; not تصريحة."""
        token = self.tok[t]
        own = next((s for s in ("هما", "هم", "ها", "ه") if token.endswith(s)), "")
        if not own or token.startswith("ال") or self.text[self.end[t] - 1] == "ة":
            return False
        base = token[: -len(own)]
        lists = self.cues.kinds(base) | self.cues.kinds(base[:-1] + "ه" if base.endswith("ت") else base)
        if any(kind in lists for kind in ("speech_noun", "object_noun", "denied_noun")):
            return True
        of_his = self.tok[t - 1].startswith("ال") and self.tok[t - 1].endswith(("ي", "يه"))
        return of_his and "institution_head" in lists  # حمّل الرئيس الكازاخستاني حكومته

    def _is_object_of(self, i: int, t: int) -> bool:
        """Whether a definite word directly behind a subject cannot describe it: محتجون الحكومة، الرئيس المواطنين."""
        token, first = self.tok[t], unjoined(self.tok[i])
        if t != i + 1 or self.is_kind(t, "first_name"):
            return False
        if first.endswith("ون") and len(first) > 4:
            return not first.startswith("ال") or not (token.endswith(("ون", "ي", "يه")) or token in _OF_MANY)
        if not self.is_kind(i, "person_head"):
            return False
        if first.startswith("ال") and any(self.is_kind(t, kind) for kind in ("anger", "the_events", "inanimate")):
            return True  # وعزا الخبير الغضب إلى، علل الوزير القرار ب
        if not first.startswith("ال"):
            matter = any(self.is_kind(t, kind) for kind in ("event_noun", "the_events", "anger"))
            return matter and first in _MANY  # يعزو خبراء الاضطرابات إلى
        if first.endswith("ه") and first not in _BROKEN and token.endswith("ين") and len(token) > 5:
            return True  # أبلغت المحامية الصحفيين
        if first.endswith("ه") and not self.is_kind(t, "person_head"):  # الوزيرة النواب, not القادة العسكريون
            plural = first in _BROKEN or token in _OF_MANY or token in _PEOPLES or token in _OF_WOMEN
            return not plural and not token.endswith(("ه", "ا", "ي", "اء", "ون", "ين", "ات"))
        single = not first.endswith(("ه", "ات", "اء", "ين")) and first not in _SEVERAL
        plural = token.endswith(("ين", "ات")) and len(token) > 6
        return single and (plural or (token.endswith("ه") and bool(self.classes[t] & KIND)))

    def _has_object(self, first: str, t: int) -> bool:
        """Whether an indefinite word behind a subject is its object: المحتجون مسيرة، المتهم انتماءه."""
        token = self.tok[t]
        if first.endswith("ون") and len(first) > 5 and token.endswith("ات") and len(token) > 4 and token[0] != "و":
            return True  # ردد متظاهرون هتافات
        if not first.startswith("ال") or self.is_kind(t, "first_name"):
            return False
        if (first.endswith("ون") and len(first) > 6) or first in _SEVERAL:
            return token[0] != "و" and token not in _OF_ALL
        his = len(token) > 5 and token[0] in "ات" and token[-2] != "ي" and self.text[self.end[t] - 1] == "ه"
        his = his and self.is_kind(t - 1, "person_head")
        return his or self.is_kind(t, "denied_noun")

    def _no_adjective(self, country: Actor, t: int) -> bool:
        """Whether a definite word behind the name of a country does not agree with it."""
        token = self.tok[t]
        return country.gender == "f" and token.startswith("ال") and not token.endswith(("ه", "يا"))

    def _is_body(self, i: int, end: int) -> bool:
        """Whether definite words name an institution, which no masculine plural describes: الحكومة، السلطة المحلية."""
        definite = unjoined(self.tok[i]).startswith("ال") and all(w.startswith("ال") for w in self.tok[i + 1 : end])
        return definite and self.is_kind(i, "institution_head")

    def _disagrees_with(self, i: int, token: str) -> bool:
        """Whether a plural cannot go with the title of one man: رفض الرئيس الدعوات."""
        plural = token.startswith("ال") and token.endswith("ات") and len(token) > 5
        named = "باسم" in self.tok[i + 1 : i + 4] or self.is_kind(i, "spokesperson")  # المتحدث باسم القوات
        return plural and not named and unjoined(self.tok[i]).startswith("ال") and self.is_kind(i, "person_head")

    def _is_deed_behind(self, t: int) -> bool:
        """Whether a masdar (إرسال، إقامة، استعادة) behind a definite adjective starts another phrase; not إحسان, a name."""
        token, before = self.tok[t], self.tok[t - 1]
        whose = t + 1 < len(self.tok) and self.tok[t + 1] in _OWN_COUNTRY
        noun = whose or self.is_kind(t, "object_noun") or self.is_kind(t, "renewed")
        if noun and not token.startswith("ال") and before.startswith("ال") and before in self.actors.nationality:
            return not self.is_kind(t, "first_name")  # أكد وزير الخارجية الصيني دعم بلاده
        if before.startswith("ال") and self.is_kind(t, "renewed") and self.is_kind(t - 2, "institution_head"):
            return True  # جددت وزارة الخارجية موقف المملكة
        return token in _DEEDS and before.startswith("ال") and before.endswith(("ي", "يه"))

    def _is_masdar(self, t: int) -> bool:
        """Whether a word is a masdar of the second form (تصوير) or the sixth (تصاعد), and no first name (توفيق)."""
        token = self.tok[t]
        shaped = len(token) == 5 and (token[0] + token[3] == "تي" or token[0] + token[2] == "تا")
        shaped = shaped and not token.endswith(("ه", "نغ")) and not self.is_kind(t, "institution_head")
        return shaped and not self.is_kind(t, "first_name") and not self.is_first_name(t - 1)

    def _is_masdar_of_deed(self, t: int) -> bool:
        """Whether an indefinite word behind a country is what it did or denies: تسلل، دخول، إرسال."""
        token = self.tok[t]
        shaped = len(token) >= 4 and (token[0] in "تا" or token[2] == "و") and not self.is_kind(t, "first_name")
        return shaped and not token.startswith("ال") and not self.classes[t] & HEAD

    def _of_somebody(self, t: int, end: int) -> bool:
        """Whether a word has a possessive: (أعلن السفير استعداد) بلاده."""
        return t < end and self.tok[t].endswith(("ه", "ها", "هم")) and not self.tok[t].startswith("ال")

    def _of_title(self, t: int) -> bool:
        """Whether an event noun belongs to an office or institution: لجنة مكافحة الإرهاب."""
        return self.is_kind(t - 1, "office_head") and not self.tok[t - 1].startswith("ال")
