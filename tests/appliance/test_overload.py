from appliance.overload import LATE, REMEMBERED, SHOWN, Overload


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_calls_are_taken_up_to_the_number_allowed() -> None:
    overload = Overload(3)
    assert [overload.refuses(calls) for calls in range(5)] == [False, False, False, True, True]
    assert overload.state.refused == 2
    assert "`most_calls`" in overload.state.lately


def test_a_loop_that_is_late_takes_no_more_calls_for_a_while() -> None:
    clock = Clock()
    overload = Overload(3, clock)
    overload.looked(LATE - 0.1)
    assert not overload.refuses(0)
    overload.looked(LATE + 0.1)
    assert overload.refuses(0)
    clock.now += REMEMBERED
    assert not overload.refuses(0)


def test_it_is_told_for_a_minute_that_calls_were_turned_away() -> None:
    clock = Clock()
    overload = Overload(0, clock)
    assert overload.state.lately == ""
    overload.refuses(0)
    clock.now += SHOWN - 1
    assert overload.state.lately
    clock.now += 1
    assert (overload.state.refused, overload.state.lately) == (1, "")
