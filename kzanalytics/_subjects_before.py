"""Subjects in front of a verb: السلطات ... أعلنت, whom a relative means, whom أما names."""

from __future__ import annotations

from typing import Final

from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._subjects_after import SOMEBODY, SubjectsAfter
from kzanalytics._word_classes import MAIN
from kzanalytics.cues import Verb

__all__ = ["DURING", "INSIDE", "ISSUED", "WAS", "SubjectsBefore"]

SVO_GAP: Final = 25  # tokens between a subject in front and its verb
_FAMILY_ENDS: Final = (
    "نوفا",
    "روفا",
    "كوفا",
    "ييفا",
    "وف",
    "يف",
    "اييف",
    "ينكو",
    "سكي",
    "شنكو",
    "يان",
    "زاده",
    "وغلو",
    "شفيلي",
    "مان",
    "سون",
)
_ONE_OF_THEM: Final = frozenset("الاول الثاني الثالث الاخر الاولي الثانيه الثالثه الاخري".split())
WAS: Final = frozenset("كان كانت كانوا وكان وكانت وكانوا".split())
_WRITTEN: Final = frozenset("مقال مقالا مقاله تقرير تقريرا دراسه تحليل تحليلا عمود عمودا كتاب كتابا".split())
_SAID: Final = frozenset("مقابله حوار حوارا تغريده تدوينه منشور منشورا كلمه خطاب خطابا خطبه محاضره بيان بيانا".split())
_PUBLISHED: Final = ("نشر", "ينشر", "تنشر", "بث", "يبث", "اذاع", "تداول", "يتداول", "عرض", "نقل", "اورد", "شارك")
_SHOWN: Final = ("نشر", "بث", "تداول", "عرض", "اورد", "شارك", "اذاع")
_CALLS: Final = tuple("اتصال رساله رسائل برقي مكالمه تعزيه تهنئه تهاني خطاب مذكره نداء بيان".split())
_RECORDED: Final = ("مقطع", "تسجيل", "شريط", "فيديو", "شهاد", "اعتراف")
_SOMEONE: Final = frozenset(
    "رجل امراه سيده شاب شابه فتاه ام اب جندي طبيب طبيبه ممرضه ممرض مريض مريضه معتقل سائق".split()
)
_ARRESTS: Final = ("اعتقل", "اوقف", "احتجز", "ضبط", "لاحق", "قتل")
_KIN: Final = tuple("زوج والد شقيق ابن اخو اخت جار زميل صديق رفيق عم خال جد".split())
INSIDE: Final = ("فيه", "فيها")
_INTERVIEWS: Final = ("مقابله", "حوارا", "حوار", "لقاء", "حديثا")
DURING: Final = ("خلاله", "خلالها", "خلالهما")
ISSUED: Final = ("صدر", "صدرت", "يصدر", "صادر", "صادرا", "الصادر")
_STILL: Final = frozenset(
    "ظل ظلت تظل يظل تزال يزال زال زالت زالوا بات باتت راح راحت اخذ اخذت بدا بدات".split()
) | frozenset("عاد عادت صار صارت اصبح اصبحت استمر استمرت".split())
_TOPIC: Final = ("اما", "واما", "سئل", "سئلت", "وسئل", "وسئلت")


