"""Reporting verbs: which words are one here, what they open, and who is their subject."""

from __future__ import annotations

from functools import partial
from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._openers import MASDARS, WHO
from kzanalytics._other_verbs import AS_NEXT, OtherVerbs
from kzanalytics._subjects import ends_alias
from kzanalytics.cues import Verb
from kzanalytics.speakers import Speaker

__all__ = ["PARTICIPLE", "VerbReader"]

_DECLARED: Final = ("حاله", "حظر", "الحداد", "حدادا", "التعبيه", "استقاله", "استقالته", "الطوارئ", "حال", "الاحكام")
_OF_IT: Final = (["عنه"], ["عنها"], ["عنهم"], ["عنهما"])
_OFTEN: Final = ("كثيرا", "غالبا", "عاده", "نادرا")  # كثيرا ما يصف
_WAS: Final = frozenset("كان كانت كانوا وكان وكانت وكانوا".split())
_IMPERSONAL: Final = (
    ("لاحظ", "يلاحظ"),
    ("بين", "تبين"),
    ("بين", "يتبين"),
    ("أظهر", "يظهر"),
)  # it is noticed, it turns out
_SHOWING: Final = ("أظهر", "أثبت", "كشف", "بين", "أبدى", "أبان")  # of deeds as much as of words
_NAMING: Final = ("نشر", "ذكر", "كشف", "افصاح", "اعلان", "تسميته", "تسميتها")
PARTICIPLE: Final = Verb("", "verb", "neutral", frozenset(), "participle", "m", False)


