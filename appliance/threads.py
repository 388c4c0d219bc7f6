"""Work for a native thread, given from the call's loop."""

from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import gevent
import structlog

log = structlog.get_logger()


def in_thread(work: Callable[..., Any], *arguments: Any) -> None:
    """Start `work` in gevent's pool of native threads and return at once; failures are logged."""
    about = copy_context()  # its lines in the log tell of the same call
    gevent.get_hub().threadpool.spawn(about.run, _logged, work, arguments)


def in_pool(work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work` gives, from a native thread; the loop goes on meanwhile."""
    return gevent.get_hub().threadpool.apply(work, arguments)


def _logged(work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        work(*arguments)
    except Exception:  # the top of a task
        log.exception("a task failed", task=getattr(work, "__qualname__", str(work)))
