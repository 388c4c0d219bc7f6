"""Certificates that end soon: whoever renews them has stopped doing so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from warnings import catch_warnings

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from ..home import Home

WEB = Path("/etc/pressline/tls/fullchain.pem")
"""Where the installed web server has it (provisioning/nginx)."""
DAYS = 14
"""Certbot renews 30 days before the end."""


def places(home: Home) -> Iterator[Path]:
    yield WEB
    yield from sorted((home.root / "freeswitch").glob("**/tls/*.pem"))


def days_left(path: Path, now: float) -> float | None:
    """Of the first certificate in a file; None where there is none that can be read."""
    try:
        with catch_warnings(action="ignore", category=CryptographyDeprecationWarning):
            # FreeSWITCH gives those that it makes itself the serial number 0.
            found = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None
    return (found.not_valid_after_utc - datetime.fromtimestamp(now, UTC)).total_seconds() / 86_400


def ending(home: Home, now: float) -> Iterator[tuple[str, str]]:
    for path in places(home):
        left = days_left(path, now)
        if left is not None and left < DAYS:
            when = f"ends in {left:.0f} days" if left > 0 else "has ended"
            yield (
                f"certificate {path.name}",
                f"The certificate {path} {when}: browsers and phones will refuse the box. "
                "Have it renewed (docs/install.md).",
            )
