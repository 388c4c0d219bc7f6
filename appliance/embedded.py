"""The embedded switch's settings file kept as settings and store say, and read again."""

import os
from hashlib import sha256

from esl.errors import EslError
from lines.phones.records import passwords

from .book import load_book
from .dialplan import softswitch_settings
from .home import Home
from .notice import line_notices, make_notice
from .secrets_file import load_secrets, write_secret
from .settings import Settings
from .switch_link import switch_api

READ = "pressline_generation"
"""The switch's variable that tells which file it has read."""


def write_embedded(settings: Settings, home: Home) -> bool:
    """Whether the file is another one now. On an open store."""
    secrets = load_secrets(home.root, settings.phones)
    notice = make_notice(home, settings)
    lines = line_notices(home, settings, load_book())
    text = softswitch_settings(settings, secrets, notice, passwords(), lines)
    path = home.switch_settings
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    begun = path.with_suffix(f".{os.getpid()}")  # the switch never reads a half
    write_secret(begun, text)
    begun.replace(path)
    return True


def keep_embedded(settings: Settings, home: Home) -> bool:
    """Have the running switch know the phones of the store; whether it was told of something new.

    On an open store. What it has read is noted with the switch itself, so that nothing is missed.
    """
    write_embedded(settings, home)
    digest = sha256(home.switch_settings.read_bytes()).hexdigest()[:16]
    try:
        with switch_api(settings) as api:
            if api(f"global_getvar {READ}").strip() == digest:
                return False
            is_read = api("reloadxml").startswith("+OK")
            return is_read and api(f"global_setvar {READ}={digest}").startswith("+OK")
    except EslError:  # it reads the file when it starts
        return False
