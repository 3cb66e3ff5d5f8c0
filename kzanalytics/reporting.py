"""Reporting events: who says what from where to where, in each sentence of a text."""

from __future__ import annotations

from dataclasses import dataclass

from kzanalytics._phrases import AND_THAT, PREPOSITIONS, THAT, Speaker, Text
from kzanalytics.cues import Verb, bases

__all__ = ["Event", "Reader", "Sentence"]

WINDOW = 45  # tokens between a reporting verb and what it opens: titles and relative clauses are long
PARTICIPLE_WINDOW = 16
SVO_GAP = 25  # tokens between a subject in front and its verb
_WEAK_NOUNS = frozenset(
    "رد ذكر وعد حذر طالب عقب علم امل ثمن ظن كشف بين عبر تابع زاد مضي يعد كتب علق شرح صرح رجح قدر عد نشر".split()
)
_AS_NEXT = frozenset("ما وما بما كما لما مما عما وكما فيما".split())
_FIMA = frozenset("يتعلق يخص بعد بين بينهم بينها يلي وراء مضي عدا تعلق يبدو".split())


@dataclass(eq=False)
class Event:
    """One act of reporting: its cue, its speaker, and the tokens it governs."""

    first: int
    last: int
    lemma: str
    cls: str
    kind: str
    speaker: Speaker
    start: int
    end: int
    opener: str
    backward: bool = False
    top: bool = True


@dataclass(eq=False)
class Sentence:
    """The events of a sentence, and for each token the event that governs it."""

    first: int
    end: int
    events: list[Event]
    voice: list[Event | None]

    def at(self, token: int) -> Event | None:
        """The event that governs a token."""
        return self.voice[token - self.first] if self.first <= token < self.end else None


