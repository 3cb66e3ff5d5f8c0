"""Shared stretches of word sequences: exact matches, chained and extended across small edits.

Seed, chain and extend, as in sequence alignment, on integers only: words are ids, places count the words of all articles.
Everything is done for all matches at once; nothing grows with the number of pairs of articles.
"""

from __future__ import annotations

import numpy as np

__all__ = ["exact_matches", "join_matches"]

# Two exact matches belong to one passage if at most this many words lie between them on either side; also how
# far the alignment looks beyond an edit. Ten words bridge a changed name, title or clause, not a new sentence.
_WINDOW = 10
# A common word scores 2, an edit (word changed, added or left out) costs 3: after one edit two common words must
# follow, after two edits in a row four.
_MATCH, _EDIT = 2, -3
_BAND = 4  # at most this many words added or left out within one window
_FOLLOWERS = 8  # matches looked at to continue one
# Chains are extended as long as the words of their articles, taken together, are no more than a part that every text has
# and a part that grows with it. News need a thousandth of that; lists that repeat their phrases reach it.
_LEAST_WORK, _WORK_PER_WORD = 4_000_000, 1000
_ALWAYS = 20  # chains of two articles that are extended in any case
_COLUMNS = 1 << 14  # cases aligned at once: what fits into a processor's cache
_CHUNK = 2_000_000  # pairs of places handled at once; bounds the memory, changes no result


