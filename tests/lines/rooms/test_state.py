"""What is known of rooms is the truth: from events alone, and after any loss from the list."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from esl.conference_events import KeyTold, MemberNews, MemberTold
from esl.conference_list import Listed, Member
from lines.rooms.room import Room
from lines.rooms.state import Rooms
from tests.lines.rooms.world import NAMES, Snapshot, World

Deed = Callable[[World], None]

names = st.sampled_from(NAMES)
which = st.integers(0, 5)
paths = st.sampled_from(["/a.wav", "/b.wav"])


def changes(news: MemberNews, **facts: bool) -> st.SearchStrategy[Deed]:
    return st.builds(lambda n, w: lambda world: world.change(n, w, news, **facts), names, which)


enter: st.SearchStrategy[Deed] = st.builds(lambda n: lambda world: world.enter(n), names)
deeds = st.lists(
    enter
    | enter
    | st.builds(lambda n, w: lambda world: world.leave(n, w), names, which)
    | changes(MemberNews.MUTED, speaks=False, talking=False)
    | changes(MemberNews.UNMUTED, speaks=True)
    | changes(MemberNews.BEGAN_TO_TALK, talking=True)
    | changes(MemberNews.CEASED_TO_TALK, talking=False)
    | st.builds(lambda n, on: lambda world: world.lock(n, on), names, st.booleans())
    | st.builds(lambda n, p, on: lambda w: w.record(n, p, on), names, paths, st.booleans()),
    max_size=40,
)
thorough = settings(max_examples=150, deadline=None)


def after(done: list[Deed]) -> World:
    world = World()
    for deed in done:
        deed(world)
    return world


def known(rooms: Rooms) -> Snapshot:
    return tuple(
        Listed(
            room.name,
            room.room_id,
            tuple(room.members.values()),
            room.locked,
            recordings=tuple(sorted(room.recordings)),
        )
        for room in rooms.rooms.values()
    )


def by_name(snapshot: Snapshot) -> dict[str, Listed]:
    return {room.name: room for room in snapshot}


def started(at: Snapshot = ()) -> Rooms:
    rooms = Rooms()
    rooms.reconcile(at)
    return rooms


@thorough
@given(deeds)
def test_events_in_order_are_the_truth_and_leave_no_doubt(done: list[Deed]) -> None:
    world, rooms = after(done), started()
    for told in world.told:
        rooms.take(told)
    assert by_name(known(rooms)) == by_name(world.listed())
    assert not rooms.doubtful


@thorough
@given(deeds, st.randoms(use_true_random=False))
def test_after_any_loss_and_disorder_the_list_is_the_truth(done: list[Deed], chance) -> None:  # type: ignore[no-untyped-def]
    world, rooms = after(done), Rooms()
    seen = [told for told in world.told if chance.random() < 0.6]
    chance.shuffle(seen)
    for told in seen:
        rooms.take(told)
    rooms.reconcile(world.listed())
    assert known(rooms) == world.listed()
    assert not rooms.doubtful


@thorough
@given(deeds, st.data())
def test_events_that_the_list_has_overtaken_do_no_harm(
    done: list[Deed], data: st.DataObject
) -> None:
    """We come at some moment; the list then is newer than the events that come first."""
    world = after(done)
    if not world.told:
        return
    seen_from = data.draw(st.integers(0, len(world.told) - 1))
    listed_at = data.draw(st.integers(seen_from, len(world.told) - 1))
    rooms = started(world.lists[listed_at])
    for told in world.told[seen_from:]:
        rooms.take(told)
    assert by_name(known(rooms)) == by_name(world.listed())


@thorough
@given(deeds, st.data())
def test_a_lost_coming_or_going_is_noticed_by_what_follows(
    done: list[Deed], data: st.DataObject
) -> None:
    world = after([*done, lambda w: w.enter("red"), lambda w: w.enter("red")])
    moves = [i for i, told in enumerate(world.told[:-1]) if _moves(told, world)]
    lost = data.draw(st.sampled_from(moves))
    rooms = started()
    for at, told in enumerate(world.told):
        if at != lost:
            rooms.take(told)
    assert rooms.doubtful or by_name(known(rooms)) == by_name(world.listed())


def _moves(told: object, world: World) -> bool:
    comes_or_goes = (MemberNews.CAME, MemberNews.LEFT)
    in_red = isinstance(told, MemberTold) and told.room_id == world.rooms["red"].room_id
    return in_red and isinstance(told, MemberTold) and told.what in comes_or_goes


def a_room(*numbers: int, note: str = "") -> Listed:
    members = tuple(Member(number, f"call-{number}") for number in numbers)
    return Listed("red", "id-1", members, notes={"hands": note} if note else {})


def test_before_the_first_list_all_is_doubtful() -> None:
    assert Rooms().doubtful
    assert not started().doubtful


def test_hands_are_kept_in_the_order_of_raising_and_go_with_their_members() -> None:
    rooms = started((a_room(1, 2, 3),))
    room = rooms.rooms["red"]
    assert [room.raise_hand(number) for number in (3, 1, 3, 9)] == [True, True, False, False]
    assert (room.hands, room.place(1), room.place(2)) == ([3, 1], 2, 0)
    assert room.note_of_hands == "3,1"
    gone = MemberTold(MemberNews.LEFT, "red", "id-1", 2, 0.0, room.members[3])
    rooms.take(gone)
    assert room.hands == [1]
    assert room.lower_hand(1)
    assert not room.lower_hand(1)


def test_after_a_restart_hands_are_those_that_the_switch_has_noted() -> None:
    rooms = started((a_room(1, 2, 3, note="3,1,7,x,-2,,99999999999999"),))
    assert rooms.rooms["red"].hands == [3, 1]


def test_a_list_does_not_undo_a_hand_raised_since() -> None:
    rooms = started((a_room(1, 2, 3),))
    rooms.rooms["red"].raise_hand(2)
    rooms.reconcile((a_room(1, 2, note="3"),))
    assert rooms.rooms["red"].hands == [2]


def test_a_room_that_began_anew_has_no_hands_of_the_old_one() -> None:
    rooms = started((a_room(1, 2),))
    rooms.rooms["red"].raise_hand(2)
    rooms.reconcile((replace(a_room(1, 2), room_id="id-2"),))
    assert rooms.rooms["red"].hands == []


def test_the_floor_is_with_one_at_a_time() -> None:
    rooms = started((a_room(1, 2),))
    room = rooms.rooms["red"]
    for number in (1, 2):
        holder = replace(room.members[number], has_floor=True)
        rooms.take(MemberTold(MemberNews.GOT_THE_FLOOR, "red", "id-1", 2, 0.0, holder))
    assert [member.number for member in room.members.values() if member.has_floor] == [2]


def test_a_key_is_of_the_room_in_which_its_call_is() -> None:
    rooms = started((a_room(1),))
    assert rooms.take(KeyTold("call-1", "1", 0.0)) is rooms.rooms["red"]
    assert rooms.take(KeyTold("call-2", "1", 0.0)) is None
    assert rooms.member("call-1") == (rooms.rooms["red"], Member(1, "call-1"))


def test_who_talks_is_known() -> None:
    world = World()
    world.enter("red")
    world.enter("red")
    world.change("red", 1, MemberNews.BEGAN_TO_TALK, talking=True)
    assert [m.number for m in Room.of(world.rooms["red"]).talking] == [2]
