"""Mailboxes while their owners listen: everything is asked of the sidecar."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ivr_flows.ports import Party, Target, Tried
from store.models.line import Door
from voicemail.ports import Box, Counts, Folder, Letter, MailroomAway, SignIn

from ..dialling import DiallingRules
from ..errors import SidecarError
from ..home import Home
from ..sidecar import Sidecar
from ..threads import in_thread

LIMIT = 5.0
"""Seconds for the store, or for a PIN to be checked, while the owner waits."""


class Listening:
    """The half of the port `Mailroom` that owners need."""

    def __init__(
        self,
        home: Home,
        sidecar: Sidecar,
        rules: DiallingRules,
        on_change: Callable[[], None],
        take_in_message: Callable[[str], object],
    ) -> None:
        """`on_change` is told when what a box holds has changed; `take_in_message` has the worker
        see to a message that was forwarded."""
        self._home = home
        self._sidecar = sidecar
        self._rules = rules
        self._on_change = on_change
        self._take_in_message = take_in_message
        self._scratched = 0

    def find(self, number_or_name: str) -> Box | None:
        found: Box | None = self._ask("find", number_or_name)
        return found

    def sign_in(self, box: Box, pin: str, caller: Party) -> SignIn:
        found: SignIn = self._ask("sign_in", box, pin, caller)
        return found

    def counts(self, box: Box) -> Counts:
        found: Counts = self._ask("counts", box)
        return found

    def letters(self, box: Box, folder: Folder, skip: int = 0) -> Sequence[Letter]:
        found: Sequence[Letter] = self._ask("letters", box, folder, skip)
        return found

    def heard(self, box: Box, letter: str) -> None:
        self._ask("heard", box, letter)

    def save(self, box: Box, letter: str) -> None:
        self._change("save", box, letter)

    def delete(self, box: Box, letter: str) -> None:
        self._change("delete", box, letter)

    def undelete(self, box: Box, letter: str) -> None:
        self._change("undelete", box, letter)

    def forward(self, box: Box, letter: str, to: Box, comment: Path | None) -> None:
        message = self._change("forward", box, letter, to, comment)
        in_thread(self._take_in_message, message)

    def scratch(self, call_id: str) -> Path:
        self._scratched += 1
        folder = (self._home.voicemail / "scratch").absolute()
        return folder / f"{call_id}-{self._scratched}.wav"

    def set_greeting(self, box: Box, kind: str, recording: Path) -> None:
        self._ask("set_greeting", box, kind, recording)

    def set_away(self, box: Box, away: bool) -> None:
        self._ask("set_away", box, away)

    def set_pin(self, box: Box, pin: str) -> str:
        refusal: str = self._ask("set_pin", box, pin)
        return refusal

    def may_call(self, box: Box, number: str, call_id: str) -> Sequence[Target]:
        return self._rules.targets(number, Door.MAILBOX, f"mailbox {box.name}", call_id)

    def called(self, targets: Sequence[Target], tried: Tried) -> None:
        self._rules.settle(targets, tried)

    def _change(self, task: str, *arguments: Any) -> Any:
        changed = self._ask(task, *arguments)
        self._on_change()
        return changed

    def _ask(self, task: str, *arguments: Any) -> Any:
        try:
            return self._sidecar.run(task, *arguments, limit=LIMIT)
        except SidecarError as error:
            raise MailroomAway(str(error)) from error
