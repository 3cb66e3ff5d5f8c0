"""Who speaks in an event: the phrase that names somebody, the one a sentence is about, or the one before."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from kzanalytics._events import Event
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._normalize import normalize
from kzanalytics._phrases import Text
from kzanalytics._subjects_after import HELP
from kzanalytics._subjects_before import WAS, SubjectsBefore
from kzanalytics.cues import Verb
from kzanalytics.speakers import Speaker

if TYPE_CHECKING:
    from kzanalytics.reporting import Reader

__all__ = ["SpeakerFinder"]


_GOING_ON: Final = frozenset("أضاف تابع استطرد أردف زاد مضى واصل ختم اختتم أكمل استدرك".split())
_OF_RANK: Final = frozenset(w + e for w in ("العسكري", "الامني", "الحكومي", "الرفيع", "البارز") for e in ("", "ه"))
_OFFICIALS: Final = ("نائب", "وزير", "قائد", "رئيس", "مدير", "مسؤول")
_MANY: Final = ("ون", "ين", "اء", "ات", "ان")  # المحللون، الخبراء: they go on
_WORKS: Final = ("يعمل", "تعمل", "عمل", "عملت", "اصبح", "اصبحت")
_HE: Final = ("هو", "هي", "فهو", "فهي", "وهو", "وهي")
_OFFICES: Final = ("وزار", "رئاس", "خارجي", "سفار", "مفوضي", "نيابة", "لجنة", "منظمة", "هيئة")


class SpeakerFinder(SubjectsBefore):
    """Finds the speakers of events; `reader` knows those of the sentences before."""

    def __init__(self, reader: Reader, k: int, text: Text, first: int, end: int) -> None:
        super().__init__(text, first, end)
        self.reader, self.k = reader, k
        self._known: int | None = None  # events before the one whose speaker is sought, if it is not the next one

    def _later(self, find: Callable[[], Speaker]) -> Callable[[], Speaker]:
        """Put off finding a speaker until somebody asks for it: as things are now, with no later event."""
        return partial(self._found, find, len(self.events))

    def _found(self, find: Callable[[], Speaker], known: int) -> Speaker:
        for event in self.events[:known]:  # in their order, so that none waits for a long chain of others
            _ = event.speaker
        before, self._known = self._known, known
        speaker = find()
        self._known = before
        return speaker

    def _of_verb(self, subject: tuple[int, int] | str | None, governing: Event | None, i: int, verb: Verb) -> Speaker:
        """The speaker of a verb: its subject, else whoever is implied."""
        if not isinstance(subject, tuple):
            return self._implied_in(governing, i, verb)
        speaker = self._resolve(*subject)
        if speaker.names == (speaker.text,) and (same := self._same_again(subject, verb)) is not None:
            return Speaker(same.names, speaker.text, same.gender, same.kind)
        if speaker.kind == "unknown" and verb.form == "finite" and not verb.plural:
            return Speaker(speaker.names, speaker.text, verb.gender, speaker.kind)  # وقالت باخيتجان
        return speaker

    def _same_again(self, subject: tuple[int, int], verb: Verb) -> Speaker | None:
        """وأضاف الدبلوماسي، وتابع المسؤول الروسي: whoever spoke last, by a title that anybody like him has."""
        first, end = subject
        own = all(w in self.text.actors.nationality or w in _OF_RANK for w in self.tok[first + 1 : end])
        if not (verb.joined and verb.form == "finite" and own and self.text.is_kind(first, "title_of_any")):
            return None
        goes_on = end == first + 1 or verb.lemma in _GOING_ON
        if not goes_on and (verb.cls == "belief" or not self.tok[first].startswith("المسؤول")):
            return None  # ورأى المعارض الكازاخي: another one
        last = self._of_sentence(verb.gender) or self.reader.last_speaker(self.k, verb.gender)
        if last is None or last.gender != verb.gender:
            return None
        if not goes_on and not (last.kind == "unknown" and last.text.startswith(_OFFICIALS)):
            return None  # قال بلينكن ... وأكد المسؤول الأمني: another one
        return last if last.kind == "person" or (last.kind == "unknown" and " " in last.text) else None

    def _of_sentence(self, gender: str = "") -> Speaker | None:
        """The last speaker of this sentence, of a gender if there is one."""
        told = (e.speaker for e in reversed(self.events[: self._known]) if e.top)
        speakers = [speaker for speaker in told if speaker.names and not speaker.is_god]  # a verse
        fitting = (speaker for speaker in speakers if gender in ("", speaker.gender))
        return next(fitting, speakers[0] if speakers else None)

    def _carried(self, gender: str = "") -> Speaker:
        """The speaker carried over: of this sentence, else of the ones before."""
        speaker = self._of_sentence()
        if speaker is not None:
            return speaker
        last = self.reader.last_speaker(self.k, gender)
        if last is None and self.k:  # يقف السائق في طابور. يقول إن
            named = self.reader.main_subject(self.k - 1, self.text.sentences[self.k - 1][1])
            last = named if named is not None and self._is_person(named) else None
        return last if last is not None else Speaker()

    def _is_person(self, speaker: Speaker) -> bool:
        """Whether a speaker is somebody known, or a title with a name or without."""
        first = normalize(speaker.text).split()[:1]
        return speaker.kind == "person" or (bool(first) and "person_head" in self.text.cues.kinds(first[0]))

    def _resolve(self, i: int, end: int) -> Speaker:
        """Resolve a phrase, reading what was before it where its words need that."""
        self.text.current = self._current
        found = self.text.resolve(i, end)
        if found.kind == "unknown" and self._is_the_person(i, end) and (meant := self._meant_person(found.gender)):
            return Speaker(meant.names, found.text, meant.gender, meant.kind)
        return found

    def _is_the_person(self, i: int, end: int) -> bool:
        """الرجل، محدثنا: whether a phrase stands for somebody named before."""
        if not self.text.is_kind(i, "the_person"):
            return False
        if i + 1 < self.end and self.tok[i + 1] in ("الذي", "التي"):
            return self.tok[i][0] == "ف"  # فالرجل الذي خدم عقدين; not قالت المرأة التي فقدت ابنها
        return end == i + 1

    def _meant_person(self, gender: str) -> Speaker | None:
        """The person of a gender whom the last sentences show, else who spoke last."""
        for find in (partial(self.shown, 2), partial(self.reader.last_speaker, self.k, gender)):
            one = find()
            if one is not None and one.gender == gender and one.kind in ("person", "unknown") and one.names:
                return one
        return None

    def _current(self) -> Speaker | None:
        """The speaker before the phrase at hand, whom سموه and البيان can mean."""
        events = self.events[: self._known]
        if events and events[-1].speaker.names:
            return events[-1].speaker
        return self.reader.last_speaker(self.k)

    def main_subject(self, before: int) -> Speaker | None:
        """Whoever the clause, else the sentence, is about."""
        clause = self._clause_start(before, where=False)
        return self.first_named(clause, before) or (
            self.first_named(self.first, before) if clause > self.first else None
        )

    def first_named(self, first: int, before: int) -> Speaker | None:
        """The first phrase naming somebody, not behind a preposition."""
        text, tok = self.text, self.tok
        first = self._behind_dateline(first, before)
        relative = text.cues.words.get("relative", {})
        for t in range(first, min(before - 3, first + 18) if "(" in tok[first:before] else first):
            aged = tok[t + 1] == "(" and tok[t + 2].isdigit() and tok[t + 3] in ("عام", "عاما", "سنه")
            if aged and (text.is_name(t) or text.is_kind(t, "first_name")):  # حملت آيغول (52 عاما) صورة
                named = self._resolve(t, t + 1)
                return Speaker(named.names, named.text, named.gender, "person")
        for t in range(first, min(before - 3, first + 9)):
            behind_verb = t < first + 4 or tok[t - 1][0] in "يت"  # على مقعد في الحديقة تجلس أيغول، وهي متقاعدة
            if tok[t + 1] == "،" and tok[t + 2] in ("وهو", "وهي") and behind_verb and self._can_be_named(t):
                gender = "m" if tok[t + 2] == "وهو" else "f"
                begin = t - 1 if t - 1 > first and self._is_foreign(t - 1) else t
                named = self._resolve(begin, t + 1)  # يقف أرمان، وهو عامل، أمام
                return Speaker(named.names, named.text, gender, "person")
        marked = text.quotation_at(first + 1) if tok[first] in ("اما", "واما") and first + 1 < before else None
        if marked is not None and marked.closed and marked.n_words <= 4:
            named = self._resolve(first + 2, max(first + 3, text.token_at(marked.end - 1)))  # أما «المدار» فركزت على
            did = any(w[0] == "ف" and w[-1] == "ت" for w in tok[first + 4 : min(first + 12, before)])
            return Speaker(named.names, named.text, "f" if did else named.gender, "media")
        if tok[first] in ("اما", "واما") and first + 1 < before and self._can_be_named(first + 1):
            end = text.phrase_end(first + 1, before)  # أما أركادي دوبنوف فيخالفه، أما أيجان، التي تبحث عن أخيها،
            if end - first <= 4 and (end == before or tok[end] == "،" or tok[end][0] == "ف"):
                return self._resolve(first + 1, end)
        for t in range(first + 1, min(before - 2, first + 5)):
            if tok[t] == "،" and text.is_kind(t + 1, "person_head") and self._is_foreign_name(first, t):
                begin = t - 2 if t - 2 >= first and self._is_foreign(t - 2) else t - 1
                begin = first if t - first == 3 and text.is_kind(first, "first_name") else begin
                named = self._resolve(begin, t)  # تدرس نادية رودينكو، أستاذة العلوم السياسية، خطاب السلطة
                gender = "f" if tok[t + 1].endswith("ه") else named.gender
                return Speaker(named.names, named.text, gender, "person")
        is_one = first + 2 < before and "person_head" in text.cues.kinds(tok[first + 1]) and text.is_first_name(first)
        if is_one and not tok[first + 1].startswith("ال") and not text.is_head(first, before):
            named = self._resolve(first, first + 1)  # غولميرا ربة منزل من أكتاو
            return Speaker(named.names, named.text, "f" if tok[first + 1].endswith("ه") else "m", "person")
        alone = first + 2 < before and tok[first + 1] == "،" and text.is_kind(first + 2, "person_head")
        if alone and text.is_name(first) and not text.is_head(first, before) and not tok[first + 2].startswith("ال"):
            named = self._resolve(first, first + 1)  # سيريك، عامل نفط، خرج
            return Speaker(named.names, named.text, "f" if tok[first + 2].endswith("ه") else "m", "person")
        if first + 2 < before and tok[first][0] in "وف" and text.is_known_family(first + 1):
            return self._resolve(first + 1, first + 2)  # وشكر تليوبردي الجانب الصيني، مؤكدا
        hanging = first
        for t in range(first, min(before, first + 18)):
            if t < hanging:
                continue
            if tok[t] in relative and tok[t] not in ("من", "ومن") and t > first and "،" not in tok[t:before]:
                break
            if t > first and (called := self._full_name(t, before)) is not None:
                return called
            if tok[t][0].isalpha() and tok[t] not in PREPOSITIONS and tok[t] != "الينا" and text.is_head(t, before):
                if t > first and (tok[t - 1] in PREPOSITIONS or text.is_kind(t - 1, "institution_head")):
                    end = text.phrase_end(t, before)
                    aside = t == first + 1 and tok[end : end + 1] == ["،"]  # وأمام نواب البرلمان، دافع توكاييف
                    hanging = end if aside or tok[t - 1] == "الي" else t  # في حديثه إلى قادة المنظمة
                    continue
                told = text.is_kind(t - 1, "speech_noun") or text.is_kind(t - 1, "talk")
                if t > first + 1 and told and tok[t - 2].removeprefix("و") in PREPOSITIONS:
                    continue  # وعن تصريحات بلينكن، قالت
                if tok[t][0] in "بلك" and not self._plain_head(t):
                    continue
                if tok[t - 1] in ("عنه", "عنها") and (match := text.match(t, before)) and match[1].kind == "media":
                    continue  # وفي تصريحات نقلتها عنه وكالة تاس، قال
                if tok[t] in HELP and tok[t - 1].lstrip("وف") in ("طلب", "طلبت"):
                    continue  # طلب المساعدة من حلفائه
                if tok[t] == "احد" and t > first and tok[t - 1].lstrip("وف") in ("لا", "لم"):
                    continue  # فلا أحد يعرفها
                accusative = tok[t][-1] == "ا" and text.match(t, before) is None  # not وكانت روسيا
                if t > first and accusative and tok[t - 1].lstrip("و") in ("كان", "كانت"):
                    continue  # كان مقررا عقده
                if (bearer := self._bearer(t, first)) is not None:
                    return bearer
                end = text.phrase_end(t, before)
                speaker = self._resolve(t, end)
                if speaker.names and (
                    speaker.kind != "unknown"
                    or text.is_kind(t, "person_head")
                    or text.is_acting(t, before)
                    or t <= first + 2
                    or tok[t - 1] == ":"
                ):
                    return speaker
        return None

    def _bearer(self, t: int, first: int) -> Speaker | None:
        """Who is named in front of what he is: تجلس دانا، رسامة في الثلاثين; دانا، وهي رسامة; تعمل دانا رسامة."""
        text, tok = self.text, self.tok
        if tok[t].startswith("ال") or not text.is_kind(t, "person_head") or text.match(t, self.end) is not None:
            return None
        name = t - 1 - (tok[t - 1] in ("وهو", "وهي"))
        apart = name > first and tok[name] == "،"
        name -= apart
        if name < first or not self._can_be_named(name) or text.is_head(name, t):
            return None
        verb = tok[name - 1].lstrip("وف") if name > first else ""
        family = apart and name - 1 > first and self._can_be_named(name - 1) and self._is_foreign(name - 1)
        acts = verb in WAS or verb in _WORKS or (apart and verb[:1] in ("ي", "ت") and len(verb) > 3)
        if not (family or acts or (name == first and text.is_kind(name, "first_name"))):
            return None
        named = self._resolve(name - family, name + 1)
        return Speaker(named.names, named.text, "f" if tok[t].endswith("ه") else "m", "person")

    def _full_name(self, t: int, before: int) -> Speaker | None:
        """A first name with another behind it, as the subject of a verb: لا تقتنع ماري ستروثرز بذلك."""
        text, tok = self.text, self.tok
        kunya = tok[t] in ("ام", "ابو") and t + 1 < before and text.is_name(t + 1) and tok[t - 1].lstrip("و") in WAS
        if not ((text.is_kind(t, "first_name") or kunya) and t + 1 < before):
            return None
        if kunya or tok[t + 1 : t + 3] in (["،", "التي"], ["،", "الذي"]):  # كانت أم يزن تنتظر؛ رفعت آيجان، التي
            named = self._resolve(t, t + 1 + kunya)
            gender = "f" if tok[t] == "ام" or tok[t + 2 : t + 3] == ["التي"] else "m"
            return Speaker(named.names, named.text, gender, "person")
        if not (text.is_name(t + 1) or (tok[t + 1].startswith("ال") and not text.cues.kinds(tok[t + 1]))):
            return None
        begin = t - (tok[t - 1].startswith("ال") and tok[t - 1].endswith(("ي", "يه")))  # يسخر التونسي أنيس المحمودي من
        verb = tok[begin - 1].lstrip("وف")
        if begin == self.first or verb in PREPOSITIONS or verb[:1] not in ("ي", "ت") or len(verb) < 4:
            return None
        end = t + 2 + (t + 2 < before and text.is_name(t + 2))
        named = self._resolve(begin, end)
        return Speaker(named.names, named.text, "f" if verb[0] == "ت" else "m", "person")

    def _is_foreign_name(self, first: int, end: int) -> bool:
        """Whether a name of two words ends at a token: نادية رودينكو."""
        if end - first == 3 and self.text.is_kind(first, "first_name"):
            return self.tok[end - 1].startswith("ال") or self._can_be_named(end - 1)  # نهى عبد الحميد
        return end - 2 >= first and self._can_be_named(end - 1) and self._is_foreign(end - 2)

    def _implied_in(self, governing: Event | None, i: int, verb: Verb) -> Speaker:
        """The speaker of a verb without a subject inside of what somebody says."""
        if verb.plural and verb.form == "finite" and (there := self._people_of(i, verb.joined)) is not None:
            last = governing.speaker if governing is not None else self.reader.last_speaker(self.k)
            if last is None or not last.text.split(None, 1)[0].endswith(_MANY):
                return there
        if governing is None or not governing.speaker.names:
            return self._implied(i, verb)
        if verb.joined and verb.form == "finite" and governing.speaker.gender != verb.gender:
            own = self._of_sentence(verb.gender)  # وردت الوزارة في بيان وصف كلام السفير بأنه متسرع، وقالت
            if own is not None and own.gender == verb.gender:
                return own
        return governing.speaker

    def _since_quotation(self, i: int) -> Speaker | None:
        """Who has been named behind the last finished quotation: «...» كما تفاعل الوزير مع الوسم وكتب."""
        closed = next((t for t in range(i - 1, max(self.first, i - 16), -1) if self.tok[t] == "»"), -1)
        if closed < 0 or not any(event.start <= closed < i for event in self.events[: self._known]):
            return None
        if self.text.is_head(closed + 1, i) or self.tok[closed + 1].startswith("ال"):
            return None  # سخرت من «جهل» الدبلوماسيين وقالت
        named = self.first_named(closed + 1, i)
        return named if named is not None and named.kind in ("person", "unknown") else None

    def _implied(self, i: int, verb: Verb) -> Speaker:
        """The speaker of a verb without a subject."""
        if verb.joined and verb.form == "finite" and (meanwhile := self._since_quotation(i)) is not None:
            return meanwhile
        if self.k and i == self.first + 2 and self.tok[self.first] in ("وكان", "وكانت") and self.tok[i - 1] == "قد":
            before = self.reader.main_subject(self.k - 1, self.first)  # ولم ترد الوزارة. وكانت قد قالت
            if before is not None and before.gender == verb.gender:
                return before
        finite = verb.form == "finite"
        if verb.joined and finite and (did := self._of_clause(i)) is not None and did.gender == verb.gender:
            return did
        speaker = self._of_sentence("f" if finite and verb.gender == "f" else "")
        if speaker is not None:
            return speaker
        quoted = i > self.first + 1 and self.tok[self.first] == "«" and "»" in self.tok[i - 2 : i]
        if quoted and finite and (shown := self._of_scene(i, verb)) is not None:
            return shown  # كانت أم يزن تنتظر. «...»، تقول
        if verb.form == "participle" or i > self.first + 1:
            main = self.main_subject(i)
            if main is not None:
                return main
        if i <= self.first + 2 and verb.form != "participle" and (meant := self._of_last_sentence(i, verb)) is not None:
            return meant
        if verb.form != "participle" and (shown := self._of_scene(i, verb)) is not None:
            return shown
        carried = self._carried(verb.gender if finite else "")
        if finite and verb.plural and carried.kind == "person" and len(carried.names) == 1:
            return Speaker()  # يقولون في العاصمة إن: not the one who spoke before
        return carried

    def _of_clause(self, i: int) -> Speaker | None:
        """Whoever a later clause is about in which nobody has spoken: فيما فرضت السلطات الطوارئ وتحدثت عن."""
        clause = self._clause_start(i, where=False)
        if clause == self.first or any(clause <= event.first < i for event in self.events[: self._known]):
            return None
        return self.first_named(clause + self.text.at("clause", clause, i), i)

    def _people_of(self, i: int, joined: bool) -> Speaker | None:
        """The place whose people say something: يقولون في موسكو إن، في جاناوزين نفسها، يتحدثون عن; not في ختام القمة."""
        text, tok = self.text, self.tok
        for t in (i + 1,) if joined else (i + 1, i - 2, i - 3, i - 4):
            inside = self.first <= t and t + 1 < self.end and "،" not in tok[t : i - 1]
            inside = inside and (t > i or t == self.first or tok[t] != "في" or not tok[t - 1].isalpha())
            if inside and tok[t] in ("في", "وفي", "ففي"):
                match = text.match(t + 1, self.end)
                plain = tok[t + 1].isalpha() and len(tok[t + 1]) > 3 and not tok[t + 1].startswith(("ال", "هذ"))
                behind = tok[t + 2] if t + 2 < self.end else ""
                plain = plain and (t + 2 == i or behind in THAT or behind in ("نفسها", "نفسه", "ذاتها", "،"))
                plain = plain and text.text[text.end[t + 1] - 1] != "ه" and not tok[t + 1].endswith(("هم", "ها"))
                plain = plain and not joined and not text.cues.kinds(tok[t + 1])
                if plain or (match is not None and match[1].kind == "country"):
                    end = t + 1 + match[0] if match else text.phrase_end(t + 1, self.end)
                    return self._resolve(t + 1, end - (tok[end - 1] in ("نفسها", "نفسه")))
        return None

    def _of_scene(self, i: int, verb: Verb) -> Speaker | None:
        """Whom the sentence before shows, where none speaks in it: يقف أرمان، وهو عامل، أمام ورشته. يقول: ..."""
        behind = i > self.first and self.tok[i - 1] in ("»", "،") and "»" in self.tok[i - 2 : i]
        if not (i == self.first or behind) or (verb.lemma in _GOING_ON and not self._is_introduced()):
            return None
        shown = self.shown(3)
        return shown if shown is not None and shown.gender == verb.gender else None

    def _is_introduced(self) -> bool:
        """Whether one of the last sentences of this paragraph starts with أما, so that who goes on is whom it names."""
        tok, j = self.tok, self.k - 1
        while j >= max(0, self.k - 3) and "\n" not in tok[self.text.sentences[j][1] - 1 : self.text.sentences[j][1]]:
            first = self.text.sentences[j][0]
            if tok[first] in ("اما", "واما"):
                return not tok[min(first + 1, len(tok) - 1)].endswith("ون")  # أما المحتجون فعادوا: they do not go on
            j -= 1
        return False

    def shown(self, back: int) -> Speaker | None:
        """Whom the last sentences show, where nobody speaks in them."""
        for j in range(self.k - 1, max(-1, self.k - 1 - back), -1):
            before = self.reader.sentence(j)
            if any(event.opener != "silent" for event in before.events):
                return None
            self.reader.read_speakers(j)
            silent = next((event.speaker for event in before.events if event.speaker.names), None)
            shown = silent or self.reader.main_subject(j, before.end)
            words = shown.text.split() if shown is not None else []
            kinds = self.text.cues.kinds(normalize(words[1])) if words[1:] else frozenset()
            named = bool(words[1:]) and words[1][0].isalpha() and (not kinds or "first_name" in kinds)
            if words and words[0].endswith(("ه", "ها", "هم")) and not named:
                return None  # قتل شقيقها: she goes on; not جارته غولنارا
            office = shown is not None and shown.text.removeprefix("ال").startswith(
                _OFFICES
            )  # سلمت الوزارة مذكرة. ووصفت
            if shown is not None and (silent is not None or office or shown.kind == "media" or self._is_person(shown)):
                return shown
        return None

    def _viewer(self) -> Speaker:
        """Whose view في رأيه is: of whom this sentence or the one before is about, else who spoke last."""
        return self._of_sentence() or self.shown(1) or self._carried()

    def _meant_by(self, t: int) -> Speaker:
        """Whom the pronoun of على حد وصفه means: a speaker or somebody shown of its gender, and for وصفه no country."""
        gender = "f" if self.tok[t].endswith("ها") else "m"
        last = partial(self.reader.last_speaker, self.k, gender)
        for find in (partial(self._of_sentence, gender), partial(self.shown, 2), last):
            one = find()
            if one is not None and one.gender == gender and (gender == "f" or one.kind != "country"):
                return one
        return self._carried()

    def _of_last_sentence(self, i: int, verb: Verb) -> Speaker | None:
        """Whom the sentence before asks about (ماذا تقول الحكومة؟ تقول إن), or is about (فهو يرى، وهي تعتقد)."""
        tok, k = self.tok, self.k - 1
        if k < 0:
            return None
        first, end = self.text.sentences[k]
        if tok[end - 1] == "؟" or tok[end - 2 : end] == ["؟", "\n"]:
            asked = next((t for t in range(first, end) if tok[t].lstrip("وف") == tok[i].lstrip("وف")), -1)
            subject = self._subject_after(asked + 1, verb) if asked >= 0 and self.text.is_head(asked + 1, end) else None
            return self._resolve(*subject) if isinstance(subject, tuple) else None
        if i > self.first and (tok[i - 1] in _HE or (tok[i - 1] == "اذ" and i - 1 == self.first)):
            self.reader.read_speakers(k)
            told = [e.speaker for e in self.reader.sentence(k).events if e.opener != "silent" and e.speaker.names]
            if told and told[-1].gender == verb.gender and told[-1].kind != "country":
                return told[-1]
            named = self.reader.main_subject(k, end)
            return named if named is not None and named.gender == verb.gender and named.kind != "country" else None
        return None
