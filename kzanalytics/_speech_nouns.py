"""Nouns that open speech: قوله إن، في بيان:، حديث موسكو عن، في نظر السلطات."""

from __future__ import annotations

from functools import partial
from typing import Final

from kzanalytics._clause_scope import NEGATORS
from kzanalytics._events import Event
from kzanalytics._newstext import AND_THAT, NOT_THAT, PREPOSITIONS, THAT
from kzanalytics._openers import WHO
from kzanalytics._reporting_verbs import PARTICIPLE, VerbReader
from kzanalytics._subjects_before import ISSUED
from kzanalytics.speakers import Speaker

__all__ = ["NounReader"]


_LEADING: Final = ("من", "علي", "الي", "في", "عن")  # تحذيره من أن، إصراره على أن
_SAID: Final = frozenset("هذا هذه هي هو هم نحن لا لن لسنا ليس ليست لم كل ما كلا نعم".split())
_POINTS: Final = ("وجه", "يوجه", "توجه", "رفع", "صوب", "جه")  # وجه without its و is جه
_ACCOUNTS: Final = ("الرواي", "القراء", "الحسابات", "السردي", "النظر", "الخطاب", "العقيد", "التفسير")
_TALES: Final = ("رواي", "سردي")
_GOES_ON: Final = frozenset("يتردد تتردد يتوقف تتوقف يكف تكف تردد توقف".split()) | frozenset(
    "عاد عادت يعود تعود واصل واصلت يواصل كرر كررت يكرر اكتفى اكتفي اكتفت استمر يستمر سارع سارعت".split()
)
_RAISING: Final = ("رفع", "رفعت", "رفعوا", "يرفع", "ترفع", "ردد", "رددت", "رددوا", "حمل", "حملت", "حملوا", "اطلقوا")
_AMONG: Final = ("في", "لدي", "بين", "عند", "داخل")
_SENT: Final = frozenset(
    "بعث بعثت بعثها ارسلها ارسله ارسلتها وجهها وجهه وجهتها نشرها نشره نشرته نشرتها اصدره اصدرها اصدرته القاها القاه"
    " كتبها كتبه".split()
)


