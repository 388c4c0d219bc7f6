"""Webhooks: what is posted, how it is signed, and where it is never posted to."""

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.fields import now
from store.models import Delivery, Message
from tests.certificates import Certificate
from tests.hook_server import HookServer, RunningHookServer
from tests.voicemail.left import heard, leave, mailbox
from voicemail.delivery.addresses import is_allowed
from voicemail.delivery.outbox import TRANSCRIPT_WAIT, deliver
from voicemail.delivery.settings import DeliverySettings, WebhookSettings
from voicemail.links import Links

LIFE = "life-1"
needs_store = pytest.mark.usefixtures("store")


@pytest.fixture
def hook() -> Iterator[HookServer]:
    with RunningHookServer() as running:
        yield running


def owed(address: str, settings: DeliverySettings, **facts: Any) -> Message:
    return leave(mailbox(address), settings.folder, **facts)


def attempt(settings: DeliverySettings) -> Delivery:
    Delivery.update(next_at=now() - TRANSCRIPT_WAIT).execute()
    deliver(Delivery.get().id, settings, LIFE)
    return Delivery.get()


def posted_to(address: str, settings: DeliverySettings) -> Delivery:
    owed(address, settings)
    return attempt(settings)


@needs_store
def test_a_webhook_tells_all_there_is(hook: HookServer, settings: DeliverySettings) -> None:
    message = owed(f"{hook.url}/new?desk=1", settings, name="Ann\r\nX: y")
    heard(message, ("road", 0.4), ("closed", 0.9))
    assert attempt(settings).state == "sent"
    [posted] = hook.posted
    assert posted.path == "/new?desk=1"
    assert posted.headers["Content-Type"] == "application/json"
    told = json.loads(posted.body)
    link = told.pop("link")
    assert settings.links.opened(link.rpartition("/")[2]) == message.id
    assert told == {
        "event": "message.new",
        "id": message.id,
        "box": message.box,
        "title": "News desk",
        "caller": {"number": "+4930123456", "name": "Ann X: y", "withheld": False},
        "dialled": "100",
        "started_at": "2026-11-21T22:30:00+00:00",
        "seconds": 10.31,
        "urgent": False,
        "callback": {"number": "", "confirmed": False},
        "forwarded_by": "",
        "transcript": {
            "state": "done",
            "language": "en",
            "text": "road closed",
            "doubtful": ["road"],
            "note": "",
            "corrected_by": "",
        },
    }


@needs_store
def test_the_check_in_the_documentation_takes_our_signature_and_no_other(
    hook: HookServer, settings: DeliverySettings
) -> None:
    page = Path(__file__).parents[3] / "docs" / "webhooks.md"
    documented: dict[str, Any] = {}
    exec(page.read_text().partition("```python\n")[2].partition("```")[0], documented)  # noqa: S102
    check = documented["is_from_pressline"]
    posted_to(f"{hook.url}/", settings)
    [posted] = hook.posted
    signature = posted.headers["X-Pressline-Signature"]
    assert check(signature, posted.body, "s3cret")
    assert not check(signature, posted.body + b" ", "s3cret")
    assert not check(signature, posted.body, "other")
    assert not check(signature.replace("t=1", "t=0"), posted.body, "s3cret")


@needs_store
def test_a_withheld_number_is_not_posted(hook: HookServer, settings: DeliverySettings) -> None:
    owed(f"{hook.url}/", settings, withheld=True)
    attempt(settings)
    assert json.loads(hook.posted[0].body)["caller"] == {"number": "", "name": "", "withheld": True}


@needs_store
@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_an_answer_for_now_is_tried_again_under_the_same_number(
    hook: HookServer, settings: DeliverySettings, status: int
) -> None:
    hook.answers["/"] = [(status, ""), (200, "")]
    row = posted_to(f"{hook.url}/", settings)
    assert (row.state, row.error) == ("waiting", f"it answers with status {status}")
    assert attempt(settings).state == "sent"
    first, second = (posted.headers["X-Pressline-Delivery"] for posted in hook.posted)
    assert first == second


@needs_store
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 303, 304])
def test_an_answer_for_good_fails_at_once(
    hook: HookServer, settings: DeliverySettings, status: int
) -> None:
    hook.answers["/"] = [(status, "")]
    row = posted_to(f"{hook.url}/", settings)
    assert (row.state, row.attempts) == ("failed", 1)
    assert str(status) in row.error


@needs_store
@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_followed_with_the_whole_post(
    hook: HookServer, settings: DeliverySettings, status: int
) -> None:
    hook.answers["/old"] = [(status, "/new")]
    assert posted_to(f"{hook.url}/old", settings).state == "sent"
    first, second = hook.posted
    assert (first.path, second.path) == ("/old", "/new")
    assert first.body == second.body


@needs_store
def test_redirects_come_to_an_end(hook: HookServer, settings: DeliverySettings) -> None:
    hook.answers["/round"] = [(302, "/round")]
    row = posted_to(f"{hook.url}/round", settings)
    assert row.state == "failed"
    assert "more than 3 times" in row.error
    assert len(hook.posted) == 4


@needs_store
@pytest.mark.parametrize(
    "goal",
    [
        "http://10.0.0.1/",
        "http://[::1]/",
        "//169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:pass@127.0.0.1/",
        "http://100.64.1.1/",
    ],
)
def test_a_redirect_into_the_house_is_refused(
    hook: HookServer, settings: DeliverySettings, goal: str
) -> None:
    hook.answers["/"] = [(307, goal)]
    only_here = WebhookSettings(allow_private=("127.0.0.1/32",))
    row = posted_to(f"{hook.url}/", replace(settings, webhook=only_here))
    assert len(hook.posted) == 1
    assert (row.state, row.attempts) == ("failed", 1)
    assert row.error


