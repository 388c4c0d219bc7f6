"""Which passwords of machines somebody would guess: of the Event Socket, of phones."""

from admin.access.passwords import fault


def weakness(secret: str, whose: str = "") -> str:
    """What is wrong with `secret`; empty for a good one. `whose`: the account's name or number.

    It is never quoted: what is told here stands in logs.
    """
    if whose and not secret.replace(whose, ""):
        return "it is the account's own name."
    return str(fault(secret, whose))
