"""Where the numbers of the benches lead in conference rooms, with and without a box."""

from dataclasses import dataclass

from ivr_flows.ports import Role
from tests.switch_plan import Extension


@dataclass(frozen=True, slots=True)
class Seat:
    role: Role
    hall: bool


LISTENER, SPEAKER, HOST, TABLE = "201", "202", "203", "204"
NATIVE = "3"
"""In place of the first digit: the same seat, given by the dialplan alone."""
SEATS = {
    LISTENER: Seat(Role.LISTENER, hall=True),
    SPEAKER: Seat(Role.SPEAKER, hall=True),
    HOST: Seat(Role.MODERATOR, hall=True),
    TABLE: Seat(Role.SPEAKER, hall=False),
}
HALL = "hall-bench"


def room_of(dialled: str, caller: str) -> str:
    """One hall for all; a room for each number that callers show."""
    return HALL if SEATS[dialled].hall else f"room-{caller}"


def native(number: str) -> str:
    return NATIVE + number[1:]


def extensions(box_port: int) -> tuple[Extension, ...]:
    """Each seat with a box and without."""
    box = (
        ("set", "playback_terminators=any"),
        ("answer", ""),
        ("socket", f"127.0.0.1:{box_port} async full"),
    )
    return (
        Extension("seats", "^20[1-4]$", box),
        *(
            Extension(f"native {number}", f"^{native(number)}$", (("answer", ""), _entry(number)))
            for number in SEATS
        ),
    )


def _entry(number: str) -> tuple[str, str]:
    seat = SEATS[number]
    flag = {Role.LISTENER: "mute", Role.SPEAKER: "", Role.MODERATOR: "moderator"}[seat.role]
    flags = f"+flags{{{flag}}}" if flag else ""
    if seat.hall:
        return "conference", f"{HALL}@pressline-hall{flags}"
    return "conference", f"room-${{caller_id_number}}@pressline-room{flags}"
