"""Takes in what the switch recorded by itself while the callbox was away."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import structlog

from store.folders import files
from store.jobs import MessageBegun, MessageDiscarded, MessageKept
from tts_asr.sound_facts import facts
from voicemail.errors import MessageNotKept
from voicemail.keeping.placing import place

log = structlog.get_logger()

# The dialplan's last resort names the file (docs/freeswitch.md); a number that is none is
# called `unknown` by it.
NAME = re.compile(
    r"(?P<call>[0-9A-Za-z-]{1,64})_(?P<caller>\+?[0-9]{1,20}|unknown)"
    r"_(?P<dialled>[0-9*#+]{1,20}|unknown)\.wav",
    re.ASCII,
)
UNKNOWN = "unknown"
STILL_WRITTEN = timedelta(seconds=5)
"""A recording that grows does so at least twice a second."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of the number that was dialled."""

    box: str
    language: str = ""


LineOf = Callable[[str, datetime], Line]
"""Of a number dialled, which may be empty, and the time of the call. May raise `StoreAway`."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """What a file's name tells."""

    call: str
    caller: str = ""
    dialled: str = ""


def spooled(name: str) -> Spooled | None:
    """None for a file that is none of the switch's recordings."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    caller, dialled = ("" if told == UNKNOWN else told for told in found.group("caller", "dialled"))
    return Spooled(found["call"], caller, dialled)


def message_of(path: Path) -> str:
    """The id of the message that a spooled file becomes: always the same."""
    return uuid5(NAMESPACE_URL, path.name).hex


def take_in_spool(
    folder: Path, spool: Path, is_alive: Callable[[str], bool], before: datetime, line_of: LineOf
) -> Iterator[MessageKept | MessageDiscarded]:
    """A message from each recording that is complete; `sweep` removes the files later."""
    for path in files(spool):
        said = spooled(path.name)
        if said and not is_alive(said.call):
            try:
                yield from _taken(folder, path, said, before, line_of)
            except (MessageNotKept, OSError) as error:
                log.error("a spooled message waits", path=path.name, reason=str(error))


def _taken(
    folder: Path, path: Path, said: Spooled, before: datetime, line_of: LineOf
) -> Iterator[MessageKept | MessageDiscarded]:
    ended = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if ended > before - STILL_WRITTEN:
        return
    fact = facts(path)
    line = line_of(said.dialled, ended)
    begun = MessageBegun(
        id=message_of(path),
        box=line.box,
        call=said.call,
        started_at=ended - timedelta(seconds=fact.seconds),
        caller_number=said.caller,
        withheld=not said.caller,
        dialled=said.dialled,
        language=line.language,
    )
    if fact.spoken_seconds > 0:
        yield place(folder, begun, path, "salvaged", None)
    else:
        yield MessageDiscarded(begun, ended, "nothing was said")
