"""What happens in a room when somebody comes, leaves, presses a key, or asks for something."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from appliance.switchboard.room_program import RoomProgram
from appliance.switchboard.room_sounds import RoomSounds
from appliance.switchboard.room_visit import RoomVisit
from esl.conference import RoomControl
from esl.conference_events import KeyTold, MemberNews, MemberTold
from esl.conference_list import Member
from ivr_flows.ports import Role, RoomOutcome
from lines.errors import MemberUnknown
from lines.rooms import Room, room_words
from lines.rooms.chair import Chair
from lines.rooms.floor import Floor
from lines.rooms.ports import Farewell, RoomFacts
from store.models.room import Announce
from tests.lines.rooms.doubles import NAME, FakeControl, SpokenVoice

HOST, ANN, BOB, EVE = 1, 2, 3, 4
ROLES = {HOST: Role.MODERATOR, ANN: Role.SPEAKER, BOB: Role.SPEAKER, EVE: Role.LISTENER}


class Sounds(SpokenVoice):
    def chime(self, *, came: bool) -> Any:
        return [(Path("came" if came else "left"), 0.2)]

    def named(self, name: Path, language: str, said: Any) -> Any:
        return [(name, 2.0), *self.files(language, said)]


@dataclass
class Scene:
    """A room with a host, two speakers and a listener, each with the call `call-<number>`."""

    facts: RoomFacts = field(default_factory=lambda: RoomFacts(1, "planning"))
    now: float = 100.0

    def __post_init__(self) -> None:
        self.room = Room(NAME, "id")
        self.control = FakeControl(self.room)
        self.visits: dict[str, RoomVisit] = {}
        self.killed: list[str] = []
        sounds = cast(RoomSounds, Sounds())
        look = lambda: self.room if self.room.members else None  # noqa: E731
        control = cast(RoomControl, self.control)
        self.chair = Chair("planning", "en", control, sounds, look, Floor(), clock=lambda: self.now)
        self.program = RoomProgram(
            self.facts, self.chair, sounds, self.visits, self.killed.append, Path("/rec")
        )

    def enter(self, *numbers: int, ours: bool = True, name: Path | None = None) -> "Scene":
        for number in numbers:
            role, call = ROLES.get(number, Role.SPEAKER), f"call-{number}"
            if ours:
                visit = RoomVisit(
                    call, self.facts, role, self.chair.look, lambda: self.chair.floor,
                    lambda _visit: None, name=name,
                )  # fmt: skip
                self.visits[call] = visit
            speaks = role is not Role.LISTENER
            member = Member(number, call, speaks=speaks, moderator=role is Role.MODERATOR)
            self.room.members[number] = member
            self.program.member(MemberTold(MemberNews.CAME, NAME, "id", 0, self.now, member))
        return self

    def leave(self, number: int) -> None:
        member = self.room.members.pop(number)
        self.room.lower_hand(number)
        self.program.member(MemberTold(MemberNews.LEFT, NAME, "id", 0, self.now, member))

    def press(self, number: int, keys: str) -> list[str]:
        """What that member is told upon it."""
        self.control.heard.pop(number, None)
        for key in keys:
            self.program.key(KeyTold(f"call-{number}", key, self.now))
        return self.control.heard.get(number, [])

    def speakers(self) -> set[int]:
        return {number for number, member in self.room.members.items() if member.speaks}

    def told_all(self) -> list[str]:
        return self.control.heard.pop(0, [])


@pytest.fixture
def scene() -> Scene:
    made = Scene().enter(HOST, ANN, BOB, EVE)
    made.told_all()
    return made


# Speaking.


def test_a_speaker_mutes_and_unmutes_themselves(scene: Scene) -> None:
    assert scene.press(ANN, "2") == [room_words.MUTED["en"]]
    assert scene.speakers() == {HOST, BOB}
    assert scene.press(ANN, "2") == [room_words.UNMUTED["en"]]
    assert scene.speakers() == {HOST, ANN, BOB}


def test_a_listener_is_never_heard_by_their_own_key(scene: Scene) -> None:
    assert scene.press(EVE, "2") == [room_words.MAY_NOT["en"]]
    assert scene.speakers() == {HOST, ANN, BOB}


def test_the_word_goes_to_hands_in_their_order_and_from_one_to_the_next(scene: Scene) -> None:
    scene.press(HOST, "5")
    assert scene.press(EVE, "1") == ["Your hand is raised.", "You are number 1."]
    assert scene.press(ANN, "1") == ["Your hand is raised.", "You are number 2."]
    scene.press(HOST, "6")
    assert scene.speakers() == {HOST, EVE}
    scene.press(HOST, "6")
    assert scene.speakers() == {HOST, ANN}
    assert scene.press(HOST, "6") == [room_words.NO_HANDS["en"]]
    assert scene.speakers() == {HOST}


def test_a_hand_is_lowered_by_the_same_key(scene: Scene) -> None:
    scene.press(ANN, "1")
    assert scene.press(ANN, "1") == [room_words.HAND_DOWN["en"]]
    assert scene.room.hands == []


def test_a_speaker_who_had_the_word_in_a_free_room_goes_on_speaking(scene: Scene) -> None:
    scene.press(ANN, "1")
    scene.press(HOST, "66")
    assert scene.speakers() == {HOST, ANN, BOB}


def test_who_has_the_word_may_mute_themselves_for_a_while(scene: Scene) -> None:
    scene.press(EVE, "1")
    scene.press(HOST, "6")
    scene.press(EVE, "2")
    assert EVE not in scene.speakers()
    scene.press(EVE, "2")
    assert EVE in scene.speakers()


def test_whom_the_moderator_has_muted_cannot_undo_it(scene: Scene) -> None:
    scene.chair.mute(ANN)
    assert scene.press(ANN, "2") == [room_words.MAY_NOT["en"]]
    scene.chair.unmute(ANN)
    assert scene.press(ANN, "2") == [room_words.MUTED["en"]]


def test_who_comes_into_a_hushed_room_is_not_heard_until_all_are(scene: Scene) -> None:
    scene.press(HOST, "5")
    scene.enter(5)
    assert scene.speakers() == {HOST}
    scene.press(HOST, "5")
    assert scene.speakers() == {HOST, ANN, BOB, 5}


def test_a_speakers_key_steers_nothing(scene: Scene) -> None:
    for key in "45678":
        assert scene.press(ANN, key) == []
    assert not scene.room.locked
    assert not scene.room.recordings
    assert scene.speakers() == {HOST, ANN, BOB}


def test_two_moderators_who_press_at_once_give_the_word_to_two_hands(scene: Scene) -> None:
    """One after the other: nobody gets it twice, and the first has it no more."""
    for number in (EVE, ANN):
        scene.press(number, "1")
    scene.press(HOST, "566")
    assert (scene.chair.floor.word, scene.room.hands) == (ANN, [])


def test_whose_member_number_is_gone_is_told_to_who_asked(scene: Scene) -> None:
    for wish in (scene.chair.mute, scene.chair.unmute, scene.chair.give_word):
        with pytest.raises(MemberUnknown, match="number 99"):
            wish(99)


# Leaving and ending.


def test_who_leaves_by_key_is_shown_out_with_that_reason(scene: Scene) -> None:
    assert scene.press(ANN, "#") == [room_words.SURE_TO_LEAVE["en"]]
    scene.press(ANN, "#")
    assert scene.control.kicked == [ANN]
    visit = scene.visits["call-2"]
    assert visit.farewell(RoomOutcome.SHOWN_OUT) is Farewell.LEFT


def test_the_end_for_all_reaches_those_who_have_no_program_too(scene: Scene) -> None:
    scene.enter(9, ours=False)
    scene.press(HOST, "88")
    assert scene.killed == ["call-9"]
    assert set(scene.control.kicked) >= {HOST, ANN, BOB, EVE}
    assert scene.visits["call-2"].reason is Farewell.ENDED


def test_who_came_in_before_a_restart_is_hung_up_instead_of_shown_out(scene: Scene) -> None:
    scene.enter(9, ours=False)
    scene.program.show_out(9)
    assert (scene.killed, scene.control.kicked) == (["call-9"], [])


def test_a_room_ends_with_its_last_moderator_only_where_that_is_wanted(scene: Scene) -> None:
    scene.leave(HOST)
    assert scene.control.kicked == []
    ending = Scene(RoomFacts(1, "planning", ends_with_moderator=True)).enter(HOST, ANN, 7)
    ending.leave(7)
    assert ending.control.kicked == []
    ending.leave(HOST)
    assert ending.control.kicked == [ANN]


def test_who_has_left_has_no_word_no_voice_and_no_hand(scene: Scene) -> None:
    scene.press(ANN, "1")
    scene.press(HOST, "6")
    scene.leave(ANN)
    assert (scene.chair.floor.word, scene.room.hands) == (0, [])
    assert ANN not in scene.chair.floor.voices


# Announcing.


def test_who_comes_and_leaves_is_announced_by_name_or_tone() -> None:
    scene = Scene(RoomFacts(1, "planning", announce=Announce.NAME)).enter(HOST)
    assert scene.told_all() == []
    scene.enter(ANN, name=Path("/names/ann.wav"))
    assert scene.told_all() == ["/names/ann.wav", room_words.JOINED["en"]]
    scene.enter(BOB)
    assert scene.told_all() == ["came"]
    scene.leave(ANN)
    assert scene.told_all() == ["/names/ann.wav", room_words.LEFT["en"]]
    scene.leave(BOB)
    assert scene.told_all() == ["left"]


def test_listeners_come_and_go_unannounced(scene: Scene) -> None:
    scene.leave(EVE)
    scene.enter(EVE)
    assert scene.told_all() == []


def test_a_crowd_is_not_announced_one_by_one() -> None:
    scene = Scene(RoomFacts(1, "planning", announce=Announce.NAME)).enter(HOST)
    scene.enter(*range(10, 1_010), name=Path("/names/somebody.wav"))
    assert len(scene.told_all()) < 20
    scene.now += 60.0
    scene.enter(2_000)
    assert scene.told_all() == ["came"]


# Recording.


def test_a_recording_by_key_is_told_to_all_and_to_who_comes_without_knowing(scene: Scene) -> None:
    scene.press(HOST, "7")
    assert scene.told_all() == [room_words.RECORDING["en"]]
    assert len(scene.room.recordings) == 1
    scene.enter(5)
    assert scene.control.heard[5] == [room_words.RECORDING["en"]]
    scene.told_all()
    scene.press(HOST, "7")
    assert scene.told_all() == [room_words.NOT_RECORDING["en"]]
    assert not scene.room.recordings


def test_a_room_that_is_always_recorded_begins_with_its_first_member() -> None:
    scene = Scene(RoomFacts(1, "planning", record=True)).enter(ANN)
    assert len(scene.room.recordings) == 1
    scene.enter(HOST)
    assert len(scene.room.recordings) == 1


def test_where_all_wait_for_the_moderator_the_recording_does_too() -> None:
    facts = RoomFacts(1, "planning", record=True, wait_for_moderator=True)
    scene = Scene(facts).enter(ANN)
    assert not scene.room.recordings
    scene.enter(HOST)
    assert len(scene.room.recordings) == 1
    scene.press(HOST, "7")
    scene.enter(BOB)
    assert not scene.room.recordings


# What outlives the callbox.


def test_only_what_has_changed_is_noted_with_the_switch(scene: Scene) -> None:
    scene.chair.note()
    assert scene.control.notes == {"voices": "2,3", "begun": "1"}
    scene.press(EVE, "1")
    scene.chair.note()
    assert scene.control.notes["hands"] == "4"
    before = scene.control.changes
    scene.chair.note()
    assert scene.control.changes == before
    scene.press(EVE, "1")
    scene.chair.note()
    assert scene.control.notes["hands"] == ""