def exact_matches(
    ids: np.ndarray, doc: np.ndarray, n_types: int, n: int, max_articles: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Longest exact matches of `n` words and more between different articles.

    Returns their first word on both sides (positions among all words), their length in words, and the number of
    n-grams passed over as formulae.
    """
    empty = np.zeros(0, np.int64)
    n_windows = len(ids) - n + 1
    if n_windows < 1:
        return empty, empty, empty, 0
    valid = doc[:n_windows] == doc[n - 1 :]
    masked = np.flatnonzero(ids < 0)
    for shift in range(n):
        inside = masked - shift
        valid[inside[(inside >= 0) & (inside < n_windows)]] = False

    # A polynomial over random odd numbers modulo 2^64; numpy's wrap-around is meant.
    draw = np.random.default_rng(2022).integers(0, 2**63, n_types + 1, dtype=np.uint64)
    number = (draw * np.uint64(2) + np.uint64(1)).take(ids, mode="clip")
    code: np.ndarray = np.zeros(n_windows, np.uint64)
    for shift in range(n):
        code *= np.uint64(0x9E3779B97F4A7C15)
        code += number[shift : shift + n_windows]
    code ^= code >> np.uint64(29)
    del number

    # Most n-grams occur once. Counting into buckets is far cheaper than sorting them away.
    bits = max(10, n_windows.bit_length())
    bucket = (code >> np.uint64(64 - bits)).astype(np.int32 if bits < 31 else np.int64)
    valid &= (np.bincount(bucket, minlength=1 << bits) > 1)[bucket]
    del bucket
    place = np.flatnonzero(valid)
    # Code and place in one number sort several times faster than an order to be applied to both.
    shift_by = np.uint64(n_windows.bit_length())
    packed = np.sort((code[place] >> shift_by << shift_by) | place.astype(np.uint64))
    place = (packed & ((np.uint64(1) << shift_by) - np.uint64(1))).astype(np.int64)
    packed >>= shift_by
    starts = np.flatnonzero(np.append(True, packed[1:] != packed[:-1])) if len(packed) else empty
    size = np.diff(np.append(starts, len(place)))
    where = doc[place]
    fresh = np.ones(len(place), np.int32)
    fresh[1:] = where[1:] != where[:-1]
    fresh[starts] = 1
    n_docs = np.add.reduceat(fresh, starts) if len(starts) else empty
    # A list repeated within few articles would grow just as badly, hence the limit on places too.
    formula = (n_docs > max_articles) | (size > 2 * max_articles)
    # What was cut off from the code can make two n-grams look alike (about one in a million); those are left out.
    code = code[place]
    mixed = np.add.reduceat(code != np.repeat(code[starts], size), starts) > 0 if len(starts) else empty > 0
    used = (n_docs > 1) & ~formula & ~mixed
    keep = np.repeat(used, size)
    place, where = place[keep], where[keep]
    size = size[used]
    starts = np.cumsum(size) - size

    # A match starts where the words before differ (or belong to no seed) and ends where the words after do. Only
    # those two are kept of the many n-gram pairs inside it; along a diagonal, the k-th start goes with the k-th end.
    seed = np.zeros(len(ids) + 2, bool)
    seed[place + 1] = True
    alone = -1 - np.arange(len(place), dtype=np.int64) - len(ids)
    before = np.where(seed[place], ids[np.maximum(place - 1, 0)], alone)
    after = np.where(seed[place + 2], ids[np.minimum(place + n, len(ids) - 1)], alone)
    first_a, first_b, last_a, last_b = [], [], [], []
    for g in np.unique(size):
        left, right = np.triu_indices(g, 1)
        rows = max(1, _CHUNK // len(left))
        groups = starts[size == g]
        for low in range(0, len(groups), rows):
            at = groups[low : low + rows, None]
            i, j = (at + left).ravel(), (at + right).ravel()
            differ = where[i] != where[j]
            i, j = i[differ], j[differ]
            begin = before[i] != before[j]
            first_a.append(place[i[begin]])
            first_b.append(place[j[begin]])
            finish = after[i] != after[j]
            last_a.append(place[i[finish]])
            last_b.append(place[j[finish]])
    if not first_a:
        return empty, empty, empty, int(formula.sum())
    begin_a, begin_b = _by_diagonal(np.concatenate(first_a), np.concatenate(first_b), len(ids))
    end_a, _ = _by_diagonal(np.concatenate(last_a), np.concatenate(last_b), len(ids))
    return begin_a, begin_b, end_a - begin_a + n, int(formula.sum())


def _by_diagonal(a: np.ndarray, b: np.ndarray, n_words: int) -> tuple[np.ndarray, np.ndarray]:
    key = np.sort((b - a) * np.int64(n_words) + a)
    diagonal, a = np.divmod(key, n_words)
    return a, a + diagonal


def join_matches(
    ids: np.ndarray,
    doc: np.ndarray,
    ptr: np.ndarray,
    a: np.ndarray,
    b: np.ndarray,
    length: np.ndarray,
    min_tokens: int,
) -> dict[str, np.ndarray]:
    """Chain exact matches across small edits, extend their ends, and drop what is short or there twice."""
    n_docs = np.int64(len(ptr))
    pair = doc[a].astype(np.int64) * n_docs + doc[b]
    order = np.lexsort((a * np.int64(len(ids)) + b, pair))
    a, b, length, pair = a[order], b[order], length[order], pair[order]

    before, cut = _links(a, b, length, pair)
    a, b, length = a + cut, b + cut, length - cut
    head = np.where(before < 0, np.arange(len(a)), before)
    while (head != head[head]).any():
        head = head[head]
    order = np.argsort(head, kind="stable")  # matches of one chain side by side, chains in text order
    a, b, length, pair, head = a[order], b[order], length[order], pair[order], head[order]
    end_a, end_b, common = a + length, b + length, length.copy()
    same = np.flatnonzero(head[1:] == head[:-1])
    # Between two matches there is nothing to align where one side has no word, or both have one (it was changed).
    gap = (a[same + 1] - end_a[same]) * (b[same + 1] - end_b[same])
    same = same[gap > 1]
    common[same] += _common_words(ids, end_a[same], a[same + 1], end_b[same], b[same + 1])

    first = np.flatnonzero(np.append(True, head[1:] != head[:-1])) if len(a) else np.zeros(0, np.int64)
    last = np.append(first[1:], len(a)) - 1 if len(a) else first
    p = {
        "start_a": a[first],
        "start_b": b[first],
        "end_a": end_a[last],
        "end_b": end_b[last],
        "n_tokens": np.add.reduceat(common, first) if len(a) else first,
    }
    pair = pair[first]
    size = np.diff(ptr)
    extended = _worth_extending(pair, p["n_tokens"], size[doc[p["start_a"]]] + size[doc[p["start_b"]]], len(ids))
    _extend(ids, doc, ptr, p, extended, "end", 1)
    _extend(ids, doc, ptr, p, extended, "start", -1)
    keep = p["n_tokens"] >= min_tokens
    return _merge({name: values[keep] for name, values in p.items()}, pair[keep])


def _worth_extending(pair: np.ndarray, n_tokens: np.ndarray, size: np.ndarray, n_words: int) -> np.ndarray:
    """Which chains are extended: of any two articles the longest first, until the work is no more in proportion to the text.

    A phrase that two articles repeat makes as many chains as the product of its counts, and each could run through the
    whole text; without a limit the time would grow with the cube of the length.
    """
    order = np.lexsort((-n_tokens, pair))
    number = np.arange(len(order))
    first = np.append(True, pair[order][1:] != pair[order][:-1])[: len(order)]
    rank = number - np.maximum.accumulate(np.where(first, number, 0))
    turns = np.argsort(rank, kind="stable")
    order, rank = order[turns], rank[turns]
    worth = (rank < _ALWAYS) | (np.cumsum(size[order]) <= _LEAST_WORK + _WORK_PER_WORD * n_words)
    chosen: np.ndarray = np.sort(order[worth])
    return chosen


def _links(a: np.ndarray, b: np.ndarray, length: np.ndarray, pair: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each match the one it continues (-1: none), and by how many words it must be cut to start after that.

    Matches come in the order of their places in article a. A phrase repeated in article b puts other matches between
    two that belong together, hence the look at several followers.
    """
    before = np.full(len(a), -1)
    after = np.full(len(a), -1)
    cut = np.zeros(len(a), np.int64)
    for k in range(1, _FOLLOWERS + 1):
        gap_a, gap_b = a[k:] - a[:-k] - length[:-k], b[k:] - b[:-k] - length[:-k]
        # They may overlap by a word repeated beside an edit.
        overlap = np.maximum(0, -np.minimum(gap_a, gap_b))
        fits = (pair[k:] == pair[:-k]) & (b[k:] > b[:-k]) & (overlap < length[k:])
        fits &= (np.maximum(gap_a, gap_b) + overlap <= _WINDOW) & (np.abs(gap_a - gap_b) <= _BAND)
        fits &= (after[:-k] < 0) & (before[k:] < 0)
        i = np.flatnonzero(fits)
        after[i], before[i + k], cut[i + k] = i + k, i, overlap[i]
    return before, cut


def _common_words(ids: np.ndarray, a: np.ndarray, a_end: np.ndarray, b: np.ndarray, b_end: np.ndarray) -> np.ndarray:
    """Length of the longest common subsequence of short word sequences, all pairs at once."""
    table = np.zeros((_WINDOW + 1, len(a)), np.int8)
    for x in range(_WINDOW):
        above = table.copy()
        for y in range(_WINDOW):
            inside = (a + x < a_end) & (b + y < b_end)
            same = inside & (ids[np.minimum(a + x, len(ids) - 1)] == ids[np.minimum(b + y, len(ids) - 1)])
            table[y + 1] = np.where(same, above[y] + 1, np.maximum(above[y + 1], table[y]))
    return table[_WINDOW]


def _extend(
    ids: np.ndarray,
    doc: np.ndarray,
    ptr: np.ndarray,
    p: dict[str, np.ndarray],
    active: np.ndarray,
    side: str,
    step: int,
) -> None:
    """Move one end of the active passages outwards, window by window, as long as the alignment gains (in place)."""
    limit = {s: ptr[doc[p[f"start_{s}"]] + (step > 0)] for s in "ab"}
    while len(active):
        windows = []
        for s in "ab":
            edge = p[f"{side}_{s}"][active]
            room = step * (limit[s][active] - edge)  # words the article still has on this side
            window = np.empty((_WINDOW, len(active)), ids.dtype)
            for k in range(_WINDOW):
                at = edge + k if step > 0 else edge - 1 - k
                window[k] = ids.take(at, mode="clip")
                window[k][room <= k] = -(len(ids) + 2 + (s == "b"))  # equal to nothing
            windows.append(window)
        one, two = windows
        # A gain needs two common words at least; the full alignment is only for those that have them.
        equal = np.zeros(len(active), np.int8)
        for shift in range(-_BAND, _BAND + 1):
            upper, lower = one[max(0, shift) :], two[max(0, -shift) :]
            height = min(len(upper), len(lower))
            equal += (upper[:height] == lower[:height]).sum(axis=0, dtype=np.int8)
        likely = np.flatnonzero(equal >= 2)
        parts = [likely[k : k + _COLUMNS] for k in range(0, len(likely), _COLUMNS)] or [likely]
        aligned = [_best_alignment(one[:, part], two[:, part]) for part in parts]
        x, y, common = (np.concatenate(columns) for columns in zip(*aligned, strict=True))
        gains = common > 0
        active, x, y = active[likely[gains]], x[gains], y[gains]
        p[f"{side}_a"][active] += step * x
        p[f"{side}_b"][active] += step * y
        p["n_tokens"][active] += common[gains]


def _best_alignment(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Best-scoring alignment that starts at the corner: words used of each side and words in common.

    `one` and `two` have shape (window, n): column k holds the words of case k. Zeros where no alignment gains.
    """
    # Score and number of common words travel in one number (score * 16 + words), so that one maximum serves both.
    match, edit = np.int16(_MATCH * 16 + 1), np.int16(_EDIT * 16)
    n = one.shape[1]
    best = np.zeros(n, np.int32)
    above: dict[int, np.ndarray] = {}
    for x in range(_WINDOW + 1):
        row: dict[int, np.ndarray] = {}
        for y in range(max(0, x - _BAND), min(_WINDOW, x + _BAND) + 1):
            if x == 0 or y == 0:
                row[y] = np.full(n, edit * np.int16(x + y), np.int16)
                continue
            value = above[y - 1] + np.where(one[x - 1] == two[y - 1], match, edit)
            if y in above:
                np.maximum(value, above[y] + edit, out=value)
            if y - 1 in row:
                np.maximum(value, row[y - 1] + edit, out=value)
            row[y] = value
            np.maximum(best, (value.astype(np.int32) << 8) + (x * 16 + y), out=best)
        above = row
    return (best >> 4) & 15, best & 15, (best >> 8) & 15


def _merge(p: dict[str, np.ndarray], pair: np.ndarray) -> dict[str, np.ndarray]:
    """Make one passage of those that extension has run into each other."""
    while len(pair):
        order = np.lexsort((-p["end_a"], p["start_b"], p["start_a"], pair))
        pair, p = pair[order], {name: values[order] for name, values in p.items()}
        shift = p["start_b"] - p["start_a"]
        touch = np.zeros(len(pair), bool)
        touch[1:] = (
            (pair[1:] == pair[:-1])
            & (p["start_a"][1:] <= p["end_a"][:-1])
            & (p["start_b"][1:] <= p["end_b"][:-1])
            & (p["end_b"][1:] >= p["start_b"][:-1])
            & (np.abs(shift[1:] - shift[:-1]) <= _WINDOW)
        )
        if not touch.any():
            break
        # Of a passage's common words at most as many as overlap are already counted; so the sum is never too high.
        overlap = np.minimum(p["end_a"], np.append(0, p["end_a"][:-1])) - p["start_a"]
        new = np.where(touch, np.maximum(0, p["n_tokens"] - np.maximum(0, overlap)), p["n_tokens"])
        first = np.flatnonzero(~touch)
        most = np.maximum.reduceat(p["n_tokens"], first)
        p = {
            "start_a": p["start_a"][first],
            "start_b": np.minimum.reduceat(p["start_b"], first),
            "end_a": np.maximum.reduceat(p["end_a"], first),
            "end_b": np.maximum.reduceat(p["end_b"], first),
            "n_tokens": np.maximum(np.add.reduceat(new, first), most),
        }
        pair = pair[first]
    return p
