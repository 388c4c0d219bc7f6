"""Mailboxes as administrators make, change and remove them, and as YAML."""

from pathlib import Path

import pytest

from desk.interchange import gather as gather_desk
from store.errors import Mistake
from store.models import Delivery, Greeting, Mailbox, MailboxNumber, Message, Recipient
from store.yaml_text import read, write
from tests.voicemail.stored import MORNING, make_box, make_message, state
from voicemail.boxes import find, interchange, records, set_pin, undelete
from voicemail.boxes.entry import Entry, checked
from voicemail.boxes.listing import mailboxes, message, messages
from voicemail.boxes.signing_in import first_pins
from voicemail.errors import BoxInvalid, BoxNotEmpty, BoxTaken, BoxUnknown, MessageUnknown

pytestmark = pytest.mark.usefixtures("store")

GOOD = """\
routes: []
mailboxes:
  desk:
    title: 新闻部
    shared: true
    numbers: ["801", "802"]
    language: zh
    greetings: {standard: "您好。", closed: "现在休息。"}
    hours: {mon-fri: "09:00-18:00", sat: ["09:00-12:00", "14:00-16:00"]}
    min_seconds: 1.5
    max_seconds: 60
    max_messages: 50
    keep_days: 30
    review: false
    transcribe: false
    phones: ["200"]
    mail:
    - to: desk@paper.example
      attach: opus
      urgent_only: true
    - to: night@paper.example
    webhooks:
    - url: https://paper.example/hook
      secret: a secret of some length
  tips: {}
"""


def take_in(text: str) -> interchange.Content:
    content = interchange.gather(read(text, "paper.yaml"), "paper.yaml")
    if not content.mistakes:
        interchange.keep(content)
    return content


def mistakes(text: str) -> list[str]:
    return [str(mistake) for mistake in take_in(text).mistakes]


def give_out() -> str:
    return write({interchange.SECTION: interchange.section()})


def test_what_was_written_is_in_the_store() -> None:
    assert mistakes(GOOD) == []
    box = find("802")
    assert box is not None
    assert (box.name, box.title, box.shared, box.language) == ("desk", "新闻部", True, "zh")
    assert (box.min_seconds, box.max_seconds, box.review) == (1.5, 60, False)
    row = Mailbox.get_by_id(box.id)
    assert row.hours == {"mon-fri": "09:00-18:00", "sat": ["09:00-12:00", "14:00-16:00"]}
    assert (row.phones, row.keep_days, row.transcribe) == (["200"], 30, False)
    told = {row.address: row for row in Recipient.select()}
    assert (told["desk@paper.example"].attach, told["desk@paper.example"].urgent_only) == (
        "opus",
        True,
    )
    assert told["https://paper.example/hook"].secret == "a secret of some length"
    assert {row.kind: row.text for row in Greeting.select()}["closed"] == "现在休息。"


def test_what_is_given_out_can_be_taken_in_again_and_tells_no_secret() -> None:
    take_in(GOOD)
    first, before = give_out(), records.entries()
    assert "a secret of some length" not in first
    assert mistakes(first) == []
    assert (give_out(), records.entries()) == (first, before)
    kept = Recipient.get(Recipient.address == "https://paper.example/hook")
    assert kept.secret == "a secret of some length"


def test_the_secret_and_the_repr_of_an_entry_are_two_things() -> None:
    entry = checked(name="a", webhooks=[{"url": "https://x.example", "secret": "s3cret-s3cret"}])
    assert "s3cret" not in repr(entry)


def test_taking_in_again_keeps_the_pin_the_messages_and_a_recorded_greeting() -> None:
    take_in(GOOD)
    box = find("desk")
    assert box is not None
    set_pin(box, "7294")
    letter = make_message(box, 1)
    Greeting.create(mailbox=box.id, kind="busy", path="greetings/1.wav")
    take_in(GOOD)
    again = find("desk")
    assert again is not None
    assert (again.id, again.has_pin, state(letter)) == (box.id, True, "new")
    assert Greeting.get(Greeting.kind == "busy").path == "greetings/1.wav"