class VerbReader(OtherVerbs):
    """Finds the events of verbs."""

    def _verb_event(self, i: int, verb: Verb) -> Event | None:
        text, tok = self.text, self.tok
        before = tok[i - 1] if i > self.first else ""
        if verb.person == 1 or text.is_family_name(i):
            return None
        ending = text.text[text.end[i] - 2 : text.end[i]]
        if (verb.form == "object" and ending[-1] == "ة") or (verb.form == "finite" and "ً" in ending):
            return None  # إضافة إلى أنه is no أضافه, خوفاً no verb
        if verb.form == "object":
            return self._object_verb(i, verb)
        spelled = text.text[text.start[i] + verb.joined : text.end[i]].lstrip("\u064b\u064e\u064f\u0650\u0652")
        present = spelled[:1] in ("ي", "ت", "ن")
        if spelled[1:2] == "\u064f" and (
            spelled.endswith("ى") if present else verb.lemma[0] != "أ" or spelled[0] == "أ"
        ):
            return None  # تُروى، أُعلن: by nobody who is named; يُحذر is active
        if spelled[0] == "ل" and verb.lemma[0] != "ل" and verb.lemma not in ("قال", "تحدث"):
            return None  # عاد ليتحدث عن; not ليعلن انتصاره
        nobody = next((t for t in range(i - 1, max(self.first, i - 6), -1) if tok[t] == "احد"), 0)
        if nobody and "،" not in tok[nobody:i] and (nobody == i - 1 or tok[nobody - 1] in ("يكن", "يعد")):
            return None  # لم يعد أحد يتحدث عن، لم يكن أحد في المدينة يتوقع
        if verb.lemma == "نظر" and tok[i + 1 : i + 2] and tok[i + 1] in ("اليه", "اليها", "اليهم"):
            return None  # كان ينظر إليه على أنه: by nobody who is named
        if before in PREPOSITIONS and verb.form == "finite" and not verb.joined and verb.kind != "describe":
            return None
        if tok[i] in text.cues.words.get("mostly_noun", {}) and verb.form == "finite" and not self._clause_initial(i):
            return None
        if before in ("لمن", "ممن", "كمن", "بمن", "فمن") or (
            before == "قد" and i - 2 >= self.first and tok[i - 2] in AS_NEXT
        ):
            return None
        if text.at("background", i, self.end) or (
            before in AS_NEXT and verb.kind == "describe" and (i < 2 or tok[i - 2].lstrip("و") not in _OFTEN)
        ):
            return None
        negated = before in text.cues.words.get("negator", {}) or (before == "قد" and self._never_had(i))
        if negated and verb.cls not in ("belief", "denial") and not self._excepted(i):
            return None
        if verb.lemma == "تحدث" and before in text.cues.words.get("relative", {}) and tok[i + 1 : i + 2] in _OF_IT:
            return self._spoken_of(i, i + 2, verb)
        if verb.kind == "relay":
            return self._relay(i, verb)
        if verb.kind == "hearsay":  # قيل إن: nobody is named, and nobody named before is meant
            start = i + 1 + (i + 2 < self.end and tok[i + 1][0] == "ل" and len(tok[i + 1]) > 1)  # قيل للناس إن
            told = start < self.end and tok[start] in THAT and self._in_scope(i) is None
            end = self._scope_end(start, "that")
            return Event(i, i, verb.lemma, verb.cls, verb.kind, Speaker(), start, end, "that") if told else None
        if tok[i + 1 : i + 2] == ["عدم"] and tok[i + 2 : i + 3] and tok[i + 2].removeprefix("ال") in _NAMING:
            return None  # طلب عدم نشر اسمه
        ahead = tok[max(self.first, i - 4) : i]
        if not verb.joined and "اذا" in ahead and "،" not in ahead[ahead.index("اذا") :]:
            return None  # سئل عما إذا كانت الصين تعتبر: asked, not said
        governing = self._in_scope(i)
        subject: tuple[int, int] | str | None = None
        if (
            verb.lemma[0] == "ا"
            and text.text[text.start[i] + verb.joined] == "أ"
            and self._subject_after(i + 1, verb) is None
        ):
            return None  # أعتقد, not اعتقد: I believe
        topic = self._topic(i, verb)
        if verb.form == "finite" and not topic and not self._behind_subject(i):
            subject = self._subject_after(i + 1, verb)
            if subject and verb.kind in ("accuse", "verb") and self._is_object(i, subject, verb):
                subject = None
            if subject and verb.kind == "describe" and self._are_called(subject):
                subject = None
            if verb.kind == "describe" and before in WHO and not self._disagrees(i - 1, verb):
                subject = None  # الرئيس الذي وصف المحتجين بـ: they are the object
        if isinstance(subject, tuple) and not verb.joined and not text.is_head(subject[0], self.end):
            ahead_of = self._subject_before(i)
            if isinstance(ahead_of, tuple) and ahead_of[1] == i and text.is_head(ahead_of[0], i):
                subject = ahead_of  # الباحث في المعهد فلان يستبعد المقارنة: ...
        if isinstance(subject, tuple) and verb.kind != "describe" and self._is_thing(*subject):
            return None
        if isinstance(subject, tuple) and (self._is_byline(i, verb, subject[1]) or self._is_own_text(subject[0])):
            return None
        if tok[i] in MASDARS:  # mostly the noun: حول وصف نتنياهو ما حدث بـ، رفضت وصف المتظاهرين بـ
            if any(e.kind in ("deny", "refuse") and e.first < i < max(e.end, e.start + 1) for e in self.events):
                return None
            named = isinstance(subject, tuple) and text.is_head(subject[0], self.end)
            if not named and not self._clause_initial(i):
                return None
        after = subject[1] if isinstance(subject, tuple) else i + 1
        addressed = after < self.end and (to := text.match(after, self.end)) is not None and to[1].role == "counterpart"
        opened = self._opener(after, verb, subject is not None or addressed)
        told = self._after_quote(i) and not verb.joined and tok[i + 2 : i + 3] == ["،"]
        if opened is not None and opened[1] == "noun" and told:
            opened = None  # «...»، تقول فلانة، وهي أم لشاب قتل
        counted = verb.lemma == "عدّ" or tok[i] in ("وعد", "وعدت")
        if counted and opened is None and isinstance(subject, tuple) and text.is_head(subject[0], self.end):
            opened = (after, "noun")  # عدت الوزارة التنظيمات تقنينا: considered
        if opened is None:
            return self._postposed(i, verb, subject) or self._silent(i, verb, subject, governing)
        start, opener = opened
        if verb.lemma == "زاد" and opener == "that" and start > (subject[1] if isinstance(subject, tuple) else i + 1):
            return None  # زاد الطلب ... أن: it grew
        if verb.lemma == "أجمع" and opener == "prep" and start > i + 4:
            return None  # تجمع مئات من السائقين احتجاجا على
        if verb.lemma == "رأى" and opener == "noun" and not any(w[:2] in ("في", "ان") for w in tok[i + 1 : start + 4]):
            return None  # يرى العالم من نافذة: sees, not holds
        if verb.lemma == "ذهب" and tok[start - 1] != "الي":
            return None
        if (
            verb.lemma == "طلب"
            and opener == "noun"
            and not (isinstance(subject, tuple) and text.is_head(subject[0], start))
        ):
            return None
        if verb.form == "participle" and opener == "prep" and "،" in tok[i + 1 : start]:
            return None  # مقرا لإقامته، يرتبط بـ: another word
        if verb.lemma == "جدد" and opener == "noun" and not self._renews(after, start):
            return None  # جددت المليشيا استهدافها
        if opener == "prep" and start < self.end and tok[start].lstrip("ب") in ("ذلك", "هذا", "ه", "ها"):
            return None  # طالب بذلك: what it is, is not said here
        if subject is None and opener == "that" and i > self.first + 1 and start > i + 8 and "،" in tok[i + 2 : start]:
            return None  # the complement of another word
        if subject is None and opener == "that" and (verb.lemma, tok[i].lstrip("وف")) in _IMPERSONAL:
            return None
        if subject is None and verb.form == "finite" and tok[i].lstrip("وف")[:1] in "يت":
            if opener == "noun" and verb.lemma in ("اعتبر", "عدّ", "رأى"):
                return None  # passive: is considered
            if opener == "prep" and tok[i + 1].startswith("ال") and not text.at("adverb", i + 1, self.end):
                return None  # its subject is a thing
        if subject is None and opener in ("that", "prep") and i + 1 < self.end:
            definite = tok[i + 1].startswith("ال") or tok[i + 1] in ("كل", "هذه", "جميع", "معظم", "تلك", "هذا")
            if definite and self._is_thing(i + 1, min(i + 5, self.end)):
                return None
        named = isinstance(subject, tuple) and verb.joined
        if isinstance(subject, tuple) and verb.lemma == "بين":
            named = named and text.is_head(subject[0], self.end)
        aside = (
            verb.lemma == "عبّر"
            and tok[after : after + 1] == ["،"]
            and isinstance(subject, tuple)
            and "،" in tok[start - 2 : start]
        )
        if verb.lemma in ("بين", "عبّر") and start > after + 6 and not (named or aside or self._after_discourse(i)):
            return None
        if verb.form == "participle" and self._is_adjective(i, before) and (opener != "that" or start > i + 1):
            return None
        if verb.kind in ("accuse", "describe") and start <= i + 1 and opener != "quote" and verb.form == "finite":
            return None  # passive: accused of, known for
        if verb.kind == "accuse" and verb.form == "participle" and opener in ("quote", "prep") and start <= i + 1:
            return None  # متهمين «بتشكيل ...»، متهمين بأعمال شغب
        if isinstance(subject, tuple) and verb.kind in ("accuse", "describe") and subject[1] == start:
            match = text.match(*subject)
            if match is not None and match[0] == start - subject[0]:
                subject = None  # اتهمت فيها الأردن بدعم: the one name is the object
        told = governing is not None and verb.form == "finite" and not verb.joined and opener in ("that", "quote")
        inner = self._inner_subject(i) if told and verb.lemma not in _SHOWING else None
        if inner is not None and self._is_thing(*inner):
            return None  # قال إن معلومات بلاده تفيد بأن: still his words
        if inner is not None:
            subject = inner
        elif subject is None and verb.form == "finite":
            found = topic or self._subject_before(i)
            if found == "thing" or (found is None and before in WHO and opener in ("prep", "noun")):
                return None
            by_agency = governing is not None and isinstance(found, tuple) and self._by_line(governing)
            if governing is not None and not by_agency and not self._coordinated(i, verb):
                return None
            if isinstance(found, tuple) and (topic or governing is None or by_agency or self._new_clause(i)):
                subject = found
        elif governing is not None and verb.form == "finite" and not self._coordinated(i, verb):
            known = opener not in ("noun", "prep") and self._known_subject(subject)
            known = known or (i == governing.start and isinstance(subject, tuple) and self._by_line(governing))
            if not known:
                return None
        relayed = self._relayed_in(after, start) if opener in ("that", "noun", "prep") else None

        who = self._later(partial(self._of_verb, relayed or subject, governing, i, verb))
        top = governing is None or self._coordinated(i, verb) or verb.form == "participle"
        end = self._scope_end(start, opener)
        if opener == "noun" and start < end and tok[start] in _DECLARED:
            end = next((t for t in range(start + 1, end) if self._is_around(t)), end)
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, end, opener, top=top)

    def _is_around(self, t: int) -> bool:
        """أعلن حالة الطوارئ على خلفية احتجاجات: what surrounds a deed that is done by words is the outlet's."""
        return bool(self.text.at("circumstance", t, self.end)) or self.tok[t] in AND_THAT

    def _by_line(self, governing: Event) -> bool:
        """«المدار»: يرى الباحث فلان أن: a line or an agency gives what another says."""
        return governing.speaker.kind == "media" or (
            governing.kind == "headline" and governing.speaker.kind != "person"
        )

    def _excepted(self, i: int) -> bool:
        """Whether a negation is taken back: لا يتحدث إلا عن; not لم يعلن شيئا إلا أن."""
        for t in range(i + 1, min(i + 10, self.end - 1)):
            if self.tok[t] == "الا":
                return self.tok[t + 1] not in THAT
            if self.tok[t] == "،":
                return False
        return False

    def _silent(
        self, i: int, verb: Verb, subject: tuple[int, int] | str | None, governing: Event | None
    ) -> Event | None:
        """A verb with a subject whose words are not told: نفى المعارض الرواية. He may speak in the next sentence."""
        if not isinstance(subject, tuple) or governing is not None or verb.form != "finite":
            return None
        if (
            verb.kind not in ("verb", "deny", "refuse")
            or verb.cls == "belief"
            or not self.text.is_head(subject[0], subject[1])
        ):
            return None
        who = self._later(partial(self._of_verb, subject, None, i, verb))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, i, i, "silent")

    def _renews(self, first: int, last: int) -> bool:
        """Whether what is renewed are words: جدد الوزير التأكيد على."""
        return any(self.text.is_kind(t, "renewed") for t in range(first, min(last + 1, self.end)))

    def _can_be_name(self, t: int) -> bool:
        """Whether a word behind «...»، تقول can be whoever says it, and nothing else that is known."""
        if t >= self.end or not self.tok[t].isalpha() or len(self.tok[t]) < 3 or self.tok[t] in self.text.cues.verbs:
            return False
        named = not self.text.starts_cue(t) or self.text.is_kind(t, "first_name")
        named = named or (self.tok[t + 1 : t + 2] == ["،"] and self.tok[t + 2 : t + 3] in (["وهو"], ["وهي"]))
        return named and self.tok[t] not in PREPOSITIONS

    def _behind_subject(self, i: int) -> bool:
        """Whether a pluperfect has its subject in the middle: كان الرئيس قد وصف المحتجين."""
        tok = self.tok
        if tok[i - 1] in ("كان", "كانت") and i - 2 > self.first:
            return any(text_end == i - 1 for text_end in self._head_ends(i - 1))  # المستشار فلان كان وصف
        if i - 3 < self.first or tok[i - 1] != "قد":
            return False
        for t in range(i - 3, max(self.first, i - 12) - 1, -1):
            if tok[t] in _WAS:
                return self.text.is_head(t + 1, i)
            if (tok[t] == "،" and tok[i - 2] != "،") or tok[t] in self.text.cues.verbs:
                return False
        return False

    def _head_ends(self, i: int) -> list[int]:
        """Where the phrases that name somebody end, in front of a token."""
        return [self.text.phrase_end(t, i) for t in range(max(self.first, i - 8), i) if self.text.is_head(t, i)]

    def _is_adjective(self, i: int, before: str) -> bool:
        """Whether a feminine participle goes with the indefinite word before it: بيئة مؤيدة لهم."""
        if before == "غير":
            return True
        plural = before.endswith(("ه", "ات"))
        if not (self.tok[i].endswith("ه") and plural and len(before) > 3) or before.startswith("ال"):
            return False
        return before not in self.text.cues.verbs and not self.text.is_kind(i - 1, "institution_head")

    def _after_discourse(self, i: int) -> bool:
        """Whether a verb follows من جهته، or its like, with which a sentence starts."""
        first = next((t for t in range(self.first, i) if self.tok[t][0].isalpha()), i)
        n = self.text.at("discourse", first, i)
        return bool(n) and i - first - n == (self.tok[i - 1] == "،")

    def _never_had(self, i: int) -> bool:
        """Whether a verb is a negated pluperfect: لم يكن الشاب قد أبدى."""
        return any(
            self.tok[t] in ("يكن", "تكن", "يكونوا") and self.tok[t - 1].endswith("لم")
            for t in range(i - 2, max(self.first, i - 6), -1)
        )

    def _clause_initial(self, i: int) -> bool:
        """Whether a word that is also a noun stands where a verb can."""
        text, tok = self.text, self.tok
        if i == self.first or tok[i][0] in "يت" or self._in_statement(i):
            return True
        before = tok[i - 1]
        verb = text.cues.verbs.get(tok[i])
        if verb is not None and verb.joined:
            return True
        if not before[0].isalpha() or text.at("discourse", i - 1, i) or text.at("adverb", i - 1, i):
            return True
        if before in text.cues.words.get("relative", {}) or before in AS_NEXT or text.at("clause", i - 1, i):
            return True
        return before in ("كما", "حيث", "ثم", "متصل", "ذلك", "حين", "الذي", "جهته", "جانبه", "ناحيته") or ends_alias(
            text, self.first, i
        )

    def _coordinated(self, i: int, verb: Verb) -> bool:
        """Whether a verb inside of what is said stands beside the first one, not under it."""
        if verb.form == "participle":
            return True
        tok = self.tok
        if verb.joined and tok[i][1] not in "يتن":
            return True
        if i - 1 >= self.first and tok[i - 1] in ("كما", "وقد", "وكان", "وكانت", "،", "اذ") and tok[i][0] not in "يتن":
            return True
        if tok[i - 1] in ("جهته", "جهتها", "جانبه", "جانبها", "بدوره", "بدورها") or tok[i - 1] == "؛":
            return True
        return self._new_clause(i)

    def _is_object(self, i: int, subject: tuple[int, int], verb: Verb) -> bool:
        """Whether the phrase behind اتهم، طالب، دعا is whom they address, the subject being elsewhere."""
        if verb.lemma not in (
            "اتهم",
            "طالب",
            "دعا",
            "ناشد",
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
        found = self._subject_before(i)
        return isinstance(found, tuple)

    def _is_byline(self, i: int, verb: Verb, end: int) -> bool:
        """كتب فلان: on a line of its own in front of an article."""
        return verb.lemma == "كتب" and i == 0 and self.tok[end : end + 2] == [":", "\n"]

    def _is_own_text(self, t: int) -> bool:
        """ترى هذه الورقة أن: who writes speaks."""
        return self.tok[t] in ("هذه", "هذا") and self.tok[t + 1 : t + 2] != [] and self.text.is_kind(t + 1, "own_text")

    def _are_called(self, subject: tuple[int, int]) -> bool:
        """ووصف المهاجمين بأنهم: a plural in ين behind the verb is its object."""
        t, end = subject
        plural = end == t + 1 < self.end and self.tok[t].startswith("ال") and self.tok[t].endswith("ين")
        return plural and self.tok[end][0] == "ب" and self.text.match(t, end) is None

    def _after_quote(self, i: int) -> bool:
        """Whether a word stands behind the closing mark of a quotation."""
        if i - 1 <= self.first:
            return False
        return self.tok[i - 1] == "»" or (self.tok[i - 1] == "،" and self.tok[i - 2] == "»")

    def _postposed(self, i: int, verb: Verb, subject: tuple[int, int] | str | None) -> Event | None:
        """A verb behind what is said: «...»، قال بوتين."""
        if verb.form != "finite" or i - 1 <= self.first:
            return None
        before, quoted = self.tok[i - 1], self._after_quote(i)
        if subject is None and quoted and not verb.joined and self._can_be_name(i + 1):
            end = self.text.phrase_end(i + 1, self.end)  # «...»، تقول مكبالة
            subject = (i + 1, min(end, i + 4))
        if subject is None and quoted and not verb.joined and self.tok[i + 1 : i + 2] in (["."], ["،"]):
            carried = self._later(partial(self._implied, i, verb))  # «...»، يقول.
            start = self._clause_start(i)
            return Event(i, i, verb.lemma, verb.cls, verb.kind, carried, start, i, "after", backward=True)
        if not isinstance(subject, tuple):
            return None
        says = verb.lemma in ("قال", "أكد", "أضاف", "أوضح", "ذكر", "كتب", "أعلن", "تابع", "صرح")
        if before == "،" and says and not verb.joined and subject[1] < self.end and self.tok[subject[1]] == "،":
            stop = self._scope_end(subject[1] + 1, "that")  # منذ ذلك العام، يكتب المحلل، تغير كل شيء
            who, first = self._resolve(*subject), self._clause_start(i)
            return Event(i, i, verb.lemma, verb.cls, verb.kind, who, first, stop, "after", backward=True)
        if not (quoted or (before == "،" and says and subject[1] >= self.end - 6)):
            return None
        speaker = self._resolve(*subject)
        start = self._clause_start(i)
        return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, start, i, "after", backward=True)
