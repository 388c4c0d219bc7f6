"""The callbox process: takes every call from the switch and runs its flow.

`python -m appliance.callbox`; started by `pressline up` or systemd.
"""

from gevent import monkey

monkey.patch_all()

# ruff: noqa: E402  (gevent must patch before anything else is imported)
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import gevent
import structlog
from gevent.event import Event as Flag

from esl.absence import SUBSCRIPTION as HANG_UPS
from esl.absence import Absences
from esl.errors import EslError
from esl.event import Event
from esl.outbound import OutboundServer
from esl.quality import SUBSCRIPTION as ENDED
from esl.switch import Switch, SwitchStatus
from ivr_flows.ports import Ports, Recordings
from store import database
from store.jobs import CallsLost
from store.writer import Writer
from voicemail.ports import Mailroom

from . import lifeline, logs, prompt_memory, pulse
from .abandoned import abandoned
from .adapters import PaperClock, SidecarHttp, SidecarQueries, SidecarSpeech
from .book import Book, load_book
from .bus import RELOAD
from .dangers import dangers, refuse
from .dialplan import switch_password
from .errors import ApplianceError
from .greenlets import count_greenlets
from .hints import Hints
from .home import Home
from .keeping import Keeping
from .live_calls import LiveCalls
from .live_news import FOLLOW, LiveNews
from .mailroom.department import MailDepartment
from .metrics.callbox_figures import CallboxFigures, CallboxState
from .overload import Overload
from .reception import Reception
from .settings import Settings, load
from .sidecar import Sidecar
from .strays import Strays
from .switchboard.department import SUBSCRIPTIONS, Switchboard
from .threads import in_pool, in_thread
from .warming import warm
from .watching import WATCH, Watching

log = structlog.get_logger()

WARM_WITHIN = 20.0
"""Seconds that new flows wait for their prompts, so that no caller waits for speech."""
DRAIN = 4.0
"""Seconds that calls have to end by themselves when the box stops, and again to be hung up."""