def test_those_who_are_not_named_any_more_are_not_told_any_more() -> None:
    take_in(GOOD)
    box = find("desk")
    assert box is not None
    old = Recipient.get(Recipient.address == "night@paper.example")
    Delivery.create(message=make_message(box, 1), recipient=old, channel="mail", address="night")
    take_in('mailboxes: {desk: {numbers: ["803"], mail: [{to: new@paper.example}]}}')
    assert [row.address for row in Recipient.select()] == ["new@paper.example"]
    assert [row.number for row in MailboxNumber.select()] == ["803"]
    assert Delivery.get().recipient is None


def test_two_mailboxes_can_change_their_numbers() -> None:
    take_in('mailboxes: {a: {numbers: ["1"]}, b: {numbers: ["2"]}}')
    assert mistakes('mailboxes: {a: {numbers: ["2"]}, b: {numbers: ["1"]}}') == []
    assert records.owners() == {"1": "b", "2": "a"}


def test_mailboxes_that_are_not_named_stay() -> None:
    take_in(GOOD)
    take_in("mailboxes: {other: {}}")
    assert sorted(records.entries()) == ["desk", "other", "tips"]


def test_every_mistake_is_named_with_its_line_and_nothing_is_kept() -> None:
    text = """\
mailboxes:
  desk:
    titel: x
    numbers: ["80 1", 802]
    language: klingon
    hours: {someday: "09:00-18:00"}
    min_seconds: 0
  "123": {}
  tips:
    greetings: {standart: x}
    mail: [{to: "a@b\\nBcc: x@y"}, {to: nobody}]
    webhooks:
    - {url: "ftp://x", secret: short}
    - {url: "https://x.example/", secret: "***"}
  one: {numbers: ["5"]}
  two: {numbers: ["5"]}
  three: 7
"""
    found = mistakes(text)
    lines = [int(mistake.split(":")[1]) for mistake in found]
    assert sorted(lines) == [3, 4, 4, 5, 6, 7, 8, 10, 11, 11, 13, 13, 13, 16, 17]
    whole = "\n".join(found)
    assert 'did you mean "title"?' in whole
    assert "expected one of mon, tue" in whole
    assert '5 belongs to mailbox "one"' in whole
    assert "given 'short'" not in whole
    assert Mailbox.select().count() == 0


def test_a_hidden_secret_does_not_travel_to_another_address() -> None:
    take_in(GOOD)
    moved = give_out().replace("https://paper.example/hook", "https://evil.example/hook")
    (mistake,) = mistakes(moved)
    assert "*** stands for a secret kept with this very address" in mistake


def test_a_number_of_a_mailbox_that_is_not_in_the_file_is_not_taken_from_it() -> None:
    make_box("old", "801")
    (mistake,) = mistakes(GOOD)
    assert mistake == 'paper.yaml:6: mailboxes.desk.numbers.0: 801 belongs to mailbox "old"'


@pytest.mark.parametrize("text", ["", "- 1", "mailboxes:", "routes: []", "mailboxes: {}"])
def test_a_text_without_mailboxes_changes_nothing(text: str) -> None:
    assert take_in(text).entries == []


def test_mailboxes_of_a_wrong_shape_are_refused() -> None:
    assert mistakes("mailboxes: [1, 2]") == [
        "paper.yaml:1: mailboxes: expected names, each with its fields"
    ]


def test_the_desk_leaves_the_mailboxes_to_their_owners() -> None:
    document = read(GOOD, "paper.yaml")
    assert gather_desk(document, "paper.yaml", Path(), ("mailboxes",)).mistakes == []
    found = gather_desk(document, "paper.yaml", Path()).mistakes
    assert [mistake.line for mistake in found] == [2]
    assert isinstance(found[0], Mistake)


def test_a_mailbox_is_made_once() -> None:
    records.create(checked(name="ann", title="Ann", numbers=["810"]))
    with pytest.raises(BoxTaken, match='there is a mailbox "ann" already'):
        records.create(checked(name="ann"))
    with pytest.raises(BoxTaken, match='number 810 belongs to mailbox "ann"'):
        records.create(checked(name="bob", numbers=["810"]))
    assert list(records.entries()) == ["ann"]


