"""The subject of a reporting verb, and what stands behind it and is none."""

from __future__ import annotations

from typing import Final

from kzanalytics._newstext import THAT
from kzanalytics._openers import WHO
from kzanalytics._verb_readings import VerbReadings
from kzanalytics.cues import Verb

__all__ = ["VerbSubjects"]

_ALL: Final = frozenset("الثلاثه الاربعه الخمسه السته السبعه الثمانيه التسعه العشره".split())
_KIN: Final = tuple("اسر عائل والد زوج شقيق محام ابن ابو اخ ام اقارب ذو رفاق زملا".split())


class VerbSubjects(VerbReadings):
    """Finds who a verb says speaks."""

    def _own_subject(self, i: int, verb: Verb) -> tuple[int, int] | None:
        """The subject of the verb's own, behind it, or in front of it where the words behind name nobody."""
        text = self.text
        if verb.form != "finite" or self._behind_subject(i):
            return None
        subject = self._subject_after(i + 1, verb)
        if self._verb_spelled(i, verb)[0] == "ل" and verb.lemma[0] != "ل" and i > self.first:
            return None  # وقف نائب ليذكر الحكومة بأن
        if subject and verb.kind in ("accuse", "verb") and self._is_object(i, subject, verb):
            return None
        if subject and verb.kind == "accuse" and self.tok[subject[0]].endswith("ين"):
            known = text.is_head(subject[0], self.end)
            if not known and isinstance(self._subject_before(i), tuple):
                return None  # بوتين يتهم إرهابيين
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
            ahead = self._subject_before(i) if verb.lemma in ("أبلغ", "أخبر") and not verb.joined else None
            return isinstance(ahead, tuple) and ahead[1] == i  # إن أردوغان أبلغ شي أن
        if match is None and self.text.is_first_name(subject[0]) and subject[1] > subject[0] + 1:
            return False  # حذرت أنجيلا ستنت من، حذر أندريه غروزين من
        if verb.lemma == "اتهم" and verb.joined and subject[1] < self.end and self.tok[subject[1]][0] == "ب":
            return True  # واتهمت الحكومة بأنها: nobody else is there to be accused
        feminine = token.endswith(("ه", "ات", "دول")) or bool(match and match[1].gender == "f")
        if self.text.is_kind(subject[0], "person_head"):
            feminine = token.endswith("ه")
        body = match is not None and match[1].kind == "institution"
        if body and verb.gender == "m" and self.text.is_kind(subject[0], "institution_head"):
            feminine = token.endswith(("ه", "ات"))  # حذر جهاز الأمن القومي من, although it is لجنة elsewhere
        if not verb.plural and feminine != (verb.gender == "f"):
            return not (match is None and self.text.is_kind(subject[0], "institution_head") and verb.gender == "f")
        return self.tok[i - 1] != "-" and isinstance(self._subject_before(i), tuple)  # موسكو (تاس) - أبلغ مصدر

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

    def _agent(self, i: int, start: int, subject: tuple[int, int] | None) -> tuple[int, int] | None:
        """اتهم فلان من قبل اللجنة بـ: whose deed a passive tells; not اتهم الكرملين محرضين ممولين من قبل الغرب بـ."""
        t = subject[1] if subject is not None else start
        by = i < t < start - 2 and self.tok[t] == "من" and self.tok[t + 1] in ("قبل", "جانب", "طرف")
        by = by and (self.text.is_head(t + 2, start) or self.tok[t + 2] == "الادعاء")
        return (t + 2, self.text.phrase_end(t + 2, start)) if by else None

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

    def _but_other(self, i: int) -> tuple[int, int] | None:
        """قالت السلطات إنه هاجمهم، لكن أسرته تنفي: somebody else, of those whom the sentence tells of."""
        if i - 3 <= self.first or self.tok[i - 2] not in ("لكن", "ولكن", "بينما", "فيما"):
            return None
        one = self.tok[i - 1].endswith(("ه", "ها", "هم")) and self.tok[i - 1].startswith(_KIN)
        return (i - 1, i) if one else None
