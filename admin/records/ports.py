"""What the records need of the box, beside the store."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desk.query import Query
from desk.sources import Source
from ivr_flows.ports import QueryResult
from lines.dialling import Dialling


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the box as it stands."""

    name: str
    value: str
    """Empty for a secret, too."""
    default: str
    description: str
    set_in: str
    """`file`, `environment`, or empty for the default."""
    secret: bool = False


class Records(Protocol):
    """Made by `appliance.panel_parts.records`, for tests by `tests.admin.records.doubles`."""

    @property
    def country(self) -> str:
        """The paper's (ISO 3166); empty where it is not set."""

    @property
    def phones(self) -> Mapping[str, str]:
        """Desk phones that the settings name: their titles by number."""

    @property
    def dialling(self) -> Dialling:
        """The one door to outside numbers."""

    @property
    def last_resort(self) -> str:
        """The mailbox for what cannot be kept elsewhere."""

    def aside(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """What `work` gives, from a native thread: other pages go on meanwhile."""

    def announce(self) -> bool:
        """Have the callbox take up what changed; false when it is not running."""

    def flows_needing(self, kind: str, names: Collection[str]) -> Sequence[str]:
        """Live flows that would not be right any more without these names.

        `kind`: `person`, `mailbox`, `room`, `expert_line`, `query` or `prompt`.
        """

    def recordings_named(self) -> Mapping[str, Sequence[str]]:
        """The paper's own recordings that live flows name, each with those flows."""

    def ask(self, query: Query, source: Source, given: Mapping[str, Any]) -> QueryResult:
        """Run a query as a call would, in its time limit. Never raises."""

    def settings(self) -> Sequence[Setting]:
        """All of them, in the order of the documentation."""
