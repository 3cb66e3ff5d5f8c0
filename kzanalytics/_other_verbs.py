"""Verbs of another sort: relays (نقلت الوكالة عن)، and verbs with an object pronoun (أبلغه أن، وصفته بـ)."""

from __future__ import annotations

from functools import partial
from typing import Final

from kzanalytics._clause_scope import NEGATORS
from kzanalytics._events import Event
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._openers import WHO, Openers
from kzanalytics._subjects_before import DURING, INSIDE, WAS
from kzanalytics.cues import Verb
from kzanalytics.speakers import Speaker

__all__ = ["AS_NEXT", "OtherVerbs"]

_TOLD: Final = ("قال", "حكى", "روى", "ردد", "كرر", "سرد")
_SPREAD: Final = ("ردد", "كرر", "قال", "ذكر", "زعم", "نشر")
_SPREADING: Final = ("ردد", "كرر", "أطلق", "تبنى", "روّج", "سوّق", "استخدم", "نشر")
_WORDS: Final = frozenset("عباره كلمه مصطلح وصف تعبير صفه شعار خطاب تسميه حكايه روايه سرديه".split())
_ISSUED_BY: Final = frozenset("الصادر الصادره صادر صادره صدر صدرت".split())
_OF_HIM: Final = ("عنه", "عنها", "عنهم", "عنهما")
AS_NEXT: Final = frozenset("ما وما بما كما لما مما عما وكما فيما وبما ومما ولما وعما وفيما".split())


