"""Boxes of any size, and messages that come, go and move while somebody listens."""

from collections.abc import Sequence
from datetime import timedelta

from tests.voicemail.access.doubles import MESSAGES, On, inside, mailroom
from voicemail.access.words import listening
from voicemail.ports import PAGE, Box, Folder, Letter
from voicemail.simulated import SimulatedMailroom
from voicemail.simulated_listening import LEFT_AT, letter

MANY = 10_000


def many(number: int) -> list[Letter]:
    first = letter(1)
    return [
        Letter(f"m{n}", first.path, LEFT_AT + timedelta(seconds=n), 20.0, first.caller)
        for n in range(1, number + 1)
    ]


def test_a_box_of_ten_thousand_opens_with_the_counts_and_one_page() -> None:
    heard = inside("1", On("[m1]", "*", after=1), "#", room=mailroom(many(MANY)))
    assert heard.room.asked == ["find", "sign_in", "counts", "letters", "heard"]
    assert heard.call.heard[1] == "You have ten thousand new messages."


def test_the_next_page_is_fetched_only_when_it_is_needed() -> None:
    to_the_last_of_the_page = inside("1" + "6" * (PAGE - 1), "*", "#", room=mailroom(many(50)))
    assert to_the_last_of_the_page.room.asked.count("letters") == 1
    into_the_next = inside("1" + "6" * PAGE, "*", "#", room=mailroom(many(50)))
    assert into_the_next.room.asked.count("letters") == 2


def test_all_messages_of_all_pages_are_heard_once() -> None:
    room = mailroom(many(45))
    heard = inside("1" + "6" * 45, "#", room=room)
    assert [message for message, _ in heard.played] == [f"m{n}" for n in range(1, 46)]
    assert listening.LAST["en"] in heard.call.heard


def test_messages_saved_and_deleted_on_the_way_make_no_gap_at_the_next_page() -> None:
    heard = inside("1" + "876" * 22 + "8", "#", room=mailroom(many(45)))
    assert [message for message, _ in heard.played] == [f"m{n}" for n in range(1, 46)]
    assert heard.ids(Folder.NEW) == []
    assert (len(heard.ids(Folder.SAVED)), len(heard.desk.deleted)) == (23, 22)


class Lively(SimulatedMailroom):
    """While a message is heard for the first time, others come in or are taken away."""

    def happens(self, during: str, *newcomers: Letter, gone: Sequence[str] = ()) -> "Lively":
        self.during, self.newcomers, self.gone = during, newcomers, gone
        return self

    def heard(self, box: Box, letter: str) -> None:
        SimulatedMailroom.heard(self, box, letter)
        if letter == self.during:
            desk = self._shelf(box)
            for newcomer in self.newcomers:
                desk.put(Folder.NEW, newcomer)
            for taken in self.gone:
                desk.take(taken)


def lively(new: Sequence[Letter] = MESSAGES, language: str = "en") -> Lively:
    return Lively(shelves=mailroom(new, language=language).shelves)


def test_a_message_that_came_in_meanwhile_is_told_at_the_end_and_played() -> None:
    heard = inside("1", *["6"] * 4, "#", room=lively().happens("m2", letter(4)))
    assert "That was the last message. One more message has come in. Message four." in heard.words
    assert [message for message, _ in heard.played] == ["m1", "m2", "m3", "m4"]


def test_urgent_ones_that_came_in_meanwhile_are_not_missed_though_they_stand_first() -> None:
    came = letter(4, urgent=True), letter(5)
    room = lively(language="zh").happens("m2", *came)
    heard = inside("1", *["6"] * 5, "#", room=room)
    assert "留言听完了。 又收到两条新留言。 第四条留言。 这是紧急留言。" in heard.words
    assert [message for message, _ in heard.played] == ["m1", "m2", "m3", "m4", "m5"]


def test_what_comes_in_while_newcomers_are_heard_is_told_too() -> None:
    class Twice(Lively):
        def heard(self, box: Box, letter_id: str) -> None:
            Lively.heard(self, box, letter_id)
            if letter_id == "m4":
                self._shelf(box).put(Folder.NEW, letter(5))

    room = Twice(shelves=mailroom().shelves).happens("m2", letter(4))
    heard = inside("1", *["6"] * 5, "#", room=room)
    assert heard.call.heard.count(listening.ONE_MORE["en"]) == 2
    assert heard.played[-1] == ("m5", 0)


def test_nothing_is_said_to_have_come_in_when_messages_were_saved_and_deleted() -> None:
    heard = inside("1", "8", "7", "6", "6", "#")
    assert listening.ONE_MORE["en"] not in heard.call.heard
    assert listening.LAST["en"] in heard.call.heard


def test_messages_that_somebody_else_takes_away_meanwhile_hide_none_of_the_others() -> None:
    room = lively(many(45)).happens("m3", gone=[f"m{n}" for n in range(4, 14)])
    heard = inside("1", *["6"] * 46, "#", room=room)
    assert "m4" not in heard.ids(Folder.NEW)
    assert {message for message, _ in heard.played} == {f"m{n}" for n in range(1, 46)}


def test_saved_messages_have_an_end_without_newcomers() -> None:
    heard = inside("2", "6", "#", room=mailroom(saved=[letter(9)]))
    assert heard.played == [("m9", 0)]
    assert heard.call.heard.count(listening.LAST["en"]) == 1
