"""What reading a sentence finds: its acts of reporting, and which of them governs each word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kzanalytics.speakers import Speaker

__all__ = ["Event", "Sentence"]


@dataclass(eq=False)
class Event:
    """One act of reporting: its cue, its speaker (found out when asked for), and the tokens it governs."""

    first: int
    last: int
    lemma: str
    cls: str
    kind: str
    who: Speaker | Callable[[], Speaker]
    start: int
    end: int
    opener: str
    backward: bool = False
    top: bool = True

    @property
    def speaker(self) -> Speaker:
        """Whose words: most events are never asked."""
        if not isinstance(self.who, Speaker):
            self.who = self.who()
        return self.who


@dataclass(eq=False)
class Sentence:
    """The events of a sentence, and for each token the event that governs it."""

    first: int
    end: int
    events: list[Event]
    voice: list[Event | None]

    def at(self, token: int) -> Event | None:
        """The event that governs a token."""
        return self.voice[token - self.first] if self.first <= token < self.end else None
