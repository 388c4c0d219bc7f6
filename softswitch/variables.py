"""A channel's variables, and `${name}` in the arguments of applications."""

import re
from collections.abc import Iterator, Mapping

MAX_VARIABLES = 1000
MAX_VALUE = 65_536
"""Characters of one value; a program's bug must not fill the memory."""
MAX_REFERENCE = 512
"""Characters of one reference."""
MAX_DEPTH = 8
"""References inside references."""
_CONDITION = re.compile(r"\s*(\S*)\s+(==|!=)\s+(\S*)\s+\?([^:]*):(.*)\Z", re.DOTALL)


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


def expanded(text: str, lookup: Mapping[str, str], depth: int = 0) -> str:
    """`text` with each `${name}` replaced once: a value's own `${…}` stays as it is.

    `\\$` becomes a plain `$`; `${cond(a == b ? c : d)}` is c or d (mod_commands.c).
    """
    made: list[str] = []
    at = 0
    while (found := text.find("$", at)) >= 0:
        end = _end_of_reference(text, found)
        if found > at and text[found - 1] == "\\":
            made += [text[at : found - 1], "$"]
            at = found + 1
        elif end and depth < MAX_DEPTH:
            made += [text[at:found], _value(text[found + 2 : end], lookup, depth)]
            at = end + 1
        else:
            made.append(text[at : found + 1])
            at = found + 1
    return "".join([*made, text[at:]])


def _end_of_reference(text: str, start: int) -> int:
    """Where the brace closes that is opened at `start`; 0 when there is none."""
    if not text.startswith("${", start):
        return 0
    depth = 0
    for at in range(start + 1, min(len(text), start + MAX_REFERENCE)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    return 0


def _value(name: str, lookup: Mapping[str, str], depth: int) -> str:
    if name.startswith("cond(") and name.endswith(")"):
        return _chosen(expanded(name[len("cond(") : -1], lookup, depth + 1))
    return lookup.get(name, "")


def _chosen(condition: str) -> str:
    match = _CONDITION.match(condition)
    if match is None:
        return "-ERR"
    one, sign, other, then, otherwise = match.groups()
    return (then if (one == other) == (sign == "==") else otherwise).strip()


def number_of(text: str, otherwise: int, low: int, high: int) -> int:
    """A whole number kept within bounds; `otherwise` when there is none."""
    match = re.match(r"\s*([+-]?\d{1,12})", text)
    return min(max(int(match[1]), low), high) if match else otherwise
