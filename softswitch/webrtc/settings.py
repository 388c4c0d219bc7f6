"""The gateway's configuration file: TOML, read once at the start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from softswitch.errors import SettingsError

MOST_CALLS = 10
"""At a time: one costs a tenth of a core."""


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    host: str
    port: int
    switch_host: str
    switch_port: int
    """Where the switch takes calls, over UDP."""
    key: str
    """Signs passes."""
    origins: tuple[str, ...]
    """Pages that may use it, as browsers name them: `http://host:port`."""
    most_calls: int = MOST_CALLS


_EXPECTED = {"host": str, "port": int, "switch_host": str, "switch_port": int, "key": str}


def read_gateway_settings(path: Path) -> GatewaySettings:
    """Raises `SettingsError`, which says where, what was given and what was expected."""
    try:
        return parse_gateway_settings(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def parse_gateway_settings(data: Mapping[str, Any]) -> GatewaySettings:
    known = {*_EXPECTED, "origins", "most_calls"}
    if odd := sorted(set(data) - known):
        raise SettingsError(f"{odd[0]} is unknown, expected one of {', '.join(sorted(known))}")
    for name, kind in _EXPECTED.items():
        if type(data.get(name)) is not kind or data[name] == "":
            raise SettingsError(f"{name} = {data.get(name)!r}, expected {kind.__name__}")
    most = data.get("most_calls", MOST_CALLS)
    if type(most) is not int or most < 1:
        raise SettingsError(f"most_calls = {most!r}, expected a whole number from 1")
    origins = data.get("origins")
    if not isinstance(origins, list) or not all(isinstance(each, str) for each in origins):
        raise SettingsError(f"origins = {origins!r}, expected a list of addresses")
    return GatewaySettings(**{**data, "origins": tuple(origins)})
