"""Words to one member alone: the last ones count, whatever else was to be said."""

import time
from collections.abc import Callable, Sequence

import gevent
import structlog

from esl.conference_list import Member
from esl.errors import EslError, MemberMissing, RoomMissing
from ivr_flows.ports import Prompt, SpeechFailed
from lines.experts.conducting.stage import Stage
from lines.experts.hour.saying import Said
from lines.rooms import Room

log = structlog.get_logger()

UNKNOWN_LENGTH = 20.0
"""Seconds that a prompt is taken to last whose length nobody knows."""


class Whispers:
    """One greenlet for each member who is being told something, so that whoever presses keys in
    a rush neither queues up words nor holds up others."""

    def __init__(self, stage: Stage, language_of: Callable[[str], str]) -> None:
        self._stage = stage
        self._language_of = language_of
        self._next: dict[str, Sequence[Said]] = {}
        """What is to be said, by call; a call is in here while its greenlet lives."""
        self._until: dict[str, float] = {}
        """When what was said last has ended."""

    def tell(self, call_id: str, said: Sequence[Said]) -> None:
        busy = call_id in self._next
        self._next[call_id] = said
        if not busy:
            gevent.spawn(self._run, call_id)

    def forget(self, call_id: str) -> None:
        self._until.pop(call_id, None)

    def _run(self, call_id: str) -> None:
        said: Sequence[Said] = ()
        while self._next[call_id] is not said:
            said = self._next[call_id]
            try:
                self._say(call_id, said)
            except (RoomMissing, MemberMissing):
                log.debug("somebody has gone before being told", call=call_id)
            except (EslError, SpeechFailed) as error:
                log.info("somebody was not told", call=call_id, reason=str(error))
        del self._next[call_id]

    def _say(self, call_id: str, said: Sequence[Said]) -> None:
        prompts = self._prompts(said, self._language_of(call_id))
        if self._next[call_id] is said and (found := self._stage.member(call_id)):
            self._play(call_id, found, prompts)

    def _prompts(self, said: Sequence[Said], language: str) -> list[Prompt]:
        texts = [each.text(language) for each in said]
        return [prompt for text in texts for prompt in self._stage.speech.say(text, language)]

    def _play(self, call_id: str, found: tuple[Room, Member], prompts: list[Prompt]) -> None:
        room, member = found
        control = self._stage.control(room.name)
        now = time.monotonic()
        if now < self._until.get(call_id, 0.0):
            control.stop_playing(member.number)
        lengths = sum(prompt.seconds or UNKNOWN_LENGTH for prompt in prompts)
        self._until[call_id] = now + lengths
        for prompt in prompts:
            control.play(prompt.path, member.number)