class SubjectsBefore(SubjectsAfter):
    """Finds the subject in front of a verb."""

    def _subject_before(self, i: int) -> tuple[int, int] | str | None:
        """The subject in front of a verb: its span, ``"thing"`` for one that cannot speak, or None."""
        text, tok, classes = self.text, self.tok, self.text.classes
        if i > self.first and tok[i - 1] in text.cues.words.get("relative", {}):
            return self._antecedent(i - 1, text.cues.verbs[tok[i]])
        if (
            i - 1 > self.first
            and tok[i - 1] in ("قد", "كان", "كانت")
            and tok[i - 2] in text.cues.words.get("relative", {})
        ):
            return self._antecedent(i - 2, text.cues.verbs[tok[i]])
        behind = tok[i + 1] if i + 1 < self.end else ""
        if (behind in DURING or behind in INSIDE) and (caller := self._caller(i)) is not None:
            return caller
        if behind in INSIDE and not self._in_statement(i):
            return self._author(i)  # قدم الوزير عرضا حول التطورات، قال فيه: whoever the sentence is about
        if i - 1 == self.first and tok[i - 1] in _ONE_OF_THEM:
            return i - 1, i  # الأول قال إن
        if i > self.first and tok[i - 1] in SOMEBODY:
            return i - 1, i
        if i > self.first and tok[i - 1] in ("وهو", "وهي", "وهم", "هو", "هي", "هم", "فهو", "فهي", "فهم"):
            return None  # وهو يتحدث: whoever the sentence is about
        for t in range(i - 2, max(self.first, i - 8), -1):
            issued = tok[t] == "عن" and not {tok[t - 1], tok[t - 2]}.isdisjoint(ISSUED)
            if issued and text.is_head(t + 1, i) and text.phrase_end(t + 1, i) == i:
                return t + 1, i  # صدر بيان عن الوزارة يؤكد، بيانا صادرا عن الوزارة يفيد
            if tok[t] == "من" and text.is_kind(t - 1, "speech_noun") and text.is_head(t + 1, i):
                if text.phrase_end(t + 1, i) == i and not tok[t - 1].startswith("ال"):
                    return t + 1, i  # لا يردمها بيان من المنظمة ينكر
                break
        if tok[i - 1] == "ان" and (before := self._had_before(i)) is not None:
            return before
        if (
            i - 3 > self.first
            and tok[i - 2 : i] == ["سبق", "ان"]
            and tok[i - 3] not in text.cues.words.get("relative", {})
        ):
            return self._subject_before(i - 2)  # الدول العربية سبق أن أبلغت
        if i - 2 > self.first and tok[i - 2] in THAT and self._can_speak(i - 1):
            return "thing" if text.is_kind(i - 1, "inanimate") else (i - 1, i)  # مع أن الحلفاء دعوا
        for t in range(i - 2, max(self.first, i - 9), -1):
            if tok[t] in THAT:
                named = text.is_head(t + 1, i) and text.phrase_end(t + 1, i) == i
                if named and tok[t + 1] != "الله":
                    return t + 1, i  # أعرف أن الخارجية الأميركية أنكرت
                break
            if tok[t] == "،":
                break
        if self._in_statement(i):
            for t in range(i - 2, max(self.first, i - 14), -1):
                if tok[t] == "،":
                    break
                if text.is_head(t, i):
                    while t - 1 > self.first and text.is_head(t - 1, i) and text.phrase_end(t - 1, i) > t:
                        t -= 1  # أصدرت وزارة الداخلية بيانا قالت فيه
                    return t, text.phrase_end(t, i - 1)
                if t in self.quotes and self.quotes[t].closed and self.quotes[t].n_words <= 3:
                    return t + 1, text.token_at(self.quotes[t].end - 1)
        start = self.first
        for event in self.events:
            start = max(start, event.end if event.end < i else event.last + 1)
        for t in range(i - 1, start, -1):
            if tok[t] == "؛" or (classes[t] & MAIN and text.at("clause", t, self.end)):
                start = t
                break
            if tok[t] == ":" and t + 1 < i and tok[t + 1][0] == "ف" and text.is_head(t + 1, i):
                start = t + 1  # لم تفعل ذلك: فتوكاييف لم يتحدث عن
                break
            if tok[t] in ("لكن", "ولكن", "غير", "بيد", "الا") and t > start:
                start = t + 1 + (tok[t + 1] in ("ان",))
                break
        t = start + (tok[start] in ("لكن", "ولكن"))
        t = self._behind_dateline(t, i)
        if t == self.first and ":" in tok[t + 1 : min(t + 4, i)] and any(w[0].isdigit() for w in tok[t : t + 2]):
            t = tok.index(":", t) + 1  # 15 يناير: النيابة العامة تعلن
        place = text.match(t, i) if t == self.first else None
        if place is not None and place[1].kind == "country" and tok[t + place[0]] == ":" and t + place[0] + 1 < i:
            t += place[0] + 1  # كازاخستان: الرئيس يتهم
        while t < i:
            n = text.at("discourse", t, i) or text.at("clause", t, i) or text.at("adverb", t, i)
            if n:
                t += n
            elif not tok[t][0].isalpha() or tok[t].lstrip("وف") in _STILL:
                t += 1  # وتظل السلطات تتحدث
            elif tok[t].lstrip("وف") in ("ثمه", "هناك", "هنالك") and t + 1 < i and text.is_head(t + 1, i):
                t += 1  # وثمة محللون يربطون
            elif tok[t].lstrip("وف") in ("لا", "ما", "لم") and t + 1 < i and tok[t + 1] in _STILL:
                t += 2
            else:
                break
        if t >= i:
            return "thing" if tok[i - 1] in ("هذا", "وهذا", "فهذا") else None
        verbal = t + 1 < i and text.is_head(t + 1, i)  # ووضع الرئيس باقة: no situation
        if tok[t] == "ما" or (text.is_kind(t, "inanimate") and text.match(t, i) is None and not verbal):
            return "thing"
        shouted = tok[i - 1].endswith("ات") and len(tok[i - 1]) > 4
        if verbal and shouted and tok[t + 1].endswith("ون") and not tok[t].startswith("ال"):
            return t + 1, text.phrase_end(t + 1, i)  # رفع المتظاهرون شعارات تندد
        adjacent = text.phrase_end(t, i)
        plural = t + 1 < i and tok[t + 1].endswith("ون")
        if (verbal or plural) and (witness := self._witness(i)) is not None:
            return witness
        if (verbal or plural) and tok[t].lstrip("وف").startswith(_SHOWN) and (end := self._shower_end(t + 1, i)) < i:
            return t + 1, end  # تداول ناشطون مقاطع قالوا إنها
        did = verbal and tok[t].endswith("ت") and tok[t + 1].startswith("ال") and not text.is_head(t, i)
        if did and (end := text.phrase_end(t + 1, i)) < i <= end + 2 and not tok[end].startswith("ال"):
            return t + 1, end  # عرضت السلطات أسلحة قالت إنها
        if text.is_head(t, i) and tok[t] not in text.cues.verbs:
            if adjacent < i and tok[adjacent] == "،" and (person := self._named_at(adjacent + 1, i)):
                return person, i  # السيدة فلانة، الرئيس توكاييف تحدث عن
            if adjacent == i or self._gap_fits(adjacent, i):
                if tok[t][0] in "بلك" and not self._plain_head(t):
                    return None
                return t, adjacent
        elif (
            (
                adjacent == i
                and i - t <= 4
                and t == start
                and tok[t] not in text.cues.stops
                and tok[t] not in PREPOSITIONS
            )
            and tok[t] not in text.cues.verbs
            and not text.at("object_noun", t, i)
            and i - t >= 2
        ):
            return t, adjacent
        if adjacent == i == t + 1 and text.is_known_family(t):
            return t, i  # لكن فهمي يحذر
        led = t + 2 < i <= t + 12 and tok[t + 2] in ("من", "في")
        if t == start == self.first and led and self._is_foreign(t) and not text.is_head(t, i):
            plain = not any(w in ("،", "؛") or w in text.cues.verbs for w in tok[t:i])
            if plain and text.is_name(t) and text.is_name(t + 1):
                return t, t + 2  # تيمور عمروف من المركز يستبعد
        apart = t == start and tok[adjacent] == "،" and tok[i - 1] == "،"
        titled = apart and adjacent + 1 < i and text.is_kind(adjacent + 1, "person_head")
        if titled and 2 <= adjacent - t <= 4 and all(self._can_be_named(u) for u in range(t, adjacent)):
            return t, adjacent  # أحمد فلان، رئيس الحزب، حذر من
        verb = text.cues.verbs.get(tok[i])
        if verb is not None and verb.joined and tok[i - 1] == "،":
            return None  # أطلعهم على الأحداث، وقال: a clause of its own
        for u in range(i - 1, max(start, i - 6), -1):
            if text.is_kind(u, "inanimate") and text.match(u, i) is None and tok[u - 1] not in ("من",):
                return "thing" if u >= i - 2 else None
        return None

    def _behind_dateline(self, first: int, before: int) -> int:
        """Where a sentence goes on behind a place and a dash: بكين - أجرى، موسكو (تاس) - قال."""
        if first != self.first:
            return first
        dash = next((t for t in range(first + 1, min(first + 7, before - 1)) if self.tok[t] == "-"), first)
        place = dash > first and all(self.tok[t].isalpha() or self.tok[t] in "()،" for t in range(first, dash))
        return dash + 1 if place and not any(w in self.text.cues.verbs for w in self.tok[first:dash]) else first

    def _witness(self, i: int) -> tuple[int, int] | None:
        """بث التلفزيون اعترافات رجل قال، استضافت القناة ناشطة حقوقية قالت: somebody next to the verb, who agrees with it.

        Not أوقفت الشرطة امرأة قالت إنها شاركت: what a body says of her.
        """
        verb = self.text.cues.verbs.get(self.tok[i])
        if verb is None or verb.joined or verb.plural or verb.form != "finite" or i + 1 >= self.end:
            return None
        opens = self.tok[i + 1]
        if not (opens in THAT or opens in INSIDE or opens in (":", "«") or opens in PREPOSITIONS):
            return None
        for t in (i - 1, i - 2):
            if t <= self.first + 1:
                return None
            word = self.tok[t]
            bare = word[1:] if word[0] == "ل" and self.tok[t - 1].startswith(_RECORDED) else word
            bare = bare[:-1] if bare.endswith("ا") and len(bare) > 3 else bare
            named = self.text.is_kind(t, "first_name") or self.text.is_kind(t - 1, "first_name")
            if named or bare.startswith("ال"):
                continue
            if not ("person_head" in self.text.cues.kinds(bare) or bare in _SOMEONE):
                continue
            if bare.endswith("ه") != (verb.gender == "f"):
                return None
            of_somebody = self.tok[t - 1].startswith(("ال", *_RECORDED)) or self.tok[t - 1] in PREPOSITIONS
            if word == bare and not of_somebody:
                return None  # تقارير صحفية ذكرت
            if t == i - 2 and not (self.tok[i - 1].isalpha() and self.tok[i - 1].endswith(("ه", "ا", "ي"))):
                return None
            told_of = (
                self.tok[i + 2 : i + 3] not in (["كانت"], ["لم"], ["لا"], ["لن"])
                and opens in ("انه", "انها")
                and self.tok[t - 1].endswith("ه")
                and verb.gender == "f"
            )
            arrested = any(w.lstrip("وف").startswith(_ARRESTS) for w in self.tok[self.first : t])
            return None if told_of and arrested else (t, i)
        return None

    def _shower_end(self, t: int, i: int) -> int:
        """Where the one ends who shows something that is no part of the name: ناشطون محليون مقاطع فيديو."""
        match = self.text.match(t, i)
        end = t + (match[0] if match is not None else 1)
        plural, definite = self.tok[t].endswith("ون"), self.tok[t].startswith("ال")
        while end < i and ((plural and self.tok[end].endswith("ون")) or (definite and self.tok[end].startswith("ال"))):
            end += 1
        return end if plural or definite or match is not None else i

    def _named_at(self, t: int, i: int) -> int:
        """The token at which a title with a known name starts that ends in front of a verb (0: it does not)."""
        text = self.text
        if not text.is_kind(t, "person_head") or text.phrase_end(t, i) != i:
            return 0
        match = text.match(t + 1, i) if t + 1 < i else None
        return t if match is not None and match[1].kind == "person" and t + 1 + match[0] == i else 0

    def _had_before(self, i: int) -> tuple[int, int] | None:
        """Whose deed it was: سبق للجهاز أن أعلن."""
        for t in range(i - 2, max(self.first, i - 8), -1):
            if self.tok[t - 1].lstrip("وف") in ("سبق", "يسبق") and self.tok[t][0] == "ل" and self.text.is_head(t, i):
                return t, self.text.phrase_end(t, i - 1)
        return None

    def _caller(self, i: int) -> tuple[int, int] | None:
        """From whom a call came, or with whom an interview was: تلقى اتصالا من نظيره أعرب خلاله عن، مقابلة مع الباحث، قال فيها.

        Not أجرى اتصالا مع نظيره أكد خلاله.
        """
        for t in range(i - 2, max(self.first, i - SVO_GAP), -1):
            if self.tok[t] == "مع":
                met = any(w in _INTERVIEWS for w in self.tok[max(self.first, t - 3) : t]) and self.tok[i - 1] == "،"
                if not (met and self.text.is_head(t + 1, i)):
                    return None
                match, host = self.text.match(t + 1, i), self.text.match(self.first + 1, t)
                held = host is not None and host[1].kind != "media"  # أجرى الرئيس مقابلة مع وكالة تاس، حذر فيها من
                held = held or (host is None and self.text.is_kind(self.first + 1, "person_head"))
                medium = self.text.is_kind(t + 1, "medium") or (match is not None and match[1].kind == "media")
                return None if held or medium else (t + 1, self.text.phrase_end(t + 1, i))
            called = any(self.tok[u].startswith(_CALLS) for u in range(max(self.first, t - 4), t))
            some = self.tok[t - 1] in ("عدد", "بعدد", "بكل", "كل")  # اتصالات بعدد من القادة: whom he called
            if self.tok[t] == "من" and called and not some and self.text.is_head(t + 1, i):
                return t + 1, self.text.phrase_end(t + 1, i)
        return None

    def _author(self, i: int) -> tuple[int, int] | None:
        """Whose article it is in which something is said: نشرت الصحيفة مقالا للمحلل فلان يعتبر فيه أن."""
        for t in range(i - 1, max(self.first, i - 9), -1):
            token, text = self.tok[t], self.text
            by = token.startswith("لل") and self.tok[t - 1] in _WRITTEN
            said = self.tok[t - 1] in _SAID or self.tok[t - 1].startswith(_RECORDED)
            said = said or (
                self.tok[t - 1].startswith(("صوتي", "مصور")) and self.tok[t - 2].startswith((*_RECORDED, "رسال"))
            )
            by = by or (token[0] == "ل" and said and self._is_published(t))
            if by and text.is_head(t, i):
                match = text.match(t, i)
                addressed = (match is not None and match[1].kind == "media") or text.is_kind(t, "paper")
                return None if addressed else (t, text.phrase_end(t, i))
            if token == "،":
                break
        return None

    def _is_published(self, before: int) -> bool:
        """بث التلفزيون كلمة للرئيس: others spread it; in ألقى الرئيس كلمة للنواب they are told."""
        return any(self.tok[t].lstrip("وف").startswith(_PUBLISHED) for t in range(self.first, before))

    def _antecedent(self, relative: int, verb: Verb) -> tuple[int, int] | str | None:
        """Whom a relative clause is about; None where its verb, of another gender, has another subject."""
        text = self.text
        if self._disagrees(relative, verb):
            return "thing" if verb.cls == "belief" else None  # التي يقدر أن: nobody who is named
        for t in range(relative - 1, max(self.first, relative - 16) - 1, -1):
            if self.tok[t] in text.cues.verbs or (self.tok[t] in ("،", "؛") and t < relative - 1):
                break
            if text.is_head(t, relative) and text.phrase_end(t, relative) >= relative - 1:
                begin = t
                while (
                    begin - 1 >= self.first
                    and text.is_head(begin - 1, relative)
                    and (text.phrase_end(begin - 1, relative) >= relative - 1)
                ):
                    begin -= 1
                return begin, text.phrase_end(begin, relative)
        if text.is_kind(relative - 1, "inanimate"):
            return "thing"
        last = relative - 1 - (self.tok[relative - 1] == "،")
        named = last - 1 > self.first and text.is_name(last) and text.is_name(last - 1)
        if named and last < relative - 1 and (text.is_kind(last - 1, "first_name") or text.is_foreign(last)):
            return last - 1, last + 1  # زميلتها كيت مالينسون، التي تقول
        return None

    def _disagrees(self, relative: int, verb: Verb) -> bool:
        """Whether a verb cannot be said of what its relative pronoun means: التي قال، الذي قالت."""
        gender = {"الذي": "m", "التي": "f"}.get(self.tok[relative])
        return gender is not None and not verb.plural and gender != verb.gender

    def _topic(self, i: int, verb: Verb) -> tuple[int, int] | None:
        """Who is named by أما or asked: أما الرئيس، الذي جرب ذلك، فنصح جاره؛ سئل الناطق، فقال; not أما روسيا فقال رئيسها."""
        tok, text = self.tok, self.text
        if not verb.joined or tok[i][0] != "ف":
            return None
        for t in range(i - 2, max(self.first, i - SVO_GAP) - 1, -1):
            if tok[t] not in _TOPIC:
                if tok[t] == "؛" or (tok[t][0] == "ف" and tok[t] in text.cues.verbs):
                    return None
                continue
            behind = self._subject_after(i + 1, verb)
            if behind is not None and behind[1] < self.end and tok[behind[1]] in ("ان", "انه", "انها", "انهم", ":"):
                return None
            if (quote := self.quotes.get(t + 1)) is not None and quote.closed and quote.n_words <= 4:
                return t + 2, text.token_at(quote.end - 1)  # أما «المدار» فاعتبرت
            end = text.phrase_end(t + 1, i)
            match = text.match(t + 1, i)
            name = match is None and text.is_name(t + 1) and end - t <= 4
            title = tok[t + 1].startswith("ال") and end - t <= 6 and not text.is_kind(t + 1, "inanimate")
            title = title and not text.is_kind(t + 1, "event_noun") and behind is None
            kin = end == t + 2 and tok[t + 1].startswith(_KIN) and tok[t + 1].endswith(("ه", "ها", "هم"))
            title = title or (kin and behind is None)  # أما زوجته فتخشى
            if tok[t + 1] in PREPOSITIONS or not (text.is_head(t + 1, i) or name or title):
                return None
            gender = match[1].gender if match else "f" if tok[t + 1].endswith(("ه", "ات")) else "m"
            if verb.plural:
                return (t + 1, end) if tok[t + 1].endswith("ون") else None
            return (t + 1, end) if name or gender == verb.gender else None
        return None

    def _in_statement(self, i: int) -> bool:
        """Whether a verb says what a statement holds: أصدر بوتين بيانا حذر فيه."""
        inside = i + 1 < self.end and self.tok[i + 1] in INSIDE
        return inside and i - 1 > self.first and self.text.is_kind(i - 1, "speech_noun")

    def _gap_fits(self, t: int, i: int) -> bool:
        if not 0 <= i - t <= SVO_GAP:
            return False
        tok = self.tok
        if tok[t] in ("،", "(", "-", "ف") or tok[t] in self.text.cues.stops or self.text.at("adverb", t, i):
            return tok[i - 1] not in PREPOSITIONS
        return False

    def _is_foreign(self, t: int) -> bool:
        """Whether two words are a name by the first one, or by how the second ends: تيمور عمروف; not توتر شديد."""
        return self.text.is_kind(t, "first_name") or self.tok[t + 1].endswith(_FAMILY_ENDS)

    def _can_speak(self, t: int) -> bool:
        """Whether a word between أن and a verb is the verb's subject: a noun, and no particle or adverb."""
        token, text = self.tok[t], self.text
        if len(token) < 4 or not token.isalpha() or token in text.cues.stops or token in PREPOSITIONS:
            return False
        return token.startswith("ال") or text.is_name(t)

    def _behind_subject(self, i: int) -> bool:
        """Whether a pluperfect has its subject in the middle: كان الرئيس قد وصف المحتجين."""
        tok = self.tok
        if tok[i - 1] in ("كان", "كانت") and i - 2 > self.first:
            return any(text_end == i - 1 for text_end in self._head_ends(i - 1))  # المستشار فلان كان وصف
        was = next((t for t in range(i - 2, max(self.first, i - 8) - 1, -1) if tok[t] in WAS), -1)
        if was >= 0 and self.text.is_head(was + 1, i) and self.text.phrase_end(was + 1, i) == i:
            return True  # وكان الرئيس تحدث عن
        if i - 3 < self.first or tok[i - 1] != "قد":
            return False
        for t in range(i - 3, max(self.first, i - 12) - 1, -1):
            if tok[t] in WAS:
                return self.text.is_head(t + 1, i)
            if (tok[t] == "،" and tok[i - 2] != "،") or tok[t] in self.text.cues.verbs:
                return False
        return False

    def _head_ends(self, i: int) -> list[int]:
        """Where the phrases that name somebody end, in front of a token."""
        return [self.text.phrase_end(t, i) for t in range(max(self.first, i - 8), i) if self.text.is_head(t, i)]
