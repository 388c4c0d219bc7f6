"""One message: where its playing stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from ivr_flows.ports import CallEnded, CallFailed, Heard, Prompt
from voicemail.access.visit import Visit
from voicemail.access.words.listening import UNPLAYABLE
from voicemail.access.words.menus import AFTER, AFTER_DELETED
from voicemail.ports import Letter, MailroomAway

BEGUN_SECONDS = 0.1
"""A caller who hung up sooner has heard nothing."""
ASKED = 2
"""How often it is asked what shall become of a message, before the next one begins."""
NEXT_KEY = "6"


class Move(Enum):
    """Where a key leads."""

    STAY = "stay"
    NEXT = "next"
    PREVIOUS = "previous"
    AWAY = "away"
    """To the menu."""


@dataclass(slots=True)
class Playing:
    """A message that is being heard."""

    visit: Visit
    letter: Letter
    position: float = 0.0
    """In seconds."""
    ended: bool = False
    pending: str = ""
    """A key that was pressed for something else."""
    back_at: datetime | None = None
    """When the key that goes back was last pressed."""

    def key(self) -> str:
        """The next key: during the message, or in answer to what shall become of it."""
        self.visit.check_time()
        key, self.pending = self.pending, ""
        if not key and not self.ended:
            key = self._listen()
        return key or self._asked()

    def _listen(self) -> str:
        prompt = Prompt(self.letter.path, f"[{self.letter.id}]", self.letter.seconds)
        began = self.visit.context.now()
        try:
            heard = self.visit.call.listen(prompt, self.position)
        except CallEnded:
            if self.visit.context.seconds_since(began) >= BEGUN_SECONDS:
                self._mark()
            raise
        except CallFailed as failure:
            self.visit.context.note("unplayable", failure)
            self.visit.say(UNPLAYABLE)
            heard = Heard(self.position)
        else:
            if heard.seconds > self.position or not heard.key:
                self._mark()
        self.position, self.ended = heard.seconds, not heard.key
        return heard.key

    def _mark(self) -> None:
        """The message was heard; that this cannot be written down is not worth a word."""
        if self.letter.id in self.visit.heard:
            return
        self.visit.heard.add(self.letter.id)
        try:
            self.visit.room.heard(self.visit.box, self.letter.id)
        except MailroomAway:
            self.visit.context.note("not marked as heard", self.letter.id)

    def _asked(self) -> str:
        """A key; that of the next message when none is pressed."""
        deleted = self.letter.id in self.visit.deleted
        for _ in range(ASKED):
            key = self.visit.key(AFTER_DELETED if deleted else AFTER)
            if key:
                return key
        return NEXT_KEY
