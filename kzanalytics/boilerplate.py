"""Recognise what a web page prints around an article: share bars, related articles, calls to follow.

The rules are data (``kzanalytics/data/boilerplate/rules.yaml``). They look at whole lines, at the first line and at the
last words, never at words inside a sentence, and leave an article alone of which they would take more than half.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import numpy as np
import pandas as pd

from ._columns import FormFilter, Words, split_words
from ._forms import parse_term
from ._match import Matcher
from ._tables import article_texts, id_texts, need
from .arabic import normalize

__all__ = ["BoilerplateRule", "boilerplate_spans", "find_boilerplate", "load_boilerplate_rules"]

KINDS = ("line", "start", "tail", "end", "label")
# A rule that would take more than this share of an article's words is wrong about that article.
MOST = 0.5
_HEADLINE_WORDS = 25
_LABEL_CHARACTERS = 60
_STOPS = (".", "؟", "!", ".”", ".»")
_LETTER = re.compile(r"[^\W\d_]")
_RUN = re.compile(r"\S*")
_WORD = re.compile(r"[^\W\d_]\S*")


@dataclass(frozen=True)
class BoilerplateRule:
    """One rule: its id, kind (see the data file), phrases, the longest line it takes, and why."""

    id: str
    kind: str
    phrases: tuple[str, ...]
    max_words: int
    note: str


@dataclass(frozen=True)
class _Compiled:
    rules: tuple[BoilerplateRule, ...]
    matcher: Matcher
    openers: frozenset[str]
    rule_of: tuple[int, ...]
    ends: tuple[tuple[str, re.Pattern[str]], ...]
    last_words: tuple[str, ...]
    first_words: tuple[str, ...]
    labels: re.Pattern[str]
    label_rule: str


@cache
def load_boilerplate_rules() -> tuple[BoilerplateRule, ...]:
    """The rules that come with the library.

    Returns
    -------
    tuple of BoilerplateRule

    Examples
    --------
    >>> [rule.kind for rule in load_boilerplate_rules() if rule.id == "related"]
    ['tail']
    """
    import yaml

    path = resources.files("kzanalytics") / "data" / "boilerplate" / "rules.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        BoilerplateRule(
            id=rule["id"],
            kind=rule["kind"],
            phrases=tuple(rule["phrases"]),
            max_words=rule.get("max_words", _HEADLINE_WORDS),
            note=rule["note"],
        )
        for rule in content["rules"]
    )


def _choices(phrase: str) -> list[list[str]]:
    return [[normalize(word) for word in part.split("|")] for part in phrase.split()]


@cache
def _compile() -> _Compiled:
    rules = load_boilerplate_rules()
    patterns, rule_of = [], []
    ends, last_words, first_words, labels, label_rule = [], set(), set(), [], ""
    for number, rule in enumerate(rules):
        for phrase in rule.phrases:
            choices = _choices(phrase)
            if rule.kind == "end":
                body = r"\s+".join("(?:" + "|".join(words) + ")" for words in choices)
                ends.append((rule.id, re.compile(rf"{body}[\s\W_]*$")))
                last_words.update(choices[-1])
            elif rule.kind == "label":
                labels.append(r"[\W_]*".join("(?:" + "|".join(words) + ")" for words in choices))
                first_words.update(choices[0])
                label_rule = rule.id
            else:
                exact = " ".join("|".join("=" + word for word in words) for words in choices)
                patterns.append(parse_term(exact))
                rule_of.append(number)
    return _Compiled(
        rules=rules,
        matcher=Matcher(patterns, [KINDS.index(rules[r].kind) for r in rule_of], loose=False),
        openers=frozenset().union(*(pattern.slots[0].forms for pattern in patterns)),
        rule_of=tuple(rule_of),
        ends=tuple(ends),
        last_words=tuple(sorted(last_words)),
        first_words=tuple(sorted(first_words)),
        labels=re.compile(rf"[\W_]*(?:(?:{'|'.join(sorted(labels, key=len, reverse=True))})[\W_]*)+"),
        label_rule=label_rule,
    )


def find_boilerplate(articles: pd.DataFrame) -> pd.DataFrame:
    """List the spans of web boilerplate, which are neither counted as text nor searched.

    Parameters
    ----------
    articles : DataFrame
        With ``article_id`` and ``text``.

    Returns
    -------
    DataFrame
        ``article_id, start, end, rule``, one row per span, in order and without overlap; offsets in characters of the
        raw text, ``rule`` the id of a rule of :func:`load_boilerplate_rules`.

    Examples
    --------
    >>> text = "عاد الهدوء إلى ألماتي بعد أيام من الاحتجاجات.\\nمشاركة :\\nمقالات ذات صلة"
    >>> found = find_boilerplate(pd.DataFrame({"article_id": ["a"], "text": [text]}))
    >>> [(text[s:e], rule) for s, e, rule in zip(found.start, found.end, found.rule)]
    [('مشاركة :', 'share'), ('مقالات ذات صلة', 'related')]
    """
    need(articles, ["article_id", "text"], "articles")
    texts = article_texts(articles)
    rows, start, end, rule = boilerplate_spans(texts, split_words(texts, only=boilerplate_forms()))
    return pd.DataFrame(
        {
            "article_id": id_texts(articles["article_id"]).take(rows).reset_index(drop=True),
            "start": start,
            "end": end,
            "rule": pd.Series(rule, dtype="str"),
        }
    )


def boilerplate_forms() -> FormFilter:
    """What `split_words` must not pass over so that `boilerplate_spans` finds everything."""
    return _compile().matcher.forms


def boilerplate_spans(texts: Sequence[str], words: Words) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    """The spans of :func:`find_boilerplate` for texts that are cut into words already.

    Returns
    -------
    tuple
        Row of the text, start, end (int64 arrays) and the rule's id, in order.
    """
    compiled = _compile()
    by_text: dict[int, list[tuple[int, int, str]]] = {}
    for row, first, last, rule in _line_matches(texts, words, compiled):
        by_text.setdefault(row, []).append((first, last, rule))
    every = np.arange(len(texts))
    for row in _rows_with_last_word(words, every, compiled.last_words):
        by_text.setdefault(row, []).extend(_at_end(texts[row], compiled))
    for row in _rows_with_first_word(words, every, compiled.first_words):
        stop = texts[row].find("\n")
        if 0 < stop <= _LABEL_CHARACTERS and compiled.labels.fullmatch(normalize(texts[row][:stop])):
            by_text.setdefault(row, []).append((0, len(texts[row][:stop].rstrip()), compiled.label_rule))
    rows, starts, ends, rules = [], [], [], []
    for row in sorted(row for row, spans in by_text.items() if spans):
        for first, last, rule in _without_overlap(by_text[row], row, words):
            rows.append(row)
            starts.append(first)
            ends.append(last)
            rules.append(rule)
    return np.array(rows, np.int64), np.array(starts, np.int64), np.array(ends, np.int64), rules


def boilerplate_over(
    texts: Sequence[str], words: Words, row: np.ndarray, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The boilerplate of those texts where it may cover some spans, which are in order: row of the text, start and end.

    Most texts need no search: a rule takes a line for its first word, the short lines below such a line, or the end of a
    text for its last word. Of `words` only the first and last of each text must be named.
    """
    compiled = _compile()
    rows = np.unique(row)
    doubtful = {*_rows_with_last_word(words, rows, compiled.last_words)}
    doubtful.update(_rows_with_first_word(words, rows, compiled.first_words))
    headed: dict[str, set[int]] = defaultdict(set)
    line_of, line_end = -1, -1
    for i, first, last in zip(row.tolist(), start.tolist(), end.tolist(), strict=True):
        if i != line_of or first > line_end:
            text = texts[i]
            line_start = text.rfind("\n", 0, first) + 1
            line_of, line_end = i, text.find("\n", first) % (len(text) + 1)  # -1 is the end of the text
            headed[_lettered_run(text, line_start)].add(i)
            if line_start and not text.endswith(_STOPS, 0, line_end) and _is_headline(text[line_start:line_end]):
                doubtful.add(i)
        if line_end < last:
            doubtful.add(i)
    runs = list(headed)
    heads = split_words(runs, only=boilerplate_forms())
    at = heads.ptr[:-1].tolist()
    for run, none, word in zip(runs, (np.diff(heads.ptr) == 0).tolist(), at, strict=True):
        if none or heads.vocabulary[heads.ids[word]] in compiled.openers:
            doubtful |= headed[run]
    some = sorted(doubtful)
    chosen = [texts[i] for i in some]
    found, first, last, _ = boilerplate_spans(chosen, split_words(chosen, only=boilerplate_forms()))
    return np.array(some, np.int64)[found], first, last


