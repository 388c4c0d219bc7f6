"""One expert line with hundreds of listeners: what each hears, and what it costs the box."""

from collections.abc import Iterable

from tests.switches import FreeSwitch, SoftSwitch, Switch

from .held_rooms import compared
from .report import Report
from .seats import HOST, LISTENER

LISTENERS: dict[type[Switch], int] = {SoftSwitch: 50, FreeSwitch: 300}
SECONDS = 20.0


def run(quick: bool) -> Iterable[Report]:
    for kind, most in LISTENERS.items():
        listeners, seconds = (most // 5, 5.0) if quick else (most, SECONDS)
        title = f"hall: {listeners} listeners on {kind.name}, {seconds:.0f} s"
        places = [(HOST, "1", True), *[(LISTENER, "1", False)] * listeners]
        yield compared(title, kind, places, seconds)
