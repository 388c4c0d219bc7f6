"""PINs of rooms: whose they are, what guessing costs, and a crowd that keys the same one."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from ivr_flows.ports import Party, Role
from lines.errors import PinRefused, RoomUnknown
from lines.rooms import records, signing_in
from lines.rooms.entry import checked
from lines.rooms.lookup import rooms
from lines.rooms.ports import RoomFacts, SignedIn
from lines.rooms.signing_in import new_pin, set_pin, sign_in, take_pin
from store import pins
from store.database import disconnect

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SPEAKER, MODERATOR, WRONG = "7294", "5183", "7295"
UNKNOWN = RoomFacts(0, "899")

pytestmark = pytest.mark.usefixtures("store")


def room() -> RoomFacts:
    """With a PIN for speakers and one for moderators."""
    records.create(checked(name="planning", numbers=["701"]))
    set_pin("planning", Role.SPEAKER, SPEAKER)
    set_pin("planning", Role.MODERATOR, MODERATOR)
    return rooms()[0]


def key(into: RoomFacts, pin: str, caller: int = 1, after: float = 0.0) -> SignedIn:
    return sign_in(into, pin, Party(f"0302{caller:06}"), NOW + timedelta(seconds=after))


def test_a_pin_lets_in_as_what_it_is_for() -> None:
    planning = room()
    assert planning.pins == {Role.SPEAKER, Role.MODERATOR}
    assert key(planning, SPEAKER) == SignedIn(Role.SPEAKER)
    assert key(planning, MODERATOR) == SignedIn(Role.MODERATOR)
    assert key(planning, WRONG) == SignedIn()


def test_a_room_that_does_not_exist_has_no_right_pin() -> None:
    room()
    assert key(UNKNOWN, SPEAKER) == SignedIn()


def test_three_wrong_pins_lock_the_room_for_the_right_one_too_even_if_it_was_keyed_before() -> None:
    planning = room()
    assert key(planning, SPEAKER).role
    tried = [key(planning, WRONG, caller) for caller in (1, 2, 3)]
    assert [each.wait_seconds for each in tried] == [0, 0, 60]
    assert key(planning, SPEAKER, 9) == SignedIn(locked=True, wait_seconds=60)
    assert key(planning, SPEAKER, 9, after=61) == SignedIn(Role.SPEAKER)


def test_one_who_guesses_at_many_rooms_is_locked_out_of_all() -> None:
    planning = room()
    for number in range(10):
        key(RoomFacts(0, f"9{number}"), WRONG)
    assert key(planning, SPEAKER).locked
    assert key(planning, SPEAKER, caller=2).role


def test_a_crowd_with_the_same_pin_gets_in_at_once_and_hashes_it_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planning = room()
    looked: list[str] = []
    is_right = pins.is_right

    def look(kept: str, pin: str) -> bool:
        looked.append(pin)
        return is_right(kept, pin)

    monkeypatch.setattr(pins, "is_right", look)
    found: list[SignedIn] = []

    def guest(number: int) -> None:
        found.append(key(planning, SPEAKER, number))
        disconnect()

    threads = [threading.Thread(target=guest, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.role for each in found] == [Role.SPEAKER] * 30
    assert len(looked) == len(Role)


def test_a_changed_pin_is_forgotten_at_once() -> None:
    planning = room()
    assert key(planning, SPEAKER).role
    set_pin("planning", Role.SPEAKER, "6382")
    assert key(planning, SPEAKER).role is None
    take_pin("planning", Role.SPEAKER)
    assert key(planning, "6382").role is None


def test_a_new_pin_opens_the_lock() -> None:
    planning = room()
    for caller in (1, 2, 3):
        key(planning, WRONG, caller)
    made = new_pin("701", Role.LISTENER)
    assert key(planning, made, 4) == SignedIn(Role.LISTENER)


@pytest.mark.parametrize(
    ("pin", "why"),
    [("12", "4 to 12 digits"), ("1234", "too easy"), ("7017", ""), (MODERATOR, "another role"),
     ("701701", "too easy")],
)  # fmt: skip
def test_which_pins_a_role_may_have(pin: str, why: str) -> None:
    room()
    if not why:
        set_pin("planning", Role.SPEAKER, pin)
        return
    with pytest.raises(PinRefused, match=why):
        set_pin("planning", Role.SPEAKER, pin)


def test_a_room_that_is_not_there_gets_no_pin() -> None:
    with pytest.raises(RoomUnknown):
        set_pin("nowhere", Role.SPEAKER, SPEAKER)


def test_no_pin_is_kept_in_memory() -> None:
    key(room(), SPEAKER)
    kept = repr(vars(signing_in))
    assert SPEAKER not in kept
