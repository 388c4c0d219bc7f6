"""Asking for a secret and checking the answer (RFC 2617, RFC 8760), with replay protection."""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from enum import Enum, auto

from softswitch.sip.digest import matches, parse_digest
from softswitch.sip.validate import Refusal

NONCE_LIFE = 60.0
"""How long a challenge may be answered, in seconds; then the phone is asked afresh."""
_MAX_NONCES = 10_000


class Verdict(Enum):
    KNOWN = auto()
    ABSENT = auto()
    """No credentials, or some for another realm."""
    STALE = auto()
    """Right secret, but the nonce is too old or was counted back."""
    WRONG = auto()


class Authenticator:
    """Holds no state for challenges that nobody answers, so a flood of requests costs nothing."""

    def __init__(
        self, secrets_of: Mapping[str, str], *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._secrets = secrets_of
        self._now = now
        self._key = secrets.token_bytes(16)
        self._counts: OrderedDict[str, int] = OrderedDict()
        """Highest count seen of each nonce that was used rightly."""

    def challenge(self, realm: str, *, stale: bool = False) -> str:
        """MD5 alone, as FreeSWITCH offers: beside SHA-256, baresip 1.0 gives up altogether."""
        mark = ", stale=true" if stale else ""
        safe = realm.replace("\\", "").replace('"', "")
        nonce = self._nonce()
        return f'Digest realm="{safe}", nonce="{nonce}", algorithm=MD5, qop="auth"{mark}'

    def check(self, headers: list[str], method: str, realm: str) -> tuple[Verdict, str]:
        """The verdict, and the user name that was claimed."""
        answers = [parse_digest(header) for header in headers[:8]]
        parts = next((a for a in answers if a.get("realm") == realm), None)
        if parts is None:
            return Verdict.ABSENT, ""
        user = parts.get("username", "")
        # An unknown user takes as long as a wrong secret: names cannot be tried out.
        secret = self._secrets.get(user)
        is_right = matches(parts, secret or self._key.hex(), method)
        if not is_right or secret is None:
            return Verdict.WRONG, user
        return (Verdict.KNOWN if self._is_fresh(parts) else Verdict.STALE), user

    def _is_fresh(self, parts: dict[str, str]) -> bool:
        nonce = parts.get("nonce", "")
        if not self._is_ours(nonce):
            return False
        count = _hexadecimal(parts.get("nc", "")) if parts.get("qop") else 1
        if count <= self._counts.get(nonce, 0):
            return False
        self._counts[nonce] = count
        self._counts.move_to_end(nonce)
        if len(self._counts) > _MAX_NONCES:
            self._counts.popitem(last=False)
        return True

    def _nonce(self) -> str:
        text = f"{int(self._now() * 1000):x}-{secrets.token_hex(8)}"
        return f"{text}-{self._sign(text)}"

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]

    def _is_ours(self, nonce: str) -> bool:
        text, _, signature = nonce.rpartition("-")
        if not hmac.compare_digest(self._sign(text).encode(), signature.encode("utf-8", "replace")):
            return False
        age = self._now() - _hexadecimal(text.partition("-")[0]) / 1000
        return age <= NONCE_LIFE


def _hexadecimal(text: str) -> int:
    try:
        return int(text[:16], 16)
    except ValueError:
        return 0


def challenge(
    authenticator: Authenticator, status: int, realm: str, *, stale: bool = False
) -> Refusal:
    """A 401 or 407."""
    name = "WWW-Authenticate" if status == 401 else "Proxy-Authenticate"
    return Refusal(status, "", [(name, authenticator.challenge(realm, stale=stale))])
