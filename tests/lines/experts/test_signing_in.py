"""PINs of hosts, experts and screeners."""

from datetime import timedelta

import pytest

from ivr_flows.ports import Party
from lines.experts import programme, sessions
from lines.experts.ports import LineFacts, Seat, SessionState, SignedIn
from lines.experts.signing_in import new_pins, sign_in
from store.models import ExpertSession
from tests.lines.experts.planned import HOUR, NOW, ZONE, make, make_line, schedule

CALLER = Party("0301234567")


def line(name: str = "science") -> LineFacts:
    found = programme.now(ZONE, name, NOW)
    return found.line if found else LineFacts(0, name)


def key(pin: str, at: timedelta = timedelta(), caller: Party = CALLER) -> SignedIn:
    return sign_in(ZONE, line(), pin, caller, NOW + at)


def test_each_pin_gives_its_own_seat(store: str) -> None:
    make()
    number = schedule()
    pins = new_pins(number)
    seats = {pin: key(pin).seat for pin in (pins.host, pins.expert, pins.screener)}
    assert seats == {
        pins.host: Seat.HOST, pins.expert: Seat.EXPERT, pins.screener: Seat.SCREENER,
    }  # fmt: skip


def test_the_pins_are_kept_as_hashes_only(store: str) -> None:
    make()
    number = schedule()
    pins = new_pins(number)
    row = sessions.known(number)
    kept = (row.host_pin, row.expert_pin, row.screener_pin)
    assert all(hash.startswith("$argon2id$") for hash in kept)
    assert pins.host not in kept


def test_new_pins_make_the_old_ones_void(store: str) -> None:
    make()
    number = schedule()
    old = new_pins(number)
    new = new_pins(number)
    assert key(old.host).seat is None
    assert key(new.host).seat is Seat.HOST


def test_the_session_is_told_with_the_seat(store: str) -> None:
    make()
    first, second = schedule(), schedule(NOW + 3 * HOUR)
    found = key(new_pins(first).host).session
    assert found is not None
    assert found.id == first
    del second


def test_after_the_session_its_expert_is_still_known(store: str) -> None:
    make()
    number = schedule()
    pins = new_pins(number)
    ExpertSession.update(state=SessionState.CLOSED).where(ExpertSession.id == number).execute()
    assert key(pins.expert, 5 * HOUR).seat is Seat.EXPERT


def test_a_cancelled_session_lets_nobody_in(store: str) -> None:
    make()
    number = schedule()
    pins = new_pins(number)
    sessions.cancel(number)
    assert key(pins.host).seat is None


def test_a_pin_of_one_line_opens_no_other(store: str) -> None:
    make()
    make_line("garden")
    pins = new_pins(schedule(line="garden"))
    assert key(pins.host).seat is None


@pytest.mark.parametrize("pin", ["", "0", "9" * 32, "１２３４５６"])
def test_a_session_without_pins_lets_nobody_in(store: str, pin: str) -> None:
    make()
    schedule()
    assert key(pin).seat is None


def test_guessing_is_slowed_and_then_not_looked_at_even_when_it_is_right(store: str) -> None:
    make()
    pins = new_pins(schedule())
    waits = [key(f"12345{guess}").wait_seconds for guess in range(4)]
    assert waits[-1] > 0
    assert key(pins.host).seat is None
    assert key(pins.host, timedelta(hours=2)).seat is Seat.HOST


def test_guessing_from_other_numbers_does_not_help(store: str) -> None:
    make()
    schedule()
    for guess in range(4):
        key(f"12345{guess}", caller=Party(f"030123456{guess}"))
    assert key("999999", caller=Party("0309999999")).wait_seconds > 0


def test_a_line_that_does_not_exist_sounds_like_a_wrong_pin(store: str) -> None:
    assert sign_in(ZONE, LineFacts(0, "garden"), "123456", CALLER, NOW).seat is None
