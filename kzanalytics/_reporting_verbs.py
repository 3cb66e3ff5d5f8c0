"""Reporting verbs: what they open, and who is their subject."""

from __future__ import annotations

from functools import partial
from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._openers import WHO
from kzanalytics._verb_readings import VerbReadings
from kzanalytics.cues import Verb
from kzanalytics.speakers import Speaker

__all__ = ["PARTICIPLE", "VerbReader", "opens_that_only"]

_OF_WHOM: Final = frozenset("من ممن لمن بمن عمن ما مما لما بما عما".split())
_THAT_THEY: Final = ("انه", "انها", "انهم", "انهما")
_SAYING: Final = ("قال", "زعم", "ادعى", "ذكر", "أكد")
_DECLARED: Final = ("حاله", "حظر", "الحداد", "حدادا", "التعبيه", "استقاله", "استقالته", "الطوارئ", "حال", "الاحكام")
_OF_IT: Final = (["عنه"], ["عنها"], ["عنهم"], ["عنهما"])
_AFTER_SAYING: Final = (["."], ["،"], ["وهو"], ["وهي"])
_FEELINGS: Final = ("مراره", "حزن", "اسي", "غضب", "سخريه", "هدوء", "حسره", "انفعال", "ثقه", "حذر", "تهكم", "اسف", "صوت")
_ALL: Final = frozenset("الثلاثه الاربعه الخمسه السته السبعه الثمانيه التسعه العشره".split())
_SHOWING: Final = ("أظهر", "أثبت", "كشف", "بين", "أبدى", "أبان")  # of deeds as much as of words
_ABOUT_WHAT: Final = frozenset(
    "علي ضد بسبب بعد اثر عقب خلال اثناء رفضا احتجاجا ، احتجاجات مظاهرات تظاهرات مسيرات اسعار سعر رفع مكافحه محاربه قانون"
    " من عن".split()
)
_SILENCE: Final = ("التعليق", "الاجابه", "الخوض", "الادلاء")
_KIN: Final = tuple("اسر عائل والد زوج شقيق محام ابن ابو اخ ام اقارب ذو رفاق زملا".split())
_SUBORDINATE: Final = frozenset("عندما حين حينما بعدما لما كلما".split())
PARTICIPLE: Final = Verb("", "verb", "neutral", frozenset(), "participle", "m", False)
_BANNERS: Final = frozenset("لافته لافتات لوحه لوحات يافطه يافطات ملصق ملصقات".split())


def opens_that_only(verb: Verb) -> bool:
    """Whether a verb is one of speech with أن behind a preposition alone: انتهى إلى أن, otherwise to end."""
    return all("_" in word or word == "بان" for word in verb.opens)


