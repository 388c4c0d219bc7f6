"""What the panel is given: facts about the box, and ports through which it acts on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app

from .browser_phone.ports import BrowserPhones
from .flows.ports import FlowDesk
from .health import Check
from .live.live import Live
from .overview.alarms import AlarmDesk, NoAlarms
from .pieces.ports import Air
from .records.ports import Records
from .trying.ports import TryDesk

Ask = Callable[..., Any]
"""A question to the running callbox: its verb, then what is given by name. Raises `BoxAway` when
nobody answers, `Refused` with the callbox's own words."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Made by `appliance.panel`, for tests by `tests.admin.panels`."""

    paper: str
    zone: ZoneInfo
    home: Path
    secret: str
    """Signs the browsers' cookies."""
    secure: bool
    """Whether browsers come over HTTPS only, so that cookies need it."""
    proxies: int
    """Reverse proxies before the panel, whose word on who asks is taken."""
    checks: Mapping[str, Check]
    ask: Ask
    live: Live
    air: Air
    trying: TryDesk
    records: Records
    flows: FlowDesk
    phones: BrowserPhones
    alarms: AlarmDesk = field(default_factory=NoAlarms)


def the_panel() -> Panel:
    """The panel of the application that answers this request."""
    return cast(Panel, current_app.extensions["panel"])
