"""Callers in conference rooms, through a flow and a PIN: who gets in, and who hears whom."""

from collections.abc import Callable

import pytest

from ivr_flows.ports import Role
from tests.contract.phone import Manners, Phone
from tests.contract.rtp import SAID
from tests.contract.sounds import voice
from tests.end_to_end import conferences
from tests.end_to_end.box import DESK, Box
from tests.end_to_end.callers import hear_tone, register
from tests.end_to_end.conferences import PINS, Scene
from tests.end_to_end.conftest import PhoneMaker
from tests.end_to_end.ear import Ear
from tests.end_to_end.spoken import Spoken
from tests.end_to_end.waiting import eventually
from tests.listening import read_wav

pytestmark = pytest.mark.timeout(300)

SceneIn = Callable[..., Scene]
MODERATOR, SPEAKER, LISTENER = Role.MODERATOR, Role.SPEAKER, Role.LISTENER
OUT = "You are out of the room, good day."
PREMIUM = "+499001234567"


@pytest.fixture
def scene_in(box: Box, phones: PhoneMaker, spoken: Spoken) -> SceneIn:
    """A room of that number and with these facts, in which nobody is yet."""

    def make(number: str, *pins: Role, **facts: object) -> Scene:
        conferences.make(box.home, number, *pins, **facts)
        return Scene(box, phones, spoken, number)

    return make


# Coming in.


def test_two_callers_with_the_pin_hear_each_other(scene_in: SceneIn) -> None:
    scene = scene_in("7001", title="the planning conference")
    ann = scene.knock("ann").hears("Please key in your PIN, then the hash key.").press("4927#")
    ann.hears("Welcome to the planning conference.")
    scene.choir.hum("ann")
    scene.enter("bob")
    scene.choir.hears({"ann": {"bob"}, "bob": {"ann"}})


def test_an_open_room_lets_callers_in_without_a_pin(scene_in: SceneIn) -> None:
    scene = scene_in("7002", MODERATOR, open="listener")
    host = scene.enter("host", MODERATOR)
    ann = scene.knock("ann").hears("To come in without a PIN, press just the hash key.").press("#")
    ann.hears("You are listening in.")
    scene.choir.hum("ann")
    scene.choir.hears({"ann": {"host"}, "host": set()})
    host.phone.hang_up()


def test_wrong_pins_lock_the_room_even_for_the_right_one(scene_in: SceneIn) -> None:
    scene = scene_in("7003")
    wrong = "The conference number or the PIN is not right."
    guesser = scene.knock("guesser").press("1111#").hears(wrong).press("2222#").hears(wrong)
    guesser.press("3333#").hears("There were too many wrong PINs. Please call again later.", OUT)
    late = scene.knock("late").press(f"{PINS[MODERATOR]}#")
    late.hears("There were too many wrong PINs. Please call again later.", OUT)


def test_nobody_hears_anybody_until_the_moderator_comes(scene_in: SceneIn) -> None:
    scene = scene_in("7004", wait_for_moderator=True)
    scene.enter("ann").hears("The conference begins when the moderator comes.")
    scene.enter("bob")
    scene.choir.hears({"ann": set(), "bob": set()})
    scene.enter("host", MODERATOR)
    scene.choir.hears({"ann": {"bob", "host"}, "bob": {"ann", "host"}, "host": {"ann", "bob"}})


def test_a_full_room_takes_nobody_more(scene_in: SceneIn) -> None:
    scene = scene_in("7005", most_members=2)
    scene.enter("ann").hears("Welcome to the conference.")
    scene.enter("bob").hears("Welcome to the conference.")
    scene.enter("late").hears("We are sorry, the conference is full.", OUT)


def test_of_a_crowd_that_comes_at_once_so_many_get_in_as_the_room_takes(
    scene_in: SceneIn, box: Box, phones: PhoneMaker
) -> None:
    scene = scene_in("7007", open="speaker", most_members=8)
    crowd = [phones(f"55508{n:02}").call(box.sip, scene.number) for n in range(20)]

    def sent_away() -> int:
        return sum(phone.ended.is_set() for phone in crowd)

    eventually(lambda: sent_away() == 12, "twelve are sent away", 120)
    scene.wait_for(8)
    assert box.is_well()


