"""What a session is told to do: by its dialplan, or by a program."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Order:
    """A `sendmsg` waiting for its session."""

    application: str
    argument: str = ""
    uuid: str = field(default_factory=lambda: str(uuid.uuid4()))
    loops: int = 1
    lock: bool = False
    hangup: str = ""
    """A cause: the order is to hang up."""
    finished: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One application of an extension."""

    application: str
    argument: str = ""
