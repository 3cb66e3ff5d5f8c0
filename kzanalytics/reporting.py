"""Reporting events: who says what from where to where, in each sentence of a text."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from kzanalytics._events import Event, Sentence
from kzanalytics._newstext import AND_THAT, PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._speech_nouns import NounReader
from kzanalytics._word_classes import INSTEAD, SOURCE, SPEECH_LISTS
from kzanalytics.speakers import Speaker

__all__ = ["Event", "Reader", "Sentence"]

_PAST_ENDS: Final = frozenset(letter + "ت" for letter in "أبتثجحخدذرزسشصضطظعغفقكلمنه")
_DEEP: Final = 20  # sentences that are read because another one is


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
            for event in reversed(self.sentence(j).events):
                if event.top and event.speaker.names and gender in ("", event.speaker.gender):
                    found = event.speaker
                    break
        self._last[k, gender] = found
        return found


class _SentenceReader(NounReader):
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

    def _as_event(self, i: int, n: int) -> Event | None:
        """كما قال ...، وفق ما ذكرته ...: a reporting verb behind what is said (or before it, with a comma)."""
        text, tok = self.text, self.tok
        v = i + n
        if i - 1 >= self.first and tok[i - 1] in ("ليس", "وليس", "ليست", "وليست"):
            return None
        if v < self.end and tok[v] in ("قد", "كان", "كانت"):
            v += 1
        verb = text.cues.verbs.get(tok[v]) if v < self.end else None
        if verb is None or verb.form == "participle" or verb.kind in ("describe", "hearsay") or self._is_stated(v + 2):
            return None
        if self._spelled(v)[1:2] == "\u064f":
            return None  # كما زُعم: by nobody who is named
        subject = self._subject_after(v + 1, verb)
        if subject and self._is_thing(*subject):
            return None
        end = subject[1] if subject else v + 1
        sourced = tok[i] not in ("كما", "وكما", "فيما")
        if verb.form == "finite" and not sourced:
            opened = self._opener(end, verb, subject is not None)
            if opened is not None and opened[0] <= end + 25:
                return None  # كما قال إن: also said
        speaker = self._resolve(*subject) if subject else self._carried(verb.gender)
        return self._source(i, end, verb.cls, speaker)

    def _source_event(self, i: int, n: int) -> Event | None:
        """بحسب ...، وفقا لـ ...: a source, behind what is said or before it."""
        text, tok = self.text, self.tok
        t = i + n
        if t < self.end and tok[t] in ("ل", "الي", "عن"):
            t += 1
        if t >= self.end:
            return None
        if tok[t] == "«" and t + 1 < len(tok) and t in self.quotes and self.quotes[t].n_words <= 4:
            end = text.token_at(self.quotes[t].end - 1) + 1
            speaker = self._resolve(t + 1, max(t + 2, end - 1))
            return self._source(i, end, "source", speaker)
        verb = text.cues.verbs.get(tok[t])
        if verb is not None and verb.form != "participle" and not text.is_head(t, self.end):
            subject = self._subject_after(t + 1, verb)
            if subject:
                return self._source(i, subject[1], verb.cls, self._resolve(*subject))
        if text.is_kind(t, "saying"):
            if self._in_scope(i) is not None:
                return None  # قال إن ...، على حد تعبيره
            end = text.phrase_end(t + 1, self.end) if t + 1 < self.end and text.is_head(t + 1, self.end) else t + 1
            speaker = self._resolve(t + 1, end) if end > t + 1 else self._carried()
            return self._source(i, end, "source", speaker)
        end = text.phrase_end(t, self.end)
        if not text.is_head(t, self.end) and not text.is_kind(t, "speech_noun"):
            stated = end + (end < self.end and tok[end] == "،")
            if not (stated < self.end and tok[stated].startswith("فان")) and not self._unknown_source(t, end):
                return None
        if text.is_kind(t, "speech_noun") and text.match(t, end) is None:
            u = t + 1
            while u < self.end and (
                tok[u] in ("صادر", "عن", "نشره", "نشرته", "من", "صادره") or text.is_kind(u, "speech_noun")
            ):
                u += 1
            if u < self.end and text.is_head(u, self.end):
                end = text.phrase_end(u, self.end)
                return self._source(i, end, "source", self._resolve(u, end))
        match = text.match(t, end)
        if match and match[1].kind == "country" and match[0] == end - t and tok[t] in ("قانون",):
            return None
        speaker = self._resolve(t, end)
        to = tok[i].endswith(("فقا", "طبقا", "تبعا")) and speaker.kind == "unknown" and speaker.text[:1] == "ل"
        if to and not self._plain_head(t):
            words = speaker.text[1:]  # وفقا لإحصائيات الحكومة
            speaker = Speaker((words,), words, speaker.gender, speaker.kind)
        return self._source(i, end, "source", speaker)

    def _unknown_source(self, t: int, end: int) -> bool:
        """Whether a name that is in no list stands between a source's preposition and a comma or title."""
        tok, text = self.tok, self.text
        if (
            end == t + 1
            and end < self.end
            and tok[end] in ("،", ".")
            and text.is_name(t)
            and "»" in tok[self.first : t]
        ):
            return True  # «...» بحسب جاك
        if not (end - t >= 2 and text.is_name(t) and text.is_name(t + 1)):
            return False
        return any(text.is_kind(u, "person_head") for u in range(t + 2, min(end + 3, self.end))) or (
            end + 1 < self.end and tok[end] == "،" and tok[end + 1].startswith("فان")
        )

    def _source(self, i: int, end: int, cls: str, speaker: Speaker) -> Event | None:
        opening = all(not self.tok[t][0].isalpha() for t in range(self.first, i)) or i - self.first <= 2
        opening = opening or bool(self.text.at("clause", i - 1, i))
        if self.tok[i - 1] == "،" and end < self.end and self.tok[end] != "،":  # وفق محامين اطلعوا على بعضها،
            comma = next((t for t in range(end, min(end + 8, self.end)) if self.tok[t] == "،"), end)
            if not any(self.tok[t] in THAT or self.tok[t] in self.text.cues.verbs for t in range(end, comma)):
                end = comma
        inside = not opening and end + 1 < self.end and self.tok[i - 1] == self.tok[end] == "،"
        if inside and self.tok[end + 1][0] not in "وف":
            start, stop = self._clause_start(i), self._scope_end(end + 1, "that")  # أدى، وفق تفسير الوزارة، إلى نقص
            return Event(i, end - 1, "", cls, "source", speaker, start, stop, "after", backward=True)
        if opening and end < self.end - 3:
            start = end
            return Event(i, end - 1, "", cls, "source", speaker, start, self._scope_end(start, "that"), "source")
        for event in self.events:
            if event.first < i < event.start:
                return None  # between a verb and what it opens
        start = self._clause_start(i)
        for event in self.events:
            if event.backward:
                start = max(start, event.last + 1)
        told = [t for t in range(self.first, i) if self.text.at("background", t, i)]
        if told:  # يذكر أن الاحتجاجات بدأت ...، أسفرت عن قتلى، بحسب الوزارة: the last clause is theirs
            start = max([start, *(t for t in range(told[-1], i - 1) if self.tok[t] == "،")])
        if cls == "distancing":  # إرهابيين وليس متظاهرين، كما تزعم: what is claimed is the latter
            start = max([start, *(t for t in range(start, i) if self.tok[t] in INSTEAD)])
        return Event(i, end - 1, "", cls, "source", speaker, start, i, "after", backward=True)

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
        if i == self.first and self.k and spelled.startswith("وأن") and self.tok[i] != "وانا":
            before = self.reader.sentence(self.k - 1).events
            if before and not before[-1].backward:  # a sentence of its own: وأنها ملتزمة ...
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

    def _headline(self) -> Event | None:
        """``توكاييف: ...`` at the start of a sentence; not a byline, a list or a caption."""
        text, tok = self.text, self.tok
        if ":" not in tok[self.first : min(self.first + 18, self.end)]:
            return None
        t = self.first
        while t < self.end and (
            not tok[t][0].isalpha() or (t > self.first and tok[t] in ("م", "ص") and tok[t + 1 : t + 2] == [":"])
        ):
            t += 1  # 10:22 - ...، 1.30 م: ...
        colon = next((u for u in range(t, min(t + 14, self.end)) if tok[u] == ":"), -1)
        if colon <= t or colon + 1 >= self.end or tok[colon + 1] == "\n":
            return None
        if t > self.first and (quote := self.quotes.get(t - 1)) and quote.closed and quote.n_words <= 4:
            close = text.token_at(quote.end - 1)
            says = text.cues.verbs.get(tok[colon + 1])  # • «لو تان» السويسرية: ترى ...; not «حرب الغاز»: ...
            medium = (says is not None and says.form == "finite") or text.match(t, close) is not None
            if medium and close < colon and all(w.startswith("ال") for w in tok[close + 1 : colon]):
                end, who = self._scope_end(colon + 1, "colon"), self._resolve(t, close)
                return Event(t, colon, "", "headline", "headline", who, colon + 1, end, "colon")
        if text.is_kind(t, "own_staff"):
            return None  # مراسلنا: ... is the outlet itself
        named = self._before_medium(t, colon)
        if " ـ " in text.text[text.start[t] : text.start[colon]]:
            return None  # سبق ـ أبها: ...
        marked = sum(tok[u] == "«" for u in range(t + 1, named)) == 1 and "»" in tok[t:named] and text.is_head(t, named)
        ruled = ("-", "/", "|") if marked else ("-", "/", "|", "«")  # زعيم حركة «الخيار» فلان: ...
        if t >= colon or any(tok[u] in ruled or tok[u][0].isdigit() for u in range(t, named)):
            return None
        if any(
            u > t and (v := text.cues.verbs.get(tok[u])) and v.form == "finite" and not tok[u].startswith("ال")
            for u in range(t, colon)
        ):
            return None
        if text.cues.verbs.get(tok[t]) and not self._known_at(t, colon):
            return None
        if text.at("not_headline", t, colon) and not self._known_at(t, colon):
            return None
        nxt = text.cues.verbs.get(tok[colon + 1])
        match = text.actors.match(tok, t, colon)
        if (match is None or match[1].kind == "country") and text.is_kind(colon + 1, "question"):
            return None  # كازاخستان: كيف بدأ الغضب؟
        if (
            nxt is not None
            and nxt.form == "finite"
            and nxt.person == 3
            and (match is None or match[1].kind == "country")
        ):
            return None  # a dateline
        if (
            match is not None
            and match[1].kind == "country"
            and match[0] == colon - t
            and "." in tok[self.end - 2 : self.end]
        ):
            return None  # a dateline: headlines end without a stop
        if match is not None and match[1].kind == "country" and text.is_kind(colon + 1, "occurrence"):
            return None  # كازاخستان: انتهاء العملية
        if (
            match is not None
            and match[1].kind == "country"
            and match[0] < colon - t
            and tok[t + match[0]] in PREPOSITIONS
        ):
            return None  # كازاخستان بعد العاصفة: ...
        line = next((u for u in range(colon + 1, self.end) if tok[u] == "\n"), self.end)
        if line <= colon + 3 and match is not None and match[1].kind == "country":
            return None  # الرياض: الوطن
        if any(
            (text.at("relative", u, colon) and tok[u] != "من") or tok[u] in ("ما", "ياتي", "يلي")
            for u in range(t, colon)
        ):
            return None
        end = text.phrase_end(t, named)
        early = text.start[self.first] < 400
        known = match is not None or text.is_head(t, colon)
        person = early and self._at_line_start(t) and named - t <= 4 and end == named
        if not ((known and end >= named - 4) or person) or tok[t] in text.cues.stops:
            return None
        media = match is not None and match[1].kind == "media"
        if (not known or media) and "؟" in tok[self.end - 2 : self.end]:
            return None  # DW: هل ...؟ asks
        if not known and named - t > 2 and len(tok[t]) > 3 and text.text[text.end[t] - 2 : text.end[t]] in _PAST_ENDS:
            return None  # بدأت القصة سلمية: ...
        if not known and (tok[t].startswith(("لن", "بال")) or tok[t].endswith("وا") or text.is_kind(t, "event_noun")):
            return None  # لنبدأ بالواضح: ...، احتجاجات الغرب: ...
        if (
            known
            and match is None
            and text.is_kind(t, "institution_head")
            and named - t == 1
            and not tok[t].startswith("ال")
        ):
            return None
        speaker = self._resolve(t, end)
        return Event(
            t, colon, "", "headline", "headline", speaker, colon + 1, self._scope_end(colon + 1, "colon"), "colon"
        )

    def _before_medium(self, t: int, colon: int) -> int:
        """Where who speaks ends in front of a colon, if a medium in marks stands there: خبراء لـ«الجزيرة»: ..."""
        for u in range(t + 1, colon - 1):
            if self.tok[u] in ("ل", "علي", "عبر", "في") and (quote := self.quotes.get(u + 1)) and quote.closed:
                return u if self.text.token_at(quote.end - 1) == colon - 1 else colon
        return colon

    def _known_at(self, t: int, end: int) -> bool:
        return self.text.match(t, end) is not None

    def _at_line_start(self, t: int) -> bool:
        return t == 0 or self.tok[t - 1] in ("\n", "..", "…")
