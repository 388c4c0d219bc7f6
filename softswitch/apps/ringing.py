"""What a caller hears while phones ring for it."""

import asyncio
import logging

from softswitch.errors import SoundMissing, SoundUnusable
from softswitch.media.rtp_port import Playing
from softswitch.originate.dialstring import DialString
from softswitch.originate.leg import Leg
from softswitch.session import Session
from softswitch.variables import is_true

log = logging.getLogger(__name__)


class Ringing:
    """What the caller hears while phones ring."""

    def __init__(self, session: Session, dial: DialString) -> None:
        self._session = session
        self._playing: Playing | None = None
        self._ringback = dial.variables.get("ringback") or session.variables.get(
            "transfer_ringback" if session.channel.answered else "ringback", ""
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._early_counts = not is_true(dial.variables.get("ignore_early_media", ""))

    def start(self) -> None:
        """Before any phone rings, where that is wanted."""
        if self._session.variables.is_true("instant_ringback"):
            self._begin()

    async def wait(self, done: "asyncio.Future[None]", seconds: float) -> None:
        await self._session.wait(done=done, seconds=seconds)

    def on_progress(self, leg: Leg) -> None:
        if leg.session.channel.answer_state == "early" and self._early_counts:
            self._session.line.start_media()
            return
        if not self._session.channel.answered:
            self._session.line.ring()
        self._begin()

    def _begin(self) -> None:
        if self._ringback and not self._tasks:
            task = asyncio.get_running_loop().create_task(self._play(self._ringback))
            self._tasks.add(task)

    async def _play(self, name: str) -> None:
        self._session.line.start_media()
        tone = name.removeprefix("tone_stream://")
        name = f"tone_stream://{tone}" if tone.startswith("%") else name
        try:
            sound = await self._session.switch.sounds.open(name)
        except (SoundMissing, SoundUnusable) as fault:
            log.warning("a caller waits in silence: %s", fault)
            return
        sound.repeat()
        self._playing = self._session.port.play(sound)

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self._playing is not None:
            self._playing.stop()
