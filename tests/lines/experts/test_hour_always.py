"""What holds in every hour, whatever people press and whenever they hang up."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from lines.errors import LinesError
from lines.experts.hour.services import SERVICES
from lines.experts.ports import Seat, SessionState
from tests.lines.experts.hours import HALL, Hours, open_hour

NAMES = {
    "ann": Seat.CALLER,
    "bob": Seat.CALLER,
    "cat": Seat.CALLER,
    "host": Seat.HOST,
    "other": Seat.HOST,
    "expert": Seat.EXPERT,
    "sue": Seat.SCREENER,
    "tom": Seat.SCREENER,
}
EVENTS = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(sorted(NAMES)), st.sampled_from("0123456789*#")),
    st.tuples(st.just("call"), st.sampled_from(sorted(NAMES)), st.none()),
    st.tuples(st.just("hang up"), st.sampled_from(sorted(NAMES)), st.none()),
    st.tuples(st.just("serve"), st.sampled_from(sorted(SERVICES)), st.none()),
    st.tuples(st.just("wait"), st.none(), st.sampled_from([1, 20, 90])),
)


def happen(hour: Hours, what: str, name: str | None, more: str | int | None) -> None:
    if what == "wait":
        hour.tick(seconds=float(more or 0))
    elif name is None:
        return
    elif what == "serve":
        question = hour.view["waiting"][0]["question"] if hour.view["waiting"] else "q99"
        given = {"note": {"question": question, "text": "x"}, "announce": {"text": "x"}}
        given["priority"] = {"question": question, "priority": 3}
        try:
            hour.serve(name, **given.get(name, {}))
        except LinesError:
            return
    elif what == "press" and name in hour.rooms:
        hour.press(name, str(more))
    elif what == "call" and name not in hour.rooms:
        hour.gone.pop(name, None)
        hour.join(name, NAMES[name])
    elif what == "hang up" and name in hour.rooms:
        hour.hang_up(name)


def hold(hour: Hours) -> None:
    callers = {name for name in hour.rooms if NAMES[name] is Seat.CALLER}
    heard = {name for name in callers if hour.rooms[name] == HALL and hour.speaks[name]}
    on_air = {hour.on_air} - {""}
    assert heard == (set() if hour.view["muted"] else on_air), "only who is on air is heard"
    assert on_air <= callers, "nobody is on air who is gone"
    waiting = hour.view["waiting"]
    assert {each["call"] for each in waiting} <= callers
    assert waiting == sorted(waiting, key=lambda each: (-each["priority"], each["asked_at"]))
    screeners = {name for name in hour.rooms if NAMES[name] is Seat.SCREENER}
    assert not any(hour.speaks[name] for name in screeners if hour.rooms[name] == HALL)
    aside = [room for room in hour.rooms.values() if room != HALL]
    if hour.hour.phase in (SessionState.OPEN, SessionState.LIVE):
        assert all(aside.count(room) == 2 for room in aside), "nobody is left alone aside"
        assert hour.view["callers"] == len(callers), "nobody is lost"


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=60))
def test_one_at_most_is_on_air_and_nobody_is_lost(
    events: list[tuple[str, str | None, str]],
) -> None:
    hour = open_hour("ann", "bob")
    hour.join("sue", Seat.SCREENER)
    for event in events:
        happen(hour, *event)
        hold(hour)


def test_a_long_evening_of_random_keys_ends_as_it_should() -> None:
    chance = random.Random(4)
    hour = open_hour("ann", "bob")
    for _ in range(3_000):
        name = chance.choice(sorted(NAMES))
        what = chance.choice(["press", "press", "press", "call", "hang up"])
        key = chance.choice("12345678")  # 9 would close it
        happen(hour, what, name, key)
        hold(hour)
    hour.tick(minutes=24 * 60)
    assert hour.is_in(SessionState.CLOSED)
