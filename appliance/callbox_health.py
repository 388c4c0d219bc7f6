"""How the callbox is: alive, and able to do what it is for."""

from collections.abc import Iterator, Mapping
from typing import Any

from admin.health import Health


def judged(health: Health) -> Health:
    """Of a callbox that may be alive, by what it tells of itself (`Callbox._state`)."""
    troubles = list(_troubles(health.facts)) if health.ok else []
    return Health(False, "; ".join(troubles), health.facts) if troubles else health


def _troubles(state: Mapping[str, Any]) -> Iterator[str]:
    overload, writer = state.get("overload", {}), state.get("writer", {})
    if why := overload.get("lately"):
        yield f"calls are turned away and hear the notice: {why}"
    if why := writer.get("away"):
        yield f"calls go on, and what they leave waits on the disk: {why}"
    if held := writer.get("held"):
        yield f"{held} entries of calls are in memory alone, as the disk takes nothing: make room"
    if dropped := writer.get("dropped"):
        yield (
            f"{dropped} entries of calls are lost, as neither the store nor the disk took them; "
            "this is told until the callbox is started anew"
        )