class VerbReader(VerbReadings):
    """Finds the events of verbs."""

    def _verb_event(self, i: int, verb: Verb) -> Event | None:
        text, tok = self.text, self.tok
        before = tok[i - 1] if i > self.first else ""
        if self._is_other_form(i, verb):
            return None
        if verb.lemma == "كتب" and not verb.joined and tok[i + 1 : i + 2] in (["عليه"], ["عليها"], ["عليهم"]):
            return self._inscribed(i, verb)
        if verb.form == "object":
            return self._object_verb(i, verb)
        if (
            before not in _OF_WHOM
            and self._is_passive(i, verb)
            and (verb.kind == "relay" or (tok[i + 1 : i + 2] and tok[i + 1] in THAT))
        ):
            behind = range(i + 2, self.end)  # ذُكر أن ...، بحسب الوزارة: it is hers
            sourced = any(
                tok[t - 1] == "،" and (text.at("source", t, self.end) or text.at("as", t, self.end)) for t in behind
            )
            if verb.kind == "relay":
                return self._relay(i, verb)
            return None if sourced else self._hearsay(i, verb)  # وذُكر أن، نُقل عن فلان
        if self._is_other_word(i, verb):
            return None
        if before == "من" and verb.form == "finite" and (some := self._some_who(i)) is not None:
            return self._said_by_some(i, some, verb)
        if before in _OF_WHOM and verb.form == "finite" and verb.lemma in _SAYING:
            return self._said_of_them(i, verb)
        if self._is_no_statement(i, verb):
            return None
        if verb.lemma == "تحدث" and before in text.cues.words.get("relative", {}) and tok[i + 1 : i + 2] in _OF_IT:
            return self._spoken_of(i, i + 2, verb)
        if verb.kind == "relay":
            return self._relay(i, verb)
        if verb.kind == "hearsay":
            return self._hearsay(i, verb)
        if self._is_unsaid(i, verb):
            return None
        governing = self._in_scope(i)
        topic = self._topic(i, verb)
        subject = None if topic else self._own_subject(i, verb)
        if self._is_said_by_no_one(i, verb, subject):
            return None
        opened = self._opened(i, verb, subject)
        if opened is None:
            return self._postposed(i, verb, subject) or self._silent(i, verb, subject, governing)
        after, (start, opener) = self._behind(i, subject), opened
        if verb.kind == "describe" and subject is not None and opener == "prep":
            tale = (t for t in range(subject[1], start - 1) if text.is_kind(t, "untold") or self._is_said(t, start))
            start = next(tale, start - 1) + 1  # وصف الناطق الحديث عن ثورة بأنه خيال: the talk is denied
        if self._is_other_sense(i, verb, subject, start, opener):
            return None
        if opener == "prep" and start < self.end and tok[start].lstrip("ب") in ("ذلك", "هذا", "ه", "ها"):
            return self._silent(i, verb, subject, governing)  # طالب بذلك: what it is, is not said here
        if self._is_other_construction(i, verb, subject, start, opener):
            return None
        if verb.kind == "refuse" and opener != "that" and tok[after : after + 1] and tok[after] in _SILENCE:
            return self._silent(i, verb, subject, governing)  # رفض المتهمون الإجابة عن
        if subject is not None and verb.kind in ("accuse", "describe") and subject[1] == start:
            match = text.match(*subject)
            if match is not None and match[0] == start - subject[0]:
                subject = None  # اتهمت فيها الأردن بدعم: the one name is the object
        if verb.kind == "accuse" and verb.form == "finite":
            subject = self._agent(i, start, subject) or subject
        told = opener in ("that", "quote", "colon") or verb.lemma == "أطلع"
        told = told and governing is not None and verb.form == "finite" and not verb.joined
        inner = (self._inner_subject(i) or self._of_message(i)) if told and verb.lemma not in _SHOWING else None
        if governing is not None and inner is None and verb.kind in ("refuse", "deny"):
            denier = self._inner_subject(i)  # ذكرت المصادر أن الوزير رفض وصف الأحداث بـ; not أكد أن الصين ترفض
            inner = denier if denier is not None and text.is_kind(denier[0], "person_head") else None
        if governing is not None and inner is None and tok[i + 1 : i + 2] and tok[i + 1] in ("له", "لها", "لهم"):
            inner = self._clause_head(i)
        tells = opener in ("colon", "quote") or (start < self.end and tok[start] in THAT)
        if governing is not None and inner is None and before == "اذ" and verb.form == "finite" and tells:
            inner = self._clause_head(i)  # أضافت أن رحمن قلق، إذ حذر من أن; not أضاف أن الناتو قلق، إذ حذر
            inner = inner if inner is not None and self._is_person(self._resolve(*inner)) else None
        if governing is not None and inner is None and (other := self._but_other(i)) is not None:
            inner = other
        if inner is not None and (self._is_thing(*inner) or text.is_kind(inner[0], "figures")):
            return None  # قال إن معلومات بلاده تفيد بأن: still his words
        if inner is not None:
            subject = inner
        elif subject is None and verb.form == "finite":
            found = topic or self._subject_before(i)
            purpose = found == "thing" and self._verb_spelled(i, verb)[0] == "ل"  # ظهر على الشاشة ليقول
            if (found == "thing" and not purpose) or (found is None and before in WHO and opener in ("prep", "noun")):
                return None
            by_agency = governing is not None and isinstance(found, tuple) and self._by_line(governing)
            if governing is not None and not by_agency and not self._coordinated(i, verb):
                return None
            if isinstance(found, tuple) and (topic or governing is None or by_agency or self._new_clause(i)):
                subject = found
            if subject is None and verb.plural and verb.joined and verb.lemma == "طالب" and not self.events:
                main = self.main_subject(i)
                if main is None or not self._is_person(main):
                    return None  # خرج الناس وطالبوا بخفض الأسعار: a deed, of nobody who spoke before
            if subject is None and verb.plural and governing is None and self._in_speech(i):
                return None  # «قالوا لنا إن الأسعار ثابتة»، يقول سائق: he speaks
        elif governing is not None and verb.form == "finite" and not self._coordinated(i, verb):
            known = opener not in ("noun", "prep") and self._known_subject(subject)
            known = known or (i == governing.start and subject is not None and self._by_line(governing))
            if not known:
                return None
        relayed = self._relayed_in(after, start) if opener in ("that", "noun", "prep") else None
        who = self._later(partial(self._of_verb, relayed or subject, governing, i, verb))
        top = governing is None or self._coordinated(i, verb) or verb.form == "participle"
        if governing is not None and not top:
            top = i == governing.start and subject is not None and self._by_line(governing)
        end = self._scope_end(start, opener)
        if verb.lemma in ("برر", "وضع") and opener == "prep":  # بررت موسكو تدخلها بالإرهاب، وطالت غاراتها
            end = next((t for t in range(start + 1, end - 1) if tok[t] == "،"), end)
        if opener == "prep" and verb.cls == "appeal":  # دعا إلى التهدئة بعد احتجاجات على الأسعار
            end = next((t for t in range(start + 1, end) if self.text.at("circumstance", t, end)), end)
        if opener == "noun" and start < end and tok[start] in _DECLARED:
            end = next((t for t in range(start + 1, end) if self._is_around(t)), end)
        if verb.kind == "accuse" and opener != "noun" and (subject is not None or verb.form == "participle"):
            start = self._accused_from(after, start)
        if opener == "quote" and subject is not None and tok[self.first] == "«" and self._after_quote(i):
            first = Event(i, i, verb.lemma, verb.cls, verb.kind, who, self.first, i, "after", top=False, backward=True)
            self.events.append(first)  # «إن هؤلاء»، قال توكاييف، «لم يأتوا ...»
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, end, opener, top=top)

    def _is_told_before(self, i: int, subject: tuple[int, int]) -> bool:
        """لن تنسحب القوات قبل ...، قال الأمين العام لوكالة فلان: whether the words in front of a verb are what is said."""
        opens = self.tok[self.first].lstrip("وف")
        if self.events or opens in PREPOSITIONS or self.text.at("adverb", self.first, i) or i - self.first < 6:
            return False
        to = self.tok[subject[1]] if subject[1] < self.end else "."
        where = to in ("،", ".", "علي", "في", "امام", "خلال", "عبر", "ل") or (to[0] == "ل" and len(to) > 3)
        return where and self.text.is_head(subject[0], self.end)

    def _but_other(self, i: int) -> tuple[int, int] | None:
        """قالت السلطات إنه هاجمهم، لكن أسرته تنفي: somebody else, of those whom the sentence tells of."""
        if i - 3 <= self.first or self.tok[i - 2] not in ("لكن", "ولكن", "بينما", "فيما"):
            return None
        one = self.tok[i - 1].endswith(("ه", "ها", "هم")) and self.tok[i - 1].startswith(_KIN)
        return (i - 1, i) if one else None

    def _agent(self, i: int, start: int, subject: tuple[int, int] | None) -> tuple[int, int] | None:
        """اتهم فلان من قبل اللجنة بـ: whose deed a passive tells; not اتهم الكرملين محرضين ممولين من قبل الغرب بـ."""
        for t in range(i + 1, start - 2):
            if (
                self.tok[t] == "من"
                and subject is not None
                and subject[1] == t
                and self.tok[t + 1] in ("قبل", "جانب", "طرف")
                and self.text.is_head(t + 2, start)
            ):
                return t + 2, self.text.phrase_end(t + 2, start)
        return None

    def _accused_from(self, after: int, start: int) -> int:
        """اتهم الرئيس عصابات إرهابية بالهجوم: the accused are named in the accuser's words; not محتجين خرجوا بسبب الأسعار."""
        about = any(
            self.tok[t] in WHO or self.tok[t] in _ABOUT_WHAT or self.tok[t].endswith("وا")
            for t in range(after, start - 1)
        )
        return start if about else after

    def _said_of_them(self, i: int, verb: Verb) -> Event | None:
        """من قال إنهم إرهابيون، لما قالت السلطات إنها خلية: what somebody says that they are."""
        subject = self._subject_after(i + 1, verb)
        start = subject[1] if subject else i + 1
        if start >= self.end or self.tok[start] not in _THAT_THEY or self._in_scope(i) is not None:
            return None
        limit = min(start + 8, self.end)
        end = next((t for t in range(start + 1, limit) if not self.tok[t][0].isalnum()), limit)
        end = limit if end < limit and self.tok[end] == "«" else end
        who = self._later(partial(self._resolve, *subject) if subject else partial(self._doer_or_speaker, i))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, end, "that", top=False)

    def _doer_or_speaker(self, i: int) -> Speaker:
        """Whoever the sentence is about, else who spoke before."""
        return self.main_subject(i) or self._carried()

    def _is_said(self, t: int, end: int) -> bool:
        """ما يتردد: whether words at a token are what people say."""
        return self.tok[t] == "ما" and self.text.at("claim_subject", t, end) == 2

    def _inscribed(self, i: int, verb: Verb) -> Event | None:
        """لافتة كتب عليها: «...»: the banner says it."""
        text, start = self.text, i + 2
        start += start < self.end and self.tok[start].startswith("بال")  # كتب عليها بالروسية
        start += self.tok[start : start + 1] == [":"]
        first = i - 1 - (i - 2 > self.first and self._agree(i - 2, i - 1))
        raised = (t for t in range(i - 2, max(self.first, i - 7), -1) if self.tok[t] in _BANNERS)
        first = next(raised, first)  # لافتة رفعها محتجون كتب عليها
        that = start < self.end and self.tok[start] in THAT
        opened = start in self.quotes or start > i + 2 or that
        if not opened or first <= self.first or not self.tok[first].isalpha() or self._in_scope(i) is not None:
            return None
        last = first if i - first > 2 else i - 1
        words = text.text[text.start[first] : text.end[last]]
        who = Speaker((words,), words, "f" if self.tok[first].endswith(("ه", "ات")) else "m", "unknown")
        end = self._scope_end(start, "quote" if start in self.quotes else "that" if that else "colon")
        return Event(i, i + 1, verb.lemma, verb.cls, verb.kind, who, start, end, "quote", top=False)

    def _agree(self, noun: int, adjective: int) -> bool:
        """Whether a word can be an indefinite noun with the next one as its adjective: لافتة كبيرة، لوحات صغيرة."""
        a, b = self.tok[noun], self.tok[adjective]
        plain = a.isalpha() and len(a) > 3 and a not in PREPOSITIONS and not a.startswith("ال")
        return plain and a.endswith(("ه", "ات")) and b.endswith("ه")

    def _hearsay(self, i: int, verb: Verb) -> Event | None:
        """قيل إن، ترددت أنباء عن: nobody is named, and nobody named before is meant."""
        start = i + 1 + (i + 2 < self.end and self.tok[i + 1][0] == "ل" and len(self.tok[i + 1]) > 1)  # قيل للناس إن
        rumoured = verb.lemma == "تردد" and i + 3 < self.end and self.text.is_kind(i + 1, "rumour")
        start += rumoured + (rumoured and self.tok[i + 2] in ("عن", "حول"))
        if rumoured and self.tok[start - 1] in ("عن", "حول") and self._in_scope(i) is None:
            end = self._scope_end(start, "prep")
            end = next((t for t in range(start, end) if self.tok[t] in WHO or self.tok[t] in _ABOUT_WHAT), end)
            return Event(i, i, verb.lemma, verb.cls, verb.kind, Speaker(), start, end, "prep")
        if start >= self.end or self.tok[start] not in THAT or self._in_scope(i) is not None:
            return None
        end = self._scope_end(start, "that")
        return Event(i, i, verb.lemma, verb.cls, verb.kind, Speaker(), start, end, "that")

    def _own_subject(self, i: int, verb: Verb) -> tuple[int, int] | None:
        """The subject of the verb's own, behind it, or in front of it where the words behind name nobody."""
        text = self.text
        if verb.form != "finite" or self._behind_subject(i):
            return None
        subject = self._subject_after(i + 1, verb)
        if subject and verb.kind in ("accuse", "verb") and self._is_object(i, subject, verb):
            return None
        talk = subject is not None and text.is_kind(subject[0], "untold") and self.tok[subject[0]].startswith("ال")
        if subject and verb.kind == "describe" and (talk or self._are_called(subject)):
            return None  # وصف الحديث عن ثورة بالهراء
        if verb.kind == "describe" and i > self.first and self.tok[i - 1] in WHO and not self._disagrees(i - 1, verb):
            return None  # الرئيس الذي وصف المحتجين بـ: they are the object
        told = subject is not None and subject[1] < self.end and self.tok[subject[1]] in THAT
        if subject and not told and i > self.first and self.tok[i - 1] in WHO and self._is_indefinite(subject[0]):
            return None  # المحامي الذي تابع ملفات مشابهة; not الذي أكد رفاقه أن
        opens = verb.kind != "describe" and (
            i == self.first or verb.joined or not self.tok[i - 1].isalpha()
        )  # قال المارة: ...
        if subject and verb.gender == "m" and not (told or opens) and self._is_feminine_object(*subject):
            return None  # الباحث فلان يستبعد المقارنة: ...
        strange = subject is not None and verb.gender == "f" and self._is_masculine(*subject)  # السلطات تعتبر المعهد
        if subject is not None and not verb.joined and (strange or not text.is_head(subject[0], self.end)):
            ahead_of = self._subject_before(i)
            if isinstance(ahead_of, tuple) and ahead_of[1] == i and text.is_head(ahead_of[0], i):
                return ahead_of  # الباحث في المعهد فلان يستبعد المقارنة: ...
        return subject

    def _is_indefinite(self, t: int) -> bool:
        """Whether a word is indefinite, and names nobody."""
        named = self.text.is_head(t, self.end) or self.text.is_kind(t, "first_name")
        return not named and not self.tok[t].startswith("ال")

    def _is_masculine(self, first: int, end: int) -> bool:
        """Whether a definite word by itself is no subject of a feminine verb: المعهد."""
        token = self.tok[first]
        definite = end == first + 1 and token.startswith("ال") and not token.endswith(("ه", "ات", "ا", "اء", "ون"))
        return definite and self.text.match(first, end) is None

    def _is_feminine_object(self, first: int, end: int) -> bool:
        """Whether a word is no subject of a masculine verb: المقارنة."""
        token = self.tok[first]
        definite = end == first + 1 and token.startswith("ال") and token.endswith(("ه", "ات")) and token not in _ALL
        return definite and not self.text.is_head(first, self.end) and not self.text.is_known_family(first)

    def _opened(self, i: int, verb: Verb, subject: tuple[int, int] | None) -> tuple[int, str] | None:
        """Where what is said starts and what opens it."""
        text, tok = self.text, self.tok
        after = self._behind(i, subject)
        after += tok[after : after + 1] == ["الا"]  # لا يتحدث إلا عن
        addressed = after < self.end and (to := text.match(after, self.end)) is not None and to[1].role == "counterpart"
        opened = self._opener(after, verb, subject is not None or addressed)
        told = self._after_quote(i) and not verb.joined and tok[i + 2 : i + 3] == ["،"]
        if opened is not None and opened[1] == "noun" and told:
            opened = None  # «...»، تقول فلانة، وهي أم لشاب قتل
        tells = opened is not None and opened[1] == "noun" and verb.lemma == "قال" and tok[i - 1] == "،"
        if tells and subject is not None and (tok[after] == "،" or self._is_told_before(i, subject)):
            opened = None  # لا هي ثورة، يقول الكاتب، بل انفجار
        asked = verb.lemma == "ناشد" and after < self.end and (opened is None or opened[1] == "noun")
        if asked and "الا" not in tok[after : after + 8] and tok[i - 1] not in WHO:
            return after, "noun"  # ناشد الرئيس حلفاءه مساعدة بلاده
        if opened is None and verb.lemma == "شكر" and subject is not None and after < self.end and tok[after][0] != "ل":
            who = next((t + 1 for t in range(after + 1, min(after + 7, self.end - 1)) if tok[t] in WHO), 0)
            opened = (who, "noun") if who else None  # شكر توكاييف نظيره الذي استجاب لطلب
        counted = verb.lemma == "عدّ" or tok[i] in ("وعد", "وعدت")
        counted = counted and after < self.end and not tok[after].endswith(("ها", "هم"))  # عدت نقودها: counted
        if counted and opened is None and subject is not None and text.is_head(subject[0], self.end):
            opened = (after, "noun")  # عدت الوزارة التنظيمات تقنينا: considered
        return opened

    def _some_who(self, i: int) -> tuple[int, int] | None:
        """Who there is that says something, as a span: ثمة من يرى (of nobody named), ومن المحللين من يعتقد."""
        if i - 2 >= self.first and self.tok[i - 2].lstrip("وف") in ("ثمه", "هناك", "هنالك"):
            return i - 2, i - 2
        for t in range(i - 2, max(self.first, i - 5) - 1, -1):
            if self.tok[t] in ("من", "ومن", "بين", "ومنهم", "منهم"):
                named = t + 1 < i - 1 and self.text.is_head(t + 1, i - 1)
                named = named or (self.tok[t + 1].startswith("ال") and self.tok[t + 1].endswith(("ين", "ون")))
                some = self.tok[t].endswith("هم") or self.tok[t + 1].startswith("ال")
                return (t + 1, i - 1) if named else (t, t) if some else None
        return None

    def _said_by_some(self, i: int, some: tuple[int, int], verb: Verb) -> Event | None:
        opened = self._opener(i + 1, verb, True) if self._in_scope(i) is None else None
        if opened is None or opened[1] == "noun":
            return None
        who = self._later(partial(self._resolve, *some)) if some[0] < some[1] else Speaker()
        end = self._scope_end(*opened)
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, opened[0], end, opened[1])

    def _in_speech(self, i: int) -> bool:
        """Whether a word stands inside of the marks around what somebody says."""
        around = self.text.quotations_around(self.text.start[i], self.text.end[i])
        return any(quotation.kind == "speech" for quotation in around)

    def _is_around(self, t: int) -> bool:
        """أعلن حالة الطوارئ على خلفية احتجاجات: what surrounds a deed that is done by words is the outlet's."""
        return bool(self.text.at("circumstance", t, self.end)) or self.tok[t] in AND_THAT

    def _by_line(self, governing: Event) -> bool:
        """«المدار»: يرى الباحث فلان أن: a line or an agency gives what another says."""
        return governing.speaker.kind == "media" or (
            governing.kind == "headline" and governing.speaker.kind != "person"
        )

    def _silent(self, i: int, verb: Verb, subject: tuple[int, int] | None, governing: Event | None) -> Event | None:
        """A verb with a subject whose words are not told: نفى المعارض الرواية. He may speak in the next sentence."""
        if not subject is not None or governing is not None or verb.form != "finite":
            return None
        if (
            verb.kind not in ("verb", "deny", "refuse")
            or verb.cls == "belief"
            or opens_that_only(verb)
            or not self.text.is_head(subject[0], subject[1])
            or self.tok[i - 1] in WHO
        ):
            return None
        who = self._later(partial(self._of_verb, subject, None, i, verb))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, i, i, "silent")

    def _can_be_name(self, t: int) -> bool:
        """Whether a word behind «...»، تقول can be whoever says it, and nothing else that is known."""
        if t >= self.end or not self.tok[t].isalpha() or len(self.tok[t]) < 3 or self.tok[t] in self.text.cues.verbs:
            return False
        named = not self.text.starts_cue(t) or self.text.is_kind(t, "first_name")
        named = named or (self.tok[t + 1 : t + 2] == ["،"] and self.tok[t + 2 : t + 3] in (["وهو"], ["وهي"]))
        return named and self.tok[t] not in PREPOSITIONS

    def _coordinated(self, i: int, verb: Verb) -> bool:
        """Whether a verb inside of what is said stands beside the first one, not under it."""
        if verb.form == "participle":
            return True
        tok, outer = self.tok, self._in_scope(i)
        opened = self.quotes.get(outer.start) if outer is not None else None
        if opened is not None and opened.closed and opened.end > self.text.start[i]:
            return False  # ويقول: «حين يخرج فقير، ويرد عليه الحاكم بأنه ...»
        if verb.plural and "وفي" in tok[max(self.first, i - 4) : i - 1]:
            return True  # في موسكو قالوا إنها مؤامرة، وفي مينسك قالوا إنها ثورة
        if tok[i + 1 : i + 2] and tok[i + 1] in ("له", "لها", "لهم") and self._clause_head(i) is not None:
            return False  # قال إن الوزير أطلعه على الوضع، وأكد له أن
        if verb.joined and tok[i][1] not in "يتن":
            return True
        if i - 1 >= self.first and tok[i - 1] in ("كما", "وقد", "وكان", "وكانت", "،", "اذ") and tok[i][0] not in "يتن":
            return True
        if tok[i - 1] in ("جهته", "جهتها", "جانبه", "جانبها", "بدوره", "بدورها") or tok[i - 1] == "؛":
            return True
        return self._new_clause(i) or (tok[i - 1] == "،" and self._starts_meanwhile())

    def _is_object(self, i: int, subject: tuple[int, int], verb: Verb) -> bool:
        """Whether the phrase behind اتهم، طالب، دعا is whom they address, the subject being elsewhere."""
        if verb.lemma == "شكر" and self.tok[i - 1] == "كما":
            return True  # كما شكر قادة الصين
        if verb.lemma not in (
            "اتهم",
            "طالب",
            "دعا",
            "ناشد",
            "نصح",
            "حث",
            "أبلغ",
            "أخبر",
            "حذر",
            "حمّل",
            "رفض",
            "انتقد",
            "أدان",
        ):
            return False
        token = self.tok[subject[0]]
        match = self.text.actors.match(self.tok, *subject)
        if match and match[1].kind == "person":
            return False
        if verb.lemma == "اتهم" and verb.joined and subject[1] < self.end and self.tok[subject[1]][0] == "ب":
            return True  # واتهمت الحكومة بأنها: nobody else is there to be accused
        feminine = token.endswith(("ه", "ات", "دول")) or bool(match and match[1].gender == "f")
        if self.text.is_kind(subject[0], "person_head"):
            feminine = token.endswith("ه")
        if not verb.plural and feminine != (verb.gender == "f"):
            return not (match is None and self.text.is_kind(subject[0], "institution_head") and verb.gender == "f")
        return self.tok[i - 1] != "-" and isinstance(self._subject_before(i), tuple)  # موسكو (تاس) - أبلغ مصدر

    def _are_called(self, subject: tuple[int, int]) -> bool:
        """ووصف المهاجمين بأنهم: a plural in ين behind the verb is its object."""
        t, end = subject
        plural = end == t + 1 < self.end and self.tok[t].startswith("ال") and self.tok[t].endswith(("ين", "ات"))
        known = self.text.match(t, end) is not None or self.text.is_kind(t, "institution_head")
        return plural and self.tok[end][0] == "ب" and not known

    def _is_manner(self, t: int) -> bool:
        """يقول ساخرا، يضيف بمرارة: whether a word says how something is said."""
        token = self.tok[t]
        led = token[0] == "ب" and len(token) > 4 and token.endswith(_FEELINGS)
        doing = len(token) > 4 and token.endswith("ا") and (token[1] == "ا" or token.startswith(("مت", "مبت", "مست")))
        manly = self.tok[t - 1].lstrip("وف")[:1] != "ت"  # تقول ساخرة; تقول ناتاشا is a name
        return led or (doing and manly and not token.endswith("يا") and not self.text.is_kind(t, "first_name"))

    def _after_quote(self, i: int) -> bool:
        """Whether a word stands behind the closing mark of a quotation."""
        if i - 1 <= self.first:
            return False
        return self.tok[i - 1] == "»" or (self.tok[i - 1] == "،" and self.tok[i - 2] == "»")

    def _postposed(self, i: int, verb: Verb, subject: tuple[int, int] | None) -> Event | None:
        """A verb behind what is said: «...»، قال بوتين."""
        if verb.form != "finite" or i - 1 <= self.first:
            return None
        before, quoted = self.tok[i - 1], self._after_quote(i)
        if before == "،" and not quoted and self.tok[self.first].lstrip("وف") in _SUBORDINATE:
            return None  # عندما هاجم الإرهابيون المطار، قال شاهد كلاما
        manner = i + 2 < self.end and self.tok[i + 2] in (".", "،") and self._is_manner(i + 1)
        if subject is None and quoted and not verb.joined and self._can_be_name(i + 1) and not manner:
            end = self.text.phrase_end(i + 1, self.end)  # «...»، تقول مكبالة
            subject = (i + 1, min(end, i + 4))
        doing = i + 2 < self.end and self.tok[i + 1] in ("وهو", "وهي") and self.tok[i + 2][0] in "يت"
        behind = next((t for t in range(i + 2, min(i + 9, self.end)) if self.tok[t] == "،"), 0) if doing else i + 1
        aside = (
            before == "،"
            and self.tok[behind : behind + 1] == ["،"]
            and behind > i
            and verb.lemma in ("قال", "أكد", "أضاف", "كتب")
        )
        if subject is None and aside and not quoted and not verb.joined and self._in_scope(i) is None:
            carried = self._later(self._viewer)  # فالدولة، تقول، اعترفت بالجثث
            first, stop = self._clause_start(i), self._scope_end(behind + 1, "that")  # ..., يقول وهو يصب الشاي، ...
            return Event(i, i, verb.lemma, verb.cls, verb.kind, carried, first, stop, "after", backward=True)
        after = i + 1 + (self.tok[i + 1 : i + 2] in (["لي"], ["لنا"]))
        if subject is None and quoted and not verb.joined and (manner or self.tok[after : after + 1] in _AFTER_SAYING):
            carried = self._later(partial(self._implied, i, verb))  # «...»، يقول.
            start = self._clause_start(i)
            return Event(i, i, verb.lemma, verb.cls, verb.kind, carried, start, i, "after", backward=True)
        if not subject is not None:
            return None
        says = verb.lemma in ("قال", "أكد", "أضاف", "أوضح", "ذكر", "كتب", "أعلن", "تابع", "صرح")
        if before == "،" and says and not verb.joined and subject[1] < self.end and self.tok[subject[1]] == "،":
            stop = self._scope_end(subject[1] + 1, "that")  # منذ ذلك العام، يكتب المحلل، تغير كل شيء
            who, first = self._resolve(*subject), self._clause_start(i)
            return Event(i, i, verb.lemma, verb.cls, verb.kind, who, first, stop, "after", backward=True)
        far = before == "،" and says and not verb.joined and self._is_told_before(i, subject)
        if not (quoted or far or (before == "،" and says and subject[1] >= self.end - 6)):
            return None
        speaker = self._resolve(*subject)
        start = self._clause_start(i)
        return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, start, i, "after", backward=True)
