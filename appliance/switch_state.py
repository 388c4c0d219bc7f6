"""What was last seen of FreeSWITCH's configuration, for `/healthz` and `pressline doctor`."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from admin.health import Health
from provisioning.freeswitch.errors import ProvisioningError

from .configuring import Outcome, configure
from .home import Home
from .settings import Settings

NAME = "state.json"
SAID = {
    "": "nobody has looked yet",
    "not ours": "FreeSWITCH runs with a configuration of its own (docs/freeswitch.md)",
    "away": "FreeSWITCH takes it up when it starts",
}
ALL_IS_WELL = "FreeSWITCH has what it ought to have"


@dataclass(frozen=True, slots=True)
class Seen:
    """After a look; what was not seen is empty."""

    state: str = ""
    """That of `Outcome`; empty: none is known."""
    fault: str = ""
    """Why it could not be written or taken up."""
    restart: Sequence[str] = ()
    trunks: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with each; empty: nothing."""


def keep_configured(settings: Settings, home: Home) -> Outcome | None:
    """Have FreeSWITCH run what settings and store say, and note how that went; None: it does not.

    On an open store. Raises `StoreAway`.
    """
    try:
        outcome = configure(settings, home)
    except ProvisioningError as error:
        _note(home, Seen(fault=str(error)))
        return None
    _note(home, Seen(outcome.state, restart=outcome.restart, trunks=outcome.trunks))
    return outcome


def configuration_health(home: Home) -> Health:
    """A trunk that does not answer is told and is no fault of the box."""
    seen = _read(home)
    silent = {name: told for name, told in seen.trunks.items() if told}
    parts = [seen.fault, *seen.restart, *silent.values()]
    said = "; ".join(filter(None, parts)) or SAID.get(seen.state, ALL_IS_WELL)
    return Health(not seen.fault and not seen.restart, said, {"trunks": dict(seen.trunks)})


def _note(home: Home, seen: Seen) -> None:
    """Renamed into place; a half is never read. Lost by a power cut, it is soon written anew."""
    path = _path(home)
    begun = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    begun.write_text(json.dumps(asdict(seen)), encoding="utf-8")
    begun.replace(path)


def _read(home: Home) -> Seen:
    try:
        return Seen(**json.loads(_path(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Seen()


def _path(home: Home) -> Path:
    return home.switch_folder / NAME
