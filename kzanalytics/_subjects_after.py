"""Subjects behind a verb: أعلنت السلطات, and whether words of nobody known can be one."""

from __future__ import annotations

from typing import Final

from kzanalytics._clauses import Clause
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrase_ends import INITIALS
from kzanalytics._phrases import Text
from kzanalytics._word_classes import ADVERB, NAME
from kzanalytics.cues import Verb, bases

__all__ = ["HELP", "SOMEBODY", "SubjectsAfter", "ends_alias"]

_ADDRESSING: Final = tuple("أبلغ أخبر سأل نصح حذر دعا ناشد طالب أطلع ذكّر وعد اعتبر عدّ انتقد".split())
HELP: Final = frozenset("مساعده المساعده عون العون النجده الدعم التدخل الحمايه".split())
SOMEBODY: Final = frozenset(
    "معظمهم اغلبهم اكثرهم جميعهم كلهم احدهم احدهما احداهن احداهما بعضهم بعضهن كثيرون كثيرات اخرون اخريات".split()
)
_TELLING: Final = ("كشف", "ذكر", "أفصح", "سمى", "حدد")  # لم يكشف عن اسمه
_NAMING: Final = ("الكشف", "الافصاح", "ذكر", "التعريف")  # رفض الكشف عن اسمه
_SAYS: Final = ("قال", "أضاف", "أوضح", "ذكر", "تابع", "أشار", "صرح", "أفاد", "لفت")