class Reader:
    """Reads a text sentence by sentence, only as far back as carried-over speakers require."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._sentences: dict[int, Sentence] = {}
        self._last: dict[int, dict[str, Speaker]] = {}

    # --- state across sentences -------------------------------------------------------------------

    def sentence(self, k: int) -> Sentence:
        """Sentence number `k`, analysed once."""
        if k not in self._sentences:
            first, end = self.text.sentences[k]
            self._sentences[k] = _SentenceReader(self, k, first, end).read()
        return self._sentences[k]

    def last_speaker(self, k: int, gender: str = "") -> Speaker | None:
        """The last speaker before sentence `k`, of a gender if there is one."""
        if k <= 0:
            return None
        todo = k - 1
        while todo >= 0 and todo not in self._last:
            todo -= 1
        for j in range(todo + 1, k):
            state = dict(self._last.get(j - 1, {})) if j else {}
            for event in self.sentence(j).events:
                if event.top and event.speaker.names and not (event.backward and state.get("line") == str(j)):
                    state["any"] = state[event.speaker.gender] = event.speaker
            self._last[j] = state
        state = self._last[k - 1]
        return (state.get(gender) if gender else None) or state.get("any")


class _SentenceReader:
    def __init__(self, reader: Reader, k: int, first: int, end: int) -> None:
        self.reader, self.k, self.text = reader, k, reader.text
        self.tok = reader.text.tok
        self.first, self.end = first, end
        self.events: list[Event] = []
        self.quotes = {
            reader.text.token_at(q.start): q
            for q in reader.text.quotations
            if first <= reader.text.token_at(q.start) < end
        }

    def read(self) -> Sentence:
        text, tok = self.text, self.tok
        i = self.first
        headline = self._headline()
        if headline:
            self.events.append(headline)
            i = headline.start
        verbs = text.cues.verbs
        starts = text.cues.starts
        while i < self.end:
            token = tok[i]
            event: Event | None = None
            kinds = starts(token)
            if "as" in kinds and (n := text.at("as", i, self.end)):
                event = self._as_event(i, n)
            if event is None and "source" in kinds and (n := text.at("source", i, self.end)):
                event = self._source_event(i, n)
            if event is None and token in verbs:
                event = self._verb_event(i, verbs[token])
            elif event is None and (token in AND_THAT or token in THAT):
                event = self._resumed(i)
            if event is None and not _NOUN_KINDS.isdisjoint(text.cues.kinds(token)):
                event = self._noun_event(i)
            if event is not None:
                self._close_before(event)
                self.events.append(event)
                i = max(i + 1, event.last + 1)
            else:
                i += 1
        return Sentence(self.first, self.end, self.events, self._voices())

    # --- scope ------------------------------------------------------------------------------------

    def _scope_end(self, start: int, opener: str) -> int:
        """Where what is said ends: the sentence, a new main clause, or a direct quotation's last mark."""
        text, tok = self.text, self.tok
        direct = self._opening_quote(start)
        i = start
        if direct is not None:
            close = text.token_at(max(direct.end - 1, direct.start))
            if opener in ("colon", "quote"):
                return (
                    min(close + 1, self.end) if direct.n_words > 4 or opener == "colon" else self._clause_end(close + 1)
                )
            if direct.n_words > 4:
                i = close + 1
                while i < self.end and tok[i] not in ("،", "؛", ".", "؟") and not self._breaks(i, opener):
                    i += 1
                return min(i, self.end)
        return self._clause_end(i, opener)

    def _clause_end(self, i: int, opener: str = "that") -> int:
        while i < self.end and not self._breaks(i, opener):
            quote = self.quotes.get(i)
            i = max(i + 1, self.text.token_at(quote.end - 1) if quote and quote.closed else i + 1)
        return min(i, self.end)

    def _opening_quote(self, start: int):  # type: ignore[no-untyped-def]
        """The quotation that opens what is said: at once or after أن."""
        for t in range(start, min(start + 3, self.end)):
            if t in self.quotes:
                return self.quotes[t]
            if self.tok[t] not in THAT and self.tok[t] not in ("،", ":", "«") and t > start:
                return None
        return None

    def _breaks(self, i: int, opener: str) -> bool:
        text, tok = self.text, self.tok
        if i == self.first or _BREAK_KINDS.isdisjoint(text.cues.starts(tok[i])):
            return False
        if text.at("background", i, self.end):
            return True
        n = text.at("clause", i, self.end)
        if n and i + n < self.end and tok[i + n] not in _FIMA:
            return True
        return opener in ("noun", "prep") and tok[i - 1] == "،" and bool(text.at("circumstance", i, self.end))

    def _in_scope(self, i: int) -> Event | None:
        for event in reversed(self.events):
            if not event.backward and event.start <= i < event.end:
                return event
        return None

    def _close_before(self, event: Event) -> None:
        if not event.backward:
            for earlier in self.events:
                if not earlier.backward and earlier.start <= event.start < earlier.end and event.top:
                    earlier.end = event.first

    def _voices(self) -> list[Event | None]:
        voice: list[Event | None] = [None] * (self.end - self.first)
        for event in self.events:
            if not event.backward:
                for t in range(event.start, min(event.end, self.end)):
                    voice[t - self.first] = event
        for event in self.events:
            if event.backward:
                for t in range(event.start, min(event.end, self.end)):
                    if voice[t - self.first] is None:
                        voice[t - self.first] = event
        return voice

    def _clause_start(self, i: int) -> int:
        """Where the clause before a closing source starts."""
        for t in range(i - 1, self.first, -1):
            if self.tok[t] == "؛" or (self.text.at("clause", t, i) and self.tok[t + 1] not in _FIMA):
                return t
            if self.tok[t] == "حيث" and i - t > 3:
                return t
        return self.first

    # --- speakers ---------------------------------------------------------------------------------

    def _carried(self, gender: str = "") -> Speaker:
        """The speaker carried over: of this sentence, else of the ones before."""
        for event in reversed(self.events):
            if event.speaker.names and event.top:
                return event.speaker
        last = self.reader.last_speaker(self.k, gender)
        return last if last is not None else Speaker()

    def _resolve(self, i: int, end: int) -> Speaker:
        """Resolve a phrase, reading what was before it where its words need that."""
        text = self.text
        one = end - i <= 3 and text.actors.match(self.tok, i, end) is None
        if one and self.k:
            text.current = self.reader.last_speaker(self.k)
        if self.events and self.events[-1].speaker.names:
            text.current = self.events[-1].speaker
        return text.resolve(i, end)

    def _subject_after(self, i: int, verb: Verb) -> tuple[int, int] | None:
        """The subject behind a verb: its first token and its end."""
        text, tok = self.text, self.tok
        t = i
        steps = 0
        while t < self.end and steps < 8:
            n = text.at("adverb", t, self.end)
            if n:
                t += n
            elif (
                (tok[t] == "،" and t == i and t + 1 < self.end and (text.at("adverb", t + 1, self.end)))
                or (tok[t] == "،" and t > i)
                or tok[t] in ("له", "لها", "لهم")
            ):
                t += 1
            else:
                break
            steps += 1
        if t >= self.end:
            return None
        token = tok[t]
        if token in THAT or token in AND_THAT or token == ":" or token == "«" or len(token) == 1:
            return None
        if text.at("object_noun", t, self.end) and text.actors.match(tok, t, self.end) is None:
            return None
        if text.is_kind(t, "speech_noun") and text.actors.match(tok, t, self.end) is None:
            u = t + 1
            while u < self.end and tok[u] in ("صادر", "صدر", "عن", "ل", "من", "صادره", "صدرت"):
                u += 1
            issued = u > t + 1 or (u < self.end and tok[u][0] == "ل")
            if issued and u < self.end and text.is_head(u, self.end):
                return u, text.phrase_end(u, self.end, stop_b=True)
        if token in PREPOSITIONS or (token[0] in "بل" and len(token) > 3 and not self._plain_head(t)):
            return self._late_subject(t)
        if not token[0].isalpha() or text.is_kind(t, "event_noun") or token in text.cues.stops:
            return None
        if token.startswith(("لل", "بال", "لا")) and text.actors.match(tok, t, t + 1) is None:
            return None
        if text.is_head(t, self.end):
            if token[0] in "بل" and not text.actors.aliases.get(token) and not self._plain_head(t):
                return None
            return t, text.phrase_end(t, self.end, stop_b="ب" in verb.opens)
        if token in text.cues.verbs and not token.startswith("ال"):
            return None
        end = text.phrase_end(t, self.end, stop_b="ب" in verb.opens)
        if end < self.end and self._unknown_fits(t, end, verb):
            return t, end
        return None

    def _plain_head(self, t: int) -> bool:
        """Whether a word that starts with ب or ل is a head as it stands: بوتين، لجنة."""
        token = self.tok[t]
        words = self.text.cues.words
        if token in words.get("institution_head", {}) or token in words.get("person_head", {}):
            return True
        match = self.text.actors.match(self.tok, t, self.end)
        return match is not None and token in self.text.actors.aliases

    def _unknown_fits(self, t: int, end: int, verb: Verb) -> bool:
        """Whether words of nobody known can be the subject: what the verb opens follows them at once."""
        tok, nxt = self.tok, self.tok[end]
        if end - t > (5 if nxt not in THAT and nxt != ":" else 12) or (
            tok[t].endswith(("ه", "ها", "هم")) and "that" not in verb.opens
        ):
            return False
        if tok[t][0] in "بلك" and len(tok[t]) > 5 and tok[t][1:3] == "ال":
            return False
        if nxt == "ما":
            return True
        if nxt in THAT or nxt in (":", "«", "("):
            return nxt != "«" or end - t <= 3
        if nxt == "،":
            return end + 1 < self.end and (tok[end + 1] in THAT or self._opens_later(end, verb))
        if nxt in verb.opens:
            return not tok[t].endswith("ه") or tok[t].startswith("ال")
        if nxt in PREPOSITIONS or nxt in self.text.cues.stops:
            return self._opens_later(end, verb)
        things = self.text.is_kind(end, "event_noun") or self.text.is_kind(end, "object_noun")
        return "noun" in verb.opens and things and tok[t].startswith("ال")

    def _opens_later(self, t: int, verb: Verb) -> bool:
        for u in range(t, min(t + 15, self.end)):
            token = self.tok[u]
            if token in THAT or token == ":" or (u in self.quotes and self.quotes[u].n_words > 4):
                return True
            if token in verb.opens and u > t and self.tok[u - 1] == "،":
                return True
            if "ب" in verb.opens and token.startswith("بال") and u > t:
                return True
            if u > t and self.tok[u] in self.text.cues.verbs:
                return False
        return False

    def _late_subject(self, t: int) -> tuple[int, int] | None:
        """A subject behind an adverbial: قال في تصريح صحافي أمس وزير الخارجية إن."""
        text, tok = self.text, self.tok
        for u in range(t + 1, min(t + 16, self.end)):
            token = tok[u]
            if (
                token in THAT
                or token == ":"
                or token in text.cues.verbs
                or token in text.cues.words.get("relative", {})
            ):
                return None
            after = tok[u - 1]
            free = after in ("،", "»") or text.at("adverb", u - 1, u) or _ends_alias(text, t, u)
            if free and token[0].isalpha() and token not in PREPOSITIONS and text.is_head(u, self.end):
                if token[0] in "بل" and not self._plain_head(u):
                    continue
                if token[0] == "و" and token not in text.actors.aliases and not self._plain_head(u):
                    continue
                return u, text.phrase_end(u, self.end)
        return None

    def _subject_before(self, i: int) -> tuple[int, int] | str | None:
        """The subject in front of a verb: its span, ``"thing"`` for one that cannot speak, or None."""
        text, tok = self.text, self.tok
        if i > self.first and tok[i - 1] in text.cues.words.get("relative", {}):
            return self._antecedent(i - 1)
        if (
            i - 1 > self.first
            and tok[i - 1] in ("قد", "كان", "كانت")
            and tok[i - 2] in text.cues.words.get("relative", {})
        ):
            return self._antecedent(i - 2)
        start = self.first
        for event in self.events:
            start = max(start, event.end if event.end < i else event.last + 1)
        for t in range(i - 1, start, -1):
            if text.at("clause", t, self.end) or tok[t] == "؛":
                start = t
                break
            if tok[t] in ("لكن", "ولكن", "غير", "بيد", "الا") and t > start:
                start = t + 1 + (tok[t + 1] in ("ان",))
                break
        t = start
        while t < i:
            n = text.at("discourse", t, i) or text.at("clause", t, i) or text.at("adverb", t, i)
            if n:
                t += n
            elif not tok[t][0].isalpha():
                t += 1
            else:
                break
        if t >= i:
            return None
        if tok[t] == "ما" or (text.is_kind(t, "inanimate") and text.actors.match(tok, t, i) is None):
            return "thing"
        adjacent = text.phrase_end(t, i)
        if text.is_head(t, i) and tok[t] not in text.cues.verbs:
            if adjacent == i or self._gap_fits(adjacent, i):
                if tok[t][0] in "بلك" and not self._plain_head(t):
                    return None
                return t, adjacent
        elif (
            adjacent == i and i - t <= 4 and t == start and tok[t] not in text.cues.stops and tok[t] not in PREPOSITIONS
        ):
            if tok[t] not in text.cues.verbs and not text.at("object_noun", t, i) and i - t >= 2:
                return t, adjacent
        for u in range(i - 1, max(start, i - 6), -1):
            if text.is_kind(u, "inanimate") and text.actors.match(tok, u, i) is None and tok[u - 1] not in ("من",):
                return "thing" if u >= i - 2 else None
        return None

    def _gap_fits(self, t: int, i: int) -> bool:
        if i - t > SVO_GAP:
            return False
        tok = self.tok
        if tok[t] in ("،", "(", "-", "ف") or tok[t] in self.text.cues.stops or self.text.at("adverb", t, i):
            return tok[i - 1] not in PREPOSITIONS
        return False

    def _antecedent(self, relative: int) -> tuple[int, int] | str | None:
        text = self.text
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
        return None

    def _main_subject(self, before: int) -> Speaker | None:
        """Whoever the sentence is about: the first phrase naming somebody, not behind a preposition."""
        text, tok = self.text, self.tok
        for t in range(self.first, min(before, self.first + 18)):
            if tok[t][0].isalpha() and tok[t] not in PREPOSITIONS and text.is_head(t, before):
                if t > self.first and (tok[t - 1] in PREPOSITIONS or text.is_kind(t - 1, "institution_head")):
                    continue
                if tok[t][0] in "بلك" and not self._plain_head(t):
                    continue
                end = text.phrase_end(t, before)
                speaker = self._resolve(t, end)
                if speaker.names and (speaker.kind != "unknown" or text.is_kind(t, "person_head")):
                    return speaker
        return None

    # --- events -----------------------------------------------------------------------------------

    def _verb_event(self, i: int, verb: Verb) -> Event | None:
        text, tok = self.text, self.tok
        before = tok[i - 1] if i > self.first else ""
        if verb.person == 1:
            return None
        if verb.form == "object":
            return self._object_verb(i, verb)
        if before in PREPOSITIONS and verb.form == "finite" and not verb.joined and verb.kind != "describe":
            return None
        if tok[i] in _WEAK_NOUNS and verb.form == "finite" and not self._clause_initial(i):
            return None
        if text.at("background", i, self.end) or (before in _AS_NEXT and verb.kind == "describe"):
            return None
        negated = before in text.cues.words.get("negator", {})
        if negated and verb.cls not in ("belief", "denial"):
            return None
        if verb.kind == "relay":
            return self._relay(i, verb)
        governing = self._in_scope(i)
        subject: tuple[int, int] | str | None = None
        if verb.form == "finite":
            subject = self._subject_after(i + 1, verb)
            if subject and verb.kind in ("accuse", "verb") and self._is_object(i, subject, verb):
                subject = None
        if isinstance(subject, tuple) and verb.kind != "describe" and self._is_thing(*subject):
            return None
        if tok[i] in _MASDARS and subject is None and not self._clause_initial(i):
            return None
        after = subject[1] if isinstance(subject, tuple) else i + 1
        opened = self._opener(after, verb, subject is not None)
        if opened is None:
            return self._postposed(i, verb, subject)
        start, opener = opened
        if subject is None and opener in ("that", "prep") and i + 1 < self.end:
            definite = tok[i + 1].startswith("ال") or tok[i + 1] in ("كل", "هذه", "جميع", "معظم", "تلك", "هذا")
            if definite and self._is_thing(i + 1, min(i + 5, self.end)):
                return None
        if verb.lemma in ("بين", "عبّر") and start > after + 6:
            return None
        if verb.kind == "accuse" and start <= i + 1 and verb.form == "finite":
            return None  # passive: accused of
        if subject is None and verb.form == "finite":
            found = self._subject_before(i)
            if found == "thing":
                return None
            if governing is not None and not self._coordinated(i, verb):
                if not (governing.speaker.kind == "media" and isinstance(found, tuple)):
                    return None
            if isinstance(found, tuple) and (
                governing is None or governing.speaker.kind == "media" or self._new_clause(i)
            ):
                subject = found
        elif governing is not None and not self._coordinated(i, verb) and verb.form == "finite":
            if opener in ("noun", "prep") or not self._known_subject(subject):
                return None
        if isinstance(subject, tuple):
            speaker = self._resolve(*subject)
        elif governing is not None and governing.speaker.names:
            speaker = governing.speaker
        else:
            speaker = self._implied(i, verb)
        if opener in ("that", "noun", "prep") and (relayed := self._relayed_in(after, start)):
            speaker = relayed
        top = governing is None or self._coordinated(i, verb) or verb.form == "participle"
        return Event(
            i, i, verb.lemma, verb.cls, verb.kind, speaker, start, self._scope_end(start, opener), opener, top=top
        )

    def _clause_initial(self, i: int) -> bool:
        """Whether a word that is also a noun stands where a verb can."""
        text, tok = self.text, self.tok
        if i == self.first or tok[i][0] in "يت":
            return True
        before = tok[i - 1]
        verb = text.cues.verbs.get(tok[i])
        if verb is not None and verb.joined:
            return True
        if not before[0].isalpha() or text.at("discourse", i - 1, i) or text.at("adverb", i - 1, i):
            return True
        if before in text.cues.words.get("relative", {}) or before in _AS_NEXT or text.at("clause", i - 1, i):
            return True
        return before in ("كما", "حيث", "ثم", "متصل", "ذلك", "جهته", "جانبه", "ناحيته") or _ends_alias(
            text, self.first, i
        )

    def _implied(self, i: int, verb: Verb) -> Speaker:
        """The speaker of a verb without a subject."""
        for event in reversed(self.events):
            if event.speaker.names and event.top:
                return event.speaker
        if verb.form == "participle" or i > self.first + 1:
            main = self._main_subject(i)
            if main is not None:
                return main
        return self._carried(verb.gender if verb.form == "finite" else "")

    def _is_thing(self, t: int, end: int) -> bool:
        """Whether a subject cannot speak: كل الدلائل، هذه الأحداث."""
        while t + 1 < end and any(b in ("كل", "جميع", "معظم", "هذه", "هذا", "تلك", "كافه") for b in bases(self.tok[t])):
            t += 1
        return self.text.is_kind(t, "inanimate") and self.text.actors.match(self.tok, t, end) is None

    def _known_subject(self, subject: tuple[int, int] | str | None) -> bool:
        return isinstance(subject, tuple) and self.text.actors.match(self.tok, subject[0], subject[1]) is not None

    def _coordinated(self, i: int, verb: Verb) -> bool:
        """Whether a verb inside of what is said stands beside the first one, not under it."""
        if verb.form == "participle":
            return True
        tok = self.tok
        if verb.joined and tok[i][1] not in "يتن":
            return True
        if i - 1 >= self.first and tok[i - 1] in ("كما", "وقد", "وكان", "وكانت", "،") and tok[i][0] not in "يتن":
            return True
        return self._new_clause(i)

    def _new_clause(self, i: int) -> bool:
        for t in range(i - 1, max(self.first, i - 12), -1):
            if self.text.at("clause", t, i) and self.tok[t + 1] not in _FIMA:
                return True
            if self.tok[t] in THAT:
                return False
        return False

    def _is_object(self, i: int, subject: tuple[int, int], verb: Verb) -> bool:
        """Whether the phrase behind اتهم، طالب، دعا is whom they address, the subject being elsewhere."""
        if verb.lemma not in (
            "اتهم",
            "طالب",
            "دعا",
            "ناشد",
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
            return False
        feminine = token.endswith("ه") or bool(match and match[1].gender == "f")
        if self.text.is_kind(subject[0], "person_head"):
            feminine = token.endswith("ه")
        if not verb.plural and feminine != (verb.gender == "f"):
            return not (match is None and self.text.is_kind(subject[0], "institution_head") and verb.gender == "f")
        found = self._subject_before(i)
        return isinstance(found, tuple)

    def _opener(self, t: int, verb: Verb, has_subject: bool) -> tuple[int, str] | None:
        """What a verb opens and where: أن، a colon, a quotation, its preposition, or an object."""
        text, tok, opens = self.text, self.tok, verb.opens
        noun: tuple[int, str] | None = None
        end = min(self.end, t + (WINDOW if verb.form == "finite" else PARTICIPLE_WINDOW))
        u = t
        while u < end:
            token = tok[u]
            if token == ":":
                if "colon" in opens:
                    return u + 1, "colon"
                break
            if u in self.quotes or token == "«":
                quote = self.quotes.get(u)
                if quote is None:
                    u += 1
                    continue
                if "quote" in opens and (quote.n_words > 4 or u == t):
                    return u, "quote"
                if "noun" in opens and u == t:
                    return u, "noun"
                if quote.closed:
                    u = max(u + 1, text.token_at(quote.end - 1))
                    continue
            if token in THAT and tok[u - 1] not in _NOT_BEFORE:
                if "that" in opens:
                    return u, "that"
                if "ب" in opens and token[0] == "ب":
                    return u, "that"
                break
            if token == "علي" and verb.lemma == "نظر" and not (u + 1 < self.end and tok[u + 1] in THAT):
                break
            if token in opens and token not in ("that", "noun", "colon", "quote"):
                if u + 1 < self.end and tok[u + 1] in THAT:
                    return u + 1, "that"
                if token != "الي" or not self._media_next(u + 1):
                    return u + 1, "prep"
            if "ب" in opens and token[0] == "ب" and self._b_word(u, t):
                return u, "prep"
            if "ل" in opens and token[0] == "ل" and len(token) > 4 and u <= t + 2 and token.startswith("لل"):
                return u, "prep"
            other = text.cues.verbs.get(token)
            if other is not None and u > t and other.form != "object" and other.person == 3:
                if other.form == "participle" or ((token not in _WEAK_NOUNS and token[:1] != "ا") or other.joined):
                    if other.lemma == "قال" and "قائلا" in opens and other.form == "participle":
                        return None
                    if other.lemma not in ("بين", "عبّر", "عد", "وعد"):
                        break
            if u > t and text.at("clause", u, self.end) and tok[u + 1 if u + 1 < self.end else u] not in _FIMA:
                break
            if (
                noun is None
                and "noun" in opens
                and (
                    text.at("object_noun", u, self.end) or (text.is_kind(u, "event_noun") and tok[u - 1] not in _INSIDE)
                )
            ):
                noun = (u, "noun")
                if u <= t + 1:
                    return noun
            u += 1
        if noun is not None and (has_subject or noun[0] <= t + 6):
            return noun
        if "noun" in opens and t < self.end and tok[t][0].isalpha() and tok[t] not in text.cues.stops:
            if has_subject and tok[t] not in text.cues.verbs:
                return t, "noun"
            if not has_subject and verb.form == "participle":
                return t, "noun"
            if not has_subject and verb.lemma not in ("قال", "كشف", "أبدى", "رأى", "أظهر") and t - 1 <= self.first + 1:
                return t, "noun"
        return None

    def _media_next(self, t: int) -> bool:
        if t >= self.end:
            return False
        match = self.text.actors.match(self.tok, t, self.end)
        return bool(match and match[1].kind == "media") or any(
            b in ("صحيفه", "قناه", "مجله", "وكاله", "موقع", "اذاعه", "شبكه") for b in bases(self.tok[t])
        )

    def _b_word(self, u: int, t: int) -> bool:
        """Whether a word opens with the preposition ب (and is no time, place or name of its own)."""
        token = self.tok[u]
        if token == "ب":
            return True
        if len(token) < 4 or token in self.text.actors.aliases or self.text.at("adverb", u, self.end):
            return False
        if token in self.text.cues.stops or token in _B_WORDS or token in self.text.cues.verbs:
            return False
        if any(b in _B_ADVERBIAL for b in bases(token)):
            return False
        return token not in self.text.cues.words.get("institution_head", {})

    def _relayed_in(self, i: int, start: int) -> Speaker | None:
        """Whom a relay names between the verb and what is said: ذكرت الوكالة نقلا عن ... أن."""
        for t in range(i, min(start, self.end) - 1):
            if self.tok[t] in ("نقلا", "ناقله", "ناقلا") and self.tok[t + 1] == "عن" and t + 2 < start:
                return self._resolve(t + 2, self.text.phrase_end(t + 2, start))
        return None

    def _relay(self, i: int, verb: Verb) -> Event | None:
        """نقلت وكالة ... عن ... قوله إن: the one behind عن speaks."""
        text, tok = self.text, self.tok
        wanted = "عن" if verb.lemma == "نقل" else "الي"
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
        for t in places:
            if t + 1 < self.end and (text.is_head(t + 1, self.end) or text.is_kind(t + 1, "speech_noun")):
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
                return Event(
                    i, i, verb.lemma, verb.cls, verb.kind, speaker, start, self._scope_end(start, opener), opener
                )
        return None

    def _object_verb(self, i: int, verb: Verb) -> Event | None:
        """A verb with an object pronoun: أبلغه أن, اعتبرتها موسكو ...; ما وصفه بـ is left to polarity."""
        text, before = self.text, self.tok[i - 1] if i > self.first else ""
        if before in _AS_NEXT or before in ("من", "لمن", "بمن", "ممن", "عمن"):
            return None
        if verb.kind == "describe" or verb.lemma in ("اعتبر", "عدّ"):
            subject = self._subject_after(i + 1, verb)
            start = subject[1] if subject else i + 1
            stop = start
            while stop < self.end and stop - start < 9 and self.tok[stop] not in ("،", "؛", ".", "و"):
                quote = self.quotes.get(stop)
                stop = text.token_at(quote.end - 1) + 1 if quote and quote.closed else stop + 1
            inside = self._in_scope(i)
            if subject:
                speaker = self._resolve(*subject)
            elif inside is not None and inside.speaker.names:
                speaker = inside.speaker
            else:
                found = None if verb.joined else self._subject_before(i)
                speaker = self._resolve(*found) if isinstance(found, tuple) else self._implied(i, verb)
            top = verb.joined
            return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, start, min(stop, self.end), "prep", top=top)
        if before in text.cues.words.get("relative", {}) or "that" not in verb.opens:
            return None
        for t in range(i + 1, min(i + 3, self.end)):
            if self.tok[t] in THAT:
                speaker = self._implied(i, verb)
                return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, t, self._scope_end(t, "that"), "that")
        return None

    def _postposed(self, i: int, verb: Verb, subject: tuple[int, int] | str | None) -> Event | None:
        """A verb behind what is said: «...»، قال بوتين."""
        if not isinstance(subject, tuple) or verb.form != "finite" or i - 1 <= self.first:
            return None
        before = self.tok[i - 1]
        quoted = before == "»" or (before == "،" and self.tok[i - 2] == "»")
        says = verb.lemma in ("قال", "أكد", "أضاف", "أوضح", "ذكر", "كتب", "أعلن", "تابع", "صرح")
        if not (quoted or (before == "،" and says and subject[1] >= self.end - 6)):
            return None
        speaker = self._resolve(*subject)
        start = self._clause_start(i)
        return Event(i, i, verb.lemma, verb.cls, verb.kind, speaker, start, i, "after", backward=True)

    def _as_event(self, i: int, n: int) -> Event | None:
        """كما قال ...، وفق ما ذكرته ...: a reporting verb behind what is said (or before it, with a comma)."""
        text, tok = self.text, self.tok
        v = i + n
        if v < self.end and tok[v] in ("قد", "كان", "كانت"):
            v += 1
        verb = text.cues.verbs.get(tok[v]) if v < self.end else None
        if verb is None or verb.form == "participle" or verb.kind == "describe":
            return None
        subject = self._subject_after(v + 1, verb)
        end = subject[1] if subject else v + 1
        sourced = tok[i] not in ("كما", "وكما", "فيما")
        if verb.form == "finite" and not sourced:
            opened = self._opener(end, verb, subject is not None)
            if opened is not None and opened[0] <= end + 25:
                return None  # كما قال إن: also said
        if subject:
            speaker = self._resolve(*subject)
        else:
            speaker = self._carried(verb.gender)
        return self._source(i, end, verb.cls, speaker)

    def _source_event(self, i: int, n: int) -> Event | None:
        """بحسب ...، وفقا لـ ...: a source, behind what is said or before it."""
        text, tok = self.text, self.tok
        t = i + n
        if t < self.end and tok[t] in ("ل", "الي", "عن"):
            t += 1
        if t >= self.end:
            return None
        if tok[t] == "«" and t in self.quotes and self.quotes[t].n_words <= 4:
            end = text.token_at(self.quotes[t].end - 1) + 1
            speaker = self._resolve(t + 1, max(t + 2, end - 1))
            return self._source(i, end, "source", speaker)
        verb = text.cues.verbs.get(tok[t])
        if verb is not None and verb.form != "participle" and not text.is_head(t, self.end):
            subject = self._subject_after(t + 1, verb)
            if subject:
                return self._source(i, subject[1], verb.cls, self._resolve(*subject))
        base = bases(tok[t])
        if any(b in _SAYING for b in base):
            end = text.phrase_end(t + 1, self.end) if t + 1 < self.end and text.is_head(t + 1, self.end) else t + 1
            speaker = self._resolve(t + 1, end) if end > t + 1 else self._carried()
            return self._source(i, end, "source", speaker)
        if not text.is_head(t, self.end) and not text.is_kind(t, "speech_noun"):
            return None
        end = text.phrase_end(t, self.end)
        if text.is_kind(t, "speech_noun") and text.actors.match(tok, t, end) is None:
            u = t + 1
            while u < self.end and (
                tok[u] in ("صادر", "عن", "نشره", "نشرته", "من", "صادره") or text.is_kind(u, "speech_noun")
            ):
                u += 1
            if u < self.end and text.is_head(u, self.end):
                end = text.phrase_end(u, self.end)
                return self._source(i, end, "source", self._resolve(u, end))
        match = text.actors.match(tok, t, end)
        if match and match[1].kind == "country" and match[0] == end - t and tok[t] in ("قانون",):
            return None
        return self._source(i, end, "source", self._resolve(t, end))

    def _source(self, i: int, end: int, cls: str, speaker: Speaker) -> Event | None:
        opening = all(not self.tok[t][0].isalpha() for t in range(self.first, i)) or i - self.first <= 2
        opening = opening or bool(self.text.at("clause", i - 1, i))
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
        return Event(i, end - 1, "", cls, "source", speaker, start, i, "after", backward=True)

    def _resumed(self, i: int) -> Event | None:
        """وأن behind a finished quotation: the same speaker goes on."""
        if self.tok[i] not in AND_THAT or not self.events or self._in_scope(i):
            return None
        last = self.events[-1]
        if last.backward or last.opener == "source" or self.tok[i] in ("فان", "فانه", "فانها"):
            return None
        if not (last.end <= i <= last.end + 12) or any(self.text.at("background", t, i) for t in range(last.end, i)):
            return None
        if any(self.text.at("clause", t, i) for t in range(last.end, i)):
            return None
        return Event(
            last.first, i, last.lemma, last.cls, last.kind, last.speaker, i, self._scope_end(i, "that"), "that"
        )

    def _noun_event(self, i: int) -> Event | None:
        """قوله إن، في بيان:، تصريحات ... «...»: a noun that opens speech."""
        text, tok = self.text, self.tok
        if text.at("says_noun", i, self.end) or text.is_kind(i, "says_noun"):
            for t in range(i + 1, min(i + 3, self.end)):
                if tok[t] in THAT or tok[t] == ":" or t in self.quotes:
                    opener = "colon" if tok[t] == ":" else "quote" if t in self.quotes else "that"
                    start = t + (tok[t] == ":")
                    governing = self._in_scope(i)
                    speaker = (
                        governing.speaker if governing and governing.speaker.names else self._implied(i, _PARTICIPLE)
                    )
                    return Event(i, i, "قول", "neutral", "noun", speaker, start, self._scope_end(start, opener), opener)
            return None
        if self._in_scope(i) or any(e.first < i < e.start for e in self.events):
            return None
        if text.is_kind(i, "says_noun_that") and i + 1 < self.end and tok[i + 1] in THAT:
            speaker = self._implied(i, _PARTICIPLE)
            return Event(i, i, "تأكيد", "neutral", "noun", speaker, i + 1, self._scope_end(i + 1, "that"), "that")
        if not text.is_kind(i, "speech_noun"):
            return None
        end = text.phrase_end(i, self.end) if text.actors.match(tok, i, self.end) is None else i
        t = max(end, i + 1)
        speaker = Speaker()
        while t < min(i + 22, self.end):
            token = tok[t]
            if token == ":" or (token in THAT and t <= i + 16 and tok[t - 1] not in _NOT_BEFORE):
                break
            if t in self.quotes and self.quotes[t].n_words > 4:
                break
            if token in text.cues.verbs and text.cues.verbs[token].form != "object":
                return None
            if token in ("عن", "ل", "من") or token[0] == "ل":
                u = t if token[0] == "ل" and len(token) > 1 else t + 1
                if not speaker.names and u < self.end and text.is_head(u, self.end) and not self._media_next(u):
                    speaker = self._resolve(u, text.phrase_end(u, self.end))
            t += 1
        else:
            return None
        if t >= self.end:
            return None
        if not speaker.names and end > i + 1 and text.is_head(i + 1, end):
            speaker = self._resolve(i + 1, end)
        opener = "colon" if tok[t] == ":" else "quote" if t in self.quotes else "that"
        if not speaker.names:
            speaker = self._implied(i, _PARTICIPLE)
        start = t + (tok[t] == ":")
        return Event(i, i, "بيان", "source", "noun", speaker, start, self._scope_end(start, opener), opener)

    def _headline(self) -> Event | None:
        """``توكاييف: ...`` at the start of a sentence; not a byline, a list or a caption."""
        text, tok = self.text, self.tok
        colon = next((t for t in range(self.first, min(self.first + 14, self.end)) if tok[t] == ":"), -1)
        if colon <= self.first or colon + 1 >= self.end or tok[colon + 1] == "\n":
            return None
        t = self.first
        while t < colon and not tok[t][0].isalpha():
            t += 1
        if t >= colon or any(tok[u] in ("-", "/", "|", "«") or tok[u][0].isdigit() for u in range(t, colon)):
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
        if any(text.at("relative", u, colon) or tok[u] in ("ما", "ياتي", "يلي") for u in range(t, colon)):
            return None
        if tok[t][0] in "وف" and match is not None and tok[t] not in text.actors.aliases:
            pass
        end = text.phrase_end(t, colon)
        early = text.start[self.first] < 400
        known = match is not None or text.is_head(t, colon)
        person = early and self._at_line_start(t) and colon - t <= 4 and end == colon
        if not ((known and end >= colon - 4) or person) or tok[t] in text.cues.stops:
            return None
        if (
            known
            and match is None
            and text.is_kind(t, "institution_head")
            and colon - t == 1
            and not tok[t].startswith("ال")
        ):
            return None
        speaker = self._resolve(t, end)
        return Event(
            t, colon, "", "headline", "headline", speaker, colon + 1, self._scope_end(colon + 1, "colon"), "colon"
        )

    def _known_at(self, t: int, end: int) -> bool:
        return self.text.actors.match(self.tok, t, end) is not None

    def _at_line_start(self, t: int) -> bool:
        return t == 0 or self.tok[t - 1] in ("\n", "..", "…")