class OtherVerbs(Openers):
    """Finds the events of relays, and of verbs with an object pronoun."""

    def _relay(self, i: int, verb: Verb) -> Event | None:
        """نقلت وكالة ... عن ... قوله إن: the one behind عن speaks."""
        text, tok = self.text, self.tok
        wanted = {"نقل": "عن", "علم": "من", "سمع": "من", "قرأ": "في"}.get(verb.lemma, "الي")
        if verb.lemma == "علم" and not (i + 1 < self.end and (i + 1 in self.quotes or self._media_next(i + 1))):
            return None
        if verb.lemma == "نقل" and (event := self._relayed_of_him(i, verb)):
            return event
        places = [t for t in range(i + 1, min(i + 22, self.end)) if tok[t] == wanted]
        if verb.lemma == "نسب" and not any(text.at("says_noun", t, self.end) for t in range(i, min(i + 25, self.end))):
            subject = self._subject_after(i + 1, verb)
            later = [t for t in places if subject and t >= subject[1]]
            if subject is None or not later:
                return None
            speaker = self._resolve(*subject)
            return Event(
                i,
                i,
                verb.lemma,
                "belief",
                verb.kind,
                speaker,
                later[0] + 1,
                self._scope_end(later[0] + 1, "prep"),
                "prep",
            )
        if verb.lemma == "نقل" and len(places) > 1 and tok[places[0] - 1] in _ISSUED_BY:
            places = places[1:]  # نقل البيان الصادر عن الوزارة عن فلان قوله
        for t in places:
            quoted = any(text.at("says_noun", u, self.end) for u in range(t + 2, min(t + 14, self.end)))
            known = t + 1 < self.end and (text.is_head(t + 1, self.end) or text.is_kind(t + 1, "speech_noun"))
            known = known or (t + 1 < self.end and self._is_his_title(t + 1))  # نقلت عن كاتبها فلان
            known = known or (verb.lemma == "قرأ" and t + 1 < self.end and text.is_kind(t + 1, "medium"))
            if known or (quoted and t + 2 < self.end and text.is_name(t + 1)):
                begin = t + 1
                if text.is_kind(begin, "speech_noun") and text.actors.match(tok, begin, self.end) is None:
                    begin += 1
                    while begin < self.end and tok[begin] in ("صادر", "عن", "نشره", "من", "ل"):
                        begin += 1
                if begin >= self.end:
                    return None
                end = text.phrase_end(begin, self.end)
                speaker = self._resolve(begin, end)
                start = next((u for u in range(end, min(end + 15, self.end)) if tok[u] in THAT or tok[u] == ":"), end)
                opener = "colon" if start < self.end and tok[start] == ":" else "that"
                start += opener == "colon"
                if verb.lemma in ("سمع", "قرأ") and start == end and not (start < self.end and tok[start] in THAT):
                    return None  # سمعوا من بعيد دويا
                return Event(
                    i, i, verb.lemma, verb.cls, verb.kind, speaker, start, self._scope_end(start, opener), opener
                )
        return None

    def _is_his_title(self, t: int) -> bool:
        """كاتبها، مراسلها، رئيسها: the title of somebody of whom a pronoun says whose he is."""
        token = self.tok[t]
        own = next((s for s in ("ها", "هم", "ه") if token.endswith(s)), "")
        base = token[: -len(own)] if own and self.text.text[self.text.end[t] - 1] != "ة" else ""
        return base in self.text.cues.single["person_head"] or base in ("كاتب", "مراسل", "محرر", "مبعوث")

    def _relayed_of_him(self, i: int, verb: Verb) -> Event | None:
        """نقلت عنه وكالة تاس قوله إن، نقل مكتبه عنه أن: whom the pronoun means speaks."""
        him = next((t for t in range(i + 1, min(i + 8, self.end)) if self.tok[t] in _OF_HIM), 0)
        if not him or (i > self.first and self.tok[i - 1] in WHO):
            return None
        for t in range(him + 1, min(him + 12, self.end)):
            if self.tok[t] in THAT or self.tok[t] == ":" or t in self.quotes:
                quoted = t in self.quotes and self.quotes[t].n_words <= 4
                if quoted:
                    continue  # نقلت عنه وكالة «تاس» قوله
                opener = "colon" if self.tok[t] == ":" else "quote" if t in self.quotes else "that"
                start = t + (opener == "colon")
                who, end = self._later(partial(self._meant_by, him)), self._scope_end(start, opener)
                return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, end, opener)
        return None

    def _object_verb(self, i: int, verb: Verb) -> Event | None:
        """A verb with an object pronoun: أبلغه أن, اعتبرتها موسكو ...; ما وصفه بـ is left to polarity."""
        text, before = self.text, self.tok[i - 1] if i > self.first else ""
        if before in AS_NEXT and "that" in verb.opens and (subject := self._subject_after(i + 1, verb)):
            end = subject[1]  # تدعم ما تقوله الحكومة من أن
            about = next((t for t in range(end, min(end + 4, self.end - 1)) if self.tok[t] == "عن"), 0)
            if {"صحه", "اساس"} & set(self.tok[max(self.first, i - 3) : i]):
                return None  # لا صحة لما تقوله موسكو عن: who denies it speaks
            if verb.lemma in _SPREAD and about:  # ما رددته السلطات في حينه عن ثورة
                stop = about + 1
                while (
                    stop < self.end
                    and self.tok[stop] not in ("،", ".", "؛", "او")
                    and self.tok[stop] not in text.cues.verbs
                ):
                    stop += 1
                whose = self._resolve(*subject)
                return Event(i, i, verb.lemma, verb.cls, verb.kind, whose, about + 1, stop, "prep", top=False)
            told = end + (end < self.end and self.tok[end] in ("من", "هو"))
            if told < self.end and self.tok[told] in THAT:
                speaker, scope = self._resolve(*subject), self._scope_end(told, "that")
                return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, told, scope, "that")
        if before in WHO and verb.lemma in _SPREADING and (spread := self._spread(i, verb)) is not None:
            return spread
        if before in WHO and verb.lemma in _TOLD and (subject := self._subject_after(i + 1, verb)):
            colon = next((t for t in range(subject[1], min(subject[1] + 8, self.end)) if self.tok[t] == ":"), 0)
            if colon and self._in_scope(i) is None:  # القصة التي حكاها السائقون لكل من سألهم: ...
                whose, end = self._resolve(*subject), self._scope_end(colon + 1, "colon")
                return Event(i, i, verb.lemma, verb.cls, verb.kind, whose, colon + 1, end, "colon", top=False)
        if "colon" in verb.opens and not verb.joined and before not in WHO and self._in_scope(i) is None:
            asked = self._subject_after(i + 1, verb)  # سألني طالب: ...
            if asked is not None and self.tok[asked[1] : asked[1] + 1] == [":"]:
                whose, end = self._resolve(*asked), self._scope_end(asked[1] + 1, "colon")
                return Event(i, i, verb.lemma, verb.cls, verb.kind, whose, asked[1] + 1, end, "colon")
            if self.tok[i + 1 : i + 2] == [":"] and i + 2 < self.end:  # صديقته أسيل تقاطعه: ...
                found = self._subject_before(i)
                who = self._later(partial(self._of_verb, found, None, i, verb))
                end = self._scope_end(i + 2, "colon")
                return Event(i, i, verb.lemma, verb.cls, verb.kind, who, i + 2, end, "colon")
        meanwhile = before == "فيما" and i - 2 >= self.first and self.tok[i - 2] == "،"  # ، فيما يراه آخرون غضبا
        if (
            (before in AS_NEXT and not meanwhile)
            or before in ("من", "لمن", "بمن", "ممن", "عمن")
            or before in text.cues.words.get("notable", {})
        ):
            return None
        earlier = text.cues.verbs.get(before)
        if self.tok[i].startswith("ت") and earlier is not None and earlier.form == "finite":
            return None  # يرفض تسميه: the noun تسمية
        if verb.lemma in ("اعتبر", "عدّ") and text.text[text.start[i]] == "ل":
            return None  # ضمت الشهادة إلى الملف لتعتبرها دليلا
        sees = verb.lemma == "رأى" and self.tok[i].lstrip("وف")[0] in "يت" and i + 1 not in self.quotes
        names = verb.kind == "describe" and verb.lemma not in ("أطلق", "استخدم")  # الكنية التي أطلقها: launched
        if names or verb.lemma in ("اعتبر", "عدّ") or sees:
            subject = self._subject_after(i + 1, verb)
            if sees and (subject is None or subject[1] >= self.end or self.tok[subject[1]] in PREPOSITIONS):
                return None  # يراها السكان في الشارع
            if subject is not None and not verb.joined and self._are_called(subject):
                subject = None  # وصفه المحتجين بـ: a masdar, and they are its object
            start = subject[1] if subject else i + 1
            stop = start
            while stop < self.end and stop - start < 9 and self.tok[stop] not in ("،", "؛", ".", "و"):
                quote = self.quotes.get(stop)
                stop = text.token_at(quote.end - 1) + 1 if quote and quote.closed else stop + 1
            inside = self._in_scope(i)
            found = None if subject or verb.joined else self._subject_before(i)
            top, who = (
                verb.joined or meanwhile,
                self._later(partial(self._of_object_verb, subject, found, inside, i, verb)),
            )
            return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, min(stop, self.end), "prep", top=top)
        if (
            "الي" in verb.opens
            and verb.lemma in ("أرجع", "عزا", "رد")
            and (traced := self._traced_to(i, verb)) is not None
        ):
            return traced
        if verb.kind == "accuse" and (accused := self._accused(i, verb)) is not None:
            return accused
        if before in text.cues.words.get("relative", {}) or "that" not in verb.opens:
            return None
        if verb.lemma == "قال" and (
            colon := next((t for t in range(i + 1, min(i + 16, self.end)) if self.tok[t] == ":"), 0)
        ):
            found = self._subject_before(i) if not verb.joined else None  # بوتين قالها صراحة: ...
            who = self._later(partial(self._of_verb, found, self._in_scope(i), i, verb))
            end = self._scope_end(colon + 1, "colon")
            return Event(i, i, verb.lemma, verb.cls, verb.kind, who, colon + 1, end, "colon")
        for t in range(i + 1, min(i + 3, self.end)):
            if self.tok[t] in THAT or self.tok[t] == "بالا":
                during = self.tok[i + 1] in DURING or self.tok[i + 1] in INSIDE
                inner = (self._caller(i) if during else None) or self._inner_subject(
                    i
                )  # إن الإدارة أبلغتهم بأن، جمعهم ليبلغهم
                if inner is None and self.text.text[self.text.start[i]] == "ل":
                    inner = self._clause_head(i)
                who = self._later(partial(self._resolve, *inner) if inner else partial(self._implied, i, verb))
                end = self._scope_end(t, "that")
                return Event(i, i, verb.lemma, verb.cls, verb.kind, who, t, end, "that", top=inner is None)
        return None

    def _spread(self, i: int, verb: Verb) -> Event | None:
        """رواية الثورة الملونة التي رددتها موسكو: whose account or word it is; not لا أشتري حكاية ... التي يسوقها الإعلام."""
        text, tok = self.text, self.tok
        subject = self._subject_after(i + 1, verb)
        if subject is None or self._in_scope(i) is not None:
            return None
        kinds = ("tale", "told_of", "untold")
        first = next(
            (t for t in range(i - 2, max(self.first - 1, i - 8), -1) if any(text.is_kind(t, kind) for kind in kinds)),
            -1,
        )
        first = next((t for t in range(i - 2, max(self.first - 1, i - 8), -1) if tok[t] in _WORDS), first)
        if first < 0 or text.is_kind(first, "myth") or any(w.lstrip("وف") in NEGATORS for w in tok[self.first : i]):
            return None
        who = self._later(partial(self._resolve, *subject))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, first, i - 1, "after", top=False, backward=True)

    def _are_called(self, subject: tuple[int, int]) -> bool:
        """ووصف المهاجمين بأنهم: a plural in ين behind the verb is its object."""
        t, end = subject
        plural = end == t + 1 < self.end and self.tok[t].startswith("ال") and self.tok[t].endswith(("ين", "ات"))
        known = self.text.match(t, end) is not None or self.text.is_kind(t, "institution_head")
        return plural and self.tok[end][0] == "ب" and not known

    def _traced_to(self, i: int, verb: Verb) -> Event | None:
        """بينما يرجعها السكان إلى ارتفاع الأسعار: to what somebody traces what a pronoun means."""
        subject = self._subject_after(i + 1, verb)
        if subject is None or self.tok[subject[1] : subject[1] + 1] != ["الي"] or subject[1] + 1 >= self.end:
            return None
        start, who = subject[1] + 1, self._later(partial(self._resolve, *subject))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, start, self._scope_end(start, "prep"), "prep")

    def _accused(self, i: int, verb: Verb) -> Event | None:
        """وتتهمهم السلطات بالإرهاب، المعارض الذي تتهمه النيابة بالتحريض: of what a pronoun is accused, and by whom."""
        subject = self._subject_after(i + 1, verb)
        start = subject[1] if subject else i + 1
        opened = self._opener(start, verb, subject is not None)
        ahead = self._subject_before(i) if subject is None and not verb.joined else None
        subject = ahead if isinstance(ahead, tuple) else subject  # النيابة اتهمتهم بـ
        implied = verb.joined or self._behind_subject(i)  # وكانت النيابة قد اتهمتهم بـ
        if opened is None or self._in_scope(i) is not None or (subject is None and not implied):
            return None
        end = self._scope_end(*opened)
        end = next((t for t in range(opened[0], end) if self.tok[t] == "،"), end)
        who = self._later(partial(self._of_verb, subject, None, i, verb))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, opened[0], end, opened[1], top=False)

    def _spoken_of(self, i: int, behind: int, verb: Verb) -> Event | None:
        """الإرهابيون الذين تتحدث عنهم السلطات: whose word it is, behind it."""
        subject = self._subject_after(behind, verb)
        if subject is None or self._in_scope(i) is not None:
            return None
        first = i - 2 - (self.tok[i - 2] == "»")  # الإرهابيون الذين، «الإرهاب الدولي» الذي
        if first > self.first and self.tok[first].endswith(("ي", "يه")) and self.tok[first - 1].startswith("ال"):
            first -= 1
        if first < self.first:
            return None
        who = self._later(partial(self._resolve, *subject))
        return Event(i, i, verb.lemma, verb.cls, verb.kind, who, first, i - 1, "after", top=False, backward=True)

    def _of_object_verb(
        self,
        subject: tuple[int, int] | None,
        before: tuple[int, int] | str | None,
        inside: Event | None,
        i: int,
        verb: Verb,
    ) -> Speaker:
        """The subject behind the verb, whoever speaks around it, or the subject in front."""
        adjacent = (
            isinstance(before, tuple) and before[1] == i and self.text.is_head(before[0], i)
        )  # غير أن مسؤولين محليين وصفوهم
        if subject is None and (adjacent or not (inside is not None and inside.speaker.names)):
            return self._of_verb(before, inside, i, verb)
        return self._of_verb(subject, inside, i, verb)

    def _of_message(self, i: int) -> tuple[int, int] | None:
        """قال إن الرئيس بعث برسالة إلى نظيره أوضح فيها أن: who sent it."""
        text, tok = self.text, self.tok
        if tok[i + 1 : i + 2] not in (["فيها"], ["فيه"]):
            return None
        message = next((t for t in range(i - 1, max(self.first, i - 10), -1) if text.is_kind(t, "speech_noun")), 0)
        that = next((t for t in range(message - 1, max(self.first, message - 25), -1) if tok[t] in THAT), 0)
        if not message or not that or that + 1 >= message or not text.is_head(that + 1, message):
            return None
        return that + 1, text.phrase_end(that + 1, message)

    def _clause_head(self, i: int) -> tuple[int, int] | None:
        """Who is named first behind the last أن: أضاف أن الوزير أطلعه على الوضع، وأكد له أن."""
        for t in range(i - 2, max(self.first, i - 16), -1):
            if self.tok[t] in THAT:
                if self.text.is_head(t + 1, i) or self.text.is_known_family(t + 1):
                    return t + 1, self.text.phrase_end(t + 1, i)
                return (t + 1, t + 2) if t + 2 < i and self._is_someone(t + 1, t + 2) else None
        return None

    def _inner_subject(self, i: int) -> tuple[int, int] | None:
        """The subject between أن and a verb inside of what is said: ذكرت الوكالة أن الوزير (كان قد) أبلغ الوفد أن ..."""
        stop = i - (self.tok[i - 1] == "قد")
        stop -= self.tok[stop - 1] in WAS
        for t in range(stop - 2, max(self.first, i - 9), -1):
            if self.tok[t] in THAT:
                named = self.text.is_head(t + 1, i) and self.text.phrase_end(t + 1, stop) == stop
                return (t + 1, stop) if named or self._is_someone(t + 1, stop) else None
            if self.tok[t] == "،":
                break
        return None

    def _is_someone(self, first: int, end: int) -> bool:
        """Whether words behind أن can be somebody in no list: البقال، جنديا، محققا شابا."""
        words = self.tok[first:end]
        if self.text.is_kind(first, "inanimate") or not 0 < len(words) <= 2 or self.text.is_kind(first, "event_noun"):
            return False
        if words[0] in self.text.cues.stops or words[0] in PREPOSITIONS or not words[0].isalpha():
            return False
        return len(words) == 1 if words[0].startswith("ال") else all(w.endswith("ا") and len(w) > 3 for w in words)