class SubjectsAfter(Clause):
    """Finds the subject behind a verb."""

    def _subject_after(self, i: int, verb: Verb) -> tuple[int, int] | None:
        """The subject behind a verb: its first token and its end."""
        text, tok = self.text, self.tok
        if verb.plural and verb.form == "finite":
            return None  # قالوا: a verb in front of its subject is singular
        if verb.lemma == "رأى" and i < self.end and tok[i] in ("فيه", "فيها", "فيهم"):
            return None  # أما لوكاشينكو فرأى فيه الأمرين
        t = i
        steps = 0
        while t < self.end and steps < 8:
            n = text.at("adverb", t, self.end) if text.classes[t] & ADVERB else 0
            if n:
                t += n
            elif (
                (tok[t] == "،" and t == i and t + 1 < self.end and (text.at("adverb", t + 1, self.end)))
                or (tok[t] == "،" and t > i)
                or text.text[text.end[t] - 2 : text.end[t]] in ("ًا", "اً")  # دائمًا، أيضًا
                or tok[t] in ("له", "لها", "لهم", "لي", "لنا", "لك", "لكم")
                or (verb.lemma == "أطلق" and tok[t] in ("عليه", "عليها", "عليهم"))
                or (verb.lemma == "تحدث" and tok[t] in ("معه", "معها", "معهم", "اليه", "اليها", "اليهم"))
            ):
                t += 1
            else:
                break
            steps += 1
        if t >= self.end:
            return None
        token = tok[t]
        if token == "ل" and t + 1 in self.quotes:  # قال لـ«الشرق الأوسط» فلان
            t = text.token_at(self.quotes[t + 1].end - 1) + 1
            if t >= self.end:
                return None
            token = tok[t]
        if token == "الا":
            return None  # لم يتحدث إلا عن
        own = token.endswith(("ه", "ها", "هم")) and text.text[text.end[t] - 1] != "ة"
        if verb.lemma == "أخفى" and own and not token.startswith("ال"):
            return None  # لم تخف استياءها
        if token in SOMEBODY and verb.form == "object":
            return t, t + 1  # يراه آخرون
        if token in SOMEBODY and verb.form == "finite":
            whom = verb.kind in ("describe", "accuse") or verb.lemma in _ADDRESSING  # وحذر بعضهم من
            opens = i - 1 == self.first and not (t + 1 < self.end and tok[t + 1][0] == "ب" and len(tok[t + 1]) > 3)
            whom = whom and verb.joined and not opens and not token.endswith("ون")  # not ودعا آخرون
            return None if whom else (t, t + 1)  # يقول أحدهم
        named = text.match(t, self.end)
        if named is None and (token in THAT or token in AND_THAT):
            return None
        if named is not None and named[1].role == "counterpart" and token[0] == "ل":
            return None  # أكد لنظيره الكازاخي
        if token == "«":
            return (self._marked_name(t, verb) or self._behind_medium(t, verb)) if t == i else None
        if token == ":" or (len(token) == 1 and token not in INITIALS):
            return None
        if (text.at("object_noun", t, self.end) or token == "القول") and text.match(t, self.end) is None:
            return None
        if verb.lemma == "طلب" and token in HELP:
            return None
        if (verb.kind == "refuse" and (token in _NAMING or text.is_kind(t, "reducing"))) or (
            verb.lemma in ("جدد", "أعاد", "كرر") and text.is_kind(t, "renewed")
        ):
            return None  # يرفض حصر ما جرى في، تجدد التأكيد على
        if text.is_kind(t, "speech_noun") and text.match(t, self.end) is None:
            u = t + 1
            while u < self.end and tok[u] in ("صادر", "صدر", "عن", "ل", "من", "صادره", "صدرت"):
                u += 1
            issued = u > t + 1 or (u < self.end and (tok[u][0] == "ل" or text.is_kind(u, "institution_head")))
            if issued and u < self.end and text.is_head(u, self.end):
                return u, text.phrase_end(u, self.end, stop_b=True)
        led = token[0] in "بل" and len(token) > 3 and not self._plain_head(t) and not self._has_title(t)
        led = led and not text.is_called(t) and not self._recurs(t, verb) and not text.is_known_family(t)
        imam = token == "امام" and text.text[text.start[t]] == "إ"  # ودعا إمام المسجد
        if led or (token in PREPOSITIONS and named is None and not text.is_ali(t) and not imam):
            return self._late_subject(t)
        event = text.is_kind(t, "event_noun") and not text.at("person_head", t, self.end)  # but خلية الإعلام speaks
        if not token[0].isalpha() or event or (token in text.cues.stops and named is None and not imam):
            return None  # but إمام علي رحمن is a name
        if token.startswith(("لل", "بال", "لا")) and text.actors.match(tok, t, t + 1) is None:
            return None
        opens = i - 1 == self.first or tok[i - 2 : i - 1] == ["،"]
        if verb.cls == "appeal" and verb.joined and opens and text.is_kind(t, "addressee"):
            return None  # ودعا الشعب إلى: whoever spoke before
        head = text.is_head(t, self.end)
        construct = not head and token.endswith("و") and len(token) > 4 and t + 1 < self.end
        construct = construct and tok[t + 1].startswith("ال")  # مصابو التفجير
        if head or construct:
            if token[-1] == "ا" and token[:-1] in text.cues.words.get("institution_head", {}):
                return None  # اقترحت تنظيما: accusative
            if token[0] in "بل" and not text.actors.aliases.get(token) and not self._plain_head(t):
                return None
            end = text.phrase_end(t, self.end, stop_b="ب" in verb.opens)
            while construct and end < self.end and tok[end].startswith("ال"):
                end += 1
            return t, end
        if comma := self._introduced_end(t):
            return t, comma
        if token == "طالب" and (verb.lemma in _SAYS or verb.lemma == "سأل"):
            return t, text.phrase_end(t, self.end, stop_b=True)  # قال طالب مصري: a student
        if token in text.cues.verbs and not token.startswith("ال"):
            return None
        end = text.phrase_end(t, self.end, stop_b="ب" in verb.opens)
        first = tok[i - 1].lstrip("وف")[:1]
        past = first != "ي" and (first != "ت" or verb.gender == "m")  # تطرق, not تعبر
        if end < self.end and self._unknown_fits(t, end, verb, past):
            return t, end
        if verb.lemma in _SAYS and verb.form == "finite" and end >= t + 2 and text.is_name(t) and text.is_name(t + 1):
            return t, end  # وقال جيمي فولر المؤسس المشارك لمجموعة «...»
        return None

    def _introduced_end(self, t: int) -> int:
        """Where a name in no list ends (0: none): يرلان، وهو سائق; إرميخاميت إرتيسباييف، المستشار السابق."""
        tok = self.tok
        comma = next((u for u in range(t + 1, min(t + 4, self.end - 2)) if tok[u] == "،"), 0)
        if not comma or not all(self._can_be_named(u) for u in range(t, comma)):
            return 0
        after = tok[comma + 1]
        known = after in ("وهو", "وهي") or (comma == t + 1 and after in ("الذي", "التي"))
        titled = comma - t > 1 and self.text.is_kind(comma + 1, "person_head") and after[0] not in "وف"
        return comma if known or titled else 0

    def _marked_name(self, t: int, verb: Verb) -> tuple[int, int] | None:
        """A name in marks: طالب "أبو حسان" بتوحيد الجهود."""
        quote = self.quotes.get(t)
        close = self.text.token_at(quote.end - 1) if quote and quote.closed and quote.n_words <= 3 else self.end
        if close + 1 >= self.end:
            return None
        after = self.tok[close + 1]
        if after.startswith("ال") and not THAT.isdisjoint(self.tok[close + 2 : min(close + 4, self.end)]):
            return t + 1, close  # رأت «المدار» الحكومية أن، ذهبت «المدار» اليومية إلى أن
        opens = after in THAT or after == ":" or after in verb.opens or ("ب" in verb.opens and after.startswith("ب"))
        published = verb.lemma == "نشر" and after[0].isalpha()  # نشرت «المدار» مقالا
        led = (verb.lemma in _SAYS and after == "،") or (after in PREPOSITIONS and "that" in verb.opens)
        explained = led and self._opens_later(close + 1, verb, past=True)  # قالت «شيفرون»، أكبر مساهم، إن
        return (t + 1, close) if opens or published or explained else None

    def _behind_medium(self, t: int, verb: Verb) -> tuple[int, int] | None:
        """The subject behind the medium that was told: أبلغ «الوكالة» مصدر أمني أن."""
        quote = self.quotes.get(t)
        if quote is None or not quote.closed or quote.n_words > 3:
            return None
        after = self.text.token_at(quote.end - 1) + 1
        return self._subject_after(after, verb) if after < self.end and self.text.is_head(after, self.end) else None

    def _plain_head(self, t: int) -> bool:
        """Whether a word that starts with ب or ل is a head as it stands: بوتين، لجنة."""
        token = self.tok[t]
        words = self.text.cues.words
        if token in words.get("institution_head", {}) or token in words.get("person_head", {}):
            return True
        match = self.text.match(t, self.end)
        return match is not None and token in self.text.actors.aliases

    def _has_title(self, t: int) -> bool:
        """Whether a word is the first of a name with a title behind it: بختيار دوغان الناطق باسم ..."""
        if t + 3 < self.end and self.tok[t + 2] == "،" and self.text.is_kind(t + 3, "person_head"):
            return self.tok[t + 1].isalpha()  # تقول بياته إشمنت، الخبيرة في
        if t + 2 >= self.end or not self.text.is_kind(t + 2, "person_head"):
            return False
        if self.tok[t][1:] in self.text.cues.words.get("person_head", {}):
            return False  # أكد لنظيره الكازاخي مختار فلان
        name = (
            self.tok[t + 1].isalpha()
            and self.tok[t + 1] not in PREPOSITIONS
            and not self.text.cues.kinds(self.tok[t + 1])
        )
        return (name and not self.tok[t + 1].startswith("ال")) or (
            self.tok[t + 1].startswith("ال") and not self.tok[t].startswith(("بال", "لل"))
        )

    def _recurs(self, t: int, verb: Verb) -> bool:
        """Whether a word with ب or ل is a name, since the text has it again and what the verb opens follows: قال بهتشلي إن."""
        token, after = self.tok[t], t + 1
        if token[0] in verb.opens or token.startswith(("بال", "لل")) or token.endswith(("ه", "ها", "هم", "ات")):
            return False
        if token in self.text.cues.stops or self.text.at("adverb", t, self.end) or after >= self.end:
            return False
        nxt = self.tok[after]
        opens = nxt in THAT or nxt in (":", "«", "وهو", "وهي") or (nxt in verb.opens and token[0] != "ب")
        return opens and len(self.text.occurrences(token)) > 1

    def _unknown_fits(self, t: int, end: int, verb: Verb, past: bool) -> bool:
        """Whether words of nobody known can be the subject: what the verb opens follows them at once."""
        tok, nxt = self.tok, self.tok[end]
        family = self.text.is_known_family(t) if end == t + 1 else self.text.is_foreign(end - 1) and end == t + 2
        family = family or (end == t + 1 and self.text.is_foreign(t))
        if family and (self.text.is_name(t) or self.text.is_known_family(t)) and verb.form == "finite":
            return True  # يعزو دوبنوف الاحتجاجات إلى
        first = self.text.is_first_name(t)
        if first and 2 <= end - t <= 3 and self.text.is_kind(end, "the_events"):
            return True  # يعزو نبيل رشوان الاحتجاجات إلى
        titled = any(self.text.is_kind(u, "person_head") for u in range(t + 1, end))
        size = (tok.index("(", t) if "(" in tok[t:end] else end) - t  # without an explanation in brackets
        if size > (12 if nxt in THAT or nxt == ":" or titled else 5) or (
            tok[t].endswith(("ه", "ها", "هم")) and not first and "that" not in verb.opens
        ):
            return False
        if tok[t][0] in "بلك" and len(tok[t]) > 5 and tok[t][1:3] == "ال":
            return False
        if nxt == "ما":
            return True
        if nxt in THAT or nxt in (":", "«", "("):
            return nxt != "«" or end - t <= 3 or titled
        if nxt == "ل":  # قال فلان لـ«الوكالة» إن
            return self._opens_later(end, verb, past)
        if nxt in ("،", "-"):
            return end + 1 < self.end and (tok[end + 1] in THAT or self._opens_later(end, verb, past))
        if nxt in verb.opens:
            return first or not tok[t].endswith("ه") or tok[t].startswith("ال")
        if "ب" in verb.opens and nxt[0] == "ب" and len(nxt) > 4:
            return tok[t].startswith("ال") or end - t >= 2
        if nxt in PREPOSITIONS or nxt in self.text.cues.stops or self.text.told(t, end, self.text.match(end, self.end)):
            return self._opens_later(end, verb, past)
        things = self.text.is_kind(end, "event_noun") or self.text.is_kind(end, "object_noun")
        return "noun" in verb.opens and things and tok[t].startswith("ال")

    def _opens_later(self, t: int, verb: Verb, past: bool) -> bool:
        for u in range(t, min(t + 28, self.end)):
            token = self.tok[u]
            if token in THAT or token == ":" or (u in self.quotes and self.quotes[u].n_words > 4):
                return True
            expects = token in verb.opens and u > t
            only = len(verb.opens) == 1 and past
            if expects and (only or self.tok[u - 1] == "،" or self._object_at(u + 1)):
                return True
            if "ب" in verb.opens and token.startswith("بال") and u > t:
                return True
            other = self.text.cues.verbs.get(token)
            if token in ("طالب", "طالبه") and self.tok[u - 1] == "،":
                continue  # قال فلان، طالب مصري، إن
            if u > t and other is not None and other.form != "object" and not self._is_aside(u, other):
                return False
        return False

    def _is_aside(self, u: int, other: Verb) -> bool:
        """Whether a verb tells about whoever speaks: طلب عدم ذكر اسمه، لم يكشف عن اسمه، تحدثت لـ«عكاظ»."""
        after = self.tok[u + 1] if u + 1 < self.end else ""
        if after == "عدم" or (after == "ل" and u + 2 in self.quotes):
            return True
        return other.lemma in _TELLING and self.tok[u - 1] in ("لم", "لا")

    def _object_at(self, u: int) -> bool:
        return u < self.end and self.text.is_kind(u, "object_noun")

    def _late_subject(self, t: int) -> tuple[int, int] | None:
        """A subject behind an adverbial: قال في تصريح صحافي أمس وزير الخارجية إن."""
        text, tok = self.text, self.tok
        told = text.phrase_end(t, self.end) if tok[t][0] == "ل" and text.is_kind(t, "person_head") else t + 1
        for u in range(told, min(t + 16, self.end)):  # قال لوزير الخارجية سيرغي لافروف إن: not Lavrov
            token = tok[u]
            if (
                token in THAT
                or token == ":"
                or token in text.cues.verbs
                or token in text.cues.words.get("relative", {})
            ):
                return None
            after = tok[u - 1]
            free = after in ("،", "»") or text.at("adverb", u - 1, u) or ends_alias(text, t, u)
            if free and token[0].isalpha() and token not in PREPOSITIONS and text.is_head(u, self.end):
                if token[0] in "بل" and not self._plain_head(u):
                    continue
                if token[0] == "و" and token not in text.actors.aliases and not self._plain_head(u):
                    continue
                return u, text.phrase_end(u, self.end)
        return None

    def _can_be_named(self, t: int) -> bool:
        """Whether a word in front of a comma can be one of a name: ميهرا، in no list."""
        token, text = self.tok[t], self.text
        if text.is_name(t):
            return True
        plain = token.isalpha() and len(token) > 2 and not token.startswith("ال") and token not in PREPOSITIONS
        return plain and token not in text.cues.verbs and not text.cues.kinds(token) and not text.starts_cue(t)

    def _is_thing(self, t: int, end: int) -> bool:
        """Whether a subject cannot speak: كل الدلائل، هذه الأحداث."""
        while t + 1 < end and any(b in ("كل", "جميع", "معظم", "هذه", "هذا", "تلك", "كافه") for b in bases(self.tok[t])):
            t += 1
        return self.text.is_kind(t, "inanimate") and self.text.match(t, end) is None

    def _known_subject(self, subject: tuple[int, int] | str | None) -> bool:
        return isinstance(subject, tuple) and self.text.actors.match(self.tok, subject[0], subject[1]) is not None


def ends_alias(text: Text, i: int, end: int) -> bool:
    """Whether a known name ends right before a token."""
    classes = text.classes
    for t in range(max(i, end - 5), end):
        if classes[t] & NAME and (match := text.actors.match(text.tok, t, end)) is not None and t + match[0] == end:
            return True
    return False
