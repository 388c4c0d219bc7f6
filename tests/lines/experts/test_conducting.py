"""What an hour orders is carried out, also when the switch or the voices fail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gevent
import pytest

from esl.conference_events import KeyTold, MemberNews, MemberTold, SoundNews, SoundTold
from esl.conference_list import Listed, Member
from esl.errors import EslError, MemberMissing
from ivr_flows.ports import Party, Prompt, SpeechFailed
from lines.experts.conducting import Conductor, Stage
from lines.experts.ports import Seat, SessionState
from lines.outgoing import Outcome
from lines.pieces.simulated import SimulatedPieceRecording
from lines.rooms import Room
from lines.simulated_outgoing import SimulatedOutgoing
from store.expert_jobs import QuestionNoted, SessionNoted
from store.jobs import Job
from tests.lines.experts.hours import HALL, START, agenda

LIMIT = 10.0
FLOW = "pressline-expert"


@dataclass
class Switch:
    """Rooms in memory: every command is noted, and told to whoever conducts."""

    done: list[str] = field(default_factory=list)
    rooms: dict[str, Room] = field(default_factory=dict)
    failing: dict[str, EslError] = field(default_factory=dict)
    """By the command's first word."""

    def control(self, name: str) -> Any:
        return _Control(self, name)

    def member(self, call_id: str) -> tuple[Room, Member] | None:
        for room in self.rooms.values():
            for member in room.members.values():
                if member.call_id == call_id:
                    return room, member
        return None

    def put(self, call_id: str, room: str, *, speaks: bool) -> Member:
        found = self.rooms.setdefault(room, Room(room, f"id-{room}"))
        member = Member(sum(len(r.members) for r in self.rooms.values()) + 1, call_id)
        found.members[member.number] = replace(member, speaks=speaks)
        return found.members[member.number]

    def name_of(self, number: int) -> str:
        members = (m for room in self.rooms.values() for m in room.members.values())
        return next((m.call_id for m in members if m.number == number), str(number))


class _Control:
    def __init__(self, switch: Switch, name: str) -> None:
        self._switch, self._name = switch, name

    def __getattr__(self, verb: str) -> Callable[..., None]:
        def do(*given: object) -> None:
            if verb in self._switch.failing:
                raise self._switch.failing[verb]
            words = [self._switch.name_of(g) if isinstance(g, int) else str(g) for g in given]
            self._switch.done.append(" ".join([self._name, verb, *words]))

        return do


@dataclass
class Voice:
    """Each text is a file of its own name."""

    broken: bool = False

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        if self.broken:
            raise SpeechFailed("no engine")
        return [Prompt(Path(f"{language}/{text[:20]}"), seconds=0.01)]

    def recording(self, name: str, language: str) -> Prompt:
        return Prompt(Path(f"own/{name}"), seconds=0.01)


@dataclass
class Scene:
    conductor: Conductor
    switch: Switch
    voice: Voice
    outgoing: SimulatedOutgoing
    pieces: SimulatedPieceRecording
    kept: list[Job]
    hung_up: list[str]
    over: list[Conductor]

    def enter(self, name: str, seat: Seat = Seat.CALLER, language: str = "en") -> None:
        self.conductor.enter(name, seat, Party("030"), language)
        member = self.switch.put(name, HALL, speaks=seat in (Seat.HOST, Seat.EXPERT))
        self.conductor.on_told(MemberTold(MemberNews.CAME, HALL, "", 1, 0.0, member))

    def press(self, name: str, key: str, at: float = 0.0) -> None:
        self.conductor.on_told(KeyTold(name, key, at))

    def waits_for(self, command: str) -> None:
        deadline = gevent.Timeout(LIMIT, AssertionError(f"no {command!r}: {self.switch.done}"))
        with deadline:
            while not any(command in done for done in self.switch.done):
                gevent.sleep(0.005)

    def heard(self, path: str) -> None:
        told = SoundTold(SoundNews.FILE_ENDED, HALL, "", 0.0, path)
        self.conductor.on_told(told)


@pytest.fixture
def scene() -> Scene:
    return made()


def made(**changed: Any) -> Scene:
    switch, voice, outgoing = Switch(), Voice(), SimulatedOutgoing({"fall": Outcome.BUSY})
    pieces = SimulatedPieceRecording()
    kept: list[Job] = []
    hung_up: list[str] = []
    over: list[Conductor] = []
    stage = Stage(
        switch.control,
        switch.member,
        hung_up.append,
        voice,
        outgoing,
        pieces,
        kept.append,
        lambda: START,
    )
    conductor = Conductor(agenda(**changed), stage, lambda hour: None, over.append)
    return Scene(conductor, switch, voice, outgoing, pieces, kept, hung_up, over)


def begun(scene: Scene) -> Scene:
    scene.conductor.tick()
    scene.enter("host", Seat.HOST)
    scene.enter("expert", Seat.EXPERT)
    scene.enter("ann")
    scene.press("ann", "1")
    return scene


def test_a_caller_is_heard_before_anything_is_said_or_recorded(scene: Scene) -> None:
    begun(scene)
    scene.waits_for("play en/You are number one. ann")
    scene.switch.done.clear()
    scene.press("host", "1")
    scene.waits_for("record /pieces/piece-1.wav")
    scene.waits_for("play en/You are on air. ann")
    assert scene.switch.done[0] == f"{HALL} unmute ann"


