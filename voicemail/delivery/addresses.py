"""Where webhooks may go: out into the world, never into the house, whatever a name resolves to."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from voicemail.delivery.one_line import one_line
from voicemail.errors import DeliveryFailed, DeliveryRefused

IP = IPv4Address | IPv6Address
PORTS = {"http": 80, "https": 443}
NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052, 2.1: the last four bytes are an IPv4 address that a gateway goes to."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A URL and the addresses that were found for its host, all of them allowed."""

    url: httpx.URL
    addresses: Sequence[str]


def find_goal(url: httpx.URL, allow_private: Sequence[str]) -> Goal:
    """Resolve and check. Raises `DeliveryFailed`."""
    if url.scheme not in PORTS or not url.host or url.userinfo:
        raise DeliveryRefused(
            f"{_shown(url)} is refused, expected https://host/… without a password"
        )
    found = _resolve(url)
    for address in found:
        if not is_allowed(url.host, address, allow_private):
            raise DeliveryRefused(
                f"{_shown(url)} leads to {address}, which is not in the public network; "
                "see webhook_private"
            )
    return Goal(url, found)


def is_allowed(host: str, address: str, allow_private: Sequence[str]) -> bool:
    """Whether `host`, resolved to `address`, is public or named in `allow_private`."""
    ip = ip_address(address.partition("%")[0])
    return _is_public(ip) or any(_names(entry, host, ip) for entry in allow_private)


def _names(entry: str, host: str, ip: IP) -> bool:
    try:
        return ip in ip_network(entry, strict=False)
    except ValueError:
        return entry.lower() == host.lower()


def _is_public(ip: IP) -> bool:
    inner = _inner(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None:
        return _is_public(inner)
    if isinstance(ip, IPv6Address) and (ip.is_site_local or ip.teredo):
        return False
    # `is_global` also leaves out 100.64.0.0/10, the addresses of carriers' NAT (RFC 6598).
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _resolve(url: httpx.URL) -> Sequence[str]:
    port = url.port or PORTS[url.scheme]
    try:
        found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DeliveryFailed(f"{_shown(url)}: the host is not found ({error})") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _shown(url: httpx.URL) -> str:
    """Without the path and the query, which may hold secrets."""
    return one_line(f"{url.scheme}://{url.host}", 200)
