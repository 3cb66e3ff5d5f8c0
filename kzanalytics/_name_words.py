"""Which words are names, and where a name ends that something parts from its title."""

from __future__ import annotations

from typing import Final

from kzanalytics._news_tokens import Tokens
from kzanalytics._newstext import THAT, NewsText
from kzanalytics._word_classes import KIND, NAME
from kzanalytics.cues import Cues
from kzanalytics.speakers import Actor, Actors

__all__ = ["FOREIGN", "HIS_WORDS", "OF_NAMES", "NameText"]

# How family names of the region end.
FOREIGN: Final = ("نوف", "روف", "لوف", "دوف", "توف", "كوف", "ييف", "دايف", "بايف", "لايف", "ينكو", "سكي")
_OF_WOMEN: Final = ("نوفا", "روفا", "لوفا", "دوفا", "توفا", "كوفا", "ييفا", "دايفا", "لايفا")
HIS_WORDS: Final = ("قوله", "قولها", "قولهم", "قولهما")
OF_NAMES: Final = ("ابو", "ابي", "بن", "ابن", "بنت", "ام", "ال")


class NameText(NewsText):
    """A text that knows the names of actors, and which other words can be names."""

    def __init__(self, text: str, actors: Actors, cues: Cues, tokens: Tokens) -> None:
        super().__init__(text, cues, tokens)
        self.actors = actors

    def match(self, i: int, end: int) -> tuple[int, Actor] | None:
        """The longest alias that starts at a token: how many tokens, and whose."""
        return self.actors.match(self.tok, i, end) if self.classes[i] & NAME else None

    def is_ali(self, t: int) -> bool:
        """Whether علي is the name and not على, which normalises to the same word."""
        return self.tok[t] == "علي" and self.text[self.start[t] : self.end[t]] == "علي"

    def is_first_name(self, t: int) -> bool:
        """Whether a word is a first name as it stands: بولات; not بسعد."""
        return self.tok[t] in self.cues.single["first_name"]

    def is_foreign(self, t: int) -> bool:
        """Whether a word looks like a family name of the region: باتيروف; not بظروف، بمعروف."""
        token = self.tok[t]
        short = len(token) > 3 and t > 0 and self.is_first_name(t - 1)  # ألكسندر بونوف
        if token.endswith(_OF_WOMEN):  # نورلانوفا; not معروفا، مكشوفا
            return short or (len(token) > 6 and token[0] not in "مبل")
        return (len(token) > 5 or short) and token.endswith(FOREIGN) and token[:2] not in ("ال", "بم", "لم")

    def is_called(self, t: int) -> bool:
        """Whether a word is a name although it starts with a letter of a preposition: بيريك، باكيتجان ساغينتاييف."""
        if self.is_first_name(t):
            return True
        led = self.tok[t].startswith(("بال", "لل")) or self.tok[t][1:] in self.cues.single["first_name"]
        return not led and t + 1 < len(self.tok) and self.is_foreign(t + 1)

    def is_name(self, t: int) -> bool:
        """Whether a word can be one of a name: indefinite, in no list, and no adverb."""
        definite = self.tok[t].startswith("ال") and not self.is_first_name(t)  # not ألكسندر، إلياس
        if definite or len(self.tok[t]) < 3 or not self._goes_on(t):
            return False
        if self.classes[t] & KIND:
            return self.is_first_name(t)
        return not self.at("adverb", t, t + 1) and not self.tok[t].endswith(("ا", "ه")) and self.tok[t][0] not in "بل"

    def is_family_name(self, t: int) -> bool:
        """مراد أيدن: a word that could be a verb of a feminine plural, behind a first name."""
        verb = self.cues.verbs.get(self.tok[t])
        women = verb is not None and verb.plural and verb.gender == "f" and verb.form == "finite"
        return women and t > 0 and self.is_kind(t - 1, "first_name")

    def _goes_on(self, t: int) -> bool:
        """Whether a word can go on with a phrase: no mark, verb, preposition or thing that is reported."""
        token = self.tok[t]
        if not token[0].isalpha() or token in THAT or token in self.cues.stops or token in HIS_WORDS:
            return False
        if token in self.cues.verbs and not self.is_family_name(t):
            return False
        return not any(self.is_kind(t, k) for k in ("speech_noun", "title_noun", "event_noun", "object_noun"))

    def _joined(self, t: int) -> bool:
        """Whether a name is joined to the one before it by و (which واشنطن is not)."""
        return self.tok[t][0] == "و" and self.tok[t] not in self.actors.aliases

    def _behind_full_name(self, t: int) -> bool:
        """Whether something that can be said stands behind a full name: أكد الوزير فيصل المقداد وقوف بلاده."""
        family = self.tok[t - 1].startswith("ال") and self.is_kind(t - 2, "first_name")
        return family and self.is_kind(t, "object_noun")

    def _ends_name(self, t: int, end: int) -> bool:
        """Whether a word is a family name: one that can be a name, or any in front of what is said."""
        if t < end and self.is_name(t):
            return True
        known = t + 1 < end and (self.tok[t + 1] in THAT or self.tok[t + 1] in ("،", ":"))
        return known and self.tok[t].isalpha() and not self.classes[t] & KIND

    def _name_behind_marks(self, t: int, end: int) -> int:
        """Where a name starts behind a preposition and a body in marks; else 0."""
        quotation = self.quotation_at(t + 1) if t + 1 < end else None
        if quotation is None or not quotation.closed or quotation.n_words > 4:
            return 0
        close = self.token_at(quotation.end - 1) + 1
        named = close < end and (self.is_name(close) or self.is_kind(close, "first_name"))
        return close if named else 0

    def _name_behind_place(self, i: int, t: int, end: int) -> int:
        """End of a name that a place parts from its title: المسؤول في السفارة أحمد فلان; else 0."""
        if not self.is_kind(i, "person_head"):
            return 0
        firsts = self.cues.single.get("first_name", set())
        for u in range(t + 2, min(t + 12, end - 1)):
            token = self.tok[u]
            if self.tok[u - 1] == "»" and self.is_name(u) and self._ends_name(u + 1, end):
                return u + 2  # محلل النفط في البنك «المدار» رشاد كلالي
            if token in firsts and (token != "علي" or self.is_ali(u)):
                before = self.tok[u - 1]
                if before in self.cues.words.get("namesake", {}) or (
                    self.is_kind(u - 1, "institution_head") and before[:2] != "ال"
                ):
                    return 0
                name = u + 1
                while name < min(u + 4, end) and self._goes_on(name) and self.tok[name - 1][:2] != "ال":
                    if name > u + 1 and any(
                        self.is_kind(name, kind) for kind in ("the_events", "anger", "institution_head")
                    ):
                        break  # تيمور عمروف الاضطرابات
                    name += 1
                return name if name > u + 1 else 0
            if self.tok[u - 1].startswith("ال") and self.is_name(u) and self._ends_name(u + 1, end):
                if self.tok[u + 1] in OF_NAMES and u + 3 < end and self.tok[u + 2].isalpha():
                    return u + 3  # ريم أبو شمالة
                return u + 2  # القيادي في الاتحاد الوطني رشاد كلالي
            apart = token == "،" and u + 3 < end
            apart = apart and (self.tok[u - 1].startswith(("ال", "وال")) or self.is_kind(u + 1, "first_name"))
            if apart and self.is_name(u + 1) and self.tok[u + 4 : u + 5] == ["،"] and self._goes_on(u + 3):
                return u + 4  # النائب عن حزب الحركة القومية، ألب أرسلان دمير،
            if apart and self.is_name(u + 1) and self.tok[u + 3] in ("،", "ان"):
                return u + 3  # رئيس الدائرة في النيابة، سيريك شالاباييف، إن
            of_body = token.startswith("ال") and self.is_kind(u - 1, "institution_head")  # حزب الوحدة
            if token not in ("في", "عن", "«", "»") and not of_body and not self._goes_on(u):
                return 0
        return 0

    def _apposed_name(self, comma: int, end: int) -> int:
        """End of a name of two to four words, or with a title, between a comma and another (or the complement), else 0."""
        if comma + 1 < end and self.tok[comma + 1][0] == "و" and self.is_kind(comma + 1, "person_head"):
            comma = next((t for t in range(comma + 2, min(comma + 12, end)) if self.tok[t] == "،"), comma)  # 2nd office
        for t in range(comma + 1, min(comma + 10, end)):
            token = self.tok[t]
            if token == "،" or token in THAT or token == ":":
                titled = any(self.is_kind(u, "person_head") for u in range(comma + 3, t))
                return t if 2 <= t - comma - 1 <= (8 if titled else 4) else 0
            if self.is_ali(t):
                continue
            if self.is_kind(t, "renewed") and token.endswith(("ه", "ها", "هم")) and t > comma + 1:
                return 0  # الصادق المهدي، عزمه تشكيل تكتل
            rank = token == "اول" and self.is_kind(t - 1, "person_head")  # الفريق أول أندريه سيرديوكوف
            if not token[0].isalpha() or (token in self.cues.stops and not rank) or token in self.cues.verbs:
                return 0
        return 0
