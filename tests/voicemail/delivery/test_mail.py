"""What arrives at a real SMTP server, read by the standard library's parser."""

import io
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
import soundfile

from store.fields import now
from store.jobs import MessageNoted
from store.models import Correction, Delivery, Mailbox, Message, Recipient, Transcript
from tests.mail_server import MailServer, RunningMailServer
from tests.voicemail.left import heard, leave, mailbox
from voicemail.delivery.outbox import TRANSCRIPT_WAIT, deliver
from voicemail.delivery.settings import DeliverySettings

pytestmark = pytest.mark.usefixtures("store")
To = Callable[..., DeliverySettings]
LIFE = "life-1"


def attempt(settings: DeliverySettings) -> Delivery:
    """One attempt at the only delivery, as if it had waited long enough."""
    Delivery.update(next_at=now() - TRANSCRIPT_WAIT).execute()
    deliver(Delivery.get().id, settings, LIFE)
    return Delivery.get()


def arrived(server: MailServer, settings: DeliverySettings) -> EmailMessage:
    assert attempt(settings).state == "sent", Delivery.get().error
    return server.received[-1].mail


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content()).replace("\r\n", "\n")


def attached(mail: EmailMessage) -> list[EmailMessage]:
    return [each for each in mail.iter_attachments() if isinstance(each, EmailMessage)]


def length(audio: EmailMessage) -> float:
    content = audio.get_content()
    return float(soundfile.info(io.BytesIO(content)).duration)


def left(settings: DeliverySettings, **facts: object) -> Message:
    box = mailbox("ann@paper.example")
    return leave(box, settings.folder, **facts)  # type: ignore[arg-type]


def test_a_mail_tells_who_when_how_long_and_what_was_said(server: MailServer, to: To) -> None:
    settings = to(server)
    heard(left(settings), ("the", 1.0), ("road", 0.4), ("is", None), ("closed", 0.9))
    mail = arrived(server, settings)
    assert server.received[0].to == ["ann@paper.example"]
    assert mail["Subject"] == "New message from Ann Reader for News desk"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(mail["Date"])
    assert mail["From"] == "desk@paper.example"
    text = part(mail, "plain")
    assert "From: Ann Reader · +4930123456" in text
    assert "When: Saturday, November 21, 2026, 11:30" in text
    assert "Length: 0:10" in text
    assert "the road[?] is closed" in text
    html = part(mail, "html")
    assert 'title="Marked words are doubtful' in html
    assert ">road</u> is closed" in html
    assert '<a href="tel:+4930123456">' in html


@pytest.mark.parametrize(("kind", "type"), [("mp3", "audio/mpeg"), ("opus", "audio/ogg")])
def test_the_audio_is_attached_small_and_whole(
    server: MailServer, to: To, kind: str, type: str
) -> None:
    settings = to(server)
    message = left(settings)
    Recipient.update(attach=kind).execute()
    [audio] = attached(arrived(server, settings))
    assert audio.get_content_type() == type
    assert audio.get_filename() == f"message-20261121-223000.{kind}"
    spoken = soundfile.info(settings.folder / message.path).duration
    assert abs(length(audio) - spoken) < 0.2
    assert len(audio.get_content()) < (settings.folder / message.path).stat().st_size / 3


def test_what_was_said_when_it_was_forwarded_comes_along(server: MailServer, to: To) -> None:
    settings = to(server)
    message = left(settings)
    other = Mailbox.create(name="ann", title="Ann's box")
    Message.update(comment_path=message.path, forwarded_by=other.name).execute()
    mail = arrived(server, settings)
    assert [each.get_filename() for each in attached(mail)] == [
        "message-20261121-223000.mp3",
        "comment-20261121-223000.mp3",
    ]
    assert "Forwarded by: Ann's box" in part(mail, "plain")


def test_what_is_too_large_to_attach_comes_as_a_link(server: MailServer, to: To) -> None:
    settings = to(server, max_attach_bytes=1_000)
    message = left(settings)
    mail = arrived(server, settings)
    assert attached(mail) == []
    text = part(mail, "plain")
    link = text.partition("Listen to the message:\n")[2].split()[0]
    assert settings.links.opened(link.rpartition("/")[2]) == message.id
    assert link in part(mail, "html")
    assert "good for 30 days" in text


def test_what_is_too_large_for_the_server_comes_as_a_link(to: To) -> None:
    with RunningMailServer(data_size_limit=8_000) as server:
        settings = to(server)
        left(settings)
        mail = arrived(server, settings)
    assert attached(mail) == []
    assert "https://desk.example/messages/" in part(mail, "plain")


@pytest.mark.parametrize(("attach", "has_link"), [("link", True), ("none", False)])
def test_a_recipient_may_want_no_audio(
    server: MailServer, to: To, attach: str, has_link: bool
) -> None:
    settings = to(server)
    left(settings)
    Recipient.update(attach=attach).execute()
    mail = arrived(server, settings)
    assert attached(mail) == []
    assert ("https://desk.example" in part(mail, "plain")) == has_link


def test_a_recording_that_is_gone_is_told_without_a_link(server: MailServer, to: To) -> None:
    settings = to(server)
    left(settings, sound="")
    mail = arrived(server, settings)
    assert attached(mail) == []
    text = part(mail, "plain")
    assert "not there any more" in text
    assert "https://" not in text


