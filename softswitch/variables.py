"""A channel's variables, and `${name}` in the arguments of applications."""

import re
from collections.abc import Iterator, Mapping

MAX_VARIABLES = 1000
MAX_VALUE = 65_536
"""Characters of one value; a program's bug must not fill the memory."""
_REFERENCE = re.compile(r"\$\{([^{}]{1,256})\}")


class Variables(Mapping[str, str]):
    """Names and values in the order in which they were set."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def set(self, name: str, value: str | None) -> None:
        """An empty value removes the variable, as in FreeSWITCH."""
        self._values.pop(name, None)
        if value and name and len(self._values) < MAX_VARIABLES:
            self._values[name] = value[:MAX_VALUE]

    def set_all(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self.set(name, value)

    def is_true(self, name: str) -> bool:
        return is_true(self.get(name, ""))

    def headers(self) -> dict[str, str]:
        return {f"variable_{name}": value for name, value in self._values.items()}


def is_true(text: str) -> bool:
    """switch_utils.h, switch_true."""
    word = text.strip().lower()
    return word in {"yes", "on", "true", "t", "enabled", "active", "allow"} or (
        word.lstrip("-").isdecimal() and int(word[:9]) != 0
    )


def expanded(text: str, lookup: Mapping[str, str]) -> str:
    """`text` with each `${name}` replaced once: a value's own `${…}` stays as it is."""
    if "${" not in text:
        return text
    return _REFERENCE.sub(lambda match: lookup.get(match[1], ""), text)


def number_of(text: str, otherwise: int, low: int, high: int) -> int:
    """A whole number kept within bounds; `otherwise` when there is none."""
    match = re.match(r"\s*([+-]?\d{1,12})", text)
    return min(max(int(match[1]), low), high) if match else otherwise
