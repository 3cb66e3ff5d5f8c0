"""Whether a frame is affirmed, denied or disowned where it is used, and by which words."""

from __future__ import annotations

from dataclasses import dataclass

from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text
from kzanalytics._word_classes import (
    CLAIM_SUBJECT,
    CLAUSE,
    COMMA,
    CONTRAST,
    DENIAL_NOUNS,
    DENIAL_PREDICATE,
    DENYING,
    DISTANCE_AFTER,
    DISTANCE_BEFORE,
    DISTANCE_WORD,
    IS_MA,
    STOP,
)
from kzanalytics.cues import bases

__all__ = ["Polarity", "find_polarity"]

COPULA_GAP = 7  # tokens between a negative copula and its predicate: a subject may stand between
LINK_GAP = 9
CAUSE_GAP = 8
NAMING_GAP = 14  # لا يمكن وصف ... بـ: the object named may be long
_PRONOUNS = ("هما", "هم", "هن", "ها", "ه")
_BELIEF = frozenset("اعتقد رأى اعتبر ظن عدّ وصف زعم قال".split())


@dataclass(frozen=True)
class Polarity:
    """`value` is ``affirmed``, ``rejected`` or ``distanced``; the cue's tokens and class say why.

    `naming` is where the one who is said to use the word stands (ما وصفه الرئيس بـ), as a token span; it is
    empty for a pronoun and None where the marker names nobody.
    """

    value: str = "affirmed"
    first: int = -1
    end: int = -1
    cls: str = ""
    naming: tuple[int, int] | None = None


AFFIRMED = Polarity()


def _clause(text: Text, t0: int, lo: int, reach: int) -> int:
    """Start of the clause before a token: not beyond a comma, a contrast, a colon."""
    if text.tok[t0].startswith("فال"):
        return t0  # فالإرهاب opens a clause
    classes = text.classes
    t = t0 - 1
    while t >= lo and t0 - t <= reach:
        found = classes[t]
        if found & _CLAUSE_START:
            if found & CLAUSE:
                return t
            if found & _END or (text.at("contrast", t, t0) and text.tok[t] not in ("الا", "سوي")):
                return t + 1
        t -= 1
    return max(lo, t + 1)


_END = STOP | COMMA
_CLAUSE_START = CLAUSE | CONTRAST | _END


_SAID_AFTER = STOP | DISTANCE_AFTER


def _distanced(text: Text, t0: int, t1: int, lo: int, hi: int) -> Polarity | None:
    tok, classes = text.tok, text.classes
    for t in (t1, t1 + 1, t1 + 2, t0 - 1):
        if lo <= t < hi and classes[t] & DISTANCE_WORD and text.at("distance_word", t, hi):
            between = tok[t1:t] if t >= t1 else []
            if all((w[0].isalpha() and w.startswith("ال")) or w == "»" for w in between):
                return Polarity("distanced", t, t + 1, "distancing")
    for t in range(t0 - 1, max(lo, t0 - 12) - 1, -1):
        found = classes[t]
        if found & STOP or (found & COMMA and t0 - t > 1):
            break
        n = text.at("distance_before", t, t0) if found & DISTANCE_BEFORE else 0
        near = n and t + n <= t0 and t0 - t - n <= 5 and not any(w in THAT for w in tok[t + n + 1 : t0])
        if near and not _of_name(text, t + n, t0):
            return Polarity("distanced", t, t + n, "distancing")
        if t - 1 < lo or not classes[t - 1] & IS_MA:
            continue
        n = text.at("distance_verb", t, t0)
        verb_end = t + n if n > 1 else t + 1
        pronoun = n > 1
        if not n:
            for suffix in _PRONOUNS:
                if tok[t].endswith(suffix) and len(tok[t]) > len(suffix) + 2:
                    stem = tok[t][: -len(suffix)]
                    known = text.cues.words.get("distance_verb", {})
                    if stem in known or (stem.endswith("ا") and stem[:-1] + "ي" in known) or stem + "ا" in known:
                        n, pronoun = 1, True
                        break
        if tok[t0][0] == "ل" and len(tok[t0]) > 4:
            n = 0  # مما اعتبرته تعريفا للإرهاب: something else is named
        if n and any(w in ("هم", "هو", "هي") for w in tok[verb_end:t0]):
            n = 0  # من يسميهم متظاهرين هم إرهابيون: what stands behind the pronoun is said, not named
        if n and pronoun and not any(w in THAT and w[0] != "ب" for w in tok[verb_end:t0]):
            named = next((u for u in range(verb_end, t0) if tok[u][0] == "ب" or tok[u] == "«"), t0)
            head = (verb_end, named) if named > verb_end and text.is_head(verb_end, named) else (0, 0)
            return Polarity("distanced", t - 1, verb_end, "distancing", head)
    for t in range(t1, min(hi, t1 + 26)):
        found = classes[t]
        if not found & _SAID_AFTER:
            continue
        if found & STOP and tok[t] != ":":
            break
        n = text.at("distance_after", t, hi) if found & DISTANCE_AFTER else 0
        if n and t + n <= hi:
            begin = t + n
            named = tok[begin - 1][-1] not in "هم" and begin < hi and text.is_head(begin, hi)
            crossed = sum(1 for u in range(t1, t) if tok[u] in text.cues.verbs and tok[u][0] not in "يت")
            if crossed or "،" in tok[t1 : t - 1]:
                break  # the marker belongs to another clause
            return Polarity(
                "distanced", t, begin, "distancing", (begin, text.phrase_end(begin, hi)) if named else (0, 0)
            )
    return None


