"""What a word form can do in a sentence, as one number for each form: most forms do nothing and are passed over."""

from __future__ import annotations

from typing import Final

from kzanalytics.cues import Cues
from kzanalytics.speakers import Actors

__all__ = ["AND_THAT", "INSTEAD", "MA", "POLARITY_STOPS", "SENTENCE_ENDS", "THAT", "WordClasses"]

_AN: Final = ("ان", "انه", "انها", "انهم", "انهما", "انهن", "اني", "انني", "انا", "اننا", "انك", "انكم")
THAT: Final = frozenset([*_AN, *("ب" + w for w in _AN)])
AND_THAT: Final = frozenset([p + w for w in THAT for p in "وف"])
POLARITY_STOPS: Final = frozenset([".", "؟", "?", "!", "\n", "..", "…", ":", "؛"])
INSTEAD: Final = frozenset(("وليس", "وليست", "وليسوا", "بل"))  # إرهابيين وليس متظاهرين
SENTENCE_ENDS: Final = frozenset([".", "؟", "?", "!", "\n", "..", "…"])
MA: Final = frozenset("ما وما بما مما لما عما فيما كما وبما ومما ولما وعما وفيما لمن بمن عمن ممن من".split())
_OPENS_CLAUSE: Final = ("فال", "فان", "فهو", "فهي")
_BREAKS: Final = frozenset("وكان وكانت لقد فقد وهو وهي كما لكن ولكن ثم وثم فان فانه فانها وذلك التي".split())
_SIGNS: Final = ("«", "»", "،", "علي")

# The classes, one bit each.
EVENT: Final = 1  # a reporting event can start here
BREAK: Final = 2  # what is said can end here
STOP: Final = 4  # a stop no cue of polarity reaches across
COMMA: Final = 8
IS_MA: Final = 16
CONTRAST: Final = 32
CLAUSE: Final = 64  # a clause opened by ف
DENYING: Final = 128
DISTANCE_WORD: Final = 256
DISTANCE_BEFORE: Final = 512
DISTANCE_AFTER: Final = 1024
DENIAL_PREDICATE: Final = 2048
CLAIM_SUBJECT: Final = 4096
FIRST_PERSON: Final = 8192
OPENER: Final = 16384  # what a verb opens can start here, or the search for it end
CLOSE: Final = 32768  # a sentence can end here
NAME: Final = 65536  # an alias of an actor can start here
HEAD: Final = 131072  # a phrase naming somebody can start here, if no alias does
MAIN: Final = 262144  # a main clause can start here
ADVERB: Final = 524288
SOURCE: Final = 1048576  # كما، بحسب: a source can start here
LISTED: Final = 2097152  # some cue starts here
KIND: Final = 4194304  # a word, or its base, that is in some list
BACKGROUND: Final = 8388608
THING: Final = 16777216  # a noun that can be what is said
ONLY: Final = 33554432
PURPOSE: Final = 67108864
DIRECT: Final = 134217728

# The class of a list, which tells at once that none of its cues starts with a word; for other lists LISTED does.
LIST_CLASS: Final = {
    "acquitting": DENYING,
    "adverb": ADVERB,
    "as": SOURCE,
    "background": BACKGROUND,
    "cause": PURPOSE,
    "claim_subject": CLAIM_SUBJECT,
    "clause": MAIN,
    "contrast": CONTRAST,
    "denial_noun": DENYING,
    "denial_predicate": DENIAL_PREDICATE,
    "denied_noun": DENYING,
    "direct_negator": DIRECT,
    "distance_after": DISTANCE_AFTER,
    "distance_before": DISTANCE_BEFORE,
    "distance_word": DISTANCE_WORD,
    "first_person": FIRST_PERSON,
    "negative_copula": DENYING,
    "negative_existence": DENYING,
    "negative_link": DENYING,
    "negator": DENYING,
    "object_noun": THING,
    "only": ONLY,
    "purpose": PURPOSE,
    "source": SOURCE,
    "untrue": DENYING,
    "wrong": DENYING,
}
_ALSO: Final = {
    "as": EVENT,
    "source": EVENT,
    "background": BREAK,
    "clause": BREAK | OPENER,
    "circumstance": BREAK,
    "honorific": HEAD,
    "object_noun": OPENER,
    "person_head": HEAD,
}
SPEECH_LISTS: Final = frozenset(
    "says_noun says_noun_that speech_noun document talk view belief_noun told_masdar talk_of told_as answer gist"
    " charge_noun own_talk accusing_finger".split()
)


class WordClasses:
    """Tells the classes of a word, and asks the lists only about one that may be in them: three in four cannot.

    >>> from kzanalytics.cues import load_cues
    >>> of = WordClasses(load_cues()).of
    >>> [bool(of(word) & EVENT) for word in ("قال", "الرئيس", "ان")]
    [True, False, True]
    """

    def __init__(self, cues: Cues, actors: Actors | None = None) -> None:
        self._cues, self._actors = cues, actors
        self._listed = {*cues.listed(), *THAT, *AND_THAT, *POLARITY_STOPS, *MA, *_BREAKS, *_SIGNS}
        for alias in actors.aliases if actors is not None else ():
            self._listed.update((alias, alias.removeprefix("ال")))

    def _may_be_listed(self, word: str) -> bool:
        """Whether a word is in some list, or could be without its proclitics or its accusative ending."""
        listed = self._listed
        if word in listed or (word[-1] == "ا" and word[:-1] in listed):
            return True
        return word[0] in "وفبلكا" and (
            word[1:] in listed or word[2:] in listed or word[3:] in listed or word[4:] in listed
        )

    def of(self, word: str) -> int:
        """The classes of a word."""
        found = OPENER if word[0] in "بل" else 0
        if word.startswith(_OPENS_CLAUSE):
            found |= CLAUSE
        return found | self._of_listed(word) if self._may_be_listed(word) else found

    def _of_listed(self, word: str) -> int:
        cues = self._cues
        found, kinds = 0, cues.kinds(word)
        if kinds:
            found |= KIND
        for name in cues.starts(word):
            found |= LISTED | LIST_CLASS.get(name, 0) | _ALSO.get(name, 0)
        if word in cues.verbs:
            found |= EVENT | DENYING | OPENER
        if word in THAT or word in AND_THAT or not SPEECH_LISTS.isdisjoint(kinds):
            found |= EVENT
        if word in THAT or word in AND_THAT or word in (":", "«", "علي") or word in cues.openers:
            found |= OPENER
        if "event_noun" in kinds:
            found |= OPENER
        if "person_head" in kinds or "institution_head" in kinds:
            found |= HEAD
        if word in POLARITY_STOPS:
            found |= STOP
        if word in _BREAKS or (word[0] == "و" and "deed" in kinds):
            found |= BREAK
        if word == "،":
            found |= COMMA
        if word in SENTENCE_ENDS or word == "»":
            found |= CLOSE
        if word in MA:
            found |= IS_MA
        if self._actors is not None and self._actors.forms(word):
            found |= NAME
        return found
