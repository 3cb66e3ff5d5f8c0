"""Reporting verbs behind what is said: «...»، قال بوتين."""

from __future__ import annotations

from functools import partial
from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import PREPOSITIONS
from kzanalytics._verb_subjects import VerbSubjects
from kzanalytics.cues import Verb

__all__ = ["VerbsBehind"]

_AFTER_SAYING: Final = (["."], ["،"], ["وهو"], ["وهي"])
_FEELINGS: Final = ("مراره", "حزن", "اسي", "غضب", "سخريه", "هدوء", "حسره", "انفعال", "ثقه", "حذر", "تهكم", "اسف", "صوت")
_SUBORDINATE: Final = frozenset("عندما حين حينما بعدما لما كلما".split())


class VerbsBehind(VerbSubjects):
    """Finds the events of verbs behind what is said."""

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
        led = i + 2 < self.end and (self.tok[i + 1] in ("في", "خلال") or self.tok[i + 1][0] == "ب")
        comma = next((t for t in range(i + 2, min(i + 9, self.end)) if self.tok[t] == "،"), 0)
        led = led and not any(w in self.text.cues.verbs for w in self.tok[i + 1 : comma])  # تروي بصوت خافت،
        behind = comma if doing or led else i + 1
        aside = (
            before == "،"
            and self.tok[behind : behind + 1] == ["،"]
            and behind > i
            and verb.lemma in ("قال", "أكد", "أضاف", "كتب", "روى", "حكى", "شرح")
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
        if subject is None:
            return None
        says = verb.lemma in ("قال", "أكد", "أضاف", "أوضح", "ذكر", "كتب", "أعلن", "تابع", "صرح")
        told = says or verb.lemma in ("أجاب", "رد", "علق", "روى", "شرح", "حكى", "تساءل", "تذكر")
        if before == "،" and told and not verb.joined and subject[1] < self.end and self.tok[subject[1]] == "،":
            stop = self._scope_end(subject[1] + 1, "that")  # منذ ذلك العام، يكتب المحلل، تغير كل شيء
            who, first = self._resolve(*subject), self._clause_start(i)
            return Event(i, i, verb.lemma, verb.cls, verb.kind, who, first, stop, "after", backward=True)
        far = before == "،" and says and not verb.joined and self._is_told_before(i, subject)
        if not (quoted or far or (before == "،" and says and subject[1] >= self.end - 6)):
            return None
        speaker = self._resolve(*subject)
        start = self._clause_start(i)
        return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, start, i, "after", backward=True)

    def _is_told_before(self, i: int, subject: tuple[int, int]) -> bool:
        """لن تنسحب القوات قبل ...، قال الأمين العام لوكالة فلان: whether the words in front of a verb are what is said."""
        opens = self.tok[self.first].lstrip("وف")
        if self.events or opens in PREPOSITIONS or self.text.at("adverb", self.first, i) or i - self.first < 6:
            return False
        to = self.tok[subject[1]] if subject[1] < self.end else "."
        where = to in ("،", ".", "علي", "في", "امام", "خلال", "عبر", "ل") or (to[0] == "ل" and len(to) > 3)
        return where and self.text.is_head(subject[0], self.end)

    def _after_quote(self, i: int) -> bool:
        """Whether a word stands behind the closing mark of a quotation."""
        if i - 1 <= self.first:
            return False
        return self.tok[i - 1] == "»" or (self.tok[i - 1] == "،" and self.tok[i - 2] == "»")

    def _can_be_name(self, t: int) -> bool:
        """Whether a word behind «...»، تقول can be whoever says it, and nothing else that is known."""
        if t >= self.end or not self.tok[t].isalpha() or len(self.tok[t]) < 3 or self.tok[t] in self.text.cues.verbs:
            return False
        named = not self.text.starts_cue(t) or self.text.is_kind(t, "first_name")
        named = named or (self.tok[t + 1 : t + 2] == ["،"] and self.tok[t + 2 : t + 3] in (["وهو"], ["وهي"]))
        return named and self.tok[t] not in PREPOSITIONS

    def _is_manner(self, t: int) -> bool:
        """يقول ساخرا، يضيف بمرارة: whether a word says how something is said."""
        token = self.tok[t]
        led = token[0] == "ب" and len(token) > 4 and token.endswith(_FEELINGS)
        doing = len(token) > 4 and token.endswith("ا") and (token[1] == "ا" or token.startswith(("مت", "مبت", "مست")))
        manly = self.tok[t - 1].lstrip("وف")[:1] != "ت"  # تقول ساخرة; تقول ناتاشا is a name
        return led or (doing and manly and not token.endswith("يا") and not self.text.is_kind(t, "first_name"))
