"""Reporting events: who says what from where to where, in each sentence of a text."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kzanalytics._events import Event, Sentence
from kzanalytics._headlines import HeadlineReader
from kzanalytics._newstext import AND_THAT, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import SOURCE, SPEECH_LISTS
from kzanalytics.speakers import Speaker

__all__ = ["Event", "Reader", "Sentence"]

_DEEP: Final = 20  # sentences that are read because another one is


_ISSUING: Final = ("اصدر", "نشر", "وزع", "اذاع", "تصدر", "يصدر")


class Reader:
    """Reads a text sentence by sentence, only as far back as carried-over speakers require."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._sentences: dict[int, Sentence] = {}
        self._last: dict[tuple[int, str], Speaker | None] = {}
        self._depth = self._read = 0
        text.read = self.read_speakers

    def sentence(self, k: int) -> Sentence:
        """Sentence number `k`, analysed once."""
        start = k
        while start not in self._sentences and start and self.text.tok[self.text.sentences[start][0]] in AND_THAT:
            start -= 1  # وأن ...: needs the sentence before
        for j in range(start, k + 1):
            if j not in self._sentences:
                first, end = self.text.sentences[j]
                self._sentences[j] = _SentenceReader(self, j, self.text, first, end).read()
        return self._sentences[k]

    def close(self) -> None:
        """Part what refers to each other, so that the memory is free at once and no garbage collector must look for it."""
        for sentence in self._sentences.values():
            sentence.events.clear()
        self._sentences.clear()
        self.text.close()

    def read_speakers(self, k: int) -> None:
        """Find out who speaks in sentence `k`."""
        self._go_deeper(k)
        for event in self.sentence(k).events:
            _ = event.speaker
        self._depth -= 1

    def _go_deeper(self, k: int) -> None:
        """Where each sentence needs the one before, read all before `k` in their order instead of back from the last."""
        while self._depth > _DEEP and self._read < k:
            self._read += 1
            for event in self.sentence(self._read - 1).events:
                _ = event.speaker
        self._depth += 1

    def main_subject(self, k: int, before: int) -> Speaker | None:
        """Whoever sentence `k` is about, sought in front of a token."""
        reader = _SentenceReader(self, k, self.text, *self.text.sentences[k])
        return reader.first_named(reader.first, before)

    def shown(self, k: int) -> Speaker | None:
        """Whom the sentence before sentence `k` shows, where nobody speaks in it."""
        return _SentenceReader(self, k, self.text, *self.text.sentences[k]).shown(1)

    def clause_subject(self, k: int, before: int) -> Speaker | None:
        """Whoever a later clause of sentence `k` is about, sought in front of a token."""
        reader = _SentenceReader(self, k, self.text, *self.text.sentences[k])
        start = reader.clause_before(before)
        return reader.first_named(start, before) if start > reader.first else None

    def last_speaker(self, k: int, gender: str = "") -> Speaker | None:
        """The last speaker before sentence `k`, of a gender if there is one."""
        self._go_deeper(k)
        found = self._search(k, gender) or (self._search(k, "") if gender else None)
        self._depth -= 1
        return found

    def _search(self, k: int, gender: str) -> Speaker | None:
        """Search the sentences before `k` from the last to the first, up to one from which this was done before."""
        found, j = None, k
        while found is None and j > 0:
            if (j, gender) in self._last:
                found = self._last[j, gender]
                break
            j -= 1
            events = self.sentence(j).events
            for event in reversed(events):
                speaker = event.speaker
                aside = event.kind == "source" and event.backward
                if aside and any(e.top and e.kind != "source" and e.speaker.gender == speaker.gender for e in events):
                    continue  # لا يرى فيه ثورة، كما يردد الإعلام. ويخلص إلى أن: not whoever else says so
                if event.top and speaker.names and gender in ("", speaker.gender) and not speaker.is_god:
                    found = speaker
                    break
            if found is None and (topic := self._topic(j)) is not None and gender in ("", topic.gender):
                found = topic
        self._last[k, gender] = found
        return found

    def _topic(self, k: int) -> Speaker | None:
        """The person whom أما names at the start of sentence `k`: who goes on behind it is he."""
        first, end = self.text.sentences[k]
        issued = any(self.text.tok[t].lstrip("وف").startswith(_ISSUING) for t in range(first, min(first + 3, end)))
        if issued and any(self.text.tok[t] in ("بيان", "بيانا") for t in range(first + 1, min(first + 12, end))):
            return self.main_subject(k, end)  # أصدرت الوزارة بيانا. وجاء في البيان أن
        if self.text.tok[first] not in ("اما", "واما"):
            return None
        topic = self.main_subject(k, end)
        if topic is None or not self.text.text.startswith(topic.text, self.text.start[min(first + 1, end - 1)]):
            return None
        return topic if topic.kind == "person" or (" " in topic.text and topic.text[:2] != "ال") else None


