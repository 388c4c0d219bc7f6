"""Counts wrong secrets by where they came from: whoever guesses on and on is not listened to."""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable

MOST = 60
"""Wrong ones in a span. A phone that has a wrong secret tries once or twice a minute, and all
phones of an office may have one address."""
SPAN = 600.0
"""Seconds."""
MOST_ADDRESSES = 10_000
"""Kept at one time; the one that was quiet longest is forgotten."""
IPV6_NETWORK = 64
"""Bits: whoever has an IPv6 address has all behind them."""


class Guesses:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        """By network: when its span began, and how many were wrong since."""

    def are_too_many(self, host: str) -> bool:
        """Whether `host` is not listened to just now."""
        return self._of(_network(host))[1] >= MOST

    def add(self, host: str) -> bool:
        """One more was wrong; whether it was the last that is listened to."""
        network = _network(host)
        since, count = self._of(network)
        self._counts[network] = since, count + 1
        self._counts.move_to_end(network)
        if len(self._counts) > MOST_ADDRESSES:
            self._counts.popitem(last=False)
        return count + 1 == MOST

    def _of(self, network: str) -> tuple[float, int]:
        now = self._now()
        since, count = self._counts.get(network, (now, 0))
        return (since, count) if now - since < SPAN else (now, 0)


def _network(host: str) -> str:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
