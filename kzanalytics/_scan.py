"""Find the few places of a large corpus where a term of a codebook could stand, without cutting it into words.

Letters are folded to 32 codes as the exact path folds them (marks dropped, anything that needs its rules a code of its
own), and four neighbouring codes, one number, are looked up in a table. The table holds, for every form of one word of
every term, four codes that the form cannot do without: the rarest in a sample of the texts. So nothing is missed, and
only the sentences around a hit need to be cut into words. Whole runs between white space stay together, and sentences
are parted only where a phrase may not go on (see ``_match``), which is why the sentence alone gives the same result.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ._columns import CONTROL, HARD, HYPHEN, JOINER, LETTERS, MARK, SEPARATOR, SPACE, _codes
from ._forms import Pattern
from ._match import _LONE_CLITICS
from ._normalize import DEFAULT
from ._tokens import PROCLITICS

__all__ = ["Scan", "Segments", "make_scan", "scan_texts"]

# Codes 1 to 28 are the letters, 29 a hamza on any seat, 0 what parts words. Flags above the five bits say more.
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ALEF, _LAM, _HAMZA, _OTHER, _RULES = 1, 23, 29, 30, 31
# A knot is what may make one token of the words beside it, a hyphen or a sign inside an address.
_WHITE, _STOP, _DOT, _DROP, _LINE, _KNOT, _DIGIT = 32, 64, 96, 128, 160, 192, 224
_BITS = 31
_NOT_JOINING = np.isin(np.arange(32), [_LETTERS.index(letter) + 1 for letter in "ادذرزوه"])
_GRAMS = 1 << 20
_BATCH = 1 << 22  # bytes; smaller batches spend their time between the arrays, larger ones on memory
_SAMPLE = 400  # texts
_PAD = 20
_LONGEST = 16  # letters of a word; longer ones are left to the exact rules
_POWERS = np.uint64(37) ** np.arange(_LONGEST, dtype=np.uint64)
_FAR = 10  # characters without a letter after which a line is left to the exact rules
# More than this share of the texts selected, and cutting all of them into words is the faster way.
_MOST = 0.4


@dataclass(frozen=True, eq=False)
class Scan:
    """Which four codes stand for a possible mention, for a possible line of boilerplate, and for one at an end."""

    terms: np.ndarray
    words: "_Words"
    line: np.ndarray
    first: np.ndarray
    last: np.ndarray


@dataclass(frozen=True, eq=False)
class Segments:
    """The sentences to search: row of the text, place in it, the sentence; and which texts may hold boilerplate."""

    row: np.ndarray
    start: np.ndarray
    text: list[str]
    suspicious: np.ndarray


@cache
def _table() -> np.ndarray:
    """The code and flags of each character of the basic plane."""
    codes = _codes(DEFAULT)
    table = np.zeros(len(codes), np.uint8)
    table[codes >= LETTERS] = _OTHER
    for letter, code in [*zip(_LETTERS, range(1, _HAMZA), strict=True), *zip("ءؤئ", [_HAMZA] * 3, strict=True)]:
        table[codes == codes[ord(letter)]] = code
    table[codes == HARD] = _RULES
    table[(codes == SEPARATOR) | (codes == JOINER) | (codes == HYPHEN)] = _KNOT
    table[[point for point in np.flatnonzero(codes == JOINER).tolist() if chr(point).isdigit()]] = _DIGIT
    table[[ord(char) for char in '<>"«»“”']] = 0
    table[codes == SPACE] = _WHITE
    table[(codes == MARK) | (codes == CONTROL)] = _DROP
    table[[ord(char) for char in ";؛:!?؟…|،,"]] = _STOP
    table[ord(".")] = _DOT
    table[ord("\n")] = _LINE
    return table


def _encode(text: str) -> np.ndarray:
    points: np.ndarray = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    if len(points) == len(text):
        return _table().take(points)
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = _table().take(np.minimum(points, 0xFFFF))
    codes[points > 0xFFFF] = _RULES
    return codes


def _numbers(codes: np.ndarray) -> np.ndarray:
    """Each code with the three after it, as one number."""
    pairs = codes[:-1].astype(np.uint16)
    pairs <<= 5
    pairs |= codes[1:]
    numbers = pairs[:-2].astype(np.intp)
    numbers <<= 10
    numbers |= pairs[2:]
    return numbers


def _fill(table: np.ndarray, codes: Sequence[int | None]) -> None:
    """Mark four codes; None is any."""
    table.reshape(32, 32, 32, 32)[tuple(slice(None) if code is None else code for code in codes)] = True


def _always(table: np.ndarray) -> None:
    """Mark what the exact rules have to see: letters they alone can fold, and drawn-out ones."""
    _fill(table, (None, _RULES, None, None))
    for code in range(1, _RULES):
        _fill(table, (code, code, code, None))


# What a word may be, one mask of patterns each: a whole term; a word that another one must follow or precede, next to
# it or after a gap; such another word. Patterns share bits, which only lets more pass.
_ALONE, _FOLLOWED, _FOLLOWED_FAR, _PRECEDED, _PRECEDED_FAR, _FOLLOWS, _PRECEDES, _LONE = range(8)


@dataclass(frozen=True, eq=False)
class _Words:
    """Words of terms, as numbers in order, and what each may be; the last is no word."""

    number: np.ndarray
    roles: np.ndarray
    gap: int

    def find(self, numbers: np.ndarray) -> np.ndarray:
        """The roles of some words."""
        at = np.searchsorted(self.number[:-1], numbers)
        found: np.ndarray = self.roles[:, np.where(self.number[at] == numbers, at, len(self.number) - 1)]
        return found


def _make_words(entries: Sequence[tuple[np.ndarray, int, int]], gap: int) -> _Words:
    numbers = np.unique(np.concatenate([entry[0] for entry in entries]))
    roles = np.zeros((_LONE + 1, len(numbers) + 1), np.uint64)
    for some, role, bit in entries:
        roles[role, np.searchsorted(numbers, some)] |= np.uint64(1 << bit % 64)
    return _Words(np.append(numbers, np.uint64(0)), roles, gap)


def _words_of(forms: Iterable[str]) -> np.ndarray:
    codes = _encode("\n" + "\n".join(forms) + "\n\n\n\n") & np.uint8(_BITS)
    begin = np.flatnonzero((codes[1:] > 0) & (codes[:-1] == 0)) + 1
    return np.unique(_whole(codes, begin))


@dataclass(frozen=True, eq=False)
class _Slot:
    """The four codes that forms of a word hold: ``keys`` once each, ``form`` and ``key`` pair by pair."""

    keys: np.ndarray
    key: np.ndarray
    form: np.ndarray
    latin: bool


def _whole(codes: np.ndarray, begin: np.ndarray) -> np.ndarray:
    """One number for each whole word, given where it begins; two words may share one, a word has only one."""
    number = np.zeros(len(begin), np.uint64)
    at, open_ = begin.copy(), np.arange(len(begin))
    for power in _POWERS:
        code = codes[at[open_]]
        open_, code = open_[code > 0], code[code > 0]
        number[open_] += code * power
        at[open_] += 1
    return number


_LEAD, _TRAIL = 1 << 20, 1 << 21


def _slot(forms: Iterable[str]) -> _Slot | None:
    """What can be looked for instead of a set of forms; None if one of them is too short or too strange."""
    forms = list(forms)
    codes = _encode("\n" + "\n".join(forms) + "\n\n\n\n")
    if (codes == _DROP).any():
        return None
    codes = codes & _BITS
    lengths = np.fromiter(map(len, forms), np.int64, len(forms))
    begin = np.concatenate([[0], np.cumsum(lengths + 1)[:-1]]) + 1
    # Of a form with a hyphen, what stands before it.
    blank = np.flatnonzero(codes == 0)
    sizes = blank[np.searchsorted(blank, begin)] - begin
    other = np.maximum.reduceat(codes, begin) >= _OTHER if len(forms) else np.zeros(0, bool)
    plain = np.flatnonzero(~other)
    begin, sizes = begin[plain], sizes[plain]
    # A window may take in what stands before the word, and what stands after it, not both sides of more.
    article = (codes[begin] == _ALEF) & (codes[np.minimum(begin + 1, len(codes) - 1)] == _LAM)
    low, high = begin - 1 + article, begin + sizes + 1 - 4
    n = np.maximum(high - low + 1, 0)
    if (n == 0).any() or (sizes < 2).any():
        return None
    form = np.repeat(np.arange(len(plain)), n)
    at = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n) + low[form]
    number = _numbers(codes)[at]
    number = number + _LEAD * (at < begin[form]) + _TRAIL * (at + 4 > (begin + sizes)[form])
    keys, key = np.unique(number, return_inverse=True)
    return _Slot(keys, key, form, bool(other.any()))


def _spellings(keys: np.ndarray) -> np.ndarray:
    """The numbers of some keys, one row a way in which neighbours may end: by a space, a Latin letter, a glued article."""
    number = keys & (_GRAMS - 1)
    lead, trail = (keys & _LEAD) > 0, (keys & _TRAIL) > 0
    last = np.array([[0], [_OTHER], [_ALEF]])
    rows = np.where(trail, number + last, number)
    return np.concatenate([rows, np.where(lead, rows + (_OTHER << 15), rows)])


def _cover(slot: _Slot, counts: np.ndarray) -> tuple[np.ndarray, float]:
    """Keys that together every form holds one of, and what they cost: the cheapest for what it covers goes first."""
    if not len(slot.key):
        return slot.keys[:0], 0.0
    ways = np.sort(_spellings(slot.keys), axis=0)
    ways[1:][ways[1:] == ways[:-1]] = _GRAMS  # count once
    cost = np.append(counts, 0)[ways].sum(axis=0) + 1.0
    # What covers many forms for its price is everybody's choice; the number breaks ties.
    price = cost / np.bincount(slot.key, minlength=len(slot.keys)) + np.arange(len(cost)) * 1e-9
    prices = price[slot.key]
    first = np.flatnonzero(np.diff(slot.form, prepend=-1))
    cheapest = np.minimum.reduceat(prices, first)
    chosen = np.unique(slot.key[prices == cheapest[slot.form]])
    return slot.keys[chosen], float(cost[chosen].sum())


def choose_grams(patterns: Sequence[Pattern], counts: np.ndarray) -> tuple[np.ndarray, _Words] | None:
    """The table of what to look for: of every pattern the word that is cheapest to look for.

    Parameters
    ----------
    patterns : sequence of Pattern
    counts : numpy.ndarray, shape (2**20,)
        How often each four codes occur in a sample.

    Returns
    -------
    numpy.ndarray of bool, shape (2**20,), or None
        None if a pattern has only words too short to look for.
    """
    table = np.zeros(_GRAMS, bool)
    _always(table)
    latin = float(counts.reshape(32, -1)[_OTHER].sum()) + 1
    known: dict[frozenset[str], tuple[np.ndarray, float, _Slot | None]] = {}
    lone = _words_of([*_LONE_CLITICS, *PROCLITICS, *_LETTERS, "ء"])
    entries = [(lone, _LONE, 0)]
    for number, pattern in enumerate(patterns):
        if len(pattern.slots) == 2 and min(map(len, pattern.slots[0].forms)) < 2:
            return None  # it could be glued to the next word, and nobody would see it
        options = []
        for place in pattern.slots:
            if place.forms not in known:
                slot = _slot(place.forms)
                keys, cost = _cover(slot, counts) if slot else (np.zeros(0, np.int64), np.inf)
                known[place.forms] = keys, cost + latin * bool(slot and slot.latin), slot
            options.append(known[place.forms])
        best = min(range(len(options)), key=lambda place: options[place][1])
        keys, _, chosen = options[best]
        if chosen is None:
            return None
        table[_spellings(keys)] = True
        if chosen.latin:
            _fill(table, (None, _OTHER, None, None))
        entries += _roles(pattern, best, number)
    return table, _make_words(entries, max((s.gap for p in patterns for s in p.slots), default=0))


def _roles(pattern: Pattern, best: int, number: int) -> list[tuple[np.ndarray, int, int]]:
    """What the words of a pattern are to the one that is looked for, and what that needs beside it."""
    slots = pattern.slots
    chosen = _words_of(slots[best].forms)
    if len(slots) == 1:
        return [(chosen, _ALONE, number)]
    forward = best + 1 < len(slots)
    other = _words_of(slots[best + 1 if forward else best - 1].forms)
    gap = slots[best if forward else best - 1].gap
    roles = [(chosen, _FOLLOWED if forward else _PRECEDED, number), (other, _FOLLOWS if forward else _PRECEDES, number)]
    if gap:
        roles.append((chosen, _FOLLOWED_FAR if forward else _PRECEDED_FAR, number))
    return roles


def _word(text: str) -> list[int]:
    return (_encode(text) & _BITS).tolist()


def line_grams(
    words: Iterable[str], prefixes: Iterable[str], suffixes: Iterable[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tables of how a line begins with some words, a text with some letters, and how a text ends with some.

    Clitics and addresses are not words, so what may be one is marked, too.
    """
    line, first, last = (np.zeros(_GRAMS, bool) for _ in range(3))
    for table in (line, first, last):
        for code in (_OTHER, _RULES):
            for place in range(4):
                _fill(table, [code if k == place else None for k in range(4)])
        for code in range(1, _OTHER):
            _fill(table, (code, code, code, None))
            _fill(table, (None, code, code, code))
    for word in (*words, *PROCLITICS):
        codes = _word(word)
        _fill(line, (*codes, 0, None, None, None)[:4] if len(codes) < 4 else codes[:4])
    for word in prefixes:
        _fill(first, (*_word(word), None, None, None)[:4])
    for word in suffixes:
        _fill(last, (None, None, None, *_word(word))[-4:])
    for word in PROCLITICS:
        _fill(last, (None, None, None, 0, *_word(word))[-4:])
    return line, first, last


