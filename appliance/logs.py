"""Logs of every process: one line each, to standard output, for a terminal or the journal.

A line says what it concerns: `call`, `message`, `job`, `request`. These are bound once, where the
work begins, and are in every line that is written on the way, also by libraries.
"""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from .errors import SettingsInvalid
from .settings import load

QUIET = ("huey", "httpx")
"""Libraries that tell of each thing that went well."""
HIDDEN = frozenset({"password", "secret", "token", "pin", "digits", "keys"})
"""What is never written, whoever meant to."""


def set_up() -> None:
    """structlog for our own lines, and the same form for those of the libraries."""
    as_json = _is_json()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _hidden,
        *(_for_programs() if as_json else _for_people()),
    ]
    renderer = _renderer(as_json)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(),  # one write a line: processes share the log
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _is_json() -> bool:
    """Settings that are wrong are told by whoever loads them next."""
    try:
        return load().log_format == "json"
    except SettingsInvalid:
        return False


def _for_people() -> list[Processor]:
    return [structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)]


def _for_programs() -> list[Processor]:
    return [structlog.processors.TimeStamper(fmt="iso", utc=True), _process]


def _renderer(as_json: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=True, default=str)
    return structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), sort_keys=False)


def _hidden(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    for name in HIDDEN & event.keys():
        event[name] = "…"
    return event


def _process(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The module that this process runs: `callbox`, `worker`, `panel`, a sidecar's."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    event["process"] = spec.name.rpartition(".")[2] if spec else "pressline"
    return event
