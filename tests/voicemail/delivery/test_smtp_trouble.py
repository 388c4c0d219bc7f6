"""Mail servers that refuse, hang, drop, drip, or are not who they say they are."""

from collections.abc import Callable, Iterator

import pytest

from store.fields import now
from store.models import Delivery
from tests.certificates import Certificate, make_certificate
from tests.mail_server import (
    DRIP,
    DROP,
    FLOOD,
    HANG,
    PASSWORD,
    USER,
    MailServer,
    RunningMailServer,
    Trouble,
)
from tests.voicemail.left import leave, mailbox
from voicemail.delivery.outbox import TRANSCRIPT_WAIT, deliver
from voicemail.delivery.settings import DeliverySettings

pytestmark = [
    pytest.mark.usefixtures("store"),
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]
To = Callable[..., DeliverySettings]
LIFE = "life-1"


def attempt(settings: DeliverySettings) -> Delivery:
    """One attempt at the only delivery there is, whatever its time."""
    if not Delivery.select().count():
        leave(mailbox("ann@paper.example"), settings.folder)
    Delivery.update(next_at=now() - TRANSCRIPT_WAIT).execute()
    deliver(Delivery.get().id, settings, LIFE)
    return Delivery.get()


@pytest.mark.parametrize("stage", ["RCPT", "DATA", "BODY"])
def test_what_the_server_refuses_for_good_fails_at_once(
    server: MailServer, to: To, stage: str
) -> None:
    server.troubles[stage] = Trouble("550 5.1.1 nobody\x07 of that name")
    row = attempt(to(server))
    assert (row.state, row.attempts) == ("failed", 1)
    assert "550 5.1.1 nobody of that name" in row.error
    assert server.received == []


@pytest.mark.parametrize("stage", ["CONNECT", "MAIL", "RCPT", "DATA", "BODY"])
def test_what_the_server_puts_off_is_sent_the_next_time(
    server: MailServer, to: To, stage: str
) -> None:
    server.troubles[stage] = Trouble("451 greylisted, come back", times=1)
    settings = to(server)
    row = attempt(settings)
    assert (row.state, row.attempts) == ("waiting", 1)
    assert "451 greylisted" in row.error
    assert row.next_at > now()
    row = attempt(settings)
    assert (row.state, row.attempts, row.error) == ("sent", 2, "")
    assert len(server.received) == 1


