"""Each key while a message is heard, and after it."""

import pytest

from ivr_flows.ports import Party
from tests.voicemail.access.doubles import MESSAGES, PIN, On, inside, listen, mailroom
from voicemail.access.words import listening, menus
from voicemail.ports import Folder, Letter
from voicemail.simulated_listening import letter

ONE = [letter(1)]
NEXT_ENDS = ("6", "#")
"""After the only message: on, and out."""


def test_messages_are_played_urgent_ones_first_then_the_oldest() -> None:
    new = [letter(1), letter(2), letter(3, urgent=True), letter(4, urgent=True)]
    heard = inside("1", "", "", "", "", "", "", "", "", "#", room=mailroom(new))
    assert heard.played == [("m3", 0), ("m4", 0), ("m1", 0), ("m2", 0)]
    assert heard.desk.heard == ["m3", "m4", "m1", "m2"]
    assert listening.LAST["en"] in heard.call.heard


def test_an_urgent_message_is_said_to_be_urgent() -> None:
    heard = inside("1", "*", "#", room=mailroom([letter(1, urgent=True)]))
    assert "Message one. It is urgent. [m1]" in heard.words


def test_no_key_twice_after_a_message_leads_to_the_next() -> None:
    heard = inside("1", "", "", "*", "#")
    assert heard.played == [("m1", 0), ("m2", 0)]
    assert heard.call.heard.count(menus.AFTER["en"]) == 3


def test_1_goes_back_five_seconds() -> None:
    heard = inside("1", On("[m1]", "1", after=12.3), *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 7.3)]


def test_1_in_the_first_seconds_goes_back_to_the_beginning() -> None:
    heard = inside("1", On("[m1]", "1", after=2.0), *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 0)]


def test_1_twice_within_a_second_goes_back_to_the_beginning() -> None:
    room = mailroom(ONE)
    back = On("[m1]", "1", after=18), On("[m1]", "1", after=0.8)
    assert inside("1", *back, *NEXT_ENDS, room=room).played == [("m1", 0), ("m1", 13), ("m1", 0)]


def test_1_twice_with_a_pause_goes_back_ten_seconds() -> None:
    back = On("[m1]", "1", after=18), On("[m1]", "1", after=1.5)
    heard = inside("1", *back, *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 13), ("m1", 9.5)]


@pytest.mark.parametrize("key", ["1", "2"])
def test_after_the_message_1_and_2_play_it_again(key: str) -> None:
    heard = inside("1", key, *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 0)]
    assert heard.desk.heard == ["m1"]


def test_3_goes_forward_five_seconds() -> None:
    heard = inside("1", On("[m1]", "3", after=4.5), *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 9.5)]


def test_3_near_the_end_leads_to_what_can_be_done_with_the_message() -> None:
    heard = inside("1", On("[m1]", "3", after=16), *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0)]
    assert menus.AFTER["en"] in heard.call.heard


def test_2_pauses_and_goes_on_from_the_same_place() -> None:
    heard = inside("1", On("[m1]", "2", after=6.0), "2", *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 6)]


def test_a_pause_ends_by_itself() -> None:
    heard = inside("1", On("[m1]", "2", after=6.0), "", *NEXT_ENDS, room=mailroom(ONE))
    assert heard.played == [("m1", 0), ("m1", 6)]


def test_another_key_in_a_pause_does_what_it_always_does() -> None:
    cues = On("[m1]", "2", after=6.0), On("Paused", "7", after=1)
    heard = inside("1", *cues, *NEXT_ENDS, room=mailroom(ONE))
    assert list(heard.desk.deleted) == ["m1"]
    assert heard.played == [("m1", 0)]


def test_4_goes_to_the_previous_message() -> None:
    heard = inside("1", "6", On("[m2]", "4", after=3), "*", "#")
    assert heard.played == [("m1", 0), ("m2", 0), ("m1", 0)]