def _lettered_run(text: str, start: int) -> str:
    """The first run from a place on, between white space, that has a letter in it; "" if there is none."""
    word = _WORD.match(text, start)
    if word:
        return word[0]
    letter = _LETTER.search(text, start)
    if letter is None:
        return ""
    before = text[start : letter.start()]
    begun = "" if not before or before[-1].isspace() else before.split()[-1]
    return begun + _RUN.match(text, letter.start())[0]  # type: ignore[index]


def _line_matches(texts: Sequence[str], words: Words, compiled: _Compiled) -> Iterator[tuple[int, int, int, str]]:
    """Lines that begin with a phrase of a rule, judged as a whole."""
    found = compiled.matcher.find(words, texts)
    matches: dict[int, list[tuple[int, BoilerplateRule]]] = {}
    for pattern, first, last in zip(found.pattern.tolist(), found.first.tolist(), found.last.tolist(), strict=True):
        matches.setdefault(first, []).append((last, compiled.rules[compiled.rule_of[pattern]]))
    firsts, at = np.unique(found.first, return_index=True)
    rows = found.text[at]
    begins, stops = words.ptr[rows], words.ptr[rows + 1]
    starts, ends = words.offsets_at(firsts)[0], words.offsets_at(np.maximum(firsts - 1, begins))[1]
    columns = (rows, begins, stops, firsts, starts, ends)
    lines = [
        (row, begin, stop, first, start)
        for row, begin, stop, first, start, end in zip(*map(np.ndarray.tolist, columns), strict=True)
        if first == begin or texts[row].find("\n", end, start) >= 0
    ]
    # Where the words start from the first such line of a row on, for all rows at once.
    heads: dict[int, int] = {}
    ranges = [np.arange(first, stop) for row, _, stop, first, _ in lines if heads.setdefault(row, first) == first]
    places = words.offsets_at(np.concatenate([np.zeros(0, np.int64), *ranges]))[0]
    parts = np.split(places, np.cumsum([len(some) for some in ranges], dtype=np.int64))
    following = dict(zip(heads, parts, strict=False))
    for row, begin, stop, first, start in lines:
        head, starts = heads[row], following[row]
        text = texts[row]
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        beyond = head + int(np.searchsorted(starts, line_end))
        rule = _whole_line(first, beyond, matches)
        if rule is None:
            starting = [r for _, r in matches[first] if r.kind == "start" and beyond - first <= r.max_words]
            if not starting:
                continue
            rule = starting[0]
        end = _tail_end(text, line_end, beyond, stop, begin, words) if rule.kind == "tail" else line_end
        line = text[line_start:end]
        yield row, line_start + len(line) - len(line.lstrip()), line_start + len(line.rstrip()), rule.id


