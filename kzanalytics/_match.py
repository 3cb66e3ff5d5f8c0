"""Find the terms of a codebook in many texts at once.

Texts are cut into words once (:func:`kzanalytics._columns.split_words`); a term is looked up in the *vocabulary*, so a
word that occurs a million times is compared once. Only where a word of some term stands are phrases followed and
spans built, so the cost grows with the number of hits, not with the number of terms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

import numpy as np

from ._columns import Words
from ._forms import Pattern

__all__ = ["Found", "Matcher"]

# A proclitic typed as a word of its own ("و أكد") stands between two words of a phrase without parting them.
_LONE_CLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "فال", "كال", "لل")
# What parts the words of a phrase; a stop or comma inside a number does not.
_PARTED = re.compile(r"[;؛:!?؟…|،]|(?<!\d)[.,]|[.,](?!\d)|\n\s*\n")
_PARTED_OR_NEW_LINE = re.compile(_PARTED.pattern + r"|[\n\r\u2028\u2029]")
# The same places for a scan of many words: a literal comes first, which the engine finds quickly.
_SUSPECTS = (re.compile(r"ال(?<=\w\w[ادذرزوه]ال)"), re.compile(r"-"), re.compile(r"‐"), re.compile(r"‑"))
# Letters that do not join the next one: after them a missing space is hardly seen in print (أسعارالوقود).
_GLUED = re.compile(r"(?<=[ادذرزوه])(?=ال)|[-‐‑]")


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
    """Places of words that may hold two; one scan over the joined vocabulary instead of one per word."""
    joined = "\n".join(vocabulary)
    places = [match.start() for pattern in _SUSPECTS for match in pattern.finditer(joined)]
    ends = np.cumsum(np.fromiter(map(len, vocabulary), np.int64, len(vocabulary)) + 1)
    found: list[int] = np.unique(np.searchsorted(ends, places, side="right")).tolist()
    return found


def _longest(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Which of some overlapping matches, in order of their start, stay: the longest, then what does not touch it."""
    keep = np.zeros(len(first), dtype=bool)
    for i in np.argsort(first - last, kind="stable"):
        keep[i] = not (keep & (first <= last[i]) & (last >= first[i])).any()
    return keep


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
        self._member = np.zeros((len(slots), len(classes) + 1), dtype=bool)
        for number, of_slots in enumerate(members):
            self._member[list(of_slots), number] = True
        self._phrases = [i for i, s in enumerate(self._slots) if len(s) > 1]
        n_groups = int(self.groups.max()) + 1 if len(self.groups) else 0
        # Of two single words of a group that share a form, the first in the codebook is the one reported.
        self._single = np.full((len(classes) + 1, n_groups), -1, dtype=np.int64)
        for i in reversed(range(len(self.patterns))):
            if len(self._slots[i]) == 1:
                self._single[self._member[self._slots[i][0]], self.groups[i]] = i
        self._starts = np.zeros(len(classes) + 1, dtype=bool)
        for pattern_slots in self._slots:
            self._starts |= self._member[pattern_slots[0]]

    def _classify(self, vocabulary: Sequence[str]) -> np.ndarray:
        return np.fromiter(map(self._class_of.get, vocabulary, repeat(0)), np.int32, len(vocabulary))

    def _run_together(self, vocabulary: Sequence[str], class_of: np.ndarray) -> dict[int, list[int]]:
        """Words that hold a whole pattern because a space is missing or a hyphen joins them."""
        get = self._class_of.get
        whole: dict[int, list[int]] = {}
        for i in _suspects(vocabulary):
            word = vocabulary[i]
            if class_of[i] or len(word) > 200:  # each place to cut costs its length again
                continue
            for cut in _GLUED.finditer(word):
                left, right = get(word[: cut.start()], 0), get(word[cut.end() :], 0)
                if not (left or right):
                    continue
                hyphen = cut.end() > cut.start()
                for p, s in enumerate(self._slots):
                    single = len(s) == 1 and hyphen and (self._member[s[0], left] or self._member[s[0], right])
                    pair = len(s) == 2 and self._member[s[0], left] and self._member[s[1], right]
                    if (single or pair) and p not in whole.get(i, ()):
                        whole.setdefault(i, []).append(p)
        return whole

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
        hit_type = np.take(self._starts, class_of)
        hit_type[list(whole)] = True
        hits = np.flatnonzero(hit_type[words.ids])
        kind = class_of[words.ids[hits]]
        parts = [self._find_single(hits, kind)]
        if whole:
            parts += self._find_whole(words, hits, whole)
        lone = class_of == self._lone
        text_of_hit = np.searchsorted(words.ptr, hits, side="right") - 1
        stop = words.ptr[text_of_hit + 1]
        starting: dict[int, np.ndarray] = {}
        for p in self._phrases:
            first = self._slots[p][0]
            if first not in starting:
                starting[first] = np.flatnonzero(self._member[first][kind])
            chosen = starting[first]
            if not len(chosen):
                continue
            parts.append(self._follow(p, hits[chosen], stop[chosen], class_of, lone, words))
        pattern, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
        text = np.searchsorted(words.ptr, start, side="right") - 1
        return self._resolve(pattern, text, start, end, words, texts)

    def _find_single(self, hits: np.ndarray, kind: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        singles = self._single[kind]
        row, group = np.nonzero(singles >= 0)
        return singles[row, group], hits[row], hits[row]

    def _find_whole(
        self, words: Words, hits: np.ndarray, whole: dict[int, list[int]]
    ) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        parts = []
        for i, patterns in whole.items():
            at = hits[words.ids[hits] == i]
            parts += [(np.full(len(at), p), at, at) for p in patterns]
        return parts

    def _follow(
        self,
        p: int,
        start: np.ndarray,
        stop: np.ndarray,
        class_of: np.ndarray,
        lone: np.ndarray,
        words: Words,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Follow a phrase from each place where its first word stands; the nearest next word is taken."""
        at = start
        for slot, previous in zip(self._slots[p][1:], self.patterns[p].slots[:-1], strict=True):
            member = self._member[slot]
            found = np.full(len(at), -1, dtype=np.int64)
            passed = np.zeros(len(at), dtype=np.int64)
            place = at.copy()
            open_ = np.arange(len(at))
            while len(open_):
                place[open_] += 1
                open_ = open_[place[open_] < stop[open_]]
                ids = words.ids[place[open_]]
                match = member[class_of[ids]]
                found[open_[match]] = place[open_[match]]
                open_, ids = open_[~match], ids[~match]
                passed[open_] += ~lone[ids]
                open_ = open_[passed[open_] <= previous.gap]
            kept = found >= 0
            start, stop, at = start[kept], stop[kept], found[kept]
        # Of several first words that reach the same last one, the nearest makes the phrase.
        nearest = np.append(at[1:] != at[:-1], True) if len(at) else np.zeros(0, dtype=bool)
        start, at = start[nearest], at[nearest]
        return np.full(len(start), p, dtype=np.int64), start, at

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
        for i in np.flatnonzero(last > first):
            parted = _PARTED_OR_NEW_LINE if any(s.gap for s in self.patterns[pattern[i]].slots) else _PARTED
            if parted.search(texts[text[i]], int(words.end[first[i]]), int(words.start[last[i]])):
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
            keep[cluster] = _longest(first[cluster], last[cluster])
        order = np.flatnonzero(keep)
        order = order[np.lexsort((group[order], first[order]))]
        return Found(pattern[order], text[order], first[order], last[order])
