"""What a session needs of its line, and what those tied to it are told."""

from typing import Protocol

from softswitch.media.keys import Key


class Line(Protocol):
    """The signalling of a session."""

    is_held: bool

    def ring(self) -> None: ...
    def start_media(self) -> None:
        """Early media: 183 with a session description."""

    def answer(self) -> None: ...
    def hang_up(self, cause: str) -> None: ...
    def refuse(self, status: int, phrase: str) -> None: ...
    def hold(self, on: bool) -> None: ...
    def send_key(self, key: Key) -> None: ...


class Observer(Protocol):
    """Somebody tied to the session: an outbound Event Socket."""

    def on_hangup(self) -> None:
        """It was hung up from aside: the application has not ended yet."""

    def on_finished(self) -> None:
        """All its events have been fired."""
