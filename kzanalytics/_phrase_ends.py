"""Where a phrase that names somebody starts and ends."""

from __future__ import annotations

from typing import Final

from kzanalytics._news_tokens import Tokens
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT, NewsText
from kzanalytics._word_classes import HEAD, KIND, MA, NAME
from kzanalytics.cues import Cues
from kzanalytics.speakers import Actor, Actors

__all__ = ["HEARERS", "INITIALS", "PhraseText"]
_HAS: Final = frozenset("فلديه فلديها فلديهم فله فلها فلهم فعنده فعندها فهو فهي فهم".split())
HEARERS: Final = ("للنواب", "للمشرعين", "للبرلمانيين")
_FOR_TALK: Final = frozenset("للحديث للتعليق للمشاركه للحوار للرد للنقاش للوقوف للاطلاع".split())
_HIS_WORDS: Final = ("قوله", "قولها", "قولهم", "قولهما")
_OF_NAMES: Final = ("ابو", "ابي", "بن", "ابن", "بنت", "ام", "ال")
_QUALIFIED: Final = ("السابق", "السابقه", "الخاص", "الاعلامي", "الرسمي", "العام", "الصحفي", "الاقتصادي")
_PEOPLES: Final = ("العرب", "المسلمون", "المسلمين")  # also adjectives: وزراء الخارجية العرب
INITIALS: Final = ("د", "م", "ا")  # د. فلان: doctor, engineer, professor
_ALSO_THINGS: Final = ("عامل", "مخرج", "مصور")  # a worker, a director, a photographer
_FOREIGN: Final = ("نوف", "روف", "لوف", "دوف", "توف", "كوف", "ييف", "ينكو", "سكي", "باييف")
_OF_MANY: Final = frozenset(
    "الروس العرب الكبار الجدد العزل الاجانب الاتراك الاكراد الالمان القدامي الشباب المحلي الاوائل".split()
)
_MANY: Final = frozenset("خبراء نواب ناشطون محللون مراقبون نشطاء سكان شهود اعضاء علماء باحثون".split())
_SEVERAL: Final = frozenset(
    "الخبراء النواب السكان الوزراء النشطاء الشهود الاعضاء الطلاب العمال القاده الزعماء السفراء الشباب".split()
)
_THEIRS: Final = ("جميع", "كل", "كافه", "رعاياها", "مواطنيها", "مواطنيه")
_GREAT: Final = ("كبير", "كبيره", "كبار")
_AGED: Final = ("البالغ", "البالغه")
_GREETINGS: Final = ("تحيات", "تحيه", "رساله", "برقيه", "تعازي", "تهاني", "شكره", "تقديره")
_HAPPENING: Final = ("وجود", "وقوع", "حدوث", "حصول", "صحه", "تورط", "ضلوع")
_THIS: Final = ("هذا", "هذه", "هذان", "هؤلاء", "ذلك", "تلك")


