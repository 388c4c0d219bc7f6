"""Music for somebody whom the other side has put on hold."""

import asyncio
import logging
from functools import partial

from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.rtp_port import Playing
from softswitch.session import Session

log = logging.getLogger(__name__)

USUAL = "local_stream://moh"
"""switch_core_media.c, switch_core_media_toggle_hold."""


class HoldMusic:
    """For the two of a bridge, from its creation until `stop`."""

    def __init__(self, one: Session, other: Session) -> None:
        self._pair = one, other
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._playing: dict[str, Playing] = {}
        one.on_hold = partial(self._on_hold, one, other)
        other.on_hold = partial(self._on_hold, other, one)

    def stop(self) -> None:
        for session in self._pair:
            session.on_hold = lambda on: None
            self._end(session)

    def _on_hold(self, holder: Session, listener: Session, on: bool) -> None:
        """What the listener hears is the holder's to say."""
        self._end(listener)
        name = holder.variables.get("hold_music", USUAL)
        if on and name != "silence":
            task = asyncio.get_running_loop().create_task(self._play(listener, name))
            self._tasks[listener.uuid] = task

    def _end(self, listener: Session) -> None:
        if task := self._tasks.pop(listener.uuid, None):
            task.cancel()
        if playing := self._playing.pop(listener.uuid, None):
            playing.stop()

    async def _play(self, listener: Session, name: str) -> None:
        try:
            sound = await listener.switch.sounds.open(name)
        except (SoundMissing, SoundUnusable) as fault:
            log.warning("there is no music on hold: %s", fault)
            return
        sound.repeat()
        self._playing[listener.uuid] = listener.port.play(sound)
