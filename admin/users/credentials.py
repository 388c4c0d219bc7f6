"""Passwords, codes and sessions of users: given, chosen, forgotten; by pages and by commands."""

from admin.access import passwords, second_factor, sessions
from admin.access.passwords import PasswordFault
from admin.audit import record
from store import gates
from store.database import translated, writing
from store.fields import now
from store.gates import Gate
from store.models import PanelSession, PanelUser


@translated()
def reset_password(user: PanelUser) -> str:
    """A random one, to be changed at the next sign-in; the user is signed out everywhere."""
    password = passwords.generated()
    set_password(user, password, must_change=True)
    with writing():
        sessions.end_all(user)
        gates.free(Gate.of_user(user.name))
        record("reset password", "user", user.name)
    return password


def choose_password(user: PanelUser, password: str, here: PanelSession) -> PasswordFault:
    """The user's own choice; everywhere but `here` the user is signed out. Or what is wrong."""
    fault = passwords.fault(password, user.name)
    if not fault and passwords.is_right(user.password_hash, password):
        fault = PasswordFault.SAME
    if fault:
        return fault
    set_password(user, password, must_change=False)
    with writing():
        sessions.end_all(user, but=here)
        record("change password", "user", user.name)
    return fault


@translated()
def enrol(user: PanelUser, secret: str, step: int) -> list[str]:
    """Ask for codes from now on; the recovery codes."""
    with writing():
        codes = second_factor.switch_on(user, secret, step)
        record("set up second factor", "user", user.name)
    return codes


@translated()
def drop_second_factor(user: PanelUser, here: PanelSession | None = None) -> None:
    """Somebody whose role asks for one sets up another at the next sign-in."""
    with writing():
        second_factor.switch_off(user)
        sessions.end_all(user, but=here)
        gates.free(Gate.of_second_factor(user.name))
        record("remove second factor", "user", user.name)


@translated()
def new_recovery_codes(user: PanelUser) -> list[str]:
    with writing():
        codes = second_factor.new_recovery_codes(user)
        record("make new recovery codes", "user", user.name)
    return codes


@translated()
def sign_out_everywhere(user: PanelUser, but: PanelSession | None = None) -> int:
    with writing():
        ended = sessions.end_all(user, but)
        record("sign out everywhere", "user", user.name, None, {"sessions": ended})
    return ended


@translated()
def unlock(user: PanelUser) -> bool:
    """Forget wrong passwords and codes; whether there were any."""
    found = [gates.free(Gate.of_user(user.name)), gates.free(Gate.of_second_factor(user.name))]
    return any(found)


def set_password(user: PanelUser, password: str, *, must_change: bool) -> None:
    user.password_hash = passwords.hashed(password)
    user.password_changed_at = now()
    user.must_change_password = must_change
    user.save(
        only=[
            PanelUser.password_hash,
            PanelUser.password_changed_at,
            PanelUser.must_change_password,
        ]
    )
