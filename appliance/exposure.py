"""What can be reached from other machines."""

import ipaddress
from typing import Any

import psutil

from .setting_types import Address


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it. Of other names nobody knows whether they do so
    tomorrow, so they count as reachable from outside."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def reachable_from_outside(port: int) -> list[Address]:
    """Where somebody on this machine listens on a TCP port for others, too.

    Empty also where the system does not tell.
    """
    try:
        found: Any = psutil.net_connections("tcp")
    except (psutil.Error, OSError, NotImplementedError):
        return []
    listening = {
        Address(one.laddr.ip, port)
        for one in found
        if one.laddr and one.status == psutil.CONN_LISTEN and one.laddr.port == port
    }
    return sorted(address for address in listening if not is_loopback(address.host))
