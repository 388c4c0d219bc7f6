"""Client scripts that are run on both switches, and what each switch tells of them.

A run becomes lines of event name, states and application: no times, no UUIDs. `golden.toml` holds
the lines and the header names of the real FreeSWITCH.
"""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.contract.client import MORE_EVENTS, Connection, Frame
from tests.contract.conftest import CallMaker, Leg, PhoneMaker
from tests.contract.dialplan import recording
from tests.contract.phone import Manners
from tests.contract.sounds import Sounds
from tests.switches import Switch

GOLDEN = Path(__file__).with_name("golden.toml")

SHOWN = {
    "Channel-State": "",
    "Channel-Call-State": "",
    "Answer-State": "",
    "Application": "app",
    "Application-Response": "response",
    "Playback-Status": "status",
    "DTMF-Digit": "key",
    "Hangup-Cause": "cause",
}
UNTIMED = {"CHANNEL_PARK"}
"""May come before or after the subscription that would tell of it."""


class Stage:
    """What a script may use; `events` is what it was told."""

    def __init__(
        self,
        switch: Switch,
        calls: CallMaker,
        phones: PhoneMaker,
        inbound: Connection,
        sounds: Sounds,
    ) -> None:
        self.switch, self.calls, self.phones = switch, calls, phones
        self.inbound, self.sounds = inbound, sounds

    def leg(self, *, answer: bool = True) -> Leg:
        """A call in the program's hands, with all that can be told of it."""
        leg = self.calls(answer=False)
        leg.esl.command(f"event plain {MORE_EVENTS}")
        if answer:
            leg.esl.run("answer")
        return leg


Script = Callable[[Stage], list[Frame]]


def to_the_end(leg: Leg) -> list[Frame]:
    """What was told, but for what happened before the program came: a busy FreeSWITCH hands
    out events so late that some come after a subscription that they were older than."""
    leg.esl.event("CHANNEL_HANGUP_COMPLETE")
    first = int(leg.connected["Event-Sequence"])
    return [frame for frame in leg.esl.seen if int(frame.get("Event-Sequence") or first) >= first]


def answered_and_hung_up(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    leg.esl.run("set", "a=b")
    leg.esl.run("sleep", "100")
    leg.esl.run("hangup", "USER_BUSY")
    return to_the_end(leg)


def hung_up_by_message(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    leg.esl.command("sendmsg\ncall-command: hangup\nhangup-cause: CALL_REJECTED")
    return to_the_end(leg)


def played_and_missing(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    leg.esl.run("playback", stage.sounds.path("two"))
    leg.esl.run("playback", stage.sounds.path("nosuch"))
    leg.esl.run("hangup")
    return to_the_end(leg)


def caller_leaves_during_playback(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    leg.esl.start("playback", stage.sounds.path("long"))
    leg.esl.event("PLAYBACK_START")
    leg.phone.hang_up()
    return to_the_end(leg)


def key_in_a_menu(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    prompt = stage.sounds.path("prompt")
    mark = leg.esl.start("play_and_get_digits", f"1 1 1 3000 # {prompt} {prompt} choice \\d")
    leg.esl.event("PLAYBACK_START")
    leg.phone.press("4")
    leg.esl.finished(mark)
    leg.esl.run("hangup")
    return to_the_end(leg)


def recorded_to_the_limit(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    file = recording(stage.switch.recordings, "replay.wav")
    leg.esl.run("record", f"{file} 1 200 10")
    leg.esl.run("hangup")
    return to_the_end(leg)


def cancelled(stage: Stage) -> list[Frame]:
    leg = stage.leg(answer=False)
    leg.phone.hang_up()
    return to_the_end(leg)


def rejected(stage: Stage) -> list[Frame]:
    leg = stage.leg(answer=False)
    leg.esl.run("hangup", "CALL_REJECTED")
    return to_the_end(leg)


def early_media(stage: Stage) -> list[Frame]:
    leg = stage.leg(answer=False)
    leg.esl.run("playback", stage.sounds.path("two"))
    leg.esl.run("answer")
    leg.esl.run("hangup")
    return to_the_end(leg)


def bridged_and_back(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    other = stage.phones("2000")
    mark = leg.esl.start("bridge", f"sofia/internal/2000@127.0.0.1:{other.port}")
    leg.esl.event("CHANNEL_BRIDGE")
    other.hang_up()
    leg.esl.finished(mark)
    leg.esl.run("hangup")
    return to_the_end(leg)


def bridge_refused(stage: Stage) -> list[Frame]:
    leg = stage.leg()
    leg.esl.run("set", "continue_on_fail=true")
    busy = stage.phones("2000", Manners(status=486))
    leg.esl.run("bridge", f"sofia/internal/2000@127.0.0.1:{busy.port}")
    leg.esl.run("hangup")
    return to_the_end(leg)


def placed_and_killed(stage: Stage) -> list[Frame]:
    inbound = stage.inbound
    inbound.command(
        "event plain CHANNEL_OUTGOING CHANNEL_CREATE CHANNEL_ORIGINATE CHANNEL_PROGRESS "
        "CHANNEL_ANSWER CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE CHANNEL_DESTROY"
    )
    other = stage.phones("2000")
    told = inbound.api(f"originate sofia/internal/2000@127.0.0.1:{other.port} &park()")
    inbound.event("CHANNEL_ANSWER")
    inbound.api(f"uuid_kill {told[4:].strip()}")
    inbound.event("CHANNEL_DESTROY")
    return inbound.seen


SCRIPTS: dict[str, Script] = {
    script.__name__: script
    for script in (
        answered_and_hung_up,
        hung_up_by_message,
        played_and_missing,
        caller_leaves_during_playback,
        key_in_a_menu,
        recorded_to_the_limit,
        cancelled,
        rejected,
        early_media,
        bridged_and_back,
        bridge_refused,
        placed_and_killed,
    )
}


def line(event: Frame) -> str:
    """For instance `CHANNEL_EXECUTE CS_EXECUTE ACTIVE answered app=answer`."""
    words = [event.name]
    for header, label in SHOWN.items():
        if value := event.get(header):
            words.append(f"{label}={value}" if label else value)
    return " ".join(words)


def lines(events: Iterable[Frame]) -> list[str]:
    return [line(event) for event in events if event.name and event.name not in UNTIMED]


@dataclass(frozen=True, slots=True)
class Golden:
    """What the real FreeSWITCH told."""

    lines: dict[str, list[str]]
    """By script."""
    headers: dict[str, set[str]]
    """By event: the names that it always has."""


def golden() -> Golden:
    told = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))
    names = {event: set(text.split()) for event, text in told["headers"].items()}
    every = names.pop("every")
    return Golden(told["lines"], {event: own | every for event, own in names.items()})
