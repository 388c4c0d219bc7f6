"""The child's side of `appliance.sidecar`: reads tasks, runs each in a thread, answers."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import structlog

from .framing import packed, receive
from .sidecar_beats import BEAT, EVERY

log = structlog.get_logger()


def serve(tasks: Mapping[str, Callable[..., Any]], descriptor: int, threads: int) -> None:
    """Answer the parent until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes
    stream = socket.socket(fileno=descriptor)
    stream.setblocking(True)  # the parent's gevent had it made non-blocking
    writing = threading.Lock()

    def work(number: int, task: str, arguments: tuple[Any, ...], about: Mapping[str, Any]) -> None:
        with structlog.contextvars.bound_contextvars(**about):  # the call's id, in every line
            answer = _outcome(tasks, number, task, arguments)
        with writing:
            stream.sendall(answer)

    def beat() -> None:
        while True:
            with writing:
                stream.sendall(packed((BEAT, None, None)))
            time.sleep(EVERY)

    threading.Thread(target=_until_parent_is_gone, args=(beat,), daemon=True).start()
    pool = ThreadPoolExecutor(threads)
    try:
        while True:
            pool.submit(work, *receive(stream))
    except (EOFError, OSError):
        os._exit(0)  # a plain exit would wait for the threads' work


def _until_parent_is_gone(work: Callable[[], None]) -> None:
    with suppress(OSError):
        work()


def _outcome(
    tasks: Mapping[str, Callable[..., Any]], number: int, task: str, arguments: tuple[Any, ...]
) -> bytes:
    try:
        return packed((number, None, tasks[task](*arguments)))
    except Exception as error:  # the top of a task: the parent is told
        log.warning("task failed", task=task, error=repr(error))
        return packed((number, f"{task}: {error}", None))