def _of_name(text: Text, first: int, t0: int) -> bool:
    """ما يسمى بتنظيم (داعش) الإرهابي: the name is disowned, the adjective added to it is not."""
    if not text.tok[t0].startswith("ال"):
        return False
    return any(
        text.is_kind(t, "institution_head") or text.actors.match(text.tok, t, t0) is not None for t in range(first, t0)
    )


def _is_event_adjective(text: Text, t0: int) -> bool:
    """الهجوم الإرهابي: the frame describes an event taken as given."""
    before = text.tok[t0 - 1] if t0 else ""
    return text.tok[t0].startswith("ال") and text.is_kind(t0 - 1, "event_noun") and "ال" in before[:4]


def _governed(text: Text, t0: int, end: int) -> bool:
    """Whether the term hangs on a preposition or on fighting, supporting: then it is no predicate."""
    before = text.tok[t0 - 1]
    if text.is_kind(t0 - 1, "against"):
        return True
    if text.tok[t0][0] in "لك" and not text.tok[t0].startswith("لا") and len(text.tok[t0]) > 3:
        return True
    return before in PREPOSITIONS and t0 - 1 >= end


def _only(text: Text, first: int, t0: int, t1: int, hi: int) -> bool:
    """ليس فقط، سوى، وحده: not only."""
    return any(text.at("only", t, hi) for t in range(first, t0)) or any(
        text.at("only", t, hi) for t in range(t1, min(hi, t1 + 4)) if text.tok[t] not in ("غير", "مجرد", "اول")
    )


