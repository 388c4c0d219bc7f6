"""The commands that both kinds of connection understand."""

import asyncio
import uuid
from typing import TYPE_CHECKING
from urllib.parse import unquote

from softswitch.causes import cause_named
from softswitch.event_names import EVENT_NAMES
from softswitch.events import Event
from softswitch.eventsocket.connection import GOODBYE, Connection
from softswitch.eventsocket.framing import Command
from softswitch.orders import Order
from softswitch.session import Session
from softswitch.variables import is_true, number_of

if TYPE_CHECKING:
    from softswitch.switch import Switch

MAX_JOBS = 100
"""Jobs of `bgapi` that one connection may have running."""
_LOG_LEVELS = {"console": 0, "alert": 1, "crit": 2, "err": 3, "warning": 4, "notice": 5}
_LOG_LEVELS |= {"info": 6, "debug": 7, "": 7}


class Commands(Connection):
    """Names are matched by their beginning, in FreeSWITCH's order (mod_event_socket.c,
    parse_command)."""

    def __init__(self, switch: "Switch") -> None:
        super().__init__(switch.bus)
        self.switch = switch
        self._jobs: set[asyncio.Task[None]] = set()
        self._logging = False

    async def handle(self, command: Command) -> None:
        word, _, rest = command.text.partition(" ")
        table = {
            "exit": self._exit,
            "filter": self._filter,
            "sendmsg": self._sendmsg,
            "sendevent": self._sendevent,
            "api": self._api,
            "bgapi": self._bgapi,
            "log": self._log,
            "linger": self._linger,
            "nolinger": self._linger,
            "nolog": self._nolog,
            "event": self._event,
            "nixevent": self._nixevent,
            "noevents": self._noevents,
            "myevents": self._myevents,
            "divert_events": self._divert_events,
        }
        known = table.get(word.lower())
        if known is None:
            self.reply("")
        else:
            await known(command, rest.strip())

    async def _exit(self, _: Command, __: str) -> None:
        self.reply("+OK bye")
        self.say_goodbye()

    def say_goodbye(self) -> None:
        self.notice({}, GOODBYE)
        self.close()

    async def _filter(self, __: Command, rest: str) -> None:
        if not rest:
            self.reply("")
            return
        name, _, value = rest.partition(" ")
        if name.lower() == "delete" and value:
            name, _, value = value.partition(" ")
            self.subscription.drop_filter(name.lower() if name == "all" else name, value)
            self.reply(f"+OK filter deleted. [{name}][{value}]")
        elif value:
            if name.lower() == "add":
                name, _, value = value.partition(" ")
            self.subscription.add_filter(name, value)
            self.reply(f"+OK filter added. [{name}]=[{value}]")
        else:
            self.reply("-ERR invalid syntax")

    async def _sendmsg(self, command: Command, rest: str) -> None:
        wanted = rest or command.get("session-id")
        session = self.switch.sessions.get(wanted)
        if session is None:
            self.reply(f"-ERR invalid session id [{wanted}]")
        else:
            self.reply("+OK" if post(session, command) else "-ERR memory error")

    async def _sendevent(self, command: Command, rest: str) -> None:
        """The program's own headers come first, as it wrote them."""
        identity = str(uuid.uuid4())
        name = rest.upper() if rest.upper() in EVENT_NAMES else "CUSTOM"
        headers = {key: _decoded(value) for key, value in command.headers.items()}
        length = next((key for key in headers if key.lower() == "content-length"), "")
        headers.pop(length, None)
        subclass = command.get("Event-Subclass")
        headers = {"Event-Name": name} | headers | {"Event-UUID": identity}
        if subclass:
            headers["Event-Subclass"] = subclass
        preamble = self.switch.mint.preamble(name, subclass)
        missing = {key: value for key, value in preamble.items() if key not in headers}
        self.hold_events()
        self.reply(f"+OK {identity}")
        self.switch.bus.fire(Event(headers | missing, command.body))
        self.release_events()

    async def _api(self, _: Command, rest: str) -> None:
        if not rest:
            self.reply("")
            return
        self.hold_events()
        try:
            self.respond(await self.switch.run_api(rest))
        finally:
            self.release_events()

    async def _bgapi(self, command: Command, rest: str) -> None:
        if not rest:
            self.reply("")
            return
        if len(self._jobs) >= MAX_JOBS:
            self.reply("-ERR too many jobs")
            return
        job = command.get("Job-UUID") or str(uuid.uuid4())
        text = f"Content-Type: command/reply\nReply-Text: +OK Job-UUID: {job}\nJob-UUID: {job}\n\n"
        self.write(text.encode("utf-8", "surrogateescape"))
        task = asyncio.get_running_loop().create_task(self.switch.run_job(job, rest))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def _log(self, __: Command, rest: str) -> None:
        word = rest.partition(" ")[0]
        level = _LOG_LEVELS.get(word.lower(), number_of(word, -1, -1, 7))
        if level < 0:
            self.reply("-ERR invalid log level")
            return
        self._logging = True
        self.reply(f"+OK log level {word} [{level}]")

    async def _nolog(self, _: Command, __: str) -> None:
        self.reply("+OK no longer logging" if self._logging else "-ERR not loging")
        self._logging = False

    async def _linger(self, _: Command, __: str) -> None:
        self.reply("-ERR not controlling a session")

    async def _divert_events(self, _: Command, __: str) -> None:
        self.reply("-ERR not controlling a session.")

    async def _event(self, _: Command, rest: str) -> None:
        words = rest.split()
        if words and words[0].lower() in ("plain", "json", "xml"):
            # XML is not built here; plain is what every library can read.
            self.subscription.json = words.pop(0).lower() == "json"
        if self.subscription.add(words):
            kind = "json" if self.subscription.json else "plain"
            self.reply(f"+OK event listener enabled {kind}")
        else:
            self.reply("-ERR no keywords supplied")

    async def _nixevent(self, _: Command, rest: str) -> None:
        found = self.subscription.drop(rest.split())
        self.reply("+OK events nixed" if found else "-ERR no keywords supplied")

    async def _noevents(self, _: Command, __: str) -> None:
        had = self.subscription.clear()
        self.reply("+OK no longer listening for events" if had else "-ERR not listening for events")

    async def _myevents(self, __: Command, rest: str) -> None:
        channel, _, form = rest.partition(" ")
        if not channel:
            self.reply("")
            return
        self.follow(channel, form)

    def follow(self, channel: str, form: str) -> None:
        if self.subscription.own_channel:
            self.reply("-ERR aready enabled.")
            return
        self.subscription.follow(channel)
        self.subscription.json = "json" in form.lower() or self.subscription.json
        self.reply("+OK Events Enabled")


def _decoded(value: str) -> str:
    """`sendevent` takes values percent-encoded, as events carry them (switch_event.c)."""
    return unquote(value, errors="surrogateescape") if "%" in value else value


def order_of(command: Command) -> Order | None:
    """The order in a `sendmsg`; None for one that asks for nothing known."""
    verb = command.get("call-command").lower()
    if verb == "hangup":
        return Order("", hangup=cause_named(command.get("hangup-cause")))
    application = command.get("execute-app-name")
    if verb != "execute" or not application:
        return None
    return Order(
        application=application,
        argument=command.get("execute-app-arg") or command.body,
        uuid=command.get("Event-UUID") or str(uuid.uuid4()),
        loops=number_of(command.get("loops"), 1, 1, 1_000_000),
        lock=is_true(command.get("event-lock")),
    )


def post(session: Session, command: Command) -> bool:
    """Leave a `sendmsg` with its session; one that asks for nothing is taken, too."""
    order = order_of(command)
    if order is None or session.channel.hung_up:
        return True
    return session.post(order)
