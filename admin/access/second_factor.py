"""The second factor: codes of an app (TOTP, RFC 6238), and recovery codes for when it is lost."""

import base64
import hashlib
import hmac
import secrets
import time

import pyotp
import segno

from store.fields import clean, now
from store.models import PanelUser, RecoveryCode
from store.secrecy import Locked

STEP = 30
"""Seconds that a code is shown."""
DRIFT = 1
"""Steps that a phone's clock may be off, in each direction."""
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_GROUPS = 4
RECOVERY_GROUP = 4
"""Sixteen letters: 79 bits, which nobody guesses."""


def offered(key: str, token: str) -> str:
    """The secret offered to a session, in base 32: the same each time its page is opened.

    Nothing of it is kept before the user has shown a code, neither here nor in the browser.
    `key`: the panel's own; `token`: the session's.
    """
    made = hmac.new(key.encode(), f"second factor {token}".encode(), hashlib.sha256)
    return base64.b32encode(made.digest()[:20]).decode()


def address(secret: str, name: str, paper: str) -> str:
    """The `otpauth:` address that apps read from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=f"Pressline {paper}".strip())


def picture(text: str) -> str:
    """A QR code as a `data:` address of an image."""
    return str(segno.make(text, error="m").svg_data_uri(scale=5, border=4, light="#fff"))


def step_of(secret: str, code: str, after: int = 0) -> int | None:
    """The time step whose code this is; none when it is wrong, or of a step not after `after`.

    Without the key to the store every code is wrong; recovery codes still open.
    """
    if isinstance(secret, Locked):
        return None
    tried, app = "".join(clean(code, 32).split()), pyotp.TOTP(secret)
    middle = int(time.time()) // STEP
    for step in range(middle - DRIFT, middle + DRIFT + 1):
        right = app.generate_otp(step)
        if step > after and hmac.compare_digest(right.encode(), tried.encode()):
            return step
    return None


def take_code(user: PanelUser, code: str) -> bool:
    """Whether the code is right; it never is again, nor is any before it."""
    step = step_of(user.totp_secret, code, user.totp_step) if user.totp_secret else None
    if step is None:
        return False
    newer = (PanelUser.id == user.id) & (PanelUser.totp_step < step)
    taken = PanelUser.update(totp_step=step).where(newer).execute()
    user.totp_step = step
    return bool(taken)


def take_recovery_code(user: PanelUser, code: str) -> bool:
    """Whether the code is right; it never is again."""
    unused = (
        (RecoveryCode.user == user)
        & (RecoveryCode.digest == _digest(code))
        & RecoveryCode.used_at.is_null()
    )
    return bool(RecoveryCode.update(used_at=now()).where(unused).execute())


def new_recovery_codes(user: PanelUser) -> list[str]:
    """Fresh ones in place of all that there were; they cannot be read again."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.delete().where(RecoveryCode.user == user).execute()
    RecoveryCode.insert_many({"user": user, "digest": _digest(code)} for code in codes).execute()
    return codes


def recovery_codes_left(user: PanelUser) -> int:
    unused = (RecoveryCode.user == user) & RecoveryCode.used_at.is_null()
    return int(RecoveryCode.select().where(unused).count())


def switch_on(user: PanelUser, secret: str, step: int) -> list[str]:
    """Ask this user for codes from now on; the recovery codes, to be shown once."""
    user.totp_secret, user.totp_step = secret, step
    user.save(only=[PanelUser.totp_secret, PanelUser.totp_step])
    return new_recovery_codes(user)


def switch_off(user: PanelUser) -> None:
    user.totp_secret = ""
    user.save(only=[PanelUser.totp_secret])
    RecoveryCode.delete().where(RecoveryCode.user == user).execute()


def _recovery_code() -> str:
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_GROUP))
        for _ in range(RECOVERY_GROUPS)
    )


def _digest(code: str) -> str:
    """However it was written down: in capitals, with blanks, without the dashes."""
    plain = "".join(letter for letter in clean(code, 64).casefold() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
