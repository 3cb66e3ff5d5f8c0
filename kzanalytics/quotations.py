"""Quotations as newspapers print them: every style of mark, reversed, nested, or with one of the two lost."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

__all__ = ["Quotation", "find_quotations", "pair_marks"]

PHRASE_WORDS: Final = 4  # DESIGN section 3: marks around at most four words hold a phrase, around more a speech
MAX_PARAGRAPHS: Final = 4  # a quotation whose closing mark comes later than this has lost it
MAX_WHOLE: Final = 12  # the same, where the marks stand around whole paragraphs
MAX_DEPTH: Final = 8
_PHRASE: Final = 80  # characters in which most often five words stand

# One alternative a mark, no class of characters: the search then skips at once to what can start a mark.
_MARK: Final = re.compile(r"«|»|‹|›|“|”|„|‟|\"|＂|\(\(|\)\)|''|‘‘|’’|\n")
_WORD: Final = re.compile(r"[^\W\d_][\w\u064b-\u065f\u0670]*")
_SENTENCE_END: Final = re.compile(r"[.؟?!…](?=\s|$)")
_FAMILY: Final = {
    **dict.fromkeys("«»‹›", "guillemet"),
    **dict.fromkeys("“”„‟", "curly"),
    **dict.fromkeys(('"', "＂"), "straight"),
    **dict.fromkeys(("((", "))"), "round"),
    **dict.fromkeys(("''", "‘‘", "’’"), "single"),
}
_OPENING: Final = {"«", "‹", "“", "„", "((", "‘‘"}
_CLOSING: Final = {"»", "›", "”", "‟", "))", "’’"}
# Written on the word inside the marks but left outside of them: بـ«الثورات», ال"ثورة".
_PROCLITIC: Final = re.compile(r"(?:^|[\s(«“\"])(?:[وف]?(?:[بكل]|ال|لل|بال|كال)|[وف])ـ*$")
_PUNCTUATION: Final = frozenset(".,،؛;:؟?!)]}…-–—/")


class Quotation(NamedTuple):
    """Marked words: `start` and `end` include the marks, `inner_start` and `inner_end` do not.

    `n_words` is counted up to `PHRASE_WORDS` + 1. `closed` is False where one of the two marks is missing and the
    extent is an estimate.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    n_words: int
    closed: bool = True

    @property
    def kind(self) -> str:
        """``"phrase"`` up to four words, ``"speech"`` beyond."""
        return "phrase" if self.n_words <= PHRASE_WORDS else "speech"


