"""Reporting verbs: what they open, and who is their subject."""

from __future__ import annotations

from functools import partial
from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, SILENCE, THAT
from kzanalytics._openers import WHO
from kzanalytics._subjects_before import DURING, INSIDE
from kzanalytics._verbs_behind import VerbsBehind
from kzanalytics.cues import Verb
from kzanalytics.speakers import Speaker

__all__ = ["PARTICIPLE", "VerbReader", "opens_that_only"]

_OF_WHOM: Final = frozenset("من ممن لمن بمن عمن ما مما لما بما عما".split())
_THAT_THEY: Final = ("انه", "انها", "انهم", "انهما")
_SAYING: Final = ("قال", "زعم", "ادعى", "ذكر", "أكد")
_DECLARED: Final = ("حاله", "حظر", "الحداد", "حدادا", "التعبيه", "استقاله", "استقالته", "الطوارئ", "حال", "الاحكام")
_OF_IT: Final = (["عنه"], ["عنها"], ["عنهم"], ["عنهما"])
_SHOWING: Final = ("أظهر", "أثبت", "كشف", "بين", "أبدى", "أبان")  # of deeds as much as of words
_HELD: Final = ("عقد", "القي", "بعث", "وجه", "اصدر", "نشر", "كتب", "اجري", "ارسل", "اعطي")
_SIDES: Final = ("الغرب", "المعارضه", "الادعاء")
_OUTSIDERS: Final = frozenset("محلل محام محامي خبير باحث كاتب ناشط معارض صحفي صحافي مراقب أستاذ مؤرخ حقوقي".split())
_OF_DEEDS: Final = ("وضع", "أدرج", "قدّم", "عرض", "صوّر", "هز", "سوّق", "ربط")  # otherwise no speech at all
_PLEAS: Final = ("طلب", "طلبا", "طلبات", "التماس", "التماسا", "طعن", "طعنا", "الطعن", "استئناف", "الاستئناف")
_ABOUT_WHAT: Final = frozenset(
    "علي ضد بسبب بعد اثر عقب خلال اثناء رفضا احتجاجا ، احتجاجات مظاهرات تظاهرات مسيرات اسعار سعر رفع مكافحه محاربه قانون"
    " من عن".split()
)
PARTICIPLE: Final = Verb("", "verb", "neutral", frozenset(), "participle", "m", False)
_BANNERS: Final = frozenset("لافته لافتات لوحه لوحات يافطه يافطات ملصق ملصقات".split())


def opens_that_only(verb: Verb) -> bool:
    """Whether a verb is one of speech with أن behind a preposition alone: انتهى إلى أن, otherwise to end."""
    return all("_" in word or word == "بان" for word in verb.opens)


