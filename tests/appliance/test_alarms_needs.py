"""What the box looks at, beside what tests of its own subjects look at."""

import subprocess
import time
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from appliance import attention
from appliance.alarms import certificates, needs
from appliance.alarms.needs import FEWEST_CALLS, MOST_RESTARTS, all_needs
from appliance.home import Home
from appliance.metrics import restart_figures
from appliance.metrics.figures_file import path_of, write
from appliance.metrics.switch_figures import gateways, is_well, trunk_families
from appliance.settings import Settings
from lines.dialling import records as dialling
from lines.dialling.entry import TrunkEntry
from store import calls, quality
from store.errors import StoreAway
from store.fields import now
from store.jobs import CallStarted
from store.models import Delivery
from store.quality_jobs import CallMeasured
from tests.voicemail.stored import make_box, make_message

GATEWAYS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<gateways>
  <gateway><name>well</name><state>REGED</state><status>UP</status>
    <failed-calls-out>3</failed-calls-out></gateway>
  <gateway><name>no account</name><state>NOREG</state><status>UP</status></gateway>
  <gateway><name>refused</name><state>FAIL_WAIT</state><status>DOWN</status></gateway>
  <gateway><name>mute</name><state>REGED</state><status>DOWN (ping)</status></gateway>
</gateways>
"""


def found(home: Home) -> Mapping[str, str]:
    return all_needs(Settings(home=home.root), home)


def measure(count: int, bad: int) -> None:
    for number in range(count):
        calls.started([CallStarted(f"c{number}", now())])
        loss = 0.1 if number < bad else 0.0
        quality.measured([CallMeasured(f"c{number}", 500, loss, 0.0, 10.0)])


@pytest.mark.parametrize(
    ("count", "bad", "is_told"),
    [(FEWEST_CALLS, 2, True), (FEWEST_CALLS, 1, False), (FEWEST_CALLS - 1, 9, False)],
)
def test_many_calls_that_were_hard_to_understand_are_told(
    home: Home, store: None, count: int, bad: int, is_told: bool
) -> None:
    measure(count, bad)
    assert ("quality" in found(home)) is is_told


def test_work_that_stands_still_is_told(home: Home, store: None) -> None:
    message = make_message(make_box(), 1)
    Delivery.create(message=message, channel="mail", address="a@b.c", next_at=now())
    assert "queue deliveries" not in found(home)
    Delivery.update(next_at=now() - timedelta(hours=1)).execute()
    assert "queue deliveries" in found(home)


def test_a_process_that_keeps_ending_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_restarts", {})
    for count in (5, 6, 5 + MOST_RESTARTS):
        counts = {"callbox": count, "panel": 1}
        write(path_of(home.root, "supervisor"), lambda c=counts: restart_figures.families(c))
        told = found(home)
        assert ("restarts callbox" in told) is (count == 5 + MOST_RESTARTS)
    assert "restarts panel" not in told


def test_a_store_that_is_away_is_told_and_hides_nothing_else(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Home) -> Mapping[str, str]:
        raise StoreAway("the disk is gone")

    monkeypatch.setattr(attention, "needs", away)
    told = found(home)
    assert {"store", "switch", "callbox", "worker"} <= told.keys()


def certificate(path: Path, days: float) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "box.example")])
    ends = datetime.now(UTC) + timedelta(days=days)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(ends - timedelta(days=90)).not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))


@pytest.mark.parametrize(("days", "words"), [(13.2, "ends in 13 days"), (-1, "has ended")])
def test_a_certificate_that_ends_soon_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch, days: float, words: str
) -> None:
    path = home.root / "fullchain.pem"
    monkeypatch.setattr(certificates, "WEB", path)
    certificate(path, days)
    assert words in found(home)["certificate fullchain.pem"]


@pytest.mark.parametrize("text", [None, b"", b"no certificate"])
def test_one_that_is_new_or_cannot_be_read_is_not(
    home: Home, monkeypatch: pytest.MonkeyPatch, text: bytes | None
) -> None:
    path = home.root / "fullchain.pem"
    monkeypatch.setattr(certificates, "WEB", path)
    certificate(path, 60) if text is None else path.write_bytes(text)
    assert "certificate fullchain.pem" not in found(home)


def test_what_freeswitch_makes_itself_with_the_serial_number_0_is_read_in_silence(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wss.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-set_serial", "0", "-subj", "/CN=FreeSWITCH",
         "-keyout", "/dev/null", "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    with warnings.catch_warnings(action="error"):
        left = certificates.days_left(path, time.time())
    assert left is not None and 1.9 < left < 2.1


def test_a_trunk_is_well_when_it_is_registered_or_needs_not_be_and_answers() -> None:
    assert [is_well(gateway) for gateway in gateways(GATEWAYS)] == [True, True, False, False]


def test_the_embedded_switch_tells_of_trunks_that_it_cannot_use(home: Home, store: None) -> None:
    address = TrunkEntry(name="address", host="192.0.2.1")
    account = TrunkEntry(name="account", host="sip.example", user="84930")
    secure = TrunkEntry(name="secure", host="192.0.2.1", transport="tls")
    dialling.replace_trunks([address, account, secure])
    told = all_needs(Settings(home=home.root, switch="embedded"), home)
    assert {kind for kind in told if kind.startswith("trunk")} == {"trunk account", "trunk secure"}


def test_trunks_are_figures() -> None:
    up, failed = trunk_families(GATEWAYS)
    assert [sample.value for sample in up.samples] == [1.0, 1.0, 0.0, 0.0]
    assert failed.samples[1].value == 3.0


@pytest.mark.parametrize("answer", ["", "-ERR no", "<gateways>", "Invalid command!\n", "<a/>"])
def test_what_is_no_list_of_trunks_has_none(answer: str) -> None:
    assert gateways(answer) == []
