"""Messages that were left for no mailbox that exists find one."""

from collections.abc import Sequence

from store.database import translated, writing
from store.message_search import index
from store.messages import owe
from store.models import Mailbox, Message
from store.models.message import MessageState
from voicemail.boxes.lookup import row_of

OPEN = (MessageState.RECORDING, MessageState.NEW, MessageState.SAVED)
AT_ONCE = 200


@translated()
def adopt(box: str) -> Sequence[str]:
    """Give them to the mailbox that has that number by now, else to `box`; their ids.

    A flow may name a box by its number, which is not known to be one while the store is away; and
    a box may be removed while somebody speaks into it.
    """
    orphans = Message.mailbox.is_null() & Message.state.in_(OPEN)
    rows = Message.select().where(orphans).order_by(Message.started_at).limit(AT_ONCE)
    homes = [(row.id, row_of(row.box) or row_of(box)) for row in rows]
    return [message for message, home in homes if home and give(message, home)]


@translated()
def give(message: str, home: Mailbox) -> bool:
    """Put one that lies in no mailbox into `home`, in one transaction with all that must follow;
    False when it lies in one already. Raises `StoreAway`."""
    with writing():
        orphan = (Message.id == message) & Message.mailbox.is_null()
        if not Message.update(mailbox=home).where(orphan).execute():
            return False
        row = Message.get_by_id(message)
        if row.state != MessageState.RECORDING:
            owe(row)
            index(message)
        return True
