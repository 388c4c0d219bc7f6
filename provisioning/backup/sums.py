"""Sums of tables that do not depend on the order of their rows."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class TableSum:
    """Equal for equal rows, whatever their order."""

    rows: int
    digest: str


def sum_of(rows: Iterable[bytes]) -> TableSum:
    """The sum of all rows' SHA-256 as numbers, so that the rows need not be sorted."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(row).digest(), "big")
    return TableSum(count, f"{total % MODULUS:064x}")


Sums = dict[str, TableSum]


def differences(then: Sums, now: Sums) -> list[str]:
    """In plain words; empty when all tables are the same."""
    return [
        f"table {name}: {_told(then.get(name))} then, {_told(now.get(name))} now"
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    ]


def _told(found: TableSum | None) -> str:
    return f"{found.rows} rows ({found.digest[:8]})" if found else "not there"
