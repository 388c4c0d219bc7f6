"""Phones for browsers that are there only on paper."""

from dataclasses import dataclass, field
from typing import Literal

from admin.browser_phone.ports import PhonePass


@dataclass
class Phones:
    url: str = "ws://127.0.0.1:8082"
    missing: Literal["", "off", "not installed"] = ""
    given: list[tuple[str, str]] = field(default_factory=list)

    def give(self, number: str, name: str) -> PhonePass:
        self.given.append((number, name))
        return PhonePass("a user", "a secret", 600)