def _batches(texts: pa.LargeStringArray) -> Iterator[tuple[int, int, str]]:
    """First and last row of some texts at a time, and these texts joined."""
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    first = 0
    while first < len(texts):
        beyond = int(np.searchsorted(offsets, offsets[first] + _BATCH, side="right")) - 1
        beyond = min(max(beyond, first + 1), len(texts))
        # Arrow joins strings with short offsets only; those of a batch are.
        some = offsets[first : beyond + 1]
        short = pa.py_buffer((some - some[0]).astype(np.int32))
        data = texts.buffers()[2].slice(int(some[0]), int(some[-1] - some[0]))
        part = pa.StringArray.from_buffers(beyond - first, short, data)
        joined = pc.binary_join(pa.ListArray.from_arrays([0, len(part)], part), "\n")[0].as_py()
        # A line break between the texts, and before and after so many that every place has its neighbours.
        yield first, beyond, "\n" * _PAD + joined + "\n" * _PAD
        first = beyond


def sample_counts(texts: pa.LargeStringArray) -> np.ndarray:
    """How often each four codes occur in some of the texts."""
    some = texts.take(pa.array(np.unique(np.linspace(0, len(texts) - 1, _SAMPLE).astype(np.int64))))
    counts = np.zeros(_GRAMS, np.int64)
    for _, _, joined in _batches(some):
        codes = _encode(joined)
        counts += np.bincount(_numbers(codes[codes != _DROP] & np.uint8(_BITS)), minlength=_GRAMS)
    return counts


