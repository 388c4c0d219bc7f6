"""Which calls are placed for guests, and what becomes of each."""

from datetime import timedelta

import pytest

from lines.meetings import errands
from lines.meetings.calls import Caller
from lines.meetings.wanted import Wanted
from lines.outgoing import Outcome
from lines.rooms import records as rooms
from store.models.line import Door
from tests.lines.houses import MOBILE
from tests.lines.meetings.diaries import HOUR, MINUTE, MONDAY, Paper, planned, states, the_guest


def only(caller: Caller, paper: Paper) -> Wanted:
    (wanted,) = caller.take(10, now=paper.now)
    return wanted


def none(caller: Caller, paper: Paper, *held: int) -> bool:
    return not caller.take(10, held, now=paper.now)


def test_a_guest_is_called_when_it_is_time_and_by_one_only(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    caller = paper.caller()
    assert none(caller, paper)
    paper.now = MONDAY + 5 * HOUR
    wanted = only(caller, paper)
    assert none(caller, paper, wanted.errand)
    caller.report(wanted.errand, Outcome.ANSWERED, now=paper.now)
    assert states(guest) == ["dial_out done"]
    assert none(caller, paper)
    assert none(paper.caller("another life"), paper)


def test_the_call_into_the_room_asks_for_the_key_and_knows_the_room(paper: Paper) -> None:
    number = paper.meeting(title="Budget {title}")
    paper.guest(number, dial_out=True, role="listener")
    paper.now = MONDAY + 5 * HOUR
    call = only(paper.caller(), paper).call
    assert (call.to, call.door, call.asked_by) == (MOBILE, Door.CONFERENCE, "anna")
    assert (call.flow, call.confirm) == ("pressline-meeting-dial-out", True)
    assert (call.given["room"], call.given["role"]) == ("planning", "listener")
    assert call.about["en"] == "The meeting Budget {title} begins."
    assert call.language == "en"


def test_the_reminder_tells_the_time_where_the_paper_is(paper: Paper) -> None:
    paper.guest(paper.meeting(language="zh"), person="anna", call_before=60)
    paper.now = MONDAY + 4 * HOUR
    wanted = only(paper.caller(), paper)
    assert wanted.has_answer
    assert (wanted.call.to, wanted.call.language) == ("anna", "")
    assert (wanted.call.flow, wanted.call.confirm) == ("pressline-meeting-reminder", False)
    given = wanted.call.given
    assert (given["title"], given["is_today"], given["starts_at"].hour) == ("Budget", True, 15)


def test_who_says_they_come_is_called_at_the_start(paper: Paper) -> None:
    guest = reminded(paper, "meeting-coming")
    assert the_guest(guest).answer == "coming"
    assert planned(guest)["dial_out"] == ("waiting", MONDAY + 5 * HOUR)


def test_who_declines_is_neither_called_nor_mailed(paper: Paper) -> None:
    guest = reminded(paper, "meeting-declined")
    assert the_guest(guest).answer == "declined"
    assert states(guest) == ["invitation waiting", "mail_reminder withdrawn",
        "reminder_call done", "dial_out withdrawn"]  # fmt: skip


def test_who_keys_nothing_is_called_as_was_planned(paper: Paper) -> None:
    guest = reminded(paper)
    assert the_guest(guest).answer == ""
    assert planned(guest)["dial_out"][0] == "waiting"


def test_a_guest_whose_phone_is_busy_is_tried_again_three_times_in_all(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), call_before=60)
    caller = paper.caller()
    paper.now = MONDAY + 4 * HOUR
    for _ in range(3):
        wanted = only(caller, paper)
        caller.report(wanted.errand, Outcome.BUSY, "USER_BUSY", now=paper.now)
        assert none(caller, paper)
        paper.now += 5 * MINUTE
    assert states(guest) == ["reminder_call failed"]


def test_nobody_is_reminded_once_it_has_begun(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, call_before=3)
    caller = paper.caller()
    paper.now = MONDAY + 5 * HOUR - 3 * MINUTE
    caller.report(only(caller, paper).errand, Outcome.NO_ANSWER, now=paper.now)
    assert states(guest) == ["reminder_call failed"]


@pytest.mark.parametrize(("late", "state"), [(HOUR - MINUTE, "running"), (HOUR, "missed")])
def test_a_box_that_was_down_calls_as_long_as_the_meeting_lasts(
    paper: Paper, late: timedelta, state: str
) -> None:
    guest = paper.guest(paper.meeting(), call_before=60, dial_out=True)
    paper.now = MONDAY + 5 * HOUR + late
    paper.caller().take(10, now=paper.now)
    assert states(guest) == ["reminder_call missed", f"dial_out {state}"]