def test_4_at_the_first_message_says_so_and_plays_it_again() -> None:
    heard = inside("1", On("[m1]", "4", after=3), "*", "#")
    assert heard.played == [("m1", 0), ("m1", 0)]
    assert listening.FIRST["en"] in heard.call.heard


def test_6_goes_to_the_next_message() -> None:
    heard = inside("1", On("[m1]", "6", after=2), On("[m2]", "6", after=2), "*", "#")
    assert heard.played == [("m1", 0), ("m2", 0), ("m3", 0)]


def test_7_deletes_and_says_how_to_undo_it() -> None:
    heard = inside("1", On("[m1]", "7", after=2), *NEXT_ENDS, room=mailroom(ONE))
    assert "Deleted. To keep it after all, press 7." in heard.words
    assert (heard.ids(Folder.NEW), list(heard.desk.deleted)) == ([], ["m1"])
    assert heard.step.detail["deleted"] == 1


@pytest.mark.parametrize("keys", [("7", "7"), ("77",)])
def test_7_again_undeletes(keys: tuple[str, ...]) -> None:
    heard = inside("1", *keys, "6", "#", room=mailroom(ONE))
    assert listening.UNDELETED["en"] in heard.call.heard
    assert (heard.ids(Folder.NEW), heard.desk.deleted) == (["m1"], {})


def test_a_deleted_message_can_be_had_back_from_another_message() -> None:
    heard = inside("1", "7", "6", On("[m2]", "4"), "7", "*", "#")
    assert "Message one. You have deleted it. [m1]" in heard.words
    assert heard.ids(Folder.NEW) == ["m1", "m2", "m3"]


def test_a_deleted_message_can_be_had_back_from_the_main_menu() -> None:
    heard = inside("1", "7", "*", "3", "7", "*", "#")
    assert heard.call.heard.count(menus.MAIN_DELETED["en"]) == 1
    assert heard.ids(Folder.NEW) == ["m1", "m2", "m3"]


def test_a_saved_message_that_is_deleted_and_undeleted_is_saved_still() -> None:
    heard = inside("2", "7", "7", "6", "#", room=mailroom([], [letter(1)]))
    assert heard.ids(Folder.SAVED) == ["m1"]


def test_8_saves_and_goes_on() -> None:
    heard = inside("1", On("[m1]", "8", after=2), "*", "#")
    assert (heard.ids(Folder.NEW), heard.ids(Folder.SAVED)) == (["m2", "m3"], ["m1"])
    assert heard.played == [("m1", 0), ("m2", 0)]


def test_8_on_a_deleted_message_keeps_and_saves_it() -> None:
    heard = inside("1", "7", "8", "*", "#")
    assert (heard.ids(Folder.SAVED), heard.desk.deleted) == (["m1"], {})


def test_9_explains_the_keys_and_goes_on() -> None:
    heard = inside("1", On("[m1]", "9", after=5), *NEXT_ENDS, room=mailroom(ONE))
    assert menus.HELP["en"] in heard.call.heard
    assert heard.played == [("m1", 0), ("m1", 5)]


def test_the_star_leads_to_the_menu() -> None:
    heard = inside("1", On("[m1]", "*", after=2), "#")
    assert heard.call.heard[-2:] == [menus.MAIN["en"], "Goodbye."]
    assert heard.event == "done"


def test_the_hash_key_leads_to_the_end_of_the_message_then_to_the_next() -> None:
    heard = inside("1", On("[m1]", "#", after=2), "#", "*", "#")
    assert heard.played == [("m1", 0), ("m2", 0)]
    assert menus.AFTER["en"] in heard.call.heard


def test_5_says_when_and_from_whom_and_goes_on_from_the_same_place() -> None:
    heard = inside("1", On("[m1]", "5", after=6), *NEXT_ENDS, room=mailroom(ONE))
    assert (
        "Received at nine oh one a.m. today. From five five five, zero one zero one." in heard.words
    )
    assert heard.played == [("m1", 0), ("m1", 6)]


