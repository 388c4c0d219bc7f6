"""What can go wrong with people on the line.

LinesError
├── NumberOdd       what was given is no number that can be dialled
├── PersonUnknown   nobody goes by that name
├── PersonTaken     a person of that name is there already
├── PersonInvalid   a person with odd facts; every fault is listed
├── RoomUnknown     there is no conference room of that name or number
├── RoomTaken       a room of that name, or with that number, is there already
├── RoomInvalid     a room with odd facts; every fault is listed
├── RoomEmpty       nobody is in that room now
├── RoomBusy        a room, or the list of them, did not answer in time
├── MemberUnknown   nobody of that number is in the room
├── PinRefused      a PIN that is too short, too easy to guess, or another role's
├── DialRefused     somebody could not be called into a room
├── ExpertLineUnknown  there is no expert line of that name
├── ExpertLineTaken    a line of that name is there already
├── ExpertLineInUse    a line that cannot go, as it has sessions
├── ExpertLineInvalid  a line with odd facts; every fault is listed
├── SessionUnknown     there is no session of that number
├── SessionClosed      a session that cannot be changed any more
├── SessionInvalid     a session with odd facts, or at a time that is taken
├── AnswerGone         a late answer, or its question, is not there any more
├── CallbackUnknown    there is no call-back of that number that is still owed
├── HourUnknown     no expert's hour of that number is held now
├── HourRefused     an order that an expert's hour cannot carry out now
└── OrderOdd        an order to an expert's hour that makes no sense
"""

from collections.abc import Iterable, Sequence

from ivr_flows.sentences import Words


class LinesError(Exception):
    """Base of the errors of `lines`; its message is fit for the person at the terminal."""


class NumberOdd(LinesError, ValueError):
    """No number that can be dialled; the message says what is odd, not the number."""


class PersonUnknown(LinesError, LookupError):
    """Nobody goes by that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f'nobody is called "{name[:64]}"; `pressline people` lists them all')


class PersonTaken(LinesError, ValueError):
    """A person of that name is there already."""

    def __init__(self, name: str) -> None:
        super().__init__(f'there is a person "{name}" already')


class PersonInvalid(LinesError, ValueError):
    """A person with odd facts."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class RoomUnknown(LinesError, LookupError):
    """There is no conference room of that name or number."""

    def __init__(self, asked: str) -> None:
        super().__init__(f'there is no room "{asked[:64]}"; `pressline rooms` lists them all')


class RoomTaken(LinesError, ValueError):
    """A room of that name, or with that number, is there already."""


class RoomInvalid(LinesError, ValueError):
    """A room with odd facts."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class RoomEmpty(LinesError, LookupError):
    """Nobody is in that room now."""

    def __init__(self, name: str) -> None:
        super().__init__(f'nobody is in room "{name[:64]}" now')


class RoomBusy(LinesError):
    """A room, or the list of them, did not answer in time."""

    def __init__(self, name: str) -> None:
        super().__init__(f'room "{name[:64]}" has not answered in time; try again in a moment')


class MemberUnknown(LinesError, LookupError):
    """Nobody of that number is in the room."""

    def __init__(self, number: object, name: str) -> None:
        asked = str(number)[:20]
        super().__init__(
            f'nobody has number {asked} in room "{name[:64]}"; `pressline rooms who` tells numbers'
        )


class PinRefused(LinesError, ValueError):
    """A PIN that cannot be given; the message says why, not the PIN."""


class DialRefused(LinesError):
    """Somebody could not be called into a room; the message says why."""


class HourUnknown(LinesError, LookupError):
    """No expert's hour of that number is held now."""

    def __init__(self, session: int, held: Iterable[int]) -> None:
        now = ", ".join(map(str, sorted(held)))
        asked = f"no hour of session {session} is held now" if session else "name the session"
        super().__init__(f"{asked}; held now: {now or 'none'}")


class HourRefused(LinesError):
    """An order that an expert's hour cannot carry out now; whoever gave it by phone hears why."""

    def __init__(self, words: Words) -> None:
        super().__init__(words["en"])
        self.words = words


class OrderOdd(LinesError, ValueError):
    """An order to an expert's hour that makes no sense."""


class ExpertLineUnknown(LinesError, LookupError):
    """There is no expert line of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f'there is no expert line "{name[:64]}"; `pressline experts` lists all')


class ExpertLineTaken(LinesError, ValueError):
    """A line of that name is there already."""

    def __init__(self, name: str) -> None:
        super().__init__(f'there is an expert line "{name}" already')


class ExpertLineInUse(LinesError):
    """A line that cannot go, as it has sessions."""

    def __init__(self, name: str, sessions: int) -> None:
        super().__init__(f'expert line "{name}" has {sessions} sessions; it stays for their sake')


class ExpertLineInvalid(LinesError, ValueError):
    """A line with odd facts."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class SessionUnknown(LinesError, LookupError):
    """There is no session of that number."""

    def __init__(self, session: object) -> None:
        asked = str(session)[:20]
        super().__init__(f"there is no session {asked}; `pressline experts list` lists them all")


class SessionClosed(LinesError):
    """A session that cannot be changed any more."""

    def __init__(self, session: int, state: str) -> None:
        super().__init__(f"session {session} is {state}; only one that is scheduled can change")


class SessionInvalid(LinesError, ValueError):
    """A session with odd facts, or at a time that is taken."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class AnswerGone(LinesError, LookupError):
    """A late answer, or its question, is not there any more."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"there is no question or answer {asked[:36]!r} (any more)")


class CallbackUnknown(LinesError, LookupError):
    """There is no call-back of that number that is still owed."""

    def __init__(self, callback: int) -> None:
        super().__init__(
            f"no call-back {callback} waits for its call; `pressline callbacks` lists those that do"
        )
