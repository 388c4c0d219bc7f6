"""What the switch says of itself: channels, phones that are registered, trunks."""

import json
from collections.abc import Iterator
from xml.etree import ElementTree

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from esl.errors import EslError
from esl.inbound import CommandConnection

from ..dialplan import switch_password
from ..errors import SettingsInvalid
from ..settings import Settings

LIMIT = 3.0
"""Seconds for the switch to take a connection, or to answer a question."""
WELL = frozenset({"REGED", "NOREG"})
"""Of a gateway: registered, or one that registers nowhere (sofia.c, sofia_state_names)."""


def families(settings: Settings) -> Iterator[Metric]:
    up = GaugeMetricFamily("pressline_switch_up", "Whether the switch answers.")
    try:
        found = list(_asked(settings))
    except (EslError, SettingsInvalid):
        up.add_metric([], 0.0)
        yield up
        return
    up.add_metric([], 1.0)
    yield up
    yield from found


def _asked(settings: Settings) -> Iterator[Metric]:
    connection = CommandConnection(*settings.esl, switch_password(settings), timeout=LIMIT)
    try:
        connection.connect()
        channels = _rows(connection.api("show channels count as json", LIMIT))
        phones = _rows(connection.api("show registrations count as json", LIMIT))
        trunks = connection.api("sofia xmlstatus gateway", LIMIT)
    finally:
        connection.stop()
    yield GaugeMetricFamily("pressline_switch_channels", "Channels on the switch.", channels)
    yield GaugeMetricFamily("pressline_phones_registered", "Registrations of phones.", phones)
    yield from trunk_families(trunks)


def _rows(answer: str) -> float:
    try:
        return float(json.loads(answer)["row_count"])
    except (ValueError, KeyError, TypeError):
        return 0.0


def trunk_families(status: str) -> Iterator[Metric]:
    """From `sofia xmlstatus gateway` (mod_sofia.c); none on the embedded switch."""
    up = GaugeMetricFamily(
        "pressline_trunk_up", "Whether a trunk is registered and answers.", labels=["trunk"]
    )
    failed = CounterMetricFamily(
        "pressline_trunk_calls_failed", "Calls by a trunk that failed.", labels=["trunk", "way"]
    )
    for gateway in gateways(status):
        name = gateway.findtext("name", "")
        up.add_metric([name], float(is_well(gateway)))
        for way in ("in", "out"):
            count = gateway.findtext(f"failed-calls-{way}", "0")
            failed.add_metric([name, way], float(count) if count.isdecimal() else 0.0)
    yield from (up, failed)


def gateways(status: str) -> list[ElementTree.Element]:
    try:
        return ElementTree.fromstring(status).findall(".//gateway")
    except ElementTree.ParseError:
        return []


def is_well(gateway: ElementTree.Element) -> bool:
    state = gateway.findtext("state", "").partition(" ")[0]
    return state in WELL and gateway.findtext("status", "").startswith("UP")
