"""What a reporting verb opens, and where: أن, a colon, a quotation, its preposition, an object."""

from __future__ import annotations

from typing import Final

from kzanalytics._clauses import AFTER_FIMA
from kzanalytics._event_speakers import SpeakerFinder
from kzanalytics._newstext import AND_THAT, NOT_THAT, PREPOSITIONS, THAT
from kzanalytics._word_classes import OPENER
from kzanalytics.cues import Verb
from kzanalytics.quotations import Quotation

__all__ = ["MASDARS", "WHO", "Openers"]

WINDOW: Final = 45  # tokens between a reporting verb and what it opens: titles and relative clauses are long
PARTICIPLE_WINDOW: Final = 16
WHO: Final = frozenset("الذي التي الذين".split())
_STRONGLY: Final = (["بشده"], ["بقوه"], ["باشد", "العبارات"])
_TANWIN: Final = ("اً", "ًا")
_SUCH_AS: Final = ("قبيل", "مثل", "منها", "بينها", "مفادها", "نصها")
_WITH_HIM: Final = ("معه", "معها", "معهم", "اليه", "اليها", "اليهم", "به", "بها", "عنه", "عنها")
_WITH_B: Final = ("المكلف", "المعني", "الخاصه", "الخاص", "المتعلق", "المرتبط", "المشتبه")
_FOLLOWING: Final = ("تابع", "واصل", "تناول")
MASDARS: Final = frozenset(("وصف", "نعت", "صنف"))


