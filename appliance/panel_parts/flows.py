"""Flows for the panel, worked on in a child process: no text of theirs can hold the panel."""

from collections.abc import Mapping, Sequence
from typing import Any

from admin.errors import Refused
from admin.flows.ports import FlowDesk, Rehearsal
from ivr_flows.outline import Outline

from ..errors import SidecarError, SidecarTimeout
from ..sidecar import Sidecar

CHECK_LIMIT = 20.0
"""Seconds; the longest text that is read takes two, the child's own start as long again."""
REHEARSAL_LIMIT = 90.0
"""Seconds for the test calls of all flows that go live together."""
MODULE = "appliance.flow_tasks"


class SidecarFlows:
    def __init__(self, sidecar: Sidecar) -> None:
        """`sidecar` runs `MODULE`."""
        self._sidecar = sidecar

    def check(self, name: str, text: str) -> Outline:
        found = self._run("check", name, text, limit=CHECK_LIMIT)
        assert isinstance(found, Outline)
        return found

    def mistakes(self, texts: Mapping[str, str]) -> Mapping[str, int]:
        found: Mapping[str, int] = self._run("mistakes", dict(texts), limit=CHECK_LIMIT)
        return found

    def words(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._run("words", limit=CHECK_LIMIT)
        return found

    def rehearse(self, texts: Mapping[str, str]) -> Rehearsal:
        found = self._run("rehearse", dict(texts), limit=REHEARSAL_LIMIT)
        assert isinstance(found, Rehearsal)
        return found

    def announce(self, versions: Sequence[int]) -> str:
        return str(self._run("announce", list(versions), limit=CHECK_LIMIT))

    def _run(self, task: str, *arguments: Any, limit: float) -> Any:
        try:
            return self._sidecar.run(task, *arguments, limit=limit)
        except SidecarTimeout as error:
            raise Refused(f"this flow could not be read in {limit:g} seconds") from error
        except SidecarError as error:
            raise Refused(f"the flow could not be looked at: {error}") from error


def _is_a_desk(flows: SidecarFlows) -> FlowDesk:
    """Held to the port by the type checker."""
    return flows
