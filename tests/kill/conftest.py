"""A box with a mailbox, a speech model and a mail server, on each switch; for all tests here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from tests.end_to_end.box import Box
from tests.end_to_end.conftest import NO_FREESWITCH
from tests.kill.caller import Caller
from tests.kill.crowd import Crowd
from tests.kill.furnishing import furnish
from tests.kill.judging import Spoken, judge
from tests.kill.kept import kept
from tests.kill.mails import assert_all_told
from tests.kill.settling import assert_no_file_is_strange, settle
from tests.kill.table import table
from tests.mail_server import MailServer, RunningMailServer
from tests.switches import FreeSwitch

WORKERS = 8
"""So many messages are in the worker's hands when it is killed."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    box: Box
    mails: MailServer
    judged: list[tuple[Caller, Sequence[Spoken]]] = field(default_factory=list)
    """All that ever called: what is right today shall not be undone tomorrow."""

    def judge(self, callers: Crowd, spoken: Callable[[Caller], Sequence[Spoken]]) -> None:
        """Once the box has come to rest. Raises AssertionError."""
        settle(self.box)
        self.judged.extend((caller, spoken(caller)) for caller in callers.callers)
        found = {caller: kept(self.box, caller.number) for caller, _ in self.judged}
        ids = [message.id for messages in found.values() for message in messages]
        print(table(callers.callers, found))
        print(f"{len(ids)} messages so far, {len(self.mails.received)} mails")
        for caller, said in self.judged:
            judge(said, found[caller])
        assert_no_file_is_strange(self.box)
        assert_all_told(self.mails, ids)


@pytest.fixture(scope="session", params=["embedded", "freeswitch"])
def newsroom(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    if request.param == "freeswitch" and FreeSwitch.program() is None:
        pytest.skip(NO_FREESWITCH)
    home = tmp_path_factory.mktemp(f"kill-{request.param}") / "home"
    with RunningMailServer() as mails:
        box = Box(
            home,
            request.param,
            mail_server=f"127.0.0.1:{mails.port}",
            mail_tls="none",
            workers=str(WORKERS),
            last_resort_box="killed",
        )
        try:
            furnish(box)
            yield Newsroom(box.start(), mails)
            assert "Traceback" not in box.said(), box.said()
        finally:
            box.close()
