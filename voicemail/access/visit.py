"""Somebody in a mailbox: what the menus share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from voicemail.access.line import Line
from voicemail.access.words.listening import NOT_DONE
from voicemail.ports import Box, Letter, Mailroom, MailroomAway

Result = TypeVar("Result")


@dataclass(slots=True)
class Visit(Line):
    """From the right PIN to the end."""

    room: Mailroom
    box: Box
    heard: set[str] = field(default_factory=set)
    """Ids of messages."""
    saved: set[str] = field(default_factory=set)
    deleted: dict[str, Letter] = field(default_factory=dict)
    """Until the visit ends they can be had back."""

    def tried(self, deed: Callable[[], Result]) -> Result | None:
        """What came of it; None, said and not pretended, where it could not be done."""
        try:
            return deed()
        except MailroomAway:
            # Not its words: they may hold what was asked, a PIN for instance.
            self.context.note("not done", "the mailboxes were away")
            self.say(NOT_DONE)
            return None

    def succeeds(self, deed: Callable[[], None]) -> bool:
        """Whether it was done; if not, that is said."""

        def done() -> bool:
            deed()
            return True

        return self.tried(done) or False