@pytest.mark.parametrize("stage", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY"])
@pytest.mark.parametrize("trouble", [HANG, DROP, DRIP, FLOOD])
def test_a_server_that_never_comes_to_an_end_is_left(
    server: MailServer, to: To, stage: str, trouble: str
) -> None:
    server.troubles[stage] = Trouble(trouble)
    row = attempt(to(server, timeout=0.5, total_limit=1.0))
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.error


def test_a_mail_whose_receipt_was_lost_is_sent_again_as_the_same(
    server: MailServer, to: To
) -> None:
    server.troubles["BODY"] = Trouble(DROP, times=1)
    settings = to(server)
    assert attempt(settings).state == "waiting"
    assert attempt(settings).state == "sent"
    first, second = (received.mail["Message-ID"] for received in server.received)
    assert first == second
    assert first.endswith("@paper.example>")


@pytest.mark.parametrize("trouble", [HANG, DROP, "500 what?"])
def test_a_goodbye_that_fails_does_not_send_a_mail_twice(
    server: MailServer, to: To, trouble: str
) -> None:
    server.troubles["QUIT"] = Trouble(trouble)
    assert attempt(to(server, timeout=3)).state == "sent"
    assert len(server.received) == 1


def test_without_a_mail_server_deliveries_wait_and_say_so(settings: DeliverySettings) -> None:
    row = attempt(settings)
    assert row.state == "waiting"
    assert "mail_server" in row.error


def test_a_server_that_is_not_there_is_tried_again(server: MailServer, to: To) -> None:
    row = attempt(to(MailServer(port=1)))
    assert row.state == "waiting"
    assert "127.0.0.1:1" in row.error


@pytest.mark.parametrize("sender", ["", "nobody", "a@b@c", "a b@c"])
def test_a_sender_that_is_no_address_can_be_mended(server: MailServer, to: To, sender: str) -> None:
    assert "mail_from" in attempt(to(server, sender=sender)).error
    assert attempt(to(server)).state == "sent"


@pytest.fixture
def guarded() -> Iterator[MailServer]:
    with RunningMailServer(auth=True) as server:
        yield server


def test_mails_go_under_the_account(guarded: MailServer, to: To) -> None:
    assert attempt(to(guarded, user=USER, password=PASSWORD)).state == "sent"
    assert guarded.received[0].user == USER


@pytest.mark.parametrize("password", ["wrong", "pässword", "", "a\r\nQUIT"])
def test_a_password_that_is_refused_can_be_mended(
    guarded: MailServer, to: To, password: str
) -> None:
    row = attempt(to(guarded, user=USER, password=password))
    assert row.state == "waiting"
    assert row.error
    assert guarded.received == []
    assert attempt(to(guarded, user=USER, password=PASSWORD)).state == "sent"


def test_a_server_that_hangs_at_the_password_is_left(guarded: MailServer, to: To) -> None:
    guarded.troubles["AUTH"] = Trouble(HANG)
    row = attempt(to(guarded, user=USER, password=PASSWORD, timeout=0.5))
    assert row.state == "waiting"


@pytest.fixture(params=["starttls", "tls"])
def tls(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def secure(tls: str, certificate: Certificate) -> Iterator[MailServer]:
    with RunningMailServer(**{tls: certificate.server_side}) as server:
        yield server


def test_mails_go_over_tls_to_a_server_that_is_trusted(
    secure: MailServer, tls: str, certificate: Certificate, to: To
) -> None:
    settings = to(secure, tls=tls, ca_file=str(certificate.pem))
    assert attempt(settings).state == "sent"
    assert secure.received[0].over_tls


def test_a_certificate_nobody_vouches_for_is_refused(secure: MailServer, tls: str, to: To) -> None:
    row = attempt(to(secure, tls=tls))
    assert row.state == "waiting"
    assert "certificate is not trusted" in row.error
    assert secure.received == []


def test_a_certificate_of_another_host_is_refused(
    certificate: Certificate, tmp_path_factory: pytest.TempPathFactory, to: To
) -> None:
    other = make_certificate(tmp_path_factory.mktemp("other"), "DNS:other.example")
    with RunningMailServer(tls=other.server_side) as server:
        row = attempt(to(server, tls="tls", ca_file=str(other.pem)))
    assert row.state == "waiting"
    assert "certificate is not trusted" in row.error
    assert server.received == []


def test_a_missing_file_of_authorities_is_named(server: MailServer, to: To) -> None:
    assert "mail_ca /none.pem" in attempt(to(server, tls="tls", ca_file="/none.pem")).error


def test_a_server_robbed_of_its_starttls_gets_nothing(server: MailServer, to: To) -> None:
    row = attempt(to(server, tls="starttls", user=USER, password=PASSWORD))
    assert row.state == "waiting"
    assert "STARTTLS" in row.error
    assert "AUTH" not in server.reached
    assert "MAIL" not in server.reached


@pytest.mark.parametrize("trouble", [HANG, DROP, DRIP, "454 not now"])
def test_a_server_that_stumbles_over_tls_is_left(
    certificate: Certificate, to: To, trouble: str
) -> None:
    with RunningMailServer(starttls=certificate.server_side) as server:
        server.troubles["STARTTLS"] = Trouble(trouble)
        facts = {"tls": "starttls", "ca_file": str(certificate.pem)}
        row = attempt(to(server, timeout=0.5, total_limit=1.0, **facts))
    assert row.state == "waiting"
    assert server.received == []


def test_a_server_that_speaks_no_tls_at_all_is_left(server: MailServer, to: To) -> None:
    row = attempt(to(server, tls="tls", timeout=0.5))
    assert row.state == "waiting"
    assert row.error
