"""Dial strings: `{all=1}[this=2]user/200,sofia/internal/201@10.0.0.1|error/USER_BUSY`.

`,` separates phones that ring together, `|` groups that are tried in turn; variables stand in
braces for all and in brackets for one (switch_ivr_originate.c).
"""

from dataclasses import dataclass

from softswitch.errors import DialStringError

MAX_LENGTH = 16_384
MAX_LEGS = 64


@dataclass(frozen=True, slots=True)
class Endpoint:
    kind: str
    """`user`, `sofia`, `error`, …"""
    address: str
    """What follows the kind."""
    variables: dict[str, str]


@dataclass(frozen=True, slots=True)
class DialString:
    variables: dict[str, str]
    """Of all legs."""
    groups: tuple[tuple[Endpoint, ...], ...]


def parse_dial_string(text: str) -> DialString:
    """Raises `DialStringError`."""
    text = text.strip()
    if not text or len(text) > MAX_LENGTH:
        raise DialStringError(
            "DESTINATION_OUT_OF_ORDER", f"a dial string of {len(text)} characters"
        )
    shared: dict[str, str] = {}
    while text.startswith("{"):
        inside, text = _bracketed(text, "}")
        shared |= parse_variables(inside)
    groups = tuple(
        tuple(_endpoint(leg, shared) for leg in _split(group, ",") if leg.strip())
        for group in _split(text, "|")
    )
    if not any(groups) or sum(map(len, groups)) > MAX_LEGS:
        raise DialStringError("DESTINATION_OUT_OF_ORDER", f"{text[:80]!r} names no endpoint")
    return DialString(shared, groups)


def _endpoint(text: str, shared: dict[str, str]) -> Endpoint:
    text = text.strip()
    own: dict[str, str] = {}
    while text.startswith(("[", "{")):
        inside, text = _bracketed(text, "]" if text[0] == "[" else "}")
        own |= parse_variables(inside)
    kind, slash, address = text.strip().partition("/")
    if not slash:
        return Endpoint("", text, shared | own)
    return Endpoint(kind.lower(), address, shared | own)


def _bracketed(text: str, closing: str) -> tuple[str, str]:
    end = text.find(closing)
    if end < 0:
        raise DialStringError("DESTINATION_OUT_OF_ORDER", f"{text[:80]!r} has no {closing}")
    return text[1:end], text[end + 1 :].lstrip()


def _split(text: str, separator: str) -> list[str]:
    """Split at `separator` outside brackets and quotes."""
    parts, depth, start, quoted = [], 0, 0, False
    for at, character in enumerate(text):
        if character == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif character in "[{":
            depth += 1
        elif character in "]}":
            depth = max(0, depth - 1)
        elif character == separator and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def parse_variables(text: str) -> dict[str, str]:
    """`a=1,b='2,3'`; with `^^:` in front the separator is `:`."""
    separator = ","
    if text.startswith("^^") and len(text) > 2:
        separator, text = text[2], text[3:]
    found: dict[str, str] = {}
    for pair in _split(text.replace(f"\\{separator}", "\0"), separator):
        name, equals, value = pair.replace("\0", separator).partition("=")
        if equals and name.strip():
            found[name.strip()] = _unquoted(value)
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1]
    return value
