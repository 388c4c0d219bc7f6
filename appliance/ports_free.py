"""Looks before starting whether the box's ports are free."""

import errno
import socket

from .settings import Address, Settings


def taken_ports(settings: Settings) -> list[str]:
    """A line for each address that cannot be had, with what to do about it."""
    wanted = [
        ("callbox", "PRESSLINE_SOCKET", settings.socket, socket.SOCK_STREAM),
        ("panel", "PRESSLINE_PANEL", settings.panel, socket.SOCK_STREAM),
    ]
    if settings.switch == "embedded":
        wanted += [
            ("switch (SIP)", "PRESSLINE_SIP", settings.sip, socket.SOCK_DGRAM),
            ("switch (Event Socket)", "PRESSLINE_ESL", settings.esl, socket.SOCK_STREAM),
        ]
    return [
        f"{name}: {address} {trouble}. End what uses it, or choose another with {variable}."
        for name, variable, address, kind in wanted
        if (trouble := _trouble(address, kind))
    ]


def _trouble(address: Address, kind: socket.SocketKind) -> str:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return "is in use"
            return f"cannot be used ({error.strerror or error})"
    return ""
