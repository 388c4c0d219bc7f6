"""What a call runs: found by the number dialled, or brought along by a call that we placed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr_flows.ports import Call, Ports
from ivr_flows.trace import Run


@dataclass(frozen=True, slots=True)
class Program:
    """A flow, and what it begins with."""

    flow: str
    given: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    """Empty: that of the flow."""
    direction: str = "in"
    """`in` for a call that came, `out` for one that we placed."""
    purpose: str = ""
    is_taken: Callable[[Call, Ports], bool] = lambda call, ports: True
    """Whether the flow is run after all; may speak with who has answered."""
    ended: Callable[[Run], None] = lambda run: None
    """Told once the call is hung up."""
