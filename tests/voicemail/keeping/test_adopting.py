"""A message that was left for no mailbox that exists finds one, with all that it needs."""

from pathlib import Path

import pytest

from store.models import Delivery, Message, Recipient, Transcript
from tests.voicemail.keeping.lives import begin, find_again, record, store, the_only_message
from tests.voicemail.stored import make_box
from voicemail.boxes import records
from voicemail.keeping import keep
from voicemail.keeping.adopting import adopt


def left_for(folder: Path, asked: str) -> None:
    begun = begin(box=asked)
    record(folder, "m1", 1)
    store(keep(folder, begun, 1, None, "key"))


@pytest.mark.parametrize(("asked", "home"), [("802", "tips"), ("none", "desk"), ("", "desk")])
def test_it_goes_to_the_box_of_that_number_or_to_the_last_resort(
    asked: str, home: str, folder: Path, spool: Path
) -> None:
    for box in (make_box("desk", "801"), make_box("tips", "802")):
        Recipient.create(mailbox=box.id, address=f"{box.name}@paper.example")
    left_for(folder, asked)
    assert Delivery.select().count() == 0
    find_again(folder, spool)
    row = the_only_message(folder)
    assert (row.mailbox.name, row.box) == (home, asked)
    assert Transcript.get_by_id("m1").state == "waiting"
    assert [sent.address for sent in Delivery.select()] == [f"{home}@paper.example"]
    assert adopt("desk") == []


def test_without_a_box_of_last_resort_it_waits_for_one(folder: Path, spool: Path) -> None:
    left_for(folder, "none")
    find_again(folder, spool)
    assert the_only_message(folder).mailbox is None
    make_box("desk")
    find_again(folder, spool)
    assert the_only_message(folder).mailbox.name == "desk"


def test_a_box_that_is_removed_while_somebody_speaks_loses_nothing(
    folder: Path, spool: Path
) -> None:
    make_box("desk")
    make_box("ann")
    Recipient.create(mailbox=make_box("bob").id, address="bob@paper.example")
    begun = begin(box="ann")
    record(folder, "m1", 1)
    records.remove("ann", with_messages=True)
    assert adopt("bob") == ["m1"]
    store(keep(folder, begun, 1, None, "key"))
    find_again(folder, spool)
    assert the_only_message(folder).mailbox.name == "bob"
    assert Delivery.select().count() == 1


def test_messages_that_were_deleted_with_their_box_stay_deleted(folder: Path) -> None:
    make_box("desk")
    make_box("ann")
    left_for(folder, "ann")
    records.remove("ann", with_messages=True)
    assert adopt("desk") == []
    assert Message.get_by_id("m1").state == "deleted"
