"""A recording is encoded once, whoever is told of it and how often it is tried."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.models import Delivery, Recipient
from tests.mail_server import MailServer
from tests.tts_asr.heard import messages
from tests.voicemail.left import leave, mailbox
from tts_asr.encode import SmallKind, small_audio
from tts_asr.errors import SoundNotKept, SoundUnreadable
from voicemail.delivery import small_copy as module
from voicemail.delivery.outbox import deliver
from voicemail.delivery.settings import DeliverySettings
from voicemail.delivery.small_copy import small_copy

SPEECH = messages()[0].path


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was encoded, one entry each time."""
    done: list[Path] = []

    def encode(path: Path, into: Path, kind: SmallKind = "mp3") -> int:
        done.append(into)
        return small_audio(path, into, kind)

    monkeypatch.setattr(module, "small_audio", encode)
    return done


@pytest.mark.usefixtures("store")
def test_three_people_get_the_same_audio_encoded_once(
    encoded: list[Path], server: MailServer, to: Callable[[MailServer], DeliverySettings]
) -> None:
    settings = to(server)
    people = [f"{name}@paper.example" for name in ("ann", "ben", "cay")]
    leave(mailbox(*people, transcribe=False), settings.folder)
    for delivery in Delivery.select():
        assert deliver(delivery.id, settings, "life-1")
    sent = [next(received.mail.iter_attachments()).get_content() for received in server.received]
    assert len(sent) == 3 and len(set(sent)) == 1
    assert len(encoded) == 1


@pytest.mark.usefixtures("store")
def test_each_message_and_each_kind_has_its_own(
    encoded: list[Path], server: MailServer, to: Callable[[MailServer], DeliverySettings]
) -> None:
    settings = to(server)
    box = mailbox("ann@paper.example", "ben@paper.example", transcribe=False)
    Recipient.update(attach="opus").where(Recipient.address == "ben@paper.example").execute()
    for sound in ("news_tip.wav", "cancel.wav"):
        leave(box, settings.folder, sound)
    for delivery in Delivery.select():
        assert deliver(delivery.id, settings, "life-1")
    assert len(set(encoded)) == len(encoded) == 4


def test_two_who_want_it_at_the_same_moment_encode_it_once(
    encoded: list[Path], tmp_path: Path
) -> None:
    together = threading.Barrier(2)

    def ask() -> bytes:
        together.wait()
        return small_copy(SPEECH, tmp_path / "small" / "m1.mp3", "mp3")

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(ask) for _ in range(2)]
    assert asked[0].result() == asked[1].result() != b""
    assert len(encoded) == 1


def test_a_recording_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    for _ in range(2):
        with pytest.raises(SoundUnreadable):
            small_copy(broken, tmp_path / "small" / "m1.mp3", "mp3")
    assert not list((tmp_path / "small").iterdir())


def test_no_room_for_it_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"a file stands where the folder should be")
    with pytest.raises(SoundNotKept):
        small_copy(SPEECH, tmp_path / "small" / "m1.mp3", "mp3")