def test_a_caller_who_is_gone_meanwhile_stops_nothing(scene: Scene) -> None:
    begun(scene)
    scene.switch.failing["unmute"] = MemberMissing(HALL, "unmute 3", "-ERR Non-Existant ID 3")
    scene.press("host", "1")
    scene.waits_for("record /pieces/piece-1.wav")
    scene.switch.failing.clear()
    scene.conductor.leave("ann")
    scene.waits_for("stop_recording /pieces/piece-1.wav")
    scene.enter("bob")
    scene.press("bob", "1")
    scene.press("host", "1", at=10.0)
    scene.waits_for("unmute bob")


def test_an_hour_without_a_voice_goes_on(scene: Scene) -> None:
    scene.voice.broken = True
    begun(scene)
    scene.press("host", "1")
    scene.waits_for("unmute ann")


def test_a_piece_that_cannot_be_recorded_is_ended(scene: Scene) -> None:
    begun(scene)
    scene.switch.failing["record"] = EslError("no space")
    scene.press("host", "1")
    with gevent.Timeout(LIMIT):
        while "piece-1" not in scene.pieces.ended:
            gevent.sleep(0.005)


def test_each_hears_it_in_their_own_language(scene: Scene) -> None:
    begun(scene)
    scene.enter("li", language="zh")
    scene.press("li", "0")
    scene.waits_for("play zh/提问请按1。")


def test_a_rush_of_keys_does_not_queue_up_words(scene: Scene) -> None:
    begun(scene)
    for at in range(500):
        scene.press("ann", "0", at=float(at))
    scene.waits_for("play en/To ask a question, p ann")
    gevent.idle()
    assert sum("To ask a question" in done for done in scene.switch.done) < 10


def test_at_the_end_the_farewell_is_heard_before_all_are_let_go(scene: Scene) -> None:
    begun(scene)
    scene.press("host", "9")
    scene.press("host", "9", at=2.0)
    scene.waits_for(f"{HALL} play en/This hour is over.")
    assert f"{HALL} end" not in scene.switch.done
    scene.heard("en/This hour is over.")
    scene.waits_for(f"{HALL} end")
    with gevent.Timeout(LIMIT):
        while not scene.over:
            gevent.sleep(0.005)


def test_the_expert_is_called_into_the_session_and_the_host_hears_why_not(scene: Scene) -> None:
    scene.enter("host", Seat.HOST)
    scene.conductor.tick()
    scene.waits_for("play en/The guest's number i host")
    (call,) = scene.outgoing.placed
    assert (call.to, call.flow, dict(call.given)) == ("fall", FLOW, {"session": 7})


def test_when_the_callbox_stops_nobody_is_called_any_more_but_what_happens_is_kept(
    scene: Scene,
) -> None:
    begun(scene)
    scene.conductor.stop()
    before = len(scene.outgoing.placed)
    for name in ("ann", "expert", "host"):
        scene.conductor.leave(name)
    assert len(scene.outgoing.placed) == before
    kept = [job.state for job in scene.kept if isinstance(job, QuestionNoted)]
    assert kept[-1] == "gone"


def test_what_happens_is_kept(scene: Scene) -> None:
    begun(scene)
    scene.press("host", "1")
    sessions = [job.state for job in scene.kept if isinstance(job, SessionNoted)]
    questions = [job.state for job in scene.kept if isinstance(job, QuestionNoted)]
    assert (sessions, questions) == (["open", "live"], ["waiting", "on_air"])


def test_who_is_who_is_noted_with_the_hall_and_read_again(scene: Scene) -> None:
    begun(scene)
    scene.waits_for(f"{HALL} note expert expert")
    notes = {"host": "host", "expert": "expert", "screener": ""}
    members = tuple(scene.switch.rooms[HALL].members.values())
    later = made(state=SessionState.LIVE)
    later.switch.rooms = scene.switch.rooms
    later.conductor.resume(Listed(HALL, "id", members, notes=notes), [])
    view = later.conductor.hour.view
    assert [(each["call"], each["seat"]) for each in view["staff"]] == [
        ("host", "host"),
        ("expert", "expert"),
    ]
    assert view["listeners"] == 1


def test_what_was_recorded_before_a_restart_ends(scene: Scene) -> None:
    listed = Listed(HALL, "id", recordings=("/pieces/old.wav", "/elsewhere/other.wav"))
    made_now = made(state=SessionState.LIVE)
    made_now.conductor.resume(listed, [])
    assert f"{HALL} stop_recording /pieces/old.wav" in made_now.switch.done
    assert list(made_now.pieces.ended) == ["old"]


def test_whoever_is_missing_from_the_switchs_list_is_not_kept_on(scene: Scene) -> None:
    begun(scene)
    room = scene.switch.rooms[HALL]
    gone = next(number for number, m in room.members.items() if m.call_id == "ann")
    del room.members[gone]
    scene.conductor.set_right([room])
    assert scene.conductor.hour.whereabouts()["ann"] == ""
    scene.press("host", "1")
    assert scene.conductor.hour.view["on_air"] is None
