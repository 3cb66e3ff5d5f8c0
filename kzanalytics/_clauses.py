"""Clauses: where they start, and where what is said in them ends."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import BREAK, MAIN
from kzanalytics.quotations import Quotation

__all__ = ["AFTER_FIMA", "Clause"]

AFTER_FIMA: Final = frozenset("يتعلق يخص بعد بين بينهم بينها يلي وراء مضي عدا تعلق يبدو".split())
_MEANWHILE: Final = ("بينما", "وبينما", "فبينما")
_AT_A_TIME: Final = ("في", "ففي", "وفي")  # في حين
_STAYED: Final = ("كان", "كانت", "كانوا", "ظل", "ظلت", "بقي", "بقيت")
_BUT: Final = ("لكن", "ولكن")
DEED_REACH: Final = 30  # tokens back from a deed to the verb of what was announced before
_AFTER: Final = ("بعد", "عقب", "اثر")
_WHEN: Final = ("بعد", "عقب", "اثر", "قبل", "في", "خلال", "غداه")  # وذلك بعد
_TIMES: Final = ("احتجاجات", "تظاهرات", "مظاهرات")  # وذلك عقب احتجاجات
_DAYS: Final = ("ايام", "يوم", "يومين", "ساعات", "اسبوع", "اسبوعين", "اسابيع", "اشهر", "شهر", "سنوات")
_SOME_TIME: Final = frozenset("متاخر مبكر سابق لاحق واحد قريب قصير قياسي ما".split())
_THEN: Final = ("فان", "فانه", "فانها")
_GRANTED: Final = frozenset("فيما وفيما بينما وبينما اذا واذا رغم ورغم مع ومع".split())
_GOING_ON: Final = ("هو", "هي", "هم", "هما", "يجب", "ينبغي", "يمكن", "يتعين", "يفترض")


class Clause:
    """A sentence being read: its tokens, its quotations, the events found so far, and what they say of scope."""

    def __init__(self, text: Text, first: int, end: int) -> None:
        self.text, self.tok = text, text.tok
        self.first, self.end = first, end
        self.events: list[Event] = []
        self.quotes: dict[int, Quotation] = text.opening_between(first, end)
        self._deeds: dict[int, bool] = {}  # by their token: every verb before asks

    def _scope_end(self, start: int, opener: str) -> int:
        """Where what is said ends: the sentence, a new main clause, or a direct quotation's last mark."""
        text, tok = self.text, self.tok
        direct = self._opening_quote(start)
        i = start
        if direct is not None:
            close = text.token_at(max(direct.end - 1, direct.start))
            if opener in ("colon", "quote"):
                close = self._listed(close)
                return (
                    min(close + 1, self.end) if direct.n_words > 4 or opener == "colon" else self._clause_end(close + 1)
                )
            if direct.n_words > 4:
                i = close + 1
                while i < self.end and tok[i] not in ("،", "؛", ".", "؟") and not self._breaks(i, opener):
                    i += 1
                return min(i, self.end)
        return self._clause_end(i, opener)

    def _clause_end(self, i: int, opener: str = "that") -> int:
        end = self._clause_or_sentence_end(i, opener)
        if self._starts_meanwhile():  # في حين تتحدث صحف عن ...، كانت الشرطة
            commas = (t for t in range(i, end - 1) if self.tok[t] == "،" and self._is_main_verb(t + 1))
            end = next(commas, end)
        before = self.tok[max(self.first, i - 12) : i]
        if "(" in before and ")" not in before[before.index("(") :]:  # what is said in brackets ends with them
            return next((t for t in range(i, min(end, i + 30)) if self.tok[t] == ")"), end)
        return end

    def _clause_or_sentence_end(self, i: int, opener: str) -> int:
        places = self.text.scope_places
        place = bisect_left(places, i + 1)
        while place < len(places) and (i := places[place]) < self.end:
            if self._breaks(i, opener):
                return i
            quote = self.quotes.get(i)
            i = max(i + 1, self.text.token_at(quote.end - 1) if quote and quote.closed else i + 1)
            place = bisect_left(places, i, place + 1)
        return self.end

    def _opening_quote(self, start: int) -> Quotation | None:
        """The quotation that opens what is said: at once or after أن."""
        for t in range(start, min(start + 3, self.end)):
            if t in self.quotes:
                return self.quotes[t]
            if self.tok[t] not in THAT and self.tok[t] not in ("،", ":", "«") and t > start:
                return None
        return None

    def _breaks(self, i: int, opener: str) -> bool:
        text, tok = self.text, self.tok
        if i == self.first or not text.classes[i] & BREAK:
            return False
        if text.at("background", i, self.end):
            return True
        n = text.at("clause", i, self.end)
        goes_on = tok[i] == "فيما" and opener == "that"  # قال إن ...، فيما استمرت: most often still what is said
        goes_on = goes_on or (tok[i] == "بينما" and opener == "that" and tok[i - 1].isalpha())  # لم يتغير بينما تضاعفت
        if n and not goes_on and i + n < self.end and tok[i + n] not in AFTER_FIMA and not self._meanwhile(i + n):
            return True
        if tok[i] == "لقد" and tok[i - 1] == "،" and opener not in ("colon", "quote"):
            return True
        if tok[i] in ("وهو", "وهي") and tok[i - 1] == "،" and tok[i + 2 : i + 3] in (["الذي"], ["التي"]):
            return tok[i + 1].startswith("ال")  # ، وهي التسمية التي تطلقها موسكو على: explained by the outlet
        if tok[i] in ("وكان", "وكانت") and tok[i - 1] == "،" and "قد" in tok[i + 2 : min(i + 8, self.end)]:
            return True  # ، وكانت المدينة قد شهدت: what was before is told by the outlet
        if opener in ("noun", "prep") and ((tok[i - 1] == "،" and tok[i] in _BUT) or self._next_deed(i)):
            return True  # تحدث عن إرهابيين، لكن السلطات لم تقدم
        if tok[i] in _THEN and tok[i - 1] == "،":
            return self._concedes()  # فيما يرى متعاملون أن ...، فإن
        if tok[i] == "كما" and tok[i - 1] == "،":
            return opener == "noun"  # أعلن حالة الطوارئ، كما فرض سقفا
        if tok[i] == "فقد" and tok[i - 1] == "،":
            return opener in ("noun", "prep")  # لا يتوقع المتعاملون أثرا، فقد استأنف الحقل إنتاجه
        if tok[i - 1] == "،" and tok[i] == "وذلك" and i + 2 < self.end and tok[i + 1] in _WHEN:
            told = tok[i + 2] in _DAYS or tok[i + 2] in _TIMES or text.is_kind(i + 2, "speech_noun")
            return told or opener in ("noun", "prep")  # ، وذلك بعد أيام من، وذلك في خطاب
        if tok[i - 1] == "،" and tok[i] == "التي" and opener in ("noun", "prep"):
            return self._is_country(i - 2)  # ندد بالعنف في كازاخستان، التي تشهد
        if opener == "that" and tok[i - 1 : i + 2] == ["،", "في", "وقت"] and _SOME_TIME.isdisjoint(tok[i + 2 : i + 3]):
            return True  # ، في وقت تتواصل فيه العملية: told by the outlet
        around = tok[i - 1] == "،" and bool(text.at("circumstance", i, self.end))
        if around and opener == "that" and i + 1 < self.end:
            if tok[i] == "في" and tok[i + 1] != "اعقاب":
                return True  # ، في خطوة تهدف إلى: the outlet says what it means
            return tok[i] in _AFTER and tok[i + 1] in _DAYS  # ، بعد أيام من العنف الذي أعقب: told by the outlet
        return opener in ("noun", "prep") and around

    def _starts_meanwhile(self) -> bool:
        """Whether a clause that another one answers opens the sentence."""
        first = self.tok[self.first]
        return first in _MEANWHILE or (first in _AT_A_TIME and self.tok[self.first + 1 : self.first + 2] == ["حين"])

    def _is_main_verb(self, t: int) -> bool:
        """Whether a clause may start with a verb: كانت، تشير; not what is joined or told of a noun."""
        verb = self.text.cues.verbs.get(self.tok[t])
        return self.tok[t] in _STAYED or (verb is not None and verb.form == "finite" and not verb.joined)

    def _is_country(self, t: int) -> bool:
        match = self.text.match(t, t + 1) if t >= self.first else None
        return match is not None and match[1].kind == "country"

    def _next_deed(self, i: int) -> bool:
        """أعلنت خفض الضرائب ثم فرضت، أعلنت صندوقا وأبقت على: what was done next, no part of what was announced."""
        if i not in self._deeds:
            self._deeds[i] = self._is_next_deed(i)
        return self._deeds[i]

    def _is_next_deed(self, i: int) -> bool:
        then = self.tok[i] in ("ثم", "وثم")
        if not (i + then < self.end and self.text.is_kind(i + then, "deed")):
            return False
        for t in range(i - 1, max(self.first, i - DEED_REACH) - 1, -1):
            word = self.tok[t]
            quote = self.quotes.get(t)
            if (quote is not None and not (quote.closed and quote.n_words <= 4)) or (
                word in self.text.cues.words.get("relative", {}) and word != "من"
            ):
                return False  # كشف عن قوات قادها فلان وأعادت: told of what was announced
            if (verb := self.text.cues.verbs.get(word)) is not None and verb.form == "finite":
                if then or verb.gender != "m":
                    return True
                deed = self.tok[i]  # وعد بإصلاحات، وجمد الأسعار
                return self.tok[i - 1] == "،" and deed != "وامر" and not deed.endswith("ت")
        return False

    def _spelled(self, t: int) -> str:
        return self.text.text[self.text.start[t] : self.text.end[t]] if t < len(self.tok) else ""

    def _goes_on_that(self, i: int) -> bool:
        """Whether وإن goes on with what is said; not وإن بحذر، وإن كان: even if."""
        if not self._spelled(i).startswith("وإن"):
            return False
        behind = self.tok[i + 1] if i + 1 < self.end else ""
        noun = i == self.first and (
            behind.endswith(("ه", "ات", "ين")) or (behind != "" and self.text.is_head(i + 1, self.end))
        )
        return len(self.tok[i]) > 3 or behind.startswith("ال") or behind == "«" or noun

    def _concedes(self) -> bool:
        """Whether the sentence starts with what is granted: فيما يرى، وإذا كان، ومع أن."""
        first = next((t for t in range(self.first, min(self.first + 3, self.end)) if self.tok[t][0].isalpha()), 0)
        return self.tok[first] in _GRANTED

    def _meanwhile(self, t: int) -> bool:
        """Whether بينما goes on with what is said: بينما كان يقاتل، بينما هي ترعى، في الوقت الذي يجب أن."""
        if t < self.end and self.tok[t] in _GOING_ON:
            return True
        if t + 1 >= self.end or self.tok[t] not in ("كان", "كانوا"):
            return False
        return self.tok[t + 1][0] == "ي" and not self.text.is_head(t + 1, self.end)

    def _listed(self, close: int) -> int:
        """The closing mark of the last of several quotations: كتبت: «محتجون»، ثم «مخربون»، ثم «إرهابيون»."""
        while close + 2 < self.end:
            t = close + 1 + (self.tok[close + 1] == "،")
            t += self.tok[t] in ("ثم", "و", "او")
            quote = self.quotes.get(t) if close + 1 < t < self.end else None
            if quote is None or not quote.closed:
                break
            close = self.text.token_at(quote.end - 1)
        return close

    def _in_scope(self, i: int) -> Event | None:
        for event in reversed(self.events):
            if not event.backward and event.start <= i < event.end:
                return event
        return None

    def _clause_start(self, i: int, *, where: bool = True) -> int:
        """Where the clause before a token starts, with حيث if `where`."""
        classes = self.text.classes
        for t in range(i - 1, self.first, -1):
            if self.tok[t] == "؛" or (
                classes[t] & MAIN and self.text.at("clause", t, i) and self.tok[t + 1] not in AFTER_FIMA
            ):
                return t
            if where and self.tok[t] == "حيث" and i - t > 3:
                return t
        return self.first

    def _new_clause(self, i: int) -> bool:
        classes = self.text.classes
        for t in range(i - 1, max(self.first, i - 12), -1):
            if classes[t] & MAIN and self.text.at("clause", t, i) and self.tok[t + 1] not in AFTER_FIMA:
                return True
            if self.tok[t] in THAT:
                return False
        return False