def _direction(text: str, start: int, end: int, mark: str) -> str:
    """What the spaces around a mark say: ``open``, ``close`` or ``""`` where they say nothing."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    space_before = before.isspace() or before in "([{/" or before in _OPENING
    space_after = after.isspace() or after in _PUNCTUATION or after in "»”›"
    if not space_before and not space_after:
        if before == "ـ" or _PROCLITIC.search(text, max(0, start - 8), start):
            return "open"
        return "open" if before == ":" or (before in "،." and mark not in _CLOSING) else ""
    if space_before and not space_after:
        return "open"
    if space_after and not space_before:
        if before == "ـ" or (before in ":" and after.isspace()):
            return "open"
        return "close"
    return "close" if after in ".،؛؟" and space_before and before.isspace() else ""


def _make(text: str, start: int, end: int, left: int, right: int, closed: bool) -> Quotation:
    n_words = len(_WORD.findall(text, left, min(right, left + _PHRASE)))
    if n_words <= PHRASE_WORDS and right > left + _PHRASE:
        n_words = sum(1 for _ in islice(_WORD.finditer(text, left, right), PHRASE_WORDS + 1))
    return Quotation(start, end, left, right, min(n_words, PHRASE_WORDS + 1), closed)


def _lost_end(text: str, left: int, limit: int) -> int:
    """Where a quotation that is never closed ends: with its sentence, never after `limit`."""
    found = _SENTENCE_END.search(text, left, limit)
    return found.start() if found else limit


def find_quotations(text: str) -> list[Quotation]:
    """Find the quotations of a text, in order of their opening mark; nested ones are all listed.

    The spaces around a mark decide whether it opens or closes, then its shape, then what is open: Arabic
    newspapers print ``”…”`` and ``“…“`` as often as ``“…”``, and glue a preposition to the mark
    (``بـ«الثورات»``). A quotation may run over paragraphs if its closing mark comes within four of them. One
    that is never closed ends with its sentence, with its paragraph where it opens one or follows a colon, and
    never after the next opening mark; a closing mark alone reaches back to the colon of its paragraph, or is ignored.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Quotation

    Examples
    --------
    >>> text = "لن نسمح بـ”ثورات ملونة” في بلادنا"
    >>> [(text[q.inner_start:q.inner_end], q.kind) for q in find_quotations(text)]
    [('ثورات ملونة', 'phrase')]
    """
    return pair_marks(text, [(match.group(), match.start()) for match in _MARK.finditer(text)])


def _limit(text: str, end: int) -> int:
    """How many paragraphs a quotation that closes here may have: more where the mark ends a paragraph."""
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else None]
    return MAX_PARAGRAPHS if rest.strip(" .،؛!؟") else MAX_WHOLE


def pair_marks(text: str, marks: list[tuple[str, int]]) -> list[Quotation]:
    """The quotations of a text whose marks and line ends are known, each with its place."""
    found: list[Quotation] = []
    if all(mark == "\n" for mark, _ in marks):
        return found
    stack: list[tuple[str, int, int]] = []  # family, start, end of the opening mark
    pending: tuple[str, int, int, int] | None = None  # left open by an earlier paragraph, and which
    paragraph = paragraph_start = searched = 0
    before = 0  # quotations found in earlier paragraphs
    reach, colon = 0, -1  # of this paragraph: where its quotations end, and its last colon up to `searched`
    for mark, start in [*marks, ("\n", len(text))]:
        if mark == "\n":
            stop = start
            for family, start, end in stack:
                whole = not text[paragraph_start:start].strip() or text[max(0, start - 100) : start].rstrip().endswith(
                    ":"
                )
                following = [q.start for q in found[before:] if q.start > start]
                limit = min([stop, *following]) if following else stop
                right = limit if whole else _lost_end(text, end, limit)
                found.append(_make(text, start, right, end, right, False))
                pending = (family, start, end, paragraph) if whole and not following else pending
            stack.clear()
            paragraph, paragraph_start, before = paragraph + 1, stop + 1, len(found)
            reach, colon, searched = 0, -1, stop + 1
            continue
        end = start + len(mark)
        family = _FAMILY[mark]
        direction = _direction(text, start, end, mark)
        opened = bool(stack) and any(f == family for f, _, _ in stack)
        if mark == "«" and stack and text[stack[-1][1]] == "»":
            direction = "close"  # »...«: printed the other way round
        elif not direction or (mark in _CLOSING and opened and direction == "open"):
            if mark in _OPENING:
                direction = "open" if not (opened and direction == "") or family == "guillemet" else "close"
            elif mark in _CLOSING:
                direction = "close" if opened or family == "guillemet" else (direction or "open")
            else:
                direction = "close" if opened else "open"
        elif mark == "«" and direction == "close" and not opened:
            direction = "open"
        if direction == "open":
            if opened and family != "guillemet" and stack[-1][0] == family:
                lost = stack.pop()  # the same straight or curly mark opens twice: the first was lost
                right = _lost_end(text, lost[2], start)
                found.append(_make(text, lost[1], right, lost[2], right, False))
            stack.append((family, start, end))
            if len(stack) > MAX_DEPTH:  # nobody nests so deep: the outermost was lost
                del stack[0]
        elif opened:
            while stack:
                open_family, open_start, open_end = stack.pop()
                closed = open_family == family
                right = start if closed else _lost_end(text, open_end, start)
                found.append(_make(text, open_start, end if closed else right, open_end, right, closed))
                if closed:
                    break
        elif pending and pending[0] == family and paragraph - pending[3] < _limit(text, end):
            place = next((i for i in range(len(found) - 1, -1, -1) if found[i].start == pending[1]), None)
            if place is not None:
                del found[place]
                before = min(before, len(found))
            found.append(_make(text, pending[1], end, pending[2], start, True))
            pending = None
        else:
            colon, searched = max(colon, text.rfind(":", searched, start)), start
            if colon >= reach and colon > 0:
                found.append(_make(text, colon + 1, end, colon + 1, start, False))
        if len(found) > before:
            reach = max(reach, found[-1].end)
    return sorted(found, key=lambda q: (q.start, -q.end))
