"""One call's part in an expert's hour, as the hour's conductor gives it."""

from dataclasses import dataclass

from lines.experts.conducting import Conductor
from lines.experts.ports import Farewell, Place, Seat, Visit


@dataclass(frozen=True, slots=True)
class RunningVisit:
    seat: Seat
    call_id: str
    conductor: Conductor | None
    refused: Farewell | None
    """Why they were not let in."""
    calls: dict[str, Conductor]
    """Of all calls that take part somewhere; this one's is taken out at its end."""

    def place(self) -> Place | Farewell:
        if self.refused is not None or self.conductor is None:
            return self.refused or Farewell.LOST
        return self.conductor.place(self.call_id)

    def contact(self, number: str) -> None:
        if self.conductor is not None:
            self.conductor.contact(self.call_id, number)

    def leave(self) -> None:
        if self.conductor is not None and self.refused is None:
            self.conductor.leave(self.call_id)
            self.calls.pop(self.call_id, None)


def _is_visit(visit: RunningVisit) -> Visit:
    """Held to the port by the type checker."""
    return visit
