"""Somebody at the sign-in pages, without a browser."""

import re
from dataclasses import dataclass
from typing import Any

import pyotp
from flask import Flask
from werkzeug.test import TestResponse

from admin.access.roles import Role
from admin.users import credentials, keeping
from store.models import PanelUser

PASSWORD = "seven wet paper boats"
SECRET = re.compile(r'<code id="secret">([A-Z2-7 ]+)</code>')
CODES = re.compile(r"<li><code>([a-z0-9-]+)</code></li>")


def member(
    name: str = "anna", role: str = Role.EDITOR, password: str = PASSWORD, **fields: Any
) -> PanelUser:
    """Somebody who has chosen a password already."""
    user, _ = keeping.add(name, role)
    credentials.set_password(user, password, must_change=False)
    for field, value in fields.items():
        setattr(user, field, value)
    user.save()
    return user


class Person:
    def __init__(self, app: Flask, address: str = "192.0.2.1") -> None:
        self.client = app.test_client()
        self.address = address

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address})

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, data=fields, environ_base={"REMOTE_ADDR": self.address})

    def sign_in(self, name: str = "anna", password: str = PASSWORD, at: str = "") -> TestResponse:
        return self.post(f"/sign-in{at}", name=name, password=password)

    def secret(self, page: str = "/sign-in/second-factor") -> str:
        found = SECRET.search(self.get(page).text)
        assert found, "no secret is shown"
        return found.group(1).replace(" ", "")

    def opens(self, path: str = "/") -> bool:
        return self.get(path).status_code == 200


@dataclass
class Clock:
    """Stands in for `time`: what the second factor takes for the present."""

    at: float = 1_800_000_000.0

    def time(self) -> float:
        return self.at

    def code(self, secret: str) -> str:
        """What the app shows."""
        return pyotp.TOTP(secret).at(int(self.at))

    def next(self) -> None:
        self.at += 30
