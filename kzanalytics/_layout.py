"""Who speaks by the layout of a text: interviews, statements printed whole, lists of remarks, live coverage.

There no verb says who speaks: the line does, by its mark, by the question above it, or by the line that introduces it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Final

from kzanalytics._events import Event
from kzanalytics._newstext import PREPOSITIONS
from kzanalytics._phrases import Text
from kzanalytics.reporting import Reader
from kzanalytics.speakers import Speaker

__all__ = ["Layout"]

_MARK: Final = re.compile(r"\(\*\)|[*•●■▪◆○·–—-]{1,3}|[سج] ?(?=[:/-])")
_NUMBER: Final = re.compile(r"[\d٠-٩]{1,2} ?[.)\-–](?![\d٠-٩])")  # 1. ...; not 5.45 م
_ASKED: Final = re.compile(r"[؟?][\s\"'»”)!]*\Z")
_NAMED_LINE: Final = re.compile(r"((?:[^\W\d_]+ ){0,3}[^\W\d_]+) ?\(([^()\n]{2,60})\) ?:")  # مراد (51 عاما، تاجر): ...
_AGED: Final = re.compile(r"\(\s*\d{1,2} (?:عام|سنة)")
_CLOCK: Final = re.compile(r"\W*\d{1,2} ?[:.]\d\d\b")  # 10:22 - ...
_LONGEST_QUESTION: Final = 400  # characters, of a line that is a question and has no mark
_MOST_QUESTIONS: Final = 0.7  # of the lines with a mark, where the mark alone makes a question
_PREFIX: Final = re.compile(r"([^\W\d_]+(?: [^\W\d_]+){0,3}) ?: ?\S")  # منصور: ...
_ANSWER: Final = frozenset(("ج", "جواب", "الجواب", "اجابه", "الاجابه"))
_WORDING: Final = frozenset("نص نصه نصها نصهما النص".split())
_IN_FULL: Final = frozenset("كاملا حرفيا ورد وردت وصلنا وصلها".split())
_FOLLOWING: Final = frozenset("ياتي يلي التالي التاليه الاتي".split())
_TELLS: Final = frozenset("يقدم تقدم يتحدث تتحدث يقول تقول يجيب تجيب يكشف تكشف يشرح تشرح يقرا تقرا يرد ترد".split())
_HOSTED: Final = ("ستضاف", "ستضيف", "ستضفنا")
_CITIES: Final = ("العاصمه", "مدينه", "المدينه", "البلاد", "دوله")
_ISSUED: Final = frozenset("اصدر اصدرت نشر نشرت وزع وزعت اذاع اذاعت القي القت وجه وجهت".split())
_GOT: Final = ("تلق", "وصل", "ورد", "جاء", "تسلم", "حصل")


class Layout:
    """The turns of a text: runs of lines that somebody says.

    Parameters
    ----------
    text : Text
    reader : Reader
        Of the same text; it tells who speaks in the lines before.
    """

    def __init__(self, text: Text, reader: Reader) -> None:
        self._text, self._reader = text, reader
        self._lines: list[tuple[int, int]] = []  # offsets of the lines that are not blank, without white space around
        place = 0
        asks = text.text.count("؟") + text.text.count("?") > 1
        for line in text.text.split("\n") if asks or ":" in text.text else ():
            if bare := line.strip():
                start = place + line.index(bare[0])
                self._lines.append((start, start + len(bare)))
            place += len(line) + 1
        self._known: dict[int, Speaker] = {}
        self._prefixes: Counter[str] | None = None  # names that answers start with; counted once
        self._interviewed: tuple[int, Speaker | None] | None = None  # in which sentence, and who; found once
        self._turns: list[tuple[int, int, Event]] = []  # first and last token, in order
        self._find(asks)
        self._starts = [first for first, _, _ in self._turns]

    def at(self, token: int) -> Event | None:
        """The turn that a token belongs to."""
        place = bisect_right(self._starts, token) - 1
        return self._turns[place][2] if place >= 0 and token < self._turns[place][1] else None

    def _find(self, asks: bool) -> None:
        """Find the turns; `asks` is whether there are two question marks at least."""
        asked = self._questions() if asks else set()
        if asks and not asked and self._add_dialogue():
            return
        if asks and (asked := asked or self._unmarked_questions()):
            self._add_answers(asked)
            return
        n, cited = 0, False
        while n < len(self._lines):
            start, end = self._lines[n]
            said = 0
            if not cited and (colon := self._cites(start, end)):
                cited = True
                who = partial(self._before, self._text.sentence_at(self._text.token_at(start)))
                last = self._cited_end(n)
                self._add(self._text.start[colon] + 1, end, "statement", who)
                for line in self._lines[n + 1 : last + 1]:
                    self._add(*line, "statement", who)
                n = last + 1
                continue
            if self._text.text[end - 1] == ":":
                said = self._add_introduced(n)
            elif ":" in self._text.text[start : min(end, start + 90)]:
                self._add_named(n)
            n += 1 + said

    def _questions(self) -> set[int]:
        """Which lines an interviewer asks: those with the mark of most questions."""
        text = self._text.text
        marks = [_MARK.match(text, start, end) for start, end in self._lines]
        of_mark = Counter(mark[0] for mark in marks if mark)
        asking = Counter(mark[0] for mark, line in zip(marks, self._lines, strict=True) if mark and self._asks(line))
        best, n = asking.most_common(1)[0] if asking else ("", 0)
        if n < 2:
            return set()
        alone = n >= _MOST_QUESTIONS * of_mark[best]
        marked = [i for i, mark in enumerate(marks) if mark and mark[0] == best]
        return {i for i in marked if alone or self._asks(self._lines[i])}

    def _asks(self, line: tuple[int, int]) -> bool:
        return _ASKED.search(self._text.text, max(line[0], line[1] - 12), line[1]) is not None

    def _unmarked_questions(self) -> set[int]:
        """The lines that are a question and nothing else, in a text that calls itself an interview."""
        asking = {i for i, line in enumerate(self._lines) if line[1] - line[0] < _LONGEST_QUESTION and self._asks(line)}
        if len(asking) < 3:
            return set()
        before = self._text.token_at(self._lines[min(asking)][0])
        said = any(self._text.is_kind(t, "dialogue") for t in range(before)) or self._addressed(asking)
        answered = all(i + 1 not in asking for i in asking)
        return asking if said and answered else set()

    def _add_dialogue(self) -> bool:
        """Lines that start with who speaks, again and again: who mostly asks is the interviewer."""
        text, raw = self._text, self._text.text
        lines = [(line, match) for line in self._lines if (match := _PREFIX.match(raw, *line))]
        family = [match[1].split()[-1] for _, match in lines]  # بيآته إشمنت: ...، then إشمنت: ...
        of_name = Counter(family)
        asking = Counter(name for name, (line, _) in zip(family, lines, strict=True) if self._asks(line))
        if not any(n > 1 for n in asking.values()):
            return False
        for name, ((_, end), match) in zip(family, lines, strict=True):
            first = text.token_at(match.start(1))
            if of_name[name] < 2 or asking[name] * 2 > of_name[name]:
                continue
            if text.is_kind(first, "own_staff"):
                continue  # المراسل: ... is the outlet itself
            stop = text.token_at(match.end(1) - 1) + 1
            answer = stop - first == 1 and text.tok[first] in _ANSWER
            k = text.sentence_at(first)
            who = partial(self._before, k) if answer else partial(text.resolve, first, stop)
            self._add(text.start[stop] + 1, end, "interview", who)
        return bool(self._turns)

    def _add_answers(self, asked: set[int]) -> None:
        """The lines between questions, if somebody is known to answer; a paragraph about him is the outlet's."""
        first = min(asked)
        k = self._text.sentence_at(self._text.token_at(self._lines[first][0]))
        who = partial(self._before, k)
        said = any(self._is_talk(t) for t in range(self._text.sentences[k][0]))
        said = said or self._addressed(asked)
        speaker = self._before(k)
        if speaker.kind == "country" or (not said and (len(asked) < 3 or self._reader.last_speaker(k) is None)):
            return  # readers' letters, questions of an explainer
        names = {w for w in speaker.text.split() if len(w) > 3} if len(speaker.text.split()) > 1 else set()
        for n in range(first + 1, len(self._lines)):
            about = n - 1 not in asked and self._opens_with(n, names)  # ودرويش باحث له كتاب
            if about and n > max(asked):
                return
            start = self._text.token_at(self._lines[n][0])
            told = self._text.tok[start] in ("وكان", "وكانت") or self._tells(start)
            if n > max(asked) + 1 and told:
                return  # وكانت الحكومة قد أعلنت: the outlet again
            if n not in asked and not about:
                self._add(*self._lines[n], "interview", self._named_answer(n, asked) or who)

    def _named_answer(self, n: int, asked: set[int]) -> Speaker | None:
        """Who answers, where answers again and again start with a name: جارديمالي: هذا كلام معيب."""
        match = _PREFIX.match(self._text.text, *self._lines[n])
        if match is None:
            return None
        if self._prefixes is None:
            found = (_PREFIX.match(self._text.text, *line) for i, line in enumerate(self._lines) if i not in asked)
            self._prefixes = Counter(m[1] for m in found if m is not None)
        if self._prefixes[match[1]] < 2:
            return None
        first, last = self._text.token_at(match.start(1)), self._text.token_at(match.end(1) - 1) + 1
        if self._text.tok[first] in _ANSWER or self._text.is_kind(first, "own_staff"):
            return None
        named = self._text.resolve(first, last)
        return named if named.text == match[1] else Speaker((match[1],), match[1], named.gender, "unknown")

    def _addressed(self, asked: set[int]) -> bool:
        """Whether some of the questions are put to somebody: كيف وصلتكم الأخبار؟"""
        text = self._text
        spans = [(text.token_at(self._lines[n][0]), text.token_at(self._lines[n][1] - 1)) for n in asked]
        return sum(any(text.is_kind(t, "second_person") for t in range(first, last)) for first, last in spans) > 1

    def _opens_with(self, n: int, names: set[str]) -> bool:
        """Whether a line starts with one of some names, and no colon behind it."""
        start, end = self._lines[n]
        words = self._text.text[start:end].split(None, 2)
        return bool(words) and ":" not in " ".join(words[:2]) and words[0].removeprefix("و") in names

    def _before(self, k: int) -> Speaker:
        """The last speaker before a sentence, else the first one whom the text is about until there."""
        if k not in self._known:
            if self._interviewed is None:
                self._interviewed = self._find_interviewed()
            j, interviewed = self._interviewed
            speaker = interviewed if j < k else self._reader.last_speaker(k)
            for j in range(k if speaker is None else 0):
                speaker = self._reader.main_subject(j, self._text.sentences[j][1])
                if speaker is not None:
                    break
            self._known[k] = speaker or Speaker()
        return self._known[k]

    def _find_interviewed(self) -> tuple[int, Speaker | None]:
        """With whom which sentence says there is a talk: حاورت الصحيفة الباحثة فلانة، في حوار مع الباحث فلان."""
        text = self._text
        for k, (first, end) in enumerate(text.sentences):
            talk = next((t for t in range(first, end) if self._is_talk(t)), end)
            for t in range(talk + 1, min(talk + 6, end)):
                whom = (
                    any(w in text.tok[talk] for w in ("حاور", *_HOSTED))
                    or "مع" in text.tok[talk + 1 : t]
                    or text.tok[t - 1] in _TELLS
                )
                if whom and text.is_kind(t, "person_head") and not text.is_kind(t, "own_staff"):
                    return k, text.resolve(t, text.phrase_end(t, end))
        return len(text.sentences), None

    def _is_talk(self, t: int) -> bool:
        """Whether a word speaks of a talk: حوار، استضافت «الجريدة» ...; not استضافت العاصمة ..."""
        text, tok = self._text, self._text.tok
        if not text.is_kind(t, "dialogue"):
            return False
        if t + 1 == len(tok) or not any(w in tok[t] for w in _HOSTED):
            return True
        host = text.match(t + 1, len(tok))
        return tok[t + 1] not in _CITIES and (host is None or host[1].kind != "country")

    def _cites(self, start: int, end: int) -> int:
        """The colon of وجاء في المقال: ... at the start of a line, behind which a review gives an article in its own words."""
        text, first = self._text, self._text.token_at(start)
        n = text.at("article_cited", first, len(text.tok))
        colon = first + n
        return colon if n and colon < text.token_at(end - 1) and text.tok[colon] == ":" else 0

    def _cited_end(self, n: int) -> int:
        """The last line of an article cited from a line on: before the source, or what says whose opinion it is."""
        for i in range(n + 1, len(self._lines)):
            first, end = self._text.token_at(self._lines[i][0]), len(self._text.tok)
            if self._text.at("not_headline", first, end) or self._text.at("article_end", first, end):
                return i - 1
        return len(self._lines) - 1

    def _add_introduced(self, n: int) -> int:
        """What a line with a colon at its end introduces: a whole statement, a list, or the next line."""
        text, lines = self._text, self._lines
        colon = text.token_at(lines[n][1] - 1)
        if text.at("not_headline", text.token_at(lines[n][0]), colon):
            return 0  # اقرأ أيضا:
        k = text.sentence_at(colon)
        first = text.sentences[k][0]
        if n + 1 == len(lines) or colon == first:
            return 0
        closing = text.tok[max(first, colon - 4) : colon]
        said = any(text.is_kind(t, "speech_noun") for t in range(first, colon))
        before = text.tok[first:colon]
        whole = said and not (_WORDING.isdisjoint(closing) and _IN_FULL.isdisjoint(before[-5:]))
        whole = whole or not (_WORDING.isdisjoint(before) or _FOLLOWING.isdisjoint(before))
        follows = said and not _FOLLOWING.isdisjoint(closing)
        last = n + 1
        if whole:
            last = self._statement_end(n + 1)
        elif not follows and not any(e.opener != "silent" for e in self._reader.sentence(k).events):
            return 0
        elif mark := _MARK.match(text.text, *lines[n + 1]):
            while last + 1 < len(lines) and text.text.startswith(mark[0], lines[last + 1][0]):
                last += 1
        elif _NUMBER.match(text.text, *lines[n + 1]):
            while last + 1 < len(lines) and _NUMBER.match(text.text, *lines[last + 1]):
                last += 1
        who = partial(self._introduced, k, colon, whole)
        for start, end in lines[n + 1 : last + 1]:
            self._add(start, end, "statement" if whole else "list", who)
        return last - n

    def _statement_end(self, n: int) -> int:
        """The last line of a statement that starts in a line: up to its closing mark, or to what explains it."""
        text, lines = self._text, self._lines
        quotation = text.quotation_at(text.token_at(lines[n][0]))
        if quotation is not None and quotation.closed and quotation.end > lines[n][1]:
            return next((i for i in range(n, len(lines)) if lines[i][1] >= quotation.end), len(lines) - 1)
        for i in range(n + 1, len(lines)):
            first = text.token_at(lines[i][0])
            if self._tells(first) or self._closes(first):
                return i - 1
        return len(lines) - 1

    def _tells(self, first: int) -> bool:
        """يذكر أن: whether a line starts with what the outlet adds."""
        return bool(self._text.at("background", first, min(first + 4, len(self._text.tok))))

    def _closes(self, first: int) -> bool:
        """تعليق، انتهى البيان: whether a line closes a statement."""
        tok = self._text.tok
        ended = tok[first] in ("انتهي", "انتهت") and first + 1 < len(tok)
        return tok[first] == "تعليق" or (ended and self._text.is_kind(first + 1, "speech_noun"))

    def _introduced(self, k: int, colon: int, whole: bool) -> Speaker:
        """Who is behind what a line introduces: who issued a statement, in this sentence or the one before, or speaks."""
        text, first = self._text, self._text.sentences[k][0]
        if whole:
            issuer = self._issuer(first, colon)
            if issuer is None and k and not any(text.is_kind(t, "speech_noun") for t in range(first, colon)):
                issuer = self._issuer(*text.sentences[k - 1])  # وزعت السفارة بيانا. وفي ما يلي نصه:
            if issuer is not None:
                return issuer
        for event in reversed(self._reader.sentence(k).events):
            if event.top and event.speaker.names:
                return event.speaker
        return self._reader.main_subject(k, colon) or self._before(k)

    def _issuer(self, first: int, end: int) -> Speaker | None:
        """Who issued something, or from whom it came: تلقت الصحيفة من السفارة البيان التالي."""
        text, tok = self._text, self._text.tok
        if (issuer := self._issued_by(first, end)) is not None:
            return issuer
        got = any(tok[t].lstrip("وف").startswith(_GOT) for t in range(first, end))
        for t in range(first, end - 1) if got else ():
            if tok[t] == "من" and text.is_head(t + 1, end):
                return text.resolve(t + 1, text.phrase_end(t + 1, end))
        return None

    def _issued_by(self, first: int, end: int) -> Speaker | None:
        """Who issued something: أصدرت السفارة بيانا."""
        text, tok = self._text, self._text.tok
        for t in range(first, end - 1):
            if (tok[t] in _ISSUED or (tok[t][0] in "وف" and tok[t][1:] in _ISSUED)) and text.is_head(t + 1, end):
                said = next((u for u in range(t + 2, end) if text.is_kind(u, "speech_noun")), end)
                return text.resolve(t + 1, text.phrase_end(t + 1, said))
        return None

    def _add_named(self, n: int) -> None:
        """A line that starts with who says it: by a headline's colon, or a name with an explanation in brackets."""
        text, (start, end) = self._text, self._lines[n]
        first = text.token_at(start)
        named = _NAMED_LINE.match(text.text, start, end)
        if named is not None:
            words = named[1].split()
            name = text.tok[first : first + len(words)]
            aged = _AGED.search(named[0]) is not None
            match = text.match(first, first + len(words))
            country = match is not None and match[1].kind == "country"
            if country or (match is None and self._of_medium(named.start(2), named.end(2))):
                return  # ألماتي (رويترز): ...
            if aged or not any(w in text.cues.verbs or w in PREPOSITIONS or w in text.cues.stops for w in name):
                speaker = text.resolve(first, first + len(words))
                self._add(named.end(), end, "named line", speaker)
            return
        if _CLOCK.match(text.text, start, end) or (n and _CLOCK.fullmatch(text.text, *self._lines[n - 1])):
            events = self._reader.sentence(text.sentence_at(first)).events
            event = next((e for e in events if e.kind == "headline"), None)
            if event is not None:
                self._add(text.start[event.last] + 1, end, "named line", event.who)

    def _of_medium(self, start: int, end: int) -> bool:
        """Whether brackets hold a medium or a year instead of who somebody is."""
        first, last = self._text.token_at(start), self._text.token_at(end - 1) + 1
        match = self._text.match(first, last)
        return (self._text.tok[first].isdigit() and last == first + 1) or (
            match is not None and match[1].kind == "media"
        )

    def _add(self, start: int, end: int, cls: str, who: Speaker | Callable[[], Speaker]) -> None:
        first, last = self._text.token_at(start), self._text.token_at(end - 1) + 1
        event = Event(first, first, "", cls, "layout", who, first, last, "line")
        self._turns.append((first, last, event))