def envelope(language: str, **changes: object) -> str:
    first = letter(1)
    facts = {name: getattr(first, name) for name in Letter.__slots__}
    changed = Letter(**(facts | changes))
    return inside("1", "5", "*", "#", room=mailroom([changed], language=language)).words


def test_the_envelope_in_mandarin() -> None:
    words = envelope("zh", urgent=True, callback_number="5550199", forwarded_by="体育部")
    assert "收到的时间是今天，上午九点零一分。 来电号码是五五五，零幺零幺。" in words
    assert "这是紧急留言。 由体育部转来。 请回电到五五五，零幺九九。" in words


def test_the_envelope_names_the_day() -> None:
    yesterday = MESSAGES[0].started_at.replace(day=2)
    assert "Received at nine oh one a.m. yesterday." in envelope("en", started_at=yesterday)
    before = MESSAGES[0].started_at.replace(day=1)
    day = "on Saturday, the first of May, twenty twenty-seven."
    assert f"Received at nine oh one a.m. {day}" in envelope("en", started_at=before)


def test_the_envelope_says_that_a_number_was_withheld_or_is_not_known() -> None:
    withheld = envelope("en", caller=Party("5550100", withheld=True))
    assert listening.WITHHELD["en"] in withheld
    assert "five five five" not in withheld
    assert listening.UNKNOWN_NUMBER["en"] in envelope("en", caller=Party("\x00"))
    assert listening.WITHHELD["zh"] in envelope("zh", caller=Party("", withheld=True))


def test_a_forwarded_message_begins_with_who_forwarded_it_and_the_comment() -> None:
    first = letter(1)
    forwarded = Letter(
        first.id,
        first.path,
        first.started_at,
        first.seconds,
        first.caller,
        comment=first.path.with_name("comment.wav"),
        forwarded_by="Sports desk",
    )
    heard = inside("1", "*", "#", room=mailroom([forwarded]))
    assert "Message one. Forwarded by Sports desk. [comment on m1] [m1]" in heard.words


def test_a_wrong_key_in_a_menu_says_so_and_asks_again() -> None:
    heard = inside("4", "#")
    assert "That is not one of the choices." in heard.call.heard
    assert heard.event == "done"


def test_9_in_the_main_menu_counts_anew() -> None:
    heard = inside("1", "8", "*", "9", "#")
    assert "You have three new messages." in heard.call.heard
    assert "You have two new messages and one saved message." in heard.call.heard


@pytest.mark.parametrize(
    ("key", "words"), [("1", "NO_NEW"), ("2", "NO_SAVED"), ("3", "NO_DELETED")]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_folder_says_so(key: str, words: str, language: str) -> None:
    heard = inside(key, "#", room=mailroom([], language=language))
    assert getattr(listening, words)[language] in heard.call.heard


def test_who_keys_nothing_in_the_menu_is_let_go() -> None:
    heard = inside("", "", "")
    assert heard.call.heard.count(menus.MAIN["en"]) == 3
    assert (heard.event, heard.call.heard[-1]) == ("done", "Goodbye.")


def test_everything_typed_ahead_runs_straight_through() -> None:
    """PIN, new messages, delete the first, save the second, delete the third, menu, end."""
    heard = inside("17687*#")
    assert heard.event == "done"
    assert list(heard.desk.deleted) == ["m1", "m3"]
    assert heard.ids(Folder.SAVED) == ["m2"]
    assert (heard.played, heard.desk.heard) == ([("m1", 0), ("m2", 0), ("m3", 0)], [])


def test_what_is_typed_ahead_of_the_first_question_counts_too() -> None:
    heard = listen(f"801#{PIN}#18*#", step="{}")
    assert heard.event == "done"
    assert heard.ids(Folder.SAVED) == ["m1"]