def test_the_others_hear_the_name_of_who_comes_and_leaves(scene_in: SceneIn) -> None:
    scene = scene_in("7006", announce="name")
    ann = named(scene, "ann", "prompt").hears("Welcome to the conference.")
    bob = named(scene, "bob", "menu")
    assert ann.phone.line.hears_said(voice("menu"), limit=40) > SAID
    ann.hears("has joined.")
    bob.phone.hang_up()
    assert Ear(ann.phone, ann.spoken, at=ann.at).hears("has left.")


def named(scene: Scene, name: str, sound: str) -> Ear:
    ear = scene.knock(name).press(f"{PINS[SPEAKER]}#")
    ear.hears("Please say your name after the tone, then press the hash key.")
    hear_tone(ear.phone, ear.at)
    ear.phone.line.say(voice(sound))
    ear.phone.line.wait_said()
    return ear.press("#")


# In the room, by keys.


def test_a_listener_is_heard_once_given_the_word(scene_in: SceneIn) -> None:
    scene = scene_in("7011")
    host, ann = scene.enter("host", MODERATOR), scene.enter("ann", LISTENER)
    scene.choir.hears({"ann": {"host"}, "host": set()})
    with scene.quiet():
        ann.press("2").hears("To ask for the word, press 1.")
        ann.press("1").hears("Your hand is raised.", "You are number 1.")
    scene.choir.hears({"host": set()})
    with scene.quiet():
        host.press("6")
        ann.hears("You have the word.")
    scene.choir.hears({"host": {"ann"}})
    with scene.quiet():
        host.press("6").hears("Nobody has asked for the word.")
    scene.choir.hears({"host": set()})


def test_who_mutes_themselves_is_not_heard_until_they_wish(scene_in: SceneIn) -> None:
    scene = scene_in("7012")
    ann = scene.enter("ann")
    scene.enter("bob")
    scene.choir.hears({"bob": {"ann"}})
    with scene.quiet():
        ann.press("2").hears("You are muted.")
    scene.choir.hears({"bob": set(), "ann": {"bob"}})
    with scene.quiet():
        ann.press("2").hears("You can be heard.")
    scene.choir.hears({"bob": {"ann"}})


def test_the_moderator_mutes_everybody_and_lets_them_speak_again(scene_in: SceneIn) -> None:
    scene = scene_in("7013")
    host, ann, _ = scene.enter("host", MODERATOR), scene.enter("ann"), scene.enter("bob")
    scene.choir.hears({"host": {"ann", "bob"}})
    with scene.quiet():
        host.press("5")
        ann.hears("Everybody is muted.", "To ask for the word, press 1.")
    scene.choir.hears({"host": set(), "ann": {"host"}})
    with scene.quiet():
        ann.press("2").hears("To ask for the word, press 1.")
    host.press("5")
    scene.choir.hears({"host": {"ann", "bob"}})


def test_a_locked_room_keeps_callers_out_until_it_is_unlocked(scene_in: SceneIn) -> None:
    scene = scene_in("7014")
    host = scene.enter("host", MODERATOR).hears("Welcome to the conference.")
    scene.wait_for(1)
    host.press("4").hears("The conference is locked.")
    scene.enter("late").hears("We are sorry, the conference is closed to newcomers.", OUT)
    host.press("4").hears("The conference is open again.")
    scene.enter("again")
    scene.choir.hears({"host": {"again"}})


def test_the_moderator_ends_it_for_all_and_their_calls_go_on(scene_in: SceneIn) -> None:
    scene = scene_in("7015")
    host, ann = scene.enter("host", MODERATOR), scene.enter("ann")
    scene.wait_for(2)
    with scene.quiet():
        host.press("8").hears("To end the conference for all, press 8 again.").press("8")
        for ear in (host, ann):
            ear.hears("The conference has ended.", OUT)


def test_who_leaves_by_key_goes_on_and_the_others_stay(scene_in: SceneIn) -> None:
    scene = scene_in("7016")
    ann = scene.enter("ann")
    scene.enter("bob")
    scene.enter("cleo")
    scene.choir.hears({"cleo": {"ann", "bob"}})
    with scene.quiet():
        ann.press("##").hears("You have left the conference.", OUT)
    scene.choir.hears({"bob": {"cleo"}, "cleo": {"bob"}})


