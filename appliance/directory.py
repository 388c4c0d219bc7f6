"""The flows' directory, as the running box fills it."""

from collections.abc import Mapping, Sequence

import structlog

from ivr_flows.ports import Directory, Reach, Target, Tried
from store.models.line import Door

from .dialling import LIMIT, Asking, DiallingRules
from .errors import SidecarError

log = structlog.get_logger()


class SidecarDirectory:
    """People are found, and allowed, in a sidecar; desk phones can be rung without."""

    def __init__(self, sidecar: Asking, phones: Mapping[str, str]) -> None:
        """`phones`: the desk phones' titles by number."""
        self._sidecar = sidecar
        self.rules = DiallingRules(sidecar)
        self._numbers = {title.casefold(): number for number, title in phones.items()}
        self._numbers |= {number: number for number in phones}
        self._titles = dict(phones)

    def reach(self, name: str, asked_by: str, call_id: str) -> Reach:
        asked = (name, Door.DIAL, asked_by, call_id)
        try:
            found = self._sidecar.run("reach", *asked, limit=LIMIT)
        except SidecarError as error:
            log.error("only desk phones can be rung", name=name, reason=str(error))
            return self._desk_phone(name)
        assert isinstance(found, Reach)
        return found

    def settle(self, targets: Sequence[Target], tried: Tried) -> None:
        self.rules.settle(targets, tried)

    def _desk_phone(self, name: str) -> Reach:
        number = self._numbers.get(name.casefold())
        return Reach([Target("user", number, self._titles[number])] if number else ())


def _is_a_directory(directory: SidecarDirectory) -> Directory:
    """Held to the port by the type checker."""
    return directory
