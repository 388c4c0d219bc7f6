"""A test call and, as it happens, what the flow does with it."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

import click

from ..phone.calling import place_call
from ..phone.options import CallOptions, Progress
from ..phone.report import CallReport
from ..settings import Settings
from ..step_line import news_line
from ..watcher import Watcher

HANG_UP_WITHIN = 3.0
"""Seconds for the call to end in order after Ctrl-C."""


class Caller:
    """The phone in a thread of its own, the news of the flow in this one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._watcher = Watcher(settings)
        self._printing = threading.Lock()
        self._call_id = ""
        self._hang_up: Callable[[], object] = _nothing
        self.unwatched = ""
        """Why the flow's steps are not shown, if so."""

    def place(self, options: CallOptions) -> CallReport:
        """Raises `PhoneError` for options that make no call."""
        self.unwatched = self._watch()
        if self.unwatched:
            self._print(f"(the flow's steps are not shown: {self.unwatched})")
        outcome: list[CallReport | BaseException] = []
        phone = threading.Thread(target=self._phone, args=(options, outcome), daemon=True)
        phone.start()
        with ctrl_c() as pressed:
            self._watcher.run_while(lambda: phone.is_alive() and not pressed.is_set())
        if pressed.is_set():
            with suppress(RuntimeError):  # the phone's loop has closed just now
                self._hang_up()
            phone.join(HANG_UP_WITHIN)
            raise KeyboardInterrupt
        (result,) = outcome
        if isinstance(result, BaseException):
            raise result
        return result

    def _watch(self) -> str:
        home = self._settings.home.absolute()
        if not home.is_dir():  # asking would make one, here where nobody wants it
            return f"there is no box's home at {home}"
        return self._watcher.start(self._on_news)

    def _phone(self, options: CallOptions, outcome: list[CallReport | BaseException]) -> None:
        try:
            followed = replace(options, on_progress=self._on_progress)
            outcome.append(asyncio.run(self._call(followed)))
        except BaseException as error:  # raised again in the main thread
            outcome.append(error)

    async def _call(self, options: CallOptions) -> CallReport:
        calling = asyncio.ensure_future(place_call(options))
        self._hang_up = partial(asyncio.get_running_loop().call_soon_threadsafe, calling.cancel)
        return await calling

    def _on_progress(self, progress: Progress) -> None:
        self._call_id = progress.call_id
        self._print(f"{progress.at:7.2f} s  phone  {progress.text}")

    def _on_news(self, news: dict[str, object]) -> None:
        if news.get("sip_call_id") == self._call_id:
            self._print(f"           flow   {news_line(news)}")

    def _print(self, line: str) -> None:
        with self._printing:
            click.echo(line)


@contextmanager
def ctrl_c() -> Iterator[threading.Event]:
    """Set when Ctrl-C is pressed. A `KeyboardInterrupt` may strike where it is lost: in a
    callback of gevent's, for instance."""
    pressed = threading.Event()
    before = signal.signal(signal.SIGINT, lambda *_: pressed.set())
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing() -> None:
    """There is no call to hang up yet."""