def test_a_recording_that_cannot_be_read_comes_as_a_link(server: MailServer, to: To) -> None:
    settings = to(server)
    message = left(settings)
    (settings.folder / message.path).write_bytes(b"RIFF no sound")
    mail = arrived(server, settings)
    assert attached(mail) == []
    assert "https://desk.example/messages/" in part(mail, "plain")


def test_urgent_messages_and_numbers_to_call_back_are_seen(server: MailServer, to: To) -> None:
    settings = to(server)
    box = mailbox("ann@paper.example")
    leave(box, settings.folder, noted=MessageNoted("", True, "030 55", False))
    Message.update(urgent=True, callback_number="03055").execute()
    mail = arrived(server, settings)
    assert mail["Subject"].startswith("Urgent: New message")
    assert mail["Importance"] == "high"
    assert "Call back: 03055 (not confirmed by the caller)" in part(mail, "plain")


def test_a_withheld_number_stays_withheld(server: MailServer, to: To) -> None:
    settings = to(server)
    left(settings, withheld=True)
    arrived(server, settings)
    mail = server.received[0].mail
    assert mail["Subject"] == "New message from a withheld number for News desk"
    everything = part(mail, "plain") + part(mail, "html")
    assert "4930123456" not in everything
    assert "Ann" not in everything


@pytest.mark.parametrize(
    ("language", "subject", "day"),
    [
        ("zh", "News desk收到来自Ann Reader的新留言", "2026年11月21日星期六"),
        ("yue", "News desk收到Ann Reader嘅新留言", "2026年11月21日"),
    ],
)
def test_a_mail_speaks_the_language_of_its_box(
    server: MailServer, to: To, language: str, subject: str, day: str
) -> None:
    settings = to(server)
    message = leave(mailbox("ann@paper.example", language=language), settings.folder)
    heard(message, ("路", 0.9), ("封", 0.3), ("了", 0.9))
    mail = arrived(server, settings)
    assert mail["Subject"] == subject
    text = part(mail, "plain")
    assert day in text
    assert "路封[?]了" in text


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"state": "done", "note": "nothing was spoken"}, "No words.\n\nnothing was spoken"),
        ({"state": "failed", "error": "bad day"}, "could not be had.\n\nbad day"),
        ({"state": "waiting"}, "not ready yet"),
    ],
)
def test_what_the_words_lack_is_said(
    server: MailServer, to: To, facts: dict[str, str], told: str
) -> None:
    settings = to(server)
    left(settings)
    Transcript.update(facts).execute()
    assert told in part(arrived(server, settings), "plain")


def test_a_persons_wording_stands_in_place_of_the_machines(server: MailServer, to: To) -> None:
    settings = to(server)
    message = left(settings)
    heard(message, ("rode", 0.2))
    Correction.create(message=message, text="The road\nis closed.", author="Bob")
    text = part(arrived(server, settings), "plain")
    assert "Written by Bob:\nThe road\nis closed." in text
    assert "rode" not in text


HOSTILE = [
    "Eve\r\nBcc: all@paper.example",
    "Eve\nContent-Type: text/html\n\n<script>alert(1)</script>",
    '<script>alert("x")</script>',
    "=?utf-8?q?=0ABcc:_all@paper.example?=",
    "=\u200b?utf-8?q?=0ABcc:_all@paper.example?=",
    "=?utf-8?b?CkJjYzogYWxsQHBhcGVyLmV4YW1wbGU=?=",
    "\u202egnp.exe\u2028\u0000\x85Subject: x",
    "{{ 7 * 7 }}{% for x in y %}",
    "名" * 5_000,
    "\udcff\ud800",
    '"; DROP TABLE message; --',
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_do_no_harm(server: MailServer, to: To, name: str) -> None:
    settings = to(server)
    left(settings, name=name, number="+49'\"><img src=x>\r\nTo: eve@evil.example")
    mail = arrived(server, settings)
    assert server.received[0].to == ["ann@paper.example"]
    assert mail["To"] == "ann@paper.example"
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject")) == 1
    assert len(mail["Subject"]) <= 200
    assert not mail.defects
    html = part(mail, "html")
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="tel:' not in html


def test_addresses_of_other_scripts_arrive(server: MailServer, to: To) -> None:
    settings = to(server)
    leave(mailbox("päivi@münchen.example"), settings.folder)
    arrived(server, settings)
    assert server.received[0].to == ["päivi@xn--mnchen-3ya.example"]


def test_a_server_that_knows_no_such_addresses_is_a_reason_to_give_up(to: To) -> None:
    with RunningMailServer(enable_SMTPUTF8=False) as server:
        settings = to(server)
        leave(mailbox("päivi@münchen.example"), settings.folder)
        row = attempt(settings)
    assert row.state == "failed"
    assert "letters" in row.error


@pytest.mark.parametrize(
    "address",
    [
        "nobody",
        "@",
        "a@",
        "@b",
        "a b@c d",
        "a@b\r\nRCPT TO:<c@d>",
        "a@" + "b" * 400,
        "=?utf-8?q?=0Ax?=@b",
    ],
)
def test_what_is_no_address_fails_at_once(server: MailServer, to: To, address: str) -> None:
    settings = to(server)
    left(settings)
    Recipient.update(address=address).execute()
    row = attempt(settings)
    assert (row.state, row.attempts) == ("failed", 1)
    assert "expected name@host" in row.error
    assert server.reached == []