class PhraseText(NewsText):
    """A text that knows the names of actors, and where the phrases around them end."""

    def __init__(self, text: str, actors: Actors, cues: Cues, tokens: Tokens) -> None:
        super().__init__(text, cues, tokens)
        self.actors = actors
        self._families: dict[str, int] = {}  # where a family name first stands behind a title

    def match(self, i: int, end: int) -> tuple[int, Actor] | None:
        """The longest alias that starts at a token: how many tokens, and whose."""
        return self.actors.match(self.tok, i, end) if self.classes[i] & NAME else None

    def is_head(self, i: int, end: int) -> bool:
        """Whether a phrase naming somebody can start at a token."""
        found = self.classes[i]
        if self.is_acting(i, end):
            return True
        if found & NAME and self.actors.match(self.tok, i, end) is not None:
            return True
        if not found & HEAD:
            return self.tok[i] in INITIALS and i + 1 < end and self.tok[i + 1][0].isalpha() and len(self.tok[i + 1]) > 1
        if self.tok[i] in ("صحفي", "صحافي", "الكبير", "الكبيره", "خاص") and i and self.tok[i - 1][0].isalpha():
            return False
        if self.tok[i] in _ALSO_THINGS and (i + 1 >= end or self.tok[i + 1].startswith("ال") or self._is_shown(i)):
            return False  # عامل الزمن، مخرج الأزمة، تسجيل مصور
        if self.tok[i] in _GREAT and i and self.tok[i - 1][0].isalpha() and (i + 1 >= end or self._is_led(i + 1)):
            return False  # تجمع كبير للتنديد; not كبير المفاوضين
        if self.is_kind(i, "person_head") or self.is_kind(i, "institution_head"):
            return True
        return bool(self.at("honorific", i, end) or self.at("person_head", i, end))

    def _is_told(self, t: int, actor: Actor) -> bool:
        """Whether a medium behind a name is told something: قال فلان لبي بي سي; not مراسل لوكالة فرانس برس."""
        led = self.tok[t][0] == "ل" and self.tok[t] not in self.actors.aliases
        return led and actor.kind == "media" and not self.is_kind(t - 1, "person_head")

    def _is_masdar_of_deed(self, t: int) -> bool:
        """Whether an indefinite word behind a country is what it did or denies: تسلل، دخول، إرسال."""
        token = self.tok[t]
        shaped = len(token) >= 4 and (token[0] in "تا" or token[2] == "و") and not self.is_kind(t, "first_name")
        return shaped and not token.startswith("ال") and not self.classes[t] & HEAD

    def _is_first_name(self, t: int) -> bool:
        """Whether a word is a first name as it stands: بولات; not بسعد."""
        return self.tok[t] in self.cues.single.get("first_name", ())

    def _is_led(self, t: int) -> bool:
        return self.tok[t].startswith("لل") or not self.tok[t].isalpha() or self.tok[t] in PREPOSITIONS

    def _is_shown(self, i: int) -> bool:
        return i > 0 and (self.is_kind(i - 1, "speech_noun") or self.tok[i - 1] in ("تسجيل", "مقطع", "شريط", "بث"))

    def is_acting(self, i: int, end: int) -> bool:
        """القائم بأعمال وزير الطاقة: who acts as somebody."""
        acting = i + 1 < end and self.tok[i].endswith(("قائم", "قائمه"))
        return acting and self.tok[i + 1] in (("باعمال", "بمهام", "بالاعمال") if i + 2 < end else ("بالاعمال",))

    def phrase_end(self, i: int, end: int, *, stop_b: bool = False) -> int:
        """Where the noun phrase that starts at a token ends (before a word with ب, if `stop_b`)."""
        tok, classes, t = self.tok, self.classes, i + 2 * self.is_acting(i, end)
        person = False
        while t < end and t - i < 14:
            token = tok[t]
            if token == "(":
                close = next((x for x in range(t + 1, min(t + 7, end)) if tok[x] == ")"), -1)
                if close < 0:
                    break
                t = close + 1
                continue
            if token == "«":
                quotation = self.quotation_at(t)
                heads = t > i and (self.is_kind(t - 1, "institution_head") or self.is_kind(t - 1, "person_head"))
                if quotation and quotation.n_words <= 3 and heads:
                    close = self.token_at(max(quotation.end - 1, quotation.start)) + 1
                    if close <= end:
                        t = close
                        continue
                break
            if token == "،":
                match = self.match(t + 1, end) if t + 1 < end else None
                if match and match[1].kind == "person" and not person:
                    t += 1 + match[0]
                    person = True
                    continue
                if not person and t > i and self.is_kind(i, "person_head") and (name := self._apposed_name(t, end)):
                    t, person = name, True
                    continue
                break
            if not token[0].isalpha() or (len(token) == 1 and t > i and token in "بلكوف"):
                break
            if t > i and (
                token in _HIS_WORDS or (token[-1:] == "ا" and token[-2:] != "ها" and self.at("adverb", t, end))
            ):
                break  # نقل عن فلان قوله، تسكت الأم قليلا
            if t > i and (
                (token in HEARERS and self.classes[i] & (HEAD | NAME))
                or (token[0] == "ل" and token[1:].isascii() and len(token) > 2)
            ):
                break  # قال الرئيس للنواب، يقول الخبير فلان لـDW
            if t > i + 1 and token in _FOR_TALK:
                break  # استضافت السفير فلان للحديث عن
            if t > i and token in _HAS and tok[i - 1] in ("اما", "واما"):
                break  # أما سائق الأجرة فلان فلديه هم آخر
            match = self.actors.match(tok, t, end) if classes[t] & NAME else None
            if t > i and match is not None and self._is_told(t, match[1]):
                break  # قال فلان لبي بي سي
            if t > i and (self.told(i, t, match) or (match is not None and match[1].role == "counterpart")):
                break
            if match and (t == i or token[0] not in "بلك" or token in self.actors.aliases):
                if person and token[0] not in "و":
                    break
                person = person or match[1].kind == "person"
                t += match[0]
                led = t < end and tok[t][0] == "ب" and len(tok[t]) > 3 and not self._is_first_name(t)
                if led and self.actors.match(tok, t, end) is None:
                    break
                adjective = t - match[0] > i and tok[t - match[0] - 1] in self.actors.nationality
                if match[1].kind == "country" and adjective and self.is_kind(i, "person_head"):
                    return t - match[0]  # شكر الوزير الكازاخي الصين
                country = match[1].kind == "country" and t < end and not self._joined(t)
                if country and (
                    self.actors.match(tok, t, end) or (t - match[0] == i and self._no_adjective(match[1], t))
                ):
                    break  # اتهمت طهران واشنطن، موسكو الغرب: subject, then object
                if country and t - match[0] == i and tok[t] in _THEIRS:
                    break  # دعت موسكو جميع الأطراف
                if country and t - match[0] == i and tok[t].isalpha() and self._is_masdar_of_deed(t):
                    break  # نفت أوزبكستان تسلل إرهابيين
                continue
            if (person and t > i) or (t > i and (token in ("ذلك", "تلك") or self._disagrees_with(i, token))):
                break
            if t == i + 1 and token in ("من", "ممن") and self.is_kind(i, "quantifier"):
                t += 1
                continue
            if t == i + 1 and token in ("صباح", "اليوم", "الجمعه", "المساء") and self.is_kind(i, "paper"):
                t += 1
                continue
            led = stop_b and t > i and token[0] == "ب" and len(token) > 3 and not self.is_kind(t - 1, "spokesperson")
            if led and not self._is_first_name(t):  # ذكر الوزير بولات
                break
            if token == "علي" and self.is_ali(t):
                t += 1
                continue
            if t > i and token.startswith("لل") and tok[t - 1] in _QUALIFIED and self.is_kind(t, "person_head"):
                t += 1  # المستشار السابق للرئيس فلان
                continue
            if t > i and token in ("في", "لدي") and (name := self._name_behind_marks(t, end)):
                t = name  # المحلل لدى «المدار» فلان
                continue
            if token in ("في", "عن") and t > i and not person and (name := self._name_behind_place(i, t, end)):
                t, person = name, True
                continue
            if t > i and (token in THAT or token in AND_THAT or token in self.cues.stops):
                if token == "في" and t <= i + 4 and t + 1 < end and self._field(i, t):
                    t += 2
                    continue
                if token in ("في", "باسم", "لدي") and t + 1 < end:
                    inner = self.actors.match(tok, t + 1, end)
                    if (inner and inner[1].kind in ("institution", "country")) or token == "باسم":
                        t += 1 + (inner[0] if inner else 0)
                        continue
                break
            named = t == i + 1 and not token.startswith("ال") and len(token) > 2 and self.at("honorific", i, end)
            named = named and not token.startswith(_GREETINGS) and not self.is_kind(t, "told_as")
            if named and token not in MA and not (self.is_kind(t, "object_noun") and self._of_somebody(t + 1, end)):
                t += 1  # الدكتورة وحدة: a name, whatever it means elsewhere
                continue
            topic = t > i > 0 and tok[i - 1] in ("اما", "واما") and len(token) > 4 and token[:2] in ("في", "فت")
            if topic and not any(
                tok[u][0] == "ف" and tok[u] in self.cues.verbs for u in range(t + 1, min(t + 8, len(tok)))
            ):
                break  # أما المحلل فلان فيميز
            if t > i and tok[t - 1] in _OF_NAMES and not token.startswith(("بال", "لل")):
                t += 1  # أبو طالب
                continue
            verb = self.cues.verbs.get(token)
            if t > i and verb is not None and not token.startswith("ال") and not self.is_family_name(t):
                break
            indefinite = t > i and tok[i].lstrip("وف").startswith("ال") and not token.startswith("ال")
            if t > i + 1 and tok[t - 1].startswith("ال") and self.is_kind(t, "adherent"):
                break  # اتهمت وزارة الطاقة أصحاب المحطات
            institution = t == i + 1 and self.is_kind(i, "institution_head")
            if indefinite and (institution or self.is_kind(t, "object_noun")):
                break
            if t > i + 2 and not token.startswith("ال") and self._behind_full_name(t):
                break
            if t > i and tok[i].lstrip("وف").startswith("ال") and self._is_masdar(t):
                break  # رفضت العائلة تصوير ابنها: a masdar of the second form, no name
            if t > i and self.is_kind(t, "event_noun") and (token != "تنظيم" and not self._of_title(t)):
                adjective = token.startswith("ال") and token.endswith(("ي", "يه"))
                if not (adjective and self.is_kind(i, "institution_head") and not self.is_kind(i, "person_head")):
                    break
            if t > i and token in _AGED and t + 1 < len(tok) and tok[t + 1] == "من":
                break  # الطالبة البالغة من العمر
            if t > i and self._not_of_phrase(i, t):
                break
            t += 1
        return t

    def _is_masdar(self, t: int) -> bool:
        """Whether a word is a masdar of the second form (تصوير), and no first name (توفيق)."""
        token = self.tok[t]
        return len(token) == 5 and token[0] + token[3] == "تي" and not self.is_kind(t, "first_name")

    def _behind_full_name(self, t: int) -> bool:
        """Whether something that can be said stands behind a full name: أكد الوزير فيصل المقداد وقوف بلاده."""
        family = self.tok[t - 1].startswith("ال") and self.is_kind(t - 2, "first_name")
        return family and self.is_kind(t, "object_noun")

    def _ends_name(self, t: int, end: int) -> bool:
        """Whether a word is a family name: one that can be a name, or any in front of what is said."""
        if t < end and self.is_name(t):
            return True
        known = t + 1 < end and (self.tok[t + 1] in THAT or self.tok[t + 1] in ("،", ":"))
        return known and self.tok[t].isalpha() and not self.classes[t] & KIND

    def _name_behind_marks(self, t: int, end: int) -> int:
        """Where a name starts behind a preposition and a body in marks; else 0."""
        quotation = self.quotation_at(t + 1) if t + 1 < end else None
        if quotation is None or not quotation.closed or quotation.n_words > 4:
            return 0
        close = self.token_at(quotation.end - 1) + 1
        named = close < end and (self.is_name(close) or self.is_kind(close, "first_name"))
        return close if named else 0

    def _disagrees_with(self, i: int, token: str) -> bool:
        """Whether a plural cannot go with the title of one man: رفض الرئيس الدعوات."""
        plural = token.startswith("ال") and token.endswith("ات") and len(token) > 5
        named = "باسم" in self.tok[i + 1 : i + 4] or self.is_kind(i, "spokesperson")  # المتحدث باسم القوات
        return plural and not named and self.tok[i].lstrip("وف").startswith("ال") and self.is_kind(i, "person_head")

    def told(self, i: int, t: int, match: tuple[int, Actor] | None) -> bool:
        """Whether a word says to which medium something was said: قال شهود لوكالة رويترز."""
        token = self.tok[t]
        if token[0] != "ل" or token in self.actors.aliases or token[:2] == "لل" or self.is_kind(i, "of_medium"):
            return False
        return self.is_kind(t, "medium") or (match is not None and match[1].kind == "media")

    def _name_behind_place(self, i: int, t: int, end: int) -> int:
        """End of a name that a place parts from its title: المسؤول في السفارة أحمد فلان; else 0."""
        if not self.is_kind(i, "person_head"):
            return 0
        firsts = self.cues.single.get("first_name", set())
        for u in range(t + 2, min(t + 12, end - 1)):
            token = self.tok[u]
            if self.tok[u - 1] == "»" and self.is_name(u) and self._ends_name(u + 1, end):
                return u + 2  # محلل النفط في البنك «المدار» رشاد كلالي
            if token in firsts and (token != "علي" or self.is_ali(u)):
                before = self.tok[u - 1]
                if before in self.cues.words.get("namesake", {}) or (
                    self.is_kind(u - 1, "institution_head") and before[:2] != "ال"
                ):
                    return 0
                name = u + 1
                while name < min(u + 4, end) and self._goes_on(name) and self.tok[name - 1][:2] != "ال":
                    name += 1
                return name if name > u + 1 else 0
            if self.tok[u - 1].startswith("ال") and self.is_name(u) and self._ends_name(u + 1, end):
                if self.tok[u + 1] in _OF_NAMES and u + 3 < end and self.tok[u + 2].isalpha():
                    return u + 3  # ريم أبو شمالة
                return u + 2  # القيادي في الاتحاد الوطني رشاد كلالي
            apart = token == "،" and u + 3 < end
            apart = apart and (self.tok[u - 1].startswith(("ال", "وال")) or self.is_kind(u + 1, "first_name"))
            if apart and self.is_name(u + 1) and self.tok[u + 4 : u + 5] == ["،"] and self._goes_on(u + 3):
                return u + 4  # النائب عن حزب الحركة القومية، ألب أرسلان دمير،
            if apart and self.is_name(u + 1) and self.tok[u + 3] in ("،", "ان"):
                return u + 3  # رئيس الدائرة في النيابة، سيريك شالاباييف، إن
            of_body = token.startswith("ال") and self.is_kind(u - 1, "institution_head")  # حزب الوحدة
            if token not in ("في", "عن", "«", "»") and not of_body and not self._goes_on(u):
                return 0
        return 0

    def is_known_family(self, t: int) -> bool:
        """Whether a word is the family name of somebody whom the text has named with a title: طارق فهمي، then فهمي."""
        token = self.tok[t]
        if len(token) < 4 or not token.isalpha() or token in self.cues.verbs or self.classes[t] & KIND:
            return False
        if token not in self._families:
            self._families[token] = next(filter(self._is_family, self.occurrences(token)), len(self.tok))
        return self._families[token] < t

    def _is_family(self, t: int) -> bool:
        """Whether a full name with a title ends with a word: الباحث طارق فهمي."""
        for head in range(max(0, t - 6), t - 1):
            if self.is_kind(head, "person_head") and self.phrase_end(head, t + 1) == t + 1:
                return self.is_name(t - 1) or self.is_kind(t - 1, "first_name")
        return False

    def is_name(self, t: int) -> bool:
        """Whether a word can be one of a name: indefinite, in no list, and no adverb."""
        if self.tok[t].startswith("ال") or len(self.tok[t]) < 3 or not self._goes_on(t):
            return False
        if self.classes[t] & KIND:
            return self.tok[t] in self.cues.single.get("first_name", set())
        return not self.at("adverb", t, t + 1) and not self.tok[t].endswith(("ا", "ه")) and self.tok[t][0] not in "بل"

    def _goes_on(self, t: int) -> bool:
        """Whether a word can go on with a phrase: no mark, verb, preposition or thing that is reported."""
        token = self.tok[t]
        if not token[0].isalpha() or token in THAT or token in self.cues.stops:
            return False
        if token in self.cues.verbs and not self.is_family_name(t):
            return False
        return not any(self.is_kind(t, k) for k in ("speech_noun", "title_noun", "event_noun", "object_noun"))

    def is_family_name(self, t: int) -> bool:
        """مراد أيدن: a word that could be a verb of a feminine plural, behind a first name."""
        verb = self.cues.verbs.get(self.tok[t])
        women = verb is not None and verb.plural and verb.gender == "f" and verb.form == "finite"
        return women and t > 0 and self.is_kind(t - 1, "first_name")

    def _joined(self, t: int) -> bool:
        """Whether a name is joined to the one before it by و (which واشنطن is not)."""
        return self.tok[t][0] == "و" and self.tok[t] not in self.actors.aliases

    def _field(self, i: int, t: int) -> bool:
        """Whether في belongs to a title: الباحث في الشؤون الروسية, and not in قال الباحث في تصريح."""
        if any(k in self.cues.kinds(self.tok[t + 1]) for k in ("speech_noun", "title_noun", "np_stop")):
            return False
        some = not self.tok[i].lstrip("وف").startswith("ال") and self.is_kind(t + 1, "workplace")  # مصدر في أجهزة الأمن
        return (some or self.is_kind(t + 1, "field")) and self.is_kind(i, "person_head")

    def _not_of_phrase(self, i: int, t: int) -> bool:
        """Whether a word cannot belong to the phrase before it: an object, or a verb of the past."""
        token, first = self.tok[t], self.tok[i]
        if token.startswith("ال"):
            foreign = t > i + 1 and self.tok[t - 1].endswith(_FOREIGN) and not self.tok[t - 1].startswith("ال")
            if foreign and not token.endswith(("ي", "يه")) and not self.is_kind(t, "person_head"):
                return True  # يرجع الخبير فلان سبانوف الأزمة إلى
            if self._is_object_of(i, t):
                return True
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
        if self.tok[t - 1].endswith(_FOREIGN) and token.endswith("ات") and len(token) > 4:
            return True  # اتهم إرتيسباييف قيادات في
        if self.text[self.end[t] - 1] == "ً" or self.text[self.end[t] - 2 : self.end[t]] == "ًا":
            return True
        body = self.is_kind(i, "institution_head") and not self.is_kind(i, "person_head") and first.startswith("ال")
        if body and token.endswith("ا") and self.tok[t - 1].startswith("ال") and not self.is_kind(t, "first_name"):
            return True  # أعلنت الحكومة الجديدة صندوقا
        own = token.endswith(("هم", "هما", "ها")) and not token.startswith("باسم")
        own = own and not (token[0] in "بل" and self.tok[t - 1] in _QUALIFIED)  # الرئيس السابق لبرلمانها
        if own and len(token) > 4 and first.lstrip("وف").startswith("ال"):
            return True  # المشرف جمعهم، الشرطي أوقفها
        if token.startswith(_GREETINGS) and first.lstrip("وف").startswith("ال"):
            return True  # نقل السفير تحيات رئيسه
        his = len(token) == 6 and token[0] + token[3] == "تي" and self.text[self.end[t] - 1] == "ه"
        if first.lstrip("وف").startswith("ال") and (his or (self.is_kind(t, "told_as") and not self.is_family_name(t))):
            return True  # جدد الرئيس تأكيده، رفض السفير اعتبار
        if token in _HAPPENING:
            return True  # نفت أمانة المدينة وجود كاميرات
        if t > i + 1 and self.is_kind(t, "occurrence") and not self.tok[t - 1].startswith("ال"):
            adjective = self.tok[t - 1].endswith(("ه", "ي", "ون", "ين"))  # أكدت مصادر محلية دخول المقاتلين
            return adjective and not (self.is_kind(t - 1, "institution_head") or self.is_kind(t - 1, "person_head"))
        if token in _THIS and (t > i + 1 or first.lstrip("وف").startswith("ال")):
            return True  # اعتبر الرئيس هذه الرسالة, not أصحاب هذه المبادرة
        if token in self.cues.words.get("object_noun", {}) and token.endswith(("ه", "ها", "هم")):
            return True
        behind = t > i + 1 or bool(self.classes[i] & NAME)  # كازاخستان استضافت
        past = token.endswith("ت") and not token.endswith(("ات", "وت", "يت", "سانت")) and token[0] != "ي"
        return behind and len(token) > 3 and past and not self.is_kind(t, "first_name")

    def _is_object_of(self, i: int, t: int) -> bool:
        """Whether a definite word directly behind a subject cannot describe it: محتجون الحكومة، الرئيس المواطنين."""
        token, first = self.tok[t], self.tok[i].lstrip("وف")
        if t != i + 1 or self.is_kind(t, "first_name"):
            return False
        if first.endswith("ون") and len(first) > 4:
            return not first.startswith("ال") or not (token.endswith(("ون", "ي", "يه")) or token in _OF_MANY)
        if not self.is_kind(i, "person_head"):
            return False
        if not first.startswith("ال"):
            matter = any(self.is_kind(t, kind) for kind in ("event_noun", "the_events", "anger"))
            return matter and first in _MANY  # يعزو خبراء الاضطرابات إلى
        single = not first.endswith(("ه", "ات", "اء", "ين")) and first not in _SEVERAL
        plural = token.endswith(("ين", "ات")) and len(token) > 6
        return single and (plural or (token.endswith("ه") and bool(self.classes[t] & KIND)))

    def _no_adjective(self, country: Actor, t: int) -> bool:
        """Whether a definite word behind the name of a country does not agree with it."""
        token = self.tok[t]
        return country.gender == "f" and token.startswith("ال") and not token.endswith(("ه", "يا"))

    def _is_body(self, i: int, end: int) -> bool:
        """Whether definite words name an institution, which no masculine plural describes: الحكومة، السلطة المحلية."""
        definite = self.tok[i].lstrip("وف").startswith("ال") and all(w.startswith("ال") for w in self.tok[i + 1 : end])
        return definite and self.is_kind(i, "institution_head")

    def is_ali(self, t: int) -> bool:
        """Whether علي is the name and not على, which normalises to the same word."""
        return self.tok[t] == "علي" and self.text[self.start[t] : self.end[t]] == "علي"

    def _apposed_name(self, comma: int, end: int) -> int:
        """End of a name of two to four words, or with a title, between a comma and another (or the complement), else 0."""
        if comma + 1 < end and self.tok[comma + 1][0] == "و" and self.is_kind(comma + 1, "person_head"):
            comma = next((t for t in range(comma + 2, min(comma + 12, end)) if self.tok[t] == "،"), comma)  # 2nd office
        for t in range(comma + 1, min(comma + 10, end)):
            token = self.tok[t]
            if token == "،" or token in THAT or token == ":":
                titled = any(self.is_kind(u, "person_head") for u in range(comma + 3, t))
                return t if 2 <= t - comma - 1 <= (8 if titled else 4) else 0
            if self.is_ali(t):
                continue
            if not token[0].isalpha() or token in self.cues.stops or token in self.cues.verbs:
                return 0
        return 0

    def _of_somebody(self, t: int, end: int) -> bool:
        """Whether a word has a possessive: (أعلن السفير استعداد) بلاده."""
        return t < end and self.tok[t].endswith(("ه", "ها", "هم")) and not self.tok[t].startswith("ال")

    def _of_title(self, t: int) -> bool:
        """Whether an event noun belongs to an office or institution: لجنة مكافحة الإرهاب."""
        return self.is_kind(t - 1, "office_head") and not self.tok[t - 1].startswith("ال")
