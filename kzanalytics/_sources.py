"""Sources: بحسب الوزارة، وفقا لمسؤول، كما قال الرئيس, behind what is said or before it."""

from __future__ import annotations

from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import THAT
from kzanalytics._reporting_verbs import opens_that_only
from kzanalytics._speech_nouns import NounReader
from kzanalytics._word_classes import INSTEAD
from kzanalytics.speakers import Speaker

__all__ = ["SourceReader"]


_UTTERED: Final = ("ادل", "صرح", "تقدم", "تفوه")  # بحسب ما أدلى به الوزير
_PUBLISHED_BY: Final = frozenset("صادر صادره عن من نشره نشرته بثه بثته اوردته اورده اذاعته اعدته اصدرته".split())
_ANNOUNCED: Final = frozenset(
    "اعلنتها اعلنها اعلنه اعلنته نشرتها نشرها نشره نشرته اصدرتها اصدرها اوردتها قدمتها قدمها قدمه كشفتها كشفها".split()
)
_COST: Final = frozenset("اسفرت اسفر اوقعت اوقع خلفت خلف اودت اودي".split())  # أسفرت عن مقتل 225، وفقا للنيابة
_BEGINS: Final = frozenset("بدا بدات يبدا تبدا اختصر اختصرت يختصر تختصر لخص لخصت يلخص تلخص استقبل استقبلت".split())
_STANDS: Final = ("جاء", "ورد", "جاءت", "وردت")


