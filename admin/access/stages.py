"""How far somebody has come with signing in, and what is asked next."""

from enum import StrEnum

from store.models import PanelSession

from .roles import NEEDS_SECOND_FACTOR


class Stage(StrEnum):
    """After the password was right. The value is the page that asks for what is missing."""

    CODE = "/sign-in/code"
    """The second factor is to be shown."""
    PASSWORD = "/sign-in/password"
    """The password, which somebody else made up, is to be changed."""
    ENROL = "/sign-in/second-factor"
    """A second factor is to be set up, which the role asks for."""
    IN = "/"


def stage_of(session: PanelSession) -> Stage:
    """Never asks for anything new before the second factor that there is was shown."""
    user = session.user
    if user.totp_secret and not session.second_factor:
        return Stage.CODE
    if user.must_change_password:
        return Stage.PASSWORD
    if user.role in NEEDS_SECOND_FACTOR and not session.second_factor:
        return Stage.ENROL
    return Stage.IN
