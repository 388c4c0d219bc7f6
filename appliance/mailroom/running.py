"""The port `Mailroom`, as the running box implements it."""

from collections.abc import Callable

from store.writer import Writer
from voicemail.ports import Mailroom

from ..dialling import DiallingRules
from ..home import Home
from ..sidecar import Sidecar
from .ear import Ear
from .leaving import Leaving
from .listening import Listening


class RunningMailroom(Leaving, Listening):
    """Both halves in one, for the steps."""

    def __init__(
        self,
        home: Home,
        sidecar: Sidecar,
        ear: Ear,
        writer: Writer,
        rules: DiallingRules,
        on_change: Callable[[], None],
        take_in_message: Callable[[str], object],
    ) -> None:
        Leaving.__init__(self, home, sidecar, ear, writer)
        Listening.__init__(self, home, sidecar, rules, on_change, take_in_message)


def _is_a_mailroom(room: RunningMailroom) -> Mailroom:
    """Held to the port by the type checker."""
    return room
