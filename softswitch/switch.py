"""The switch: everything that there is one of, and its calls."""

import asyncio
import itertools
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from softswitch.api.table import Apis
from softswitch.apps.catalog import APPLICATIONS
from softswitch.apps.table import Applications
from softswitch.arriving import arrive
from softswitch.bus import EventBus
from softswitch.conference.rooms import Rooms
from softswitch.events import EventMint
from softswitch.eventsocket.inbound import InboundConnection
from softswitch.housekeeping import keep_house
from softswitch.media.engine import Engine
from softswitch.media.rtp_port import RtpPort
from softswitch.media.sources import Sounds
from softswitch.message_waiting import MessageWaiting
from softswitch.referring import refer
from softswitch.registrations import RegistrationEvents
from softswitch.session import Session
from softswitch.settings import Settings, read_settings
from softswitch.sip.agent import UserAgent
from softswitch.sip.offer import AudioSession
from softswitch.sip.registrar import Registrar
from softswitch.sip.udp import own_host_towards
from softswitch.sip.uri import Address

_LAST_SECONDS = 1.0
"""What calls have for their last events and recordings when the switch stops."""


class Switch:
    def __init__(self, settings: Settings, source: Path | None = None) -> None:
        """`source`: the file that `settings` come from, to be read again when asked."""
        self.settings = settings
        self._source = source
        self.dialplan = settings.dialplan
        self.bus = EventBus()
        self.mint = EventMint(socket.gethostname(), settings.sip.host)
        self.engine = Engine()
        self.sounds = Sounds()
        self.rooms = Rooms(self)
        self.applications = Applications(APPLICATIONS)
        self.apis = Apis()
        self.refer = refer
        self.sessions: dict[str, Session] = {}
        self.programs: set[InboundConnection] = set()
        self.started = time.monotonic()
        self.session_number = itertools.count(1)
        self.total_sessions = 0
        self.peak_sessions = 0
        self.globals = {
            "hostname": self.mint.hostname,
            "domain": settings.sip.domain or settings.sip.host,
            "local_ip_v4": settings.sip.host,
            "core_uuid": self.mint.core,
            "recordings_dir": str(Path(settings.media.recordings or ".").resolve()),
        }
        self._users = dict(settings.sip.users)
        self.registrar = Registrar(self._users)
        registrations = RegistrationEvents(self.registrar, self.mint, self.bus)
        registrations.listen()
        self.agent = UserAgent(
            on_invite=partial(arrive, self),
            registrar=self.registrar,
            calls_need_auth=settings.sip.auth_calls,
        )
        lamps = MessageWaiting(
            self.agent, self.registrar, self.mint, self.bus, self.globals["domain"]
        )
        lamps.listen()
        registrations.on_register = lamps.on_register
        self._ports = self._rtp_numbers()
        self._server: asyncio.Server | None = None
        self._keeper: asyncio.Task[None] | None = None

    def read_again(self) -> None:
        """Take up the file's users and dialplan. Raises `SettingsError`: all stays as it was.

        Where it listens, and what else the file says, is for the next start. Who is no user any
        more stays registered until the registration ends, as with FreeSWITCH.
        """
        if self._source is None:
            return
        found = read_settings(self._source)
        self.dialplan = found.dialplan
        self._users.clear()
        self._users.update(found.sip.users)

    async def start(self) -> None:
        """Listens. Raises `PortInUse` or OSError."""
        sip, esl = self.settings.sip, self.settings.event_socket
        await self.agent.start(sip.host, sip.port)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: InboundConnection(self, esl.password), esl.host, esl.port
        )
        self.engine.start()
        self._keeper = loop.create_task(keep_house(self))

    async def stop(self) -> None:
        """Ends all calls and closes everything."""
        if self._keeper is not None:
            self._keeper.cancel()
        running = [s.task for s in self.sessions.values() if s.task is not None]
        self.hang_up_all("SYSTEM_SHUTDOWN")
        if running:
            await asyncio.wait(running, timeout=_LAST_SECONDS)
        for program in list(self.programs):
            program.say_goodbye()
        if self._server is not None:
            self._server.close()
        await self.agent.stop()
        self.engine.stop()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    @property
    def event_socket_address(self) -> tuple[str, int]:
        assert self._server is not None
        host, port = self._server.sockets[0].getsockname()[:2]
        return host, port

    def hang_up_all(self, cause: str) -> None:
        for session in list(self.sessions.values()):
            session.hang_up(cause, aside=True)

    def new_port(self) -> RtpPort:
        """Raises `NoFreePort`."""
        return RtpPort(self.engine, self.settings.sip.host, self._some_numbers())

    def _rtp_numbers(self) -> Iterator[int]:
        """Even numbers round and round, so that a port rests after use (RFC 3550, section 11)."""
        media = self.settings.media
        first = media.first_port + media.first_port % 2
        return itertools.cycle(range(first, media.last_port + 1, 2))

    def _some_numbers(self) -> Iterator[int]:
        media = self.settings.media
        return itertools.islice(self._ports, (media.last_port - media.first_port) // 2 + 1)

    def recording_path(self, name: str) -> str:
        """A relative name is meant within the recordings' folder."""
        folder = self.settings.media.recordings
        return str(Path(folder) / name) if folder and name else name

    def audio_session(self, port: RtpPort, peer: Address) -> AudioSession:
        """`peer`: whom its descriptions are for; it is told the address of ours that it reaches."""
        host, number = port.address
        return AudioSession(own_host_towards(host, peer), number, name="FreeSWITCH")

    @property
    def is_full(self) -> bool:
        return len(self.sessions) >= self.settings.max_sessions

    def remember(self, session: Session) -> None:
        self.sessions[session.uuid] = session
        self.total_sessions += 1
        self.peak_sessions = max(self.peak_sessions, len(self.sessions))
        session.variables.set("uuid", session.uuid)
        session.variables.set("session_id", str(next(self.session_number)))

    def forget(self, session: Session) -> None:
        self.sessions.pop(session.uuid, None)

    async def run_api(self, text: str) -> str:
        """The answer to an `api` command."""
        return await self.apis.run(self, text)

    async def run_job(self, job: str, text: str) -> None:
        """A `bgapi` command; its answer comes as an event."""
        answer = await self.run_api(text)
        word, _, rest = text.partition(" ")
        facts = {"Job-UUID": job, "Job-Command": word}
        if rest:
            facts["Job-Command-Arg"] = rest
        if self.bus.wanted("BACKGROUND_JOB"):
            self.bus.fire(self.mint.make("BACKGROUND_JOB", facts, body=answer))
