"""PINs: which ones are taken, who gets in, and what guessing costs."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from ivr_flows.ports import Party
from store import gates, pins
from store.database import disconnect
from store.models import Mailbox, PinGate
from store.pins import PinFault, fault
from tests.voicemail.stored import make_box
from voicemail.boxes import new_pin, set_pin, sign_in
from voicemail.errors import BoxUnknown
from voicemail.ports import Box, Pin, SignIn

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
RIGHT, WRONG = "7294", "7295"
ANN = Party("0301111111")
UNKNOWN = Box(0, "899")

store_is_there = pytest.mark.usefixtures("store")


def box_with_pin(name: str = "desk") -> Box:
    return make_box(name, pin_hash=pins.hashed(RIGHT))


def guess(box: Box, caller: Party, pin: str = WRONG, after: float = 0.0) -> SignIn:
    return sign_in(box, pin, caller, NOW + timedelta(seconds=after))


def caller(number: int) -> Party:
    return Party(f"0302{number:06}")


@pytest.mark.parametrize("pin", ["7294", "518264", "999994", "123456789013", "4444443"])
def test_a_pin_that_is_not_easy_to_guess_is_taken(pin: str) -> None:
    assert fault(pin) is PinFault.NONE


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", " 729", "٧٢٩٤", "7294\n"])
def test_a_pin_of_another_shape_is_refused(pin: str) -> None:
    assert fault(pin) is PinFault.LENGTH


@pytest.mark.parametrize(
    "pin",
    ["0000", "111111", "1234", "345678", "4321", "9876", "7890", "3210987",
     "1212", "123123", "77887788", "1984", "2026", "2580", "0852"],
)  # fmt: skip
def test_a_pin_that_many_people_choose_is_refused(pin: str) -> None:
    assert fault(pin) is PinFault.SIMPLE


@pytest.mark.parametrize("pin", ["8041", "1408", "80418041", "008041", "804100"])
def test_a_pin_made_from_the_number_of_the_box_is_refused(pin: str) -> None:
    assert fault(pin, ["8041"]) is PinFault.SIMPLE
    assert fault("5528", ["8041"]) is PinFault.NONE


@store_is_there
def test_a_pin_is_set_and_then_lets_in() -> None:
    box = make_box("desk", "8041")
    assert set_pin(box, "8041") == "this PIN is too easy to guess"
    assert guess(box, ANN, "8041").outcome is Pin.WRONG
    assert set_pin(box, RIGHT) == ""
    entered = guess(box, ANN, RIGHT)
    assert (entered.outcome, entered.box and entered.box.has_pin) == (Pin.RIGHT, True)


@store_is_there
def test_the_store_holds_no_pin_that_can_be_read() -> None:
    box = make_box()
    set_pin(box, RIGHT)
    kept = Mailbox.get_by_id(box.id).pin_hash
    assert kept.startswith("$argon2id$")
    assert RIGHT not in kept


@store_is_there
def test_a_generated_pin_lets_in_and_opens_the_lock() -> None:
    box = box_with_pin()
    for number in range(3):
        guess(box, caller(number))
    pin = new_pin(box)
    assert len(pin) == 6
    assert guess(box, ANN, pin).outcome is Pin.RIGHT


@store_is_there
def test_a_box_without_a_pin_lets_nobody_in() -> None:
    assert guess(make_box(), ANN, "").outcome is Pin.WRONG


@store_is_there
def test_the_pin_of_a_box_that_was_removed_is_not_set() -> None:
    with pytest.raises(BoxUnknown):
        set_pin(Box(99, "gone"), RIGHT)


@store_is_there
def test_two_mistakes_cost_nothing_and_the_third_a_minute() -> None:
    box = box_with_pin()
    waits = [guess(box, ANN).wait_seconds for _ in range(3)]
    assert waits == [0.0, 0.0, 60.0]


@store_is_there
def test_a_right_pin_in_between_forgives() -> None:
    box = box_with_pin()
    for _ in range(2):
        guess(box, ANN)
    assert guess(box, ANN, RIGHT).outcome is Pin.RIGHT
    assert guess(box, ANN).wait_seconds == 0.0


@store_is_there
def test_the_right_pin_is_not_looked_at_while_the_box_is_locked() -> None:
    box = box_with_pin()
    for number in range(3):
        guess(box, caller(number))
    locked = guess(box, ANN, RIGHT, after=59)
    assert (locked.outcome, locked.wait_seconds, locked.box) == (Pin.LOCKED, 1.0, None)
    assert guess(box, ANN, RIGHT, after=60).outcome is Pin.RIGHT


@store_is_there
def test_each_further_mistake_doubles_the_wait_up_to_an_hour() -> None:
    box, at, waits = box_with_pin(), 0.0, []
    for number in range(12):
        wait = guess(box, caller(number), after=at).wait_seconds
        waits.append(wait)
        at += wait
    assert waits == [0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]


@store_is_there
def test_attempts_while_it_is_locked_do_not_make_it_longer() -> None:
    box = box_with_pin()
    for number in range(3):
        guess(box, caller(number))
    for second in range(30):
        assert guess(box, caller(second), after=second).outcome is Pin.LOCKED
    assert guess(box, ANN, RIGHT, after=60).outcome is Pin.RIGHT


@store_is_there
def test_mistakes_of_yesterday_are_forgotten() -> None:
    box = box_with_pin()
    for number in range(5):
        guess(box, caller(number), after=number * 4000)
    day = 25 * 3600 + 20_000
    assert [guess(box, ANN, after=day).wait_seconds for _ in range(3)] == [0, 0, 60]


@store_is_there
def test_a_guesser_who_walks_from_box_to_box_is_locked_out_of_all() -> None:
    boxes = [box_with_pin(f"box{number}") for number in range(12)]
    outcomes = [guess(box, ANN).outcome for box in boxes]
    assert outcomes == [Pin.WRONG] * 10 + [Pin.LOCKED] * 2
    assert guess(boxes[0], ANN, RIGHT).outcome is Pin.LOCKED
    assert guess(boxes[0], Party("0309999999"), RIGHT).outcome is Pin.RIGHT


@store_is_there
def test_a_guesser_with_a_box_of_his_own_is_locked_out_as_well() -> None:
    own = box_with_pin("own")
    boxes = [box_with_pin(f"box{number}") for number in range(12)]
    outcomes = []
    for box in boxes:
        guess(own, ANN, RIGHT)
        outcomes.append(guess(box, ANN).outcome)
    assert outcomes[-1] is Pin.LOCKED


@store_is_there
def test_callers_who_hide_their_number_count_as_one() -> None:
    outcomes = [
        guess(box_with_pin(f"box{n}"), Party(f"{n}", withheld=True)).outcome for n in range(31)
    ]
    assert outcomes == [Pin.WRONG] * 30 + [Pin.LOCKED]


@store_is_there
def test_an_unknown_box_answers_like_one_that_exists() -> None:
    box = box_with_pin("desk")
    known = [guess(box, caller(n)) for n in range(5)]
    unknown = [guess(UNKNOWN, caller(n + 100)) for n in range(5)]
    assert unknown == known


@store_is_there
def test_the_pin_for_an_unknown_box_is_hashed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    real = pins.HASHER.verify

    class Watched:
        hash = pins.HASHER.hash

        def verify(self, kept: str, pin: str) -> bool:
            hashed.append(kept)
            return real(kept, pin)

    monkeypatch.setattr(pins, "HASHER", Watched())
    guess(UNKNOWN, ANN)
    guess(make_box("no-pin"), ANN)
    assert len(hashed) == 2
    assert all(kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for kept in hashed)


@store_is_there
def test_the_counts_survive_a_restart() -> None:
    box = box_with_pin()
    for number in range(3):
        guess(box, caller(number))
    disconnect()
    assert guess(box, ANN, RIGHT).outcome is Pin.LOCKED


def all_at_once(attempts: list[tuple[Box, Party, str]]) -> list[SignIn]:
    """Each in a thread of its own, with a connection of its own."""
    results: list[SignIn] = []
    together = threading.Barrier(len(attempts))

    def one(box: Box, party: Party, pin: str) -> None:
        together.wait()
        results.append(guess(box, party, pin))
        disconnect()

    threads = [threading.Thread(target=one, args=each) for each in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@store_is_there
def test_of_many_callers_who_guess_at_once_only_three_are_looked_at() -> None:
    box = box_with_pin()
    results = all_at_once([(box, caller(number), WRONG) for number in range(24)])
    outcomes = [result.outcome for result in results]
    assert (outcomes.count(Pin.WRONG), outcomes.count(Pin.LOCKED)) == (3, 21)
    assert PinGate.get_by_id("box:desk").failures == 3


@store_is_there
def test_of_many_boxes_that_one_caller_tries_at_once_only_ten_are_looked_at() -> None:
    boxes = [box_with_pin(f"box{number}") for number in range(16)]
    outcomes = [result.outcome for result in all_at_once([(box, ANN, WRONG) for box in boxes])]
    assert (outcomes.count(Pin.WRONG), outcomes.count(Pin.LOCKED)) == (10, 6)


@store_is_there
def test_an_administrator_opens_the_lock() -> None:
    box = box_with_pin()
    for number in range(3):
        guess(box, caller(number))
    assert gates.locked_until("desk", NOW) == NOW + timedelta(seconds=60)
    assert gates.unlock("desk")
    assert not gates.unlock("desk")
    assert gates.locked_until("desk", NOW) is None
    assert guess(box, ANN, RIGHT).outcome is Pin.RIGHT


@store_is_there
def test_old_counts_are_removed_and_fresh_ones_stay() -> None:
    guess(UNKNOWN, ANN)
    assert gates.forget(NOW + timedelta(hours=23)) == 0
    assert gates.forget(NOW + timedelta(hours=25)) == 2
    assert PinGate.select().count() == 0


@store_is_there
@pytest.mark.parametrize("hostile", ["\0\ud800' --", "9" * 5_000, ""])
def test_whatever_is_keyed_or_called_from_is_an_ordinary_wrong_pin(hostile: str) -> None:
    assert guess(box_with_pin(), Party(hostile), hostile).outcome is Pin.WRONG
    assert guess(Box(0, hostile), Party(hostile), hostile).outcome is Pin.WRONG
