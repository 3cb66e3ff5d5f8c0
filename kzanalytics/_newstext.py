"""A text made ready for attribution: tokens with their offsets, sentences, quotations, and cue look-up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final

from kzanalytics._news_tokens import Tokens
from kzanalytics._word_classes import AND_THAT, KIND, LIST_CLASS, LISTED, SENTENCE_ENDS, THAT
from kzanalytics.cues import Cues
from kzanalytics.quotations import Quotation

__all__ = ["AND_THAT", "NOT_THAT", "PREPOSITIONS", "SILENCE", "THAT", "NewsText"]

NOT_THAT: Final = frozenset(
    "بعد قبل يجب يمكن منذ الا غير كما بيد ذلك ينبغي لابد بد يتعين عدا حيث دون بدون علما خصوصا خاصه لا شك لولا مجرد"
    " يذكر يشار قد مع حتي ويجب ويمكن وينبغي وبعد وقبل وكما والا وغير".split()
)
SILENCE: Final = frozenset("التعليق الاجابه الخوض الادلاء".split())  # رفض التعليق على
PREPOSITIONS: Final = frozenset(
    "في من الي علي عن مع خلال عبر امام حول بعد قبل عند لدي ضد بين منذ حتي تجاه ازاء بشان حيال تحت فوق وراء دون"
    " ومن وفي والي وعلي وعن ومع وامام اثناء عقب باسم ضمن نحو".split()
)
_LONGEST: Final = (
    400  # tokens; a "sentence" beyond is a text without stops, and is cut, so that time stays in proportion
)


class NewsText:
    """One article: normalised tokens with offsets into the text as it is, sentences and quotations."""

    def __init__(self, text: str, cues: Cues, tokens: Tokens) -> None:
        self.text, self.cues = text, cues
        self.quotations: list[Quotation] = tokens.quotations
        self._quoted = [q.start for q in self.quotations]
        self._reach = list(accumulate([q.inner_end for q in self.quotations], max))
        self.tok, self.start, self.end, self.classes = tokens.tok, tokens.start, tokens.end, tokens.classes
        self.event_places = tokens.events
        self.sentences: list[tuple[int, int]] = []
        self._kinds = cues.kinds_of
        self._split(tokens.closes)
        if any(end - first > _LONGEST for first, end in self.sentences):
            self.sentences = [
                (a, min(a + _LONGEST, end)) for first, end in self.sentences for a in range(first, end, _LONGEST)
            ]
        last = len(self.tok) - 1
        self.opening = {min(bisect_left(self.start, q.start), last): q for q in self.quotations}
        self._opening = sorted(self.opening)
        self.scope_places = tokens.breaks  # where a search for an end must look
        if self._opening:
            self.scope_places = sorted({*tokens.breaks, *self._opening})
        self._places: dict[str, list[int]] = {}
        self._first = [s for s, _ in self.sentences]

    def _split(self, closes: list[int]) -> None:
        spans = [(q.start, q.end) for q in self.quotations if q.closed]
        tok, first, depth_end, nxt = self.tok, 0, -1, 0
        n = len(tok)
        for i in closes:
            if i < first:
                continue
            while nxt < len(spans) and spans[nxt][0] <= self.start[i]:
                depth_end = max(depth_end, spans[nxt][1])
                nxt += 1
            token = tok[i]
            inside = self.start[i] < depth_end - 1
            if token in SENTENCE_ENDS and (not inside or token == "\n"):
                initial = token == "." and i > first and tok[i - 1].isalpha()
                initial = initial and (len(tok[i - 1]) == 1 or (i + 1 < n and self._abbreviates(i)))
                if not initial and (not inside or self.start[i] > depth_end):
                    after = i + 1
                    while after < n and (tok[after] in SENTENCE_ENDS or tok[after] == "»"):
                        after += 1
                    self.sentences.append((first, after))
                    first = after
            elif token == "»" and i and tok[i - 1] in ".؟!" and (i + 1 >= n or tok[i + 1] not in "،؛-,.:"):
                if self._is_asked(i + 1):
                    continue  # «هل نحن إرهابيون؟» يسأل شاب
                nested = self.start[i] < depth_end - 2
                if not nested:
                    self.sentences.append((first, i + 1))
                    first = i + 1
        if first < n:
            self.sentences.append((first, n))

    def _is_asked(self, i: int) -> bool:
        """Whether who says what ends with a question mark follows it: «...؟» يسأل شاب; not «...؟» قال شاب إن."""
        verb = self.cues.verbs.get(self.tok[i]) if i < len(self.tok) else None
        if verb is None or verb.joined or verb.form != "finite" or verb.person != 3 or "quote" not in verb.opens:
            return False
        behind = self.tok[i + 1 : i + 6]
        return bool(behind) and not any(w in THAT or w in (":", "«") for w in behind)

    def _abbreviates(self, i: int) -> bool:
        """Whether a stop stands in a name in brackets: (بي.بي.سي)."""
        tok = self.tok
        if self.start[i + 1] != self.end[i] or self.end[i - 1] != self.start[i]:
            return False
        return "(" in tok[max(0, i - 6) : i] and ")" in tok[i : i + 7] and len(tok[i - 1]) <= 4

    def token_at(self, offset: int) -> int:
        """The token that holds or follows an offset."""
        i = bisect_right(self.start, offset) - 1
        return max(0, i if i >= 0 and self.end[i] > offset else min(i + 1, len(self.tok) - 1))

    def sentence_at(self, token: int) -> int:
        """The sentence of a token."""
        return max(0, bisect_right(self._first, token) - 1)

    def occurrences(self, word: str) -> list[int]:
        """The tokens that are a word."""
        places = self._places.get(word)
        if places is None:
            places, at = self._places.setdefault(word, []), -1
            for _ in range(self.tok.count(word)):
                at = self.tok.index(word, at + 1)
                places.append(at)
        return places

    def quotation_at(self, token: int) -> Quotation | None:
        """The quotation that opens at a token."""
        quotation = self.opening.get(token)
        return quotation if quotation is not None and quotation.start == self.start[token] else None

    def opening_between(self, first: int, end: int) -> dict[int, Quotation]:
        """The quotations that open in a run of tokens, by token."""
        low, high = bisect_left(self._opening, first), bisect_left(self._opening, end)
        return {token: self.opening[token] for token in self._opening[low:high]}

    def quotations_around(self, start: int, end: int) -> list[Quotation]:
        """The quotations around a span, outermost first."""
        last = bisect_right(self._quoted, start)
        first = bisect_left(self._reach, end, 0, last)
        return [q for q in self.quotations[first:last] if q.inner_start <= start and end <= q.inner_end]

    def is_kind(self, i: int, kind: str) -> bool:
        """Whether the word at a token, or its base, is in a list of single words."""
        if not self.classes[i] & KIND:
            return False
        word = self.tok[i]
        found = self._kinds.get(word)
        return kind in (self.cues.kinds(word) if found is None else found)

    def starts_cue(self, i: int) -> bool:
        """Whether the word at a token is in any list or starts a cue of one."""
        return bool(self.classes[i] & (KIND | LISTED))

    def at(self, kind: str, i: int, end: int) -> int:
        """Tokens of the cue of a kind that starts at `i` (0: none)."""
        if i >= end or not self.classes[i] & LIST_CLASS.get(kind, LISTED):
            return 0
        return self.cues.match(kind, self.tok, i, end)