def test_odd_facts_are_told_all_at_once() -> None:
    with pytest.raises(BoxInvalid) as refused:
        checked(name="Ann Miller", numbers=["x"], mail=[{"to": "nobody"}])
    assert [fault.split(":")[0] for fault in refused.value.faults] == [
        "name",
        "numbers.0",
        "mail.0.to",
    ]


@pytest.mark.parametrize("name", ["801", "-a", "A", "a b", "a/b", "a" * 65, "", "é", "a\n"])
def test_a_name_that_is_no_plain_word_is_refused(name: str) -> None:
    with pytest.raises(BoxInvalid):
        checked(name=name)


@pytest.mark.parametrize(
    "address",
    ["a@b\r\nBcc: c@d", "a b@c", "<a@b>", "a@b,c@d", "a@@b", "a@b\0", '"a"@b', "@b", "a@"],
)
def test_an_address_that_could_carry_more_than_one_is_refused(address: str) -> None:
    with pytest.raises(BoxInvalid):
        checked(name="a", mail=[{"to": address}])


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://user:pw@host/", "https://x\r\ny", "javascript:alert(1)", "https://"]
)
def test_a_url_that_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(BoxInvalid):
        checked(name="a", webhooks=[{"url": url, "secret": "long enough 123"}])


def test_an_empty_mailbox_is_removed_with_its_history_kept() -> None:
    take_in(GOOD)
    box = find("desk")
    assert box is not None
    gone = make_message(box, 1, state="purged", path="")
    records.remove("desk")
    assert find("desk") is None
    assert Message.get_by_id(gone).mailbox is None
    assert (Recipient.select().count(), MailboxNumber.select().count()) == (0, 0)
    with pytest.raises(BoxUnknown):
        records.remove("desk")


@pytest.mark.parametrize("held", ["new", "saved", "recording"])
def test_a_mailbox_that_holds_messages_is_not_removed_by_mistake(held: str) -> None:
    box = make_box()
    make_message(box, 1, state=held)
    with pytest.raises(BoxNotEmpty, match="holds 1 messages"):
        records.remove("desk")
    assert find("desk") == box


def test_the_messages_of_a_removed_mailbox_can_be_had_back_for_some_days() -> None:
    box = make_box()
    letter = make_message(box, 1)
    recording = make_message(box, 2, state="recording")
    records.remove("desk", with_messages=True)
    assert (state(letter), state(recording)) == ("deleted", "recording")
    new = make_box("new")
    Message.update(mailbox=new.id).where(Message.id == letter).execute()
    undelete(new, letter)
    assert state(letter) == "new"


def test_each_mailbox_gets_its_first_pin_once() -> None:
    make_box("desk")
    make_box("tips")
    pins = first_pins()
    assert sorted(pins) == ["desk", "tips"]
    assert first_pins() == {}


def test_mailboxes_are_listed_with_what_lies_in_them() -> None:
    box = make_box("desk", "802", "801")
    make_message(box, 1, urgent=True)
    (listed,) = mailboxes(MORNING)
    assert (listed.box, list(listed.numbers), listed.locked_until) == (box, ["801", "802"], None)
    assert (listed.counts.new, listed.counts.urgent_new) == (1, 1)


def test_messages_are_listed_newest_first_without_those_that_are_gone() -> None:
    box, other = make_box(), make_box("tips")
    first, second = make_message(box, 1), make_message(other, 2)
    make_message(box, 3, state="purged")
    assert [row.id for row in messages()] == [second, first]
    assert [row.id for row in messages("desk")] == [first]
    assert [row.id for row in messages(limit=1)] == [second]
    with pytest.raises(BoxUnknown):
        messages("none")


def test_one_message_is_shown_with_whoever_was_told() -> None:
    letter = make_message(make_box(), 1)
    Delivery.create(message=letter, channel="mail", address="a@b.example")
    told = message(letter)
    assert (told.message.id, told.transcript, len(told.deliveries)) == (letter, None, 1)
    with pytest.raises(MessageUnknown):
        message("none")


def test_an_entry_and_its_row_say_the_same() -> None:
    entry = Entry(name="a")
    records.create(entry)
    assert records.entries() == {"a": entry}
