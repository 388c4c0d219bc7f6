"""The worker is killed again and again while it hears messages and tells of them."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from tests.end_to_end.box import Box
from tests.end_to_end.waiting import eventually
from tests.kill.conftest import Newsroom
from tests.kill.crowd import crowd
from tests.kill.judging import spoken_in_all
from tests.mail_server import MailServer

TOGETHER = 2.0
"""Seconds within which all call, so that the worker has all their messages at once."""
SLOW = 0.4
"""Seconds that the mail server takes to keep a mail, and again to say so."""
KILLS = (("hearing", 1), ("hearing", 1), *[("telling", 6)] * 3)
"""What the worker is at when it is killed, and with how many messages at least."""
MOMENTS = 20
IN_HAND = """
    SELECT 'hearing', message_id, claimed_by FROM transcript WHERE state = 'running'
    UNION ALL SELECT 'telling', message_id, claimed_by FROM delivery WHERE state = 'sending'
"""


class InHand(NamedTuple):
    """A message that a worker process has to do with."""

    at: str
    message: str
    claim: str

    @property
    def life(self) -> str:
        """Of the worker, which is another one after a kill."""
        return self.claim.partition(" ")[0]

    def __str__(self) -> str:
        return f"{self.at} {self.message[:4]}"


def make_slow(server: MailServer) -> None:
    """So that workers are often killed between a mail that is kept and the word that it is."""
    keep = server.handle_DATA

    async def keep_slowly(client: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(SLOW)
        answer = await keep(client, session, envelope)
        await asyncio.sleep(SLOW)
        return answer

    server.handle_DATA = keep_slowly  # type: ignore[method-assign, assignment]


class Killer:
    def __init__(self, box: Box) -> None:
        self._box = box
        self._dead: set[str] = set()

    def kill(self, at: str, least: int) -> Sequence[InHand]:
        """Kill the worker when it is at so many messages; what it had in hand."""

        def enough() -> Sequence[InHand]:
            found = self._in_hand()
            return found if len([one for one in found if one.at == at]) >= least else []

        found = eventually(enough, f"the worker is {at} {least} messages")
        self._box.kill("worker")
        self._dead |= {one.life for one in found}
        return found

    def _in_hand(self) -> Sequence[InHand]:
        found = [InHand(*row) for row in self._box.ledger.ask(IN_HAND)]
        return [one for one in found if one.life not in self._dead]


@pytest.mark.timeout(300)
def test_a_worker_that_is_killed_again_and_again_loses_no_message(newsroom: Newsroom) -> None:
    make_slow(newsroom.mails)
    killer = Killer(newsroom.box)
    with crowd(newsroom.box) as callers:
        callers.come(within=TOGETHER)
        callers.note_kill()  # the worker is killed at its first message: many are left for the next
        moments = [killer.kill(at, least) for at, least in KILLS]
        print(*("killed " + " ".join(map(str, each)) for each in moments), sep="\n")
        assert sum(map(len, moments)) >= MOMENTS
        callers.wait_over()
        newsroom.judge(callers, spoken_in_all)
