"""Forgets callers and calls by the paper's settings, each night."""

from datetime import datetime, timedelta

import structlog

from store.forgetting import forget_calls, forget_numbers

from .home import Home
from .settings import Settings

log = structlog.get_logger()


def forget(settings: Settings, home: Home, now: datetime) -> None:
    """Blocks. Raises `StoreAway`, `OSError`."""
    if settings.keep_calls:
        done = forget_calls(now - timedelta(days=settings.keep_calls), home.recordings)
        log.info("calls forgotten", calls=done.calls, recordings=done.recordings)
    if settings.keep_numbers:
        done = forget_numbers(now - timedelta(days=settings.keep_numbers))
        log.info("callers forgotten", calls=done.calls)
