"""Everything of people on the line that lives in the callbox, in one place."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from esl.errors import EslError
from esl.event import Event
from esl.hanging_up import hang_up
from esl.switch import Switch, SwitchStatus
from ivr_flows.ports import Speech
from lines.callbacks.ports import Callbacks
from lines.experts.conducting import Stage
from lines.experts.ports import ExpertLines
from lines.rooms.ports import ConferenceRooms
from store.writer import Writer

from ..asking import ASK, Asked
from ..directory import SidecarDirectory
from ..errors import SidecarError
from ..home import Home
from ..live_news import LiveNews
from ..settings import Settings
from ..sidecar import Sidecar
from .calling_back import CallingBack
from .click_to_call import ClickToCall
from .conference_desk import ConferenceDesk
from .conferencing import Conferencing
from .expert_hours import ExpertHours
from .expert_lines import RunningExpertLines
from .hour_desk import HourDesk
from .hour_news import HourNews
from .meetings import MeetingCalls
from .outgoing import OutgoingCalls
from .piece_recording import PieceRecorder
from .prompt_calls import PromptCalls
from .room_news import RoomNews
from .room_sounds import RoomSounds
from .rooms_keeper import SUBSCRIPTIONS as ROOMS
from .rooms_keeper import RoomKeeper

log = structlog.get_logger()

SUBSCRIPTIONS = (*ROOMS, ASK)
READY_LIMIT = 20.0
"""Seconds for the sidecar to start."""
THREADS = "6"
"""Of the sidecar: PINs are hashed on purpose slowly, and callers wait beside them."""


class Switchboard:
    """The rooms' keeper, the sidecar, and what other processes may ask."""

    def __init__(
        self,
        settings: Settings,
        home: Home,
        switch: Switch,
        speech: Speech,
        writer: Writer,
        has_flow: Callable[[str], bool],
        take_in_piece: Callable[[str], object],
        live: LiveNews,
    ) -> None:
        """`has_flow`: whether a flow of that name is live, or is the box's own; `take_in_piece`
        has the worker see to a piece that was recorded; `live` is told of rooms and hours."""

        def is_connected() -> bool:
            return switch.state.status is SwitchStatus.CONNECTED

        self._switch = switch
        self._sidecar = Sidecar("appliance.line_tasks", THREADS)
        self.directory = SidecarDirectory(self._sidecar, settings.phones)
        self.rooms = RoomKeeper(switch)
        self.asked = Asked(self._send)
        self.outgoing = OutgoingCalls(
            switch,
            self._sidecar,
            has_flow,
            callbox=settings.socket,
            paper=settings.paper_name,
        )
        self.pieces = PieceRecorder(home, self._sidecar, writer, switch, self.rooms, take_in_piece)
        self._meetings = MeetingCalls(self._sidecar, self.outgoing, is_connected)
        self.asked.register("meetings.changed", self._meetings.changed)
        self._calling_back = CallingBack(
            self._sidecar,
            self.outgoing,
            is_connected,
        )
        self.asked.register("callbacks.look", self._calling_back.look)
        self.asked.register("callbacks.withdraw", self._calling_back.withdraw)
        ClickToCall(self._sidecar, self.outgoing).register(self.asked)
        PromptCalls(self.outgoing).register(self.asked)
        self._conferencing = Conferencing(
            switch, self.rooms, self._sidecar, RoomSounds(speech, home), home
        )
        self._room_news = RoomNews(self._conferencing, self.rooms, self._send, live)
        ConferenceDesk(self._conferencing, self._room_news, self.outgoing).register(self.asked)
        stage = Stage(
            self.rooms.control,
            self.rooms.member,
            partial(hang_up, switch),
            speech,
            self.outgoing,
            self.pieces,
            writer.put,
            lambda: datetime.now(settings.time_zone),
        )
        news = HourNews(self._send, live)
        self.hours = ExpertHours(stage, self.rooms, self._sidecar, news.changed)
        HourDesk(self.hours, news).register(self.asked)
        self.services: Mapping[type, Any] = {
            ConferenceRooms: self._conferencing,
            Callbacks: self._calling_back,
            ExpertLines: RunningExpertLines(self._sidecar, self.hours),
        }
        """For the steps, by the protocol that each needs."""

    def start(self) -> None:
        self._sidecar.start()
        self._conferencing.start()
        self._room_news.start()
        self.pieces.start()
        self.rooms.start()
        self._meetings.start()
        self.hours.start()
        self._calling_back.start()

    def wait_until_ready(self) -> None:
        """Until its sidecar answers; not for long, as most callers can be served without."""
        try:
            self._sidecar.run("ready", limit=READY_LIMIT)
        except SidecarError as error:
            log.warning("people on the line are not ready", reason=str(error))

    def stop(self) -> None:
        self._meetings.stop()
        self._sidecar.stop()

    @property
    def alive(self) -> bool:
        return self._sidecar.alive

    def switch_is_back(self, channels: Sequence[Mapping[str, Any]]) -> None:
        """`channels`: the switch's rows of all its calls."""
        self.rooms.switch_is_back()
        self.outgoing.switch_is_back(channels)

    def on_event(self, event: Event) -> None:
        """Every event of the switch."""
        self.asked.on_event(event)
        self.rooms.on_event(event)

    def _send(self, subclass: str, headers: Mapping[str, str], body: str) -> None:
        try:
            self._switch.send_event(subclass, headers, body)
        except EslError as error:
            log.warning("an answer was not sent", reason=str(error))