def make_scan(
    patterns: Sequence[Pattern],
    begin: Iterable[str],
    first: Iterable[str],
    last: Iterable[str],
    texts: pa.LargeStringArray,
) -> Scan | None:
    """What to look for in texts like these; None if a pattern cannot be looked for.

    Parameters
    ----------
    patterns : sequence of Pattern
        What makes a mention.
    begin, first, last : iterable of str
        What makes boilerplate: a line's first word, the letters that begin and that end a text.
    texts : pyarrow.LargeStringArray
        Where to learn what is rare.
    """
    chosen = choose_grams(patterns, sample_counts(texts))
    return chosen and Scan(*chosen, *line_grams(begin, first, last))


def scan_texts(texts: pa.LargeStringArray, scan: Scan) -> Segments | None:
    """Select the sentences that may hold a mention.

    Parameters
    ----------
    texts : pyarrow.LargeStringArray
        Without nulls.
    scan : Scan

    Returns
    -------
    Segments or None
        None if so much would be selected that it is faster to search everything.
    """
    rows, starts, pieces = [], [], []
    suspicious = np.zeros(len(texts), bool)
    seen = selected = 0
    for first, beyond, joined in _batches(texts):
        lengths = pc.utf8_length(texts.slice(first, beyond - first)).to_numpy()
        bounds = _PAD + np.concatenate([[0], np.cumsum(lengths + 1)])
        row, start, end = _scan_batch(joined, bounds, scan, suspicious[first:beyond])
        pieces += [joined[s:e] for s, e in zip(start.tolist(), end.tolist(), strict=True)]
        rows.append(row + first)
        starts.append(start - bounds[row])
        seen, selected = seen + len(joined), selected + int((end - start).sum())
        if selected > _MOST * seen:
            return None
    empty = [np.zeros(0, np.int64)]
    return Segments(np.concatenate(rows or empty), np.concatenate(starts or empty), pieces, suspicious)


