"""Find the terms of a codebook in many texts at once.

Texts are cut into words once (:func:`kzanalytics._columns.split_words`); a term is looked up in the *vocabulary*, so a
word that occurs a million times is compared once. Only where a word of some term stands are phrases followed and
spans built, so the cost grows with the number of hits, not with the number of terms.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np

from ._columns import Words
from ._form_filter import ALWAYS, LINKS, LONE, FormFilter, link
from ._forms import Pattern
from ._letter_codes import UNJOINED

__all__ = ["Found", "Matcher"]

# A proclitic typed as a word of its own ("و أكد") stands between two words of a phrase without parting them.
_LONE_CLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل")
# What parts the words of a phrase; a stop or comma inside a number does not.
_PARTED = re.compile(r"[;؛:!?؟…|،]|(?<!\d)[.,]|[.,](?!\d)|\n\s*\n")
_PARTED_OR_NEW_LINE = re.compile(_PARTED.pattern + r"|[\n\r\u2028\u2029]")
# After letters that do not join the next one a missing space is hardly seen in print (أسعارالوقود).
_GLUED = re.compile(rf"(?<=[{UNJOINED}])(?=ال)|[-‐‑]")


@dataclass(frozen=True, eq=False)
class Found:
    """Matches in order of text, group and place. ``first``/``last`` are positions in the words."""

    pattern: np.ndarray
    text: np.ndarray
    first: np.ndarray
    last: np.ndarray

    def __len__(self) -> int:
        return len(self.pattern)


def _suspects(vocabulary: Sequence[str]) -> list[int]:
    """Places of words that may hold two."""
    joined = "\n".join(vocabulary)
    some = [i for i, word in enumerate(vocabulary) if word.find("ال", 3) > 0]
    for hyphen in "-‐‑":
        if hyphen in joined:
            some += [i for i, word in enumerate(vocabulary) if hyphen in word]
    return sorted({i for i in some if _GLUED.search(vocabulary[i])})


def _longest(first: list[int], last: list[int]) -> list[int]:
    """Which of some overlapping matches, in order of their start, stay: the longest, then what does not touch it."""
    starts: list[int] = []
    kept: list[int] = []
    for i in sorted(range(len(first)), key=lambda i: first[i] - last[i]):
        place = bisect_left(starts, first[i])
        free_before = not place or last[kept[place - 1]] < first[i]
        if free_before and (place == len(kept) or starts[place] > last[i]):
            starts.insert(place, first[i])
            kept.insert(place, i)
    return kept


class Matcher:
    """Patterns compiled for matching.

    Parameters
    ----------
    patterns : sequence of Pattern
        What to find.
    groups : sequence of int
        The group (frame) of each pattern. Within a group matches do not overlap: the longest (in words) wins, of two
        equally long the one that starts first. Different groups do not see each other.
    loose : bool, default True
        Also find a pattern in words that are run together (أسعارالوقود) or joined by a hyphen.
    """

    def __init__(self, patterns: Sequence[Pattern], groups: Sequence[int], *, loose: bool = True) -> None:
        self._loose = loose
        self.patterns = tuple(patterns)
        self.groups = np.asarray(groups, dtype=np.int64)
        slots: dict[frozenset[str], int] = {}
        self._slots = [[slots.setdefault(s.forms, len(slots)) for s in p.slots] for p in self.patterns]
        # Words that belong to the same slots are one class; class 0 is "in no term".
        classes: dict[tuple[int, ...], int] = {(): 0}
        members: list[tuple[int, ...]] = [()]
        self._class_of: dict[str, int] = {}
        for forms, slot in slots.items():
            # Most forms belong to one slot only, so they are entered all at once.
            shared = [(form, self._class_of[form]) for form in forms if form in self._class_of]
            self._class_of.update(dict.fromkeys(forms, classes.setdefault((slot,), len(classes))))
            if len(members) < len(classes):
                members.append((slot,))
            for form, old in shared:
                both = (*members[old], slot)
                self._class_of[form] = classes.setdefault(both, len(classes))
                if len(members) < len(classes):
                    members.append(both)
        self._lone = len(classes)
        for clitic in _LONE_CLITICS:
            self._class_of.setdefault(clitic, self._lone)
        self._class_type = np.min_scalar_type(len(classes))
        self._member = np.zeros((len(slots), len(classes) + 1), dtype=bool)
        for number, of_slots in enumerate(members):
            self._member[list(of_slots), number] = True
        self._parted = [_PARTED_OR_NEW_LINE if any(s.gap for s in p.slots) else _PARTED for p in self.patterns]
        self._phrases = [i for i, s in enumerate(self._slots) if len(s) > 1]
        n_groups = int(self.groups.max()) + 1 if len(self.groups) else 0
        # Of two single words of a group that share a form, the first in the codebook is the one reported.
        self._single = np.full((len(classes) + 1, n_groups), -1, dtype=np.int64)
        for i in reversed(range(len(self.patterns))):
            if len(self._slots[i]) == 1:
                self._single[self._member[self._slots[i][0]], self.groups[i]] = i

    @cached_property
    def forms(self) -> FormFilter:
        """What `split_words` must not pass over."""
        links = {
            (slots[i], slots[i + 1], self.patterns[p].slots[i].gap)
            for p, slots in enumerate(self._slots)
            for i in range(len(slots) - 1)
        }
        known = np.zeros(self._member.shape[1], np.uint32)
        known[self._lone] = ALWAYS | LONE
        known[np.any(self._single >= 0, axis=1)] = ALWAYS
        reach = np.zeros(LINKS, np.int64)
        # Links of about the same reach are of one kind.
        for n, (first, second, gap) in enumerate(sorted(links, key=lambda found: found[2])):
            kind = n * LINKS // len(links)
            reach[kind] = max(reach[kind], gap + 1)
            for slot, what in zip((first, second), link(kind), strict=True):
                known[self._member[slot]] |= np.uint32(what)
        values = known.tolist()
        return FormFilter({form: values[kind] for form, kind in self._class_of.items()}, reach.tolist())

    def _classify(self, vocabulary: Sequence[str]) -> np.ndarray:
        return np.fromiter(map(self._class_of.get, vocabulary, repeat(0)), self._class_type, len(vocabulary))

    def _run_together(self, vocabulary: Sequence[str], class_of: np.ndarray) -> dict[int, list[int]]:
        """Words that hold a whole pattern because a space is missing or a hyphen joins them."""
        get = self._class_of.get
        whole: dict[int, list[int]] = {}
        reached: dict[tuple[int, int, bool], list[int]] = {}
        for i in _suspects(vocabulary):
            word = vocabulary[i]
            if class_of[i] or len(word) > 200:  # each place to cut costs its length again
                continue
            for cut in _GLUED.finditer(word):
                parts = get(word[: cut.start()], 0), get(word[cut.end() :], 0), cut.end() > cut.start()
                if parts not in reached:
                    reached[parts] = [p for p in range(len(self._slots)) if self._joined(p, *parts)]
                for p in reached[parts]:
                    if p not in whole.get(i, ()):
                        whole.setdefault(i, []).append(p)
        return whole

    def _joined(self, p: int, left: int, right: int, hyphen: bool) -> bool:
        """Whether a pattern is found in two words, of the classes `left` and `right`, that are joined."""
        slots = [self._member[slot] for slot in self._slots[p]]
        if len(slots) == 1:
            return bool(hyphen and (slots[0][left] or slots[0][right]))
        return bool(len(slots) == 2 and slots[0][left] and slots[1][right])

    def find(self, words: Words, texts: Sequence[str]) -> Found:
        """Find all patterns.

        Parameters
        ----------
        words : Words
            The words of the texts, with offsets.
        texts : sequence of str
            The same texts.

        Returns
        -------
        Found
        """
        class_of = self._classify(words.vocabulary)
        whole = self._run_together(words.vocabulary, class_of) if self._loose else {}
        known = class_of > 0
        known[list(whole)] = True
        hits, ids = words.of_types(known)
        kind = class_of[ids]
        parts = [self._find_single(hits, kind)]
        if whole:
            parts.append(self._find_whole(hits, ids, whole))
        counted = hits - np.cumsum(kind == self._lone)
        by_class = np.argsort(kind, kind="stable")
        bounds = np.searchsorted(kind[by_class], np.arange(self._member.shape[1] + 1))
        places: dict[int, np.ndarray] = {}
        there: np.ndarray = (self._member @ np.diff(bounds)) > 0
        for p in self._phrases:
            if not there[self._slots[p]].all():
                continue
            for slot in self._slots[p]:
                if slot not in places:
                    runs = [by_class[bounds[c] : bounds[c + 1]] for c in np.flatnonzero(self._member[slot])]
                    places[slot] = runs[0] if len(runs) == 1 else np.sort(np.concatenate(runs), kind="stable")
            first, last = self._follow(p, counted, places)
            parts.append((np.full(len(first), p, dtype=np.int64), hits[first], hits[last]))
        pattern, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
        text = np.searchsorted(words.ptr, start, side="right") - 1
        within = end < words.ptr[text + 1]
        return self._resolve(pattern[within], text[within], start[within], end[within], words, texts)

    def _find_single(self, hits: np.ndarray, kind: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        some = np.flatnonzero(np.any(self._single >= 0, axis=1)[kind])
        singles = self._single[kind[some]]
        row, group = np.nonzero(singles >= 0)
        at = hits[some[row]]
        return singles[row, group], at, at

    def _find_whole(
        self, hits: np.ndarray, ids: np.ndarray, whole: dict[int, list[int]]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        some = np.flatnonzero(np.isin(ids, list(whole)))
        found = [(p, at) for i, at in zip(ids[some].tolist(), hits[some].tolist(), strict=True) for p in whole[i]]
        pattern, place = np.array(found, dtype=np.int64).reshape(-1, 2).T
        return pattern, place, place

    def _follow(self, p: int, counted: np.ndarray, places: dict[int, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Follow a phrase from each hit that is its first word to the nearest next one, and so on.

        `counted` is how many words stand up to each hit but for lone proclitics, `places` the hits of each slot. Returned
        are the first and last hits of the phrases, which may still reach into the next text.
        """
        slots, pattern = self._slots[p], self.patterns[p].slots
        start = at = places[slots[0]]
        for slot, previous in zip(slots[1:], pattern[:-1], strict=True):
            there = places[slot]
            after = np.searchsorted(there, at, side="right")
            some = after < len(there)
            start, at, after = start[some], at[some], there[after[some]]
            near = counted[after] - counted[at] - 1 <= previous.gap
            start, at = start[near], after[near]
        # Of several first words that reach the same last one, the nearest makes the phrase.
        nearest = np.append(at[1:] != at[:-1], True) if len(at) else np.zeros(0, dtype=bool)
        return start[nearest], at[nearest]

    def _resolve(
        self,
        pattern: np.ndarray,
        text: np.ndarray,
        first: np.ndarray,
        last: np.ndarray,
        words: Words,
        texts: Sequence[str],
    ) -> Found:
        keep = np.ones(len(pattern), dtype=bool)
        phrases = np.flatnonzero(last > first)
        low, high = words.offsets_at(first[phrases])[1], words.offsets_at(last[phrases])[0]
        columns = phrases, pattern[phrases], text[phrases], low, high
        for i, p, row, start, end in zip(*map(np.ndarray.tolist, columns), strict=True):
            if self._parted[p].search(texts[row], start, end):
                keep[i] = False
        pattern, text, first, last = pattern[keep], text[keep], first[keep], last[keep]
        group = self.groups[pattern]
        order = np.lexsort((pattern, -last, first, group))
        pattern, text, first, last, group = (a[order] for a in (pattern, text, first, last, group))
        keep = np.ones(len(pattern), dtype=bool)
        # Positions count through all texts, so one running maximum per group finds every possible overlap; only in
        # such clusters is there anything to decide.
        offset = group * (int(last.max()) + 2 if len(last) else 1)
        reach = np.maximum.accumulate(last + offset) if len(last) else last
        touched = np.zeros(len(pattern), dtype=bool)
        touched[1:] = (first + offset)[1:] <= reach[:-1]
        bounds = np.append(np.flatnonzero(~touched), len(pattern))
        for k in np.flatnonzero(np.diff(bounds) > 1):
            cluster = slice(bounds[k], bounds[k + 1])
            keep[cluster] = False
            keep[bounds[k] + np.array(_longest(first[cluster].tolist(), last[cluster].tolist()))] = True
        order = np.flatnonzero(keep)
        order = order[np.lexsort((group[order], first[order]))]
        return Found(pattern[order], text[order], first[order], last[order])
