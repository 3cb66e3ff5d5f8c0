"""Phrases that name somebody: who is meant by a name, an office, a definite noun."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from kzanalytics._news_tokens import Tokens
from kzanalytics._newstext import PREPOSITIONS
from kzanalytics._normalize import normalize
from kzanalytics._phrase_ends import PhraseText
from kzanalytics._phrase_stops import PARENTS
from kzanalytics._word_classes import KIND
from kzanalytics.cues import Cues, bases
from kzanalytics.speakers import Actor, Actors, Speaker, is_close

__all__ = ["Text"]
_NEAREST: Final = 200  # actors named before, among whom a definite noun or a body is sought
_BEARERS: Final = 50  # of a title, the nearest ones that are asked whether a title alone means them


class Text(PhraseText):
    """A text that knows its actors: who is named where, and which offices a name beside them fills."""

    def __init__(self, text: str, actors: Actors, cues: Cues, tokens: Tokens) -> None:
        super().__init__(text, actors, cues, tokens)
        self._names = tokens.names
        self._named: list[tuple[int, int, Actor]] | None = None
        self._of_all: str | None = None
        self._titles: dict[str, list[tuple[int, int]]] = {}
        self._office: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self.unknown: dict[int, list[tuple[int, list[str], Speaker]]] = {}  # by sentence
        self.close()

    def close(self) -> None:
        """Forget who reads the text."""
        self.current: Callable[[], Speaker | None] = _nobody  # set by the reader: the speaker before the phrase at hand
        self.read: Callable[[int], object] = _nothing  # set by the reader: reads a sentence and finds its speakers

    def named(self) -> list[tuple[int, int, Actor]]:
        """All actors named in the text, in order, and the offices a name beside them fills."""
        if self._named is None:
            out: list[tuple[int, int, Actor]] = []
            n, after = len(self.tok), 0
            for i in self._names:
                if i >= after:
                    found = self.actors.match(self.tok, i, n)
                    if found and (found[1].kind != "person" or self._name_fits(i, found)):
                        out.append((i, i + found[0], found[1]))
                        after = i + found[0]
            self._named = out
            for (_, end, actor), (start, _, name) in pairwise(out):
                between = self.tok[end:start]
                if actor.kind == "office" and name.kind == "person" and (not between or between == ["،"]):
                    key = (actor.role, actor.country or name.country)
                    self._office.setdefault(key, []).append((end, name.name))
        return self._named

    def _name_fits(self, i: int, found: tuple[int, Actor]) -> bool:
        """Whether a surname alone is that person's: not after another first name."""
        n, actor = found
        if n > 1 or i == 0:
            return True
        before = self.tok[i - 1]
        if not before[0].isalpha() or before.startswith("ال") or before in PREPOSITIONS:
            return True
        if (
            self.tok[i] != normalize(actor.name)
            and self.tok[i][0] in "وفبل"
            and not self.actors.aliases.get(self.tok[i])
        ):
            return True  # وبوتين after anything
        firsts = self.actors.first_names.get(actor.name, [])
        if not firsts or any(b in self.cues.words.get("person_head", {}) for b in bases(before)):
            return True
        if before in self.cues.verbs or self.actors.match(self.tok, i - 1, i) or before in _DISCOURSE:
            return True
        return before not in self.cues.words.get("first_name", {}) or any(is_close(before, f) for f in firsts)

    def _office_holder(self, office: Actor, at: int) -> Speaker | None:
        """The person an office stands for, if the text has named one: before, else later."""
        named = self.named()
        persons = [(i, a) for i, _, a in named if a.kind == "person"]
        if office.role == "counterpart":
            roles = ("president", "prime minister", "foreign minister", "defence minister", "interior minister")
            fits = [(i, a.name, a.gender) for i, a in persons if a.country == office.country and a.role in roles]
        elif office.country == "of it":
            nearest = [a.country for i, _, a in named if i < at and a.country and a.country != "of it"]
            for country in reversed(nearest):
                found = self._office_holder(Actor("", "office", office.role, country), at)
                if found:
                    return found
            return None
        else:
            beside = [
                (i, name, "m")
                for (role, country), places in self._office.items()
                for i, name in places
                if role == office.role and (not office.country or country == office.country)
            ]
            fits = beside + [
                (i, a.name, a.gender)
                for i, a in persons
                if a.role == office.role and (not office.country or a.country == office.country)
            ]
        before = [f for f in fits if f[0] < at]
        if before:
            best = max(before)
        elif fits and office.country:
            best = min(fits)
        else:
            return None
        return Speaker((best[1],), "", best[2], "person")

    def resolve(self, i: int, end: int) -> Speaker:
        """Who a noun phrase names: a name, an institution, an office the text has filled, else its words."""
        tok = self.tok
        while end > i and (tok[end - 1] in "،(:-" or tok[end - 1] in ("..", "قد")):
            end -= 1
        if end <= i:
            return Speaker()
        if tok[i] in _PRONOUNS:  # هو، وهي: whoever spoke before
            return self.resolve(i + 1, end) if i + 1 < end and self.is_head(i + 1, end) else self.current() or Speaker()
        words = self.text[self.start[i] : self.end[end - 1]]
        if words.startswith("لل") and len(tok[i]) > 4 and tok[i][1:] not in self.cues.single["first_name"]:
            words = "ال" + words[2:]  # وفقا للرئيس
        elif words[0] in "بل" and not self._is_plain(tok[i]) and self._is_plain(tok[i][1:]):
            words = words[1:]  # وفقا لوزارة الداخلية، تغريدة لرئيس البلاد
        if "«" in tok[i:end] or "»" in tok[i:end]:  # موقع «الميادين»: the marks are no part of a name
            plain = [w for w in tok[i:end] if w not in "«»"]
            for k in range(min(2, len(plain))):
                match = self.actors.match(plain, k, len(plain))
                if match is None or match[1].kind not in ("institution", "media") or k + match[0] < len(plain) - 1:
                    continue
                return Speaker((match[1].name,), words, match[1].gender, match[1].kind)
        found: list[tuple[int, int, Actor]] = []
        t = i
        while t < end:
            match = self.match(t, end)
            if match and (match[1].kind != "person" or self._name_fits(t, match)):
                found.append((t, t + match[0], match[1]))
                t += match[0]
            else:
                t += 1
        while i < end and tok[i] in "«،(":
            i += 1
        if i == end:
            return Speaker()
        speaks_for = self.is_kind(i, "spokesperson")
        persons = [f for f in found if f[2].kind == "person"]
        dependent = self.is_kind(i, "dependent") and not tok[i].lstrip("وف").startswith("ال")  # not المستشار فلان
        if dependent and persons and found[0][0] > i and not self._of_body(i, end):
            offices = [f[2].role for f in found if f[2].kind == "office"]
            if len(persons) == 1 and offices and persons[0][2].role not in ("", offices[0]):
                who = persons[0][2]  # مستشار الرئيس الكازاخستاني إرلان كارين: who is no president
                return Speaker((who.name,), words, who.gender, "person")
            first = next((f for f in persons if f[0] - i > 1 or len(persons) > 1), persons[0])
            persons = [f for f in persons if f != first] if not self.is_kind(i, "deputy") else persons[-1:]
            if not persons and found[0][2].kind == "person":
                return self._unknown(words, i, end)
        if speaks_for and len(persons) > 1 and not self._joined(persons[-1][0]):
            persons = persons[-1:]  # المتحدث باسم الرئيس توكاييف، بيريك أوالي
        if persons:
            names = [persons[0][2]]
            for earlier, later in pairwise(persons):
                if later[0] == earlier[1] and self._joined(later[0]):
                    names.append(later[2])
            return Speaker(tuple(dict.fromkeys(a.name for a in names)), words, names[0].gender, "person")
        inner = [f for f in found if f[2].kind in ("institution", "media", "country")]
        if inner and (inner[0][0] == i or speaks_for or self._title_before(i, inner[0][0])):
            joint = [inner[0][2]]
            for earlier, later in pairwise(found):
                if later[0] == earlier[1] and self._joined(later[0]) and later[2].kind == earlier[2].kind:
                    joint.append(later[2])
            rest = end - (inner[-1][1])
            if rest == 0 or speaks_for or inner[0][0] == i:
                if speaks_for and rest >= 2:
                    return self._unknown(words, i, end)
                if not (joint[0].kind == "country" and rest > 0):
                    return Speaker(tuple(dict.fromkeys(a.name for a in joint)), words, joint[0].gender, joint[0].kind)
        if found and found[0][2].kind == "office" and found[0][0] == i and found[0][1] == end:
            holder = self._office_holder(found[0][2], i) or self._titled(i, end)
            if holder:
                return Speaker(holder.names, words, holder.gender, holder.kind)
            feminine = tok[i].endswith("ه")
            return Speaker((words,), words, "f" if feminine else "m", "unknown")
        return self._unknown(words, i, end)

    def _of_body(self, i: int, end: int) -> bool:
        """سكرتير مجلس الأمن الروسي فلان: whether a title is one in a body, not another person's."""
        return i + 1 < end and self.is_kind(i + 1, "institution_head") and self.tok[i].endswith("سكرتير")

    def _title_before(self, i: int, j: int) -> bool:
        """Whether only a channel of an institution stands before its name: بيان، مصادر، موقع."""
        return j - i <= 2 and all(self.is_kind(t, "speech_noun") or self.is_kind(t, "channel") for t in range(i, j))

    def _unknown(self, words: str, i: int, end: int) -> Speaker:
        tok = self.tok
        gender = "f" if tok[i].endswith(("ه", "ات")) else "m"
        if end - i == 1 and tok[i] in _THE_LATTER and (latter := self._latter(i)) is not None:
            return Speaker((latter.name,), words, latter.gender, "person")
        if (
            end - i == 1
            and tok[i] in self.cues.words.get("stands_for", {})
            and (current := self.current())
            and current.names
        ):
            return Speaker(current.names, words, current.gender, current.kind)
        if end - i == 1 and tok[i].lstrip("وف") in _BOTH and (two := self._two_before(i)):
            return Speaker(tuple(actor.name for actor in two), words, "m", "person")
        himself = (
            end - i == 2 and tok[i + 1] in _SELF and (tok[i].lstrip("وف") in _SAME or self.is_kind(i, "title_of_any"))
        )
        same = himself or (end - i == 2 and tok[i].lstrip("وف") in ("ذات", "نفس"))
        if same and (current := self.current()) and current.names:
            return Speaker(current.names, words, current.gender, current.kind)  # ذات المسؤول، المتحدث ذاته
        definite = next((b for b in bases(tok[i]) if tok[i].lstrip("وف").startswith(("ال", "لل")) and b != tok[i]), "")
        if end - i == 1 and definite:
            stem = definite.removeprefix("ال")
            issued = stem in ("بيان", "تقرير", "مصدر", "تصريح")
            if issued and (current := self.current()) and current.names:
                return Speaker(current.names, words, current.gender, current.kind)
            for place, place_end, actor in self._named_before(i):
                if place_end <= i and actor.kind in ("institution", "media"):
                    named_words = {b for w in self.tok[place:place_end] for b in bases(w)}
                    if stem in named_words:
                        return Speaker((actor.name,), words, actor.gender, actor.kind)
        if self.is_kind(i, "institution_head") and end - i <= 3:  # وزارة الداخلية, of the country named before
            for place, place_end, actor in self._named_before(i):
                same = tok[i + 1 : end] == tok[place + 1 : place + end - i] and place_end <= i
                if same and actor.kind == "institution" and set(bases(tok[i])) & set(bases(tok[place])):
                    return Speaker((actor.name,), words, actor.gender, actor.kind)
        if (body := self._body_here(i, end)) is not None:
            return Speaker((body.name,), words, body.gender, "institution")
        if (titled := self._titled(i, end)) is not None:
            return Speaker(titled.names, words, titled.gender, titled.kind)
        names = [w for w in tok[i:end] if not self.cues.match("honorific", [w], 0, 1)]
        if 1 <= len(names) <= 2 and (bearer := self._surname_of(names, i)) is not None:
            return Speaker((bearer.name,), words, bearer.gender, "person")
        k = self.sentence_at(i)
        brief = (1 <= len(names) <= 2 and not self.is_kind(i, "person_head")) or end - i > len(names) == 1
        if brief and len(names[-1]) > 3 and names[-1] not in self.cues.words.get("common_word", {}):
            known = self._named_in_full(names, i)
            if known:
                self.unknown.setdefault(k, []).append((i, names, known))  # so that the next search ends here
                return Speaker(known.names, words, known.gender, "unknown")
        joined = tok[i].startswith("وال") and tok[i] not in PARENTS and (i == 0 or not tok[i - 1].isalpha())
        if (joined or tok[i].startswith("فال")) and self.cues.kinds(tok[i][1:]) and not self.is_kind(i, "first_name"):
            words = words[1:]  # فالبعض يرى، والمعارضة تنفي
        speaker = Speaker((words,), words, gender, "unknown")
        self.unknown.setdefault(k, []).append((i, tok[i:end], speaker))
        return speaker

    def _latter(self, i: int) -> Actor | None:
        """Whom الأخير means: the person named last, in this sentence or the one before."""
        people = (a for t, end, a in self._named_before(i) if end <= i and i - t <= LATTER_REACH and a.kind == "person")
        return next(people, None)

    def _two_before(self, i: int) -> list[Actor]:
        """The two people whom this sentence, or else the one before, names in front of a token, if it names just two."""
        own = self.sentence_at(i)
        for k in range(own, max(-1, own - 2), -1):
            first, stop = self.sentences[k]
            people = [actor for at, _, actor in self.named() if first <= at < min(stop, i) and actor.kind == "person"]
            people = list(dict.fromkeys(people))
            if people:
                return people if len(people) == 2 else []
        return []

    def _named_before(self, i: int) -> Iterator[tuple[int, int, Actor]]:
        """The nearest actors named before a token, the last one first."""
        named = self.named()
        last = bisect_left(named, i, key=_place)
        return reversed(named[max(0, last - _NEAREST) : last])

    def _body_here(self, i: int, end: int) -> Actor | None:
        """وزارة الداخلية، السلطات: of the one country that this sentence names, else the one before, else of the article's."""
        first = self.tok[i]
        forms = (first, first[1:] if first[0] in "وفبلك" else "", "ال" + first[2:] if first.startswith("لل") else "")
        rest = tuple(self.tok[i + 1 : end])
        bodies = next((found for form in forms if form and (found := self.actors.bodies.get((form, *rest)))), None)
        if bodies is None:
            return None
        own = self.sentence_at(i)
        for k in range(own, max(-1, own - 2), -1):
            start, stop = self.sentences[k]
            stop = min(stop, i)
            named = {a.country for t, _, a in self.named() if start <= t < stop and a.kind == "country"}
            others = {c for w in self.tok[start:stop] for b in bases(w) if (c := self.actors.nationality.get(b))}
            if named or others:  # نظيره الروسي alone says of whom, not where
                return bodies.get(min(named)) if len(named) == 1 and others <= named else None
        return bodies.get(self._country_of_all())

    def _country_of_all(self) -> str:
        """The country named first, with its people and bodies in three of five places and three times ("": none)."""
        if self._of_all is None:
            counts = Counter(a.country for _, _, a in self.named() if a.country and a.kind != "media")
            counts.update(c for w in self.tok for b in bases(w) if (c := self.actors.nationality.get(b)))
            most, n = counts.most_common(1)[0] if counts else ("", 0)
            first = next((a.country for _, _, a in self.named() if a.country and a.kind != "media"), "")
            self._of_all = most if n >= 3 and 5 * n >= 3 * counts.total() and most == first else ""
        return self._of_all

    def _surname_of(self, names: list[str], i: int) -> Actor | None:
        """The person on the list whose full name before a token starts or ends with these words: وانغ يي، ثم وانغ."""
        n = len(names)
        if self.classes[i] & KIND or names[-1].startswith("ال"):
            return None  # حسن نصر الله, then الله
        for place, stop, actor in self._named_before(i):
            if actor.kind == "person" and place + n < stop <= i:
                span = self.tok[place:stop]
                if span[-n:] == names or (span[:n] == names and not self.is_kind(place, "first_name")):
                    return actor
        return None

    def _titled(self, i: int, end: int) -> Speaker | None:
        """The last one before a token whose title is repeated alone: وزير الصحة أحمد نور ... وقال الوزير."""
        title = self.tok[i].lstrip("وف")
        title = "ال" + title[2:] if title.startswith("لل") else title
        heads = self.is_kind(i, "person_head") or self.is_kind(i, "institution_head")
        if end - i > 2 or not title.startswith("ال") or not heads:
            return None
        bearers = self._bearers(title)
        last = bisect_left(bearers, (i, 0))
        rest = set(self.tok[i + 1 : end])
        for place, stop in reversed(bearers[max(0, last - _BEARERS) : last]):
            fits = rest <= {*self.tok[place:stop], *self.actors.nationality}
            if fits and (named := self._named_before_title(place)) is not None:
                return named  # هانا شميت، الخبيرة في معهد ...: وترى الخبيرة الألمانية
            if stop - place > end - i and rest <= set(self.tok[place:stop]):
                return self.resolve(place, stop)
            if (country := self.actors.nationality.get(self.tok[end - 1])) and end - i == 2:
                here = [
                    actor
                    for at, last, actor in self.named()
                    if at < stop and last >= place and actor.country == country
                ]
                people = [actor for actor in here if actor.kind == "person"]
                if people:  # وزير خارجية كازاخستان مختار تلوبيردي ... وأضاف الوزير الكازاخي
                    words = self.text[self.start[i] : self.end[end - 1]]
                    return Speaker((people[-1].name,), words, people[-1].gender, "person")
                if here:
                    return self.resolve(place, stop)
        country = self.actors.nationality.get(self.tok[end - 1]) if end - i == 2 else None
        if country and title == "الوزير":  # التقى وانغ يي نظيره الكازاخي مختار تلوبيردي. وقال الوزير الكازاخي
            before = (a for _, last, a in self._named_before(i) if last <= i and a.country == country)
            one = next((a for a in before if a.kind == "person" and a.role.endswith("minister")), None)
            if one is not None and one.role != "prime minister":
                return Speaker((one.name,), self.text[self.start[i] : self.end[end - 1]], one.gender, "person")
        return None

    def _named_before_title(self, place: int) -> Speaker | None:
        """The full name to which a title is put behind a comma."""
        if place < 3 or self.tok[place - 1] != "،" or not self._ends_name_at(place - 2):
            return None
        word = self.tok[place - 3]
        plain = word.isalpha() and not word.startswith("ال") and word not in self.cues.verbs
        plain = plain and (self.is_kind(place - 3, "first_name") or not self.classes[place - 3] & KIND)
        return self.resolve(place - 3, place - 1) if plain else None

    def _ends_name_at(self, t: int) -> bool:
        """Whether a word can be a family name: one that can be a name, or any behind a first name, or two plain words."""
        if self.is_name(t) or t == 0:
            return self.is_name(t)
        if self.is_kind(t - 1, "first_name") and self.tok[t].isalpha():
            return True
        words = (self.tok[u] for u in (t - 1, t) if not self.classes[u] & KIND)
        plain = [w for w in words if w.isalpha() and len(w) > 2 and not w.startswith("ال") and w not in self.cues.stops]
        return len(plain) == 2 and not any(w in PREPOSITIONS or w in self.cues.verbs for w in plain)  # أنيت بور

    def _bearers(self, title: str) -> list[tuple[int, int]]:
        """The phrases that start with a title, definite or not, and go on: found once for each title."""
        found = self._titles.get(title)
        if found is None:
            found = self._titles[title] = []
            for place in sorted([*self.occurrences(title), *self.occurrences(title[2:])]):
                stop = self.phrase_end(place, self.sentences[self.sentence_at(place)][1])
                named = place > 2 and self.tok[place - 1] == "،" and self._ends_name_at(place - 2)
                if stop > place + 1 or named:
                    found.append((place, stop))
        return found

    def _is_plain(self, word: str) -> bool:
        """Whether a word is the title of a person or an institution as it stands."""
        return any(word in self.cues.words.get(kind, {}) for kind in ("institution_head", "person_head"))

    def known_name(self, first: int, end: int) -> Speaker | None:
        """The last name between two tokens that belongs to an earlier speaker who is in no list."""
        for t in range(end - 1, max(first, end - 12) - 1, -1):
            if len(self.tok[t]) <= 3 or not self.is_name(t):
                continue
            known = 1 < len(self.occurrences(self.tok[t])) <= _BEARERS  # a commoner word is no name
            if known and (speaker := self._named_in_full([self.tok[t]], t)) is not None:
                return speaker
        return None

    def _named_in_full(self, names: list[str], i: int) -> Speaker | None:
        """The last speaker before a token whose words hold these, best not as the first: عد الزياني هذه التصريحات."""
        likely, last = None, -1
        places, own = self.occurrences(names[-1]), self.sentence_at(i)
        for at in range(bisect_left(places, i) - 1, -1, -1):
            j = self.sentence_at(places[at])
            if j == last or not all(name in self.tok[slice(*self.sentences[j])] for name in names):
                continue
            last = j
            if j != own:
                self.read(j)
            for place, words, speaker in reversed(self.unknown.get(j, ())):
                if place < i and set(words).issuperset(names):
                    if words[0] not in names or words == names:
                        return speaker
                    likely = likely or speaker
        return likely


_DISCOURSE: Final = frozenset("كان وكان وكانت قد وقد فقد اما واما ان انه بان لان حيث فيما بينما كما".split())


_SAME: Final = frozenset("المصدر المسؤول المتحدث المتحدثه الناطق الناطقه البيان التقرير الضابط الشاهد الشاهده".split())
_SELF: Final = frozenset("ذاته ذاتها نفسه نفسها عينه عينها".split())
_THE_LATTER: Final = ("الاخير", "الاخيره")
LATTER_REACH: Final = 60  # tokens back to whom it means
_BOTH: Final = frozenset("الرئيسان الزعيمان الوزيران الجانبان الطرفان المسؤولان".split())
_PRONOUNS: Final = frozenset(p + w for w in ("هو", "هي", "هم", "هما") for p in ("", "و", "ف"))


def _place(named: tuple[int, int, Actor]) -> int:
    return named[0]


def _nobody() -> None:
    return None


def _nothing(sentence: int) -> None:
    return None
