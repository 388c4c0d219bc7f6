"""A message while it is being left: in the end it is kept or discarded, exactly once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ivr_flows.ports import CallEnded, CallFailed
from voicemail.ports import Draft, Mailroom, Note


@dataclass(frozen=True, slots=True)
class Take:
    """One attempt of the caller's."""

    number: int
    path: Path
    seconds: float
    spoken_seconds: float
    ended_by: str
    """`key`, `silence`, `limit`, `hangup` or `failed`."""


@dataclass(slots=True)
class OpenMessage:
    mailroom: Mailroom
    draft: Draft
    note: Note = field(default_factory=Note)
    best: Take | None = None
    """The one that will be the message."""
    shortfall: str = "the call ended before the tone"
    """Why there is no message, as long as there is none."""
    takes: int = 0
    """Attempts so far; the present one has this number."""
    _recording: bool = False
    _closed: bool = False

    def next_take(self) -> Path:
        """Where the next attempt is recorded."""
        self.takes += 1
        return self.draft.take(self.takes)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Left by `SwitchLost` or a fault, the file is still the switch's."""
        self._recording = True
        try:
            yield
        except (CallEnded, CallFailed):
            self._recording = False
            raise
        self._recording = False

    def change(self, note: Note) -> None:
        """Stored at once, so that a crash does not lose it."""
        self.note = note
        self.mailroom.note(self.draft, note)

    def change_number(self, number: str, *, confirmed: bool) -> None:
        self.change(replace(self.note, callback_number=number, callback_confirmed=confirmed))

    def close(self) -> bool:
        """Hand the message in, or say why there is none; whether there is one.

        If it is not known whether the switch still records, nothing is done: the row stays open
        and the message is salvaged when the recording is whole.
        """
        if not self._closed and not self._recording:
            self._closed = True
            self._hand_in()
        return self.best is not None

    def _hand_in(self) -> None:
        if self.best is None:
            self.mailroom.discard(self.draft, self.shortfall)
        else:
            self.mailroom.keep(self.draft, self.best.number, self.note, self.best.ended_by)