_MASDARS = frozenset(("وصف", "نعت", "صنف"))
_NOT_BEFORE = frozenset(
    "بعد قبل يجب يمكن منذ الا غير كما بيد ذلك ينبغي بد يتعين عدا دون ويجب ويمكن وبعد وقبل وكما والا وغير لولا".split()
)
_INSIDE = frozenset("في من علي عن خلال بعد قبل عقب اثر منذ ضد وزير وزاره لجنه رئيس هيئه اداره".split())
_B_WORDS = frozenset(
    "بلاده بلادها بلادهم بلدان بلدانهم بعض بعضهم بيان بيانات بحث بدلا بعيدا بشكل بصوره بموجب باسم بشان بين بينهم بينما بحضور بواسطه بالتالي بالفعل بالذات بدايه بقيه بالنسبه بمناسبه برئاسه بالاضافه بالتزامن بالتعاون بالتنسيق بحسب بعدما بدوره بدورها باتجاه بحق بغيه بهدف بالمقابل بالقول بقوله بقولها بلد بلدا برنامج بنك بيت بروكسل برلين باريس بعثه برلمان".split()
)
_B_ADVERBIAL = frozenset("مقر قصر عاصمه مدينه مناسبه حضور دعوه زياره جلسه اجتماع مؤتمر".split())
_SAYING = frozenset("قول تعبير وصف زعم ادعاء كلام قوله قولها تعبيره تعبيرها وصفه وصفها زعمه زعمها كلامه روايه".split())
_NOUN_KINDS = frozenset(("says_noun", "says_noun_that", "speech_noun"))
_BREAK_KINDS = frozenset(("background", "clause", "circumstance"))
_PARTICIPLE = Verb("", "verb", "neutral", frozenset(), "participle", "m", False)


def _ends_alias(text: Text, i: int, end: int) -> bool:
    """Whether a known name ends right before a token."""
    return any(
        (m := text.actors.match(text.tok, t, end)) is not None and t + m[0] == end for t in range(max(i, end - 5), end)
    )