def test_help_and_the_count_are_heard_by_who_asks(scene_in: SceneIn) -> None:
    scene = scene_in("7017")
    ann = scene.enter("ann")
    scene.wait_for(1)
    ann.press("3").hears("You are alone here.")
    ann.press("0").hears("To raise or lower your hand, press 1.")
    scene.enter("bob")
    scene.wait_for(2)
    with scene.quiet():
        ann.press("3").hears("There are 2 of you here.")


def test_a_recording_is_told_to_all_and_kept(scene_in: SceneIn, box: Box) -> None:
    scene = scene_in("7018")
    host = scene.enter("host", MODERATOR)
    ann = scene.enter("ann")
    scene.wait_for(2)
    with scene.quiet():
        host.press("7").hears("This conference is now recorded.")
        ann.hears("This conference is now recorded.")
    scene.enter("late").hears("This conference is recorded.")
    scene.choir.hears({"host": {"ann", "late"}})
    with scene.quiet():
        host.press("7").hears("The recording has ended.")
    path, seconds = eventually(lambda: kept_recording(box, "7018"), "the recording is kept")
    assert seconds > 1
    assert len(read_wav(box.home / "recordings" / path)) > 8000
    assert box.done("rooms", "recordings", "room-7018").strip().endswith(path)


def kept_recording(box: Box, number: str) -> tuple[str, float] | None:
    """Its path and seconds, once the file is in its place."""
    rows = box.ledger.ask(
        "SELECT c.path, c.seconds FROM conference_recording c"
        " JOIN conference_room r ON r.id = c.room_id JOIN recording l ON l.path = c.path"
        " WHERE r.name = ?",
        f"room-{number}",
    )
    return next(((path, s) for path, s in rows if (box.home / "recordings" / path).exists()), None)


# In the room, by commands.


def test_who_is_shown_out_by_a_command_goes_on_in_the_flow(scene_in: SceneIn, box: Box) -> None:
    scene = scene_in("7021")
    scene.enter("host", MODERATOR)
    ann = scene.enter("ann")
    scene.wait_for(2)
    number = str(scene.members()[ann.phone.number]["number"])
    assert "muted" in box.done("rooms", "mute", "room-7021", number)
    scene.choir.hears({"host": set()})
    assert "has the word" in box.done("rooms", "hand", "room-7021", number)
    scene.choir.hears({"host": {"ann"}})
    box.done("rooms", "kick", "room-7021", number)
    ann.hears("The moderator has ended your part in the conference.", OUT)
    assert len(scene.members()) == 1
    gone = box.command("rooms", "kick", "room-7021", number)
    assert (gone.returncode, f"nobody has number {number}" in gone.stdout) == (1, True)


def test_a_desk_phone_is_called_in_and_comes_without_a_pin(
    scene_in: SceneIn, box: Box, phones: PhoneMaker
) -> None:
    scene = scene_in("7022")
    scene.enter("host", MODERATOR)
    desk = phones(DESK, Manners(status=None))
    register(desk, box)
    box.done("rooms", "dial", "room-7022", DESK)
    desk.wait_invite()
    desk.pick_up()
    scene.choir.add("desk", desk).hum()
    eventually(lambda: takes(desk, scene), "the desk is in the room")
    scene.choir.hears({"desk": {"host"}, "host": {"desk"}})
    register(desk, box, 0)


def takes(phone: Phone, scene: Scene) -> bool:
    """Presses 1 until it counts."""
    phone.press("1")
    return len(scene.members()) == 2


def test_a_premium_number_is_not_called_in_and_that_is_logged(scene_in: SceneIn, box: Box) -> None:
    scene = scene_in("7023")
    scene.enter("host", MODERATOR)
    scene.wait_for(1)
    refused = box.command("rooms", "dial", "room-7023", PREMIUM)
    assert refused.returncode == 1
    assert PREMIUM in refused.stdout
    logged = box.done("dialling", "log", "--refused")
    assert f"{PREMIUM}  premium  conference  for room room-7023" in logged
