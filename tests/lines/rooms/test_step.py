"""The step in a flow: who gets in, what is heard, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest

from ivr_flows.errors import FlowInvalid
from ivr_flows.loader import load_flow
from ivr_flows.ports import Role
from ivr_flows.simulator import Simulation, simulate
from ivr_flows.steps import CORE, table_of
from ivr_flows.texts import constant_texts
from ivr_flows.trial import Trial
from ivr_flows.world import World
from lines.rooms import room_words, words
from lines.rooms.ports import CONFERENCE, ConferenceRooms, Farewell, Inside, RoomFacts
from lines.rooms.simulated import SimulatedRooms
from lines.rooms.step import Conference
from store.models.room import Announce

TABLE = table_of(*CORE.values(), Conference)
WORLD = World(named={CONFERENCE: {"planning", "701"}})
PLANNING = RoomFacts(1, "planning", "the planning conference", pins=frozenset({Role.SPEAKER}))
PINS = {"7294": Role.SPEAKER, "5183": Role.MODERATOR}


def flow_text(step: str, then: str = "") -> str:
    return f"flow: main\nstart: a\nsteps:\n  a: {{conference: {step}{then}}}\n"


def rooms(facts: RoomFacts = PLANNING, **more: object) -> SimulatedRooms:
    made = SimulatedRooms({"planning": facts, "701": facts}, PINS)
    for name, value in more.items():
        setattr(made, name, value)
    return made


@dataclass
class Visited:
    simulation: Simulation
    rooms: SimulatedRooms

    @property
    def event(self) -> str:
        return self.simulation.run.trace[0].event

    @property
    def heard(self) -> list[str]:
        return self.simulation.call.heard

    @property
    def detail(self) -> Mapping[str, object]:
        return self.simulation.run.trace[0].detail


def visit(*keys: str, into: SimulatedRooms | None = None, step: str = "planning",
          then: str = "", **trial: object) -> Visited:  # fmt: skip
    into = into or rooms()
    flow = load_flow(flow_text(step, then), "main.yaml", World(), TABLE)
    facts = {"name": "t", "keys": keys, **trial}
    services = {ConferenceRooms: into}
    return Visited(simulate(flow, Trial.model_validate(facts), services=services), into)


def test_a_caller_with_the_pin_is_welcomed_and_in() -> None:
    made = visit("7294#")
    assert made.event == "ended"
    assert made.heard[:2] == [words.ASK_PIN["en"], "Welcome to the planning conference."]
    assert made.rooms.visits[0].role is Role.SPEAKER
    assert made.rooms.visits[0].left


def test_a_caller_keys_the_number_where_the_flow_names_no_room() -> None:
    made = visit("701#", "5183#", step="{}")
    assert made.heard[0] == words.ASK_ROOM["en"]
    assert made.rooms.visits[0].role is Role.MODERATOR


def test_a_number_that_is_no_rooms_sounds_like_a_wrong_pin() -> None:
    made = visit("999#", "7294#", "7294#", "7294#", step="{}")
    assert made.event == "refused"
    assert made.heard.count(words.WRONG_PIN["en"]) == 2
    assert made.heard[-1] == words.LOCKED_PIN["en"]


def test_a_caller_who_keys_nothing_is_not_let_in() -> None:
    assert visit("", "", "").event == "refused"
    assert visit("", "", "", step="{}").event == "refused"


def test_a_room_without_pins_that_is_open_asks_nothing() -> None:
    made = visit(into=rooms(replace(PLANNING, pins=frozenset(), open=Role.LISTENER)))
    assert words.ASK_PIN["en"] not in made.heard
    assert made.heard[1] == words.LISTENING["en"]


def test_in_an_open_room_with_pins_the_hash_key_alone_lets_in() -> None:
    into = rooms(replace(PLANNING, open=Role.LISTENER))
    made = visit("#", into=into)
    assert words.OR_WITHOUT["en"] in made.heard
    assert into.visits[0].role is Role.LISTENER
    assert visit("5183#", into=into).rooms.visits[1].role is Role.MODERATOR


def test_the_flow_vouches_for_a_caller() -> None:
    made = visit(step="{room: planning, as: moderator}")
    assert made.rooms.visits[0].role is Role.MODERATOR
    assert words.ASK_PIN["en"] not in made.heard
    wrong = visit(
        step="{room: planning, as: '{{ dialed }}'}", then=", on: {error: a2}}\n  a2: {hangup: {}"
    )
    assert wrong.event == "error"


def test_the_flow_gives_the_pin_and_a_wrong_one_is_tried_once() -> None:
    assert visit(step="{room: planning, pin: '{{ dialed }}'}", dialed="7294").event == "ended"
    refused = visit(step="{room: planning, pin: '{{ dialed }}'}", dialed="1111")
    assert (refused.event, refused.rooms.wrong) == ("refused", {"planning": 1})


@pytest.mark.parametrize(
    ("farewell", "event"),
    [(Farewell.LEFT, "done"), (Farewell.KICKED, "kicked"), (Farewell.ENDED, "ended")],
)
def test_how_a_visit_ends(farewell: Farewell, event: str) -> None:
    assert visit("7294#", into=rooms(ends=farewell)).event == event


@pytest.mark.parametrize(
    ("closed", "said"), [(Farewell.FULL, words.FULL), (Farewell.LOCKED, words.LOCKED)]
)
def test_a_room_that_takes_nobody_says_so_after_the_pin(
    closed: Farewell, said: Mapping[str, str]
) -> None:
    made = visit("7294#", into=rooms(closed=closed))
    assert (made.event, made.heard[-1]) == (closed.value, said["en"])


def test_an_unknown_room_of_the_flow_is_an_event_of_its_own() -> None:
    made = visit(step="{room: '{{ dialed }}'}", then=", on: {unknown: b}}\n  b: {say: Nobody.")
    assert (made.event, made.heard) == ("unknown", ["Nobody."])


def test_who_hangs_up_in_the_room_gives_back_the_place() -> None:
    made = visit("7294#", hangs_up="30s")
    assert made.event == "hangup"
    assert made.rooms.visits[0].left
    assert made.detail["seconds"] > 5


def test_speakers_say_their_name_where_names_are_announced_and_listeners_do_not() -> None:
    facts = replace(PLANNING, announce=Announce.NAME)
    named = visit("7294#", into=rooms(facts), speaks="2s")
    assert words.ASK_NAME["en"] in named.heard
    assert named.rooms.visits[0].path
    silent = visit("7294#", into=rooms(facts), speaks="0s")
    assert silent.rooms.visits[0].path is None
    for step in ("{room: planning, as: listener}", "{room: planning, as: speaker, name: no}"):
        assert words.ASK_NAME["en"] not in visit(into=rooms(facts), step=step).heard


def test_everybody_is_told_of_a_recording_and_of_the_wait() -> None:
    made = visit("7294#", into=rooms(inside=Inside(recorded=True, waits=True)))
    assert made.heard[2:4] == [words.RECORDED["en"], words.WAIT["en"]]


def test_a_room_speaks_its_own_language_unless_the_flow_says_otherwise() -> None:
    facts = replace(PLANNING, language="yue")
    assert words.ASK_PIN["yue"] in visit("7294#", into=rooms(facts)).heard
    step = "{room: planning, language: zh}"
    assert words.ASK_PIN["zh"] in visit("7294#", into=rooms(facts), step=step).heard


def test_rooms_that_cannot_be_asked_fail_the_step_after_polite_words() -> None:
    made = visit("7294#", into=rooms(away=True))
    assert made.event == "error"
    assert made.heard[0] == words.AWAY["en"]


def test_what_became_of_it_is_stored_and_no_pin_is_in_the_trace() -> None:
    then = ", next: b}\n  b: {say: '{{ v.room }} {{ v.role }} {{ v.seconds }}'"
    made = visit("7294#", step="{room: planning, store: v}", then=then)
    assert made.heard[-1] == "planning speaker 60.0"
    assert "7294" not in str(made.simulation.run.trace)


def test_what_is_odd_is_told_when_the_flow_is_loaded() -> None:
    for step, fault in (
        ("planing", 'there is no conference room "planing", did you mean "planning"?'),
        ("{room: planning, as: boss}", 'unknown role "boss"'),
        ("{room: planning, language: zn}", 'unknown language "zn"'),
    ):
        with pytest.raises(FlowInvalid) as refused:
            load_flow(flow_text(step), "main.yaml", WORLD, TABLE)
        assert fault in str(refused.value)


@pytest.mark.parametrize("language", ["en", "zh", "yue"])
def test_all_that_is_said_is_rendered_before_anybody_calls(language: str) -> None:
    text = flow_text("planning").replace("start:", f"language: {language}\nstart:")
    rendered = list(constant_texts(load_flow(text, "main.yaml", table=TABLE)))
    for said in (words.ASK_PIN, words.FULL, room_words.HELP, room_words.YOUR_WORD):
        assert (said[language], language, "") in rendered


def test_every_sentence_is_there_in_every_language() -> None:
    for said in (*words.CONSTANT, *room_words.CONSTANT):
        assert set(said) == {"en", "zh", "yue"}
