"""What became of a flow: its versions, and who published which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.database import translated
from store.models import AuditEntry, Flow, FlowVersion
from store.models.flow import State

MOST = 200
"""Versions that one page lists; older ones are there, and have their addresses."""
MADE_LIVE = ("publish", "roll back")


@dataclass(frozen=True, slots=True)
class History:
    versions: Sequence[FlowVersion]
    """Newest first, without their texts."""
    publishers: Mapping[int, str]
    """Number of a version to who made it live last, where that was done in the panel."""

    @property
    def live(self) -> FlowVersion | None:
        return next((one for one in self.versions if one.state == State.LIVE), None)


@translated()
def history_of(name: str) -> History:
    fields = [field for field in FlowVersion._meta.sorted_fields if field.name != "text"]
    rows = FlowVersion.select(*fields).join(Flow).where(Flow.name == name)
    return History(list(rows.order_by(FlowVersion.number.desc()).limit(MOST)), _publishers(name))


def _publishers(name: str) -> Mapping[int, str]:
    entries = (
        AuditEntry.select(AuditEntry.user, AuditEntry.after)
        .where(
            AuditEntry.subject == "flow",
            AuditEntry.subject_id == name,
            AuditEntry.action << MADE_LIVE,
        )
        .order_by(AuditEntry.id.desc())
        .limit(MOST)
    )
    found: dict[int, str] = {}
    for entry in entries:
        found.setdefault(entry.after.get("version", 0), entry.user)
    return found