def _whole_line(
    first: int, beyond: int, matches: dict[int, list[tuple[int, BoilerplateRule]]]
) -> BoilerplateRule | None:
    """The rule of a line that phrases of kind line and tail cover from its first word to its last."""
    rule = None
    place = first
    while place < beyond:
        covering = [(last, r) for last, r in matches.get(place, ()) if r.kind in ("line", "tail")]
        if not covering:
            return None
        last, found = max(covering, key=lambda c: c[0])
        if rule is None or found.kind == "tail":
            rule = found
        place = last + 1
    return rule


def _tail_end(text: str, line_end: int, beyond: int, stop: int, begin: int, words: Words) -> int:
    """Where a list of headlines ends: at the end of the text, if nothing but short lines without a stop follow."""
    if stop - beyond > (stop - begin) / 3:
        return line_end
    if all(map(_is_headline, text[line_end:].split("\n"))):
        return len(text)
    return line_end


def _is_headline(line: str) -> bool:
    return not line.rstrip().endswith(_STOPS) and len(line.split(None, _HEADLINE_WORDS)) <= _HEADLINE_WORDS


def _rows_with_first_word(words: Words, rows: np.ndarray, wanted: tuple[str, ...]) -> list[int]:
    rows = rows[words.ptr[rows] < words.ptr[rows + 1]]
    return _rows_where(rows, words.ids_at(words.ptr[rows]), words, lambda word: word.startswith(wanted))


def _rows_with_last_word(words: Words, rows: np.ndarray, wanted: tuple[str, ...]) -> list[int]:
    rows = rows[words.ptr[rows] < words.ptr[rows + 1]]
    return _rows_where(rows, words.ids_at(words.ptr[rows + 1] - 1), words, lambda word: word.endswith(wanted))


def _rows_where(rows: np.ndarray, ids: np.ndarray, words: Words, test: Callable[[str], bool]) -> list[int]:
    types, which = np.unique(ids, return_inverse=True)
    passed = np.array([test(words.vocabulary[i]) for i in types], dtype=bool)
    found: list[int] = rows[passed[which]].tolist()
    return found


@lru_cache(maxsize=1024)
def _fold(char: str) -> str:
    return (normalize(char) or "\u0640")[0]


def _at_end(text: str, compiled: _Compiled) -> Iterator[tuple[int, int, str]]:
    """Phrases at the very end, one before the other."""
    # The tail is folded letter by letter, so that places in it are places in the text.
    end = len(text.rstrip())
    while True:
        offset = max(0, end - 120)
        folded = "".join(map(_fold, text[offset:end]))
        for rule, pattern in compiled.ends:
            match = pattern.search(folded)
            if match:
                start = offset + match.start()
                yield start, end, rule
                end = len(text[:start].rstrip())
                break
        else:
            return


def _without_overlap(spans: list[tuple[int, int, str]], row: int, words: Words) -> list[tuple[int, int, str]]:
    begin, stop = int(words.ptr[row]), int(words.ptr[row + 1])
    starts = words.offsets_at(np.arange(begin, stop))[0]
    kept: list[tuple[int, int, str]] = []
    taken = 0
    for start, end, rule in sorted(spans, key=lambda s: (s[0], -s[1])):
        if kept and start < kept[-1][1]:
            continue
        taken += int(np.searchsorted(starts, end) - np.searchsorted(starts, start))
        kept.append((start, end, rule))
    return kept if taken <= MOST * (stop - begin) else []
