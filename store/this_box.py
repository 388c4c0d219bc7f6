"""Which box this process belongs to, among those that share a store; and the lives of its parts.

What a box has begun is found again by that box alone: another one neither knows whether it still
goes on nor has the sound files. A box that replaces a broken one takes its name.
"""

import hashlib
from uuid import uuid4

SIGN = "~"
"""Lives without it are of a version that knew of one box only."""
_LETTERS = 8
"""Of a name's mark: enough to tell some boxes apart, and a life fits the columns of claims."""
_name = ""


def call_it(name: str) -> None:
    global _name
    _name = name


def name() -> str:
    return _name


def new_life() -> str:
    """For a worker or a callbox that starts; 30 characters."""
    mark = hashlib.sha256(_name.encode()).hexdigest()[:_LETTERS]
    return f"{SIGN}{mark}{uuid4().hex[:21]}"


def is_of_another_box(claim: str, life: str) -> bool:
    """Whether a claim was made by a part of another box than the one with `life`."""
    if not (claim.startswith(SIGN) and life.startswith(SIGN)):
        return False
    return claim[: 1 + _LETTERS] != life[: 1 + _LETTERS]
