"""An expert's hour that is held now, steered from another process: a command, the panel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .asking import ask
from .following import follow
from .settings import Settings
from .switchboard.hour_news import HOUR, WATCH_SECONDS

State = dict[str, Any]
"""As `lines.experts.hour.view` gives it: plain data. Names and numbers of callers are hostile."""


def held_now(settings: Settings) -> Sequence[State]:
    """All hours that are held. Raises `BoxSilent`."""
    found: Sequence[State] = ask(settings, "experts.sessions")
    return found


@dataclass(frozen=True, slots=True)
class ExpertHourClient:
    """Every method but `watch` blocks for a moment, gives the state after it, and raises
    `BoxSilent`, or `WishRefused` with the reason why it was not done."""

    settings: Settings
    session: int = 0
    """0: the only one that is held."""

    def state(self) -> State:
        return self._ask("state")

    def next(self, question: str = "") -> State:
        """On air with the caller of that question, or with who is next."""
        return self._ask("next", question=question)

    def off(self) -> State:
        """Whoever is on air listens again."""
        return self._ask("off")

    def mute(self) -> State:
        return self._ask("mute")

    def unmute(self) -> State:
        return self._ask("unmute")

    def jingle(self) -> State:
        return self._ask("jingle")

    def extend(self, minutes: int = 5) -> State:
        return self._ask("extend", minutes=minutes)

    def close(self) -> State:
        return self._ask("close")

    def call_expert(self) -> State:
        return self._ask("call_expert")

    def aside(self, question: str = "", screener: str = "") -> State:
        """Lead a screener (a call; or the first who is free) aside with a caller (or with the
        first one nobody has spoken with)."""
        return self._ask("aside", question=question, screener=screener)

    def back(self, question: str = "") -> State:
        """Both back into the hall; of that question, or whoever is aside."""
        return self._ask("back", question=question)

    def note(self, question: str, text: str) -> State:
        return self._ask("note", question=question, text=text)

    def priority(self, question: str, priority: int) -> State:
        """-9 to 9; higher ones come first."""
        return self._ask("priority", question=question, priority=priority)

    def remove(self, question: str = "") -> State:
        """Out of the hour with that caller, or with who is on air."""
        return self._ask("remove", question=question)

    def announce(self, text: str) -> State:
        """Say it to all."""
        return self._ask("announce", text=text)

    def watch(self, on_state: Callable[[State], None]) -> None:
        """Tell each state, until interrupted. Raises `BoxSilent`, `WishRefused`."""
        session = self.state()["session"]

        def show(state: State) -> None:
            if state["session"] == session:
                on_state(state)

        follow(self.settings, HOUR, lambda: self._ask("watch"), WATCH_SECONDS / 2, show)

    def _ask(self, verb: str, **given: Any) -> State:
        found: State = ask(self.settings, f"experts.{verb}", session=self.session, **given)
        return found
