"""Denial by what is not proved: لا دليل على وجود ...، لم تعرض أدلة على أن."""

from __future__ import annotations

from typing import Final

from kzanalytics._clause_scope import (
    ANY,
    DEFINITE,
    FROM_ABROAD,
    OCCURRING,
    ONE,
    clause_ends,
    is_definite,
    is_event_adjective,
    is_governed,
    is_relative,
)
from kzanalytics._newstext import PREPOSITIONS, THAT
from kzanalytics._phrases import Text

__all__ = ["is_told", "no_proof", "unproven"]

_WERE: Final = ("كانوا", "كان", "كانت", "هم")
PROOF_GAP: Final = 12  # لم تعرض على الناس حتى الآن أدلة مستقلة على وجود ...
CLAIM_GAP: Final = 14  # أدلة على أن ما جرى في البلاد كلها ثورة
LINK_REACH: Final = 4  # تورط موكله في أي ...
_TO_ANY: Final = (*ANY, *(clitic + word for clitic in "بل" for word in ANY))


def unproven(text: Text, t: int, v: int, t0: int, t1: int, hi: int) -> bool:
    """لم تعرض أدلة على وجود إرهابيين، لم تقدم ما يثبت تورط إرهابيين، لم يؤكد صلته بأي عمل إرهابي."""
    tok, behind = text.tok, range(v + 1, t0)
    if t0 - v > PROOF_GAP or is_event_adjective(text, t0) or text.is_kind(t0 - 1, "against"):
        return False
    link = _last_link(text, v, t0)
    if tok[t0 - 1] in ANY and text.is_kind(t0 - 2, "identity") and not any(is_relative(text, u) for u in behind):
        return text.is_kind(v, "showing") or text.is_kind(v, "disclosing")  # لم تكشف عن هوية أي إرهابي
    if text.is_kind(v, "showing"):
        one = t1 < hi and tok[t1] in ONE and not tok[t0].startswith(DEFINITE)
        if one and not is_governed(text, t0, v + 1) and not any(tok[u] in THAT or is_relative(text, u) for u in behind):
            return True  # لم يعرض على الناس إرهابي واحد
        if proof := _proof_end(text, v, t0):
            return _not_proved(text, link, proof, t0, t1, hi)
    anyone = tok[t0 - 1] in _TO_ANY or "احد" in tok[max(0, t - 6) : v + 3] or "احدا" in tok[max(0, t - 6) : t]
    return (
        text.is_kind(v, "confirming")
        and link > v
        and t0 - link <= LINK_REACH
        and anyone
        and not any(w in THAT for w in tok[v:t0])
    )


def no_proof(text: Text, first: int, t0: int, t1: int, hi: int) -> bool:
    """لا توجد أي مؤشرات على ضلوع إرهابيين، لا يوجد ما يثبت أن: whether a proof is named from `first` on that there is not."""
    proof = _proof_end(text, first - 1, t0) if t0 - first <= PROOF_GAP and not is_event_adjective(text, t0) else 0
    return proof > 0 and _not_proved(text, _last_link(text, first - 1, t0), proof, t0, t1, hi)


def _not_proved(text: Text, link: int, proof: int, t0: int, t1: int, hi: int) -> bool:
    """Whether what there is no proof of is the term, or that it is linked by the word at `link` (0: none)."""
    tok = text.tok
    if not link or link < proof:
        told = tok[proof] in THAT and proof + 1 < t0 and is_relative(text, proof + 1)
        told = told and (tok[t0 - 1] in _WERE or is_told(text, proof + 2, t0, t1, hi))
        first = proof + 2 if told else proof  # أن الذين سقطوا كانوا إرهابيين
        return not any(is_relative(text, u) for u in range(first, t0)) and _is_proved(text, proof, t0, t1, hi)
    given = link == t0 - 1 and tok[t0].startswith("ال") and tok[link] not in OCCURRING
    led = any(w == "او" or (w[0] == "ل" and len(w) > 4) for w in tok[link + 1 : t0])
    far = t0 - link > LINK_REACH or (led and tok[link] not in OCCURRING)
    return not given and not far  # أدلة على تورط الإرهابيين: they are given


def _last_link(text: Text, v: int, t0: int) -> int:
    links = (u for u in range(t0 - 1, v, -1) if text.is_kind(u, "link_noun") and not text.is_kind(u, "evidence"))
    return next(links, 0)


def _proof_end(text: Text, v: int, t0: int) -> int:
    """The token behind أدلة مستقلة على or ما يثبت, behind a verb of showing (0: no proof is spoken of)."""
    tok, aside = text.tok, False
    for u in range(v + 1, t0):
        if n := text.at("that_proves", u, t0):
            return u + n
        if text.is_kind(u, "evidence") and not aside:
            on = next((w for w in range(u + 1, min(u + 4, t0)) if tok[w] == "علي"), 0)
            shows = next((w for w in range(u + 1, min(u + 4, t0)) if text.is_kind(w, "proving")), 0)
            if shows and (not on or shows < on):  # أدلة تثبت وجود، معلومات تدل على أن
                on = shows + (shows + 1 < t0 and tok[shows + 1] in ("علي", "الي", "القول"))
            return on + 1 if on else 0
        aside = aside or tok[u] in ("التي", "الذي")  # لم نجد في الملفات التي اطلعنا عليها ما يسند
        if tok[u] in THAT or (is_relative(text, u) and not aside):
            return 0
    return 0


def _is_proved(text: Text, proof: int, t0: int, t1: int, hi: int) -> bool:
    """أدلة على أن ما جرى ثورة، على ثورة ملونة: not أدلة على هوية الإرهابيين."""
    tok = text.tok
    if t0 - proof <= 1 and (t0 == proof or tok[proof] in ANY):
        return True
    if t0 - proof <= 2 and proof < t0 and text.is_kind(proof, "told_of"):
        return True  # أدلة تدعم فرضية الثورة الملونة
    clause = tok[proof] in THAT and not is_governed(text, t0, proof + 1) and t0 - proof <= CLAIM_GAP
    return clause and (not is_definite(text, t0, t1) or (t0 - proof > 1 and clause_ends(text, t1, hi)))


def is_told(text: Text, first: int, t0: int, t1: int, hi: int) -> bool:
    """Whether an indefinite plural behind a relative clause from `first` on is what is said of those it means."""
    plain = text.tok[t0 - 1] not in PREPOSITIONS and not text.tok[t0].startswith(DEFINITE)
    behind = t1 + (t1 < hi and text.tok[t1] in FROM_ABROAD)
    return first < t0 and text.tok[t0].endswith("ون") and plain and clause_ends(text, behind, hi)