def _rejected(text: Text, t0: int, t1: int, lo: int, hi: int) -> Polarity | None:
    tok = text.tok
    classes = text.classes
    begin = _clause(text, t0, lo, 22)
    if t0 - 1 >= begin and not tok[t0].startswith(("ال", "لل", "فال")):
        n = text.at("direct_negator", t0 - 1, t0)
        if n:
            return Polarity("rejected", t0 - 1, t0, "negation")
        if (
            text.is_kind(t0 - 1, "event_noun")
            and t0 - 2 >= begin
            and tok[t0 - 2] in ("غير", "لا", "وليس", "وليست", "ليس")
        ):
            return Polarity("rejected", t0 - 2, t0 - 1, "negation")
    for t in range(t0 - 1, begin - 1, -1):
        if not classes[t] & DENYING:
            continue
        n = text.at("denied_noun", t, t0)
        if n and t0 - t - n <= 5 and not _is_event_adjective(text, t0):
            return Polarity("rejected", t, t + n, "negation")
        n = text.at("negative_link", t, t0)
        untrue = any("صحه" in w for w in tok[t : t + n])
        near = n and t0 - t - n <= LINK_GAP and (untrue or not any(w in THAT for w in tok[t + n : t0]))
        if near and not _is_event_adjective(text, t0) and not _only(text, t + n, t0, t1, hi):
            return Polarity("rejected", t, t + n, "negation")
        n = text.at("negative_existence", t, t0)
        if n and t0 - t - n <= 3 and not _governed(text, t0, t + n) and not _only(text, t + n, t0, t1, hi):
            return Polarity("rejected", t, t + n, "negation")
        n = text.at("negative_copula", t, t0)
        if n:
            naming = any(b in _NAMING for w in tok[t : t + n] for b in bases(w))
            between = tok[t + n : t0]
            gap = NAMING_GAP if naming else COPULA_GAP
            if len(between) <= gap and not any(w in THAT for w in between) and not _only(text, t + n, t0, t1, hi):
                if naming and not text.is_kind(t0 - 1, "against"):
                    return Polarity("rejected", t, t + n, "negation")
                # a definite word behind ليس is its subject, except where it corrects: وليس الإرهابية
                subject = tok[t0].startswith("ال") and not (tok[t].startswith("وليس") and not between)
                if not subject and not _governed(text, t0, t + n) and not _blocked(text, t + n, t0):
                    return Polarity("rejected", t, t + n, "negation")
                after = tok[t1 : min(hi, t1 + 6)]
                if any(b in _REASON for w in after for b in bases(w)) and "،" not in after:
                    return Polarity("rejected", t, t + n, "negation")
        n = text.at("negator", t, t0)
        if n and (found := _negated(text, t, n, t0, t1, hi)):
            return found
        verb = text.cues.verbs.get(tok[t])
        if (verb is not None and verb.kind in ("deny", "refuse")) or tok[t] in DENIAL_NOUNS:
            kind = verb.kind if verb is not None else DENIAL_NOUNS[tok[t]]
            if t > lo and text.at("negator", t - 1, t):
                return None
            if _denied(text, t, kind, t0, t1):
                return Polarity("rejected", t, t + 1, "denial")
    return _denied_after(text, t0, t1, begin, hi)


def _blocked(text: Text, first: int, t0: int) -> bool:
    """Whether something else than the term is the predicate."""
    for t in range(first, t0):
        token = text.tok[t]
        if token in text.cues.words.get("relative", {}) or token == "هناك":
            return True
        if token in text.cues.verbs or token in ("من", "لدي", "امام", "ضد", "مع", "لدينا", "لنا", "لهم", "له", "لها"):
            return True
        if text.is_kind(t, "against"):
            return True
        if token[0] in "لك" and len(token) > 4 and token.startswith(("لل", "لم", "لت")) and not token.startswith("لم "):
            return True
        if token in PREPOSITIONS and t + 2 >= t0:
            return True
        if "adverb" in text.cues.starts(token) and token[-1] in "هام":
            return True  # عليها، منها: a relative clause
    return False


def _negated(text: Text, t: int, n: int, t0: int, t1: int, hi: int) -> Polarity | None:
    """لم تندلع بسبب ...؛ لا أعتقد أن ... : a negated verb between the negator and the term."""
    tok = text.tok
    if tok[t].lstrip("وف") != "لن":
        for c in range(t + n, t0):
            m = text.at("cause", c, t0)
            if m and t0 - c - m <= CAUSE_GAP and not _only(text, t + n, c, t1, hi):
                outbreak = tok[t].lstrip("وف").startswith("ليس") or any(
                    text.at("outbreak", u, t0) for u in range(t + n, min(t + n + 3, t0))
                )
                if outbreak and not any(text.at("only", u, t0) for u in range(c, t0)):
                    return Polarity("rejected", t, c + m, "negation")
    if t + n < t0:
        verb = text.cues.verbs.get(tok[t + n])
        if verb is not None and verb.lemma in _BELIEF and tok[t].lstrip("وف") in ("لا", "لم", "لن", "ما"):
            between = tok[t + n + 1 : t0]
            belief = verb.lemma in ("اعتقد", "رأى", "ظن", "اعتبر", "عدّ", "وصف")
            near = belief and len(between) <= NAMING_GAP and not _governed(text, t0, t + n + 1)
            if near and not _only(text, t + n, t0, t1, hi):
                return Polarity("rejected", t, t + n + 1, "negation")
    return None


