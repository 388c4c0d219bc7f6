"""Messages while callers leave them: a row before the tone, and a file that always finds it.

Nothing here raises: what cannot be asked is taken to be well, so that a caller can always speak.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import structlog

from ivr_flows.ports import Call, Party, Recording
from store.jobs import Job, MessageBegun, MessageNoted
from store.writer import Writer
from voicemail.keeping import discard, keep
from voicemail.ports import Box, Door, Draft, Note, Said

from ..errors import SidecarError
from ..home import Home
from ..sidecar import Sidecar
from ..threads import in_thread

log = structlog.get_logger()

DOOR_LIMIT = 2.0
"""Seconds to look a mailbox up; the caller hears nothing meanwhile."""
BEGIN_LIMIT = 2.0
"""Seconds for a message's row to be safe; longer, and the caller is not kept waiting for it."""
SAID_LIMIT = 4.0
"""Seconds to look into a recording."""


class Leaving:
    """The half of the port `Mailroom` that callers need."""

    def __init__(self, home: Home, sidecar: Sidecar, writer: Writer) -> None:
        self._home = home
        self._sidecar = sidecar
        self._writer = writer
        self._open: dict[str, MessageBegun] = {}
        self._finishing: set[str] = set()

    def is_busy(self, call_id: str) -> bool:
        """Whether a message of this call is still in our hands."""
        return any(begun.call == call_id for begun in list(self._open.values()))

    def door(self, box: str, greeting: str) -> Door:
        try:
            found: Door = self._sidecar.run("door", box, greeting, limit=DOOR_LIMIT)
        except SidecarError as error:
            log.warning("a mailbox could not be looked up", box=box, reason=str(error))
            return Door(Box(0, box))
        return found

    def begin(self, box: Box, call_id: str, caller: Party, dialed: str, language: str) -> Draft:
        begun = MessageBegun(
            id=uuid4().hex,
            box=box.name,
            call=call_id,
            started_at=datetime.now(UTC),
            caller_number=caller.number,
            caller_name=caller.name,
            withheld=caller.withheld,
            dialled=dialed,
            language=language,
        )
        self._open[begun.id] = begun
        self._writer.put(begun)
        if not self._writer.settle(BEGIN_LIMIT):
            log.error("a message begins without its row", message=begun.id)
        return Draft(begun.id, box, self._home.messages_in_progress.absolute())

    def said(self, path: Path) -> Said | None:
        try:
            found: Said = self._sidecar.run("said", path, limit=SAID_LIMIT)
        except SidecarError as error:
            log.warning("a recording could not be looked into", path=str(path), reason=str(error))
            return None
        return found

    def note(self, draft: Draft, note: Note) -> None:
        self._writer.put(_noted(draft, note))

    def keep(self, draft: Draft, take: int, note: Note, ended_by: str) -> None:
        begun = self._open[draft.id]
        noted = _noted(draft, note)
        self._finish(begun, lambda: keep(self._home.voicemail, begun, take, noted, ended_by))

    def discard(self, draft: Draft, reason: str) -> None:
        begun = self._open[draft.id]
        self._finish(begun, lambda: discard(self._home.voicemail, begun, reason))

    def take_in(self, box: str, call: Call, language: str, recording: Recording) -> None:
        """A recording that was made outside of any mailbox becomes a message. Returns at once."""
        in_thread(self._take_in, box, call, language, recording)

    def _take_in(self, box: str, call: Call, language: str, recording: Recording) -> None:
        draft = self.begin(Box(0, box), call.id, call.caller, call.dialed, language)
        begun = self._open[draft.id]
        self._finishing.add(draft.id)
        recording.path.rename(draft.take(1))
        ended_by = recording.finished_by
        self._in_thread(begun, lambda: keep(self._home.voicemail, begun, 1, None, ended_by))

    def leave_to_salvage(self, call_id: str) -> None:
        """The call is over; a message that it neither kept nor discarded is found again."""
        for begun in list(self._open.values()):
            if begun.call == call_id and begun.id not in self._finishing:
                del self._open[begun.id]

    def _finish(self, begun: MessageBegun, finish: Callable[[], Job]) -> None:
        self._finishing.add(begun.id)
        in_thread(self._in_thread, begun, finish)

    def _in_thread(self, begun: MessageBegun, finish: Callable[[], Job]) -> None:
        """A failure leaves the row as it is: salvage tries again."""
        try:
            self._writer.put(finish())
            self._writer.settle(BEGIN_LIMIT)
        finally:
            self._open.pop(begun.id, None)
            self._finishing.discard(begun.id)


def _noted(draft: Draft, note: Note) -> MessageNoted:
    return MessageNoted(draft.id, note.urgent, note.callback_number, note.callback_confirmed)