def test_a_box_that_wakes_at_night_waits_for_the_morning(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(24 * HOUR), call_before=23 * 60)
    assert planned(guest)["reminder_call"] == ("waiting", MONDAY + HOUR)
    paper.now = MONDAY + 12 * HOUR  # 22 o'clock in Berlin
    assert none(paper.caller(), paper)
    assert planned(guest)["reminder_call"] == ("waiting", MONDAY + 22 * HOUR)
    paper.now = MONDAY + 22 * HOUR
    assert only(paper.caller(), paper)


def test_a_number_that_may_not_be_dialled_is_not_tried_again(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    paper.now = MONDAY + 5 * HOUR
    caller = paper.caller()
    caller.report(only(caller, paper).errand, Outcome.FORBIDDEN, "premium", now=paper.now)
    assert states(guest) == ["dial_out refused"]
    paper.now += HOUR / 2
    assert none(caller, paper)


def test_what_a_killed_callbox_had_begun_is_called_again(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    paper.now = MONDAY + 5 * HOUR
    killed, alive = paper.caller("killed"), paper.caller("alive")
    first = only(killed, paper)
    second = only(alive, paper)
    assert second.errand == first.errand
    killed.report(first.errand, Outcome.BUSY, now=paper.now)
    assert states(guest) == ["dial_out running"]
    alive.report(second.errand, Outcome.ANSWERED, now=paper.now)
    assert states(guest) == ["dial_out done"]


def test_a_call_at_which_the_box_dies_each_time_is_given_up(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    paper.now = MONDAY + 5 * HOUR
    assert [len(paper.caller(str(life)).take(10, now=paper.now)) for life in range(5)] == [
        1, 1, 1, 0, 0,
    ]  # fmt: skip
    assert states(guest) == ["dial_out failed"]


def test_what_was_claimed_but_never_arrived_is_taken_again(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    paper.now = MONDAY + 5 * HOUR
    lost = only(paper.caller(), paper)
    for _ in range(5):
        assert only(paper.caller(), paper).errand == lost.errand
    paper.caller().report(lost.errand, Outcome.BUSY, now=paper.now)
    assert states(guest) == ["dial_out waiting"]


def test_a_call_that_the_box_gave_up_itself_is_placed_again(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    paper.now = MONDAY + 5 * HOUR
    caller = paper.caller()
    caller.report(only(caller, paper).errand, Outcome.WITHDRAWN, now=paper.now)
    assert states(guest) == ["dial_out waiting"]


def test_a_call_that_rings_while_the_meeting_is_cancelled_is_withdrawn(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, call_before=60)
    paper.now = MONDAY + 4 * HOUR
    caller = paper.caller()
    wanted = only(caller, paper)
    assert errands.withdrawn([wanted.errand]) == []
    paper.diary.cancel(number)
    assert errands.withdrawn([wanted.errand]) == [wanted.errand]
    caller.report(wanted.errand, Outcome.ANSWERED, tags=["meeting-coming"], now=paper.now)
    assert (states(guest), the_guest(guest).answer) == (["reminder_call withdrawn"], "")


def test_an_answer_to_the_old_time_does_not_count(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, call_before=60)
    paper.now = MONDAY + 4 * HOUR
    caller = paper.caller()
    wanted = only(caller, paper)
    paper.diary.move(number, MONDAY + 9 * HOUR)
    caller.report(wanted.errand, Outcome.ANSWERED, tags=["meeting-declined"], now=paper.now)
    assert the_guest(guest).answer == ""


def test_without_its_room_nobody_is_called(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), dial_out=True)
    rooms.remove("planning")
    paper.now = MONDAY + 5 * HOUR
    assert none(paper.caller(), paper)
    assert states(guest) == ["dial_out failed"]


def test_no_more_calls_are_taken_than_wanted(paper: Paper) -> None:
    number = paper.meeting()
    for line in range(5):
        paper.guest(number, number=f"{MOBILE[:-1]}{line}", dial_out=True)
    paper.now = MONDAY + 5 * HOUR
    first = paper.caller().take(2, now=paper.now)
    held = [one.errand for one in first]
    rest = paper.caller().take(10, held, now=paper.now)
    assert (len(first), len(rest)) == (2, 3)
    assert not {one.errand for one in rest} & set(held)


def reminded(paper: Paper, *tags: str) -> int:
    """A guest who has heard the reminder to its end."""
    guest = paper.guest(
        paper.meeting(),
        number=MOBILE,
        mail="g@x.example",
        call_before=60,
        mail_before=30,
        dial_out=True,
    )
    paper.now = MONDAY + 4 * HOUR
    caller = paper.caller()
    caller.report(only(caller, paper).errand, Outcome.ANSWERED, tags=tags, now=paper.now)
    return guest
