"""Who hears whom in an expert's hour, at each of its stages, on each switch."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lines.experts.ports import Farewell, Seat
from tests.contract.conftest import PhoneMaker
from tests.contract.expert_hour import HALL, Evening, evening
from tests.contract.rooms import until
from tests.switches import Switch


@pytest.fixture
def hour(switch: Switch, phones: PhoneMaker, tmp_path: Path) -> Iterator[Evening]:
    with evening(switch, phones, tmp_path) as made:
        made.join("host", Seat.HOST)
        made.join("expert", Seat.EXPERT)
        made.join("ann")
        made.join("bob")
        yield made


def test_one_caller_at_a_time_is_heard_and_the_others_listen(hour: Evening) -> None:
    hour.all_hear("host", "expert")
    hour.press("bob", "1")
    hour.waits("bob")
    hour.press("ann", "1")
    hour.waits("bob", "ann")
    hour.press("host", "1")
    hour.all_hear("host", "expert", "bob")
    hour.press("host", "3")
    hour.all_hear("host", "expert")
    hour.press("host", "3")
    hour.all_hear("host", "expert", "bob")
    hour.press("host", "2")
    hour.all_hear("host", "expert")
    hour.press("host", "1")
    hour.all_hear("host", "expert", "ann")
    hour.hang_up("ann")
    hour.all_hear("host", "expert", but=("ann",))
    hour.said("The caller has hung up.")


def test_an_aside_is_heard_by_nobody_else(hour: Evening) -> None:
    hour.join("sue", Seat.SCREENER)
    hour.press("bob", "1")
    hour.waits("bob")
    hour.all_hear("host", "expert")
    hour.press("sue", "1")
    others = {"host": {"expert"}, "expert": {"host"}, "ann": {"host", "expert"}}
    hour.hears({"sue": {"bob"}, "bob": {"sue"}, **others})
    hour.press("sue", "2")
    hour.all_hear("host", "expert")
    hour.waits("bob")
    hour.press("host", "1")
    hour.all_hear("host", "expert", "bob")


def test_each_question_and_answer_is_recorded_while_it_is_on_air(hour: Evening) -> None:
    hour.press("ann", "1")
    hour.waits("ann")
    hour.press("host", "1")
    hour.all_hear("host", "expert", "ann")
    until(lambda: bool(hour.keeper.rooms[HALL].recordings), lambda: "nothing is recorded")
    hour.press("host", "2")
    until(lambda: "piece-1" in hour.pieces.ended, lambda: "the piece does not end")
    begun = hour.pieces.begun["piece-1"]
    assert [each.seat for each in begun.people] == [Seat.CALLER, Seat.EXPERT]
    until(lambda: not hour.keeper.rooms[HALL].recordings, lambda: "it is still recorded")
    assert (hour.pieces.folder / "piece-1.wav").stat().st_size > 8000


def test_the_experts_line_drops_and_the_caller_keeps_the_turn(hour: Evening) -> None:
    hour.press("ann", "1")
    hour.waits("ann")
    hour.press("host", "1")
    hour.all_hear("host", "expert", "ann")
    hour.hang_up("expert")
    hour.said("The line to our guest has dropped.")
    hour.all_hear("host", "ann", but=("expert",))
    hour.join("again", Seat.EXPERT)
    hour.all_hear("host", "ann", "again", but=("expert",))
    until(lambda: len(hour.pieces.begun) == 2, lambda: "the answer is not recorded anew")


def test_at_its_end_everybody_is_let_go(hour: Evening) -> None:
    hour.press("host", "9")
    hour.said("press 9 once more")
    hour.press("host", "9")
    for chair in hour.chairs.values():
        assert chair.result.get(timeout=30) is Farewell.CLOSED
    hour.said("This hour is over.")


def test_where_nobody_listens_in_callers_hear_the_hall_on_air_only(
    switch: Switch, phones: PhoneMaker, tmp_path: Path
) -> None:
    with evening(switch, phones, tmp_path, listeners=0) as hour:
        hour.join("host", Seat.HOST)
        hour.join("ann")
        hour.join("bob")
        hour.waits("ann", "bob")
        hour.hears({"host": set(), "ann": set(), "bob": set()})
        hour.press("host", "1")
        hour.hears({"host": {"ann"}, "ann": {"host"}, "bob": set()})
        hour.press("host", "2")
        hour.hears({"host": set(), "ann": set(), "bob": set()})


def test_whoever_is_thrown_out_is_out(hour: Evening) -> None:
    hour.press("ann", "1")
    hour.waits("ann")
    hour.press("host", "18")
    assert hour.chairs["ann"].result.get(timeout=30) is Farewell.REMOVED
    hour.all_hear("host", "expert", but=("ann",))
