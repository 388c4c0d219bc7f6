"""One thing that needs a person, from when it is first seen until it is told to be over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FOREVER = float("inf")


@dataclass(slots=True)
class Standing:
    """Times are Unix ones."""

    kind: str
    text: str
    since: float
    gone: float = 0.0
    """Since when it is not seen any more; 0 while it lasts."""
    silent: float = 0.0
    """Until when nobody wants to hear of it; `FOREVER`: somebody sees to it."""
    told: dict[str, float] = field(default_factory=dict)
    """When each channel was told last."""

    def is_silent(self, now: float) -> bool:
        return now < self.silent

    def as_data(self) -> dict[str, Any]:
        """JSON has no infinity."""
        return asdict(self) | {"silent": -1 if self.silent == FOREVER else self.silent}


def from_data(given: Mapping[str, Any]) -> Standing:
    """Raises `KeyError`, `TypeError`, `ValueError` for what is none."""
    silent = float(given["silent"])
    return Standing(
        kind=str(given["kind"]),
        text=str(given["text"]),
        since=float(given["since"]),
        gone=float(given["gone"]),
        silent=FOREVER if silent < 0 else silent,
        told={str(name): float(at) for name, at in dict(given["told"]).items()},
    )
