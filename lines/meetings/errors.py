"""What can go wrong with meetings.

LinesError
└── MeetingError
    ├── MeetingUnknown    there is no meeting of that number
    ├── GuestUnknown      the meeting has no guest of that number
    ├── MeetingInvalid    a meeting or a guest with odd facts; every fault is listed
    ├── MeetingClosed     it is over or cancelled: nothing can be changed any more
    └── MailNotSent       a mail could not be handed over; it is tried again later
        └── MailRefused   … for good: trying again would change nothing
"""

from collections.abc import Sequence

from lines.errors import LinesError


class MeetingError(LinesError):
    """Base of the errors of meetings."""


class MeetingUnknown(MeetingError, LookupError):
    """There is no meeting of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no meeting {number}; `pressline meetings` lists them all")


class GuestUnknown(MeetingError, LookupError):
    """The meeting has no guest of that number."""

    def __init__(self, guest: int, meeting: int) -> None:
        super().__init__(
            f"meeting {meeting} has no guest {guest}; see `pressline meetings show {meeting}`"
        )


class MeetingInvalid(MeetingError, ValueError):
    """A meeting or a guest with odd facts."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class MeetingClosed(MeetingError):
    """It is over or cancelled."""

    def __init__(self, number: int, how: str) -> None:
        super().__init__(f"meeting {number} {how}; make a new one")


class MailNotSent(MeetingError):
    """A mail could not be handed over just now; the message says why."""


class MailRefused(MailNotSent):
    """A mail that never can be."""