@needs_store
def test_a_redirect_to_nowhere_is_not_followed(
    hook: HookServer, settings: DeliverySettings
) -> None:
    hook.answers["/"] = [(307, "http://[bad")]
    row = posted_to(f"{hook.url}/", settings)
    assert row.state == "waiting"
    assert len(hook.posted) == 1


@needs_store
@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_an_address_inside_the_house_is_refused(
    hook: HookServer, settings: DeliverySettings, host: str
) -> None:
    row = posted_to(f"http://{host}:{hook.port}/", replace(settings, webhook=WebhookSettings()))
    assert row.state == "failed"
    assert "webhook_private" in row.error
    assert hook.posted == []


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.255", "0.0.0.0", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:100.64.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
    "2001:0:53aa:64c:0:0:0:0", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert not is_allowed("hook.test", address, ())


@pytest.mark.parametrize("address", ["9.9.9.9", "93.184.215.14", "2620:fe::fe", "2606:2800::1"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert is_allowed("hook.test", address, ())


@pytest.mark.parametrize(
    ("entry", "allowed"),
    [
        ("10.1.2.0/24", True),
        ("10.1.2.3", True),
        ("HOOK.test", True),
        ("10.1.3.0/24", False),
        ("fd00::/8", False),
        ("test", False),
        ("", False),
    ],
)
def test_the_papers_own_servers_may_be_named(entry: str, allowed: bool) -> None:
    assert is_allowed("hook.test", "10.1.2.3", (entry,)) == allowed


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Names that resolve to the addresses in turn, as a hostile name server would have it."""
    known: dict[str, list[str]] = {}
    ask = socket.getaddrinfo

    def answer(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        return ask(known[host].pop(0) if host in known else host, port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


@needs_store
def test_a_name_is_resolved_once_and_the_checked_address_is_called(
    hook: HookServer, settings: DeliverySettings, names: dict[str, list[str]]
) -> None:
    names["hook.test"] = ["127.0.0.1", "10.255.255.1"]
    assert posted_to(f"http://hook.test:{hook.port}/", settings).state == "sent"
    assert names["hook.test"] == ["10.255.255.1"]
    assert hook.posted[0].headers["Host"] == f"hook.test:{hook.port}"


@needs_store
def test_a_name_that_leads_into_the_house_is_refused(
    hook: HookServer, settings: DeliverySettings, names: dict[str, list[str]]
) -> None:
    names["hook.test"] = ["10.0.0.1"]
    row = posted_to(f"http://hook.test:{hook.port}/", settings)
    assert row.state == "failed"
    assert "http://hook.test leads to 10.0.0.1" in row.error


@needs_store
def test_the_certificate_must_be_that_of_the_name(
    settings: DeliverySettings,
    certificate: Certificate,
    names: dict[str, list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names |= {"hook.test": ["127.0.0.1"] * 2, "other.test": ["127.0.0.1"]}
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.pem))
    with RunningHookServer(certificate.server_side) as hook:
        row = posted_to(f"https://other.test:{hook.port}/", settings)
        assert row.state == "waiting"
        assert "CERTIFICATE_VERIFY_FAILED" in row.error
        Delivery.delete().execute()
        assert posted_to(f"https://hook.test:{hook.port}/", settings).state == "sent"
        assert len(hook.posted) == 1
        monkeypatch.delenv("SSL_CERT_FILE")
        Delivery.delete().execute()
        assert posted_to(f"https://hook.test:{hook.port}/", settings).state == "waiting"


@needs_store
def test_a_redirect_that_gives_up_encryption_is_refused(
    settings: DeliverySettings,
    hook: HookServer,
    certificate: Certificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.pem))
    with RunningHookServer(certificate.server_side) as secure:
        secure.answers["/"] = [(307, f"{hook.url}/")]
        row = posted_to(f"https://127.0.0.1:{secure.port}/", settings)
    assert row.state == "failed"
    assert "not encrypted" in row.error
    assert hook.posted == []


@needs_store
@pytest.mark.parametrize(
    "address", ["https://", "mail@paper.example://", "http://[::1", "ftp://a/"]
)
def test_what_is_no_web_address_fails_at_once(settings: DeliverySettings, address: str) -> None:
    row = posted_to(address, settings)
    assert (row.state, row.attempts) == ("failed", 1)


@needs_store
@pytest.mark.parametrize("manner", ["hangs", "drips"])
def test_a_server_that_never_answers_is_left(
    hook: HookServer, settings: DeliverySettings, manner: str
) -> None:
    setattr(hook, manner, frozenset({"/"}))
    rules = replace(settings.webhook, timeout=0.5, total_limit=1.0)
    row = posted_to(f"{hook.url}/", replace(settings, webhook=rules))
    assert row.state == "waiting"
    assert row.error


@needs_store
@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://nowhere.invalid/"])
def test_a_server_that_is_not_there_is_tried_again(
    settings: DeliverySettings, address: str
) -> None:
    row = posted_to(address, settings)
    assert row.state == "waiting"
    assert row.error


def test_a_link_is_good_for_its_days_and_its_secret() -> None:
    links = Links("secret", "https://desk.example", 30)
    token = links.token("m1")
    assert links.url("m1").startswith("https://desk.example/messages/")
    assert links.opened(token) == "m1"
    assert Links("other", "https://desk.example").opened(token) is None
    assert Links("secret", "https://desk.example", -1).opened(token) is None
    for bad in ("", "x", token[:-1], token + "x", "." * 3, "ä", "x" * 100_000):
        assert links.opened(bad) is None
