"""Where a phrase that names somebody starts and ends."""

from __future__ import annotations

from typing import Final

from kzanalytics._name_words import HIS_WORDS, OF_NAMES
from kzanalytics._news_tokens import Tokens
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrase_stops import GREETINGS, QUALIFIED, PhraseStops
from kzanalytics._word_classes import HEAD, KIND, MA, NAME
from kzanalytics.cues import Cues
from kzanalytics.speakers import Actors

__all__ = ["INITIALS", "PhraseText"]

INITIALS: Final = ("د", "م", "ا")  # د. فلان: doctor, engineer, professor
_CLOSE: Final = frozenset("قريب قريبه قريبون مقرب مقربه مقربون مطلع مطلعه مطلعون".split())
_HAS: Final = frozenset("فلديه فلديها فلديهم فله فلها فلهم فعنده فعندها فهو فهي فهم".split())
_FOR_TALK: Final = frozenset("للحديث للتعليق للمشاركه للحوار للرد للنقاش للوقوف للاطلاع".split())
_ALSO_THINGS: Final = ("عامل", "مخرج", "مصور")  # a worker, a director, a photographer
_GREAT: Final = ("كبير", "كبيره", "كبار")
_THEIRS: Final = ("جميع", "كل", "كافه", "رعاياها", "مواطنيها", "مواطنيه")
_COMPOUND: Final = frozenset(
    [(a, "اعمال") for a in ("رجل", "رجال", "سيده", "سيدات")] + [(a, "اول") for a in ("فريق", "ملازم", "عريف")]
)
_THEY_ARE: Final = frozenset("اجانب كبار عرب روس كثر جدد شباب قدامي افغان اتراك اكراد اوزبك صرب المان".split())
_MANNER: Final = frozenset(
    "بشكل بصوره بلهجه بنبره بوضوح بصراحه بحزم بذلك بهذا بحده بقوه بشده بهدوء بغضب بسخريه".split()
)
_WITH_HIM: Final = frozenset("عنه عنها عنهم معه معها معهم منه منها منهم اليه اليها اليهم لديه لديها".split())
_ACTING: Final = ("بالوكاله", "بالانابه", "بالنيابه")
_PREFERRED: Final = ("فضل", "فضلت", "اثر", "اثرت", "اختار", "اختارت")
_CLAUSE_WORDS: Final = frozenset(
    "سوف قد لقد نحن انا انه انها المدعو المدعوه فجاه علنا لن ليس ليست كان كانت مجددا ايضا".split()
)
_AS_WHAT: Final = ("كدوله", "كمنظمه", "كجماعه", "كهيئه", "كجزء", "كحزب")
_ABOUT: Final = frozenset("بجوله بسرعه بقوله بقولها بحضور بزياره بتصدير بتفويض باسمه باسمها".split())
_TO_SOME: Final = ("لعدد", "لذوي", "لعده", "لوسائل")
_AGED: Final = ("البالغ", "البالغه")


