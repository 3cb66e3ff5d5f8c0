"""Nouns that open speech: قوله إن، في بيان:، حديث موسكو عن، في نظر السلطات."""

from __future__ import annotations

from functools import partial

from kzanalytics._events import Event
from kzanalytics._newstext import AND_THAT, NOT_THAT, THAT
from kzanalytics._openers import WHO
from kzanalytics._reporting_verbs import PARTICIPLE, VerbReader
from kzanalytics.speakers import Speaker

__all__ = ["NounReader"]


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
                    opener = "colon" if tok[t] == ":" else "quote" if t in self.quotes else "that"
                    start = t + (tok[t] == ":")
                    governing = self._in_scope(i)
                    who = self._later(partial(self._implied_in, governing, i, PARTICIPLE))
                    return Event(i, i, "قول", "neutral", "noun", who, start, self._scope_end(start, opener), opener)
            return None
        if self._in_scope(i) or any(e.first < i < e.start for e in self.events):
            return None
        if text.is_kind(i, "says_noun_that") and i + 1 < self.end and tok[i + 1] in THAT:
            who = self._later(partial(self._implied, i, PARTICIPLE))
            return Event(i, i, "تأكيد", "neutral", "noun", who, i + 1, self._scope_end(i + 1, "that"), "that")
        if text.is_kind(i, "view"):
            return self._view(i)
        if text.is_kind(i, "talk") and i + 1 < self.end and text.is_head(i + 1, self.end):
            return self._talk(i)
        led = i + 1 < self.end and tok[i + 1] in THAT and text.is_kind(i, "notice")  # إخطار بأن
        document = text.is_kind(i, "document") and (led or self._is_stated(i))
        if not document and not text.is_kind(i, "speech_noun"):
            return None
        end = text.phrase_end(i, self.end) if text.match(i, self.end) is None else i
        t = max(end, i + 1)
        speaker = Speaker()
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
        if not speaker.names:
            speaker = self._resolve(i, max(end, i + 1)) if document else self._implied(i, PARTICIPLE)
        start = t + (tok[t] == ":")
        return Event(i, i, "بيان", "source", "noun", speaker, start, self._scope_end(start, opener), opener)

    def _talk(self, i: int) -> Event | None:
        """حديث موسكو عن ثورة: somebody's talk of something, to the end of the phrase."""
        end = self.text.phrase_end(i + 1, self.end)
        if end + 1 >= self.end:
            return None
        that = end if self.tok[end] in THAT else end + 1
        if self.tok[that] in THAT and (that == end or self.tok[end] == "علي"):  # إصرار موسكو على أن
            who = self._resolve(i + 1, end)
            return Event(i, i, "حديث", "neutral", "noun", who, that, self._scope_end(that, "that"), "that", top=False)
        if self.tok[end] not in ("عن", "حول", "بشان"):
            return None
        stop = end + 1
        while stop < self.end and not self._parts(stop):
            stop += 1
        speaker = self._resolve(i + 1, end)
        return Event(i, i, "حديث", "neutral", "noun", speaker, end + 1, stop, "prep", top=False)

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
        led = tok[i].lstrip("و")[0] == "ب" or before in ("في", "وفي", "وجهه")
        if not led or self._in_scope(i) is not None:
            return None
        first, end, who = i - (before in ("في", "وفي")), i + 1, self._later(self._carried)
        if not tok[i].endswith(("نظره", "رايه", "ها", "هم")):
            comma = next((t for t in range(end, min(end + 3, self.end)) if tok[t] == "،"), -1)
            unknown = comma > end and all(text.is_name(t) for t in range(end, comma))  # في رأي لوران،
            if end >= self.end or not (unknown or text.is_head(end, self.end)):
                return None
            known = text.match(end, self.end)
            end = comma if unknown else end + known[0] if known else text.phrase_end(end, self.end)
            who = self._later(partial(self._resolve, i + 1, end))
        start, stop = self._clause_start(first), self._scope_end(end, "that") if end < self.end else end
        return Event(first, end - 1, "", "source", "source", who, start, stop, "after", backward=True)

    def _for_whom(self, i: int) -> Event | None:
        """بالنسبة للرئيس، كان الأمر انقلابا: his view, if somebody is named who has views."""
        text, first = self.text, i + 1 + (self.tok[i + 1 : i + 2] == ["الي"])
        match = text.match(first, self.end) if first < self.end else None
        person = match is not None and match[1].kind in ("person", "office", "country")
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
