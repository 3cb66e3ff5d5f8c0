"""What a word form can do in a sentence, as one number for each form: most forms do nothing and are passed over."""

from __future__ import annotations

from kzanalytics.cues import Cues

__all__ = ["AND_THAT", "DENIAL_NOUNS", "MA", "POLARITY_STOPS", "SENTENCE_ENDS", "THAT", "classify"]

_AN = ("ان", "انه", "انها", "انهم", "انهما", "انهن", "اني", "انني", "انا", "اننا", "انك", "انكم")
THAT = frozenset([*_AN, *("ب" + w for w in _AN)])
AND_THAT = frozenset([p + w for w in THAT for p in "وف"])
POLARITY_STOPS = frozenset([".", "؟", "?", "!", "\n", "..", "…", ":", "؛"])
SENTENCE_ENDS = frozenset([".", "؟", "?", "!", "\n", "..", "…"])
MA = frozenset("ما وما بما مما لما عما فيما كما وبما ومما ولما وعما وفيما لمن بمن من".split())
DENIAL_NOUNS = {
    "نفيه": "deny",
    "نفيها": "deny",
    "نفي": "deny",
    "رفضه": "refuse",
    "رفضها": "refuse",
    "رفضهم": "refuse",
    "انكاره": "deny",
    "استبعاد": "deny",
}
_OPENS_CLAUSE = ("فال", "فان", "فهو", "فهي")

# The classes, one bit each.
EVENT = 1  # a reporting event can start here
BREAK = 2  # what is said can end here
STOP = 4  # a stop no cue of polarity reaches across
COMMA = 8
IS_MA = 16
CONTRAST = 32
CLAUSE = 64  # a clause opened by ف
DENYING = 128
DISTANCE_WORD = 256
DISTANCE_BEFORE = 512
DISTANCE_AFTER = 1024
DENIAL_PREDICATE = 2048
CLAIM_SUBJECT = 4096
FIRST_PERSON = 8192
OPENER = 16384  # what a verb opens can start here, or the search for it end
CLOSE = 32768  # a sentence can end here
NAME = 65536  # an alias of an actor can start here: not for `classify`, since it depends on the actors
HEAD = 131072  # a phrase naming somebody can start here, if no alias does
MAIN = 262144  # a main clause can start here
ADVERB = 524288
SOURCE = 1048576  # كما، بحسب: a source can start here
LISTED = 2097152  # some cue starts here
KIND = 4194304  # a word, or its base, that is in some list

_BY_LIST = {
    "as": EVENT | SOURCE,
    "source": EVENT | SOURCE,
    "background": BREAK,
    "clause": BREAK | OPENER | MAIN,
    "adverb": ADVERB,
    "honorific": HEAD,
    "person_head": HEAD,
    "object_noun": OPENER,
    "circumstance": BREAK,
    "contrast": CONTRAST,
    "denied_noun": DENYING,
    "negative_link": DENYING,
    "negative_existence": DENYING,
    "negative_copula": DENYING,
    "negator": DENYING,
    "distance_word": DISTANCE_WORD,
    "distance_before": DISTANCE_BEFORE,
    "distance_after": DISTANCE_AFTER,
    "denial_predicate": DENIAL_PREDICATE,
    "claim_subject": CLAIM_SUBJECT,
    "first_person": FIRST_PERSON,
}
_SPEECH_LISTS = frozenset(("says_noun", "says_noun_that", "speech_noun"))


def classify(cues: Cues, word: str) -> int:
    """The classes of a word.

    >>> from kzanalytics.cues import load_cues
    >>> [bool(classify(load_cues(), word) & EVENT) for word in ("قال", "الرئيس", "ان")]
    [True, False, True]
    """
    found, kinds = 0, cues.kinds(word)
    if kinds:
        found |= KIND
    for name in cues.starts(word):
        found |= LISTED | _BY_LIST.get(name, 0)
    if word in cues.verbs:
        found |= EVENT | DENYING | OPENER
    if word in THAT or word in AND_THAT or not _SPEECH_LISTS.isdisjoint(kinds):
        found |= EVENT
    if word in THAT or word in (":", "«", "علي") or word[0] in "بل" or word in cues.openers:
        found |= OPENER
    if "event_noun" in kinds:
        found |= OPENER
    if "person_head" in kinds or "institution_head" in kinds:
        found |= HEAD
    if word in DENIAL_NOUNS:
        found |= DENYING
    if word in POLARITY_STOPS:
        found |= STOP
    if word == "،":
        found |= COMMA
    if word in SENTENCE_ENDS or word == "»":
        found |= CLOSE
    if word in MA:
        found |= IS_MA
    if word.startswith(_OPENS_CLAUSE):
        found |= CLAUSE
    return found
