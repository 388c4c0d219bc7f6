"""Live news for the panel: one connection to the switch and one look at the store, for all pages.

Both are there only while somebody follows what they tell.
"""

import json
from collections.abc import Callable, Hashable

import gevent
import peewee
import structlog
from gevent.event import Event as Flag

from admin.live.ports import Tell
from esl import commands
from esl.errors import EslError
from esl.event import Event
from esl.inbound import EventConnection
from store import marks
from store.database import database
from store.errors import StoreAway

from ..dialplan import switch_password
from ..errors import SettingsInvalid
from ..live_news import FOLLOW, FOLLOW_SECONDS, NEWS
from ..settings import Settings

log = structlog.get_logger()

FROM_SWITCH = frozenset({"calls", "rooms", "hours"})
LIMIT = 5.0
"""Seconds for the switch to take a connection, or a wish."""
AGAIN = 3.0
"""Seconds until a switch that was away is tried again."""
LOOK = 1.0
ATTENTION_LOOK = 10.0
AWAY = {"away": True, "count": 0, "calls": []}
"""What is told of calls while nothing can be known of them."""

Mark = Callable[[], Hashable]


class LiveSource:
    def __init__(self, settings: Settings, attention: Mark) -> None:
        """`attention` gives another mark whenever people are needed for something else."""
        self._settings = settings
        self._looks = {
            "messages": (LOOK, marks.messages),
            "attention": (ATTENTION_LOOK, attention),
        }
        self._topics: frozenset[str] = frozenset()
        self._running: set[str] = set()
        self._asked = Flag()
        self._tell: Tell = lambda topic, data: None

    def follow(self, topics: frozenset[str], tell: Tell) -> None:
        if topics - self._topics:
            self._asked.set()
        self._topics, self._tell = topics, tell
        if topics & FROM_SWITCH:
            self._begin("switch", self._listen_on)
        for topic in topics & self._looks.keys():
            self._begin(topic, self._look_on, topic)

    @property
    def is_looking(self) -> bool:
        """Whether something is still under way, for somebody or out of habit."""
        return bool(self._running)

    def _begin(self, name: str, work: Callable[..., None], *given: str) -> None:
        if name not in self._running:
            self._running.add(name)
            gevent.spawn(self._until_over, name, work, *given)

    def _until_over(self, name: str, work: Callable[..., None], *given: str) -> None:
        try:
            work(*given)
        finally:
            self._running.discard(name)

    def _listen_on(self) -> None:
        while self._topics & FROM_SWITCH:
            try:
                self._listen()
            except (EslError, SettingsInvalid) as error:
                log.info("live news wait for the switch", reason=str(error))
            if self._topics & FROM_SWITCH:
                self._tell("calls", AWAY)
                gevent.sleep(AGAIN)

    def _listen(self) -> None:
        settings = self._settings
        connection = EventConnection(
            *settings.esl, switch_password(settings), on_event=self._on_event, timeout=LIMIT
        )
        try:
            connection.connect()
            connection.subscribe([NEWS])
            while (topics := self._topics & FROM_SWITCH) and connection.connected:
                self._asked.clear()
                wish = commands.sendevent(FOLLOW, {}, json.dumps(sorted(topics)))
                connection.request(wish, LIMIT)
                self._wait(connection)
        finally:
            connection.stop()

    def _wait(self, connection: EventConnection) -> None:
        """Until it is time to ask again, and not longer than there is a connection."""
        for _ in range(int(FOLLOW_SECONDS / 2 / LOOK)):
            if self._asked.wait(LOOK) or not connection.connected or not self._topics:
                return

    def _on_event(self, event: Event) -> None:
        if event.get("Event-Subclass") == NEWS:
            news = json.loads(event.body)
            self._tell(news["topic"], news["data"])

    def _look_on(self, topic: str) -> None:
        every, mark = self._looks[topic]
        last = self._marked(mark)
        while topic in self._topics:
            gevent.sleep(every)
            found = self._marked(mark)
            if found != last:
                last = found
                self._tell(topic, {})

    def _marked(self, mark: Mark) -> Hashable:
        try:
            with database.connection_context():
                return mark()
        except (StoreAway, peewee.PeeweeException, OSError) as error:
            return str(error)
