"""1,000 messages told by mail through a local SMTP server, by the worker as it ships."""

import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from appliance.messaging import delivery_settings
from appliance.settings import load
from store.models import Delivery
from store.models.message import DeliveryState
from tests.mail_server import MailServer, RunningMailServer
from tests.voicemail.delivery.many import owe
from tests.voicemail.left import SPEECH
from tts_asr.encode import small_audio

from .bare_mail import SENDER, sending
from .box_home import WORKERS, environment, opened
from .patience import wait_until
from .pressline_worker import pressline_worker
from .report import Report

MAILS = 1_000
ENCODED = 5
"""Times that a recording is made small to learn what that costs."""


def run(quick: bool) -> Iterable[Report]:
    mails = 100 if quick else MAILS
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = Path(folder)
        with opened(home):
            # With its audio on the disk, and one person to be told of each.
            owe(mails, delivery_settings(load(environment(home))))
            with RunningMailServer() as server:
                seconds = _told(home, server, mails)
        received = [one.mail["Message-ID"] for one in server.received]
        bare = _bare([one.content for one in server.received])
        yield _report(mails, received, seconds, bare, _encoding(home))


def _told(home: Path, server: MailServer, mails: int) -> float:
    """Seconds from the first mail to the last. Returns when nothing more is to be sent."""
    way = {"mail_server": f"127.0.0.1:{server.port}", "mail_tls": "none", "mail_from": SENDER}
    with pressline_worker(home, **way):
        seconds = _from_first_to(mails, server)
        wait_until(lambda: not _open_deliveries(), "every delivery is settled")
    return seconds


def _open_deliveries() -> int:
    unsettled = [DeliveryState.WAITING, DeliveryState.SENDING]
    return int(Delivery.select().where(Delivery.state << unsettled).count())


def _bare(mails: Sequence[bytes]) -> float:
    """Seconds for the same mails by smtplib alone, in as many processes."""
    with RunningMailServer() as server, sending(WORKERS, server.port, mails):
        return _from_first_to(len(mails), server)


def _from_first_to(mails: int, server: MailServer) -> float:
    wait_until(lambda: server.received, "a mail arrives")
    began = time.monotonic()
    wait_until(lambda: len(server.received) >= mails, f"{mails} mails arrive")
    return time.monotonic() - began


def _encoding(folder: Path) -> float:
    """Milliseconds of CPU that the audio of one mail costs."""
    began = time.process_time()
    for _ in range(ENCODED):
        small_audio(SPEECH / "news_tip.wav", folder / "small.mp3")
    return (time.process_time() - began) / ENCODED * 1000


def _report(
    mails: int, received: Sequence[str], seconds: float, bare: float, encoding: float
) -> Report:
    found = Report(f"deliveries: {mails:,} messages told by mail, {WORKERS} workers")
    found.at_most("lost", mails - len(set(received)), "mails", 0)
    found.at_most("doubled", len(received) - len(set(received)), "mails", 0)
    found.add("first to last mail", seconds, "s", bare)
    found.add("mails", mails / seconds, "mails/s", mails / bare)
    found.add("audio of a mail, encoding", encoding, "ms")
    found.notes.append(
        "baseline: the same mails, ready made, by smtplib alone in as many processes; "
        "each mail has a connection of its own, and ten seconds of speech as MP3"
    )
    return found
