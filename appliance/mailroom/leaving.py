"""Messages while callers leave them: a row before the tone, and a file that always finds it.

Nothing here raises: what cannot be asked is taken to be well, so that a caller can always speak.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import gevent
import structlog

from ivr_flows.ports import Call, Party, Recording
from store.jobs import MessageBegun, MessageNoted
from store.writer import Writer
from voicemail.ports import Box, Door, Draft, Note, Said

from ..errors import SidecarError
from ..home import Home
from ..sidecar import Sidecar
from ..threads import in_pool
from .ear import Ear

log = structlog.get_logger()

DOOR_LIMIT = 2.0
"""Seconds to look a mailbox up; the caller hears nothing meanwhile."""
BEGIN_LIMIT = 2.0
"""Seconds for a message's row to be safe; longer, and the caller is not kept waiting for it."""
SAID_LIMIT = 4.0
"""Seconds to look into a recording."""
FINISH_LIMIT = 60.0
"""Seconds to bring a recording to its place: nobody waits for it."""


class Leaving:
    """The half of the port `Mailroom` that callers need."""

    def __init__(self, home: Home, sidecar: Sidecar, ear: Ear, writer: Writer) -> None:
        self._home = home
        self._sidecar = sidecar
        self._ear = ear
        self._writer = writer
        self._open: dict[str, MessageBegun] = {}
        self._finishing: set[str] = set()

    def busy_calls(self) -> list[str]:
        """Calls of which a message is still in our hands."""
        return [begun.call for begun in self._open.values()]

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
        self._ear.wake()
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

    def hears_numbers(self, language: str) -> bool:
        return self._ear.hears(language)

    def number_said(self, path: Path, language: str) -> str | None:
        return self._ear.number(path, language)

    def note(self, draft: Draft, note: Note) -> None:
        self._writer.put(_noted(draft, note))

    def keep(self, draft: Draft, take: int, note: Note, ended_by: str) -> None:
        self._finish(self._open[draft.id], "keep", take, _noted(draft, note), ended_by)

    def discard(self, draft: Draft, reason: str) -> None:
        self._finish(self._open[draft.id], "discard", reason)

    def take_in(self, box: str, call: Call, language: str, recording: Recording) -> None:
        """A recording that was made outside of any mailbox becomes a message. Returns at once."""
        gevent.spawn(self._take_in, box, call, language, recording)

    def _take_in(self, box: str, call: Call, language: str, recording: Recording) -> None:
        draft = self.begin(Box(0, box), call.id, call.caller, call.dialed, language)
        in_pool(recording.path.rename, draft.take(1))
        self._finish(self._open[draft.id], "keep", 1, None, recording.finished_by)

    def leave_to_salvage(self, call_id: str) -> None:
        """The call is over; a message that it neither kept nor discarded is found again."""
        for begun in list(self._open.values()):
            if begun.call == call_id and begun.id not in self._finishing:
                del self._open[begun.id]

    def _finish(self, begun: MessageBegun, task: str, *facts: object) -> None:
        """Returns at once. A task that fails leaves the row as it is: salvage tries again."""
        self._finishing.add(begun.id)
        gevent.spawn(self._run_finish, begun, task, facts)

    def _run_finish(self, begun: MessageBegun, task: str, facts: Sequence[object]) -> None:
        try:
            self._writer.put(self._sidecar.run(task, begun, *facts, limit=FINISH_LIMIT))
            self._writer.settle(BEGIN_LIMIT)
        except SidecarError as error:
            log.error("a message is left to salvage", message=begun.id, reason=str(error))
        finally:
            self._open.pop(begun.id, None)
            self._finishing.discard(begun.id)


def _noted(draft: Draft, note: Note) -> MessageNoted:
    return MessageNoted(draft.id, note.urgent, note.callback_number, note.callback_confirmed)
