"""What can go wrong with people on the line.

LinesError
├── NumberOdd       what was given is no number that can be dialled
├── PersonUnknown   nobody goes by that name
├── PersonTaken     a person of that name is there already
└── PersonInvalid   a person with odd facts; every fault is listed
"""

from collections.abc import Sequence


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
