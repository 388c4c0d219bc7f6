"""Making, moving and cancelling meetings, and what that means for each guest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lines.errors import PersonUnknown, RoomUnknown
from lines.meetings import diary as diary_module
from lines.meetings import listing
from lines.meetings.entry import checked_guest, checked_meeting
from lines.meetings.errors import GuestUnknown, MeetingClosed, MeetingInvalid, MeetingUnknown
from lines.meetings.rows import forget
from lines.rooms import records as rooms
from store.models import MeetingErrand
from store.models.meeting import Answer, ErrandState
from tests.lines.houses import LOCAL, MOBILE
from tests.lines.meetings.diaries import HOUR, MINUTE, MONDAY, Paper, planned, states, the_guest


def test_a_guest_is_mailed_at_once_reminded_before_and_called_at_the_start(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(
        number, number=MOBILE, mail="g@x.example", call_before=60, mail_before=120, dial_out=True
    )
    assert planned(guest) == {
        "invitation": ("waiting", MONDAY),
        "mail_reminder": ("waiting", MONDAY + 3 * HOUR),
        "reminder_call": ("waiting", MONDAY + 4 * HOUR),
        "dial_out": ("waiting", MONDAY + 5 * HOUR),
    }


def test_a_person_is_reached_as_their_entry_says(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(), person="anna", dial_out=True)
    assert set(planned(guest)) == {"invitation", "dial_out"}


def test_who_is_asked_late_is_reminded_at_once_and_once_it_runs_not_at_all(paper: Paper) -> None:
    number = paper.meeting(10 * MINUTE)
    late = paper.guest(number, call_before=60)
    assert planned(late) == {"reminder_call": ("waiting", MONDAY)}
    paper.now = MONDAY + 20 * MINUTE
    later = paper.guest(number, number=LOCAL, call_before=60, dial_out=True)
    assert planned(later) == {"dial_out": ("waiting", paper.now)}


def test_a_reminder_by_mail_that_would_come_with_the_invitation_is_left_out(paper: Paper) -> None:
    guest = paper.guest(paper.meeting(HOUR), mail="g@x.example", mail_before=60)
    assert list(planned(guest)) == ["invitation"]


def test_a_meeting_that_is_moved_changes_what_waits_and_asks_anew(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, number=MOBILE, mail="g@x.example", call_before=60)
    told(guest, "invitation")
    the_guest(guest).update(answer=Answer.DECLINED).execute()
    paper.diary.move(number, MONDAY + 7 * HOUR)
    assert states(guest) == [
        "invitation done",
        "reminder_call withdrawn",
        "moved waiting",
        "reminder_call waiting",
    ]
    assert planned(guest)["reminder_call"][1] == MONDAY + 6 * HOUR
    assert the_guest(guest).answer == Answer.OPEN


def test_who_was_not_told_yet_is_told_the_new_time_only(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, mail="g@x.example")
    paper.diary.move(number, MONDAY + 7 * HOUR)
    assert states(guest) == ["invitation withdrawn", "invitation waiting"]


def test_a_cancelled_meeting_calls_nobody_and_tells_who_was_told(paper: Paper) -> None:
    number = paper.meeting()
    was_told = paper.guest(number, number=MOBILE, mail="g@x.example", dial_out=True)
    told(was_told, "invitation")
    was_not = paper.guest(number, mail="h@x.example")
    paper.diary.cancel(number)
    assert states(was_told) == ["invitation done", "dial_out withdrawn", "cancellation waiting"]
    assert states(was_not) == ["invitation withdrawn"]


def test_a_mail_that_is_on_its_way_counts_as_told(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, mail="g@x.example")
    told(guest, "invitation", ErrandState.RUNNING)
    paper.diary.cancel(number)
    assert states(guest) == ["invitation running", "cancellation waiting"]


def test_a_guest_who_is_dismissed_is_told_and_then_left_alone(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, number=MOBILE, mail="g@x.example", dial_out=True)
    told(guest, "invitation")
    paper.diary.dismiss(number, guest)
    paper.diary.move(number, MONDAY + 7 * HOUR)
    assert states(guest) == ["invitation done", "dial_out withdrawn", "cancellation waiting"]
    with pytest.raises(GuestUnknown):
        paper.diary.dismiss(number, guest)
    assert listing.meeting(number).guests[0].guest.dismissed


def test_who_was_dismissed_can_be_asked_again_but_nobody_twice(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, mail="g@x.example")
    with pytest.raises(MeetingInvalid, match="a guest already"):
        paper.guest(number, mail="g@x.example")
    paper.diary.dismiss(number, guest)
    assert paper.guest(number, mail="g@x.example") != guest


@pytest.mark.parametrize("closed", ["cancelled", "over"])
def test_a_meeting_that_is_closed_stays_as_it_is(paper: Paper, closed: str) -> None:
    number = paper.meeting()
    if closed == "cancelled":
        paper.diary.cancel(number)
    else:
        paper.now = MONDAY + 6 * HOUR
    for change in (
        lambda: paper.guest(number),
        lambda: paper.diary.move(number, paper.now + HOUR),
        lambda: paper.diary.cancel(number),
    ):
        with pytest.raises(MeetingClosed, match=closed):
            change()


def test_what_cannot_be_is_refused(paper: Paper) -> None:
    with pytest.raises(MeetingUnknown):
        paper.guest(99)
    with pytest.raises(RoomUnknown):
        paper.meeting(room="attic")
    with pytest.raises(PersonUnknown):
        paper.meeting(organiser="ghost")
    with pytest.raises(PersonUnknown):
        paper.guest(paper.meeting(), person="ghost")
    with pytest.raises(MeetingInvalid, match="over already"):
        paper.meeting(-2 * HOUR)
    with pytest.raises(MeetingInvalid, match="over already"):
        paper.diary.move(paper.meeting(), MONDAY - 2 * HOUR)
    for minutes in (-5, 0, 10**12):
        with pytest.raises(MeetingInvalid, match="1 to 1440"):
            paper.diary.move(paper.meeting(), MONDAY, minutes)
    with pytest.raises(MeetingInvalid, match="730 days"):
        paper.diary.move(paper.meeting(), datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    with pytest.raises(MeetingInvalid, match="no number"):
        paper.guest(paper.meeting(), person="mute", dial_out=True)
    with pytest.raises(MeetingInvalid, match="no mail"):
        paper.guest(paper.meeting(), person="mute", mail_before=5)


def test_a_move_that_is_refused_changes_nothing(paper: Paper) -> None:
    number = paper.meeting()
    guest = paper.guest(number, dial_out=True)
    with pytest.raises(MeetingInvalid):
        paper.diary.move(number, MONDAY - 2 * HOUR)
    assert planned(guest) == {"dial_out": ("waiting", MONDAY + 5 * HOUR)}
    assert listing.meeting(number).meeting.revision == 0


def test_guests_have_an_end(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diary_module, "MOST_GUESTS", 1)
    number = paper.meeting()
    paper.guest(number)
    with pytest.raises(MeetingInvalid, match="at most"):
        paper.guest(number)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"title": "two\nlines"},
        {"title": "turned \u202e over"},
        {"minutes": 0},
        {"minutes": 100_000},
        {"language": "tlh"},
        {"starts_at": MONDAY.replace(tzinfo=None)},
        {"colour": "red"},
    ],
)
def test_odd_facts_of_a_meeting_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(MeetingInvalid, match=next(iter(facts))):
        checked_meeting(**{"title": "Budget", "room": "planning", "starts_at": MONDAY} | facts)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"person": "anna", "number": MOBILE},
        {"mail": "no address"},
        {"mail": "a@b\r\nBcc: c@d"},
        {"number": "ring me"},
        {"number": "+4917112345678901234567890"},
        {"mail": "a@b.example", "dial_out": True},
        {"mail": "a@b.example", "call_before": 5},
        {"number": MOBILE, "mail_before": 5},
        {"number": MOBILE, "call_before": -1},
        {"number": MOBILE, "role": "king"},
        {"number": MOBILE, "name": "\x1b[2J"},
    ],
)
def test_odd_facts_of_a_guest_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(MeetingInvalid):
        checked_guest("DE", **facts)


def test_meetings_are_listed_from_the_next_one_on(paper: Paper) -> None:
    later, next_one, cancelled = paper.meeting(2 * HOUR), paper.meeting(HOUR), paper.meeting()
    paper.guest(later)
    paper.diary.cancel(cancelled)
    assert [(one.meeting.id, one.guests) for one in listing.coming(MONDAY)] == [
        (next_one, 0),
        (later, 1),
    ]
    assert [one.meeting.id for one in listing.coming(MONDAY + timedelta(hours=2.5))] == [later]
    assert [one.meeting.id for one in listing.everything()] == [cancelled, later, next_one]


def test_many_meetings_of_the_past_do_not_hide_those_to_come(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_LISTED", 2)
    for _ in range(3):
        paper.meeting(HOUR)
    paper.now = MONDAY + timedelta(days=3)
    number = paper.meeting(HOUR)
    assert [one.meeting.id for one in listing.coming(paper.now)] == [number]


def test_old_meetings_are_forgotten_with_their_guests(paper: Paper) -> None:
    old = paper.guest(paper.meeting(), number=MOBILE, dial_out=True)
    paper.now = MONDAY + timedelta(days=200)
    kept = paper.meeting()
    assert forget(MONDAY + timedelta(days=401)) == 1
    assert [one.meeting.id for one in listing.everything()] == [kept]
    assert states(old) == []


def test_a_meeting_outlives_its_room(paper: Paper) -> None:
    number = paper.meeting()
    rooms.remove("planning")
    assert listing.meeting(number).meeting.room is None


def told(guest: int, kind: str, state: ErrandState = ErrandState.DONE) -> None:
    mine = (MeetingErrand.guest == guest) & (MeetingErrand.kind == kind)
    MeetingErrand.update(state=state, claimed_by="worker").where(mine).execute()