class PhraseText(PhraseStops):
    """A text that knows where the phrases around names and titles start and end."""

    def __init__(self, text: str, actors: Actors, cues: Cues, tokens: Tokens) -> None:
        super().__init__(text, actors, cues, tokens)
        self._families: dict[str, int] = {}  # where a family name first stands behind a title

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
            asks = self.cues.verbs.get(self.tok[i - 1]) if self.tok[i].startswith("صح") else None
            return asks is not None and asks.form == "finite" and not self.tok[i - 1].endswith("ت")  # سأل صحفي
        if self.tok[i] in _ALSO_THINGS and (i + 1 >= end or self.tok[i + 1].startswith("ال") or self._is_shown(i)):
            return False  # عامل الزمن، مخرج الأزمة، تسجيل مصور
        if self.tok[i] in _GREAT and i and self.tok[i - 1][0].isalpha() and (i + 1 >= end or self._is_led(i + 1)):
            return False  # تجمع كبير للتنديد; not كبير المفاوضين
        if self.is_kind(i, "person_head") or self.is_kind(i, "institution_head"):
            return True
        return bool(self.at("honorific", i, end) or self.at("person_head", i, end))

    def _is_shown(self, i: int) -> bool:
        return i > 0 and (self.is_kind(i - 1, "speech_noun") or self.tok[i - 1] in ("تسجيل", "مقطع", "شريط", "بث"))

    def _is_led(self, t: int) -> bool:
        return self.tok[t].startswith("لل") or not self.tok[t].isalpha() or self.tok[t] in PREPOSITIONS

    def is_acting(self, i: int, end: int) -> bool:
        """القائم بأعمال وزير الطاقة: who acts as somebody."""
        acting = i + 1 < end and self.tok[i].endswith(("قائم", "قائمه"))
        return acting and self.tok[i + 1] in (("باعمال", "بمهام", "بالاعمال") if i + 2 < end else ("بالاعمال",))

    def phrase_end(self, i: int, end: int, *, stop_b: bool = False) -> int:
        """Where the noun phrase that starts at a token ends (before a word with ب, if `stop_b`)."""
        tok, classes, t = self.tok, self.classes, i + 2 * self.is_acting(i, end)
        person, behind_body = False, -1
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
                after = self.token_at(quotation.end - 1) + 1 if quotation else len(tok)
                called = after < len(tok) and tok[after] in THAT and t == i + 1  # قالت الوكالة «سبوتنيك» إن
                if heads and tok[t - 1].startswith("ال") and not self.is_kind(i, "person_head") and not called:
                    break  # أدانت الوزارة «الهجمات»; not حركة «الاختيار»، رئيس الحكومة «الإسرائيلية» فلان
                if quotation and quotation.n_words <= 3 and heads:
                    close = self.token_at(max(quotation.end - 1, quotation.start)) + 1
                    if close <= end:
                        t = close
                        continue
                break
            if token == "،":
                match = self.match(t + 1, end) if t + 1 < end else None
                if match and match[1].kind == "person" and (not person or self.is_kind(i, "spokesperson")):
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
                token in HIS_WORDS or (token[-1:] == "ا" and token[-2:] != "ها" and self.at("adverb", t, end))
            ):
                break  # نقل عن فلان قوله، تسكت الأم قليلا
            if t > i and (tok[t - 1].removeprefix("ال"), token.removeprefix("ال")) in _COMPOUND:
                t += 1
                continue
            if t > i and (token in _MANNER or (token in _WITH_HIM and tok[i].startswith("ال"))):
                break  # قال الجنرال بشكل قاطع، قال الطبيب عنهم
            if t > i and token in _PREFERRED and t + 1 < end and tok[t + 1] in ("عدم", "الا", "ان", "البقاء"):
                break  # متظاهر سابق فضل عدم ذكر اسمه
            if t > i and (token in _CLAUSE_WORDS or self._starts_matter(i, t)):
                break  # أعيان المنطقة قد أنشأوا، السلطات المدعو فلان، المستشارة أنجيلا ميركل للحكومة
            if t > i + 1 and token in _FOR_TALK:
                break  # استضافت السفير فلان للحديث عن
            if t > i and token in _HAS and tok[i - 1] in ("اما", "واما"):
                break  # أما سائق الأجرة فلان فلديه هم آخر
            match = self.actors.match(tok, t, end) if classes[t] & NAME else None
            if (
                match
                and match[1].kind == "country"
                and t == behind_body
                and not self._joined(t)
                and token[0] not in "بل"
            ):
                break  # دعا خبراء الأمم المتحدة كازاخستان إلى
            if token[0] == "ي" and t > i + 1 and len(token) > 3 and self._does(i, t):
                break  # الرئيس الكازاخستاني يقيل وزير الدفاع
            if match and t == i + 1 and match[1].kind == "person" and tok[i] in ("صحفي", "صحافي"):
                break  # سأل صحفي توكاييف عن
            if match and t > i and not self._joined(t) and token[0] not in "بلك" and self.is_whom(i, t):
                break  # اتهم رئيس البلاد محمد بخاري الولايات المتحدة
            if match and t == i + 1 and match[1].kind == "institution" and self._is_single(i) and token[0] not in "وبل":
                break  # سلم السفير وزارة الخارجية مذكرة
            described = t > i and (tok[t - 1].startswith("ال") or tok[t - 1].endswith(("ي", "يه")))
            if described and match and match[1].kind == "media" and not self._joined(t) and token[0] not in "بل":
                break  # أبلغ مصدر في الأمم المتحدة وكالة تاس
            if t > i and (
                self.beside_many(i, t)
                or self.told(i, t, match)
                or (match is not None and match[1].role == "counterpart")
            ):
                break
            if match and (t == i or token[0] not in "بلك" or token in self.actors.aliases):
                if person and token[0] not in "و":
                    break
                person = person or match[1].kind == "person"
                t += match[0]
                first = t - match[0]
                behind_body = t if match[1].kind == "institution" else behind_body
                if match[1].kind == "country" and first > i and tok[first - 1] in self.actors.nationality:
                    body = self.is_kind(i, "institution_head") and not self._joined(first)
                    if body or self.is_kind(i, "person_head"):
                        return first  # شكر الوزير الكازاخي الصين، اتهمت صحيفة غلوبال تايمز الصينية واشنطن
                led = (
                    t < end and tok[t][0] == "ب" and len(tok[t]) > 3 and not self.is_called(t) and tok[t] not in _ACTING
                )
                if led and self.actors.match(tok, t, end) is None:
                    break
                whole = t < end and tok[t].isalpha() and match[1].kind in ("country", "institution")
                of_body = self.is_kind(i, "institution_head") and not self.is_kind(i, "person_head")
                other = whole and self.is_kind(t, "institution_head") and not self.is_kind(t, "person_head")
                another = whole and (of_body or self.is_kind(t, "institution_head")) and tok[t][:2] != "ال"
                if (
                    whole
                    and match[1].kind == "institution"
                    and (of_body or first == i or other)
                    and tok[t].startswith("ال")
                    and self.is_power(t)
                ):
                    break  # اتهمت وزارة الخارجية الروسية الغرب
                if another and self._is_plain_noun(t):
                    break  # أعلنت لجنة الأمن القومي في كازاخستان توقيف؛ دعا خبراء في الأمم المتحدة حكومة
                country = match[1].kind == "country" and t < end and not self._joined(t)
                behind = self.actors.match(tok, t, end) if country else None
                if behind and behind[1].kind == "person" and self.is_kind(i, "person_head"):
                    continue  # رئيس مجلس وزراء قرغيزستان أكيلبيك جاباروف
                if country and (behind or (t - match[0] == i and self._no_adjective(match[1], t))):
                    break  # اتهمت طهران واشنطن، موسكو الغرب: subject, then object
                if country and t - match[0] == i and tok[t] in _THEIRS:
                    break  # دعت موسكو جميع الأطراف
                deed = country and t - match[0] == i and tok[t].isalpha()
                if deed and (self._is_masdar_of_deed(t) or self.is_kind(t, "occurrence")):
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
            if t > i and token in _ACTING:
                t += 1  # رئيس الوزراء بالوكالة فلان
                continue
            if stop_b and t > i and token[0] == "ب" and len(token) > 3:
                named_for = self.is_kind(t - 1, "spokesperson") or (token == "باسم" and self.is_kind(i, "spokesperson"))
                body = token in self.cues.single["institution_head"]  # رئيس بلدية ألماتي
                if not (named_for or body or self.is_first_name(t) or self.is_foreign(t)):  # ذكر الوزير بولات باتيروف
                    break
            if token == "علي" and self.is_ali(t):
                t += 1
                continue
            if t > i and token.startswith("لل") and tok[t - 1] in QUALIFIED and self.is_kind(t, "person_head"):
                t += 1  # المستشار السابق للرئيس فلان
                continue
            near_to = t > i and token in ("من", "علي") and tok[t - 1] in _CLOSE and t + 1 < end
            if near_to and tok[t + 1].startswith("ال") and self.is_kind(i, "person_head"):
                t += 2  # مصدر قريب من التحقيق
                continue
            if token == "عن" and self.is_kind(i, "speech_noun"):
                break  # مصادر كويتية عن اتفاق الشيخ فلان
            if t > i and token in ("في", "لدي") and (name := self._name_behind_marks(t, end)):
                t = name  # المحلل لدى «المدار» فلان
                continue
            if token in ("في", "عن") and t > i and not person and (name := self._name_behind_place(i, t, end)):
                t, person = name, True
                continue
            if t > i and (token in THAT or token in AND_THAT or token in self.cues.stops):
                if token == "في" and t <= i + 4 and t + 1 < end and self._field(i, t):
                    t += 2
                    t += t < end and tok[t].startswith("ال") and not tok[t - 1].startswith("ال")  # في شؤون الجماعات
                    continue
                if token in ("في", "باسم", "لدي") and t + 1 < end:
                    inner = self.actors.match(tok, t + 1, end)
                    if (inner and inner[1].kind in ("institution", "country")) or token == "باسم":
                        t += 1 + (inner[0] if inner else 0)
                        continue
                break
            named = t == i + 1 and not token.startswith("ال") and len(token) > 2 and self.at("honorific", i, end)
            named = named and not token.startswith(GREETINGS) and not self.is_kind(t, "told_as")
            named = named and not (self._is_single(i) and self._is_object_by_next(t))
            if named and token not in MA and not (self.is_kind(t, "object_noun") and self._of_somebody(t + 1, end)):
                t += 1  # الدكتورة وحدة: a name, whatever it means elsewhere
                continue
            topic = t > i > 0 and tok[i - 1] in ("اما", "واما") and len(token) > 4 and token[:2] in ("في", "فت")
            if topic and not any(
                tok[u][0] == "ف" and tok[u] in self.cues.verbs for u in range(t + 1, min(t + 8, len(tok)))
            ):
                break  # أما المحلل فلان فيميز
            if t > i and tok[t - 1] in OF_NAMES and not token.startswith(("بال", "لل")):
                t += 1  # أبو طالب
                continue
            verb = self.cues.verbs.get(token)
            noun = token == "شكر" and not (t + 1 < end and self.is_head(t + 1, end))  # عبد الغفار شكر
            if t > i and verb is not None and not noun and not token.startswith("ال") and not self.is_family_name(t):
                break
            indefinite = t > i and tok[i].lstrip("وف").startswith("ال") and not token.startswith("ال")
            if t > i + 1 and tok[t - 1].startswith("ال") and self.is_kind(t, "adherent"):
                break  # اتهمت وزارة الطاقة أصحاب المحطات
            institution = t == i + 1 and self.is_kind(i, "institution_head")
            if indefinite and (institution or self.is_kind(t, "object_noun")):
                break
            beside = t == i + 1 or (t == i + 2 and tok[i + 1] in _THEY_ARE)
            beside = beside or (t > i + 1 and tok[i].endswith("ون") and tok[t - 1].endswith("ون"))
            if beside and self.is_kind(i, "person_head") and self._starts_object(i, t):
                break
            foreign = (
                t > i and token.startswith("ال") and self.is_foreign(t - 1) and tok[t - 1] not in self.actors.aliases
            )
            if foreign and token not in self.actors.nationality and not self.is_kind(t, "person_head"):
                break  # يعزو دوبنوف الاحتجاجات إلى
            if t > i and token.startswith("ال") and self._is_traced(i, t):
                break  # يعزو الخبير رائد جبر الاحتجاجات إلى، أرجع الحزب الغضب إلى
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

    def _starts_matter(self, i: int, t: int) -> bool:
        """Whether a word behind a name or body says what about, as what, or to whom: بجولة، كدولة، لعدد من; not بوزارة."""
        token = self.tok[t]
        if token in _AS_WHAT:
            return True
        spoken = any(self.is_kind(u, "spokesperson") for u in (t - 1, max(i, t - 2)))
        if (token.startswith("باسم") and spoken) or (token.startswith("بقول") and not self.is_head(i, t)):
            return False
        if token in _ABOUT or token.startswith("باست"):
            return not self.is_kind(t, "institution_head")
        to = (token.startswith("لل") or token in _TO_SOME) and token not in self.actors.aliases
        return to and self._ends_full_name(i, t)

    def _is_traced(self, i: int, t: int) -> bool:
        """Whether the events or the anger behind a phrase are its verb's object; not قادة الاحتجاجات."""
        heads = self.is_kind(t - 1, "person_head") or self.is_kind(t - 1, "institution_head")
        if self.is_kind(t, "anger") and (t > i + 1 or heads or self.is_known_family(i)):
            return True
        return self.is_kind(t, "the_events") and (not heads if t > i + 1 else self.is_known_family(i))

    def _starts_object(self, i: int, t: int) -> bool:
        """استبعد محللون سيناريو، رفض الناشط مقارنة: whether a noun behind a title can be no part of its phrase."""
        head, token = self.tok[i], self.tok[t]
        if token.startswith("ال") or token[0] in "وبلك" or token in PREPOSITIONS or self.is_first_name(t):
            return False
        if head.endswith("ون"):
            behind = self.tok[t + 1 : t + 3]
            governs = behind[:1] != [] and behind[0] not in PREPOSITIONS and any(w.startswith("ال") for w in behind)
            governs = governs and head not in ("معاون", "المعاون")
            return governs and not (token.endswith(("ون", "ي", "يه")) or token in _THEY_ARE)
        spelled = self.text[self.end[t] - 1]
        return head.startswith("ال") and not head.endswith(("ه", "ات")) and spelled == "ة" and len(token) > 4

    def _does(self, i: int, t: int) -> bool:
        """Whether a word behind a title with its country is a verb of the present, and no name: يقيل; not يرلان."""
        verbal = t + 1 < len(self.tok) and (
            self.is_kind(t + 1, "person_head") or self.is_kind(t + 1, "institution_head")
        )
        titled = self.is_kind(i, "person_head") and self.tok[t - 1] in self.actors.nationality
        return verbal and titled and not self.is_first_name(t)

    def _is_plain_noun(self, t: int) -> bool:
        """Whether a word starts another phrase: no preposition, nothing joined, no name."""
        token = self.tok[t]
        led = token[0] in "وبلكف" and token not in self.actors.aliases
        led = led and (bool(self.cues.kinds(token[1:])) or token[1:] in self.actors.aliases)
        led = led or (token[0] == "ل" and len(token) > 4)  # مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية
        return not (led or token in PREPOSITIONS or token in self.cues.stops or self.is_first_name(t))

    def _field(self, i: int, t: int) -> bool:
        """Whether في belongs to a title: الباحث في الشؤون الروسية, and not in قال الباحث في تصريح."""
        if any(k in self.cues.kinds(self.tok[t + 1]) for k in ("speech_noun", "title_noun", "np_stop")):
            return False
        some = not self.tok[i].lstrip("وف").startswith("ال") and self.is_kind(t + 1, "workplace")  # مصدر في أجهزة الأمن
        return (some or self.is_kind(t + 1, "field")) and self.is_kind(i, "person_head")

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
        behind = self.tok[t + 1 : t + 3]
        said = (
            len(behind) == 2
            and behind[0] == "،"
            and (behind[1] in ("وهو", "وهي") or self.is_kind(t + 2, "person_head"))
        )
        if said and t and self.is_first_name(t - 1):
            return True  # أنجيلا ستنت، الباحثة
        for head in range(max(0, t - 6), t - 1):
            if self.is_kind(head, "person_head") and self.phrase_end(head, t + 1) == t + 1:
                return self.is_name(t - 1) or self.is_kind(t - 1, "first_name")
        return False