def _denied(text: Text, t: int, kind: str, t0: int, t1: int) -> bool:
    """Whether a denying verb at `t` denies the frame itself, not something about it."""
    tok = text.tok
    between = tok[t + 1 : t0]
    claim = any(text.at("claim_noun", u, t0) for u in range(t + 1, t0))
    if kind == "refuse":
        return claim and not any(w in THAT for w in between[2:])
    if claim:
        return not _of_name(text, t + 1, t0)
    link = next((u for u in range(t + 1, t0) if text.at("link_noun", u, t0)), -1)
    if link >= 0:
        return not _is_event_adjective(text, t0)
    if any(text.at("cause", u, t0) for u in range(t + 1, t0)):
        return True
    if any(w in _BEING for w in between):
        return not _governed(text, t0, t + 1)
    after = tok[t1 : t1 + 6]
    if any(w in THAT for w in between) and any(b in _REASON for w in after for b in bases(w)):
        return True
    return len(between) <= 1 and not _is_event_adjective(text, t0)


_DENIED_AFTER = STOP | DENIAL_PREDICATE


def _denied_after(text: Text, t0: int, t1: int, begin: int, hi: int) -> Polarity | None:
    """... ثورة ملونة، ولكن هذا غير ممكن؛ الحديث عن ثورة ملونة غير صحيح."""
    tok = text.tok
    classes = text.classes
    for t in range(t1, min(hi, t1 + 26)):
        if not classes[t] & _DENIED_AFTER:
            continue
        if classes[t] & STOP:
            break
        n = text.at("denial_predicate", t, hi)
        if not n or t + n > hi:
            continue
        subject = any(
            classes[u] & CLAIM_SUBJECT and text.at("claim_subject", u, t0) for u in range(max(begin, t0 - 7), t0)
        )
        near = any(text.at("claim_subject", u, t) for u in range(max(t1, t - 4), t))
        if near and ("،" in tok[t1:t] or any(text.at("contrast", u, t) for u in range(t1, t)) or t - t1 <= 6):
            return Polarity("rejected", t, t + n, "denial")
        if subject and t - t1 <= 8 and "،" not in tok[t1:t]:
            return Polarity("rejected", t, t + n, "denial")
    return None


def find_polarity(text: Text, t0: int, t1: int, lo: int, hi: int) -> Polarity:
    """Polarity of the term at tokens `t0` to `t1`, with cues sought from `lo` to `hi`.

    Distancing is looked for first: a disowned word (ما يسمى، المزعوم) says less about the events than about
    the word. Then denial: a negative copula of which the term is the predicate, a denied cause or link, a denying
    verb, and a denial that follows (ولكن هذا غير ممكن). A negation of anything else leaves the frame affirmed:
    «لن نسمح بثورات ملونة», «لا مفاوضات مع الإرهابيين».
    """
    return _distanced(text, t0, t1, lo, hi) or _rejected(text, t0, t1, lo, hi) or AFFIRMED


_NAMING = frozenset(
    "وصف وصفه وصفها وصفهم اعتبار اعتباره اعتبارها اعتبارهم تسميه تسميته تسميتها يصف تصف يوصف توصف يعتبر تعتبر"
    " نعتبر نسمي يسمي تسمي اتهام يصفه يصفها تصفه تصفها نعتبره نعتبرها اعتبره اعتبرها".split()
)
_REASON = frozenset("سبب السبب سببا سببها سببه وراء اسباب دافع الدافع".split())
_BEING = frozenset("تكون يكون كان كانت يكونوا كون كونها كونه وجود هناك ثمه تعتبر يعتبر توصف يوصف تشكل يشكل".split())
