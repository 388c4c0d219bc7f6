"""The baseline of deliveries: ready mails over the standard library's smtplib, nothing else."""

import multiprocessing
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

SENDER, RECIPIENT = "desk@paper.example", "ann@paper.example"


@contextmanager
def sending(processes: int, port: int, mails: Sequence[bytes]) -> Iterator[None]:
    """So many processes send the mails together; at the end they have done."""
    fresh = multiprocessing.get_context("spawn")
    crew = [
        fresh.Process(target=_send_all, args=(port, mails[number::processes]))
        for number in range(processes)
    ]
    for one in crew:
        one.start()
    try:
        yield
    finally:
        for one in crew:
            one.join()


def _send_all(port: int, mails: Sequence[bytes]) -> None:
    """One after the other, each over a connection of its own, as the worker does."""
    for mail in mails:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="paper.example") as server:
            server.sendmail(SENDER, [RECIPIENT], mail)
