"""Expert lines between what administrators write and the store's rows."""

from collections.abc import Iterable, Mapping

from lines.errors import ExpertLineInUse, ExpertLineInvalid, ExpertLineTaken, ExpertLineUnknown
from lines.experts.entry import LineEntry
from store.database import translated, writing
from store.models import ExpertLine, ExpertSession, Mailbox

OWN = ("title", "language", "mailbox", "music", "callback_hours")


@translated()
def create(entry: LineEntry) -> None:
    """Raises `ExpertLineTaken`, `ExpertLineInvalid`."""
    with writing():
        if ExpertLine.get_or_none(ExpertLine.name == entry.name):
            raise ExpertLineTaken(entry.name)
        if entry.mailbox and entry.mailbox not in mailbox_names():
            raise ExpertLineInvalid([no_mailbox(entry)])
        keep([entry])


@translated()
def remove(name: str) -> None:
    """Only a line without sessions: theirs are what readers hear.

    Raises `ExpertLineUnknown`, `ExpertLineInUse`.
    """
    with writing():
        row = known(name)
        sessions = ExpertSession.select().where(ExpertSession.line == row).count()
        if sessions:
            raise ExpertLineInUse(name, sessions)
        row.delete_instance(recursive=False)


@translated()
def entries() -> Mapping[str, LineEntry]:
    """All lines by name."""
    rows = ExpertLine.select().order_by(ExpertLine.name)
    return {row.name: _entry(row) for row in rows}


def names() -> frozenset[str]:
    return frozenset(entries())


def languages() -> frozenset[str]:
    """Those that the lines speak."""
    return frozenset(entry.language for entry in entries().values())


@translated()
def keep(found: Iterable[LineEntry]) -> None:
    """Add lines, or change those of the same name. Within the caller's transaction."""
    for entry in found:
        facts = entry.model_dump(include=set(OWN))
        (
            ExpertLine.insert({"name": entry.name, **facts})
            .on_conflict(
                conflict_target=[ExpertLine.name],
                preserve=[getattr(ExpertLine, fact) for fact in OWN],
            )
            .execute()
        )


@translated()
def known(name: str) -> ExpertLine:
    """Raises `ExpertLineUnknown`."""
    row: ExpertLine | None = ExpertLine.get_or_none(ExpertLine.name == name)
    if row is None:
        raise ExpertLineUnknown(name)
    return row


def mailbox_names() -> frozenset[str]:
    return frozenset(row.name for row in Mailbox.select(Mailbox.name))


def no_mailbox(entry: LineEntry) -> str:
    """The fault of a line whose questions would be lost."""
    return f'mailbox: there is no mailbox "{entry.mailbox}"; `pressline mailboxes` lists all'


def _entry(row: ExpertLine) -> LineEntry:
    return LineEntry(name=row.name, **{fact: getattr(row, fact) for fact in OWN})
