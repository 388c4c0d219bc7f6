"""Passes with which browsers call, signed as the gateway checks them."""

import time

from admin.browser_phone.ports import PhonePass
from softswitch.webrtc.passes import issue

from ..secrets_file import pass_key
from ..settings import Settings
from ..web_phone import page_url, phone_missing

SECONDS = 600
"""How long a pass is good for new calls; the page asks for another in time."""


class SignedPasses:
    """Implements `BrowserPhones`."""

    def __init__(self, settings: Settings) -> None:
        """Raises `SettingsInvalid`."""
        self.url = page_url(settings)
        self.missing = phone_missing(settings)
        self._key = pass_key(settings.home)

    def give(self, number: str, name: str) -> PhonePass:
        made = issue(self._key, number, name, int(time.time()) + SECONDS)
        return PhonePass(made.user, made.secret, SECONDS)
