"""What a flow needs from the world: a call, speech, facts, other flows, and the time.

Nothing here names a switch, a database or a web framework. `esl.call` implements `Call`
over FreeSWITCH's Event Socket, `ivr_flows.simulator` implements every port in memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol


class CallError(Exception):
    """Base of what a call's methods raise.

    CallError
    ├── CallEnded     the caller is gone: not an error
    ├── CallFailed    the switch refused; `.cause` is its reason
    └── SwitchLost    the connection to the switch died
    """


class CallEnded(CallError):
    """The caller (or the switch on the caller's behalf) has hung up."""

    def __init__(
        self,
        cause: str = "NORMAL_CLEARING",
        *,
        connected: bool = False,
        tried: "Tried" = (),
    ) -> None:
        super().__init__(f"the call has ended ({cause})")
        self.cause = cause
        self.connected = connected
        """True when the caller hung up while talking to somebody bridged."""
        self.tried = tried
        """Everybody who was rung before, as in `BridgeResult`."""


class CallFailed(CallError):
    """The switch refused or could not do what it was asked."""

    def __init__(self, what: str, cause: str) -> None:
        super().__init__(f"{what}: {cause}")
        self.what = what
        self.cause = cause


class SwitchLost(CallError):
    """The connection to the switch died; what the call does now is unknown."""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a call. Every value comes from outside and is hostile."""

    number: str
    name: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """One piece of audio to play and the words in it."""

    path: Path
    text: str = ""
    """What is said; empty for music and tones."""
    seconds: float = 0.0
    """Its length, where that is known; otherwise a simulated call goes by the words."""


@dataclass(frozen=True, slots=True)
class DigitRule:
    """When a collection of keys is complete."""

    min_digits: int = 1
    max_digits: int = 1
    finish_on: str = "#"
    """Keys that end the entry and are not part of it; empty for none."""
    first_timeout: float = 5.0
    """Silence allowed after the prompt before the first key, in seconds."""
    digit_timeout: float = 3.0
    """Silence allowed between keys, in seconds."""


@dataclass(frozen=True, slots=True)
class Digits:
    """What the caller keyed."""

    keys: str
    """The keys without the one that finished the entry."""
    finished_by: str = ""
    """The finishing key, or empty when the entry was full or timed out."""
    timed_out: bool = False
    """True when the caller stopped before `min_digits` (or keyed nothing)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How far a recording was played."""

    seconds: float
    """Position in the file where it stopped; its length when it was played to the end."""
    key: str = ""
    """The key that stopped it; empty when it was played to the end."""


@dataclass(frozen=True, slots=True)
class RecordRule:
    """When a recording ends."""

    max_seconds: float = 120.0
    silence_seconds: float = 4.0
    """Silence that ends the recording, in seconds; 0 for never."""
    finish_on: str = "#"
    beep: bool = True


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished recording on disk."""

    path: Path
    seconds: float
    finished_by: str
    """`key`, `silence`, `limit` or `hangup`."""


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody to bridge a call to. Made by the directory only, never from a caller's text."""

    kind: str
    """`user` (a registered phone), `sip` (an address), or `gateway` (`number@name`, where the
    switch itself knows a trunk by that name)."""
    address: str
    name: str = ""
    confirm: bool = False
    """Whether who answers must key that they take the call: a mobile's own voicemail cannot."""
    ring_seconds: float | None = None
    """How long to ring; None for what the `BridgeRule` says."""
    shown_number: str = ""
    """The number that is shown there: empty for the caller's own, or `NOT_SHOWN`."""
    instead: "Target | None" = None
    """The next way to the same number: for when this trunk fails, never for when nobody answers."""
    reservation: int = 0
    """By which the directory knows of what it may ask to be told; 0 for nothing."""


NOT_SHOWN = "anonymous"
"""In place of a number that is shown to nobody (RFC 3323, section 4.1.1.3)."""


@dataclass(frozen=True, slots=True)
class BridgeRule:
    ring_seconds: float = 25.0
    at_once: bool = False
    """Ring all targets together instead of in order."""
    caller_name: str = ""
    caller_number: str = ""
    whisper: Sequence[Prompt] = ()
    """What whoever answers hears before the caller, who does not hear it."""
    confirm: Sequence[Prompt] = ()
    """What a target with `confirm` is asked: the key 1 takes the call, another key, silence or a
    hang-up refuses it."""
    music: Prompt | None = None
    """What the caller hears while it rings, over and over; None for the ringing tone."""
    hold_music: Prompt | None = None
    """What the one hears whom the other has put on hold; None for a soft tone."""
    country: str = ""
    """Whose ringing tone it is: two letters, as `DE`."""


class BridgeOutcome(StrEnum):
    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


Tried = Sequence[tuple[Target, BridgeOutcome]]


@dataclass(frozen=True, slots=True)
class BridgeResult:
    outcome: BridgeOutcome
    cause: str = ""
    """The switch's own word for it, for the trace."""
    seconds: float = 0.0
    """How long the two were connected."""
    tried: Tried = ()
    """Everybody who was rung, in order. Of those rung at once the switch tells only who answered:
    the others have `NO_ANSWER` then, and all the same outcome when nobody did."""


class Role(StrEnum):
    LISTENER = "listener"
    SPEAKER = "speaker"
    MODERATOR = "moderator"


class RoomOutcome(StrEnum):
    """Why a caller is in a room no more, or never was."""

    SHOWN_OUT = "shown_out"
    """Was in it; then shown out alone, or with everybody at its end."""
    LOCKED = "locked"
    FULL = "full"


class Call(Protocol):
    """One call, as a flow sees it. Every method has a time limit of its own.

    Each returns a plain result or raises `CallEnded`, `CallFailed` or `SwitchLost`.
    Keys pressed early (during `play`, or between two methods) are kept for the next `collect`.
    """

    @property
    def id(self) -> str: ...
    @property
    def caller(self) -> Party: ...
    @property
    def dialed(self) -> str: ...
    def answer(self) -> None: ...
    def play(self, audio: Sequence[Prompt], *, barge_in: bool = True) -> None:
        """Play to the end, or until a key when `barge_in`; the key waits for `collect`."""

    def collect(self, audio: Sequence[Prompt], rule: DigitRule) -> Digits:
        """Play `audio` (a key stops it) and gather keys; keys typed ahead count first."""

    def listen(self, prompt: Prompt, start: float = 0.0) -> Heard:
        """Play one file from `start`, in seconds, to its end or until a key, which is taken."""

    def record(self, into: Path, rule: RecordRule) -> Recording:
        """Record the caller. A hang-up ends the recording and is not raised: see `finished_by`."""

    def bridge(self, targets: Sequence[Target], rule: BridgeRule) -> BridgeResult: ...
    def conference(
        self,
        room: str,
        role: Role,
        *,
        hall: bool = False,
        wait_for_moderator: bool = False,
        music: Prompt | None = None,
    ) -> RoomOutcome:
        """Be in the room until shown out of it; the call then goes on.

        A listener is heard by nobody until unmuted. `hall`: a room for hundreds of listeners, in
        place of one where all talk. With `wait_for_moderator` nobody hears anybody until the
        first moderator has come. `music` is heard over and over by whoever is alone or waits so.
        Those three are the room's: who opens it decides, so give the same to all. Keys pressed
        here are the room's, not the call's: none waits for the next `collect`.
        """

    def pause(self, seconds: float) -> None:
        """Keep the line silent; early keys are kept, a hang-up is noticed at once."""

    def hangup(self, cause: str = "NORMAL_CLEARING") -> None: ...


class SpeechFailed(Exception):
    """No engine could say the text in time."""


class Speech(Protocol):
    """Turns texts into prompts, off the call's loop."""

    def say(self, text: str, language: str, voice: str = "") -> Sequence[Prompt]:
        """Prompts that together say `text`. An empty text gives none. Raises `SpeechFailed`."""

    def recording(self, name: str, language: str) -> Prompt:
        """The paper's own recording `name`. Raises `SpeechFailed` when there is none."""


class QueryOutcome(StrEnum):
    OK = "ok"
    EMPTY = "empty"
    STALE = "stale"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class QueryResult:
    outcome: QueryOutcome
    rows: Sequence[Mapping[str, Any]] = ()
    """Values are str, int, float, Decimal, bool, date, time, datetime or None."""
    error: str = ""
    """For the trace and the log; never spoken."""


class Queries(Protocol):
    def run(self, name: str, parameters: Mapping[str, Any]) -> QueryResult:
        """Run the named query off the call's loop. Never raises: trouble is an outcome."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    status: int
    """0 when there was no reply."""
    data: Any = None
    """The JSON body, or its text."""
    error: str = ""
    timed_out: bool = False


class Http(Protocol):
    def request(
        self,
        method: str,
        url: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
        limit_seconds: float,
    ) -> HttpReply:
        """Off the call's loop; never raises."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody is reached now."""

    targets: Sequence[Target] = ()
    """One for each number, the first to be tried first; empty when nobody may be rung."""
    refused: str = ""
    """Why the dialling rules leave out a number, or all of them, in plain words; never spoken."""
    at_once: bool = False
    """Whether they like all their numbers to ring together."""
    language: str = ""
    """In which they are spoken to; empty where that is not known."""


class Directory(Protocol):
    """Everybody who can be rung. Asked off the call's loop; never raises."""

    def reach(self, name: str, asked_by: str, call_id: str) -> Reach:
        """How to ring `name`: a person, a desk phone, or a number, which may come from a caller.

        `asked_by`: the caller's number, for the limits; empty where it is withheld. Each target
        is reserved: `settle` all of them once.
        """

    def settle(self, targets: Sequence[Target], tried: Tried) -> None:
        """Tell what became of `targets`; who is not in `tried` was not rung. Returns at once."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, with the paper's time zone."""


@dataclass(frozen=True, slots=True)
class Recordings:
    """Where a flow's recordings go."""

    folder: Path
    part: str = ""
    """Behind a call's id, for a call that comes more than once."""

    def path(self, call_id: str, number: int) -> Path:
        return self.folder / f"{call_id}{self.part}-{number}.wav"


@dataclass(slots=True)
class Ports:
    """All that a running flow may reach, in one place."""

    speech: Speech
    queries: Queries
    http: Http
    directory: Directory
    clock: Clock
    recordings: Recordings
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Constants for templates, for instance `paper`: {"name": …, "currency": …}."""
    country: str = ""
    """The paper's, as two letters (ISO 3166): whose ringing tone callers hear."""
    services: Mapping[type, Any] = field(default_factory=dict)
    """What the steps of a domain need, by the protocol that the domain's package declares."""