class VerbReader(VerbsBehind):
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
            if verb.kind == "relay":
                return self._relay(i, verb)  # نُقل عن فلان
            return None if self._is_sourced(i) else self._hearsay(i, verb)  # وذُكر أن
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
            if tok[i] == "بين":
                return None  # بين الدول الأعضاء: among them
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
        what = tok[after] if after < len(tok) else ""
        if verb.kind == "refuse" and opener != "that" and (what in SILENCE or what in _PLEAS):
            return self._silent(i, verb, subject, governing)  # رفض المتهمون الإجابة عن
        names = verb.kind in ("accuse", "describe") and opener != "noun"
        if subject is not None and names and subject[1] == start:
            match = text.match(*subject)
            if match is not None and match[0] == start - subject[0]:
                subject = None  # اتهمت فيها الأردن بدعم: the one name is the object
        if verb.kind == "accuse" and verb.form == "finite":
            subject = self._agent(i, start, subject) or subject
        inner = self._inner_speaker(i, verb, start, opener) if governing is not None else None
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
            known = opener not in ("noun", "prep") and verb.lemma != "عارض" and self._known_subject(subject)
            known = known or (i == governing.start and subject is not None and self._by_line(governing))
            if not known:
                return None
        relayed = self._relayed_in(after, start) if opener in ("that", "noun", "prep") else None
        who = self._later(partial(self._of_verb, relayed or subject, governing, i, verb))
        top = governing is None or (governing.top if verb.form == "participle" else self._coordinated(i, verb))
        if governing is not None and not top:
            top = i == governing.start and subject is not None and self._by_line(governing)
        end = self._said_until(verb, start, opener)
        if verb.lemma == "حمّل":  # حمّل الشركات المسؤولية واتهمها: what was done next is no part of it
            joined = (t for t in range(start, end) if (v := text.cues.verbs.get(tok[t])) is not None and v.joined)
            end = next(joined, end)
        named = subject is not None or verb.form == "participle" or (verb.joined and i > self.first + 1)
        if verb.kind == "accuse" and opener != "noun" and named:
            led, start = start, self._accused_from(verb, after, start)
            told = self._told_of(after, led)
            if start == led and after < told < led and tok[told].endswith("وا"):  # إرهابيين تدربوا في الخارج بالوقوف
                self.events.append(Event(i, i, verb.lemma, verb.cls, verb.kind, who, after, told, "prep", top=False))
        begun = tok[self.first] == "«" or (before == "،" and not self.events and not verb.joined)
        if opener == "quote" and subject is not None and begun and self._after_quote(i):
            first = Event(i, i, verb.lemma, verb.cls, verb.kind, who, self.first, i, "after", top=False, backward=True)
            self.events.append(first)  # «إن هؤلاء»، قال توكاييف، «لم يأتوا ...»
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, end, opener, top=top)

    def _is_sourced(self, i: int) -> bool:
        """ذُكر أن ...، بحسب الوزارة: whether a source is named behind the words of a passive."""
        text, tok = self.text, self.tok
        return any(
            tok[t - 1] == "،" and (text.at("source", t, self.end) or text.at("as", t, self.end))
            for t in range(i + 2, self.end)
        )

    def _inner_speaker(self, i: int, verb: Verb, start: int, opener: str) -> tuple[int, int] | None:
        """Who speaks by a verb that stands in what somebody else says."""
        text, tok = self.text, self.tok
        therein = i + 1 < len(tok) and (tok[i + 1] in INSIDE or tok[i + 1] in DURING) and not verb.joined
        if therein and (inner := self._clause_head(i) or self._of_message(i)) is not None:
            first, last = inner
            last = next((u for u in range(first + 1, last) if tok[u] in _HELD), last)  # الوزير عقد مؤتمرا أعلن فيه
            if self._is_person(self._resolve(first, last)):
                return first, last  # قال وانغ إن الرئيس بعث برسالة أكد فيها
        told = opener in ("that", "quote", "colon") and verb.kind != "refuse"  # أكد أن الصين ترفض أن تدبر: his words
        told = told or verb.lemma == "أطلع"
        if told and verb.form == "finite" and not verb.joined and verb.lemma not in _SHOWING:
            inner = self._inner_subject(i) or self._of_message(i)
            if inner is not None:
                return inner
        if verb.kind in ("refuse", "deny"):
            inner = self._inner_subject(i)  # ذكرت المصادر أن الوزير رفض وصف الأحداث بـ; not أكد أن الصين ترفض
            called = verb.kind == "deny" or any(text.is_kind(u, "told_as") for u in range(i + 1, min(i + 3, self.end)))
            other = inner is not None and called and self._is_other_side(i, inner)
            if inner is not None and (other or text.is_kind(inner[0], "person_head")):
                return inner
        if verb.kind == "accuse" and verb.form == "finite" and not verb.joined:
            inner = self._inner_subject(i)
            if inner is not None and self._is_other_side(i, inner):
                return inner  # قال المحامي إن النيابة تتهم موكله
        if i + 1 < len(tok) and tok[i + 1] in ("له", "لها", "لهم") and (inner := self._clause_head(i)) is not None:
            return inner
        tells = opener in ("colon", "quote") or (start < self.end and tok[start] in THAT)
        if tells and i > self.first and tok[i - 1] == "اذ" and verb.form == "finite":
            inner = self._clause_head(i)  # أضافت أن رحمن قلق، إذ حذر من أن; not أضاف أن الناتو قلق، إذ حذر
            if inner is not None and self._is_person(self._resolve(*inner)):
                return inner
        return self._but_other(i)

    def _is_other_side(self, i: int, inner: tuple[int, int]) -> bool:
        """قال المحلل إن الحكومة نفت: whether a body or country speaks of which the one who tells it is no official."""
        governing = self._in_scope(i)
        match, side = self.text.match(*inner), self.tok[inner[0]] in _SIDES
        body = self.text.is_kind(inner[0], "institution_head") or (match is not None and match[1].kind == "country")
        body = body or side
        if governing is None or not body:
            return False
        teller = governing.speaker
        words = teller.text.split()
        if teller.kind == "unknown":
            return bool(words) and words[0].lstrip("وف").removeprefix("ال").rstrip("ةون") in _OUTSIDERS
        if side:
            return True  # قال لافروف إن الغرب يرفض وصف
        if match is None or not match[1].country or not teller.names:
            return False
        own = next((a.country for _, _, a in self.text.named() if a.name == teller.names[0]), "")
        return own not in ("", match[1].country)  # قال لافروف إن واشنطن ترفض; not وانغ يي إن الصين ترفض

    def _said_until(self, verb: Verb, start: int, opener: str) -> int:
        """Where what a verb opens ends."""
        tok, end = self.tok, self._scope_end(start, opener)
        if verb.lemma in ("برر", "وضع") and opener == "prep":  # بررت موسكو تدخلها بالإرهاب، وطالت غاراتها
            end = next((t for t in range(start + 1, end - 1) if tok[t] == "،"), end)
        if opener == "prep" and verb.cls == "appeal":  # دعا إلى التهدئة بعد احتجاجات على الأسعار
            end = next((t for t in range(start + 1, end) if self.text.at("circumstance", t, end)), end)
        if opener == "noun" and start < end and tok[start] in _DECLARED:
            end = next((t for t in range(start + 1, end) if self._is_around(t)), end)
        return end

    def _accused_from(self, verb: Verb, after: int, start: int) -> int:
        """اتهم الرئيس عصابات إرهابية بالهجوم: the accused are named in the accuser's words; not محتجين خرجوا بسبب الأسعار."""
        after += 2 * (self.tok[after] == "من" and after + 2 < start)  # اتهم سائق من ألماتي إرهابيين
        if verb.lemma == "حمّل" or self._told_of(after, start) == start:
            return after
        return start

    def _told_of(self, after: int, start: int) -> int:
        """Where what is told of the accused starts, if it is before `start`: محتجين خرجوا بسبب."""
        told = (
            t
            for t in range(after, start - 1)
            if self.tok[t] in WHO or self.tok[t] in _ABOUT_WHAT or self.tok[t].endswith("وا")
        )
        return next(told, start)

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
        where = verb.lemma == "تردد" and i + 3 < self.end and self.tok[i + 1] == "في" and self.tok[i + 3] in THAT
        start += 2 * where  # يتردد في الشارع أن
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
        if opened is None and subject is not None and verb.lemma in ("صنف", "سمى") and not self._is_negated(i):
            what = self._called_what(after)
            return (what, "noun") if what else None
        if opened is None and verb.lemma == "اتهم" and after < self.end and tok[after].isalpha():
            ahead = self._subject_before(i) if subject is None else subject  # بوتين يتهم إرهابيين
            known = isinstance(ahead, tuple) and (tok[ahead[0]].startswith("ال") or text.match(*ahead) is not None)
            if not known and subject is None and verb.joined and i > self.first + 1 and tok[i - 1] != "،":
                main = self.main_subject(i)  # الرئيس يقيل وزير الدفاع ويتهم إرهابيين
                known = main is not None and main.gender == verb.gender and self._is_person(main)
            opened = (after, "noun") if known else None
        if opened is not None and verb.lemma in ("أطلق", "استخدم") and not self._names(i, verb, subject, opened[0]):
            return None
        return opened

    def _names(self, i: int, verb: Verb, subject: tuple[int, int] | None, start: int) -> bool:
        """أطلق الرئيس على المحتجين اسم، استخدم كلمة: not يطلق المصطلح على, يستخدم المسؤولون عادة مصطلح."""
        if subject is None or start > i + 12 or self.tok[start : start + 1] in (["السر"], ["المرور"], ["الشرف"]):
            return False
        if any(w.endswith(("عمليه", "حمله", "خطه", "مبادره", "مشروع")) for w in self.tok[i + 1 : start]):
            return False  # أطلق الجيش على العملية اسم «عقاب»
        if verb.lemma == "استخدم":
            return self.tok[i].lstrip("وف")[0] not in "يت"
        return any(w.startswith("علي") for w in self.tok[i + 1 : start - 1])

    def _called_what(self, t: int) -> int:
        """سمى الرئيس المحتجين إرهابيين: where what others are called starts, behind them (0: they are not named)."""
        first = t
        while t < min(first + 6, self.end) and (self.tok[t].startswith("ال") or self.tok[t] in PREPOSITIONS):
            t += 1
        definite = first < t < self.end and self.tok[first].startswith("ال")
        named = definite and self.tok[t].isalpha() and self.tok[t][0] not in "بلو"
        return t if named and self.tok[t - 1] not in PREPOSITIONS else 0  # not صنفت النيابة القضية ضمن قضايا

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
        if subject is None or governing is not None or verb.form != "finite" or verb.lemma in _OF_DEEDS:
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
