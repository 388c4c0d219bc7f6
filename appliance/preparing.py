"""What has to be there before the box's processes start: secrets, store, switch settings."""

from collections.abc import Iterable
from pathlib import Path

from admin.users.keeping import FIRST, first_administrator
from lines.phones.records import passwords
from store import database, migrate
from store.sealing import seal_all

from .configuring import write_configuration
from .dangers import dangers, phone_dangers, refuse
from .embedded import write_embedded
from .home import Home
from .secrets_file import load_secrets, write_secret
from .settings import Settings
from .web_phone import gateway_missing, gateway_settings

SHARED = 0o2770
"""Mode of folders that the switch writes into: another user of our group, whose files then belong
to that group."""


def prepare(settings: Settings, home: Home, *, administrator: bool = True) -> str:
    """Gives the first administrator's password, at the first start only. Can be done again.

    `administrator`: whether one is made at all; somebody must be there to read the password.
    Raises `SettingsInvalid`, `BoxUnsafe`, `StoreError`.
    """
    refuse(settings, dangers(settings))
    home.make()
    share_with_switch(home.written_by_switch)
    secrets = load_secrets(home.root, settings.phones)
    database.connect(settings.store_url)
    migrate.migrate()
    keep_private(home.private)
    seal_all()
    password = first_administrator() if administrator else ""
    refuse(settings, phone_dangers(settings, {**passwords(), **secrets.phones}))
    if settings.switch == "freeswitch":
        write_configuration(settings, home)
        share_with_switch([home.switch_folder / "tls"])  # it makes its certificates itself
    else:
        write_embedded(settings, home)
    database.disconnect()
    if not gateway_missing(settings):
        write_secret(home.web_phone_settings, gateway_settings(settings))
    return password


def share_with_switch(folders: Iterable[Path]) -> None:
    for folder in folders:
        if folder.stat().st_mode & 0o7777 != SHARED:
            folder.chmod(SHARED)


def keep_private(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.exists() and path.stat().st_mode & 0o077:
            path.chmod(path.stat().st_mode & 0o700)


def invitation(password: str) -> str:
    """How to sign in for the first time."""
    return (
        f"  Sign in to the panel as {FIRST} with the password {password}\n"
        "          It is not kept; `pressline users password admin` makes another.\n"
    )
