"""The message lamp of a registered phone: Debian's baresip, and our own SIP end beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.models import Mailbox
from tests.baresip import Baresip
from tests.contract.subscriber import Subscriber
from tests.end_to_end import mailboxes
from tests.end_to_end.box import DESK, Box
from tests.end_to_end.callers import call
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.ear import Ear
from tests.end_to_end.leaving import leave
from tests.end_to_end.mailboxes import LATE, Owned, part
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.test_things_die import ENDS, killed

pytestmark = pytest.mark.timeout(300)

LIT, DARK = "Messages-Waiting: yes", "Messages-Waiting: no"


@pytest.fixture
def owned(rough_box: Box, request: pytest.FixtureRequest) -> Owned:
    """A mailbox of the test's own, the only one that the desk's phone shows."""
    with mailboxes.opened(rough_box.home):
        number = str(840 + Mailbox.select().count())
        Mailbox.update(phones=[]).execute()
    return mailboxes.make(rough_box.home, Owned(number), phones=[DESK])


@pytest.fixture
def desk(rough_box: Box) -> Iterator[Callable[[], Subscriber]]:
    """The desk's phone, switched on: it registers, then subscribes."""
    made: list[Subscriber] = []

    def switch_on() -> Subscriber:
        made.append(Subscriber(DESK))
        assert made[-1].register(rough_box.sip, rough_box.desk_secret) == 200
        assert made[-1].subscribe(rough_box.sip, rough_box.desk_secret).status == 202
        return made[-1]

    yield switch_on
    for phone in made:
        phone.close()


def test_the_lamp_goes_on_with_a_message_and_off_when_it_is_saved(
    rough_box: Box,
    phones: PhoneMaker,
    rough_spoken: Spoken,
    owned: Owned,
    desk: Callable[[], Subscriber],
    tmp_path: Path,
) -> None:
    phone = desk()
    real = Baresip(tmp_path / "baresip", rough_box.sip, DESK, rough_box.desk_secret)
    try:
        real.wait_registered()
        real.wait_lamp(False, "0/0 (0/0)")
        leave(phones("5550701"), rough_box, rough_spoken, owned.number, part(LATE, 4.0))
        phone.notified(LIT, "1/0 (0/0)")
        real.wait_lamp(True, "1/0 (0/0)")
        saves(Ear(phones("5550702"), rough_spoken), rough_box, owned)
        phone.notified(DARK, "0/1 (0/0)")
        real.wait_lamp(False, "0/1 (0/0)")
    finally:
        real.close()


def saves(ear: Ear, box: Box, owned: Owned) -> None:
    call(ear.phone, box, "199")
    ear.press(f"{owned.number}#{owned.pin}#").hears("You have one new message.")
    ear.press("1").hears("Message one.").press("8").hears("Saved.")
    ear.phone.hang_up()


def test_the_lamp_is_right_again_after_the_callbox_was_killed(
    rough_box: Box, owned: Owned, desk: Callable[[], Subscriber]
) -> None:
    phone = desk()
    mailboxes.put(rough_box.home, owned)
    phone.notified(LIT, "1/0 (0/0)")
    killed(rough_box, "callbox")
    mailboxes.put(rough_box.home, owned, urgent=True)
    phone.notified(LIT, "2/0 (1/0)")
    rough_box.wait_until_well()
    desk().notified(LIT, "2/0 (1/0)")


def test_the_lamp_is_right_again_after_the_switch_was_killed(
    rough_box: Box, owned: Owned, desk: Callable[[], Subscriber]
) -> None:
    mailboxes.put(rough_box.home, owned)
    desk().notified(LIT, "1/0 (0/0)")
    ENDS[rough_box.switch][0](rough_box)
    rough_box.wait_until_well()
    desk().notified(LIT, "1/0 (0/0)")
