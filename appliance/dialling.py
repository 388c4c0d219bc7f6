"""Which numbers outside the house may be rung. What is not allowed in so many words is refused."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from ivr_flows.ports import Directory, Target

NUMBER = re.compile(r"\+?[0-9]{2,20}", re.ASCII)


class DiallingRules:
    """Own phones always; other numbers by patterns, over the one trunk."""

    def __init__(
        self, phones: Directory, trunk: str, allow: Sequence[str], refuse: Sequence[str]
    ) -> None:
        """`trunk` is the host (and port) that calls to other numbers go to; empty for none."""
        self._phones = phones
        self._trunk = trunk
        self._allow = allow
        self._refuse = refuse

    def targets(self, number: str) -> Sequence[Target]:
        """Who to ring for `number`, which may come from a caller; empty when it is refused."""
        if not NUMBER.fullmatch(number):
            return ()
        own = self._phones.targets(number)
        if own or not self._trunk or not self._is_allowed(number):
            return own
        return (Target("sip", f"{number}@{self._trunk}", number),)

    def _is_allowed(self, number: str) -> bool:
        fits = [fnmatchcase(number, pattern) for pattern in self._allow]
        refused = [fnmatchcase(number, pattern) for pattern in self._refuse]
        return any(fits) and not any(refused)
