"""What programs may ask of live conference rooms: `rooms.who`, `rooms.mute` and so on.

Every answer is plain data. Raises `LinesError` and `EslError`, whose words are told to the asker.
"""

from collections.abc import Callable, Sequence
from typing import Any

import gevent
import structlog

from ivr_flows.ports import Role
from lines.errors import DialRefused, RoomBusy, RoomUnknown
from lines.outgoing import Outcome, Outgoing, OutgoingCall, Placed
from lines.rooms.chair import Chair
from lines.rooms.ports import RoomFacts, RoomsAway
from store.models.line import Door

from ..asking import Asked
from .conferencing import Conferencing
from .room_news import RoomNews
from .room_program import RoomProgram

log = structlog.get_logger()

FLOW = "pressline-conference"
MOST_DIALLED = 20
"""People who are called in with one wish."""
REFUSED_WITHIN = 3.0
"""Seconds in which it shows whether somebody may be dialled at all."""
LONGEST = 500
"""Characters of an announcement."""

Work = Callable[[RoomProgram], Any]


class ConferenceDesk:
    def __init__(self, conferencing: Conferencing, news: RoomNews, outgoing: Outgoing) -> None:
        self._conferencing = conferencing
        self._news = news
        self._outgoing = outgoing

    def register(self, asked: Asked) -> None:
        verbs = (
            self.who, self.watch, self.mute, self.unmute, self.kick, self.lock, self.unlock,
            self.word, self.record, self.announce, self.end, self.dial, self.live,
        )  # fmt: skip
        for verb in verbs:
            asked.register(f"rooms.{verb.__name__}", verb)

    def who(self, room: str) -> dict[str, Any]:
        return self._news.state(self._facts(room))

    def watch(self, room: str) -> dict[str, Any]:
        return self._news.watch(self._facts(room))

    def live(self) -> list[dict[str, Any]]:
        """Rooms with somebody in them, and how many."""
        found = map(self._news.state, self._conferencing.lively)
        return [{**state, "members": len(state["members"])} for state in found]

    def mute(self, room: str, member: int = 0) -> dict[str, Any]:
        """A member, or (0) all but the moderators."""
        return self._chair(room, lambda c: c.mute(int(member)) if member else c.hush())

    def unmute(self, room: str, member: int = 0) -> dict[str, Any]:
        """A member, who may speak from now on; or (0) nobody is hushed any more."""
        return self._chair(room, lambda c: c.unmute(int(member)) if member else c.unhush())

    def kick(self, room: str, member: int) -> dict[str, Any]:
        return self._do(room, lambda program: program.show_out(int(member)))

    def lock(self, room: str) -> dict[str, Any]:
        return self._chair(room, lambda chair: chair.lock())

    def unlock(self, room: str) -> dict[str, Any]:
        return self._chair(room, lambda chair: chair.unlock())

    def word(self, room: str, member: int = 0) -> dict[str, Any]:
        """To a member, or (0) to the first hand; without one it is taken back."""
        return self._chair(room, lambda chair: _hand_on(chair, int(member)))

    def record(self, room: str, wanted: bool = True) -> dict[str, Any]:
        return self._do(room, lambda program: program.record(wanted=bool(wanted)))

    def announce(self, room: str, text: str) -> dict[str, Any]:
        """Say something to all, in the room's language."""
        return self._chair(room, lambda chair: chair.tell_all(str(text)[:LONGEST]))

    def end(self, room: str) -> dict[str, Any]:
        return self._do(room, lambda program: program.end())

    def dial(self, room: str, to: Sequence[str], role: str = Role.SPEAKER) -> dict[str, str]:
        """Call people and numbers in; what is known of each after some seconds: `ringing`, or an
        outcome. Raises `DialRefused` where not one of them may be dialled."""
        facts = self._facts(room)
        calls = [self._place(facts, str(each), Role(role)) for each in list(to)[:MOST_DIALLED]]
        gevent.joinall(calls, timeout=REFUSED_WITHIN)
        placed = {
            str(each): call.value if call.ready() else None
            for each, call in zip(to, calls, strict=False)
        }
        _check_refusals(placed)
        return {each: found.outcome if found else "ringing" for each, found in placed.items()}

    def _place(self, facts: RoomFacts, to: str, role: Role) -> "gevent.Greenlet[..., Placed]":
        call = OutgoingCall(
            to=to,
            door=Door.CONFERENCE,
            flow=FLOW,
            given={"room": facts.name, "role": role.value},
            asked_by=f"room {facts.name}"[:64],
            purpose=f"conference {facts.name}",
            language=facts.language,
        )
        return gevent.spawn(self._outgoing.place, call)

    def _chair(self, room: str, work: Callable[[Chair], object]) -> dict[str, Any]:
        return self._do(room, lambda program: work(program.chair))

    def _do(self, room: str, work: Callable[[RoomProgram], object]) -> dict[str, Any]:
        """How the room is afterwards."""
        facts = self._facts(room)
        try:
            self._conferencing.live(facts).ask(work)
        except gevent.Timeout as error:
            raise RoomBusy(facts.name) from error
        self._news.changed(facts.on_switch)
        return self._news.state_now(facts)

    def _facts(self, room: str) -> RoomFacts:
        try:
            found = self._conferencing.find(str(room))
        except RoomsAway as error:
            raise RoomBusy(str(room)) from error
        if found is None:
            raise RoomUnknown(str(room))
        return found


def _hand_on(chair: Chair, number: int) -> None:
    if not chair.give_word(number):
        chair.take_word()


def _check_refusals(placed: "dict[str, Placed | None]") -> None:
    refused = {
        to: found.reason
        for to, found in placed.items()
        if found and found.outcome is Outcome.FORBIDDEN
    }
    for to, reason in refused.items():
        log.warning("not called into a conference", to=to, reason=reason)
    if refused and len(refused) == len(placed):
        raise DialRefused("\n".join(f"{to}: {reason}" for to, reason in refused.items()))
