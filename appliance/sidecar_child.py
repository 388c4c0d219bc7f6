"""The child's side of `appliance.sidecar`: reads tasks, runs each in a thread, answers."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from .framing import packed, receive

log = structlog.get_logger()


def serve(tasks: Mapping[str, Callable[..., Any]], descriptor: int, threads: int) -> None:
    """Answer the parent until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes
    stream = socket.socket(fileno=descriptor)
    stream.setblocking(True)  # the parent's gevent had it made non-blocking
    writing = threading.Lock()

    def work(number: int, task: str, arguments: tuple[Any, ...]) -> None:
        answer = _outcome(tasks, number, task, arguments)
        with writing:
            stream.sendall(answer)

    pool = ThreadPoolExecutor(threads)
    try:
        while True:
            pool.submit(work, *receive(stream))
    except (EOFError, OSError):
        os._exit(0)  # a plain exit would wait for the threads' work


def _outcome(
    tasks: Mapping[str, Callable[..., Any]], number: int, task: str, arguments: tuple[Any, ...]
) -> bytes:
    try:
        return packed((number, None, tasks[task](*arguments)))
    except Exception as error:  # the top of a task: the parent is told
        log.warning("task failed", task=task, error=repr(error))
        return packed((number, f"{task}: {error}", None))
