"""Tell by a hash which words of a text somebody looks for, so that most words need no name.

A word is known by its first eight letters as an integer. Whether it may be one of the forms is read from a table without
the forms themselves (a Bloom filter with one function): it never misses a form, and lets some one word in ten through
that is none. Many forms count in a phrase only, and some of these are the most common words there are; a second table
tells what may stand beside them, and where nothing of that sort does, they are passed over as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from kzanalytics._letter_codes import SHORT, encode, integers, take
from kzanalytics._normalize import DEFAULT

__all__ = ["ALWAYS", "ANYTHING", "LINKS", "LONE", "FormFilter", "link"]

_TABLE_BITS = 21
# 2**64 over the golden ratio (Knuth, vol. 3, 6.4), and another odd number: they spread keys over the tables.
_SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)

# What is known of a form, in bits: the kinds of links between two words of a phrase in which it is the first, those in
# which it is the second, whether it counts by itself, and whether it is a proclitic that parts no phrase.
LINKS = 15
ALWAYS, LONE = 1 << 30, 1 << 31
ANYTHING = ALWAYS | ALWAYS - 1


def link(kind: int) -> tuple[int, int]:
    """What is to be known of the first and the second word of a kind of link."""
    return 1 << kind, 1 << LINKS + kind


class FormFilter:
    """Forms that somebody looks for.

    Parameters
    ----------
    forms : mapping of str to int, or iterable of str
        Normalised words, and what is known of each; without that they always count.
    reach : sequence of int, optional
        Of each kind of link, how many words its second word may stand after the first.
    """

    def __init__(self, forms: Mapping[str, int] | Iterable[str], reach: Iterable[int] = ()) -> None:
        known = forms if isinstance(forms, Mapping) else dict.fromkeys(forms, ALWAYS)
        joined = "\n".join(["", *known, ""])
        points, codes = encode(joined, DEFAULT)
        breaks = np.flatnonzero(points == ord("\n"))
        keys = integers(codes.tobytes() + bytes(SHORT), breaks[:-1] + 1, np.diff(breaks) - 1)
        self._some = np.zeros(1 << _TABLE_BITS, np.uint8)
        self._some[_hash(keys, 0)] = 1
        self._known = np.zeros(1 << _TABLE_BITS, np.uint32)
        np.bitwise_or.at(self._known, _hash(keys, 1), np.fromiter(known.values(), np.uint32, len(known)))
        # The kinds of links whose words may be 0, 1, 2 ... words apart; the last of these is none.
        reach = list(reach)
        kinds = [sum(1 << kind for kind, far in enumerate(reach) if far >= n) for n in range(max(reach, default=0) + 2)]
        self._reaching = np.array(kinds, np.uint32)

    def __or__(self, other: FormFilter) -> FormFilter:
        both = FormFilter(())
        both._some, both._known = self._some | other._some, self._known | other._known
        both._reaching = np.zeros(max(len(self._reaching), len(other._reaching)), np.uint32)
        for reaching in (self._reaching, other._reaching):
            both._reaching[: len(reaching)] |= reaching
        return both

    def may_be(self, keys: np.ndarray) -> np.ndarray:
        """Which words may be forms, as a mask."""
        return self._some[_hash(keys, 0)].view(bool)

    def look_up(self, keys: np.ndarray, sure: np.ndarray, drop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which words may be forms, and what is known of each.

        Parameters
        ----------
        keys : numpy.ndarray of uint64
            The first letters of all words.
        sure : numpy.ndarray of int64
            Words that may be anything.
        drop : numpy.ndarray of int64
            Words that do not count.
        """
        chosen = take(self._some, _hash(keys, 0)).view(bool).copy()
        chosen[sure] = True
        chosen[drop] = False
        at = np.flatnonzero(chosen)
        known = take(self._known, _hash(keys[at], 1)).copy()
        known[np.searchsorted(at, sure[chosen[sure]])] = ANYTHING
        forms = np.flatnonzero(known != 0)
        return at[forms], known[forms]

    def narrow(self, places: np.ndarray, known: np.ndarray, wild: np.ndarray) -> np.ndarray:
        """Which words count by themselves or have a neighbour that they may be linked with.

        Parameters
        ----------
        places : numpy.ndarray of int64
            The places of the words among all words, in order.
        known : numpy.ndarray of uint32
            What is known of each.
        wild : numpy.ndarray of int64
            The places of words, in order, that may be anything.
        """
        where = np.searchsorted(places, wild)
        counted = np.insert(places, where, wild)
        known = np.insert(known, where, np.uint32(ANYTHING))
        counted -= np.cumsum(known >= LONE)
        chosen = known >= ALWAYS
        second = known >> np.uint32(LINKS)
        reach = len(self._reaching) - 2
        for step in range(1, len(known) if reach > 0 else 0):
            kinds = known[:-step] & second[step:]
            kinds &= np.uint32((1 << LINKS) - 1)
            some = np.flatnonzero(kinds != 0)
            apart = counted[some + step] - counted[some]
            some = some[kinds[some] & self._reaching.take(apart, mode="clip") != 0]
            chosen[some] = True
            chosen[some + step] = True
            if step >= reach and (counted[step:] - counted[:-step]).min() > reach:
                break
        return np.delete(chosen, where + np.arange(len(wild)))


def _hash(keys: np.ndarray, number: int) -> np.ndarray:
    spread = keys * _SPREAD[number]
    spread >>= np.uint64(64 - _TABLE_BITS)
    return spread
