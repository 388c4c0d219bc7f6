"""The configuration file: TOML, read once at the start; every mistake is told."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from softswitch.dialplan import Dialplan, Extension
from softswitch.errors import SettingsError
from softswitch.orders import Action

MAX_SESSIONS = 400
"""Calls at a time. 100 with audio are comfortable on one core; short calls may pile up."""


@dataclass(frozen=True, slots=True)
class SipSettings:
    host: str = "127.0.0.1"
    port: int = 5060
    domain: str = ""
    """Answers to `${domain}`; the host when empty."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Who may register: user and secret."""
    auth_calls: bool = False
    """Whether callers must prove who they are."""


@dataclass(frozen=True, slots=True)
class EventSocketSettings:
    host: str = "127.0.0.1"
    port: int = 8021
    password: str = ""


@dataclass(frozen=True, slots=True)
class MediaSettings:
    first_port: int = 20_000
    last_port: int = 29_998
    recordings: str = ""
    """Folder for recordings whose path is relative; empty for the working folder."""


@dataclass(frozen=True, slots=True)
class Settings:
    sip: SipSettings
    event_socket: EventSocketSettings
    media: MediaSettings
    dialplan: Dialplan
    max_sessions: int = MAX_SESSIONS


def read_settings(path: Path) -> Settings:
    """Raises `SettingsError`, which says where, what was given and what was expected."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path}: there is no such file") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    try:
        return parse_settings(data)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def parse_settings(data: Mapping[str, Any]) -> Settings:
    known = {"sip", "event_socket", "media", "extension", "max_sessions"}
    if odd := sorted(set(data) - known):
        raise SettingsError(f"[{odd[0]}] is unknown, expected one of {', '.join(sorted(known))}")
    settings = Settings(
        sip=_section(SipSettings, "sip", data),
        event_socket=_section(EventSocketSettings, "event_socket", data),
        media=_section(MediaSettings, "media", data),
        dialplan=Dialplan(tuple(_extensions(data.get("extension", [])))),
        max_sessions=_max_sessions(data),
    )
    if not settings.event_socket.password:
        raise SettingsError("[event_socket] password is missing, expected a text of your choice")
    return settings


def _max_sessions(data: Mapping[str, Any]) -> int:
    given = data.get("max_sessions", MAX_SESSIONS)
    if type(given) is not int or not 0 < given <= 10_000:
        raise SettingsError(f"max_sessions = {given!r}, expected a whole number from 1 to 10000")
    return given


def _section(kind: type[Any], name: str, data: Mapping[str, Any]) -> Any:
    given = data.get(name, {})
    if not isinstance(given, dict):
        raise SettingsError(f"[{name}] is no table")
    defaults = kind()
    names = [entry.name for entry in fields(kind)]
    for key, value in given.items():
        if key not in names:
            raise SettingsError(f"[{name}] {key} is unknown, expected one of {', '.join(names)}")
        _check(name, key, value, getattr(defaults, key))
    return kind(**given)


def _check(section: str, key: str, value: object, example: object) -> None:
    expected = dict if isinstance(example, dict) else type(example)
    if type(value) is not expected:
        raise SettingsError(
            f"[{section}] {key} = {value!r}, expected {expected.__name__}, for instance {example!r}"
        )
    if key.endswith("port") and not 0 <= int(str(value)) < 65_536:
        raise SettingsError(f"[{section}] {key} = {value!r}, expected 0 to 65535")


def _extensions(given: Any) -> list[Extension]:
    if not isinstance(given, list):
        raise SettingsError("extension must be written [[extension]], once for each")
    return [_extension(number, entry) for number, entry in enumerate(given, 1)]


def _extension(number: int, entry: Mapping[str, Any]) -> Extension:
    where = f"[[extension]] number {number} {entry.get('name', '')!r}"
    try:
        match = _pattern(where, "match", entry["match"])
        caller = _pattern(where, "caller", entry["caller"]) if "caller" in entry else None
        actions = tuple(_action(pair) for pair in entry["actions"])
    except KeyError as error:
        raise SettingsError(f"{where}: {error} is missing") from error
    except (TypeError, ValueError) as error:
        example = '[["answer", ""], ["playback", "/path/a.wav"]]'
        raise SettingsError(f"{where}: actions must be pairs, for instance {example}") from error
    return Extension(str(entry.get("name", "")), match, actions, caller)


def _pattern(where: str, name: str, given: object) -> re.Pattern[str]:
    try:
        return re.compile(str(given))
    except re.error as error:
        raise SettingsError(f"{where}: {name} = {given!r} is no pattern: {error}") from error


def _action(pair: list[str]) -> Action:
    application, *argument = pair
    if len(argument) > 1:
        raise ValueError(pair)
    return Action(str(application), str(argument[0]) if argument else "")
