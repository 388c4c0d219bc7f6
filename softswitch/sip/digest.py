"""Digest authentication: both sides of it (RFC 2617, RFC 8760)."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from softswitch.sip.scan import split_list, unquoted

ALGORITHMS = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class Credentials:
    user: str
    secret: str


def parse_digest(header: str) -> dict[str, str]:
    """The parts of a Digest header, names in lower case; empty for another scheme."""
    scheme, _, rest = header.strip().partition(" ")
    if scheme.lower() != "digest":
        return {}
    found: dict[str, str] = {}
    for part in split_list(rest):
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), unquoted(value.strip()))
    return found


def digest_response(parts: dict[str, str], user: str, secret: str, method: str) -> str:
    """The `response` for these parts. Raises KeyError for an algorithm that we do not know."""
    hashed = ALGORITHMS[parts.get("algorithm", "MD5").upper()]

    def h(text: str) -> str:
        return hashed(text.encode("utf-8", "surrogateescape")).hexdigest()

    who = h(f"{user}:{parts.get('realm', '')}:{secret}")
    what = h(f"{method}:{parts.get('uri', '')}")
    nonce = parts.get("nonce", "")
    if not parts.get("qop"):
        return h(f"{who}:{nonce}:{what}")
    counted = f"{nonce}:{parts.get('nc', '')}:{parts.get('cnonce', '')}:{parts['qop']}"
    return h(f"{who}:{counted}:{what}")


def matches(parts: dict[str, str], secret: str, method: str) -> bool:
    """Whether the caller who sent these parts knows the secret."""
    if parts.get("algorithm", "MD5").upper() not in ALGORITHMS:
        return False
    expected = digest_response(parts, parts.get("username", ""), secret, method)
    given = parts.get("response", "").lower()
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def answer_challenge(
    challenges: Sequence[str], credentials: Credentials, method: str, uri: str
) -> str:
    """The Authorization value for the strongest challenge; empty when we can answer none."""
    offered = [parse_digest(challenge) for challenge in challenges]
    known = [c for c in offered if c.get("algorithm", "MD5").upper() in ALGORITHMS and c]
    usable = [c for c in known if not c.get("qop") or "auth" in _words(c["qop"])]
    if not usable:
        return ""
    best = max(usable, key=lambda c: c.get("algorithm", "MD5").upper() == "SHA-256")
    return _authorization(best, credentials, method, uri)


def _words(text: str) -> list[str]:
    return [word.strip().lower() for word in text.split(",")]


def _authorization(
    challenge: dict[str, str], credentials: Credentials, method: str, uri: str
) -> str:
    parts = {
        "realm": challenge.get("realm", ""),
        "nonce": challenge.get("nonce", ""),
        "uri": uri,
        "algorithm": challenge.get("algorithm", "MD5"),
    }
    if challenge.get("qop"):
        parts |= {"qop": "auth", "nc": "00000001", "cnonce": secrets.token_hex(8)}
    response = digest_response(parts, credentials.user, credentials.secret, method)
    quoted = {"username": credentials.user, "response": response} | parts
    if "opaque" in challenge:
        quoted["opaque"] = challenge["opaque"]
    return "Digest " + ", ".join(_part(name, value) for name, value in quoted.items())


def _part(name: str, value: str) -> str:
    if name in ("algorithm", "qop", "nc"):  # tokens, not strings (RFC 2617, section 3.2.2)
        return f"{name}={value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'