def _scan_batch(
    joined: str, bounds: np.ndarray, scan: Scan, suspicious: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    raw = _encode(joined)
    flagged = np.flatnonzero(raw >= _STOP)
    flags = raw[flagged]
    dropped = flagged[flags == _DROP]
    kept: np.ndarray = np.frombuffer(raw.tobytes().translate(None, bytes([_DROP])), np.uint8) if len(dropped) else raw
    before = dropped - np.arange(len(dropped))  # of a place in `kept`, how many characters before it were dropped

    def place(at: np.ndarray) -> np.ndarray:
        found: np.ndarray = at + np.searchsorted(before, at, side="right")
        return found

    codes = kept & np.uint8(_BITS)
    hits = place(_confirm(codes, kept, np.flatnonzero(scan.terms.take(_numbers(codes))) + 1, scan.words))
    stops = flagged[(flags == _STOP) | (flags == _DOT) | (flags == _LINE)]
    stops = stops[(stops >= _PAD - 1) & (stops < bounds[-1])]
    lines, borders = stops[raw[stops] == _LINE], bounds - 1
    line_rows = np.minimum(np.searchsorted(bounds, lines + 1, side="right") - 1, len(suspicious) - 1)
    lines, borders = (a - np.searchsorted(dropped, a) for a in (lines, borders))
    _suspect(codes, lines, line_rows, borders, scan, suspicious)
    kind, after = raw[stops], raw[stops + 1]
    # The stop of an abbreviation of one letter belongs to the word.
    letters = (raw[stops - 1] - np.uint8(1) < _HAMZA) & (raw[stops - 2] - np.uint8(1) < _HAMZA)
    ends = ((after == _WHITE) | (after == _LINE)) & ((kind == _STOP) | ((kind == _DOT) & letters))
    ends |= (kind == _LINE) & (after == _LINE)
    starts = np.union1d(bounds, stops[ends] + 1)
    chosen = np.unique(np.searchsorted(starts, hits, side="right") - 1)
    chosen = chosen[chosen < len(starts) - 1]
    start = starts[chosen]
    row = np.searchsorted(bounds, start, side="right") - 1
    inside = row < len(bounds) - 1
    chosen, start, row = chosen[inside], start[inside], row[inside]
    return row, start, np.minimum(starts[chosen + 1], bounds[row + 1] - 1)


def _confirm(codes: np.ndarray, kept: np.ndarray, hits: np.ndarray, words: _Words) -> np.ndarray:
    """Drop hits in words that are none of the forms, or lack the next word of their phrase, as far as the codes can tell."""
    begin = _begin(codes, hits)
    begin = np.unique(begin)
    end, number, unsure = _read(codes, begin)
    roles = words.find(number)
    keep = unsure | (roles[_ALONE] > 0)
    for forward, near, far, other in (
        (True, _FOLLOWED, _FOLLOWED_FAR, _FOLLOWS),
        (False, _PRECEDED, _PRECEDED_FAR, _PRECEDES),
    ):
        some = np.flatnonzero(~keep & (roles[near] > 0))
        at = end[some] if forward else begin[some] - 1
        keep[some] = _beside(codes, kept, at, forward, roles[near][some], roles[far][some], other, words)
    sure: np.ndarray = begin[keep]
    return sure


def _begin(codes: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Where the words around some places begin."""
    at = at.copy()
    open_ = np.arange(len(at))
    while len(open_):
        at[open_] -= 1
        open_ = open_[codes[at[open_]] > 0]
    return at + 1


def _read(codes: np.ndarray, begin: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """End and number of words, and which of them only the exact rules understand."""
    letters = codes[begin[:, None] + np.arange(_LONGEST)]
    inside = np.logical_and.accumulate(letters > 0, axis=1)
    letters *= inside
    number = letters.astype(np.uint64) @ _POWERS
    older, old, last = letters[:, :-2], letters[:, 1:-1], letters[:, 2:]
    odd = (last >= _OTHER) | ((last == old) & (old == older) & (last > 0))
    # A word of two letters or more, and another one with its article glued to it.
    odd[:, 1:] |= ((last == _LAM) & (old == _ALEF) & _NOT_JOINING[older])[:, 1:]
    unsure = odd.any(axis=1) | inside[:, -1] | (letters[:, :2] >= _OTHER).any(axis=1)
    return begin + inside.sum(axis=1), number, unsure


def _beside(
    codes: np.ndarray,
    kept: np.ndarray,
    at: np.ndarray,
    forward: bool,
    near: np.ndarray,
    far: np.ndarray,
    other: int,
    words: _Words,
) -> np.ndarray:
    """Whether a word that the phrase needs stands as near as it must, or something only the exact rules understand."""
    found, passed = np.zeros(len(at), bool), np.zeros(len(at), np.int64)
    at = at.copy()
    step = 1 if forward else -1
    open_ = np.arange(len(at))
    for _ in range(_FAR):
        # Over what stands between two words ...
        blank, strides = open_, 0
        while len(blank):
            place = at[blank]
            sign = kept[place]
            bound = ((sign == _STOP) | (sign == _DOT) | (sign == _DIGIT)) & (codes[place + 1] > 0)
            found[blank] |= (sign == _KNOT) | bound | (strides > _FAR)
            at[blank] = place + step
            inside = (at[blank] >= _PAD) & (at[blank] < len(codes) - _PAD)
            passed[blank[~inside]] = words.gap + 1
            blank = blank[inside & ~found[blank]]
            blank = blank[codes[at[blank]] == 0]
            strides += 1
        open_ = open_[~found[open_] & (passed[open_] <= words.gap)]
        if not len(open_):
            break
        # ... and over the word.
        begin = at[open_] if forward else _begin(codes, at[open_])
        end, number, unsure = _read(codes, begin)
        roles = words.find(number)
        wanted = np.where(passed[open_] == 0, near[open_], far[open_])
        before = kept[begin - 1]
        knot = (before == _KNOT) | (before == _STOP) | (before == _DOT) | (before == _DIGIT) | (kept[end] == _KNOT)
        found[open_] = ((roles[other] & wanted) > 0) | unsure | knot
        passed[open_] += roles[_LONE] == 0
        at[open_] = end if forward else begin - 1
        open_ = open_[~found[open_] & (passed[open_] <= words.gap) & ((passed[open_] == 0) | (far[open_] > 0))]
    found[open_] = True
    return found


def _suspect(
    codes: np.ndarray, lines: np.ndarray, row: np.ndarray, borders: np.ndarray, scan: Scan, suspicious: np.ndarray
) -> None:
    """Mark texts whose lines, beginning or end may be boilerplate."""
    at, known = _nearest_letter(codes, lines, 1)
    suspicious[row[~known | scan.line[_number_at(codes, at)]]] = True
    at, known = _nearest_letter(codes, borders[:-1], 1)
    suspicious |= ~known | scan.first[_number_at(codes, at)]
    at, known = _nearest_letter(codes, borders[1:], -1)
    suspicious |= ~known | scan.last[_number_at(codes, at - 3)]


def _nearest_letter(codes: np.ndarray, at: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """The nearest letter after (or before) some places, and whether one was found."""
    at = at.copy()
    open_ = np.flatnonzero(codes[at] == 0)
    for _ in range(_FAR):
        if not len(open_):
            break
        at[open_] = np.clip(at[open_] + step, _PAD - 1, len(codes) - _PAD)
        open_ = open_[codes[at[open_]] == 0]
    known = np.ones(len(at), bool)
    known[open_] = False
    return at, known


def _number_at(codes: np.ndarray, at: np.ndarray) -> np.ndarray:
    number: np.ndarray = np.zeros(len(at), np.intp)
    for step in range(4):
        number = (number << 5) | codes[at + step]
    return number
