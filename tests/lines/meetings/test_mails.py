"""Mails about meetings, received by a real mail server, and what calendars read in them."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from icalendar import Calendar, Event

from appliance.meeting_post import MeetingPost
from lines.meetings import mails
from lines.meetings.ports import Letter
from lines.people import records as people
from store.fields import now
from store.models import MeetingErrand
from tests.lines.meetings.diaries import BERLIN, HOUR, Paper, states
from tests.mail_server import MailServer, RunningMailServer, Trouble
from voicemail.delivery.settings import MailSettings

LIFE = "the worker"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with RunningMailServer() as running:
        yield running


@pytest.fixture
def post(server: MailServer) -> MeetingPost:
    return MeetingPost(MailSettings("127.0.0.1", server.port, "desk@paper.example", tls="none"))


@pytest.fixture
def today(paper: Paper) -> Paper:
    """The worker goes by the real clock."""
    paper.now = now()
    return paper


def work(post: MeetingPost, life: str = LIFE) -> int:
    """How many mails were sent."""
    return sum(mails.send(errand, post, BERLIN, life) for errand in mails.due(now(), life))


def event_in(mail: EmailMessage) -> tuple[str, Event]:
    """The method and the meeting."""
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert isinstance(part, EmailMessage)
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == str(calendar["METHOD"])
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return str(calendar["METHOD"]), event


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_guest_is_invited_once_with_the_meeting_for_the_calendar(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    number = today.meeting(title="Budget; 2027, first draft")
    guest = today.guest(number, mail="g@x.example", name="Gerd, Gast", number="0171 1234567")
    assert work(post) == 1
    assert work(post) == 0
    (received,) = server.received
    assert (received.to, received.mail["Subject"]) == (
        ["g@x.example"],
        "Invitation: Budget; 2027, first draft",
    )
    assert received.mail["Reply-To"] == "anna@paper.example"
    method, event = event_in(received.mail)
    assert (method, str(event["SUMMARY"]), int(str(event["SEQUENCE"]))) == (
        "REQUEST",
        "Budget; 2027, first draft",
        0,
    )
    assert event.end - event.start == timedelta(hours=1)
    assert event.start == (today.now + 5 * HOUR).replace(microsecond=0)
    assert str(event["ORGANIZER"]) == "mailto:anna@paper.example"
    assert str(event["ATTENDEE"]) == "mailto:g@x.example"
    assert event["ATTENDEE"].params["CN"] == "Gerd, Gast"
    assert str(event["LOCATION"]) == "the planning room"
    assert states(guest) == ["invitation done"]


def test_the_text_says_when_where_and_how_in_the_meetings_language(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    starts = (today.now + 5 * HOUR).astimezone(BERLIN)
    today.guest(today.meeting(), mail="g@x.example")
    today.guest(today.meeting(language="yue"), person="anna", dial_out=True)
    assert work(post) == 2
    english, cantonese = [text_of(received.mail) for received in server.received]
    assert f"{starts:%Y}" in english and "(Europe/Berlin)" in english
    assert "the planning room (7100)" in english
    assert "the organiser knows its PIN" in english
    assert "邀請你參加電話會議" in cantonese and "我哋會打畀你" in cantonese


def test_moved_and_cancelled_meetings_change_the_same_entry(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    number = today.meeting()
    today.guest(number, mail="g@x.example")
    assert work(post) == 1
    today.diary.move(number, today.now + 7 * HOUR)
    assert work(post) == 1
    today.diary.cancel(number)
    assert work(post) == 1
    subjects = [str(received.mail["Subject"]) for received in server.received]
    assert subjects == ["Invitation: Budget", "Moved: Budget", "Cancelled: Budget"]
    told = [event_in(received.mail) for received in server.received]
    assert [method for method, _ in told] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [event for _, event in told]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [int(str(event["SEQUENCE"])) for event in events] == [0, 1, 2]
    assert events[1].start - events[0].start == 2 * HOUR
    assert str(events[2]["STATUS"]) == "CANCELLED"


def test_a_dismissed_guest_is_told_although_the_meeting_has_moved(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    number = today.meeting()
    guest = today.guest(number, mail="g@x.example")
    assert work(post) == 1
    today.diary.dismiss(number, guest)
    today.diary.move(number, today.now + 7 * HOUR)
    assert work(post) == 1
    method, _ = event_in(server.received[1].mail)
    assert (method, server.received[1].mail["Subject"]) == (
        "CANCEL",
        "You are no longer invited: Budget",
    )
    assert "does not take place" not in text_of(server.received[1].mail)


def test_without_an_organiser_the_box_invites(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    today.guest(today.meeting(organiser=""), mail="g@x.example")
    assert work(post) == 1
    mail = server.received[0].mail
    _, event = event_in(mail)
    assert str(event["ORGANIZER"]) == "mailto:desk@paper.example"
    assert mail["Reply-To"] is None


def test_hostile_words_are_only_words(today: Paper, server: MailServer, post: MeetingPost) -> None:
    title = "=?utf-8?q?x=0ABcc:_y?= \\nEND:VEVENT {title} 100%"
    people.keep([people.entries()["anna"].model_copy(update={"title": 'A"\r\nEND:VCALENDAR'})])
    today.guest(today.meeting(title=title), mail="g@x.example", name='"; ROLE=CHAIR:x')
    assert work(post) == 1
    mail = server.received[0].mail
    assert mail["Bcc"] is None
    _, event = event_in(mail)
    assert str(event["SUMMARY"]) == title
    assert set(event["ATTENDEE"].params) == {"CN", "PARTSTAT", "RSVP"}


def test_a_server_that_is_away_is_asked_again_later(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    guest = today.guest(today.meeting(), mail="g@x.example")
    away = MeetingPost(MailSettings("127.0.0.1", 9, "desk@paper.example", tls="none"))
    assert work(away) == 0
    assert states(guest) == ["invitation waiting"]
    assert mails.due(now(), LIFE) == []
    assert mails.due(now() + timedelta(minutes=2), LIFE) != []
    row = MeetingErrand.get()
    assert (row.attempts, row.outcome) == (1, "not sent")
    assert "127.0.0.1:9" in row.reason


def test_an_address_that_the_server_refuses_is_not_tried_again(
    today: Paper, post: MeetingPost, server: MailServer
) -> None:
    server.troubles["RCPT"] = Trouble("550 nobody here")
    guest = today.guest(today.meeting(), mail="g@x.example")
    assert work(post) == 0
    assert states(guest) == ["invitation refused"]
    assert "nobody here" in MeetingErrand.get().reason


def test_a_mail_is_given_up_in_the_end(today: Paper) -> None:
    guest = today.guest(today.meeting(), mail="g@x.example")
    post = MeetingPost(None)
    for _ in range(mails.MOST_ATTEMPTS):
        MeetingErrand.update(next_at=now()).execute()
        assert work(post) == 0
    assert states(guest) == ["invitation failed"]
    assert "no mail server is set" in MeetingErrand.get().reason


def test_who_has_no_address_any_more_is_not_mailed(today: Paper, post: MeetingPost) -> None:
    guest = today.guest(today.meeting(), person="anna")
    people.remove("anna")
    assert work(post) == 0
    assert states(guest) == ["invitation refused"]


def test_a_mail_of_a_meeting_that_is_over_is_not_sent(
    paper: Paper, post: MeetingPost, server: MailServer
) -> None:
    paper.now = now() - timedelta(days=1)
    guest = paper.guest(paper.meeting(), mail="g@x.example")
    assert work(post) == 0
    assert (states(guest), server.received) == (["invitation missed"], [])


def test_a_mail_of_a_killed_worker_goes_again_under_the_same_name(
    today: Paper, server: MailServer, post: MeetingPost
) -> None:
    today.guest(today.meeting(), mail="g@x.example")
    (errand,) = mails.due(now(), "killed")
    assert mails.send(errand, post, BERLIN, "killed")
    MeetingErrand.update(state="running", claimed_by="killed 1 1").execute()
    assert work(post) == 1
    first, again = [received.mail["Message-ID"] for received in server.received]
    assert first == again


def test_a_fault_of_ours_does_not_send_for_ever(today: Paper, post: MeetingPost) -> None:
    guest = today.guest(today.meeting(), mail="g@x.example")

    class Broken(MeetingPost):
        def send(self, letter: Letter) -> None:
            raise KeyError(letter.subject)

    assert work(Broken(None)) == 0
    assert states(guest) == ["invitation waiting"]
    assert "a fault of Pressline" in MeetingErrand.get().reason
