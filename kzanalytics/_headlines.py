"""Headlines: توكاييف: ... and the like, at the start of a sentence."""

from __future__ import annotations

from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import PREPOSITIONS
from kzanalytics._reporting_verbs import PARTICIPLE
from kzanalytics._sources import SourceReader
from kzanalytics._word_classes import NAME
from kzanalytics.speakers import capitals

__all__ = ["HeadlineReader"]

_PAST_ENDS: Final = frozenset(letter + "ت" for letter in "أبتثجحخدذرزسشصضطظعغفقكلمنه")
_OFFICES: Final = frozenset(
    "ماليه طاقه ادعاء صحه داخليه خارجيه دفاع عدل امن استخبارات مخابرات تعليم رئاسه نيابه اعلام معارضه عمال".split()
)


_HAPPENED: Final = ("القضاء", "السيطره", "هجوم", "انفجار", "تفجير", "احباط", "تفكيك", "ضبط")


class HeadlineReader(SourceReader):
    """Finds the events of headlines."""

    def _acts(self, t: int) -> bool:
        """Whether a title that stands for nobody's country, and a verb of the present, start at a token."""
        text = self.text
        match = text.match(t, self.end)
        if not text.is_head(t, self.end) or (match is not None and match[1].kind == "country"):
            return False
        end = text.phrase_end(t, self.end)
        verb = text.cues.verbs.get(self.tok[end]) if end < self.end else None
        return verb is not None and verb.form == "finite" and verb.person == 3 and self.tok[end][0] in "يت"

    def _headline(self) -> Event | None:
        """``توكاييف: ...`` at the start of a sentence; not a byline, a list or a caption."""
        text, tok = self.text, self.tok
        if tok[self.first] == "«" and (quoted := self._quoted_headline()) is not None:
            return quoted
        if ":" not in tok[self.first : min(self.first + 18, self.end)]:
            return None
        t = self.first
        while t < self.end and (
            not tok[t][0].isalpha() or (t > self.first and tok[t] in ("م", "ص") and tok[t + 1 : t + 2] == [":"])
        ):
            t += 1  # 10:22 - ...، 1.30 م: ...
        if t < self.end and (n := text.at("related", t, self.end)) and tok[t + n : t + n + 1] == [":"]:
            t += n + 1  # اقرأ أيضا: خبير: ...
        colon = next((u for u in range(t, min(t + 14, self.end)) if tok[u] == ":"), -1)
        if colon <= t or colon + 1 >= self.end or tok[colon + 1] in ("\n", "عن"):
            return None  # فلان: عن استسهال التهم is a title
        if t > self.first and (quote := self.quotes.get(t - 1)) and quote.closed and quote.n_words <= 4:
            close = text.token_at(quote.end - 1)
            says = text.cues.verbs.get(tok[colon + 1])  # • «لو تان» السويسرية: ترى ...; not «حرب الغاز»: ...
            medium = (says is not None and says.form == "finite") or text.match(t, close) is not None
            if medium and close < colon and all(w.startswith("ال") for w in tok[close + 1 : colon]):
                end, who = self._scope_end(colon + 1, "colon"), self._resolve(t, close)
                return Event(t, colon, "", "headline", "headline", who, colon + 1, end, "colon")
        if text.is_kind(t, "own_staff"):
            return None  # مراسلنا: ... is the outlet itself
        named = self._before_medium(t, colon)
        if " ـ " in text.text[text.start[t] : text.start[colon]]:
            return None  # سبق ـ أبها: ...
        marked = sum(tok[u] == "«" for u in range(t + 1, named)) == 1 and "»" in tok[t:named] and text.is_head(t, named)
        ruled = ("-", "/", "|") if marked else ("-", "/", "|", "«")  # زعيم حركة «الخيار» فلان: ...
        if t >= colon or any(tok[u] in ruled or tok[u][0].isdigit() for u in range(t, named)):
            return None
        if any(
            u > t and (v := text.cues.verbs.get(tok[u])) and v.form == "finite" and not self._is_of_name(u)
            for u in range(t, colon)
        ):
            return None
        if text.cues.verbs.get(tok[t]) and not self._known_at(t, colon):
            return None
        if text.at("not_headline", t, colon) and not self._known_at(t, colon):
            return None
        nxt = text.cues.verbs.get(tok[colon + 1])
        match = text.actors.match(tok, t, colon)
        if (match is None or match[1].kind == "country") and text.is_kind(colon + 1, "question"):
            return None  # كازاخستان: كيف بدأ الغضب؟
        if (
            nxt is not None
            and nxt.form == "finite"
            and nxt.person == 3
            and (match is None or match[1].kind == "country")
        ):
            return None  # a dateline
        if (
            match is not None
            and match[1].kind == "country"
            and match[0] == colon - t
            and "." in tok[self.end - 2 : self.end]
        ):
            return None  # a dateline: headlines end without a stop
        speaks = (
            text.is_kind(t, "person_head")
            or text.is_kind(t, "institution_head")
            or tok[t] in _OFFICES
            or tok[t][-1] == "و"
        )
        of = text.match(colon - 1, colon) if colon - t == 2 and match is None and not speaks else None
        if of is not None and of[1].kind == "country":
            return None  # احتجاجات كازاخستان: ...، لغز كازاخستان: ...; not خارجية روسيا، محتجو كازاخستان
        if match is not None and match[1].kind == "country" and match[0] == colon - t and self._acts(colon + 1):
            return None  # كازاخستان: الرئيس يلوم إرهابيين
        told = text.is_kind(colon + 1, "occurrence") or text.is_kind(colon + 1, "tale") or tok[colon + 1] in _HAPPENED
        if match is not None and match[1].kind == "country" and told and not self._speaks_for(t, colon, match[1].name):
            return None  # كازاخستان: انتهاء العملية، كازاخستان: رواية الإرهاب على المحك
        if (
            match is not None
            and match[1].kind == "country"
            and match[0] < colon - t
            and tok[t + match[0]] in PREPOSITIONS
        ):
            return None  # كازاخستان بعد العاصفة: ...
        line = next((u for u in range(colon + 1, self.end) if tok[u] == "\n"), self.end)
        if line <= colon + 3 and match is not None and match[1].kind == "country":
            return None  # الرياض: الوطن
        if any(
            (text.at("relative", u, colon) and tok[u] != "من") or tok[u] in ("ما", "ياتي", "يلي")
            for u in range(t, colon)
        ):
            return None
        end = text.phrase_end(t, named)
        early = text.start[self.first] < 400
        clocked = t - 3 >= 0 and tok[t - 1][0].isdigit() and tok[t - 2] in (":", ".") and tok[t - 3][0].isdigit()
        known = match is not None or text.is_head(t, colon)
        if clocked and not known and named == colon and (comma := self._apposition(t, colon)):
            who, stop = self._resolve(t, comma), self._scope_end(colon + 1, "colon")
            return Event(t, colon, "", "headline", "headline", who, colon + 1, stop, "colon")
        person = (clocked or (early and self._at_line_start(t))) and named - t <= 4 and end == named
        near = end >= named - 4 or (clocked and tok[end] in ("في", "خلال", "عبر"))  # 12:00 - الوزير في اتصال مع نظيره:
        if not ((known and near) or person) or (tok[t] in text.cues.stops and match is None):
            return None
        media = match is not None and match[1].kind == "media"
        if (not known or media) and "؟" in tok[self.end - 2 : self.end]:
            return None  # DW: هل ...؟ asks
        past = len(tok[t]) > 3 and text.text[text.end[t] - 2 : text.end[t]] in _PAST_ENDS
        if not known and past and (named - t > 2 or (tok[t][0] == "و" and tok[t + 1].startswith("ال"))):
            return None  # بدأت القصة سلمية: ...، وتعددت الأسباب: ...
        if not known and (tok[t].startswith(("لن", "بال")) or tok[t].endswith("وا") or text.is_kind(t, "event_noun")):
            return None  # لنبدأ بالواضح: ...، احتجاجات الغرب: ...
        if (
            known
            and match is None
            and text.is_kind(t, "institution_head")
            and named - t == 1
            and not tok[t].startswith("ال")
        ):
            return None
        speaker = self._resolve(t, end)
        return Event(
            t, colon, "", "headline", "headline", speaker, colon + 1, self._scope_end(colon + 1, "colon"), "colon"
        )

    def _quoted_headline(self) -> Event | None:
        """«لن نسمح بثورات ملونة».. بوتين يتحدث: a line that starts with somebody's words and names him behind dots."""
        text, tok, t = self.text, self.tok, self.first
        quote = self.quotes.get(t)
        if quote is None or not quote.closed or quote.n_words < 3 or not self._at_line_start(t):
            return None
        close = text.token_at(quote.end - 1)
        name = close + 2
        if name >= len(tok):
            return None
        if tok[close + 1] in (":", "،") and tok[name] in ("بهذه", "بهذا") and name + 3 < self.end:
            verb = text.cues.verbs.get(tok[name + 2], PARTICIPLE)  # «...»: بهذه العبارة رد توكاييف
            subject = self._subject_after(name + 3, verb) if text.is_head(name + 3, self.end) else None
            if subject is not None:
                who = self._resolve(*subject)
                return Event(name, name + 2, "", "headline", "headline", who, t, close + 1, "after", backward=True)
        if tok[close + 1] not in ("..", "…", "-"):
            return None
        match = text.match(name, len(tok))
        if match is None or match[1].kind not in ("person", "institution", "office"):
            return None
        behind = text.cues.verbs.get(tok[name + match[0]]) if name + match[0] < len(tok) else None
        if match[1].kind == "office" and behind is None:
            return None  # «غضب أسعار الوقود».. رئيس كازاخستان يقيل الحكومة
        who = self._resolve(name, name + match[0])
        return Event(name, name, "", "headline", "headline", who, t, close + 1, "after", backward=True)

    def _speaks_for(self, t: int, colon: int, country: str) -> bool:
        """Whether a country speaks in front of a colon: it is named by its capital, or another country behind it."""
        text = self.text
        ends = (u for u in range(colon + 2, self.end) if self.tok[u][0] == "و" or self.tok[u] in ("،", "الي"))
        names = (u for u in range(colon + 1, next(ends, self.end)) if text.classes[u] & NAME)
        others = (text.match(u, self.end) for u in names)  # not ... وروسيا ترسل، تصل إلى أوزبكستان
        return self.tok[t] in capitals() or any(
            m is not None and m[1].kind == "country" and m[1].name != country for m in others
        )

    def _apposition(self, t: int, colon: int) -> int:
        """The comma behind a name that a title explains: 11:26 كونستانتين كوساتشوف، نائب رئيس المجلس: ... (0: none)."""
        comma = next((u for u in range(t + 1, min(t + 4, colon - 1)) if self.tok[u] == "،"), 0)
        return comma if comma and self.text.is_kind(comma + 1, "person_head") else 0

    def _before_medium(self, t: int, colon: int) -> int:
        """Where who speaks ends in front of a colon, if a medium in marks stands there: خبراء لـ«الجزيرة»: ..."""
        for u in range(t + 1, colon - 1):
            if self.tok[u] in ("ل", "علي", "عبر", "في") and (quote := self.quotes.get(u + 1)) and quote.closed:
                return u if self.text.token_at(quote.end - 1) == colon - 1 else colon
        return colon

    def _known_at(self, t: int, end: int) -> bool:
        return self.text.match(t, end) is not None

    def _at_line_start(self, t: int) -> bool:
        return t == 0 or self.tok[t - 1] in ("\n", "..", "…")
