"""A message from the caller's mouth to the desk: kept, written down, mailed, posted, shown."""

import hashlib
import hmac
import io
import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
import soundfile

from tests.contract.phone import Phone
from tests.contract.rtp import SAID
from tests.end_to_end.box import Box
from tests.end_to_end.callers import call, kept
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.leaving import CHOICES, SENT, speak
from tests.end_to_end.ledger import KeptMessage
from tests.end_to_end.mailboxes import SECRET, TIP, tell
from tests.end_to_end.post import Post
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.listening import RATE, Samples, heard_in, heard_in_parts, read_wav, to_mulaw
from tests.sipp import place_calls
from tts_asr.transcript import Word

pytestmark = pytest.mark.timeout(300)

SPOKEN = json.loads((TIP.parent / "messages.json").read_text())[0]["text"]
"""By the caller of the tip."""


def leave_on_the_main_line(phone: Phone, box: Box, spoken: Spoken, said: Samples) -> KeptMessage:
    """Listening to what is said, and sending the message in the end."""
    call(phone, box).press("5")
    spoken.wait_heard("Then press the hash key.", phone.line.heard)
    speak(phone, said)
    phone.press("#")
    spoken.wait_heard(CHOICES, phone.line.heard)
    phone.press("1")
    spoken.wait_heard(SENT, phone.line.heard)
    phone.wait_end()
    found = kept(phone, box)
    assert (found.state, found.tags) == ("finished", '["message"]')
    return box.ledger.wait_message(found)


@pytest.fixture(scope="module")
def tip(box: Box, spoken: Spoken, post: Post) -> Iterator[KeptMessage]:
    """What became of a call to the main line with news."""
    tell(box.home, "desk", "desk@paper.example", f"{post.hook.url}/desk")
    phone = Phone("5550501")
    phone.name = '"Ann Reader"'
    yield leave_on_the_main_line(phone, box, spoken, read_wav(TIP))
    phone.close()


def body(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert isinstance(found, EmailMessage)
    return str(found.get_content())


def marked(words: list[Word]) -> str:
    return " ".join(f"{word.text}[?]" if word.is_doubtful else word.text for word in words)


def written(box: Box, message: str) -> str:
    """What the machine heard, as a mail shows it."""
    return marked([Word(**word) for word in box.ledger.wait_words(message).words])


def test_a_message_is_kept_as_it_was_spoken(box: Box, tip: KeptMessage) -> None:
    file = box.home / "voicemail" / tip.path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == tip.sha256
    assert heard_in_parts(read_wav(TIP), read_wav(file)) > SAID
    assert (tip.box, tip.caller_number, tip.ended_by) == ("desk", "5550501", "key")
    in_progress = box.home / "voicemail" / "in-progress"
    eventually(lambda: not list(in_progress.glob(f"{tip.id}*")), "the takes are tidied away")


def test_the_mail_tells_who_called_and_exactly_the_words_that_were_heard(
    box: Box, post: Post, tip: KeptMessage
) -> None:
    mail = post.wait_mail(tip.id)
    assert mail["Subject"] == "New message from Ann Reader for the desk of the Daily"
    assert written(box, tip.id) in body(mail, "plain")
    assert box.ledger.wait_words(tip.id).engine == "vosk"
    received = next(
        one for one in post.mail.received if one.mail["Message-ID"] == mail["Message-ID"]
    )
    assert received.over_tls and received.user and received.to == ["desk@paper.example"]


def test_the_words_are_those_of_the_caller(box: Box, tip: KeptMessage) -> None:
    heard = box.ledger.wait_words(tip.id).text.split()
    spoken = SPOKEN.split()
    wrong = len(set(spoken) ^ set(heard))
    assert wrong <= 0.15 * len(set(spoken)), heard


def test_the_mail_carries_what_was_said(box: Box, post: Post, tip: KeptMessage) -> None:
    (audio,) = post.wait_mail(tip.id).iter_attachments()
    assert isinstance(audio, EmailMessage)
    assert audio.get_content_type() == "audio/mpeg"
    samples, rate = soundfile.read(io.BytesIO(audio.get_content()))
    assert rate == 2 * RATE
    # MP3 at the rate of mails is not the same sample for sample, though it sounds so.
    assert heard_in(read_wav(box.home / "voicemail" / tip.path), samples[::2]) > SAID


def test_doubtful_words_are_marked(
    box: Box, phones: PhoneMaker, spoken: Spoken, post: Post, tip: KeptMessage
) -> None:
    """The model knows nothing of animals."""
    said = spoken.make(
        "Please call me back. The crocodile is wandering across the bridge. Thank you."
    )
    message = leave_on_the_main_line(phones("5550502"), box, spoken, said)
    mail = post.wait_mail(message.id)
    assert "[?]" in written(box, message.id)
    assert written(box, message.id) in body(mail, "plain")
    assert "Marked words are doubtful" in body(mail, "html")


def test_the_webhook_is_told_with_a_signature(box: Box, post: Post, tip: KeptMessage) -> None:
    posted = post.wait_post(tip.id)
    told = dict(field.split("=", 1) for field in posted.headers["X-Pressline-Signature"].split(","))
    signed = told["t"].encode() + b"." + posted.body
    assert hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest() == told["v1"]
    facts = json.loads(posted.body)
    assert (facts["id"], facts["caller"]["number"]) == (tip.id, "5550501")
    assert facts["transcript"]["text"] == box.ledger.wait_words(tip.id).text


def test_the_signed_link_opens_and_its_audio_plays_from_anywhere(
    box: Box, post: Post, tip: KeptMessage
) -> None:
    link = json.loads(post.wait_post(tip.id).body)["link"]
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(link)
        assert page.status_code == 200 and "Ann Reader" in page.text
        whole = browser.get(f"{link}/audio").content
        later = browser.get(f"{link}/audio", headers={"Range": "bytes=80000-"})
        forged = browser.get(link[:-2] + "xx")
    assert whole == (box.home / "voicemail" / tip.path).read_bytes()
    assert (later.status_code, later.content) == (206, whole[80000:])
    assert forged.status_code == 404


def test_another_make_of_phone_leaves_a_message_too(box: Box, tmp_path: Path) -> None:
    """SIPp with a stream of its own, which hangs up when all is said."""
    (tmp_path / "message.ulaw").write_bytes(to_mulaw(read_wav(TIP)))
    report = place_calls("caller-leaves-a-message", box.sip, "802", tmp_path)
    assert (report.successful, report.failed) == (1, 0), report.output

    (message,) = eventually(
        lambda: box.ledger.messages("caller_name = 'sipp' AND state = 'new'"), "it is kept"
    )
    assert message.ended_by == "hangup"
    assert "news tip about the fire at the school" in box.ledger.wait_words(message.id).text
    assert heard_in_parts(read_wav(TIP), read_wav(box.home / "voicemail" / message.path)) > SAID