class NounReader(VerbReader):
    """Finds the events of nouns."""

    def _noun_event(self, i: int) -> Event | None:
        """قوله إن، في بيان:، تصريحات ... «...»: a noun that opens speech."""
        text, tok = self.text, self.tok
        if text.at("says_noun", i, self.end) or text.is_kind(i, "says_noun"):
            if tok[i] in ("القول", "قوله") and i - 1 >= self.first and self._impersonal(i):
                return None
            for t in range(i + 1, min(i + 3, self.end)):
                if tok[t] in THAT or tok[t] == ":" or t in self.quotes:
                    if tok[i].endswith("القول") and i <= self.first + 1 and tok[t] in THAT:
                        return None  # القول بأنها ثورة تبسيط: whoever says so
                    opener = "colon" if tok[t] == ":" else "quote" if t in self.quotes else "that"
                    start = t + (tok[t] == ":")
                    governing = self._in_scope(i)
                    setting = self._setting_about(i) if governing is None else None
                    who = self._later(partial(self._of_verb, setting, governing, i, PARTICIPLE))
                    return Event(i, i, "قول", "neutral", "noun", who, start, self._scope_end(start, opener), opener)
            return None
        if self._in_scope(i) or any(e.first < i < e.start for e in self.events):
            return None
        if text.is_kind(i, "says_noun_that") or (text.is_kind(i, "gist") and self._of_speech(i)):
            that = i + 1 + (tok[i + 1 : i + 2] != [] and tok[i + 1] in _LEADING)
            if that < self.end and tok[that] in THAT:
                who = self._later(partial(self._implied, i, PARTICIPLE))
                return Event(i, i, "تأكيد", "neutral", "noun", who, that, self._scope_end(that, "that"), "that")
        if text.is_kind(i, "view") and (event := self._view(i)):
            return event
        if event := self._charges(i) or self._warning(i):
            return event
        talk = text.is_kind(i, "talk") and i + 1 < self.end and text.is_head(i + 1, self.end)
        if talk and ((event := self._talk(i)) or not text.is_kind(i, "answer")):
            return event
        if i + 2 < self.end and text.is_kind(i, "talk") and (country := text.actors.nationality.get("ال" + tok[i + 1])):
            return self._talk_of_country(i, country)
        if text.is_kind(i, "own_talk") and (event := self._own_talk(i)):
            return event
        if text.is_kind(i, "accusing_finger") and tok[i + 1 : i + 2] in (["الاتهام"], ["اتهام"]):
            return self._pointed(i)
        if event := self._held(i) or self._set_about(i) or self._answer(i):
            return event
        led = i + 1 < self.end and tok[i + 1] in THAT and text.is_kind(i, "notice")  # إخطار بأن
        document = text.is_kind(i, "document") and (led or self._is_stated(i))
        if not document and not text.is_kind(i, "speech_noun"):
            return None
        end = text.phrase_end(i, self.end) if text.match(i, self.end) is None else i
        t = max(end, i + 1)
        speaker = Speaker()
        sent = next((u for u in range(i + 1, min(i + 4, self.end - 2)) if tok[u] in _SENT), 0)
        sender = sent + 1 + (tok[sent + 1 : sent + 2] in (["بها"], ["به"]))
        if sent and text.is_head(sender, self.end):
            t = text.phrase_end(sender, self.end)  # برقية بعث بها بوتين إلى
            speaker = self._resolve(sender, t)
        while t < min(i + 22, self.end):
            token = tok[t]
            if token == ":" or (token in THAT and t <= i + 16 and tok[t - 1] not in NOT_THAT):
                break
            if document and token in AND_THAT and tok[t - 1] == "،":
                break
            if token == "،" and t + 1 < self.end and tok[t + 1] in WHO and "،" in tok[t + 1 : self.end]:
                t = tok.index("،", t + 1) + 1  # لائحة الاتهام، التي نشر القضاء ملخصا لها، أن
                continue
            if t in self.quotes and self.quotes[t].n_words > 4:
                break
            if token in text.cues.verbs and text.cues.verbs[token].form != "object":
                return None
            if token in ("عن", "ل", "من") or token[0] == "ل":
                u = t if token[0] == "ل" and len(token) > 1 else t + 1
                if not speaker.names and u < self.end and text.is_head(u, self.end) and not self._media_next(u):
                    speaker = self._resolve(u, text.phrase_end(u, self.end))
            t += 1
        else:
            return None
        if tok[t] == ":" and i == self.first and t <= i + 2 and text.is_kind(i, "genre"):
            return None  # تقرير إخباري: ...
        if not speaker.names and end > i + 1 and text.is_head(i + 1, end):
            speaker = self._resolve(i + 1, end)
        opener = "colon" if tok[t] == ":" else "quote" if t in self.quotes else "that"
        if not speaker.names and (issuer := self._issuer(i)) is not None:
            speaker = self._resolve(*issuer)
        if not speaker.names:
            speaker = self._resolve(i, max(end, i + 1)) if document else self._implied(i, PARTICIPLE)
        start = t + (tok[t] == ":")
        return Event(i, i, "بيان", "source", "noun", speaker, start, self._scope_end(start, opener), opener)

    def _issuer(self, i: int) -> tuple[int, int] | None:
        """صدر عن توكاييف تصريح مفاده أن: by whom what is told was issued."""
        for t in range(i - 2, max(self.first, i - 10), -1):
            if self.tok[t] == "عن" and self.tok[t - 1].lstrip("وف") in ISSUED:
                named = self.text.is_head(t + 1, i) and self.text.phrase_end(t + 1, i) == i
                return (t + 1, i) if named else None
        return None

    def _of_speech(self, i: int) -> bool:
        """Whether a noun of speech stands in front: رواية مفادها أن; not قاعدة مفادها أن."""
        kinds = map(self.text.cues.kinds, self.tok[max(self.first, i - 10) : i])
        return any(
            not found.isdisjoint(("answer", "speech_noun", "belief_noun", "document", "talk")) for found in kinds
        )

    def _talk(self, i: int) -> Event | None:
        """حديث موسكو عن ثورة: somebody's talk of something, to the end of the phrase."""
        end = self.text.phrase_end(i + 1, self.end)
        if end + 1 >= self.end:
            return None
        that = end if self.tok[end] in THAT else end + 1
        if self.tok[that] in THAT and (that == end or self.tok[end] == "علي"):  # إصرار موسكو على أن
            who = self._resolve(i + 1, end)
            return Event(i, i, "حديث", "neutral", "noun", who, that, self._scope_end(that, "that"), "that", top=False)
        if self._is_doubted(i):
            return None
        warned = self.tok[end] == "من" and "تحذير" in self.tok[i]  # تحذيرات موسكو من ثورة
        if not (self.tok[end] in ("عن", "حول", "بشان") or warned):
            return None
        stop = end + 1
        while stop < self.end and not self._parts(stop):
            stop += 1
        speaker = self._resolve(i + 1, end)
        return Event(i, i, "حديث", "neutral", "noun", speaker, end + 1, stop, "prep", top=False)

    def _pointed(self, i: int) -> Event | None:
        """وجه الرئيس أصابع الاتهام إلى: who points at whom, and nobody where it is a passive."""
        tok = self.tok
        verb = next(
            (t for t in range(i - 1, max(self.first - 1, i - 9), -1) if tok[t].lstrip("وف").startswith(_POINTS)), -1
        )
        start = next((t + 1 for t in range(i + 2, min(i + 5, self.end - 1)) if tok[t] in ("الي", "نحو", "صوب")), 0)
        if verb < 0 or not start:
            return None
        named = self.text.is_head(verb + 1, i) if verb + 1 < i else False
        subject = (verb + 1, self.text.phrase_end(verb + 1, i)) if named else None
        told = any(w in self.text.cues.words.get("relative", {}) for w in tok[max(self.first, verb - 2) : verb])
        before = self._subject_before(verb) if subject is None and verb > self.first and not told else None
        span = subject or (before if isinstance(before, tuple) else None)
        who = self._later(partial(self._resolve, *span)) if span else Speaker()
        return Event(verb, i, "اتهم", "accusing", "noun", who, start, self._to_comma(start, "prep"), "prep", top=False)

    def _talk_of_country(self, i: int, country: str) -> Event | None:
        """تحذير روسي من ثورة ملونة، اتهامات روسية للغرب بتدبير ثورة: a country's talk by its adjective."""
        tok = self.tok
        warned = tok[i + 2] == "من" and ("تحذير" in tok[i] or "مخاوف" in tok[i])  # مخاوف روسية من
        charged = "اتهام" in tok[i] and (tok[i + 2][0] == "ل" or self._b_word(i + 2, False))
        if not (warned or charged or tok[i + 2] in ("عن", "حول", "بشان")):
            return None
        start = i + 3
        if charged:
            start = next((t for t in range(i + 2, min(i + 7, self.end)) if self._b_word(t, False)), 0)
        if not start or start >= self.end:
            return None
        stop = next((t for t in range(start, self.end) if self._parts(t)), self.end)
        spelled = self.text.text[self.text.start[i + 1] : self.text.end[i + 1]]
        who = Speaker((country,), spelled, "f", "country")
        return Event(i, i + 1, "حديث", "neutral", "noun", who, start, stop, "prep", top=False)

    def _own_talk(self, i: int) -> Event | None:
        """حديثه عن إرهابيين، روايته عن ثورة: talk of whom a pronoun means, to the end of the phrase."""
        famous = i + 3 < self.end and self.tok[i + 1].startswith("ال") and self.tok[i + 2] == "عن"
        said, i = i, i + famous  # كلمته الشهيرة عن
        about = self.tok[i + 1] if i + 2 < self.end else ""
        warned = about == "من" and "تحذير" in self.tok[said]
        if not (about in ("عن", "حول", "بشان") or warned) or self.tok[i + 2] in THAT:
            return None
        if self._is_doubted(said):
            return None
        stop = next((t for t in range(i + 2, self.end) if self._parts(t)), self.end)
        return Event(
            said,
            i,
            "حديث",
            "neutral",
            "noun",
            self._later(partial(self._whose_talk, said)),
            i + 2,
            stop,
            "prep",
            top=False,
        )

    def _is_doubted(self, i: int) -> bool:
        """لا يصدق كثيرون رواية الحكومة عن إرهابيين: a tale that somebody else denies."""
        tale = self.tok[i].lstrip("وفبل").startswith(_TALES)
        return tale and any(w.lstrip("وف") in NEGATORS for w in self.tok[self.first : i])

    def _whose_talk(self, i: int) -> Speaker:
        """Whose talk it is: of whom the sentence is about (جدد توكاييف حديثه عن), else of whom the pronoun means."""
        main = self.main_subject(i)
        gender = "f" if self.tok[i].endswith("ها") else "m"
        return main if main is not None and main.gender == gender and main.kind != "media" else self._meant_by(i)

    def _charges(self, i: int) -> Event | None:
        """اتهامات موسكو لها بالتخطيط لثورة: whose charges they are."""
        text = self.text
        if not text.is_kind(i, "charge_noun") or i + 1 >= self.end or not text.is_head(i + 1, self.end):
            return None
        end = text.phrase_end(i + 1, self.end, stop_b=True)
        end = next((t for t in range(i + 2, end) if self.tok[t] in ("له", "لها", "لهم", "لنا")), end)
        if self.tok[i + 1][0] == "ل" and not self._plain_head(i + 1):
            return None  # اتهامات لدول غربية: they are accused
        for t in range(end, min(end + 6, self.end)):
            if self._parts(t):
                return None
            if self.tok[t][0] == "ب" and self._b_word(t, False):
                who = self._later(partial(self._resolve, i + 1, end))
                return Event(i, i, "اتهم", "accusing", "noun", who, t, self._to_comma(t, "prep"), "prep", top=False)
        return None

    def _warning(self, i: int) -> Event | None:
        """عاد بوتين إلى التحذير من، واصل التحذير من: a warning that somebody goes on with."""
        tok = self.tok
        if not tok[i].endswith("التحذير") or tok[i + 1 : i + 2] != ["من"] or i + 2 >= self.end:
            return None
        goes_on = any(tok[t].lstrip("وف") in _GOES_ON for t in range(max(self.first, i - 6), i))
        main = self.main_subject(i) if goes_on else None
        if main is None or not main.names:
            return None
        return Event(i, i, "حذر", "neutral", "noun", main, i + 2, self._scope_end(i + 2, "prep"), "prep", top=False)

    def _held(self, i: int) -> Event | None:
        """يسود اعتقاد في موسكو بأن، وسط توقعات بأن: what somebody holds or tells, or nobody who is named."""
        text, tok = self.text, self.tok
        if not text.is_kind(i, "belief_noun"):
            return None
        for t in range(i + 1, min(i + 7, self.end)):
            if tok[t] in THAT:
                place = next((u for u in range(i + 1, t - 1) if tok[u] in _AMONG and text.is_head(u + 1, t)), 0)
                first = place + 1 if place else i + 1
                named = first < t and text.is_head(first, t)
                who = self._later(partial(self._resolve, first, text.phrase_end(first, t))) if named else Speaker()
                return Event(i, i, "اعتقاد", "belief", "noun", who, t, self._to_comma(t, "that"), "that", top=False)
            if self._parts(t) or t in self.quotes:
                return None
        return None

    def _set_about(self, i: int) -> Event | None:
        """حرص الرئيس على التأكيد أن، سارع الإعلام إلى الحديث عن، لم يتردد في وصف: what somebody set about to say."""
        text, tok = self.text, self.tok
        told, of, named = (text.is_kind(i, kind) for kind in ("told_masdar", "talk_of", "told_as"))
        if not (told or of or named) or i - 1 <= self.first:
            return None
        led = tok[i][0] in "بلو" or tok[i - 1] in _LEADING or tok[i - 1] == "حد"  # ذهب إلى حد التأكيد أن
        verb = self._setter(i, "sets_about" if led else "tries")
        if verb < 0 or (named and tok[verb].startswith(("وصل", "بلغ"))):
            return None
        if "تصوير" in tok[i] and not any(w in THAT for w in tok[i + 1 : min(i + 9, self.end)]):
            return None  # حاول المحقق تصوير المبنى
        t = i + 1 + (tok[i + 1 : i + 2] != [] and tok[i + 1] in ("علي", "من", "الي", "عن"))
        if t >= self.end:
            return None
        that = tok[t] in THAT
        if not (that if told else named or that or tok[t - 1] == "عن" or tok[t][0] == "ب"):
            return None
        who = self._later(partial(self._of_verb, self._subject_of(verb, i), None, i, PARTICIPLE))
        opener = "that" if that else "prep"
        end = self._scope_end(t, opener) if told else self._to_comma(t, opener)
        return Event(i, i, "تأكيد", "neutral", "noun", who, t, end, opener)

    def _setter(self, i: int, kind: str) -> int:
        """The verb of setting about in front of what is said (-1: none)."""
        before = range(i - 1, max(self.first, i - 15) - 1, -1)
        verb = next((t for t in before if self.text.is_kind(t, kind)), -1)
        return -1 if verb < 0 or "،" in self.tok[verb:i] else verb

    def _subject_of(self, verb: int, i: int) -> tuple[int, int] | None:
        head = verb + 1 < i and self.text.is_head(verb + 1, i)
        return (verb + 1, self.text.phrase_end(verb + 1, i)) if head else None

    def _setting_about(self, i: int) -> tuple[int, int] | None:
        """Who is named behind a verb of setting about it: وعاد الأمين في نوفمبر إلى القول إن."""
        verb = self._setter(i, "sets_about")
        return self._subject_of(verb, i) if verb >= 0 else None

    def _to_comma(self, start: int, opener: str) -> int:
        """The same as `_scope_end` for a phrase within a clause, which a comma ends."""
        end = self._scope_end(start, opener)
        return next((t for t in range(start + 1, end) if self.tok[t] in ("،", "؛")), end)

    def _answer(self, i: int) -> Event | None:
        """وجاء رد موسكو سريعا: ...: words that are said to be somebody's, behind a colon."""
        text, tok = self.text, self.tok
        if not text.is_kind(i, "answer"):
            return None
        raised = next((t for t in range(i - 1, max(self.first - 1, i - 8), -1) if tok[t].lstrip("وف") in _RAISING), -1)
        if raised >= 0 and tok[i].endswith(("شعار", "شعارات", "لافته")) and i + 1 in self.quotes:
            raiser = self._subject_of(raised, i)  # رفعت الجالية شعار «...»
            who, end = self._later(partial(self._of_verb, raiser, None, i, PARTICIPLE)), self._scope_end(i + 1, "quote")
            return Event(i, i, "رفع", "neutral", "noun", who, i + 1, end, "quote", top=False)
        if tok[i - 1].lstrip("و") in ("عليها", "عليه") and i + 1 in self.quotes:  # رفعوا صورا عليها عبارة «...»
            who, end = self._later(partial(self._doer_or_speaker, i)), self._scope_end(i + 1, "quote")
            return Event(i, i, "كتب", "neutral", "noun", who, i + 1, end, "quote", top=False)
        colon = next((t for t in range(i + 1, min(i + 8, self.end)) if tok[t] == ":" or self._parts(t)), self.end)
        if colon + 1 >= self.end or tok[colon] != ":" or tok[i - 1] == "تحت" or tok[i + 1] == "الفعل":
            return None
        said = tok[colon + 1] in THAT or tok[colon + 1] in _SAID or text.is_kind(colon + 1, "event_noun")
        if not (said or colon + 1 in self.quotes or tok[i].endswith(("عنوان", "شعار", "عباره"))):
            return None  # جاء رد الجيش سريعا: قصف الموقع
        if i + 1 < colon and text.is_head(i + 1, colon):
            whose: tuple[int, int] | None = (i + 1, text.phrase_end(i + 1, colon))
        elif self.main_subject(i) is not None:
            whose = None
        else:
            return None
        who = self._later(partial(self._of_verb, whose, None, i, PARTICIPLE))
        return Event(i, i, "رد", "neutral", "noun", who, colon + 1, self._scope_end(colon + 1, "colon"), "colon")

    def _parts(self, t: int) -> bool:
        """Whether a token ends a phrase: a mark, a verb, ف."""
        token = self.tok[t]
        return token in ("،", ":", ".", "؛") or token in self.text.cues.verbs or token[0] == "ف"

    def _view(self, i: int) -> Event | None:
        """هؤلاء في نظرها إرهابيون، في رواية موسكو كان انقلابا: whose view a clause is."""
        tok, text = self.tok, self.text
        if "بالنسبه" in tok[i]:
            return self._for_whom(i)
        before = tok[i - 1] if i > self.first else ""
        if (
            before in ("في", "وفي")
            and i + 1 < self.end
            and tok[i + 1].startswith("ال")
            and tok[i].startswith(_ACCOUNTS)
        ):
            return self._official_view(i)
        led = tok[i].lstrip("و")[0] == "ب" or before in ("في", "وفي", "ففي", "وجهه")
        led = led or (before in ("من", "ومن") and tok[i].startswith(("منظور", "المنظور", "نظر")))
        if not led or self._in_scope(i) is not None:
            return None
        first, end, who = i - (before in PREPOSITIONS or before == "ففي"), i + 1, self._later(self._viewer)
        if not tok[i].endswith(("ها", "هم")) and not text.is_kind(i, "own_view"):
            stops = (t for t in range(end, min(end + 3, self.end)) if tok[t] == "،" or tok[t].startswith("فان"))
            comma = next(stops, -1)  # برأي دوبنوف فإن
            unknown = comma > end and all(text.is_name(t) for t in range(end, comma))  # في رأي لوران،
            unknown = unknown or (comma == end + 2 and text.is_kind(end, "first_name") and tok[end + 1].isalpha())
            unknown = unknown or (comma == end + 1 and text.is_known_family(end))  # برأي قاسينوفا،
            if end >= self.end or not (unknown or text.is_head(end, self.end)):
                return None
            known = text.match(end, self.end)
            end = comma if unknown else end + known[0] if known else text.phrase_end(end, self.end)
            who = self._later(partial(self._resolve, i + 1, end))
        start, stop = self._clause_start(first), self._scope_end(end, "that") if end < self.end else end
        return Event(first, end - 1, "", "source", "source", who, start, stop, "after", backward=True)

    def _official_view(self, i: int) -> Event | None:
        """في الرواية الرسمية، في القراءة الروسية: nobody who is named, or the country of the adjective."""
        tok, text = self.tok, self.text
        country = text.actors.nationality.get(tok[i + 1])
        if self._in_scope(i) is not None or not (country or tok[i + 1] in ("الرسميه", "الحكوميه")):
            return None
        end = i + 2
        if end >= self.end or tok[end] != "،":
            return None  # في الرواية الرسمية ثغرات
        spelled = text.text[text.start[i] : text.end[i + 1]]
        who = Speaker((country,), spelled, "f", "country") if country else Speaker()
        stop = self._scope_end(end, "that") if end < self.end else end
        return Event(i - 1, i + 1, "", "source", "source", who, end, stop, "source")

    def _for_whom(self, i: int) -> Event | None:
        """بالنسبة للرئيس، كان الأمر انقلابا: his view, if somebody is named who has views."""
        text, first = self.text, i + 1 + (self.tok[i + 1 : i + 2] == ["الي"])
        match = text.match(first, self.end) if first < self.end else None
        his = self.tok[i + 1 : i + 2] in (["اليه"], ["اليها"], ["له"], ["لها"]) and self.tok[i + 2 : i + 3] == ["،"]
        if his and i + 3 < self.end:
            return Event(
                i, i + 1, "", "source", "source", self._carried(), i + 2, self._scope_end(i + 3, "that"), "source"
            )
        person = match is not None and match[1].kind in ("person", "office", "country")
        if match is not None and match[1].kind == "institution":
            person = self.tok[first + match[0] : first + match[0] + 1] == ["،"]  # بالنسبة إلى الكرملين،
        if not person and not (first < self.end and text.is_kind(first, "person_head")):
            return None
        end = text.phrase_end(first, self.end)
        who = self._later(partial(self._resolve, first, end))
        stop = self._scope_end(end, "that") if end < self.end else end
        return Event(i, end - 1, "", "source", "source", who, end, stop, "source")

    def _is_stated(self, i: int) -> bool:
        """Whether something stands in a document: جاء في المذكرة، حسبما ورد في الوثيقة."""
        stated = ("جاء", "جاءت", "رد", "ردت")  # the last two are ورد and وردت
        return self.first <= i - 2 < self.end - 1 and self.tok[i - 1] == "في" and self.tok[i - 2].lstrip("وف") in stated

    def _impersonal(self, i: int) -> bool:
        """Whether whoever writes says something is worth saying: من المفيد القول، يمكن القول."""
        before = self.tok[i - 1]
        if before in self.text.cues.words.get("worth_saying", {}):
            return True
        if before in ("او", "و"):  # ليس من الحكمة اختزال ما جرى أو القول إن
            around = range(max(self.first + 1, i - 14), i - 2)
            judged = (t for t in around if self.tok[t] == "من" and self.tok[t + 1].startswith("ال"))
            return any(self.tok[t - 1].lstrip("و") in ("ليس", "ليست") for t in judged)
        return before.startswith("ال") and i - 2 >= self.first and self.tok[i - 2] in ("من", "ومن")
