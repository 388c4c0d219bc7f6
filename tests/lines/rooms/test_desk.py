"""What programs may ask of live rooms: calling people in, and rooms that are not there."""

from typing import Any, cast

import pytest

from appliance.asking import Asked
from appliance.switchboard.conference_desk import MOST_DIALLED, ConferenceDesk
from appliance.switchboard.conferencing import Conferencing
from appliance.switchboard.room_news import RoomNews
from lines.errors import DialRefused, RoomBusy, RoomEmpty, RoomUnknown
from lines.outgoing import Outcome
from lines.rooms.ports import RoomFacts, RoomsAway
from lines.simulated_outgoing import SimulatedOutgoing
from store.models.line import Door

PLANNING = RoomFacts(1, "planning", language="yue")


class Rooms:
    """One room, in which nobody is; `away`: the store cannot be asked."""

    away = False

    def find(self, asked: str) -> RoomFacts | None:
        if self.away:
            raise RoomsAway("away")
        return PLANNING if asked == "planning" else None

    def live(self, facts: RoomFacts) -> Any:
        raise RoomEmpty(facts.name)


def desk(outgoing: SimulatedOutgoing, rooms: Rooms | None = None) -> ConferenceDesk:
    conferencing = cast(Conferencing, rooms or Rooms())
    return ConferenceDesk(conferencing, cast(RoomNews, None), outgoing)


def test_people_are_called_in_through_the_conference_door_and_asked_for_by_the_room() -> None:
    outgoing = SimulatedOutgoing()
    assert desk(outgoing).dial("planning", ["anna"], "listener") == {"anna": "answered"}
    (call,) = outgoing.placed
    assert (call.door, call.flow) == (Door.CONFERENCE, "pressline-conference")
    assert call.given == {"room": "planning", "role": "listener"}
    assert (call.asked_by, call.language) == ("room planning", "yue")


def test_who_may_not_be_dialled_is_refused() -> None:
    outgoing = SimulatedOutgoing({"0900": Outcome.FORBIDDEN})
    with pytest.raises(DialRefused, match="0900"):
        desk(outgoing).dial("planning", ["0900"])
    told = desk(outgoing).dial("planning", ["0900", "anna"])
    assert told == {"0900": "forbidden", "anna": "answered"}


def test_a_list_without_end_is_cut() -> None:
    outgoing = SimulatedOutgoing()
    desk(outgoing).dial("planning", [f"person{n}" for n in range(1_000)])
    assert len(outgoing.placed) == MOST_DIALLED


def test_a_room_that_is_unknown_empty_or_cannot_be_asked_says_so() -> None:
    asked = desk(SimulatedOutgoing())
    with pytest.raises(RoomUnknown, match="nowhere"):
        asked.kick("nowhere", 1)
    with pytest.raises(RoomEmpty, match="planning"):
        asked.lock("planning")
    away = Rooms()
    away.away = True
    with pytest.raises(RoomBusy):
        desk(SimulatedOutgoing(), away).lock("planning")


def test_every_verb_of_the_documents_is_there() -> None:
    asked = Asked(lambda *_: None)
    desk(SimulatedOutgoing()).register(asked)
    named = "live who watch mute unmute kick lock unlock word record announce end dial"
    assert sorted(asked._handlers) == sorted(f"rooms.{verb}" for verb in named.split(" "))


def test_rooms_with_somebody_in_them_are_told_in_short() -> None:
    class Lively(Rooms):
        lively = (PLANNING,)

    class News:
        def state(self, facts: RoomFacts) -> dict[str, Any]:
            return {"room": facts.name, "locked": True, "members": [{"number": 1}, {"number": 2}]}

    rooms = cast(Conferencing, Lively())
    found = ConferenceDesk(rooms, cast(RoomNews, News()), SimulatedOutgoing()).live()
    assert found == [{"room": "planning", "locked": True, "members": 2}]
