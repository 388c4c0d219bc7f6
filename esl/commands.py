"""Builds commands as bytes. What would become another command is refused before it is sent."""

import re
from collections.abc import Mapping, Sequence

from esl.errors import UnsafeArgument

END = b"\n\n"
_LINE_BREAKERS = re.compile(r"[\r\n\0]")
_HEADER_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}\Z")


def encoded(argument: str) -> bytes:
    """One argument as bytes. Raises `UnsafeArgument` for CR, LF, NUL and lone surrogates."""
    if _LINE_BREAKERS.search(argument):
        raise UnsafeArgument(
            f"{argument[:80]!r} holds CR, LF or NUL and would become another command"
        )
    try:
        return argument.encode()
    except UnicodeEncodeError as fault:
        raise UnsafeArgument(f"{argument[:80]!r} cannot be written as UTF-8") from fault


def line(command: str) -> bytes:
    """A command of one line, such as `linger 5`."""
    return encoded(command) + END


def block(command: str) -> bytes:
    """A command with header lines, already put together; it may not hold a second command."""
    text = command.strip("\n")
    if "\n\n" in text:
        raise UnsafeArgument(f"{command[:80]!r} holds an empty line: that ends a command")
    return END.join((b"\n".join(encoded(part) for part in text.split("\n")), b""))


def api(command: str) -> bytes:
    return b"api " + line(command)


def bgapi(command: str, job: str) -> bytes:
    return b"bgapi " + encoded(command) + b"\nJob-UUID: " + encoded(job) + END


def execute(application: str, argument: str, uuid: str, *, lock: bool = False) -> bytes:
    """Run an application; its completion carries `uuid` as Application-UUID.

    `lock` holds back what is sent after it until it has ended. Without it FreeSWITCH runs the
    next one nested, inside the first (switch_ivr.c, switch_ivr_parse_event).
    """
    parts = [b"sendmsg\ncall-command: execute\nexecute-app-name: ", encoded(application)]
    if argument:
        parts += [b"\nexecute-app-arg: ", encoded(argument)]
    parts += [b"\nEvent-UUID: ", encoded(uuid)]
    if lock:
        parts.append(b"\nevent-lock: true")
    parts.append(END)
    return b"".join(parts)


def hangup(cause: str) -> bytes:
    return b"sendmsg\ncall-command: hangup\nhangup-cause: " + encoded(cause) + END


def event_json(subscriptions: Sequence[str]) -> bytes:
    """Subscribes; names with `::` are subclasses of CUSTOM, which must stand last."""
    plain = [name for name in subscriptions if "::" not in name and name != "CUSTOM"]
    custom = [name for name in subscriptions if "::" in name]
    words = [*plain, "CUSTOM", *custom] if custom else plain
    return line(f"event json {' '.join(words)}")


def sendevent(subclass: str, headers: Mapping[str, str], body: str = "") -> bytes:
    """A CUSTOM event to everybody who subscribed to `subclass`. Only the body may hold lines."""
    return event("CUSTOM", {"Event-Subclass": subclass, **headers}, body)


def event(name: str, headers: Mapping[str, str], body: str = "") -> bytes:
    """An event of the switch's own kinds, for whoever waits for it."""
    lines = [b"sendevent " + encoded(name)]
    for header, value in headers.items():
        if not _HEADER_NAME.match(header):
            raise UnsafeArgument(f"{header[:80]!r} is no header name: letters, digits, _ . - only")
        lines.append(header.encode() + b": " + encoded(value))
    content = body.encode("utf-8", "replace")
    if content:
        lines.append(b"Content-Length: %d" % len(content))
    return b"\n".join(lines) + END + content