class Openers(SpeakerFinder):
    """Finds what verbs open."""

    def _opener(self, t: int, verb: Verb, has_subject: bool) -> tuple[int, str] | None:
        """What a verb opens and where: أن، a colon, a quotation, its preposition, or an object."""
        text, tok, opens = self.text, self.tok, verb.opens
        classes, quotes = text.classes, self.quotes
        noun: tuple[int, str] | None = None
        end = min(self.end, t + (WINDOW if verb.form == "finite" else PARTICIPLE_WINDOW))
        if tok[t : t + 1] == ["،"] and (n := text.at("adverb", t + 1, end)):
            t += 2 + n if tok[t + 1 + n : t + 2 + n] == ["،"] else 0  # قد دعا، الأربعاء، الولايات المتحدة إلى
        if tok[t : t + 1] == ["،"] and t + 1 < end and text.at("source", t + 1, end):
            comma = next((u for u in range(t + 2, min(t + 12, end)) if tok[u] in ("،", ":") or tok[u] in THAT), t)
            t = comma + 1 if comma > t and tok[comma] == "،" else t  # أعلن، على لسان أمينه العام، وقوفه مع
        if not has_subject and tok[t : t + 1] == ["،"] and verb.form == "finite" and (aside := self._aside_end(t, end)):
            t = aside  # وأكد، بصفته رئيسا للدورة الحالية، ضرورة
        if has_subject and "noun" in opens and t + 1 < end and tok[t] in ("هنا", "هناك", "بدوره", "بدورها", "ايضا"):
            t += 1  # يستغرب السكان هنا الحديث عن
        u = t
        while u < end:
            if not classes[u] & OPENER and u not in quotes:
                u += 1
                continue
            token = tok[u]
            if token == ":":
                if verb.lemma == "برر" and has_subject:
                    break  # يبرر طرح السؤال: ...
                if u == t and not has_subject and verb.form == "finite" and verb.kind in ("verb", "deny"):
                    return u + 1, "colon"  # شقيقه يصر: ...
                if "colon" in opens and (noun is None or "masdar" not in opens):
                    return u + 1, "colon"
                break
            if u in self.quotes or token == "«":
                quote = self.quotes.get(u)
                if quote is None:
                    u += 1
                    continue
                name = u == t and quote.n_words <= 3 and verb.lemma in _FOLLOWING  # تابع «اليوم» التطورات
                near = u == t or u == t + text.at("adverb", t, u)  # كتبت تحتها «...»
                near = near or tok[u - 1] in _SUCH_AS  # رددوا هتافات من قبيل «...»
                near = near or (verb.lemma == "كتب" and quote.closed and quote.n_words > 1)  # كتب بالطلاء «...»
                if "quote" in opens and (quote.n_words > 4 or near) and not name and not self._is_title(u, quote):
                    return u, "quote"
                if "noun" in opens and (u == t or (has_subject and tok[t:u] in _STRONGLY)):
                    return u, "noun"
                if quote.closed:
                    u = max(u + 1, text.token_at(quote.end - 1))
                    continue
            if token in AND_THAT and u > t and self._goes_on_that(u):
                break  # قال إن الأول يعتبر نفسه ضحية، وإن الثاني
            if token in THAT and (tok[u - 1] not in NOT_THAT or (tok[u - 1] in ("ذلك", "يذكر") and token[0] == "ب")):
                if "that" in opens:
                    return u, "that"
                if token[0] == "ب" and ("ب" in opens or "بان" in opens or token in opens):
                    return u, "that"
                if f"{tok[u - 1]}_ان" in opens or f"{tok[u - 1]}_{token}" in opens:
                    return u, "that"
                break
            if token == "علي" and verb.lemma == "نظر" and not (u + 1 < self.end and tok[u + 1] in THAT):
                break
            if token == "الي" and tok[u + 1 : u + 2] == ["الاذهان"]:
                u += 2  # أعاد إلى الأذهان أن
                continue
            if token in opens and token not in ("that", "noun", "colon", "quote", "masdar"):
                if u + 1 < self.end and tok[u + 1] in THAT:
                    return u + 1, "that"
                closed = tok[t] == "،" and tok[t:u].count("،") == 2  # أرجع الصندوق، في مذكرة سابقة، التشوه إلى
                parted = "،" in tok[t:u] and tok[u - 1] != "،" and not closed  # the preposition of another verb
                if not parted and (token != "الي" or not self._media_next(u + 1)):
                    return u + 1, "prep"
            of_adjective = u > t and tok[u - 1].startswith(_WITH_B)  # أعضاء اللجنة المكلفة بمراجعة
            if "ب" in opens and token[0] == "ب" and not of_adjective and self._b_word(u, verb.cls == "praise"):
                return u, "prep"
            if "ل" in opens and token[0] == "ل" and len(token) > 4 and u <= t + 2 and token.startswith("لل"):
                return u, "prep"
            other = text.cues.verbs.get(token)
            if other is not None and other.form != "participle" and text.text[text.end[u] - 2 : text.end[u]] in _TANWIN:
                other = None  # وقعوا تعهداً
            if other is not None and other.form == "participle" and tok[u - 1] in ("في", "خلال"):
                other = None  # في مذكرة سابقة
            if other is not None and u == t + 1 and tok[t] == "من" and verb.kind == "describe":
                u += 1  # وصف من هاجموا المقار بأنهم
                continue
            if other is not None and u > t and tok[u - 1] in WHO and other.lemma in _FOLLOWING and ":" in tok[u:end]:
                u = tok.index(":", u)  # قال الطالب الذي يتابع دراسته: ...
                continue
            if other is not None and u > t and tok[u - 1] == "ما" and verb.kind == "describe":
                u += 1  # وصفت ما يتردد عن ثورة بأنه هراء
                continue
            if other is not None and u > t and tok[u - 1] in WHO and verb.kind == "describe":
                u += 1  # وصف المحتجين الذين هاجموا المباني بالإرهابيين
                continue
            if other is not None and u > t and tok[u - 1] in WHO and u + 1 < end and tok[u + 1] in _WITH_HIM:
                u += 1  # قال الرئيس الذي تحدث معه بوتين إن
                continue
            if other is not None and u > t and tok[u - 1] in WHO and "،" in tok[u:end]:
                comma = tok.index("،", u)  # a clause about the subject
                if tok[u - 2] == "،" or THAT.isdisjoint(tok[u:comma]):
                    u = comma
                    continue
            if other is not None and u > t and self._next_verb(token, other) and not self._is_aside(u, other):
                if other.form == "participle" and token[-1] != "ا" and text.is_kind(u - 1, "speech_noun"):
                    u += 1  # قال في رسالة مصورة إن
                    continue
                adverb = other.form == "participle" and u + 1 < self.end
                if not (adverb and (tok[u + 1] == ":" or u + 1 in self.quotes)):  # غرد أحدهم ساخرا: ...
                    break
            if u > t and text.at("clause", u, self.end) and tok[u + 1 if u + 1 < self.end else u] not in AFTER_FIMA:
                break
            if (
                noun is None
                and ("noun" in opens or "masdar" in opens)
                and (
                    text.at("object_noun", u, self.end)
                    or (
                        "noun" in opens
                        and text.is_kind(u, "event_noun")
                        and tok[u - 1] not in text.cues.words.get("no_object", {})
                    )
                )
            ):
                noun = (u, "noun")
                if u <= t + 1:
                    return noun
            u += 1
        aside = t + (t < self.end and tok[t] == "،")
        told = aside + 1 < self.end and tok[aside] in ("في", "خلال") and text.is_kind(aside + 1, "speech_noun")
        if noun is not None and (has_subject or noun[0] <= t + (16 if told else 6)):
            return noun
        if "noun" in opens and has_subject and t + 1 < self.end and tok[t] == "،" and tok[t + 1] in PREPOSITIONS:
            what = next((u + 1 for u in range(t + 2, min(t + 12, self.end - 1)) if tok[u] == "،"), t)
            if what > t and text.is_kind(what, "untold"):
                return what, "noun"  # دحض خبراء، في تصريحات للإذاعة، الرواية القائلة إن
        if "noun" in opens and has_subject and t < self.end:
            comma = t + 2 if tok[t] in PREPOSITIONS and t + 2 < self.end else t
            if tok[comma] == "،" and comma + 1 < self.end and text.is_kind(comma + 1, "occurrence"):
                return comma + 1, "noun"  # أكدت المقاومة في اليمن، سقوط قتلى
        if "noun" in opens and t < self.end and tok[t][0].isalpha() and tok[t] not in text.cues.stops:
            if has_subject and (tok[t] not in text.cues.verbs or tok[t] in MASDARS):
                return t, "noun"
            if not has_subject and verb.form == "participle":
                return t, "noun"
            if not has_subject and verb.lemma not in ("قال", "كشف", "أبدى", "رأى", "أظهر") and t - 1 <= self.first + 1:
                return t, "noun"
        return None

    def _aside_end(self, comma: int, end: int) -> int:
        """The token behind an aside of one phrase with a preposition, between two commas (0: there is none)."""
        tok, verbs = self.tok, self.text.cues.verbs
        led = comma + 1 < end and (
            tok[comma + 1].startswith(("بصفت", "بوصف", "باسم")) or tok[comma + 1] in PREPOSITIONS
        )
        close = next((t for t in range(comma + 2, min(comma + 14, end - 1)) if tok[t] == "،"), 0)
        plain = led and close > 0 and not any(w in THAT or w in verbs or w in WHO for w in tok[comma + 1 : close])
        return close + 1 if plain else 0

    def _is_title(self, u: int, quote: Quotation) -> bool:
        """Whether marks hold the name of a meeting or a book: خلال «المؤتمر الدولي ...» الذي عقد."""
        after = self.text.token_at(quote.end - 1) + 1
        named = u + 1 < self.end and self.text.is_kind(u + 1, "title_noun")
        return named and after < self.end and self.tok[after] in WHO

    def _next_verb(self, token: str, other: Verb) -> bool:
        """Whether another reporting verb ends the search for what the first one opens."""
        if other.form == "participle":
            return True
        if other.form == "object" or other.person != 3 or other.lemma in ("بين", "عبّر", "عدّ", "وعد"):
            return False
        return other.joined or (token not in self.text.cues.words.get("mostly_noun", {}) and token[:1] != "ا")

    def _media_next(self, t: int) -> bool:
        if t >= self.end:
            return False
        match = self.text.match(t, self.end)
        return bool(match and match[1].kind == "media") or self.text.is_kind(t, "medium")

    def _b_word(self, u: int, praise: bool) -> bool:
        """Whether a word opens with the preposition ب (and is no time, place or name of its own)."""
        token = self.tok[u]
        if token == "ب" or (praise and token == "بما" and self.tok[u + 1 : u + 2] not in (["في"], ["فيه"], ["ان"])):
            return True
        if len(token) < 4 or token in self.text.actors.aliases or self.text.at("adverb", u, self.end):
            return False
        if token == "بسبب":
            return False  # اتهم محتجين خرجوا بسبب رفع الأسعار بالوقوف
        if token in self.text.cues.stops or "b_word" in self.text.cues.starts(token) or token in self.text.cues.verbs:
            return False
        if "circumstance_noun" in self.text.cues.kinds(token) or self.text.is_foreign(u):
            return False
        return token not in self.text.cues.words.get("institution_head", {})

    def _relayed_in(self, i: int, start: int) -> tuple[int, int] | None:
        """Whom a relay names between the verb and what is said: ذكرت الوكالة نقلا عن ... أن."""
        for t in range(i, min(start, self.end) - 1):
            if self.tok[t] in ("نقلا", "ناقله", "ناقلا") and self.tok[t + 1] == "عن" and t + 2 < start:
                return t + 2, self.text.phrase_end(t + 2, start)
        return None