class SourceReader(NounReader):
    """Finds the events of sources."""

    def _as_event(self, i: int, n: int) -> Event | None:
        """كما قال ...، وفق ما ذكرته ...: a reporting verb behind what is said (or before it, with a comma)."""
        text, tok = self.text, self.tok
        v = i + n
        if i - 1 >= self.first and tok[i - 1] in ("ليس", "وليس", "ليست", "وليست"):
            return None
        if tok[i] == "هكذا" and tok[i - 1] != "،":
            return None  # هكذا يصف السكان الأحداث: what follows
        if v < self.end and tok[v] in ("قد", "كان", "كانت"):
            v += 1
        verb = text.cues.verbs.get(tok[v]) if v < self.end else None
        begun = tok[i] == "هكذا" and verb is None and v + 1 < self.end and tok[v] in _BEGINS
        if begun and self._after_quote(i) and text.is_head(v + 1, self.end):  # «...»، هكذا لخص الشاب الأمر
            end = text.phrase_end(v + 1, self.end)
            return self._source(i, end, "source", self._resolve(v + 1, end))
        if (
            verb is None
            and i == self.first
            and v + 2 < self.end
            and tok[v].startswith(_UTTERED)
            and tok[v + 1] in ("به", "بها")
            and text.is_head(v + 2, self.end)
        ):
            end = text.phrase_end(v + 2, self.end)  # بحسب ما أدلى به الوزير، فإن
            return self._source(i, end, "source", self._resolve(v + 2, end))
        if v + 2 < self.end and tok[v] in _STANDS and (tok[v + 1] == "في" or tok[v + 1 : v + 3] == ["علي", "لسان"]):
            return self._source_event(i, v + 2 + (tok[v + 1] == "علي") - i)  # وفق ما جاء في بيان الوزارة
        if verb is None or verb.form == "participle" or verb.kind == "hearsay" or self._is_stated(v + 2):
            return None
        if verb.kind == "describe" and not tok[i].endswith("هكذا"):
            return None
        if tok[i] == "علي" and v + 1 < self.end and tok[v + 1] in ("انه", "انها", "انهم"):
            return None  # ردت على ما قالت إنها محاولة
        if opens_that_only(verb) or verb.lemma in ("سمع", "قرأ") or tok[v] in ("تبين", "يتبين"):
            return None  # كما انتهت
        if self._spelled(v)[1:2] == "\u064f":
            return None  # كما زُعم: by nobody who is named
        subject = self._subject_after(v + 1, verb)
        if subject and (self._is_thing(*subject) or text.is_kind(subject[0], "talk")):
            return None  # وهو ما يفسر إصرار موسكو على أن
        end = subject[1] if subject else v + 1
        if tok[i].endswith("هكذا") and tok[end : end + 1] and tok[end] in THAT:
            return None  # وهكذا قال الرجل إن
        whole = subject is not None and tok[i - 1] in ("،", "»") and tok[end : end + 1] in ([], ["."], ["،"])
        if tok[i] in ("هذا", "ذلك") and not whole:
            return None  # «...»، هذا ما قاله توكاييف.
        sourced = tok[i] not in ("كما", "وكما", "فيما")
        aside = tok[i - 1] == "،" and tok[end : end + 1] == ["،"]  # لا يعنيها، كما تقول، سعر الغاز
        if verb.form == "finite" and not sourced and not aside:
            opened = self._opener(end, verb, subject is not None)
            if opened is not None and opened[0] <= end + 25:
                return None  # كما قال إن: also said
        speaker = self._resolve(*subject) if subject else self._carried(verb.gender)
        main = None if subject or self._of_sentence() is not None else self.main_subject(i)
        alone = tok[v + 1 : v + 2] in ([], ["."], ["،"]) and not verb.plural
        if main is not None and alone and main.gender == verb.gender and self._is_person(main):
            speaker = main  # سيريك، عامل نفط، خرج احتجاجا على الأسعار كما يقول
        if verb.lemma == "نقل" and tok[v + 1 : v + 2] in (["عنه"], ["عنها"], ["عنهم"]):
            speaker = self._meant_by(v + 1)  # بحسب ما نقلت عنه وكالة تاس
        if verb.lemma == "نقل" and end + 1 < self.end and tok[end] == "عن" and text.is_head(end + 1, self.end):
            relayed, end = end + 1, text.phrase_end(end + 1, self.end)  # بحسب ما نقلت رويترز عن مسؤول
            speaker = self._resolve(relayed, end)
        return self._relayed_source(i, end, verb.cls, speaker)

    def _relayed_source(self, i: int, end: int, cls: str, speaker: Speaker) -> Event | None:
        """بحسب وكالة تاس نقلا عن الوزارة: whom the source itself names as its own."""
        text, tok = self.text, self.tok
        behind = next((t for t in range(end, min(end + 3, self.end - 2)) if tok[t] == "نقلا"), 0)
        plain = behind and all(w.startswith("ال") or w == "»" for w in tok[end:behind])
        if plain and tok[behind + 1] == "عن" and text.is_head(behind + 2, self.end):
            end = text.phrase_end(behind + 2, self.end)
            speaker = self._resolve(behind + 2, end)
        return self._source(i, end, cls, speaker)

    def _source_event(self, i: int, n: int) -> Event | None:
        """بحسب ...، وفقا لـ ...: a source, behind what is said or before it."""
        text, tok = self.text, self.tok
        t = i + n
        if t < self.end and tok[t] in ("ل", "الي", "عن"):
            t += 1
        if t >= self.end:
            return None
        if tok[t] == "«" and t + 1 < len(tok) and t in self.quotes and self.quotes[t].n_words <= 4:
            end = text.token_at(self.quotes[t].end - 1) + 1
            speaker = self._resolve(t + 1, max(t + 2, end - 1))
            return self._source(i, end, "source", speaker)
        if tok[t] in ("هذا", "هذه") and t + 1 < self.end and text.is_kind(t + 1, "stands_for"):
            return self._source(i, t + 2, "source", self._resolve(t + 1, t + 2))  # بحسب هذا الأخير
        if tok[t] in ("له", "لها", "لهم") and tok[i].endswith(("فقا", "بقا")):  # وفقا له
            return self._source(i, t + 1, "source", self._carried())
        verb = text.cues.verbs.get(tok[t])
        if verb is not None and verb.form != "participle" and not text.is_head(t, self.end):
            subject = self._subject_after(t + 1, verb)
            if subject:
                return self._source(i, subject[1], verb.cls, self._resolve(*subject))
        his = tok[t].endswith(("ه", "ها", "هم")) and text.text[text.end[t] - 1] != "ة" and not tok[t].startswith("ال")
        theirs = t + 1 < self.end and tok[t + 1] in ("له", "لها", "لهم")
        if text.is_kind(t, "speech_noun") and (his or theirs) and text.match(t, self.end) is None:
            end = text.phrase_end(t, self.end) + theirs  # وفق ما جاء في كلمته، حسب بيان لها
            return self._source(i, end, "source", self._meant_by(t + theirs))
        if text.is_kind(t, "saying"):
            if self._in_scope(i) is not None:
                return None  # قال إن ...، على حد تعبيره
            end = text.phrase_end(t + 1, self.end) if t + 1 < self.end and text.is_head(t + 1, self.end) else t + 1
            speaker = self._resolve(t + 1, end) if end > t + 1 else self._meant_by(t)
            return self._source(i, end, "source", speaker)
        if t + 2 < self.end and tok[t + 1] in _ANNOUNCED and text.is_head(t + 2, self.end):
            end = text.phrase_end(t + 2, self.end)  # بحسب حصيلة أعلنتها الوزارة
            return self._source(i, end, "source", self._resolve(t + 2, end))
        end = text.phrase_end(t, self.end)
        named = t + 1 < self.end and (text.is_head(t + 1, self.end) or text.cues.verbs.get(tok[t + 1]) is not None)
        if text.is_kind(t, "rumour") and not named and text.match(t, self.end) is None:  # بحسب أنباء غير مؤكدة
            return self._source(
                i, next((u for u in range(t, end + 3) if tok[u : u + 1] == ["،"]), end), "source", Speaker()
            )
        if not text.is_head(t, self.end) and not text.is_kind(t, "speech_noun"):
            stated = end + (end < self.end and tok[end] == "،")
            if not (stated < self.end and tok[stated].startswith("فان")) and not self._unknown_source(t, end):
                if not (text.is_kind(t, "figures") and t + 1 < self.end and text.is_head(t + 1, self.end)):
                    return None
                t, end = t + 1, text.phrase_end(t + 1, self.end)  # بحسب تقديرات البنك
        if text.is_kind(t, "speech_noun") and text.match(t, end) is None:
            u = t + 1
            while u < self.end and (tok[u] in _PUBLISHED_BY or text.is_kind(u, "speech_noun")):
                u += 1
            if u < self.end and text.is_head(u, self.end):
                end = text.phrase_end(u, self.end)
                return self._source(i, end, "source", self._resolve(u, end))
        match = text.match(t, end)
        if match and match[1].kind == "country" and match[0] == end - t and tok[t] in ("قانون",):
            return None
        speaker = self._resolve(t, end)
        to = tok[i].endswith(("فقا", "طبقا", "تبعا")) and speaker.kind == "unknown" and speaker.text[:1] == "ل"
        if to and not self._plain_head(t):
            words = speaker.text[1:]  # وفقا لإحصائيات الحكومة
            speaker = Speaker((words,), words, speaker.gender, speaker.kind)
        return self._relayed_source(i, end, "source", speaker)

    def _unknown_source(self, t: int, end: int) -> bool:
        """Whether a name that is in no list stands between a source's preposition and a comma or title."""
        tok, text = self.tok, self.text
        alone = end == t + 1 and end < self.end and tok[end] in ("،", ".")
        if alone and (text.is_known_family(t) or (text.is_name(t) and "»" in tok[self.first : t])):
            return True  # بحسب جوفتيس، «...» بحسب جاك
        if 1 <= end - t <= 3 and end + 1 < self.end and tok[end] == "،" and tok[end + 1] in ("وهو", "وهي"):
            return True  # وفقا لأسيل، وهي معلمة
        if end - t == 2 and (text.is_kind(t, "first_name") or text.is_called(t)):
            return True
        if not (end - t >= 2 and text.is_name(t) and text.is_name(t + 1)):
            return False
        return any(text.is_kind(u, "person_head") for u in range(t + 2, min(end + 3, self.end))) or (
            end + 1 < self.end and tok[end] == "،" and tok[end + 1].startswith("فان")
        )

    def _source(self, i: int, end: int, cls: str, speaker: Speaker) -> Event | None:
        text, tok = self.text, self.tok
        opening = all(not tok[t][0].isalpha() for t in range(self.first, i)) or i - self.first <= 2
        opening = opening or bool(self.text.at("clause", i - 1, i))
        if self.tok[i - 1] == "،" and end < self.end and self.tok[end] != "،":  # وفق محامين اطلعوا على بعضها،
            comma = next((t for t in range(end, min(end + 8, self.end)) if self.tok[t] == "،"), end)
            verbs = (text.cues.verbs.get(tok[t]) for t in range(end, comma))
            if THAT.isdisjoint(tok[end:comma]) and all(v is None or v.lemma == "أطلع" for v in verbs):
                end = comma
        inside = not opening and end + 1 < self.end and self.tok[i - 1] == self.tok[end] == "،"
        if inside and self.tok[end + 1][0] not in "وف":
            start, stop = self._clause_start(i), self._scope_end(end + 1, "that")  # أدى، وفق تفسير الوزارة، إلى نقص
            return Event(i, end - 1, "", cls, "source", speaker, start, stop, "after", backward=True)
        if opening and end < self.end - 3:
            start = end
            return Event(i, end - 1, "", cls, "source", speaker, start, self._scope_end(start, "that"), "source")
        for event in self.events:
            if event.first < i < event.start:
                return None  # between a verb and what it opens
        start = self._clause_start(i)
        for event in self.events:
            if event.backward:
                start = max(start, event.last + 1)
        told = [t for t in range(self.first, i) if self.text.at("background", t, i)]
        if told:  # يذكر أن الاحتجاجات بدأت ...، أسفرت عن قتلى، بحسب الوزارة: the last clause is theirs
            start = max([start, *(t for t in range(told[-1], i - 1) if self.tok[t] == "،" or self.tok[t] in _COST)])
        if self.tok[self.first].lstrip("و") in ("كان", "كانت") and "قد" in self.tok[self.first : start + 8]:
            joined = (t for t in range(start, i - 1) if self.tok[t] == "،" and self.tok[t + 1][0] == "و")
            # وكانت الاحتجاجات قد اندلعت ...، وأسفرت عن قتلى، وفق الوزارة: the last clause
            start = max([start, *joined])
        if cls == "distancing":  # إرهابيين وليس متظاهرين، كما تزعم: what is claimed is the latter
            start = max([start, *(t for t in range(start, i) if self.tok[t] in INSTEAD)])
        return Event(i, end - 1, "", cls, "source", speaker, start, i, "after", backward=True)
