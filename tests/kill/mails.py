"""The mails that have come: at least one for each message, and all of a message under one id.

Exactly one cannot be promised: a worker that dies between the server's answer and its own row
sends again. The Message-ID is the same then, by which mail programs show it once.
"""

from collections import defaultdict
from collections.abc import Iterable

from tests.mail_server import MailServer


def assert_all_told(server: MailServer, messages: Iterable[str]) -> None:
    """Every message of these, and none that does not exist."""
    ids: dict[str, set[str]] = defaultdict(set)
    for received in list(server.received):
        full = str(received.mail["Message-ID"])
        ids[full.strip("<>").partition(".")[0]].add(full)
    assert set(ids) == set(messages)
    assert all(len(same) == 1 for same in ids.values()), ids
