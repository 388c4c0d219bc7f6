"""What a key in a room does, and what is heard about it."""

from collections.abc import Callable, Mapping
from typing import Final

from esl.conference_list import Member
from lines.rooms import room_words as words
from lines.rooms.chair import Chair
from lines.rooms.keys import Wish


def answer(chair: Chair, member: Member, wish: Wish) -> None:
    """For those wishes that need nothing but the room. Raises as `Chair`."""
    ANSWERS[wish](chair, member)


def _hand(chair: Chair, member: Member) -> None:
    room = chair.room
    if room.lower_hand(member.number):
        chair.tell(member.number, words.HAND_DOWN)
        return
    room.raise_hand(member.number)
    place = words.PLACE[chair.language].format(place=room.place(member.number))
    chair.tell(member.number, words.HAND_UP, place)


def _mute(chair: Chair, member: Member) -> None:
    if member.speaks:
        chair.control.mute(member.number)
        chair.tell(member.number, words.MUTED)
    elif chair.floor.may_unmute(member):
        chair.control.unmute(member.number)
        chair.tell(member.number, words.UNMUTED)
    else:
        chair.tell(member.number, words.MAY_NOT)


def _count(chair: Chair, member: Member) -> None:
    room = chair.room
    count, hands = len(room.members), len(room.hands)
    if count == 1:
        chair.tell(member.number, words.ALONE)
        return
    here = words.COUNT[chair.language].format(count=count)
    raised = words.HANDS[chair.language].format(count=hands) if hands else ""
    chair.tell(member.number, here, *([raised] if raised and member.moderator else []))


def _help(chair: Chair, member: Member) -> None:
    more = [words.MODERATOR_HELP] if member.moderator else []
    chair.tell(member.number, words.HELP, *more)


def _lock(chair: Chair, member: Member) -> None:
    (chair.unlock if chair.room.locked else chair.lock)()


def _hush(chair: Chair, member: Member) -> None:
    (chair.unhush if chair.floor.hushed else chair.hush)()


def _word(chair: Chair, member: Member) -> None:
    """The next hand; without one, whoever has the word has had it."""
    if chair.give_word():
        return
    chair.take_word()
    chair.tell(member.number, words.NO_HANDS)


ANSWERS: Final[Mapping[Wish, Callable[[Chair, Member], None]]] = {
    Wish.HAND: _hand,
    Wish.MUTE: _mute,
    Wish.COUNT: _count,
    Wish.HELP: _help,
    Wish.LOCK: _lock,
    Wish.HUSH: _hush,
    Wish.WORD: _word,
    Wish.SURE_TO_LEAVE: lambda chair, member: chair.tell(member.number, words.SURE_TO_LEAVE),
    Wish.SURE_TO_END: lambda chair, member: chair.tell(member.number, words.SURE_TO_END),
}
"""`LEAVE`, `RECORD` and `END` need the calls and the files too."""