class Callbox:
    """Everything that a call needs, wired."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        take_in_message: Callable[[str], object],
        take_in_piece: Callable[[str], object],
    ) -> None:
        """`take_in_message` has the worker see to a new message, `take_in_piece` to a piece."""
        self._settings = settings
        self._home = home
        self._stopping = Flag()
        self._figures = CallboxFigures(home.root, self._figured)
        told = self._figures.calls.waited
        self._speech_sidecar = Sidecar("appliance.sidecar_tasks", "2", on_wait=told)
        queries = str(settings.query_workers)
        self._work_sidecar = Sidecar("appliance.sidecar_tasks", queries, on_wait=told)
        self._speech = SidecarSpeech(self._speech_sidecar)
        self._writer = Writer(home.journal, on_written=lambda jobs: self._mail.was_written(jobs))
        self._keeping = Keeping(home, self._writer)
        self._switch = Switch(
            settings.esl,
            switch_password(settings),
            subscriptions=[WATCH, FOLLOW, RELOAD, HANG_UPS, ENDED, *SUBSCRIPTIONS],
            on_event=self._on_event,
            on_resync=self._on_resync,
            on_message_query=lambda account: self._mail.phone_asks(account),
        )
        self._absences = Absences(self._switch)
        self._overload = Overload(settings.most_calls)
        self._mail = MailDepartment(
            settings,
            home,
            self._writer,
            self._keeping,
            self._switch,
            self._live_calls,
            take_in_message,
        )
        self._news = LiveNews(self._send)
        live_calls = LiveCalls(self._news)
        self._switchboard = Switchboard(
            settings,
            home,
            self._switch,
            self._speech,
            self._writer,
            lambda name: self._book.flow(name) is not None,
            take_in_piece,
            self._news,
        )
        self._switchboard.asked.register("calls.trace", live_calls.trace)
        self._switchboard.asked.register("box.greenlets", count_greenlets)
        self._strays = Strays(self._switch, self._live_calls)
        self._book = Book.empty()
        self._ports = self._ports_for(self._book)
        self._watching = Watching(self._send)
        reception = Reception(
            live=lambda: (self._book, self._ports),
            writer=self._writer,
            keeping=self._keeping,
            watching=self._watching,
            live_calls=live_calls,
            figures=self._figures.calls,
            when_over=self._mail.call_is_over,
            placed=self._switchboard.outgoing.program_for,
            unrouted=self._switchboard.directory.rules.unrouted,
            refuses=self._is_too_busy,
        )
        self._server = OutboundServer(settings.socket, reception.receive, absences=self._absences)

    def run(self) -> None:
        """Until SIGTERM. Raises `EslError` when the port cannot be had."""
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self._stopping.set)
        self._start()
        self._server.start()
        log.info("callbox takes calls", on=str(self._settings.socket), flows=len(self._book.flows))
        self._switch.start()
        self._figures.start()
        self._strays.start()
        self._overload.start()
        gevent.spawn(self._mail.wait_until_ready)
        gevent.spawn(self._switchboard.wait_until_ready)
        gevent.spawn(self._beat)
        lifeline.ready()
        lifeline.keep_beating()
        self._stopping.wait()
        lifeline.stopping()
        self._stop()

    def _start(self) -> None:
        self._speech_sidecar.start()
        self._work_sidecar.start()
        self._mail.start()
        self._switchboard.start()
        in_pool(database.connect, self._settings.store_url)
        self._writer.start()
        self._writer.put(CallsLost(datetime.now(UTC)))  # what was open when the callbox last ended
        self._speech.remembers(in_pool(prompt_memory.recall, self._home.prompt_memory))
        self._reload()

    def _stop(self) -> None:
        log.info("callbox stops", calls=len(self._server.calls))
        self._switchboard.hours.stop()  # whose experts leave now are not called again
        self._switchboard.outgoing.stop()
        self._server.stop(DRAIN)
        self._switch.stop()
        self._watching.stop()
        self._news.stop()
        self._writer.stop()
        self._speech_sidecar.stop()
        self._work_sidecar.stop()
        self._mail.stop()
        self._switchboard.stop()

    def _ports_for(self, book: Book) -> Ports:
        settings = self._settings
        return Ports(
            speech=self._speech,
            queries=SidecarQueries(self._work_sidecar, book.queries),
            http=SidecarHttp(self._work_sidecar),
            directory=self._switchboard.directory,
            clock=PaperClock(settings.time_zone),
            recordings=Recordings(self._home.recordings_in_progress.absolute()),
            facts=settings.facts,
            country=settings.country,
            services={Mailroom: self._mail.room, **self._switchboard.services},
        )

    def _reload(self) -> None:
        book = in_pool(load_book)
        self._speech.forget_recordings()
        warming = gevent.spawn(warm, self._speech, book.all_flows, book.languages)
        warming.join(timeout=WARM_WITHIN)  # what takes longer goes on beside the calls
        self._book, self._ports = book, self._ports_for(book)
        in_thread(prompt_memory.keep, self._home.prompt_memory, self._speech.knows())

    def _on_event(self, event: Event) -> None:
        subclass = event.get("Event-Subclass")
        if subclass == WATCH:
            self._watching.asked()
        elif subclass == FOLLOW:
            self._news.followed(event.body)
        elif subclass == RELOAD:
            gevent.spawn(self._reload_safely)
        elif event.name == ENDED:
            gone = abandoned(event, self._book, self._ports.clock)
            for job in (gone, self._figures.measured(event)):
                if job is not None:
                    self._writer.put(job)
        elif event.name == HANG_UPS:
            self._absences.on_event(event)
        else:
            self._switchboard.on_event(event)

    def _on_resync(self, channels: Sequence[Mapping[str, Any]]) -> None:
        """A reload may have been told while we were not connected."""
        log.info("connected to the switch", channels=len(channels))
        self._mail.switch_is_back()
        self._absences.switch_is_back(channels)
        self._switchboard.switch_is_back(channels)
        self._strays.switch_is_back()
        gevent.spawn(self._reload_safely)

    def _reload_safely(self) -> None:
        try:
            self._reload()
            log.info("flows reloaded", flows=len(self._book.flows))
        except Exception:  # the top of a task; the flows that were live go on
            log.exception("reload failed")

    def _send(self, subclass: str, headers: Mapping[str, str], body: str) -> None:
        try:
            self._switch.send_event(subclass, headers, body)
        except EslError as error:
            log.debug("news not sent", reason=str(error))

    def _beat(self) -> None:
        while True:
            in_thread(pulse.try_to_beat, self._home.root, "callbox", self._state())
            gevent.sleep(pulse.EVERY)

    def _state(self) -> dict[str, Any]:
        return {
            "calls": len(self._server.calls),
            "flows": sorted(self._book.versions.items()),
            "switch": asdict(self._switch.state),
            "writer": asdict(self._writer.state),
            "overload": asdict(self._overload.state),
            "sidecars": [
                self._speech_sidecar.alive,
                self._work_sidecar.alive,
                self._mail.alive,
                self._switchboard.alive,
            ],
        }

    def _figured(self) -> CallboxState:
        """Read by a thread of its own."""
        return CallboxState(
            calls=len(self._server.calls),
            refused=self._overload.state.refused,
            switch=self._switch.state.status == SwitchStatus.CONNECTED,
            writer=self._writer.state,
            sidecars={
                "speech": self._speech_sidecar.alive,
                "work": self._work_sidecar.alive,
                "mail": self._mail.alive,
                "switchboard": self._switchboard.alive,
            },
        )

    def _is_too_busy(self) -> bool:
        return self._overload.refuses(len(self._server.calls) - 1)  # beside the one that asks

    def _live_calls(self) -> list[str]:
        return [call.id for call in self._server.calls]


def _take_in_message(message: str) -> None:
    from .jobs import take_in_message  # huey is not needed before the first message

    take_in_message(message)


def _take_in_piece(piece: str) -> None:
    from .jobs import take_in_piece

    take_in_piece(piece)


def main() -> None:
    logs.set_up()
    try:
        settings = load()
        refuse(settings, dangers(settings))
        home = Home(settings.home.absolute()).make()
        hints = Hints()
        hints.start()
        Callbox(
            settings, home, hints.through(_take_in_message), hints.through(_take_in_piece)
        ).run()
        hints.stop()
    except (ApplianceError, EslError) as error:
        sys.exit(f"pressline callbox: {error}")


if __name__ == "__main__":
    main()