class _SentenceReader(HeadlineReader):
    """Finds all events of a sentence: verbs, sources, nouns that open speech, headlines."""

    def read(self) -> Sentence:
        text, tok = self.text, self.tok
        i = self.first
        headline = self._headline()
        if headline:
            self.events.append(headline)
            i = headline.start
        verbs = text.cues.verbs
        classes = text.classes
        places = text.event_places
        place = bisect_left(places, i)
        while place < len(places) and (i := places[place]) < self.end:
            token = tok[i]
            event: Event | None = None
            if classes[i] & SOURCE:
                if n := text.at("as", i, self.end):
                    event = self._as_event(i, n)
                if event is None and (n := text.at("source", i, self.end)) and not text.at("not_source", i, self.end):
                    event = self._source_event(i, n)
            if event is None and token in verbs:
                event = self._verb_event(i, verbs[token])
            elif event is None and (token in AND_THAT or token in THAT):
                event = self._resumed(i)
            if event is None and not SPEECH_LISTS.isdisjoint(text.cues.kinds(token)):
                event = self._noun_event(i)
            if event is not None:
                self._close_before(event)
                self.events.append(event)
                place = bisect_left(places, max(i + 1, event.last + 1), place + 1)
            else:
                place += 1
        return Sentence(self.first, self.end, self.events, self._voices())

    def clause_before(self, i: int) -> int:
        """Where the clause before a token starts: behind في حين, or with وكان behind a comma."""
        start = self._clause_start(i, where=False)
        if n := self.text.at("clause", start, i):
            return start + n
        for t in range(i - 1, start + 1, -1):
            if self.tok[t] in ("وكان", "وكانت") and self.tok[t - 1] == "،":
                return t
        return start

    def _close_before(self, event: Event) -> None:
        if not event.backward:
            for earlier in self.events:
                if not earlier.backward and earlier.start <= event.start < earlier.end and event.top:
                    earlier.end = event.first

    def _voices(self) -> list[Event | None]:
        voice: list[Event | None] = [None] * (self.end - self.first)
        for event in self.events:
            if not event.backward and event.start < (end := min(event.end, self.end)):
                voice[event.start - self.first : end - self.first] = [event] * (end - event.start)
        for event in self.events:
            if event.backward:
                for t in range(event.start, min(event.end, self.end)):
                    if voice[t - self.first] is None:
                        voice[t - self.first] = event
        return voice

    def _resumed(self, i: int) -> Event | None:
        """وأن behind a finished quotation: the same speaker goes on; وإن goes on with the verb that opened إن."""
        if self.tok[i] not in AND_THAT:
            return None
        spelled, inside = self._spelled(i), self._in_scope(i)
        if inside is not None and self._goes_on_that(i) and not self._spelled(inside.start).startswith("إن"):
            tops = [e for e in self.events if e.top and not e.backward and e.first < i]
            outer = tops[-1] if tops else None  # قال إن الأول يعتبر نفسه ضحية، وإن الأسرة
            if outer is not None and outer.start <= inside.first and self._spelled(outer.start).startswith("إن"):
                end = self._scope_end(i, "that")
                return Event(outer.first, i, outer.lemma, outer.cls, outer.kind, outer.who, i, end, "that")
        if inside is not None:
            return None
        alike = spelled.startswith("وأن") and self.tok[i] != "وانا"
        if i == self.first and self.k and (alike or self._goes_on_that(i)):
            before = self.reader.sentence(self.k - 1).events
            said = before != [] and (alike or self._spelled(before[-1].start).startswith(("إن", "وإن")))
            if said and not before[-1].backward:  # a sentence of its own: وأنها ملتزمة ...، وإن الجيش يتقدم
                last = before[-1]
                return Event(i, i, last.lemma, last.cls, last.kind, last.who, i, self._scope_end(i, "that"), "that")
        if not self.events:
            return None
        last = self.events[-1]
        if last.backward or last.opener == "source" or self.tok[i] in ("فان", "فانه", "فانها"):
            return None
        if not (last.end <= i <= last.end + 12) or any(self.text.at("background", t, i) for t in range(last.end, i)):
            return None
        if any(self.text.at("clause", t, i) for t in range(last.end, i)):
            return None
        if last.opener in ("noun", "prep") and any(
            self.text.at("background", t, i) for t in range(self.first, last.first)
        ):
            return None  # يذكر أن الحكومة أعلنت الطوارئ، وأن السلطات أطلقت
        return Event(
            last.first, i, last.lemma, last.cls, last.kind, last.speaker, i, self._scope_end(i, "that"), "that"
        )
